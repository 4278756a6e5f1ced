"""What was understood of a participant: themes he is a ground of, summaries, and chosen memos."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from qcode.analysis.releasing import withheld
from qcode.model.case import Case
from qcode.model.coding import Coding
from qcode.model.member_check import Finding
from qcode.model.span import Span
from qcode.model.summary import Summary
from qcode.model.theme import DROPPED
from qcode.store import codebook, codings, memos, summaries, themes
from qcode.store.project import Reader
from qcode.workflows.retrieving import Page, Shelf
from qcode.workflows.themes import theme_named


@dataclass(frozen=True, slots=True)
class Own:
    """A participant's words in a passage, or in passages that overlap."""

    page: Page
    codings: tuple[str, ...]
    """The first one names the passage."""
    codes: tuple[str, ...]
    span: Span
    spans: tuple[Span, ...]
    """His turns' words in it, in order."""
    number: int = 0
    """What it is numbered on his page; 0 where there is none."""

    @property
    def words(self) -> tuple[str, ...]:
        """His words, a turn each."""
        text = self.page.hearing.transcript.text
        return tuple(text[one.start : one.end].strip() for one in self.spans)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a page shows beside his words: names of codes, memos about him, only some themes.

    Summaries of the codes on the page are the researcher's own, and shown only where wanted.
    """

    codes: bool = False
    memos: bool = False
    summaries: bool = False
    themes: tuple[str, ...] = ()
    """Names as typed; none stands for every theme that he is a ground of."""


@dataclass(frozen=True, slots=True)
class Reach:
    """What a theme rests on, on either side: codings, and codes with those below them."""

    codings: frozenset[str]
    codes: frozenset[str]

    def holds(self, own: Own) -> bool:
        """Tell whether a passage of a participant is a ground."""
        return bool(self.codings.intersection(own.codings) or self.codes.intersection(own.codes))


def reach(connection: Reader, theme: str) -> Reach:
    """Return what a theme and the themes that are a part of it rest on."""
    book = codebook.read(connection)
    parts = {one.id for one in themes.read(connection).counted(theme)}
    grounds = [one for one in themes.grounds(connection) if one.theme in parts]
    codes = codings.given_for(book, [one.code for one in grounds if one.code in book.codes])
    return Reach(frozenset(one.coding for one in grounds if one.coding), frozenset(codes))


def understood(
    connection: Reader, case: Case, own: Sequence[Own], wanted: Wanted, language: str
) -> tuple[Finding, ...]:  # fmt: skip
    """Return themes that rest on these passages, summaries of him, and memos if they are wanted."""
    only = {theme_named(connection, name).id for name in wanted.themes}
    found = list(_themes(connection, own, only))
    if wanted.summaries and not only:
        codes = {code for one in own for code in one.codes}
        found += _summaries(connection, case, codes, wanted, language)
    if wanted.memos:
        noted = (one for one in memos.listed(connection) if one.about == ("case", case.id))
        found += (Finding("", (one.text,)) for one in noted)
    return tuple(found)


def _themes(connection: Reader, own: Sequence[Own], only: Iterable[str]) -> Iterator[Finding]:
    """Yield what themes claim; one without a sentence, or below a dropped one, says nothing."""
    chosen, tree = set(only), themes.read(connection)
    for theme in tree:
        dropped = any(one.status == DROPPED for one in tree.line(theme.id))
        if not theme.statement.strip() or dropped:
            continue
        if (not chosen or theme.id in chosen) and any(map(reach(connection, theme.id).holds, own)):
            yield Finding("", (theme.statement,))


def _summaries(
    connection: Reader, case: Case, codes: Iterable[str], wanted: Wanted, language: str
) -> Iterator[Finding]:  # fmt: skip
    book, shelf = codebook.read(connection), Shelf(connection)
    shown = {book.end(code) for code in codes}
    pages: dict[str, Page] = {}
    for one in summaries.listed(connection):
        if one.case != case.id or one.code not in book.codes:
            continue
        code = book.codes[book.end(one.code)]
        if shown & book.below(code.id) and not _rests_inside(shelf, pages, one):
            label = code.labels.get(language, code.name) if wanted.codes else ""
            yield Finding(label, (one.text,))


def _rests_inside(shelf: Shelf, pages: dict[str, Page], summary: Summary) -> bool:
    """Tell whether a summary rests on words that stay inside the project.

    Also where their coding was retired since; words of which nobody knows where they are do.
    """
    ids = {rest.coding for rest in summary.rests}
    found = codings.of_ids(shelf.connection, ids, all_there=True)
    return len(found) < len(ids) or any(_is_inside(shelf, pages, one) for one in found)


def _is_inside(shelf: Shelf, pages: dict[str, Page], one: Coding) -> bool:
    if one.document not in shelf.documents or one.fit == "lost":
        return True
    if one.document not in pages:
        pages[one.document] = shelf.page(one.document)
    page = pages[one.document]
    return bool(withheld(page.hearing.transcript, page.closed, Span(one.start, one.end)))
