"""Passages by what stands around them equal a second retrieval; so do tables of them."""

from __future__ import annotations

import random

import pytest

from qcode.analysis.cooccurrence import table
from qcode.analysis.cooccurrence.meeting import Way
from qcode.analysis.frequency import frequency
from qcode.model.filter import CASE, PASSAGE, Filter
from qcode.model.hearing import Hearing
from qcode.model.span import Span
from qcode.store import memos, schema
from qcode.workflows.behind import Cut, behind
from qcode.workflows.cooccurrence import met
from qcode.workflows.frequency import Asked as Counting
from qcode.workflows.frequency import frequency as counted
from qcode.workflows.heatmap import Field, heatmap
from qcode.workflows.matrix import matrix
from qcode.workflows.patterns import Asked as By
from qcode.workflows.patterns import patterns
from qcode.workflows.retrieving import Shelf, retrieved
from qcode.workflows.standing import standing
from tests.workflows.recount_retrieval import Asked, chosen, narrowed, saying
from tests.workflows.recount_views import Pairs
from tests.workflows.stories import WORDS, Story, titles
from tests.workflows.studies import Study, cells, interview, spoken
from tests.workflows.test_views import listed

WAYS = ("passage", "overlap", "turn", "near", "document", "case")


def typed(asked: Asked) -> Filter:
    if asked.near >= 0:
        return Filter(also=asked.also, without=asked.without, near=asked.near)
    return Filter(also=asked.also, without=asked.without, within=asked.within)


def drawn(story: Story, way: str, rng: random.Random) -> Asked:
    codes = list(story.ledger.labels)
    asked = Asked("near" if way == "near" else way,
                  tuple(rng.sample(codes, rng.choice((0, 1, 1, 2)))),
                  tuple(rng.sample(codes, rng.choice((0, 0, 1)))),
                  rng.choice((0, 1, 3, 9)) if way == "near" else -1)  # fmt: skip
    return asked if asked.also or asked.without else Asked(way, (codes[0],), (), asked.near)


@pytest.mark.parametrize("seed", range(30))
def test_passages_with_and_without_other_codes_equal_a_second_retrieval(seed: int) -> None:
    story, rng = Story(seed), random.Random(seed)
    for way in WAYS:
        asked = drawn(story, way, rng)
        with story.study.project.read() as connection:
            found = retrieved(Shelf(connection), typed(asked)).passages
        assert {one.segment.coding.id for one in found} == chosen(story.ledger, asked), asked


@pytest.mark.parametrize("seed", range(30, 40))
def test_passages_with_a_word_equal_a_second_retrieval(seed: int) -> None:
    story, word = Story(seed), random.Random(seed).choice(WORDS)
    for filter in (Filter(text=word.upper(), match="word"),
                   Filter(text=rf"\b{word}\b", match="regex")):  # fmt: skip
        with story.study.project.read() as connection:
            found = retrieved(Shelf(connection), filter).passages
        assert {one.segment.coding.id for one in found} == saying(story.ledger, word)


@pytest.mark.parametrize("seed", range(30, 50))
def test_tables_of_chosen_passages_equal_a_second_count(seed: int) -> None:
    story, rng = Story(seed), random.Random(seed)
    for way in WAYS:
        asked = drawn(story, way, rng)
        left = narrowed(story.ledger, asked)
        counted = frequency(story.study.layer(typed(asked)))
        shown = {row[0] for row in counted.rows}
        for id, label in story.ledger.labels.items():
            title = f"{label.name} (retired)" if label.retired else label.name
            if label.into or title not in shown:
                continue
            wanted, row = left.row(id), cells(counted, title)
            assert {key: row[key] for key in wanted if key in row} == {
                key: value for key, value in wanted.items() if key in row
            }, asked


def test_who_has_not_what_is_asked_for_in_one_case_is_not_counted_for_a_shared_passage() -> None:
    study = Study()
    kader, bersama, modal = (study.code(name) for name in ("kader", "bersama", "modal"))
    wife, man = (study.case(name, {"village": name}, consent=True) for name in ("Istri", "Suami"))
    pair = study.document(
        "W1", spoken(("I", "saya ikut"), ("S", "modal dari bank")), cases_of={"I": wife, "S": man}
    )
    study.give(pair, Span(0, len(study.text(pair))), kader)
    study.give(pair, Span(0, len(study.text(pair))), bersama)
    study.give(pair, "dari bank", modal)
    asked, typed = Filter(also=(modal,), within=CASE), Filter(also=("modal",), within=CASE)
    assert cells(frequency(study.layer(asked)), "kader")["cases"] == "1 of 2"
    with study.project.read() as connection:
        for way in (Way("overlap"), Way("turn"), Way("near", 3)):
            rows = listed(table.listing(met(connection, asked, way))).values()
            assert {row["cases"] for row in rows} == {"1 of 2"}
        for value in ("passages", "words"):
            rolled = matrix(connection, typed, "cases", value, rolled=True).table
            assert list(cells(rolled, "Istri").values()) == ["Istri", "0", "0", "0"]
        for of, column in ((Field("cases"), wife), (Field("groups", "village"), "group:Istri")):
            assert not behind(connection, typed, of, Cut(kader, column)).seen
        for of, column in ((Field("cases"), man), (Field("groups", "village"), "group:Suami")):
            assert behind(connection, typed, of, Cut(kader, column)).seen
        found = patterns(connection, typed, By("village", 1))
    voices = [one for section in found.sections for code in section.patterns for one in code.voices]
    assert [(one.group, bool(one.quotes)) for one in voices] == 3 * [
        ("Istri", False), ("Suami", True),
    ]  # fmt: skip


