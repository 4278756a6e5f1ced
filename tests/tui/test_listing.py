from __future__ import annotations

from importlib import import_module
from pathlib import Path

import pytest
from textual import events
from textual.widgets import Input

from qcode.errors import Refused
from qcode.model.span import Span
from qcode.store import documents
from qcode.store.codings import NewCoding, apply
from qcode.store.documents import NewDocument
from qcode.store.opening import create
from qcode.store.project import Reader
from qcode.tui.screens.history import HistoryScreen
from qcode.tui.screens.home import HomeScreen
from qcode.tui.screens.listed import ListedScreen
from qcode.tui.screens.shown import ShownScreen
from qcode.tui.screens.views import VIEWS, ViewsScreen
from qcode.tui.widgets.choice import Choice
from qcode.tui.widgets.inspector import Inspector
from tests.tui.harness import spoken
from tests.tui.study import Playing, Study


def test_every_screen_is_two_keys_away_and_esc_comes_back(study: Study) -> None:
    async def play(one: Playing) -> None:
        one.go("sepuh")
        await one.press("enter")
        await one.type("kader")
        await one.press("enter", "ctrl+t")
        one.on(ViewsScreen)
        await one.press("h")
        one.on(HistoryScreen)
        assert "code 1 segment" in one.text()
        await one.press("u")
        assert "Undone: code 1 segment" in one.status
        assert "undone" in one.text()
        await one.press("escape")
        assert one.screen.desk is not None
        assert not one.screen.desk.codings
        await one.press("ctrl+t", "d")
        one.on(HomeScreen)

    study.play(play)


def test_what_is_said_on_any_screen_is_whole_and_stays_where_it_takes_more_rows(
    study: Study,
) -> None:
    said = f"satu {'dua tiga ' * 14}empat"

    async def play(one: Playing) -> None:
        for view in VIEWS:
            await one.press("ctrl+t", view.letter)
            if view.screen == "FindScreen":
                await one.press("escape")
            screen = one.on(ListedScreen)
            screen.tell(said)
            await one.settled()
            assert one.status.startswith(said), view.name
            assert "tiga empat" in one.text().splitlines()[-2], view.name
            while one.app.screen is screen:
                await one.press("escape")

    study.play(play, size=(80, 24))


def test_every_screen_of_an_empty_project_says_so_in_whole_sentences(tmp_path: Path) -> None:
    place = tmp_path / "kosong.qcode"
    project, sari = create(str(place), "Kosong", coder="sari")
    study = Study(place, project, sari)

    async def play(one: Playing) -> None:
        for view in VIEWS:
            await one.press("ctrl+t", view.letter)
            screen = one.on(ShownScreen)
            assert one.status, view.name
            assert not one.status.startswith("0 of 0"), view.name
            *_above, status, _keys = one.text().rstrip().splitlines()
            assert not status.endswith("…"), view.name
            while one.app.screen is screen:
                await one.press("escape")

    study.play(play, size=(80, 24), document="")
    project.close()


@pytest.mark.parametrize("size", [(80, 24), (120, 36)])
def test_passages_of_a_document_with_a_long_name_are_told_apart_by_their_places(
    study: Study, size: tuple[int, int]
) -> None:
    with study.project.write(study.sari, "import") as step:
        new = NewDocument("wawancara panjang di balai desa", spoken(("N", "satu."), ("N", "dua.")))
        made, _skipped = documents.add(step, [new])
        apply(step, [
            NewCoding(made[new.name], Span(start, start + 3), study.codes["biaya kirim"])
            for start in (3, 12)
        ])  # fmt: skip

    async def play(one: Playing) -> None:
        await one.press("ctrl+t", "e")
        assert "wawancara…:1.1" in one.text()
        assert "wawancara…:2.1" in one.text()

    study.play(play, size=size)


def test_a_filter_keeps_rows_with_all_its_words_and_esc_brings_back_the_others(
    study: Study,
) -> None:
    async def play(one: Playing) -> None:
        await one.press("ctrl+t", "h", "slash")
        await one.type("codes")
        screen = one.on(HistoryScreen)
        assert screen.grid.number == 1
        await one.press("escape")
        assert screen.grid.number > 1

    study.play(play)


def test_letters_typed_quickly_all_look_for_a_document_and_no_closed_pane_takes_room(
    study: Study,
) -> None:
    async def play(one: Playing) -> None:
        home = one.on(HomeScreen)
        assert not home.query_one(Choice).display
        for letter in "W02":
            one.app.post_message(events.Key(letter, letter))
        await one.pilot.pause(0.3)
        assert home.query_one("#filter", Input).value == "W02"
        assert "W01" not in one.text()

    study.play(play, document="")


def test_undo_leaves_an_import_to_the_history_which_names_it_first(study: Study) -> None:
    with study.project.write(study.sari, "import codings") as step:
        apply(step, [NewCoding(study.documents["W01"], Span(3, 8), study.codes["penghambat"])])

    async def play(one: Playing) -> None:
        await one.press("u")
        assert len(study.codings()) == 1
        assert "import 1 coding" in one.status
        assert "ctrl+t h" in one.status
        await one.press("ctrl+t", "h", "u")
        assert study.codings() == []

    study.play(play)


@pytest.mark.parametrize("begun", [False, True])
def test_every_list_that_cannot_be_read_says_why_beside_its_rows(
    study: Study, monkeypatch: pytest.MonkeyPatch, *, begun: bool
) -> None:
    def refused(_screen: object, _connection: Reader) -> None:
        raise Refused("this round is open")

    async def play(one: Playing) -> None:
        for view in VIEWS:
            kind = getattr(import_module(view.module), view.screen)
            with monkeypatch.context() as patch:
                if not begun:
                    patch.setattr(kind, "fetch", refused)
                await one.press("ctrl+t", view.letter)
                screen = one.on(ListedScreen)
                patch.setattr(kind, "fetch", refused)
                screen.refetch()
                await one.settled()
                screen.stand()
                said = [line.text for line in screen.query_one("#beside", Inspector)._lines]
                assert "this round is open" in said, view.name

    study.play(play, size=(80, 24), document="")
