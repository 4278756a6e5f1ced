"""The only place that writes to standard error: what qcode says beside its data.

Standard output is data, so that a pipe gets nothing else; everything said to a person goes here.
Texts are made harmless and are never read as markup.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click

from qcode.errors import Refused
from qcode.language import _, counted
from qcode.terminal import harmless


def error(message: str) -> None:
    """Say why a command did not do what was asked."""
    _say(_("Error: {message}").format(message=message), fg="red")


def warning(message: str) -> None:
    """Say what a person should look at, though the command went on."""
    _say(_("Warning: {message}").format(message=message), fg="yellow")


def note(message: str) -> None:
    """Say what was done, or what to know about it."""
    _say(message)


def _say(message: str, fg: str | None = None) -> None:
    text = harmless(message)
    first, colon, rest = text.partition(":")
    if fg and colon:
        text = click.style(first + colon, fg=fg, bold=True) + rest
    click.echo(text, err=True, color=False if os.environ.get("NO_COLOR") else None)


@contextmanager
def progress(label: str, total: int) -> Iterator[Callable[[int], None]]:
    """Show a bar for long work; yield what is called with each number of steps done.

    Silent where standard error is no terminal.
    """
    if not sys.stderr.isatty() or total <= 0:
        yield lambda _steps: None
        return
    with click.progressbar(length=total, label=harmless(label), file=sys.stderr) as bar:
        yield bar.update


def someone_answers() -> bool:
    """Tell whether there is a person to ask: both ends are a terminal."""
    return sys.stdin.isatty() and sys.stderr.isatty()


def confirm(question: str, *, yes: bool = False) -> None:
    """Go on only where a person agrees, or said ``--yes`` beforehand; else raise Refused."""
    if yes:
        return
    if not someone_answers():
        raise Refused(
            _("{question} There is nobody to ask here; add --yes if so.").format(question=question)
        )
    if not click.confirm(harmless(question), err=True):
        raise Refused(_("Nothing was changed."))


def ask(question: str, default: str) -> str:
    """Return what a person answers; where there is nobody to ask, the default."""
    if not someone_answers():
        return default
    answer: str = click.prompt(harmless(question), default=default, err=True)
    return answer


def known(updated: int, skipped: int) -> None:
    """Say how many rows of an import were there before: written over, and left as they were."""
    if updated:
        note(counted("{n} was updated.", "{n} were updated.", updated))
    if skipped:
        note(counted("{n} was there already; --update writes over it.",
                     "{n} were there already; --update writes over them.", skipped))  # fmt: skip