def test_what_is_asked_of_a_case_is_asked_of_whole_passages() -> None:
    study = Study()
    kader, modal = study.code("kader"), study.code("modal")
    pair = study.document(
        "W1", spoken(("I", "saya ikut"), ("S", "modal dari bank")),
        cases_of={"I": study.case("Istri"), "S": study.case("Suami")},
    )  # fmt: skip
    middle, end = study.span(pair, "S: ").start, len(study.text(pair))
    given = {study.give(pair, Span(0, middle), kader), study.give(pair, Span(middle, end), kader)}
    study.give(pair, "dari bank", modal)
    asked = Filter(also=(modal,), within=CASE, codes=(kader,))
    assert ids(study, asked) == given
    assert cells(frequency(study.layer(asked)), "kader")["words"] == "5"


def test_words_of_who_is_not_meant_count_for_nobody_instead() -> None:
    text = spoken(("I", "saya ikut"), ("X", "lalu"))
    hearing = Hearing(text, {}, {"I": ["Istri"]}, ["Keluarga"])
    assert [[*hearing.of(turn)] for turn in text.turns] == [["Istri"], ["Keluarga"]]
    left = hearing.only({"Keluarga"})
    assert [[*left.of(turn)] for turn in text.turns] == [[], ["Keluarga"]]


def test_a_code_is_missing_nowhere_where_it_or_one_below_it_was_looked_for() -> None:
    study = Study()
    top, other = study.code("dimensi"), study.code("kader")
    document = study.document("W1", spoken(*interview("satu dua")))
    study.give(document, "satu", other)
    study.finish(document)
    late = study.code("baru", top)
    missing = [study.layer(Filter(without=(code,))).chosen[1:] for code in (top, late)]
    assert missing[0] == ()
    assert "“dimensi/baru” was not looked for in 1 of 1 documents" in missing[1][0]
    whose = Filter(also=(other,), without=(late,), within="case")
    assert "“dimensi/baru” was not looked for in 1 of 1 interviews" in "".join(
        study.layer(whose).chosen[1:]
    )


def test_what_is_not_to_be_used_stands_on_no_same_words() -> None:
    study = Study()
    kader, modal = study.code("kader"), study.code("modal")
    document = study.document("W1", spoken(*interview("satu dua")))
    study.give(document, "satu", kader)
    study.give(document, "satu", modal)
    study.mark(document, "satu", "not to be used")
    for asked in (Filter(also=(modal,), within=PASSAGE), Filter(also=(modal,))):
        with study.project.read() as connection:
            assert not retrieved(Shelf(connection), asked).passages


def test_a_flag_or_words_on_part_of_a_passage_choose_all_of_it_and_on_closed_words_none() -> None:
    study = Study()
    code, case = study.code("kader"), study.case("N")
    document = study.document("W1", spoken(("N", "satu dua tiga empat")), cases_of={"N": case})
    first = study.give(document, "satu dua", code)
    both = {first, study.give(document, "dua tiga empat", code)}
    study.mark(document, "empat", "discuss")
    with study.step(verb="memo") as step:
        memos.write(step, ("coding", first), "cek lagi")
    chosen = Filter(flags=("discuss",)), Filter(text="satu dua tiga"), Filter(memo="cek")
    for asked in chosen:
        assert cells(frequency(study.layer(asked)), "kader")["words"] == "4"
        assert ids(study, asked) == both
    study.mark(document, "empat", "not to be used")
    assert [ids(study, asked) for asked in chosen] == [set(), both, both]
    assert ids(study, Filter(flags=("not to be used",))) == both


