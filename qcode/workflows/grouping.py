"""Excerpts under headings: by code, theme, case, or an attribute of the cases."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from qcode.analysis.referring import cited
from qcode.language import _
from qcode.model.excerpt import CASE, CODE, THEME, Excerpt, Group
from qcode.model.theme import DROPPED, FOR, SIDES
from qcode.store import themes
from qcode.store.codings import given_for
from qcode.store.project import Reader
from qcode.workflows.named import attribute_named
from qcode.workflows.retrieving import Passage, Shelf

_WORDS = (CODE, THEME, CASE)


def attribute_told(connection: Reader, group: str) -> tuple[str, ...]:
    """Return the attribute whose values stand in the headings, if any."""
    if not group or group.casefold() in _WORDS:
        return ()
    return (attribute_named(connection, group).name,)


def nowhere() -> str:
    """Return the heading of what stands in no theme."""
    return _("in no theme")


def against(theme: str) -> str:
    """Return the heading of what speaks against a theme."""
    return _("{theme} (against)").format(theme=theme)


def grouped(
    shelf: Shelf, group: str, passages: Sequence[Passage], made: Sequence[Excerpt]
) -> tuple[Group, ...]:
    """Return excerpts by the headings of a grouping, in its order; ``made`` are the passages."""
    headings = _Headings(shelf, group)
    found: dict[str, list[Excerpt]] = defaultdict(list)
    for passage, excerpt in zip(passages, made, strict=True):
        for title in headings.of(passage):
            found[title].append(excerpt)
    order = headings.order()
    titles = sorted(found, key=lambda one: (order.get(one, len(order)), one == headings.rest, one))
    return tuple(Group(title, tuple(found[title])) for title in titles)


class _Headings:
    """The headings of one grouping, and under which of them a passage stands."""

    def __init__(self, shelf: Shelf, group: str) -> None:
        self._shelf, self._by = shelf, group.casefold()
        self._attribute = next(iter(attribute_told(shelf.connection, group)), "")
        self.rest = (
            _("without {attribute}").format(attribute=self._attribute) if self._attribute
            else _("of no case") if self._by == CASE else nowhere()
        )  # fmt: skip
        self._of_code: dict[str, list[str]] = defaultdict(list)
        self._of_coding: dict[str, list[str]] = defaultdict(list)
        self._order = self._themes() if self._by == THEME else {}

    def _themes(self) -> Mapping[str, int]:
        """Find out what each theme rests on; return its headings in order."""
        tree, book = themes.read(self._shelf.connection), self._shelf.book
        order: dict[str, int] = {}
        for theme in tree:
            if all(one.status != DROPPED for one in tree.line(theme.id)):
                path = tree.path(theme.id)
                order |= {self._title(path, side): len(order) + at for at, side in enumerate(SIDES)}
                for ground in themes.grounds(self._shelf.connection, theme.id):
                    title = self._title(path, ground.side)
                    if ground.coding:
                        self._of_coding[ground.coding].append(title)
                    elif ground.code in book.codes:
                        for code in given_for(book, [ground.code]):
                            self._of_code[code].append(title)
        return order

    @staticmethod
    def _title(path: str, side: str) -> str:
        return path if side == FOR else against(path)

    def of(self, passage: Passage) -> Sequence[str]:
        """Return the headings of a passage."""
        return tuple(dict.fromkeys(self._titles(passage))) or (self.rest,)

    def _titles(self, passage: Passage) -> Iterator[str]:
        if self._by == CODE:
            yield passage.segment.code
        elif self._by == CASE:
            yield from (case.name for case in passage.cases)
        elif self._by == THEME:
            coding = passage.segment.coding
            found = {*self._of_coding[coding.id], *self._of_code[coding.code]}
            yield from sorted(found, key=lambda one: self._order[one])
        elif self._attribute:
            for case in passage.cases:
                values = case.values.get(self._attribute, ())
                yield from (f"{self._attribute}: {cited_value}" for cited_value in (
                    (cited(case, self._attribute),) if len(values) == 1 else values))  # fmt: skip

    def order(self) -> Mapping[str, int]:
        """Return the headings that have an order of their own."""
        if self._by == CODE:
            book = self._shelf.book
            return {book.path(code.id): number for number, code in enumerate(book)}
        return self._order
