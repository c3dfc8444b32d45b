"""Text, Markdown and CSV come out verbatim; kinds are told by content; quality tells words from noise."""

from __future__ import annotations

import csv
import io
import random
from collections.abc import Callable

import pytest
from openpyxl import Workbook

from indexer.disclosure import Extraction, FailureKind
from indexer.extraction import Document, Extractor, UnreadableError, clean_csv, clean_text
from indexer.extraction.holdback import KINDS, inspect
from indexer.extraction.numberformat import shown, shows
from indexer.extraction.quality import text_quality
from indexer.extraction.workbook import harmless

LETTER = """Dear resident,

  Thank you for your request of 5 March 2024 under the Freedom of Information Act.
\t1. How many drones does the force own?
Ein cyfeirnod: FOI 2024/1 – “atebwyd”.
"""


@pytest.mark.parametrize(("name", "kind"), [("a.txt", "text/plain"), ("a.md", "text/markdown"), ("a.csv", "text/csv")])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_text_file_is_one_page_exactly_as_it_is(name: str, kind: str, encoding: str, extractor: Extractor) -> None:
    extraction = extractor.extract(Document(LETTER.encode(encoding), name))
    assert extraction.pages == (LETTER,)
    assert extraction.media_type == kind
    assert extraction.failure is None
    assert extraction.held_back == ()
    assert bool(extraction.notes) == (encoding == "cp1252")


def test_line_ends_of_windows_stay(extract_bytes: Callable[[bytes, str], Extraction]) -> None:
    assert extract_bytes(b"one\r\ntwo\r\n", "a.txt").pages == ("one\r\ntwo\r\n",)


@pytest.mark.parametrize(
    ("data", "name", "kind"),
    [
        (b"%PDF-1.4\n", "a.txt", "application/pdf"),
        (b"  <!doctype html><p>x", "a.pdf", "text/html"),
        (b"<?xml version='1.0'?><html xmlns='x'><body>x</body></html>", "a.xml", "text/html"),
        (rb"{\rtf1 words}", "a.doc", "application/rtf"),
        (b"a,b\n1,2\n", "a.csv", "text/csv"),
        (b"plain words", "letter", "text/plain"),
        (b"\x00\x01\x02\x03" * 50, "a.txt", "application/octet-stream"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 50, "a.pdf", "image/png"),
    ],
)
def test_the_kind_is_told_by_content(data: bytes, name: str, kind: str, extractor: Extractor) -> None:
    assert extractor.extract(Document(data, name, "application/pdf")).media_type == kind


def test_only_white_space_is_empty(extract_bytes: Callable[[bytes, str], Extraction]) -> None:
    assert extract_bytes(b" \n\n ", "a.txt").failure is FailureKind.EMPTY


def test_quality_tells_words_from_noise() -> None:
    rng = random.Random(5)
    letter = LETTER * 10
    shifted = "".join(chr(ord(c) + 3) if c.isalpha() else c for c in letter)
    noise = "".join(chr(rng.randrange(0xE000, 0xE100)) for _ in range(400))
    assert text_quality("") is None
    assert text_quality(letter) == 1.0
    assert text_quality("\n".join(f"{year} | {year * 3:,} | {year / 7:.1f}%" for year in range(1990, 2024))) == 1.0
    assert (
        text_quality("Wrexham, Llandrindod Wells, Ystradgynlais, Machynlleth, Kirkcaldy and Berwick-upon-Tweed") == 1.0
    )
    for bad in (shifted, noise, "(cid:12)(cid:40)(cid:7) " * 50, "Thankyouforyourrequestforinformationwhichwas " * 20):
        quality = text_quality(bad)
        assert quality is not None
        assert quality < 0.2


@pytest.mark.parametrize(
    ("value", "code", "text"),
    [
        (1234.5, "General", "1234.5"), (2019, "General", "2019"), (0.1 + 0.2, "General", "0.3"),
        (1234567.891, "#,##0.00", "1,234,567.89"), (0.256, "0.0%", "25.6%"), (-3, "#,##0;[Red](#,##0)", "(3)"),
        (1234.5, "[$£-809]#,##0.00", "£1,234.50"), (0, '0;-0;"nil"', "nil"), (5, "000", "005"),
        (1_500_000, '0.0,,"m"', "1.5m"), (45000, "dd/mm/yyyy", "15/03/2023"),
        (45000.5, "d mmmm yyyy hh:mm", "15 March 2023 12:00"),
        (43831, "mmm-yy", "Jan-20"), (1.5, "[h]:mm:ss", "36:00:00"), (-4.5, "0.0", "-4.5"),
    ],
)  # fmt: skip
def test_numbers_look_as_a_person_sees_them(value: float, code: str, text: str) -> None:
    assert shown(value, code) == text


def test_a_format_that_shows_nothing() -> None:
    assert not shows(";;;", 5)
    assert not shows(";;;", "words")
    assert shows("0;-0;;@", "words")
    assert not shows("0;-0;;@", 0)


def test_clean_csv_has_what_is_visible_and_no_formula() -> None:
    book = Workbook()
    book.active.title = "Answer"
    book.active.append(["Town", "=1+1", "-5", "@cmd", 'say "no"'])
    book.active["B1"].data_type = "s"
    book.create_sheet("Raw").sheet_state = "hidden"
    book["Raw"]["A1"] = "secret"
    out = io.BytesIO()
    book.save(out)
    [(name, text)] = clean_csv(Document(out.getvalue(), "a.xlsx"))
    assert name == "Answer"
    assert list(csv.reader(io.StringIO(text))) == [["Town", "'=1+1", "-5", "'@cmd", 'say "no"']]
    with pytest.raises(UnreadableError):
        clean_csv(Document(b"no workbook", "a.txt"))


def test_only_real_numbers_may_start_with_a_sign() -> None:
    assert harmless("-1,234.5%") == "-1,234.5%"
    assert harmless("-1+cmd") == "'-1+cmd"
    assert harmless("\t=x") == "'\t=x"


def test_clean_text_parts_pages() -> None:
    assert clean_text(Extraction(media_type="x", pages=("one", "two"))) == "one\ftwo"


def test_every_kind_of_hold_is_explained() -> None:
    assert all(kind.startswith("hidden_") and entry.meaning and entry.mend for kind, entry in KINDS.items())
    assert [hold.kind for hold in inspect(Document(rb"{\rtf1 a{\v b}}", "a.rtf"))] == ["hidden_text"]
