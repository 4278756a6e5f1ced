"""``qcode history``, ``undo`` and ``redo``."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import click

from qcode.cli import diagnostics, options, output
from qcode.cli.opened import opened
from qcode.cli.output import TERMINAL, Output
from qcode.language import _
from qcode.model.change import Step
from qcode.model.naming import chosen
from qcode.store import coders
from qcode.store import history as stored
from qcode.store.project import Project
from qcode.workflows.addresses import document_named
from qcode.workflows.history import history_table, told_with_codes
from qcode.workflows.telling import local_now, stamp, when


@click.command(help=_("Show what was done, by whom, when; newest first."))
@click.option("--document", default="", metavar="NAME", help=_("Only what concerns it."))
@click.option("--by", "--coder", "by", default="", metavar="CODER", help=_("Only by this coder."))
@click.option("-n", "most", default=20, show_default=True, type=click.IntRange(min=0),
              help=_("How many steps; 0 for all."))  # fmt: skip
@options.output()
@options.project
def history(document: str, by: str, most: int, to: Output, project: str) -> None:
    with opened(project) as place, place.read() as connection:
        of = document_named(connection, document, retired=True).id if document else ""
        known = {one.name: one.id for one in coders.listed(connection)}
        who = chosen(by, known, _("coder")) if by else ""
        steps = stored.steps(connection, most=most, coder=who, document=of)
        clock = when if to == TERMINAL else stamp
        output.show(history_table(connection, steps, partial(clock, now=local_now())), to)


@click.command(help=_("Undo your last step in this copy of the project."))
@options.project
@options.coder
def undo(project: str, coder: str) -> None:  # noqa: ARG001 - as whom the project is opened
    with opened(project) as place:
        done = _turned(place, stored.undo)
    _tell(done, _("Undone: {what}, {when}"), _("There is nothing of yours to undo here."))


@click.command(help=_("Do again what you undid last."))
@options.project
@options.coder
def redo(project: str, coder: str) -> None:  # noqa: ARG001 - as whom the project is opened
    with opened(project) as place:
        done = _turned(place, stored.redo)
    _tell(done, _("Done again: {what}, {when}"), _("There is nothing of yours to do again."))


def _turned(place: Project, turn: Callable[[Project, str], Step | None]) -> tuple[str, int] | None:
    """Turn the last step of a coder, and return what it did and when, in milliseconds.

    Who has not joined has done nothing.
    """
    done = turn(place, place.viewer) if place.viewer else None
    if done is None:
        return None
    with place.read() as connection:
        return told_with_codes(connection, done), done.at


def _tell(done: tuple[str, int] | None, told_as: str, nothing: str) -> None:
    if done is None:
        diagnostics.note(nothing)
    else:
        what, at = done
        diagnostics.note(told_as.format(what=what, when=when(at, local_now())))
