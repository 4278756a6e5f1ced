"""What was typed names one thing, or the sentence says what there is to choose from."""

from __future__ import annotations

import pytest

from qcode.errors import BadInput, NotFound
from qcode.model.naming import chosen, nearest


def named(*names: str) -> dict[str, str]:
    return {name: name for name in names}


def test_a_clear_beginning_is_enough_and_an_unclear_one_lists_what_it_may_mean() -> None:
    assert chosen("DES", named("desa", "peran"), "attribute") == "desa"
    with pytest.raises(BadInput, match="several attributes: desa, dewan"):
        chosen("de", named("desa", "dewan"), "attribute")


def test_a_name_that_is_like_none_tells_what_there_is() -> None:
    with pytest.raises(NotFound, match=r"no attribute “village”; there are: desa, peran$"):
        chosen("village", named("desa", "peran"), "attribute")
    with pytest.raises(NotFound, match="there is none"):
        chosen("village", {}, "attribute")


def test_a_name_with_a_comma_stands_in_quotation_marks() -> None:
    with pytest.raises(NotFound, match=r"there are: “Uang sendiri, jam tidur”, desa$"):
        chosen("village", named("Uang sendiri, jam tidur", "desa"), "theme")


def test_of_many_names_the_first_are_told_and_how_many_more_there_are() -> None:
    with pytest.raises(NotFound, match=r"there are: K00, .*, K11 and 28 more$"):
        chosen("village", named(*(f"K{number:02}" for number in range(40))), "case")


@pytest.mark.parametrize(
    ("typed", "offered"),
    [("umr", ("umur",)), ("sbr", ("sabar",)), ("ann", ()), ("abc", ()), ("w1", ("w01",)),
     ("dsea", ("desa",)), ("penghabat", ("penghambat",)), ("vilage", ("village",)),
     ("internt", ("akses internet",)), ("kader desa", ("desa", "kader", "jaringan kader")),
     ("gambor", ())],
)  # fmt: skip
def test_names_are_offered_that_were_meant_and_none_of_chance(
    typed: str, offered: tuple[str, ...]
) -> None:
    names = ("desa", "peran", "umur", "sabar", "w01", "kader", "penghambat", "pinjaman", "village",
             "age", "banyumas", "kepercayaan", "kemampuan", "akses internet",
             "jaringan kader")  # fmt: skip
    assert nearest(typed, names) == offered
