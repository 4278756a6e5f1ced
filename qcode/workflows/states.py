"""A codebook on its way in with its history: from state to state, each change with its reason."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import replace
from itertools import pairwise
from typing import Any

from qcode.formats.folder import ENDINGS, PlainChange, PlainProject, PlainState
from qcode.model.codebook import Code, Codebook
from qcode.store import codebook
from qcode.store.codebook import Amendment
from qcode.store.project import Step
from qcode.workflows import codebooks
from qcode.workflows.codebooks import Taken

Finish = Callable[[str, AbstractSet[str]], None]
"""Marks the documents of one version as finished, with the codes (by id) that were looked for."""

_CLEARED: Mapping[str, Any] = {"alias": []}


def take(step: Step, project: PlainProject, finish: Finish) -> Taken:
    """Store the codebook of a project, through its earlier states where none of it is known yet.

    ``finish`` is called for every earlier version as soon as its codes stand. A project that has
    some of the codes keeps its own history, and is told what was looked for all the same.
    """
    states, book = project.states, codebook.read(step.connection)
    if any(code.id in book.codes for state in states for code in state.codes) or not states:
        taken = codebooks.take(step, project.codebook.codes)
        for at, state in enumerate(states[:-1]):
            finish(state.version, _still(states[at:]))
        return taken
    return _replayed(step, states, book, finish)


def _replayed(step: Step, states: tuple[PlainState, ...], book: Codebook, finish: Finish) -> Taken:
    first = codebook.next_position(book, "")
    for state in states:
        codebooks.refuse_twins(book, state.codes, update=False)
    begun = [Amendment(code.id, codebook.fields(code), new=True)
             for code in _placed(states[0], first)]  # fmt: skip
    codebook.amend(step, begun)
    for old, new in pairwise(states):
        finish(old.version, {code.id for code in old.codes})
        codebook.amend(step, _Advance(step, old, new, first))
    return Taken(len(states[-1].codes), 0, 0)


def _placed(state: PlainState, first: int) -> list[Code]:
    """Return the codes of a state, those at the top behind what the project has there."""
    return [
        code if code.parent else replace(code, position=first + code.position)
        for code in state.codes
    ]


def _still(states: Iterable[PlainState]) -> frozenset[str]:
    """Return the codes of the first state that have kept their meaning, and what they count for.

    A code that went and came back is a new one.
    """
    first, *later = states
    had = {code.id for code in first.codes}
    for old, new in pairwise((first, *later)):
        before, after = _ids(old), _ids(new)
        kept = had - (set(after.values()) - set(before.values()))
        for change in new.changes:
            if change.verb == "merge" and before[change.code] in had:
                kept.add(after[change.into[0]])
            elif change.verb == "new meaning":
                kept.discard(before[change.code])
        had = kept
    return frozenset(had)


def _ids(state: PlainState) -> Mapping[str, str]:
    tree = Codebook(state.codes)
    return {tree.path(code.id): code.id for code in state.codes}


class _Advance:
    """What has to be written so that one state becomes the next."""

    def __init__(self, step: Step, old: PlainState, new: PlainState, first: int) -> None:
        self.step = step
        self.changes = [(change, _reason(new.version, change)) for change in new.changes]
        self.before, self.after = _ids(old), _ids(new)
        self.old = {code.id: code for code in _placed(old, first)}
        self.new = {code.id: code for code in _placed(new, first)}

    def __iter__(self) -> Iterator[Amendment]:
        """Yield new codes, parents first, then what stays and changes, then what goes."""
        born = {
            self.after[path]: reason
            for change, reason in self.changes
            if change.verb in ("add", "split")
            for path in change.into
        }
        for id, code in self.new.items():
            if id not in self.old:
                values = {**codebook.fields(code), "retired": 0, "merged_into": ""}
                yield Amendment(id, values, born.get(id, ""), new=True)
        # Parents come first here, so that no move passes through a loop, which would be dropped.
        for id in self.new:
            if id in self.old:
                yield from self._changed(id)
        for change, reason in self.changes:
            if change.verb in ENDINGS:
                into = self.after[change.into[0]] if change.verb == "merge" else ""
                values = {"merged_into": into} if into else {"retired": 1}
                yield Amendment(self.before[change.code], values, reason)

    def _changed(self, id: str) -> Iterator[Amendment]:
        """Yield one amendment for each row about a code that stays, and one for the rest."""
        have, wanted = codebook.fields(self.old[id]), codebook.fields(self.new[id])
        rest = {
            name: wanted.get(name, 0 if name == "position" else _CLEARED.get(name, ""))
            for name in have.keys() | wanted.keys()
            if have.get(name) != wanted.get(name)
        }
        for change, reason in self.changes:
            if self.before.get(change.code) != id or change.verb in ENDINGS:
                continue
            if change.verb == "new meaning":
                yield Amendment(id, {"meaning": self.step.mint()}, reason)
            else:
                names = ("name",) if change.verb == "rename" else ("parent", "position")
                yield Amendment(
                    id, {name: rest.pop(name) for name in names if name in rest}, reason
                )
        if rest:
            yield Amendment(id, rest)


def _reason(version: str, change: PlainChange) -> str:
    """Return why a code was changed, with the version and the day on which that was settled."""
    head = f"{version}, {change.date}" if change.date else version
    return f"{head}: {change.reason}" if change.reason else head
