"""A document as plain lines: its text with numbers, and the codings where they begin."""

from __future__ import annotations

from collections.abc import Iterator

from qcode.language import _
from qcode.model.document import Document
from qcode.store import codebook, coders, codings, documents, memos
from qcode.store.project import Reader
from qcode.workflows.addresses import addresses
from qcode.workflows.flagging import flag_names
from qcode.workflows.listing import state


def shown(connection: Reader, document: Document) -> Iterator[str]:
    """Yield a heading, then each line with its number, turn and offset, codings below their turn.

    The offset is where the line starts in the text, in code points: what ``apply`` counts in.
    """
    transcript = documents.current(connection, document.id).transcript
    below = _notes_by_turn(connection, document)
    yield f"{document.name}  {document.kind}"
    for key, value in document.details.items():
        yield f"{key}: {value}"
    yield ""
    wide = max(6, len(str(len(transcript.text))) + 2)
    yield f"{_('line'):>{wide}}{_('turn'):>{wide}}{_('offset'):>{wide + 2}}"
    line = 1
    for number, turn in enumerate(transcript.turns, 1):
        offset, first = turn.start, True
        for text in transcript.text[turn.start : turn.end].removesuffix("\n").split("\n"):
            here = f"{line:>{wide}}{number if first else '':>{wide}}{offset:>{wide + 2}}"
            yield f"{here}  {text}".rstrip()
            line, offset, first = line + 1, offset + len(text) + 1, False
        for note in below.get(number - 1, ()):
            yield " " * (3 * wide + 4) + note


def _notes_by_turn(connection: Reader, document: Document) -> dict[int, list[str]]:
    transcript = documents.current(connection, document.id).transcript
    book = codebook.read(connection)
    names = coders.names(connection)
    where = addresses(connection, [document])
    found: dict[int, list[str]] = {}
    for one in codings.of_document(connection, document.id):
        told = f"▸ {where[one.id]}  {names[one.coder]}  {book.path(book.end(one.code))}"
        told += f"  {one.start}-{one.end}" + (f"  [{state(one)}]" if state(one) else "")
        found.setdefault(transcript.turn_index(one.start), []).append(told)
    for flag in memos.flags(connection, document.id):
        who = names.get(flag.coder, "")
        told = f"▪ {flag_names()[flag.kind]}  {who}  {flag.start}-{flag.end}"
        told += f"  “{flag.text}”" if flag.text else ""
        told += f"  [{_('settled')}]" if flag.settled else ""
        found.setdefault(transcript.turn_index(flag.start), []).append(told)
    return found
