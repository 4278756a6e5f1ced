"""``qcode apply`` and ``qcode codings``: codings by hand, from a table, and by their address."""

from __future__ import annotations

from pathlib import Path

import click

from qcode.cli import diagnostics, options, output
from qcode.cli.filtering import layer_typed
from qcode.cli.groups import Listing
from qcode.cli.opened import acting, opened, writing
from qcode.cli.output import Output
from qcode.language import _, counted
from qcode.model.filter import Filter
from qcode.model.span import Span
from qcode.store import backups, codebook
from qcode.store import codings as stored
from qcode.workflows import coding, flagging, listing
from qcode.workflows.choosing import kind_of_flag

MARKS = tuple(coding.kinds_of_mark())
start = click.argument("start", type=click.IntRange(min=0))
end = click.argument("end", type=click.IntRange(min=0))


@click.command(help=_("Give the characters START to END of a document a code (counted from 0; "
                      "“qcode documents show” prints where each line starts)."))  # fmt: skip
@click.argument("document")
@start
@end
@click.argument("code")
@click.option("--memo", default="", metavar="TEXT", help=_("A note on this coding."))
@options.project
@options.coder
def apply(document: str, start: int, end: int, code: str, *, memo: str, project: str, coder: str,
          ) -> None:  # fmt: skip
    with writing(project, coder, "apply") as step:
        address = coding.apply(step, document, Span(start, end), code, memo)
    diagnostics.note(_("Coded: {address}").format(address=address))


@click.group(cls=Listing, help=_("List, bring in and change codings. A coding is typed as "
                                 "W07:15.2: document, turn, which coding of it."))  # fmt: skip
def codings() -> None:
    pass


@codings.command("list", help=_("List everyone's codings with their addresses; those of --coder "
                                "or --layer alone where it is named."))  # fmt: skip
@click.option("--retired", is_flag=True, help=_("Retired ones too."))
@options.project
@options.output()
@options.filters
def list_(project: str, asked: Filter, to: Output, *, retired: bool) -> None:
    with opened(project) as place, place.read() as connection:
        chosen = coding.chosen(connection, asked, layer=layer_typed(), retired=retired)
        output.show(listing.codings_table(connection, chosen), to)


@codings.command("import", help=_("Bring in codings from a CSV or XLSX table: document, start, "
                 "end, code, and if wanted coder, words, memo."))  # fmt: skip
@click.argument("file", type=click.Path(path_type=Path))
@options.project
@options.coder
def import_(file: Path, project: str, coder: str) -> None:
    from qcode.workflows import tabled

    with acting(project, coder) as (place, who):
        backups.back_up_if_filled(place)
        with place.write(who, "import codings") as step:
            done = tabled.take(step, file)
    diagnostics.note(counted("{n} coding imported.", "{n} codings imported.", done.added))
    if done.skipped:
        diagnostics.note(counted("{n} was there already.", "{n} were there already.",
                                 done.skipped))  # fmt: skip


@codings.command(help=_("Take codings out of view and count, or bring them back."))
@click.argument("addresses", nargs=-1, required=True)
@click.option("--undo", is_flag=True, help=_("Bring them back."))
@options.project
@options.coder
def retire(addresses: tuple[str, ...], project: str, coder: str, *, undo: bool) -> None:
    with writing(project, coder, "restore codings" if undo else "retire codings") as step:
        found = coding.at(step.connection, addresses)
        stored.retire(step, [one.id for one in found], retired=not undo)
    if undo:
        told = counted("{n} coding is back.", "{n} codings are back.", len(found))
    else:
        told = counted("{n} coding retired.", "{n} codings retired.", len(found))
    diagnostics.note(told)


@codings.command(help=_("Give codings another code: qcode codings recode W07:15.2 CODE"))
@click.argument("addresses", nargs=-1, required=True)
@click.argument("code")
@options.project
@options.coder
def recode(addresses: tuple[str, ...], code: str, project: str, coder: str) -> None:
    with writing(project, coder, "recode") as step:
        book = codebook.read(step.connection)
        into = book.find(code)
        found = coding.at(step.connection, addresses)
        stored.recode(step, [one.id for one in found], into.id)
    diagnostics.note(counted("{n} segment has another code now", "{n} segments have another code "
                             "now", len(found)) + f": {book.path(into.id)}")  # fmt: skip


