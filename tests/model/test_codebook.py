"""The tree of codes as it is shown, whatever was moved and merged."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qcode.errors import BadInput, NotFound
from qcode.model.codebook import Code, Codebook


def book(*codes: tuple[str, str, str]) -> Codebook:
    """Return codes given as name, parent, merged into; the id of a code is its name."""
    return Codebook(
        Code(name, name, parent=parent, merged_into=into) for name, parent, into in codes
    )


links = st.lists(st.tuples(st.integers(-1, 7), st.integers(-1, 7)), min_size=8, max_size=8)


@given(links)
def test_every_code_is_shown_once_however_parents_and_merges_cross(
    given_links: list[tuple[int, int]],
) -> None:
    # A tree and a forest of merges without loops: each points to a lower or a higher number.
    codes = [
        (f"c{at}", f"c{parent}" if 0 <= parent < at else "", f"c{into}" if into > at else "")
        for at, (parent, into) in enumerate(given_links)
    ]
    tree = book(*codes)
    living = {code.id for code in tree.codes.values() if tree.end(code.id) == code.id}
    shown = [code.id for code, _depth in tree.walk()]
    assert sorted(shown) == sorted(living)
    for id in living:
        assert id in tree.below(id)
        assert tree.parent(id) in living | {""}
        assert tree.path(id).endswith(id)


def test_a_code_below_a_merged_one_is_shown_below_the_one_that_took_it_in() -> None:
    tree = book(("a", "", "b"), ("b", "", ""), ("c", "a", ""))
    assert tree.parent("c") == "b"
    assert tree.path("c") == "b/c"
    assert tree.chain("b") == {"a", "b"}
    assert tree.below("b") == {"b", "c"}


def test_a_code_below_one_that_was_merged_into_it_moves_up() -> None:
    tree = book(("top", "", ""), ("a", "top", "b"), ("b", "a", ""))
    assert tree.parent("b") == "top"


def test_a_code_is_found_by_path_name_label_alias_and_clear_beginning() -> None:
    tree = Codebook(
        [
            Code("1", "penghambat"),
            Code("2", "takut teknologi", parent="1", labels={"en": "fear of technology"}),
            Code("3", "ongkos kirim", parent="1", aliases=("ongkir",)),
            Code("4", "ongkos produksi"),
        ]
    )
    for typed, id in [
        ("Penghambat / takut TEKNOLOGI", "2"),
        ("fear of technology", "2"),
        ("ongkir", "3"),
        ("tak", "2"),
        ("ongkos p", "4"),
    ]:
        assert tree.find(typed).id == id
    with pytest.raises(BadInput, match="several codes"):
        tree.find("ongkos")
    with pytest.raises(NotFound, match="takut teknologi"):
        tree.find("takut tehnologi")


def test_a_path_may_be_shortened_in_each_of_its_names() -> None:
    codes = book(("produk lokal", "", ""), ("mutu dan kemasan", "produk lokal", ""),
                 ("mutu lain", "produk lokal", ""), ("label", "mutu dan kemasan", ""))  # fmt: skip
    assert codes.find("produk lokal/mutu dan").id == "mutu dan kemasan"
    assert codes.find("prod / mutu d / la").id == "label"
    with pytest.raises(BadInput, match="may mean several"):
        codes.find("produk lokal/mutu")
    with pytest.raises(NotFound):
        codes.find("produk lokal/label")


def test_a_code_that_went_says_where_it_is() -> None:
    codes = Codebook(
        [Code("a", "satu"), Code("b", "dua", merged_into="a"), Code("c", "tiga", retired=True)]
    )
    with pytest.raises(NotFound, match="“dua” was merged into satu"):
        codes.find("dua")
    with pytest.raises(NotFound, match="“tiga” is retired; `qcode codebook restore`"):
        codes.find("tiga")
