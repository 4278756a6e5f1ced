"""``qcode cooccur``: which codes stand together."""

from __future__ import annotations

import click

from qcode.cli import options, output
from qcode.cli.opened import opened
from qcode.cli.output import Output
from qcode.errors import BadInput
from qcode.language import _
from qcode.model.filter import Filter

WAYS = ("overlap", "turn", "near")


@click.command(help=_("List the codes that stand together, given by the same coder."))
@click.option("--by", type=click.Choice(WAYS), default=WAYS[0], show_default=True,
              help=_("What together means: on the same words, in one turn, or near."))  # fmt: skip
@click.option("--words", type=click.IntRange(min=0), metavar="N",
              help=_("With --by near: at most so many words between them."))  # fmt: skip
@click.option("--rolled", is_flag=True, help=_("Each code with the codes below it."))
@click.option("--matrix", is_flag=True, help=_("Every two codes, as a matrix."))
@options.one_of("measure", ("informants", _("Sort by informants; a matrix of informants.")),
                ("jaccard", _("Sort by Jaccard; a matrix of it.")), default="passages")  # fmt: skip
@options.project
@options.output(*options.FORMATS, *output.PICTURES)
@options.filters
def cooccur(
    by: str, words: int | None, measure: str, project: str, asked: Filter, to: Output,
    **how: bool,
) -> None:  # fmt: skip
    from qcode.analysis.cooccurrence.meeting import Way
    from qcode.analysis.picturing import pairs
    from qcode.workflows.cooccurrence import Asked, cooccurrence

    if (by == "near") != (words is not None):
        raise BadInput(_("--by near asks how near, as in --by near --words 20; only it does"))
    drawn = to.format in output.PICTURES  # What is drawn of pairs is the matrix.
    wanted = Asked(Way(by, words or 0), how["rolled"], measure,
                   how["matrix"] or drawn, numbered=drawn or to.format == "table")  # fmt: skip
    with opened(project) as study, study.read() as connection:
        table = cooccurrence(connection, asked, wanted)
    output.show(table, to, picture=pairs)
