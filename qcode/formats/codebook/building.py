"""From the entries of a file to codes: what every format of a codebook has to hold."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from qcode.errors import BadInput
from qcode.language import _
from qcode.model.codebook import Code, checked_name
from qcode.model.identity import normalised

MAX_BYTES = 5_000_000
MAX_CODES = 20_000
MAX_DEPTH = 20
TEXTS = ("definition", "include", "exclude", "example", "color", "basis")
NOTES = ("language", "source", "licence", "note")
"""What a codebook says of itself, beside its name and version."""

_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*")


@dataclass(frozen=True, slots=True)
class CodebookFile:
    """A codebook as a file holds it: parents before the codes below them."""

    name: str
    version: str
    codes: tuple[Code, ...]
    notes: Mapping[str, str] = field(default_factory=dict)
    """Texts about the codebook, by the keys of NOTES."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One code as it stands in a file; ``above`` is the position of its parent, or -1."""

    name: str
    above: int
    place: str
    """How a message names it: its path as far as that is known."""
    line: int = 0
    labels: Mapping[str, str] = field(default_factory=dict)
    aliases: tuple[str, ...] = ()
    texts: Mapping[str, str] = field(default_factory=dict)
    guid: str = ""


def build(entries: Sequence[Entry], file: str, mint: Callable[[], str]) -> tuple[Code, ...]:
    """Return the codes of the entries, parents first, siblings in the order of the file.

    A code without a guid is named by ``mint``. Raises BadInput for two siblings of one name, a
    guid that is none or stands twice, a circle of parents, and too many or too deep codes.
    """
    if len(entries) > MAX_CODES:
        raise BadInput(_("a codebook holds at most {most} codes").format(most=MAX_CODES), file=file)
    below = _families(entries, file)
    guids = _guids(entries, file)
    ids = [guid or mint() for guid in guids]
    codes: dict[int, Code] = {}
    waiting = [(at, 1) for at in reversed(below.get(-1, ()))]
    positions = {at: number for family in below.values() for number, at in enumerate(family)}
    while waiting:
        at, depth = waiting.pop()
        entry = entries[at]
        if depth > MAX_DEPTH:
            raise refused(too_deep(), file, entry)
        parent = ids[entry.above] if entry.above >= 0 else ""
        codes[at] = _code(entry, file, ids[at], parent, positions[at])
        waiting += [(deeper, depth + 1) for deeper in reversed(below.get(at, ()))]
    if len(codes) < len(entries):
        raise _circle(entries, codes, file)
    return tuple(codes.values())


def _families(entries: Sequence[Entry], file: str) -> dict[int, list[int]]:
    """Return the positions of the codes below each one (-1: the top)."""
    below: dict[int, list[int]] = {}
    names: set[tuple[int, str]] = set()
    for at, entry in enumerate(entries):
        key = (entry.above, entry.name.casefold())
        if key in names:
            raise refused(_("two codes side by side have this name"), file, entry, "name")
        names.add(key)
        below.setdefault(entry.above, []).append(at)
    return below


def _guids(entries: Iterable[Entry], file: str) -> list[str]:
    seen: set[str] = set()
    guids: list[str] = []
    for entry in entries:
        try:
            guid = normalised(entry.guid) if entry.guid else ""
        except ValueError as error:
            raise refused(
                _("a guid is 32 hexadecimal digits; leave it out and one is made"),
                file, entry, "guid",
            ) from error  # fmt: skip
        if guid in seen:
            raise refused(_("another code has this guid"), file, entry, "guid")
        if guid:
            seen.add(guid)
        guids.append(guid)
    return guids


def _code(entry: Entry, file: str, id: str, parent: str, position: int) -> Code:
    """Return the code of an entry, whose name and then colour are judged by the model."""
    texts = {field: entry.texts.get(field, "") for field in TEXTS}
    try:
        name = checked_name(entry.name)
    except BadInput as error:
        raise refused(str(error), file, entry, "name") from error
    try:
        return Code(
            id=id,
            name=name,
            parent=parent,
            position=position,
            labels=entry.labels,
            aliases=entry.aliases,
            definition=texts["definition"],
            include=texts["include"],
            exclude=texts["exclude"],
            example=texts["example"],
            color=texts["color"],
            basis=texts["basis"],
        )
    except BadInput as error:
        raise refused(str(error), file, entry, "color") from error


def _circle(entries: Sequence[Entry], placed: Iterable[int], file: str) -> BadInput:
    """Return the refusal that names one code of a circle of parents."""
    at = min(set(range(len(entries))) - set(placed))
    # What is not reached from the top leads into a circle within as many steps as there are codes.
    for _step in entries:
        at = entries[at].above
    return refused(_("this code stands below itself"), file, entries[at], "parent")


def refused(message: str, file: str, entry: Entry, field: str = "") -> BadInput:
    """Return a refusal that says where in the file it is about."""
    where = f"{entry.place}: {field}" if entry.place and field else entry.place or field
    return BadInput(message, file=file, line=entry.line, field=where)


def too_deep() -> str:
    """Return the sentence about codes below codes below codes."""
    return _("codes stand at most {most} deep").format(most=MAX_DEPTH)


def unknown(kind: str, name: str, known: Iterable[str]) -> str:
    """Return the sentence about a field or column that codebooks lack, with the nearest one."""
    known = tuple(known)
    near = difflib.get_close_matches(name.casefold(), known, 1, 0.5)
    if near:
        return _("there is no {kind} “{name}”; the nearest is “{near}”").format(
            kind=kind, name=name, near=near[0]
        )
    return _("there is no {kind} “{name}”; there are: {known}").format(
        kind=kind, name=name, known=", ".join(known)
    )


def is_language(tag: str) -> bool:
    """Tell whether a label may be in this language: ``id``, ``en``, ``pt-BR``."""
    return bool(_LANGUAGE.fullmatch(tag))
