"""``qcode narrative``: the story of a case, from its passages and the researcher's sentences."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from qcode.cli import diagnostics, options, output
from qcode.cli.groups import Listing
from qcode.cli.opened import opened, writing
from qcode.cli.output import Output
from qcode.errors import Refused
from qcode.language import _, counted
from qcode.model.filter import Filter

if TYPE_CHECKING:
    from qcode.model.narrative import Story
    from qcode.store.project import Reader

case = click.argument("case")
number = click.argument("number", type=int)
text = click.argument("text")
after = click.option("--after", type=int, default=None, metavar="NUMBER",
                     help=_("Behind this piece; 0 before all. By default at the end."))  # fmt: skip


@click.group(cls=Listing, otherwise="show", named="show",
             help=_("Tell the story of a case: “qcode narrative CASE” prints it. Pieces are named "
                    "by their numbers, which “pieces” lists."))  # fmt: skip
def narrative() -> None:
    pass


@narrative.command(help=_("Print the story of a case, with what may be quoted; without CASE, list "
                          "who has one."))  # fmt: skip
@click.argument("case", default="")
@click.option("--outline", is_flag=True, help=_("Print an outline to begin with instead: the "
              "passages, all or those that further options choose, in order of time below the "
              "codebook's first level."))  # fmt: skip
@click.option("--all", "everyone", is_flag=True, help=_("Every story, or those of the cases that "
              "--case and --where choose; with --to FOLDER."))  # fmt: skip
@click.option("--to", "folder", type=click.Path(file_okay=False, path_type=Path),
              metavar="FOLDER", help=_("With --all: a file for each case."))  # fmt: skip
@options.project
@options.output("markdown", "docx", "html", "txt", folder="folder")
@options.filters
def show(
    case: str, project: str, asked: Filter, to: Output, folder: Path | None, *, outline: bool,
    everyone: bool,
) -> None:  # fmt: skip
    from qcode.formats.narrative import write
    from qcode.workflows.stories import stories_table

    if case.startswith(options.NAMED):
        asked, case = (
            replace(asked, searches=(case.removeprefix(options.NAMED), *asked.searches)),
            "",
        )
    if everyone != bool(folder) or (everyone and (case or outline or to.file)):
        raise click.UsageError(_("--all --to FOLDER writes every story; else name one case"))
    _of_one(case or str(folder or ""), to, outline=outline)
    if folder:
        _write_all(project, asked, folder, to.format)
        return
    with opened(project) as study, study.read() as connection:
        if not case:
            output.show(stories_table(connection, asked))
            return
        told = _told(connection, case, asked, outline=outline)
    if not told.pieces:
        diagnostics.note(_("{case} has no story yet: “qcode narrative {case} --outline” shows one to "
                           "begin with, “qcode narrative outline {case}” keeps it.").format(
            case=told.title))  # fmt: skip
    for note in told.notes:
        diagnostics.note(note)
    output.write(write(told, to.format), to)


def _of_one(named: str, to: Output, *, outline: bool) -> None:
    """Refuse what is about one story where none is named and all are listed."""
    if not named:
        options.without_output(to, _("without CASE the stories are listed"))
    if outline and not named:
        raise click.UsageError(_("--outline is of one case: name it"))


def _told(connection: Reader, case: str, asked: Filter, *, outline: bool) -> Story:
    from qcode.workflows import narrative as workflow
    from qcode.workflows.people import case_named

    found = case_named(connection, case)
    if outline:
        return workflow.outlined(connection, found, asked)
    if asked != Filter():
        raise Refused(_("a story has the pieces that were put into it; these options choose the "
                        "passages of an outline: add --outline"))  # fmt: skip
    return workflow.story(connection, found)


def _write_all(project: str, asked: Filter, folder: Path, format: str) -> None:
    from qcode.formats.narrative import SUFFIXES, write
    from qcode.workflows.stories import file_names, stories

    with opened(project) as study, study.read() as connection:
        told = list(stories(connection, asked))
    names = file_names([one for one, _story in told])
    for one, story in told:
        for note in story.notes:
            diagnostics.note(f"{one.name}: {note}")
        file = folder / f"{names[one.id]}{SUFFIXES[format]}"
        folder.mkdir(parents=True, exist_ok=True)
        output.write(write(story, format), Output(format, file))
    if not told:
        diagnostics.note(_("No case has a story yet."))


@narrative.command(help=_("List the pieces of a story with their numbers."))
@case
@options.project
@options.output()
def pieces(case: str, project: str, to: Output) -> None:
    from qcode.workflows.people import case_named
    from qcode.workflows.stories import pieces_table

    with opened(project) as study, study.read() as connection:
        table = pieces_table(connection, case_named(connection, case))
    output.show(table, to)


@narrative.command(help=_("Write the outline as the story of a case that has none yet: its "
                          "passages, all or those that the options choose."))  # fmt: skip
@case
@options.project
@options.coder
@options.filters_but("--coder", "--case", "--where")
def outline(case: str, project: str, coder: str, asked: Filter) -> None:
    from qcode.workflows import composing
    from qcode.workflows.people import case_named

    with writing(project, coder, "outline story") as step:
        number = composing.begin(step, case_named(step.connection, case), asked)
    diagnostics.note(counted("The story has {n} piece.", "The story has {n} pieces.", number))


@narrative.command("add-heading", help=_("Put a heading into a story."))
@case
@text
@after
@options.project
@options.coder
def add_heading(case: str, text: str, after: int | None, project: str, coder: str) -> None:
    from qcode.model.narrative import HEADING

    _put(project, coder, case, HEADING, text, after)


@narrative.command(help=_("Put a sentence of yours into a story; - reads TEXT from the pipe."))
@case
@text
@after
@options.project
@options.coder
def say(case: str, text: str, after: int | None, project: str, coder: str) -> None:
    from qcode.model.narrative import SENTENCE

    _put(project, coder, case, SENTENCE, sys.stdin.read() if text == "-" else text, after)


def _put(
    project: str, coder: str, case: str, kind: str, text: str, behind: int | None
) -> None:  # fmt: skip
    from qcode.store.narratives import NewPiece
    from qcode.workflows import composing
    from qcode.workflows.people import case_named

    with writing(project, coder, "tell") as step:
        found = case_named(step.connection, case)
        where = composing.after(step.connection, found, behind)
        composing.put(step, found, NewPiece(kind, text), where)
    diagnostics.note(_("Written into the story of {case}.").format(case=found.name))


@narrative.command(help=_("Put passages into a story; an address is typed as “qcode codings list” "
                          "prints it, such as W07:15.2."))  # fmt: skip
@case
@click.argument("addresses", metavar="ADDRESS...", nargs=-1, required=True)
@after
@options.project
@options.coder
def drop(
    case: str, addresses: tuple[str, ...], after: int | None, project: str, coder: str
) -> None:  # fmt: skip
    from qcode.workflows import composing
    from qcode.workflows.people import case_named

    with writing(project, coder, "drop passage") as step:
        found = case_named(step.connection, case)
        where = composing.after(step.connection, found, after)
        for address in addresses:
            where = composing.drop(step, found, address, where)
    diagnostics.note(_("Written into the story of {case}.").format(case=found.name))


@narrative.command(help=_("Give the piece with this number another one."))
@case
@number
@click.argument("to", type=int)
@options.project
@options.coder
def move(case: str, number: int, to: int, project: str, coder: str) -> None:
    from qcode.workflows import composing
    from qcode.workflows.people import case_named

    with writing(project, coder, "move piece") as step:
        composing.move(step, case_named(step.connection, case), number, to)
    diagnostics.note(_("Piece {number} is now piece {to}.").format(number=number, to=to))


@narrative.command(help=_("Write a heading or sentence anew; - reads TEXT from the pipe."))
@case
@number
@text
@options.project
@options.coder
def rewrite(case: str, number: int, text: str, project: str, coder: str) -> None:
    from qcode.workflows import composing
    from qcode.workflows.people import case_named

    text = sys.stdin.read() if text == "-" else text
    with writing(project, coder, "rewrite piece") as step:
        composing.rewrite(step, case_named(step.connection, case), number, text)
    diagnostics.note(_("Piece {number} is written anew.").format(number=number))


@narrative.command(help=_("Take pieces out of a story; passages stay coded."))
@case
@click.argument("numbers", metavar="NUMBER...", type=int, nargs=-1, required=True)
@options.project
@options.coder
def remove(case: str, numbers: tuple[int, ...], project: str, coder: str) -> None:
    from qcode.workflows import composing
    from qcode.workflows.people import case_named

    with writing(project, coder, "remove piece") as step:
        taken = composing.remove(step, case_named(step.connection, case), numbers)
    diagnostics.note(counted("{n} piece taken out.", "{n} pieces taken out.", taken))
