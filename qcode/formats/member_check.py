"""The page for a participant as a file: DOCX, HTML, Markdown or plain text, in large letters."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from html import escape
from itertools import groupby
from typing import NamedTuple

from qcode.errors import BadInput
from qcode.formats import docx
from qcode.formats.files import cleaned
from qcode.formats.markdown import escaped, quoted
from qcode.language import _
from qcode.model.member_check import Block, Sheet

_POINTS = {"title": 22, "heading": 19, "subheading": 17, "number": 18, "aside": 11}
_LARGE = 15
_TOGETHER = ("number", "quote", "aside", "choice", "room")
"""What stands on one page with what comes next."""
_BOX = "\N{BALLOT BOX}"
_RULE = "_" * 44
_RULES = 2
"""Lines to write on below each passage."""
_LEVELS = {"title": 1, "heading": 2, "subheading": 3}
_STYLE = """
body { font: 20px/1.6 serif; color: #000; background: #fff; max-width: 42rem; margin: 2rem auto;
  padding: 0 1rem; }
h1 { font-size: 28px; }
h2 { font-size: 24px; break-after: avoid; }
h3, .number { font-size: 22px; font-weight: bold; margin-bottom: 0; break-after: avoid; }
.number { border-top: 2px solid #000; margin-top: 1.5rem; padding-top: .5rem; }
blockquote { margin: .5rem 0; font-size: 22px; break-after: avoid; }
.notice { font-weight: bold; }
.aside { font-size: 16px; }
.choice, .room { margin: .2rem 0; break-after: avoid; }
.rule { border-bottom: 1px solid #000; height: 2.2rem; }
"""


class _Part(NamedTuple):
    """One line or paragraph of the page, and what kind it is of."""

    kind: str
    text: str = ""


def write(sheet: Sheet, suffix: str) -> bytes:
    """Return the page as the kind of file that a suffix names."""
    if suffix not in FORMATS:
        raise BadInput(
            _("a page for a participant is written as {formats}, not “{format}”").format(
                formats=", ".join(FORMATS), format=suffix
            )
        )
    return FORMATS[suffix](sheet)


def lines(sheet: Sheet) -> Iterator[str]:
    """Yield the lines of the plain text."""
    for kind, text in _parts(sheet):
        if kind in ("heading", "subheading", "number", "closing"):
            yield ""
        yield {"choice": f"[ ] {text}", "rule": _RULE, "sign": f"{text}: {_RULE}"}.get(kind, text)
        if kind in ("title", "notice"):
            yield ""


def _parts(sheet: Sheet) -> Iterator[_Part]:
    yield _Part("title", sheet.title)
    if sheet.notice:
        yield _Part("notice", sheet.notice)
    yield from (_Part("text", one) for one in sheet.opening)
    if sheet.findings:
        yield _Part("heading", sheet.findings_title)
    for finding in sheet.findings:
        if finding.heading:
            yield _Part("subheading", finding.heading)
        yield from (_Part("text", one) for one in finding.sentences)
    if sheet.blocks:
        yield _Part("heading", sheet.points_title)
    for block in sheet.blocks:
        yield from _block(sheet, block)
    yield from (_Part("closing", one) for one in sheet.closing)
    yield from (_Part("sign", one) for one in sheet.signing)


def _block(sheet: Sheet, block: Block) -> Iterator[_Part]:
    yield _Part("number", block.heading)
    yield from (_Part("quote", one) for one in block.lines)
    yield from (_Part("aside", one) for one in block.aside)
    yield from (_Part("text", one) for one in sheet.question)
    yield from (_Part("choice", one) for one in sheet.choices)
    if sheet.room:
        yield _Part("room", sheet.room)
        yield from [_Part("rule")] * _RULES


def _text(sheet: Sheet) -> bytes:
    return "".join(f"{cleaned(line)}\n" for line in lines(sheet)).encode(errors="replace")


def _markdown(sheet: Sheet) -> bytes:
    blocks = []
    for kind, parts in groupby(_parts(sheet), key=lambda part: part.kind):
        texts = [part.text for part in parts]
        if kind == "quote":
            blocks.append(quoted("\n".join(texts)))
        elif kind == "choice":
            blocks.append("\n".join(f"- [ ] {escaped(one)}" for one in texts))
        else:
            blocks += [_marked(kind, escaped(one)) for one in texts]
    return ("\n\n".join(blocks) + "\n").encode(errors="replace")


def _marked(kind: str, text: str) -> str:
    rule = escaped(_RULE)
    return {
        "title": f"# {text}", "heading": f"## {text}", "subheading": f"### {text}",
        "number": f"### {text}", "notice": f"**{text}**", "rule": rule, "sign": f"{text}: {rule}",
    }.get(kind, text)  # fmt: skip


def _html(sheet: Sheet) -> bytes:
    body = "\n".join(_tagged(kind, _safe(text)) for kind, text in _parts(sheet))
    return (
        f'<!DOCTYPE html>\n<html lang="{escape(sheet.language)}">\n<head>\n'
        f'<meta charset="utf-8">\n<title>{_safe(sheet.title)}</title>\n<style>{_STYLE}</style>\n'
        f"</head>\n<body>\n{body}\n</body>\n</html>\n"
    ).encode(errors="replace")


def _tagged(kind: str, text: str) -> str:
    if kind in _LEVELS:
        return f"<h{_LEVELS[kind]}>{text}</h{_LEVELS[kind]}>"
    if kind == "quote":
        return f'<blockquote dir="auto">{text}</blockquote>'
    rule = '<div class="rule"></div>'
    told = {"choice": f"{_BOX} {text}", "sign": f"{text}:"}.get(kind, text)
    paragraph = f'<p class="{kind}" dir="auto">{told}</p>'
    return {"rule": rule, "sign": f"{paragraph}{rule}"}.get(kind, paragraph)


def _safe(text: str) -> str:
    return escape(docx.clean(text)).replace("\n", "<br>\n")


def _docx(sheet: Sheet) -> bytes:
    from docx.shared import Pt

    document = docx.blank(sheet.title, sheet.notice)
    document.styles["Normal"].font.size = Pt(_LARGE)
    for kind, text in _parts(sheet):
        if kind in _LEVELS:
            heading = document.add_heading(docx.clean(text), level=_LEVELS[kind])
            heading.runs[0].font.size = Pt(_POINTS[kind])
            continue
        told = {"choice": f"{_BOX} {text}", "rule": _RULE, "sign": f"{text}: {_RULE[:20]}"}
        paragraph = document.add_paragraph(style="Intense Quote" if kind == "notice" else None)
        docx.turn(paragraph, text)
        run = paragraph.add_run(docx.clean(told.get(kind, text)))
        run.font.size = Pt(_POINTS.get(kind, _LARGE))
        run.font.bold = kind in ("number", "notice")
        paragraph.paragraph_format.keep_with_next = kind in _TOGETHER
        if kind in ("choice", "room"):
            paragraph.paragraph_format.space_after = Pt(0)
    return docx.written(document)


FORMATS: Mapping[str, Callable[[Sheet], bytes]] = {
    ".docx": _docx, ".html": _html, ".md": _markdown, ".txt": _text,
}  # fmt: skip
"""How the page is written, by the suffix of the file."""
