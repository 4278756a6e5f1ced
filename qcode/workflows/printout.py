"""The codebook as it is printed, with passages that may leave the project."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from qcode.analysis.exemplifying import Candidate, borderline, disputed, rules, typical
from qcode.analysis.frequency import (
    Counting,
    Listed,
    cells_of,
    listed_codes,
    passages_apart,
    share_of_cases,
    share_of_documents,
)
from qcode.analysis.layer import Layer, said_of, shortened
from qcode.analysis.looking import presence, strays
from qcode.analysis.releasing import withheld
from qcode.language import _
from qcode.model.case import INFORMANT
from qcode.model.coding import DISCUSS, Coding
from qcode.model.filter import Filter
from qcode.model.printout import Entry, Printout, Quote
from qcode.model.span import Span
from qcode.store import codings, memos
from qcode.store.project import Reader, about
from qcode.workflows.counting import layer_of
from qcode.workflows.excerpts import of_passages
from qcode.workflows.retrieving import Page, Passage, Shelf

_LEAST_WORDS = 4
"""Words of an example that are looked for in the transcripts; fewer are anybody's words."""


@dataclass(frozen=True, slots=True)
class _Chosen:
    """What is shown of one code, by the id of a coding, and why the second one is borderline."""

    typical: str = ""
    borderline: str = ""
    why: str = ""


def printout(connection: Reader, made: str) -> Printout:
    """Return the codebook of the analysis layer; ``made`` is the day that stands on it."""
    layer = layer_of(connection, Filter())
    places = presence(layer, INFORMANT)
    listed = listed_codes(layer.book, layer.standing)
    desk = _Desk(connection, layer)
    quotes, doubts = desk.quotes(listed)
    entries, kept_in = [], []
    for one in listed:
        found = places.by_code[one.code.id]
        passages, _words = cells_of(layer, places, one.code.id, Counting())
        example = one.code.example
        if example and desk.quotes_what_is_closed(example):
            kept_in.append(one.code.name)
            example = ""
        entries.append(
            Entry(
                code=one.code,
                title=one.title,
                depth=one.depth,
                informants=str(share_of_cases(found)),
                interviews=str(share_of_documents(found, "interview")),
                passages=str(passages),
                example=example,
                **quotes[one.code.id],
            )
        )
    title = _("Codebook: {name}").format(name=about(connection)["name"])
    codes = [one.code.id for one in listed]
    apart = (*strays(layer, filter(places.unlooked.get, codes)), *passages_apart(layer, codes))
    notes = (*_notes(layer), *apart, *doubts, *_left_out(kept_in))
    return Printout(title, made, layer.notice, notes, tuple(entries))


def _notes(layer: Layer) -> tuple[str, ...]:
    said = said_of(layer)[bool(layer.notice) :]
    return (
        *said,
        _("k of n: so many speak of it, of those whose interview was looked through for the code; "
          "a code above others counts whom any of them counts, its passages are its own"),
        _("· not looked for: nobody there was looked through for this code"),
        *rules(),
    )  # fmt: skip


def _left_out(codes: list[str]) -> tuple[str, ...]:
    if not codes:
        return ()
    return (_("example left out, because its words may not leave the project: {codes}").format(
        codes=shortened(codes)),)  # fmt: skip


class _Desk:
    """The documents with what everyone coded in them, of what may be shown."""

    def __init__(self, connection: Reader, layer: Layer) -> None:
        self.connection, self.book = connection, layer.book
        self.shelf = Shelf(connection)
        self.pages: dict[str, Page] = {id: self.shelf.page(id) for id in self.shelf.documents}
        everyone = Filter(coders=tuple(self.shelf.coders))
        self.codings: dict[str, Coding] = {}
        self.own: dict[str, list[Candidate]] = defaultdict(list)
        """Passages of the analysis layer that may be shown, by code."""
        self.others: dict[str, list[Candidate]] = defaultdict(list)
        for coding in codings.listed(connection, everyone, self.book):
            if coding.fit == "same" and coding.document in self.pages:
                self._sort_in(coding)
        self.flagged: dict[str, list[Span]] = defaultdict(list)
        for flag in memos.flags(connection):
            if flag.kind == DISCUSS and flag.fit != "lost" and flag.end > flag.start:
                self.flagged[flag.document].append(Span(flag.start, flag.end))

    def _sort_in(self, coding: Coding) -> None:
        page, span = self.pages[coding.document], Span(coding.start, coding.end)
        transcript = page.hearing.transcript
        words = transcript.words_in(span.start, span.end)
        code = self.book.end(coding.code)
        one = Candidate(coding.id, coding.document, span, code, coding.coder, words)
        if coding.coder != page.document.record:
            self.others[coding.document].append(one)
        elif self._shown(page, span):
            self.codings[coding.id] = coding
            self.own[code].append(one)

    def _shown(self, page: Page, span: Span) -> bool:
        """Tell whether a passage may be shown and is not the interviewer's alone."""
        if withheld(page.hearing.transcript, page.closed, span):
            return False
        return any(page.hearing.heard(turn) for turn, _words in page.hearing.spoken(span))

    def quotes(
        self, listed: Iterable[Listed]
    ) -> tuple[Mapping[str, dict[str, Quote | None]], tuple[str, ...]]:
        """Return the quotations of each code, by its id, and what to know about them."""
        chosen = {one.code.id: self._chosen(self.own[one.code.id]) for one in listed}
        ids = [
            id for one in chosen.values() for id in (one.typical, one.borderline) if id
        ]  # fmt: skip
        passages = [self._passage(id) for id in dict.fromkeys(ids)]
        found = of_passages(self.connection, self.shelf, passages)
        excerpts = dict(zip(dict.fromkeys(ids), found.excerpts, strict=True))

        def quote(id: str, why: str = "") -> Quote | None:
            if not id:
                return None
            one = excerpts[id]
            parts = (one.reference, one.address, one.notice)
            return Quote(one.text, " · ".join(filter(None, parts)), why)

        return {
            code: {"typical": quote(one.typical), "borderline": quote(one.borderline, one.why)}
            for code, one in chosen.items()
        }, found.notes

    def _passage(self, id: str) -> Passage:
        coding = self.codings[id]
        return self.shelf.passage(self.pages[coding.document], coding)

    def _chosen(self, candidates: list[Candidate]) -> _Chosen:
        common = typical(candidates)
        if common is None:
            return _Chosen()
        rest = [one for one in candidates if one.coding != common.coding]
        if flagged := disputed(rest, self.flagged):
            return _Chosen(common.coding, flagged.coding, _("flagged to be discussed"))
        found = borderline(rest, self.others)
        if found is None:
            return _Chosen(common.coding)
        why = _("another coder gave these words: {code}").format(code=self.book.path(found[1]))
        return _Chosen(common.coding, found[0].coding, why)

    def quotes_what_is_closed(self, example: str) -> bool:
        """Tell whether an example of the codebook holds words that may not leave the project."""
        words = re.findall(r"\w+", example)
        if len(words) < _LEAST_WORDS:
            return False
        pattern = re.compile(r"\W+".join(map(re.escape, words)), re.IGNORECASE)
        for page in self.pages.values():
            transcript = page.hearing.transcript
            for found in pattern.finditer(transcript.text) if page.closed else ():
                if withheld(transcript, page.closed, Span(found.start(), found.end())):
                    return True
        return False
