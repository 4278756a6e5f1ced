"""Which passages of a code to show: a typical one, and one on its border."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from qcode.language import _
from qcode.model.span import Span


@dataclass(frozen=True, slots=True)
class Candidate:
    """A coding as far as the choice depends on it; ``code`` is the end of its chain of merges."""

    coding: str
    document: str
    span: Span
    code: str
    coder: str
    words: int


def typical(candidates: Sequence[Candidate]) -> Candidate | None:
    """Return the passage of median length from the document that has most of them.

    Of two documents the one that comes first is taken, of two in the middle the shorter one.
    """
    by_document: dict[str, list[Candidate]] = defaultdict(list)
    for one in candidates:
        by_document[one.document].append(one)
    if not by_document:
        return None
    most = max(by_document.values(), key=len)
    ranked = sorted(most, key=lambda one: (one.words, one.span.start, one.coding))
    return ranked[(len(ranked) - 1) // 2]


def disputed(candidates: Iterable[Candidate], flagged: Mapping[str, Sequence[Span]]
             ) -> Candidate | None:  # fmt: skip
    """Return the shortest passage of which some words are flagged to be discussed."""
    found = [
        one for one in candidates
        if any(span.overlaps(one.span) for span in flagged.get(one.document, ()))
    ]  # fmt: skip
    return min(found, key=lambda one: one.words, default=None)


def borderline(
    candidates: Iterable[Candidate], others: Mapping[str, Sequence[Candidate]]
) -> tuple[Candidate, str] | None:
    """Return a passage whose words another coder gave another code, not this one, and that code.

    Of several the one whose words are most nearly the same; ``others`` holds what the other coders
    did, by document.
    """
    best: tuple[float, Candidate, str] | None = None
    for one in candidates:
        near = [other for other in others.get(one.document, ()) if other.span.overlaps(one.span)]
        agreeing = {other.coder for other in near if other.code == one.code}
        for other in near:
            if other.coder not in agreeing:
                share = overlap(one.span, other.span)
                if best is None or share > best[0]:
                    best = (share, one, other.code)
    return best[1:] if best else None


def overlap(one: Span, other: Span) -> float:
    """Return how much two stretches have in common, of what both take, from 0 to 1."""
    common = min(one.end, other.end) - max(one.start, other.start)
    return max(0, common) / (max(one.end, other.end) - min(one.start, other.start))


def rules() -> tuple[str, ...]:
    """Return how the passages are chosen, in sentences."""
    return (
        _("typical passage: of median length, from the document with most passages of the code"),
        _("borderline passage: one that is flagged to be discussed; else one whose words another "
          "coder gave another code and not this one, the bounds most nearly the same; else none"),
    )  # fmt: skip
