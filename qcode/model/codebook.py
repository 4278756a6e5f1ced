"""Codes and the tree they form."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from qcode.errors import BadInput, NotFound
from qcode.language import _
from qcode.model import naming

MAX_NAME = 200
LAST = 1_000_000
"""The position of a code that stays behind its siblings."""
UNSORTED = "unsorted"
"""Name of the code under which those made while reading wait until they are put in order."""
_COLOR = re.compile(r"#[0-9a-fA-F]{6}")


@dataclass(frozen=True, slots=True)
class Code:
    """A label with what it stands for; ``parent`` and ``merged_into`` are ids or empty.

    ``meaning`` is renewed when a code is created, split, or given another meaning: a document
    finished before that was not looked through for it.
    """

    id: str
    name: str
    parent: str = ""
    merged_into: str = ""
    position: int = 0
    retired: bool = False
    meaning: str = ""
    labels: Mapping[str, str] = field(default_factory=dict)
    """Label by language, such as ``id`` and ``en``."""
    aliases: tuple[str, ...] = ()
    definition: str = ""
    include: str = ""
    exclude: str = ""
    example: str = ""
    color: str = ""
    basis: str = ""
    round: str = ""
    """The round in which it was proposed; empty for a code of everyone."""

    def __post_init__(self) -> None:
        checked_name(self.name)
        if self.color and not _COLOR.fullmatch(self.color):
            raise BadInput(_("a colour is written #rrggbb, not “{color}”").format(color=self.color))

    def label(self, language: str) -> str:
        """Return the label in a language, else the name."""
        return self.labels.get(language) or self.name


def checked_name(name: str) -> str:
    """Return the name of a code, or refuse it: a path is written with ``/`` between names."""
    if not name.strip() or name != name.strip():
        raise BadInput(_("a code needs a name without blanks around it"))
    if "/" in name or "\n" in name or "\t" in name:
        raise BadInput(_("the name of a code holds no “/”, tab or line break"))
    if len(name) > MAX_NAME:
        raise BadInput(_("the name of a code has at most {most} characters").format(most=MAX_NAME))
    return name


class Codebook:
    """The codes of a project as a tree in order; retired and merged codes are known but not shown.

    A code below a merged one is shown below the code that one was merged into.
    """

    def __init__(self, codes: Iterable[Code]) -> None:
        self.codes: Mapping[str, Code] = {code.id: code for code in codes}

    def __iter__(self) -> Iterator[Code]:
        """Yield the offered codes from the root down, siblings by position and name."""
        for code, _depth in self.walk():
            yield code

    def __len__(self) -> int:
        return sum(self.offered(code) for code in self.codes.values())

    def __getitem__(self, id: str) -> Code:
        return self.codes[id]

    def offered(self, code: Code) -> bool:
        """Tell whether a coder may still give this code."""
        return not code.retired and self.end(code.id) == code.id

    def end(self, id: str) -> str:
        """Return what a code counts for: the end of its chain of merges."""
        seen = {id}
        while (onward := self.codes[id].merged_into) and onward in self.codes:
            if onward in seen:
                break
            seen.add(onward)
            id = onward
        return id

    def parent(self, id: str) -> str:
        """Return the code that ``id`` is shown under, or empty for the top of the tree."""
        return self._parents[id]

    @cached_property
    def _parents(self) -> dict[str, str]:
        """What each code is shown under.

        Parents and merges are trees each, but together they may close a loop (a code below one
        that was merged into a code below it): then the next code above is taken.
        """
        raw = {code.id: code.parent for code in self.codes.values()}
        shown: dict[str, str] = {}
        for id in sorted(self.codes):
            above = (self.end(one) for one in _line(raw[id], raw) if one in raw)
            shown[id] = next((one for one in above if id not in _line(one, shown)), "")
        return shown

    @cached_property
    def _children(self) -> dict[str, list[Code]]:
        children: dict[str, list[Code]] = {}
        for code in self.codes.values():
            if self.end(code.id) == code.id:
                children.setdefault(self._parents[code.id], []).append(code)
        for siblings in children.values():
            siblings.sort(key=lambda code: (code.position, code.name.casefold(), code.id))
        return children

    def children(self, id: str = "") -> tuple[Code, ...]:
        """Return the codes right below one (below nothing: the top), retired ones included."""
        return tuple(self._children.get(id, ()))

    def walk(self, *, retired: bool = False) -> Iterator[tuple[Code, int]]:
        """Yield each code with its depth, parents first; a retired code only if asked for."""
        waiting = [(code, 0) for code in reversed(self.children())]
        while waiting:
            code, depth = waiting.pop()
            if retired or not code.retired:
                yield code, depth
            deeper = depth if code.retired and not retired else depth + 1
            waiting += [(below, deeper) for below in reversed(self.children(code.id))]

    def below(self, id: str) -> frozenset[str]:
        """Return a code and every code under it, by id."""
        found = {id}
        waiting = [id]
        while waiting:
            for code in self.children(waiting.pop()):
                found.add(code.id)
                waiting.append(code.id)
        return frozenset(found)

    def chain(self, id: str) -> frozenset[str]:
        """Return every code that counts for ``id``: itself and what was merged into it."""
        return self._chains.get(id, frozenset({id}))

    @cached_property
    def _chains(self) -> dict[str, frozenset[str]]:
        chains: dict[str, set[str]] = {}
        for id in self.codes:
            chains.setdefault(self.end(id), set()).add(id)
        return {end: frozenset(ids) for end, ids in chains.items()}

    def path(self, id: str) -> str:
        """Return the names from the top down to a code, joined by ``/``."""
        names = [self.codes[id].name]
        seen = {id}
        while (id := self._parents[id]) and id not in seen:
            seen.add(id)
            names.append(self.codes[id].name)
        return "/".join(reversed(names))

    def find(self, typed: str, *, retired: bool = False) -> Code:
        """Return the code that was typed: a path, a name, a label, an alias, or a clear beginning.

        Raises NotFound with the nearest names, and BadInput where several codes are meant.
        """
        wanted = _folded(typed)
        for names in (self._by_path, self._by_name):
            found = [c for c in names.get(wanted, ()) if retired or self.offered(c)]
            if found:
                return self._only(typed, found)
        begun = {
            code.id: code
            for name, codes in self._by_name.items()
            if wanted and name.startswith(wanted)
            for code in codes
            if retired or self.offered(code)
        }
        found = list(begun.values()) or self._begun_path(wanted, retired=retired)
        if found:
            return self._only(typed, found)
        raise NotFound(self._unknown(typed))

    def _begun_path(self, wanted: str, *, retired: bool) -> list[Code]:
        """Return the codes whose path has as many names, each with the beginning that was typed."""
        parts = wanted.split(" / ")
        return [
            code
            for path, codes in (self._by_path.items() if len(parts) > 1 else ())
            for names in [path.split(" / ")]
            if len(names) == len(parts) and all(map(str.startswith, names, parts))
            for code in codes
            if retired or self.offered(code)
        ]

    def nearest(self, typed: str, most: int = 3) -> tuple[Code, ...]:
        """Return the offered codes whose name, label or alias looks most like ``typed``."""
        names = [name for name, codes in self._by_name.items() if any(map(self.offered, codes))]
        codes = {
            code.id: code
            for name in naming.nearest(_folded(typed), names, most * 3)
            for code in self._by_name[name]
            if self.offered(code)
        }
        return tuple(codes.values())[:most]

    def _unknown(self, typed: str) -> str:
        wanted = _folded(typed)
        for code in (*self._by_path.get(wanted, ()), *self._by_name.get(wanted, ())):
            if (end := self.end(code.id)) != code.id:
                return _("the code “{typed}” was merged into {path}").format(
                    typed=typed, path=self.path(end)
                )
            return _("the code “{typed}” is retired; `qcode codebook restore` offers it "
                     "again").format(typed=typed)  # fmt: skip
        near = [self.path(code.id) for code in self.nearest(typed)]
        if near:
            return _("no code “{typed}”; the nearest are: {near}").format(
                typed=typed, near="; ".join(near)
            )
        return _("no code “{typed}”; `qcode codebook show` lists them").format(typed=typed)

    def _only(self, typed: str, found: list[Code]) -> Code:
        if len({code.id for code in found}) > 1:
            paths = "; ".join(self.path(code.id) for code in found[:5])
            raise BadInput(
                _("“{typed}” may mean several codes; write one of: {paths}").format(
                    typed=typed, paths=paths
                )
            )
        return found[0]

    @cached_property
    def _by_path(self) -> dict[str, list[Code]]:
        paths: dict[str, list[Code]] = {}
        for code in self.codes.values():
            paths.setdefault(_folded(self.path(code.id)), []).append(code)
        return paths

    @cached_property
    def _by_name(self) -> dict[str, list[Code]]:
        names: dict[str, list[Code]] = {}
        for code in self.codes.values():
            for name in {_folded(n) for n in (code.name, *code.labels.values(), *code.aliases)}:
                names.setdefault(name, []).append(code)
        return names


def _line(id: str, parents: Mapping[str, str]) -> list[str]:
    """Return a code and those above it; it ends where it would come back to one of them."""
    line: list[str] = []
    while id and id not in line:
        line.append(id)
        id = parents.get(id, "")
    return line


def _folded(name: str) -> str:
    return " ".join(name.casefold().replace("/", " / ").split())
