"""Coders' copies brought into one project: what came, what was changed on both sides, what is open."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass
from functools import reduce
from pathlib import Path

from qcode.analysis.joining import Joined, composed, joined
from qcode.errors import NotFound
from qcode.language import _, counted
from qcode.model.change import Change
from qcode.model.document import Splice
from qcode.model.table import Column, Table
from qcode.settings import PROJECT_SUFFIX
from qcode.store import (
    backups,
    branches,
    cases,
    codebook,
    coders,
    decisions,
    documents,
    exchange,
    narratives,
    schema,
    summaries,
    veil,
)
from qcode.store.branches import Branch
from qcode.store.exchange import Brought
from qcode.store.opening import open_project
from qcode.store.project import Project, Reader
from qcode.workflows.telling import noun_counted

DAY = 86_400_000
"""Milliseconds by which a clock may be ahead before it is named."""
_SHOWN = 20
"""Findings of one kind that are listed one by one."""

Finding = tuple[str, str, str]
"""What kind it is, what it concerns, and what there is to know or do."""


@dataclass(frozen=True, slots=True)
class Merged:
    """What a merge brought or would bring."""

    report: Table
    changes: int
    joined: int
    """Documents whose two corrections were made into one."""
    backup: Path | None = None


def sources(typed: Iterable[Path], target: Project) -> tuple[Path, ...]:
    """Return the project files that are meant: as typed, or all of a folder but the target."""
    found: list[Path] = []
    for path in typed:
        if not path.is_dir():
            found.append(path)
            continue
        inside = sorted(path.glob(f"*{PROJECT_SUFFIX}"))
        inside = [one for one in inside
                  if not (target.path and target.path.exists() and one.samefile(target.path))]  # fmt: skip
        if not inside:
            raise NotFound(_("{folder} holds no project files").format(folder=path))
        found += inside
    return tuple(dict.fromkeys(found))


def merge(
    target: Project, coder: str, files: Sequence[Path], when: Callable[[int], str], *,
    dry: bool = False,
) -> Merged:  # fmt: skip
    """Bring files into a project, all or nothing; ``dry`` only tells what it would bring.

    ``when`` tells a time given in milliseconds since 1970 UTC.
    """
    with ExitStack() as stack:
        opened = [stack.enter_context(closing(open_project(str(file), readonly=True)))
                  for file in files]  # fmt: skip

        def look(connection: Reader, brought: Sequence[Brought]) -> tuple[Table, int, int]:
            table = _report(connection, brought, when, target.now())
            number = sum(len(one.changes) for one in brought)
            return table, number, len(branches.branches(connection))

        fresh = any(exchange.brings(one, target) for one in opened)
        kept = backups.back_up(target) if fresh and not dry else None
        report, changes, apart = exchange.merge(opened, target, look, keep=not dry)
    if dry:
        return Merged(report, changes, apart)
    lost = join_corrections(target, coder) if apart else []
    rows = (*report.rows, *lost)
    return Merged(Table(report.title, report.columns, rows, report.notes), changes, apart, kept)


def join_corrections(project: Project, coder: str) -> list[Finding]:
    """Make one text of every two corrections that were made apart; tell where one was lost."""
    findings: list[Finding] = []
    with project.write(coder, "join corrections") as step:
        names = {one.id: one.name for one in documents.listed(step.connection, retired=True)}
        while found := branches.branches(step.connection):
            for branch in found:
                made = _joined(branch)
                branches.join(step, branch, made.transcript, made.from_first, made.from_second)
                name = names.get(branch.document, "?")
                findings += [
                    (_("corrected on both sides"), _("{document} turn {turn}").format(
                        document=name, turn=turn),
                     _("the newer correction stands; compare it with the other copy"))
                    for turn in made.both
                ]  # fmt: skip
    return findings


def _joined(branch: Branch) -> Joined:
    base = branch.base
    none: tuple[Splice, ...] = ()
    first, second = (
        reduce(lambda one, two: composed(one, two, len(base.text)), tip.chain, none)
        for tip in (branch.first, branch.second)
    )
    return joined(base, branch.first.transcript, first, branch.second.transcript, second)


# -- the report -----------------------------------------------------------------------------------


def _report(
    connection: Reader, brought: Sequence[Brought], when: Callable[[int], str], now: int
) -> Table:
    names = coders.names(connection)
    rows: list[Finding] = []
    for one in brought:
        rows += _came(connection, one, names, when)
    rows += _limited(_crossed(connection, brought, names))
    rows += _limited(_late(connection, brought, names))
    rows += _limited(_twins(connection))
    rows += _limited(_gaps(connection, names))
    rows += _limited(_forked(connection, names))
    rows += _ahead(brought, names, now)
    waiting = exchange.waiting(connection)
    rows += [
        (_("waits"), noun_counted(noun, number),
         _("what it refers to is in none of these copies"))
        for noun, number in sorted(waiting.items())
    ]  # fmt: skip
    columns = (Column("kind", _("kind")), Column("what", _("what")), Column("note", _("to know")))
    return Table(_("Merge"), columns, tuple(rows))


def _limited(found: Iterable[Finding]) -> list[Finding]:
    """Return findings, of very many only the first and how many more there are."""
    rows = list(found)
    if len(rows) <= _SHOWN:
        return rows
    more = counted("and {n} more", "and {n} more", len(rows) - _SHOWN)
    return [*rows[:_SHOWN], (rows[0][0], more, "")]


def _came(
    connection: Reader, one: Brought, names: Mapping[str, str], when: Callable[[int], str]
) -> Iterator[Finding]:
    """Yield what a file brought, by who did it; not how much where that is hidden."""
    file = Path(one.place).name
    last = max(one.newest.values(), default=0)
    age = _("last change in it: {when}").format(when=when(last)) if last else ""
    if not one.changes:
        yield _("nothing new"), file, age
    made: dict[str, Counter[str]] = defaultdict(Counter)
    changed: dict[str, set[str]] = defaultdict(set)
    hidden = veil.hidden_coders(connection)
    for change in one.changes:
        if change.data is None or change.actor in hidden:
            changed.setdefault(change.actor, set())
        elif change.new:
            made[change.actor][change.entity] += 1
        else:
            changed[change.actor].add(change.row)
    for actor in sorted(made.keys() | changed.keys(), key=lambda id_: names.get(id_, id_)):
        fresh = {change.row for change in one.changes if change.new and change.actor == actor}
        parts = [noun_counted(noun, number) for noun, number in sorted(made[actor].items())]
        if others := len(changed[actor] - fresh):
            parts.append(counted("{n} change to what was there", "{n} changes to what was there",
                                 others))  # fmt: skip
        what = f"{names.get(actor, '?')}: {', '.join(parts) or _('hidden from you')}"
        yield _("new from {file}").format(file=file), what, age


def _crossed(
    connection: Reader, brought: Sequence[Brought], names: Mapping[str, str]
) -> Iterator[Finding]:
    """Yield the fields that both sides set since they last met; the later one stands."""
    called = _called(connection)
    for one in brought:
        ours = _fields(connection, one.ours)
        for place, theirs in sorted(_fields(connection, one.changes, new=False).items()):
            entity, row, field = place
            if place not in ours or _value(theirs, field) == _value(ours[place], field):
                continue
            last = max(theirs, ours[place], key=lambda change: (change.hlc, change.id))
            yield (
                _("changed on both sides"),
                _("{noun} {name}: {field}").format(
                    noun=noun_counted(entity, 1).removeprefix("1 "),
                    name=called.get((entity, row), ""), field=field,
                ).replace(" :", ":"),
                _("{coder}'s stands, being the later").format(
                    coder=names.get(last.actor, "?")),
            )  # fmt: skip


def _value(change: Change, field: str) -> object:
    return json.loads(change.data or "{}").get(field)


def _fields(
    connection: Reader, changes: Iterable[Change], *, new: bool = True
) -> dict[tuple[str, str, str], Change]:
    """Return the last change of each field that is not hidden, by noun, row and field."""
    found: dict[tuple[str, str, str], Change] = {}
    hidden = veil.hidden_coders(connection)
    for change in sorted(changes, key=lambda one: (one.hlc, one.id)):
        whole = schema.WHOLE.get(change.entity)
        if change.data is None or (change.new and not new and not whole):
            continue
        for name in {whole} & {*json.loads(change.data)} if whole else json.loads(change.data):
            if name != "reason" and change.actor not in hidden:
                found[change.entity, change.row, name] = change
    return found


def _called(connection: Reader) -> dict[tuple[str, str], str]:
    book = codebook.read(connection)
    names = {one.id: one.name for one in documents.listed(connection, retired=True)}
    people = {one.id: one.name for one in cases.listed(connection, retired=True)}
    return {
        **{("document", id): name for id, name in names.items()},
        **{("code", id): book.path(id) for id in book.codes},
        **{
            ("decision", one.id): " · ".join((names.get(one.document, "?"), *(
                dict.fromkeys(book.path(code) for code in one.codes if code in book.codes))))
            for one in decisions.listed(connection)
        },
        **{("piece", one.id): people.get(one.case, "?") for one in narratives.listed(connection)},
        **{
            ("summary", one.id): f"{people.get(one.case, '?')} · {book.path(one.code)}"
            for one in summaries.listed(connection) if one.code in book.codes
        },
    }  # fmt: skip


def _late(
    connection: Reader, brought: Sequence[Brought], names: Mapping[str, str]
) -> Iterator[Finding]:
    """Yield the codings that came for codes that were retired or merged meanwhile."""
    book = codebook.read(connection)
    late: Counter[tuple[str, str]] = Counter()
    hidden = veil.hidden_coders(connection)
    for one in brought:
        for change in one.changes:
            shown = change.data and change.actor not in hidden
            if change.entity == "coding" and change.new and shown:
                code = json.loads(change.data or "{}").get("code", "")
                if code in book.codes and (book[code].retired or book.end(code) != code):
                    late[code, change.actor] += 1
    for (code, actor), number in sorted(late.items()):
        end = book.end(code)
        note = (
            _("the code was merged; they count for {code}").format(code=book.path(end))
            if end != code
            else _("the code is retired; they count, and can be recoded")
        )
        what = counted("{n} coding of {{coder}} with {{code}}",
                       "{n} codings of {{coder}} with {{code}}", number)  # fmt: skip
        yield (_("late arrival"), what.format(coder=names.get(actor, "?"), code=book.path(code)),
               note)  # fmt: skip


def _twins(connection: Reader) -> Iterator[Finding]:
    """Yield the names that two rows share where one is expected."""
    book = codebook.read(connection)
    codes = Counter(
        (book.parent(code.id), code.name.casefold()) for code in book if book.offered(code)
    )
    for (parent, name), number in sorted(codes.items()):
        if number > 1:
            path = f"{book.path(parent)}/{name}" if parent else name
            yield (_("same name"), _("{n} codes {name}").format(n=number, name=path),
                   _("merge them with “qcode codebook merge”, or rename one"))  # fmt: skip
    for label, own in (
        (_("{n} documents {name}"), documents.listed(connection)),
        (_("{n} coders {name}"), coders.listed(connection)),
    ):
        for name, number in sorted(Counter(one.name.casefold() for one in own).items()):
            if number > 1:
                yield (_("same name"), label.format(n=number, name=name),
                       _("they are kept apart; rename one"))  # fmt: skip


def _gaps(connection: Reader, names: Mapping[str, str]) -> Iterator[Finding]:
    """Yield the stretches that are missing of what a copy wrote."""
    for writer in exchange.written(connection):
        for first, last in writer.missing:
            who = ", ".join(names.get(actor, "?") for actor in writer.actors)
            yield (
                _("missing"),
                _("changes {first} to {last} from a copy of {coder}").format(
                    first=first, last=last, coder=who),
                _("ask {coder} for a newer copy, or one from a backup").format(coder=who),
            )  # fmt: skip


def _forked(connection: Reader, names: Mapping[str, str]) -> Iterator[Finding]:
    """Yield the copies that were copied as files and both went on."""
    twice = Counter(writer for writer, _seq in exchange.forks(connection))
    known = {one.id: one.actors for one in exchange.written(connection)}
    for writer, number in sorted(twice.items()):
        who = ", ".join(names.get(actor, "?") for actor in known[writer])
        yield (
            _("copied and gone on"),
            counted("{n} change number of {{coder}} stands twice",
                    "{n} change numbers of {{coder}} stand twice", number).format(coder=who),
            _("a project file was copied and both copies were worked on; all work is kept"),
        )  # fmt: skip


def _ahead(brought: Sequence[Brought], names: Mapping[str, str], now: int) -> Iterator[Finding]:
    """Yield whose clock is a day ahead: what he changed wins over what others change today."""
    ahead = {
        change.actor for one in brought for change in one.changes
        if (change.hlc >> 16) > now + DAY
    }  # fmt: skip
    for actor in sorted(ahead):
        yield (_("clock ahead"), names.get(actor, "?"),
               _("the clock of this copy is over a day ahead; set it right"))  # fmt: skip
