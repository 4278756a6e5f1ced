"""What groups of sources say of themes and codes: who of each group, and the verdict on it.

The number is counted; the verdict is the researcher's alone and empty until it is chosen.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from qcode.analysis.comparison import groups
from qcode.analysis.frequency import share_of_documents, unlooked
from qcode.analysis.locating import Group
from qcode.analysis.looking import Found
from qcode.analysis.themes import Claims, Reach, nothing
from qcode.errors import NotFound
from qcode.language import _
from qcode.model.case import INFORMANT
from qcode.model.codebook import Codebook
from qcode.model.table import Blank, Cell, Column, Table
from qcode.model.theme import AGAINST, FOR, VERDICTS, Appraisal

SOURCES = ("interview", "observation", "document")
"""Kinds of source; focus groups are counted with interviews."""


@dataclass(frozen=True, slots=True)
class Subject:
    """A theme or code that sources are asked about; ``depth`` is how deep it stands in its tree."""

    noun: str
    id: str
    title: str
    depth: int = 0


@dataclass(frozen=True, slots=True)
class Source:
    """A group of sources: of informants who have one value, or all documents of one kind."""

    name: str
    cases: frozenset[str] = frozenset()
    kind: str = ""
    """The kind of document, where the group is one of those."""

    def share(self, found: Found) -> Cell:
        """Return in how many of the group something is, of those it was looked for in."""
        if self.kind:
            return share_of_documents(found, self.kind)
        share = Group(self.name, self.cases).share(found)
        return share if share.n else unlooked()


@dataclass(frozen=True, slots=True)
class Square:
    """One subject and one group: what stands for and against it there, and what was decided."""

    subject: Subject
    source: Source
    for_: Cell
    against: Cell
    verdict: str = ""
    memo: str = ""
    coder: str = ""


def sources(claims: Claims, by: str) -> tuple[Source, ...]:
    """Return the groups by an attribute of informants, or by kind of source where ``by`` is empty."""
    if not by:
        present = {"interview" if one.kind == "focus group" else one.kind
                   for one in claims.layer.documents}  # fmt: skip
        return tuple(Source(kind, kind=kind) for kind in SOURCES if kind in present)
    if claims.layer.emptied:
        raise NotFound(claims.layer.emptied)
    found = groups(claims.layer.of_kind(INFORMANT), by)
    named = tuple(Source(one.name, one.cases) for one in found if one.valued)
    if not named:
        raise NotFound(
            _("nobody who takes part in an interview has a value of “{attribute}”").format(
                attribute=by
            )
        )
    return named


def reach_of(claims: Claims, subject: Subject, side: str) -> Reach:
    """Return what stands under a side of a subject; nothing stands against a code."""
    if subject.noun == "theme":
        return claims.reach(subject.id, side)
    book = claims.layer.book
    return Reach(frozenset({book.end(subject.id)})) if side == FOR else Reach()


def squares(
    claims: Claims, subjects: Iterable[Subject], by: str, appraisals: Iterable[Appraisal]
) -> tuple[Square, ...]:
    """Return every subject with every group, in their orders."""
    book = claims.layer.book
    known = {_key(one, book): one for one in _own_last(appraisals, book)}
    columns = sources(claims, by)
    made = []
    for subject in subjects:
        own, other = (_found(claims, reach_of(claims, subject, side)) for side in (FOR, AGAINST))
        for source in columns:
            said = known.get((subject.id, by.casefold(), source.name.casefold()))
            made.append(Square(
                subject, source,
                source.share(own) if own else nothing(),
                source.share(other) if other else nothing(),
                said.verdict if said else "", said.memo if said else "",
                said.coder if said else "",
            ))  # fmt: skip
    return tuple(made)


def appraised(
    appraisals: Iterable[Appraisal], book: Codebook, like: Appraisal
) -> list[Appraisal]:  # fmt: skip
    """Return what was said of the subject and group of an appraisal; what counts comes last."""
    return [one for one in _own_last(appraisals, book) if _key(one, book) == _key(like, book)]


def _own_last(appraisals: Iterable[Appraisal], book: Codebook) -> list[Appraisal]:
    # What was said of a code itself stands before what was said of one that was merged into it.
    return sorted(appraisals, key=lambda one: _about(one, book) == one.code)


def _about(one: Appraisal, book: Codebook) -> str:
    return one.theme or (book.end(one.code) if one.code in book.codes else one.code)


def _key(one: Appraisal, book: Codebook) -> tuple[str, str, str]:
    return _about(one, book), one.by.casefold(), one.group.casefold()


def _found(claims: Claims, of: Reach) -> Found | None:
    return claims.found(of) if of.codes or of.codings else None


def contradictions_first(made: Iterable[Square]) -> tuple[Square, ...]:
    """Return squares with those that contradict first, then those that agree in part."""
    return tuple(sorted(made, key=lambda one: _RANKS.get(one.verdict, len(_RANKS))))


_RANKS = {verdict: rank for rank, verdict in enumerate(VERDICTS[:2])}


def triangulation_table(
    made: Sequence[Square], by: str, coders: Mapping[str, str], notes: Sequence[str]
) -> Table:
    """Return a row for each subject and group, contradictions first."""
    ordered = contradictions_first(made)
    titles, looked = units(by), _("of those looked through")
    against = any(one.subject.noun == "theme" for one in made)
    columns = (
        Column("about", _("theme") if against else _("code")),
        Column("source", by or _("kind of source")),
        Column("for", titles[0] if against else titles[2], looked, numeric=True),
        *((Column("against", titles[1], looked, numeric=True),) if against else ()),
        Column("verdict", _("verdict")),
        Column("memo", _("memo")),
        Column("by", _("chosen by")),
    )
    rows = tuple(
        (
            one.subject.title, source_named(one.source), one.for_,
            *((one.against,) if against else ()),
            verdict_named(one.verdict) if one.verdict else Blank("", _("no verdict chosen yet")),
            one.memo, coders.get(one.coder, ""),
        )
        for one in ordered
    )  # fmt: skip
    title = _("What sources say, by {group}").format(group=by or _("kind of source"))
    told = _("the numbers are counted, the verdicts are chosen by a researcher")
    return Table(title, columns, rows, (*notes, told))


def units(by: str) -> tuple[str, str, str]:
    """Return what the squares count: for, against, and without sides."""
    if by:
        return _("informants for"), _("informants against"), _("informants")
    return _("documents for"), _("documents against"), _("documents")


def source_named(source: Source) -> str:
    """Return a group as a person reads it."""
    names = {"interview": _("interviews"), "observation": _("observation notes"),
             "document": _("documents")}  # fmt: skip
    return names.get(source.kind, source.name) if source.kind else source.name


def verdict_named(verdict: str) -> str:
    """Return a verdict as a person reads it; nothing where none was chosen."""
    names = {
        "agrees": _("agrees"), "partly": _("partly"), "silent": _("silent"),
        "contradicts": _("contradicts"), "not applicable": _("not applicable"),
    }  # fmt: skip
    return names.get(verdict, verdict)
