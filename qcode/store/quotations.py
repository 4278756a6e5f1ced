"""What is prepared of quotations: shortening, translations, role and where they are used.

A row belongs to a coding, since that has a place, and holds for every coding of the same words:
of two codes on one passage, or of the consensus on a coder's own, none is prepared twice. Each
language and each place of use is a field of its own, so that two copies add without a conflict.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Connection, select

from qcode.errors import BadInput, Refused
from qcode.language import _
from qcode.model.coding import Coding
from qcode.model.quotation import UNKNOWN, Basis, Cut, Quotation, Translation
from qcode.store import codings, documents, schema, veil
from qcode.store.log import Edit
from qcode.store.project import Step

_TRANSLATION, _USE = "translation.", "use."
_LONGEST = 200
"""Characters in the name of a place."""


def shorten(step: Step, coding: str, cuts: Iterable[Cut], *, known: bool = True) -> None:
    """Leave words out of a quotation; no cuts quote it whole.

    ``known=False`` says that nobody has looked whether the cuts stand where they should.
    """
    found = _placed(step.connection, coding)
    cuts = tuple(cuts)
    basis = _basis(step.connection, found, cuts) if known else UNKNOWN
    _record(step, found, {"short": _held(basis) if cuts or not known else None})


def translate(step: Step, coding: str, given: Translation, *, known: bool = True) -> None:
    """Keep the words of a quotation in a language; ``known=False``: of words that have changed."""
    found = _placed(step.connection, coding)
    there = at(step.connection, found)
    cuts = there.short.cuts if there and there.short else ()
    basis = _basis(step.connection, found, cuts) if known else UNKNOWN
    data = {"text": given.text.strip(), "by": given.by, "checked": given.checked,
            "of": _held(basis)}  # fmt: skip
    _record(step, found, {_TRANSLATION + given.language: data})


def untranslate(step: Step, coding: str, language: str) -> None:
    """Take a translation away."""
    _record(step, _placed(step.connection, coding), {_TRANSLATION + language: None})


def give_role(step: Step, coding: str, role: str) -> None:
    """Say why this quotation is a key quotation; an empty role says it is none."""
    found = _placed(step.connection, coding)
    Quotation(coding, found.document, found.start, found.end, role=role)
    _record(step, found, {"role": role})


def use(step: Step, coding: str, places: Iterable[str], *, used: bool = True) -> None:
    """Say where a quotation is used, or no longer is."""
    names = {place_named(place): int(used) for place in places}
    _record(step, _placed(step.connection, coding), {_USE + name: n for name, n in names.items()})


def place_named(typed: str) -> str:
    """Return the name of a chapter or table without blanks around it, in one line."""
    name = " ".join(typed.split())
    if not name or len(name) > _LONGEST or " | " in name:
        raise BadInput(
            _(
                "where a quotation is used is a name of at most {n} characters, without “ | ”"
            ).format(n=_LONGEST)
        )
    return name


def forget(step: Step, coding: str) -> None:
    """Take away all that is prepared of a quotation."""
    found = _placed(step.connection, coding)
    for one in listed(step.connection, found.document):
        if (one.start, one.end) == (found.start, found.end):
            gone: dict[str, Any] = {"short": None, "role": ""}
            gone |= {_TRANSLATION + language: None for language in one.translations}
            gone |= {_USE + place: 0 for place in one.used}
            step.record([Edit("quotation", _id(step, one.coding), gone)])


def _record(step: Step, found: Coding, fields: Mapping[str, Any]) -> None:
    """Write fields to the row of these words, or to all that two copies made of them."""
    rows = [one.coding for one in listed(step.connection, found.document)
            if (one.start, one.end) == (found.start, found.end)]  # fmt: skip
    step.record([
        Edit("quotation", _id(step, coding), {"coding": coding, "retired": 0, **fields}, new=True)
        for coding in rows or [found.id]
    ])  # fmt: skip


def _id(step: Step, coding: str) -> str:
    return step.derive("quotation", coding)


def _placed(connection: Connection, coding: str) -> Coding:
    found = codings.one(connection, coding)
    if found.fit == "lost":
        raise Refused(_("this coding needs a place before its words are prepared"))
    return found


def _basis(connection: Connection, coding: Coding, cuts: tuple[Cut, ...]) -> Basis:
    version = documents.current(connection, coding.document)
    return Basis(version.id, coding.start, coding.end, cuts)


def _held(basis: Basis) -> list[Any]:
    return [basis.version, basis.start, basis.end, [list(cut) for cut in basis.cuts]]


def _basis_of(held: Any) -> Basis:
    version, start, end, cuts = held
    return Basis(version, start, end, tuple(Cut(*cut) for cut in cuts))


def listed(connection: Connection, document: str = "") -> tuple[Quotation, ...]:
    """Return what is prepared of live codings that have a place, in the order it was begun.

    Words that somebody left out of a coding stay left out where what else he prepared is hidden.
    """
    table, coding, of = schema.quotation.table, schema.coding.table, schema.document.table
    seen = veil.seen_findings(connection, table)
    query = (
        select(coding.c.id, of.c.id, coding.c.start, coding.c.end, table.c.details, table.c.id)
        .join(coding, coding.c.pk == table.c.coding)
        .join(of, of.c.pk == coding.c.document)
        .where(table.c.retired == 0, coding.c.retired == 0, of.c.retired == 0)
        .where(coding.c.fit != "lost", *veil.seen(connection, coding))
        .order_by(table.c.born, table.c.id)
    )
    if document:
        query = query.where(of.c.id == document)
    shown = set(connection.execute(select(table.c.id).where(*seen)).scalars()) if seen else None
    made = (
        _quotation(*of_row, whole=shown is None or id in shown)
        for *of_row, id in connection.execute(query)
    )
    return tuple(one for one in made if not one.empty)


def _quotation(
    coding: str, document: str, start: int, end: int, details: str, *, whole: bool
) -> Quotation:  # fmt: skip
    held = json.loads(details)
    if not whole:
        held = {"short": held.get("short")}
    translations = {}
    for name, given in held.items():
        if name.startswith(_TRANSLATION) and given:
            language = name[len(_TRANSLATION) :]
            translations[language] = Translation(
                language, given["text"], given["by"], given["checked"], _basis_of(given["of"])
            )
    used = (name[len(_USE) :] for name, there in held.items() if name.startswith(_USE) and there)
    short = held.get("short")
    return Quotation(
        coding, document, start, end, _basis_of(short) if short else None,
        held.get("role", ""), _in_order(used),
        dict(sorted(translations.items())),
    )  # fmt: skip


def at(connection: Connection, coding: Coding) -> Quotation | None:
    """Return what is prepared of the words of a coding."""
    place = (coding.document, coding.start, coding.end)
    return by_place(listed(connection, coding.document)).get(place)


def by_place(found: Iterable[Quotation]) -> Mapping[tuple[str, int, int], Quotation]:
    """Return quotations by their words; of two rows on the same words, what each adds."""
    places: dict[tuple[str, int, int], Quotation] = {}
    for one in found:
        place = (one.document, one.start, one.end)
        before = places.get(place)
        places[place] = _joined(before, one) if before else one
    return places


def _joined(first: Quotation, second: Quotation) -> Quotation:
    return Quotation(
        first.coding, first.document, first.start, first.end,
        second.short or first.short,
        second.role or first.role,
        _in_order({*first.used, *second.used}),
        {**first.translations, **second.translations},
    )  # fmt: skip


def _in_order(places: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(places, key=lambda one: (documents.natural(one), one)))
