"""One entry of the append-only log: what was set on one row, by whom, when."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

Data = Mapping[str, Any]


def canonical(data: Data) -> str:
    """Return ``data`` as JSON in the one form that is hashed and stored."""
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest(text: str) -> str:
    """Return the SHA-256 of a text, hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def hashed(*fields: str | int) -> str:
    """Return the text whose SHA-256 is the hash of a change, from its fields but ``data``."""
    return "\x1f".join(map(str, fields))


@dataclass(frozen=True, slots=True)
class Change:
    """A change as it is stored and exchanged.

    ``(writer, seq)`` says which copy wrote it and as its how manyth; ``hlc`` is a hybrid logical
    clock (milliseconds shifted left by 16, plus a counter) that orders changes; ``at`` is the
    clock people see, in milliseconds since 1970 UTC. ``new`` tells whether it creates its row.
    ``data`` is None where it was erased or withheld; ``data_hash`` stays.
    """

    id: str
    writer: str
    seq: int
    hlc: int
    at: int
    actor: str
    step: str
    verb: str
    entity: str
    row: str
    new: bool
    data: str | None
    data_hash: str
    hash: str

    def expected_hash(self) -> str:
        """Return the SHA-256 over every field but ``data``, which ``data_hash`` stands for."""
        return digest(hashed(
            self.id, self.writer, self.seq, self.hlc, self.at, self.actor, self.step, self.verb,
            self.entity, self.row, int(self.new), self.data_hash,
        ))  # fmt: skip

    @property
    def sound(self) -> bool:
        """Tell whether the entry still says what was written."""
        kept = self.data is None or digest(self.data) == self.data_hash
        return kept and self.expected_hash() == self.hash


@dataclass(frozen=True, slots=True)
class Step:
    """One action of a person: all its changes are done or undone together."""

    id: str
    actor: str
    verb: str
    at: int
    undone: bool
    rows: Mapping[str, int]
    """How many rows of each noun it touched."""
    about: tuple[tuple[str, str], ...] = ()
    """The documents, cases and codes that a step of few rows concerns: noun and id of each."""
    reason: str = ""
