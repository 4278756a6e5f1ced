"""Where the recording of a document lies on this computer: no step, and in no log."""

from __future__ import annotations

from sqlalchemy import Connection

from qcode.store.settings import get_local, put_local
from qcode.system import machine


def keep(connection: Connection, document: str, file: str) -> None:
    """Note in this copy, for this computer, which file is a document's recording; none if empty."""
    put_local(connection, _key(document), file)


def of_document(connection: Connection, document: str) -> str:
    """Return the file of a document's recording on this computer, or nothing."""
    return get_local(connection, _key(document))


def _key(document: str) -> str:
    # A project on a server is one copy for many computers.
    return f"recording {machine()} {document}"
