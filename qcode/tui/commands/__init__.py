"""Commands of the screens, each declared once: for keys, footer, command palette and help."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from textual.binding import Binding, BindingType
from textual.keys import format_key

from qcode.language import _

MOST_IN_FOOTER = 7


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
    """How its keys are written for a person, if not as they are."""
    listed: bool = True
    """Whether help and command palette name it; others of its kind may stand for it."""

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


def footer(*groups: Iterable[Command]) -> list[tuple[str, str]]:
    """Return the keys of the last line: what is pressed, and a short label."""
    found = [
        (shown_key(command.keys.partition(",")[0]), command.footer)
        for commands in groups
        for command in commands
        if command.footer
    ]
    if len(found) > MOST_IN_FOOTER:
        raise ValueError("the footer has room for seven keys")
    return found


def shown_keys(keys: str) -> str:
    """Return keys as a person reads them: ``enter or c``."""
    return _(" or ").join(shown_key(key) for key in keys.split(","))


def shown_key(key: str) -> str:
    """Return one key as a person reads it."""
    *modifiers, last = key.split("+") if key != "+" else ["+"]
    named = {"pageup": "PgUp", "pagedown": "PgDn", "f1": "F1", "f6": "F6", "escape": "esc"}
    arrows = {"left": "←", "right": "→", "up": "↑", "down": "↓", "enter": "enter"}
    return "+".join((*modifiers, named.get(last) or arrows.get(last) or format_key(last)))


def described(bindings: Sequence[BindingType]) -> list[tuple[str, str]]:
    """Return keys and labels of bindings as a person reads them."""
    return [(shown_keys(one.key), one.description) for one in bindings if isinstance(one, Binding)]
