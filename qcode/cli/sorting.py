"""``qcode codebook split``, ``piles`` and ``unpile``: splitting a code by its passages."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import click

from qcode.cli import diagnostics, options, output
from qcode.cli.opened import opened, writing
from qcode.cli.output import TERMINAL, Output
from qcode.language import _, counted
from qcode.store import piles as stored
from qcode.workflows import sorting
from qcode.workflows.telling import local_now, stamp, when


def _moves(
    _ctx: click.Context, _parameter: click.Parameter, typed: tuple[str, ...]
) -> tuple[tuple[str, str], ...]:
    """Read what was typed as ADDRESS=CODE; an address holds no equals sign but a name may."""
    read = []
    for text in typed:
        address, equals, name = (part.strip() for part in text.partition("="))
        if not (equals and address and name):
            raise click.BadParameter(
                _("“{text}” is not written ADDRESS=CODE, such as W07:15.2=fear").format(text=text)
            )
        read.append((address, name))
    return tuple(read)


@click.command(help=_("Split a code: make new codes below it, and give them some of its codings. "
                      "What is not moved stays with CODE."))  # fmt: skip
@click.argument("code")
@click.option("--into", multiple=True, metavar="NAME",
              help=_("A code to be made below it; may be given again."))  # fmt: skip
@click.option("--move", "moves", multiple=True, metavar="ADDRESS=NAME", callback=_moves,
              help=_("Give the coding at this address to one of them; may be given again."))  # fmt: skip
@click.option("--from", "file", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE",
              help=_("A CSV or XLSX table of such moves: address, child."))  # fmt: skip
@click.option("--new-meaning/--same-meaning", default=True, help=_("Whether documents finished "
              "before must be looked through again for CODE itself. By default yes."))  # fmt: skip
@options.reason
@options.project
@options.coder
def split(code: str, into: tuple[str, ...], moves: tuple[tuple[str, str], ...], file: Path | None,
          **kept: str | bool) -> None:  # fmt: skip
    if not (into or moves or file):
        raise click.UsageError(_("say into what: --into NAME, --move ADDRESS=NAME or --from FILE"))
    wanted = [*moves, *(sorting.moves_of(file) if file else ())]
    with writing(str(kept["project"]), str(kept["coder"]), stored.SPLIT) as step:
        done = sorting.split_at_once(
            step, code, into, wanted,
            new_meaning=bool(kept["new_meaning"]), reason=str(kept["reason"]),
        )  # fmt: skip
    diagnostics.note(_("{path}: {codes}, {codings}.").format(
        path=done.path,
        codes=counted("{n} new code", "{n} new codes", done.made),
        codings=counted("{n} coding moved", "{n} codings moved", done.moved),
    ))  # fmt: skip


@click.command(help=_("List the codes that were split by sorting their passages, newest first."))
@options.output()
@options.project
def piles(to: Output, project: str) -> None:
    with opened(project) as place, place.read() as connection:
        clock = when if to == TERMINAL else stamp
        output.show(sorting.piles_table(connection, partial(clock, now=local_now())), to)


@click.command(help=_("Undo all of a pile of yours: its passages and codes are as before."))
@click.argument("pile")
@click.option("--redo", is_flag=True, help=_("Do again what was undone of it."))
@options.project
@options.coder
def unpile(pile: str, project: str, coder: str, *, redo: bool) -> None:
    with writing(project, coder, "redo" if redo else "undo") as step:
        found, kept = sorting.unpile(step, pile, undone=not redo)
    steps = counted("{n} step", "{n} steps", len(found.steps) - kept)
    told = (
        _("Done again: {steps} of pile {pile}.") if redo else _("Undone: {steps} of pile {pile}.")
    )
    diagnostics.note(told.format(steps=steps, pile=sorting.number(found)))
    if kept:
        diagnostics.note(counted("{n} step stays: later work stands on it.",
                                 "{n} steps stay: later work stands on them.", kept))  # fmt: skip
