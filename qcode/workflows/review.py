"""The items of review as a list: worst code first, names of coders hidden."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from qcode.analysis.adjudication import GONE, Change, Item, Reviewed
from qcode.analysis.agreement import presence
from qcode.analysis.agreement.comparing import figures
from qcode.analysis.layer import shortened as first_few
from qcode.errors import Refused
from qcode.language import _, counted
from qcode.model.filter import RECORD, Filter
from qcode.model.table import Column, Table
from qcode.store import codings, decisions, documents
from qcode.store.project import Reader
from qcode.workflows import overview
from qcode.workflows.addresses import addresses
from qcode.workflows.adjudication import Review
from qcode.workflows.choosing import resolved
from qcode.workflows.listing import released
from qcode.workflows.retrieving import Page, Shelf
from qcode.workflows.scope import round_named
from qcode.workflows.searching import unfolded


def kind_names() -> Mapping[str, str]:
    """Return what the kinds of items are called."""
    return {
        "agree": _("agree"), "boundary": _("boundary"), "cut": _("cut"), "level": _("level"),
        "different": _("different"), "missed": _("missed"), GONE: _("taken back"),
    }  # fmt: skip


def verdict_names() -> Mapping[str, str]:
    """Return what the verdicts are called."""
    return {
        "agree": _("both agree"), "a": _("as A has it"), "b": _("as B has it"),
        "union": _("the words of either"), "intersection": _("the words of both"),
        "span": _("other words"), "both": _("both stand"), "neither": _("neither"),
        "codebook": _("change the codebook"),
    }  # fmt: skip


def state_names() -> Mapping[str, str]:
    """Return what the states of items are called."""
    return {
        "open": _("open"), "settled": _("settled"), "reopened": _("open again"),
        "codebook": _("waits for the codebook"),
    }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which items are meant; what is empty leaves all in."""

    asked: Filter = field(default_factory=Filter)
    kinds: tuple[str, ...] = ()
    states: tuple[str, ...] = ()
    round: str = ""
    """Name of a round, as typed."""


def chosen(connection: Reader, review: Review, wanted: Wanted) -> tuple[Reviewed, ...]:
    """Return the items that are meant, worst code first, then by place; names are as typed.

    Without states, what is open and no agreement; the worst code is the one of the lowest alpha.
    """
    asked = unfolded(connection, wanted.asked)
    if asked.picks or asked.cases or asked.where:
        raise Refused(_("items of review are chosen by code, document, coders, kind and state"))
    if asked.layer != RECORD:
        raise Refused(_("a review compares coders; choose them with --coders A,B, not --layer"))
    ids = resolved(connection, asked)
    codes = codings.given_for(review.compared.book, ids.codes)
    kinds = {one.id: one.kind for one in documents.listed(connection)}
    within = round_named(connection, wanted.round).name if wanted.round else ""
    inside = overview.read(connection, within).inside if within else None
    found = [
        one for one in review.listed
        if (inside is None or inside(one.item))
        and (not codes or not codes.isdisjoint(one.item.codes))
        and (not ids.documents or one.item.document in ids.documents)
        and (not ids.kinds or kinds[one.item.document] in ids.kinds)
        and (not ids.coders or set(one.item.coders) <= set(ids.coders))
        and (one.item.kind in wanted.kinds if wanted.kinds
             else one.item.kind != "agree" or wanted.states)
        and (one.state in wanted.states if wanted.states else one.open)
    ]  # fmt: skip
    return tuple(by_code(review, found))


def by_code(review: Review, found: Iterable[Reviewed]) -> list[Reviewed]:
    """Return items in the order of how badly coders agree on their code, then by place."""
    found = list(found)
    worst = ranks(review)
    order = {name: number for number, name in enumerate(review.names)}

    def key(one: Reviewed) -> tuple[int, int, int, str]:
        rank = min(worst.get(code, len(worst)) for code in one.item.codes)
        return rank, order[one.item.document], one.item.hull.start, one.item.id

    return sorted(found, key=key)


