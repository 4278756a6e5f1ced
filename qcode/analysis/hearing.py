"""Whose words stand in a stretch of a transcript.

A case is counted for the turns of the speaker it takes part as; one that takes part as a whole is
counted for every heard turn whose speaker is nobody in particular. Interviewers and interpreters
make no case. Where a document has speakers, a turn without one is nobody's.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from qcode.model.case import Participation
from qcode.model.document import UNHEARD, Speaker, Transcript, Turn
from qcode.model.span import Span


class Hearing:
    """Whose words the turns of one document are."""

    def __init__(
        self, transcript: Transcript, speakers: Iterable[Speaker], parts: Iterable[Participation]
    ) -> None:
        self.transcript = transcript
        by_id = {speaker.id: speaker for speaker in speakers}
        self.unheard = {one.label for one in by_id.values() if one.kind in UNHEARD}
        self.shown = {one.label: one.name or one.label for one in by_id.values()}
        self.cases: dict[str, list[str]] = {}
        self.whole: list[str] = []
        for part in parts:
            if not part.speaker:
                self.whole.append(part.case)
            else:
                self.cases.setdefault(by_id[part.speaker].label, []).append(part.case)

    def heard(self, turn: Turn) -> bool:
        """Tell whether the words of a turn are a participant's."""
        if not turn.speaker:
            return not self.transcript.speakers
        return turn.speaker not in self.unheard

    def of(self, turn: Turn) -> Sequence[str]:
        """Return the cases that a turn counts for."""
        if not self.heard(turn):
            return ()
        own = self.cases.get(turn.speaker) if turn.speaker else None
        return own or self.whole

    def spoken(self, span: Span) -> Iterator[tuple[Turn, Span]]:
        """Yield the turns of which at least one word lies in a stretch, with those words' place."""
        text = self.transcript.text
        for turn in self.transcript.turns_in(span):
            start, end = max(span.start, turn.said), min(span.end, turn.end)
            if start < end and not text[start:end].isspace():
                yield turn, Span(start, end)

    def label(self, turn: Turn) -> str:
        """Return the name under which the speaker of a turn is shown."""
        return self.shown.get(turn.speaker, turn.speaker)
