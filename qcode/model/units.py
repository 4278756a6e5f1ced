"""Words, sentences, turns and exchanges of a transcript: what a reader moves over and codes.

A label and its time stamp belong to no unit but the word under the cursor.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from functools import cached_property
from itertools import pairwise
from typing import Literal

from qcode.model.document import UNHEARD, Transcript, Turn
from qcode.model.sentences import sentences, trimmed
from qcode.model.span import Span

Unit = Literal["word", "sentence", "turn", "exchange"]
UNITS: tuple[Unit, ...] = ("word", "sentence", "turn", "exchange")

_BLACK = re.compile(r"\S+")


class Units:
    """The units of one transcript; ``kinds`` holds the kind of speaker of each turn, if known.

    Every range is a span without blanks at its ends. Nothing is worked out before it is asked for.
    """

    def __init__(self, transcript: Transcript, kinds: Sequence[str] = ()) -> None:
        self.transcript = transcript
        self.kinds = tuple(kinds) or ("unknown",) * len(transcript.turns)
        if len(self.kinds) != len(transcript.turns):
            raise ValueError("every turn needs a kind of speaker")
        self._text = transcript.text
        self._sentences: dict[int, list[Span]] = {}

    def at(self, unit: Unit, offset: int) -> Span | None:
        """Return the unit that holds ``offset``.

        Between two units that is the next one of the same turn, else the one before; in a turn
        without words, nothing.
        """
        if unit == "word":
            return self._word(offset)
        if unit == "exchange":
            return self._exchange(offset)
        if not self.transcript.turns:
            return None
        turn = self.transcript.turn_index(offset)
        if unit == "turn":
            return self.said(turn)
        return _nearest(self.sentences(turn), offset)

    def next(self, unit: Unit, offset: int) -> int | None:
        """Return where the next unit starts, or nothing behind the last one."""
        if unit == "word":
            return self._next_word(offset)
        if unit == "sentence":
            return self._next_sentence(offset)
        starts = self._exchange_starts if unit == "exchange" else self._turn_starts
        at = bisect_right(starts, offset)
        return starts[at] if at < len(starts) else None

    def previous(self, unit: Unit, offset: int) -> int | None:
        """Return where this unit starts, or the one before it if ``offset`` is its start."""
        if unit == "word":
            return self._previous_word(offset)
        if unit == "sentence":
            return self._previous_sentence(offset)
        starts = self._exchange_starts if unit == "exchange" else self._turn_starts
        at = bisect_left(starts, offset) - 1
        return starts[at] if at >= 0 else None

    def said(self, turn: int) -> Span | None:
        """Return the words of a turn, without its label."""
        found = self.transcript.turns[turn]
        return trimmed(self._text, found.said, found.end)

    def sentences(self, turn: int) -> list[Span]:
        """Return the sentences of a turn, in order."""
        found = self._sentences.get(turn)
        if found is None:
            said = self.said(turn)
            found = list(sentences(self._text, said)) if said else []
            self._sentences[turn] = found
        return found

    def heard(self, turn: int) -> bool:
        """Tell whether the words of a turn count for a case; an unknown speaker's do."""
        return self.kinds[turn] not in UNHEARD

    # A label is nobody's words: motions by word pass over it.
    def _next_word(self, offset: int) -> int | None:
        text = self._text
        while offset < len(text):
            turn = self._turn(offset)
            if offset >= turn.said:
                while offset < turn.end and not text[offset].isspace():
                    offset += 1
            found = _BLACK.search(text, max(offset, turn.said), turn.end)
            if found:
                return _bare(text, found.start(), found.end()).start
            offset = turn.end
        return None

    def _previous_word(self, offset: int) -> int | None:
        text = self._text
        while (at := self._blackened(offset)) > 0:
            turn = self._turn(at - 1)
            if at <= turn.said:
                offset = turn.start
                continue
            start = at
            while start > turn.said and not text[start - 1].isspace():
                start -= 1
            word = _bare(text, start, self._black_end(start, turn.end))
            if word.start < offset:
                return word.start
            offset = start
        return None

    def _blackened(self, offset: int) -> int:
        """Step back over blanks."""
        while offset > 0 and self._text[offset - 1].isspace():
            offset -= 1
        return offset

    def _black_end(self, start: int, end: int) -> int:
        found = _BLACK.match(self._text, start, end)
        return found.end() if found else start

    def _word(self, offset: int) -> Span | None:
        if not self.transcript.turns:
            return None
        turn, text = self._turn(offset), self._text
        low, high = (turn.said, turn.end) if offset >= turn.said else (turn.start, turn.said)
        found = _BLACK.search(text, offset, high)
        start = found.start() if found else self._blackened(high)
        while start > low and not text[start - 1].isspace():
            start -= 1
        end = self._black_end(start, high)
        return _bare(text, start, end) if low <= start < end else None

    def _turn(self, offset: int) -> Turn:
        return self.transcript.turns[self.transcript.turn_index(offset)]

    def _next_sentence(self, offset: int) -> int | None:
        turns = self.transcript.turns
        for turn in range(self.transcript.turn_index(offset), len(turns)):
            for sentence in self.sentences(turn):
                if sentence.start > offset:
                    return sentence.start
        return None

    def _previous_sentence(self, offset: int) -> int | None:
        if not self.transcript.turns:
            return None
        for turn in range(self.transcript.turn_index(offset), -1, -1):
            for sentence in reversed(self.sentences(turn)):
                if sentence.start < offset:
                    return sentence.start
        return None

    @cached_property
    def _turn_starts(self) -> list[int]:
        spoken = (self.said(turn) for turn in range(len(self.transcript.turns)))
        return [span.start for span in spoken if span]

    @cached_property
    def _exchange_turns(self) -> list[int]:
        """Turns that open an exchange: the first question after an answer, or any if none asks."""
        kinds = self.kinds
        if "interviewer" not in kinds:
            return list(range(len(kinds)))
        asked = [
            turn
            for turn, kind in enumerate(kinds)
            if kind == "interviewer" and (turn == 0 or kinds[turn - 1] != "interviewer")
        ]
        return asked if asked[0] == 0 else [0, *asked]

    @cached_property
    def _exchange_starts(self) -> list[int]:
        ranges = pairwise([*self._exchange_turns, len(self.kinds)])
        return [span.start for first, last in ranges if (span := self._spoken(first, last))]

    def _exchange(self, offset: int) -> Span | None:
        if not self.transcript.turns:
            return None
        opening = self._exchange_turns
        at = bisect_right(opening, self.transcript.turn_index(offset)) - 1
        last = opening[at + 1] if at + 1 < len(opening) else len(self.kinds)
        return self._spoken(opening[at], last)

    def _spoken(self, first: int, last: int) -> Span | None:
        """Return the stretch from the first to the last word of turns ``[first, last)``."""
        head = self._first_said(range(first, last))
        tail = self._first_said(reversed(range(first, last)))
        return Span(head.start, tail.end) if head and tail else None

    def _first_said(self, turns: Iterable[int]) -> Span | None:
        return next((span for turn in turns if (span := self.said(turn))), None)


def _bare(text: str, start: int, end: int) -> Span:
    """Return a word without the marks around it; what has no letter is left whole."""
    first, last = start, end
    while first < last and not _wordly(text[first]):
        first += 1
    while last > first and not _wordly(text[last - 1]):
        last -= 1
    return Span(first, last) if first < last else Span(start, end)


def _wordly(character: str) -> bool:
    return character.isalnum() or unicodedata.category(character) in ("Mn", "Mc", "Me")


def _nearest(spans: Sequence[Span], offset: int) -> Span | None:
    if not spans:
        return None
    at = bisect_right(spans, offset, key=lambda span: span.end)
    return spans[min(at, len(spans) - 1)]
