"""A code is split by giving its passages, one key each, to new codes."""

from __future__ import annotations

import time

import pytest

from qcode.model.span import Span
from qcode.store import coders, documents, memos
from qcode.store.codings import NewCoding, apply
from qcode.store.project import Step
from qcode.tui.screens.coding import CodingScreen
from qcode.tui.screens.sorting import SortingScreen
from qcode.workflows import sorting
from tests.tui.harness import TEXT
from tests.tui.study import OTHER, Playing, Study

SIZES = [(120, 36), (80, 24), (60, 20)]
WORDS = ("Saya ini kan sepuh", "takut kepencet", "Sabar dia")


def give(study: Study, words: str, document: str = "W01", coder: str = "") -> None:
    start = (TEXT if document == "W01" else OTHER.text).index(words)
    span = Span(start, start + len(words))
    with study.project.write(coder or study.sari, "apply") as step:
        apply(step, [NewCoding(study.documents[document], span, study.codes["kader digital"])])


@pytest.fixture
def coded(study: Study) -> Study:
    for words in WORDS:
        give(study, words)
    give(study, "Ramai", "W02", coders.joined(study.project, "budi"))
    return study


async def begin(one: Playing) -> SortingScreen:
    """Open the pile from the segment at the cursor, and make two codes."""
    one.go("sepuh")
    await one.press("S")
    for name in ("takut", "sabar"):
        await one.type(name)
        await one.press("enter")
    await one.press("enter")
    return one.on(SortingScreen)


@pytest.mark.parametrize("size", SIZES)
def test_a_pile_is_sorted_by_one_key_a_passage(coded: Study, size: tuple[int, int]) -> None:
    async def play(one: Playing) -> None:
        screen = await begin(one)
        text = one.text()
        for shown in ("0 of 4 sorted", "Passage 1 of 4", "sepuh", "W01:2", "stays: kader digital"):
            assert shown in text, shown
        await one.press("1")
        assert screen.card is not None
        assert screen.card.text.startswith("takut kepencet")
        await one.press("1", "2")
        assert "3 of 4 sorted" in one.text()
        assert "budi" in one.text()
        await one.press("0")
        assert "3 given away, 1 left" in one.text()
        await one.press("n")
        one.on(CodingScreen)

    coded.play(play, size)
    codes = [code for _words, code in coded.coded()]
    assert sorted(codes) == ["sabar", "takut", "takut"]
    assert coded.coded("W02") == [("Ramai", "kader digital")]


