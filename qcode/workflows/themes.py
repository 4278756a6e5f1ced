"""Themes with their numbers and passages, asked for by names."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from qcode.analysis import themes as analysis
from qcode.analysis.layer import SPOKEN, Layer
from qcode.analysis.looking import presence
from qcode.analysis.themes import Chosen, Claims, Reach
from qcode.errors import NotFound, Refused
from qcode.language import _
from qcode.model.case import INFORMANT
from qcode.model.codebook import Codebook
from qcode.model.coding import Coding
from qcode.model.filter import Filter
from qcode.model.naming import chosen
from qcode.model.span import Span, without
from qcode.model.table import Table
from qcode.model.theme import Ground, Theme
from qcode.store import codebook, codings, marks, memos, themes
from qcode.store.project import Reader, Step
from qcode.workflows import blinding, theme_changes
from qcode.workflows.addresses import coding_at
from qcode.workflows.choosing import resolved
from qcode.workflows.counting import layer_of, layer_owner, surveyed
from qcode.workflows.excerpts import is_key, why_inside
from qcode.workflows.picking import of_one
from qcode.workflows.prepared import Prepared
from qcode.workflows.retrieving import Page, Passage, Shelf


def themes_table(connection: Reader, asked: Filter) -> Table:
    """Return the themes with their numbers; the names of the filter are as typed."""
    found = claims(connection, resolved(connection, asked))
    changes = theme_changes.changed(connection, found)
    table = theme_changes.noted(found, analysis.themes_table(found), changes)
    return blinding.noted(connection, table)


def theme_named(connection: Reader, typed: str) -> Theme:
    """Return the theme of that name or a clear beginning of it; raises as ``chosen`` does.

    Of two that two copies gave one name, the second goes by its path.
    """
    everything = themes.read(connection)
    known: dict[str, Theme] = {}
    for one in everything:
        known[one.name if one.name not in known else everything.path(one.id)] = one
    try:
        return chosen(typed, known, _("theme"))
    except NotFound as error:
        if hidden := blinding.findings(connection):
            raise NotFound(f"{error}; {hidden[0]}") from error
        raise


def claims(connection: Reader, wanted: Filter = Filter()) -> Claims:  # noqa: B008 - frozen
    """Return what themes are counted from, in the documents and cases of a filter of ids."""
    if wanted.picks:
        raise Refused(
            _("a theme rests on codes as they stand and on passages that were chosen for it; "
              "--and, --not, --flag, --memo and --text choose others")
        )  # fmt: skip
    wanted = of_one(wanted)
    layer = layer_of(connection, wanted)
    kept = {one.id for one in layer.documents if one.id in layer.coders}
    grounds = themes.grounds(connection)
    closed = memos.unusable(connection)
    given = codings.of_ids(connection, {one.coding for one in grounds if one.coding})
    live = [one for one in given if not one.retired and one.code in layer.book.codes]
    usable = _usable(connection, live, closed)
    return Claims(
        layer, presence(layer, INFORMANT), themes.read(connection), grounds,
        _spans(connection, wanted, layer.book, kept, grounds), closed,
        _chosen(connection, [one for one in usable if one.document in kept], layer, wanted, closed),
        sum(one.fit == "lost" for one in live if one.document in kept),
        {one.id: layer.book.end(one.code) for one in usable},
    )  # fmt: skip


def _spans(
    connection: Reader, wanted: Filter, book: Codebook, kept: Iterable[str],
    grounds: Iterable[Ground],
) -> Mapping[str, Mapping[str, list[Span]]]:  # fmt: skip
    """Return where the codes stand that are put under themes, with those below them."""
    codes = tuple(dict.fromkeys(one.code for one in grounds if one.code in book.codes))
    if not codes:
        return {}
    of = Filter(codes, documents=wanted.documents, kinds=wanted.kinds, layer=wanted.layer)
    found: dict[str, dict[str, list[Span]]] = {id: defaultdict(list) for id in kept}
    for document, some in marks.given(connection, of, book).items():
        if document in found:
            for start, end, code in some:
                found[document][book.end(code)].append(Span(start, end))
    return found


def _usable(
    connection: Reader, given: Sequence[Coding], closed: Mapping[str, Sequence[Span]]
) -> Sequence[Coding]:
    """Return the codings that may count as grounds anywhere: placed, and not all closed."""
    if not given:
        return ()
    known = {one.id for one in surveyed(connection).documents}
    return [
        one for one in given
        if one.fit != "lost" and one.document in known
        and without([Span(one.start, one.end)], closed.get(one.document, ()))
    ]  # fmt: skip


def _chosen(
    connection: Reader, given: Sequence[Coding], layer: Layer, wanted: Filter,
    closed: Mapping[str, Sequence[Span]],
) -> Mapping[str, Chosen]:  # fmt: skip
    """Return the codings that count as grounds, and whom each counts for."""
    found: dict[str, Chosen] = {}
    if not given:
        return found
    shelf, pages = Shelf(connection), dict[str, Page]()
    counting = {case.id for case in layer.of_kind(INFORMANT)}
    for one in given:
        span, shut = Span(one.start, one.end), closed.get(one.document, ())
        if one.document not in pages:
            pages[one.document] = shelf.page(one.document)
        page = pages[one.document]
        own = layer_owner(connection, wanted.layer) or page.document.record
        found[one.id] = Chosen(
            one.id, one.document, span, speaking(page, span, shut) & counting, one.coder == own
        )  # fmt: skip
    return found


def speaking(page: Page, span: Span, closed: Sequence[Span] = ()) -> frozenset[str]:
    """Return the cases whom a stretch of an interview counts for; elsewhere nobody."""
    if page.document.kind not in SPOKEN:
        return frozenset()
    hearing = page.hearing
    return frozenset(
        case
        for piece in without([span], closed)
        for turn, _said in hearing.spoken(piece)
        for case in hearing.of(turn)
    )


@dataclass(frozen=True, slots=True)
class Behind:
    """A passage behind a number, the cases it counts for, and why it stays inside, if it does."""

    passage: Passage
    cases: frozenset[str]
    reason: str

    @property
    def coding(self) -> str:
        """The id of its coding."""
        return self.passage.segment.coding.id


class Behinds:
    """Finds the passages behind the numbers of themes; reads each document once."""

    def __init__(self, connection: Reader, of: Claims, wanted: Filter = Filter()) -> None:  # noqa: B008
        self.connection, self.claims, self.wanted = connection, of, of_one(wanted)
        self.shelf = Shelf(connection)
        self._pages: dict[str, Page] = {}
        self._made: dict[str, Behind] = {}
        self._prepared = Prepared(connection)
        self._counting = {case.id for case in of.layer.of_kind(INFORMANT)}

    def of(self, reach: Reach) -> tuple[Behind, ...]:
        """Return the passages of what was reached, in order of documents and places."""
        at = {id: number for number, id in enumerate(self.shelf.documents)}
        found = sorted(self._codings(reach), key=lambda one: (at[one.document], one.start, one.end))
        return tuple(self._behind(one) for one in found)

    def _codings(self, reach: Reach) -> Sequence[Coding]:
        claims, book = self.claims, self.claims.layer.book
        everywhere = claims.searched(reach)
        found: dict[str, Coding] = {}
        if reach.codes:
            asked = Filter(codes=tuple(sorted(reach.codes)), documents=self.wanted.documents,
                           kinds=self.wanted.kinds, layer=self.wanted.layer)  # fmt: skip
            for one in codings.listed(self.connection, asked, book):
                shut = claims.closed.get(one.document, ())
                kept = one.document in claims.layer.coders and one.fit != "lost"
                if (
                    kept
                    and one.document in everywhere
                    and without([Span(one.start, one.end)], shut)
                ):
                    found[one.id] = one
        extra = [one.id for one in claims.counting(reach)]
        found |= {one.id: one for one in codings.of_ids(self.connection, extra)}
        return list(found.values())

    def _behind(self, coding: Coding) -> Behind:
        if coding.id not in self._made:
            document = coding.document
            if document not in self._pages:
                self._pages[document] = self.shelf.page(document)
            page = self._pages[document]
            passage = self.shelf.passage(page, coding)
            shut = self.claims.closed.get(document, ())
            self._made[coding.id] = Behind(
                passage, speaking(page, passage.span, shut) & self._counting,
                why_inside(passage, self._prepared),
            )  # fmt: skip
        return self._made[coding.id]

    def key(self, one: Behind) -> bool:
        """Tell whether a passage is flagged as a key quotation, or has a role as one."""
        return is_key(self.shelf, self._prepared, one.passage)


def put(
    step: Step, theme: str, side: str, code: str, coding: str, why: str
) -> tuple[Theme, str]:  # fmt: skip
    """Put a code or a coding under a theme; return the theme and what was put, by name."""
    found = theme_named(step.connection, theme)
    if code:
        one = codebook.read(step.connection).find(code, retired=True)
        themes.ground(step, found.id, side, code=one.id, why=why)
        return found, one.name
    themes.ground(step, found.id, side, coding=coding_at(step.connection, coding), why=why)
    return found, coding


def grounds_of(
    connection: Reader, theme: str, code: str, coding: str
) -> tuple[Theme, tuple[Ground, ...]]:
    """Return the grounds of a theme that are a code, or a coding, as they were typed."""
    found = theme_named(connection, theme)
    own = themes.grounds(connection, found.id)
    if code:
        book = codebook.read(connection)
        wanted = book.end(book.find(code, retired=True).id)
        return found, tuple(
            one for one in own if one.code in book.codes and book.end(one.code) == wanted
        )
    wanted = coding_at(connection, coding)
    return found, tuple(one for one in own if one.coding == wanted)
