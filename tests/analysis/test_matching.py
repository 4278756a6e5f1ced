"""Words that are looked for: as typed, whole, as a pattern, misspelt, by their stems."""

from __future__ import annotations

import re
import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qcode.analysis import matching
from qcode.analysis.matching import matcher
from qcode.errors import BadInput


def found(text: str, words: str, how: str, language: str = "") -> list[str]:
    return [text[one.start : one.end] for one in matcher(words, how, language)(text)]


def test_words_are_found_whatever_their_case_and_wherever_lines_break() -> None:
    text = "Saya TAKUT\n  pegang HP. Takutnya salah, takut pegang hp."
    assert found(text, "takut pegang", "literal") == ["TAKUT\n  pegang", "takut pegang"]
    assert found(text, "takut", "literal") == ["TAKUT", "Takut", "takut"]
    assert found(text, "takut", "word") == ["TAKUT", "takut"]
    assert found("STRASSE, Straße", "straße", "word") == ["STRASSE", "Straße"]
    figures = "2 650 000, 2\u00a0650\u00a0000, 2\u202f650\u202f000, 2\u2009650\u2009000"
    assert found(figures, "2 650 000", "word") == figures.split(", ")
    assert found("İstanbul takut", "takut", "word") == ["takut"]


@pytest.mark.parametrize(
    ("words", "text", "wanted"),
    [
        ("takut", "tkut takutt taukt Takus tahu", ["tkut", "takutt", "taukt", "Takus"]),
        ("hp", "hp hb h", ["hp"]),
        ("takut pegang", "takut, pegan HP; takut HP pegang", ["takut, pegan"]),
        ("literasi", "leterasi litrasi literer", ["leterasi", "litrasi"]),
    ],
)
def test_a_word_may_have_one_letter_in_four_wrong_and_a_short_one_none(
    words: str, text: str, wanted: list[str]
) -> None:
    assert found(text, words, "fuzzy") == wanted


@pytest.mark.parametrize(
    ("words", "same", "other"),
    [
        ("beli", "membeli dibeli pembeli pembelian membelikan", "belum"),
        ("pelatihan", "melatih latihan berlatih terlatih pelatihannya", "lahan"),
        ("takut", "ketakutan menakutkan penakut takutnya", "akui"),
        ("kirim", "mengirim pengiriman dikirim kiriman", "kiri"),
        ("menulis", "tulisan penulis tulisanku", "lulus"),
        ("percaya", "kepercayaan mempercayai", "raya"),
    ],
)
def test_indonesian_words_of_one_stem_are_found(words: str, same: str, other: str) -> None:
    text = f"{same} {other}"
    assert found(text, words, "stem", "id") == same.split()


def test_what_the_stems_do_not_know_is_known() -> None:
    # Snowball takes no dictionary: a beginning of the word itself may go, or stay.
    assert found("dipercaya ngajari nulis", "percaya", "stem", "id") == []
    assert found("ngajari nulis", "mengajar", "stem", "id") == []
    assert found("empunya", "perempuan", "stem", "id") == ["empunya"]
    # me- and a stem that begins with a vowel are taken for a swallowed letter as well.
    assert found("tambil kambil", "mengambil", "stem", "id") == ["kambil"]


def test_english_has_stems_of_its_own_and_other_languages_have_both() -> None:
    assert found("she was fearing fears", "fear", "stem", "en") == ["fearing", "fears"]
    assert found("membeli", "beli", "stem", "en") == []
    assert found("membeli fears", "beli fear", "stem", "jv") == ["membeli fears"]


@pytest.mark.parametrize(
    ("pattern", "text"),
    [("(?:a|aa)+$", "a" * 5_000 + "b"), (r"(\w|\s|\w\s)*[0-9]$", "kata " * 6_000),
     ("(?e)(takut sekali){e<=5}", "xyz " * 30_000)],
)  # fmt: skip
def test_a_pattern_that_would_run_on_ends_in_a_sentence(
    pattern: str, text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(matching, "SECONDS", 0.2)
    began = time.monotonic()
    with pytest.raises(BadInput, match="takes longer than"):
        found(text, pattern, "regex")
    assert time.monotonic() - began < 3


@pytest.mark.parametrize("pattern", ["(a+)+$", "(.*)*x", r"(\d+)*\1"])
def test_patterns_that_are_feared_end(pattern: str) -> None:
    found("a" * 300 + "b", pattern, "regex")


@pytest.mark.parametrize(
    ("pattern", "told"),
    [("(a", "no pattern"), ("[a-", "no pattern"), ("*", "no pattern"), ("(?R)", "call itself"),
     ("(a|(?1))", "call itself"), ("a{1000000000}", "repeats too often"),
     ("(?:(?:ab|c){1000}){1000}", "repeats too often"), ("x" * 501, "at most 500"),
     ("  ", "nothing to look for")],
)  # fmt: skip
def test_what_is_no_pattern_or_would_fill_the_memory_is_refused(pattern: str, told: str) -> None:
    with pytest.raises(BadInput, match=told):
        matcher(pattern, "regex")


def test_a_pattern_ignores_case_knows_lines_and_finds_nothing_where_it_fits_nothing() -> None:
    assert found("Takut\nTIDAK takut", "^ta?kut", "regex") == ["Takut"]
    assert found("takut", "x*", "regex") == []


@pytest.mark.parametrize("how", ["fuzzy", "stem"])
def test_signs_alone_are_no_words(how: str) -> None:
    with pytest.raises(BadInput, match="no letters"):
        matcher("?!", how)


@given(st.text(alphabet="aAß ̈İﬁ\n\u202e<=[", max_size=30), st.text(min_size=1, max_size=6),
       st.sampled_from(["literal", "word", "fuzzy", "stem"]))  # fmt: skip
def test_places_lie_in_the_text_in_order_and_apart(text: str, words: str, how: str) -> None:
    try:
        places = list(matcher(words, how)(text))
    except BadInput:
        return
    for one, other in pairwise(places):
        assert one.end <= other.start
    assert all(one.end <= len(text) for one in places)


SPOKEN = st.lists(st.sampled_from(["beli", "bli", "Membeli", "libel", "la", "la-la", "_la", "é"]))


@given(st.tuples(SPOKEN, st.sampled_from([" ", ", ", "\n"])).map(lambda one: one[1].join(one[0])),
       st.sampled_from(["beli", "la la", "beli la", "é"]), st.sampled_from(["fuzzy", "stem"]))  # fmt: skip
def test_words_that_are_alike_are_those_that_are_alike_one_by_one(
    text: str, words: str, how: str
) -> None:
    tokens, alike = re.findall(r"\w+", text), [matcher(word, how) for word in words.split()]
    wanted, at = [], 0
    while at + len(alike) <= len(tokens):
        some = tokens[at : at + len(alike)]
        if all(any(like(word)) for like, word in zip(alike, some, strict=True)):
            wanted.append(some)
            at += len(alike)
        else:
            at += 1
    assert [re.findall(r"\w+", one) for one in found(text, words, how)] == wanted
