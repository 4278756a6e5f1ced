"""Which codes were looked for where: what was not looked for is not absent.

A code was looked for in a document if the coder whose coding counts there had it, in its present
meaning, when he finished the document, else at his last coding there. A merged code was looked
for if any part was, a case if any of its interviews was.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from qcode.analysis.layer import Layer, named, shortened
from qcode.language import _, counted
from qcode.model.codebook import Codebook

Places = Mapping[str, frozenset[str]]
"""Ids of documents by code, the end of its chain of merges."""


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
    found: dict[str, set[str]] = defaultdict(set)
    for key, documents in states.items():
        for code in {
            book.end(code) for code, meaning in state_of[key].items()
            if code in book.codes and book[code].meaning == meaning
        }:  # fmt: skip
            found[code].update(documents)
    return {code: frozenset(documents) for code, documents in found.items()}


@dataclass(frozen=True, slots=True)
class Found:
    """Where one code was looked for and, of that, where it stands, by kind of document.

    ``cases`` and ``cases_looked`` hold ids of the cases of one kind; with the codes below it,
    where a code stands if any of them does and was looked for if any of them was.
    """

    documents: Mapping[str, frozenset[str]]
    documents_looked: Mapping[str, frozenset[str]]
    cases: frozenset[str]
    cases_looked: frozenset[str]


@dataclass(frozen=True)
class Presence:
    """Where every code of a layer was looked for and found, with the codes below it.

    ``unlooked`` lists codes that stand, themselves, in documents that were not looked through for
    them: these make no share.
    """

    by_code: Mapping[str, Found]
    looked: Places
    unlooked: Places


KINDS = {"interview": "interview", "focus group": "interview"}
"""Kinds of document that are counted as one; the others as themselves."""


def presence(layer: Layer, kind: str) -> Presence:
    """Return where each code of a layer was looked for and found, over the cases of one kind."""
    kinds = {one.id: KINDS.get(one.kind, one.kind) for one in layer.documents}
    looked = looked_for(layer.book, {
        document: state for document, state in layer.seen.items() if document in kinds
    })  # fmt: skip
    cases = {case.id for case in layer.of_kind(kind)}
    members: dict[str, set[str]] = defaultdict(set)
    for document, of in kinds.items():
        members[of].add(document)
    takers: dict[str, set[str]] = defaultdict(set)
    for part in layer.parts:
        if part.case in cases and part.document in members["interview"]:
            takers[part.document].add(part.case)
    standing, speaking, unlooked = _own(layer, looked, kinds, cases)
    found = {}
    for code in layer.book.codes:
        if layer.book.end(code) != code:
            continue
        family = layer.book.below(code)
        everywhere = _joined(looked, family)
        found[code] = Found(
            _by_kind(_joined(standing, family), members),
            _by_kind(everywhere, members),
            frozenset(_joined(speaking, family)),
            frozenset(_joined(takers, everywhere)),
        )
    return Presence(found, looked, {code: frozenset(some) for code, some in unlooked.items()})


def _own(
    layer: Layer, looked: Places, kinds: Mapping[str, str], cases: set[str]
) -> tuple[dict[str, set[str]], dict[str, set[str]], dict[str, set[str]]]:
    """Return where each code itself stands, for which cases, and where it was not looked for."""
    spoken = {id for id, kind in kinds.items() if kind == "interview"}
    nowhere: frozenset[str] = frozenset()
    standing: dict[str, set[str]] = {}
    unlooked: dict[str, set[str]] = {}
    speaking: dict[str, set[str]] = {}
    for code, own in layer.standing.items():
        had = looked.get(code, nowhere)
        standing[code] = own.keys() & had
        if stray := own.keys() - had:
            unlooked[code] = stray
    for code, pairs in layer.speaking.items():
        heard = spoken & looked.get(code, nowhere)
        speaking[code] = {case for document, case in pairs if document in heard} & cases
    return standing, speaking, unlooked


def _joined(places: Mapping[str, Iterable[str]], codes: Iterable[str]) -> set[str]:
    joined: set[str] = set()
    for code in codes:
        joined.update(places.get(code, ()))
    return joined


def _by_kind(
    documents: AbstractSet[str], members: Mapping[str, AbstractSet[str]]
) -> dict[str, frozenset[str]]:  # fmt: skip
    return {kind: frozenset(some) for kind, those in members.items() if (some := documents & those)}


def gaps(layer: Layer, places: Presence, codes: Iterable[str]) -> tuple[str, ...]:
    """Return sentences about which interviews were not looked through for which of these codes.

    Documents that nobody coded yet are not named here, and codes that were looked for nowhere.
    """
    spoken = [one for one in layer.spoken() if one.id in layer.coders]
    everywhere = frozenset(one.id for one in spoken)
    missing: dict[frozenset[str], list[str]] = defaultdict(list)
    for code in codes:
        done = places.by_code[code].documents_looked.get("interview", frozenset())
        if lacking := everywhere - done:
            missing[lacking].append(layer.book[code].name)
    said = [
        counted("· {{names}} ({n} interview) was done before this existed in its present meaning: "
                "{{codes}}",
                "· {{names}} ({n} interviews) were done before this existed in its present "
                "meaning: {{codes}}", len(lacking),
                ).format(names=named(one for one in spoken if one.id in lacking),
                         codes=shortened(names))
        for lacking, names in missing.items()
    ]  # fmt: skip
    stray = [layer.book[code].name for code in codes if places.unlooked.get(code)]
    if stray:
        said.append(
            _("also given in documents not looked through for it, which makes no share there "
              "until they are finished again: {codes}").format(codes=shortened(stray))
        )  # fmt: skip
    return tuple(said)
