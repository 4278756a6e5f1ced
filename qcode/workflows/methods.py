"""What a section on methods may say, gathered from the log of a project."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import combinations

from qcode import __version__
from qcode.analysis.agreement.notes import BAR
from qcode.analysis.looking import presence
from qcode.language import _
from qcode.model.case import INFORMANT
from qcode.model.document import DOCUMENT_KINDS
from qcode.model.filter import Filter
from qcode.model.frozen import thawed
from qcode.model.methods import Draw, Facts, Figures, Held, Resolved
from qcode.model.project import APPROACHES
from qcode.model.round import SUPERVISOR, Round
from qcode.model.table import Cell, Table
from qcode.store import codebook, coders, codings, documents, evidence, rounds, texts
from qcode.store.evidence import Given
from qcode.store.project import Reader, about
from qcode.store.settings import get_local
from qcode.workflows import adjudication, blinding
from qcode.workflows.counting import layer_of, surveyed
from qcode.workflows.rounds import SEED
from qcode.workflows.scope import calibrated

Day = Callable[[int], str]
"""Tells a time in milliseconds since 1970 UTC as a day, ``2026-03-05``."""


def facts(connection: Reader, day: Day) -> Facts:
    """Return what the log shows; refused while a round hides others' work from who looks."""
    layer = surveyed(connection)
    blinding.refuse(connection, layer.documents, _when_closed())
    people = {one.id: one for one in coders.listed(connection) if not one.of}
    coded = _coded(connection, {one.id for one in layer.documents}, people)
    learned = calibrated(connection)
    double = {of for of, who in coded.items() if len(who) >= 2} - learned
    kinds = Counter(one.kind for one in layer.documents)
    given = [one for one in evidence.given(connection) if one.coder in people]
    blind, apart = _independent(connection, double, coded, given)
    busy = Counter(who for some in coded.values() for who in some)
    book = [code for code in codebook.read(connection)
            if not (code.round or code.retired or code.merged_into)]  # fmt: skip
    older, newer = _older(connection, {code.id for code in book})
    return Facts(
        program=__version__,
        approach=about(connection).get("approach", APPROACHES[0]),
        documents={kind: kinds[kind] for kind in DOCUMENT_KINDS if kinds[kind]},
        informants=len(layer.of_kind(INFORMANT)),
        coders={one.name: busy[id] for id, one in people.items() if id in busy},
        supervisors=tuple(one.name for one in people.values() if one.role == SUPERVISOR),
        coded=len(coded),
        codes=len(book),
        changes=_changes(connection, given, day),
        brought=any(one.brought for one in given),
        older=older,
        newer=newer,
        double=len(double),
        calibration=len(learned & coded.keys()),
        draws=tuple(
            Draw(str(one.get("share", "")), str(one.get("strata", "")), int(one.get("seed", 0)))
            for one in evidence.draws(connection)
        ),
        blind=blind,
        apart=apart,
        rounds=_rounds(connection, day),
        resolved=_resolved(connection) if double else None,
    )


def _when_closed() -> str:
    return _("you code in round {rounds}, which is open; a section on methods tells how coders "
             "agree in {documents}, and can be written when it is closed")  # fmt: skip


def _coded(
    connection: Reader, live: set[str], people: Iterable[str]
) -> Mapping[str, set[str]]:  # fmt: skip
    """Return, by document, who coded or finished it."""
    found: dict[str, set[str]] = defaultdict(set)
    known = set(people)
    for document, who in codings.counts(connection):
        found[document].add(who)
    for one in documents.statuses(connection):
        if one.finished:
            found[one.document].add(one.coder)
    return {of: who & known for of, who in found.items() if of in live and who & known}


def _changes(
    connection: Reader, given: Iterable[Given], day: Day
) -> tuple[tuple[str, int], ...]:  # fmt: skip
    """Return the days on which codes changed after coding began, and documents begun by then.

    What was proposed in a round is no code of everyone yet.
    """
    first: dict[str, int] = {}
    for one in given:
        first[one.document] = min(one.first, first.get(one.document, one.first))
    if not first:
        return ()
    began = min(first.values())
    found: dict[str, int] = {}
    proposed = [code.id for code in codebook.read(connection) if code.round]
    for at in evidence.codebook_changes(connection, proposed):
        if at > began:
            found[day(at)] = sum(begun <= at for begun in first.values())
    return tuple(found.items())


