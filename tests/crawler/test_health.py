"""How a run is judged: every status from what led to it."""

from __future__ import annotations

import pytest

from crawler.health import LogReport, Tally, judge
from indexer.archive import Counts, RunStatus

READ = {"listings_read": 1, "entries": 3, "items_read": 3}


@pytest.mark.parametrize(
    ("tally", "counts", "status"),
    [
        (Tally(**READ), Counts(new=3), RunStatus.OK),
        (Tally(**READ), Counts(unchanged=3, gone=1), RunStatus.OK),
        (Tally(**READ), Counts(new=3, failed=1), RunStatus.PARTIAL),
        (Tally(), Counts(), RunStatus.DRIFTED),
        (Tally(listings_read=1), Counts(), RunStatus.DRIFTED),
        (Tally(listings_read=1, says_empty=True), Counts(), RunStatus.EMPTY),
        (Tally(listings_read=1, says_empty=True), Counts(gone=4), RunStatus.DRIFTED),
        (Tally(listings_read=1, says_empty=True), Counts(unchanged=4), RunStatus.DRIFTED),
        (Tally(listings_read=1, says_empty=True, entries=2), Counts(failed=2), RunStatus.PARTIAL),
        (Tally(listings_read=1, entries=3, items_unread=3), Counts(failed=3), RunStatus.DRIFTED),
        (Tally(listings_read=1, entries=5, items_read=2, items_unread=3), Counts(new=2, failed=3), RunStatus.DRIFTED),
        (Tally(listings_read=1, entries=5, items_read=3, items_unread=2), Counts(new=3, failed=2), RunStatus.PARTIAL),
        (Tally(listings_read=1, entries=3), Counts(gone=3), RunStatus.DRIFTED),
        (Tally(listings_read=4, folders=9), Counts(), RunStatus.DRIFTED),
        (Tally(listings_read=4, folders=9, items_read=3), Counts(new=3), RunStatus.OK),
        (Tally(stopped=RunStatus.BLOCKED, reason="HTTP 403", **READ), Counts(new=3), RunStatus.BLOCKED),
    ],
)
def test_status(tally: Tally, counts: Counts, status: RunStatus) -> None:
    found, reason = judge(tally, counts)
    assert found is status
    assert bool(reason) is (status is not RunStatus.OK), "whatever is not ok says why"


def test_a_resumed_run_is_not_judged_by_what_its_last_part_saw() -> None:
    assert judge(Tally(), Counts(new=7), resumed=True) == (RunStatus.OK, "")
    assert judge(Tally(items_read=1, items_unread=2), Counts(new=7, failed=2), resumed=True)[0] is RunStatus.PARTIAL


def test_the_first_reason_to_stop_stands() -> None:
    tally = Tally()
    tally.stop(RunStatus.BLOCKED, "a challenge page")
    tally.stop(RunStatus.UNREACHABLE, "connection refused")
    assert judge(tally, Counts()) == (RunStatus.BLOCKED, "a challenge page")


def test_the_report_keeps_the_contract_s_keys_in_order() -> None:
    report = LogReport(log="thornwick", status=RunStatus.PARTIAL, failed=2, missing_fields={"reference": 1})
    keys = ["log", "status", "pages", "new", "changed", "unchanged", "moved", "gone", "failed", "missing_fields"]
    assert list(report.as_json())[: len(keys)] == keys
    assert report.fell_short
    assert not LogReport(log="x", status=RunStatus.EMPTY).fell_short
