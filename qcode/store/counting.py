"""The tally and the coding of record: counted here, read everywhere."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Any

from sqlalchemy import Connection, delete, select

from qcode.model.document import UNHEARD, Transcript, Turn
from qcode.model.span import Span, united, without
from qcode.store import schema, texts

Key = tuple[int, int]
"""Code (the end of its chain) and coder, by local key."""


def record(connection: Connection, documents: Iterable[int]) -> None:
    """Set whose coding of each document is of record: who coded or finished it first."""
    for document in documents:
        table = schema.document.table
        row = connection.execute(select(table.c.record).where(table.c.pk == document)).first()
        if row is None:
            continue
        first = _first_coder(connection, document)
        if first != row.record:
            connection.execute(table.update().where(table.c.pk == document).values(record=first))


def _first_coder(connection: Connection, document: int) -> int | None:
    coding, status = schema.coding.table, schema.status.table
    found = [
        connection.execute(
            select(table.c.born, table.c.id, table.c.coder)
            .where(table.c.document == document, *extra)
            .order_by(table.c.born, table.c.id)
            .limit(1)
        ).first()
        for table, extra in ((coding, ()), (status, (status.c.finished.is_not(None),)))
    ]
    standing = sorted((row.born, row.id, row.coder) for row in found if row is not None)
    return standing[0][2] if standing else None


def recount(connection: Connection, whole: set[int], pairs: set[tuple[int, int]]) -> None:
    """Count again: every code of some documents, and single (document, code) pairs."""
    finals = _finals(connection, {code for _document, code in pairs})
    wanted: dict[int, set[int] | None] = dict.fromkeys(whole)
    for document, code in pairs:
        if document not in whole:
            codes = wanted.setdefault(document, set())
            if codes is not None:
                codes.update(finals.get(code, {code}))
    rows: list[dict[str, Any]] = []
    for document, codes in wanted.items():
        table = schema.tally
        gone = delete(table).where(table.c.document == document)
        connection.execute(gone if codes is None else gone.where(table.c.code.in_(codes)))
        rows += _counted(connection, document, codes)
    if rows:
        connection.execute(schema.tally.insert(), rows)


def _finals(connection: Connection, codes: set[int]) -> dict[int, set[int]]:
    """Return, for each code, itself and what it counts for."""
    table, found = schema.code.table, {}
    ordered = list(codes)
    for first in range(0, len(ordered), 500):
        query = select(table.c.pk, table.c.final).where(
            table.c.pk.in_(ordered[first : first + 500])
        )
        found.update({pk: {pk, final or pk} for pk, final in connection.execute(query)})
    return found


def _counted(connection: Connection, document: int, codes: set[int] | None) -> list[dict[str, Any]]:
    spans = _spans(connection, document, codes)
    if not spans:
        return []
    row = connection.execute(
        select(schema.document.table.c.current).where(schema.document.table.c.pk == document)
    ).scalar_one()
    transcript = texts.transcript(connection, row)
    hearing = Hearing(connection, document, transcript)
    closed = _not_to_be_used(connection, document)
    rows: list[dict[str, Any]] = []
    for (code, coder), marked in spans.items():
        for case, (passages, words) in hearing.count(marked, closed).items():
            rows.append(
                {
                    "document": document,
                    "code": code,
                    "coder": coder,
                    "case": case,
                    "passages": passages,
                    "words": words,
                }
            )
    return rows


def _spans(connection: Connection, document: int, codes: set[int] | None) -> dict[Key, list[Span]]:
    coding, code = schema.coding.table, schema.code.table
    query = (
        select(code.c.final, coding.c.coder, coding.c.start, coding.c.end)
        .join(code, code.c.pk == coding.c.code)
        .where(coding.c.document == document, coding.c.retired == 0, coding.c.fit != "lost")
    )
    if codes is not None:
        query = query.where(code.c.final.in_(codes))
    spans: dict[Key, list[Span]] = defaultdict(list)
    for final, coder, start, end in connection.execute(query):
        spans[final, coder].append(Span(start, end))
    return spans


def _not_to_be_used(connection: Connection, document: int) -> list[Span]:
    flag = schema.flag.table
    query = select(flag.c.start, flag.c.end).where(
        flag.c.document == document,
        flag.c.kind == "not to be used",
        flag.c.retired == 0,
        flag.c.fit != "lost",
    )
    return [Span(start, end) for start, end in connection.execute(query)]


class Hearing:
    """Whose words the turns of one document are.

    A case is counted for the turns of the speaker it takes part as; one that takes part as a
    whole is counted for every heard turn whose speaker is nobody in particular. Interviewers and
    interpreters make no case. Where a document has speakers, a turn without one is nobody's.
    """

    def __init__(self, connection: Connection, document: int, transcript: Transcript) -> None:
        self.transcript = transcript
        speaker, part = schema.speaker.table, schema.participation.table
        labels = {
            row.pk: (row.label, row.kind)
            for row in connection.execute(
                select(speaker.c.pk, speaker.c.label, speaker.c.kind).where(
                    speaker.c.document == document
                )
            )
        }
        self.unheard = {label for label, kind in labels.values() if kind in UNHEARD}
        self.cases: Mapping[str, list[int]] = defaultdict(list)
        self.whole: list[int] = []
        query = select(part.c.case, part.c.speaker).where(
            part.c.document == document, part.c.retired == 0
        )
        for case, of in connection.execute(query):
            (self.cases[labels[of][0]] if of is not None else self.whole).append(case)

    def heard(self, turn: Turn) -> bool:
        """Tell whether the words of a turn are a participant's."""
        if not turn.speaker:
            return not self.transcript.speakers
        return turn.speaker not in self.unheard

    def of(self, turn: Turn) -> Sequence[int]:
        """Return the cases that a heard turn counts for."""
        own = self.cases.get(turn.speaker) if turn.speaker else None
        return own or self.whole

    def count(
        self, spans: Iterable[Span], closed: Sequence[Span] = ()
    ) -> dict[int | None, tuple[int, int]]:
        """Return passages and words by case; None stands for the document's own totals.

        Spans that overlap or touch are one passage. What lies in ``closed`` is left out; a passage
        of which nothing is left is none.
        """
        passages: dict[int | None, int] = defaultdict(int)
        words: dict[int | None, int] = defaultdict(int)
        for span in united(spans):
            pieces = without([span], closed) if closed else (span,)
            if not pieces:
                continue
            passages[None] += 1
            speaking: set[int] = set()
            for case, said in chain.from_iterable(map(self.said, pieces)):
                words[case] += said
                if case is not None:
                    speaking.add(case)
            for case in speaking:
                passages[case] += 1
        return {case: (passages[case], words[case]) for case in passages}

    def said(self, span: Span) -> Iterator[tuple[int | None, int]]:
        """Yield the words of participants in a stretch: in all (None), and by case."""
        for turn in self.transcript.turns_in(span):
            if not self.heard(turn):
                continue
            number = self.transcript.words_in(max(span.start, turn.said), min(span.end, turn.end))
            if number:
                yield None, number
                for case in self.of(turn):
                    yield case, number
