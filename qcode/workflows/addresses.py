"""How a coding is typed and printed: ``W07:15.2`` is document W07, turn 15, its second coding.

The codings of a turn are numbered in the order in which they were made, retired ones included, so
that retiring one gives no other its number.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from qcode.errors import BadInput, NotFound
from qcode.language import _
from qcode.model.document import Document, Transcript
from qcode.model.naming import chosen
from qcode.store import codings, documents
from qcode.store.project import Reader
from qcode.workflows.retrieving import Page

_FEW = 20
"""As many documents are asked for by their ids, of more the codings of all are read."""
_ADDRESS = re.compile(r"(?P<document>.+):(?P<turn>[0-9]{1,9})\.(?P<number>[0-9]{1,9})")


def addresses(
    connection: Reader, of: Iterable[Document], texts: Mapping[str, Transcript] | None = None
) -> Mapping[str, str]:
    """Return the address of every coding of these documents, by the coding's id.

    ``texts`` holds current transcripts, by document, that the caller has read already.
    """
    wanted = {document.id: document.name for document in of}
    if not wanted:
        return {}
    only = wanted if len(wanted) <= _FEW else ()
    read = documents.transcripts(connection)
    found: dict[str, str] = {}
    turns: dict[int, int] = {}
    here, name, at = "", "", None
    for document, coding, start in codings.births(connection, only):
        if document not in wanted:
            continue
        if document != here or at is None:
            here, transcript = document, (texts or {}).get(document)
            name, at = wanted[document], (transcript or read(document)).turn_index
            turns.clear()
        turn = at(start) + 1
        turns[turn] = number = turns.get(turn, 0) + 1
        found[coding] = f"{name}:{turn}.{number}"
    return found


def addresses_on(connection: Reader, pages: Iterable[Page]) -> Mapping[str, str]:
    """Return the address of every coding of documents that are being read, by the coding's id."""
    read = {page.document.id: page for page in pages}
    texts = {id: page.hearing.transcript for id, page in read.items()}
    return addresses(connection, [page.document for page in read.values()], texts)


def coding_at(connection: Reader, typed: str) -> str:
    """Return the id of the coding at an address; the document's name may be abbreviated.

    Raises BadInput where it is no address, NotFound where nothing stands there.
    """
    parts = _ADDRESS.fullmatch(typed.strip())
    if parts is None:
        raise BadInput(
            _("“{typed}” is no address of a coding; write it as “qcode codings list” does, such "
              "as W07:15.2").format(typed=typed)
        )  # fmt: skip
    document = document_named(connection, parts["document"])
    address = f"{document.name}:{int(parts['turn'])}.{int(parts['number'])}"
    for coding, own in addresses(connection, [document]).items():
        if own == address:
            return coding
    raise NotFound(
        _("no coding “{address}”; “qcode codings list --document {document}” lists those of this "
          "document").format(address=address, document=document.name)
    )  # fmt: skip


def document_named(connection: Reader, typed: str, *, retired: bool = False) -> Document:
    """Return the document of that name or a clear beginning of it; raises as ``chosen`` does."""
    things = {one.name: one for one in documents.listed(connection, retired=retired)}
    return chosen(typed, things, _("document"))
