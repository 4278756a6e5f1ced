"""What must hold for any coding: figures are compared with twins that go character by character."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from fractions import Fraction
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qcode.analysis.agreement import nominal, presence, sets, unitizing
from qcode.analysis.agreement.marking import (
    Counts,
    Marking,
    Stretch,
    added,
    bits,
    clusters,
    count_places,
    counted,
    counts,
    joined,
)
from qcode.analysis.agreement.scales import Scale, on_characters, on_units

LENGTH = 20
CODES = ("a", "b", "c")
CODERS = ("A", "B", "C")

stretches = st.lists(
    st.tuples(st.integers(0, LENGTH - 1), st.integers(1, 9)).map(
        lambda one: (one[0], min(LENGTH, one[0] + one[1]))
    ),
    max_size=4,
)


@st.composite
def documents(draw: st.DrawFn) -> Marking:
    coders = tuple(who for who in CODERS if draw(st.booleans()))
    marks = {code: {who: joined(draw(stretches)) for who in coders} for code in CODES}
    return Marking("d", LENGTH, coders, marks)


corpora = st.lists(documents(), min_size=1, max_size=3)


def given_at(marking: Marking, who: str, code: str, place: int) -> bool:
    return any(start <= place < end for start, end in marking.marks[code].get(who, ()))


def of(corpus: list[Marking], code: str, coders: tuple[str, ...] = CODERS) -> Counts:
    return added(counts(one, [code], bits(coders)) for one in corpus)


def twin(units: list[list[object]], far: Callable[[object, object], Fraction]) -> Fraction | None:
    """Return alpha of units of values by the definition: pairs within units over pairs of all."""
    units = [unit for unit in units if len(unit) >= 2]
    values = [value for unit in units for value in unit]
    expected = sum((far(one, other) for one, other in permutations(values, 2)), Fraction(0))
    if not expected:
        return None
    observed = sum(
        (far(one, other) / (len(unit) - 1) for unit in units
         for one, other in permutations(unit, 2)), Fraction(0),
    )  # fmt: skip
    return 1 - (len(values) - 1) * observed / expected


def differ(one: object, other: object) -> Fraction:
    return Fraction(one != other)


def same(value: float | None, expected: Fraction | float | None) -> bool:
    if value is None or expected is None:
        return value is expected
    return value == pytest.approx(float(expected), abs=1e-9)


@settings(deadline=None)
@given(corpora)
def test_alpha_of_a_code_equals_its_twin_character_by_character(corpus: list[Marking]) -> None:
    for code in CODES:
        units: list[list[object]] = [
            [given_at(one, who, code, place) for who in one.coders]
            for one in corpus for place in range(LENGTH)
        ]  # fmt: skip
        found = of(corpus, code)
        assert same(presence.alpha(presence.coincidence(found)).value, twin(units, differ))
        assert same(nominal.alpha(presence.ratings(found)).value, twin(units, differ))


@settings(deadline=None)
@given(corpora)
def test_alpha_of_sets_equals_its_twin_character_by_character(corpus: list[Marking]) -> None:
    units: list[list[object]] = [
        [frozenset(code for code in CODES if given_at(one, who, code, place))
         for who in one.coders]
        for one in corpus for place in range(LENGTH)
    ]  # fmt: skip
    small = [unit for number, unit in enumerate(units) if number % 3 == 0]
    found: Counter[sets.Given] = Counter()
    for unit in small:
        found[tuple(one for one in unit if isinstance(one, frozenset))] += 1

    def far(one: object, other: object) -> Fraction:
        assert isinstance(one, frozenset)
        assert isinstance(other, frozenset)
        return Fraction(sets.masi(one, other)).limit_denominator(1000)

    assert same(sets.alpha(found).value, twin(small, far))
    swept = sets.given(corpus, CODES, CODERS)
    assert sum(swept.values()) == LENGTH * len(corpus)
    whole: Counter[sets.Given] = Counter()
    for one in corpus:
        for place in range(LENGTH):
            whole[tuple(
                frozenset(code for code in CODES if given_at(one, who, code, place))
                if who in one.coders else None for who in CODERS
            )] += 1  # fmt: skip
    assert whole == swept


def cut(marking: Marking, at: int) -> list[Marking]:
    def part(low: int, high: int) -> Marking:
        marks = {
            code: {who: [(max(a, low) - low, min(b, high) - low)
                         for a, b in some if a < high and b > low]
                   for who, some in own.items()}
            for code, own in marking.marks.items()
        }  # fmt: skip
        return Marking("d", high - low, marking.coders, marks)

    return [part(0, at), part(at, marking.length)]


@settings(deadline=None)
@given(documents(), st.integers(1, LENGTH - 1))
def test_cutting_a_document_in_two_changes_nothing_on_characters(
    document: Marking, at: int
) -> None:  # fmt: skip
    for code in CODES:
        assert of(cut(document, at), code) == of([document], code)


@settings(deadline=None)
@given(documents(), st.integers(1, LENGTH - 1))
def test_splitting_a_segment_in_two_that_touch_changes_nothing(document: Marking, at: int) -> None:
    split = {
        code: {who: joined(piece for a, b in some
                           for piece in ((a, min(b, at)), (max(a, at), b)))
               for who, some in own.items()}
        for code, own in document.marks.items()
    }  # fmt: skip
    assert split == document.marks


@settings(deadline=None)
@given(corpora)
def test_the_order_of_the_coders_changes_nothing(corpus: list[Marking]) -> None:
    for code in CODES:
        one, other = (of(corpus, code, order) for order in (CODERS, CODERS[::-1]))
        for figure in (presence.dice, presence.jaccard):
            assert figure(one) == figure(other)
        assert presence.coincidence(one) == pytest.approx(presence.coincidence(other))
        assert same(presence.cohen(one, 1, 2).value, presence.cohen(other, 4, 2).value)


@settings(deadline=None)
@given(corpora)
def test_another_code_changes_no_figure_of_a_code(corpus: list[Marking]) -> None:
    fewer = [Marking(one.document, one.length, one.coders, {"a": one.marks["a"]}) for one in corpus]
    assert of(fewer, "a") == of(corpus, "a")


@settings(deadline=None)
@given(documents())
def test_codes_together_are_marked_where_any_of_them_is(document: Marking) -> None:
    found = counts(document, CODES, bits(CODERS))
    twin_counts: Counter[tuple[int, int]] = Counter()
    bit = bits(CODERS)
    for place in range(LENGTH):
        mask = sum(
            bit[who] for who in document.coders
            if any(given_at(document, who, code, place) for code in CODES)
        )  # fmt: skip
        twin_counts[sum(bit[who] for who in document.coders), mask] += 1
    assert found == twin_counts


@settings(deadline=None)
@given(st.lists(st.tuples(*[st.sampled_from("·abc")] * 3), min_size=1, max_size=20))
def test_units_of_one_character_have_the_nominal_alpha(lanes: list[tuple[str, str, str]]) -> None:
    coders = {
        who: [(at, at + 1, row[number]) for at, row in enumerate(lanes) if row[number] != "·"]
        for number, who in enumerate(CODERS)
    }
    found = unitizing.continua([(len(lanes), coders)])
    rows = [(1, [row.count(value) for value in "·abc"]) for row in lanes]
    expected = nominal.alpha(rows).value
    if any(coders.values()):
        assert same(found.alpha().value, expected)
    gaps = [(1, (row.count("·"), 3 - row.count("·"))) for row in lanes]
    assert same(found.relevance().value, nominal.alpha(gaps).value)


pieces = st.lists(st.integers(0, LENGTH), min_size=2, max_size=8, unique=True).map(
    lambda edges: [(a, b) for a, b in zip(sorted(edges)[::2], sorted(edges)[1::2], strict=False)]
)


@settings(deadline=None)
@given(documents(), pieces)
def test_scales_equal_their_twins_character_by_character(
    document: Marking, parts: list[tuple[int, int]]
) -> None:
    scale = Scale(parts, parts)
    kept = [place for start, end in parts for place in range(start, end)]
    characters, units = on_characters(document, scale), on_units(document, scale)
    half = on_units(document, scale, half=True)
    assert (characters.length, units.length) == (len(kept), len(parts))
    for code in CODES:
        for who in document.coders:
            for number, place in enumerate(kept):
                here = given_at(document, who, code, place)
                assert given_at(characters, who, code, number) == here
            for number, (start, end) in enumerate(parts):
                marked = sum(given_at(document, who, code, at) for at in range(start, end))
                assert given_at(units, who, code, number) == (marked > 0)
                assert given_at(half, who, code, number) == (2 * marked >= end - start)


@settings(deadline=None)
@given(corpora, st.sets(st.tuples(st.sampled_from(CODES), st.sampled_from(CODERS)), max_size=3))
def test_counting_all_codes_at_once_equals_counting_each(
    corpus: list[Marking], missing: set[tuple[str, str]]
) -> None:
    lacking = {code: frozenset(who for one, who in missing if one == code) for code, _ in missing}
    some = [Marking("d", one.length, one.coders, one.marks, lacking) for one in corpus]
    found = counted(some, [*CODES, "never"], bits(CODERS))
    for code in (*CODES, "never"):
        each = added(counts(one, [code], bits(CODERS)) for one in some)
        assert found[code] == {key: weight for key, weight in each.items() if weight}


@settings(deadline=None)
@given(documents())
def test_places_are_counted_as_they_are_listed(document: Marking) -> None:
    for own in document.marks.values():
        assert count_places(own) == len(clusters(own))


@settings(deadline=None)
@given(corpora)
def test_other_names_of_coders_change_no_figure(corpus: list[Marking]) -> None:
    other = {"A": "wati", "B": "sari", "C": "bima"}
    renamed = [
        Marking(
            one.document, one.length, tuple(other[who] for who in one.coders),
            {code: {other[who]: some for who, some in own.items()}
             for code, own in one.marks.items()},
        )
        for one in corpus
    ]  # fmt: skip
    for code in CODES:
        named = added(counts(one, [code], bits(other.values())) for one in renamed)
        assert named == of(corpus, code)
    whole = sets.given(corpus, CODES, CODERS)
    assert sets.given(renamed, CODES, tuple(other.values())) == whole


@settings(deadline=None)
@given(st.lists(stretches, min_size=1, max_size=3))
def test_a_coder_alone_against_nothing_is_never_above_chance(some: list[list[Stretch]]) -> None:
    corpus = [Marking("d", LENGTH, ("A", "B"), {"a": {"A": joined(own)}}) for own in some]
    found = added(counts(one, ["a"], bits("AB")) for one in corpus)
    figures = (
        presence.alpha(presence.coincidence(found)), presence.cohen(found, 1, 2),
        nominal.fleiss(presence.ratings(found)), presence.dice(found), presence.jaccard(found),
        presence.pooled_cohen([presence.crossed(found, 1, 2)]),
        presence.pooled([presence.coincidence(found)]),
    )  # fmt: skip
    assert all(figure.value is None or figure.value <= 1e-12 for figure in figures)


@settings(deadline=None)
@given(corpora)
def test_pooled_kappa_of_one_code_is_the_kappa_of_cohen(corpus: list[Marking]) -> None:
    for code in CODES:
        found = of(corpus, code)
        one = presence.pooled_cohen([presence.crossed(found, 1, 2)])
        assert same(one.value, presence.cohen(found, 1, 2).value)


@settings(deadline=None)
@given(corpora, st.data())
def test_nested_and_repeated_segments_of_a_coder_change_nothing(
    corpus: list[Marking], data: st.DataObject
) -> None:
    again = []
    for one in corpus:
        marks = {}
        for code, own in one.marks.items():
            marks[code] = {who: list(some) for who, some in own.items()}
            for some in marks[code].values():
                for start, end in list(some):
                    inner = data.draw(st.integers(start, end - 1))
                    some += [(inner, end), (start, end)]
        united = {code: {who: joined(some) for who, some in own.items()}
                  for code, own in marks.items()}  # fmt: skip
        again.append(Marking(one.document, one.length, one.coders, united))
    for code in CODES:
        assert of(again, code) == of(corpus, code)
