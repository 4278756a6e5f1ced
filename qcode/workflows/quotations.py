"""Preparing quotations: acts on a coding by its address, and what is prepared as tables."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from qcode.analysis.releasing import named, withheld
from qcode.analysis.shortening import checked, cuts_of, words_of
from qcode.errors import BadInput, Refused
from qcode.language import _, counted
from qcode.model.case import INFORMANT, Case
from qcode.model.filter import Filter
from qcode.model.naming import chosen
from qcode.model.quotation import ROLES, Cut, Quotation, Translation
from qcode.model.table import Blank, Cell, Column, Share, Table
from qcode.store import codings, quotations
from qcode.store.project import Reader, Step
from qcode.workflows import blinding
from qcode.workflows.addresses import addresses, coding_at
from qcode.workflows.choosing import resolved
from qcode.workflows.excerpts import why_inside
from qcode.workflows.prepared import Prepared
from qcode.workflows.retrieving import Passage, Shelf, retrieved

NONE = "none"
"""What is typed for no role."""
_RANGE = re.compile(r"(\d{1,6})(?:\s*[-–]\s*(\d{1,6}))?")


def quotable(connection: Reader, coding: str) -> Passage:
    """Return the passage of a coding that may be quoted; raises Refused for what stays inside.

    One whose shortening has to be looked at may be prepared anew.
    """
    shelf = Shelf(connection)
    found = codings.one(connection, coding)
    if found.fit == "lost":
        raise Refused(_("this coding needs a place and cannot be quoted"))
    passage = shelf.passage(shelf.page(found.document), found)
    page = passage.page
    if reason := withheld(page.hearing.transcript, page.closed, passage.span):
        raise Refused(_("this passage stays inside the project: {why}").format(why=named(reason)))
    return passage


def spoken_words(passage: Passage) -> tuple[str, ...]:
    """Return the words of a passage in order, as cuts count them."""
    text = passage.page.hearing.transcript.text
    return tuple(
        text[one.start : one.end] for one in words_of(text, [span for _turn, span in passage.said])
    )


def shorten(step: Step, coding: str, typed: str = "", cuts: Sequence[str] = ()) -> str:
    """Leave words out, given what stays or which words go; return the words as they are quoted.

    Without either, the whole passage is quoted.
    """
    passage = quotable(step.connection, coding)
    words = spoken_words(passage)
    if cuts:
        found = checked(cuts_numbered(cuts), len(words))
    else:
        found = cuts_of(words, typed, passage.segment.speakers) if typed.strip() else ()
    quotations.shorten(step, coding, found)
    return Prepared(step.connection, passage.page.document.id).quoted(passage).text


def cuts_numbered(typed: Iterable[str]) -> tuple[Cut, ...]:
    """Return cuts that are typed as numbers of words, from 1: ``3-7`` or ``4``."""
    found = []
    for one in typed:
        parts = _RANGE.fullmatch(one.strip())
        if parts is None:
            raise BadInput(_("“{typed}” is not written as words, such as 3-7").format(typed=one))
        first, last = int(parts[1]), int(parts[2] or parts[1])
        found.append(Cut(first - 1, last))
    return tuple(found)


def numbered(cuts: Iterable[Cut]) -> tuple[str, ...]:
    """Return cuts as they are typed."""
    return tuple(
        f"{one.start + 1}-{one.end}" if one.end > one.start + 1 else str(one.end) for one in cuts
    )


def translate(
    step: Step, coding: str, language: str, text: str, by: str = "", checked: str = ""
) -> None:
    """Keep the words of a passage in another language; refused where a speaker released none.

    What is left empty stays as it was: to say who checked a translation confirms its words.
    """
    passage = quotable(step.connection, coding)
    _refuse_untranslated(passage.cases)
    found = Prepared(step.connection, passage.page.document.id).of(passage)
    before = found.translations.get(language) if found else None
    if before and not text.strip():
        text, by, checked = before.text, by or before.by, checked or before.checked
    quotations.translate(step, coding, Translation(language, text, by, checked))


def _refuse_untranslated(cases: Iterable[Case]) -> None:
    for case in cases:
        if case.consent.translation is False:
            raise Refused(
                _("{case} did not agree to be quoted in another language").format(case=case.name)
            )


def give_role(step: Step, coding: str, typed: str) -> str:
    """Say why this is a key quotation, or with NONE that it is none; return the role."""
    quotable(step.connection, coding)
    role = chosen(typed, {name: name for name in (*ROLES, NONE)}, _("role"))
    quotations.give_role(step, coding, "" if role == NONE else role)
    return role


def use(step: Step, coding: str, places: Iterable[str], *, used: bool = True) -> None:
    """Say where a quotation is used, or no longer is."""
    if used:
        quotable(step.connection, coding)
    quotations.use(step, coding, places, used=used)


def used_only(step: Step, coding: str, places: Iterable[str]) -> None:
    """Say where a quotation is used, and that it is used nowhere else."""
    quotable(step.connection, coding)
    wanted = {quotations.place_named(one) for one in places}
    there = quotations.at(step.connection, codings.one(step.connection, coding))
    before = set(there.used) if there else set()
    if gone := before - wanted:
        quotations.use(step, coding, sorted(gone), used=False)
    if new := wanted - before:
        quotations.use(step, coding, sorted(new))


def at(connection: Reader, typed: str) -> str:
    """Return the id of the coding at an address."""
    return coding_at(connection, typed)


# -- tables ---------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Found:
    """Passages of exactly the same words, with what is prepared of them."""

    passages: list[Passage]
    prepared: Quotation


def table(connection: Reader, asked: Filter, *, role: str = "", unused: bool = False) -> Table:
    """Return what is prepared of the passages of a filter; names are as typed."""
    shelf, prepared = Shelf(connection), Prepared(connection)
    wanted = chosen(role, {name: name for name in ROLES}, _("role")) if role else ""
    passages = retrieved(shelf, resolved(connection, asked), prepared.documents).passages
    found = [
        one for one in _found(passages, prepared)
        if (not wanted or one.prepared.role == wanted) and not (unused and one.prepared.used)
    ]  # fmt: skip
    typed = addresses(connection, shelf.documents.values()) if found else {}
    columns = (
        Column("address", _("address")), Column("code", _("code")), Column("who", _("who")),
        Column("text", _("quotation")), Column("role", _("role")),
        Column("translations", _("translations")), Column("used", _("used in")),
        Column("check", _("to be looked at")),
    )  # fmt: skip
    rows = tuple(_row(one, prepared, typed[one.passages[0].segment.coding.id]) for one in found)
    elsewhere = len(prepared) - len(found)
    notes = []
    if elsewhere and asked == Filter() and not (role or unused):
        notes.append(
            counted("{n} prepared quotation is of a coding that does not count",
                    "{n} prepared quotations are of codings that do not count", elsewhere)
        )  # fmt: skip
    made = Table(_("Quotations that are prepared"), columns, rows, tuple(notes))
    return blinding.noted(connection, made)


def _found(passages: Iterable[Passage], prepared: Prepared) -> list[_Found]:
    """Return the prepared passages, each stretch of words once."""
    places: dict[tuple[str, int, int], _Found] = {}
    for one in passages:
        if quotation := prepared.of(one):
            place = (quotation.document, quotation.start, quotation.end)
            places.setdefault(place, _Found([], quotation)).passages.append(one)
    return list(places.values())


def _row(one: _Found, prepared: Prepared, address: str) -> tuple[Cell, ...]:
    passage = one.passages[0]
    segment = passage.segment
    reason = why_inside(passage, prepared)
    stale = prepared.stale_languages(passage)
    check = [named(reason)] if reason else []
    check += [_("translation ({language})").format(language=language) for language in stale]
    return (
        address,
        " | ".join(dict.fromkeys(own.segment.code for own in one.passages)),
        " + ".join(segment.cases or segment.speakers),
        Blank("✗", named(reason)) if reason else prepared.quoted(passage).text,
        one.prepared.role,
        ", ".join(one.prepared.translations),
        "; ".join(one.prepared.used),
        "; ".join(check),
    )


def informants(connection: Reader, asked: Filter) -> Table:
    """Return how many of the quotations that are used each informant has; names are as typed."""
    shelf, prepared = Shelf(connection), Prepared(connection)
    passages = [
        one for one in retrieved(shelf, resolved(connection, asked)).passages
        if not why_inside(one, prepared)
    ]  # fmt: skip
    found = _found(passages, prepared)
    total = sum(bool(one.prepared.used) for one in found)
    used, ready, places = Counter[str](), Counter[str](), defaultdict[str, set[str]](set)
    spoken = Counter(case.id for one in passages for case in one.cases)
    for one in found:
        for case in one.passages[0].cases:
            used[case.id] += bool(one.prepared.used)
            ready[case.id] += 1
            places[case.id].update(one.prepared.used)
    people = [case for case in shelf.cases.values()
              if not case.retired and case.kind == INFORMANT]  # fmt: skip
    people.sort(key=lambda case: (-used[case.id], -ready[case.id]))
    unused = Blank("-", _("no quotation is marked as used yet"))
    rows = tuple(
        (case.name, Share(used[case.id], total) if total else unused, len(places[case.id]),
         ready[case.id], spoken[case.id])
        for case in people
    )  # fmt: skip
    columns = (
        Column("informant", _("informant")),
        Column("used", _("used"), _("quotations"), numeric=True),
        Column("places", _("in places"), _("chapters and tables"), numeric=True),
        Column("prepared", _("prepared"), _("quotations"), numeric=True),
        Column("passages", _("may be quoted"), _("coded passages"), numeric=True),
    )
    made = Table(_("How often each informant is quoted"), columns, rows,
                 _evenness([used[case.id] for case in people], total))  # fmt: skip
    return blinding.noted(connection, made)


def _evenness(used: Sequence[int], total: int) -> tuple[str, ...]:
    """Say how evenly quotations are spread, without a verdict; most quoted first."""
    if not total:
        return (_("no quotation is marked as used yet; `qcode quotations use` does"),)
    half, few = 0, 0
    while few < len(used) and half * 2 < sum(used):
        half += used[few]
        few += 1
    quoted = sum(1 for number in used if number)
    return (
        _("{k} of {n} informants are quoted; {few} of them give at least half of the "
          "quotations").format(k=quoted, n=len(used), few=few),
        _("who says more, or says it best, may be quoted more often: a reader asks only whether "
          "it was meant"),
        _("a quotation counts once, for everybody who speaks in it; the same words under several "
          "codes are one"),
    )  # fmt: skip
