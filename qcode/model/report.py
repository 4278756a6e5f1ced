"""A document for people to read and keep: headings, paragraphs, tables, pictures and quotations."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from qcode.model.figure import Figure
from qcode.model.table import Table


@dataclass(frozen=True, slots=True)
class Heading:
    """What stands above a part; 1 is the highest ``level``."""

    text: str
    level: int = 1


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Some sentences; ``lead`` are words in bold before them."""

    text: str
    lead: str = ""


@dataclass(frozen=True, slots=True)
class Bullets:
    """Short sentences one below the other."""

    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words that may be quoted, with the line that stands under them."""

    text: str
    reference: str


@dataclass(frozen=True, slots=True)
class Picture:
    """A figure, with its title and its notes under it; left out where none can be drawn."""

    figure: Figure


Block = Heading | Paragraph | Bullets | Quotation | Picture | Table


@dataclass(frozen=True, slots=True)
class Report:
    """A document; ``made`` is the day that stands on it, ``notice`` what its first page must say.

    ``lead`` stands on the first page below the notice, before the ``notes``. A ``wide`` one has
    its pages on their side; one with a ``cover`` begins its blocks on a page of their own.
    ``language`` is that of quotations.
    """

    title: str
    made: str
    notice: str
    notes: tuple[str, ...]
    blocks: tuple[Block, ...]
    lead: tuple[str, ...] = ()
    wide: bool = False
    cover: bool = False
    language: str = ""


def under_headings(tables: Iterable[Table]) -> Iterator[Block]:
    """Yield tables that have rows, each under its title."""
    for table in tables:
        if table.rows:
            yield Heading(table.title)
            yield replace(table, title="")


def numbered(blocks: Iterable[Block]) -> Iterator[tuple[Block, int]]:
    """Yield blocks with the number of a table or picture that has a title; 0 for all else."""
    tables = pictures = 0
    for block in blocks:
        if isinstance(block, Table) and block.title:
            tables += 1
            yield block, tables
        elif isinstance(block, Picture):
            pictures += 1
            yield block, pictures
        else:
            yield block, 0
