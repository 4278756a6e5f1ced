"""Who is cited with what: as much as three share, and never more than the level allows."""

from __future__ import annotations

import pytest

from qcode.analysis.referring import (
    PRIVACY,
    cited,
    levels,
    named,
    places,
    steps,
    usual,
    values_shown,
    who,
)
from qcode.model.case import Attribute, Case

ATTRIBUTES = [Attribute("", name) for name in ("Usia", "desa", "Gender", "peran", "produk")]


def person(name: str, role: str, village: str, gender: str, age: str) -> Case:
    values = {"peran": (role,), "desa": (village,), "Gender": (gender,), "Usia": (age,)}
    return Case(name, "informant", name, values)


CROWD = [
    *(person(f"a{n}", "pelaku", "A", "p", f"3{n}") for n in range(3)),
    person("b", "pelaku", "A", "l", "35"),
    *(person(f"c{n}", "pelaku", "B", "p", "30") for n in range(2)),
    person("d", "lurah", "A", "p", "32"),
]


@pytest.mark.parametrize(("privacy", "number"), [*zip(PRIVACY, (0, 1, 2, 4), strict=True)])
def test_each_level_adds_to_the_one_before_what_the_project_has_of_it(
    privacy: str, number: int
) -> None:
    assert named(steps(ATTRIBUTES, privacy)) == ("peran", "desa", "Gender", "Usia")[:number]
    assert steps([Attribute("", "produk")], privacy) == ()


def test_an_age_is_cited_as_ten_years_and_only_with_those_who_share_it_twice() -> None:
    shown = levels(CROWD, steps(ATTRIBUTES))
    everything = ("peran", "desa", "Gender", "Usia")
    assert {name: shown[name] for name in ("a0", "a1", "a2")} == dict.fromkeys(
        ("a0", "a1", "a2"), everything
    )
    # Who is left is reckoned without those who are cited with more.
    assert shown["b"] == shown["c0"] == shown["c1"] == ("peran",)
    assert shown["d"] == ()
    assert values_shown([CROWD[0]], shown) == {
        "peran": "pelaku", "desa": "A", "Gender": "p", "Usia": "30-39"
    }  # fmt: skip
    assert values_shown([CROWD[0], CROWD[3]], shown) == {"peran": "pelaku"}
    assert values_shown([], shown) == {}
    assert cited(person("x", "", "", "", "di atas 60"), "Usia") == "di atas 60"
    assert usual(ATTRIBUTES) == ("peran", "desa")


def test_what_a_heading_tells_is_reckoned_in() -> None:
    shown = levels(CROWD, steps(ATTRIBUTES, "role"), always=("desa",))
    assert shown["a0"] == shown["b"] == ("peran",)
    assert shown["c0"] == ()


def test_a_reference_names_the_document_where_it_is_not_the_case() -> None:
    assert who("W05", [CROWD[0], CROWD[3]], {"peran": "pelaku"}) == ("a0 + b", "pelaku", "W05")
    assert who("a0", CROWD[:1], {}) == ("a0",)
    assert who("O1", [], {}) == ("O1",)
    said = places()
    assert said(3, (7, 7)) == "turn 3, line 7"
    assert said(3, (7, 9)) == "turn 3, lines 7-9"
