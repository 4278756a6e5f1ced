"""The coded passages of a filter as the project sees them: also those that stay inside."""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import dataclass

from qcode.model.excerpt import Excerpt, Manner
from qcode.model.filter import Filter
from qcode.model.quotation import Quotation
from qcode.store.project import Reader
from qcode.workflows.choosing import resolved
from qcode.workflows.excerpts import PLAIN, Excerpts, excerpts, is_key, of_passages, why_inside
from qcode.workflows.prepared import Prepared
from qcode.workflows.retrieving import Passage, Shelf, retrieved


@dataclass(frozen=True, slots=True)
class Seen:
    """A passage with its address, its reference, and why it may not leave the project, if so."""

    passage: Passage
    excerpt: Excerpt
    reason: str
    prepared: Quotation | None = None
    stale: tuple[str, ...] = ()
    """Languages of translations whose words have changed since."""

    @property
    def address(self) -> str:
        """How the coding is typed."""
        return self.excerpt.address

    @property
    def reference(self) -> str:
        """The line that stands under the quotation."""
        return self.excerpt.reference

    @property
    def coding(self) -> str:
        """The id of its coding."""
        return self.passage.segment.coding.id


@dataclass(frozen=True, slots=True)
class Sight:
    """Passages in order of documents and places, and how many have no place to be shown at."""

    seen: tuple[Seen, ...]
    lost: int


def sighted(connection: Reader, asked: Filter, manner: Manner = PLAIN) -> Sight:
    """Return all passages that a filter means; names are as typed."""
    shelf = Shelf(connection)
    found = retrieved(shelf, resolved(connection, asked))
    passages: Sequence[Passage] = found.passages
    if manner.key:
        prepared = Prepared(connection)
        passages = [one for one in passages if is_key(shelf, prepared, one)]
    return Sight(seen(connection, shelf, passages, manner), found.lost)


def seen(
    connection: Reader, shelf: Shelf, passages: Sequence[Passage], manner: Manner = PLAIN
) -> tuple[Seen, ...]:
    """Return passages with how they are cited, and why one stays inside."""
    described = of_passages(connection, shelf, passages, manner).excerpts
    prepared = Prepared(connection)
    return tuple(
        Seen(one, made, why_inside(one, prepared, bystanders=manner.bystanders), prepared.of(one),
             prepared.stale_languages(one))
        for one, made in zip(passages, described, strict=True)
    )  # fmt: skip


def quoted(
    connection: Reader, asked: Filter, only: Container[str], manner: Manner = PLAIN
) -> Excerpts:
    """Return what may be quoted of those passages of a filter whose codings are wanted."""
    return excerpts(connection, asked, manner, only)
