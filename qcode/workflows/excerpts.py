"""From passages to excerpts: what may be quoted, with the line that stands under it."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import replace

from qcode.analysis.layer import SPOKEN
from qcode.analysis.layer import named as documents_named
from qcode.analysis.releasing import (
    BYSTANDER,
    CHANGED,
    named,
    told,
    withheld,
    without_bystanders,
)
from qcode.errors import Refused
from qcode.language import _, counted
from qcode.model.excerpt import Excerpts, Manner
from qcode.model.filter import CONSENSUS, Filter
from qcode.store import codings, decisions, themes
from qcode.store.consensus import consensus_id
from qcode.store.project import Reader, about
from qcode.system import uncollected
from qcode.workflows.choosing import resolved
from qcode.workflows.citing import references
from qcode.workflows.counting import gaps, notices
from qcode.workflows.excerpting import Desk
from qcode.workflows.grouping import attribute_told, grouped
from qcode.workflows.prepared import Prepared, quotation
from qcode.workflows.retrieving import Passage, Retrieved, Shelf, retrieved

__all__ = ["Excerpts", "excerpt", "excerpts", "is_key", "of_passages", "quotation", "why_inside"]

KEY = ("key quotation",)
PLAIN = Manner()


@uncollected()
def excerpts(
    connection: Reader, asked: Filter, manner: Manner = PLAIN, only: Container[str] | None = None
) -> Excerpts:
    """Return what a filter means and may be quoted; names are as typed.

    Of these ``only`` the codings of some ids, where they are given.
    """
    shelf = Shelf(connection)
    wanted = resolved(connection, asked)
    found = retrieved(shelf, wanted)
    passages: Iterable[Passage] = found.passages
    if only is not None:
        passages = [one for one in found.passages if one.segment.coding.id in only]
    passages = _settled_once(shelf, passages)
    known = (*_unsettled(shelf, wanted), *gaps(connection, wanted), *_lost(found))
    return _chosen(shelf, passages, manner, known)


def _settled_once(shelf: Shelf, passages: Iterable[Passage]) -> list[Passage]:
    """Return passages in order, those of the consensus that overlap or touch under one code as one.

    Pairs of three coders settle on different bounds of the same words. What was prepared, or put
    under a theme itself, stays as it is.
    """
    consensus, prepared = consensus_id(shelf.connection), Prepared(shelf.connection)
    kept = {one.coding for one in themes.grounds(shelf.connection) if one.coding}
    found: list[Passage] = []
    last: dict[tuple[str, str], int] = {}
    for one in passages:
        coding = one.segment.coding
        key = coding.document, shelf.book.end(coding.code)
        if coding.coder != consensus or coding.id in kept or prepared.of(one):
            found.append(one)
            continue
        at = last.get(key)
        if at is not None and coding.start <= found[at].span.end:
            first = found[at].segment.coding
            fit = first.fit if coding.fit == "same" else coding.fit
            whole = replace(first, end=max(first.end, coding.end), fit=fit)
            found[at] = shelf.passage(one.page, whole)
            continue
        last[key] = len(found)
        found.append(one)
    return found


def why_inside(passage: Passage, prepared: Prepared, *, bystanders: bool = False) -> str:
    """Return why a passage may not leave the project, or an empty text.

    With ``bystanders`` what people said who are no case of the study may.
    """
    page = passage.page
    closed = without_bystanders(page.closed) if bystanders else page.closed
    reason = withheld(page.hearing.transcript, closed, passage.span) if closed else ""
    return reason or (CHANGED if prepared.stale(passage) else "")


def _released(
    passages: Iterable[Passage], prepared: Prepared, *, bystanders: bool
) -> tuple[list[Passage], tuple[str, ...]]:
    """Return the passages that may be quoted, and the sentences on those that may not."""
    reasons: Counter[str] = Counter()
    allowed, beside = [], []
    for one in passages:
        reason = why_inside(one, prepared, bystanders=bystanders)
        if not reason:
            allowed.append(one)
        elif reason == BYSTANDER:
            beside.append(one)
        else:
            reasons[reason] += 1
    return allowed, (*_withheld(reasons), *_of_bystanders(beside))


def _withheld(reasons: Counter[str]) -> Iterator[str]:
    if reasons:
        yield counted("{n} excerpt withheld: {{reasons}}", "{n} excerpts withheld: {{reasons}}",
                      reasons.total()).format(reasons=told(reasons))  # fmt: skip


def _of_bystanders(beside: Sequence[Passage]) -> Iterator[str]:
    """Yield how many excerpts of people who are no case stay inside, and where they stand."""
    if beside:
        places = dict.fromkeys(
            _("{document} turn {turn}").format(document=one.segment.document, turn=one.segment.turn)
            for one in beside
        )
        yield counted(
            "{n} excerpt of people who are no case of the study stays inside ({{places}})",
            "{n} excerpts of people who are no case of the study stay inside ({{places}})",
            len(beside),
        ).format(places=", ".join(places))  # fmt: skip


def _chosen(
    shelf: Shelf, passages: Iterable[Passage], manner: Manner, doubts: Sequence[str]
) -> Excerpts:
    prepared = Prepared(shelf.connection)
    if manner.key:
        passages = [one for one in passages if is_key(shelf, prepared, one)]
    allowed, notes = _released(passages, prepared, bystanders=manner.bystanders)
    return _laid_out(shelf, allowed, manner, prepared, (*notes, *doubts))


def is_key(shelf: Shelf, prepared: Prepared, passage: Passage) -> bool:
    """Tell whether a passage is a key quotation: by its role, or by a flag on its words."""
    found = prepared.of(passage)
    if found and found.role:
        return True
    return shelf.flagged(passage.page.document.id, passage.span, KEY)


def _unsettled(shelf: Shelf, wanted: Filter) -> Iterator[str]:
    """Yield which documents have no consensus, where that is what is to be quoted."""
    if wanted.layer != CONSENSUS:
        return
    closed = decisions.settled(shelf.connection)
    asked = [one for one in shelf.documents.values()
             if not wanted.documents or one.id in wanted.documents]  # fmt: skip
    if left := [one for one in asked if one.id not in closed]:
        yield _("{k} of {n} documents have no consensus and are left out: {names}").format(
            k=len(left), n=len(asked), names=documents_named(left)
        )


def excerpt(connection: Reader, coding: str) -> Excerpts:
    """Return one coding as an excerpt; raises Refused where it may not leave the project."""
    shelf = Shelf(connection)
    found = codings.one(connection, coding)
    if found.fit == "lost":
        raise Refused(_("this coding needs a place and cannot be quoted"))
    page = shelf.page(found.document)
    passage = shelf.passage(page, found)
    if reason := why_inside(passage, Prepared(connection, found.document)):
        raise Refused(_("this passage stays inside the project: {why}").format(why=named(reason)))
    return of_passages(connection, shelf, [passage])


def of_passages(
    connection: Reader, shelf: Shelf, passages: Sequence[Passage], manner: Manner = PLAIN
) -> Excerpts:
    """Return passages that may be quoted, which the caller has made sure of, as excerpts.

    Where words were left out of one that have changed since, a mark stands for all of them.
    """
    return _laid_out(shelf, passages, manner, Prepared(connection), ())


def _laid_out(
    shelf: Shelf, quoted: Sequence[Passage], manner: Manner, prepared: Prepared,
    notes: Sequence[str],
) -> Excerpts:  # fmt: skip
    shown, said = references(shelf, quoted, manner, attribute_told(shelf.connection, manner.group))
    desk = Desk(shelf, quoted, manner, prepared, shown)
    made = tuple(desk.excerpts(quoted))
    pages = {one.page.document.id: one.page.document for one in quoted}
    sign = hashlib.sha256("\n".join(one.address for one in made).encode()).hexdigest()[:8]
    return Excerpts(
        made,
        tuple(note for note in (*notes, *_doubts(quoted), *said, *desk.notes()) if note),
        _("Excerpts, list {sign}").format(sign=sign),
        grouped(shelf, manner.group, quoted, made) if manner.group else None,
        notices(shelf.connection, pages.values()),
        about(shelf.connection).get("language", ""),
    )


def _lost(found: Retrieved) -> Iterator[str]:
    if found.lost:
        yield counted("{n} coding needs a place and cannot be quoted",
                      "{n} codings need a place and cannot be quoted", found.lost)  # fmt: skip


def _doubts(quoted: Sequence[Passage]) -> Iterator[str]:
    """Yield what to know about excerpts: changed words, unknown consent."""
    if changed := sum(one.segment.coding.fit == "changed" for one in quoted):
        yield counted("{n} excerpt stands on words that were changed after it was coded",
                      "{n} excerpts stand on words that were changed after they were coded",
                      changed)  # fmt: skip
    unknown = sum(
        any(case.consent.quotation is None for case in one.cases) or (not one.cases and _heard(one))
        for one in quoted
    )
    if unknown:
        yield counted("{n} excerpt of somebody whose consent to be quoted is not recorded",
                      "{n} excerpts of somebody whose consent to be quoted is not recorded",
                      unknown)  # fmt: skip


def _heard(passage: Passage) -> bool:
    """Tell whether somebody who is linked to no case speaks in a passage.

    Where no speakers are told apart, all of an interview is somebody's words.
    """
    hearing = passage.page.hearing
    if not hearing.transcript.speakers:
        return passage.page.document.kind in SPOKEN
    return any(hearing.heard(turn) for turn, _words in passage.said)
