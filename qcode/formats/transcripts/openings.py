"""The places where a speaker may begin: every line that looks like one, none decided on."""

from __future__ import annotations

import re
from typing import NamedTuple

from qcode.formats.transcripts.draft import Stretch
from qcode.formats.transcripts.labels import is_known

_CLOCK = r"(?:\d{1,3}:)?\d{1,2}:\d{2}(?:[.,]\d{1,3})?"
_STAMP = rf"{_CLOCK}(?:[ \t]{{0,3}}-{{1,2}}>?[ \t]{{0,3}}{_CLOCK})?"
_BRACKETED = rf"[\[({{<#][ \t]?(?:{_STAMP})(?:-\d)?[ \t]?[\])}}>#]"
_LABEL = r"[^\W_][^\n\t:：*\[\]<>|?!;\"“”]{0,29}?"
_EMPHASIS = r"\*\*|__|\*"

_HEAD = 130
_SHORT = 90

_COLON = re.compile(
    rf"[ \t]{{0,20}}(?:[-–•>][ \t]{{1,4}})?(?:\d{{1,4}}[.)]?[ \t]{{1,8}})?"
    rf"(?:(?P<before>{_BRACKETED}|{_STAMP}(?=[ \t]))[ \t]{{0,8}})?"
    rf"(?P<open>{_EMPHASIS})?(?:(?P<inner>{_BRACKETED})[ \t]{{0,8}})?"
    rf"(?P<label>{_LABEL})[ \t]{{0,12}}(?P<mid>{_BRACKETED})?[ \t]{{0,12}}"
    rf"(?:{_EMPHASIS})?[ \t]{{0,3}}(?P<colon>[:：])(?P<close>{_EMPHASIS})?(?P<gap>\s|\Z)?"
)
_TIMED = re.compile(
    rf"[ \t]{{0,20}}(?:{_EMPHASIS})?(?P<label>{_LABEL})(?:{_EMPHASIS})?"
    rf"(?P<blank>[ \t]{{1,40}})(?P<before>{_BRACKETED}|{_STAMP})[ \t]{{0,20}}"
)
_ALONE = re.compile(rf"[ \t]{{0,20}}(?P<label>{_LABEL})[ \t]{{0,20}}")
_BOLD = re.compile(
    rf"[ \t]{{0,20}}(?P<open>\*\*|__)(?:(?P<before>{_BRACKETED})[ \t]{{0,8}})?"
    rf"(?P<label>{_LABEL})[ \t]{{0,3}}(?:\*\*|__)"
)
_BOLD_RUN = re.compile(
    rf"[ \t]*(?:(?P<before>{_BRACKETED})[ \t]{{0,8}})?(?P<label>{_LABEL})"
    rf"[ \t]*(?P<after>{_BRACKETED})?[ \t]*"
)
_LONE_STAMP = re.compile(rf"[ \t]{{0,20}}(?P<time>{_BRACKETED}|{_STAMP})[ \t]{{0,20}}")
_LEADING_STAMP = re.compile(rf"[ \t]{{0,20}}(?P<time>{_BRACKETED})[ \t]{{0,8}}(?=\S)")
_BLANK = re.compile(r"\s*")
_LEAD = re.compile(rf"(?P<time>{_BRACKETED})\s*")
_LINE_STAMP = re.compile(rf"(?P<time>{_STAMP})[ \t]{{0,20}}\n\s*")


class Opening(NamedTuple):
    """A place where a voice may set in: the label from ``start``, its first word at ``said``.

    ``manner`` says how the label is marked: colon, tight (a colon with no blank behind it), otter,
    timed, alone, role, bold, cell, stamp (a time without a label), or set (certain).
    """

    start: int
    said: int
    label: str
    time: str
    manner: str


def find_openings(text: str, bold: tuple[Stretch, ...]) -> list[Opening]:
    """Return every line start that looks like a label or a time stamp, in order."""
    ends = dict(bold)
    found: list[Opening] = []
    start, after_blank = 0, True
    while start < len(text):
        newline = text.find("\n", start)
        end = newline if newline >= 0 else len(text)
        opening = _line_opening(text, start, end, after_blank=after_blank)
        if (opening is None or opening.manner in ("tight", "stamp")) and start in ends:
            opening = _bold_run(text, start, min(end, ends[start])) or opening
        if opening is not None:
            found.append(opening)
        after_blank = end == start or text[start:end].isspace()
        start = end + 1
    return found


def _line_opening(text: str, start: int, end: int, *, after_blank: bool) -> Opening | None:
    """Return the surest reading of a line as the place where a voice sets in."""
    short = end - start <= _SHORT
    clock = text.find(":", start, min(end, start + _HEAD)) >= 0 or "：" in text[start : start + 60]
    opening = _clocked(text, start, end, short=short) if clock else None
    if opening is None or opening.manner in ("tight", "stamp"):
        opening = _bold(text, start) or opening
    if opening is None and short:
        opening = _short(text, start, end, after_blank=after_blank)
    return opening


def _clocked(text: str, start: int, end: int, *, short: bool) -> Opening | None:
    """Read a line with a colon near its start."""
    match = _TIMED.fullmatch(text, start, end) if short else None
    if match:
        manner = "timed" if match["blank"] == " " else "otter"
        return _opening(text, match, match.end(), match["before"], manner)
    match = _COLON.match(text, start)
    if match and not match["label"].isdecimal():
        clear = match["gap"] is not None or match["close"] or match["colon"] != ":"
        at = match.end() - len(match["gap"] or "")
        time = match["before"] or match["inner"] or match["mid"] or ""
        return _opening(text, match, at, time, "colon" if clear else "tight")
    match = _LONE_STAMP.fullmatch(text, start, end) if short else None
    match = match or _LEADING_STAMP.match(text, start)
    if match:
        said, _late = lead(text, match.end())
        return Opening(start, said, "", bare(match["time"]), "stamp")
    return None


def _bold(text: str, start: int) -> Opening | None:
    match = _BOLD.match(text, start)
    return _opening(text, match, match.end(), match["before"] or "", "bold") if match else None


def _bold_run(text: str, start: int, end: int) -> Opening | None:
    match = _BOLD_RUN.fullmatch(text, start, end)
    if match is None:
        return None
    return _opening(text, match, end, match["before"] or match["after"] or "", "bold")


def _short(text: str, start: int, end: int, *, after_blank: bool) -> Opening | None:
    """Read a short line without a colon: a role, or a name at the head of a block."""
    match = _ALONE.fullmatch(text, start, end)
    if match is None:
        return None
    if is_known(match["label"]):
        return _opening(text, match, end, "", "role")
    heads_block = after_blank and bool(text[end + 1 : text.find("\n", end + 1)].strip())
    return _opening(text, match, end, "", "alone") if heads_block else None


def _opening(text: str, match: re.Match[str], end: int, time: str, manner: str) -> Opening:
    said, late = lead(text, end)
    return Opening(match.start(), said, match["label"].strip(), bare(time) or late, manner)


def lead(text: str, at: int) -> tuple[int, str]:
    """Return where words begin from ``at`` on, past blanks and one time stamp, and that stamp."""
    blank = _BLANK.match(text, at)
    end = blank.end() if blank else at
    match = _LEAD.match(text, end)
    if match is None and text.find("\n", at, end) >= 0:
        match = _LINE_STAMP.match(text, end)
    return (match.end(), bare(match["time"])) if match else (end, "")


def bare(time: str) -> str:
    """Return a time stamp without its brackets."""
    return time.strip("[](){}<># \t")
