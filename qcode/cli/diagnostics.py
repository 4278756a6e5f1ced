"""The only place that writes to standard error: what qcode says beside its data.

Standard output is data, so that a pipe gets nothing else; everything said to a person goes here.
Texts are made harmless and are never read as markup.
"""

from __future__ import annotations

import os
import sys
import threading
import time
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
    done_waiting()
    text = harmless(message)
    first, colon, rest = text.partition(":")
    if fg and colon:
        text = click.style(first + colon, fg=fg, bold=True) + rest
    click.echo(text, err=True, color=False if os.environ.get("NO_COLOR") else None)


_PATIENCE = 2.0
"""Seconds after which somebody who waits is told that work goes on."""
_told: list[tuple[threading.Event, threading.Thread]] = []
"""Who tells it, and what ends that; nobody, or one."""


@contextmanager
def waiting() -> Iterator[None]:
    """Tell a person at a terminal how long work has been going on, until there is something to show.

    Nothing else may be written to it meanwhile before ``done_waiting``.
    """
    if not sys.stderr.isatty():
        yield
        return
    over = threading.Event()
    teller = threading.Thread(target=_tell_waiting, args=(over,), daemon=True)
    _told.append((over, teller))
    teller.start()
    try:
        yield
    finally:
        done_waiting()


def done_waiting() -> None:
    """Take away what ``waiting`` told."""
    while _told:
        over, teller = _told.pop()
        over.set()
        teller.join()


def _tell_waiting(over: threading.Event) -> None:
    began, width = time.monotonic(), 0
    while not over.wait(1.0 if width else _PATIENCE):
        text = _("working, {n} s; ctrl+c stops it").format(n=round(time.monotonic() - began))
        width = max(width, len(text))
        click.echo(f"\r{text}", err=True, nl=False)
    if width:
        click.echo(f"\r{' ' * width}\r", err=True, nl=False)


@contextmanager
def progress(label: str, total: int) -> Iterator[Callable[[int], None]]:
    """Show a bar for long work; yield what is called with each number of steps done.

    Silent where standard error is no terminal.
    """
    done_waiting()
    if not sys.stderr.isatty() or total <= 0:
        yield lambda _steps: None
        return
    with click.progressbar(length=total, label=harmless(label), file=sys.stderr) as bar:
        yield bar.update


def someone_answers() -> bool:
    """Tell whether there is a person to ask: both ends are a terminal."""
    done_waiting()
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
