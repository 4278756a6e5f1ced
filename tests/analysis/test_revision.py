from __future__ import annotations

from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qcode.analysis import revision
from qcode.analysis.revision import ALIKE_FROM, Coded, Finding, Revision, alike
from qcode.model.codebook import Code, Codebook
from qcode.model.span import Span, united
from qcode.model.table import Share


def code(id: str, name: str = "", **fields: object) -> Code:
    return Code(id, name or {"a": "ongkos", "b": "sinyal", "c": "takut"}.get(id, f"kode {id * 9}"),
                **{"definition": "ada", **fields})  # type: ignore[arg-type] # fmt: skip


def put(text: str) -> list[Coded]:
    """Read ``D1 s a 0-9``: document, coder, code and place."""
    found = []
    for line in text.split(";"):
        document, coder, given, place = line.split()
        start, end = map(int, place.split("-"))
        found.append(Coded(document, coder, given, Span(start, end)))
    return found


def found(
    codes: Iterable[Code], coded: str = "", kind: str = "", unsorted: str = ""
) -> list[Finding]:
    looked = Revision(Codebook(codes), put(coded) if coded else [], 4, unsorted)
    return [one for one in looked.findings() if kind in ("", one.kind)]


def test_passages_that_touch_are_one_whoever_made_them() -> None:
    (once,) = found([code("a")], "D1 s a 0-9;D1 s a 9-12;D1 t a 3-5", revision.ONCE)
    assert (once.codes, once.passages, once.documents) == (("a",), 1, Share(1, 4))
    assert not found([code("a")], "D1 s a 0-9;D2 s a 0-9", revision.ONCE)


def test_a_heading_is_not_never_used_but_its_codes_are() -> None:
    never = found([code("a"), code("b", parent="a"), code("c", retired=True)], kind="never")
    assert [one.codes for one in never] == [("b",)]


def test_a_code_of_one_coder_is_told_only_where_several_coded() -> None:
    codes = [code("a"), code("b")]
    alone = "D1 s a 0-9;D2 s a 0-9"
    assert not found(codes, alone, revision.ONE_CODER)
    (one, other) = found(codes, f"{alone};D1 t b 3-6", revision.ONE_CODER)
    assert (one.codes, one.coder, one.shared) == (("a",), "s", Share(1, 1))
    assert other.coder == "t"
    assert not found(codes, "D1 s a 0-9;D1 t a 3-6;D2 s a 0-9", revision.ONE_CODER)


def test_what_lacks_a_definition_waits_or_is_retired_with_codings_is_listed() -> None:
    codes = [code("a", definition=" "), code("b", definition="", include="bila"),
             code("u", "unsorted", definition=""), code("w", "baru", parent="u"),
             code("c", retired=True, definition="")]  # fmt: skip
    listed = [(one.kind, one.codes[0]) for one in found(codes, "D1 s c 0-9", unsorted="u")]
    assert ("undefined", "a") in listed
    assert ("unsorted", "w") in listed
    assert ("retired", "c") in listed
    assert not {("undefined", "b"), ("undefined", "u"), ("undefined", "c"), ("never", "u")} & {
        *listed
    }


@pytest.mark.parametrize(
    ("one", "other"),
    [("biaya kirim", "Biaya_kirim"), ("cost", "costs"), ("kepercayaan", "kepercayan"),
     ("anak", "anak-anak"), ("kirim biaya", "biaya kirim")],
)  # fmt: skip
def test_names_that_differ_by_a_letter_case_order_or_plural_are_alike(one: str, other: str) -> None:
    ((_a, _b, likeness, names),) = alike([("a", one), ("b", other)])
    assert likeness >= ALIKE_FROM
    assert set(names) == {one, other}


@pytest.mark.parametrize(("one", "other"), [("kades", "kader"), ("takut", "malu"), ("-", "…")])
def test_names_of_different_things_are_not_alike(one: str, other: str) -> None:
    assert not list(alike([("a", one), ("b", other)]))


def test_labels_and_aliases_are_compared_and_each_pair_is_told_once() -> None:
    codes = [code("a", "ongkir", aliases=("delivery cost",)),
             code("b", "pengiriman", labels={"en": "delivery costs"}, aliases=("ongkirs",))]  # fmt: skip
    (pair,) = found(codes, kind=revision.ALIKE)
    assert (pair.codes, pair.names) == (("a", "b"), ("delivery cost", "delivery costs"))
    assert pair.likeness == 96.3


def test_of_several_names_that_are_alike_the_likest_pair_is_told() -> None:
    codes = [code("a", "malu", aliases=("malu-malu", "merasa malu sekali")),
             code("b", "Malu", aliases=("merasa malu sekalii",))]  # fmt: skip
    (pair,) = found(codes, kind=revision.ALIKE)
    assert (pair.names, pair.likeness) == (("malu", "Malu"), 100.0)


def test_a_code_that_never_stands_without_another_is_told_with_both_counts() -> None:
    codes = [code("a"), code("b")]
    three = "D1 s a 0-5;D1 s a 20-25;D2 t a 0-5;D1 s b 4-21;D2 t b 0-9"
    (pair,) = found(codes, three, revision.TOGETHER)
    assert (pair.codes, pair.overlap, pair.back) == (("a", "b"), Share(3, 3), Share(2, 2))
    assert not found(codes, f"{three};D3 s a 0-5", revision.TOGETHER)
    assert not found(codes, three.replace("t b", "s b"), revision.TOGETHER)
    assert not found(codes, three.replace("4-21", "5-20"), revision.TOGETHER)
    both = "D1 s a 0-5;D1 s a 7-9;D2 s a 0-5;D1 s b 0-5;D1 s b 8-9;D2 s b 0-5"
    (pair,) = found(codes, both, revision.TOGETHER)
    assert pair.codes == ("a", "b")


SPANS = st.tuples(st.integers(0, 40), st.integers(1, 12)).map(lambda at: Span(at[0], sum(at)))
CODED = st.lists(st.builds(Coded, st.sampled_from("DE"), st.sampled_from("st"),
                           st.sampled_from("abc"), SPANS), max_size=25)  # fmt: skip


@given(CODED)
def test_overlaps_are_those_of_every_passage_with_every_other(coded: list[Coded]) -> None:
    passages = {
        (place, name): united(
            one.span for one in coded if ((one.document, one.coder), one.code) == (place, name)
        )
        for place in {(one.document, one.coder) for one in coded}
        for name in "abc"
    }
    shares = Revision(Codebook([code(one) for one in "abc"]), coded, 2)._overlaps()
    for one in "abc":
        for other in "abc".replace(one, ""):
            own = [(place, span) for (place, name), some in passages.items() if name == one
                   for span in some]  # fmt: skip
            k = sum(
                any(span.overlaps(two) for two in passages[place, other]) for place, span in own
            )
            assert shares.get((one, other), Share(0, len(own))) == Share(k, len(own))
