"""How much of what participants said a coder has coded."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from qcode.model.document import UNHEARD
from qcode.model.span import Span, united
from qcode.tui.desk import Desk


def coverage(desk: Desk) -> float | None:
    """Return the share of the participants' words that this coder coded, from 0 to 1.

    None where no participant says anything. A word that is cut by an edge counts as coded.
    """
    transcript = desk.sheet.transcript
    said = [
        Span(turn.said, turn.end)
        for turn, kind in zip(transcript.turns, desk.sheet.kinds, strict=True)
        if kind not in UNHEARD and turn.said < turn.end
    ]
    total = sum(transcript.words_in(span.start, span.end) for span in said)
    if not total:
        return None
    own = (Span(one.start, one.end) for one in desk.codings.values()
           if desk.own(one) and one.start < one.end)  # fmt: skip
    coded = sum(transcript.words_in(span.start, span.end) for span in common(own, said))
    return min(1.0, coded / total)


def common(spans: Iterable[Span], others: Sequence[Span]) -> list[Span]:
    """Return what lies in any of ``spans`` and in one of ``others``, which are disjoint, in order."""
    found: list[Span] = []
    at = 0
    for span in united(spans):
        while at < len(others) and others[at].end <= span.start:
            at += 1
        here = at
        while here < len(others) and others[here].start < span.end:
            other = others[here]
            found.append(Span(max(span.start, other.start), min(span.end, other.end)))
            here += 1
    return found
