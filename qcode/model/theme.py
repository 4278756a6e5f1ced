"""Themes: claims in a sentence, what speaks for and against them, and what sources say of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

STATUSES = ("candidate", "reviewed", "settled", "dropped")
"""How far a theme is; one that was dropped is listed, and counts nowhere."""
SETTLED = "settled"
DROPPED = "dropped"
FOR, AGAINST = SIDES = ("for", "against")
VERDICTS = ("contradicts", "partly", "agrees", "silent", "not applicable")
"""What a group of sources says of a theme or code, the most telling first."""


@dataclass(frozen=True, slots=True)
class Theme:
    """A claim: its short name, the ``statement`` in a sentence, how far it is, and a memo.

    ``parent`` is the id of the theme it is a part of, or nothing.
    """

    id: str
    name: str
    statement: str = ""
    status: str = STATUSES[0]
    memo: str = ""
    parent: str = ""
    position: int = 0
    maker: str = ""
    made: int = 0


@dataclass(frozen=True, slots=True)
class Ground:
    """Why a theme is held, or doubted: a code with those below it, or one coding."""

    id: str
    theme: str
    side: str
    code: str = ""
    coding: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class Appraisal:
    """What somebody holds that a group of sources says of a theme or of a code.

    ``by`` is the attribute of the informants that makes the groups, or nothing where it is the
    kind of source; ``group`` is a value of that attribute, or a kind of document.
    """

    id: str
    by: str
    group: str
    verdict: str
    theme: str = ""
    code: str = ""
    memo: str = ""
    coder: str = ""


class Themes:
    """All themes as a tree; a loop that two copies made is cut above the theme made last in it."""

    def __init__(self, themes: Iterable[Theme]) -> None:
        ordered = sorted(themes, key=lambda one: (one.position, one.name.casefold(), one.id))
        self.by_id: Mapping[str, Theme] = {one.id: one for one in ordered}
        self._parents = _unlooped({one.id: one.parent for one in ordered
                                   if one.parent in self.by_id})  # fmt: skip
        self._children: dict[str, list[Theme]] = {}
        for one in ordered:
            self._children.setdefault(self.parent(one.id), []).append(one)

    def __iter__(self) -> Iterator[Theme]:
        return (theme for theme, _depth in self.walk())

    def __len__(self) -> int:
        return len(self.by_id)

    def __getitem__(self, id: str) -> Theme:
        return self.by_id[id]

    def parent(self, id: str) -> str:
        """Return the theme above one, or nothing."""
        return self._parents.get(id, "")

    def children(self, id: str = "") -> tuple[Theme, ...]:
        """Return the themes right below one, or those at the top."""
        return tuple(self._children.get(id, ()))

    def walk(self, id: str = "", depth: int = 0) -> Iterator[tuple[Theme, int]]:
        """Yield the themes below one, each before its own sub-themes, with how deep it lies."""
        for one in self.children(id):
            yield one, depth
            yield from self.walk(one.id, depth + 1)

    def counted(self, id: str) -> tuple[Theme, ...]:
        """Return a theme with all below it that count for it: what was dropped does not."""
        found = [self[id]]
        for one in self.children(id):
            if one.status != DROPPED:
                found += self.counted(one.id)
        return tuple(found)

    def line(self, id: str) -> tuple[Theme, ...]:
        """Return a theme after all that lie above it, the topmost first."""
        above = self.parent(id)
        return (*(self.line(above) if above else ()), self[id])

    def path(self, id: str) -> str:
        """Return the names from the top down to a theme."""
        return " > ".join(one.name for one in self.line(id))


def _unlooped(parents: dict[str, str]) -> Mapping[str, str]:
    for start in sorted(parents):
        line = [start]
        while (above := parents.get(line[-1], "")) and above not in line:
            line.append(above)
        if above:
            # Ids that are minted are in order of time.
            del parents[max(line[line.index(above):])]  # fmt: skip
    return parents
