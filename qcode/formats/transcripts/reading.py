"""A transcript file read whole: its canonical text, its turns, and what to tell the reader."""

from __future__ import annotations

import hashlib
import os
import stat
from dataclasses import dataclass
from pathlib import Path

from qcode.errors import BadInput, NotFound
from qcode.formats.transcripts.canonical import MAX_BYTES, draft_text
from qcode.formats.transcripts.docx import draft_docx
from qcode.formats.transcripts.draft import Draft
from qcode.formats.transcripts.speakers import detect
from qcode.language import _, counted
from qcode.model.document import Transcript

SUFFIXES = (".txt", ".md", ".docx")
_SHOWN = 5


@dataclass(frozen=True)
class Reading:
    """What one file holds; ``sha256`` is of its bytes as they were."""

    name: str
    file: str
    transcript: Transcript
    warnings: tuple[str, ...]
    sha256: str


def read(path: Path, *, encoding: str = "") -> Reading:
    """Read a transcript file, or refuse it with a sentence."""
    _check_suffix(path.suffix, path.name)
    return read_bytes(_bytes_of(path), path.stem, path.suffix, encoding)


def read_bytes(data: bytes, name: str, suffix: str, encoding: str = "") -> Reading:
    """Read a transcript from the bytes of a file called ``name`` with ``suffix``."""
    file = name + suffix
    _check_suffix(suffix, file)
    if len(data) > MAX_BYTES:
        raise _too_large(file)
    draft = _draft(data, suffix.casefold(), encoding, file)
    found = detect(draft)
    return Reading(
        name=name.strip() or name,
        file=file,
        transcript=Transcript(draft.text, found.turns),
        warnings=(*draft.warnings, *_about_doubts(draft.text, found.doubtful)),
        sha256=hashlib.sha256(data).hexdigest(),
    )


def _draft(data: bytes, suffix: str, encoding: str, file: str) -> Draft:
    if not data:
        raise BadInput(_("the file is empty"), file=file)
    if suffix == ".docx":
        return draft_docx(data, file=file)
    return draft_text(data, encoding=encoding, file=file)


def _check_suffix(suffix: str, file: str) -> None:
    if suffix.casefold() not in SUFFIXES:
        raise BadInput(
            _("a transcript is one of {suffixes}").format(suffixes=", ".join(SUFFIXES)), file=file
        )


def _bytes_of(path: Path) -> bytes:
    """Return the bytes of a regular file, never waiting for a pipe or reading a device."""
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    try:
        with os.fdopen(os.open(path, flags), "rb") as file:
            status = os.fstat(file.fileno())
            if not stat.S_ISREG(status.st_mode):
                raise BadInput(_("it is not a file"), file=path.name)
            if status.st_size > MAX_BYTES:
                raise _too_large(path.name)
            return file.read(MAX_BYTES + 1)
    except FileNotFoundError as fault:
        raise NotFound(_("there is no file {path}").format(path=path)) from fault
    except OSError as fault:
        raise BadInput(
            _("it cannot be read ({reason})").format(reason=fault.strerror), file=path.name
        ) from fault


def _too_large(file: str) -> BadInput:
    return BadInput(_("a transcript may have 200 MB at most"), file=file)


def _about_doubts(text: str, offsets: tuple[int, ...]) -> tuple[str, ...]:
    """Return the warning about lines that look like a label seen once."""
    if not offsets:
        return ()
    lines, line, seen = [], 1, 0
    for offset in offsets:
        line += text.count("\n", seen, offset)
        seen = offset
        lines.append(line)
    shown = ", ".join(map(str, lines[:_SHOWN])) + (", …" if len(lines) > _SHOWN else "")
    return (
        counted(
            "{n} line looks like a speaker's label that occurs too seldom to tell",
            "{n} lines look like a speaker's label that occurs too seldom to tell",
            len(lines),
        )
        + _("; taken as words of the turn before: line {lines}").format(lines=shown),
    )
