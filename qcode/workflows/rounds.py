"""Rounds: opening them, what they came to, and the codes proposed in them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from qcode.analysis.layer import shortened
from qcode.errors import BadInput, NotFound, Refused
from qcode.language import _
from qcode.model.document import Document
from qcode.model.filter import Filter
from qcode.model.frozen import frozen, thawed
from qcode.model.round import AGAIN, SUPERVISOR, Assignment, Round
from qcode.model.table import Column, Share, Table
from qcode.store import codebook, coders, codings, documents, rounds, texts, veil
from qcode.store.coders import Coder
from qcode.store.project import Reader, Step
from qcode.workflows import assigning
from qcode.workflows.agreement import Measure, agreement
from qcode.workflows.coders import coder_named
from qcode.workflows.scope import finished, kind_names

Clock = Callable[[int], str]
"""Tells a time in milliseconds since 1970 UTC."""
SEED = 1
"""With which the interval of frozen figures is drawn."""


def open_round(
    step: Step, name: str, kind: str, people: Sequence[str], wanted: Sequence[Document] = ()
) -> Round:  # fmt: skip
    """Open a round with the codebook as it stands; who codes again joins as a second self."""
    found = tuple(dict.fromkeys(coder_named(step.connection, one) for one in people))
    if any(one.of for one in found):
        raise BadInput(_("name the coders themselves"))
    if len(found) < (1 if kind == AGAIN else 2):
        raise BadInput(_("say who codes in it, such as --coders sari,bima"))
    if not len(codebook.read(step.connection)):
        raise Refused(_("there are no codes to freeze; “qcode codebook import” brings some"))
    assigning.refuse_known(step.connection, wanted, found)
    id = rounds.begin(step, name, kind, [one.id for one in found])
    if kind == AGAIN:
        _again(step, id, found, wanted)
    opened = next(one for one in rounds.listed(step.connection) if one.id == id)
    assigning.refuse_unfit(step.connection, wanted, opened)
    rounds.assign(step, [
        Assignment(document.id, who, id) for document in wanted for who in opened.coders
    ])  # fmt: skip
    return opened


def _again(step: Step, round: str, people: Sequence[Coder], wanted: Sequence[Document]) -> None:
    """Let coders be compared with what they gave before."""
    counts = codings.counts(step.connection)
    done = {(one.document, one.coder) for one in documents.statuses(step.connection)}
    for one in people:
        bare = [
            document.name for document in wanted
            if (document.id, one.id) not in counts and (document.id, one.id) not in done
        ]  # fmt: skip
        if bare:
            raise Refused(
                _("{coder} has not coded these once: {names}").format(
                    coder=one.name, names=shortened(bare)
                )
            )
    taken = set(coders.names(step.connection).values())
    selves = []
    for one in people:
        name = documents.free_name(_("{coder} (again)").format(coder=one.name), taken)
        selves.append(coders.add_second(step, one, round, name))
    rounds.staff(step, round, selves)


def close_round(step: Step, found: Round, *, early: bool = False) -> Table | None:
    """Close a round and keep its figures as they are; return them, None where nothing was coded.

    Refused while somebody has not finished what he was given, unless ``early``.
    """
    if not found.open:
        raise Refused(_("round {name} is closed").format(name=found.name))
    with veil.lifted(step.connection):
        unfinished = [] if early else _unfinished(step.connection, found)
        figures = None if unfinished else figures_of(step.connection, found)
    if unfinished:
        raise Refused(
            _("not all is finished in round {name}: {who}; --early closes it all the same").format(
                name=found.name, who=shortened(unfinished)
            )
        )
    rounds.close(step, found.id, frozen(figures) if figures else "")
    return figures


def _unfinished(connection: Reader, found: Round) -> list[str]:
    names = coders.names(connection)
    titles = {one.id: one.name for one in documents.listed(connection)}
    done = finished(connection)
    return [
        _("{coder} {document}").format(coder=names[one.coder], document=titles[one.document])
        for one in rounds.assignments(connection, found.id)
        if (one.document, one.coder) not in done
    ]


def figures_of(connection: Reader, found: Round) -> Table | None:
    """Return the figures of a round as they are now; None where no document is in it."""
    if not rounds.assignments(connection, found.id):
        return None
    return agreement(connection, Filter(), Measure(round=found.name), seed=SEED)


def shown(connection: Reader, found: Round, viewer: str) -> Table:
    """Return what a round came to; while it is open, only to who may see what all gave.

    These are supervisors who do not code in it themselves.
    """
    if found.figures:
        body = texts.body(connection, found.figures)
        if body is None:
            raise NotFound(_("the figures of round {name} never came").format(name=found.name))
        return thawed(body)
    if found.open:
        refuse_unless_seeing(connection, found, viewer)
    table = figures_of(connection, found)
    if table is None:
        raise NotFound(_("no document is assigned in round {name}").format(name=found.name))
    return table


def refuse_unless_seeing(connection: Reader, found: Round, viewer: str) -> None:
    """Refuse what all gave in an open round to who is not a supervisor, or codes in it."""
    if not _sees(connection, found, viewer):
        raise Refused(
            _("round {name} is open: its coders code each for themselves, and only a supervisor "
              "who does not code in it sees figures (“qcode coders set NAME --role supervisor”)")
            .format(name=found.name)
        )  # fmt: skip


def _sees(connection: Reader, found: Round, viewer: str) -> bool:
    """Tell whether somebody may see what all gave in an open round."""
    everyone = coders.listed(connection)
    who = next((one for one in everyone if one.name == viewer), None)
    if who is None or who.role != SUPERVISOR:
        return False
    selves = {who.id, *(one.id for one in everyone if one.of == who.id)}
    return selves.isdisjoint(found.coders)


def rounds_table(connection: Reader, clock: Clock) -> Table:
    """Return the rounds with their coders, documents and state."""
    names = coders.names(connection)
    done = finished(connection)
    columns = (
        Column("round", _("round")), Column("kind", _("kind")), Column("coders", _("coders")),
        Column("documents", _("documents"), numeric=True),
        Column("finished", _("finished"), _("of what was assigned"), numeric=True),
        Column("opened", _("opened")), Column("closed", _("closed")),
    )  # fmt: skip
    rows = []
    for one in rounds.listed(connection):
        given = rounds.assignments(connection, one.id)
        number = sum((each.document, each.coder) in done for each in given)
        rows.append((
            one.name, kind_names().get(one.kind, one.kind),
            ", ".join(names.get(who, "?") for who in one.coders),
            len({each.document for each in given}), Share(number, len(given)),
            clock(one.opened), clock(one.closed) if one.closed else _("open"),
        ))  # fmt: skip
    return Table(_("Rounds"), columns, tuple(rows))


def proposals_table(connection: Reader, found: Round, viewer: str) -> Table:
    """Return the codes that were proposed in a round: all, or while it is open one's own."""
    book, names = codebook.read(connection), coders.names(connection)
    makers = codebook.makers(connection)
    given = codings.by_code(connection)
    mine = {id for id, name in names.items() if name == viewer}
    mine |= {one.id for one in coders.listed(connection) if one.of in mine}
    everyones = not found.open or _sees(connection, found, viewer)
    rows = tuple(
        (book.path(code.id), names.get(makers.get(code.id, ""), "?"), given.get(code.id, 0),
         code.definition)
        for code in book
        if code.round == found.id and (everyones or makers.get(code.id) in mine)
    )  # fmt: skip
    columns = (
        Column("code", _("code")), Column("coder", _("proposed by")),
        Column("segments", _("segments"), numeric=True), Column("definition", _("definition")),
    )  # fmt: skip
    title = _("Codes proposed in round {name}").format(name=found.name)
    notes = (
        _("they are in no figure of the round; “qcode codebook accept CODE” makes one everyone's"),
    )
    return Table(title, columns, rows, notes)


def accept(step: Step, typed: str, *, reason: str = "") -> str:
    """Make a proposed code a code of everyone; return its path."""
    book = codebook.read(step.connection)
    code = book.find(typed)
    if not code.round:
        raise Refused(_("“{name}” is no proposal: it is a code of everyone").format(name=code.name))
    codebook.accept(step, code.id, reason=reason)
    return book.path(code.id)
