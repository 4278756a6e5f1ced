"""What changed in what a theme rests on since it was settled, as the log tells it."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import replace

from qcode.analysis.themes import Claims, family
from qcode.language import _, counted
from qcode.model.table import Table
from qcode.model.theme import SIDES
from qcode.store import theme_changes
from qcode.store.project import Reader


def changed(connection: Reader, of: Claims) -> Mapping[str, str]:
    """Return what was done since to what settled themes rest on, in words, by theme."""
    clocks = {id: at for id, at in theme_changes.settled(connection).items()
              if id in of.themes.by_id}  # fmt: skip
    if not clocks:
        return {}
    changes = _Changes(connection, of, min(clocks.values()))
    told = {one.id: changes.told(one.id, clocks[one.id]) for one in of.themes if one.id in clocks}
    return {id: text for id, text in told.items() if text}


def noted(of: Claims, table: Table, changes: Mapping[str, str]) -> Table:
    """Return a table of themes that says which changed since they were settled."""
    said = [f"{of.themes[id].name} ({text})" for id, text in changes.items()]
    if not said:
        return table
    note = _("changed since they were settled: {themes}").format(themes="; ".join(said))
    return replace(table, notes=(*table.notes, note))


def told(connection: Reader, of: Claims, theme: str) -> tuple[str, ...]:
    """Return the sentence that says so of one theme, if it is settled and something changed."""
    text = changed(connection, of).get(theme)
    return (since(text),) if text else ()


def since(what: str) -> str:
    """Return the sentence that says of a theme what was done since it was settled."""
    return _("changed since it was settled: {what}").format(what=what)


class _Changes:
    def __init__(self, connection: Reader, of: Claims, since: int) -> None:
        self.connection, self.claims = connection, of
        self.moved = [one for one in theme_changes.moved(connection) if one.clock > since]
        self.grounds = theme_changes.grounded(connection, since)
        self.recoded = theme_changes.recoded(connection, since)

    def told(self, theme: str, clock: int) -> str:
        """Return what was done to the grounds of a theme since then; nothing if nothing was."""
        parts = {one.id for one in self.claims.themes.counted(theme)}
        reaches = [self.claims.reach(theme, side) for side in SIDES]
        codes = frozenset().union(*(family(one, self.claims.layer.book) for one in reaches))
        chosen = frozenset().union(*(one.codings for one in reaches))
        counting = [id for id in self.claims.layer.book.codes if self._end(id) in codes]
        own = {one.code for one in self.claims.grounds if one.theme in parts and one.code}
        merged, put = self._moved(codes, own, clock)
        grounds = {row for at, row, of in self.grounds if at > clock and of in parts}
        given = theme_changes.coded(self.connection, clock, counting, chosen)
        given += len(self._taken(codes, clock) - chosen)
        return ", ".join(
            text for number, text in (
                (merged, counted("{n} code merged or unmerged", "{n} codes merged or unmerged", merged)),
                (put, counted("{n} code put elsewhere", "{n} codes put elsewhere", put)),
                (len(grounds), counted("{n} ground put or taken", "{n} grounds put or taken",
                                       len(grounds))),
                (given, counted("{n} coding given or taken", "{n} codings given or taken", given)),
            ) if number
        )  # fmt: skip

    def _taken(self, codes: frozenset[str], clock: int) -> set[str]:
        """Return the codings that had one of some codes and have none of them now."""
        return {
            coding for at, coding, old, now in self.recoded
            if at > clock and self._end(old) in codes and self._end(now) not in codes
        }  # fmt: skip

    def _moved(
        self, codes: frozenset[str], grounds: AbstractSet[str], clock: int
    ) -> tuple[int, int]:  # fmt: skip
        """Return how many codes were merged, and how many put elsewhere, into these or out of them.

        ``grounds`` are the codes that are put under the theme themselves, as they were put there.
        """
        book, merged, put = self.claims.layer.book, set[str](), set[str]()
        for one in self.moved:
            if one.clock <= clock or one.code not in book.codes:
                continue
            if not one.merged:
                gone, come = self._end(one.old) in codes, self._end(one.new) in codes
                if one.code not in grounds and gone is not come:
                    put.add(one.code)
                continue
            mine = self._end(book[one.code].parent) in codes
            others = [self._end(code) in codes for code in (one.old, one.new) if code]
            if one.code in grounds or any(other is not mine for other in others):
                merged.add(one.code)
        return len(merged), len(put)

    def _end(self, code: str) -> str:
        book = self.claims.layer.book
        return book.end(code) if code in book.codes else code
