"""Keys: none clashes, none is one that terminals keep, and a person can give others."""

from __future__ import annotations

import re
from itertools import combinations
from pathlib import Path

import pytest
from textual.binding import Binding
from textual.widgets import Input

from qcode.settings import Settings
from qcode.tui import commands, keymap
from qcode.tui.commands.everywhere import EVERYWHERE
from qcode.tui.screens.help import HelpScreen
from qcode.tui.screens.shown import Banner, ShownScreen
from qcode.tui.screens.views import VIEWS
from qcode.tui.widgets.palette import Palette
from qcode.tui.widgets.status import KeyLine
from tests.tui.study import Playing, Study

KEPT = {"ctrl+b", "ctrl+i", "ctrl+m", "ctrl+h", "ctrl+s", "ctrl+left_square_bracket", "f10", "f11"}
SCOPES = keymap.scopes()
LAYERED = {"escape", "enter"}
"""Escape gives up one thing after the other; enter in a list chooses, which the screen does too."""


@pytest.mark.parametrize("scope", SCOPES, ids=lambda scope: scope.name)
def test_no_two_things_on_one_screen_have_a_key_in_common(scope: keymap.Scope) -> None:
    keys = {one.id or one.action: set(keymap.pressed(one.key)) for one in scope.bindings}
    shared = {key for one, other in combinations(keys, 2) for key in keys[one] & keys[other]}
    panes = {"Help": {"question_mark", "f1"}}
    assert shared <= LAYERED | panes.get(scope.name, set())


@pytest.mark.parametrize("scope", SCOPES, ids=lambda scope: scope.name)
def test_every_binding_has_an_id_and_no_key_that_terminals_keep(scope: keymap.Scope) -> None:
    for one in scope.bindings:
        assert one.id, one
        for key in keymap.pressed(one.key):
            assert key not in KEPT, one
            assert not re.fullmatch(r"ctrl\+shift\+.|alt\+.+|ctrl\+.*shift\+[a-z]", key), one


@pytest.mark.parametrize("screen", keymap.screens(), ids=lambda screen: screen.__name__)
def test_a_footer_has_at_most_seven_labels_and_ids_are_one_screens(
    screen: type[ShownScreen],
) -> None:
    assert len(commands.footer(screen.KEYS, EVERYWHERE)) <= commands.MOST_IN_FOOTER
    ids = [command.id for command in (*screen.KEYS, *EVERYWHERE)]
    assert len(ids) == len(set(ids))
    declared = [one for one in screen.BINDINGS if isinstance(one, Binding)]
    assert [one.id for one in declared] == [one.id for one in screen.KEYS] or screen is HelpScreen


def test_each_screen_says_which_widget_has_its_keys_at_first(study: Study) -> None:
    async def play(one: Playing) -> None:
        for letter in ("d", *(view.letter for view in VIEWS)):
            await one.press("ctrl+t", letter)
            screen = one.on(ShownScreen)
            if screen.FIRST is not None:
                assert isinstance(screen.focused, screen.FIRST | Input), letter

    study.play(play, document="")


def test_keys_of_ones_own_work_and_show_in_footer_help_palette_and_panes(study: Study) -> None:
    keys = {"coding.undo": "U", "coding.code": "K,enter", "reader.sentence.next": "z",
            "app.help": "f2", "palette.close": "f9", "coding.finish": "k",
            "reader.line.previous": "up", "coding.pinned.2": "f7"}  # fmt: skip

    async def play(one: Playing) -> None:
        assert not one.app.trouble
        footer = str(one.screen.query_one(KeyLine).content)
        assert "K Code" in footer
        assert "U Undo" in footer
        assert "k Finish" in footer
        assert "F2 Help" in footer
        await one.press("z", "z", "z", "K")
        assert one.screen.palette.is_open
        assert "f9 close" in str(one.screen.query_one(Palette).border_subtitle).lower()
        await one.type("kader")
        await one.press("enter")
        assert len(study.codings()) == 1
        await one.press("u")
        assert len(study.codings()) == 1
        await one.press("U")
        assert not study.codings()
        titles = [entry.title for entry in one.app.get_system_commands(one.app.screen)]
        assert "Undo (U)" in titles
        await one.press("f2")
        said = "\n".join(f"{line.lead} {line.text}" for line in one.on(HelpScreen)._lines)
        assert re.search(r"^z +Next sentence", said, re.MULTILINE)
        assert re.search(r"^F7 +Give the code pinned", said, re.MULTILINE)

    study.play(play, kept=Settings(keys=keys))


@pytest.mark.parametrize(
    ("id", "keys", "why"),
    [
        ("coding.undoo", "u", "nothing has this id"),
        ("coding.undo", "bogus", "there is no key “bogus”"),
        ("coding.undo", "ctrl+i", "terminals send “ctrl+i” as “tab”"),
        ("coding.undo", "ctrl+shift+z", "terminals do not send"),
        ("coding.undo", "u,,z", "a key is missing"),
        ("coding.undo", "d", "the key d does “Remove the code at the cursor” (coding.uncode)"),
        ("coding.undo", "w", "the key w does “Next word” (reader.word.next)"),
        ("app.help", "u", "the key u does “Undo”"),
        ("tree.next", "k", "the key k does “Previous row” (tree.previous)"),
    ],
)
def test_a_key_that_cannot_be_had_is_told_and_left_out(
    study: Study, id: str, keys: str, why: str
) -> None:
    async def play(one: Playing) -> None:
        assert "coding.finish" not in one.app.trouble
        assert id in one.app.trouble
        assert why in one.app.trouble
        assert one.screen.query_one(Banner).has_class("-shown")
        await one.press("Z")
        assert one.screen.choice.is_open

    study.play(play, kept=Settings(keys={"coding.finish": "Z", id: keys}))


def test_two_commands_may_change_keys_with_each_other() -> None:
    asked = {"coding.undo": "d", "coding.uncode": "u"}
    assert keymap.usable(asked) == (asked, [])
    asked = {"coding.undo": "d", "coding.uncode": "d,u"}
    usable, problems = keymap.usable(asked)
    assert usable == {}, "without the second, the first clashes too"
    assert len(problems) == 2


def test_every_key_in_the_list_can_be_written_into_the_settings_as_it_stands() -> None:
    table = keymap.keys_table({})
    for _where, id, keys, _what in table.rows:
        known = next(one for scope in SCOPES for one in scope.bindings if one.id == id)
        assert keymap.pressed(str(keys)) == keymap.pressed(known.key)


def test_a_theme_is_remembered_and_changes_nothing_but_colours(
    study: Study, tmp_path: Path
) -> None:
    async def play(one: Playing) -> None:
        one.go("sepuh")
        reader = one.screen.reader
        wrap, standing, words = reader.page.wrap, reader.standing, study.coded()
        for theme in ("qcode-high-contrast", "textual-light", "qcode-high-contrast-light"):
            one.app.theme = theme
            await one.settled()
            assert reader.page.wrap is wrap
            assert reader.standing == standing
            assert study.coded() == words
            assert f'theme = "{theme}"' in (tmp_path / "settings.toml").read_text(encoding="utf-8")

    study.play(play)

    async def again(one: Playing) -> None:
        assert one.app.theme == "textual-light"

    study.play(again, document="", kept=Settings(theme="textual-light"))

    async def gone(one: Playing) -> None:
        assert "no theme “old”" in one.app.trouble

    study.play(gone, document="", kept=Settings(theme="old"))
