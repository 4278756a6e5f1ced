"""Giving documents to coders: at random and twice, with what that buys, or by name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from qcode.analysis.agreement.comparing import FEWEST_PLACES
from qcode.analysis.agreement.interval import FEWEST
from qcode.analysis.assigning import Draw, Expected, drawn, expected, shared_out
from qcode.analysis.frequency import listed_codes
from qcode.analysis.layer import Layer, narrowed, shortened
from qcode.errors import BadInput, Refused
from qcode.language import _, counted
from qcode.model.case import INFORMANT
from qcode.model.document import Document
from qcode.model.filter import Filter
from qcode.model.round import AGAIN, CALIBRATION, Assignment, Round
from qcode.model.table import Cell, Column, Share, Table
from qcode.store import cases, coders, documents, rounds
from qcode.store.coders import Coder
from qcode.store.project import Reader, Step
from qcode.workflows.choosing import resolved
from qcode.workflows.coders import coder_named
from qcode.workflows.counting import layer_of
from qcode.workflows.named import attribute_named
from qcode.workflows.scope import calibrated, finished, round_named


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be given out, as typed: ``double`` is ``20%`` or a number of documents."""

    coders: tuple[str, ...] = ()
    double: str = ""
    stratify: str = ""
    seed: int = 1
    round: str = ""
    primary: bool = False


@dataclass(frozen=True, slots=True)
class Plan:
    """Who is to code what, and what to know before it is written."""

    wanted: tuple[Assignment, ...]
    drawn: Mapping[str, str | int]
    table: Table


def barred(connection: Reader, people: Iterable[Coder]) -> Mapping[str, frozenset[str]]:
    """Return, by coder, the documents in which a case takes part that the coder knows."""
    taking = cases.by_document(connection)
    return {
        one.id: frozenset(
            document for document, here in taking.items() if not here.isdisjoint(one.knows)
        )
        for one in people
    }


def plan(
    connection: Reader, asked: Filter, wish: Wish, within: Round | None = None
) -> Plan:  # fmt: skip
    """Return whom documents would be given to, drawn with a seed, and what that buys.

    ``within`` is a round that is yet to be opened; of others the wish has the name.
    """
    if wish.round:
        within = round_named(connection, wish.round)
    if not wish.double and (wish.stratify or wish.seed != Wish().seed):
        raise BadInput(_("--seed and --stratify are for what is drawn; add --double"))
    people = _people(connection, wish, within)
    wanted = resolved(connection, asked)
    if wanted.picks:
        raise Refused(_("documents are given out whole; --and, --not, --flag, --memo and --text "
                        "choose passages"))  # fmt: skip
    if not (wanted.kinds or wanted.documents):
        wanted = replace(wanted, kinds=("interview",))
    everything = layer_of(connection, replace(wanted, documents=(), kinds=wanted.kinds))
    layer = narrowed(everything, wanted)
    pool = _Pool(connection, layer, people, within)
    twice = _drawn(connection, pool, wish) if wish.double else {}
    first = _shared(pool, twice) if wish.primary else {}
    if not twice and not first:
        raise Refused(_("there is nothing left to give out; “qcode assign” lists what was"))
    given = [
        Assignment(document, who, within.id if within else "", first.get(document) == who)
        for document, pair in twice.items() for who in pair
    ]  # fmt: skip
    given += [
        Assignment(document, who, primary=True)
        for document, who in first.items() if document not in twice
    ]  # fmt: skip
    how: dict[str, str | int] = {}
    if twice:
        how = {"share": wish.double, "strata": wish.stratify, "seed": wish.seed}
    return Plan(tuple(given), how, _bought(pool, wish, twice, first))


def _people(connection: Reader, wish: Wish, within: Round | None) -> tuple[Coder, ...]:
    everyone = {one.id: one for one in coders.listed(connection)}
    if within and not within.open:
        raise Refused(_("round {name} is closed").format(name=within.name))
    if within and within.kind == AGAIN:
        raise BadInput(
            _("in round {name} one coder codes again; name documents: “qcode assign DOCUMENT "
              "--to CODER --round {name}”").format(name=within.name)
        )  # fmt: skip
    named = [coder_named(connection, name) for name in wish.coders]
    people = dict.fromkeys(named or [everyone[id] for id in (within.coders if within else ())])
    if strangers := [one.name for one in people if within and one.id not in within.coders]:
        raise BadInput(
            _("not a coder of round {round}: {names}").format(
                round=within.name if within else "", names=", ".join(strangers)
            )
        )
    if len(people) < (2 if wish.double else 1):
        raise BadInput(_("say among whom, such as --coders sari,bima"))
    return tuple(people)


