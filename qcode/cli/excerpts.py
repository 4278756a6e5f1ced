"""``qcode excerpts``: quotations with what is needed to cite them."""

from __future__ import annotations

import functools
from typing import Any

import click

from qcode.analysis.referring import PRIVACY
from qcode.cli import diagnostics, options, output
from qcode.cli.opened import opened
from qcode.cli.options import Command, R
from qcode.cli.output import Output
from qcode.language import _
from qcode.model.excerpt import Manner
from qcode.model.filter import Filter

_OPTIONS = (
    click.option(
        "--group", default="", metavar="code|theme|case|ATTRIBUTE",
        help=_("Under headings: codes, themes, cases, or the values of an attribute."),
    ),
    click.option("--key", is_flag=True,
                 help=_("Only key quotations: with a role, or flagged as one.")),
    click.option("--translation", "language", default="", metavar="LANGUAGE",
                 help=_("With the translations into this language, such as en.")),
    click.option("--context", type=click.IntRange(0, 20), default=0, metavar="N",
                 help=_("With N sentences before and after, as far as they may be shown.")),
    click.option("--privacy", type=click.Choice(PRIVACY),
                 help=_("The most that a reference says: the case; its role; the village; gender "
                        "and age band. By default all, as far as three share them.")),
    click.option("--ref", multiple=True, metavar="ATTRIBUTE",
                 help=_("Cite with this attribute, whoever shares it.")),
    click.option("--memos", is_flag=True,
                 help=_("With the coders' memos, which nobody released: not for others' eyes.")),
    click.option("--bystanders", is_flag=True,
                 help=_("With words of people who are no case of the study, cited as somebody "
                        "else: nobody asked them.")),
)  # fmt: skip
_FIELDS = ("group", "key", "language", "context", "privacy", "ref", "memos", "bystanders")


def manner(command: Command[..., R]) -> Command[..., R]:
    """Give ``manner``: how excerpts are wanted, with names as typed."""

    @functools.wraps(command)
    def with_manner(*args: Any, **kwargs: Any) -> R:
        wanted = Manner(**{field: kwargs.pop(field) or getattr(Manner(), field)
                           for field in _FIELDS})  # fmt: skip
        return command(*args, manner=wanted, **kwargs)

    for option in reversed(_OPTIONS):
        with_manner = option(with_manner)
    return with_manner


@click.command(help=_("Write out the passages that may be quoted, with who says it and where."))
@manner
@options.project
@options.output("markdown", "csv", "xlsx", "docx", "html", "latex", "json")
@options.filters
def excerpts(manner: Manner, project: str, asked: Filter, to: Output) -> None:
    from qcode.formats.excerpts import write
    from qcode.workflows.excerpts import excerpts as quoted

    with opened(project) as study, study.read() as connection:
        found = quoted(connection, asked, manner)
    nothing = _("0 excerpts: no passage fits, or none that does may be quoted")
    notes = found.notes if found.excerpts else (*found.notes, nothing)
    for note in notes:
        diagnostics.note(note)
    data = write(found.excerpts, to.format, title=found.title, notes=notes,
                 groups=found.groups, notice=found.notice,
                 language=found.language)  # fmt: skip
    output.write(data, to)
