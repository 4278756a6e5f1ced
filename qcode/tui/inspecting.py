"""What the inspector says about the words at the cursor, as lines of plain text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from qcode.language import _, counted
from qcode.model.codebook import Code
from qcode.model.coding import Coding, Flag
from qcode.model.memo import Memo
from qcode.tui.desk import Desk
from qcode.workflows.flagging import flag_names

Look = Literal["plain", "strong", "quiet"]
_QUOTED = 70


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph; ``color`` puts a bar of that colour before it, ``lead`` stands left of it."""

    text: str = ""
    look: Look = "plain"
    color: str = ""
    indent: int = 0
    lead: str = ""


def inspected(
    desk: Desk, here: Sequence[str], active: str, code: Code | None, now: datetime
) -> tuple[Line, ...]:
    """Return what stands on some words, then what a code means: the given or the active one's.

    ``here`` holds the ids of the marks on the words.
    """
    found = [desk.codings[id] for id in segments(desk, here, active)]
    lines = [*_segments(desk, found, active, now)]
    for id in here:
        if id in desk.memos:
            note = desk.memos[id]
            lines += [Line(_("Margin note"), "strong"), Line(note.text, indent=1)]
            lines += [Line(_by(desk, note, now), "quiet", indent=1), Line()]
        elif id in desk.flags:
            lines += [*_flag(desk, desk.flags[id], now), Line()]
    if not lines:
        lines.append(Line(_("Nothing is coded here. Enter gives the sentence a code."), "quiet"))
        lines.append(Line())
    if code is None and found:
        code = desk.code_of(found[0])
    return (*lines, *(meaning(desk, code) if code else ()))


def _flag(desk: Desk, flag: Flag, now: datetime) -> Iterator[Line]:
    """Yield a flag, and what was said to it."""
    name = flag_names().get(flag.kind, flag.kind)
    if flag.settled:
        who = desk.sheet.coders.get(flag.settled, "?")
        name = _("{flag}, settled by {coder}").format(flag=name, coder=who)
    yield Line(f"⚑ {name}", "strong")
    if flag.text:
        yield Line(flag.text, indent=1)
    yield Line(_by(desk, flag, now), "quiet", indent=1)
    for answer in desk.answers(flag.id):
        yield Line(f"↳ {answer.text}", indent=1)
        yield Line(_by(desk, answer, now), "quiet", indent=1)
    if flag.open:
        yield Line(_("x a answers it, x s settles it"), "quiet", indent=1)


def briefly(desk: Desk, here: Sequence[str], active: str) -> Iterator[str]:
    """Yield what stands on some words, in a few words each: codes, then flags."""
    found = segments(desk, here, active)
    if found:
        name = desk.label(desk.code_of(desk.codings[found[0]]))
        others = _("{code} (and {n} more)").format(code=name, n=len(found) - 1)
        yield others if len(found) > 1 else name
    kinds = dict.fromkeys(desk.flags[id].kind for id in here if id in desk.flags)
    yield from (f"⚑ {flag_names().get(kind, kind)}" for kind in kinds)


def segments(desk: Desk, here: Sequence[str], active: str) -> list[str]:
    """Return the codings among some marks by id, the active one first, then the inner ones."""
    found = [desk.codings[id] for id in here if id in desk.codings]
    found.sort(key=lambda one: (one.id != active, one.end - one.start, one.start, one.id))
    return [one.id for one in found]


def _segments(desk: Desk, found: Sequence[Coding], active: str, now: datetime) -> Iterator[Line]:
    if not found:
        return
    yield Line(counted("{n} segment", "{n} segments", len(found)), "strong")
    for one in found:
        code = desk.code_of(one)
        sign = "▸ " if one.id == active and len(found) > 1 else ""
        yield Line(f"{sign}{desk.label(code)}", "strong", code.color or "none")
        yield Line(_by(desk, one, now), "quiet", indent=1)
        text = " ".join(desk.sheet.transcript.text[one.start : one.end].split())
        short = text if len(text) <= _QUOTED else f"{text[:_QUOTED].rstrip()}…"
        yield Line(f"“{short}”", indent=1)
        if one.fit != "same":
            yield Line(_("the words changed since it was coded"), "strong", indent=1)
        if code.retired:
            yield Line(_("this code is retired"), "quiet", indent=1)
        for memo in desk.memos_on(one.id):
            yield Line(_("memo: {text}").format(text=memo.text), indent=1)
    yield Line()


def _by(desk: Desk, note: Coding | Memo | Flag, now: datetime) -> str:
    name = desk.sheet.coders.get(note.coder, "?")
    if not note.made:
        return name
    then = datetime.fromtimestamp(note.made / 1000, now.tzinfo)
    form = "%H:%M" if then.date() == now.date() else "%Y-%m-%d"
    return f"{name} · {then.strftime(form)}"


def meaning(desk: Desk, code: Code) -> Iterator[Line]:
    """Yield what a code means."""
    path = desk.book.path(code.id).rpartition("/")[0].replace("/", " › ")
    yield Line(desk.label(code), "strong", code.color or "none")
    if path:
        yield Line(path, "quiet", indent=1)
    for title, text in (
        ("", code.definition),
        (_("Use when"), code.include),
        (_("Not for"), code.exclude),
        (_("Example"), code.example),
        (_("Also called"), ", ".join(code.aliases)),
    ):
        if text:
            yield Line(f"{title}: {text}" if title else text)
    if not (code.definition or code.include):
        yield Line(_("This code has no definition yet."), "quiet")
