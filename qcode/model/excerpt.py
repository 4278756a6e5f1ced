"""A segment on its way out into a text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import NamedTuple

from qcode.model.quotation import Translation

_NOTHING: Mapping[str, str] = MappingProxyType({})


class Excerpt(NamedTuple):
    """A quotation with what a write-up needs to cite it: a plain tuple, since there are thousands.

    ``address`` is how a coding is typed on the command line (``W07:15.2``: document, turn, and
    which coding of that turn); ``reference`` is the line that stands under the quotation;
    ``notice`` says what must stand beside every excerpt of its project, such as ``data latihan``.
    """

    address: str
    reference: str
    code: str
    text: str
    """As it is quoted: shortened where it is, with marks."""
    document: str
    turn: int
    lines: tuple[int, int]
    speakers: tuple[str, ...] = ()
    cases: tuple[str, ...] = ()
    coder: str = ""
    values: Mapping[str, str] = _NOTHING
    """Attributes of the cases, by name."""
    memo: str = ""
    notice: str = ""
    number: int = 0
    """Its place in the list, from 1; the same in every format and grouping."""
    short: bool = False
    role: str = ""
    used: tuple[str, ...] = ()
    translation: Translation | None = None
    before: str = ""
    after: str = ""
    """What stands around it, for a reader to understand it; nobody quotes that."""


@dataclass(frozen=True, slots=True)
class Group:
    """Excerpts that stand under one heading; one excerpt may stand under several."""

    title: str
    excerpts: tuple[Excerpt, ...]


CODE, THEME, CASE = "code", "theme", "case"
"""What excerpts are grouped by, beside attributes."""


@dataclass(frozen=True, slots=True)
class Manner:
    """How excerpts are wanted; names are as typed.

    ``ref`` names the attributes of the reference line; without any, ``privacy`` is the most that
    it says (one of ``referring.PRIVACY``, else the last). ``language`` is that of translations,
    ``context`` a number of sentences around each passage, ``group`` is CODE, THEME, CASE or an
    attribute, or nothing. What a coder noted for himself goes out only with ``memos``: nobody
    released it; nor, without ``bystanders``, what people said who are no case of the study.
    """

    ref: tuple[str, ...] = ()
    privacy: str = ""
    language: str = ""
    context: int = 0
    group: str = ""
    key: bool = False
    memos: bool = False
    bystanders: bool = False


@dataclass(frozen=True, slots=True)
class Excerpts:
    """Excerpts in order of documents and places, and the sentences that belong to them."""

    excerpts: tuple[Excerpt, ...]
    notes: tuple[str, ...] = ()
    title: str = ""
    groups: tuple[Group, ...] | None = field(default=None)
    """None where nobody asked for groups."""
    notice: str = ""
    """What the project and the documents want said on everything that leaves."""
    language: str = ""
    """The language of the project."""
