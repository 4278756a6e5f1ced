"""What a comparison of coders is about: one round with its codebook, or all but calibration."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from qcode.analysis.layer import shortened
from qcode.errors import NotFound
from qcode.language import _
from qcode.model.codebook import Codebook
from qcode.model.document import Document
from qcode.model.naming import chosen
from qcode.model.round import CALIBRATION, Round
from qcode.store import coders, documents, rounds, texts, veil
from qcode.store.project import Reader


@dataclass(frozen=True, slots=True)
class Scope:
    """Who and what is compared: ``documents`` are in it unless they are ``outside``."""

    coders: Mapping[str, str]
    """Names by id."""
    book: Codebook
    documents: frozenset[str] | None = None
    outside: frozenset[str] = frozenset()
    remarks: tuple[str, ...] = ()

    def holds(self, document: Document) -> bool:
        """Tell whether a document is compared."""
        inside = self.documents is None or document.id in self.documents
        return inside and document.id not in self.outside


def round_named(connection: Reader, typed: str) -> Round:
    """Return the round of that name or a clear beginning of it."""
    known = {one.name: one for one in rounds.listed(connection)}
    if not known:
        raise NotFound(_("there is no round yet; “qcode rounds open NAME” opens one"))
    return chosen(typed, known, _("round"))


def calibrated(connection: Reader) -> frozenset[str]:
    """Return the documents on which coders learned the codebook."""
    kinds = {one.id: one.kind for one in rounds.listed(connection)}
    return frozenset(
        one.document for one in rounds.assignments(connection)
        if kinds.get(one.round) == CALIBRATION
    )  # fmt: skip


def finished(connection: Reader) -> frozenset[tuple[str, str]]:
    """Return who finished which document, as document and coder; that much all may see."""
    with veil.lifted(connection):
        return frozenset(
            (one.document, one.coder) for one in documents.statuses(connection) if one.finished
        )


def scope_of(
    connection: Reader, book: Codebook, listed: Iterable[Document], typed: str = "", *,
    apart: bool = False,
) -> Scope:  # fmt: skip
    """Return what is compared in a round, as its name was typed, or else in the whole project.

    ``apart`` leaves out what was used for calibration; a round of another kind always does. Second
    selves are compared in their rounds alone.
    """
    everyone = {one.id: one for one in coders.listed(connection)}
    if not typed:
        people = {id: one.name for id, one in everyone.items() if not one.of}
        return _without_calibration(connection, Scope(people, book), listed) if apart else Scope(
            people, book
        )  # fmt: skip
    found = round_named(connection, typed)
    given = rounds.assignments(connection, found.id)
    inside = frozenset(one.document for one in given)
    if not inside:
        raise NotFound(_("no document is assigned in round {name}").format(name=found.name))
    members = {who: everyone[who] for who in found.coders if who in everyone}
    # Who codes again is compared with what he gave before.
    before = {one.of: everyone[one.of] for one in members.values() if one.of in everyone}
    names = {id: one.name for id, one in {**before, **members}.items()}
    scope = Scope(names, frozen(connection, book, found), inside, remarks=(_named(found),))
    return scope if found.kind == CALIBRATION else _without_calibration(connection, scope, listed)


def _named(found: Round) -> str:
    return _("round {name} ({kind}), with the codebook as it was when it was opened").format(
        name=found.name, kind=kind_names()[found.kind]
    )


def kind_names() -> Mapping[str, str]:
    """Return what the kinds of round are called, as a person reads them."""
    return {
        "calibration": _("calibration"), "reliability": _("reliability"), "drift": _("drift"),
        "again": _("again"),
    }  # fmt: skip


def _without_calibration(connection: Reader, scope: Scope, listed: Iterable[Document]) -> Scope:
    outside = calibrated(connection)
    names = [one.name for one in listed if scope.holds(one) and one.id in outside]
    if not names:
        return scope
    said = _("left out, for coders learned the codebook on them: {names}").format(
        names=shortened(names)
    )
    return replace(scope, outside=outside, remarks=(*scope.remarks, said))


def frozen(connection: Reader, book: Codebook, found: Round) -> Codebook:
    """Return the codes that a round was opened with, as they counted then."""
    body = texts.body(connection, found.codebook)
    had = dict(json.loads(body)["codes"]) if body else {code.id: code.meaning for code in book}
    codes = {
        id: replace(
            code, merged_into="", retired=False, meaning=had[id], parent=_above(book, id, had)
        )
        for id, code in book.codes.items() if id in had
    }  # fmt: skip
    codes |= {
        id: code for id, code in book.codes.items() if id not in had and _lands(book, id, had)
    }
    return Codebook(codes.values())


def _above(book: Codebook, id: str, had: Mapping[str, str]) -> str:
    """Return the nearest code above one that was there."""
    while id := book.parent(id):
        if id in had:
            return id
    return ""


def _lands(book: Codebook, id: str, had: Mapping[str, str]) -> bool:
    """Tell whether a code was merged, at whatever remove, into one that was there."""
    seen = {id}
    while (id := book[id].merged_into) and id in book.codes and id not in seen:
        if id in had:
            return True
        seen.add(id)
    return False
