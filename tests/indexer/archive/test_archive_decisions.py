"""What an operator decided stands, whatever way the same letter comes in again."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from indexer.archive import Action, Archive, ArchiveError, Marks, Mask, UnknownDisclosureError, cover
from indexer.archive.masks import COVER
from indexer.disclosure import Part

ROOT = "https://www.ambershire.police.example/foi/"
TODAY = date(2026, 6, 1)


@pytest.fixture
def by_title(crawler, archive):
    """Crawls, and finds a disclosure by its title."""
    crawler.crawl()

    def find(title: str):
        return next(stored for stored in archive.disclosures() if stored.title == title)

    return find


def read(stored, key: str | None = None) -> Marks:
    """The marks as a reader of the letter completes them."""
    return replace(stored.marks, forces=("ambershire",), reference_key=key or stored.reference)


def test_withdrawn_by_id_by_reference_and_by_every_hash(archive, by_title):
    tasers = by_title("How many tasers")
    archive.decisions.decide(Action.WITHDRAW, "asked for by the force", marks=read(tasers, "foi-101-26"))
    known = [
        Marks(id=tasers.id),
        Marks(forces=("ambershire",), reference_key="foi-101-26"),
        Marks(forces=("borsetshire", "ambershire"), reference_key="FOI 101/26"),
        Marks(hashes=(tasers.main.sha256,)),
        Marks(hashes=(tasers.content_key,)),
        Marks(hashes=(tasers.attachments[0].capture.sha256,)),  # its file, imported as a loose letter
    ]
    assert [archive.decisions.verdict(marks, TODAY).hidden for marks in known] == [True] * len(known)
    others = [
        Marks(),
        Marks(id="other"),
        Marks(forces=("borsetshire",), reference_key="foi-101-26"),
        Marks(forces=("ambershire",), reference_key="foi-102-26"),
        Marks(reference_key="foi-101-26"),
        read(by_title("How many dogs")),
    ]
    assert [archive.decisions.verdict(marks, TODAY).hidden for marks in others] == [False] * len(others)


def test_file_shared_with_another_letter_takes_that_letter_not_out(archive, crawler, site, by_title):
    shared = ROOT + "media/guide.pdf"
    site.add(ROOT + "dogs/", "How many dogs", files=[("guide.pdf", shared)])
    site.add(ROOT + "drones/", "How many drones", files=[("guide.pdf", shared)])
    site.file(shared, b"%PDF guide")
    crawler.crawl(days=1)
    dogs, drones = by_title("How many dogs"), by_title("How many drones")
    archive.decisions.decide(Action.WITHDRAW, "x", marks=dogs.marks)
    assert archive.decisions.verdict(dogs.marks, TODAY).hidden
    assert not archive.decisions.verdict(drones.marks, TODAY).hidden
    assert archive.decisions.verdict(drones.marks, TODAY).hidden_files == frozenset()


def test_file_taken_out_stays_out_where_it_turns_up_later(archive, crawler, site, by_title):
    tasers = by_title("How many tasers")
    file = tasers.attachments[0].capture.sha256
    archive.decisions.decide(Action.WITHDRAW, "x", marks=tasers.marks)
    site.add(ROOT + "horses/", "How many horses", files=[("copy.pdf", ROOT + "media/copy.pdf")])
    site.file(ROOT + "media/copy.pdf", b"%PDF-1.4 tasers")
    crawler.crawl(days=1)
    verdict = archive.decisions.verdict(by_title("How many horses").marks, TODAY)
    assert not verdict.hidden
    assert verdict.hidden_files == {file}


def test_withdrawn_stays_so_after_a_move_and_a_new_reference(archive, crawler, site, by_title):
    dogs = by_title("How many dogs")
    archive.decisions.decide(Action.WITHDRAW, "x", marks=dogs.marks)
    site.take_down(ROOT + "dogs/")
    site.add(ROOT + "other/dogs/", "How many dogs", reference="FOI 900/26", chrome="<nav>new</nav>")
    assert crawler.crawl(days=1).new == 1  # another reference: not taken for the moved page
    again = archive.find(ROOT + "other/dogs/")[0]
    assert again.id != dogs.id
    assert archive.decisions.verdict(again.marks, TODAY).withdrawn


def test_suspended_until_its_day(archive, by_title):
    dogs = by_title("How many dogs")
    archive.decisions.decide(Action.SUSPEND, "live proceedings", marks=dogs.marks, until=date(2026, 6, 2))
    assert archive.decisions.verdict(dogs.marks, TODAY).suspended_until == date(2026, 6, 2)
    assert archive.decisions.verdict(dogs.marks, TODAY).hidden
    assert not archive.decisions.verdict(dogs.marks, date(2026, 6, 2)).hidden
    assert archive.decisions.lapsing(TODAY, date(2026, 6, 2)) == (dogs.id,)
    assert archive.decisions.lapsing(date(2026, 6, 2), date(2026, 6, 3)) == ()


def test_release_holds_for_exactly_those_bytes(archive, crawler, site, by_title):
    tasers = by_title("How many tasers")
    archive.decisions.decide(Action.RELEASE, "looked at", marks=tasers.marks, attachment=1)
    assert archive.decisions.verdict(tasers.marks, TODAY).released == {tasers.attachments[0].capture.sha256}
    site.file(ROOT + "media/t.pdf", b"%PDF-1.4 another file", etag='"p2"')
    crawler.crawl(days=1)
    assert archive.decisions.verdict(by_title("How many tasers").marks, TODAY).released == frozenset()
    archive.decisions.decide(Action.RELEASE, "looked at", marks=tasers.marks)
    assert archive.decisions.verdict(tasers.marks, TODAY).released == {
        tasers.main.sha256,
        tasers.attachments[0].capture.sha256,
    }


def test_release_of_what_is_not_there(archive, by_title):
    with pytest.raises(ArchiveError, match="no attachment 7"):
        archive.decisions.decide(Action.RELEASE, "x", marks=by_title("How many tasers").marks, attachment=7)


def test_revoked_is_as_if_it_had_never_been(archive, by_title):
    dogs = by_title("How many dogs")
    decision = archive.decisions.decide(Action.WITHDRAW, "wrong one", marks=dogs.marks)
    marker = archive.marker
    archive.decisions.revoke(decision.number, "it was the other")
    assert not archive.decisions.verdict(dogs.marks, TODAY).hidden
    assert [stored.id for stored in archive.changed_since(marker)] == [dogs.id]
    assert [d.revoked_at is None for d in archive.decisions.all()] == [False]
    with pytest.raises(ArchiveError, match="No decision number"):
        archive.decisions.revoke(decision.number, "again")


def test_decision_touches_its_disclosure_for_the_next_index(archive, by_title):
    dogs, marker = by_title("How many dogs"), archive.marker
    archive.decisions.decide(Action.WITHDRAW, "x", marks=dogs.marks)
    assert [stored.id for stored in archive.changed_since(marker)] == [dogs.id]


def test_licence_switch_of_a_log(archive, by_title):
    marker = archive.marker
    assert archive.decisions.full_text("ambershire") is None
    archive.decisions.licence("ambershire", full_text=True, reason="OGL on their page")
    assert archive.decisions.full_text("ambershire") is True
    assert len(list(archive.changed_since(marker))) == 3
    archive.decisions.licence("ambershire", full_text=False, reason="they changed it")
    assert archive.decisions.full_text("ambershire") is False
    assert archive.decisions.full_text("borsetshire") is None


def test_public_log_says_what_and_when_but_not_why(archive, by_title):
    dogs, drones, tasers = (by_title(f"How many {what}") for what in ("dogs", "drones", "tasers"))
    archive.decisions.decide(Action.WITHDRAW, "secret reason one", marks=read(dogs))
    archive.decisions.decide(Action.SUSPEND, "secret reason two", marks=read(drones), until=date(2027, 1, 1))
    archive.decisions.decide(Action.RELEASE, "secret reason three", marks=tasers.marks, attachment=1)
    archive.decisions.decide(
        Action.MASK,
        "secret reason four",
        marks=tasers.marks,
        mask=Mask.over("John Doe", part="page", page=1, start=0, end=8),
    )
    archive.erase(tasers.id, "secret reason five", marks=read(tasers))
    log = archive.decisions.public_log()
    assert [(entry.action, entry.id, entry.forces, entry.until) for entry in log] == [
        (Action.ERASE, tasers.id, ("ambershire",), None),
        (Action.SUSPEND, drones.id, ("ambershire",), date(2027, 1, 1)),
        (Action.WITHDRAW, dogs.id, ("ambershire",), None),
    ]
    assert "secret" not in repr(log)


def test_decisions_outlive_the_process(folder, crawler, archive, by_title):
    dogs = by_title("How many dogs")
    archive.decisions.decide(Action.WITHDRAW, "x", marks=dogs.marks)
    with Archive.open(folder) as reader:
        assert reader.decisions.verdict(dogs.marks, TODAY).withdrawn
        assert [d.reason for d in reader.decisions.all()] == ["x"]


@pytest.mark.parametrize(
    ("action", "more"),
    [
        (Action.SUSPEND, {}),
        (Action.MASK, {}),
        (Action.WITHDRAW, {"until": TODAY}),
        (Action.ERASE, {}),
        (Action.LICENCE, {}),
    ],
)
def test_arguments_that_do_not_fit_are_refused(archive, by_title, action, more):
    with pytest.raises(ValueError, match=r"wrong arguments|method of its own"):
        archive.decisions.decide(action, "x", marks=by_title("How many dogs").marks, **more)
    assert archive.decisions.all() == ()


def test_unknown_disclosure(archive):
    with pytest.raises(UnknownDisclosureError, match="nobody"):
        archive.decisions.decide(Action.WITHDRAW, "x", marks=Marks(id="nobody"))


# -- masks

PAGE = "Dear Ms Ambrose,\nThe dog handler was Sgt\nA. Person of Ambershire.\nYours, A. Person"


def page(text: str, part: str = "page", number: int = 1) -> Part:
    return Part(part=part, page=number, text=text)


def test_mask_covers_its_place_and_only_that():
    start = PAGE.index("A. Person")
    mask = Mask.over(PAGE, part="page", page=1, start=start, end=start + 9)
    (covered,), lost = cover([page(PAGE)], [mask])
    assert covered.text == PAGE[:start] + COVER * 2 + " " + COVER * 6 + PAGE[start + 9 :]
    assert len(covered.text) == len(PAGE)
    assert lost == ()


def test_mask_takes_whole_words():
    start = PAGE.index("mbrose")
    mask = Mask.over(PAGE, part="page", page=1, start=start, end=start + 3)
    assert (mask.start, mask.end) == (PAGE.index("Ambrose"), PAGE.index("Ambrose") + 7)


@pytest.mark.parametrize(
    "shifted",
    [
        "A new banner. " + PAGE,
        "- " + PAGE.replace("Sgt\nA. Person", "Sgt A.\nPerson"),
        "- " + PAGE.replace("A. Person", "A Person"),
        "- " + PAGE.upper(),
    ],
)
@pytest.mark.parametrize(("part", "number"), [("page", 1), ("page", 3), ("attachment-2", 1)])
def test_mask_finds_its_words_where_the_text_has_shifted(shifted, part, number):
    start = PAGE.index("A. Person")
    mask = Mask.over(PAGE, part="page", page=1, start=start, end=start + 9)
    parts, lost = cover([page("Another page", number=7), page(shifted, part, number)], [mask])
    assert lost == ()
    assert "person" not in parts[1].text.casefold()
    assert len(parts[1].text) == len(shifted)
    assert parts[0].text == "Another page"


def test_mask_whose_words_are_nowhere_is_said():
    mask = Mask.over(PAGE, part="page", page=1, start=0, end=4)
    parts = (page("Nothing of the kind"),)
    assert cover(parts, [mask]) == (parts, (mask,))


def test_masks_may_overlap():
    masks = [
        Mask.over(PAGE, part="page", page=1, start=PAGE.index("dog"), end=PAGE.index("was")),
        Mask.over(PAGE, part="page", page=1, start=PAGE.index("handler"), end=PAGE.index("Sgt")),
    ]
    (covered,), lost = cover([page(PAGE)], masks)
    assert lost == ()
    assert covered.text.startswith("Dear Ms Ambrose,\nThe ███ ███████ ███ Sgt")


def test_mask_keeps_no_words():
    start = PAGE.index("Ambrose")
    assert "ambrose" not in repr(Mask.over(PAGE, part="page", page=1, start=start, end=start + 7)).casefold()


@pytest.mark.parametrize(("start", "end"), [(5, 5), (-1, 3), (0, 10_000), (7, 3), (15, 17)])
def test_mask_over_nothing_is_refused(start, end):
    with pytest.raises(ValueError, match=r"no passage|no word"):
        Mask.over(PAGE, part="page", page=1, start=start, end=end)


def test_mask_survives_the_catalogue(archive, by_title):
    dogs = by_title("How many dogs")
    mask = Mask.over(PAGE, part="attachment-1", page=2, start=0, end=16)
    archive.decisions.decide(Action.MASK, "x", marks=dogs.marks, mask=mask)
    verdict = archive.decisions.verdict(Marks(hashes=dogs.marks.hashes), TODAY)
    assert verdict.masks == (mask,)
    assert not verdict.hidden
