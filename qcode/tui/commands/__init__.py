"""Commands of the screens, each declared once: for keys, footer, command palette and help."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextvars import ContextVar
from dataclasses import dataclass
from typing import NamedTuple

from textual.binding import Binding, BindingType
from textual.keys import format_key

from qcode.language import _

MOST_IN_FOOTER = 7

_keymap: ContextVar[Mapping[str, str]] = ContextVar("keymap")
"""The keys that a person gave to ids, for the app that runs in this context."""


def rebind(keymap: Mapping[str, str]) -> None:
    """Let everything that names keys in this context name those of a keymap."""
    _keymap.set(keymap)


def keys_of(id: str | None, keys: str) -> str:
    """Return the keys of an id: as a person gave them, else ``keys``."""
    return _keymap.get({}).get(id or "", keys)


@dataclass(frozen=True, slots=True)
class Command:
    """Something a person can do; ``keys`` are separated by commas, the first one is shown."""

    id: str
    keys: str
    action: str
    label: str
    help: str = ""
    footer: str = ""
    """A short label for the last line of the screen, or nothing."""
    priority: bool = False
    shown: str = ""
    """How its keys are written for a person, if not as they are, while nobody changed them."""
    listed: bool = True
    """Whether help and command palette name it; others of its kind may stand for it."""

    @property
    def said(self) -> str:
        """Its keys as a person reads them."""
        keys = keys_of(self.id, self.keys)
        return self.shown if self.shown and keys == self.keys else shown_keys(keys)

    @property
    def target(self) -> str:
        """Its action as the screen runs it; what can be done everywhere is the app's."""
        return f"app.{self.action}" if self.id.startswith("app.") else self.action

    @property
    def binding(self) -> Binding:
        """The binding of its keys, which a keymap can change by its id."""
        return Binding(
            self.keys, self.action, self.label, show=False, id=self.id, priority=self.priority
        )


def bindings(commands: Iterable[Command]) -> list[BindingType]:
    """Return the bindings of commands."""
    return [command.binding for command in commands]


def actions(commands: Iterable[Command]) -> set[str]:
    """Return the names of what commands do, without their parameters."""
    return {command.action.partition("(")[0] for command in commands}


class Label(NamedTuple):
    """A key in the last line, what it does in a word or two, and the action of a click on it."""

    key: str
    text: str
    action: str = ""


def footer(*groups: Iterable[Command], typing: bool = False) -> list[Label]:
    """Return what stands in the last line; ``typing`` leaves out keys that would be typed."""
    found = [
        Label(key, command.footer, command.target)
        for commands in groups
        for command in commands
        if command.footer and (key := _first_key(command, typing=typing))
    ]
    if len(found) > MOST_IN_FOOTER:
        raise ValueError("the footer has room for seven keys")
    return found


def _first_key(command: Command, *, typing: bool) -> str:
    keys = [shown_key(key) for key in keys_of(command.id, command.keys).split(",")]
    return next((key for key in keys if not typing or len(key) > 1), "")


def shown_keys(keys: str) -> str:
    """Return keys as a person reads them: ``enter or c``."""
    return _(" or ").join(shown_key(key) for key in keys.split(","))


def shown_key(key: str) -> str:
    """Return one key as a person reads it."""
    *modifiers, last = key.split("+") if key != "+" else ["+"]
    named = {"pageup": "PgUp", "pagedown": "PgDn", "escape": "esc"}
    named |= {f"f{number}": f"F{number}" for number in range(1, 25)}
    arrows = {"left": "←", "right": "→", "up": "↑", "down": "↓", "enter": "enter"}
    return "+".join((*modifiers, named.get(last) or arrows.get(last) or format_key(last)))


def described(bindings: Sequence[BindingType]) -> list[tuple[str, str]]:
    """Return keys and labels of bindings as a person reads them."""
    return [
        (shown_keys(keys_of(one.id, one.key)), one.description)
        for one in bindings
        if isinstance(one, Binding)
    ]


def key_of(bindings: Sequence[BindingType], id: str) -> str:
    """Return the first key of the binding of an id, as a person reads it."""
    keys = next(one.key for one in bindings if isinstance(one, Binding) and one.id == id)
    return shown_key(keys_of(id, keys).partition(",")[0])
