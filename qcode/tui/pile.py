"""A pile as lines: the passage that is to be sorted, and the codes it may go to."""

from __future__ import annotations

from collections.abc import Iterator

from qcode.language import _
from qcode.model.codebook import Code
from qcode.tui.inspecting import Line
from qcode.workflows.cards import Card
from qcode.workflows.sorting import Sorting

PASSAGE = 6
"""Which of the lines of a passage holds its words."""


def passage_lines(pile: Sorting, card: Card | None, at: int, number: int) -> tuple[Line, ...]:
    """Return a passage with what stands around it."""
    if card is None:
        return (Line(_("There is no passage to sort."), "quiet"),)
    has = pile.book[card.code]
    now = "" if has.id == pile.code.id else _("given: {code}").format(code=has.name)
    head = _("Passage {k} of {n}").format(k=at + 1, n=number)
    about = " · ".join(filter(None, (card.place, card.who, card.coder)))
    stays = _("⚑ stays inside: {why}").format(why=card.closed) if card.closed else ""
    lines = [
        Line(f"{head} · {now}" if now else head, "strong", has.color if now else ""),
        Line(about, "quiet"), Line(stays, "quiet"), Line(),
        Line(card.before, "quiet"), Line(), Line(card.text, "strong", lead="┃ "), Line(),
        Line(card.after, "quiet"),
    ]  # fmt: skip
    return tuple(lines)


def codes_lines(pile: Sorting, now: str, coder: str, *, meanings: bool) -> tuple[Line, ...]:
    """Return the codes with digits and counts, ``now`` marked; then what the split one means.

    Counted are everyone's segments, or one coder's.
    """
    counts = pile.counts(coder)
    lines = []
    for digit, code in enumerate((pile.code, *pile.targets)):
        sign = "▸" if code.id == now else " "
        name = _("stays: {name}").format(name=code.name) if not digit else code.name
        text = f"{name} · {counts.get(code.id, 0)}"
        look = "strong" if code.id == now else "plain"
        lines.append(Line(text, look, code.color or "none", lead=f"{sign}{digit} "))  # type: ignore[arg-type]
        if meanings and digit:
            lines += _meaning(code, 4)
    if not pile.targets:
        lines.append(Line(_("n makes the first code to sort into."), "quiet"))
    lines += [Line(), Line(pile.code.name, "strong", pile.code.color or "none")]
    return (*lines, *_meaning(pile.code, 0))


def _meaning(code: Code, indent: int) -> Iterator[Line]:
    texts = ((_("Use when"), code.include), (_("Not for"), code.exclude))
    said = [code.definition, *(f"{title}: {text}" for title, text in texts if text)]
    for text in filter(None, said):
        yield Line(text, "quiet", indent=indent)
    if not (code.definition or code.include):
        yield Line(_("This code has no definition yet."), "quiet", indent=indent)
