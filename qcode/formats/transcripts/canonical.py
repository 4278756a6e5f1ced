"""Bytes to the canonical text: one kind of line end, no control characters, nothing else changed."""

from __future__ import annotations

import re

from qcode.errors import BadInput
from qcode.formats.transcripts.draft import Draft
from qcode.formats.transcripts.encoding import decode
from qcode.language import _, counted

MAX_BYTES = 200_000_000
MAX_CONTROLS = 0.01
MAX_LINES = 3_000_000

_BREAKS = ("\r\n", "\r", "\v", "\f", "\x85", "\u2028", "\u2029")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")
REPLACED = "\ufffd"


def draft_text(data: bytes, *, encoding: str = "", file: str = "") -> Draft:
    """Return the canonical text of a plain-text file, with warnings about what was changed."""
    if len(data) > MAX_BYTES:
        raise BadInput(_("a text may have 200 MB at most"), file=file)
    if not data:
        raise BadInput(_("the file is empty"), file=file)
    text, warnings = decode(data, encoding=encoding, file=file)
    if "\0" in text:
        raise BadInput(_("it holds NUL characters, so it is not a text"), file=file)
    text, controls = clean(text)
    if controls > MAX_CONTROLS * len(text):
        raise BadInput(_("it is full of control characters, so it is not a text"), file=file)
    if text.count("\n") > MAX_LINES:
        raise BadInput(_("a text may have 3 million lines at most"), file=file)
    if not text.strip():
        raise BadInput(_("the file holds no words"), file=file)
    return Draft(text, warnings=(*warnings, *about_controls(controls)))


def clean(text: str) -> tuple[str, int]:
    r"""Return ``text`` with every line end ``\n`` and controls U+FFFD, and how many controls."""
    for kind in _BREAKS:
        text = text.replace(kind, "\n")
    if _CONTROL.search(text) is None:
        return text, 0
    return _CONTROL.subn(REPLACED, text)


def about_controls(number: int) -> tuple[str, ...]:
    """Return the warning about replaced control characters; none for none."""
    if not number:
        return ()
    return (
        counted(
            "{n} control character became “\ufffd”",
            "{n} control characters became “\ufffd”",
            number,
        ),
    )
