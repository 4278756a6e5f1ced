"""``qcode progress``: how far each coder is, and what you did, day by day."""

from __future__ import annotations

import click

from qcode.analysis.diary import Day
from qcode.cli import options, output
from qcode.cli.opened import opened, person
from qcode.cli.output import Output
from qcode.errors import BadInput
from qcode.language import _
from qcode.model.filter import Filter
from qcode.workflows import progress as workflow
from qcode.workflows.telling import local_now


@click.command(help=_("Show how far each coder is with each document."))
@click.option("--days", is_flag=True, help=_("What you did yourself, day by day, instead."))
@options.output()
@options.project
@options.coder
@options.whole_documents
def progress(to: Output, project: str, coder: str, asked: Filter, *, days: bool) -> None:
    if days and asked != Filter():
        raise BadInput(_("--days tells of days, whatever was coded; leave the other options out"))
    with opened(project) as place, place.read() as connection:
        if not days:
            output.show(workflow.progress_table(connection, asked), to)
            return
        who = person(place, connection, coder)
        found = workflow.days(connection, who.id, local_now())
        output.show(workflow.days_table(found, who.name, _named), to)


def _named(day: Day) -> str:
    return day.day.isoformat() if day.day else _("in all")
