"""What stands around a quotation: a few sentences, up to what may not be shown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from qcode.analysis.releasing import Closed, withheld
from qcode.model.document import Transcript, Turn
from qcode.model.hearing import Hearing
from qcode.model.sentences import sentences, trimmed
from qcode.model.span import Span

_Sentence = tuple[Turn, Span]


def surroundings(
    hearing: Hearing[str], closed: Sequence[Closed], span: Span, number: int
) -> tuple[str, str]:
    """Return up to ``number`` sentences before and after a passage, each turn after who speaks.

    They end before the first that may not be shown: what lies beyond it would tell of a gap.
    """
    transcript = hearing.transcript
    before = _open(transcript, closed, _before(transcript, span), number)
    after = _open(transcript, closed, _after(transcript, span), number)
    own = transcript.turns[transcript.turn_index(span.start)]
    last = transcript.turns[transcript.turn_index(span.end - 1)]
    return _told(hearing, before[::-1], own), _told(hearing, after, last)


def _open(
    transcript: Transcript, closed: Sequence[Closed], found: Iterable[_Sentence], number: int
) -> list[_Sentence]:
    shown: list[_Sentence] = []
    for turn, sentence in found:
        if len(shown) == number or withheld(transcript, closed, sentence):
            break
        # What is left of a sentence may be nothing but its full stop.
        if any(map(str.isalnum, transcript.text[sentence.start : sentence.end])):
            shown.append((turn, sentence))
    return shown


def _before(transcript: Transcript, span: Span) -> Iterator[_Sentence]:
    """Yield sentences that begin before a passage, the nearest first; one is cut by its start."""
    for turn in reversed(transcript.turns[: transcript.turn_index(span.start) + 1]):
        for one in reversed(_sentences(transcript.text, turn)):
            if one.start < span.start:
                cut = trimmed(transcript.text, one.start, min(one.end, span.start))
                if cut:
                    yield turn, cut


def _after(transcript: Transcript, span: Span) -> Iterator[_Sentence]:
    """Yield sentences that end after a passage, the nearest first; one is cut by its end."""
    for turn in transcript.turns[transcript.turn_index(span.end - 1) :]:
        for one in _sentences(transcript.text, turn):
            cut = trimmed(transcript.text, max(one.start, span.end), one.end)
            if one.end > span.end and cut:
                yield turn, cut


@lru_cache(64)
def _sentences(text: str, turn: Turn) -> tuple[Span, ...]:
    """Return the sentences of a turn, which the next passage is likely to stand in as well."""
    return tuple(sentences(text, Span(turn.said, turn.end))) if turn.said < turn.end else ()


def _told(hearing: Hearing[str], shown: Sequence[_Sentence], beside: Turn) -> str:
    """Return sentences as one text; those of another turn begin a line with who speaks."""
    lines: list[str] = []
    last: Turn | None = None
    for turn, sentence in shown:
        words = " ".join(hearing.transcript.text[sentence.start : sentence.end].split())
        if turn is last:
            lines[-1] += f" {words}"
        else:
            label = hearing.label(turn) if turn is not beside else ""
            lines.append(f"{label}: {words}" if label else words)
        last = turn
    return "\n".join(lines)
