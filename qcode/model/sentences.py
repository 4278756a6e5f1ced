"""Where sentences end in what somebody said.

A sentence ends at a full stop, question or exclamation mark. In speech written down without them
it ends at the next comma, ellipsis or pause mark, or after 25 words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from qcode.model.document import count_words
from qcode.model.span import Span

MOST_WORDS = 25
"""Length of a sentence in speech that has no mark to end it."""
RUN_ON = 60
"""Words from which a stretch counts as speech without full stops although one ends it."""

_ENDS = "\"'”’»)]」』）"
_CLOSING = re.escape(_ENDS)
# Both ways begin with one sign of a set, which is quickly looked for.
_STOP = re.compile(
    rf"[.!?…。！？।](?:[.!?…。！？।]*[{_CLOSING}]*(?=\s|$)|(?<=[。！？।])[。！？।]*[{_CLOSING}]*)"
)
_STRONG = frozenset("!?。！？।")
_PAUSE = re.compile(
    r"[,;،、，….\-—–(\[](?:(?<=[,;،、，])(?=\s|$)|(?<=[…—])|(?<=\.)\.+|(?<=-)-+|(?<=\s–)(?=\s)"
    r"|(?<=\()(?:\.+|\d+(?:[.,]\d+)?\s?s?|pause|jeda)\)|(?<=\[)(?:pause|jeda)\])",
    re.IGNORECASE,
)
_SHORTENED = re.compile(
    r"(?<!\w)(?:[^\W\d]|dr|drs|prof|bpk|sdr|mr|mrs|ms|st|no|tel|jl|kab|kec|hj|rp|vs|e\.g|i\.e|al)"
    r"\.$",
    re.IGNORECASE,
)
_LONGEST_SHORTENED = 8
_SOME_WORDS = re.compile(rf"\S+(?:\s+\S+){{0,{MOST_WORDS - 1}}}")
_WORDY = re.compile(r"\w")


def trimmed(text: str, start: int, end: int) -> Span | None:
    """Return ``[start, end)`` without blanks at its ends, or nothing if it holds only blanks."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end) if start < end else None


def sentences(text: str, said: Span) -> Iterator[Span]:
    """Yield the sentences of what was said, in order, without blanks at their ends."""
    stops = dict(_stops(text, said))
    punctuated = any(stops.values())
    start = said.start
    for end in sorted({*stops, said.end}):
        stretch = trimmed(text, start, end)
        start = end
        if stretch is None:
            continue
        allowed = RUN_ON if end in stops else MOST_WORDS
        if punctuated and count_words(text[stretch.start : stretch.end]) <= allowed:
            yield stretch
        else:
            yield from _by_pauses(text, stretch)


def _stops(text: str, said: Span) -> Iterator[tuple[int, bool]]:
    """Yield where a sentence ends, and whether by more than an ellipsis before a capital."""
    for found in _STOP.finditer(text, said.start, said.end):
        marks = found.group().rstrip(_ENDS)
        if not _STRONG.isdisjoint(marks):
            yield found.end(), True
        elif text[found.start() - 1 : found.start()] == "(":
            continue  # a pause, written (.) or (...)
        elif marks == ".":
            low = max(said.start, found.start() - _LONGEST_SHORTENED)
            if not _SHORTENED.search(text, low, found.start() + 1):
                yield found.end(), True
        elif _before_capital(text, found.end(), said.end):
            yield found.end(), False


def _before_capital(text: str, at: int, end: int) -> bool:
    found = _WORDY.search(text, at, end)
    return found is not None and found.group().isupper()


def _by_pauses(text: str, stretch: Span) -> Iterator[Span]:
    """Cut speech without full stops after each comma, ellipsis or pause mark."""
    cuts = [stretch.start]
    for found in _PAUSE.finditer(text, stretch.start, stretch.end):
        if _WORDY.search(text, cuts[-1], found.start()):
            cuts.append(found.end())
        elif len(cuts) > 1:
            cuts[-1] = found.end()
    if len(cuts) > 1 and not _WORDY.search(text, cuts[-1], stretch.end):
        cuts.pop()
    for start, end in pairwise((*cuts, stretch.end)):
        yield from (Span(*some.span()) for some in _SOME_WORDS.finditer(text, start, end))
