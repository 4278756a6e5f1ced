"""Codes compared by two attributes at once, such as roles within each village."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from qcode.analysis.comparison import cells_of, grouped, heads, placed, said_of_groups
from qcode.analysis.frequency import listed_codes
from qcode.analysis.layer import Layer, said_of
from qcode.analysis.locating import (
    MOSTLY,
    Group,
    Spread,
    difference,
    located,
    on_purpose,
    rules,
    spread,
)
from qcode.analysis.looking import gaps, presence
from qcode.language import _
from qcode.model.case import INFORMANT, Attribute
from qcode.model.table import Blank, Cell, Column, Table

BY = "by"
"""The key of the column that tells the value of the first attribute."""
_NEVER = 1 << 62


def crossed(
    layer: Layer, down: Attribute, across: Attribute, chosen: Iterable[str] = (),
    kind: str = INFORMANT, *, percent: bool = False,
) -> Table:  # fmt: skip
    """Return for each code, and each value of one attribute, the groups of another side by side.

    A group to which nobody belongs is blank: it is no 0.
    """
    places = presence(layer, kind)
    cases = layer.of_kind(kind)
    columns = grouped(layer, across.name, kind)
    sides = grouped(layer, down.name, kind)
    parts = [(side.name, [_common(side, column) for column in columns]) for side in sides]
    codes = listed_codes(layer.book, layer.standing, chosen)
    # Groups of two values are small: their percentages stand there on request alone.
    least = 0 if percent else _NEVER
    rows, mostly = list[tuple[Cell, ...]](), False
    for listed in codes:
        found = places.by_code[listed.code.id]
        for name, groups in parts:
            shares = spread(groups, found)
            at = located(shares, found)
            mostly |= at.where == MOSTLY
            rows.append((listed.title, name, *_cells(shares, least), at.cell, difference(shares)))
    return Table(
        _("Codes by {down} and {across}: who speaks of them, of those looked through for them"
          ).format(down=down.name, across=across.name),
        (Column("code", _("code")), Column(BY, down.name), *heads(columns, least),
         *placed(columns)),
        tuple(rows),
        (
            *said_of(layer, (listed.code.id for listed in codes)),
            on_purpose(),
            _("each row is of one {down}: “where” and “difference” are those between the groups of "
              "this row").format(down=down.name),
            *gaps(layer, places, [listed.code.id for listed in codes]),
            *rules(mostly=mostly),
            *said_of_groups(down, sides, cases),
            *said_of_groups(across, columns, cases),
        ),
        tuple(listed.depth for listed in codes for _side in sides),
    )  # fmt: skip


def _common(side: Group, column: Group) -> Group:
    return replace(column, cases=side.cases & column.cases, unasked=side.unasked & column.unasked)


def _cells(shares: Spread, least: int) -> Iterable[Cell]:
    for group, share in shares:
        if group.cases or group.silent:
            yield from cells_of([(group, share)], least)
        else:
            yield from [_nobody()] * (1 if least else 2)


def _nobody() -> Blank:
    return Blank("×", _("nobody belongs to this group"))
