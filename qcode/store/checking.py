"""Looking for damage: what the log, the tables and the texts say must agree."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import groupby, islice
from operator import itemgetter

from sqlalchemy import Connection, func, select

from qcode.language import _, counted
from qcode.model.change import digest
from qcode.model.document import Transcript
from qcode.store import coders, dialect, log, schema, texts, trees, veil
from qcode.store.comparing import differences
from qcode.store.exchange import forks
from qcode.store.project import Project
from qcode.store.rows import streamed
from qcode.store.settings import get_local

Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Finding:
    """Something a check found; ``damage`` is False for what is only worth knowing."""

    text: str
    damage: bool = True


def check(project: Project, progress: Progress = lambda _name: None) -> tuple[Finding, ...]:
    """Return what is wrong with a project, and what is worth knowing; nothing is changed.

    It ends at the first kind of damage: what comes after would read what is damaged.
    """
    found: list[Finding] = []
    with project.read() as connection, dialect.interruptible(connection):
        for name, look in _LOOKS.items():
            progress(_(name))
            found += look(connection)
            if any(finding.damage for finding in found):
                return tuple(found)
        return (*found, *_compare_with_log(connection, progress))


def _integrity(connection: Connection) -> list[Finding]:
    if not dialect.is_sqlite(connection):
        return []
    said = connection.exec_driver_sql("PRAGMA integrity_check(20)").scalars().all()
    dangling = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
    found = [Finding(_("the file: {said}").format(said=one)) for one in said if one != "ok"]
    if dangling:
        found.append(Finding(_("{n} rows refer to nothing").format(n=len(dangling))))
    return found


def _log(connection: Connection) -> list[Finding]:
    return [
        Finding(_("change {id} does not say what was written").format(id=id))
        for id in islice(log.unsound(connection), 20)
    ]


def _values(connection: Connection) -> list[Finding]:
    table = schema.value
    query = select(table.c.hash, table.c.kind, table.c.body).where(table.c.body.is_not(None))
    return [
        Finding(
            _("a stored {kind} is not what it was ({hash})").format(kind=kind, hash=name.hex()[:12])
        )
        for name, kind, body in streamed(connection, query)
        if digest(body) != name.hex() or kind not in texts.KINDS
    ]


def _words(connection: Connection) -> list[Finding]:
    """Compare the words at every place with the hash they had when they were chosen."""
    wrong = 0
    for noun in ("coding", "flag", "memo"):
        table = schema.NOUN[noun].table
        query = (
            select(
                table.c.document, table.c.at_version, table.c.at_start, table.c.at_end,
                table.c.at_words,
            )
            .where(table.c.at_version.is_not(None))
            .order_by(table.c.document)
        )  # fmt: skip
        for _document, places in groupby(streamed(connection, query), itemgetter(0)):
            held: dict[int, Transcript] = {}
            for _same, version, start, end, words in places:
                if version not in held:
                    held[version] = texts.transcript(connection, version)
                wrong += held[version].hash_words(start, end) != (words.hex() if words else "")
    if not wrong:
        return []
    return [
        Finding(
            counted(
                "{n} place holds other words than those chosen",
                "{n} places hold other words than those chosen",
                wrong,
            )
        )
    ]


def _known(connection: Connection) -> list[Finding]:
    """Tell what is no damage but worth knowing: what waits, loops, copies that went on."""
    found: list[Finding] = []
    waiting = len(connection.execute(select(schema.waiting.c.id)).all())
    if waiting:
        found.append(
            Finding(_("{n} rows wait for something that never came").format(n=waiting), False)
        )
    found += _withheld(connection)
    codes = connection.execute(select(schema.code.table.c.id)).scalars()
    _trees, loops = trees.folded_trees(connection, codes)
    if loops:
        found.append(
            Finding(
                _("{n} moves of codes were passed over, for they close a loop").format(
                    n=len(loops)
                ),
                False,
            )
        )
    for writer, seq in forks(connection)[:5]:
        found.append(
            Finding(
                _("a file was copied and both copies went on (writer {writer}, change {seq}); "
                  "both are kept").format(writer=writer[:8], seq=seq),
                False,
            )
        )  # fmt: skip
    lost = schema.coding.table
    lost_rows = connection.execute(
        select(lost.c.id).where(lost.c.fit == "lost", lost.c.retired == 0)
    ).all()
    if lost_rows:
        found.append(Finding(_("{n} codings need a place").format(n=len(lost_rows)), False))
    return [*found, *_flags(connection)]


def _withheld(connection: Connection) -> list[Finding]:
    """Tell how many changes stand here without what they say."""
    table = schema.change
    query = select(func.count()).select_from(table).where(table.c.data.is_(None))
    number = connection.execute(query).scalar_one()
    if not number:
        return []
    owner = get_local(connection, veil.COPY_FOR)
    name = coders.names(connection).get(owner, "")
    told = counted(
        "{n} change stands here without what it says",
        "{n} changes stand here without what they say", number,
    )  # fmt: skip
    whose = _("a copy for {name}, who codes blind").format(name=name) if name else ""
    return [Finding(": ".join(filter(None, (whose, told))), False)]


def _flags(connection: Connection) -> list[Finding]:
    """Tell which flags cannot be followed, and which answers are about none that stands."""
    flag, memo = schema.flag.table, schema.memo.table
    lost = select(flag.c.id).where(flag.c.fit == "lost", flag.c.retired == 0)
    standing = select(flag.c.id).where(flag.c.retired == 0)
    loose = select(memo.c.id).where(
        memo.c.about_noun == "flag", memo.c.retired == 0, memo.c.about_id.not_in(standing)
    )
    found = []
    if number := len(connection.execute(lost).all()):
        found.append(
            Finding(counted("{n} flag needs a place", "{n} flags need a place", number), False)
        )
    if number := len(connection.execute(loose).all()):
        found.append(
            Finding(
                counted("{n} answer is about a flag that was taken away",
                        "{n} answers are about a flag that was taken away", number), False,
            )
        )  # fmt: skip
    return found


def _compare_with_log(connection: Connection, progress: Progress) -> list[Finding]:
    """Tell of the first table that is not what the log says."""

    def tell(table: str) -> None:
        progress(_("table “{name}” against the log").format(name=table))

    return [
        Finding(_("table “{name}”: {n} rows are not what the log says").format(name=name, n=number))
        for name, number in islice(differences(connection, tell), 1)
    ]


_LOOKS: dict[str, Callable[[Connection], list[Finding]]] = {
    "file": _integrity,
    "log": _log,
    "texts": _values,
    "words of codings": _words,
    "what waits": _known,
}
