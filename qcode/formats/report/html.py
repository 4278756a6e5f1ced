"""A report as one HTML page: no script, nothing loaded, every text inert; it prints on A4."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from qcode.formats import figures
from qcode.formats.files import cleaned
from qcode.formats.report import captions
from qcode.language import _, spoken
from qcode.model.report import (
    Block,
    Bullets,
    Heading,
    Paragraph,
    Picture,
    Quotation,
    Report,
    numbered,
)
from qcode.model.table import Table, in_words

# Pictures set the style of each of their signs, which no hash in a policy can name.
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
_DEEPEST = 6
_MANY = 8
"""Columns from which a table has smaller letters, so that paper is wide enough."""
_CONTENTS = 2
"""Levels of headings that the contents list."""

STYLE = """
body { max-width: 50rem; margin: 2rem auto; padding: 0 1rem; color: #1b1b1b; background: #fff;
  font: 1rem/1.5 Georgia, "Noto Serif", serif; }
h1, h2, h3, h4, h5, table, nav, .small, .notice, .cited { font-family: system-ui, "Noto Sans", sans-serif; }
h1 { font-size: 1.8rem; line-height: 1.2; } h2 { font-size: 1.4rem; margin-top: 3rem; }
h3 { font-size: 1.15rem; margin-top: 2.2rem; } h4 { font-size: 1rem; margin: 1.6rem 0 .3rem; }
h2, h3, h4, h5, caption, .lead { break-after: avoid; }
p { margin: .5rem 0; unicode-bidi: isolate; overflow-wrap: anywhere; white-space: pre-wrap; }
.first { font-weight: 600; }
.notice { border: .15rem solid #1b1b1b; padding: .6rem 1rem; font-weight: 600; }
nav ul { list-style: none; padding-left: 1.2rem; } nav a { color: inherit; }
.scroll { overflow-x: auto; margin: 1.2rem 0 .3rem; }
table { border-collapse: collapse; font-size: .8rem; line-height: 1.35; }
.deep tbody th { min-width: 11em; overflow-wrap: normal; }
caption { text-align: left; font-weight: 600; padding-bottom: .3rem; }
th, td { text-align: left; vertical-align: top; padding: .15rem .6rem .15rem 0; overflow-wrap: break-word; }
.many { font-size: .66rem; } .many th, .many td { padding-right: .35rem; }
.many tbody th { min-width: 8em; }
thead th { border-top: .1rem solid; border-bottom: .05rem solid; vertical-align: bottom; }
tbody th { font-weight: inherit; }
tbody tr:last-child > * { border-bottom: .1rem solid; }
td.number, th.number { text-align: right; white-space: nowrap; }
thead th.number { white-space: normal; }
.small { font-size: .75rem; color: #444; }
figure { margin: 1.5rem 0; } figure svg { max-width: 100%; height: auto; }
figcaption { font-family: system-ui, "Noto Sans", sans-serif; font-size: .85rem; }
blockquote { margin: .6rem 0 0; padding-left: 1rem; border-left: .2rem solid #767676; }
blockquote p { margin: 0; }
.cited { font-size: .8rem; color: #444; padding-left: 1.2rem; margin: .2rem 0 1rem; }
.number + td:not(.number), .number + th:not(.number) { padding-left: .6rem; }
@page { size: A4; margin: 22mm 20mm; @bottom-center { content: counter(page); } }
@media print { body { margin: 0; max-width: none; font-size: 10.5pt; }
  .cover, nav { break-after: page; } .scroll { overflow: visible; }
  thead { display: table-header-group; } tr, figure, blockquote { break-inside: avoid; }
  blockquote { break-after: avoid; } figure svg { max-height: 225mm; } }
"""
"""Greys of at least 4.5 to 1 on white."""


def written(report: Report) -> bytes:
    """Return the page in UTF-8."""
    return ("\n".join(_lines(report)) + "\n").encode(errors="replace")


def safe(text: str) -> str:
    """Return a text that no browser takes for markup."""
    return escape(cleaned(text), quote=True)


def _lines(report: Report) -> Iterator[str]:
    title = safe(report.title)
    yield f'<!DOCTYPE html>\n<html lang="{spoken()}">\n<head>\n<meta charset="utf-8">'
    yield f'<meta http-equiv="Content-Security-Policy" content="{safe(_POLICY)}">'
    yield '<meta name="viewport" content="width=device-width">'
    yield f"<title>{title}</title>\n<style>{STYLE}</style>\n</head>\n<body>"
    yield f'<header class="{"cover" if report.cover else "top"}">'
    yield f'<h1 dir="auto">{title}</h1>\n<p>{safe(report.made)}</p>'
    if report.notice:
        yield f'<p class="notice" dir="auto">{safe(report.notice)}</p>'
    yield from (f'<p class="first" dir="auto">{safe(text)}</p>' for text in report.lead)
    yield from _bulleted(report.notes)
    yield "</header>"
    if report.cover:
        yield from _contents(report)
    yield "<main>"
    deepest = 1
    for at, (block, number) in enumerate(numbered(report.blocks)):
        if isinstance(block, Heading):
            # A reader that goes by headings takes a level that is passed over for a gap.
            deepest = min(block.level + 1, deepest + 1, _DEEPEST)
            yield f'<h{deepest} id="part-{at}" dir="auto">{safe(block.text)}</h{deepest}>'
        else:
            yield from _block(block, number, report.language)
    yield "</main>\n</body>\n</html>"


def _contents(report: Report) -> Iterator[str]:
    yield f"<nav>\n<h2>{safe(_('Contents'))}</h2>\n<ul>"
    for at, block in enumerate(report.blocks):
        if isinstance(block, Heading) and block.level <= _CONTENTS:
            indent = f' style="padding-left:{1.2 * (block.level - 1):.1f}rem"'
            yield f'<li{indent}><a href="#part-{at}" dir="auto">{safe(block.text)}</a></li>'
    yield "</ul>\n</nav>"


def _block(block: Block, number: int, language: str) -> Iterator[str]:
    match block:
        case Paragraph(text=text, lead=lead):
            yield _paragraph(text, lead)
        case Bullets(items=items):
            yield from _bulleted(items)
        case Quotation(text=text, reference=reference):
            lines = "".join(_paragraph(line) for line in text.split("\n"))
            tongue = f' lang="{safe(language)}"' if language else ""
            yield f"<blockquote{tongue}>{lines}</blockquote>"
            yield f'<p class="cited" dir="auto">— {safe(reference)}</p>'
        case Picture():
            yield from _picture(block, number)
        case Table():
            yield from _table(block, number)


def _paragraph(text: str, lead: str = "") -> str:
    bold = f"<b>{safe(lead)}</b> " if lead else ""
    kind = ' class="lead"' if lead and not text else ""
    return f'<p{kind} dir="auto">{bold}{safe(text)}</p>'


def _bulleted(items: tuple[str, ...]) -> Iterator[str]:
    if items:
        yield "<ul>"
        yield from (f'<li dir="auto">{safe(item)}</li>' for item in items)
        yield "</ul>"


def _picture(block: Picture, number: int) -> Iterator[str]:
    if not figures.available():
        return
    figure = block.figure
    drawn = figures.inline(figure, f"figure-{number}")
    label = safe(captions.figure_title(figure.title, number))
    yield "<figure>" + drawn.replace("<svg ", f'<svg role="img" aria-label="{label}" ', 1)
    yield f'<figcaption dir="auto"><b>{label}</b></figcaption>'
    yield f'<p class="small" dir="auto">{safe(captions.in_one(figure.notes))}</p></figure>'


def _table(table: Table, number: int) -> Iterator[str]:
    sorts = ["deep"] * bool(table.depths) + ["many"] * (len(table.columns) >= _MANY)
    yield f'<div class="scroll"><table class="{" ".join(sorts)}">'
    if title := captions.table_title(table.title, number):
        yield f'<caption dir="auto">{safe(title)}</caption>'
    kinds = [' class="number"' if column.numeric else "" for column in table.columns]
    heads = (f'<th scope="col"{kind}>{safe(captions.head(column))}</th>'
             for kind, column in zip(kinds, table.columns, strict=True))  # fmt: skip
    yield f"<thead><tr>{''.join(heads)}</tr></thead>\n<tbody>"
    for at, row in enumerate(table.rows):
        name, *cells = [f'{kind} dir="auto">{safe(in_words(cell))}'
                        for kind, cell in zip(kinds, row, strict=True)]  # fmt: skip
        depth = table.depths[at] if table.depths else 0
        indent = f' style="padding-left:{1.1 * depth:.1f}rem"' if depth else ""
        others = "".join(f"<td{cell}</td>" for cell in cells)
        yield f'<tr><th scope="row"{indent}{name}</th>{others}</tr>'
    yield "</tbody>\n</table></div>"
    if notes := captions.below(table):
        yield f'<p class="small" dir="auto">{safe(captions.in_one(notes))}</p>'
