"""Excerpts as rows: CSV and XLSX."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from qcode.formats.excerpts.listing import Listing
from qcode.formats.tabular.cells import Value, csv_bytes, xlsx_bytes
from qcode.language import _
from qcode.model.excerpt import Excerpt

_BEFORE = ("address", "code", "text", "document", "turn", "first line", "last line", "speakers",
           "cases", "coder")  # fmt: skip
_AFTER = ("memo", "reference", "notice")
_FURTHER: Mapping[str, tuple[str, Callable[[Excerpt], Value]]] = {
    "number": ("number", lambda one: one.number),
    "shortened": ("short", lambda one: "yes" if one.short else ""),
    "role": ("role", lambda one: one.role),
    "used in": ("used", lambda one: " | ".join(one.used)),
    "language": ("translation", lambda one: one.translation.language if one.translation else ""),
    "translation": ("translation", lambda one: one.translation.text if one.translation else ""),
    "translator": ("translation", lambda one: one.translation.by if one.translation else ""),
    "checked by": ("translation", lambda one: one.translation.checked if one.translation else ""),
    "before": ("before", lambda one: one.before),
    "after": ("after", lambda one: one.after),
}
"""Columns that a listing has where one of its excerpts has something in a field."""


def csv(listing: Listing) -> bytes:
    """Return a CSV file without title and notes."""
    header, *rows = _sheet(listing)
    return csv_bytes([str(name) for name in header], rows)


def xlsx(listing: Listing) -> bytes:
    """Return a workbook: the excerpts, and the notes on a sheet of their own."""
    first = filter(None, (listing.title, listing.notice))
    lines = (*first, *listing.notes, *listing.said_of_numbers())
    notes: list[list[Value]] = [[line] for line in lines]
    return xlsx_bytes([(_("excerpts"), _sheet(listing)), (_("notes"), notes)])


def _sheet(listing: Listing) -> list[list[Value]]:
    """Return the header and one row an excerpt; with groups, one under each of its headings."""
    excerpts = listing.excerpts
    # Excerpts of one person share their values.
    known = {id(one.values): one.values for one in excerpts}
    names = list(dict.fromkeys(name for values in known.values() for name in values))
    fields = dict(zip(Excerpt._fields, map(any, zip(*excerpts, strict=True)), strict=False))
    further = {name: value for name, (field, value) in _FURTHER.items() if fields.get(field)}
    group = [] if listing.groups is None else ["group"]
    taken = {*_BEFORE, *_AFTER, *_FURTHER, "group"}
    # An attribute may have the name of a column, which readers of the file must tell apart.
    titles = [f"{name} (case)" if name in taken else name for name in names]
    sheet: list[list[Value]] = [[*group, *_BEFORE, *titles, *_AFTER, *further]]
    values = tuple(further.values())
    for title, one in listing.rows():
        row = _row(one, names)
        row += [value(one) for value in values]
        sheet.append([title, *row] if group else row)
    return sheet


def _row(one: Excerpt, names: Sequence[str]) -> list[Value]:
    return [
        one.address, one.code, one.text, one.document, one.turn, *one.lines,
        " | ".join(one.speakers), " | ".join(one.cases), one.coder,
        *[one.values.get(name, "") for name in names],
        one.memo, one.reference, one.notice,
    ]  # fmt: skip
