"""Where the front matter of a transcript ends: title, date, place, names before the first turn."""

from __future__ import annotations

import re

from qcode.formats.transcripts.labels import is_heading, is_known
from qcode.formats.transcripts.openings import Opening

MAX_LINES = 60
_NAME_WORDS = 8
_SPEECH_WORDS = 12
_SENTENCE = re.compile(r"[.?!…]['\"”’)]*$")


def front_end(text: str, openings: list[Opening], labels: frozenset[str]) -> int:
    """Return the offset before which no label opens a turn.

    ``Tanggal:`` and the like are front matter, and so are ``Pewawancara: Siti`` and
    ``Informan: Bu Ani`` among them or in a block of their own, as long as nobody has said a
    sentence yet.
    """
    at = {item.start: item for item in openings if item.manner in ("colon", "tight", "bold")}
    edge = block = 0
    headed, alone = False, True
    for start, end in _lines(text):
        line = text[start:end]
        if not line.strip():
            if alone and (headed or block >= 2):
                edge = max(edge, start)
            block, headed, alone = 0, False, True
            continue
        item = at.get(start)
        if item is None:
            alone = False
            continue
        value = text[min(item.said, end) : end].strip()
        if is_heading(item.label):
            edge, headed, alone = end, True, True
        elif item.label.casefold() in labels and _is_speech(value):
            break
        elif is_known(item.label) and _is_name(value):
            block += 1
        else:
            alone = False
    return edge


def title_end(text: str, openings: list[Opening]) -> int:
    """Return the end of a first line that is only a name, where labels bear a colon; else 0."""
    first = openings[0] if openings else None
    if (
        first is None
        or first.manner not in ("bold", "alone", "role")
        or text[: first.start].strip()
    ):
        return 0
    end = text.find("\n", first.start)
    low = first.label.casefold()
    marked = any(item.manner == "colon" and item.label.casefold() == low for item in openings)
    return end if marked and 0 <= end < first.said else 0


def _lines(text: str) -> list[tuple[int, int]]:
    lines: list[tuple[int, int]] = []
    start = 0
    while start < len(text) and len(lines) < MAX_LINES:
        found = text.find("\n", start)
        end = found if found >= 0 else len(text)
        lines.append((start, end))
        start = end + 1
    return lines


def _is_speech(value: str) -> bool:
    return not value or len(value.split()) > _SPEECH_WORDS or bool(_SENTENCE.search(value))


def _is_name(value: str) -> bool:
    return 0 < len(value.split()) <= _NAME_WORDS and not _SENTENCE.search(value)
