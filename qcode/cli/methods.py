"""``qcode methods``: paragraphs for a section on methods, of what the log shows."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from qcode.cli import options, output
from qcode.cli.opened import opened
from qcode.cli.output import Output
from qcode.language import _
from qcode.model.methods import LANGUAGES


@click.command(help=_("Write paragraphs for a section on methods: only what the log shows, with "
                      "[blanks] for what only you know."))  # fmt: skip
@click.option("--language", type=click.Choice(LANGUAGES), default=LANGUAGES[0], show_default=True,
              help=_("The language of the paragraphs."))  # fmt: skip
@click.option("-o", "--output", "file", type=click.Path(dir_okay=False, path_type=Path),
              metavar="FILE", help=_("A .docx or .md file instead of the terminal."))  # fmt: skip
@options.project
def methods(language: str, file: Path | None, project: str) -> None:
    from qcode.analysis.methods import telling
    from qcode.formats.methods import write
    from qcode.store.project import about
    from qcode.workflows.methods import facts

    with opened(project) as study, study.read() as connection:
        found, notice = facts(connection, day), about(connection).get("notice", "")
    title, paragraphs = telling.title(language), telling.paragraphs(found, language)
    if file:
        output.write(write(title, paragraphs, file.suffix.lower(), notice), Output("docx", file))
    else:
        said = (*([notice] if notice else []), *paragraphs)
        output.lines(line for one in said for line in (one, ""))


def day(at: int) -> str:
    return f"{datetime.fromtimestamp(at / 1000).astimezone():%Y-%m-%d}"
