from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from qcode.tui.layout.hits import following, found, preceding
from tests.tui.harness import TEXT
from tests.tui.nasty import texts
from tests.tui.study import Playing, Study


def selected(one: Playing) -> str:
    span = one.screen.reader.selection
    return TEXT[span.start : span.end] if span else ""


def test_what_was_found_is_selected_and_enter_codes_it(study: Study) -> None:
    async def play(one: Playing) -> None:
        await one.press("slash")
        await one.type("SEPUH")
        assert "“SEPUH” 1 of 1" in one.status
        await one.press("enter")
        assert selected(one) == "sepuh"
        await one.press("c", *"kader", "enter")
        assert study.coded() == [("sepuh", "kader digital")]
        await one.press("escape", "n", "d")
        assert study.coded() == []

    study.play(play)


def test_a_colon_leads_to_a_turn_by_its_number(study: Study) -> None:
    async def play(one: Playing) -> None:
        await one.press("colon", "3", "enter")
        reader = one.screen.reader
        assert reader.cursor == reader.transcript.turns[2].said
        assert "Turn 3 of" in one.status
        await one.press("ctrl+g", *"99", "enter")
        assert "There is no turn 99" in one.status
        assert reader.has_focus
        await one.press("colon", "escape", "colon", "enter")
        assert reader.cursor == reader.transcript.turns[2].said

    study.play(play)


def test_n_and_N_go_round_and_say_so(study: Study) -> None:  # noqa: N802
    async def play(one: Playing) -> None:
        reader = one.screen.reader
        await one.press("n")
        assert "Nothing was looked for" in one.status
        await one.press("slash")
        await one.type("di ")
        await one.press("down")
        hits = reader.hits
        assert len(hits) > 2
        last = f"of {len(hits)}"
        assert f"2 {last}" in one.status
        await one.press("enter", "N", "N")
        assert f"{len(hits)} {last} · on from the end" in one.status
        await one.press("n")
        assert f"1 {last} · on from the start" in one.status
        assert reader.selection == hits[0]
        await one.press("escape")
        assert not reader.hits
        assert reader.selection is None

    study.play(play)


def test_places_show_in_another_look_and_escape_goes_back_to_where_it_began(study: Study) -> None:
    async def play(one: Playing) -> None:
        one.go("Lalu")
        reader = one.screen.reader
        spot = reader.spot
        await one.press("slash")
        await one.type("takut")
        assert reader.hits[0].start == TEXT.index("takut")
        assert "on from the start" in one.status
        await one.type("zz")
        assert "does not stand in this document" in one.status
        assert reader.spot == spot
        await one.press("backspace", "backspace", "q", "backspace", "escape")
        assert reader.spot == spot
        assert one.app.focused is reader
        assert not reader.hits

    study.play(play)


def test_enter_on_words_that_stand_nowhere_leaves_nothing_selected(study: Study) -> None:
    async def play(one: Playing) -> None:
        await one.press("slash")
        await one.type("lalu")
        await one.press("enter")
        assert selected(one).casefold() == "lalu"
        await one.press("slash")
        await one.type("zzz")
        await one.press("enter")
        assert not selected(one)
        assert "“zzz” does not stand in this document" in one.status
        assert one.screen.reader.cursor == TEXT.index("Lalu") + len("Lalu")

    study.play(play)


@given(texts, st.sampled_from([*"ab ,न1", "hello", "水很", "[b]", "b h", "है", ""]))
def test_a_place_holds_the_words_and_no_two_overlap(text: str, words: str) -> None:
    hits = found(text, words.upper())
    assert all(one.end <= other.start for one, other in pairwise(hits))
    assert all(text[hit.start : hit.end].split() == words.split() for hit in hits)
    assert hits or not words or " " in words or words not in text
    for hit in hits:
        assert hits[following(hits, hit.start)] == hit
        assert hits[preceding(hits, hit.start + 1)] == hit
    if hits:
        assert following(hits, len(text) + 1) == 0
        assert preceding(hits, 0) == len(hits) - 1
