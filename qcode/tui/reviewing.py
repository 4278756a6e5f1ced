"""The tables of a review as rows: figures as they are read, and how much is left to settle."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from qcode.language import _, counted
from qcode.model.codebook import Codebook
from qcode.model.filter import Filter
from qcode.model.table import Blank, Cell, Share, Table, in_words
from qcode.store.project import Reader
from qcode.tui.inspecting import Line
from qcode.tui.widgets.grid import Column
from qcode.workflows import discussing, overview
from qcode.workflows.agreement import Measure
from qcode.workflows.overview import CodeRow, Codes, Left, Overview

CODES, DOCUMENTS, PAIRS, HABITS, CONFUSED, DISCUSSED, AGAINST = range(7)
"""The tables, as they stand among TABLES of the commands."""
_VIEWS = {DOCUMENTS: "document", PAIRS: "pair", HABITS: "coder", CONFUSED: "confusion"}


@dataclass(frozen=True, slots=True)
class Row:
    """A row of any of the tables, with the code or the document that it is about."""

    texts: tuple[str, ...]
    code: str = ""
    document: str = ""
    left: Left | None = None
    blanks: tuple[str, ...] = ()
    """Why figures are missing."""


@dataclass(frozen=True, slots=True)
class Report:
    """A table as it is listed; ``said`` is what it comes to, or why there is none."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    notes: tuple[str, ...] = ()
    said: str = ""


# -- codes ---------------------------------------------------------------------------------------


def codes_report(codes: Codes) -> Report:
    """Return the codes by the three questions of a supervisor."""
    columns = (
        Column(_("code"), 26), Column(_("both noticed it?"), 26), Column(_("to settle"), 10, right=True),
        Column(_("same words?"), 12, right=True), Column(_("Dice"), 6, right=True),
        Column(_("same table?"), 30), Column(_("main cause"), 40),
    )  # fmt: skip
    rows = tuple(_code_row(one) for one in codes.rows)
    return Report(columns, rows, tuple(codes.notes), pooled(codes))


def _code_row(one: CodeRow) -> Row:
    cells = one.cells
    differing = in_words(cells["differing"])
    table = in_words(cells["informants"])
    if isinstance(cells["informants"], Share) and differing:
        table = f"{table}: {differing}"
    noticed = _alpha(cells)
    if one.few and isinstance(cells["alpha"], float):
        noticed = _("{figure} few").format(figure=noticed)
    texts = (
        one.name, noticed, _to_do(one.left), in_words(cells["alpha characters"]),
        in_words(cells["dice"]), table, in_words(cells["cause"]),
    )  # fmt: skip
    return Row(texts, code=one.code, left=one.left, blanks=_blanks(cells.values()))


def _to_do(left: Left) -> str:
    return str(left.to_do) if left.to_do or not left.settled else "✓"


def _alpha(cells: Mapping[str, Cell]) -> str:
    alpha, low, high = cells["alpha"], cells["low"], cells["high"]
    if isinstance(alpha, float) and isinstance(low, float) and isinstance(high, float):
        shown = [f"{one:.2f}".replace("-0.00", "0.00") for one in (alpha, low, high)]
        return _("{alpha} ({low} to {high})").format(alpha=shown[0], low=shown[1], high=shown[2])
    return in_words(alpha)


def _blanks(cells: Iterable[Cell]) -> tuple[str, ...]:
    found = [one for one in cells if isinstance(one, Blank) and one.why]
    return tuple(dict.fromkeys(f"{one.sign} {one.why}" for one in found))


def pooled(codes: Codes) -> str:
    """Return the figure of all codes together, and how many lie below the bar; never a verdict."""
    with_alpha = [one for one in codes.rows if isinstance(one.cells["alpha"], float)]
    if not with_alpha:
        return _("No code has an alpha.")
    return _("pooled {alpha} · {k} of {n} codes below 0.667").format(
        alpha=_alpha(codes.pooled), k=len(codes.low), n=len(with_alpha)
    )


# -- without figures -----------------------------------------------------------------------------


def left_report(found: Overview, *, by_document: bool) -> Report:
    """Return codes or documents by how many of their items are open, without any figure."""
    book = found.review.compared.book
    if by_document:
        names, left = found.review.names, found.of_document()
    else:
        left = found.of_code()
        names = {id: book[id].name for id in left if id in book.codes}
    rows = [
        Row((name, str(own.open), str(own.reopened), str(own.parked), str(own.waiting),
             str(own.settled)),
            code="" if by_document else id, document=id if by_document else "", left=own)
        for id, name in names.items()
        if (own := left.get(id)) and (own.to_do or own.parked or own.waiting or own.settled)
    ]  # fmt: skip
    rows.sort(key=lambda row: (-(row.left.to_do if row.left else 0), row.texts[0]))
    columns = (
        Column(_("document") if by_document else _("code"), 36), Column(_("open"), 8, right=True),
        Column(_("open again"), 11, right=True), Column(_("agenda"), 8, right=True),
        Column(_("waits"), 8, right=True), Column(_("settled"), 9, right=True),
    )  # fmt: skip
    return Report(columns, tuple(rows), said=state_line(found))


