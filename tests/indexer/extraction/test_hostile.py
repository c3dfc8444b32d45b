"""Files made to do harm, and broken ones: each ends as a named failure within its limits, and the run goes on."""

from __future__ import annotations

import io
import os
import signal
import subprocess
import sys
import time
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

import pikepdf
import pytest
from docx import Document as NewDocument
from hiding_places import CANARY, VISIBLE, repacked
from openpyxl import Workbook
from pdf_makers import drawn, edited
from reportlab.pdfgen.canvas import Canvas

from indexer.disclosure import Extraction, FailureKind
from indexer.extraction import Document, Extractor, Limits, UnreadableError, extract
from indexer.extraction.document import MIB
from indexer.extraction.isolation import run

Extract = Callable[[bytes, str], Extraction]
SECONDS = 4.0  # short, so that the tests are; a hang ends at it
NAMED = {FailureKind.TIMEOUT, FailureKind.MEMORY, FailureKind.CRASH, FailureKind.CORRUPT, FailureKind.TOO_LARGE}


@pytest.fixture(scope="module")
def short() -> Iterator[Extractor]:
    with Extractor(limits=Limits(seconds=SECONDS, memory_bytes=1024 * MIB), workers=1) as pool:
        yield pool


def letter() -> bytes:
    out = io.BytesIO()
    document = NewDocument()
    document.add_paragraph(VISIBLE)
    document.save(out)
    return out.getvalue()


def raw_pdf(*objects: bytes, root: int = 1) -> bytes:
    """A PDF put together by hand, with a right table of its objects."""
    out = b"%PDF-1.7\n"
    places = []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    return out + b"trailer\n<< /Size %d /Root %d 0 R >>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, root, table)


def page_with(content: bytes, *, packed: bool = False) -> bytes:
    head = b"<< /Length %d%s >>" % (len(content), b" /Filter /FlateDecode" if packed else b"")
    return raw_pdf(
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << >> >>",
        head + b"\nstream\n" + content + b"\nendstream",
    )


