"""Stories and summaries in and out of plain files."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from qcode.formats.folder.findings import RESTS, rest_cell
from qcode.formats.folder.tables import joined, split
from qcode.model.coding import Coding
from qcode.model.filter import Filter
from qcode.model.narrative import PASSAGE
from qcode.model.summary import resting
from qcode.store import codings, narratives, summaries
from qcode.store.narratives import NewPiece
from qcode.store.project import Reader
from qcode.workflows.framework import Framework, of_codes

if TYPE_CHECKING:
    from qcode.workflows.plain_findings import Leaving, Taking

Rows = Sequence[Mapping[str, str]]


def leave_pieces(ways: Leaving) -> Iterator[Mapping[str, str]]:
    """Yield the pieces of all stories, each story as it is told.

    A passage that is written nowhere, such as one that was taken away, has no piece.
    """
    pieces = narratives.listed(ways.connection)
    wanted = [one.coding for one in pieces if one.coding]
    live = {one.id: one for one in codings.of_ids(ways.connection, wanted)}
    for case, name in ways.cases.items():
        for one in pieces:
            if one.case != case:
                continue
            cells = {"case": name, "kind": one.kind, "text": one.text,
                     "by": ways.coders.get(one.by, "")}  # fmt: skip
            if one.kind != PASSAGE:
                yield cells
            elif one.coding in live and (named := ways.coding(live[one.coding])):
                yield {**cells, **named}


def take_pieces(ways: Taking, rows: Rows) -> tuple[int, int]:
    """Store pieces, each behind the one that stands before it in the table.

    Of pieces that say the same the first is the first that is there, the second the second.
    """
    new = known = 0
    last: dict[str, str] = {}
    times: Counter[tuple[str, ...]] = Counter()
    for row in rows:
        case = ways.cases[row["case"]]
        coding = ways.coding(row) if row["kind"] == PASSAGE else ""
        if row["kind"] == PASSAGE and not coding:
            continue
        text = row.get("text", "")
        there = narratives.listed(ways.step.connection, case)
        says = row["kind"], text, coding
        same = [one.id for one in there if (one.kind, one.text, one.coding) == says]
        at = times[case, *says]
        times[case, *says] += 1
        if at < len(same):
            known += 1
            last[case] = same[at]
            continue
        id = ways.step.derive("piece", case, *says, *([str(at)] if at else []))
        piece = NewPiece(row["kind"], text, coding, id, ways.coders.get(row.get("by", ""), ""))
        (last[case],) = narratives.add(ways.step, case, [piece], last.get(case, ""))
        new += 1
    return new, known


def leave_summaries(ways: Leaving) -> Iterator[Mapping[str, str]]:
    """Yield the summaries by case; one of a code that was merged is written with that code.

    What one rests on is written where passages changed since; those taken away are lost.
    """
    order = {id: at for at, id in enumerate((*ways.cases, *ways.codes))}
    written = [one for one in summaries.listed(ways.connection)
               if one.case in ways.cases and one.code in ways.codes]  # fmt: skip
    if not written:
        return
    matrix = _matrix(ways.connection, [one.code for one in written])
    for one in sorted(written, key=lambda one: (order[one.case], order[one.code])):
        there = _passages(matrix, one.case, one.code)
        now = {rest.coding: rest for rest in resting(there.values())}
        then = [now[id] for id in now if now[id] in one.rests]
        rests = [
            rest_cell(cells["document"], int(cells["start"]), int(cells["end"]), cells["code"])
            for rest in then
            if (cells := ways.coding(there[rest.coding]))
        ]  # fmt: skip
        yield {
            "case": ways.cases[one.case], "code": ways.codes[one.code], "text": one.text,
            RESTS: joined(rests) if len(then) < len(now) else "",
            "by": ways.coders.get(one.by, ""),
        }  # fmt: skip


def take_summaries(ways: Taking, rows: Rows) -> tuple[int, int]:
    """Store summaries; they rest on the passages that are there now, or on those they name."""
    step = ways.step
    there = {one.id for one in summaries.listed(step.connection)}
    matrix = _matrix(step.connection, [ways.codes[row["code"]] for row in rows])
    documents = {id: name for name, id in ways.documents.items()}
    paths = {id: path for path, id in ways.codes.items()}
    new = known = 0
    for row in rows:
        case, code = ways.cases[row["case"]], ways.codes[row["code"]]
        id = step.derive("summary", case, code)
        if id in there:
            known += 1
            continue
        there.add(id)
        wanted = split(row.get(RESTS, ""))
        rests = [
            one for one in _passages(matrix, case, code).values()
            if not wanted or rest_cell(documents.get(one.document, ""), one.start, one.end,
                                       paths.get(one.code, "")) in wanted
        ]  # fmt: skip
        by = ways.coders.get(row.get("by", ""), "")
        summaries.write(step, case, code, row["text"], resting(rests), by)
        new += 1
    return new, known


def _matrix(connection: Reader, codes: Iterable[str]) -> Framework:
    return of_codes(connection, Filter(codes=tuple(dict.fromkeys(codes))))


def _passages(matrix: Framework, case: str, code: str) -> Mapping[str, Coding]:
    """Return the codings of a cell by id; none where the case takes part in no interview."""
    cell = matrix.cells.get((case, matrix.shelf.book.end(code)))
    found = [one.segment.coding for one in cell.passages] if cell else []
    return {one.id: one for one in found}
