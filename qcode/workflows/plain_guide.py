"""The interview guide, and where its questions were asked, in and out of plain files."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from qcode.formats.folder import guide as rows_of
from qcode.model.guide import Question
from qcode.model.span import Span
from qcode.store import codebook, guide
from qcode.store.project import Reader
from qcode.workflows.guide import put

if TYPE_CHECKING:
    from qcode.workflows.plain_findings import Leaving, Taking


def typed(connection: Reader) -> tuple[Question, ...]:
    """Return the questions with the paths of their codes, as they are written by hand."""
    book = codebook.read(connection)
    return tuple(
        replace(one, codes=tuple(dict.fromkeys(
            book.path(book.end(code)) for code in one.codes if code in book.codes
        )))
        for one in guide.questions(connection)
    )  # fmt: skip


def leave_questions(ways: Leaving) -> Iterator[Mapping[str, str]]:
    """Yield the questions; a code that is not written is left out."""
    for one in guide.questions(ways.connection):
        codes = dict.fromkeys(ways.codes[code] for code in one.codes if code in ways.codes)
        yield rows_of.cells(replace(one, codes=tuple(codes)))


def take_questions(ways: Taking, rows: Sequence[Mapping[str, str]]) -> tuple[int, int]:
    """Store questions whose numbers are not taken."""
    done = put(ways.step, map(rows_of.question, rows))
    return done.added, done.skipped


def leave_askings(ways: Leaving) -> Iterator[Mapping[str, str]]:
    """Yield where questions were asked, by document and place."""
    numbers = {one.id: one.number for one in guide.questions(ways.connection)}
    order = {id: at for at, id in enumerate(ways.documents)}
    standing = [one for one in guide.askings(ways.connection)
                if one.document in order and one.fit != "lost"]  # fmt: skip
    for one in sorted(standing, key=lambda one: (order[one.document], one.start)):
        yield {
            "document": ways.documents[one.document], "start": str(one.start),
            "end": str(one.end), "question": numbers[one.question],
            "by": ways.coders.get(one.by, ""),
        }  # fmt: skip


def take_askings(ways: Taking, rows: Sequence[Mapping[str, str]]) -> tuple[int, int]:
    """Store where questions were asked; of a question that is not here nothing is stored."""
    known = {one.number.casefold(): one.id for one in guide.questions(ways.step.connection)}
    by: dict[str, list[tuple[str, str, Span]]] = defaultdict(list)
    for row in rows:
        if row["document"] in ways.documents and row["question"].casefold() in known:
            by[ways.coders.get(row.get("by", ""), "")].append((
                ways.documents[row["document"]], known[row["question"].casefold()],
                Span(int(row["start"]), int(row["end"])),
            ))  # fmt: skip
    new = sum(len(guide.ask(ways.step, some, by=who)) for who, some in by.items())
    return new, sum(map(len, by.values())) - new
