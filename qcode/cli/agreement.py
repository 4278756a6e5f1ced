"""``qcode agreement`` and ``qcode disagreements``: how far coders agree, and where they do not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from qcode.cli import given, options, output
from qcode.cli.opened import opened
from qcode.cli.output import Output
from qcode.errors import BadInput
from qcode.language import _
from qcode.model.filter import Filter

if TYPE_CHECKING:
    from qcode.model.table import Table
    from qcode.store.project import Reader

VIEWS = ("pair", "coder", "document", "confusion")
UNITS = ("turn", "sentence", "paragraph", "informant", "character")
chosen_coders = click.option(
    "--coders", multiple=True, metavar="A,B",
    help=_("Which coders to compare. By default all who share documents."),
)  # fmt: skip


within_round = click.option(
    "--round", "within", default="", metavar="NAME",
    help=_("Only this round: its documents and coders, with its codebook."),
)  # fmt: skip


@click.command(help=_("Show how far coders agree on each code, in documents that several coded."))
@chosen_coders
@within_round
@click.option(
    "--all", "everything", is_flag=True,
    help=_("Add further coefficients, codes with those below them, and sets of codes."),
)  # fmt: skip
@click.option(
    "--unit", type=click.Choice(UNITS), default=UNITS[0], show_default=True,
    help=_("What is marked or not, for the first alpha."),
)  # fmt: skip
@click.option(
    "--whole-text", "whole", is_flag=True,
    help=_("Compare the whole text, interviewers and labels too, as NVivo does."),
)  # fmt: skip
@click.option(
    "--interval/--no-interval", default=True, show_default=True,
    help=_("Draw documents again for the interval of the first alpha."),
)  # fmt: skip
@click.option("--seed", type=int, default=1, show_default=True,
              help=_("With which number the drawing starts."))  # fmt: skip
@click.option(
    "--by", type=click.Choice(VIEWS),
    help=_("Instead of each code: each two coders, what each coder does, each document with what "
           "it weighs, or the codes taken for one another."),
)  # fmt: skip
@click.option("--hide-names", "hide", is_flag=True, help=_("Put A, B, … for the coders' names."))
@click.option("--after", is_flag=True,
              help=_("Set what coders gave beside the same with what was settled since."))  # fmt: skip
@click.option("--against-consensus", "against", is_flag=True,
              help=_("Compare each coder with the consensus instead."))  # fmt: skip
@options.project
@options.output()
@options.filters
def agreement(
    coders: tuple[str, ...], project: str, asked: Filter, to: Output, **how: Any
) -> None:  # fmt: skip
    from qcode.workflows.agreement import coders_named

    with opened(project) as study, study.read() as connection:
        table = _figures(connection, coders_named(coders, asked), how)
    output.show(table, to)


def _figures(connection: Reader, wanted: Filter, how: dict[str, Any]) -> Table:
    from qcode.workflows import discussing
    from qcode.workflows.agreement import Measure, agreement, agreement_by

    measure = Measure(how["unit"], how["whole"], how["within"])
    _refuse_strangers(how)
    if how["by"]:
        return agreement_by(connection, wanted, measure, how["by"], hide=how["hide"])
    if how["after"]:
        return discussing.before_and_after(connection, wanted, measure)
    if how["against"]:
        return discussing.against_consensus(connection, wanted)
    seed = how["seed"] if how["interval"] else None
    return agreement(
        connection, wanted, measure, all=how["everything"], seed=seed, hide=how["hide"]
    )


def _refuse_strangers(how: dict[str, Any]) -> None:
    """Refuse options that say nothing of the table that was asked for."""
    tables = sum(map(bool, (how["after"], how["against"], how["by"])))
    if tables > 1:
        raise BadInput(
            _("--after, --against-consensus and --by are tables of their own; ask for one of them")
        )
    if tables and how["everything"]:
        raise BadInput(_("--all adds to the figures of codes; --by, --after and --against-consensus "
                         "are tables of their own"))  # fmt: skip
    if tables:
        given.refuse(_("only the figures of codes have an interval"), "interval", "seed")
    elif not how["interval"]:
        given.refuse(_("no interval is drawn"), "seed")
    if how["against"] and (how["unit"] != UNITS[0] or how["whole"] or how["within"]):
        raise BadInput(_("--against-consensus has no --unit, --whole-text or --round of its own"))
    if how["hide"] and (how["after"] or how["against"]):
        raise BadInput(_("--hide-names is for the figures of codes, and for --by"))


@click.command(help=_("List the places that coders did not give the same, each with its kind."))
@chosen_coders
@within_round
@options.project
@options.output()
@options.filters
def disagreements(
    coders: tuple[str, ...], within: str, project: str, asked: Filter, to: Output
) -> None:  # fmt: skip
    from qcode.workflows.agreement import coders_named, disagreements

    with opened(project) as study, study.read() as connection:
        table = disagreements(connection, coders_named(coders, asked), within)
    output.show(table, to)