class _Pool:
    """The documents that may be given out, and to whom not."""

    def __init__(
        self, connection: Reader, layer: Layer, people: Sequence[Coder], within: Round | None
    ) -> None:  # fmt: skip
        self.layer = layer
        self.people = people
        self.ids = [one.id for one in people]
        self.names = {one.id: one.name for one in people}
        self.barred = barred(connection, people)
        self.calibrated: frozenset[str] = frozenset()
        if within is None or within.kind != CALIBRATION:
            self.calibrated = calibrated(connection)
        begun: dict[str, set[str]] = {}
        for status in documents.statuses(connection):
            begun.setdefault(status.document, set()).add(status.coder)
        self.begun = begun
        self.given = rounds.assignments(connection)
        own = {one.document for one in self.given if within and one.round == within.id}
        self.twice = frozenset(own | {
            document for document, who in begun.items() if len(who & set(self.ids)) >= 2
        })  # fmt: skip

    @property
    def closed(self) -> frozenset[str]:
        """The documents that are not drawn: used for calibration, or coded by two already."""
        return self.calibrated | self.twice


def _drawn(connection: Reader, pool: _Pool, wish: Wish) -> dict[str, tuple[str, ...]]:
    attribute = attribute_named(connection, wish.stratify).name if wish.stratify else ""
    values: dict[str, set[str]] = {}
    known = {case.id: case for case in pool.layer.of_kind(INFORMANT)}
    for part in pool.layer.parts:
        if part.case in known and attribute:
            values.setdefault(part.document, set()).update(
                known[part.case].values.get(attribute, ())
            )
    strata: dict[str, list[str]] = {}
    for one in pool.layer.documents:
        strata.setdefault(" + ".join(sorted(values.get(one.id, ()))), []).append(one.id)
    share = _share(wish.double, sum(map(len, strata.values())))
    return drawn(Draw(strata, share, pool.ids, pool.barred, wish.seed, pool.closed))


def _share(typed: str, total: int) -> Fraction:
    """Return what share of documents was asked for: ``20%``, or a number of them."""
    percent = typed.strip().endswith("%")
    number = typed.strip().removesuffix("%").strip().replace(",", ".")
    try:
        value = Fraction(number) if percent else Fraction(int(number))
    except (ValueError, ZeroDivisionError) as error:
        raise BadInput(
            _("“{typed}” is neither a share such as 20% nor a number of documents").format(
                typed=typed
            )
        ) from error
    value = value / 100 if percent else value / max(total, 1)
    if not 0 < value <= 1:
        raise BadInput(_("{typed} of {n} documents cannot be drawn").format(typed=typed, n=total))
    return value


