"""Texts that were corrected on two copies at once, and joining them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from qcode.model.document import Splice, Transcript
from qcode.store import schema, texts
from qcode.store.documents import version_edit
from qcode.store.project import Step


@dataclass(frozen=True, slots=True)
class Tip:
    """A version from which no other was made, and how its text comes from that of ``base``."""

    id: str
    transcript: Transcript
    chain: tuple[tuple[Splice, ...], ...]


@dataclass(frozen=True, slots=True)
class Branch:
    """Two newest versions of one document, and the last text that both come from."""

    document: str
    base: Transcript
    first: Tip
    """The one that is current."""
    second: Tip


def branches(connection: Connection) -> tuple[Branch, ...]:
    """Return the first pair of versions to be joined of each document that has several tips."""
    version, of = schema.version.table, schema.document.table
    query = (
        select(version, of.c.id.label("of"))
        .join(of, of.c.pk == version.c.document)
        .order_by(version.c.born.desc(), version.c.id.desc())
    )
    rows: dict[str, list[Any]] = defaultdict(list)
    for row in connection.execute(query).all():
        rows[row.of].append(row)
    found = (_branch(connection, document, some) for document, some in sorted(rows.items()))
    return tuple(one for one in found if one is not None)


def _branch(connection: Connection, document: str, rows: Sequence[Any]) -> Branch | None:
    ways = {row.id: texts.ways_of(row.parent or "", row.details) for row in rows}
    used = {parent for own in ways.values() for parent in own}
    tips = [row for row in rows if row.id not in used]
    read = {row.id: (row.text, row.turns) for row in rows}
    for other in tips[1:]:
        lines = _lines(ways, tips[0].id), _lines(ways, other.id)
        shared = [one for one in lines[0] if one in lines[1]]
        if shared:
            base = texts.read(connection, *read[shared[0]])
            first, second = (
                Tip(tip.id, texts.read(connection, tip.text, tip.turns), line[shared[0]])
                for tip, line in zip((tips[0], other), lines, strict=True)
            )
            return Branch(document, base, first, second)
    return None


def _lines(
    ways: Mapping[str, Mapping[str, tuple[Splice, ...]]], tip: str
) -> dict[str, tuple[tuple[Splice, ...], ...]]:
    """Return every version that one comes from, nearest first, with the splices from there to it."""
    found: dict[str, tuple[tuple[Splice, ...], ...]] = {tip: ()}
    queue = [tip]
    for one in queue:
        for parent, way in sorted(ways.get(one, {}).items()):
            if parent in ways and parent not in found:
                found[parent] = (way, *found[one])
                queue.append(parent)
    return found


def join(
    step: Step, branch: Branch, transcript: Transcript,
    from_first: Iterable[Splice], from_second: Iterable[Splice],
) -> str:  # fmt: skip
    """Store the text that two versions were made into, as made from both; return its id.

    Two copies that join the same versions make the same one.
    """
    edit = version_edit(
        step, branch.document, transcript, branch.first.id, tuple(from_first),
        other=(branch.second.id, tuple(from_second)),
    )  # fmt: skip
    step.record([edit])
    return edit.row
