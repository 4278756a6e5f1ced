"""``qcode memos``: notes on anything."""

from __future__ import annotations

import sys

import click

from qcode.cli import diagnostics, options, output
from qcode.cli.groups import Listing
from qcode.cli.opened import opened, writing
from qcode.cli.output import Output
from qcode.errors import Refused
from qcode.language import _
from qcode.model.filter import Filter
from qcode.model.span import Span
from qcode.store import memos as stored
from qcode.workflows import listing, noting
from qcode.workflows.noting import Subject


@click.group(cls=Listing, help=_("List, write and change memos."))
def memos() -> None:
    pass


@memos.command("list", help=_("List the memos, oldest first: all, or those on documents, cases and "
                              "codes, and on passages and codings of them."))  # fmt: skip
@options.output()
@options.project
@options.filters_of("--code", "--document", "--kind", "--case", "--where")
def list_(to: Output, project: str, asked: Filter) -> None:
    with opened(project) as place, place.read() as connection:
        some = noting.chosen(connection, asked)
        output.show(listing.memos_table(connection, some), to)


@memos.command(help=_("Write a memo on the project, or on what an option names; - reads TEXT from "
                      "the pipe."))  # fmt: skip
@click.argument("text")
@click.option("--document", default="", metavar="NAME", help=_("On a document."))
@click.option("--at", nargs=2, type=click.IntRange(min=0), metavar="START END",
              help=_("On these characters of the document."))  # fmt: skip
@click.option("--code", default="", metavar="CODE", help=_("On a code."))
@click.option("--coding", default="", metavar="W07:15.2", help=_("On a coding."))
@click.option("--case", default="", metavar="NAME", help=_("On a case."))
@options.project
@options.coder
def add(text: str, at: tuple[int, int] | None, project: str, coder: str, **on: str) -> None:
    text = sys.stdin.read() if text == "-" else text
    subject = Subject(**on)
    with writing(project, coder, "memo") as step:
        number = noting.write(step, subject, text, Span(*at) if at else None)
    diagnostics.note(_("Written: memo {number}").format(number=number))


@memos.command(help=_("Give a memo another text; `qcode undo` brings the earlier one back."))
@click.argument("memo")
@click.argument("text")
@options.project
@options.coder
def edit(memo: str, text: str, project: str, coder: str) -> None:
    text = sys.stdin.read() if text == "-" else text
    with writing(project, coder, "rewrite memo") as step:
        found = noting.found(step.connection, memo)
        if found.coder != step.coder:
            raise Refused(_("this memo is another coder's; write one of your own"))
        stored.rewrite(step, found.id, text)
    diagnostics.note(_("Rewritten: memo {number}").format(number=memo))


@memos.command(help=_("Take a memo out of view."))
@click.argument("memo")
@options.project
@options.coder
def retire(memo: str, project: str, coder: str) -> None:
    with writing(project, coder, "retire memo") as step:
        stored.retire(step, [noting.found(step.connection, memo).id])
    diagnostics.note(_("Retired: memo {number}; “qcode undo” brings it back.").format(number=memo))