# -- the other tables ----------------------------------------------------------------------------


def table_report(
    connection: Reader, found: Overview, names: Mapping[str, str], at: int
) -> Report:  # fmt: skip
    """Return one of the other tables; raises Refused where it needs what was settled first."""
    if at in _VIEWS:
        table = overview.views(found, names, _VIEWS[at])
    elif at == DISCUSSED:
        measure = Measure(round=found.round, apart=True)
        table = discussing.before_and_after(connection, Filter(), measure)
    else:
        table = discussing.against_consensus(connection, Filter())
        if names != found.figured.names:
            table = overview.without_names(table, found.figured.names)
    return _report(found, table, at)


def _report(found: Overview, table: Table, at: int) -> Report:
    book = found.review.compared.book
    titles = [one.title for one in table.columns]
    columns = [
        Column(
            f"{one.title} {one.unit}" if titles.count(one.title) > 1 and one.unit else one.title,
            30 if number == 0 else 26, right=one.numeric,
        )
        for number, one in enumerate(table.columns)
    ]  # fmt: skip
    rows = [Row(tuple(map(in_words, row)), blanks=_blanks(row)) for row in table.rows]
    if at == DOCUMENTS:
        columns.insert(1, Column(_("to settle"), 10, right=True))
        rows = list(_documents(found, rows))
    elif at == CONFUSED:
        paths = {book.path(id): id for id in book.codes}
        rows = [
            Row(row.texts, next((paths[one] for one in row.texts[:2] if one in paths), ""),
                blanks=row.blanks)
            for row in rows
        ]  # fmt: skip
    elif at in (DISCUSSED, AGAINST):
        rows = list(_coded(book, table, rows))
    return Report(tuple(columns), tuple(rows), table.notes)


def _documents(found: Overview, rows: Sequence[Row]) -> Iterator[Row]:
    ids = {name: id for id, name in found.review.names.items()}
    left = found.of_document()
    for row in rows:
        id = ids.get(row.texts[0], "")
        own = left.get(id, Left())
        yield Row((row.texts[0], _to_do(own), *row.texts[1:]), "", id, own, row.blanks)


def _coded(book: Codebook, table: Table, rows: Sequence[Row]) -> Iterator[Row]:
    """Yield rows with their codes, which stand in the order of the codebook, some left out."""
    codes = iter([code for code, _depth in book.walk(retired=True)])
    depths = table.depths or (0,) * len(rows)
    for row, depth in zip(rows, depths, strict=True):
        code = next((one for one in codes if row.texts[0].startswith(one.name)), None)
        first = "  " * depth + row.texts[0]
        yield Row((first, *row.texts[1:]), code.id if code else "", blanks=row.blanks)


# -- around the table ----------------------------------------------------------------------------


def above_lines(found: Overview, names: Mapping[str, str]) -> tuple[str, str]:
    """Return what is compared, and what is left with what to be careful about."""
    return overview.shared(found, names), " · ".join((state_line(found), *overview.warnings(found)))


def state_line(found: Overview) -> str:
    """Return how many items are to be settled, and how many agreements to be taken over."""
    left = found.left(found.review.listed)
    said = [counted("{n} item to settle", "{n} items to settle", left.to_do)]
    for number, text in (
        (left.reopened, _("{n} of them open again")), (left.parked, _("{n} on the agenda")),
        (left.waiting, _("{n} wait for the codebook")), (left.settled, _("{n} settled")),
        (found.agreed, _("{n} agreements to take over: A")),
        (len(found.review.closed), _("consensus of record in {n} documents")),
    ):  # fmt: skip
        if number:
            said.append(text.format(n=number))
    return " · ".join(said)


def row_lines(found: Overview, row: Row, notes: Sequence[str]) -> tuple[Line, ...]:
    """Return what is left of a row, what its code means, and what qualifies the figures."""
    lines: list[Line] = []
    book = found.review.compared.book
    if row.code in book.codes:
        code = book[row.code]
        lines.append(Line(book.path(row.code).replace("/", " › "), "strong", code.color or "none"))
        lines += [Line(text) for text in (code.definition,) if text]
    if row.left is not None:
        lines += [*_left_lines(row.left), Line()]
    lines += [Line(text) for text in row.blanks]
    lines += [Line(text, "quiet") for text in notes]
    return tuple(lines)


def _left_lines(left: Left) -> Iterator[Line]:
    for number, text in (
        (left.open, _("{n} open")), (left.reopened, _("{n} open again")),
        (left.parked, _("{n} on the agenda")), (left.waiting, _("{n} wait for the codebook")),
        (left.settled, _("{n} settled")),
    ):  # fmt: skip
        if number:
            yield Line(text.format(n=number))
