"""What follows from decisions, as it stands: the passages of the consensus."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence

from qcode.analysis.adjudication import Reviewed, revised
from qcode.analysis.several import Passages
from qcode.model.codebook import Codebook
from qcode.model.coding import Coding
from qcode.model.decision import Outcome
from qcode.model.span import Span
from qcode.store import codings
from qcode.store.project import Reader
from qcode.workflows.agreement import Given


def consensus_of(connection: Reader, listed: Iterable[Reviewed]) -> Mapping[str, list[Coding]]:
    """Return the passages of the consensus by decision."""
    owner = {
        coding: one.decision.id for one in listed if one.decision
        for coding in one.decision.codings
    }  # fmt: skip
    found: dict[str, list[Coding]] = defaultdict(list)
    for coding in codings.of_ids(connection, owner):
        if coding.fit != "lost":
            found[owner[coding.id]].append(coding)
    return found


def discussed(connection: Reader, listed: Sequence[Reviewed]) -> Callable[[Given], Given]:
    """Return what turns the coders' codings into what they are with what was settled."""
    passages = consensus_of(connection, listed)
    return lambda given: revised(given, listed, passages)


def complete(connection: Reader, listed: Sequence[Reviewed], book: Codebook) -> Passages:
    """Return what follows from each decision of which all passages stand, with codes as they count."""
    decided = {one.decision.id: one.decision for one in listed if one.decision}
    standing = consensus_of(connection, listed)
    return {
        id: [Outcome(book.end(c.code), Span(c.start, c.end)) for c in standing.get(id, ())]
        for id, one in decided.items() if len(standing.get(id, ())) == one.outcome
    }  # fmt: skip
