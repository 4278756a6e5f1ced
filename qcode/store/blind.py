"""Blind copies: a project file for one coder, with his documents and without the work of others.

Every change stands in it, so that the log stays whole; what its coder must not see stands without
data. A later merge brings his work back and blanks nothing, for only what is lacking is taken.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, select

from qcode.errors import Refused
from qcode.language import _
from qcode.model.change import Change
from qcode.model.coding import MARKS
from qcode.store import cases, codebook, dialect, exchange, log, rounds, schema, veil
from qcode.store.project import Project, lay_tables
from qcode.store.rows import in_chunks
from qcode.store.settings import put_local
from qcode.system import create_private

Key = tuple[str, str]
"""Noun and id of a row."""

_OF_ALL = ("project", "coder", "attribute", "search", "question", log.UNDO)
_OF_DOCUMENT = ("version", "speaker", "participation")
_MADE_BY_HIM = frozenset(schema.FINDINGS) - {"quotation"}
"""Nouns of rows that are his where he began them; others' words in them stay behind."""
_SHORTENED = {"coding", "retired", "short"}
"""Fields of a change that leaves words out of a quotation, and does nothing else."""
_VALUES = {"version": ("text", "turns"), "status": ("seen", "finished"), "round": ("codebook",)}
"""Fields that name a value the copy holds; the figures of a closed round are not among them."""


@dataclass(frozen=True, slots=True)
class Sent:
    """What a blind copy holds: documents with their texts, and how many changes without data."""

    documents: int
    withheld: int


def send(project: Project, coder: str, target: Path, round: str = "") -> Sent:
    """Write a copy for one coder, with the documents he is assigned, in a round or at all.

    Refused where a file stands there already, or nothing is assigned to him.
    """
    with project.read(everything=True) as reading:
        given = rounds.assignments(reading, round)
        documents = {one.document for one in given if one.coder == coder}
        if not documents:
            raise Refused(
                _("no document is assigned to this coder; “qcode assign” does so before a copy is "
                  "sent")
            )  # fmt: skip
        changes = list(_Choice(reading, coder, documents).changes())
        create_private(target)
        with ExitStack() as undoing:
            undoing.callback(target.unlink)
            _write(reading, project.id, changes, coder, target)
            undoing.pop_all()
    return Sent(len(documents), sum(change.data is None for change in changes))


def _write(
    reading: Connection, project: str, changes: list[Change], coder: str, target: Path
) -> None:
    engine = dialect.sqlite_engine(target)
    lay_tables(engine, project)
    copy = Project(engine, str(target), here="blind copy")
    with copy.maintain() as writing:
        table = schema.value
        for some in in_chunks(_values(changes)):
            rows = reading.execute(select(table).where(table.c.hash.in_(some))).mappings()
            if held := [dict(row) for row in rows]:
                writing.execute(table.insert(), held)
        exchange.take(writing, changes)
        put_local(writing, veil.COPY_FOR, coder)
    copy.close()


def _values(changes: Iterable[Change]) -> set[str]:
    """Return the names of the values that changes refer to."""
    found: set[str] = set()
    for change in changes:
        if change.data is not None and change.entity in _VALUES:
            data = json.loads(change.data)
            found.update(data[name] for name in _VALUES[change.entity] if data.get(name))
    return found


