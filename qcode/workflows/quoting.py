"""The coded passages of a filter as the project sees them: also those that stay inside."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Sequence
from dataclasses import dataclass

from qcode.analysis.releasing import told, withheld
from qcode.language import counted
from qcode.model.filter import Filter
from qcode.store.project import Reader
from qcode.workflows.choosing import resolved
from qcode.workflows.excerpts import Excerpts, of_passages
from qcode.workflows.retrieving import Passage, Shelf, retrieved


@dataclass(frozen=True, slots=True)
class Seen:
    """A passage with its address, its reference, and why it may not leave the project, if so."""

    passage: Passage
    address: str
    reference: str
    reason: str

    @property
    def coding(self) -> str:
        """The id of its coding."""
        return self.passage.segment.coding.id


@dataclass(frozen=True, slots=True)
class Sight:
    """Passages in order of documents and places, and how many have no place to be shown at."""

    seen: tuple[Seen, ...]
    lost: int


def sighted(connection: Reader, asked: Filter) -> Sight:
    """Return all passages that a filter means; names are as typed."""
    shelf = Shelf(connection)
    found = retrieved(shelf, resolved(connection, asked))
    return Sight(seen(connection, shelf, found.passages), found.lost)


def seen(connection: Reader, shelf: Shelf, passages: Sequence[Passage]) -> tuple[Seen, ...]:
    """Return passages with how they are cited, and why one stays inside."""
    described = of_passages(connection, shelf, passages).excerpts
    return tuple(
        Seen(one, excerpt.address, excerpt.reference,
             withheld(one.page.hearing.transcript, one.page.closed, one.span))
        for one, excerpt in zip(passages, described, strict=True)
    )  # fmt: skip


def quoted(connection: Reader, asked: Filter, only: Container[str]) -> Excerpts:
    """Return what may be quoted of those passages of a filter whose codings are wanted."""
    shelf = Shelf(connection)
    found = retrieved(shelf, resolved(connection, asked)).passages
    reasons: Counter[str] = Counter()
    allowed = []
    for one in found:
        if one.segment.coding.id not in only:
            continue
        if reason := withheld(one.page.hearing.transcript, one.page.closed, one.span):
            reasons[reason] += 1
        else:
            allowed.append(one)
    excerpts = of_passages(connection, shelf, allowed)
    if not reasons:
        return excerpts
    note = counted("{n} excerpt withheld: {{reasons}}", "{n} excerpts withheld: {{reasons}}",
                   reasons.total()).format(reasons=told(reasons))  # fmt: skip
    return Excerpts(excerpts.excerpts, (note, *excerpts.notes))
