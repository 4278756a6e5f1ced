"""Who speaks how much in a transcript, and who seems to ask."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from qcode.formats.transcripts.labels import ASKING_LETTERS, INTERVIEWERS, stem
from qcode.model.document import Transcript

_MIN_SHARE = 0.1
_MIN_QUESTIONS = 3
_LEAD = 3
_CLOSING = " \t\n*_\"'”’)]»"


@dataclass(frozen=True)
class Voice:
    """One speaker of a transcript; ``questions`` are the turns that end in a question mark."""

    label: str
    turns: int
    words: int
    questions: int


def voices(transcript: Transcript) -> tuple[Voice, ...]:
    """Return the speakers in order of first appearance."""
    turns: Counter[str] = Counter()
    words: Counter[str] = Counter()
    questions: Counter[str] = Counter()
    for turn in transcript.turns:
        said = transcript.text[turn.said : turn.end]
        turns[turn.speaker] += 1
        words[turn.speaker] += len(said.split())
        questions[turn.speaker] += said.rstrip(_CLOSING).endswith(("?", "？"))
    return tuple(
        Voice(label, turns[label], words[label], questions[label]) for label in transcript.speakers
    )


def likely_interviewer(found: tuple[Voice, ...]) -> str:
    """Propose the label of the interviewer: the role it names, else by far the most questions.

    Empty when unclear; a person confirms it.
    """
    named = [voice for voice in found if _asks_by_name(voice.label, found)]
    if named:
        return max(named, key=lambda voice: voice.turns).label
    asking = sorted(found, key=_share, reverse=True)
    first = next((voice for voice in asking if voice.questions >= _MIN_QUESTIONS), None)
    if first is None:
        return ""
    others = [_share(voice) for voice in found if voice != first and voice.turns > 2]
    clear = _share(first) >= max(_MIN_SHARE, _LEAD * max(others, default=1.0))
    return first.label if clear and first.words < max(voice.words for voice in found) else ""


def _asks_by_name(label: str, found: tuple[Voice, ...]) -> bool:
    low = label.casefold()
    letters = {voice.label.casefold() for voice in found}
    return stem(label) in INTERVIEWERS or any(
        set(pair) <= letters and low == asking for pair, asking in ASKING_LETTERS.items()
    )


def _share(voice: Voice) -> float:
    return voice.questions / voice.turns
