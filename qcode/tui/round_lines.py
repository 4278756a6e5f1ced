"""Rounds as rows of a list, and what is said of one beside it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from qcode.analysis.layer import shortened
from qcode.errors import QcodeError
from qcode.language import _, counted
from qcode.model.document import Document
from qcode.model.round import Assignment, Round
from qcode.model.table import Blank, Share, Table, in_words
from qcode.store import cases, codebook, coders, documents, rounds
from qcode.store.coders import Coder
from qcode.store.project import Reader
from qcode.tui.inspecting import Line
from qcode.workflows import rounds as workflow
from qcode.workflows.coders import role_names
from qcode.workflows.scope import finished, kind_names

Clock = Callable[[int], str]


@dataclass(frozen=True, slots=True)
class Given:
    """A document of a round with its coders, each with whether he finished it."""

    document: Document
    done: Mapping[str, bool]


@dataclass(frozen=True, slots=True)
class Row:
    """A round, or what is given out without one."""

    round: Round | None
    given: tuple[Given, ...]
    people: tuple[str, ...]
    """Ids of its coders."""
    figures: Table | None = None
    """What was kept of it when it was closed."""
    unread: str = ""
    """Why that cannot be read."""
    proposals: Table | None = None

    def finished(self, coder: str) -> Share:
        """Return how many of his documents a coder finished."""
        own = [one.done[coder] for one in self.given if coder in one.done]
        return Share(sum(own), len(own))

    def next_of(self, coder: str) -> str:
        """Return the first document that a coder has yet to finish, or nothing."""
        return next(
            (one.document.id for one in self.given if one.done.get(coder) is False), ""
        )  # fmt: skip

    @property
    def unfinished(self) -> bool:
        """Tell whether somebody has yet to finish something."""
        return any(not done for one in self.given for done in one.done.values())


@dataclass(frozen=True, slots=True)
class Staff:
    """Who codes: by id, with their names and those of the cases they know."""

    coders: Mapping[str, Coder]
    cases: Mapping[str, str]

    def name(self, id: str) -> str:
        """Return the name of a coder."""
        return self.coders[id].name if id in self.coders else "?"

    def told(self, one: Coder) -> str:
        """Return a coder with role and known cases."""
        known = [self.cases[id] for id in one.knows if id in self.cases]
        knows = _("knows {cases}").format(cases=shortened(known)) if known else ""
        return " · ".join(filter(None, (one.name, role_names().get(one.role, one.role), knows)))

    @property
    def people(self) -> tuple[Coder, ...]:
        """The coders themselves, without who they are when they code again."""
        return tuple(one for one in self.coders.values() if not one.of)


def staff(connection: Reader) -> Staff:
    """Read who codes."""
    return Staff(
        {one.id: one for one in coders.listed(connection)},
        {one.id: one.name for one in cases.listed(connection)},
    )


def read(connection: Reader, viewer: str) -> tuple[Row, ...]:
    """Read the rounds in the order in which they were opened, then what is given without one."""
    listed = documents.listed(connection)
    done = finished(connection)
    by_round: dict[str, list[Assignment]] = {}
    for one in rounds.assignments(connection):
        by_round.setdefault(one.round, []).append(one)
    proposed = {code.round for code in codebook.read(connection)}
    name = coders.names(connection).get(viewer, "")
    rows = []
    for found in rounds.listed(connection):
        given = _given(listed, by_round.get(found.id, ()), done)
        figures, unread = _figures(connection, found, name)
        proposals = None
        if found.id in proposed:
            proposals = workflow.proposals_table(connection, found, name)
        rows.append(Row(found, given, found.coders, figures, unread, proposals))
    if loose := by_round.get(""):
        people = tuple(dict.fromkeys(one.coder for one in loose))
        rows.append(Row(None, _given(listed, loose, done), people))
    return tuple(rows)


def _given(
    listed: Sequence[Document], given: Sequence[Assignment], done: frozenset[tuple[str, str]]
) -> tuple[Given, ...]:
    by_document: dict[str, dict[str, bool]] = {}
    for one in given:
        finished = (one.document, one.coder) in done
        by_document.setdefault(one.document, {})[one.coder] = finished
    return tuple(Given(one, by_document[one.id]) for one in listed if one.id in by_document)


def _figures(connection: Reader, found: Round, viewer: str) -> tuple[Table | None, str]:
    if not found.figures:
        return None, ""
    try:
        return workflow.shown(connection, found, viewer), ""
    except QcodeError as error:
        return None, str(error)


# -- in words ------------------------------------------------------------------------------------


def called(row: Row) -> str:
    """Return the name of a round, or what stands for none."""
    return row.round.name if row.round else _("without a round")


def state(row: Row) -> str:
    """Return whether a round is open."""
    if row.round is None:
        return ""
    return _("open") if row.round.open else _("closed")


def kind(row: Row) -> str:
    """Return the kind of a round."""
    return kind_names().get(row.round.kind, row.round.kind) if row.round else ""


def how_far(row: Row, known: Staff) -> str:
    """Return how much each coder finished of what he was given."""
    return " · ".join(
        f"{known.name(who)} {in_words(row.finished(who))}" for who in row.people
    )  # fmt: skip


def row_lines(row: Row, known: Staff, me: str, clock: Clock) -> Iterator[Line]:
    """Yield what is said of a round: coders, documents, figures, proposals."""
    yield Line(called(row), "strong")
    found = row.round
    if found:
        yield Line(" · ".join((kind(row), state(row))), "quiet")
        yield Line(_("opened {when} by {coder}").format(
            when=clock(found.opened), coder=known.name(found.maker)), "quiet")  # fmt: skip
        if found.closed:
            yield Line(_("closed {when}").format(when=clock(found.closed)), "quiet")
    yield Line()
    yield Line(_("Coders"), "strong")
    for who in row.people:
        one, share = known.coders.get(who), row.finished(who)
        told = known.told(one) if one else "?"
        yield Line(_("{coder}: {share} finished").format(coder=told, share=in_words(share)))
    if found and found.closed:
        yield from _figured(row)
    yield from _documents(row, known, me)
    if found and found.open:
        yield Line()
        yield Line(_("Its figures are kept when it is closed; until then f shows them only to a "
                     "supervisor who does not code in it."), "quiet")  # fmt: skip
    yield from _proposed(row)


def _documents(row: Row, known: Staff, me: str) -> Iterator[Line]:
    yield Line()
    yield Line(counted("{n} document", "{n} documents", len(row.given)), "strong")
    following = row.next_of(me)
    for one in row.given:
        who = " · ".join(
            f"{'✓' if done else '-'} {known.name(coder)}" for coder, done in one.done.items()
        )
        here = _(" (your next)") if one.document.id == following else ""
        yield Line(f"{who}{here}", lead=f"{one.document.name}  ")
    if not row.given:
        yield Line(_("None yet: a gives some out."), "quiet")


def _figured(row: Row) -> Iterator[Line]:
    yield Line()
    yield Line(_("Figures"), "strong")
    if row.figures is None:
        yield Line(row.unread or _("none were kept: no document was given out"), "quiet")
        return
    yield from pooled(row.figures)
    yield Line(_("all codes, pooled, when the round was closed; f shows each code"), "quiet")


def pooled(figures: Table) -> Iterator[Line]:
    """Yield the last row of figures, all codes pooled, a number a line."""
    for column, cell in zip(figures.columns, figures.rows[-1], strict=True):
        if column.key == "alpha" and isinstance(cell, Blank):
            yield Line(f"{cell.sign} {cell.why}")
            return
        if column.key in ("alpha", "low", "high", "alpha characters", "dice", "informants"):
            title = " ".join(filter(None, (column.title, column.unit)))
            yield Line(in_words(cell), lead=f"{title}: ")


def _proposed(row: Row) -> Iterator[Line]:
    if row.proposals is None or not row.proposals.rows:
        return
    yield Line()
    yield Line(_("Proposed codes (p makes one everyone's)"), "strong")
    for path, who, number, definition in row.proposals.rows:
        segments = counted("{n} segment", "{n} segments", int(str(number)))
        yield Line(f"{path} · {who} · {segments}")
        if definition:
            yield Line(str(definition), "quiet", indent=2)
