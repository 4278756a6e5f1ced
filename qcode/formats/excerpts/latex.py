"""Excerpts as a LaTeX document that compiles: every sign of a text is escaped."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from qcode.formats.excerpts.listing import Listing, cited, remarks, translated
from qcode.formats.files import cleaned
from qcode.model.excerpt import Excerpt

_SIGNS = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "$": r"\$", "&": r"\&", "#": r"\#",
    "%": r"\%", "_": r"\_", "^": r"\textasciicircum{}", "~": r"\textasciitilde{}",
    "<": r"\textless{}", ">": r"\textgreater{}", "|": r"\textbar{}", '"': r"\textquotedbl{}",
    "`": r"\textasciigrave{}", "'": r"\textquotesingle{}", "[": "{[}", "]": "{]}", "\t": " ",
    "-": r"-{}", ",": r",{}", "\u2011": r"-{}",
}  # fmt: skip
"""Signs that mean something to LaTeX, also those that it joins with the next one."""
_BREAK = "\u200b"
_TABLE = str.maketrans({**_SIGNS, _BREAK: r"\allowbreak{}"})
_ALONE = re.compile(r"-\{\}(?!-)|,\{\}(?!,)")
_LONG, _PART = re.compile(r"[^\s\u200b]{40,}"), re.compile(".{20}")
_BEYOND = re.compile(
    "[^ -~\u00a0-\u00ac\u00ae-\u0125\u0128-\u0137\u0139-\u013e\u0141-\u0148\u014a-\u0165"
    "\u0168-\u017e\u0218-\u021b\u2013\u2014\u2018-\u201a\u201c-\u201e\u2020-\u2022\u2026"
    "\u2030\u2039\u203a\u20ac\u2122]"
)
"""What is not in the fonts of every LaTeX."""
_NO_SHAPE = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")

_NEUTRAL = " .,:;!?"
_FROM_RIGHT = "[\u0590-\u065f\u066a-\u06ef\u06fa-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]"
_RUN = re.compile(f"{_FROM_RIGHT}(?:[{_NEUTRAL}]*{_FROM_RIGHT})*")
"""Words that are read from the right; digits among them are not."""

_HEAD = r"""% Compile with pdflatex, xelatex or lualatex. A sign that the font lacks is a small box with its
% number in Unicode.
\documentclass[a4paper]{article}
\usepackage{iftex}
\DeclareRobustCommand{\lacking}[1]{{\setlength{\fboxsep}{1pt}\fbox{\tiny\ttfamily #1}}}
\ifPDFTeX
  \usepackage[T1]{fontenc}
  \usepackage[utf8]{inputenc}
  \usepackage{textcomp}
  \IfFileExists{lmodern.sty}{\usepackage{lmodern}}{}
\else
  \usepackage{fontspec}
\fi
\usepackage{color}
\newcommand{\beside}[1]{{\small\color[gray]{.35}#1\par}}
\newcommand{\cited}[1]{\nopagebreak{\small --- #1\par}}
\setlength{\parindent}{0pt}
\raggedright
\hyphenpenalty=10000 % the words are not English
"""
_FONTS = r"""% For signs that the main font lacks, xelatex and lualatex look through these fonts, those that
% are installed. Where a box remains, add a font that has the sign: \other{Noto Serif}
\ifPDFTeX
  \DeclareRobustCommand{\sign}[2]{\lacking{#1}}
  \newcommand{\fromright}[1]{#1}
\else
  \newcount\others
  \def\other#1{\IfFontExistsTF{#1}{\global\advance\others 1
    \expandafter\newfontfamily\csname other\the\others\endcsname{#1}}{}}
  \def\joined#1{\ifx\semitic\relax
    \IfFontExistsTF{#1}{\newfontfamily\semitic[Script=Arabic]{#1}}{}\fi}
  \let\semitic\relax
  \joined{Amiri}\joined{Noto Naskh Arabic}\joined{Times New Roman}\joined{DejaVu Sans}
  \other{Noto Serif Hebrew}\other{DejaVu Sans}\other{FreeSerif}\other{Noto Emoji}
  \other{Segoe UI Emoji}\other{Noto Serif CJK SC}\other{SimSun}\other{Droid Sans Fallback}
  \def\seek#1#2#3{\ifnum#1>\others\lacking{#2}\else\csname other#1\endcsname\iffontchar\font"#2 #3%
    \else\expandafter\seek\expandafter{\the\numexpr#1+1}{#2}{#3}\fi\fi}
  \protected\def\sign#1#2{\iffontchar\font"#1 #2\else{\seek1{#1}{#2}}\fi}
  \ifLuaTeX\protected\def\fromright#1{\leavevmode{\textdir TRT\semitic#1}}
  \else\TeXXeTstate=1 \protected\def\fromright#1{{\beginR\semitic#1\endR}}\fi
\fi
"""


def written(listing: Listing) -> bytes:
    """Return the document in UTF-8."""
    body = "\n".join((r"\begin{document}", *_lines(listing), r"\end{document}", ""))
    fonts = _FONTS if r"\sign{" in body else ""
    return f"{_HEAD}{fonts}{body}".encode(errors="replace")


def escaped(text: str) -> str:
    """Return one line of text as LaTeX shows it; marks that have no shape are left out."""
    line = unicodedata.normalize("NFC", cleaned(text).replace("\n", " "))
    if not line.isascii():
        line = _NO_SHAPE.sub("", line)
    if not line.isprintable():
        line = "".join(sign for sign in line if unicodedata.category(sign) != "Cf")
    line = _LONG.sub(lambda word: _PART.sub(rf"\g<0>{_BREAK}", word[0]), line)
    parts, at = [], 0
    for run in _RUN.finditer(line):
        inside = "".join(one if one == " " else _beyond(one) for one in run[0])
        parts += [_from_left(line[at : run.start()]), rf"\fromright{{{inside}}}"]
        at = run.end()
    return "".join((*parts, _from_left(line[at:])))


def _from_left(line: str) -> str:
    line = _ALONE.sub(lambda found: found[0][0], line.translate(_TABLE))
    return _BEYOND.sub(lambda found: _beyond(found[0]), line)


def _beyond(sign: str) -> str:
    kind = unicodedata.category(sign)
    if kind.startswith("Z"):
        return " "
    # An engine takes these for bytes that are no UTF-8.
    bare = kind.startswith("C") or sign == "\N{REPLACEMENT CHARACTER}"
    number = f"{ord(sign):04X}"
    return rf"\lacking{{{number}}}" if bare else rf"\sign{{{number}}}{{{sign}}}"


def _lines(listing: Listing) -> Iterator[str]:
    yield rf"\section*{{{escaped(listing.title)}}}"
    if listing.notice:
        yield rf"\textbf{{{escaped(listing.notice)}}}\par"
    if notes := (*listing.notes, *listing.said_of_numbers()):
        yield r"\begin{itemize}"
        yield from (rf"\item {escaped(note)}" for note in notes)
        yield r"\end{itemize}"
    for group in listing.headed():
        yield rf"\subsection*{{{escaped(group.title)}}}"
        for excerpt in group.excerpts:
            yield from _quote(excerpt)


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