def test_a_passage_is_of_no_case_whose_words_in_it_are_all_closed() -> None:
    study = Study()
    code = study.code("kader")
    wife, man = study.case("Istri", {"village": "A"}), study.case("Suami", {"village": "B"})
    pair = study.document("W1", spoken(("I", "rahasia sekali"), ("S", "modal bank")),
                          cases_of={"I": wife, "S": man})  # fmt: skip
    given = study.give(pair, Span(0, len(study.text(pair))), code)
    study.mark(pair, "rahasia sekali", "not to be used")
    for asked in (Filter(cases=(wife,)), Filter(where=(("village", "A"),))):
        assert ids(study, asked) == set()
    assert ids(study, Filter(cases=(man,))) == {given}
    with study.project.read() as connection:
        (found,) = retrieved(Shelf(connection), Filter()).passages
    assert found.segment.cases == ("Suami",) == tuple(one.name for one in found.cases)


def test_what_lost_its_place_is_not_counted_closes_no_words_and_chooses_none() -> None:
    study = Study()
    code = study.code("kader")
    document = study.document(
        "W1", spoken(("N", "satu dua tiga")), cases_of={"N": study.case("I1")}
    )
    study.give(document, "tiga", code)
    for words, kind in (("satu", "not to be used"), ("dua", "discuss")):
        study.mark(document, words, kind)
    with study.step() as step:
        # No version leads from theirs to the current one: these offsets are those of another text.
        for table in (schema.coding.table, schema.flag.table):
            step.connection.execute(table.update().values(fit="lost"))
    given = study.give(document, "satu dua", code)
    for asked in (Filter(), Filter(text="satu"), Filter(documents=(document,))):
        assert cells(frequency(study.layer(asked)), "kader")["words"] == "2"
        assert ids(study, asked) == {given}
    assert ids(study, Filter(flags=("discuss",))) == set()
    with study.project.read() as connection:
        for value, number in (("words", "2"), ("passages", "1")):
            rolled = matrix(connection, Filter(), "cases", value, rolled=True).table
            assert cells(rolled, "I1")["kader"] == number


def test_united_passages_are_those_of_the_chosen_people_and_of_the_chosen_words() -> None:
    study = Study()
    top = study.code("dimensi")
    low = study.code("kader", top)
    for name, village, words in (("W1", "A", "satu dua tiga"), ("W2", "B", "empat lima enam")):
        case = study.case(f"I{name}", {"village": village})
        document = study.document(name, spoken(("N", words)), cases_of={"N": case})
        study.give(document, words.rpartition(" ")[0], top)
        study.give(document, words.partition(" ")[2], low)
    layer = study.layer(Filter(where=(("village", "A"),)))
    with study.project.read() as connection:
        (ground,) = standing(connection, Filter(where=(("village", "A"),)), layer)
        assert ground.document == layer.documents[0].id
        for asked, words in ((Filter(where=(("village", "A"),)), "3"), (Filter(text="satu"), "2")):
            row = cells(counted(connection, asked, Counting(rolled=True)), "dimensi")
            assert (row["passages"], row["words"]) == ("1", words)
            for of in (Field("cases", measure="words"), Field("documents", measure="words")):
                heat = heatmap(connection, asked, of)
                shown = {one.name: str(cell) for one, cell in
                         zip(heat.columns, heat.rows[0].cells, strict=True)}  # fmt: skip
                assert {cell for cell in shown.values() if cell != "0"} == {words}


def test_who_has_all_that_is_asked_of_a_case_is_told_by_the_codings_of_each_coder() -> None:
    study = Study()
    bima = study.coder("bima")
    kader, modal = study.code("kader"), study.code("modal")
    document = study.document("W1", spoken(("N", "satu dua")), cases_of={"N": study.case("I1")})
    both = study.give(document, "satu", kader)
    study.give(document, "dua", modal)
    study.give(document, "satu", kader, bima)
    asked = Filter(also=(modal,), within=CASE, coders=(study.first, bima), codes=(kader,))
    assert ids(study, asked) == {both}


def ids(study: Study, asked: Filter) -> set[str]:
    with study.project.read() as connection:
        return {one.segment.coding.id for one in retrieved(Shelf(connection), asked).passages}


@pytest.mark.parametrize("seed", range(50, 60))
def test_pairs_of_chosen_passages_equal_a_second_count(seed: int) -> None:
    story, rng = Story(seed), random.Random(seed)
    name = titles(story.ledger)
    for way in ("overlap", "turn", "document", "case"):
        asked = drawn(story, way, rng)
        with story.study.project.read() as connection:
            found = met(connection, typed(asked), Way("overlap"))
        again = Pairs(narrowed(story.ledger, asked), "overlap", 0, rolled=False)
        rows = listed(table.listing(found))
        assert {couple: (row["passages"], row.get("cases", "·")) for couple, row in rows.items()} == {
            frozenset(name[code] for code in couple): (str(meets.passages), again.row(*couple)["cases"])
            for couple, meets in again.found.items() if meets.passages
        }, asked  # fmt: skip
