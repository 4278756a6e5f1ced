"""Counting chosen passages instead of all: the same count, of the codings that a filter leaves."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace

from qcode.analysis.layer import Layer, named
from qcode.analysis.looking import looked_for
from qcode.errors import Refused
from qcode.language import _
from qcode.model.codebook import Codebook
from qcode.model.coding import Given
from qcode.model.filter import CASE, RECORD, Filter
from qcode.model.span import Span
from qcode.model.tally import Tally
from qcode.store import marks
from qcode.store.project import Reader
from qcode.workflows.relating import Relation
from qcode.workflows.retrieving import Shelf, picked
from qcode.workflows.wording import in_words


def of_one(wanted: Filter) -> Filter:
    """Return a filter in which one chosen coder's codings are the layer that tables count."""
    if not wanted.coders:
        return wanted
    if len(set(wanted.coders)) > 1 or wanted.layer not in (RECORD, wanted.coders[0]):
        raise Refused(
            _("codings of several coders are never added up; choose one with --coder or --layer")
        )
    return replace(wanted, layer=wanted.coders[0], coders=())


def given(connection: Reader, wanted: Filter, book: Codebook) -> Mapping[str, list[Given]]:
    """Return where codings stand that tables count, by document: all of a layer, or those chosen.

    A filter of ids; its own codes, cases and attributes are left to the tables.
    """
    wanted = of_one(wanted)
    if not wanted.picks:
        of = Filter(documents=wanted.documents, kinds=wanted.kinds, layer=wanted.layer)
        return marks.given(connection, of, book)
    return {
        page.document.id: [(one.start, one.end, one.code) for one in some]
        for page, some in picked(Shelf(connection), whole(wanted))
    }


def tallied(connection: Reader, wanted: Filter) -> Iterator[Tally]:
    """Yield the tally of the chosen passages: the same arithmetic as the stored one's."""
    shelf = Shelf(connection)
    everywhere = whole(wanted)
    relation = Relation(connection, everywhere, shelf.book)
    for page, some in picked(shelf, everywhere):
        spans: dict[tuple[str, str], list[Span]] = defaultdict(list)
        for one in some:
            spans[shelf.book.end(one.code), one.coder].append(Span(one.start, one.end))
        closed = shelf.unusable(page.document.id)
        for (code, coder), marked in spans.items():
            people = relation.people(coder)
            for case, (passages, words) in page.hearing.count(marked, closed).items():
                if case is None or (
                    not shelf.cases[case].retired and (people is None or case in people)
                ):
                    yield Tally(code, case or "", page.document.id, coder, passages, words)


def whole(wanted: Filter, codes: tuple[str, ...] = ()) -> Filter:
    """Return a filter of some codes, or all, without what tables narrow themselves."""
    return replace(wanted, codes=codes, cases=(), where=())


def said(wanted: Filter, layer: Layer) -> tuple[str, ...]:
    """Return which passages tables count, and where codes that decide it were not looked for."""
    if not wanted.picks:
        return ()
    book = layer.book
    names = {id: book.path(id) for id in (*wanted.also, *wanted.without)}
    shown = replace(
        Filter(), also=tuple(map(names.__getitem__, wanted.also)),
        without=tuple(map(names.__getitem__, wanted.without)), within=wanted.within,
        near=wanted.near, flags=wanted.flags, memo=wanted.memo, text=wanted.text,
        match=wanted.match, language=wanted.language,
    )  # fmt: skip
    notes = [_("not all is counted, only {passages}").format(passages=in_words(shown))]
    by_case = wanted.within == CASE and wanted.near is None
    known = [one for one in (layer.spoken() if by_case else layer.documents)
             if one.id in layer.coders]  # fmt: skip
    looked = looked_for(book, {one.id: layer.seen.get(one.id, {}) for one in known})
    for code, name in names.items():
        family = book.below(book.end(code))
        bare = [one for one in known
                if not any(one.id in looked.get(below, ()) for below in family)]  # fmt: skip
        if bare:
            told = (_("“{code}” was not looked for in {k} of {n} interviews, so that whoever "
                      "speaks there may have it all the same: {names}") if by_case
                    else _("“{code}” was not looked for in {k} of {n} documents, so that it is "
                           "missing there: {names}"))  # fmt: skip
            notes.append(told.format(code=name, k=len(bare), n=len(known), names=named(bare)))
    return tuple(notes)
