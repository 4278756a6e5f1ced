"""``qcode codebook``: show, bring in, write out and change codes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from qcode.cli import diagnostics, options, output, revision, sorting
from qcode.cli.groups import Listing
from qcode.cli.opened import acting, opened, writing
from qcode.cli.output import Output
from qcode.errors import BadInput
from qcode.language import _, counted
from qcode.model.codebook import Codebook
from qcode.store import backups
from qcode.store import codebook as stored
from qcode.store.project import Step
from qcode.workflows import codebooks, listing, rounds

reason = options.reason


def fields(command: Callable[..., None]) -> Callable[..., None]:
    """Give the fields of a code, empty where they were not typed."""
    for name, help in reversed(_FIELDS):
        command = click.option(f"--{name}", default="", metavar="TEXT", help=help)(command)
    command = click.option("--label", "labels", multiple=True, metavar="TAG=TEXT",
                           help=_("What it is called in a language; may be given again."))(command)  # fmt: skip
    return click.option("--alias", "aliases", multiple=True, metavar="NAME",
                        help=_("Another name it is found by; may be given again."))(command)  # fmt: skip


_FIELDS = (
    ("definition", _("What it stands for.")),
    ("include", _("When it is given.")),
    ("exclude", _("When it is not, and which code is instead.")),
    ("example", _("A typical passage.")),
    ("color", _("Its colour, as #rrggbb.")),
    ("basis", _("Where it comes from.")),
)


@click.group(cls=Listing, otherwise="show", help=_("Show, bring in and change codes."))
def codebook() -> None:
    pass


for command in (revision.review, sorting.split, sorting.piles, sorting.unpile):
    codebook.add_command(command)


@codebook.command(help=_("Show the tree of codes, or one code with all that is said of it."))
@click.argument("code", default="")
@click.option("--language", default="", metavar="TAG", help=_("Labels in this language."))
@click.option("--retired", is_flag=True, help=_("Retired codes too."))
@options.output()
@options.project
def show(code: str, language: str, to: Output, project: str, *, retired: bool) -> None:
    if code:
        options.without_output(to, _("one code is shown as text"))
        if language or retired:
            raise click.UsageError(_("--language and --retired are for the tree of codes"))
    with opened(project) as place, place.read() as connection:
        if code:
            book = stored.read(connection)
            output.lines(codebooks.described(book, book.find(code, retired=True)))
        else:
            output.show(listing.codebook_table(connection, language, retired=retired), to)


@codebook.command("import", help=_("Bring in codes from a TOML, CSV or XLSX file."))
@click.argument("file")
@click.option("--update", is_flag=True, help=_("Write over codes that exist (by their guid)."))
@reason
@options.project
@options.coder
def import_(file: str, reason: str, project: str, coder: str, *, update: bool) -> None:
    book = codebooks.read(file)
    if not book.codes:
        raise BadInput(_("this file holds no codes"), file=file)
    with acting(project, coder) as (place, who):
        backups.back_up_if_filled(place)
        with place.write(who, "import codebook") as step:
            done = codebooks.take(step, book.codes, update=update, reason=reason)
    diagnostics.note(counted("{n} code imported.", "{n} codes imported.", done.added))
    if done.updated:
        diagnostics.note(counted("{n} was updated.", "{n} were updated.", done.updated))
    if done.skipped:
        diagnostics.note(counted("{n} was there already.", "{n} were there already.",
                                 done.skipped))  # fmt: skip


@codebook.command(help=_("Write the codes to FILE (.toml, .csv or .xlsx), or as TOML to the pipe. "
                         "As .docx or .md they are printed for readers: with counts, a typical and "
                         "a borderline passage."))  # fmt: skip
@click.argument("file", required=False, type=click.Path(path_type=Path, dir_okay=False))
@click.option("--to", "-o", "--output", "to", type=click.Path(path_type=Path, dir_okay=False),
              metavar="FILE",
              help=_("The file, also written as FILE alone."))  # fmt: skip
@options.project
def export(file: Path | None, to: Path | None, project: str) -> None:
    if file and to:
        raise click.UsageError(_("name one file"))
    file = file or to
    with opened(project) as place, place.read() as connection:
        data = codebooks.written(connection, file.suffix.casefold() if file else ".toml")
    output.write(data, Output("toml", file))


@contextmanager
def _changing(project: str, coder: str, verb: str) -> Iterator[tuple[Step, Codebook]]:
    with writing(project, coder, verb) as step:
        yield step, stored.read(step.connection)


@codebook.command(help=_("Add a code, under another one or at the top."))
@click.argument("name")
@click.option("--under", default="", metavar="CODE", help=_("The code above it."))
@fields
@reason
@options.project
@options.coder
def add(name: str, under: str, reason: str, project: str, coder: str, **given: Any) -> None:
    with _changing(project, coder, "add code") as (step, _book):
        path = codebooks.add(step, name, under, _typed(given), reason=reason)
    diagnostics.note(_("Added: {path}").format(path=path))


def _typed(given: dict[str, Any]) -> dict[str, Any]:
    found = {name: value for name, value in given.items() if value}
    return found | {"labels": codebooks.labelled(found["labels"])} if "labels" in found else found


@codebook.command(help=_("Make a code that was proposed in a round a code of everyone."))
@click.argument("code")
@reason
@options.project
@options.coder
def accept(code: str, reason: str, project: str, coder: str) -> None:
    with writing(project, coder, "accept code") as step:
        path = rounds.accept(step, code, reason=reason)
    diagnostics.note(_("Everyone's from now on: {path}").format(path=path))


@codebook.command(help=_("Change what is said of a code."))
@click.argument("code")
@fields
@click.option("--new-meaning/--same-meaning", default=False, help=_("Whether documents finished "
              "before must be looked through again. By default not: a typo is no new meaning."))  # fmt: skip
@reason
@options.project
@options.coder
def revise(code: str, reason: str, project: str, coder: str, *, new_meaning: bool, **given: Any,
           ) -> None:  # fmt: skip
    if not (_typed(given) or new_meaning):
        raise click.UsageError(_("say what is to be changed, such as --definition TEXT"))
    with writing(project, coder, "revise code") as step:
        name = codebooks.revise(step, code, _typed(given), new_meaning=new_meaning, reason=reason)
    told = _("Revised, with a new meaning: {name}") if new_meaning else _("Revised: {name}")
    diagnostics.note(told.format(name=name))


@codebook.command(help=_("Give a code another name; what it stands for stays."))
@click.argument("code")
@click.argument("name")
@reason
@options.project
@options.coder
def rename(code: str, name: str, reason: str, project: str, coder: str) -> None:
    with _changing(project, coder, "rename code") as (step, book):
        found = book.find(code)
        stored.rename(step, found.id, name, reason=reason)
    diagnostics.note(_("{old} is called {name} now.").format(old=found.name, name=name))


@codebook.command(help=_("Put a code under another one, at the top, or one place up or down."))
@click.argument("code")
@click.option("--under", default="", metavar="CODE", help=_("The code above it."))
@options.one_of(
    "to", ("top", _("Put it at the top of the tree.")),
    ("up", _("Before the one above it on its level.")),
    ("down", _("Behind the one below it on its level.")),
)  # fmt: skip
@reason
@options.project
@options.coder
def move(code: str, under: str, to: str, reason: str, project: str, coder: str) -> None:
    if bool(to) == bool(under):
        raise click.UsageError(_("say where to: --under CODE, --top, --up or --down"))
    if to in ("up", "down"):
        if reason:
            raise click.UsageError(_("an order has no reason; leave --reason out"))
        with _changing(project, coder, "order codes") as (step, book):
            stored.shift(step, book.find(code).id, 1 if to == "down" else -1)
        return
    with _changing(project, coder, "move code") as (step, book):
        found = book.find(code)
        stored.move(step, found.id, book.find(under).id if under else "", reason=reason)
    diagnostics.note(_("{name} was moved.").format(name=found.name))


@codebook.command(help=_("Let what is coded with CODE count for the code INTO."))
@click.argument("code")
@click.argument("into")
@reason
@options.project
@options.coder
def merge(code: str, into: str, reason: str, project: str, coder: str) -> None:
    with _changing(project, coder, "merge codes") as (step, book):
        old, new = book.find(code), book.find(into)
        held = codebooks.holders(step.connection, old.id)
        stored.merge(step, old.id, new.id, reason=reason)
    diagnostics.note(_("{old} counts for {new} now; “qcode undo” gives it its own back.").format(
        old=book.path(old.id), new=book.path(new.id)))  # fmt: skip
    if held:
        diagnostics.note(_("That is {codings}.").format(codings=held))


@codebook.command(help=_("Stop offering a code; its codings stay and count."))
@click.argument("code")
@reason
@options.project
@options.coder
def retire(code: str, reason: str, project: str, coder: str) -> None:
    with _changing(project, coder, "retire code") as (step, book):
        found = book.find(code)
        stored.retire(step, found.id, reason=reason)
    diagnostics.note(_("{name} is retired; its codings stay and count.").format(name=found.name))


@codebook.command(help=_("Bring back a code that was retired or merged into another."))
@click.argument("code")
@reason
@options.project
@options.coder
def restore(code: str, reason: str, project: str, coder: str) -> None:
    with writing(project, coder, "restore code") as step:
        name = codebooks.restore(step, code, reason=reason)
    diagnostics.note(_("{name} is offered again.").format(name=name))
