"""What one coder did day by day, for that coder alone."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise

from qcode.language import _, counted

PAUSE = 10 * 60 * 1000
"""Milliseconds between two saved steps from which a coder counts as away."""


@dataclass(frozen=True, slots=True)
class Made:
    """Something that was made and stands: what (coding, memo, code, status), where, and the day."""

    day: date
    noun: str
    id: str
    document: str = ""


@dataclass(slots=True)
class Day:
    """What was done on one day, or on all days together."""

    day: date | None
    segments: dict[str, int] = field(default_factory=dict)
    """How many codings, by document."""
    finished: list[str] = field(default_factory=list)
    codes: list[str] = field(default_factory=list)
    memos: int = 0
    active: int = 0
    """Milliseconds between saved steps that follow each other within PAUSE."""

    def take(self, made: Made) -> None:
        """Count one more thing."""
        if made.noun == "coding":
            self.segments[made.document] = self.segments.get(made.document, 0) + 1
        elif made.noun == "status":
            self.finished.append(made.document)
        elif made.noun == "code":
            self.codes.append(made.id)
        else:
            self.memos += 1


def days(
    things: Iterable[Made], times: Sequence[int], day_of: Callable[[int], date]
) -> tuple[Day, ...]:  # fmt: skip
    """Return the days on which anything was saved, latest first, after one for all of them.

    ``times`` says when something was saved, in milliseconds, earliest first.
    """
    whole, found = Day(None), {day: Day(day) for day in map(day_of, times)}
    for one in things:
        for day in (whole, found.setdefault(one.day, Day(one.day))):
            day.take(one)
    for before, after in pairwise(times):
        if after - before <= PAUSE and day_of(before) == day_of(after):
            whole.active += after - before
            found[day_of(after)].active += after - before
    latest = sorted(found.items(), reverse=True)
    return (whole, *(day for _date, day in latest))


def told(day: Day) -> str:
    """Return what was done as one phrase: ``84 segments in 2 documents, 3 new codes, 1 memo``."""
    parts = []
    if day.segments:
        parts.append(
            _("{segments} in {documents}").format(
                segments=counted("{n} segment", "{n} segments", sum(day.segments.values())),
                documents=counted("{n} document", "{n} documents", len(day.segments)),
            )
        )
    if day.finished:
        parts.append(counted("{n} document finished", "{n} documents finished", len(day.finished)))
    if day.codes:
        parts.append(counted("{n} new code", "{n} new codes", len(day.codes)))
    if day.memos:
        parts.append(counted("{n} memo", "{n} memos", day.memos))
    return ", ".join(parts)


def hours(milliseconds: int) -> str:
    """Return a length of time as hours and minutes: ``1:05``; less than a minute is none."""
    minutes = milliseconds // 60_000
    return f"{minutes // 60}:{minutes % 60:02}" if minutes else ""
