"""Text from outside as Markdown that shows it as it is."""

from __future__ import annotations

import re

from qcode.formats.files import cleaned

# Every sign that may begin markup inside a line, also in GitHub's dialect.
_INLINE = re.compile(r"([\\`*_\[\]<>&|~#$])")
# What begins a list, a rule or a headline at the start of a line.
_BLOCK = re.compile(r"^([ \t]*)(?:(-(?=[\s-]|$)|\+(?=\s|$)|=(?==*\s*$))|(\d{1,9})([.)](?=\s|$)))")


def escaped(text: str) -> str:
    """Return one line of text with every sign of markup escaped."""
    line = _inline(cleaned(text).replace("\n", " "))
    found = _BLOCK.match(line)
    return _literal(found) + line[found.end() :] if found else line


def _inline(line: str) -> str:
    return _INLINE.sub(r"\\\1", line) if _INLINE.search(line) else line


def _literal(found: re.Match[str]) -> str:
    blanks, sign, number, stop = found.groups()
    return f"{blanks}\\{sign}" if sign else f"{blanks}{number}\\{stop}"


def quoted(text: str) -> str:
    """Return a text as a block quotation that keeps its lines."""
    lines = [escaped(line.strip()) for line in cleaned(text).strip("\n").split("\n")]
    quotation: list[str] = []
    for line, onward in zip(lines, [*lines[1:], ""], strict=True):
        quotation.append(f"> {line}\\" if line and onward else f"> {line}".rstrip())
    return "\n".join(quotation)


def tabled(text: str) -> str:
    """Return a text as one cell of a table."""
    return "<br>".join(map(_inline, cleaned(text).split("\n")))
