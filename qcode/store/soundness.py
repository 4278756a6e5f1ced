"""Whether a file is damaged: known before anything is written into it."""

from __future__ import annotations

from pathlib import Path
from threading import Lock

from sqlalchemy import Connection, Engine

from qcode.errors import Unusable
from qcode.language import _
from qcode.store import dialect

LARGE = 64_000_000
"""Bytes above which a file is large: to look through it takes 50 ms and more, and from a slow disk
a second, in which its first screen could be shown."""


def is_large(place: str) -> bool:
    """Tell whether a file is so large that a person would wait until it is looked through."""
    return Path(place).stat().st_size > LARGE


class Soundness:
    """What is known of a file; looked at once, by who asks first, while all others wait for that."""

    def __init__(self, engine: Engine, place: str) -> None:
        self._engine, self._place = engine, place
        self._one = Lock()
        self._found = ""

    def ensure(self, connection: Connection | None = None) -> None:
        """Raise Unusable where the file is damaged; look at it through a connection, if given."""
        with self._one:
            if not self._found:
                self._found = _looked(connection) if connection else self._looked_apart()
        if self._found != "ok":
            raise Unusable(
                _("{place} is damaged; `qcode check` says more, and the folder backups/ beside it "
                  "holds earlier copies").format(place=self._place)
            )  # fmt: skip

    def _looked_apart(self) -> str:
        with dialect.explained(self._place), self._engine.connect() as connection:
            return _looked(connection)


def _looked(connection: Connection) -> str:
    return str(connection.exec_driver_sql("PRAGMA quick_check(1)").scalar())
