"""Excerpts under headings: by code, theme, case, or an attribute of the cases."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from qcode.analysis.referring import cited
from qcode.language import _
from qcode.model.excerpt import CASE, CODE, THEME, Excerpt, Group
from qcode.store.project import Reader
from qcode.workflows.choosing import attribute_named
from qcode.workflows.retrieving import Passage, Shelf

_WORDS = (CODE, THEME, CASE)


def attribute_told(connection: Reader, group: str) -> tuple[str, ...]:
    """Return the attribute whose values stand in the headings, if any."""
    if not group or group.casefold() in _WORDS:
        return ()
    return (attribute_named(connection, group).name,)


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
            else _("of no case") if self._by == CASE else _("in no theme")
        )  # fmt: skip

    def of(self, passage: Passage) -> Sequence[str]:
        """Return the headings of a passage."""
        return tuple(dict.fromkeys(self._titles(passage))) or (self.rest,)

    def _titles(self, passage: Passage) -> Iterator[str]:
        if self._by == CODE:
            yield passage.segment.code
        elif self._by == CASE:
            yield from (case.name for case in passage.cases)
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
        return {}
