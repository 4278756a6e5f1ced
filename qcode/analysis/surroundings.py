"""What stands around a quotation: a few sentences, up to what may not be shown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import islice

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
    first, last = transcript.turn_index(span.start), transcript.turn_index(span.end - 1)
    before = _open(transcript, closed, _before(transcript, span, first), number)
    after = _open(transcript, closed, _after(transcript, span, last), number)
    own, beside = transcript.turns[first], transcript.turns[last]
    return _told(hearing, before[::-1], own), _told(hearing, after, beside)


def _open(
    transcript: Transcript, closed: Sequence[Closed], found: Iterable[_Sentence], number: int
) -> list[_Sentence]:
    shown: list[_Sentence] = []
    for turn, sentence in found:
        if len(shown) == number or (closed and withheld(transcript, closed, sentence)):
            break
        text = transcript.text
        # What is left of a sentence may be nothing but its full stop.
        if text[sentence.start].isalnum() or any(
            map(str.isalnum, text[sentence.start : sentence.end])
        ):
            shown.append((turn, sentence))
    return shown


def _before(transcript: Transcript, span: Span, own: int) -> Iterator[_Sentence]:
    """Yield sentences that begin before a passage, the nearest first; one is cut by its start."""
    for turn in map(transcript.turns.__getitem__, range(own, -1, -1)):
        for one in reversed(_sentences(transcript.text, turn.said, turn.end)):
            if one.end <= span.start:
                yield turn, one
            elif cut := trimmed(transcript.text, one.start, span.start):
                yield turn, cut


def _after(transcript: Transcript, span: Span, own: int) -> Iterator[_Sentence]:
    """Yield sentences that end after a passage, the nearest first; one is cut by its end."""
    for turn in islice(transcript.turns, own, None):
        for one in _sentences(transcript.text, turn.said, turn.end):
            if one.start >= span.end:
                yield turn, one
            elif cut := trimmed(transcript.text, span.end, one.end):
                yield turn, cut


@lru_cache(64)
def _sentences(text: str, said: int, end: int) -> tuple[Span, ...]:
    """Return the sentences of a turn, which the next passage is likely to stand in as well."""
    return tuple(sentences(text, Span(said, end))) if said < end else ()


def _told(hearing: Hearing[str], shown: Sequence[_Sentence], beside: Turn) -> str:
    """Return sentences as one text; those of another turn begin a line with who speaks."""
    lines: list[str] = []
    last: Turn | None = None
    for turn, sentence in shown:
        words = hearing.transcript.text[sentence.start : sentence.end]
        if "  " in words or not words.isprintable():
            words = " ".join(words.split())
        if turn is last:
            lines[-1] += f" {words}"
        else:
            label = hearing.label(turn) if turn is not beside else ""
            lines.append(f"{label}: {words}" if label else words)
        last = turn
    return "\n".join(lines)
