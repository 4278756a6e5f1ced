"""What participants answered, in and out of plain files."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from qcode.formats.folder.tables import joined, split
from qcode.model.answer import Answer
from qcode.model.span import Span
from qcode.store import answers, codings, memos
from qcode.store.answers import MARK, Given, Shown
from qcode.workflows.counting import surveyed
from qcode.workflows.member_check import own_words
from qcode.workflows.retrieving import Shelf

if TYPE_CHECKING:
    from qcode.workflows.plain_findings import Leaving, Taking


def leave(ways: Leaving) -> Iterator[Mapping[str, str]]:
    """Yield answers by participant and number; one on a coding that is not written is left out."""
    given = [one for one in answers.listed(ways.connection) if one.coding]
    live = {one.id: one for one in codings.of_ids(ways.connection, [one.coding for one in given])}
    current = {one.version for one in surveyed(ways.connection).documents}
    for case, name in ways.cases.items():
        for one in given:
            cells = ways.coding(live[one.coding]) if one.coding in live else {}
            if one.case != case or not cells:
                continue
            there = all(place.version in current for place in one.places)
            own = [f"{place.start}-{place.end}" for place in one.places] if there else []
            yield {
                "case": name, "number": str(one.number), **cells, "own": joined(own),
                "answer": one.verdict, "text": one.text, "how": one.how,
                "by": ways.coders.get(one.by, ""),
            }  # fmt: skip


def take(ways: Taking, rows: Sequence[Mapping[str, str]]) -> tuple[int, int]:
    """Store answers that are not here; marks of the table of flags on the same words are theirs."""
    step = ways.step
    there = {(one.case, one.coding) for one in answers.listed(step.connection)}
    shelf: Shelf | None = None
    new = known = 0
    for row in rows:
        case, coding = ways.cases[row["case"]], ways.coding(row)
        if not coding or (case, coding) in there:
            known += bool(coding)
            continue
        document = ways.documents[row["document"]]
        spans = tuple(Span(*map(int, one.split("-"))) for one in split(row.get("own", "")))
        if not spans:
            shelf = shelf or Shelf(step.connection)
            at = Span(int(row["start"]), int(row["end"]))
            spans = own_words(shelf.page(document), case, at)
        shown = Shown((coding,), document, spans, int(row.get("number", "0")))
        answers.ask(step, case, [shown], page="number" in row)
        made = next(one for one in answers.listed(step.connection, case) if one.coding == coding)
        by = ways.coders.get(row.get("by", ""), "")
        if row.get("answer"):
            given = Given(row["answer"], row.get("text", ""), row.get("how", ""), by)
            answers.give(step, made, document, given)
            _own_marks(ways, made, document)
        new += 1
    return new, known


def _own_marks(ways: Taking, answer: Answer, document: str) -> None:
    """Take away marks that say what those of the answer say."""
    own = {answers.mark_id(ways.step, answer.id, at) for at in range(len(answer.places))}
    places = {(one.start, one.end) for one in answer.places}
    flags = memos.flags(ways.step.connection, document)
    if own & {one.id for one in flags}:
        memos.unmark(ways.step, [
            one.id for one in flags
            if one.id not in own and one.kind == MARK and (one.start, one.end) in places
        ])  # fmt: skip
