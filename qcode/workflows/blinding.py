"""What a coder is told who sees only his own work while a round is open."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from qcode.errors import Refused
from qcode.language import _, counted
from qcode.model.document import Document
from qcode.model.table import Table
from qcode.store import veil
from qcode.store.project import Reader

_NAMES = 8


def note(connection: Reader) -> str:
    """Return which rounds hide the work of others from who looks; nothing where none does."""
    hiding = veil.drawn(connection)
    if hiding is None:
        return ""
    return " · ".join(
        counted("round {{name}} is open: only your own codings in its {n} document are counted",
                "round {{name}} is open: only your own codings in its {n} documents are counted",
                number).format(name=name)
        for name, number in hiding.rounds
    )  # fmt: skip


def findings(connection: Reader) -> tuple[str, ...]:
    """Return the sentence that says of what there is in findings only one's own is shown, if so."""
    hiding = veil.drawn(connection)
    if hiding is None:
        return ()
    names = ", ".join(name for name, _number in hiding.rounds)
    return (
        _("round {names} is open: of themes, summaries, stories, answers, places where questions are "
          "asked, and uses of quotations you see only what you wrote yourself").format(names=names),
    )  # fmt: skip


def noted(connection: Reader, table: Table) -> Table:
    """Return a table of findings that says when only one's own are in it."""
    return replace(table, notes=(*table.notes, *findings(connection)))


def refuse(connection: Reader, wanted: Iterable[Document], what: str = "") -> None:
    """Refuse what compares coders in documents where others' work is hidden from who looks.

    ``what`` is the sentence, with ``{rounds}`` and ``{documents}``.
    """
    hiding = veil.drawn(connection)
    if hiding is None:
        return
    hidden = set(hiding.documents.values())
    names = [one.name for one in wanted if one.id in hidden]
    if names:
        raise Refused(
            (what or _("you code in round {rounds}, which is open; how coders agree in {documents} is "
                       "shown when it is closed")).format(
                rounds=", ".join(name for name, _number in hiding.rounds),
                documents=", ".join(names[:_NAMES]) + (", …" if names[_NAMES:] else ""),
            )
        )  # fmt: skip