def test_quick_keys_wait_for_a_slow_disk_and_none_is_lost(
    coded: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    sort = sorting.sort

    def slowly(step: Step, **wanted: str) -> str:
        time.sleep(0.1)
        return sort(step, **wanted)

    monkeypatch.setattr(sorting, "sort", slowly)

    async def play(one: Playing) -> None:
        await begin(one)
        await one.press("1", "2", "1", "u")
        assert "2 of 4 sorted" in one.text()
        assert "Undone: sort 1 passage (takut" in one.status

    coded.play(play)


def test_every_key_is_one_step_and_one_key_undoes_the_pile(coded: Study) -> None:
    async def play(one: Playing) -> None:
        screen = await begin(one)
        await one.press("1", "2")
        assert [code for _w, code in coded.coded()].count("kader digital") == 1
        await one.press("u")
        assert "Undone: sort 1 passage (sabar" in one.status
        assert screen.card is not None
        assert screen.card.text.startswith("takut kepencet")
        await one.press("ctrl+r")
        assert [code for _w, code in coded.coded()].count("kader digital") == 1
        await one.press("U", "n", "U", "y")
        assert "2 passages are where they were" in one.status
        assert {code for _w, code in coded.coded()} == {"kader digital"}
        assert screen.pile is not None
        assert not screen.pile.targets

    coded.play(play)


def test_a_pile_is_gone_on_with_where_it_was_left(coded: Study) -> None:
    async def first(one: Playing) -> None:
        await begin(one)
        await one.press("1", "0", "q")
        one.on(CodingScreen)

    async def second(one: Playing) -> None:
        one.go("takut")
        await one.press("S")
        screen = one.on(SortingScreen)
        assert "1 of 4 sorted" in one.text()
        assert screen.card is not None
        assert screen.card.text.startswith("Sabar dia")
        await one.press("b", "b")
        assert "given: takut" in one.text()
        await one.press("0")
        assert "0 of 4 sorted" in one.text()
        await one.press("9")
        assert "No code has the digit 9" in one.status
        await one.press("O")
        assert "0 of 3 sorted" in one.text()
        assert "only yours" in one.status

    coded.play(first)
    coded.play(second)


def test_the_coding_screen_undoes_what_was_sorted_last_and_the_pile_stays_open(
    coded: Study,
) -> None:
    async def play(one: Playing) -> None:
        screen = await begin(one)
        await one.press("e")
        assert "none was given away" in one.status
        await one.press("1", "e", "l")
        assert screen.pile is not None
        await one.press("o")
        assert one.text().count("This code has no") == 3
        await one.press("q", "u")
        one.on(CodingScreen)
        assert "Undone: sort 1 passage (takut" in one.status
        assert {code for _words, code in coded.coded()} == {"kader digital"}

    coded.play(play)


def test_enter_shows_the_passage_in_the_text_and_esc_comes_back_to_it(coded: Study) -> None:
    async def play(one: Playing) -> None:
        screen = await begin(one)
        await one.press("j", "j", "j", "enter")
        assert one.screen.document == coded.documents["W02"]
        selection = one.screen.reader.selection
        assert selection is not None
        assert OTHER.text[selection.start : selection.end] == "Ramai"
        await one.press("D")
        assert one.on(SortingScreen) is screen
        assert screen.card is not None
        assert screen.card.text == "Ramai"

    coded.play(play)


def test_what_is_not_to_be_used_is_not_shown_nor_what_is_around(coded: Study) -> None:
    start = TEXT.index("takut kepencet")
    with coded.project.write(coded.sari, "mark") as step:
        span = Span(start, start + len("takut kepencet"))
        memos.mark(step, coded.documents["W01"], span, "not to be used")

    async def play(one: Playing) -> None:
        screen = await begin(one)
        assert len(screen.cards) == 3
        await one.press("j", "k")
        assert "1 not to be used, not shown" in one.status
        for _card in screen.cards:
            assert "kepencet" not in one.text()
            await one.press("j")

    coded.play(play, (160, 40))


def test_a_passage_that_changed_meanwhile_is_not_given_away(coded: Study) -> None:
    async def play(one: Playing) -> None:
        screen = await begin(one)
        with coded.project.write(coded.sari, "document") as step:
            documents.retire(step, coded.documents["W02"])
        first = coded.codings()[0]
        with coded.project.write(coders.joined(coded.project, "budi"), "retire codings") as step:
            from qcode.store import codings

            codings.retire(step, [first.id])
        await one.press("1")
        assert "changed meanwhile" in one.status
        assert len(screen.cards) == 2

    coded.play(play)


@pytest.mark.parametrize("name", ["[b] x", "[@click=app.quit]x[[]", "a\x1b]52;c;eA==\x07"])
def test_hostile_names_of_codes_are_shown_as_they_are(coded: Study, name: str) -> None:
    from qcode.store import codebook
    from tests.tui.walking import HOSTILE, drawn

    with coded.project.write(coded.sari, "rename code") as step:
        codebook.rename(step, coded.codes["kader digital"], name)

    async def play(one: Playing) -> None:
        screen = await begin(one)
        shown = HOSTILE.sub("\ufffd", name)
        pages = [drawn(one)]
        for keys in (("n",), ("escape", "U"), ("escape", "1"), ("e",)):
            await one.press(*keys)
            pages.append(drawn(one))
        assert all(shown in page for page in pages)
        assert not any(HOSTILE.search(page.replace("\n", "")) for page in pages)
        assert one.app.is_running
        assert screen.pile is not None

    coded.play(play, (140, 30))
