"""What others hold, brought in: web archives, saved pages, loose letters."""

from __future__ import annotations

import gzip
import os
import zipfile
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from indexer.archive import Archive, Item, Page, foreign, savedpages
from indexer.archive.foreign import ForeignFileError
from indexer.archive.importing import Importer, Outcome
from indexer.archive.verify import verify
from indexer.forces import load_forces

REGISTRY = load_forces(Path(__file__).parents[1] / "invented_forces.toml")
HOST = "https://www.ambershire.police.example"
LISTING = HOST + "/foi-ai/af/accessing-information/published-items/"
DOGS = HOST + "/foi-ai/ambershire-police/2026/dogs/"
FILE = HOST + "/SysSiteAssets/foi-media/ambershire/dogs.pdf"
MTIME = datetime(2026, 2, 3, 4, 5, 6, tzinfo=UTC)


def page_of(title: str, *, file: str | None = FILE, head: str = "", more: str = "") -> bytes:
    link = f'<p><a href="{file}">dogs.pdf</a></p>' if file else ""
    return f"""<!DOCTYPE html><html><head><title>{title}</title>{head}</head><body><main><h1>{title}</h1>
<p>Reference: AMB/0412/24</p><p>How many dogs does the force have? {more}</p>
<p>We hold twelve.</p>{link}</main></body></html>""".encode()


def listing_of(*entries: tuple[str, str]) -> bytes:
    hits = "".join(
        f'<li><h3><a href="{url}">{title}</a></h3><p>Published: 09:45 20/11/2025</p></li>' for url, title in entries
    )
    return f"<html><body><main><h1>Published items</h1><ul>{hits}</ul></main></body></html>".encode()


class Warc:
    """A WARC file as other tools write them."""

    def __init__(self, *, compressed: bool = True) -> None:
        self.out = BytesIO()
        self.writer = WARCWriter(self.out, gzip=compressed, warc_version="1.0")

    def add(
        self,
        url: str,
        body: bytes,
        *,
        status: str = "200 OK",
        media_type: str = "text/html",
        date: str = "2025-05-06T07:08:09Z",
        kind: str = "response",
        **headers: str,
    ) -> Warc:
        pairs = [("Content-Type", media_type), *((name.replace("_", "-"), value) for name, value in headers.items())]
        record = self.writer.create_warc_record(
            url,
            kind,
            payload=BytesIO(body),
            length=len(body),
            http_headers=StatusAndHeaders(status, pairs, protocol="HTTP/1.1") if kind == "response" else None,
            warc_content_type=media_type if kind == "resource" else "",
            warc_headers_dict={"WARC-Date": date},
        )
        self.writer.write_record(record)
        return self

    def bytes(self) -> bytes:
        return self.out.getvalue()


def log_as_warc(**how: bool) -> bytes:
    """A browser's visit: fonts of another site, the listing, the page's file before the page itself."""
    made = Warc(**how)
    made.add("https://fonts.example/f.woff", b"font", media_type="font/woff")
    made.add(FILE, b"%PDF-1.4 dogs", media_type="application/pdf")
    made.add(LISTING, listing_of((DOGS, "Police dogs")))
    made.add(DOGS, gzip.compress(page_of("Police dogs")), Content_Encoding="gzip")
    made.add(HOST + "/SysSiteAssets/other.pdf", b"%PDF", media_type="application/pdf")
    made.add(HOST + "/foi-ai/ambershire-police/2026/none/", b"<h1>gone</h1>", status="404 Not Found")
    return made.bytes()


def wacz_of(warc: bytes, *, name: str = "archive/data.warc.gz", compression: int = zipfile.ZIP_STORED) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", compression) as package:
        package.writestr("datapackage.json", "{}")
        package.writestr("pages/pages.jsonl", '{"format": "json-pages-1.0"}')
        package.writestr(name, warc)
    return out.getvalue()


@pytest.fixture
def put(tmp_path):
    """Writes a file to import."""

    def write(name: str, data: bytes) -> Path:
        path = tmp_path / "bring" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        os.utime(path, (MTIME.timestamp(),) * 2)
        return path

    return write


@pytest.fixture
def opened(folder):
    """An archive of the invented forces."""
    with Archive.open(folder, write=True, registry=REGISTRY) as archive:
        yield archive


