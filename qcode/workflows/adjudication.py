"""Settling what coders disagree on: taking over what is the same, one item, many by a rule."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, partial

from qcode.analysis.adjudication import (
    GONE,
    Item,
    Reviewed,
    agreed,
    disputed,
    input_of,
    items,
    reviewed,
)
from qcode.analysis.agreement.comparing import Compared
from qcode.analysis.agreement.marking import Marking
from qcode.analysis.several import Passages, contradicted, votes
from qcode.analysis.verdicts import allowed, outcome
from qcode.errors import NotFound, Refused
from qcode.language import _, counted
from qcode.model.coding import DISCUSS
from qcode.model.decision import CODEBOOK, Decision, Outcome
from qcode.model.filter import Filter
from qcode.model.identity import derived
from qcode.model.naming import chosen as chosen_of
from qcode.model.span import Span
from qcode.model.table import Share
from qcode.store import coders, decisions, documents
from qcode.store.project import Reader, Step
from qcode.store.settings import get_local
from qcode.workflows import flagging, outcomes
from qcode.workflows.agreement import Given, Measure, compared

_FEWEST_LETTERS = 2


@dataclass(frozen=True)
class Review:
    """All items of the documents that two or more coders gave codes, and how each stands."""

    compared: Compared
    given: Given
    listed: tuple[Reviewed, ...]
    names: Mapping[str, str]
    """Names of documents."""
    closed: frozenset[str]
    """Documents whose coding of record is the consensus."""
    passages: Passages = field(default_factory=dict)
    """What follows from decisions about documents of more than two coders, by decision."""

    @cached_property
    def numbers(self) -> Mapping[str, str]:
        """How each item is typed, by its id: ``W07:15kd``, document, turn and letters.

        The letters are the item's own, as many as tell it from others of its turn.
        """
        turns: dict[str, list[Item]] = defaultdict(list)
        for one in self.listed:
            turns[self.place(one.item)].append(one.item)
        found = {}
        for place, here in turns.items():
            for item in here:
                others = [other.letters for other in here if other is not item]
                length = _FEWEST_LETTERS
                while length < len(item.letters) and any(
                    letters.startswith(item.letters[:length]) for letters in others
                ):
                    length += 1
                found[item.id] = place + item.letters[:length]
        return found

    def place(self, item: Item) -> str:
        """Return document and turn of an item: ``W07:15``."""
        if item.document not in self.compared.turns or not item.stretches:
            return f"{self.names[item.document]}:0"
        return f"{self.names[item.document]}:{self.compared.turn(item.document, item.hull.start)}"

    def of(self, typed: str) -> Reviewed:
        """Return the item that was typed; raises NotFound where none, or more than one, is meant."""
        wanted = typed.strip().casefold()
        same = [one for one in self.listed if self._means(wanted, one.item)]
        if len(same) == 1:
            return same[0]
        raise NotFound(_("no item “{typed}”; “qcode review --all” lists them").format(typed=typed))

    def _means(self, typed: str, item: Item) -> bool:
        place = self.place(item).casefold()
        if typed == item.id or len(typed) < len(place) + _FEWEST_LETTERS:
            return typed == item.id
        return typed.startswith(place) and (place + item.letters).startswith(typed)

    def words(self, item: Item) -> str:
        """Return the words that either coder marked, and those between."""
        text = self.compared.texts.get(item.document, "")
        return text[item.hull.start : item.hull.end] if item.stretches else ""

    def left(self, document: str) -> list[Reviewed]:
        """Return what is not settled in a document."""
        return [one for one in self.listed if one.item.document == document and one.open]

    def after(self, done: Settled) -> Review:
        """Return how the items stand after a step that settled some, without reading them anew."""
        decided = {one.id: one for one, _follows in done.decided}
        gone = {one.item.id for one in done.items} - decided.keys()
        follows = {one.id: follows for one, follows in done.decided
                   if one.document in self.several}  # fmt: skip
        passages = {**self.passages, **follows}
        listed = tuple(
            Reviewed(one.item, "codebook" if own.verdict == CODEBOOK else "settled", own)
            if (own := decided.get(one.item.id)) else one
            for one in self.listed if one.item.id not in gone
        )  # fmt: skip
        ids = {id for id, name in self.names.items() if name in done.documents}
        return replace(self, listed=contradicted(listed, passages, self.compared.texts),
                       closed=self.closed | ids, passages=passages)  # fmt: skip

    @cached_property
    def several(self) -> Mapping[str, Marking]:
        """The documents that more than two coders coded or finished, as these marked them."""
        return {one.document: one for one in self.compared.markings if len(one.coders) > 2}

    def votes(self, item: Item) -> tuple[tuple[str, Share], ...]:
        """Return how many gave each code of an item there; nothing where only two coded at all."""
        marking = self.several.get(item.document)
        return votes(marking, item) if marking else ()

    @cached_property
    def unfinished(self) -> Mapping[str, tuple[str, ...]]:
        """Who coded a document but did not mark it finished, by document."""
        found: dict[str, list[str]] = defaultdict(list)
        ids = {name: id for id, name in self.names.items()}
        for who, some in self.compared.unfinished.items():
            for name in some:
                found[ids[name]].append(self.compared.names[who])
        return {id: tuple(some) for id, some in found.items()}


def read(connection: Reader) -> Review:
    """Return every item of the project, whoever asks; what to show of them is chosen after."""
    persons = tuple(one.id for one in coders.listed(connection) if not one.of)
    wanted = Filter(coders=persons if len(persons) > 1 else ())
    found, given = compared(connection, wanted, Measure())
    names = {one.id: one.name for one in documents.listed(connection)}
    kept = [one for one in decisions.listed(connection) if one.document in names]
    of = {one.id for one in found.documents} | {one.document for one in kept}
    live = {
        one.id: input_of(one) for document, own in given.items() if document in of
        for some in own.values() for one in some
    }  # fmt: skip
    derive = partial(derived, get_local(connection, "project"))
    listed = reviewed(items(found, given, derive), kept, live)
    review = Review(found, given, tuple(listed), names, decisions.settled(connection))
    if not review.several:
        return review
    known = [one for one in review.listed if one.item.document in review.several]
    passages = outcomes.complete(connection, known, found.book)
    return replace(review, listed=contradicted(listed, passages, found.texts), passages=passages)


@dataclass(frozen=True)
class Ruling:
    """A verdict with what belongs to it; ``present`` are the coders who took part."""

    verdict: str
    span: Span | None = None
    code: str = ""
    reason: str = ""
    present: tuple[str, ...] = ()
    dissent: str = ""
    rule: str = ""
    rule_text: str = ""


@dataclass
class Settled:
    """What a step did: items settled, left out because the verdict does not fit, documents done."""

    items: list[Reviewed] = field(default_factory=list)
    unfit: list[Reviewed] = field(default_factory=list)
    documents: list[str] = field(default_factory=list)
    """Names of documents whose coding of record is the consensus from now on."""
    waiting: list[str] = field(default_factory=list)
    """Names of documents of which all is settled, but somebody has not finished them."""
    decided: list[tuple[Decision, Sequence[Outcome]]] = field(default_factory=list)
    against: list[str] = field(default_factory=list)
    """Items, as they are typed, that are open again because this contradicts them."""


def settle(step: Step, review: Review, chosen: Iterable[Reviewed], ruling: Ruling) -> Settled:
    """Give items a verdict; the documents of which nothing is left get their consensus.

    Raises BadInput where one item is meant and cannot get it; of many, such are left out.
    """
    chosen = list(chosen)
    done = Settled()
    wanted: list[tuple[Decision, Sequence[Outcome]]] = []
    replaced: list[str] = []
    for one in chosen:
        if len(chosen) > 1 and ruling.verdict not in allowed(one.item):
            done.unfit.append(one)
            continue
        follows = outcome(one.item, ruling.verdict, ruling.span, ruling.code)
        done.items.append(one)
        if one.item.inputs and one.item.kind != GONE:
            wanted.append((_decision(step, one.item, ruling), follows))
        replaced += [old.id for old in one.stale]
    now = disputed(one.item for one in done.items)
    wanted += [(own, ()) for own in agreed(review.listed) if now(own)]
    decisions.retire(step, replaced)
    decisions.decide(step, wanted)
    done.decided = wanted
    _close(step, review, done)
    return done


def _decision(step: Step, item: Item, ruling: Ruling) -> Decision:
    return Decision(
        id=item.id, document=item.document, coders=item.coders, kind=item.kind, codes=item.codes,
        inputs=item.inputs, verdict=ruling.verdict, reason=ruling.reason.strip(),
        present=tuple(dict.fromkeys(ruling.present or (step.coder,))),
        dissent=ruling.dissent.strip(), rule=ruling.rule, rule_text=ruling.rule_text.strip(),
        by=step.coder,
    )  # fmt: skip


def _close(
    step: Step, review: Review, done: Settled, among: Collection[str] | None = None
) -> None:  # fmt: skip
    """Let the consensus be of record where nothing is left, and everybody has finished."""
    now, decided = review.after(done), {one.id for one, _follows in done.decided}
    done.against = sorted({
        review.numbers[other] for one in now.listed if one.item.id in decided
        for other in one.against
    })  # fmt: skip
    touched = {one.item.document for one in done.items} if among is None else set(among)
    for marking in review.compared.markings:
        id = marking.document
        if id not in touched or now.left(id):
            continue
        if id in review.unfinished:
            done.waiting.append(review.names[id])
            continue
        book = review.compared.book
        had = [code for code in book.codes if book.end(code) not in marking.lacking]
        if decisions.close(step, id, had):
            done.documents.append(review.names[id])


def take_over(step: Step, review: Review, within: Collection[str] = ()) -> Settled:
    """Take over what both agree on, in all documents or some; those with nothing left are done."""
    chosen = [
        one for one in review.listed
        if one.item.kind == "agree" and one.state in ("open", "reopened")
        and (not within or one.item.document in within) and not _judged(one)
    ]  # fmt: skip
    done = Settled(items=chosen)
    if chosen:
        ruling, differs = Ruling("agree"), disputed(one.item for one in review.listed)
        decisions.retire(step, [old.id for one in chosen for old in one.stale])
        done.decided = [
            (_decision(step, one.item, ruling),
             () if differs(one.item) else outcome(one.item, "agree"))
            for one in chosen
        ]  # fmt: skip
        decisions.decide(step, done.decided)
    _close(step, review, done, within or {one.id for one in review.compared.documents})
    if not (chosen or done.documents):
        raise Refused(_("There is nothing new that both agree on."))
    return done


def _judged(one: Reviewed) -> bool:
    """Tell whether somebody gave an item a verdict of its own although both agree."""
    own = one.decision
    return own is not None and own.id == one.item.id and own.verdict != "agree"


def reopen(step: Step, one: Reviewed) -> None:
    """Take back what was settled about an item; the coding of record stays what it is."""
    if one.decision is None:
        raise Refused(_("this item is open already"))
    decisions.retire(step, dict.fromkeys([one.decision.id, *(old.id for old in one.stale)]))


def park(step: Step, review: Review, one: Reviewed, text: str = "") -> str:
    """Put an item on the agenda: a flag to discuss on its words; return the flag's id."""
    if not one.item.stretches:
        raise Refused(_("nothing of this item is left to be discussed"))
    path, given = review.compared.book.path, dict(review.votes(one.item))
    codes = dict.fromkeys(
        _("{code} (given by {share})").format(code=path(code), share=given[code])
        if code in given else path(code) for code in one.item.codes
    )  # fmt: skip
    line = text.strip() or _("what do we do with {codes} here?").format(codes=", ".join(codes))
    return flagging.put(step, one.item.document, one.item.hull, DISCUSS, line)


