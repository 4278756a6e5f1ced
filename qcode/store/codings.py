"""Codings: giving words a code, and everything that may happen to one afterwards."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Select, func, select

from qcode.errors import NotFound, Refused
from qcode.language import _
from qcode.model.codebook import Codebook
from qcode.model.coding import FITS, Coding, Place
from qcode.model.document import Version
from qcode.model.filter import CONSENSUS, RECORD, Filter
from qcode.model.span import Span
from qcode.store import documents, memos, rounds, schema, texts, veil
from qcode.store.consensus import consensus_id, consensus_key
from qcode.store.log import Edit
from qcode.store.project import Step
from qcode.store.rows import ids_of, in_chunks, numbers

_AT_A_TIME = 2_000
_decoded = json.JSONDecoder().decode


@dataclass(frozen=True, slots=True)
class NewCoding:
    """A coding on its way in; ``coder`` is empty for who acts."""

    document: str
    span: Span
    code: str
    memo: str = ""
    coder: str = ""


def place_of(version: Version, span: Span) -> list[Any]:
    """Return a place as it is stored: version, start, end and the hash of the words there."""
    if span.end > len(version.transcript.text):
        raise Refused(
            _("the document ends at {end}; {start}-{stop} lies beyond it").format(
                end=len(version.transcript.text), start=span.start, stop=span.end
            )
        )
    words = version.transcript.hash_words(span.start, span.end)
    return [version.id, span.start, span.end, words]


def apply(step: Step, codings: Sequence[NewCoding]) -> tuple[str, ...]:
    """Give words their codes; return the ids of the codings, in order.

    Codings stand on the current version of their document.
    """
    rounds.refuse_elsewhere(step, {one.document for one in codings if not one.coder})
    versions: dict[str, Version] = {}
    edits: list[Edit] = []
    notes: list[Edit] = []
    for coding in codings:
        if coding.document not in versions:
            versions.clear()
            versions[coding.document] = documents.current(step.connection, coding.document)
        data: dict[str, Any] = {
            "document": coding.document,
            "code": coding.code,
            "coder": coding.coder or step.coder,
            "at": place_of(versions[coding.document], coding.span),
        }
        edits.append(Edit("coding", step.mint(), data, new=True, fresh=True))
        if coding.memo:
            notes.append(
                memos.noted(
                    step,
                    ("coding", edits[-1].row),
                    coding.memo,
                    document=coding.document,
                    coder=coding.coder,
                )
            )
    touched: dict[str, set[str]] = {}
    for coding in codings:
        touched.setdefault(coding.coder, set()).add(coding.document)
    seen = [edit for who, own in touched.items() for edit in documents.saw_codebook(step, own, who)]
    step.record(edits + notes + seen)
    return tuple(edit.row for edit in edits)


def retire(step: Step, codings: Iterable[str], *, retired: bool = True) -> None:
    """Take codings out of view and count, or bring them back."""
    step.record([Edit("coding", id, {"retired": int(retired)}) for id in codings])


def recode(step: Step, codings: Iterable[str], code: str, *, pile: Sequence[str] = ()) -> None:
    """Give codings another code; who recodes his own has the codebook as it stands before him.

    ``pile`` is noted with each.
    """
    ids = list(codings)
    table, document, coder = schema.coding.table, schema.document.table, schema.coder.table
    own = (
        select(document.c.id)
        .join(table, table.c.document == document.c.pk)
        .join(coder, table.c.coder == coder.c.pk)
        .where(coder.c.id == step.coder)
    )
    touched: set[str] = set()
    for some in in_chunks(ids):
        touched.update(step.connection.execute(own.where(table.c.id.in_(some))).scalars())
    note = {"pile": list(pile)} if pile else {}
    edits = [Edit("coding", id, {"code": code, **note}) for id in ids]
    step.record(edits + documents.saw_codebook(step, touched))


def move(step: Step, coding: str, span: Span) -> None:
    """Set the bounds of a coding on the current version; this also confirms a flagged place."""
    found = one(step.connection, coding)
    at = place_of(documents.current(step.connection, found.document), span)
    step.record([Edit("coding", coding, {"at": at})])


def split(step: Step, coding: str, at: int) -> str:
    """Divide a coding before the character ``at``; return the id of the second part.

    The first part keeps id and memos. Refused where either part would hold no words.
    """
    found = one(step.connection, coding)
    text = documents.current(step.connection, found.document).transcript.text
    first, second = text[found.start : max(at, found.start)], text[at : found.end]
    if not first.strip() or not second.strip():
        raise Refused(_("a segment is split between words of its own"))
    move(step, coding, Span(found.start, found.start + len(first.rstrip())))
    rest = Span(found.end - len(second.lstrip()), found.end)
    (id,) = apply(step, [NewCoding(found.document, rest, found.code, coder=found.coder)])
    return id


def join(step: Step, coding: str, other: str) -> Span:
    """Let one coding cover another's words and those between; return where it stands now.

    The other one is retired, and its memos go to the first. Refused where they are not of one
    document, coder and code.
    """
    first, second = one(step.connection, coding), one(step.connection, other)
    kept = (first.document, first.coder), (second.document, second.coder)
    if kept[0] != kept[1] or coding == other:
        raise Refused(_("two segments are joined that one coder made in one document"))
    if "lost" in (first.fit, second.fit):
        raise Refused(_("a segment that lost its place is placed first, then joined"))
    if given_code(step.connection, first) != given_code(step.connection, second):
        raise Refused(_("two segments are joined that have one code; recode one of them first"))
    span = Span(min(first.start, second.start), max(first.end, second.end))
    move(step, coding, span)
    notes = memos.listed(step.connection, document=first.document)
    step.record([
        *(Edit("memo", memo.id, {"about_id": coding}) for memo in notes
          if memo.about == ("coding", other)),
        Edit("coding", other, {"retired": 1}),
    ])  # fmt: skip
    return span


def given_code(connection: Connection, coding: Coding) -> str:
    """Return the code that a coding counts for: the end of the merges of the one it was given."""
    from qcode.store import codebook

    return codebook.read(connection).end(coding.code)


def one(connection: Connection, id: str) -> Coding:
    """Return the coding of this id; raises NotFound where it is none, or hidden."""
    table = schema.coding.table
    query = _query().where(table.c.id == id, *veil.seen(connection, table))
    for coding in _read(connection, query):
        return coding
    raise NotFound(_("this coding is not there"))


def of_ids(
    connection: Connection, ids: Iterable[str], *, all_there: bool = False
) -> tuple[Coding, ...]:  # fmt: skip
    """Return the live codings of these ids.

    ``all_there``: retired and hidden ones too, to know where they stand, never to show them.
    """
    table = schema.coding.table
    live = _query()
    if not all_there:
        live = live.where(table.c.retired == 0, *veil.seen(connection, table))
    return tuple(
        coding
        for some in in_chunks(ids)
        for coding in _read(connection, live.where(table.c.id.in_(some)))
    )


def words_then(connection: Connection, coding: Coding) -> str:
    """Return the words that were chosen for a coding, of the text as it was then."""
    table = schema.version.table
    query = select(table.c.text).where(table.c.id == coding.at.version)
    text = texts.body(connection, connection.execute(query).scalar_one())
    return (text or "")[coding.at.start : coding.at.end]


def by_coder(connection: Connection, codes: Iterable[str]) -> Mapping[str, int]:
    """Return how many live codings each coder has of these codes, as they were given."""
    table, document = schema.coding.table, schema.document.table
    code, coder = schema.code.table, schema.coder.table
    query = (
        select(coder.c.id, func.count())
        .select_from(table)
        .join(document, document.c.pk == table.c.document)
        .join(code, code.c.pk == table.c.code)
        .join(coder, coder.c.pk == table.c.coder)
        .where(table.c.retired == 0, document.c.retired == 0, *veil.seen(connection, table))
        .group_by(coder.c.id)
    )
    found: dict[str, int] = {}
    for some in in_chunks(codes):
        for who, number in connection.execute(query.where(code.c.id.in_(some))):
            found[who] = found.get(who, 0) + number
    return found


def by_code(connection: Connection) -> Mapping[str, int]:
    """Return how many live codings everybody has of each code, as it was given, by its id."""
    table, code = schema.coding.table, schema.code.table
    query = (
        select(code.c.id, func.count())
        .join(table, table.c.code == code.c.pk)
        .where(table.c.retired == 0, *veil.seen(connection, table))
        .group_by(code.c.id)
    )
    return {id: number for id, number in connection.execute(query)}  # noqa: C416 - rows are no pairs to mypy


def of_document(
    connection: Connection, document: str = "", *, retired: bool = False,
    codes: Collection[str] = (), coders: Collection[str] = (),
) -> tuple[Coding, ...]:  # fmt: skip
    """Return everyone's codings of a document, or of all, by place; of these codes and coders."""
    table, code, coder = schema.coding.table, schema.code.table, schema.coder.table
    query = _query().where(*veil.seen(connection, table))
    if document:
        query = query.where(schema.document.table.c.id == document)
    if codes:
        query = query.join(code, code.c.pk == table.c.code).where(code.c.id.in_(codes))
    if coders:
        query = query.join(coder, coder.c.pk == table.c.coder).where(coder.c.id.in_(coders))
    if not retired:
        query = query.where(table.c.retired == 0)
    return tuple(_read(connection, query))


