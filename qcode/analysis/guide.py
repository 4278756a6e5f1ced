"""Which question of a guide an interviewer's turn may ask: by likeness of the words alone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from qcode.model.guide import Question
from qcode.model.sentences import sentences
from qcode.model.span import Span

LEAST = 60.0
"""The likeness from which a turn is suggested."""
TAKEN = 80.0
"""The likeness from which a suggestion may be written unseen."""


class Likeness(NamedTuple):
    """A question that a turn may ask, and how like its words are: 0 to 100."""

    question: Question
    score: float


class Asker:
    """The questions of a guide with all their wordings, made ready to be compared."""

    def __init__(self, questions: Iterable[Question]) -> None:
        self._questions: list[Question] = []
        self._wordings: list[str] = []
        for one in questions:
            for text in (one.text, *one.wordings):
                self._questions.append(one)
                self._wordings.append(_folded(text))

    def likest(self, text: str, least: float = LEAST) -> Likeness | None:
        """Return the question that a sentence of a turn is most like; None below ``least``.

        Likeness is 100 - 100 x (indel distance / length of both), of the sentences with their
        words in alphabetical order (token sort ratio of rapidfuzz): 100 for the same words.
        """
        from rapidfuzz import fuzz, process

        best: tuple[float, int] = (least, -1)
        for sentence in _asked(text):
            found = process.extractOne(
                sentence, self._wordings, scorer=fuzz.token_sort_ratio, score_cutoff=best[0]
            )
            if found is not None and (found[1] > best[0] or best[1] < 0):
                best = (found[1], found[2])
        score, at = best
        return Likeness(self._questions[at], score) if at >= 0 else None


def _asked(text: str) -> Sequence[str]:
    """Return the sentences of a turn and the whole of it, in small letters without marks."""
    found = [text[at.start : at.end] for at in sentences(text, Span(0, len(text)))]
    folded = map(_folded, dict.fromkeys((text, *found)))
    return [one for one in folded if one]


def _folded(text: str) -> str:
    # It takes 4 MB and some milliseconds, and the screen that offers the questions starts without.
    from rapidfuzz import utils

    return utils.default_process(text)
