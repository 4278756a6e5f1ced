"""What of each document is compared, worked out once: texts do not change."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from qcode.analysis.agreement.scales import Scale, scale_of
from qcode.model.hearing import Hearing
from qcode.model.span import Span

_KEPT = 1_000


@dataclass(frozen=True, slots=True)
class _Asked:
    """A scale by what it rests on: a version, the unit, who is heard, what is not to be used."""

    version: str
    unit: str
    whole: bool
    unheard: frozenset[str]
    cases: tuple[tuple[str, tuple[str, ...]], ...]
    everyone: tuple[str, ...]
    closed: tuple[Span, ...]
    hearing: Hearing[str] = field(compare=False)


def scale_for(
    version: str, hearing: Hearing[str], unit: str, *, whole: bool, closed: Sequence[Span]
) -> Scale:
    """Return the scale of a version of a document, which may have been asked for before."""
    cases = tuple((label, tuple(own)) for label, own in hearing.cases.items())
    return _made(_Asked(
        version, unit, whole, frozenset(hearing.unheard), cases, tuple(hearing.whole),
        tuple(closed), hearing,
    ))  # fmt: skip


@lru_cache(maxsize=_KEPT)
def _made(asked: _Asked) -> Scale:
    return scale_of(asked.hearing, asked.unit, whole=asked.whole, closed=asked.closed)