def ranks(review: Review) -> Mapping[str, int]:
    """Return the codes of items by how badly coders agree on them, the worst with 0."""
    used = sorted({code for one in review.listed for code in one.item.codes}
                  & review.compared.book.codes.keys())  # fmt: skip
    found = figures(review.compared, used)
    left = Counter(code for one in review.listed if one.open for code in {*one.item.codes})
    alphas = {code: presence.alpha(presence.coincidence(found[code].on_units)).value
              for code in used}  # fmt: skip
    ordered = sorted(
        used, key=lambda code: ((alphas[code] is None, alphas[code] or 0.0), -left[code], code)
    )
    return {code: number for number, code in enumerate(ordered)}


@dataclass(frozen=True)
class Sides:
    """How the two coders of an item are called and what each of them gave, as it is shown."""

    review: Review
    addresses: Mapping[str, str]
    names: Mapping[str, str]
    """Names of all coders by id, or none where they are hidden."""

    def who(self, item: Item, coder: str) -> str:
        """Return what a coder is called beside an item: A or B, unless names are shown."""
        if coder in item.coders and not self.names:
            return "B" if (coder == item.coders[1]) != item.swapped else "A"
        return self.names.get(coder) or _("somebody else")

    def shown(self, item: Item) -> tuple[str, str]:
        """Return what A and B gave: the code with its places."""
        given = tuple(self._side(item, side) for side in (0, 1))
        return (given[1], given[0]) if item.swapped else (given[0], given[1])

    def _side(self, item: Item, side: int) -> str:
        name = f"{self.names[item.coders[side]]}: " if self.names else ""
        if not item.spans[side]:
            return f"{name}-"
        own = {one.id for one in self.review.given[item.document].get(item.coders[side], ())}
        where = [self.addresses.get(one.coding, "") for one in item.inputs if one.coding in own]
        path = self.review.compared.book.path(item.codes[side])
        return f"{name}{path} ({', '.join(where)})"

    def verdict(self, item: Item, verdict: str) -> str:
        """Return a verdict in words; whose it follows as it is shown."""
        if verdict not in ("a", "b"):
            return verdict_names()[verdict]
        who = self.who(item, item.coders[verdict == "b"])
        return _("as {coder} has it").format(coder=who)


def sides(connection: Reader, review: Review, *, named: bool) -> Sides:
    """Return how coders are shown beside items."""
    from qcode.store import coders

    of = {one.item.document for one in review.listed}
    known = [one for one in documents.listed(connection) if one.id in of]
    return Sides(review, addresses(connection, known), coders.names(connection) if named else {})


def reason(
    connection: Reader, one: Reviewed, shown: Sides, when: Callable[[int], str]
) -> str:  # fmt: skip
    """Return why a settled item is open again: who changed what since, and when."""
    if one.state != "reopened":
        return ""
    if one.against:
        return against(shown.review, one)
    moved = decisions.changed_by(connection, [change.coding for change in one.changes])
    said = []
    for change in one.changes:
        who, at = moved.get(change.coding, ("", 0))
        told = _told(change).format(
            who=shown.who(one.item, who), at=shown.addresses.get(change.coding, "")
        )
        said.append(f"{told}, {when(at)}" if at else told)
    return first_few(said)


def against(review: Review, one: Reviewed) -> str:
    """Return which items contradict what was settled about one; nothing where none does."""
    return first_few([
        _("it contradicts what was settled about {item}").format(item=review.numbers[other])
        for other in one.against
    ])  # fmt: skip


def _told(change: Change) -> str:
    match change.what:
        case "gone":
            return _("{who} took {at} back")
        case "code":
            return _("{who} gave {at} another code")
        case "bounds":
            return _("{who} moved the bounds of {at}")
        case "new":
            return _("{who} added {at}")
        case "torn":
            return _("two copies settled it apart, or its passage was changed by hand")
        case _:
            return _("what stands around it changed, or the codebook")


