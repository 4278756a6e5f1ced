"""Excerpts as a LaTeX document that compiles: every sign of a text is escaped."""

from __future__ import annotations

import re
from collections.abc import Iterator

from qcode.formats.excerpts.listing import Listing, cited, remarks, translated
from qcode.formats.files import cleaned
from qcode.model.excerpt import Excerpt

_SIGNS = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "$": r"\$", "&": r"\&", "#": r"\#",
    "%": r"\%", "_": r"\_", "^": r"\textasciicircum{}", "~": r"\textasciitilde{}",
    "<": r"\textless{}", ">": r"\textgreater{}", "|": r"\textbar{}", '"': r"\textquotedbl{}",
    "`": r"\textasciigrave{}", "'": r"\textquotesingle{}", "[": "{[}", "]": "{]}", "\t": " ",
    "-": r"-{}", ",": r",{}",
}  # fmt: skip
"""Signs that mean something to LaTeX, also those that it joins with the next one."""
_DIRECTION = "\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_TABLE = str.maketrans({**_SIGNS, **{one: f'\\symbol{{"{ord(one):04X}}}' for one in _DIRECTION}})
_ALONE = re.compile(r"-\{\}(?!-)|,\{\}(?!,)")

_HEAD = r"""% Compile with lualatex or xelatex.
\documentclass[a4paper]{article}
\usepackage{iftex}
\ifPDFTeX
  \usepackage[T1]{fontenc}
  \usepackage[utf8]{inputenc}
\else
  \usepackage{fontspec}
\fi
\usepackage{textcomp}
\usepackage{xcolor}
\newcommand{\beside}[1]{{\small\color{gray}#1\par}}
\newcommand{\cited}[1]{{\small --- #1\par}}
\setlength{\parindent}{0pt}
\begin{document}"""


def written(listing: Listing) -> bytes:
    """Return the document in UTF-8."""
    return ("\n".join(_lines(listing)) + "\n").encode(errors="replace")


def escaped(text: str) -> str:
    """Return one line of text as LaTeX shows it."""
    line = cleaned(text).replace("\n", " ").translate(_TABLE)
    return _ALONE.sub(lambda found: found.group()[0], line)


def _lines(listing: Listing) -> Iterator[str]:
    yield _HEAD
    yield rf"\section*{{{escaped(listing.title)}}}"
    if notes := (*listing.notes, *listing.said_of_numbers()):
        yield r"\begin{itemize}"
        yield from (rf"\item {escaped(note)}" for note in notes)
        yield r"\end{itemize}"
    for group in listing.headed():
        yield rf"\subsection*{{{escaped(group.title)}}}"
        for excerpt in group.excerpts:
            yield from _quote(excerpt)
    yield r"\end{document}"


def _quote(one: Excerpt) -> Iterator[str]:
    yield r"\begin{quote}"
    yield from _beside(one.before)
    yield _paragraphs(one.text)
    yield from _beside(one.after)
    number = f"({one.number}) " if one.number else ""
    yield rf"\cited{{{number}{' · '.join(map(escaped, cited(one)))}}}"
    if one.translation:
        yield rf"{{\itshape {_paragraphs(one.translation.text)}}}"
        yield rf"\cited{{{escaped(translated(one.translation))}}}"
    for line in remarks(one):
        yield from _beside(line)
    yield r"\end{quote}"


def _beside(text: str) -> Iterator[str]:
    if text:
        yield from (rf"\beside{{{escaped(line)}}}" for line in text.split("\n"))


def _paragraphs(text: str) -> str:
    """Return the lines of a text, a paragraph each; an empty one would end more than it should."""
    return "\n".join(rf"{escaped(line)}\par" for line in text.split("\n") if line.strip())
