"""The order in which the text of a PDF comes out: as a person reads it, on layouts made for the purpose."""

from __future__ import annotations

import random
import re
from collections.abc import Callable

import pikepdf
import pytest
from pdf_makers import columns, drawn, edited, flowing, gap, grid, numbered, open_table, paragraph, scan
from rapidfuzz.distance import LCSseq
from reportlab.lib import colors
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import KeepTogether, Paragraph, Table, TableStyle

from indexer.disclosure import Extraction
from indexer.extraction.hyphens import joined

Extract = Callable[[bytes, str], Extraction]
_WORDS = """
    force station officer record incident request information exemption public interest disclosure section number year
    vehicle weapon custody missing person drone camera speed safety training budget staff contract building town coast
"""
WORDS = _WORDS.split()


def sentence(rng: random.Random, length: int = 14) -> str:
    return " ".join(rng.choice(WORDS) for _ in range(length)).capitalize() + "."


def passage(rng: random.Random, sentences: int = 5) -> str:
    return " ".join(sentence(rng) for _ in range(sentences))


def tokens(text: str) -> list[str]:
    return re.findall(r"\w+", text)


def same_order(text: str, expected: str) -> float:
    """How far two sequences of words agree: 1 where they are the same."""
    return LCSseq.normalized_similarity(tokens(text), tokens(expected))


def test_a_letter_of_two_columns_is_read_column_by_column(extract_bytes: Extract) -> None:
    rng = random.Random(1)
    passages = [passage(rng) for _ in range(12)]
    extraction = extract_bytes(flowing(columns(*(paragraph(p) for p in passages))), "two.pdf")
    assert same_order("\n".join(extraction.pages), "\n".join(passages)) == 1.0


@pytest.mark.parametrize("ruled", [True, False])
def test_request_beside_response_never_interleaves(ruled: bool, extract_bytes: Extract) -> None:
    rng = random.Random(2)
    pairs = [(passage(rng, 3), passage(rng, 4)) for _ in range(4)]
    rows: list[list[object]] = [["Request", "Response"]]
    rows += [[paragraph(question), paragraph(answer)] for question, answer in pairs]
    table = (grid if ruled else open_table)(rows, [80 * mm, 90 * mm])
    text = "\n".join(extract_bytes(flowing(table), "pairs.pdf").pages)
    by_row = "Request Response " + " ".join(f"{question} {answer}" for question, answer in pairs)
    by_column = " ".join(["Request", *(q for q, _ in pairs), "Response", *(a for _, a in pairs)])
    assert max(same_order(text, by_row), same_order(text, by_column)) == 1.0


def test_a_ruled_table_comes_out_row_by_row(extract_bytes: Extract) -> None:
    rng = random.Random(3)
    rows = [["Offence", "2022", "2023", "2024"]]
    rows += [[rng.choice(WORDS) + f" {i}", *(str(rng.randrange(3000)) for _ in range(3))] for i in range(90)]
    text = "\n".join(
        extract_bytes(flowing(paragraph("Before"), gap(), grid(rows), gap(), paragraph("After")), "t.pdf").pages
    )
    lines = [line for line in text.split("\n") if line]
    assert lines == ["Before", *(" | ".join(row) for row in rows), "After"]


def test_a_table_without_rules_comes_out_row_by_row(extract_bytes: Extract) -> None:
    rows = [
        ["Division", "Recorded", "Detected"],
        ["North", "120", "31"],
        ["Coast", "98", ""],
        ["Town and port", "7", "2"],
    ]
    text = extract_bytes(
        flowing(paragraph("Before"), gap(), open_table(rows, [70 * mm, 40 * mm, 40 * mm])), "t.pdf"
    ).pages[0]
    assert [line.rstrip(" |") for line in text.split("\n") if "|" in line] == [
        "Division | Recorded | Detected", "North | 120 | 31", "Coast | 98", "Town and port | 7 | 2",
    ]  # fmt: skip


