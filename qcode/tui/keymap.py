"""The keys of all screens and panes, and those that a person gives to their ids in the settings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib import import_module
from itertools import combinations
from typing import NamedTuple

from textual.binding import Binding, InvalidBinding
from textual.keys import format_key
from textual.widget import Widget

from qcode.language import _
from qcode.model.table import Column, Table
from qcode.tui import commands
from qcode.tui.commands.everywhere import EVERYWHERE
from qcode.tui.screens.coding import CodingScreen
from qcode.tui.screens.help import HelpScreen
from qcode.tui.screens.home import HomeScreen
from qcode.tui.screens.shown import ShownScreen
from qcode.tui.screens.views import VIEWS, ViewsScreen

_NAMED = frozenset((
    "escape", "enter", "tab", "backspace", "delete", "insert", "home", "end", "pageup", "pagedown",
    "up", "down", "left", "right", "space", *(f"f{number}" for number in range(1, 25)),
))  # fmt: skip
_MODIFIERS = frozenset(("ctrl", "shift", "alt", "super", "hyper", "meta"))
_ARRIVES_AS = {"ctrl+i": "tab", "ctrl+m": "enter", "ctrl+h": "backspace", "ctrl+[": "escape",
               "ctrl+left_square_bracket": "escape"}  # fmt: skip
"""Keys that a terminal cannot tell from others."""


class Scope(NamedTuple):
    """What can be pressed at one time: a screen with the widget that has its keys, or a pane."""

    name: str
    bindings: tuple[Binding, ...]


def screens() -> dict[type[ShownScreen], str]:
    """Return the class of every screen that a person can open, with its name."""
    named: dict[type[ShownScreen], str] = {HomeScreen: _("Documents"), CodingScreen: _("Coding"),
                                           ViewsScreen: _("Go to another screen")}  # fmt: skip
    for view in VIEWS:
        named[getattr(import_module(view.module), view.screen)] = view.name
    sorting = import_module("qcode.tui.screens.sorting")
    named[sorting.SortingScreen] = _("Sorting passages")
    theme = import_module("qcode.tui.screens.theme")
    named[theme.ThemeScreen] = _("One theme")
    items = import_module("qcode.tui.screens.items")
    named[items.ItemsScreen] = _("Settling items")
    preparing = import_module("qcode.tui.screens.preparing")
    named[preparing.FiguresScreen] = _("Figures of a round")
    named[preparing.PreparedScreen] = _("Before it is written")
    named[HelpScreen] = _("Help")
    return named


def panes() -> dict[type[Widget], str]:
    """Return the classes of the widgets that have keys of their own, each with a name."""
    named = {"reader": _("Text"), "tree": _("Codebook beside the text"), "filter": _("Filtering the codebook"),
             "rows": _("Lists"),
             "grid": _("Tables"), "palette": _("Choosing a code"), "memo": _("Writing a memo"),
             "choice": _("Choosing from a few"), "ask": _("Answering a question"), "find": _("Finding words"),
             "comparison": _("Comparing passages"), "passages": _("Compared passages"),
             "bounds": _("Choosing words")}  # fmt: skip
    return {
        kind: named.get(binding.id.partition(".")[0], binding.id.partition(".")[0])
        for kind in _below(Widget)
        if kind.__module__.startswith("qcode.") and not issubclass(kind, ShownScreen)
        for binding in _declared(kind)[:1]
        if binding.id
    }


def _below(kind: type[Widget]) -> Iterator[type[Widget]]:
    for one in kind.__subclasses__():
        yield one
        yield from _below(one)


def _declared(kind: type) -> list[Binding]:
    found = kind.__dict__.get("BINDINGS", ())
    return [binding for binding in found if isinstance(binding, Binding)]


def bindings_of(kind: type[Widget]) -> tuple[Binding, ...]:
    """Return the bindings of a widget with those it has from qcode's own widgets below it."""
    ours = (one for one in kind.__mro__ if one.__module__.startswith("qcode."))
    return tuple(binding for one in ours for binding in _declared(one))


def scopes() -> list[Scope]:
    """Return all that can be pressed at one time, for each screen and each pane."""
    named = screens()
    everywhere = tuple(command.binding for command in EVERYWHERE)
    found = []
    for screen, name in named.items():
        first = bindings_of(screen.FIRST) if screen.FIRST else ()
        found.append(Scope(name, (*_declared(screen), *everywhere, *first)))
    found += [Scope(name, (*bindings_of(kind), *everywhere)) for kind, name in panes().items()]
    return found


