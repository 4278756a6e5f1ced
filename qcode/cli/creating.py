"""``qcode init``, ``qcode demo`` and ``qcode`` alone: coming to a project."""

from __future__ import annotations

import os
import sys
from contextlib import ExitStack, closing
from pathlib import Path

import click

from qcode import settings
from qcode.analysis.frequency import frequency
from qcode.cli import diagnostics, options, output
from qcode.cli.opened import coder_was_typed, opened, remember, remember_typed
from qcode.errors import BadInput
from qcode.language import _, counted
from qcode.model.filter import Filter
from qcode.model.project import APPROACHES
from qcode.store.coders import lend
from qcode.store.dialect import shown
from qcode.store.opening import create
from qcode.system import private_folder
from qcode.workflows import codebooks, counting, listing, plain_import

SAMPLE = "three-villages"
SAMPLE_CODER = "sari"
"""Whose codings the sample opens with, where nobody says who is looking."""
FIRST = "W01"


def _language(_context: click.Context, _option: click.Parameter, typed: str) -> str:
    code = typed.strip().casefold()
    if code and not (code.isascii() and code.isalpha() and len(code) in (2, 3)):
        raise BadInput(
            _("a language is named by two or three letters, as id or en, not “{typed}”").format(
                typed=typed
            )
        )
    return code


@click.command(help=_("Make an empty project NAME.qcode in this folder."))
@click.argument("name")
@click.option(
    "--codebook",
    default="",
    metavar="FILE",
    help=_("A codebook to start with: a file, or village-ecommerce or business-networks."),
)
@click.option("--approach", type=click.Choice(APPROACHES), default=APPROACHES[0],
              show_default=True, help=_("How the study works with codes."))  # fmt: skip
@click.option("--language", default="", metavar="CODE", callback=_language,
              help=_("The language of the interviews, as id or en: for stems of words, pages for "
                     "participants and the tables of a thesis."))  # fmt: skip
@options.project_as_typed
@options.coder
def init(
    name: str, codebook: str, approach: str, language: str, project: str, coder: str
) -> None:  # fmt: skip
    place = project or _file_named(name)
    book = codebooks.read(codebook) if codebook else None
    title = Path(name).name.removesuffix(settings.PROJECT_SUFFIX)
    made, who = create(place, title, coder=coder, approach=approach, language=language)
    with closing(made):
        if book:
            with made.write(who, "import codebook") as step:
                codebooks.take(step, book.codes)
    remember(coder)
    diagnostics.note(
        _("Made: {place}. You code as {coder}.").format(place=shown(place), coder=coder)
    )
    if book:
        diagnostics.note(counted("The codebook has {n} code.", "The codebook has {n} codes.",
                                 len(book.codes)))  # fmt: skip
        diagnostics.note(_("Next: qcode import FOLDER brings in your transcripts."))
    else:
        diagnostics.note(_("Next: qcode codebook import FILE brings in a codebook, qcode import "
                           "FOLDER your transcripts."))  # fmt: skip


def _file_named(name: str) -> str:
    if not name.strip() or name != name.strip() or Path(name).name != name:
        raise BadInput(_("“{name}” cannot be the name of a project").format(name=name))
    return name if name.endswith(settings.PROJECT_SUFFIX) else name + settings.PROJECT_SUFFIX


@click.command(help=_("Open a copy of the sample project, three invented villages, in DIR."))
@click.argument("folder", metavar="[DIR]", default="qcode-demo", type=click.Path(path_type=Path))
@options.coder
def demo(folder: Path, coder: str) -> None:
    place = folder / f"{SAMPLE}{settings.PROJECT_SUFFIX}"
    who = coder if coder_was_typed() or os.environ.get("QCODE_CODER") else SAMPLE_CODER
    if not place.exists():
        _copy_sample(place, who)
        diagnostics.note(_("Made: {place}, with invented interviews. You look at them as {coder}; "
                           "--coder NAME makes it yours.").format(place=place, coder=who))  # fmt: skip
    enter(str(place), who, FIRST)


def _copy_sample(place: Path, coder: str) -> None:
    sample = plain_import.read(settings.shipped("projects") / SAMPLE)
    about = sample.project
    private_folder(place.parent)
    with ExitStack() as undoing:
        project, who = create(str(place), about.name, coder=coder, approach=about.approach,
                              notice=about.notice, language=about.language)  # fmt: skip
        undoing.callback(place.unlink)
        with closing(project):
            with project.write(who, "import") as step:
                plain_import.store(step, sample)
            lend(project, who)
        undoing.pop_all()


@click.command(help=_("Open the project of this folder."))
@options.project
@options.coder
def home(project: str, coder: str) -> None:
    enter(project, coder)


def in_terminal() -> bool:
    """Tell whether a screen can be shown."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def enter(place: str, coder: str, document: str = "") -> None:
    """Open a project, or a document of it, on the screen; without a terminal, print its tables."""
    if in_terminal():
        from qcode.tui.app import run

        remember_typed(coder)
        if told := run(place, coder, document, asked=bool(options.coder_asked())):
            diagnostics.note(told)
        return
    with opened(place) as project, project.read() as connection:
        output.show(listing.documents_table(connection))
        output.lines([""])
        output.show(frequency(counting.layer_of(connection, Filter())))
