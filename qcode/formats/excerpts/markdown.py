"""Excerpts as Markdown: a block quotation each, under headings."""

from __future__ import annotations

from collections.abc import Iterator

from qcode.formats.excerpts.listing import Listing, cited, remarks, translated
from qcode.formats.markdown import escaped, quoted
from qcode.model.excerpt import Excerpt


def written(listing: Listing) -> bytes:
    """Return the listing as a text in GitHub's dialect."""
    blocks = [f"# {escaped(listing.title)}"]
    if listing.notice:
        blocks.append(f"**{escaped(listing.notice)}**")
    if notes := (*listing.notes, *listing.said_of_numbers()):
        blocks.append("\n".join(f"- {escaped(note)}" for note in notes))
    for group in listing.headed():
        blocks.append(f"## {escaped(group.title)}")
        for excerpt in group.excerpts:
            blocks += _blocks(excerpt)
    return ("\n\n".join(blocks) + "\n").encode(errors="replace")


def _blocks(one: Excerpt) -> Iterator[str]:
    if one.before:
        yield _beside(one.before)
    yield quoted(one.text)
    if one.after:
        yield _beside(one.after)
    number = f"({one.number}) " if one.number else ""
    yield f"— {number}{' · '.join(escaped(part) for part in cited(one))}"
    if one.translation:
        yield quoted(one.translation.text)
        yield f"— {escaped(translated(one.translation))}"
    yield from (escaped(line) for line in remarks(one))


def _beside(text: str) -> str:
    """Return what stands around a quotation: in brackets, which no quotation has around it."""
    return f"({' / '.join(escaped(line) for line in text.split(chr(10)))})"
