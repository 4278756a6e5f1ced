"""Where codes stand, document by document, for counts that a tally cannot hold."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from functools import cache, partial

from qcode.analysis.cooccurrence.pairs import Ground
from qcode.analysis.layer import Layer
from qcode.model.case import Participation
from qcode.model.document import Speaker
from qcode.model.filter import Filter
from qcode.model.hearing import Hearing, hearing_of
from qcode.store import documents, memos
from qcode.store.project import Reader
from qcode.workflows.picking import given, of_one
from qcode.workflows.relating import Relation


def standing(connection: Reader, wanted: Filter, layer: Layer) -> Iterator[Ground]:
    """Yield the documents of a layer in which something stands; ``wanted`` made that layer.

    Its codes are left to tables. Words count for those cases alone that have what is asked for.
    """
    wanted = of_one(wanted)
    kept = {one.id for one in layer.documents if one.id in layer.coders}
    by_document = given(connection, wanted, layer.book)
    closed = memos.unusable(connection)
    people = Relation(connection, wanted, layer.book).people(wanted.layer)
    hearing = _hearings(connection, layer.everyone, people)
    return (
        Ground(document, own, closed.get(document, ()), partial(hearing, document))
        for document, own in by_document.items()
        if document in kept
    )


def _hearings(
    connection: Reader, everyone: Iterable[Participation], people: Collection[str] | None
) -> Callable[[str], Hearing[str]]:
    """Return what gives whose words the turns of a document are, and reads it once."""
    speakers: dict[str, list[Speaker]] = defaultdict(list)
    parts: dict[str, list[Participation]] = defaultdict(list)
    for speaker in documents.speakers(connection):
        speakers[speaker.document].append(speaker)
    for part in everyone:
        parts[part.document].append(part)
    read = documents.transcripts(connection)

    @cache
    def hearing(document: str) -> Hearing[str]:
        whole = hearing_of(read(document), speakers[document], parts[document])
        return whole if people is None else whole.only(people)

    return hearing
