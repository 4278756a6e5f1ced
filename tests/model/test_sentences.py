from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qcode.model.sentences import MOST_WORDS, sentences
from qcode.model.span import Span


def cut(text: str) -> list[str]:
    return [text[found.start : found.end] for found in sentences(text, Span(0, len(text)))]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Ya itu. Saya takut! Benar?", ["Ya itu.", "Saya takut!", "Benar?"]),
        ('He said "go." Then left.', ['He said "go."', "Then left."]),
        ("Dr. Joko datang. Rp. 10.000 saja.", ["Dr. Joko datang.", "Rp. 10.000 saja."]),
        ("Saya (.) takut. Lalu (...) pulang.", ["Saya (.) takut.", "Lalu (...) pulang."]),
        ("Saya... takut, ya. Sudah.", ["Saya... takut, ya.", "Sudah."]),
        ("Begitu... Lalu pulang. Sudah.", ["Begitu...", "Lalu pulang.", "Sudah."]),
        ("水很少。我们走。", ["水很少。", "我们走。"]),
        ("पानी कम है। हम चले।", ["पानी कम है।", "हम चले।"]),
        ("Satu dua, tiga. Tidak selesai, ya", ["Satu dua, tiga.", "Tidak selesai, ya"]),
    ],
)
def test_a_sentence_ends_at_a_full_stop_question_or_exclamation_mark(
    text: str, parts: list[str]
) -> None:
    assert cut(text) == parts


def test_speech_without_full_stops_ends_at_commas_ellipses_and_pauses() -> None:
    text = "di grup WA dulu, (.) baru di toko … harga 10,000 [jeda] terus (2.0) ya begitu"
    assert cut(text) == [
        "di grup WA dulu, (.)",
        "baru di toko …",
        "harga 10,000 [jeda]",
        "terus (2.0)",
        "ya begitu",
    ]


def test_speech_without_any_mark_ends_after_25_words() -> None:
    assert [len(part.split()) for part in cut("kata " * 60)] == [MOST_WORDS, MOST_WORDS, 10]


def test_a_run_on_of_a_hundred_words_is_cut_although_a_full_stop_ends_it() -> None:
    parts = cut("Mulai. " + "kata kata kata, " * 33 + "selesai.")
    assert parts[:3] == ["Mulai.", "kata kata kata,", "kata kata kata,"]


@given(st.text("ab .,!?…(\n'\"”।—[]1", max_size=80))
def test_sentences_are_in_order_without_outer_blanks_and_lose_no_word(text: str) -> None:
    if not text:
        return
    found = list(sentences(text, Span(0, len(text))))
    at = 0
    for span in found:
        assert not text[at : span.start].strip()
        words = text[span.start : span.end]
        assert words == words.strip()
        at = span.end
    assert not text[at:].strip()
