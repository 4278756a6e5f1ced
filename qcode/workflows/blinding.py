"""What a coder is told who sees only his own work while a round is open."""

from __future__ import annotations

from collections.abc import Iterable

from qcode.errors import Refused
from qcode.language import _, counted
from qcode.model.document import Document
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


def refuse(connection: Reader, wanted: Iterable[Document]) -> None:
    """Refuse what compares coders in documents where others' work is hidden from who looks."""
    hiding = veil.drawn(connection)
    if hiding is None:
        return
    hidden = set(hiding.documents.values())
    names = [one.name for one in wanted if one.id in hidden]
    if names:
        raise Refused(
            _("you code in round {rounds}, which is open; how coders agree in {documents} is shown "
              "when it is closed").format(
                rounds=", ".join(name for name, _number in hiding.rounds),
                documents=", ".join(names[:_NAMES]) + (", …" if names[_NAMES:] else ""),
            )
        )  # fmt: skip