def _older(connection: Reader, live: set[str]) -> tuple[int, int]:
    """Return how many documents were not looked through for how many of the codes, as tables say."""
    layer = layer_of(connection, Filter(), tallied=False)
    found = presence(layer, INFORMANT).by_code
    lacking = {
        code: layer.coders.keys() - set().union(*found[code].documents_looked.values())
        for code in live if code in found
    }  # fmt: skip
    return len(set().union(*lacking.values())), sum(map(bool, lacking.values()))


def _independent(
    connection: Reader, double: Iterable[str], coded: Mapping[str, set[str]],
    given: Iterable[Given],
) -> tuple[int, int]:  # fmt: skip
    """Return how many documents were coded in a blind round, and how many more in own copies."""
    by_document: dict[str, list[Given]] = defaultdict(list)
    for one in given:
        by_document[one.document].append(one)
    held = rounds.listed(connection)
    assigned: dict[tuple[str, str], set[str]] = defaultdict(set)
    for each in rounds.assignments(connection):
        assigned[each.round, each.document].add(each.coder)
    since = evidence.hidden_since(connection)
    begun, here = evidence.begun(connection), get_local(connection, "writer")
    blind = apart = 0
    for document in double:
        some = by_document[document]
        if {one.coder for one in some} != coded[document] or not all(one.own for one in some):
            continue  # Who finished and found nothing, or whose codings another wrote.
        if any(_blind(one, assigned[one.id, document], some, since) for one in held):
            blind += 1
        elif all(_apart(*_in_order(pair), begun, here) for pair in combinations(some, 2)):
            apart += 1
    return blind, apart


def _blind(
    held: Round, assigned: set[str], some: Sequence[Given], since: Mapping[tuple[str, str], int]
) -> bool:  # fmt: skip
    """Tell whether all was coded while a round hid it from the others who coded it."""
    first = min(one.first for one in some)
    return all(
        one.coder in assigned and one.coder in held.coders
        and since.get((held.id, one.coder), first + 1) <= first
        and since.get((held.id, one.document), first + 1) <= first
        and held.opened <= one.first and (held.open or one.last <= held.closed)
        for one in some
    )  # fmt: skip


def _in_order(pair: Sequence[Given]) -> tuple[Given, Given]:
    first, second = sorted(pair, key=lambda one: one.first)
    return first, second


def _apart(first: Given, second: Given, begun: Mapping[str, int], here: str) -> bool:
    """Tell whether two worked in copies of their own, with no exchange between that shows.

    Neither's codings arrived between the other's, or were written here when the other's had come;
    and a copy first written after the first coded here may have held what he gave.
    """
    if first.writers & second.writers:
        return False
    if here in first.writers and any(begun[one] > first.first for one in second.writers):
        return False
    early, late = sorted((first, second), key=lambda one: one.arrived)
    return early.arrived[1] < late.arrived[0] and here not in late.writers


def _rounds(connection: Reader, day: Day) -> tuple[Held, ...]:
    undated = evidence.undated(connection)
    return tuple(
        _held(connection, one, day, dated=one.id not in undated)
        for one in rounds.listed(connection)
    )


def _held(connection: Reader, one: Round, day: Day, *, dated: bool) -> Held:
    given = rounds.assignments(connection, one.id)
    body = texts.body(connection, one.figures) if one.figures else None
    return Held(
        one.name, one.kind, day(one.opened) if dated else "", day(one.closed) if one.closed else "",
        len({each.document for each in given}), len(one.coders),
        _figures(thawed(body)) if body else None,
    )  # fmt: skip


def _figures(table: Table) -> Figures:
    """Read frozen figures: a line per code, all pooled in the last."""
    at = {column.key: number for number, column in enumerate(table.columns)}
    *codes, pooled = table.rows
    alphas = [alpha for row in codes if (alpha := _number(row[at["alpha"]])) is not None]
    return Figures(
        alpha=_number(pooled[at["alpha"]]), low=_number(pooled[at["low"]]),
        high=_number(pooled[at["high"]]), characters=_number(pooled[at["alpha characters"]]),
        below=sum(alpha < BAR for alpha in alphas), defined=len(alphas), codes=len(codes),
        seed=SEED,
    )  # fmt: skip


def _number(cell: Cell) -> float | None:
    return float(cell) if isinstance(cell, int | float) else None


def _resolved(connection: Reader) -> Resolved:
    listed = [one for one in adjudication.read(connection).listed if one.item.kind != "agree"]
    made = [one.decision for one in listed if not one.open and one.decision]
    together = sum(len(one.present) > 1 for one in made)
    return Resolved(
        len(listed), sum(one.open for one in listed), together, len(made) - together,
        sum(bool(one.rule) for one in made),
        len({one.rule or one.id for one in made if one.dissent}),  # A rule has one for all.
    )  # fmt: skip
