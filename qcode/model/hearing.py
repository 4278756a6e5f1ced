"""Whose words stand in a stretch of a transcript, and how many.

A case is counted for the turns of the speaker it takes part as; one that takes part as a whole is
counted for every heard turn whose speaker is nobody in particular. Interviewers and interpreters
make no case. Where a document has speakers, a turn without one is nobody's.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from copy import copy
from typing import Generic, TypeVar

from qcode.model.case import Participation
from qcode.model.document import UNHEARD, Speaker, Transcript, Turn
from qcode.model.span import Span, united, without

Key = TypeVar("Key")
"""What stands for a case: its id, or its key in a store."""


class Hearing(Generic[Key]):
    """Whose words the turns of one document are.

    ``kinds`` gives the kind of speaker by label, ``cases`` who takes part as one speaker, by
    label, and ``whole`` who takes part as a whole. ``names`` gives what is shown for a label.
    """

    def __init__(
        self,
        transcript: Transcript,
        kinds: Mapping[str, str],
        cases: Mapping[str, Sequence[Key]],
        whole: Sequence[Key],
        names: Mapping[str, str] | None = None,
    ) -> None:
        self.transcript = transcript
        self.unheard = {label for label, kind in kinds.items() if kind in UNHEARD}
        self.cases = cases
        self.whole = whole
        self.names = names or {}

    def heard(self, turn: Turn) -> bool:
        """Tell whether the words of a turn are a participant's."""
        if not turn.speaker:
            return not self.transcript.speakers
        return turn.speaker not in self.unheard

    def of(self, turn: Turn) -> Sequence[Key]:
        """Return the cases that a turn counts for."""
        if not self.heard(turn):
            return ()
        own = self.cases.get(turn.speaker) if turn.speaker else None
        return self.whole if own is None else own

    def only(self, people: Collection[Key]) -> Hearing[Key]:
        """Return the same with words that count for some cases alone: others' for nobody."""
        left = copy(self)
        left.cases = {label: [case for case in some if case in people]
                      for label, some in self.cases.items()}  # fmt: skip
        left.whole = [case for case in self.whole if case in people]
        return left

    def beside(self, turn: Turn) -> bool:
        """Tell whether a participant's turn is of no case, where cases speak under labels."""
        return bool(self.cases and turn.speaker) and self.heard(turn) and not self.of(turn)

    def spoken(self, span: Span) -> Iterator[tuple[Turn, Span]]:
        """Yield the turns of which at least one word lies in a stretch, with those words' place."""
        text = self.transcript.text
        for turn in self.transcript.turns_in(span):
            start, end = max(span.start, turn.said), min(span.end, turn.end)
            if start < end and not text[start:end].isspace():
                yield turn, span if end - start == span.end - span.start else Span(start, end)

    def label(self, turn: Turn) -> str:
        """Return the name under which the speaker of a turn is shown."""
        return self.names.get(turn.speaker, turn.speaker)

    def count(
        self, spans: Iterable[Span], closed: Sequence[Span] = ()
    ) -> dict[Key | None, tuple[int, int]]:
        """Return passages and words by case; None stands for the document's own totals.

        Spans that overlap or touch are one passage. What lies in ``closed`` is left out; a passage
        of which nothing is left is none.
        """
        passages: dict[Key | None, int] = defaultdict(int)
        words: dict[Key | None, int] = defaultdict(int)
        for span in united(spans):
            pieces = without([span], closed) if closed else (span,)
            if not pieces:
                continue
            passages[None] += 1
            speaking: set[Key] = set()
            for piece in pieces:
                for turn, said in self.spoken(piece):
                    number = self.transcript.words_in(said.start, said.end)
                    words[None] += number if self.heard(turn) else 0
                    for case in self.of(turn):
                        words[case] += number
                        speaking.add(case)
            for case in speaking:
                passages[case] += 1
        return {case: (passages[case], words[case]) for case in passages}


def hearing_of(
    transcript: Transcript, speakers: Iterable[Speaker], parts: Iterable[Participation]
) -> Hearing[str]:
    """Return whose words the turns of one document are, cases by their ids."""
    by_id = {speaker.id: speaker for speaker in speakers}
    cases: dict[str, list[str]] = defaultdict(list)
    whole: list[str] = []
    for part in parts:
        (cases[by_id[part.speaker].label] if part.speaker else whole).append(part.case)
    kinds = {one.label: one.kind for one in by_id.values()}
    names = {one.label: one.name or one.label for one in by_id.values()}
    return Hearing(transcript, kinds, cases, whole, names)
