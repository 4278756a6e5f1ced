"""Reading from the store what the tables are computed from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace

from qcode.analysis.layer import SPOKEN, Layer, narrowed
from qcode.model.case import INFORMANT, Participation
from qcode.model.document import Document
from qcode.model.filter import CONSENSUS, RECORD, Filter
from qcode.model.tally import Tally
from qcode.store import cases, codebook, coders, codings, documents, memos, tallies
from qcode.store.consensus import consensus_id
from qcode.store.documents import Status
from qcode.store.project import Reader, about
from qcode.system import uncollected
from qcode.workflows import blinding, picking


@uncollected()
def layer_of(connection: Reader, wanted: Filter, *, tallied: bool = True) -> Layer:
    """Return the analysis layer, or one coder's, narrowed to the documents and cases of a filter.

    Without its tallies, which take the most time, where it is not ``tallied``. The filter holds
    ids (see ``choosing.resolved``); of one that chooses passages, these alone are counted.
    """
    wanted = picking.of_one(wanted)
    own = layer_owner(connection, wanted.layer)
    whole = surveyed(connection)
    counted = _counted(whole.documents, documents.statuses(connection), own)
    names = coders.names(connection)
    layer = narrowed(
        replace(
            whole,
            tallies=_tallies(connection, wanted, whole) if tallied else (),
            coders={
                document.id: names[who] for document in whole.documents
                if (who := own or document.record) and document.id in counted
            },
            seen={id: status.codes for id, status in counted.items()},
            finished=frozenset(id for id, status in counted.items() if status.finished),
            unsettled=_kept(codings.unsettled(connection, wanted.layer), whole),
            closed=frozenset(memos.unusable(connection)) if tallied else frozenset(),
            consensus=wanted.layer == CONSENSUS,
            notice=notices(connection, whole.documents),
        ),
        wanted,
    )  # fmt: skip
    return replace(layer, chosen=picking.said(wanted, layer))


def gaps(connection: Reader, wanted: Filter) -> tuple[str, ...]:
    """Return where codes that decide which passages are chosen were not looked for.

    Of several coders nothing is said: each has a codebook of his own.
    """
    if not (wanted.also or wanted.without) or len(wanted.coders) > 1:
        return ()
    return layer_of(connection, wanted, tallied=False).chosen[1:]


def _tallies(connection: Reader, wanted: Filter, whole: Layer) -> Sequence[Tally]:
    found: Sequence[Tally] = (
        tuple(picking.tallied(connection, wanted)) if wanted.picks
        else tallies.read(connection, wanted.layer)
    )  # fmt: skip
    if not whole.left:
        return found  # Large ones are not gone through without need.
    left = {one.id for one in whole.left}
    return tuple(one for one in found if one.document not in left)


def _kept(unsettled: Mapping[tuple[str, str], int], whole: Layer) -> Mapping[tuple[str, str], int]:
    left = {one.id for one in whole.left}
    return {key: number for key, number in unsettled.items() if key[0] not in left}


def layer_owner(connection: Reader, layer: str) -> str:
    """Return whose codings alone make a layer; nothing where each document has its own."""
    if layer == RECORD:
        return ""
    return consensus_id(connection) if layer == CONSENSUS else layer


def surveyed(connection: Reader) -> Layer:
    """Return the codes, documents and cases of the project, with nobody's codings yet.

    An interview leaves it with its participants: where all of them are retired.
    """
    everything, standing = documents.listed(connection), cases.listed(connection)
    parts, known = cases.participations(connection), {case.id for case in standing}
    left = _left(connection, everything, parts, known)
    listed = tuple(document for document in everything if document.id not in left)
    live = {document.id for document in listed}
    return Layer(
        book=codebook.read(connection),
        documents=listed,
        cases=standing,
        parts=tuple(part for part in parts if part.case in known and part.document in live),
        tallies=(),
        coders={},
        seen={},
        finished=frozenset(),
        left=tuple(document for document in everything if document.id in left),
        strange=_strange(connection, parts),
        everyone=parts,
    )  # fmt: skip


def _strange(connection: Reader, parts: Iterable[Participation]) -> frozenset[str]:
    """Return the documents in which a speaker of unknown kind speaks who is no case."""
    linked = {part.speaker for part in parts}
    return frozenset(one.document for one in documents.speakers(connection, kind="unknown")
                     if one.id not in linked)  # fmt: skip


def _left(
    connection: Reader, listed: Iterable[Document], parts: Iterable[Participation],
    known: AbstractSet[str],
) -> set[str]:  # fmt: skip
    """Return the interviews in which nobody takes part any more, and somebody did.

    A village or household to which an interview of somebody belongs does not take part in it.
    """
    by_document: dict[str, set[str]] = defaultdict(set)
    for part in parts:
        by_document[part.document].add(part.case)
    if frozenset().union(*by_document.values()) <= known:
        return set()
    people = {one.id for one in cases.listed(connection, retired=True)
              if one.kind.casefold() == INFORMANT}  # fmt: skip
    left = set()
    for one in listed:
        takers = by_document.get(one.id, set())
        if takers and one.kind in SPOKEN and (takers & people or takers).isdisjoint(known):
            left.add(one.id)
    return left


def _counted(
    listed: Iterable[Document], statuses: Iterable[Status], own: str
) -> Mapping[str, Status]:
    """Return, by document, how far the coder is whose coding counts there."""
    record = {document.id: document.record for document in listed}
    return {
        status.document: status
        for status in statuses
        if status.document in record and status.coder == (own or record[status.document])
    }


def notices(connection: Reader, listed: Iterable[Document]) -> str:
    """Return what must stand beside every table: of the project, and of documents that came in."""
    notices = [blinding.note(connection), about(connection).get("notice", "")]
    notices += [document.details.get("notice", "") for document in listed]
    return " · ".join(dict.fromkeys(notice for notice in notices if notice))
