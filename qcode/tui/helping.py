"""Lines of the help, from the declarations that also bind the keys."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from textual.binding import BindingType

from qcode.tui import commands
from qcode.tui.commands import Command
from qcode.tui.inspecting import Line

_KEYS = 22


def of_commands(declared: Iterable[Command]) -> Iterator[Line]:
    """Yield a line for each command, and an empty one."""
    for command in declared:
        if not command.listed and commands.keys_of(command.id, "") == "":
            continue
        text = f"{command.label}. {command.help}" if command.help else command.label
        yield row(command.said, text)
    yield Line()


def of_bindings(bound: Sequence[BindingType]) -> Iterator[Line]:
    """Yield a line for each binding of a widget, and an empty one."""
    for keys, label in commands.described(bound):
        yield row(keys, label)
    yield Line()


def row(keys: str, text: str) -> Line:
    """Return what keys do."""
    return Line(text, lead=keys.ljust(_KEYS))