def listed(connection: Connection, wanted: Filter, book: Codebook) -> tuple[Coding, ...]:
    """Return the codings that a filter means, by document, place and code.

    Attributes, text and cases are left to the caller, who knows the words and who speaks them.
    """
    return _once(connection, _read(connection, query_for(connection, wanted, book)))


def query_for(connection: Connection, wanted: Filter, book: Codebook) -> Select[Any]:
    """Return the query that ``listed`` reads."""
    table, document = schema.coding.table, schema.document.table
    code, coder = schema.code.table, schema.coder.table
    query = _query().where(
        table.c.retired == 0, document.c.retired == 0, *veil.seen(connection, table)
    )
    if wanted.codes or wanted.without:
        query = query.join(code, code.c.pk == table.c.code)
    if wanted.codes:
        query = query.where(code.c.id.in_(given_for(book, wanted.codes)))
    if wanted.without:
        query = query.where(code.c.id.not_in(given_for(book, wanted.without)))
    if wanted.documents:
        query = query.where(document.c.id.in_(wanted.documents))
    if wanted.kinds:
        query = query.where(document.c.kind.in_(wanted.kinds))
    if not wanted.coders and wanted.layer in (RECORD, CONSENSUS):
        query = query.where(veil.of_record(connection, table.c.coder))
        if wanted.layer == CONSENSUS:
            query = query.where(table.c.coder == consensus_key(connection))
    else:
        query = query.join(coder, coder.c.pk == table.c.coder)
        query = query.where(coder.c.id.in_(wanted.coders or (wanted.layer,)))
    return query


