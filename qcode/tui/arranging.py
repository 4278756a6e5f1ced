"""Rows filtered by words and sorted by a column: for lists of any length, in another thread."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from qcode.store.documents import natural

T = TypeVar("T")

AT_ONCE = 2_000
"""Rows that are arranged between a key and its frame; more take longer than a key may."""
_STRIDE = 500
"""Rows between two looks whether the result is still wanted."""


@dataclass(frozen=True, slots=True)
class Wish:
    """Which rows are wanted, and in which order; ``column`` None leaves them as they were read."""

    words: tuple[str, ...] = ()
    """Folded words, all of which must stand in a row."""
    column: int | None = None
    backwards: bool = False


class Stopped(Exception):
    """Nobody waits for the result any more."""


class Arrangement(Generic[T]):
    """Rows that can be wanted in many ways; the texts that are searched are made once."""

    def __init__(self, rows: Sequence[T], cells: Callable[[T], Sequence[str]]) -> None:
        self.rows = rows
        self._cells = cells
        self._texts: list[str] = []
        self._busy = threading.Lock()

    def arranged(self, wish: Wish, stopped: Callable[[], bool] = lambda: False) -> Sequence[T]:
        """Return the rows of a wish, or raise Stopped once ``stopped`` says so."""
        with self._busy:
            rows = self._fitting(wish.words, stopped) if wish.words else self.rows
            return self._sorted(rows, wish, stopped) if wish.column is not None else rows

    def _fitting(self, words: Sequence[str], stopped: Callable[[], bool]) -> Sequence[T]:
        texts, rows = self._texts, self.rows
        for start in range(len(texts), len(rows), _STRIDE):
            _look(stopped)
            texts += [
                " ".join(self._cells(row)).casefold() for row in rows[start : start + _STRIDE]
            ]
        found: list[T] = []
        for start in range(0, len(rows), _STRIDE):
            _look(stopped)
            found += [
                rows[at]
                for at in range(start, min(start + _STRIDE, len(rows)))
                if all(word in texts[at] for word in words)
            ]
        return found

    def _sorted(self, rows: Sequence[T], wish: Wish, stopped: Callable[[], bool]) -> Sequence[T]:
        keys = []
        for start in range(0, len(rows), _STRIDE):
            _look(stopped)
            keys += [
                _key(self._cells(row)[wish.column or 0]) for row in rows[start : start + _STRIDE]
            ]
        # What has no value stands last, whichever way the others are sorted.
        blank = [at for at, key in enumerate(keys) if not key]
        order = [at for at, key in enumerate(keys) if key]
        order.sort(key=keys.__getitem__, reverse=wish.backwards)
        return [rows[at] for at in (*order, *blank)]


def _look(stopped: Callable[[], bool]) -> None:
    if stopped():
        raise Stopped


def _key(text: str) -> tuple[tuple[int, str], ...]:
    """Return what a cell is sorted by, nothing for one without a letter or digit."""
    # Long numbers are written in threes.
    text = text.strip().replace("\N{NARROW NO-BREAK SPACE}", "")
    return natural(text) if any(sign.isalnum() for sign in text) else ()