def test_wrapped_cells_stay_in_their_row(extract_bytes: Extract) -> None:
    long = "No further action since the identified suspect could not be traced by the officers of the case"
    rows = [["Outcome", "Count"], [paragraph(long), "12"], [paragraph("Charged"), "30"]]
    text = extract_bytes(flowing(grid(rows, [60 * mm, 30 * mm])), "t.pdf").pages[0]
    assert text.split("\n") == ["Outcome | Count", f"{long} | 12", "Charged | 30"]


def test_spanned_cells_and_shaded_headings_keep_their_rows(extract_bytes: Extract) -> None:
    style = TableStyle([
        ("GRID", (0, 1), (-1, -1), 0.5, colors.black), ("BACKGROUND", (0, 0), (-1, 0), colors.lightgrey),
        ("SPAN", (0, 3), (1, 3)),
    ])  # fmt: skip
    rows = [
        ["Year", "Force", "Count"],
        ["2023", "Ambershire", "5"],
        ["2024", "Ambershire", "6"],
        ["Both years", "", "11"],
    ]
    text = extract_bytes(flowing(Table(rows, style=style, colWidths=[40 * mm] * 3)), "t.pdf").pages[0]
    assert [line for line in text.split("\n") if line] == [
        "Year | Force | Count", "2023 | Ambershire | 5", "2024 | Ambershire | 6", "Both years | 11",
    ]  # fmt: skip


def test_numbered_lists_keep_their_numbers_before_their_text(extract_bytes: Extract) -> None:
    questions = ["How many drones does the force own?", "What did they cost?", "Who may fly them?"]
    text = extract_bytes(flowing(paragraph("You asked:"), numbered(*questions)), "list.pdf").pages[0]
    assert [line for line in text.split("\n") if line] == [
        "You asked:",
        *(f"{i}. {q}" for i, q in enumerate(questions, 1)),
    ]


def test_two_addresses_side_by_side_do_not_mix(extract_bytes: Extract) -> None:
    left = ["Resident of Seatown", "4 Quay Street", "Seatown", "AM1 2ZZ"]
    right = ["Information Unit", "Ambershire Police", "Castle Road", "AM9 9ZZ"]

    def draw(canvas: Canvas) -> None:
        for i, (a, b) in enumerate(zip(left, right, strict=True)):
            canvas.drawString(72, 650 - 14 * i, a)
            canvas.drawString(380, 650 - 14 * i, b)
        canvas.drawString(72, 560, "Dear resident,")

    lines = extract_bytes(drawn(draw), "letter.pdf").pages[0].split("\n")
    assert [line for line in lines if line][1:] == [*left, *right, "Dear resident,"]


def test_a_block_of_references_reads_label_and_value(extract_bytes: Extract) -> None:
    block = [("Our ref:", "FOI 2024/0099"), ("Your ref:", "none"), ("Date:", "5 March 2024")]

    def draw(canvas: Canvas) -> None:
        for i, (label, value) in enumerate(block):
            canvas.drawString(72, 650 - 14 * i, label)
            canvas.drawString(160, 650 - 14 * i, value)

    text = extract_bytes(drawn(draw), "letter.pdf").pages[0]
    assert "Our ref: FOI 2024/0099\nYour ref: none\nDate: 5 March 2024" in text


def test_raised_letters_and_letters_set_apart_stay_in_their_words(extract_bytes: Extract) -> None:
    def draw(canvas: Canvas) -> None:
        text = canvas.beginText(72, 640)
        text.setFont("Helvetica", 11)
        text.textOut("on the 14")
        text.setRise(4)
        text.setFont("Helvetica", 7)
        text.textOut("th")
        text.setRise(0)
        text.setFont("Helvetica", 11)
        text.textOut(" of July")
        canvas.drawText(text)
        text = canvas.beginText(72, 600)
        text.setCharSpace(4)
        text.textOut("REFUSAL NOTICE")
        canvas.drawText(text)

    text = extract_bytes(drawn(draw), "letter.pdf").pages[0]
    assert "on the 14th of July" in text
    assert "REFUSAL NOTICE" in text


