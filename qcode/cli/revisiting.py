"""``qcode revisit``: documents to go back to, because codes came or changed since."""

from __future__ import annotations

from functools import partial

import click

from qcode.cli import diagnostics, options, output
from qcode.cli.opened import acting, opened, person
from qcode.cli.output import TERMINAL, Output
from qcode.language import _
from qcode.store import codebook
from qcode.store.project import Reader
from qcode.workflows import revisiting
from qcode.workflows.addresses import document_named
from qcode.workflows.revisiting import Visit
from qcode.workflows.telling import local_now, stamp, when


@click.command(help=_("List the documents you have to go back to, because a code is new or means "
                      "something else since you were there."))  # fmt: skip
@click.argument("document", default="", metavar=_("[DOCUMENT]"))
@click.option("--code", "codes", multiple=True, metavar="CODE", help=_("Only this code; may be "
              "given again."))  # fmt: skip
@click.option("--done", is_flag=True, help=_("You looked there for what is listed, and have coded "
              "what you found: record it, so that the document counts."))  # fmt: skip
@options.output()
@options.project
@options.coder
def revisit(
    document: str, codes: tuple[str, ...], to: Output, project: str, coder: str, *, done: bool
) -> None:
    if not done:
        with opened(project) as place, place.read() as connection:
            who = person(place, connection, coder)
            clock = when if to == TERMINAL else stamp
            visits = _wanted(connection, who.id, document, codes)
            table = revisiting.queue_table(visits, who.name, partial(clock, now=local_now()))
        output.show(table, to)
        return
    if not document:
        raise click.UsageError(_("name the document that you looked through"))
    options.without_output(to, _("it is recorded"))
    with acting(project, coder) as (place, id), place.write(id, "look again") as step:
        visits = _wanted(step.connection, id, document, codes)
        revisiting.looked(step, visits)
    diagnostics.note(_("Looked through: {what}; “qcode undo” takes it back.").format(
        what=revisiting.told(visits)))  # fmt: skip


def _wanted(
    connection: Reader, coder: str, document: str, codes: tuple[str, ...]
) -> list[Visit]:  # fmt: skip
    of = document_named(connection, document).id if document else ""
    book = codebook.read(connection)
    only = [book.find(typed).id for typed in codes]
    return revisiting.narrowed(revisiting.queue(connection, coder), of, only)
