"""What tables are computed from: of each document the one coding that counts, and who is in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from qcode.language import _, counted
from qcode.model.bound import Bound
from qcode.model.case import INFORMANT, Case, Participation
from qcode.model.codebook import Codebook
from qcode.model.document import Document
from qcode.model.filter import Filter
from qcode.model.tally import Speaking, Standing, Tally, by_code

SPOKEN = ("interview", "focus group")
"""Kinds of document in which informants are counted; the others are counted apart."""

_NAMES_SHOWN = 8


@dataclass(frozen=True)
class Layer:
    """The analysis layer with all that a table asks of it; what is retired is not in it.

    ``coders`` gives the name of the coder whose coding counts for each document that was coded,
    ``seen`` the codes he had there with what they meant, ``finished`` the documents that he marked
    finished. ``unsettled`` counts the layer's codings that do not fit (see coding.FITS), by document
    and fit.
    """

    book: Codebook
    documents: tuple[Document, ...]
    cases: tuple[Case, ...]
    parts: tuple[Participation, ...]
    tallies: Sequence[Tally]
    coders: Mapping[str, str]
    seen: Mapping[str, Mapping[str, str]]
    finished: frozenset[str]
    unsettled: Mapping[tuple[str, str], int] = field(default_factory=dict)
    notice: str = ""
    chosen: tuple[str, ...] = ()
    """What is said of the passages that are counted, where not all are."""
    consensus: bool = False
    """Whether it is that of what coders settled on, alone."""
    unasked: tuple[Case, ...] = ()
    """The informants whom nobody asked the question that a table is of."""
    others: Sequence[Tally] = ()
    """Those, in the same documents, of cases that a filter left out."""
    shared: tuple[Document, ...] = ()
    """The interviews in which such cases have turns of their own."""
    left: tuple[Document, ...] = ()
    """The interviews, in nothing else here, of which every participant is retired."""
    closed: frozenset[str] = frozenset()
    """The documents in which some words are not to be used."""
    emptied: str = ""
    """Why a filter leaves no document, in a sentence."""
    unchosen: tuple[Participation, ...] = ()
    """The parts, in the same documents, of informants whom a filter left out."""
    strange: frozenset[str] = frozenset()
    """Ids of documents, here or elsewhere, in which somebody unknown speaks who is no case."""
    everyone: tuple[Participation, ...] = ()
    """All parts, what a filter left out or is retired too: whose the words of each turn are."""

    @cached_property
    def standing(self) -> Standing:
        """Passages and words of each code itself, by document."""
        return self._by_code[0]

    @cached_property
    def speaking(self) -> Speaking:
        """The documents and cases of each code itself."""
        return self._by_code[1]

    @cached_property
    def _by_code(self) -> tuple[Standing, Speaking]:
        # Every table goes through all of them: once.
        return by_code(self.tallies)

    def spoken(self) -> tuple[Document, ...]:
        """Return the interviews and focus groups."""
        return tuple(document for document in self.documents if document.kind in SPOKEN)

    @cached_property
    def counted(self) -> frozenset[str]:
        """The documents whose passages and words are counted: interviews; all, if there are none."""
        return frozenset(one.id for one in self.spoken() or self.documents)

    def of_kind(self, kind: str) -> tuple[Case, ...]:
        """Return the cases of one kind that take part in an interview or focus group."""
        spoken = {one.id for one in self.spoken()}
        present = {part.case for part in self.parts if part.document in spoken}
        return tuple(
            case for case in self.cases
            if case.kind.casefold() == kind.casefold() and case.id in present
        )  # fmt: skip


def holds(case: Case, where: Iterable[tuple[str, str | Bound]]) -> bool:
    """Tell whether a case has these values: alternatives of one attribute, all attributes."""
    wanted: dict[str, set[str | Bound]] = {}
    for attribute, value in where:
        wanted.setdefault(attribute, set()).add(value)
    return all(
        not values.isdisjoint(case.values.get(attribute, ()))
        for attribute, values in wanted.items()
    )


def narrowed(layer: Layer, wanted: Filter) -> Layer:
    """Return the part of a layer that a filter leaves: documents and cases, not codes.

    Where cases are chosen, by name or attribute, documents without one of them are left out.
    """
    if not (wanted.documents or wanted.kinds or wanted.cases or wanted.where):
        return layer
    documents = _chosen(layer.documents, wanted)
    cases = layer.cases
    if wanted.cases or wanted.where:
        cases = tuple(
            case for case in cases
            if (not wanted.cases or case.id in wanted.cases) and holds(case, wanted.where)
        )  # fmt: skip
        chosen = {case.id for case in cases}
        inside = {part.document for part in layer.parts if part.case in chosen}
        documents = [document for document in documents if document.id in inside]
    emptied = _("no document has all of that: nothing is counted") if not documents else ""
    if (wanted.cases or wanted.where) and not cases:
        emptied = _("no case has all of that: nothing is counted")
    kept, left = {one.id for one in documents}, {case.id for case in cases} | {""}
    tallies = [one for one in layer.tallies if one.document in kept]
    people = {case.id for case in layer.cases if case.kind.casefold() == INFORMANT} - left
    mixed = {part.document for part in layer.parts if part.speaker and part.case not in left}
    return replace(
        layer,
        documents=tuple(documents),
        cases=cases,
        parts=tuple(part for part in layer.parts if part.document in kept and part.case in left),
        tallies=tuple(one for one in tallies if one.case in left),
        coders={id: name for id, name in layer.coders.items() if id in kept},
        unsettled={key: number for key, number in layer.unsettled.items() if key[0] in kept},
        others=tuple(one for one in tallies if one.case not in left),
        shared=tuple(one for one in documents if one.id in mixed and one.kind in SPOKEN),
        left=() if wanted.cases or wanted.where else tuple(_chosen(layer.left, wanted)),
        emptied=emptied,
        unchosen=tuple(
            part for part in layer.parts if part.document in kept and part.case in people
        ),
    )


def _chosen(some: Iterable[Document], wanted: Filter) -> list[Document]:
    return [
        one for one in some
        if (not wanted.documents or one.id in wanted.documents)
        and (not wanted.kinds or one.kind in wanted.kinds)
    ]  # fmt: skip


def said_of(layer: Layer, codes: Iterable[str] | None = None) -> tuple[str, ...]:
    """Return the sentences that qualify a table: whose coding, how far, what does not count.

    ``codes`` are those that its numbers rest on, where not all are.
    """
    notice = [layer.notice] if layer.notice else []
    of = layer.standing.keys() if codes is None else frozenset(codes)
    return (*notice, *layer.chosen, *_progress(layer), *_uncounted(layer), *_nobody(layer, of))


def _progress(layer: Layer) -> list[str]:
    if not layer.coders:
        return [layer.emptied or _("no document is coded yet")]
    coders = Counter(layer.coders[one.id] for one in layer.documents if one.id in layer.coders)
    by_coder = ", ".join(f"{name} {number}" for name, number in coders.most_common())
    said = [
        counted("analysis layer: {{coders}} document", "analysis layer: {{coders}} documents",
                sum(coders.values())).format(coders=by_coder)
    ]  # fmt: skip
    bare = [one for one in layer.documents if one.id not in layer.coders]
    if bare:
        told = (_("{k} of {n} documents have no consensus and are left out: {names}")
                if layer.consensus
                else _("{k} of {n} documents not coded yet: {names}"))  # fmt: skip
        said.append(told.format(k=len(bare), n=len(layer.documents), names=named(bare)))
    begun = [
        one for one in layer.documents if one.id in layer.coders and one.id not in layer.finished
    ]
    if begun:
        said.append(
            _("{k} of {n} documents coded but not marked finished: {names}").format(
                k=len(begun), n=len(layer.documents), names=named(begun)
            )
        )
    return said


def _uncounted(layer: Layer) -> list[str]:
    """Return sentences about what stands in the project but in no number, or for nobody."""
    said = []
    unfit: Counter[str] = Counter()
    for (_document, fit), number in layer.unsettled.items():
        unfit[fit] += number
    if lost := unfit["lost"]:
        said.append(
            counted("{n} coding needs a place and is not counted",
                    "{n} codings need a place and are not counted", lost)
        )  # fmt: skip
    if changed := unfit["changed"]:
        said.append(
            counted("{n} coding stands on words that were changed; it is counted",
                    "{n} codings stand on words that were changed; they are counted", changed)
        )  # fmt: skip
    if layer.left:
        said.append(
            counted("{n} interview is in no number: whoever took part in it was taken out",
                    "{n} interviews are in no number: whoever took part in them was taken out",
                    len(layer.left))
        )  # fmt: skip
    return [*said, *_strangers(layer)]


def _strangers(layer: Layer) -> list[str]:
    """Return sentences about interviews in which others speak than the informants that count."""
    said = []
    linked = {part.document for part in layer.parts}
    alone = [one for one in layer.spoken() if one.id in layer.coders and one.id not in linked]
    if alone:
        said.append(
            counted("{n} coded interview belongs to nobody: {{names}}",
                    "{n} coded interviews belong to nobody: {{names}}", len(alone)
                    ).format(names=named(alone))
        )  # fmt: skip
    strange = [one for one in layer.spoken() if one.id in layer.coders and one.id in layer.strange]
    if strange:
        said.append(
            counted("in {n} coded interview a speaker of unknown kind is counted as a participant: "
                    "{{names}}",
                    "in {n} coded interviews a speaker of unknown kind is counted as a "
                    "participant: {{names}}", len(strange)).format(names=named(strange))
        )  # fmt: skip
    if layer.shared:
        said.append(
            counted("in {n} interview others speak too, who were not chosen; its passages and words "
                    "are those of everybody: {{names}}",
                    "in {n} interviews others speak too, who were not chosen; their passages and "
                    "words are those of everybody: {{names}}", len(layer.shared)
                    ).format(names=named(layer.shared))
        )  # fmt: skip
    return said


def _nobody(layer: Layer, codes: Collection[str]) -> list[str]:
    """Return sentences about codes in interviews that make no informant, each with its places."""
    spoken = {one.id: one.name for one in layer.spoken()}
    asked: list[str] = []
    strangers: list[str] = []
    left: list[str] = []
    _standing, elsewhere = by_code(layer.others)
    for code, own in layer.standing.items():
        if code not in codes:
            continue
        cases = (*layer.speaking.get(code, ()), *elsewhere.get(code, ()))
        heard = {document for document, _case in cases}
        for document in own.keys() - heard:
            if document in spoken:
                place = _("{code} in {document}").format(
                    code=layer.book[code].name, document=spoken[document]
                )
                alone = left if document in layer.closed else asked
                (strangers if own[document][1] else alone).append(place)
    said = []
    if asked:
        said.append(
            _("no informant counts where only an interviewer speaks: {places}").format(
                places=shortened(sorted(asked))
            )
        )
    if left:
        said.append(
            _("no informant counts where only an interviewer speaks, beside words that are not to "
              "be used: {places}").format(places=shortened(sorted(left)))
        )  # fmt: skip
    if strangers:
        said.append(
            _("no informant counts where only people speak who are no case of the study: {places}"
              ).format(places=shortened(sorted(strangers)))
        )  # fmt: skip
    return said


def named(things: Iterable[Document]) -> str:
    """Return the names of documents, the first few of many."""
    return shortened([thing.name for thing in things])


def shortened(names: Sequence[str]) -> str:
    """Return names in one line, the first few of many."""
    shown = ", ".join(names[:_NAMES_SHOWN])
    return shown if len(names) <= _NAMES_SHOWN else f"{shown}, …"