@pytest.fixture
def bring(opened):
    """Imports files and tells what became of each."""

    def run(*paths: Path, forces: tuple[str, ...] = ()):
        return list(Importer(opened, REGISTRY, forces=forces).bring(paths))

    return run


def told(brought) -> dict[str, tuple[str, str]]:
    return {one.url or Path(one.file).name: (one.what, one.outcome.value) for one in brought}


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("log.warc.gz", log_as_warc()),
        ("log.warc", log_as_warc(compressed=False)),
        ("log.wacz", wacz_of(log_as_warc())),
        ("log.zip", wacz_of(log_as_warc(compressed=False), name="archive/rec.warc", compression=zipfile.ZIP_DEFLATED)),
    ],
)
def test_web_archive_becomes_disclosures_with_their_files(opened, bring, put, folder, name, data):
    brought = bring(put(name, data))
    assert told(brought) == {
        "https://fonts.example/f.woff": ("attachment", "skipped"),
        LISTING: ("page", "listing"),
        DOGS: ("page", "new"),
        FILE: ("attachment", "new"),
        HOST + "/SysSiteAssets/other.pdf": ("attachment", "skipped"),
        HOST + "/foi-ai/ambershire-police/2026/none/": ("page", "skipped"),
    }
    (dogs,) = opened.disclosures()
    assert (dogs.log, dogs.forces, dogs.title, dogs.reference) == (
        REGISTRY.by_url(DOGS).id,
        ("ambershire",),
        "Police dogs",
        "AMB/0412/24",
    )
    assert str(dogs.published_on) == "2025-11-20"
    assert opened.body(dogs.main) == page_of("Police dogs")
    assert opened.body(dogs.attachments[0].capture) == b"%PDF-1.4 dogs"
    assert dogs.main.fetched_at == datetime(2025, 5, 6, 7, 8, 9, tzinfo=UTC)
    assert dogs.main.origin.startswith(name)
    assert dict(opened.record_headers(dogs.main))["Content-Encoding"] == "gzip"
    assert list(verify(folder)) == []


def test_records_that_were_imported_say_so_and_invent_no_request(opened, bring, put, folder):
    bring(put("log.wacz", wacz_of(log_as_warc())))
    (path,) = (folder / "warc").glob("*.warc.gz")
    with path.open("rb") as file:
        records = [(r.rec_type, r.rec_headers.get_header("WARC-Crossforce-Origin")) for r in ArchiveIterator(file)]
    assert records == [("warcinfo", None), *[("response", "log.wacz!archive/data.warc.gz")] * 3]


def test_imported_twice_is_once(opened, bring, put):
    path = put("log.wacz", wacz_of(log_as_warc()))
    bring(path)
    marker = opened.marker
    again = told(bring(path))
    assert (again[DOGS], again[FILE]) == (("page", "unchanged"), ("attachment", "unchanged"))
    assert list(opened.changed_since(marker)) == []


def test_every_reason_is_said(bring, put):
    made = Warc()
    made.add("https://news.example/", b"<h1>News</h1>")
    made.add(HOST + "/contact/", page_of("Contact us", file=None))
    made.add(
        DOGS, b"<html><head><title>Just a moment...</title></head><body><div id='challenge-form'></div></body></html>"
    )
    made.add(HOST + "/SysSiteAssets/x.pdf", b"%PDF", media_type="application/pdf")
    made.add("urn:view:https://x.example/", b"text", media_type="text/plain", kind="resource")
    made.add(DOGS + "?__wb_method=POST&q=x", b"{}", media_type="application/json")
    reasons = {one.url: one.reason for one in bring(put("x.warc.gz", made.bytes()))}
    assert reasons == {
        "https://news.example/": "on no site of a known disclosure log",
        HOST + "/contact/": "outside the log's disclosures",
        DOGS: reasons[DOGS],
        HOST + "/SysSiteAssets/x.pdf": "no page in the archive links to it",
        "urn:view:https://x.example/": "no web address",
        DOGS + "?__wb_method=POST&q=x": "the answer to a form that was sent",
    }
    assert reasons[DOGS].startswith("a page that keeps robots out")


