"""Every behaviour of an engine, once. Sets, counts, facets and explicit orders are asserted; never a score."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest
from maker import citation, corpus, record
from queries import any_query
from reference import Reference

from indexer.disclosure import CitationRole, Disclosure, Evidence, Outcome, Regime, Span
from indexer.engines.base import Engine, EngineDataError, Hidden
from indexer.grammar import DEEPEST, QueryError
from indexer.query import Facet, Query, Results, Sort

if TYPE_CHECKING:
    from nodes import Opener

RANDOM_QUERIES = 2500  # four classes take the contract over: ten thousand in all, in ten to forty seconds each
LARGEST = 200


def found(engine: Engine, text: str = "", **more: object) -> list[str]:
    """Ids of a result, sorted."""
    return sorted(hit.disclosure.id for hit in engine.search(Query(text=text, size=LARGEST, **more)).hits)  # type: ignore[arg-type]


def counts(results: Results, facet: Facet) -> dict[str, int]:
    """What a facet shows, in its order."""
    return {value.value: value.count for value in results.facets[facet]}


class EngineContract:
    """Taken over by one class for each engine, with nothing added."""

    # -- words and phrases ------------------------------------------------------------------------------------------

    @pytest.fixture(scope="class")
    @classmethod
    def letters(cls, opener: Opener) -> Engine:
        engine = opener()
        engine.rebuild(
            [
                record("taser", title="Use of Tasers", answer="Deployments in 2023: officers drew it twice."),
                record("drone", request="How many drones?", answer="The force deployed one drone, an e-mail says."),
                record("both", answer="A drone and a taser; see section 31(1)(a) of the Freedom of Information Act."),
                record(
                    "pages",
                    answer=["It ends with freedom of", "information requests, page two."],
                    attachments=[["The last words are stop and"], ["search begins another file"]],
                ),
                record("accents", answer="Café, naïve, CO₂ and STRASSE; an internal review of the emergency."),
                record("nobody", forces=(), answer="Nothing of this is here: mail, e, a, 1, 31."),
            ]
        )
        return engine

    @pytest.mark.parametrize(
        ("text", "ids"),
        [
            ("", ["accents", "both", "drone", "nobody", "pages", "taser"]),
            ("taser", ["both", "taser"]),
            ("TASERS", ["both", "taser"]),
            ("deploy", ["drone", "taser"]),
            ("drone taser", ["both"]),
            ("drone OR taser", ["both", "drone", "taser"]),
            ("drone OR taser deployed", ["drone", "taser"]),
            ("drone -taser", ["drone"]),
            ("-drone", ["accents", "nobody", "pages", "taser"]),
            ("-drone -taser", ["accents", "nobody", "pages"]),
            ("-(drone taser) drone OR taser", ["drone", "taser"]),
            ("-taser OR drone", ["accents", "both", "drone", "nobody", "pages"]),
            ('"drone and a taser"', ["both"]),
            ('"drones"', ["drone"]),
            ('"drone"', ["both", "drone"]),
            ('-"drone"', ["accents", "nobody", "pages", "taser"]),
            ('"how many drone"', []),
            ('"freedom of information"', ["both", "pages"]),
            ('"stop and search"', []),
            ('"tasers deployments"', []),
            ("e-mail", ["drone"]),
            ("e-mails", ["drone"]),
            ("31(1)(a)", ["both"]),
            ("cafe NAIVE co2 straße", ["accents"]),
            ('"café naïve"', ["accents"]),
            ("internal review", ["accents"]),
            ("emergencies", ["accents"]),
            ("the of", ["accents", "both", "pages"]),
            ("ambershire -taser -drone", ["accents", "pages"]),
            ("nothing-like-this", []),
            ("taser http://www.ambershire.police.example/", []),
            ("!!! – ,", ["accents", "both", "drone", "nobody", "pages", "taser"]),
        ],
    )
    def test_words(self, letters: Engine, text: str, ids: list[str]) -> None:
        assert found(letters, text) == ids
        assert letters.search(Query(text=text, size=1)).total == len(ids)

    def test_what_is_wrong_is_said(self, letters: Engine) -> None:
        for text in ('"open', "(open", "OR", "outcome:nonsense", "x" * 2000, "(" * 60 + "x" + ")" * 60):
            with pytest.raises(QueryError):
                letters.search(Query(text=text))

    def test_long_and_deep_queries_within_the_limits(self, letters: Engine) -> None:
        assert found(letters, "(" * DEEPEST + "taser" + ")" * DEEPEST) == ["both", "taser"]
        deepest = "taser OR -(zzz road traffic collision " * DEEPEST + "zzz" + ")" * DEEPEST
        assert found(letters, deepest) == ["accents", "both", "drone", "nobody", "pages", "taser"]
        assert found(letters, f"{deepest} -taser") == ["accents", "drone", "nobody", "pages"]
        assert found(letters, " ".join(["a"] * 500)) == ["both", "nobody"]
        assert found(letters, " OR ".join(f"w{n}" for n in range(120))) == []
        assert found(letters, '"' + " ".join(["a"] * 480) + '"') == []

    def test_synonyms_are_searched_told_and_switched_off(self, engine: Engine) -> None:
        engine.rebuild(
            [
                record("short", answer="One RTC that day."),
                record("long", answer="Two road traffic collisions."),
                record("apart", answer="A road, some traffic, no collision."),
            ]
        )
        assert found(engine, "rtc") == ["long", "short"]
        assert found(engine, "road traffic collision") == ["apart", "long", "short"]
        assert found(engine, "rtc two") == ["long"]
        assert found(engine, '"rtc"') == ["short"]
        assert found(engine, "rtc", synonyms=False) == ["short"]
        assert found(engine, "-rtc") == ["apart", "long"]
        results = engine.search(Query(text="RTC"))
        assert results.also_searched == ("RTCs", "road traffic collision", "road traffic accident")
        (marked,) = {hit.disclosure.id: hit for hit in results.hits}["long"].snippets
        assert [marked.text[start:end] for start, end in marked.marks] == ["road traffic collisions"]
        assert engine.search(Query(text="RTC", synonyms=False)).also_searched == ()

    # -- typed terms ------------------------------------------------------------------------------------------------

    @pytest.fixture(scope="class")
    @classmethod
    def facts(cls, opener: Opener) -> Engine:
        engine = opener()
        engine.rebuild(
            [
                record(
                    "a-31",
                    answer="word",
                    applied=["FOIA 31(1)(a)", "FOIA 40(2)"],
                    outcomes=[Outcome.REFUSED_EXEMPTION],
                    regimes=[Regime.FOIA],
                    answered_on=date(2019, 5, 1),
                    reference="FOI2017/01696",
                ),
                record(
                    "b-313",
                    answer="word",
                    forces=("ambershire", "bryn-mawr"),
                    other=[citation("FOIA 31(3)", CitationRole.APPLIED_NCND)],
                    outcomes=[Outcome.NCND, Outcome.NOT_HELD],
                    regimes=[Regime.FOIA],
                    published_on=date(2019, 4, 30),
                ),
                record(
                    "c-foisa",
                    answer="word",
                    forces=("port-callan",),
                    applied=["FOISA 35(1)(a)", "FOISA 31(1)"],
                    regimes=[Regime.FOISA],
                    answered_on=date(2020, 1, 1),
                    published_on=date(2021, 1, 1),
                    reference="foi 2017 1696",
                ),
                record(
                    "d-eir",
                    answer="word",
                    applied=["EIR 12(4)(b)"],
                    regimes=[Regime.EIR],
                    answered_on=date(2020, 12, 31),
                    reference="22A-17",
                ),
                record(
                    "e-mention",
                    answer="word",
                    forces=(),
                    other=[
                        citation("FOIA 31(1)(a)", CitationRole.MENTION),
                        citation("FOIA 40(2)", CitationRole.REQUESTER),
                        citation("FOIA 24", CitationRole.QUOTED),
                        citation("FOIA 12(1)", CitationRole.NO_LONGER),
                        citation("FOIA 30", CitationRole.REPEAT),
                    ],
                ),
                record("f-22a", answer="word", applied=["FOIA 22A", "FOIA 40(5B)(a)(i)"], regimes=[Regime.FOIA]),
            ]
        )
        return engine

    @pytest.mark.parametrize(
        ("text", "ids"),
        [
            ("force:bryn-mawr", ["b-313"]),
            ("force:ambershire", ["a-31", "b-313", "d-eir", "f-22a"]),
            ("force:none", ["e-mention"]),
            ("-force:ambershire", ["c-foisa", "e-mention"]),
            ("force:bryn-mawr OR force:port-callan", ["b-313", "c-foisa"]),
            ("ref:FOI-2017-1696", ["a-31", "c-foisa"]),
            ("ref:22a17", ["d-eir"]),
            ("ref:17", []),
            ("outcome:ncnd", ["b-313"]),
            ("outcome:not_held word", ["b-313"]),
            ("regime:foisa", ["c-foisa"]),
            ("regime:none", ["e-mention"]),
            ("concept:law_enforcement", ["a-31", "b-313", "c-foisa"]),
            ("concept:none", ["d-eir", "e-mention", "f-22a"][:2]),
            ("s:31", ["a-31", "b-313", "c-foisa"]),
            ("s:31(1)", ["a-31", "c-foisa"]),
            ("s:31(1)(a)", ["a-31"]),
            ("s:3", []),
            ("s:2", []),
            ("s:22", []),
            ("s:22a", ["f-22a"]),
            ("s:40", ["a-31", "f-22a"]),
            ("s:40(5b)", ["f-22a"]),
            ("s:40(5B)(a)", ["f-22a"]),
            ("foia:31", ["a-31", "b-313"]),
            ("foisa:35(1)(a)", ["c-foisa"]),
            ("foisa:31", ["c-foisa"]),
            ("eir:12(4)(b)", ["d-eir"]),
            ("eir:12", ["d-eir"]),
            ("s:12", ["d-eir"]),
            ("jfoi:31", []),
            ('section:"FOIA 31"', ["a-31", "b-313"]),
            ('section:"EIR 12(4)(b)"', ["d-eir"]),
            ('section:"EIR 12"', []),
            ('provision:"foia 31(3)"', ["b-313"]),
            ("section:none", ["e-mention"]),
            ("after:2020", ["c-foisa", "d-eir"]),
            ("after:2019-05", ["a-31", "c-foisa", "d-eir"]),
            ("before:2019-05", ["b-313"]),
            ("before:2019-05-01", ["b-313"]),
            ("after:2020-12-31", ["d-eir"]),
            ("before:2020-12-31", ["a-31", "b-313", "c-foisa"]),
            ("-after:1900", ["e-mention", "f-22a"]),
            ("after:0001", ["a-31", "b-313", "c-foisa", "d-eir"]),
            ("before:9999", ["a-31", "b-313", "c-foisa", "d-eir"]),
            ("year:2019", ["a-31", "b-313"]),
            ("year:none", ["e-mention", "f-22a"]),
        ],
    )
    def test_typed_terms(self, facts: Engine, text: str, ids: list[str]) -> None:
        assert found(facts, text) == ids

    def test_a_typed_term_narrows_its_own_facet(self, facts: Engine) -> None:
        results = facts.search(Query(text="force:bryn-mawr"))
        assert counts(results, Facet.FORCE) == {"ambershire": 1, "bryn-mawr": 1}

    def test_regimes_are_told_apart(self, facts: Engine) -> None:
        assert counts(facts.search(Query(text="s:31")), Facet.SECTION) == {
            "FOIA 31": 2,
            "FOIA 40": 1,
            "FOISA 31": 1,
            "FOISA 35": 1,
        }

    def test_references(self, facts: Engine) -> None:
        assert facts.by_reference("foi-2017-1696") == ("a-31", "c-foisa")
        assert facts.by_reference("foi-2017-1696", "port-callan") == ("c-foisa",)
        assert facts.by_reference("foi-2017-1696", "bryn-mawr") == ()
        assert facts.by_reference("foi-2017") == ()

    # -- facets -----------------------------------------------------------------------------------------------------

    def test_every_value_by_count_then_value(self, facts: Engine) -> None:
        results = facts.search(Query())
        assert list(counts(results, Facet.FORCE).items()) == [
            ("ambershire", 4),
            ("bryn-mawr", 1),
            ("none", 1),
            ("port-callan", 1),
        ]
        assert list(counts(results, Facet.YEAR).items()) == [("2019", 2), ("2020", 2), ("none", 2)]
        assert counts(results, Facet.OUTCOME) == {"none": 4, "ncnd": 1, "not_held": 1, "refused_exemption": 1}
        assert set(results.facets) == set(Facet)

    def test_a_choice_does_not_narrow_its_own_facet(self, facts: Engine) -> None:
        results = facts.search(Query(chosen={Facet.YEAR: frozenset({"2019"}), Facet.REGIME: frozenset({"FOIA"})}))
        assert results.total == 2
        assert counts(results, Facet.YEAR) == {"2019": 2, "none": 1}
        assert counts(results, Facet.REGIME) == {"FOIA": 2}
        assert counts(results, Facet.FORCE) == {"ambershire": 2, "bryn-mawr": 1}

    def test_choices_are_or_inside_a_facet_and_and_between(self, facts: Engine) -> None:
        chosen = {Facet.FORCE: frozenset({"bryn-mawr", "port-callan"})}
        assert found(facts, chosen=chosen) == ["b-313", "c-foisa"]
        assert found(facts, chosen={**chosen, Facet.REGIME: frozenset({"FOISA"})}) == ["c-foisa"]
        assert found(facts, chosen={Facet.FORCE: frozenset({"none", "port-callan"})}) == ["c-foisa", "e-mention"]

    def test_a_chosen_value_stays_at_nothing(self, facts: Engine) -> None:
        chosen = {Facet.FORCE: frozenset({"nowhere"}), Facet.YEAR: frozenset({"2019"})}
        results = facts.search(Query(text="word", chosen=chosen))
        assert (results.total, results.hits) == (0, ())
        shown = {value.value: value for value in results.facets[Facet.FORCE]}
        assert (shown["nowhere"].count, shown["nowhere"].chosen) == (0, True)
        assert (shown["ambershire"].count, shown["ambershire"].chosen) == (2, False)
        assert [(v.value, v.count, v.chosen) for v in results.facets[Facet.YEAR]] == [("2019", 0, True)]

    # -- order, pages and whole results -----------------------------------------------------------------------------

    @pytest.fixture(scope="class")
    @classmethod
    def many(cls, opener: Opener) -> tuple[Engine, Reference]:
        records = corpus(seed=4, size=150)
        engine = opener()
        engine.rebuild(records)
        return engine, Reference(records)

    @pytest.mark.parametrize("sort", [None, Sort.NEWEST, Sort.OLDEST])
    @pytest.mark.parametrize("text", ["", "-taser", "force:ambershire"])
    def test_order_is_by_date_then_id_and_undated_last(
        self, many: tuple[Engine, Reference], sort: Sort | None, text: str
    ) -> None:
        engine, reference = many
        wanted = reference.ordered(Query(text=text, sort=sort))
        pages = [
            engine.search(Query(text=text, sort=sort, page=page, size=7)) for page in range(1, len(wanted) // 7 + 3)
        ]
        assert [hit.disclosure.id for page in pages for hit in page.hits] == wanted
        assert {page.total for page in pages} == {len(wanted)}
        assert [disclosure.id for disclosure in engine.scan(Query(text=text, sort=sort, page=3, size=2))] == wanted

    def test_relevance_pages_hold_every_record_once(self, many: tuple[Engine, Reference]) -> None:
        engine, reference = many
        query = Query(text="taser OR drone OR café", sort=Sort.RELEVANCE)
        wanted = sorted(reference.ids(query))
        pages = [
            engine.search(Query(text=query.text, page=page, size=9)).hits for page in range(1, len(wanted) // 9 + 2)
        ]
        assert sorted(hit.disclosure.id for page in pages for hit in page) == wanted
        walked = [disclosure.id for disclosure in engine.scan(query)]
        assert sorted(walked) == wanted
        assert walked[:9] == [hit.disclosure.id for hit in pages[0]]

    def test_a_page_beyond_the_end_is_empty(self, many: tuple[Engine, Reference]) -> None:
        results = many[0].search(Query(page=10_000_000, size=200))
        assert (results.total, results.hits) == (150, ())

    def test_an_exact_title_comes_first(self, engine: Engine) -> None:
        filler = [record(f"r-{n:03}", title="Something else", answer="taser policy " * 3) for n in range(60)]
        engine.rebuild([*filler, record("wanted", title="Taser policy", answer="See the attachment."), *filler])
        assert engine.search(Query(text="taser policy")).hits[0].disclosure.id == "wanted"

    def test_a_record_comes_back_whole(self, many: tuple[Engine, Reference]) -> None:
        engine, _ = many
        for wanted in corpus(seed=4, size=150)[::10]:
            assert engine.get(wanted.id) == wanted
        assert engine.get("a-9999") is None
        assert engine.search(Query(text="taser", size=1)).hits[0].disclosure in corpus(seed=4, size=150)

    def test_a_scan_is_of_one_moment(self, engine: Engine) -> None:
        engine.rebuild(corpus(seed=5, size=60))
        walk = engine.scan(Query())
        first = next(walk)
        engine.remove_everywhere([r.id for r in corpus(seed=5, size=60)])
        assert len([first, *walk]) == 60
        assert list(engine.scan(Query())) == []

    # -- snippets ---------------------------------------------------------------------------------------------------

    def test_a_snippet_names_the_attachment_and_the_page(self, engine: Engine) -> None:
        engine.rebuild([record("x", answer="Please see attached.", attachments=[["one"], ["two", "a hidden gem"]])])
        (hit,) = engine.search(Query(text='"hidden gem"')).hits
        (snippet,) = hit.snippets
        assert (snippet.part, snippet.page, snippet.text) == ("attachment-2", 2, "a hidden gem")
        assert [snippet.text[start:end] for start, end in snippet.marks] == ["hidden gem"]

    def test_without_words_the_sentence_of_the_outcome_is_shown(self, engine: Engine) -> None:
        text = "Good morning. We do not hold this. Goodbye."
        evidence = Evidence(fact="outcomes", value="not_held", span=Span(part="page", page=1, start=14, end=33))
        engine.rebuild([record("x", answer=text, evidence=[evidence])])
        (hit,) = engine.search(Query(text="force:ambershire")).hits
        assert [snippet.text for snippet in hit.snippets] == ["We do not hold this."]

    # -- similar requests -------------------------------------------------------------------------------------------

    def test_similar_requests_nearest_first(self, engine: Engine) -> None:
        asked = "How many tasers were drawn by officers in each month of the year?"
        engine.rebuild(
            [
                record("same", request=asked, answer="x"),
                record("near", request="How many tasers did officers draw in the year?", answer="x"),
                record("answer", request="Uniform suppliers and their costs", answer=asked),
                record("titled", title="Tasers drawn by officers in each month of the year", answer="x"),
                record("far", request="Police dogs and horses", answer="x"),
            ]
        )
        assert [hit.disclosure.id for hit in engine.similar(asked, limit=3)] == ["same", "titled", "near"]
        assert [hit.disclosure.id for hit in engine.similar(asked, limit=1, leave_out=["same"])] == ["titled"]
        assert "answer" not in [hit.disclosure.id for hit in engine.similar(asked, limit=10)]
        assert engine.similar("", limit=5) == ()
        assert engine.similar("zebra crossing", limit=5) == ()

    # -- building, updating and taking out --------------------------------------------------------------------------

    def test_before_the_first_build(self, engine: Engine) -> None:
        assert (engine.versions(), engine.count()) == ((), 0)
        for question in (
            lambda: engine.search(Query()),
            lambda: engine.get("x"),
            lambda: list(engine.scan(Query())),
            lambda: engine.by_reference("x"),
            lambda: engine.similar("x", limit=1),
        ):
            with pytest.raises(EngineDataError, match="crossforce index"):
                question()
        engine.remove_everywhere(["x"])
        engine.purge()

    def test_an_empty_index(self, engine: Engine) -> None:
        engine.rebuild([])
        results = engine.search(Query(text="x", chosen={Facet.YEAR: frozenset({"2020"})}))
        assert (results.total, results.hits, engine.count()) == (0, (), 0)
        assert list(engine.scan(Query())) == []
        assert engine.similar("x", limit=3) == ()

    def test_updates_replace_and_remove(self, engine: Engine) -> None:
        report = engine.update([record("a", answer="first"), record("b", answer="first")])
        assert (report.indexed, report.removed, report.rejected) == (2, 0, ())
        assert [version.name for version in engine.versions()] == [report.version]
        for _ in range(2):  # doing it twice changes nothing
            report = engine.update([record("a", answer="second"), record("c", answer="second")], remove=["b", "never"])
            assert (found(engine, "first"), found(engine, "second"), engine.count()) == ([], ["a", "c"], 2)
        assert (report.indexed, report.removed) == (2, 0)

    def test_the_same_id_twice_in_one_build_is_one_record(self, engine: Engine) -> None:
        assert engine.rebuild([record("a", answer="old"), record("a", answer="new")]).indexed == 1
        assert (found(engine, "new"), found(engine, "old"), engine.count()) == (["a"], [], 1)

    def test_a_record_that_cannot_be_indexed_is_named(self, engine: Engine) -> None:
        unfit = [record("bad", answer="half a pair: \ud800"), record("x" * 600), record("")]
        report = engine.rebuild([record("good", answer="x"), *unfit])
        assert (report.indexed, [row[0] for row in report.rejected]) == (1, ["bad", "x" * 600, ""])
        assert [reason.split()[1] for _, reason in report.rejected] == ["text", "id", "id"]
        assert engine.count() == 1

    def test_odd_text_comes_through(self, engine: Engine) -> None:
        odd = "nul \0 tab\t line\r\n \u2028 emoji 😀 𝐛𝐨𝐥𝐝 " + "x" * 70_000 + " " + "é" * 500 + " word" * 3
        engine.rebuild([record("odd", title="<b>&amp;", answer=odd)])
        assert found(engine, "word 😀 bold") == ["odd"]
        assert found(engine, "x" * 900) == ["odd"]
        assert engine.get("odd") == record("odd", title="<b>&amp;", answer=odd)

    def test_a_build_switches_at_once_and_keeps_the_one_before(self, engine: Engine) -> None:
        first = engine.rebuild([record("old", answer="x")])

        def records() -> Iterator[Disclosure]:
            yield record("new", answer="x")
            assert found(engine) == ["old"]  # readers see nothing of a build that goes on
            yield record("newer", answer="x")

        second = engine.rebuild(records())
        assert found(engine) == ["new", "newer"]
        assert [(v.name, v.records, v.live) for v in engine.versions()] == [
            (second.version, 2, True),
            (first.version, 1, False),
        ]
        engine.use(first.version)
        assert (found(engine), engine.count()) == (["old"], 1)
        engine.use(second.version)
        assert found(engine) == ["new", "newer"]

    def test_a_build_that_breaks_leaves_the_old_one(self, engine: Engine) -> None:
        first = engine.rebuild([record("old", answer="x")])

        def records() -> Iterator[Disclosure]:
            yield record("new", answer="x")
            raise RuntimeError("the archive went away")

        for attempt in (lambda: engine.rebuild(records()), lambda: engine.update(records())):
            with pytest.raises(RuntimeError):
                attempt()
            assert found(engine) == ["old"]
            assert [(v.name, v.live) for v in engine.versions()] == [(first.version, True)]
        engine.rebuild([record("new", answer="x")])
        assert found(engine) == ["new"]

    def test_only_one_version_before_is_kept(self, engine: Engine) -> None:
        names = [engine.rebuild([record(str(n), answer="x")]).version for n in range(4)]
        assert [version.name for version in engine.versions()] == [names[3], names[2]]
        engine.use(names[2])
        last = engine.rebuild([record("last", answer="x")]).version
        assert [version.name for version in engine.versions()] == [last, names[2]]

    def test_a_version_that_is_not_kept(self, engine: Engine) -> None:
        engine.rebuild([])
        with pytest.raises(EngineDataError, match="v-1999"):
            engine.use("v-1999")

    def test_taken_out_of_every_version(self, engine: Engine) -> None:
        before = engine.rebuild([record("keep", answer="x"), record("gone", answer="canary")])
        after = engine.rebuild(
            [record("keep", answer="x"), record("gone", answer="canary"), record("more", answer="x")]
        )
        engine.remove_everywhere(["gone", "never-there"])
        for version, ids in ((after, ["keep", "more"]), (before, ["keep"])):
            engine.use(version.version)
            assert (found(engine), found(engine, "canary"), engine.get("gone")) == (ids, [], None)
        assert sorted(version.records for version in engine.versions()) == [1, 2]

    def test_a_purge_changes_nothing_that_can_be_seen(self, engine: Engine) -> None:
        before = engine.rebuild(corpus(seed=6, size=30))
        after = engine.rebuild(corpus(seed=6, size=40))
        engine.remove_everywhere([r.id for r in corpus(seed=6, size=5)])
        kept = found(engine)
        engine.purge()
        assert (found(engine), len(kept)) == (kept, 35)
        assert [(v.name, v.records, v.live) for v in engine.versions()] == [
            (after.version, 35, True),
            (before.version, 25, False),
        ]

    def test_hidden_is_in_no_answer_whatever_a_version_holds(self, engine: Engine) -> None:
        letters = [
            record("keep", answer="canary", request="May I keep a canary?", reference="FOI 1/20"),
            record("by-id", answer="canary", request="May I keep a canary?", reference="FOI 2/20"),
            record("by-reference", answer="canary", request="May I keep a canary?", reference="FOI 3/20"),
            replace(record("unmasked", answer="canary"), obeyed=(6,)),
            replace(record("masked", answer="canary"), obeyed=(6, 7)),
        ]
        before = engine.rebuild(letters)
        engine.rebuild(letters)
        engine.hide(
            [
                Hidden(mark="id:by-id"),
                Hidden(mark="reference:ambershire|foi-3-20"),
                Hidden(mark="id:masked", unless="obeyed:7"),
                Hidden(mark="id:unmasked", unless="obeyed:7"),
                Hidden(mark="id:never-there"),
                *(Hidden(mark=f"hash:{number}") for number in range(3000)),
            ]
        )
        for _ in range(2):
            assert found(engine, "canary") == found(engine) == ["keep", "masked"]
            results = engine.search(Query(text="canary"))
            assert (results.total, engine.count()) == (2, 2)
            assert counts(results, Facet.FORCE) == {"ambershire": 2}
            assert sorted(r.id for r in engine.scan(Query(text="canary"))) == ["keep", "masked"]
            assert [engine.get(name) for name in ("by-id", "by-reference", "unmasked")] == [None, None, None]
            assert engine.by_reference("foi-2-20") == engine.by_reference("foi-3-20", "ambershire") == ()
            assert {hit.disclosure.id for hit in engine.similar("keep a canary", limit=5)} == {"keep"}
            assert found(engine, "-keep OR x", chosen={Facet.FORCE: frozenset({"ambershire"})}) == ["masked"]
            deep = "canary OR -(zzz road traffic collision " * DEEPEST + "zzz" + ")" * DEEPEST
            assert found(engine, deep) == ["keep", "masked"]
            engine.use(before.version)
        engine.update([replace(record("unmasked", answer="canary"), obeyed=(7,))])
        assert found(engine, "canary") == ["keep", "masked", "unmasked"]
        engine.hide([])
        assert found(engine, "canary") == ["by-id", "by-reference", "keep", "masked", "unmasked"]

    # -- the judge --------------------------------------------------------------------------------------------------

    def test_random_queries_agree_with_brute_force(self, many: tuple[Engine, Reference]) -> None:
        engine, reference = many
        records = corpus(seed=4, size=150)
        chance = random.Random(20261124)
        full = 0
        for _ in range(RANDOM_QUERIES):
            query = any_query(chance, records)
            results = engine.search(query)
            wanted = reference.ids(query)
            assert results.total == len(wanted), query
            assert {
                facet: [(value.value, value.count, value.chosen) for value in values]
                for facet, values in results.facets.items()
            } == reference.facets(query), query
            if len(wanted) <= query.size:
                full += 1
                assert {hit.disclosure.id for hit in results.hits} == wanted, query
            else:
                assert {hit.disclosure.id for hit in results.hits} < wanted, query
        assert full > RANDOM_QUERIES / 4  # or the ids were hardly looked at
