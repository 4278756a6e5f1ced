"""The only place that writes to standard output: the data that a command was asked for.

A terminal gets a table laid out to its width; a pipe or a file the same without decoration; other
formats are bytes that go out as they are, but for a terminal, which is shown them made harmless.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import click

from qcode.cli import diagnostics
from qcode.errors import Refused
from qcode.language import _
from qcode.model.figure import Figure
from qcode.model.table import Table
from qcode.system import write_atomically
from qcode.terminal import harmless

if TYPE_CHECKING:
    from qcode.cli.layout import Line

_STYLES: dict[str, dict[str, bool]] = {"title": {"bold": True}, "header": {"bold": True},
                                       "note": {"dim": True}}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Output:
    """Where a result goes and how it is written; without a file, to standard output."""

    format: str = "table"
    file: Path | None = None
    excel: bool = False
    """Whether CSV is written as Excel opens it where the decimal sign is a comma."""


TERMINAL = Output()
_AT_A_TIME = 500
PICTURES = ("svg", "png", "pdf")


def show(
    table: Table, to: Output = TERMINAL, *, bars: Collection[str] = (),
    picture: Callable[[Table], Figure] | None = None,
) -> None:  # fmt: skip
    """Write a table; ``bars`` names the keys of columns whose shares get a bar in a terminal.

    ``picture`` is what is drawn of it where the format is one of pictures.
    """
    if picture and to.format in PICTURES:
        from qcode.formats import figures

        write(figures.render(picture(table), to.format), to)
        return
    if to.format != "table":
        from qcode.formats.tabular import render

        write(render(table, to.format), to)
        return
    from qcode.cli.layout import lay_out

    if to.file:
        lines = "".join(f"{line.text}\n" for line in lay_out(table))
        write(lines.encode(), to)
        return
    in_terminal = sys.stdout.isatty()
    width = shutil.get_terminal_size().columns if in_terminal else None
    styled = in_terminal and not os.environ.get("NO_COLOR")
    drawn = lay_out(table, width, bars)
    _echo(_styled(line) if styled else line.text for line in drawn)


def write(data: bytes, to: Output = TERMINAL) -> None:
    """Write bytes to the file of an Output, whole or not at all, or to standard output."""
    if to.excel and to.format == "csv":
        from qcode.formats.tabular.cells import for_excel

        data = for_excel(data)
    if to.file:
        told = _("Written over: {file}") if to.file.exists() else _("Written: {file}")
        write_atomically(to.file, data)
        diagnostics.note(told.format(file=to.file))
        return
    diagnostics.done_waiting()
    if sys.stdout.isatty():
        click.echo(harmless(_text(data, to.format)), nl=False)
    else:
        sys.stdout.buffer.write(data)


def lines(texts: Iterable[str]) -> None:
    """Write lines of text to standard output."""
    _echo(map(harmless, texts))


def _echo(texts: Iterable[str]) -> None:
    """Write lines many at a time, since each writing goes to the system at once."""
    diagnostics.done_waiting()
    rest = iter(texts)
    while some := list(islice(rest, _AT_A_TIME)):
        click.echo("\n".join(some))


def _styled(line: Line) -> str:
    style = _STYLES.get(line.part)
    return click.style(line.text, **style) if style else line.text


def _text(data: bytes, format: str) -> str:
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        raise Refused(
            _("{format} is not for a terminal; add -o FILE").format(format=format)
        ) from error
