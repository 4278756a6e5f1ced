"""Turns: who speaks where, found from the labels of a text without changing a letter of it."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from difflib import get_close_matches

from qcode.formats.transcripts.draft import Draft
from qcode.formats.transcripts.front import front_end, title_end
from qcode.formats.transcripts.labels import (
    has_partner,
    is_known,
    is_plain_name,
    is_shaped,
    running_stems,
    stem,
    without_number,
)
from qcode.formats.transcripts.openings import Opening, find_openings
from qcode.formats.transcripts.tables import Tables, read_tables
from qcode.model.document import Turn, paragraphs

_COUNTING = ("colon", "otter", "timed", "bold", "alone", "role", "cell")
_LIKENESS = 0.85
_MANY = 10
_MIN_SHARE = 0.02
"""Share of the lines that must bear a label where there are not ``_MANY``."""


@dataclass(frozen=True)
class Detected:
    """The turns of a text, and the offsets of labels seen too seldom to be believed."""

    turns: tuple[Turn, ...]
    doubtful: tuple[int, ...]


def detect(draft: Draft) -> Detected:
    """Return turns that tile the text; one a paragraph where it has no speakers."""
    tables = read_tables(draft)
    found = _outside(find_openings(draft.text, draft.bold), tables)
    stamps = [item for item in found if item.manner == "stamp"]
    openings = _counted_off([item for item in found if item.manner != "stamp"])
    labels = _accepted([*openings, *tables.openings])
    edge = max(front_end(draft.text, openings, labels), title_end(draft.text, openings))
    real = [item for item in openings if item.label.casefold() in labels and item.start >= edge]
    real = _merged([*real, *(item for item in tables.openings if _stands(item, labels))])
    if not _is_spoken(draft.text, real):
        return Detected(_unspoken(draft.text, stamps), ())
    doubtful = tuple(
        item.start for item in openings if item.start >= edge and _is_doubtful(item, labels)
    )
    return Detected(_tiled(draft.text, _timed(draft.text, real, stamps)), doubtful)


def _is_spoken(text: str, openings: list[Opening]) -> bool:
    """Tell whether labels are frequent enough to say that the text is a conversation."""
    labels = [item.label for item in openings if item.label]
    if any(map(is_known, labels)):
        return len(labels) > 1
    enough = len(labels) >= (2 if len(set(labels)) > 1 else 3)
    return enough and (len(labels) >= _MANY or len(labels) >= _MIN_SHARE * _filled(text))


def _filled(text: str) -> int:
    return sum(not line.isspace() for line in text.split("\n") if line)


def _outside(openings: list[Opening], tables: Tables) -> list[Opening]:
    """Drop what looks like a label inside a table that is read by its columns."""
    return [
        item
        for item in openings
        if not any(start <= item.start < end for start, end in tables.read)
    ]


def _stands(item: Opening, labels: frozenset[str]) -> bool:
    return item.manner == "set" or item.label.casefold() in labels


def _counted_off(openings: list[Opening]) -> list[Opening]:
    """Take running turn numbers off the labels."""
    stems = running_stems(item.label for item in openings if item.manner == "colon")
    if not stems:
        return openings
    return [item._replace(label=without_number(item.label, stems)) for item in openings]


def _accepted(openings: Iterable[Opening]) -> frozenset[str]:
    """Return the labels, in lower case, that are speakers."""
    shaped = [item for item in openings if item.label and is_shaped(item.label)]
    counts = Counter(item.label.casefold() for item in shaped if item.manner in _COUNTING)
    tight = Counter(item.label.casefold() for item in shaped if item.manner == "tight")
    stamped = {item.label.casefold() for item in shaped if item.time and item.manner != "timed"}
    spelt = {item.label.casefold(): item.label for item in shaped}
    accepted = {
        low
        for low, label in spelt.items()
        if _is_role(label, spelt)
        or (is_plain_name(label) and (low in stamped or counts[low] > 1 or tight[low] > 2))
        or counts[low] > 3
    }
    kin = {stem(low) for low in accepted if stem(low) != low}
    accepted |= {low for low in counts if stem(low) in kin or _is_misspelt(low, accepted)}
    return frozenset(accepted)


def _is_role(label: str, labels: Iterable[str]) -> bool:
    return is_known(label) or (len(label) == 1 and has_partner(label.casefold(), labels))


def _is_misspelt(low: str, accepted: set[str]) -> bool:
    return (
        low not in accepted
        and len(low) >= 5
        and bool(get_close_matches(low, accepted, n=1, cutoff=_LIKENESS))
    )


def _is_doubtful(item: Opening, labels: frozenset[str]) -> bool:
    return (
        item.manner in ("colon", "bold")
        and item.label.casefold() not in labels
        and is_shaped(item.label)
        and is_plain_name(item.label)
    )


def _merged(openings: Iterable[Opening]) -> list[Opening]:
    """Sort openings; of two where the second stands in the label part of the first, keep one."""
    kept: list[Opening] = []
    for item in sorted(openings, key=lambda one: (one.start, -one.said)):
        if kept and item.start == kept[-1].start:
            continue
        kept.append(item)
    return kept


def _timed(text: str, openings: list[Opening], stamps: list[Opening]) -> list[Opening]:
    """Give each lone time stamp to the label that follows, or let it open a turn by itself."""
    begins = {item.start: index for index, item in enumerate(openings)}
    starts = [item.start for item in openings]
    timed = list(openings)
    extra: list[Opening] = []
    for stamp in stamps:
        index = begins.get(stamp.said)
        before = bisect_right(starts, stamp.start) - 1
        if index is not None:
            head = timed[index]
            timed[index] = head._replace(start=stamp.start, time=head.time or stamp.time)
        elif before >= 0 and openings[before].said <= stamp.start and stamp.said < len(text):
            extra.append(stamp._replace(label=openings[before].label))
    return _merged([*timed, *extra])


def _tiled(text: str, openings: list[Opening]) -> tuple[Turn, ...]:
    first = openings[0].start
    turns: list[Turn] = []
    if text[:first].strip():
        turns = _blocks(text, first)
    else:
        openings = [openings[0]._replace(start=0), *openings[1:]]
    ends = [*(item.start for item in openings[1:]), len(text)]
    for item, end in zip(openings, ends, strict=True):
        turns.append(Turn(item.start, min(item.said, end), end, item.label, item.time))
    return tuple(turns)


def _blocks(text: str, end: int) -> list[Turn]:
    """Return the front matter as speakerless turns; blank lines belong to the one before."""
    starts = [turn.start for turn in paragraphs(text[:end]) if text[turn.start : turn.end].strip()]
    starts[0] = 0
    edges = [*starts[1:], end]
    return [Turn(start, start, edge) for start, edge in zip(starts, edges, strict=True)]


def _unspoken(text: str, found: list[Opening]) -> tuple[Turn, ...]:
    """Return one turn a paragraph; a time stamp goes before the words of the paragraph it opens."""
    if not found:
        return paragraphs(text)
    stamps = {item.start: item for item in found}
    turns: list[Turn] = []
    waiting: Opening | None = None
    for turn in paragraphs(text):
        waiting = waiting or stamps.get(turn.start)
        if waiting is not None and waiting.said >= turn.end < len(text):
            continue
        if waiting is not None:
            said = min(waiting.said, turn.end)
            turns.append(Turn(waiting.start, said, turn.end, time=waiting.time))
        elif turns and not text[turn.start : turn.end].strip():
            turns[-1] = replace(turns[-1], end=turn.end)
        else:
            turns.append(turn)
        waiting = None
    return tuple(turns)
