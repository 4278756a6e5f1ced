"""Codes by groups, documents or codes with a number in each cell, and the passages behind it."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from qcode.analysis import comparison as comparing
from qcode.analysis import matrix as matrices
from qcode.analysis.cooccurrence import table as pairs
from qcode.analysis.cooccurrence.meeting import OVERLAP, Way
from qcode.analysis.frequency import Listed, listed_codes
from qcode.analysis.layer import Layer, said_of
from qcode.analysis.looking import gaps, presence
from qcode.analysis.referring import VILLAGES
from qcode.analysis.uniting import united_numbers
from qcode.language import _
from qcode.model.case import INFORMANT
from qcode.model.filter import Filter
from qcode.model.heat import Heat, HeatColumn, HeatRow
from qcode.model.table import Cell, Table
from qcode.store.project import Reader
from qcode.workflows.choosing import resolved
from qcode.workflows.cooccurrence import met
from qcode.workflows.counting import layer_of
from qcode.workflows.named import attribute_named
from qcode.workflows.standing import standing

GROUPS, CASES, DOCUMENTS, CODES = "groups", "cases", "documents", "codes"
"""What the columns are: the values of an attribute, informants, documents, or codes again."""
OVERLAPPING = Way(OVERLAP)
CODE = "code:"
"""What the key of a column begins with that is a code."""
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
    single: bool = False
    """Whether passages, words and pairs are of each code by itself, not of those below it."""
    way: Way = OVERLAPPING
    """How codes meet, for CODES."""

    @property
    def value(self) -> str:
        """What the cells hold."""
        known = MEASURES[self.columns]
        return self.measure if self.measure in known else known[0]

    @property
    def own(self) -> bool:
        """Whether the numbers of a code leave out the codes below it."""
        return self.single and self.singles

    @property
    def singles(self) -> bool:
        """Whether the numbers can be of each code by itself."""
        return self.columns == CODES or self.value in (matrices.PASSAGES, matrices.WORDS)


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
    return _crossed(connection, layer, wanted, of)


def _crossed(connection: Reader, layer: Layer, wanted: Filter, of: Field) -> Heat:
    """Return the codes by documents or by informants."""
    by_case = of.columns == CASES
    table = matrices.matrix(layer, matrices.Shape(of.columns, of.value), wanted.codes).table
    these = layer.of_kind(INFORMANT) if by_case else layer.documents
    columns = tuple(HeatColumn(one.id, one.name, one.name) for one in these)
    if of.own or not of.singles:
        cells = zip(*(row[1 if by_case else 2 :] for row in table.rows), strict=True)
        return _heat(layer, wanted, table, columns, cells, unit=_UNITS[of.value])
    codes = [one.code.id for one in _listed(layer, wanted)]
    united = united_numbers(
        layer, standing(connection, wanted, layer), codes, [one.id for one in these],
        by_case=by_case, words=of.value == matrices.WORDS,
    )  # fmt: skip
    unit = _UNITED[of.value]
    notes = (*said_of(layer, codes), *gaps(layer, presence(layer, INFORMANT), codes))
    return _heat(layer, wanted, replace(table, notes=notes), columns, united, unit=unit)


_UNITS = {
    matrices.PRESENT: _("1: the code or one below it stands there; 0: looked for, not found"),
    matrices.PASSAGES: _("passages of the code itself"),
    matrices.WORDS: _("participants' words of the code itself"),
}
_UNITED = {
    matrices.PASSAGES: _("passages of the code and those below it, united"),
    matrices.WORDS: _("participants' words of the code and those below it, united"),
}

Beside = tuple[tuple[str, Cell], ...]
"""What a table says of a row in words, each with the title of its column."""


def _heat(
    layer: Layer, wanted: Filter, table: Table, columns: tuple[HeatColumn, ...],
    cells: Iterable[tuple[Cell, ...]], *, unit: str, beside: Iterable[Beside] = (),
) -> Heat:  # fmt: skip
    codes = _listed(layer, wanted)
    said = list(beside) or [()] * len(codes)
    rows = tuple(
        HeatRow(one.code.id, one.title, layer.book.path(one.code.id), one.depth, own, told)
        for one, own, told in zip(codes, list(cells) or [()] * len(codes), said, strict=True)
    )
    return Heat(table.title, unit, columns, rows, table.notes)


def _listed(layer: Layer, wanted: Filter) -> tuple[Listed, ...]:
    return listed_codes(layer.book, layer.standing, wanted.codes)


def _compared(connection: Reader, layer: Layer, wanted: Filter, of: Field) -> Heat:
    attribute = attribute_named(connection, of.by)
    table = comparing.comparison(layer, attribute, None, wanted.codes)
    keys = comparing.group_keys(table)
    at = [place for place, column in enumerate(table.columns) if column.key in keys]
    others = [place for place, column in enumerate(table.columns)
              if column.key in ("difference", "where")]  # fmt: skip
    columns = tuple(
        HeatColumn(one.key, one.title, one.title, one.unit)
        for one in (table.columns[place] for place in at)
    )
    return _heat(
        layer, wanted, table, columns,
        (tuple(row[place] for place in at) for row in table.rows),
        unit=_("k/n: informants, of those looked through for it"),
        beside=(tuple((table.columns[place].title, row[place]) for place in others)
                for row in table.rows),
    )  # fmt: skip


def _met(connection: Reader, wanted: Filter, of: Field) -> Heat:
    found = met(connection, wanted, of.way, rolled=not of.single)
    table = pairs.matrix(found, wanted.codes, of.value)
    book = found.layer.book
    codes = [column.key.removeprefix(CODE) for column in table.columns[2:]]
    names = [str(row[1]) for row in table.rows]
    columns = tuple(
        HeatColumn(column.key, column.title, name)
        for column, name in zip(table.columns[2:], names, strict=True)
    )
    # Its first sentence says what the cells hold.
    unit, *notes = table.notes
    depths = {one.code.id: one.depth for one in listed_codes(book, found.lengths, wanted.codes)}
    rows = tuple(
        HeatRow(code, f"{row[0]} {name}", book.path(code), depths.get(code, 0), tuple(row[2:]))
        for code, name, row in zip(codes, names, table.rows, strict=True)
    )
    return Heat(table.title, unit, columns, rows, tuple(notes))
