"""Which passages meet, how often, and what Jaccard is of."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qcode.analysis.cooccurrence import table
from qcode.analysis.cooccurrence.meeting import Piece, Way, met
from qcode.analysis.cooccurrence.pairs import Cooccurrence, Ground, Pair, gathered
from qcode.analysis.layer import Layer
from qcode.model.case import Case, Participation
from qcode.model.codebook import Code, Codebook
from qcode.model.document import Document, Transcript, Turn
from qcode.model.hearing import Hearing
from qcode.model.span import Span, united

TEXT = "P: siapa yang mengajari\nN: anak muda di sini\nM: bukan, kader\n"
TURNS = (Turn(0, 3, 24, "P"), Turn(24, 27, 45, "N"), Turn(45, 48, 61, "M"))
HEARING: Hearing[str] = Hearing(
    Transcript(TEXT, TURNS), {"P": "interviewer"}, {"N": ["ani"], "M": ["budi"]}, ()
)
BOOK = Codebook([
    Code("t", "atas", meaning="1"), Code("a", "a", parent="t", meaning="1", position=1),
    Code("b", "b", parent="t", meaning="1", position=2), Code("c", "c", meaning="1", position=9),
])  # fmt: skip

spans = st.tuples(st.integers(0, 59), st.integers(1, 30)).map(
    lambda one: (one[0], min(61, one[0] + one[1]))
)
given_spans = st.dictionaries(st.sampled_from("tabc"), st.lists(spans, min_size=1, max_size=4))


def of(text: str) -> tuple[int, int]:
    return TEXT.index(text), TEXT.index(text) + len(text)


def found(
    codings: dict[str, list[tuple[int, int]]], way: Way = Way(), *, rolled: bool = False,  # noqa: B008
    closed: tuple[Span, ...] = (), seen: str = "tabc",
) -> Cooccurrence:  # fmt: skip
    layer = Layer(
        BOOK, (Document("d", "W1", record="sari"),),
        (Case("ani", "informant", "ani"), Case("budi", "informant", "budi")),
        (Participation("1", "d", "ani", "N"), Participation("2", "d", "budi", "M")),
        (), {"d": "sari"}, {"d": dict.fromkeys(seen, "1")}, frozenset({"d"}),
    )  # fmt: skip
    given = [(*span, code) for code, some in codings.items() for span in some]
    return gathered(layer, [Ground("d", given, closed, lambda: HEARING)], way, rolled=rolled)


def numbers(some: Cooccurrence, couple: tuple[str, str]) -> tuple[int, set[str]]:
    pair = some.pairs.get(couple)
    return (pair.passages, pair.cases) if pair else (0, set())


def test_passages_overlap_that_share_a_character_and_count_who_speaks_there() -> None:
    some = found({"a": [of("anak muda di sini\nM: bukan")], "c": [of("sini"), of("bukan, kader")]})
    assert numbers(some, ("a", "c")) == (2, {"ani", "budi"})
    assert numbers(found({"a": [of("anak")], "c": [of(" muda")]}), ("a", "c")) == (0, set())


def test_words_of_an_interviewer_make_no_informant() -> None:
    some = found({"a": [of("siapa yang")], "c": [of("yang mengajari")]})
    assert numbers(some, ("a", "c")) == (1, set())


@pytest.mark.parametrize(
    ("way", "counts"),
    [(Way("turn"), (1, {"ani"})), (Way("near", 0), (0, set())), (Way("near", 1), (0, set())),
     (Way("near", 2), (1, {"ani"}))],
)  # fmt: skip
def test_what_does_not_overlap_may_stand_in_one_turn_or_near(
    way: Way, counts: tuple[int, set[str]]
) -> None:
    assert numbers(found({"a": [of("anak")], "c": [of("sini")]}, way), ("a", "c")) == counts


def test_labels_are_no_words_between_passages_and_no_turn_is_shared_by_them() -> None:
    codings = {"a": [of("di sini")], "c": [of("bukan")]}
    assert numbers(found(codings, Way("near", 0)), ("a", "c")) == (1, set())
    assert numbers(found(codings, Way("turn")), ("a", "c")) == (0, set())
    with_label = {"a": [of("di sini\nM: ")], "c": [of("bukan")]}
    assert numbers(found(with_label, Way("turn")), ("a", "c")) == (0, set())


def test_a_passage_in_pieces_is_told_once() -> None:
    start, end = of("muda")
    some = found({"a": [of("anak muda di sini")], "c": [of("anak muda di")]},
                 closed=(Span(start, end),))  # fmt: skip
    assert numbers(some, ("a", "c")) == (1, {"ani"})
    assert some.pairs["a", "c"].shared == len("anak muda di") - len("muda")


def test_what_is_above_has_what_is_below_once_and_is_no_pair_with_it() -> None:
    codings = {"a": [of("anak muda")], "b": [of("muda di")], "c": [of("muda")], "t": [of("sini")]}
    own, rolled = found(codings), found(codings, rolled=True)
    assert numbers(own, ("t", "c"))[0] == 0
    assert numbers(rolled, ("t", "c"))[0] == 1
    assert not {("t", "a"), ("t", "b")} & (set(own.pairs) | set(rolled.pairs))
    assert rolled.lengths["t"]["d"] == len("anak muda di") + len("sini")
    assert rolled.jaccard(("t", "c")) == pytest.approx(len("muda") / len("anak muda disini"))


def test_what_was_not_looked_for_is_in_no_number_and_said() -> None:
    some = found({"a": [of("anak")], "c": [of("anak")]}, seen="ab")
    assert not some.pairs
    said = table.listing(some)
    assert any("not looked through for it" in note and "c" in note for note in said.notes)
    assert str(table.matrix(some).rows[1][-1]) == "·"
    assert some.jaccard(("a", "c")) is None
    # Of the pairs t-c, a-b, a-c and b-c, only a-b was looked for.
    assert "1 of 1 pairs of codes that were looked for together never meet" in said.notes


def test_of_as_many_passages_those_in_more_interviews_come_first() -> None:
    some = replace(found({}), pairs={
        ("a", "b"): Pair(2, 0, {"d"}), ("a", "c"): Pair(2, 0, {"d", "e"}), ("b", "c"): Pair(3),
    })  # fmt: skip
    assert [row[:2] for row in table.listing(some).rows] == [("b", "c"), ("a", "c"), ("a", "b")]
    told = "1 of 4 pairs of codes that were looked for together never meet"
    assert told in table.listing(some).notes, "atas and c; atas is no pair with those below it"


def test_who_says_no_word_of_what_two_codes_share_is_no_informant() -> None:
    space = of(" muda")[0]
    some = found({"a": [(space - 4, space + 1)], "c": [(space, space + 5)]})
    assert numbers(some, ("a", "c")) == (1, set())


@given(given_spans, st.lists(spans, max_size=3), st.sampled_from(("own", "rolled")))
def test_what_overlaps_is_what_a_count_letter_by_letter_finds(
    codings: dict[str, list[tuple[int, int]]], shut: list[tuple[int, int]], codes: str
) -> None:
    rolled = codes == "rolled"
    closed = tuple(Span(*one) for one in shut)
    some = found(codings, rolled=rolled, closed=closed)
    out = {at for one in closed for at in range(one.start, one.end)}
    letters: dict[str, list[set[int]]] = {}
    for code in "tabc":
        family = "tab" if rolled and code == "t" else code
        marked = [one for of in family for one in codings.get(of, ())]
        runs = [{*range(one.start, one.end)} for one in united(Span(*one) for one in marked)]
        letters[code] = [open for run in runs if (open := run - out)]
    for couple in (("t", "c"), ("a", "b"), ("a", "c"), ("b", "c")):
        first, second = (letters[code] for code in couple)
        meeting = [one & other for one in first for other in second if one & other]
        pair = some.pairs.get(couple, Pair())
        assert pair.passages == len(meeting)
        assert pair.shared == sum(map(len, meeting))
        speak = {("ani" if at < 45 else "budi") for both in meeting for at in both
                 if (27 <= at < 45 or at >= 48) and not TEXT[at].isspace()}  # fmt: skip
        assert pair.cases == speak
        either = len(set().union(*first) | set().union(*second))
        assert some.jaccard(couple) == (pair.shared / either if either else None)


@pytest.mark.parametrize("codes", ["own", "rolled"])
@given(given_spans, st.sampled_from((Way(), Way("turn"), Way("near", 3))))
def test_pairs_are_the_same_whatever_the_order_and_near_ones_hold_what_overlaps(
    codes: str, codings: dict[str, list[tuple[int, int]]], way: Way
) -> None:
    rolled = codes == "rolled"
    some = found(codings, way, rolled=rolled)
    turned = {code: some[::-1] for code, some in reversed(codings.items())}
    assert found(turned, way, rolled=rolled).pairs == some.pairs
    overlapping = found(codings, rolled=rolled)
    for couple, pair in overlapping.pairs.items():
        index = overlapping.jaccard(couple)
        assert index is not None
        assert 0 < index <= 1
        assert some.pairs[couple].shared == pair.shared
        if way.by == "near":
            assert some.pairs[couple].passages >= pair.passages


@given(st.lists(st.tuples(spans, st.integers(0, 3)), max_size=8), st.integers(0, 6))
def test_more_words_between_are_never_fewer_pairs(
    some: list[tuple[tuple[int, int], int]], words: int
) -> None:
    pieces: list[Piece[int]] = sorted(
        (start, end, code, at) for at, ((start, end), code) in enumerate(some)
    )

    def near(most: int) -> set[tuple[int, int]]:
        meetings = met(pieces, Way("near", most), lambda: HEARING, whole=True)
        return {(min(one[:2]), max(one[:2])) for one in meetings if one.counts}

    assert near(words) <= near(words + 1)
