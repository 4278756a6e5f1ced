"""Splices between two versions of a text: what stays, what is flagged, what is lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qcode.analysis import anchoring
from qcode.analysis.anchoring import splices
from qcode.model.document import Splice, carry, inverse

WORDS = ("iya", "betul", "anak", "HP", "😀", "e\u0301", "ngg", "_", "(.)", "بيت")
TEXTS = st.lists(
    st.lists(st.sampled_from(WORDS), max_size=6).map(" ".join), max_size=8
).map("\n".join)  # fmt: skip


def spliced(old: str, new: str, found: tuple[Splice, ...]) -> str:
    """Build the new text from the old one, taking from the new only what a splice brings."""
    built, place, shift = "", 0, 0
    for splice in found:
        assert place <= splice.start <= splice.end
        built += old[place : splice.start]
        at = splice.start + shift
        built += new[at : at + splice.length]
        shift += splice.length - (splice.end - splice.start)
        place = splice.end
    return built + old[place:]


@given(TEXTS, TEXTS)
def test_outside_the_splices_stand_the_same_words(old: str, new: str) -> None:
    assert spliced(old, new, splices(old, new)) == new
    assert spliced(new, old, inverse(splices(old, new))) == old


@given(st.text())
def test_a_text_that_did_not_change_needs_no_splice(text: str) -> None:
    assert splices(text, text) == ()


@given(TEXTS, TEXTS, st.data())
def test_a_place_that_no_splice_touches_keeps_its_words(
    old: str, new: str, data: st.DataObject
) -> None:
    if not old:
        return
    start = data.draw(st.integers(0, len(old) - 1))
    end = data.draw(st.integers(start + 1, len(old)))
    found = splices(old, new)
    if all(splice.end <= start or splice.start >= end for splice in found):
        first, last = carry(start, end, found)
        assert new[first:last] == old[start:end]


def carried(words: str, old: str, new: str) -> str:
    start = old.index(words)
    first, last = carry(start, start + len(words), splices(old, new))
    return new[first:last]


@pytest.mark.parametrize(
    ("words", "new", "becomes"),
    [
        ("diajari anak", "N: Ya diajari anak muda, Bu Ani.\nP: Sabar?\n", "diajari anak"),
        ("Bu Ani", "N: Ya diajari anak, Bu Kustinah.\nP: Sabar?\n", "Bu Kustinah"),
        ("Sabar", "N: Ya diajari anak, Bu Ani.\nP: Sabarnya?\n", "Sabarnya"),
        ("P: Sabar?", "N: Ya.\nN: Ya diajari anak, Bu Ani.\nP: Sabar?\n", "P: Sabar?"),
        ("Bu Ani", "N: Ya diajari anak.\nP: Sabar?\n", ""),
        ("Sabar?", "N: Ya diajari cucu, Bu Ani.\nP: Sabar? Ya?\n", "Sabar?"),
    ],
)
def test_a_coding_follows_its_words(words: str, new: str, becomes: str) -> None:
    old = "N: Ya diajari anak, Bu Ani.\nP: Sabar?\n"
    assert carried(words, old, new) == becomes


def test_what_was_taken_out_takes_its_own_full_stop_along() -> None:
    old = "N: Bu Ani. Sabar dia.\n"
    assert carried("Sabar dia.", old, "N: Bu Ani.\n") == ""
    assert carried("Bu Ani.", old, "N: Bu Ani.\n") == "Bu Ani."
    assert splices("N: Bu Ani.\n", old) == (Splice(10, 10, 11),)


def test_repeated_answers_are_kept_apart_by_the_lines_between() -> None:
    old = "".join(f"P: Pertanyaan {n}?\nN: Iya, betul.\n" for n in range(50))
    new = old.replace("Pertanyaan 30?\nN: Iya, betul.", "Pertanyaan 30?\nN: Tidak.")
    place = old.index("N: Iya", old.index("Pertanyaan 31"))
    first, last = carry(place, place + 14, splices(old, new))
    assert new[:first].endswith("Pertanyaan 31?\n")
    assert new[first:last] == "N: Iya, betul."


def test_a_block_too_large_to_compare_is_replaced_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(anchoring, "MOST_PAIRS", 3)
    assert splices("a b c", "x b y") == (Splice(0, 5, 5),)


def test_lines_that_changed_places_leave_the_longest_order_in_place() -> None:
    old, new = "a\nb\nc\nd\n", "d\na\nb\nc\n"
    assert splices(old, new) == (Splice(0, 0, 2), Splice(6, 8, 0))