class _Choice:
    """Which changes keep their data in a copy for one coder."""

    def __init__(self, connection: Connection, coder: str, documents: set[str]) -> None:
        self.coder = coder
        self.documents = documents
        self.log = list(log.read(connection))
        self.fields: dict[Key, dict[str, Any]] = defaultdict(dict)
        for change in self.log:
            if change.data is not None:
                self.fields[change.entity, change.row].update(json.loads(change.data))
        makers = codebook.makers(connection)
        self.proposed = {
            code.id for code in codebook.read(connection)
            if code.round and makers[code.id] != coder
        }  # fmt: skip
        self.standing = set(makers)
        with veil.as_if(connection, coder):
            self.veil = veil.drawn(connection)
        self.begun = {
            (change.entity, change.row): change for change in reversed(self.log)
            if change.new and change.data is not None
        }  # fmt: skip
        self.cases = {
            str(fields["case"]) for (noun, _row), fields in self.fields.items()
            if noun == "participation" and fields.get("document") in documents
        }  # fmt: skip
        self.rounds = {
            row
            for (noun, row), fields in self.fields.items()
            if noun == "round" and self._codes_in(fields)
        }
        self.inside = {"document": self.documents, "case": self.cases, "round": self.rounds}

    def _codes_in(self, fields: Mapping[str, Any]) -> bool:
        return self.coder in fields.get("coders", ())

    def changes(self) -> Iterable[Change]:
        """Yield every change, those that are withheld without data."""
        kept = {key: self._keeps(key, fields) for key, fields in self.fields.items()}
        for change in self.log:
            given = kept.get((change.entity, change.row), False) and self._shows(change)
            yield change if given else replace(change, data=None)

    def _keeps(self, key: Key, fields: Mapping[str, Any]) -> bool:
        """Tell whether a row is in the copy."""
        noun, row = key
        if noun in _OF_ALL:
            return True
        if noun == "code":
            return row not in self.proposed and (row in self.standing or not fields.get("round"))
        if noun in self.inside:
            return row in self.inside[noun]
        if noun in _OF_DOCUMENT:
            return fields.get("document") in self.documents
        if noun == "assignment":
            within = not fields.get("round") or fields["round"] in self.rounds
            return within and self._is_his(fields)
        if noun in _MADE_BY_HIM:
            return self._begun_by_him(key) and self._stands_inside(fields)
        obeyed = noun == "flag" and fields.get("kind") in MARKS
        return noun != "decision" and (
            self._is_his(self._stands_on(noun, fields))
            or (obeyed and fields.get("document") in self.documents)
        )

    def _begun_by_him(self, key: Key) -> bool:
        return key in self.begun and self.begun[key].actor == self.coder

    def _stands_inside(self, fields: Mapping[str, Any]) -> bool:
        """Tell whether all that a finding is about is in the copy."""
        for noun in ("theme", "code", "coding", "case", "document", "question"):
            key = (noun, str(fields.get(noun) or ""))
            if key[1] and not self._keeps(key, self.fields.get(key, {})):
                return False
        return True

    def _stands_on(self, noun: str, fields: Mapping[str, Any]) -> Mapping[str, Any]:
        """Return the fields that say whose something is: of a quotation those of its coding."""
        if noun != "quotation":
            return fields
        return self.fields.get(("coding", str(fields.get("coding"))), {})

    def _is_his(self, fields: Mapping[str, Any]) -> bool:
        """Tell whether something is his, and about nothing that is not in the copy."""
        if fields.get("coder") != self.coder:
            return False
        if fields.get("document"):
            return fields["document"] in self.documents
        about = fields.get("about_id", "")
        noun = fields.get("about_noun")
        return noun not in self.inside or about in self.inside[noun]

    def _shows(self, change: Change) -> bool:
        """Tell whether a change of a row that is in the copy keeps its data."""
        if change.data is None:
            return False
        data = json.loads(change.data)
        if change.entity in _MADE_BY_HIM:
            return change.actor == self.coder or data.keys() == {"retired"}
        if self.veil and change.entity == "search":
            return not veil.hides_search(self.veil, change)
        if self.veil and change.entity == "code":
            begun = self.begun[change.entity, change.row]
            return begun.hlc >= self.veil.since or not veil.of_peer(self.veil, change)
        if change.entity == "case":
            return not (data.get(cases.NOTE) or (data.get("consent") or {}).get("note"))
        if change.entity == "quotation":
            # Words that were left out of his passage stay left out, whoever did so.
            return change.actor == self.coder or data.keys() <= _SHORTENED
        return not (change.entity == "document" and "settled" in data)
