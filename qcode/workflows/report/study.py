"""The whole report of a study, section by section."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from qcode import __version__
from qcode.analysis import comparison as comparing
from qcode.analysis import frequency as counting
from qcode.analysis import picturing
from qcode.analysis.layer import Layer, said_of
from qcode.analysis.methods import telling
from qcode.analysis.referring import VILLAGES
from qcode.analysis.releasing import withheld
from qcode.errors import NotFound
from qcode.language import _, counted
from qcode.model.case import INFORMANT, Attribute
from qcode.model.document import DOCUMENT_KINDS
from qcode.model.excerpt import Manner
from qcode.model.figure import Figure
from qcode.model.filter import Filter
from qcode.model.methods import LANGUAGES, Facts
from qcode.model.printout import Entry
from qcode.model.report import (
    Block,
    Bullets,
    Heading,
    Paragraph,
    Picture,
    Quotation,
    Report,
)
from qcode.model.span import Span
from qcode.model.table import Blank, Cell, Table
from qcode.model.theme import DROPPED
from qcode.store import cases, documents, themes
from qcode.store.project import Reader, about
from qcode.workflows import blinding
from qcode.workflows.choosing import resolved
from qcode.workflows.counting import layer_of
from qcode.workflows.excerpts import excerpts
from qcode.workflows.indicators import indicators
from qcode.workflows.methods import facts
from qcode.workflows.named import attribute_named, attribute_of
from qcode.workflows.printout import printout
from qcode.workflows.report.voices import cited, upper, voices
from qcode.workflows.retrieving import Shelf
from qcode.workflows.saturation import How, saturation
from qcode.workflows.theme_quotes import quotations_table
from qcode.workflows.themes import themes_table


@dataclass(frozen=True, slots=True)
class Asked:
    """What a report is of; names are as typed. Without ``by``, the attribute village or desa."""

    filter: Filter = field(default_factory=Filter)
    by: str = ""
    language: str = LANGUAGES[0]


def study_report(
    connection: Reader, asked: Asked, made: str, day: Callable[[int], str]
) -> Report:  # fmt: skip
    """Return the report; refused while a round hides others' work from who looks.

    ``made`` is the day that stands on it, ``day`` tells a time in milliseconds since 1970 UTC.
    """
    wanted = resolved(connection, asked.filter)
    layer = layer_of(connection, wanted)
    blinding.refuse(connection, layer.documents, _(
        "you code in round {rounds}, which is open; a report also tells how coders agree in "
        "{documents}, and can be written when it is closed; “qcode export tables” is free"
    ))  # fmt: skip
    by = _compared_by(connection, layer, asked.by)
    blocks: list[Block] = []
    if by:
        blocks += _by_group(connection, wanted, layer, by)
    manner = Manner(group=by.name if by else "", key=True)
    blocks += _all_codes(connection, asked.filter, wanted, layer)
    blocks += _indicators(connection)
    blocks += _themes(connection, asked.filter, manner)
    blocks += _key_quotations(connection, asked.filter, manner, layer)
    known = facts(connection, day)
    paragraphs = telling.paragraphs(known, asked.language)
    blocks.append(Heading(telling.title(asked.language)))
    blocks += (Paragraph(text) for text in paragraphs)
    blocks += _codebook(connection, made)
    return Report(
        title=_("Report: {name}").format(name=about(connection)["name"]),
        made=made,
        notice=layer.notice,
        notes=tuple(_how_made(layer, known)),
        blocks=tuple(blocks),
        lead=tuple(_shared_beginning(connection, layer)),
        cover=True,
        language=about(connection).get("language", ""),
    )


def _compared_by(connection: Reader, layer: Layer, typed: str) -> Attribute | None:
    """Return the attribute to compare by; without its name one that informants have, if any."""
    if typed:
        return attribute_named(connection, typed)
    had = {name for case in layer.of_kind(INFORMANT) for name, some in case.values.items() if some}
    known = {one.name.casefold(): one for one in cases.attributes_of(connection)
             if one.name in had}  # fmt: skip
    return next((known[name] for name in VILLAGES if name in known), None)


def _shared_beginning(connection: Reader, layer: Layer) -> Iterator[str]:
    """Yield the line with which every document begins, if it is one and the same.

    It is about all of them, such as that they are invented, and nobody's words.
    """
    read = documents.transcripts(connection)
    firsts = {read(one.id).text.partition("\n")[0] for one in layer.documents}
    line = firsts.pop() if len(layer.documents) > 1 and len(firsts) == 1 else ""
    if not line.strip():
        return
    shelf, span = Shelf(connection), Span(0, len(line))
    pages = [shelf.page(one.id) for one in layer.documents]
    if not any(withheld(one.hearing.transcript, one.closed, span) for one in pages):
        yield _("Every document begins with this line: “{line}”").format(line=line.strip())


def _how_made(layer: Layer, known: Facts) -> Iterator[str]:
    kinds = Counter(one.kind for one in layer.documents)
    names = {
        "interview": _("interviews"), "focus group": _("focus groups"),
        "observation": _("observation notes"), "document": _("documents"),
    }  # fmt: skip
    yield ", ".join(f"{names[kind]}: {kinds[kind]}" for kind in DOCUMENT_KINDS if kinds[kind])
    yield _("informants: {n}").format(n=len(layer.of_kind(INFORMANT)))
    yield _("coders: {names}").format(
        names=", ".join(f"{name} {number}" for name, number in known.coders.items()) or "0"
    )
    yield from said_of(replace(layer, notice=""))
    yield _("k of n: so many informants speak of it, of those whose interviews were looked through "
            "for the code; a description of who was asked, not an estimate")  # fmt: skip
    yield _("quotations: what participants did not release, or was marked off the record or not to "
            "be used, is left out")  # fmt: skip
    yield _("made with qcode {version}").format(version=__version__)


def _by_group(
    connection: Reader, wanted: Filter, layer: Layer, by: Attribute
) -> Iterator[Block]:  # fmt: skip
    roles = attribute_of(connection, comparing.ROLES)
    table = comparing.comparison(layer, by, roles, wanted.codes)
    shown = upper(_without_notice(table, layer), without="difference")
    said = voices(connection, wanted, layer, by, table)
    yield Heading(_("Dimensions and factors by {attribute}").format(attribute=by.name))
    yield Paragraph(_("The codes at the top of the codebook and those right below them: how many "
                      "speak of each, and what is said where. One quotation of each group at most: "
                      "a key quotation first, else one of median length, another one under every "
                      "code where there is one."))  # fmt: skip
    yield shown
    yield _beside(picturing.heatmap(shown), shown)
    yield from said.blocks
    if said.notes:
        yield Paragraph("", _("On the quotations"))
        yield Bullets(said.notes)


def _without_notice(table: Table, layer: Layer) -> Table:
    """Return a table without the sentence that stands on the first page already."""
    return replace(table, notes=tuple(note for note in table.notes if note != layer.notice))


def _beside(figure: Figure, table: Table) -> Picture:
    """Return a picture of the table before it, whose notes are not said again."""
    more = (note for note in figure.notes if note not in table.notes)
    said = _("the numbers of the table before, and what is said there of them")
    return Picture(replace(figure, notes=(said, *more)))


def _all_codes(
    connection: Reader, asked: Filter, wanted: Filter, layer: Layer
) -> Iterator[Block]:  # fmt: skip
    table = _without_notice(counting.frequency(layer, wanted.codes), layer)
    yield Heading(_("How many speak of each code"))
    yield table
    yield _beside(picturing.bars(upper(table)), table)
    if any(one.kind == "interview" for one in layer.documents):
        yield Heading(_("When new codes stop"), 2)
        yield Picture(picturing.curve(_without_notice(saturation(connection, asked, How()), layer)))


def _indicators(connection: Reader) -> Iterator[Block]:
    try:
        table = indicators(connection)
    except NotFound:
        return
    yield Heading(_("Before and after"))
    yield table


def _themes(connection: Reader, asked: Filter, manner: Manner) -> Iterator[Block]:
    listed = themes_table(connection, asked)
    if not listed.rows:
        return
    yield Heading(_("Themes"))
    yield listed
    quotes = quotations_table(connection, asked, manner=replace(manner, key=False))
    tree = themes.read(connection)
    for theme in tree:
        if any(one.status == DROPPED for one in tree.line(theme.id)):
            continue
        top, *below = (one.name for one in tree.line(theme.id))
        yield Heading(theme.name, 2 + min(len(below), 2))
        if theme.statement:
            yield Paragraph(theme.statement)
        own = [row for row in quotes.rows if row[:2] == (top, " > ".join(below))]
        yield from _sides(own)
    yield Bullets(tuple(note for note in quotes.notes if note not in listed.notes))


def _sides(rows: Iterable[Sequence[Cell]]) -> Iterator[Block]:
    """Yield the quotations of a theme, those against it under a line that says so."""
    side = ""
    for _theme, _below, code, text, reference, told in rows:
        if isinstance(text, Blank):
            continue
        if told != side:
            side = str(told)
            yield Paragraph("", side)
        yield Quotation(str(text), f"{reference} · {code}")


def _key_quotations(
    connection: Reader, asked: Filter, manner: Manner, layer: Layer
) -> Iterator[Block]:  # fmt: skip
    found = excerpts(connection, asked, manner)
    if not found.excerpts:
        return
    yield Heading(_("Key quotations"))
    order = {layer.book.path(code.id): at for at, code in enumerate(layer.book)}
    heading = ""
    for one in sorted(found.excerpts, key=lambda one: (order.get(one.code, len(order)), one.code)):
        if one.code != heading:
            heading = one.code
            yield Heading(heading, 3)
        yield Quotation(one.text, cited(one))
    yield Bullets(found.notes)


def _codebook(connection: Reader, made: str) -> Iterator[Block]:
    """Yield what each code stands for; its passages stand in the sections above."""
    found = printout(connection, made)
    yield Heading(_("Appendix: codebook"))
    yield Paragraph(counted("{n} code", "{n} codes", len(found.entries)))
    for entry in found.entries:
        yield Heading(entry.title, 2 + min(entry.depth, 3))
        yield from _described(entry)


def _described(entry: Entry) -> Iterable[Block]:
    code = entry.code
    for lead, text in (
        ("", code.definition), (_("Use when:"), code.include), (_("Not for:"), code.exclude),
        (_("Example:"), entry.example), (_("Basis:"), code.basis),
        (_("Also called:"), ", ".join((*code.labels.values(), *code.aliases))),
    ):  # fmt: skip
        if text:
            yield Paragraph(text, lead)