def people(connection: Reader, typed: Iterable[str]) -> tuple[str, ...]:
    """Return the ids of coders by their names."""
    known = {one.name: one for one in coders.listed(connection)}
    return tuple(chosen_of(name, known, _("coder")).id for name in typed)


def told(done: Settled) -> list[str]:
    """Return what a step did, in sentences."""
    if any(one.verdict == CODEBOOK for one, _follows in done.decided):
        said = [counted("{n} item waits until the codebook is changed.",
                        "{n} items wait until the codebook is changed.", len(done.items))]  # fmt: skip
    else:
        said = [counted("{n} item settled.", "{n} items settled.", len(done.items))]
    if done.unfit:
        said.append(counted("{n} item cannot get this verdict and stays open.",
                            "{n} items cannot get this verdict and stay open.",
                            len(done.unfit)))  # fmt: skip
    if done.against:
        said.append(_("This contradicts what was settled about {items}: it is open again with "
                      "them, until no two of them do.").format(
                          items=", ".join(done.against)))  # fmt: skip
    if done.documents:
        said.append(
            counted("The consensus is of record now in {n} document: {{names}}",
                    "The consensus is of record now in {n} documents: {{names}}",
                    len(done.documents)).format(names=", ".join(done.documents))
        )  # fmt: skip
    if done.waiting:
        said.append(_("All is settled, but not everybody has finished: {names}").format(
            names=", ".join(done.waiting)))  # fmt: skip
    return said