def test_older_copy_does_not_take_the_place_of_a_newer_one(opened, bring, put):
    bring(
        put("new.warc.gz", Warc().add(DOGS, page_of("Police dogs", more="Now."), date="2026-01-01T00:00:00Z").bytes())
    )
    (new,) = opened.disclosures()
    brought = bring(put("old.warc.gz", Warc().add(DOGS, page_of("Police dogs"), date="2020-01-01T00:00:00Z").bytes()))
    assert told(brought)[DOGS] == ("page", "unchanged")
    (now,) = opened.disclosures()
    assert b"Now." in opened.body(now.main)
    assert (now.first_seen.year, now.sources[0].first_seen.year, now.sources[0].last_seen.year) == (2020, 2020, 2026)
    assert [c.fetched_at.year for c in opened.captures(DOGS)] == [2020, 2026]
    assert now.id == new.id


def test_copy_at_another_address_joins_what_is_there(opened, bring, put):
    bring(put("a.warc.gz", Warc().add(DOGS, page_of("Police dogs", file=None)).bytes()))
    other = HOST.replace("www.", "old.") + "/foi-ai/ambershire-police/old/dogs/"
    (found,) = bring(put("b.warc.gz", Warc().add(other, page_of("Police dogs", file=None)).bytes()))
    (dogs,) = opened.disclosures()
    assert (found.outcome, found.id) == (Outcome.UNCHANGED, dogs.id)
    assert dogs.aliases == (other,)


def test_revisits_of_another_file_are_said(bring, put):
    made = Warc()
    made.writer.write_record(
        made.writer.create_revisit_record(
            DOGS,
            "sha1:ABC",
            DOGS,
            "2020-01-01T00:00:00Z",
            http_headers=StatusAndHeaders("200 OK", [], protocol="HTTP/1.1"),
        )
    )
    (one,) = bring(put("x.warc.gz", made.bytes()))
    assert (one.outcome, one.reason) == (Outcome.SKIPPED, "says that nothing had changed since another record")


def test_our_own_warc_files_can_be_imported_into_a_new_archive(opened, bring, put, tmp_path, folder):
    bring(put("log.wacz", wacz_of(log_as_warc())))
    (before,) = opened.disclosures()
    with Archive.open(tmp_path / "second", write=True, registry=REGISTRY) as second:
        list(Importer(second, REGISTRY).bring([folder / "warc"]))
        (after,) = second.disclosures()
        assert (after.id, after.title, after.marks) == (before.id, before.title, before.marks)


def test_file_that_breaks_off_gives_what_was_whole(bring, put):
    data = log_as_warc()
    brought = bring(put("torn.warc.gz", data[: data.rindex(b"\x1f\x8b") - 40]))
    assert told(brought)[DOGS] == ("page", "new")
    assert [one.reason for one in brought if one.outcome is Outcome.FAILED]
    assert [one for one in bring(put("whole.warc.gz", data)) if one.outcome is Outcome.FAILED] == []


def test_bytes_that_are_no_package_are_a_letter_and_broken_ones_are_said(bring, put):
    (one,) = bring(put("x.wacz", b"PK\x03\x04 not a zip at all"))
    assert (one.what, one.outcome) == ("letter", Outcome.NEW)
    broken = bytearray(wacz_of(log_as_warc()))
    broken[60:90] = b"\0" * 30
    for one in bring(put("y.wacz", bytes(broken))):
        assert one.outcome in (Outcome.FAILED, Outcome.SKIPPED, Outcome.NEW, Outcome.LISTING)


def test_bombs_end_in_words(put, monkeypatch):
    bomb = wacz_of(b"WARC/1.0\r\n" + b"\0" * 2_000_000, name="archive/x.warc", compression=zipfile.ZIP_DEFLATED)
    monkeypatch.setattr(foreign, "LEAST_UNPACKED", 100_000)
    with pytest.raises(ForeignFileError, match="unpacks to more"):
        list(foreign.records(put("bomb.wacz", bomb)))
    record = Warc().add(DOGS, b"x" * 50_000).bytes()
    monkeypatch.setattr(foreign, "MOST_RECORD", 10_000)
    with pytest.raises(ForeignFileError, match="a record of"):
        list(foreign.records(put("large.warc.gz", record)))


def test_paths_in_a_package_lead_nowhere(opened, bring, put, tmp_path):
    bring(put("evil.wacz", wacz_of(log_as_warc(), name="archive/../../../evil.warc.gz")))
    assert not list(tmp_path.rglob("evil.warc.gz"))
    assert len(list(opened.disclosures())) == 1


