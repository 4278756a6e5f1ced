"""What a researcher says of one case and one code, and the passages that it rests on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from qcode.model.coding import Coding


@dataclass(frozen=True, slots=True)
class Rest:
    """A passage as it stood when a summary was written: its id, its place, how that fits."""

    coding: str
    version: str
    start: int
    end: int
    fit: str


@dataclass(frozen=True, slots=True)
class Summary:
    """The summary of a cell; there is one for a case and a code, with the same id on every copy."""

    id: str
    case: str
    code: str
    text: str
    rests: tuple[Rest, ...] = ()
    by: str = ""
    """The id of who wrote it last."""
    at: int = 0
    """When, in milliseconds since 1970 UTC."""


@dataclass(frozen=True, slots=True)
class Drift:
    """How many passages came, went, or have other words or bounds since a summary was written."""

    new: int = 0
    gone: int = 0
    changed: int = 0

    def __bool__(self) -> bool:
        return bool(self.new or self.gone or self.changed)


def resting(codings: Iterable[Coding]) -> tuple[Rest, ...]:
    """Return passages as a summary keeps them."""
    return tuple(
        Rest(one.id, one.at.version, one.at.start, one.at.end, one.fit)
        for one in sorted(codings, key=lambda one: one.id)
    )


def drift(then: Iterable[Rest], now: Iterable[Rest]) -> Drift:
    """Return what changed under a summary."""
    before, after = ({one.coding: one for one in some} for some in (then, now))
    both = before.keys() & after.keys()
    return Drift(
        new=len(after.keys() - both),
        gone=len(before.keys() - both),
        changed=sum(before[id] != after[id] for id in both),
    )