def _once(connection: Connection, found: Iterable[Coding]) -> tuple[Coding, ...]:
    """Return codings, each passage of the consensus once, that several pairs of coders settled."""
    if consensus_key(connection) is None:
        return tuple(found)
    consensus = consensus_id(connection)
    own: dict[tuple[str, ...] | str, Coding] = {}
    for one in found:
        place = (one.document, one.code, str(one.start), str(one.end), one.fit)
        own.setdefault(place if one.coder == consensus and one.fit != "lost" else one.id, one)
    return tuple(own.values())


def unsettled(
    connection: Connection, layer: str = RECORD
) -> Mapping[tuple[str, str], int]:  # fmt: skip
    """Return how many codings of a layer stand on other words than those chosen, or on none.

    By document and fit: ``changed`` and ``lost``.
    """
    table, document = schema.coding.table, schema.document.table
    columns = document.c.id, table.c.fit
    query = query_for(connection, Filter(layer=layer), Codebook(())).where(schema.UNFIT)
    query = query.with_only_columns(*columns, func.count()).order_by(None).group_by(*columns)
    return {(id, fit): number for id, fit, number in connection.execute(query)}


def births(
    connection: Connection, documents: Collection[str] = ()
) -> Iterable[tuple[str, str, int]]:  # fmt: skip
    """Yield document, coding and its start of every coding, retired ones too, in order of birth.

    Of a few documents, or of all, document by document.
    """
    table, of = schema.coding.table, schema.document.table
    query = (
        select(table.c.document, table.c.id, table.c.start)
        .where(*veil.seen(connection, table))
        .order_by(table.c.document, table.c.born, table.c.id)
    )
    if documents:
        query = query.join(of, of.c.pk == table.c.document).where(of.c.id.in_(documents))
    names = ids_of(connection, "document")
    for key, id, start in numbers(connection, query):
        yield names[key], id.hex(), start


def counts(connection: Connection) -> Mapping[tuple[str, str], int]:
    """Return how many live codings each coder has in each document, by document and coder."""
    table, document, coder = schema.coding.table, schema.document.table, schema.coder.table
    query = (
        select(document.c.id, coder.c.id, func.count())
        .join(document, document.c.pk == table.c.document)
        .join(coder, coder.c.pk == table.c.coder)
        .where(table.c.retired == 0, *veil.seen(connection, table))
        .group_by(document.c.id, coder.c.id)
    )
    return {(of, who): number for of, who, number in connection.execute(query)}


def given_for(book: Codebook, codes: Iterable[str]) -> set[str]:
    """Return every code that counts for these codes or one below them, merged ones included."""
    return {
        given
        for code in codes
        for below in book.below(book.end(code))
        for given in book.chain(below)
    }


def _query() -> Select[Any]:
    table, document = schema.coding.table, schema.document.table
    return (
        select(
            table.c.id, table.c.document, table.c.code, table.c.coder, table.c.at_version,
            table.c.at_start, table.c.at_end, table.c.at_words, table.c.start, table.c.end,
            table.c.fit, table.c.retired, table.c.details,
        )
        .join(document, document.c.pk == table.c.document)
        .order_by(table.c.document, table.c.start, table.c.end, table.c.born, table.c.id)
    )  # fmt: skip


def _made(details: str) -> int:
    # Most details hold nothing else, and reading JSON takes longer than all the rest.
    if details.startswith('{"made":') and (made := details[8:-1]).isdecimal():
        return int(made)
    found: int = _decoded(details).get("made", 0)
    return found


def _read(connection: Connection, query: Select[Any]) -> Iterable[Coding]:
    documents, codes, coders, versions = (
        ids_of(connection, noun) for noun in ("document", "code", "coder", "version")
    )
    # A coding is a hundred times in memory: what is the same in many of them is kept once.
    fits = {fit: fit for fit in FITS}
    for rows in connection.execute(query).partitions(_AT_A_TIME):
        for (
            id, document, code, coder, version, at_start, at_end, words, start, end, fit, retired,
            details,
        ) in rows:  # fmt: skip
            yield Coding(
                id, documents[document], codes[code], coders[coder],
                Place(versions[version], at_start, at_end, words),
                at_start if start == at_start else start, at_end if end == at_end else end,
                fits[fit], bool(retired), _made(details),
            )  # fmt: skip