def bomb(size: int) -> bytes:
    """Blanks packed to a thousandth of their size: one block of packed data, written again and again."""
    piece = b" " * MIB
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    block = packer.compress(piece) + packer.flush(zlib.Z_FULL_FLUSH)
    check = 1
    for _ in range(size // MIB):
        check = zlib.adler32(piece, check)
    return b"\x78\xda" + block * (size // MIB) + b"\x03\x00" + check.to_bytes(4, "big")


def page_tree_of_itself() -> bytes:
    return raw_pdf(
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [2 0 R 3 0 R] /Count 2 >>",
        b"<< /Type /Pages /Kids [2 0 R] /Parent 2 0 R /Count 1 >>",
    )


def deep_page_tree() -> bytes:
    levels = 3000
    nodes = [b"<< /Type /Pages /Kids [%d 0 R] /Count 1 >>" % (i + 3) for i in range(levels)]
    return raw_pdf(b"<< /Type /Catalog /Pages 2 0 R >>", *nodes, b"<< /Type /Page /MediaBox [0 0 595 842] >>")


def form_in_itself() -> bytes:
    form = b"<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /F 5 0 R >> >> /Length 10 >>"
    return raw_pdf(
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
        b" /Resources << /XObject << /F 5 0 R >> >> >>",
        b"<< /Length 5 >>\nstream\n/F Do\nendstream",
        form + b"\nstream\n/F Do /F Do\nendstream",
    )


HOSTILE: dict[str, tuple[Callable[[], bytes], str]] = {
    "page of 1.5 GB": (lambda: page_with(bomb(1536 * MIB), packed=True), "bomb.pdf"),
    "page tree of itself": (page_tree_of_itself, "tree.pdf"),
    "page tree of 3,000 levels": (deep_page_tree, "deep.pdf"),
    "form that draws itself": (form_in_itself, "form.pdf"),
    "200,000 rectangles": (lambda: page_with(b"1 1 9 9 re f\n" * 200_000), "boxes.pdf"),
    "a line of 1,500,000 bends": (lambda: page_with(b"0 0 m " + b"1 1 l 2 2 l " * 750_000 + b"S"), "line.pdf"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_pdf_ends_within_its_limits_and_the_next_is_read(name: str, short: Extractor) -> None:
    make, file = HOSTILE[name]
    data = make()
    started = time.monotonic()
    extraction = short.extract(Document(data, file))
    assert time.monotonic() - started < SECONDS + 10  # a busy machine takes a while to end a worker and start another
    if extraction.failure is None or extraction.failure is FailureKind.EMPTY:
        assert name in (
            "page tree of itself",
            "form that draws itself",
            "200,000 rectangles",
            "page tree of 3,000 levels",
        )
    else:
        assert extraction.failure in NAMED
        assert "hidden_not_inspected" in {hold.kind for hold in extraction.held_back}
    assert short.extract(Document(drawn(), "letter.pdf")).pages == (VISIBLE,)


def zip_bomb() -> bytes:
    return repacked(letter(), {}, {"word/media/image1.png": b"\0" * (500 * MIB)})


def lying_zip_bomb() -> bytes:
    """A part that unpacks to far more than its header says."""
    data = bytearray(repacked(letter(), {"word/document.xml": lambda part: part + b" " * (64 * MIB)}))
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        size = package.getinfo("word/document.xml").file_size
    at = data.rindex(size.to_bytes(4, "little"))
    data[at : at + 4] = (1000).to_bytes(4, "little")
    return bytes(data)


def entities() -> bytes:
    laughs = "".join(f'<!ENTITY a{i} "{f"&a{i - 1};" * 10}">' for i in range(1, 10))
    head = f'<!DOCTYPE x [<!ENTITY a0 "ha">{laughs}]>'.encode()
    return repacked(
        letter(), {"word/document.xml": lambda part: part.replace(b"<w:document", head + b"<w:document", 1)}
    )


def outside_entity() -> bytes:
    head = b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]>'
    part = {"word/document.xml": lambda part: part.replace(b"<w:document", head + b"<w:document", 1)}
    return repacked(letter(), part)


def package_in_package() -> bytes:
    data = b"bottom"
    for _ in range(200):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as package:
            package.writestr("inner.zip", data)
        data = out.getvalue()
    return data


def two_parts_of_one_name() -> bytes:
    data = letter()
    assert data.count(b"docProps/core.xml") == 2
    return data.replace(b"docProps/core.xml", b"word/document.xml")


PACKAGES = {
    "zip bomb": (zip_bomb, "bomb.docx", {FailureKind.TOO_LARGE}),
    "zip bomb that lies": (lying_zip_bomb, "bomb.docx", {FailureKind.CORRUPT, FailureKind.TOO_LARGE}),
    "a billion laughs": (entities, "laughs.docx", {FailureKind.CORRUPT}),
    "entity of another file": (outside_entity, "outside.docx", {FailureKind.CORRUPT}),
    "package in package": (package_in_package, "nested.docx", {FailureKind.UNSUPPORTED_TYPE}),
    "two parts of one name": (two_parts_of_one_name, "twice.docx", {FailureKind.CORRUPT}),
    "cut package": (lambda: letter()[:-3000], "cut.docx", {FailureKind.TRUNCATED}),
    "cut workbook": (lambda: workbook()[:-2000], "cut.xlsx", {FailureKind.TRUNCATED}),
    "XML that ends too early": (
        lambda: repacked(letter(), {"word/document.xml": lambda part: part[:-40]}),
        "cut.docx",
        {FailureKind.CORRUPT},
    ),
    "RTF that ends too early": (lambda: rb"{\rtf1{\b " + VISIBLE.encode(), "cut.rtf", {FailureKind.TRUNCATED}),
    "noise": (lambda: os.urandom(5000), "noise.pdf", {FailureKind.UNSUPPORTED_TYPE}),
    "a photograph": (lambda: b"\xff\xd8\xff\xe0" + os.urandom(500), "photo.jpg", {FailureKind.UNSUPPORTED_TYPE}),
    "nothing": (lambda: b"", "nothing.pdf", {FailureKind.EMPTY}),
    "PDF of noise": (
        lambda: b"%PDF-1.7\n" + os.urandom(5000),
        "noise.pdf",
        {FailureKind.CORRUPT, FailureKind.TRUNCATED},
    ),
    "compound file of noise": (
        lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + os.urandom(5000),
        "noise.doc",
        {FailureKind.CORRUPT, FailureKind.TRUNCATED},
    ),
}


def workbook() -> bytes:
    out = io.BytesIO()
    book = Workbook()
    book.active["A1"] = VISIBLE
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize("name", PACKAGES)
def test_a_hostile_or_broken_file_is_named(name: str, extract_bytes: Extract) -> None:
    make, file, expected = PACKAGES[name]
    extraction = extract_bytes(make(), file)
    assert extraction.failure in expected, extraction
    assert extraction.pages == ()
    if extraction.failure is not FailureKind.EMPTY:
        assert "hidden_not_inspected" in {hold.kind for hold in extraction.held_back}


def test_names_that_climb_out_of_a_package_are_held_and_nothing_is_written(
    tmp_path: object, extract_bytes: Extract
) -> None:
    extraction = extract_bytes(repacked(letter(), {}, {"../../escaped.txt": b"x", "/root.txt": b"x"}), "letter.docx")
    assert extraction.pages == (VISIBLE,)
    assert [hold.kind for hold in extraction.held_back] == ["hidden_unknown_part", "hidden_unknown_part"]
    assert all("escaped" not in hold.where for hold in extraction.held_back)


def test_a_locked_pdf_asks_for_its_password_and_an_owner_password_does_not(extract_bytes: Extract) -> None:
    locked = edited(drawn(), lambda pdf: None, encryption=pikepdf.Encryption(owner="o", user="u", R=6))
    assert extract_bytes(locked, "locked.pdf").failure is FailureKind.PASSWORD
    readable = edited(drawn(), lambda pdf: None, encryption=pikepdf.Encryption(owner="o", user="", R=4))
    extraction = extract_bytes(readable, "owner.pdf")
    assert extraction.failure is None
    assert extraction.pages == (VISIBLE,)


def test_a_cut_pdf_gives_the_pages_that_could_be_saved(extract_bytes: Extract) -> None:
    whole = drawn(pages=30)
    extraction = extract_bytes(whole[: int(len(whole) * 0.6)], "cut.pdf")
    assert extraction.failure is FailureKind.TRUNCATED
    assert VISIBLE in "\n".join(extraction.pages)
    assert "hidden_not_inspected" in {hold.kind for hold in extraction.held_back}


def test_a_web_page_named_pdf_is_found_out(extract_bytes: Extract) -> None:
    words = b"This page has moved to another address, which the force will tell in due course."
    page = b"<!DOCTYPE html><html><body><main><p>" + words + b"</p></main></body></html>"
    extraction = extract_bytes(page, "letter.pdf")
    assert extraction.media_type == "text/html"
    assert extraction.failure is None
    assert extraction.notes == ("named as application/pdf, is text/html",)
    assert "This page has moved" in extraction.pages[0]


def hang(document: Document, limits: Limits) -> None:
    time.sleep(3600)


def fall(document: Document, limits: Limits) -> None:
    os.kill(os.getpid(), signal.SIGSEGV)


def abort(document: Document, limits: Limits) -> None:
    os.abort()


def swell(document: Document, limits: Limits) -> None:
    held = [b"x" * (64 * MIB)]
    while True:
        held.append(b"x" * (64 * MIB))


def sink(document: Document, limits: Limits) -> None:
    sink(document, limits)


@pytest.mark.parametrize(
    ("function", "kind"),
    [
        (hang, FailureKind.TIMEOUT),
        (fall, FailureKind.CRASH),
        (abort, FailureKind.CRASH),
        (swell, FailureKind.MEMORY),
        (sink, FailureKind.CORRUPT),
    ],
)
def test_what_can_befall_a_worker_is_named(function: Callable[[Document, Limits], None], kind: FailureKind) -> None:
    with pytest.raises(UnreadableError) as caught:
        run(function, Document(b"", "any"), Limits(seconds=1.5 if function is hang else 30, memory_bytes=1024 * MIB))
    assert caught.value.kind is kind


def test_the_pool_goes_on_after_each_of_them(short: Extractor) -> None:
    for function in (fall, swell, hang):
        future = short.schedule(function, Document(b"", "any"))
        assert future.exception() is not None
        assert short.extract(Document(b"plain words of a letter", "a.txt")).pages == ("plain words of a letter",)


def test_many_come_back_in_order_and_are_read_as_they_are_needed() -> None:
    taken: list[int] = []

    def documents() -> Iterator[Document]:
        for number in range(60):
            taken.append(number)
            yield Document(f"letter {number}".encode(), f"{number}.txt")

    with Extractor(workers=2) as pool:
        results = pool.extract_many(documents())
        assert next(results).pages == ("letter 0",)
        assert len(taken) < 20
        assert [r.pages[0] for r in results] == [f"letter {number}" for number in range(1, 60)]


def test_one_document_alone() -> None:
    extraction = extract(Document("Mae’r heddlu yn dal gwybodaeth".encode(), "llythyr.txt"))
    assert extraction.pages == ("Mae’r heddlu yn dal gwybodaeth",)
    assert extraction.version


def test_a_workbook_above_its_limit_of_cells_is_named() -> None:
    extraction = extract(Document(workbook(), "big.xlsx"), limits=Limits(cells=0))
    assert extraction.failure is FailureKind.TOO_LARGE


def test_a_file_above_its_limit_of_bytes_is_named() -> None:
    assert extract(Document(b"x" * 100, "big.txt"), limits=Limits(file_bytes=99)).failure is FailureKind.TOO_LARGE


def test_an_encrypted_office_file_asks_for_its_password(extract_bytes: Extract) -> None:
    encrypted = repacked(letter())
    at = [i for i in range(len(encrypted)) if encrypted.startswith(b"PK\x01\x02", i)]
    data = bytearray(encrypted)
    for place in at:
        data[place + 8] |= 1  # the bit that says so, in the list of parts
    assert extract_bytes(bytes(data), "locked.docx").failure is FailureKind.PASSWORD


def broken_colours(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].obj.Resources.ColorSpace = pikepdf.Dictionary(C1=pikepdf.Array([]))


def test_a_page_that_pdfminer_cannot_read_is_read_by_pdfium(extract_bytes: Extract) -> None:
    extraction = extract_bytes(edited(drawn(pages=2), broken_colours), "letter.pdf")
    assert extraction.notes == ("pages read by PDFium: 1",)
    assert extraction.pages == (VISIBLE, VISIBLE)
    assert extraction.failure is None


def test_what_pdfium_reads_is_inspected_in_the_same_way(extract_bytes: Extract) -> None:
    def box_over(canvas: Canvas) -> None:
        canvas.drawString(72, 600, CANARY)
        canvas.rect(70, 596, 200, 16, stroke=0, fill=1)

    for turn in (0, 90, 270):
        made = edited(drawn(box_over), lambda pdf, turn=turn: pdf.pages[0].rotate(turn, relative=False))
        extraction = extract_bytes(edited(made, broken_colours), "letter.pdf")
        assert extraction.notes == ("pages read by PDFium: 1",)
        assert VISIBLE in extraction.pages[0]
        assert CANARY not in extraction.pages[0]
        assert {hold.kind for hold in extraction.held_back} == {"hidden_under_fill"}


def test_no_library_complains_by_quoting_the_document(tmp_path: Path) -> None:
    file = tmp_path / "letter.pdf"
    file.write_bytes(page_with(f"BT 1 0 0 ({CANARY}) 72 600 Tm (x) Tj ET 0 1 0 ({CANARY}) 1 1 cm".encode()))
    script = (
        "import sys\nfrom indexer.extraction import Document, extract\n"
        "if __name__ == '__main__':\n print(extract(Document(open(sys.argv[1], 'rb').read(), 'a.pdf')).failure)\n"
    )
    (tmp_path / "reads.py").write_text(script)
    command = [sys.executable, str(tmp_path / "reads.py"), str(file)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout.strip()
    assert done.stderr == ""
