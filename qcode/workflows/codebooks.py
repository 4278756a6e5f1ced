"""Codebooks in and out of a project, and changes to a code that need a look at the tree."""

from __future__ import annotations

import re
import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qcode import settings
from qcode.errors import BadInput, NotFound, Refused
from qcode.language import _, counted
from qcode.model.codebook import Code, Codebook
from qcode.model.identity import minted
from qcode.store import codebook, coders, codings
from qcode.store.project import Reader, Step, about
from qcode.workflows.telling import local_now

if TYPE_CHECKING:
    from qcode.formats.codebook import CodebookFile

_LABEL = re.compile(r"([A-Za-z]{2,3}(?:-[A-Za-z0-9]+)*)\s*[:=]\s*(.*)")


@dataclass(frozen=True, slots=True)
class Taken:
    """What an import of codes did."""

    added: int
    updated: int
    skipped: int


def read(named: str) -> CodebookFile:
    """Return a codebook: a file, or one that comes with qcode by its name without suffix."""
    from qcode.formats import codebook as files

    path = Path(named)
    if not path.exists() and path.name == named and not path.suffix:
        try:
            path = settings.shipped("codebooks") / f"{named}.toml"
        except NotFound:
            path = Path(named)
    return files.read(path, lambda: minted(time.time_ns() // 1_000_000))


def take(step: Step, codes: Iterable[Code], *, update: bool = False, reason: str = "") -> Taken:
    """Store the codes of a file; those the project has (by id) are skipped, or written over.

    Refused with the path where another code of that name stands in the same place.
    """
    book = codebook.read(step.connection)
    codes = tuple(codes)
    refuse_twins(book, codes, update=update)
    fresh = [code for code in codes if code.id not in book.codes]
    codebook.add(step, _behind(book, fresh), reason=reason)
    known = [code for code in codes if code.id in book.codes]
    updated = 0
    for code in known if update else ():
        if values := _differences(book, code):
            step_values = _checked(book, code, values)
            codebook.revise(step, code.id, step_values, reason=reason)
            updated += 1
    return Taken(len(fresh), updated, len(known) - updated)


def _behind(book: Codebook, codes: Iterable[Code]) -> list[Code]:
    """Return codes with positions behind the siblings that the project has already."""
    first: dict[str, int] = {}
    placed: list[Code] = []
    for code in codes:
        if code.parent not in first:
            has = code.parent == "" or code.parent in book.codes
            first[code.parent] = codebook.next_position(book, code.parent) if has else 0
        placed.append(replace(code, position=first[code.parent] + code.position))
    return placed


def refuse_twins(book: Codebook, codes: Iterable[Code], *, update: bool) -> None:
    """Refuse codes that would stand beside another one of their name, known ones if updated."""
    names = {
        (book.parent(code.id), code.name.casefold()): code.id
        for code in book.codes.values()
        if book.offered(code)
    }
    for code in codes:
        if code.id in book.codes and not update:
            continue
        twin = names.get((code.parent, code.name.casefold()), code.id)
        if twin != code.id:
            raise Refused(
                _("the project has another code “{path}”; rename one of the two, or give the one "
                  "in the file the guid that “qcode codebook export” writes for it")
                .format(path=book.path(twin))
            )  # fmt: skip


def _differences(book: Codebook, code: Code) -> dict[str, Any]:
    """Return the fields that a file gives and the project has otherwise."""
    have = codebook.fields(book[code.id])
    values = {
        name: value
        for name, value in codebook.fields(code).items()
        if name not in ("position", "parent") and have.get(name) != value
    }
    if book.parent(code.id) != code.parent:
        values["parent"] = code.parent
    return values


def _checked(book: Codebook, code: Code, values: dict[str, Any]) -> dict[str, Any]:
    if values.get("parent") and values["parent"] in book.below(code.id):
        raise Refused(_("“{name}” cannot be moved below itself").format(name=code.name))
    return values


def written(connection: Reader, suffix: str) -> bytes:
    """Return the offered codes as a file of the kind that the suffix names.

    One that people read has counts and passages, too (see ``workflows.printout``).
    """
    from qcode.formats import codebook as files
    from qcode.formats import printout as printed
    from qcode.workflows.printout import printout

    if suffix in printed.FORMATS:
        return printed.write(printout(connection, f"{local_now():%Y-%m-%d}"), suffix)
    return files.write(codebook.read(connection), suffix, title=about(connection)["name"])


def add(step: Step, name: str, parent: str, values: Mapping[str, Any], *, reason: str = "") -> str:
    """Create one code behind its siblings and return its path."""
    book = codebook.read(step.connection)
    above = book.find(parent).id if parent else ""
    code = Code(
        step.mint(), name, parent=above, position=codebook.next_position(book, above), **values
    )
    codebook.add(step, [code], reason=reason)
    return codebook.read(step.connection).path(code.id)


def revise(
    step: Step, typed: str, values: Mapping[str, Any], *, new_meaning: bool, reason: str = ""
) -> str:
    """Set fields of a code; a new meaning asks for the finished documents to be gone back to."""
    code = codebook.read(step.connection).find(typed)
    return change(step, code, values, new_meaning=new_meaning, reason=reason)


def change(
    step: Step, code: Code, values: Mapping[str, Any], *, new_meaning: bool = False,
    reason: str = "",
) -> str:  # fmt: skip
    """Set fields of a code as a Code has them; an empty text takes what is said away."""
    known = Code(**{**_slots(code), **values})
    given = {name: list(value) if name == "aliases" else value for name, value in values.items()}
    fields = {
        "alias" if name == "aliases" else name: value
        for name, value in given.items()
        if name != "labels"
    }
    fields |= {f"label.{language}": label for language, label in values.get("labels", {}).items()}
    if new_meaning:
        fields["meaning"] = step.mint()
    codebook.revise(step, known.id, fields, reason=reason)
    return known.name


def _slots(code: Code) -> dict[str, Any]:
    return {name: getattr(code, name) for name in Code.__slots__}


def restore(step: Step, typed: str, *, reason: str = "") -> str:
    """Bring back a code that was retired or merged, and return its path."""
    book = codebook.read(step.connection)
    wanted = typed.strip().casefold()
    gone = [code for code in book.codes.values() if not book.offered(code)]
    named = [code for code in gone if wanted in (code.name.casefold(), _path(book, code))]
    code = named[0] if len(named) == 1 else book.find(typed, retired=True)
    return bring_back(step, code, reason=reason)


def bring_back(step: Step, code: Code, *, reason: str = "") -> str:
    """Offer a retired code again, or give a merged one its own codings back; return its path.

    Refused beside another code of its name.
    """
    book = codebook.read(step.connection)
    if book.offered(code):
        raise Refused(_("“{path}” is not retired").format(path=book.path(code.id)))
    for twin in book.children(book.parent(code.id)):
        same = twin.name.casefold() == code.name.casefold()
        if book.offered(twin) and same and twin.id != code.id:
            raise Refused(
                _("“{path}” has been made anew since; rename that one first").format(
                    path=book.path(twin.id)
                )
            )
    if code.merged_into:
        codebook.unmerge(step, code.id, reason=reason)
    if code.retired:
        codebook.retire(step, code.id, retired=False, reason=reason)
    return book.path(code.id)


def holders(connection: Reader, code: str) -> str:
    """Return how many codings of whom count for a code, in words; nothing where there are none."""
    book = codebook.read(connection)
    numbers = codings.by_coder(connection, book.chain(book.end(code)))
    names = coders.names(connection)
    few = counted("{n} coding", "{n} codings", sum(numbers.values()))
    whose = ", ".join(f"{names.get(who, '?')} {n}" for who, n in sorted(numbers.items()))
    return f"{few} ({whose})" if numbers else ""


def labelled(lines: Iterable[str]) -> dict[str, str]:
    """Return labels by language from lines such as ``en: fear of tools`` or ``en=fear``."""
    found: dict[str, str] = {}
    for line in filter(None, map(str.strip, lines)):
        written = _LABEL.fullmatch(line)
        if written is None:
            raise BadInput(
                _("a label is written “language: words”, such as “en: fear”, not “{line}”").format(
                    line=line[:40]
                )
            )
        found[written[1].lower()] = " ".join(written[2].split())
    return found


def _path(book: Codebook, code: Code) -> str:
    return book.path(code.id).casefold()


def described(book: Codebook, code: Code) -> Iterator[str]:
    """Yield everything that is said of a code, a line a field."""
    yield book.path(code.id) + (_(" (retired)") if code.retired else "")
    for language, label in code.labels.items():
        yield f"{language}: {label}"
    titles = {
        "definition": _("definition"),
        "include": _("include"),
        "exclude": _("exclude"),
        "example": _("example"),
        "basis": _("basis"),
        "color": _("colour"),
    }
    if code.aliases:
        yield _("also: {names}").format(names=", ".join(code.aliases))
    for name, title in titles.items():
        if text := getattr(code, name):
            yield f"{title}: {text}"
