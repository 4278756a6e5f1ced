"""``qcode freq``: how often each code was found."""

from __future__ import annotations

import click

from qcode.cli import options, output
from qcode.cli.opened import opened
from qcode.cli.output import Output
from qcode.language import _
from qcode.model.filter import Filter


@click.command(help=_("Count who speaks of each code, in how many documents, passages and words."))
@click.option("--rolled", is_flag=True,
              help=_("Passages and words with those of the codes below, united."))  # fmt: skip
@click.option("--by-coder", is_flag=True, help=_("What each coder found, side by side."))
@click.option("--percent", is_flag=True, help=_("Percentages of informants, of few too."))
@options.question
@options.project
@options.output(*options.FORMATS, *output.PICTURES)
@options.filters
def freq(project: str, asked: Filter, to: Output, question: str, **how: bool) -> None:
    from qcode.analysis.picturing import bars
    from qcode.errors import BadInput
    from qcode.model.filter import RECORD
    from qcode.workflows.frequency import Asked, frequency

    if how["by_coder"] and (asked.layer != RECORD or how["percent"]):
        raise BadInput(_("--by-coder shows what each coder found; it goes with neither --layer "
                         "nor --percent"))  # fmt: skip
    with opened(project) as study, study.read() as connection:
        table = frequency(connection, asked, Asked(**how, question=question))
    output.show(table, to, picture=bars)
