from __future__ import annotations

import pytest

from qcode.model.codebook import Code, Codebook
from qcode.tui.ranking import Ranking, Why, rank

PARENTS = ("Faktor penghambat", "Faktor pendukung")
BELOW = {
    "kader digital": "Faktor pendukung",
    "takut teknologi": "Faktor penghambat",
    "literasi digital rendah": "Faktor penghambat",
    "literasi keuangan rendah": "Faktor penghambat",
    "pelatihan literasi berjenjang": "Faktor pendukung",
    "multi-kanal": "Faktor pendukung",
    "biaya kirim": "Faktor penghambat",
    "kurasi marketplace": "Faktor penghambat",
    "tradisi": "Faktor pendukung",
    "water access": "",
    "trust in chief": "",
    "harvest loss": "",
    "health post": "",
}
ALIASES = {"biaya kirim": ("ongkir",)}
LABELS = {"takut teknologi": {"en": "fear of technology"}}
BOOK = Codebook(
    [
        *(Code(name, name) for name in PARENTS),
        *(
            Code(name, name, parent, aliases=ALIASES.get(name, ()), labels=LABELS.get(name, {}))
            for name, parent in BELOW.items()
        ),
        Code("old", "literasi lama", retired=True),
    ]
)


def names(typed: str, recent: tuple[str, ...] = ()) -> list[str]:
    return [hit.code.name for hit in rank(BOOK, typed, recent)]


@pytest.mark.parametrize(
    ("typed", "first", "why"),
    [
        ("lterasi", "literasi digital rendah", Why.LETTERS),
        ("wtr", "water access", Why.LETTERS),
        ("hl", "harvest loss", Why.INITIALS),
        ("ldr", "literasi digital rendah", Why.INITIALS),
        ("kd", "kader digital", Why.INITIALS),
        ("multikanal", "multi-kanal", Why.LETTERS),
        ("losss", "harvest loss", Why.LIKENESS),
        ("takot", "takut teknologi", Why.LIKENESS),
        ("takut tehnologi", "takut teknologi", Why.LIKENESS),
        ("literasi digtal", "literasi digital rendah", Why.LETTERS),
        ("ongkir", "biaya kirim", Why.SAME),
        ("ongkri", "biaya kirim", Why.LIKENESS),
        ("fear", "takut teknologi", Why.BEGINNING),
        ("TEKNOLOGI", "takut teknologi", Why.WORD),
        ("netplace", "kurasi marketplace", Why.LIKENESS),
        ("ketplace", "kurasi marketplace", Why.INSIDE),
    ],
)
def test_a_few_letters_find_the_code_that_is_meant(typed: str, first: str, why: Why) -> None:
    hit = rank(BOOK, typed)[0]
    assert (hit.code.name, hit.why) == (first, why)


def test_the_name_that_fits_is_told() -> None:
    assert rank(BOOK, "ongkir")[0].name == "ongkir"


def test_a_beginning_comes_before_a_later_word_and_a_misspelling() -> None:
    assert names("literasi")[-1] == "pelatihan literasi berjenjang"
    assert names("trad")[0] == "tradisi"


def test_recent_codes_come_first_when_nothing_is_typed() -> None:
    recent = ("tradisi", "gone", "biaya kirim")
    hits = rank(BOOK, "  ", recent)
    assert [hit.code.name for hit in hits[:2]] == ["tradisi", "biaya kirim"]
    assert [hit.why for hit in hits[1:3]] == [Why.RECENT, Why.LISTED]


def test_of_two_that_fit_alike_the_recent_one_comes_first() -> None:
    assert names("literasi", ("literasi keuangan rendah",))[0] == "literasi keuangan rendah"
    assert names("literasi")[0] == "literasi digital rendah"


def test_a_parent_before_a_stroke_narrows_the_search() -> None:
    assert names("pendukung/literasi") == ["pelatihan literasi berjenjang"]
    assert set(names("penghambat/")) == {
        name for name, parent in BELOW.items() if parent == "Faktor penghambat"
    }


def test_a_retired_code_is_not_offered() -> None:
    assert "literasi lama" not in names("literasi lama")


def test_no_more_than_asked_for_are_returned_and_nonsense_finds_nothing() -> None:
    assert len(Ranking(BOOK).rank("", most=3)) == 3
    assert names("qqqq") == []
    assert names("zz") == []


def test_of_two_that_begin_alike_the_one_whose_name_it_is_comes_before_an_alias() -> None:
    book = Codebook((Code("1", "kurang percaya", aliases=("takut",)), Code("2", "takut ditipu"),
                     Code("3", "kredit", aliases=("takut rugi",))))  # fmt: skip
    assert [hit.code.id for hit in rank(book, "taku")] == ["2", "1", "3"]
