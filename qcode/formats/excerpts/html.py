"""Excerpts as one static HTML page: no script, nothing loaded, every text inert."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator
from html import escape

from qcode.formats.excerpts.listing import Listing, cited, remarks, translated
from qcode.formats.files import cleaned
from qcode.language import spoken
from qcode.model.excerpt import Excerpt

STYLE = """
body { max-width: 44rem; margin: 2rem auto; padding: 0 1rem; color: #1b1b1b; background: #fff;
  font: 1rem/1.5 Georgia, "Noto Serif", serif; }
h1, h2, .notes, .cited, .remark { font-family: system-ui, "Noto Sans", sans-serif; }
h1 { font-size: 1.5rem; } h2 { font-size: 1.15rem; margin-top: 2.5rem; }
.notice { border: .15rem solid #1b1b1b; padding: .6rem 1rem; font-weight: 600; }
.notes { font-size: .85rem; color: #444; }
figure { margin: 1.25rem 0 1.75rem; }
blockquote { margin: 0; padding-left: 1rem; border-left: .2rem solid #767676; }
p { margin: 0; unicode-bidi: isolate; overflow-wrap: anywhere; white-space: pre-wrap; }
.beside { padding-left: 1.2rem; color: #6b6b6b; font-size: .9rem; }
.translation { margin-top: .5rem; font-style: italic; }
.cited, .remark { font-size: .82rem; color: #444; margin-top: .25rem; }
@page { size: A4; margin: 22mm 20mm; @bottom-center { content: counter(page); } }
@media print { body { margin: 0; max-width: none; } h2 { break-after: avoid; }
  figure { break-inside: avoid; } }
"""
"""Greys of at least 4.5 to 1 on white."""


def written(listing: Listing) -> bytes:
    """Return the page in UTF-8."""
    return ("\n".join(_lines(listing)) + "\n").encode(errors="replace")


def policy(style: str = STYLE) -> str:
    """Return what a browser may do with a page: show it, with this style, and nothing else."""
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"


def safe(text: str) -> str:
    """Return a text that no browser takes for markup."""
    return escape(cleaned(text), quote=True)


def _lines(listing: Listing) -> Iterator[str]:
    title = safe(listing.title)
    yield f'<!DOCTYPE html>\n<html lang="{spoken()}">\n<head>\n<meta charset="utf-8">'
    yield f'<meta http-equiv="Content-Security-Policy" content="{safe(policy())}">'
    yield '<meta name="viewport" content="width=device-width">'
    yield f"<title>{title}</title>\n<style>{STYLE}</style>\n</head>\n<body>"
    yield f'<h1 dir="auto">{title}</h1>'
    if listing.notice:
        yield f'<p class="notice" dir="auto">{safe(listing.notice)}</p>'
    if notes := (*listing.notes, *listing.said_of_numbers()):
        yield '<ul class="notes">'
        yield from (f'<li dir="auto">{safe(note)}</li>' for note in notes)
        yield "</ul>"
    for group in listing.headed():
        yield f'<section>\n<h2 dir="auto">{safe(group.title)}</h2>'
        for excerpt in group.excerpts:
            yield from _figure(excerpt, spoken_in(listing.language))
        yield "</section>"
    yield "</body>\n</html>"


def spoken_in(language: str) -> str:
    """Return the attribute that names the language of an element, if it is known."""
    return f' lang="{safe(language)}"' if language else ""


def _figure(one: Excerpt, language: str) -> Iterator[str]:
    yield "<figure>"
    yield from _paragraphs(one.before, "beside")
    yield f"<blockquote{language}>"
    yield from _paragraphs(one.text, "quote")
    yield "</blockquote>"
    yield from _paragraphs(one.after, "beside")
    number = f"({one.number}) " if one.number else ""
    parts = " · ".join(f"<bdi>{safe(part)}</bdi>" for part in cited(one))
    yield f'<figcaption class="cited">— {number}{parts}</figcaption>'
    if one.translation:
        yield f'<blockquote class="translation" lang="{safe(one.translation.language)}">'
        yield from _paragraphs(one.translation.text, "quote")
        yield f'</blockquote>\n<p class="cited">— {safe(translated(one.translation))}</p>'
    for line in remarks(one):
        yield from _paragraphs(line, "remark")
    yield "</figure>"


def _paragraphs(text: str, kind: str) -> Iterator[str]:
    """Yield a paragraph a line, each with the direction of its own words."""
    for line in text.split("\n") if text else ():
        yield f'<p class="{kind}" dir="auto">{safe(line)}</p>'