def clashes(bindings: Sequence[Binding], keymap: Mapping[str, str]) -> list[tuple[str, str, str]]:
    """Return keys that do two things, each with the ids of both; ids may share what they had.

    A pane that closes with escape lies above a screen that does: what had a key in common from
    the beginning was meant to.
    """
    before = {one.id: set(pressed(one.key)) for one in bindings if one.id}
    now = {id: set(pressed(keymap[id])) if id in keymap else keys for id, keys in before.items()}
    return [
        (key, one, other)
        for one, other in combinations(now, 2)
        for key in sorted((now[one] & now[other]) - (before[one] & before[other]))
    ]


def pressed(keys: str) -> list[str]:
    """Return keys as Textual names them; raises InvalidBinding where one is missing."""
    return [one.key for one in Binding.make_bindings([Binding(keys, "", "")])]


def usable(asked: Mapping[str, str]) -> tuple[dict[str, str], list[str]]:
    """Return the keymap that can be used of what was asked for, and why the rest cannot be."""
    if not asked:
        return {}, []
    found = scopes()
    known = {one.id: one for scope in found for one in scope.bindings if one.id}
    keymap: dict[str, str] = {}
    problems = []
    for id, keys in asked.items():
        why = _unknown(id, keys, known)
        if why:
            problems.append(_left_out(id, keys, why))
        else:
            keymap[id] = ",".join(pressed(keys))
    return keymap, problems + _without_clashes(keymap, found, known)


def _unknown(id: str, keys: str, known: Mapping[str, Binding]) -> str:
    """Return why an entry cannot be understood, or nothing."""
    if id not in known:
        return _("nothing has this id (“qcode keys” lists them)")
    try:
        named = pressed(keys)
    except InvalidBinding:
        return _("a key is missing")
    for key in named:
        *modifiers, last = key.split("+")
        if not set(modifiers) <= _MODIFIERS or not (last in _NAMED or len(format_key(last)) == 1):
            return _("there is no key “{key}”").format(key=key)
        if key in _ARRIVES_AS:
            other = _ARRIVES_AS[key]
            return _("terminals send “{key}” as “{other}”").format(key=key, other=other)
        if "shift" in modifiers and len(last) == 1:
            return _("terminals do not send “{key}”").format(key=key)
    return ""


def _without_clashes(
    keymap: dict[str, str], found: Iterable[Scope], known: Mapping[str, Binding]
) -> list[str]:
    """Take what clashes out of a keymap, what was asked for last first; return the reasons."""
    problems = []
    found = list(found)
    while clash := next(
        ((scope, *one) for scope in found for one in clashes(scope.bindings, keymap)), None
    ):
        scope, key, *both = clash
        asked = list(keymap)
        loser = max((id for id in both if id in keymap), key=asked.index)
        other = known[both[both[0] == loser]]
        why = _("on the screen “{screen}” the key {key} does “{label}” ({id})").format(
            screen=scope.name, key=commands.shown_key(key), label=other.description, id=other.id
        )
        problems.append(_left_out(loser, keymap.pop(loser), why))
    return problems


def _left_out(id: str, keys: str, why: str) -> str:
    return _("{id} = “{keys}” in the settings is left out: {why}.").format(
        id=id, keys=keys, why=why
    )


def written(key: str) -> str:
    """Return a key as one can write it in the settings."""
    sign = format_key(key)
    return sign if len(sign) == 1 and sign.isascii() and sign not in ", " else key


def keys_table(keymap: Mapping[str, str]) -> Table:
    """List what has keys: where, its id, its keys with those of a keymap, and what it does."""
    where: dict[str, list[str]] = {}
    known: dict[str, Binding] = {}
    groups = [(_("Everywhere"), [command.binding for command in EVERYWHERE])]
    groups += [(name, _declared(kind)) for kind, name in screens().items()]
    groups += [(name, _declared(kind)) for kind, name in panes().items()]
    for name, bindings in groups:
        for one in bindings:
            if one.id:
                known.setdefault(one.id, one)
                where.setdefault(one.id, []).append(name)
    rows = tuple(
        (places[0] if len(places) == 1 else _("Lists"), id,
         ",".join(written(key) for key in pressed(keymap.get(id, known[id].key))),
         known[id].description)
        for id, places in where.items()
    )  # fmt: skip
    columns = (Column("where", _("where")), Column("id", _("id")), Column("keys", _("keys")),
               Column("what", _("what it does")))  # fmt: skip
    note = _('Other keys: in settings.toml under [keys], as in "coding.undo" = "u,ctrl+z".')
    return Table(_("Keys"), columns, rows, (note,))
