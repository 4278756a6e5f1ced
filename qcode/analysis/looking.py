"""Which codes were looked for where: what was not looked for is not absent.

A code was looked for in a document if the coder whose coding counts there had it, in its present
meaning, when he finished the document, else at his last coding there. A merged code was looked
for if any part was, a case if any of its interviews was.

Codes that are counted as one, such as a code with those below it, were looked for where any of them
was, and stand there where any of them stands, whatever it meant then: what was split off or came
later takes nothing away.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cache

from qcode.analysis.layer import Layer, named, shortened
from qcode.language import _, counted
from qcode.model.codebook import Codebook

Places = Mapping[str, frozenset[str]]
"""Ids of documents by code, the end of its chain of merges."""
_NOWHERE: frozenset[str] = frozenset()


def looked_for(book: Codebook, seen: Mapping[str, Mapping[str, str]]) -> Places:
    """Return in which documents each code was looked for.

    ``seen`` gives, by document, the codes that its coder had and what each meant to him.
    """
    # Coders finish many documents with one state of the codebook, which is then one object.
    states: dict[int, list[str]] = defaultdict(list)
    state_of: dict[int, Mapping[str, str]] = {}
    for document, state in seen.items():
        states[id(state)].append(document)
        state_of[id(state)] = state
    found: dict[str, list[int]] = defaultdict(list)
    for key, state in state_of.items():
        for code in {
            book.end(code) for code, meaning in state.items()
            if code in book.codes and book[code].meaning == meaning
        }:  # fmt: skip
            found[code].append(key)

    @cache
    def places(keys: tuple[int, ...]) -> frozenset[str]:
        return frozenset().union(*(states[key] for key in keys))

    return {code: places(tuple(keys)) for code, keys in found.items()}


@dataclass(frozen=True, slots=True)
class Found:
    """Where one code was looked for and, of that, where it stands, by kind of document.

    ``cases`` and ``cases_looked`` hold ids of the cases of one kind.
    """

    documents: Mapping[str, frozenset[str]]
    documents_looked: Mapping[str, frozenset[str]]
    cases: frozenset[str]
    cases_looked: frozenset[str]

    @property
    def everywhere(self) -> frozenset[str]:
        """All documents in which it was looked for."""
        return frozenset().union(*self.documents_looked.values())


KINDS = {"interview": "interview", "focus group": "interview"}
"""Kinds of document that are counted as one; the others as themselves."""


class Joint:
    """Counts codes of a layer as one, over the cases of one kind.

    ``looked`` tells where each code itself was looked for.
    """

    def __init__(self, layer: Layer, kind: str) -> None:
        self.layer = layer
        kinds = {one.id: KINDS.get(one.kind, one.kind) for one in layer.documents}
        self.looked = looked_for(layer.book, {
            document: state for document, state in layer.seen.items() if document in kinds
        })  # fmt: skip
        self._cases = {case.id for case in layer.of_kind(kind)}
        self._members: dict[str, set[str]] = defaultdict(set)
        for document, of in kinds.items():
            self._members[of].add(document)
        self._takers: dict[str, set[str]] = defaultdict(set)
        for part in layer.parts:
            if part.case in self._cases and part.document in self._members["interview"]:
                self._takers[part.document].add(part.case)
        self._same: dict[frozenset[str], frozenset[str]] = {}
        self._heard: dict[tuple[str, frozenset[str]], set[str]] = {}

    def searched(self, codes: Iterable[str]) -> frozenset[str]:
        """Return the documents in which any of some codes was looked for; equal sets are one."""
        every = {self.looked.get(code, _NOWHERE) for code in codes}
        found = every.pop() if len(every) == 1 else frozenset().union(*every)
        return self._same.setdefault(found, found)

    def found(self, codes: Collection[str], further: Iterable[str] = ()) -> Found:
        """Return where some codes were looked for, or ``further`` ones, and where any stands."""
        everywhere = self.searched((*codes, *further))
        standing: set[str] = set()
        speaking: set[str] = set()
        for code in codes:
            standing.update(self.layer.standing.get(code, ()))
            speaking |= self._speaking(code, everywhere)
        return Found(
            self._by_kind(standing & everywhere),
            self._by_kind(everywhere),
            frozenset(speaking),
            frozenset().union(*(self._takers.get(document, ()) for document in everywhere)),
        )

    def _speaking(self, code: str, everywhere: frozenset[str]) -> set[str]:
        if (known := self._heard.get((code, everywhere))) is None:
            heard = everywhere & self._members["interview"]
            pairs = self.layer.speaking.get(code, ())
            known = {case for document, case in pairs if document in heard} & self._cases
            self._heard[code, everywhere] = known
        return known

    def _by_kind(self, documents: AbstractSet[str]) -> dict[str, frozenset[str]]:
        return {kind: frozenset(some) for kind, those in self._members.items()
                if (some := documents & those)}  # fmt: skip


@dataclass(frozen=True)
class Presence:
    """Where every code of a layer was looked for and found, with the codes below it.

    ``unlooked`` lists codes that stand, themselves, in documents that were not looked through for
    them, nor for one below: these make no share.
    """

    by_code: Mapping[str, Found]
    unlooked: Places
    joint: Joint


def presence(layer: Layer, kind: str) -> Presence:
    """Return where each code of a layer was looked for and found, over the cases of one kind."""
    joint = Joint(layer, kind)
    found, unlooked = {}, {}
    for code in layer.book.codes:
        if layer.book.end(code) != code:
            continue
        family = layer.book.below(code)
        found[code] = joint.found(family)
        if stray := layer.standing.get(code, {}).keys() - joint.searched(family):
            unlooked[code] = frozenset(stray)
    return Presence(found, unlooked, joint)


def gaps(layer: Layer, places: Presence, codes: Collection[str]) -> tuple[str, ...]:
    """Return sentences about which interviews were not looked through for which of these codes.

    Documents that nobody coded yet are not named here, and codes that were looked for nowhere.
    """
    stray = (code for code in codes if places.unlooked.get(code))
    return (*undone(layer, places, codes), *strays(layer, stray))


def undone(layer: Layer, places: Presence, codes: Collection[str]) -> tuple[str, ...]:
    """Return a sentence about the interviews that were done before some of these codes existed."""
    spoken = [one for one in layer.spoken() if one.id in layer.coders]
    everywhere = frozenset(one.id for one in spoken)
    lacking_of = cache(everywhere.difference)
    missing: dict[frozenset[str], list[str]] = defaultdict(list)
    for code in codes:
        if lacking := lacking_of(places.by_code[code].documents_looked.get("interview", _NOWHERE)):
            missing[lacking].append(layer.book[code].name)
    if not missing:
        return ()
    groups = [
        counted("{{names}} ({n} interview): {{codes}}", "{{names}} ({n} interviews): {{codes}}",
                len(lacking)).format(names=named(one for one in spoken if one.id in lacking),
                                     codes=shortened(names))
        for lacking, names in missing.items()
    ]  # fmt: skip
    told = _("· done before these existed in their present meaning: {interviews}")
    return (told.format(interviews="; ".join(groups)),)


def strays(layer: Layer, codes: Iterable[str]) -> tuple[str, ...]:
    """Return a sentence about codes that stand where nobody looked for them, if there are any."""
    stray = [layer.book[code].name for code in codes]
    if not stray:
        return ()
    return (_("also given in documents not looked through for it, where it is not counted until "
              "they are finished again: {codes}").format(codes=shortened(stray)),)  # fmt: skip
