"""A story for people to read: Markdown, plain text, HTML or a DOCX document.

What the researcher writes stands as plain paragraphs, what a participant says as a quotation with
its reference, so that nobody takes one for the other.
"""

from __future__ import annotations

import html
from collections.abc import Callable, Iterator, Mapping

from qcode.errors import BadInput
from qcode.formats import docx
from qcode.formats.files import cleaned
from qcode.formats.markdown import escaped, quoted
from qcode.language import _, spoken
from qcode.model.narrative import HEADING, SENTENCE, Story, ToldPiece

_STYLE = (
    "body{max-width:42em;margin:2em auto;padding:0 1em;font-family:serif;line-height:1.5}"
    "blockquote{margin:1em 2em;padding-left:1em;border-left:.2em solid #767676}"
    "footer,.note{color:#595959;font-size:.85em}"
    "@page{size:A4;margin:22mm 20mm;@bottom-center{content:counter(page)}}"
    "@media print{body{margin:0;max-width:none}h2{break-after:avoid}blockquote{break-inside:avoid}}"
)


def write(story: Story, format: str) -> bytes:
    """Return a story as one of FORMATS."""
    if format not in FORMATS:
        raise BadInput(
            _("a story is written as {formats}, not “{format}”").format(
                formats=", ".join(FORMATS), format=format
            )
        )
    return FORMATS[format](story)


def _left_out(piece: ToldPiece) -> str:
    return _("[passage left out: {why}]").format(why=piece.gap)


def _markdown(story: Story) -> bytes:
    blocks = [f"# {escaped(story.title)}", *([f"**{escaped(story.notice)}**"] * bool(story.notice))]
    blocks.append("\n".join(f"- {escaped(note)}" for note in story.notes))
    for piece in story.pieces:
        blocks += _block(piece)
    return ("\n\n".join(block for block in blocks if block) + "\n").encode(errors="replace")


def _block(piece: ToldPiece) -> Iterator[str]:
    if piece.kind == HEADING:
        yield f"## {escaped(piece.text)}"
    elif piece.kind == SENTENCE:
        yield from (escaped(line) for line in _paragraphs(piece.text))
    elif piece.gap:
        yield f"> {escaped(_left_out(piece))}"
    else:
        yield f"{quoted(piece.text)}\n>\n> — {escaped(piece.reference)}"


def _paragraphs(text: str) -> list[str]:
    return [line.strip() for line in text.split("\n") if line.strip()]


def _plain(story: Story) -> bytes:
    blocks = [f"{story.title}\n{'=' * max(3, len(story.title))}", story.notice]
    blocks += [f"({note})" for note in story.notes]
    for piece in story.pieces:
        if piece.kind == HEADING:
            blocks.append(f"{piece.text}\n{'-' * max(3, len(piece.text))}")
        elif piece.kind == SENTENCE:
            blocks += _paragraphs(piece.text)
        elif piece.gap:
            blocks.append(f"    {_left_out(piece)}")
        else:
            words = f"“{piece.text}”".replace("\n", "\n    ")
            blocks.append(f"    {words}\n    — {piece.reference}")
    text = "\n\n".join(block for block in blocks if block)
    return f"{cleaned(text)}\n".encode(errors="replace")


def _html(story: Story) -> bytes:
    body = [f"<h1>{_safe(story.title)}</h1>"]
    body += [f'<p class="note">{_safe(note)}</p>' for note in (story.notice, *story.notes) if note]
    for piece in story.pieces:
        body += _element(piece)
    head = f"<meta charset=utf-8><title>{_safe(story.title)}</title><style>{_STYLE}</style>"
    text = f'<!doctype html>\n<html lang="{spoken()}"><head>{head}</head>\n<body>\n'
    return (text + "\n".join(body) + "\n</body></html>\n").encode(errors="replace")


def _element(piece: ToldPiece) -> Iterator[str]:
    if piece.kind == HEADING:
        yield f'<h2 dir="auto">{_safe(piece.text)}</h2>'
    elif piece.kind == SENTENCE:
        yield from (f'<p dir="auto">{_safe(line)}</p>' for line in _paragraphs(piece.text))
    elif piece.gap:
        yield f"<blockquote><p><em>{_safe(_left_out(piece))}</em></p></blockquote>"
    else:
        words = "<br>".join(map(_safe, piece.text.split("\n")))
        below = f"<footer>— {_safe(piece.reference)}</footer>"
        yield f'<blockquote><p dir="auto">“{words}”</p>{below}</blockquote>'


def _safe(text: str) -> str:
    return html.escape(cleaned(text))


def _docx(story: Story) -> bytes:
    document = docx.blank(story.title, story.notice)
    document.add_heading(docx.clean(story.title), level=0)
    if story.notice:
        document.add_paragraph(docx.clean(story.notice), style="Intense Quote")
    for note in story.notes:
        document.add_paragraph(docx.clean(note), style="List Bullet")
    for piece in story.pieces:
        if piece.kind == HEADING:
            document.add_heading(docx.clean(piece.text), level=1)
        elif piece.kind == SENTENCE:
            for line in _paragraphs(piece.text):
                document.add_paragraph(docx.clean(line))
        else:
            text = _left_out(piece) if piece.gap else f"“{piece.text}”"
            words = docx.add_quotation(document, text)
            words.paragraph_format.left_indent = docx.millimetres(8)
            if not piece.gap:
                words.paragraph_format.keep_with_next = True
                below = document.add_paragraph()
                below.paragraph_format.left_indent = docx.millimetres(8)
                docx.add_run(below, f"— {piece.reference}")
    return docx.written(document)


FORMATS: Mapping[str, Callable[[Story], bytes]] = {
    "markdown": _markdown, "docx": _docx, "html": _html, "txt": _plain,
}  # fmt: skip
"""How a story is written, by name."""
SUFFIXES = {"markdown": ".md", "docx": ".docx", "html": ".html", "txt": ".txt"}
"""The end of the name of its file, by format."""