def test_erased_before_is_not_taken_in_again(opened, bring, put):
    path = put("log.wacz", wacz_of(log_as_warc()))
    bring(path)
    (dogs,) = opened.disclosures()
    opened.erase(dogs.id, "x")
    again = {one.url: one.reason for one in bring(path) if one.outcome is Outcome.SKIPPED}
    assert again[DOGS] == "an operator erased it before"
    letter = bring(put("dogs.pdf", b"%PDF-1.4 dogs"))
    assert [one.reason for one in letter] == ["an operator erased it before"]
    assert list(opened.disclosures()) == []


# -- saved pages


@pytest.mark.parametrize(
    ("name", "data", "content"),
    [
        ("dogs.html", f"<!-- saved from url=(0070){DOGS} -->\n".encode() + page_of("Police dogs"), None),
        ("dogs.htm", page_of("Police dogs", head=f'<link href="{DOGS}" rel="canonical">'), None),
        ("dogs.html", page_of("Police dogs", head=f'<meta property="og:url" content="{DOGS}">'), None),
        (
            "dogs.html",
            f"<!DOCTYPE html><html><!--\n Page saved with SingleFile \n url: {DOGS} \n saved date: Sat Jan 03 2026 "
            f"10:00:00 "
            f"GMT+0100 (Central European Time)\n-->".encode()
            + page_of("Police dogs"),
            None,
        ),
        (
            "dogs.mhtml",
            f"From: <Saved by Blink>\r\nSnapshot-Content-Location: {DOGS}\r\nSubject: Police dogs\r\n"
            "Date: Sat, 3 Jan 2026 09:00:00 -0000\r\nMIME-Version: 1.0\r\n"
            'Content-Type: multipart/related;\r\n\ttype="text/html";\r\n\tboundary="----b"\r\n\r\n\r\n------b\r\n'
            "Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n"
            f"Content-Location: {DOGS}\r\n\r\n".encode()
            + page_of("Police dogs")
            + b"\r\n------b--\r\n",
            page_of("Police dogs"),
        ),
    ],
)
def test_saved_page_is_filed_under_the_address_it_was_saved_from(opened, bring, put, folder, name, data, content):
    (one,) = bring(put(name, data))
    assert (one.what, one.outcome, one.url) == ("page", Outcome.NEW, DOGS)
    (dogs,) = opened.find(DOGS)
    assert opened.body(dogs.main).strip() == (content or data).strip()
    assert (dogs.main.kind, dogs.main.origin) == ("resource", name)
    said = datetime(2026, 1, 3, 9, 0, tzinfo=UTC)
    assert dogs.main.fetched_at == (said if b"2026 " in data[:400] and name != "dogs.htm" else MTIME)
    assert dogs.sources[0].kind == "item"
    assert list(verify(folder)) == []


@pytest.mark.parametrize("sidecar", ["{name}.html.url", "{name}.url"])
@pytest.mark.parametrize("text", [DOGS + "\n", f"[InternetShortcut]\r\nURL={DOGS}\r\n"])
def test_sidecar_names_the_address(opened, bring, put, sidecar, text):
    path = put("dogs.html", page_of("Police dogs"))
    put(sidecar.format(name="dogs"), text.encode())
    brought = bring(path.parent)
    assert [(Path(one.file).name, one.what, one.outcome) for one in brought] == [("dogs.html", "page", Outcome.NEW)]
    assert opened.find(DOGS)


def test_page_without_an_address_is_a_letter(opened, bring, put):
    (one,) = bring(put("answer.html", page_of("Police dogs", file=None)))
    assert (one.what, one.outcome) == ("letter", Outcome.NEW)
    (stored,) = opened.disclosures()
    assert stored.main.media_type == "text/html"


def test_page_of_another_site_is_a_letter(bring, put):
    (one,) = bring(put("x.html", page_of("X", head='<link rel="canonical" href="https://news.example/x">')))
    assert one.what == "letter"


@pytest.mark.parametrize(
    "text", [b"", b"<!-- saved from url=(0014)about:internet -->", b"multipart/related", b"\xff\xfe\0"]
)
def test_nothing_that_is_saved_stops_an_import(text):
    assert savedpages.read(text) is None


# -- letters


