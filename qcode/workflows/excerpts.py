"""From passages to excerpts: what may be quoted, with the line that stands under it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from qcode.analysis import referring
from qcode.analysis.layer import named as documents_named
from qcode.analysis.releasing import named, told, withheld
from qcode.errors import Refused
from qcode.language import _, counted
from qcode.model.case import Case
from qcode.model.excerpt import Excerpt
from qcode.model.filter import CONSENSUS, Filter
from qcode.store import cases, codings, decisions, memos
from qcode.store.project import Reader, about
from qcode.workflows.addresses import addresses
from qcode.workflows.checked import put_right
from qcode.workflows.choosing import attribute_named, resolved
from qcode.workflows.retrieving import Passage, Retrieved, Shelf, retrieved


@dataclass(frozen=True)
class Excerpts:
    """Excerpts in order of documents and places, and the sentences that belong to them."""

    excerpts: tuple[Excerpt, ...]
    notes: tuple[str, ...]


def excerpts(
    connection: Reader, asked: Filter, ref: Iterable[str] = (), *, with_memos: bool = False
) -> Excerpts:
    """Return what a filter means and may be quoted; names are as typed.

    ``ref`` names the attributes of the reference line; none stands for the usual ones,
    which are shown as far as nobody is recognised by them. What a coder noted for himself goes
    out only ``with_memos``: nobody released it, and it may tell of what is withheld.
    """
    shelf = Shelf(connection)
    wanted = resolved(connection, asked)
    found = retrieved(shelf, wanted)
    reasons: Counter[str] = Counter()
    quoted = []
    for passage in found.passages:
        page = passage.page
        reason = withheld(page.hearing.transcript, page.closed, passage.span)
        if reason:
            reasons[reason] += 1
        else:
            quoted.append(passage)
    chosen = tuple(attribute_named(connection, name).name for name in ref)
    informants = [case for case in shelf.cases.values() if not case.retired]
    shown, said = _references(connection, informants, quoted, chosen)
    doubts = [*_unsettled(shelf, wanted), *_doubts(found, quoted)]
    if reasons:
        doubts.insert(
            0,
            counted("{n} excerpt withheld: {{reasons}}", "{n} excerpts withheld: {{reasons}}",
                    reasons.total()).format(reasons=told(reasons)),
        )  # fmt: skip
    notes = tuple(note for note in (*doubts, said) if note)
    remarks = _memos(connection) if with_memos else {}
    return Excerpts(tuple(_made(connection, quoted, shown, remarks)), notes)


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
    if reason := withheld(page.hearing.transcript, page.closed, passage.span):
        raise Refused(_("this passage stays inside the project: {why}").format(why=named(reason)))
    return of_passages(connection, shelf, [passage])


def of_passages(connection: Reader, shelf: Shelf, passages: Sequence[Passage]) -> Excerpts:
    """Return passages that may be quoted, which the caller has made sure of, as excerpts."""
    informants = [case for case in shelf.cases.values() if not case.retired]
    shown, said = _references(connection, informants, passages, ())
    doubts = _doubts(Retrieved(list(passages)), passages)
    notes = tuple(note for note in (*doubts, said) if note)
    return Excerpts(tuple(_made(connection, passages, shown, {})), notes)


def _references(
    connection: Reader, informants: Sequence[Case], quoted: Iterable[Passage], chosen: Sequence[str]
) -> tuple[referring.Shown, str]:
    """Return with what each case is cited, and the sentence on who is cited with less."""
    cited = {case.id for passage in quoted for case in passage.cases}
    if chosen:
        rare = [case for case in referring.alone(informants, chosen) if case.id in cited]
        said = rare and counted(
            "{n} informant may be recognised by the reference line: {{names}}",
            "{n} informants may be recognised by the reference line: {{names}}", len(rare),
        ).format(names=", ".join(case.name for case in rare))  # fmt: skip
        return {case.id: tuple(chosen) for case in informants}, said or ""
    attributes = referring.usual(cases.attributes_of(connection))
    shown = referring.levels(informants, attributes)
    less = [case for case in informants if case.id in cited and shown[case.id] != attributes]
    if not less:
        return shown, ""
    names = ", ".join(
        f"{case.name} ({', '.join(shown[case.id]) or _('name of the case only')})" for case in less
    )
    return shown, _("cited with less, because fewer than three share their {attributes}: {names}"
                    ).format(attributes=" + ".join(attributes), names=names)  # fmt: skip


def _doubts(found: Retrieved, quoted: Sequence[Passage]) -> Iterator[str]:
    """Yield what to know about excerpts: changed words, unknown consent, no place."""
    if found.lost:
        yield counted("{n} coding needs a place and cannot be quoted",
                      "{n} codings need a place and cannot be quoted", found.lost)  # fmt: skip
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


def _made(
    connection: Reader, quoted: Sequence[Passage], shown: referring.Shown,
    remarks: Mapping[str, str],
) -> Iterator[Excerpt]:  # fmt: skip
    pages = {one.page.document.id: one.page for one in quoted}
    texts = {id: page.hearing.transcript for id, page in pages.items()}
    typed = addresses(connection, [page.document for page in pages.values()], texts)
    notice = about(connection).get("notice", "")
    mended = put_right(connection)
    for passage in quoted:
        segment = passage.segment
        values = referring.values_shown(passage.cases, shown)
        yield Excerpt(
            address=typed[segment.coding.id],
            reference=referring.reference(
                segment.document, passage.cases, values, segment.turn, segment.lines
            ),
            code=segment.code,
            text=quotation(passage),
            document=segment.document,
            turn=segment.turn,
            lines=segment.lines,
            speakers=segment.speakers,
            cases=segment.cases,
            coder=segment.coder,
            values=values,
            memo=remarks.get(segment.coding.id, ""),
            notice=_beside(
                notice, passage.page.document.details.get("notice", ""),
                *(said for span, said in mended.get(passage.page.document.id, ())
                  if span.overlaps(passage.span)),
            ),
        )


def _beside(*notices: str) -> str:
    return " · ".join(dict.fromkeys(one for one in notices if one))


def _memos(connection: Reader) -> Mapping[str, str]:
    found: dict[str, list[str]] = defaultdict(list)
    for memo in memos.listed(connection):
        if memo.about[0] == "coding":
            found[memo.about[1]].append(memo.text)
    return {coding: "\n".join(texts) for coding, texts in found.items()}


def quotation(passage: Passage) -> str:
    """Return the words of a passage; where several turns are in it, each after who speaks.

    Speakers are named as the project shows them, which may not be the label in the transcript.
    """
    hearing = passage.page.hearing
    text = hearing.transcript.text
    said = [(turn, text[span.start : span.end].strip()) for turn, span in passage.said]
    if len(said) == 1:
        return said[0][1]
    parts = [(hearing.label(turn), words) for turn, words in said]
    return "\n".join(f"{label}: {words}" if label else words for label, words in parts)
