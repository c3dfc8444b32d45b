"""References: the letter's own wherever it is printed, others kept apart, and numbers that number something else."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from indexer.disclosure import Reading
from indexer.reading.references import reference_key

Reader = Callable[..., Reading]

REST = """
Dear Ms Thorn

Thank you for your request under the Freedom of Information Act 2000.

We hold this information: there were 41.

Yours sincerely
Disclosure Team
"""


@pytest.mark.parametrize(
    ("head", "printed"),
    [
        ("Our ref: KW/19/0412", "KW/19/0412"),
        ("Our Reference - OHB 2291", "OHB 2291"),
        ("Reference Number: EP.FOI.21.1888", "EP.FOI.21.1888"),
        ("FOI ref: 8003", "8003"),
        ("Ref. No. PT/006114/20", "PT/006114/20"),
        ("Case number FOI-233410", "FOI-233410"),
        ("Request ID: 5543", "5543"),
        ("F.O.I. Reference: F21/334", "F21/334"),
        ("**Reference:** 2023-114", "2023-114"),
        ("Enquiry Reference: 667 - 24", "667 - 24"),
        ("Information Request Ref: CAS/AWBQXZ", "CAS/AWBQXZ"),
    ],
)
def test_labelled_in_the_head(letter: Reader, head: str, printed: str) -> None:
    assert letter(f"Ellwater Council\n\n{head}\n\n3 May 2019\n{REST}").reference == printed


@pytest.mark.parametrize(
    ("head", "printed"),
    [
        ("| Our reference | 4410987 |\n| Date | 1 March 2023 |", "4410987"),
        ("Reference number\n1177/2024\n\nDate of disclosure\n30 July 2024", "1177/2024"),
        ("| **Council** | Ellwater |\n| **FOI no.** | 5871 |\n| **Date in** | 12/06/2023 |", "5871"),
        (
            "FOI release 20200\n\n- Published\n- 4 February 2021\n- FOI reference\n- FOI/202000093492",
            "FOI/202000093492",
        ),
        ("Reference Number | Date Received | Date Closed\nF1234 | 05/01/2021 | 29/01/2021", "F1234"),
        ("Our ref:\nYour ref:\nDate:\n2019/FOI/00123\nMKT/9\n17 April 2019", "2019/FOI/00123"),
        ("Our references | EL 25/0301, EL 25/0302 and EL 25/0304\nYour references | JT/7", "EL 25/0301"),
    ],
)
def test_in_tables_lists_and_blocks(letter: Reader, head: str, printed: str) -> None:
    assert letter(f"{head}\n{REST}").reference == printed


@pytest.mark.parametrize(
    ("head", "printed"),
    [
        ("Freedom of Information Request - Reference - FOI / 1680", "FOI / 1680"),
        ("FREEDOM OF INFORMATION REQUEST 20/09/1088", "20/09/1088"),
        ("Freedom of Information – Response – 16078", "16078"),
        ("Freedom of Information Request – Council Tax – 4512399", "4512399"),
        ("Internal Review - 01.FOI.24.000301", "01.FOI.24.000301"),
        ("Environmental Information Regulations 2004 - Request EIR/2022/061", "EIR/2022/061"),
        ("Subject: FOI response - 001187/24 - unmarked vans", "001187/24"),
        ("GW-FOI-2023-0207", "GW-FOI-2023-0207"),
        ("FOI 0844/21", "FOI 0844/21"),
    ],
)
def test_in_a_subject_line_without_a_label(letter: Reader, head: str, printed: str) -> None:
    assert letter(f"Ellwater Council\n\n{head}\n{REST}").reference == printed


@pytest.mark.parametrize(
    ("sentence", "printed"),
    [
        ("Your request number is CRN00166467.", "CRN00166467"),
        ("Your reference number for this request is FS-Case-123456789.", "FS-Case-123456789"),
        ("We have logged your request as OX-FOI-22-0790.", "OX-FOI-22-0790"),
        ("If you write to us please quote reference 1189733.", "1189733"),
        ("I write about the above request (ref: 602628).", "602628"),
        ("I am writing in response to your request (FOI 22/23-0145), which was logged in June.", "FOI 22/23-0145"),
        ("RE: FOI_2291_2023", "FOI_2291_2023"),
        ("Case 88123-A", "88123-A"),
        ("Freedom of Information request ref 8841/19: your request was considered.", "8841/19"),
    ],
)
def test_in_running_text(letter: Reader, sentence: str, printed: str) -> None:
    text = f"Dear Mr Moss\n\n{sentence}\n\nWe hold the information: it is 12.\n"
    assert letter(text).reference == printed


@pytest.mark.parametrize(
    "line",
    [
        "Crime reference number: 42/1122/19",
        "ICO registration: Z1234567",
        "Charity number 1099123",
        "Contract ref: 55/2017",
        "Planning reference 19/00455/FUL",
        "Your ref: ABC/77",
        "Date: 07/10/2020",
        "Tel. No: 01632 960111",
        "PO Box 12",
        "1 Attachment\nEIR 1207165 fly tipping.xlsx\n153K",
        "[FOI #484014 email]",
        "https://www.ellwater.example/freedom-of-information/foi-responses/2016/july2016/285990/",
        "Figures relating to Freedom of Information Requests 2016 - 2021.",
        "Under the FOI Act 2000 please tell me:",
        "Have the papers been kept for the following case reference: CIN/ABS/001?",
    ],
)
def test_numbers_of_other_things(letter: Reader, line: str) -> None:
    assert letter(f"Ellwater Council\n\n{line}\n{REST}").reference is None


def test_the_requesters_own_number_is_kept_apart(letter: Reader) -> None:
    reading = letter(f"Your Reference: MKT/2020/45        Our Reference: FOI 20-55\n{REST}")
    assert reading.reference == "FOI 20-55"
    assert [(other.printed, other.kind) for other in reading.other_references] == [("MKT/2020/45", "theirs")]


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("We answered a similar request, reference F20/118, on 14 December 2020.", "linked"),
        ("The figure was given in our answer of 2 May 2018 (our ref: F20/118).", "linked"),
        ("Linked request: F20/118 asked for 2019.", "linked"),
        ("This is a review of request F20/118.", "reviewed"),
        ("Original request reference F20/118", "linked"),
    ],
)
def test_other_answers_are_kept_apart(letter: Reader, sentence: str, kind: str) -> None:
    reading = letter(f"Our ref: F21/334\n\nDear Ms Shaw\n\n{sentence}\n\nWe hold nothing further.\n")
    assert reading.reference == "F21/334"
    assert [(other.key, other.kind) for other in reading.other_references] == [("f-20-118", kind)]


def test_requests_answered_together(letter: Reader) -> None:
    reading = letter(f"Our references: EL 25/0301, EL 25/0302 and EL 25/0304\n{REST}")
    assert reading.reference == "EL 25/0301"
    assert [(other.printed, other.kind) for other in reading.other_references] == [
        ("EL 25/0302", "aggregated"),
        ("EL 25/0304", "aggregated"),
    ]


@pytest.mark.parametrize(
    ("title", "printed"),
    [
        ("Drone flights and costs (498A/21)", "498A/21"),
        ("Which cameras are live? (1149A/18)", "1149A/18"),
        ("498A/21", "498A/21"),
    ],
)
def test_the_shape_that_the_force_gives_its_numbers(letter: Reader, title: str, printed: str) -> None:
    page = f"{title}\n\nRequest\n\nHow many flights?\n\nResponse\n\nCaldmoor Police holds this: 12.\n"
    assert letter(page).reference == printed


def test_a_shape_in_a_row_of_a_list_is_no_reference(letter: Reader) -> None:
    asked = "Drone flights\n\nWhat was asked\n\nRequest\n\nHow many?\n\nResponse\n\nCaldmoor Police holds this:"
    assert letter(f"{asked}\n\nOffences\n\nby code\n\n008A/19 Breach of conditions\n").reference is None


ASKED = "\n\nRequest\n\nHow many are there in the town?\n\nResponse\n\nEllwater Council holds this: 12.\n"


@pytest.mark.parametrize(
    ("title", "printed"),
    [
        ("Dog attacks (1507A/23)", "1507A/23"),
        ("Dog attacks - 819/12", "819/12"),
        ("Dog attacks – 819/2012 | Ellwater", "819/2012"),
        ("774-24 Purchase of vans", "774-24"),
        ("Dog attacks in March 2012 (819/12)", "819/12"),
        ("1507A/23", "1507A/23"),
        ("FI16862", "FI16862"),
        ("Dog attacks 2019/20", None),
        ("Dog attacks - 2019/20", None),
        ("Dog attacks (2016-2021)", None),
        ("Dog attacks - 20/21", None),
        ("Planning application (819/12)", None),
        ("774-24 Mill Street", None),
        ("Dogs on call - 24/7", None),
        ("March 2012", None),
        ("MAY2016", None),
        ("Form 1012 of the dog wardens", None),
    ],
)
def test_a_number_in_the_title_of_a_page(letter: Reader, title: str, printed: str | None) -> None:
    assert letter(f"{title}{ASKED}").reference == printed


def test_a_title_yields_to_a_label(letter: Reader) -> None:
    assert letter(f"Dog attacks (1507A/23){ASKED}\nOur ref: KW/7\n").reference == "KW/7"


def test_a_field_under_the_heading_of_the_request_is_the_authoritys(letter: Reader) -> None:
    head = "FREEDOM OF INFORMATION REQUEST\n\nRequest Number: F-2024-00456\nDate: May 8, 2024\n"
    page = f"{head}\nRequest\n\nHow many?\n\nAnswer\n\nNine.\n"
    assert letter(page).reference == "F-2024-00456"


def test_where_it_stands(letter: Reader) -> None:
    text = f"Our ref: KW/19/0412\n{REST}"
    reading = letter(text)
    span = next(proof.span for proof in reading.evidence if proof.fact == "reference")
    assert text[span.start : span.end] == "KW/19/0412"
    assert reading.reference_key == reference_key("kw 19 412")


@pytest.mark.parametrize(
    ("top", "reference"),
    [
        ("AMBERSHIRE POLICE\n\nIRO-2025-0233    16 June 2025", "IRO-2025-0233"),
        ("Ambershire Police\n\nDisclosure log entry 2023-087: swans", "2023-087"),
    ],
)
def test_a_code_with_its_year_at_the_top(letter, top: str, reference: str) -> None:
    assert letter(f"{top}\n\nDear Ms Thorn,\n\nWe hold this information: there were 41.\n").reference == reference