@codings.command(help=_("Set where a coding starts and ends; this also confirms a flagged one."))
@click.argument("address")
@start
@end
@options.project
@options.coder
def move(address: str, start: int, end: int, project: str, coder: str) -> None:
    with writing(project, coder, "move coding") as step:
        (found,) = coding.at(step.connection, [address])
        stored.move(step, found.id, Span(start, end))
    diagnostics.note(_("{address} stands at {start}-{end} now.").format(
        address=address, start=start, end=end))  # fmt: skip


@codings.command(help=_("Divide a segment in two before the character AT."))
@click.argument("address")
@click.argument("at", type=click.IntRange(min=0))
@options.project
@options.coder
def split(address: str, at: int, project: str, coder: str) -> None:
    with writing(project, coder, "split segment") as step:
        (found,) = coding.at(step.connection, [address])
        new = stored.split(step, found.id, at)
        second = coding.address_of(step.connection, new)
    diagnostics.note(_("{address} is two segments now: {address} and {second}.").format(
        address=address, second=second))  # fmt: skip


@codings.command(help=_("Make one segment of two that have one code; it also covers the words "
                        "between them."))  # fmt: skip
@click.argument("address")
@click.argument("other")
@options.project
@options.coder
def join(address: str, other: str, project: str, coder: str) -> None:
    with writing(project, coder, "join segments") as step:
        found = coding.at(step.connection, [address, other])
        span = stored.join(step, *(one.id for one in found))
    diagnostics.note(_("{address} stands at {start}-{end} now.").format(
        address=address, start=span.start, end=span.end))  # fmt: skip


@codings.command(help=_("Put a flag on the words of a coding, or on DOCUMENT START END: discuss, "
                        "key-quotation, negative-case, off-the-record (never shown outside), "
                        "not-to-be-used (out of all analysis)."))  # fmt: skip
@click.argument("place", nargs=-1, required=True)
@click.argument("kind")
@click.option("--text", default="", metavar="LINE", help=_("What is meant, or to be discussed."))
@options.project
@options.coder
def flag(place: tuple[str, ...], kind: str, text: str, project: str, coder: str) -> None:
    meant = kind_of_flag(kind)
    with writing(project, coder, flagging.verb_of(meant)) as step:
        document, span = flagging.place_typed(step.connection, place)
        number = flagging.put(step, document.id, span, meant, text)[-6:]
    diagnostics.note(_("{document} {start}-{end}: {kind}, flag {number}").format(
        document=document.name, start=span.start, end=span.end,
        kind=flagging.flag_names()[meant], number=number))  # fmt: skip


@codings.command(help=_("Take a flag away from the words of a coding, or from DOCUMENT START END."))
@click.argument("place", nargs=-1, required=True)
@click.argument("kind")
@options.project
@options.coder
def unflag(place: tuple[str, ...], kind: str, project: str, coder: str) -> None:
    meant = kind_of_flag(kind)
    with writing(project, coder, flagging.verb_of(meant, away=True)) as step:
        document, span = flagging.place_typed(step.connection, place)
        there = flagging.standing(step.connection, document.id, span, meant)
        gone = flagging.take_away(step, there)
    diagnostics.note(counted("{n} flag taken away.", "{n} flags taken away.", len(gone)))


@codings.command(help=_("Mark a passage as off the record (never shown outside) or not to be used "
                        "(out of all analysis)."))  # fmt: skip
@click.argument("document")
@start
@end
@click.argument("kind", type=click.Choice(MARKS))
@click.option("--remove", is_flag=True, help=_("Take such marks on these words away."))
@options.project
@options.coder
def mark(document: str, start: int, end: int, kind: str, *, project: str, coder: str, remove: bool,
         ) -> None:  # fmt: skip
    span, meant = Span(start, end), coding.kinds_of_mark()[kind]
    with writing(project, coder, "unmark" if remove else "mark") as step:
        if remove:
            gone = coding.unmark(step, document, span, meant)
            told = counted("{n} mark taken away.", "{n} marks taken away.", gone)
        else:
            found = coding.mark(step, document, span, meant)
            told = _("{document} {start}-{end} is marked.").format(
                document=found.name, start=start, end=end)  # fmt: skip
    diagnostics.note(told)
