"""``qcode find``: where words stand in the transcripts."""

from __future__ import annotations

from dataclasses import replace

import click

from qcode.cli import options, output
from qcode.cli.opened import opened
from qcode.cli.output import Output
from qcode.language import _
from qcode.model.filter import FUZZY, LITERAL, REGEX, STEM, WORD, Filter


@click.command(help=_("Look for words in the transcripts, whatever their case. @NAME among them "
                      "stands for a saved search."))  # fmt: skip
@click.argument("words", metavar="TEXT", nargs=-1)
@options.one_of(
    "how", (WORD, _("As whole words.")), (FUZZY, _("Also misspelt, one letter in four.")),
    (STEM, _("Also other words of the same stem: beli, membeli, pembelian.")),
    (REGEX, _("As a regular expression.")),
)  # fmt: skip
@options.project
@options.output()
@options.filters_but(options.NAMED)
def find(words: tuple[str, ...], how: str, project: str, asked: Filter, to: Output) -> None:
    from qcode.workflows.find import find as look_for
    from qcode.workflows.searching import named_among

    if not words:
        raise click.UsageError(
            _("say which words to look for; passages that have a code are listed by “qcode "
              "excerpts --code CODE”, and those with another code too by --and CODE"))  # fmt: skip
    if how and asked.match not in (LITERAL, how):
        raise click.UsageError(_("--match and --{how} say different things").format(how=how))
    with opened(project) as study, study.read() as connection:
        names, words = named_among(connection, words)
        asked = replace(asked, searches=(*asked.searches, *names), match=how or asked.match)
        table = look_for(connection, " ".join(words), asked)
    output.show(table, to)
