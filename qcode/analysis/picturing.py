"""From a table to the picture of it: the same values, nothing is counted anew."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from qcode.analysis.comparison import group_keys
from qcode.errors import BadInput
from qcode.language import _, counted
from qcode.model.figure import Bars, Curve, Heatmap
from qcode.model.table import Blank, Cell, Share, Table

MOST_ROWS = 60
"""Rows that a picture on one page may have."""


def bars(table: Table) -> Bars:
    """Return the informants of each code of a frequency table."""
    at = next((at for at, column in enumerate(table.columns) if column.key == "cases"), None)
    if at is None:
        raise BadInput(_("bars show one count of informants; this is several, for a table"))
    kept = _kept(table)
    cells = tuple(table.rows[row][at] for row in kept.rows)
    return Bars(
        title=table.title,
        notes=(*table.notes, *kept.notes, *_signs(cells)),
        axis=_("{people}; the whole bar: {whole}").format(
            people=table.columns[at].title, whole=table.columns[at].unit),
        rows=tuple(str(table.rows[row][0]) for row in kept.rows),
        depths=kept.depths,
        cells=cells,
    )  # fmt: skip


def heatmap(table: Table) -> Heatmap:
    """Return the codes by groups of a comparison."""
    keys = group_keys(table)
    named = 2 if table.columns[1].key == "by" else 1  # Two attributes: the second names rows.
    places = [at for at, column in enumerate(table.columns) if column.key in keys]
    kept = _kept(table)
    cells = tuple(tuple(table.rows[row][at] for at in places) for row in kept.rows)
    return Heatmap(
        title=table.title,
        notes=(
            *table.notes, *kept.notes, _("in the cells: k of n looked through; darker: more of n"),
            *_signs(cell for row in cells for cell in row),
        ),
        rows=tuple(" · ".join(map(str, table.rows[row][:named])) for row in kept.rows),
        depths=kept.depths,
        columns=tuple(_headed(table.columns[at].title, table.columns[at].unit) for at in places),
        cells=cells,
    )  # fmt: skip


def pairs(table: Table) -> Heatmap:
    """Return the matrix of codes that stand together; its columns are numbers of its rows."""
    places = [at for at, column in enumerate(table.columns) if column.key.startswith("code:")]
    kept, said = _most(table, places)
    cells = tuple(tuple(table.rows[row][places[other]] for other in kept) for row in kept)
    return Heatmap(
        title=table.title,
        notes=(*table.notes, *said, *_signs(cell for row in cells for cell in row)),
        rows=tuple(f"{table.rows[row][1]}  {table.rows[row][0]}" for row in kept),
        depths=(),
        columns=tuple(table.columns[places[other]].title for other in kept),
        cells=cells,
    )


def curve(table: Table) -> Curve:
    """Return how codes grow from interview to interview, with the band of random orders."""
    keys = {column.key: at for at, column in enumerate(table.columns)}

    def whole(key: str) -> tuple[int, ...]:
        return tuple(_count(row[keys[key]]) for row in table.rows)

    band = tuple(zip(whole("low"), whole("median"), whole("high"), strict=True)
                 ) if "low" in keys else ()  # fmt: skip
    return Curve(
        title=table.title, notes=table.notes, across=_("interviews, in order"), upward=_("codes"),
        points=tuple(str(row[keys["interview"]]) for row in table.rows),
        total=whole("total"), new=whole("new"), band=band,
    )  # fmt: skip


def _headed(title: str, unit: str) -> str:
    return f"{title}\n{unit}" if unit else title


@dataclass(frozen=True, slots=True)
class _Kept:
    rows: Sequence[int]
    depths: tuple[int, ...]
    notes: tuple[str, ...]


def _kept(table: Table) -> _Kept:
    """Return the rows that fit a page: of more than MOST_ROWS, only those high enough in the tree."""
    depths = table.depths or (0,) * len(table.rows)
    deepest = max(depths, default=0)
    while deepest and sum(depth <= deepest for depth in depths) > MOST_ROWS:
        deepest -= 1
    rows = [at for at, depth in enumerate(depths) if depth <= deepest]
    left = len(depths) - len(rows)
    said = left and counted(
        "{n} code further down the codebook is not shown, but counted in those above",
        "{n} codes further down the codebook are not shown, but counted in those above", left,
    )  # fmt: skip
    return _Kept(rows, tuple(depths[at] for at in rows), (said,) if said else ())


def _most(table: Table, places: Sequence[int]) -> tuple[list[int], list[str]]:
    """Return which codes of a matrix are shown: those that meet another, the most where too many."""
    weights = [sum(_weight(row[at]) for at in places) for row in table.rows]
    meeting = [at for at, weight in enumerate(weights) if weight]
    ranked = sorted(meeting, key=lambda at: (-weights[at], at))[: MOST_ROWS // 2]
    left = len(weights) - len(ranked)
    said = left and counted(
        "{n} code is not shown: it meets no other, or fewer than those shown",
        "{n} codes are not shown: they meet no other, or fewer than those shown",
        left,
    )
    return sorted(ranked), [said] if said else []


def _weight(cell: Cell) -> float:
    if isinstance(cell, Share):
        return cell.k
    return cell if isinstance(cell, int | float) else 0


def _count(cell: Cell) -> int:
    return cell if isinstance(cell, int) else 0


def _signs(cells: Iterable[Cell]) -> list[str]:
    """Return the reason of each sign that stands for no value."""
    return sorted({f"{cell.sign} {cell.why}" for cell in cells if isinstance(cell, Blank)})