def test_drawing_order_does_not_matter(extract_bytes: Extract) -> None:
    lines = ["First line of the answer", "Second line of the answer", "Third line of the answer"]

    def draw(canvas: Canvas) -> None:
        for i in (2, 0, 1):
            for x, word in sorted(enumerate(lines[i].split()), reverse=True):
                canvas.drawString(72 + canvas.stringWidth(" ".join([*lines[i].split()[:x], ""])), 640 - 14 * i, word)

    assert "\n".join(lines) in extract_bytes(drawn(draw), "letter.pdf").pages[0]


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_turned_pages_read_as_a_viewer_shows_them(turn: int, extract_bytes: Extract) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.saveState()
        canvas.translate(300, 400)
        canvas.rotate(turn)
        canvas.drawString(0, 0, "Turned to be read")
        canvas.drawString(0, -14, "Line after line")
        canvas.restoreState()

    text = extract_bytes(edited(drawn(draw), lambda pdf: pdf.pages[0].rotate(turn, relative=False)), "t.pdf").pages[0]
    assert text.startswith("Turned to be read\nLine after line")


def test_ligatures_and_bullets_of_symbol_fonts_are_plain_signs(extract_bytes: Extract) -> None:
    story = [Paragraph("\u2022 of\ufb01cer \ufb02ow", paragraph("").style)]
    text = extract_bytes(flowing(KeepTogether(story)), "t.pdf").pages[0]
    assert "\ufb01" not in text


def test_divided_words_are_joined_where_the_document_shows_that_they_are_divided() -> None:
    assert joined(["The disclo-\nsure was full. Disclosure is the rule."]) == [
        "The disclosure was full. Disclosure is the rule."
    ]
    assert joined(["a decision-\nmaking body"]) == ["a decision-\nmaking body"]
    assert joined(["a decision-\nmaking body", "decision-making"]) == ["a decision-\nmaking body", "decision-making"]
    assert joined(["soft\xad\nhyphen"]) == ["softhyphen"]
    divided = "\n".join(f"the re{'abcdefgh'[i]}-\nmainder of it" for i in range(8))
    assert "-" not in joined([divided])[0]


@pytest.mark.ocr
def test_a_scan_is_read_by_ocr_in_order(extract_bytes: Extract) -> None:
    lines = [
        "Freedom of Information Act 2000",
        "1. How many drones does the force own?",
        "Answer: 14 drones were held in 2023.",
    ]
    extraction = extract_bytes(scan(lines), "scan.pdf")
    assert extraction.ocr
    assert extraction.failure is None
    assert extraction.held_back == ()
    assert same_order(extraction.pages[0], "\n".join(lines)) > 0.9
    assert extraction.notes == ("pages read by OCR: 1",)


def test_a_scan_without_ocr_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    from indexer.disclosure import FailureKind
    from indexer.extraction import Document, Limits, ocr, readers

    monkeypatch.setattr(ocr.shutil, "which", lambda name: None)
    extraction = readers.read(Document(scan(["Nobody reads this"]), "scan.pdf"), Limits())
    assert extraction.failure is FailureKind.SCANNED
    assert extraction.held_back == ()


@pytest.mark.ocr
def test_a_font_that_lies_about_its_letters_is_read_by_ocr(extract_bytes: Extract) -> None:
    def scramble(pdf: pikepdf.Pdf) -> None:
        pairs = "\n".join(f"<{code:02x}> <{code ^ 21:04x}>" for code in range(33, 127))
        head = "/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <00> <ff> endcodespacerange"
        table = f"{head} 94 beginbfchar\n{pairs}\nendbfchar endcmap end"
        for font in pdf.pages[0].obj.Resources.Font.values():
            font.ToUnicode = pdf.make_stream(table.encode())

    def draw(canvas: Canvas) -> None:
        for i in range(20):
            canvas.drawString(
                72, 660 - 16 * i, f"The force has searched its records for request {i} and holds nothing more."
            )

    extraction = extract_bytes(edited(drawn(draw), scramble), "scrambled.pdf")
    assert extraction.ocr
    assert extraction.pages[0].count("searched its records") >= 18