def table(
    connection: Reader, review: Review, wanted: Wanted, when: Callable[[int], str], *,
    named: bool = False,
) -> Table:  # fmt: skip
    """Return the items that are meant, as a table; ``when`` tells a time in milliseconds."""
    found = chosen(connection, review, wanted)
    shown = sides(connection, review, named=named)
    paths = review.compared.book.path
    words_of = _released(connection)
    several = any(one.item.document in review.several for one in found)
    columns = (
        Column("item", _("item")), Column("code", _("code")), Column("kind", _("kind")),
        Column("a", "A"), Column("b", "B"),
        *([Column("given", _("given by"), _("coders"))] if several else []),
        Column("state", _("state")),
        Column("why", _("settled as, or why it is open again")), Column("words", _("words")),
    )  # fmt: skip
    rows = tuple(
        (
            review.numbers[one.item.id],
            " / ".join(dict.fromkeys(map(paths, one.item.codes))),
            kind_names()[one.item.kind],
            *shown.shown(one.item),
            *([votes(review, one.item)] if several else []),
            state_names()[one.state],
            reason(connection, one, shown, when)
            or (shown.verdict(one.item, one.decision.verdict) if one.decision else ""),
            words_of(one.item),
        )
        for one in found
    )
    return Table(_("Review: what coders did not give the same"), columns, rows,
                 tuple(notes(review, named=named)))  # fmt: skip


def votes(review: Review, item: Item) -> str:
    """Return how many coders gave an item's words each of its codes: ``2 of 3``; empty for two."""
    given = review.votes(item)
    if len(given) < 2:
        return "".join(str(share) for _code, share in given)
    book = review.compared.book
    return ", ".join(f"{book[code].name} {share}" for code, share in given)


def _released(connection: Reader) -> Callable[[Item], str]:
    """Return what gives the beginning of an item's words, or why they are not shown."""
    shelf = Shelf(connection)
    pages: dict[str, Page] = {}

    def words(item: Item) -> str:
        if not item.stretches:
            return ""
        if item.document not in pages:
            pages[item.document] = shelf.page(item.document)
        return released(pages[item.document], item.hull.start, item.hull.end)

    return words


def notes(review: Review, *, named: bool) -> Iterator[str]:
    """Yield how far the review is, and what to know about it."""
    if review.compared.notice:
        yield review.compared.notice
    yield summed(review.listed)
    agreed = sum(one.open and one.item.kind == "agree" for one in review.listed)
    if agreed:
        yield counted("{n} agreement is not taken over yet: “qcode review agree”",
                      "{n} agreements are not taken over yet: “qcode review agree”",
                      agreed)  # fmt: skip
    done = [name for id, name in review.names.items() if id in review.closed]
    yield counted("the consensus is of record in {n} document",
                  "the consensus is of record in {n} documents", len(done)) + (
        f": {first_few(done)}" if done else "")  # fmt: skip
    again = Counter(one.item.document for one in review.listed if one.open)
    back = [f"{name} {again[id]}" for id, name in review.names.items()
            if id in review.closed and again[id]]  # fmt: skip
    if back:
        yield _("open again in documents whose consensus is of record: {names}").format(
            names=first_few(back))  # fmt: skip
    for id, who in review.unfinished.items():
        yield _("{document}: not finished by {coders}").format(
            document=review.names[id], coders=", ".join(who))  # fmt: skip
    if not named:
        yield _("A and B change places from item to item; --names tells who they are")


def summed(listed: Sequence[Reviewed]) -> str:
    """Return how many disagreements are open and how many settled."""
    states: Counter[str] = Counter(one.state for one in listed if one.item.kind != "agree")
    said = [f"{name} {states[state]}" for state, name in state_names().items() if states[state]]
    number = sum(states.values())
    return counted("{n} disagreement", "{n} disagreements", number) + (
        f": {', '.join(said)}" if said else "")  # fmt: skip
