"""What was released: which words may leave the project, and why others may not.

A passage is withheld whole where any word of it lies in a closed stretch: marked, spoken by a
participant who gave no consent to be quoted, by cases that are all retired, or by a bystander: who
is heard, but is no case, where the document has cases. Nobody asked him. Where a mark lost its
place in a corrected text, nobody knows which words it stood on: the whole document is closed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from qcode.language import _
from qcode.model.case import Case
from qcode.model.coding import MARKS, Flag
from qcode.model.document import Transcript
from qcode.model.hearing import Hearing
from qcode.model.span import Span

UNPLACED = "a mark that needs a place"
REFUSED = "no consent to quote"
RETIRED = "retired case"
BYSTANDER = "somebody who is no case"
CHANGED = "shortened words that have changed since"


@dataclass(frozen=True, slots=True)
class Closed:
    """A stretch of a document that is not shown outside, and why."""

    span: Span
    reason: str


def closed(
    hearing: Hearing[str], flags: Iterable[Flag], cases: Mapping[str, Case]
) -> tuple[Closed, ...]:  # fmt: skip
    """Return the closed stretches of a document; ``cases`` holds retired ones too, by id."""
    transcript = hearing.transcript
    found: list[Closed] = []
    for flag in flags:
        if flag.kind not in MARKS:
            continue
        if flag.fit == "lost":
            return (Closed(Span(0, max(1, len(transcript.text))), UNPLACED),)
        found.append(Closed(Span(flag.start, flag.end), flag.kind))
    # Whom a turn counts for is a matter of its label alone, and there are few labels.
    reasons: dict[str, str] = {}
    has_cases = any(id in cases for some in hearing.cases.values() for id in some)
    for turn in transcript.turns:
        if turn.speaker not in reasons:
            speaking = [cases[id] for id in hearing.of(turn) if id in cases]
            beside = BYSTANDER if has_cases and hearing.beside(turn) else ""
            reasons[turn.speaker] = _kept_by(speaking) or beside
        if (reason := reasons[turn.speaker]) and turn.said < turn.end:
            found.append(Closed(Span(turn.said, turn.end), reason))
    return tuple(found)


def _kept_by(speaking: Sequence[Case]) -> str:
    """Return why the words of some cases together are closed, or an empty text."""
    if any(case.consent.quotation is False for case in speaking):
        return REFUSED
    return RETIRED if speaking and all(case.retired for case in speaking) else ""


def without_bystanders(stretches: Iterable[Closed]) -> tuple[Closed, ...]:
    """Return the stretches that stay closed where bystanders are to be quoted."""
    return tuple(one for one in stretches if one.reason != BYSTANDER)


def withheld(transcript: Transcript, stretches: Iterable[Closed], span: Span) -> str:
    """Return why a passage is withheld, or an empty text: blanks alone close nothing."""
    for stretch in stretches:
        if stretch.span.overlaps(span):
            start, end = max(stretch.span.start, span.start), min(stretch.span.end, span.end)
            if not transcript.text[start:end].isspace():
                return stretch.reason
    return ""


def named(reason: str) -> str:
    """Return a reason for withholding as a person reads it."""
    names = {
        UNPLACED: _("a mark that needs a place"), REFUSED: _("no consent to quote"),
        RETIRED: _("retired case"), "off the record": _("off the record"),
        "not to be used": _("not to be used"),
        BYSTANDER: _("words of people who are no case of the study"),
        CHANGED: _("shortened words that have changed since"),
    }  # fmt: skip
    return names.get(reason, reason)


def told(reasons: Mapping[str, int]) -> str:
    """Return the reasons for withholding, each with its number."""
    return ", ".join(f"{named(reason)} {n}" for reason, n in sorted(reasons.items()))
