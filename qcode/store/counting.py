"""The tally and the coding of record: counted here, read everywhere."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable
from functools import cache
from typing import Any

from sqlalchemy import Connection, Table, bindparam, delete, func, select

from qcode.model.hearing import Hearing
from qcode.model.span import Span
from qcode.store import schema, texts
from qcode.store.consensus import consensus_key
from qcode.store.rows import in_chunks

Key = tuple[int, int]
"""Code (the end of its chain) and coder, by local key."""


def record(connection: Connection, documents: Iterable[int]) -> None:
    """Set whose coding of each document is of record."""
    table = schema.document.table
    update = table.update().where(table.c.pk == bindparam("old")).values(record=bindparam("new"))
    found = records(connection, documents)
    if found:
        connection.execute(update, [{"old": one, "new": coder} for one, coder in found.items()])


def records(connection: Connection, documents: Iterable[int]) -> dict[int, int | None]:
    """Return whose coding of each document is of record: its primary coder's, else who was first.

    First is who coded or finished it first; a second self is never of record. The consensus is,
    once all is settled there.
    """
    coding, status = schema.coding.table, schema.status.table
    documents = list(documents)
    if not documents:
        return {}
    found: dict[int, int | None] = {}
    seconds = _seconds(connection)
    consensus = consensus_key(connection)
    seconds += [consensus] if consensus else []
    for some in in_chunks(documents):
        first = _earliest(connection, some, coding, (coding.c.coder.not_in(seconds),))
        for document, moment in _earliest(
            connection, some, status,
            (status.c.finished.is_not(None), status.c.coder.not_in(seconds)),
        ).items():  # fmt: skip
            first[document] = min(first.get(document, moment), moment)
        who = {document: coder for document, (_born, _id, coder) in first.items()}
        who |= {
            document: coder for document, coder in _primary(connection, some).items()
            if coder not in seconds
        }  # fmt: skip
        if consensus:
            who |= dict.fromkeys(_settled(connection, some), consensus)
        found |= {document: who.get(document) for document in some}
    return found


def _seconds(connection: Connection) -> list[int]:
    """Return who is only the second self of somebody."""
    table = schema.coder.table
    query = select(table.c.pk, table.c.details).where(table.c.details.contains('"of":'))
    return [pk for pk, details in connection.execute(query) if json.loads(details).get("of")]


def _primary(connection: Connection, documents: list[int]) -> dict[int, int]:
    """Return who was made the primary coder of each document, last where two copies did."""
    table = schema.assignment.table
    query = (
        select(table.c.document, table.c.coder, table.c.details)
        .where(table.c.document.in_(documents), table.c.retired == 0)
        .order_by(table.c.born, table.c.id)
    )
    return {
        document: coder for document, coder, details in connection.execute(query)
        if json.loads(details).get("primary")
    }  # fmt: skip


def _settled(connection: Connection, documents: list[int]) -> list[int]:
    """Return in which documents coders settled all that they disagreed on."""
    table = schema.document.table
    query = select(table.c.pk, table.c.details).where(
        table.c.pk.in_(documents), table.c.details.contains('"settled":')
    )
    return [pk for pk, details in connection.execute(query) if json.loads(details).get("settled")]


def _earliest(
    connection: Connection, documents: list[int], table: Table, where: tuple[Any, ...]
) -> dict[int, tuple[int, str, int]]:
    """Return when, as what and by whom the first row of each document was made."""
    first = (
        select(table.c.document, func.min(table.c.born).label("born"))
        .where(table.c.document.in_(documents), *where)
        .group_by(table.c.document)
        .subquery()
    )
    query = select(table.c.document, table.c.born, table.c.id, table.c.coder).join(
        first, (first.c.document == table.c.document) & (first.c.born == table.c.born)
    )
    found: dict[int, tuple[int, str, int]] = {}
    for document, *moment in connection.execute(query.where(*where)):
        one = (moment[0], moment[1], moment[2])
        found[document] = min(found.get(document, one), one)
    return found


def recount(connection: Connection, whole: set[int], pairs: set[tuple[int, int]]) -> None:
    """Count again: every code of some documents, and single (document, code) pairs."""
    finals = _finals(connection, {code for _document, code in pairs})
    wanted: dict[int, set[int] | None] = dict.fromkeys(_coded(connection, whole))
    for document, code in pairs:
        if document not in whole:
            codes = wanted.setdefault(document, set())
            if codes is not None:
                codes.update(finals.get(code, {code}))
    rows: list[dict[str, Any]] = []
    for document, codes in wanted.items():
        given = {"document": document, "codes": sorted(codes or ())}
        connection.execute(_forget(whole=codes is None), given)
        rows += counted(connection, document, codes)
    if rows:
        connection.execute(schema.tally.insert(), rows)


def _coded(connection: Connection, documents: Iterable[int]) -> set[int]:
    """Return which documents have codings or tallies at all."""
    found: set[int] = set()
    for some in in_chunks(documents):
        for table in (schema.coding.table, schema.tally):
            query = select(table.c.document).where(table.c.document.in_(some)).distinct()
            found.update(connection.execute(query).scalars())
    return found


@cache
def _forget(*, whole: bool) -> Any:
    table = schema.tally
    gone = delete(table).where(table.c.document == bindparam("document"))
    return gone if whole else gone.where(table.c.code.in_(bindparam("codes", expanding=True)))


def _finals(connection: Connection, codes: set[int]) -> dict[int, set[int]]:
    """Return, for each code, itself and what it counts for."""
    found: dict[int, set[int]] = {}
    for some in in_chunks(codes):
        for pk, final in connection.execute(_finals_query(), {"codes": some}):
            found[pk] = {pk, final or pk}
    return found


@cache
def _finals_query() -> Any:
    table = schema.code.table
    return select(table.c.pk, table.c.final).where(
        table.c.pk.in_(bindparam("codes", expanding=True))
    )


def counted(
    connection: Connection, document: int, codes: set[int] | None = None
) -> list[dict[str, Any]]:
    """Return the tallies of a document as its codings have them: of all codes or of some."""
    spans = _spans(connection, document, codes)
    if not spans:
        return []
    hearing = _hearing(connection, document)
    closed = _not_to_be_used(connection, document)
    return [
        {
            "document": document,
            "code": code,
            "coder": coder,
            "case": case,
            "passages": passages,
            "words": words,
        }
        for (code, coder), marked in spans.items()
        for case, (passages, words) in hearing.count(marked, closed).items()
    ]


def _spans(connection: Connection, document: int, codes: set[int] | None) -> dict[Key, list[Span]]:
    spans: dict[Key, list[Span]] = defaultdict(list)
    given = {"document": document, "codes": sorted(codes or ())}
    for final, coder, start, end in connection.execute(_spans_query(whole=codes is None), given):
        spans[final, coder].append(Span(start, end))
    return spans


@cache
def _spans_query(*, whole: bool) -> Any:
    coding, code = schema.coding.table, schema.code.table
    query = (
        select(code.c.final, coding.c.coder, coding.c.start, coding.c.end)
        .join(code, code.c.pk == coding.c.code)
        .where(coding.c.document == bindparam("document"), coding.c.retired == 0)
        .where(schema.PLACED)
    )
    return query if whole else query.where(code.c.final.in_(bindparam("codes", expanding=True)))


def _not_to_be_used(connection: Connection, document: int) -> list[Span]:
    found = connection.execute(_closed_query(), {"document": document})
    return [Span(start, end) for start, end in found]


@cache
def _closed_query() -> Any:
    flag = schema.flag.table
    return select(flag.c.start, flag.c.end).where(
        flag.c.document == bindparam("document"),
        flag.c.kind == "not to be used",
        flag.c.retired == 0,
        flag.c.fit != "lost",
    )


def _hearing(connection: Connection, document: int) -> Hearing[int]:
    """Return whose words the turns of a document are, cases by their local keys."""
    given = {"document": document}
    speakers = {row.pk: row for row in connection.execute(_speakers_query(), given)}
    cases: dict[str, list[int]] = defaultdict(list)
    whole: list[int] = []
    for case, of in connection.execute(_parts_query(), given):
        (cases[speakers[of].label] if of is not None else whole).append(case)
    kinds = {row.label: row.kind for row in speakers.values()}
    return Hearing(texts.current(connection, document), kinds, cases, whole)


@cache
def _speakers_query() -> Any:
    table = schema.speaker.table
    return select(table.c.pk, table.c.label, table.c.kind).where(
        table.c.document == bindparam("document")
    )


@cache
def _parts_query() -> Any:
    table = schema.participation.table
    return select(table.c.case, table.c.speaker).where(
        table.c.document == bindparam("document"), table.c.retired == 0
    )