def test_letters_of_a_folder(opened, bring, put, folder):
    put("letters/answer.pdf", b"%PDF-1.4 answer")
    put("letters/deep/answer.docx", b"PK\x03\x04 docx")
    put("letters/deep/notes.txt", b"Dear Sir")
    put("letters/.hidden", b"secret")
    put("letters/empty.txt", b"")
    put("letters/page.html", page_of("P", file=None))
    top = put("letters/page_files/logo.txt", b"logo").parent.parent
    brought = bring(top)
    assert {Path(one.file).name: one.outcome.value for one in brought} == {
        "answer.pdf": "new",
        "answer.docx": "new",
        "notes.txt": "new",
        "empty.txt": "failed",
        "page.html": "new",
    }
    assert put("program.bin", b"\x7fELF" + bytes(range(32)) * 200)
    assert [one.outcome.value for one in bring(top.parent / "program.bin")] == ["skipped"]  # nobody's letter
    pdf = opened.stored(next(one.id for one in brought if Path(one.file).name == "answer.pdf"))
    assert (pdf.log, pdf.forces, pdf.title, pdf.url) == (None, (), None, f"urn:sha256:{pdf.main.sha256}")
    assert (pdf.main.kind, pdf.main.media_type, pdf.main.origin) == ("resource", "application/pdf", "answer.pdf")
    assert (pdf.sources[0].kind, pdf.sources[0].fetched_at) == ("letter", MTIME)
    assert opened.body(pdf.main) == b"%PDF-1.4 answer"
    assert pdf.id == pdf.main.sha256[:16]
    assert list(verify(folder)) == []


def test_same_letter_under_two_names_is_one(opened, bring, put):
    first, second = put("a.pdf", b"%PDF same"), put("b.pdf", b"%PDF same")
    assert [one.outcome.value for one in bring(first, second)] == ["new", "unchanged"]
    assert len(list(opened.disclosures())) == 1


def test_force_of_a_letter_may_be_said_later(opened, bring, put):
    path = put("a.pdf", b"%PDF a")
    bring(path)
    marker = opened.marker
    assert [one.outcome.value for one in bring(path, forces=("ambershire",))] == ["changed"]
    assert [stored.forces for stored in opened.changed_since(marker)] == [("ambershire",)]
    assert [one.outcome.value for one in bring(path, forces=("ambershire",))] == ["unchanged"]
    assert [one.outcome.value for one in bring(path)] == ["unchanged"]
    assert next(opened.disclosures()).forces == ("ambershire",)


def test_letter_that_is_held_as_a_file_of_a_disclosure_is_that(opened, bring, put):
    bring(put("log.wacz", wacz_of(log_as_warc())))
    (dogs,) = opened.disclosures()
    (one,) = bring(put("dogs.pdf", b"%PDF-1.4 dogs"))
    assert (one.outcome, one.id) == (Outcome.UNCHANGED, dogs.id)
    assert len(list(opened.disclosures())) == 1


def test_loose_letter_can_be_erased_with_every_byte(opened, bring, put, folder):
    (one,) = bring(put("a.pdf", b"%PDF canary-4711 " * 30))
    assert opened.erase(one.id, "x").clean
    opened.close()
    left = b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())
    left += b"".join(gzip.decompress(path.read_bytes()) for path in (folder / "warc").iterdir())
    assert b"canary-4711" not in left


def test_erasing_a_disclosure_takes_the_loose_copy_of_its_file_too(opened, bring, put):
    (letter,) = bring(put("dogs.pdf", b"%PDF-1.4 dogs"))
    bring(put("log.wacz", wacz_of(log_as_warc())))
    dogs = opened.find(DOGS)[0]
    assert set(opened.erase(dogs.id, "x").ids) == {dogs.id, letter.id}
    assert list(opened.disclosures()) == []


def test_archive_itself_is_not_imported_into_itself(opened, bring, folder):
    opened.keeper.keep_file("urn:x", b"x", "text/plain", MTIME, None)
    assert {one.reason for one in bring(folder)} == {"lies inside this archive"}


def test_crawl_and_import_meet(opened, bring, put, answer):
    """A page that was imported first and crawled later is the same one, and the crawl's copy is the newer."""
    bring(put("log.wacz", wacz_of(log_as_warc())))
    (before,) = opened.disclosures()
    run = opened.begin_run(before.log)
    capture = opened.keep(answer(DOGS, page_of("Police dogs", more="More.")))
    (one,) = run.file_item(DOGS, capture, Page(items=(Item(title="Police dogs", content_key="other"),)))
    assert one.id == before.id
    assert b"More." in opened.body(opened.stored(one.id).main)
