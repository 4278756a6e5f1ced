"""Codes by groups, documents or codes with a number in each cell, and the passages behind it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field, replace
from functools import partial

from qcode.analysis import comparison as comparing
from qcode.analysis import matrix as matrices
from qcode.analysis.cooccurrence import table as pairs
from qcode.analysis.cooccurrence.meeting import OVERLAP, Way
from qcode.analysis.frequency import Listed, listed_codes
from qcode.analysis.layer import SPOKEN, Layer
from qcode.analysis.looking import Places, looked_for
from qcode.analysis.referring import VILLAGES
from qcode.language import _
from qcode.model.case import INFORMANT
from qcode.model.filter import Filter
from qcode.model.heat import Heat, HeatColumn, HeatRow
from qcode.model.span import Span, without
from qcode.model.table import Cell, Table
from qcode.store.project import Reader
from qcode.workflows.choosing import attribute_named, resolved
from qcode.workflows.cooccurrence import met
from qcode.workflows.counting import layer_of
from qcode.workflows.quoting import Sight, seen
from qcode.workflows.retrieving import Passage, Shelf, retrieved

GROUPS, CASES, DOCUMENTS, CODES = "groups", "cases", "documents", "codes"
"""What the columns are: the values of an attribute, informants, documents, or codes again."""
MEASURES = {
    GROUPS: (pairs.INFORMANTS,),
    CASES: (matrices.PRESENT, matrices.PASSAGES, matrices.WORDS),
    DOCUMENTS: (matrices.PASSAGES, matrices.PRESENT, matrices.WORDS),
    CODES: pairs.MEASURES,
}
"""What the cells can hold, the usual first."""


@dataclass(frozen=True, slots=True)
class Field:
    """What the columns are, the name of the attribute for GROUPS, and what the cells hold."""

    columns: str = GROUPS
    by: str = ""
    measure: str = ""

    @property
    def value(self) -> str:
        """What the cells hold."""
        known = MEASURES[self.columns]
        return self.measure if self.measure in known else known[0]


def usual(names: Collection[str]) -> Field:
    """Return what is shown at first: by village, else by the first attribute, else by document."""
    villages = [name for name in names if name.casefold() in VILLAGES]
    found = next(iter((*villages, *names)), "")
    return Field(GROUPS, found) if found else Field(DOCUMENTS)


def heatmap(connection: Reader, asked: Filter, of: Field) -> Heat:
    """Return the codes with a number in each cell; names are as typed."""
    wanted = resolved(connection, asked)
    if of.columns == CODES:
        return _met(connection, wanted, of)
    layer = layer_of(connection, wanted)
    if of.columns == GROUPS:
        return _compared(connection, layer, wanted, of)
    shape = matrices.Shape(of.columns, of.value)
    table = matrices.matrix(layer, shape, wanted.codes).table
    heads = 2 if of.columns == DOCUMENTS else 1
    some: Iterable[tuple[str, str]] = (
        ((one.id, one.name) for one in layer.documents)
        if of.columns == DOCUMENTS
        else ((one.id, one.name) for one in layer.of_kind(INFORMANT))
    )
    columns = tuple(HeatColumn(id, name, name) for id, name in some)
    cells = tuple(zip(*(row[heads:] for row in table.rows), strict=True))
    return _heat(layer, wanted, table, columns, cells, unit=_UNITS[of.value])


_UNITS = {
    matrices.PRESENT: _("1: the code or one below it stands there; 0: looked for, not found"),
    matrices.PASSAGES: _("passages of the code itself"),
    matrices.WORDS: _("participants' words of the code itself"),
    pairs.INFORMANTS: _("informants, of those looked through for both codes"),
    pairs.JACCARD: _("Jaccard: characters with both codes, of those with one"),
}


def _heat(
    layer: Layer, wanted: Filter, table: Table, columns: tuple[HeatColumn, ...],
    cells: Iterable[tuple[Cell, ...]], *, unit: str, where: Iterable[Cell] = (),
) -> Heat:  # fmt: skip
    codes = _listed(layer, wanted)
    said = list(where) or [""] * len(codes)
    rows = tuple(
        HeatRow(one.code.id, one.title, layer.book.path(one.code.id), one.depth, own, place)
        for one, own, place in zip(codes, list(cells) or [()] * len(codes), said, strict=True)
    )
    return Heat(table.title, unit, columns, rows, table.notes)


def _listed(layer: Layer, wanted: Filter) -> tuple[Listed, ...]:
    return listed_codes(layer.book, {tally.code for tally in layer.tallies}, wanted.codes)


def _compared(connection: Reader, layer: Layer, wanted: Filter, of: Field) -> Heat:
    attribute = attribute_named(connection, of.by)
    table = comparing.comparison(layer, attribute, None, wanted.codes)
    keys = comparing.group_keys(table)
    at = [place for place, column in enumerate(table.columns) if column.key in keys]
    where = next(place for place, column in enumerate(table.columns) if column.key == "where")
    columns = tuple(
        HeatColumn(one.key, one.title, one.title, one.unit)
        for one in (table.columns[place] for place in at)
    )
    return _heat(
        layer, wanted, table, columns,
        (tuple(row[place] for place in at) for row in table.rows),
        unit=_("k/n: informants, of those looked through for it"),
        where=(row[where] for row in table.rows),
    )  # fmt: skip


def _met(connection: Reader, wanted: Filter, of: Field) -> Heat:
    found = met(connection, wanted, Way(OVERLAP))
    table = pairs.matrix(found, wanted.codes, of.value)
    book = found.layer.book
    codes = [column.key.removeprefix("code:") for column in table.columns[2:]]
    names = [str(row[1]) for row in table.rows]
    columns = tuple(
        HeatColumn(column.key, column.title, name)
        for column, name in zip(table.columns[2:], names, strict=True)
    )
    unit = _UNITS.get(of.value, "") if of.value != pairs.PASSAGES else _("pairs of passages")
    rows = tuple(
        HeatRow(code, f"{row[0]} {name}", book.path(code), 0, tuple(row[2:]))
        for code, name, row in zip(codes, names, table.rows, strict=True)
    )
    return Heat(table.title, unit, columns, rows, table.notes)


# -- what stands behind a cell -----------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Cut:
    """One cell: the id of its code and the key of its column."""

    code: str
    column: str


def behind(connection: Reader, asked: Filter, of: Field, cut: Cut) -> Sight:
    """Return the passages that are counted in a cell; its filter is as typed."""
    wanted = resolved(connection, asked)
    layer = layer_of(connection, wanted, tallied=False)
    shelf = Shelf(connection)
    known = {one.id for one in layer.documents}
    looked = looked_for(layer.book, {id: some for id, some in layer.seen.items() if id in known})
    ground = _Ground(shelf, looked)
    counts = _counting(connection, layer, of, cut.column)
    own = of.columns == CODES or of.value in (matrices.PASSAGES, matrices.WORDS)
    found = retrieved(shelf, replace(wanted, codes=(cut.code,)))
    passages = [
        one for one in found.passages
        if ground.of(one) and (not own or ground.code(one) == cut.code) and counts(ground, one)
    ]  # fmt: skip
    if of.columns == CODES:
        other = retrieved(shelf, replace(wanted, codes=(cut.column.removeprefix("code:"),)))
        passages = _meeting(ground, passages, other.passages, cut)
    return Sight(seen(connection, shelf, passages), 0)


@dataclass
class _Ground:
    """What of a passage is counted at all: looked for, and its words to be used."""

    shelf: Shelf
    looked: Places
    closed: dict[str, list[Span]] = field(default_factory=dict)

    def code(self, passage: Passage) -> str:
        return self.shelf.book.end(passage.segment.coding.code)

    def of(self, passage: Passage) -> tuple[Span, ...]:
        """Return the words of a passage that count."""
        document = passage.page.document.id
        if document not in self.looked.get(self.code(passage), frozenset()):
            return ()
        if document not in self.closed:
            self.closed[document] = [
                Span(one.start, one.end) for one in self.shelf.flags(document)
                if one.kind == "not to be used" and one.fit != "lost"
            ]  # fmt: skip
        return without([passage.span], self.closed[document])

    def people(self, passage: Passage) -> set[str]:
        """Return the cases that speak in it."""
        hearing = passage.page.hearing
        return {
            case for piece in self.of(passage) for turn, _said in hearing.spoken(piece)
            for case in hearing.of(turn)
        }  # fmt: skip


Counts = Callable[[_Ground, Passage], bool]


def _counting(connection: Reader, layer: Layer, of: Field, column: str) -> Counts:
    """Return what tells whether a passage counts in a column."""
    if of.columns == DOCUMENTS:
        return lambda _ground, one: one.page.document.id == column
    if of.columns == CODES:
        return lambda _ground, _one: True
    if of.columns == CASES:
        return partial(_spoken, frozenset({column}))
    attribute = attribute_named(connection, of.by)
    groups = comparing.groups(layer.of_kind(INFORMANT), attribute.name)
    inside = next(
        (one.cases for one in groups
         if column == (f"group:{one.name}" if one.valued else "no value")),
        frozenset(),
    )  # fmt: skip
    return partial(_spoken, inside)


def _spoken(people: frozenset[str], ground: _Ground, passage: Passage) -> bool:
    return passage.page.document.kind in SPOKEN and not people.isdisjoint(ground.people(passage))


def _meeting(
    ground: _Ground, passages: Iterable[Passage], others: Iterable[Passage], cut: Cut
) -> list[Passage]:  # fmt: skip
    """Return the passages that share a character with one of the other code itself."""
    code = cut.column.removeprefix("code:")
    there: dict[str, list[Span]] = {}
    both = ground.looked.get(cut.code, frozenset()) & ground.looked.get(code, frozenset())
    for one in others:
        if ground.code(one) == code:
            there.setdefault(one.page.document.id, []).extend(ground.of(one))
    return [
        one for one in passages
        if one.page.document.id in both and any(
            mine.overlaps(span) for mine in ground.of(one)
            for span in there.get(one.page.document.id, ())
        )
    ]  # fmt: skip
