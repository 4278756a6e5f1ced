"""From passages to excerpts: what may be quoted, with the line that stands under it."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from qcode.analysis import referring
from qcode.analysis.layer import named as documents_named
from qcode.analysis.releasing import CHANGED, named, told, withheld
from qcode.analysis.surroundings import surroundings
from qcode.errors import Refused
from qcode.language import _, counted
from qcode.model.case import Case
from qcode.model.excerpt import Excerpt, Excerpts, Manner
from qcode.model.filter import CONSENSUS, Filter
from qcode.model.quotation import Translation
from qcode.store import codings, decisions, memos
from qcode.store.project import Reader, about
from qcode.workflows.addresses import addresses
from qcode.workflows.checked import put_right
from qcode.workflows.choosing import resolved
from qcode.workflows.citing import references
from qcode.workflows.counting import gaps
from qcode.workflows.grouping import attribute_told, grouped
from qcode.workflows.prepared import Prepared, quotation
from qcode.workflows.retrieving import Passage, Retrieved, Shelf, retrieved

__all__ = ["Excerpts", "excerpt", "excerpts", "is_key", "of_passages", "quotation", "why_inside"]

KEY = ("key quotation",)
PLAIN = Manner()


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
    known = (*_unsettled(shelf, wanted), *gaps(connection, wanted), *_lost(found))
    return _chosen(shelf, passages, manner, known)


def why_inside(passage: Passage, prepared: Prepared) -> str:
    """Return why a passage may not leave the project, or an empty text."""
    page = passage.page
    reason = withheld(page.hearing.transcript, page.closed, passage.span)
    return reason or (CHANGED if prepared.stale(passage) else "")


def _released(
    passages: Iterable[Passage], prepared: Prepared
) -> tuple[list[Passage], tuple[str, ...]]:
    """Return the passages that may be quoted, and the sentence on those that may not."""
    reasons: Counter[str] = Counter()
    allowed = []
    for one in passages:
        if reason := why_inside(one, prepared):
            reasons[reason] += 1
        else:
            allowed.append(one)
    if not reasons:
        return allowed, ()
    note = counted("{n} excerpt withheld: {{reasons}}", "{n} excerpts withheld: {{reasons}}",
                   reasons.total()).format(reasons=told(reasons))  # fmt: skip
    return allowed, (note,)


def _chosen(
    shelf: Shelf, passages: Iterable[Passage], manner: Manner, doubts: Sequence[str]
) -> Excerpts:
    prepared = Prepared(shelf.connection)
    if manner.key:
        passages = [one for one in passages if is_key(shelf, prepared, one)]
    allowed, notes = _released(passages, prepared)
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
    desk = _Desk(shelf, quoted, manner, prepared, shown)
    made = tuple(desk.excerpts(quoted))
    sign = hashlib.sha256("\n".join(one.address for one in made).encode()).hexdigest()[:8]
    return Excerpts(
        made,
        tuple(note for note in (*notes, *_doubts(quoted), *said, *desk.notes()) if note),
        _("Excerpts, list {sign}").format(sign=sign),
        grouped(shelf, manner.group, quoted, made) if manner.group else None,
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
        return passage.page.document.kind in ("interview", "focus group")
    return any(hearing.heard(turn) for turn, _words in passage.said)


@dataclass
class _Translated:
    """How many translations were wanted and found, and why some are left out."""

    there: int = 0
    refused: int = 0
    unknown: int = 0
    stale: list[str] = field(default_factory=list)


class _Desk:
    """Makes excerpts of passages, and counts what there is to say of their translations."""

    def __init__(
        self, shelf: Shelf, quoted: Sequence[Passage], manner: Manner, prepared: Prepared,
        shown: referring.Shown,
    ) -> None:  # fmt: skip
        connection = shelf.connection
        pages = {one.page.document.id: one.page for one in quoted}
        texts = {id: page.hearing.transcript for id, page in pages.items()}
        self._typed = addresses(connection, [page.document for page in pages.values()], texts)
        self._remarks = _memos(connection) if manner.memos else {}
        self._manner, self._prepared, self._shown = manner, prepared, shown
        general = about(connection).get("notice", "")
        self._notices = {
            id: (general, page.document.details.get("notice", "")) for id, page in pages.items()
        }
        self._mended = put_right(connection)
        self._wanted = len(quoted)
        self._known: dict[tuple[str, ...], tuple[Mapping[str, str], str]] = {}
        self._translated = _Translated()
        self._marks = 0

    def excerpts(self, quoted: Iterable[Passage]) -> Iterator[Excerpt]:
        """Yield passages as excerpts, numbered in their order."""
        context, place = self._manner.context, referring.places()
        for number, passage in enumerate(quoted, 1):
            segment = passage.segment
            coding = segment.coding
            page = passage.page
            values, who = self._who(segment.document, passage.cases)
            out = self._prepared.quoted(passage)
            self._marks += out.stale
            found = out.prepared
            address = self._typed[coding.id]
            before, after = (
                surroundings(page.hearing, page.closed, passage.span, context)
                if context else ("", "")
            )  # fmt: skip
            yield Excerpt(
                address,
                f"{who} · {place(segment.turn, segment.lines)}",
                segment.code,
                out.text,
                segment.document,
                segment.turn,
                segment.lines,
                segment.speakers,
                segment.cases,
                segment.coder,
                values,
                self._remarks.get(coding.id, ""),
                self._notice(coding.document, passage),
                number,
                bool(found and found.short),
                found.role if found else "",
                found.used if found else (),
                self._translation(passage, address),
                before,
                after,
            )

    def _who(self, document: str, cases: Sequence[Case]) -> tuple[Mapping[str, str], str]:
        """Return with what some cases are cited, and the beginning of their reference."""
        key = (document, *[case.id for case in cases])
        if key not in self._known:
            values = referring.values_shown(cases, self._shown)
            self._known[key] = values, " · ".join(referring.who(document, cases, values))
        return self._known[key]

    def _notice(self, document: str, passage: Passage) -> str:
        """Return what must stand beside an excerpt, also how its speaker put it right."""
        mended = self._mended.get(document, ())
        said = [said for span, said in mended if span.overlaps(passage.span)]
        return " · ".join(dict.fromkeys(filter(None, (*self._notices[document], *said))))

    def _translation(self, passage: Passage, address: str) -> Translation | None:
        """Return the translation that is wanted, if it may go out and is of these words."""
        if not self._manner.language:
            return None
        given, fits = self._prepared.translation(passage, self._manner.language)
        if given is None:
            return None
        released = [case.consent.translation for case in passage.cases]
        if False in released:
            self._translated.refused += 1
            return None
        if not fits:
            self._translated.stale.append(address)
            return None
        self._translated.there += 1
        self._translated.unknown += None in released or not released
        return given

    def notes(self) -> Iterator[str]:
        """Yield what to know about shortenings, and about the translations that were asked for."""
        if self._marks:
            yield counted("{n} quotation is only a mark: its shortened words have changed since",
                          "{n} quotations are only marks: their shortened words have changed since",
                          self._marks)  # fmt: skip
        found, language = self._translated, self._manner.language
        if not language:
            return
        yield _("{k} of {n} excerpts have a translation ({language})").format(
            k=found.there, n=self._wanted, language=language)  # fmt: skip
        if found.refused:
            yield counted("{n} translation withheld: no consent to translate",
                          "{n} translations withheld: no consent to translate",
                          found.refused)  # fmt: skip
        if found.stale:
            yield _("left out, because the words have changed since they were translated: "
                    "{addresses}").format(addresses=", ".join(found.stale))  # fmt: skip
        if found.unknown:
            yield counted("{n} translation of somebody whose consent to it is not recorded",
                          "{n} translations of somebody whose consent to it is not recorded",
                          found.unknown)  # fmt: skip


def _memos(connection: Reader) -> Mapping[str, str]:
    found: dict[str, list[str]] = defaultdict(list)
    for memo in memos.listed(connection):
        if memo.about[0] == "coding":
            found[memo.about[1]].append(memo.text)
    return {coding: "\n".join(texts) for coding, texts in found.items()}
