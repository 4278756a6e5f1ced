"""What participants were given to check, what they answered, and the marks that obey them.

A passage has one row a participant; its number and the places of his words are written when his
page is made, so that an answer is about what he was shown, whatever was coded since. A later page
that shows more words under the number adds them: “do not use” is about all he was ever shown. The
marks of an answer have ids that derive from it: they go in the same step, and with another answer.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, select

from qcode.errors import Refused
from qcode.language import _
from qcode.model.answer import FORBIDDING, Answer
from qcode.model.case import Case
from qcode.model.coding import Place
from qcode.model.span import Span, united
from qcode.store import cases, documents, schema, veil
from qcode.store.codings import place_of
from qcode.store.log import Edit
from qcode.store.project import Step

MARK = "not to be used"
"""The flag that an answer puts on words that may not be used."""
ALL = "all"


@dataclass(frozen=True, slots=True)
class Shown:
    """A passage for a participant: the codings on it, the first of them names it, and his words."""

    codings: tuple[str, ...]
    document: str
    spans: tuple[Span, ...]
    number: int = 0
    """What it is numbered; 0 for what it was, or else the next that is free."""


@dataclass(frozen=True, slots=True)
class Given:
    """What he answered."""

    verdict: str
    text: str = ""
    how: str = ""
    by: str = ""
    """Who wrote it down; empty for who acts."""


def ask(
    step: Step, case: str, passages: Iterable[Shown], *, page: bool = True
) -> Mapping[str, int]:  # fmt: skip
    """Give passages to a participant; return the number of each by the coding that names it.

    What he was given before keeps its number unless it has another one on this page, and its
    words beside those that are new. ``page=False`` says that he is asked without a page.
    """
    with veil.lifted(step.connection):
        known = {one.coding: one for one in listed(step.connection, case)}
    last = max((one.number for one in known.values()), default=0)
    numbers, edits = {}, []
    for one in passages:
        lead = one.codings[0]
        if lead in known:
            before = known[lead]
            numbers[lead] = one.number or before.number
            if page and (data := _again(step, before, one)):
                edits.append(Edit("answer", before.id, data))
            continue
        number = one.number or last + 1
        last = max(last, number)
        numbers[lead] = number
        version = documents.current(step.connection, one.document)
        places = [Place(*place_of(version, span)) for span in one.spans]
        data = {"case": case, "coding": lead, "shown": _shown(number, one.codings, places),
                "asked": step.now() if page else 0}  # fmt: skip
        edits.append(Edit("answer", _id(step, case, lead), data, new=True))
    step.record(edits)
    return numbers


def _shown(number: int, codings: Iterable[str], places: Iterable[Place]) -> Mapping[str, Any]:
    held = [[one.version, one.start, one.end, one.words] for one in places]
    return {"number": number, "codings": list(codings), "places": held}


def _again(step: Step, before: Answer, now: Shown) -> Mapping[str, Any]:
    """Return what is written where somebody is given a passage once more, if anything is.

    Marks stand on the places of a forbidding answer: these stay.
    """
    version = documents.current(step.connection, now.document)
    here = [Span(one.start, one.end) for one in before.places if one.version == version.id]
    spans = united((*here, *now.spans))
    places = before.places
    if not before.forbids and spans != united(here):
        elsewhere = (one for one in before.places if one.version != version.id)
        places = (*elsewhere, *(Place(*place_of(version, span)) for span in spans))
    codings = tuple(dict.fromkeys((*before.codings, *now.codings)))
    shown = now.number or before.number, codings, places
    data: dict[str, Any] = {} if before.asked else {"asked": step.now()}
    if shown != (before.number, before.codings, before.places):
        data["shown"] = _shown(*shown)
    return data


def _id(step: Step, case: str, coding: str) -> str:
    return step.derive("answer", case, coding)


def give(step: Step, answer: Answer, document: str, given: Given) -> None:
    """Write down what a participant answered, and mark his words where they may not be used."""
    step.record([
        Edit("answer", answer.id, {"given": _given(step, given), "retired": 0}),
        *_marks(answer, document, given.verdict in FORBIDDING, step, given.by),
    ])  # fmt: skip


def _given(step: Step, given: Given) -> Mapping[str, Any]:
    return {"verdict": given.verdict, "text": given.text.strip(), "how": given.how,
            "at": step.now(), "by": given.by or step.coder}  # fmt: skip


def _marks(
    answer: Answer, document: str, forbidden: bool, step: Step, by: str  # noqa: FBT001
) -> Iterable[Edit]:  # fmt: skip
    """Yield what puts the marks of an answer on his words, or takes them away.

    They may stand below an answer that forbids nothing: where two copies wrote one each.
    """
    ids = [mark_id(step, answer.id, number) for number in range(len(answer.places))]
    table = schema.flag.table
    live = select(table.c.id).where(table.c.id.in_(ids), table.c.retired == 0)
    if not forbidden and not step.connection.execute(live).first():
        return
    for number, place in enumerate(answer.places):
        data = {
            **_mark(answer.id, document, place, by or step.coder),
            "retired": int(not forbidden),
        }
        yield Edit("flag", mark_id(step, answer.id, number), data, new=True)


def _mark(answer: str, document: str, place: Place, by: str) -> Mapping[str, Any]:
    return {"document": document, "coder": by, "kind": MARK, "answer": answer,
            "at": [place.version, place.start, place.end, place.words], "retired": 0}  # fmt: skip


def mark_id(step: Step, answer: str, number: int) -> str:
    """Return the id of the mark that an answer puts on the how manyth stretch of his words."""
    return step.derive("flag", answer, str(number))


def withdraw(
    step: Step, case: Case, said: Mapping[str, Sequence[Span]], given: Given
) -> None:  # fmt: skip
    """Obey a participant who takes everything back: no word of his is used any more.

    ``said`` are all his words, by document. They are marked, he releases nothing, and his case is
    retired, so that he is in no denominator either.
    """
    id, edits = _id(step, case.id, ALL), []
    places: list[list[Any]] = []
    for document, spans in said.items():
        version = documents.current(step.connection, document)
        for span in spans:
            at = Place(*place_of(version, span))
            data = _mark(id, document, at, step.coder)
            edits.append(Edit("flag", mark_id(step, id, len(places)), data, new=True))
            places.append([at.version, at.start, at.end, at.words])
    data = {"case": case.id, "shown": {"number": 0, "codings": [], "places": places},
            "given": _given(step, given), "retired": 0}  # fmt: skip
    step.record([Edit("answer", id, data, new=True), *edits])
    cases.set_consent(step, case.id, replace(case.consent, quotation=False, checking=False))
    cases.retire(step, case.id)


def listed(connection: Connection, case: str = "") -> tuple[Answer, ...]:
    """Return what participants were given and answered, by participant and number."""
    table, of, coding = schema.answer.table, schema.case.table, schema.coding.table
    query = (
        select(table.c.id, of.c.id, coding.c.id, table.c.maker, table.c.details)
        .join(of, of.c.pk == table.c.case)
        .outerjoin(coding, coding.c.pk == table.c.coding)
        .where(table.c.retired == 0, *veil.seen_findings(connection, table))
    )
    if case:
        query = query.where(of.c.id == case)
    found = [_answer(*row) for row in connection.execute(query)]
    return tuple(sorted(found, key=lambda one: (one.case, one.number, one.id)))


def _answer(id: str, case: str, coding: str | None, maker: str, details: str) -> Answer:
    held = json.loads(details)
    shown, given = held["shown"], held.get("given", {})
    return Answer(
        id, case, coding or "", shown["number"], tuple(shown["codings"]),
        tuple(Place(*place) for place in shown["places"]),
        given.get("verdict", ""), given.get("text", ""), given.get("how", ""),
        held.get("asked", 0), given.get("at", 0), given.get("by", maker),
    )  # fmt: skip


def refuse_freeing(step: Step, flags: Iterable[str]) -> None:
    """Refuse to take away a mark that obeys a participant: another answer of his does that."""
    with veil.lifted(step.connection):
        standing = {
            mark_id(step, one.id, number)
            for one in listed(step.connection) if one.forbids
            for number in range(len(one.places))
        }  # fmt: skip
    if standing & set(flags):
        raise Refused(
            _("a participant said that these words may not be used; only another answer of his "
              "frees them: qcode member-check answer")
        )  # fmt: skip
