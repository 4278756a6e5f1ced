"""Set the page for a participant in words: to be read by him, or to be read to him."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from qcode.analysis.member_check.wording import WORDING, Lines
from qcode.model.answer import AGREE, CORRECT
from qcode.model.member_check import Block, Material, Point, Sheet
from qcode.model.sentences import sentences
from qcode.model.span import Span

GAP = "[…]"
"""Where somebody else speaks between his words."""


def sheet(material: Material, language: str, *, aloud: bool = False) -> Sheet:
    """Return the page in a language of WORDING; ``aloud`` leaves out what is to be filled in."""
    say = WORDING[language]
    way = " aloud" if aloud else ""
    return Sheet(
        title=say["title"][0],
        language=language,
        notice=material.notice,
        opening=say[f"opening{way}"],
        findings_title=say[f"findings{way}"][0] if material.findings else "",
        findings=material.findings,
        points_title=say[f"points{way}"][0] if material.points else "",
        blocks=tuple(_block(one, language, aloud=aloud) for one in material.points),
        choices=() if aloud else say["choices"],
        room="" if aloud else say["room"][0],
        question=say["question"] if aloud else (),
        closing=say["closing"],
        signing=() if aloud else (f"{material.case} · {say['signing'][0]}", say["signing"][1]),
    )


def _block(point: Point, language: str, *, aloud: bool) -> Block:
    say = WORDING[language]
    heading = say["number"][0].format(n=point.number)
    lines = _spoken(point) if aloud else (f" {GAP} ".join(point.words),)
    return Block(f"{heading}." if aloud else heading, tuple(lines), tuple(_aside(point, say)))


def _aside(point: Point, say: Mapping[str, Lines]) -> Iterator[str]:
    if point.codes:
        yield say["codes"][0].format(codes=", ".join(point.codes))
    if point.verdict == AGREE:
        yield say["agree"][0]
    if point.verdict == CORRECT:
        yield say["correct"][0].format(text=point.text)


def _spoken(point: Point) -> Iterator[str]:
    """Yield his words a sentence at a time, as somebody reads them out."""
    for words in point.words:
        for at in sentences(words, Span(0, len(words))):
            yield " ".join(words[at.start : at.end].split())
