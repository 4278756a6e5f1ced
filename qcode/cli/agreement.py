"""``qcode agreement`` and ``qcode disagreements``: how far coders agree, and where they do not."""

from __future__ import annotations

from typing import Any

import click

from qcode.cli import options, output
from qcode.cli.opened import opened
from qcode.cli.output import Output
from qcode.language import _
from qcode.model.filter import Filter

UNITS = ("turn", "sentence", "paragraph", "informant", "character")
_chosen = click.option(
    "--coders", multiple=True, metavar="A,B",
    help=_("Which coders to compare. By default all who share documents."),
)  # fmt: skip


@click.command(help=_("Show how far coders agree on each code, in documents that several coded."))
@_chosen
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
@options.project
@options.filters
@options.output()
def agreement(
    coders: tuple[str, ...], project: str, asked: Filter, to: Output, **how: Any
) -> None:  # fmt: skip
    from qcode.workflows.agreement import Measure, agreement, coders_named

    measure = Measure(how["unit"], how["whole"])
    seed = how["seed"] if how["interval"] else None
    with opened(project) as study, study.read() as connection:
        wanted = coders_named(coders, asked)
        table = agreement(connection, wanted, measure, all=how["everything"], seed=seed)
    output.show(table, to)


@click.command(help=_("List the places that coders did not give the same, each with its kind."))
@_chosen
@options.project
@options.filters
@options.output()
def disagreements(coders: tuple[str, ...], project: str, asked: Filter, to: Output) -> None:
    from qcode.workflows.agreement import coders_named, disagreements

    with opened(project) as study, study.read() as connection:
        table = disagreements(connection, coders_named(coders, asked))
    output.show(table, to)
