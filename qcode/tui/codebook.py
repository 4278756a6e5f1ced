"""What a coder does to the codebook: each act writes one step and returns the codebook after it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from qcode.language import _
from qcode.model.codebook import Code, checked_name
from qcode.store import codebook
from qcode.store.project import Step
from qcode.tui.desk import Delta
from qcode.workflows import codebooks


def _now(step: Step, told: str, code: str) -> Delta:
    return Delta(told=told, book=codebook.read(step.connection), seek=code)


def add(step: Step, name: str, parent: str) -> Delta:
    """Make a code below another one, or at the top where ``parent`` is empty."""
    name = checked_name(" ".join(name.split()))
    position = codebook.next_position(codebook.read(step.connection), parent)
    (id,) = codebook.add(step, [Code(step.mint(), name, parent, position=position)])
    return _now(step, _("Added: {code}").format(code=name), id)


def rename(step: Step, code: Code, name: str, reason: str) -> Delta:
    """Give a code another name; its meaning stays."""
    name = " ".join(name.split())
    codebook.rename(step, code.id, name, reason=reason)
    told = _("“{old}” is called “{name}” now").format(old=code.name, name=name)
    return _now(step, told, code.id)


def change(
    step: Step, code: Code, values: Mapping[str, Any], *, new_meaning: bool = False,
    reason: str = "",
) -> Delta:  # fmt: skip
    """Set what is said of a code."""
    codebooks.change(step, code, values, new_meaning=new_meaning, reason=reason)
    told = (
        _("“{code}” means something else now; look through finished documents again")
        if new_meaning
        else _("Revised: {code}")
    )
    return _now(step, told.format(code=code.name), code.id)


def move(step: Step, code: Code, parent: str, reason: str) -> Delta:
    """Put a code under another one, or at the top where ``parent`` is empty."""
    codebook.move(step, code.id, parent, reason=reason)
    delta = _now(step, "", code.id)
    path = delta.book.path(code.id) if delta.book else ""
    return Delta(_("Moved: {path}").format(path=path.replace("/", " › ")),
                 book=delta.book, seek=code.id)  # fmt: skip


def merge(step: Step, code: Code, into: Code, reason: str) -> Delta:
    """Let everything coded with one code count for another."""
    codebook.merge(step, code.id, into.id, reason=reason)
    told = _("“{old}” counts for “{new}” now; u gives it its own back")
    return _now(step, told.format(old=code.name, new=into.name), into.id)


def retire(step: Step, code: Code, reason: str) -> Delta:
    """Stop offering a code; its segments stay and count."""
    codebook.retire(step, code.id, reason=reason)
    told = _("“{code}” is retired; its segments stay and count; u brings it back")
    return _now(step, told.format(code=code.name), "")


def bring_back(step: Step, code: Code, reason: str = "") -> Delta:
    """Offer a retired code again, or give a merged one its own segments back."""
    codebooks.bring_back(step, code, reason=reason)
    return _now(step, _("“{code}” is offered again").format(code=code.name), code.id)


def shift(step: Step, code: Code, by: int) -> Delta:
    """Let a code change places with the one after (1) or before it (-1)."""
    codebook.shift(step, code.id, by)
    return _now(step, _("Put in another place: {code}").format(code=code.name), code.id)


def written(code: Code, field: str) -> str:
    """Return what is said of a code as it is edited: labels a line each, names with commas."""
    if field == "labels":
        return "\n".join(f"{language}: {label}" for language, label in code.labels.items())
    if field == "aliases":
        return ", ".join(code.aliases)
    return str(getattr(code, field))


def meant(code: Code, field: str, text: str) -> Any:
    """Return what was typed as the value of a field; a label that was left out becomes empty."""
    if field == "labels":
        return {**dict.fromkeys(code.labels, ""), **codebooks.labelled(text.split("\n"))}
    if field == "aliases":
        return tuple(filter(None, (" ".join(one.split()) for one in text.split(","))))
    return text
