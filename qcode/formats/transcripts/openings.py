"""The places where a speaker may begin: every line that looks like one, none decided on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from qcode.formats.transcripts.draft import Stretch
from qcode.formats.transcripts.labels import KNOWN

_CLOCK = r"(?:\d{1,3}:)?\d{1,2}:\d{2}(?:[.,]\d{1,3})?"
_STAMP = rf"{_CLOCK}(?:[ \t]{{0,3}}-{{1,2}}>?[ \t]{{0,3}}{_CLOCK})?"
_BRACKETED = rf"[\[({{<#][ \t]?(?:{_STAMP})(?:-\d)?[ \t]?[\])}}>#]"
_LABEL = r"[^\W_][^\n\t:：*\[\]<>|?!;\"“”]{0,29}?"
_EMPHASIS = r"\*\*|__|\*"

_COLON = re.compile(
    rf"^[ \t]{{0,20}}(?:[-–•>][ \t]{{1,4}})?(?:\d{{1,4}}[.)]?[ \t]{{1,8}})?"
    rf"(?:(?P<before>{_BRACKETED}|{_STAMP}(?=[ \t]))[ \t]{{0,8}})?"
    rf"(?P<open>{_EMPHASIS})?(?:(?P<inner>{_BRACKETED})[ \t]{{0,8}})?"
    rf"(?P<label>{_LABEL})[ \t]{{0,3}}(?P<mid>{_BRACKETED})?[ \t]{{0,3}}"
    rf"(?:{_EMPHASIS})?[ \t]{{0,3}}(?P<colon>[:：])(?P<close>{_EMPHASIS})?(?P<gap>\s|\Z)?",
    re.MULTILINE,
)
_TIMED = re.compile(
    rf"^[ \t]{{0,20}}(?:{_EMPHASIS})?(?P<label>{_LABEL})(?:{_EMPHASIS})?"
    rf"(?P<blank>[ \t]{{1,40}})(?P<before>{_BRACKETED}|{_STAMP})[ \t]{{0,20}}$",
    re.MULTILINE,
)
_ALONE = re.compile(
    rf"(?:\A|(?<=\n\n))[ \t]{{0,20}}(?P<label>{_LABEL})[ \t]{{0,20}}\n(?=[ \t]{{0,20}}[^\s])"
)
_ROLE = re.compile(
    rf"^[ \t]{{0,20}}(?P<label>(?:{'|'.join(sorted(KNOWN))})(?:[ \t]?\d{{1,2}})?)[ \t]{{0,20}}$",
    re.MULTILINE | re.IGNORECASE,
)
_BOLD = re.compile(
    rf"^[ \t]{{0,20}}(?P<open>\*\*|__)(?:(?P<before>{_BRACKETED})[ \t]{{0,8}})?"
    rf"(?P<label>{_LABEL})[ \t]{{0,3}}(?:\*\*|__)",
    re.MULTILINE,
)
_BOLD_RUN = re.compile(
    rf"[ \t]*(?:(?P<before>{_BRACKETED})[ \t]{{0,8}})?(?P<label>{_LABEL})"
    rf"[ \t]*(?P<after>{_BRACKETED})?[ \t]*"
)
_LONE_STAMP = re.compile(
    rf"^[ \t]{{0,20}}(?P<time>{_BRACKETED}|{_STAMP})[ \t]{{0,20}}$", re.MULTILINE
)
_LEADING_STAMP = re.compile(
    rf"^[ \t]{{0,20}}(?P<time>{_BRACKETED})[ \t]{{0,8}}(?=\S)", re.MULTILINE
)
_LEAD = re.compile(rf"\s*(?:(?P<time>{_BRACKETED})\s*)?")
_LINE_STAMP = re.compile(rf"\s*(?P<time>{_STAMP})[ \t]*\n\s*")


@dataclass(frozen=True, slots=True)
class Opening:
    """A place where a voice may set in: the label from ``start``, its first word at ``said``.

    ``manner`` says how the label is marked: colon, tight (a colon with no blank behind it), otter,
    timed, alone, role, bold, cell, stamp (a time alone), or set (certain).
    """

    start: int
    said: int
    label: str
    time: str
    manner: str


def find_openings(text: str, bold: tuple[Stretch, ...]) -> list[Opening]:
    """Return every place that looks like a label, at most one for a line, in order."""
    found: dict[int, Opening] = {}
    for opening in _all(text, bold):
        found.setdefault(opening.start, opening)
    return [found[start] for start in sorted(found)]


def _all(text: str, bold: tuple[Stretch, ...]) -> Iterator[Opening]:
    """Yield openings, the surest manner of each line first."""
    for match in _TIMED.finditer(text):
        manner = "timed" if match["blank"] == " " else "otter"
        yield _opening(text, match, match.end(), match["before"], manner)
    for match in _COLON.finditer(text):
        clear = match["gap"] is not None or match["close"] or match["colon"] != ":"
        end = match.end() if match["gap"] is None else match.end() - len(match["gap"])
        time = match["before"] or match["inner"] or match["mid"] or ""
        yield _opening(text, match, end, time, "colon" if clear else "tight")
    for match in _BOLD.finditer(text):
        yield _opening(text, match, match.end(), match["before"] or "", "bold")
    yield from _bold_runs(text, bold)
    for match in _ROLE.finditer(text):
        yield _opening(text, match, match.end(), "", "role")
    for match in _ALONE.finditer(text):
        yield _opening(text, match, match.end(), "", "alone")


def _bold_runs(text: str, bold: tuple[Stretch, ...]) -> Iterator[Opening]:
    for start, end in bold:
        match = _BOLD_RUN.fullmatch(text, start, end)
        if match:
            time = match["before"] or match["after"] or ""
            yield _opening(text, match, end, time, "bold")


def _opening(text: str, match: re.Match[str], end: int, time: str, manner: str) -> Opening:
    said, late = lead(text, end, inline=bool(text[match.start() : end].strip()))
    return Opening(match.start(), said, match["label"].strip(), bare(time) or late, manner)


def lead(text: str, at: int, *, inline: bool = True) -> tuple[int, str]:
    """Return where words begin from ``at`` on, past blanks and one time stamp, and that stamp."""
    match = _LINE_STAMP.match(text, at) if text[at : at + 1] == "\n" or not inline else None
    match = match or _LEAD.match(text, at)
    if match is None:
        return at, ""
    return match.end(), bare(match["time"] or "")


def bare(time: str) -> str:
    """Return a time stamp without its brackets."""
    return time.strip("[](){}<># \t")


def lone_stamps(text: str) -> Iterator[Opening]:
    """Yield the time stamps that stand alone on a line or, in brackets, open one."""
    for pattern in (_LONE_STAMP, _LEADING_STAMP):
        for match in pattern.finditer(text):
            said, _late = lead(text, match.end())
            yield Opening(match.start(), said, "", bare(match["time"]), "stamp")