def _shared(pool: _Pool, twice: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    """Return who is to be primary of each document that nobody coded and nobody is primary of."""
    taken = {one.document for one in pool.given if one.primary}
    free = [
        one.id for one in pool.layer.documents
        if one.id not in taken and not pool.begun.get(one.id)
    ]  # fmt: skip
    return shared_out(free, pool.ids, pool.barred, twice)


def _bought(
    pool: _Pool, wish: Wish, twice: Mapping[str, tuple[str, ...]], first: Mapping[str, str]
) -> Table:  # fmt: skip
    """Return what a double coding is likely to give of each code."""
    layer = pool.layer
    listed = listed_codes(layer.book, layer.standing)
    rows = expected(layer.tallies, [one.code.id for one in listed], len(layer.coders), len(twice))
    columns = (
        Column("code", _("code")),
        Column("coded", _("coded in"), _("documents so far"), numeric=True),
        Column("passages", _("passages"), _("so far"), numeric=True),
        Column("places", _("places"), _("expected"), numeric=True),
        Column("documents", _("documents"), _("expected"), numeric=True),
        Column("enough", _("enough")),
    )
    return Table(
        _("What the double coding is likely to give of each code"),
        columns,
        tuple(
            (one.title, *_expected_cells(row, len(layer.coders)))
            for one, row in zip(listed, rows, strict=True)
        ),
        tuple(_notes(pool, wish, twice, first, rows)),
        tuple(one.depth for one in listed),
    )


def _expected_cells(one: Expected, coded: int) -> tuple[Cell, ...]:
    return (
        Share(one.coded, coded), one.passages, round(one.places, 1), round(one.documents, 1),
        _("too few") if one.few else "",
    )  # fmt: skip


def _notes(
    pool: _Pool, wish: Wish, twice: Mapping[str, tuple[str, ...]], first: Mapping[str, str],
    rows: Sequence[Expected],
) -> Iterable[str]:  # fmt: skip
    names = {one.id: one.name for one in pool.layer.documents}
    if twice:
        yield counted(
            "coded twice: {n} of {{all}} documents (seed {{seed}}): {{names}}",
            "coded twice: {n} of {{all}} documents (seed {{seed}}): {{names}}", len(twice),
        ).format(
            all=len(pool.layer.documents), seed=wish.seed,
            names=", ".join(
                f"{names[one]} ({', '.join(pool.names[who] for who in pair)})"
                for one, pair in twice.items()
            ),
        )  # fmt: skip
        few = [one for one in rows if one.few]
        yield _("too few (fewer than {places} expected places, or fewer than {documents} "
                "documents): {k} of {n} codes").format(
            places=FEWEST_PLACES, documents=FEWEST, k=len(few), n=len(rows)
        )  # fmt: skip
        yield _("expected: passages, and documents with the code, per document coded so far, "
                "times the documents coded twice; a second coder marks some more places")  # fmt: skip
    yield from _left_out(pool, names)
    for who in pool.ids if first else ():
        own = sum(one == who for one in first.values())
        yield counted("{{coder}}: primary coder of {n} document",
                      "{{coder}}: primary coder of {n} documents", own).format(
            coder=pool.names[who])  # fmt: skip


def _left_out(pool: _Pool, names: Mapping[str, str]) -> Iterable[str]:
    """Return what is not drawn, and who is not given what; ``names`` are those of documents."""
    if not pool.layer.coders:
        yield _("no document is coded yet: nothing is known of how often a code occurs")
    if done := [one for one in names if one in pool.twice]:
        yield counted("not drawn, for two of these coders have it already: {n} document",
                      "not drawn, for two of these coders have them already: {n} documents",
                      len(done))  # fmt: skip
    if used := [names[one] for one in names if one in pool.calibrated]:
        yield _("never drawn, for coders learned the codebook on them: {names}").format(
            names=shortened(used)
        )
    for who in pool.ids:
        if known := [names[one] for one in names if one in pool.barred[who]]:
            yield _("{coder} is given none of {names}: the cases are known to this coder").format(
                coder=pool.names[who], names=shortened(known)
            )


def write(step: Step, found: Plan) -> None:
    """Write a plan."""
    rounds.assign(step, found.wanted, found.drawn)


def give(
    step: Step, wanted: Sequence[Document], to: Sequence[str], within: Round | None = None, *,
    primary: bool = False,
) -> None:  # fmt: skip
    """Give documents to coders by name; refused where one knows a case, or learned on the document.

    In a round in which somebody codes again they are given to the second self.
    """
    people = tuple(dict.fromkeys(coder_named(step.connection, name) for name in to))
    refuse_known(step.connection, wanted, people)
    if within:
        refuse_unfit(step.connection, wanted, within)
    given = []
    for one in people:
        who = one.id
        if within and within.kind == AGAIN:
            who = rounds.second_self(step.project, one.of or one.id, within.id)
        if within and who not in within.coders:
            raise BadInput(
                _("not a coder of round {round}: {names}").format(round=within.name, names=one.name)
            )
        given += [
            Assignment(document.id, who, within.id if within else "", primary)
            for document in wanted
        ]
    rounds.assign(step, given)


def refuse_known(connection: Reader, wanted: Iterable[Document], people: Iterable[Coder]) -> None:
    """Refuse documents about a case that one of these coders knows."""
    people = tuple(people)
    closed = barred(connection, people)
    for one in people:
        if known := [document.name for document in wanted if document.id in closed[one.id]]:
            raise Refused(
                _("{coder} knows whom these are about and is not given them: {names}").format(
                    coder=one.name, names=shortened(known)
                )
            )


def refuse_unfit(connection: Reader, wanted: Iterable[Document], within: Round) -> None:
    """Refuse to add to a closed round, and to measure on what coders learned the codebook on."""
    if not within.open:
        raise Refused(_("round {name} is closed").format(name=within.name))
    if within.kind == CALIBRATION:
        return
    learned = calibrated(connection)
    if used := [one.name for one in wanted if one.id in learned]:
        raise Refused(
            _("coders learned the codebook on these; they are no measure of agreement: "
              "{names}").format(names=shortened(used))
        )  # fmt: skip


def take_back(
    step: Step, wanted: Sequence[Document], to: Sequence[str], within: Round | None = None
) -> int:
    """Take assignments back, of these coders or all; return how many."""
    ids = {document.id for document in wanted}
    people = {coder_named(step.connection, name).id for name in to}
    gone = [
        one for one in rounds.assignments(step.connection, within.id if within else "")
        if one.document in ids and (not people or one.coder in people)
    ]  # fmt: skip
    if not gone:
        raise Refused(_("none of these is assigned"))
    rounds.withdraw(step, gone)
    return len(gone)


def assigned_table(connection: Reader) -> Table:
    """Return who is to code what, and who has finished it."""
    names = {one.id: one.name for one in coders.listed(connection)}
    kinds = {one.id: one.name for one in rounds.listed(connection)}
    listed = documents.listed(connection)
    order = {one.id: at for at, one in enumerate(listed)}
    done = finished(connection)
    given = [one for one in rounds.assignments(connection) if one.coder in names]
    rows = [
        (listed[order[one.document]].name, names[one.coder], kinds.get(one.round, ""),
         _("primary") if one.primary else "",
         _("finished") if (one.document, one.coder) in done else "")
        for one in sorted(given, key=lambda one: (order[one.document], names[one.coder]))
    ]  # fmt: skip
    columns = (
        Column("document", _("document")), Column("coder", _("coder")),
        Column("round", _("round")), Column("primary", _("of record")),
        Column("state", _("state")),
    )  # fmt: skip
    return Table(_("Assignments"), columns, tuple(rows))
