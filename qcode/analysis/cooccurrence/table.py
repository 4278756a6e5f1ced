"""The pairs of codes as a list, most frequent first, and as a matrix."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from functools import lru_cache
from itertools import combinations

from qcode.analysis.cooccurrence.meeting import NEAR, OVERLAP, TURN, Way
from qcode.analysis.cooccurrence.pairs import Common, Cooccurrence, Couple, Pair
from qcode.analysis.frequency import also_in, kinds_apart, listed_codes
from qcode.analysis.layer import said_of
from qcode.analysis.looking import gaps
from qcode.language import _, counted
from qcode.model.case import INFORMANT
from qcode.model.codebook import Codebook
from qcode.model.table import Blank, Cell, Column, Placed, Share, Table

PASSAGES, INFORMANTS, JACCARD = "passages", "informants", "jaccard"
MEASURES = (PASSAGES, INFORMANTS, JACCARD)
_share = lru_cache(Share)
"""Hundreds of pairs have the same few shares."""


def listing(
    found: Cooccurrence, chosen: Iterable[str] = (), measure: str = PASSAGES
) -> Table:  # fmt: skip
    """Return the pairs of codes that meet, first those with the most of a measure."""
    codes = _codes(found)
    tops = _inside(found.layer.book, chosen)
    couples = [couple for couple in _couples(found, codes)
               if not tops or not tops.isdisjoint(couple)]  # fmt: skip
    meeting = [couple for couple in couples
               if (pair := found.pairs.get(couple)) and pair.passages]  # fmt: skip
    meeting.sort(key=lambda couple: _weight(found, couple, measure))
    names = _names(found.layer.book, codes)
    others = kinds_apart(found.layer)
    rows = tuple(
        (names[one], names[other], *_cells(found, (one, other), others)) for one, other in meeting
    )
    looked = len(meeting) + sum(
        bool(found.common(couple).documents) for couple in set(couples).difference(meeting)
    )
    never = _("{k} of {n} pairs of codes that were looked for together never meet").format(
        k=looked - len(meeting), n=looked
    )
    standing = {code for couple in meeting for code in couple}
    notes = _notes(found, [code for code in codes if code in (tops | standing if tops else codes)])
    return Table(_title(found), _columns(found, others), rows, (*notes, never))


def matrix(
    found: Cooccurrence, chosen: Iterable[str] = (), measure: str = PASSAGES, *,
    numbered: bool = True,
) -> Table:  # fmt: skip
    """Return a measure for every two codes; the columns are ``numbered``, else named."""
    codes = _codes(found)
    if tops := _inside(found.layer.book, chosen):
        codes = [code for code in codes if code in tops]
    # Names tell codes apart already, and a program reads the columns behind them as a square.
    names = {code: str(name) for code, name in _names(found.layer.book, codes).items()}
    place = {code: at for at, code in enumerate(found.codes)}
    related = _related(found.layer.book, codes)
    rows = []
    for at, code in enumerate(codes, start=1):
        cells: list[Cell] = []
        for other in codes:
            couple = (code, other) if place[code] < place[other] else (other, code)
            none = code == other or couple in related
            cells.append(_no_pair() if none else _measured(found, couple, measure))
        rows.append((at, names[code], *cells))
    columns = [
        Column(f"code:{code}", str(at) if numbered else names[code], numeric=True)
        for at, code in enumerate(codes, start=1)
    ]
    return Table(
        _title(found),
        (Column("number", _("no"), numeric=True), Column("code", _("code")), *columns),
        tuple(rows),
        (_in_cells(measure), *_notes(found, codes)),
    )


def _codes(found: Cooccurrence) -> list[str]:
    return [one.code.id for one in listed_codes(found.layer.book, found.lengths)]


def _inside(book: Codebook, chosen: Iterable[str]) -> frozenset[str]:
    """Return the chosen codes and those below them."""
    return frozenset(below for code in chosen for below in book.below(book.end(code)))


def _related(book: Codebook, codes: Iterable[str]) -> set[Couple]:
    """Return the codes that lie one above the other, the upper one first."""
    return {(code, below) for code in codes for below in book.below(code) if below != code}


def _couples(found: Cooccurrence, codes: Sequence[str]) -> Iterable[Couple]:
    related = _related(found.layer.book, codes)
    return (couple for couple in combinations(codes, 2) if couple not in related)


def _pair(found: Cooccurrence, couple: Couple) -> Pair:
    return found.pairs.get(couple) or Pair()


def _weight(found: Cooccurrence, couple: Couple, measure: str) -> tuple[float, ...]:
    """Return what pairs are sorted by: the measure, then passages, then interviews."""
    pair = found.pairs[couple]
    first: float = len(pair.cases) if measure == INFORMANTS else 0
    if measure == JACCARD:
        first = found.jaccard(couple) or 0
    return -first, -pair.passages, -len(pair.documents)


def _cells(found: Cooccurrence, couple: Couple, others: Iterable[str]) -> Iterable[Cell]:
    pair, common = found.pairs[couple], found.common(couple)
    return (
        pair.passages,
        _documents(pair, common, "interview"),
        _share(len(pair.cases), len(common.cases)) if common.cases else _unlooked(),
        found.index(couple, pair, common) or 0.0,
        *[_documents(pair, common, kind) for kind in others],
    )


def _documents(pair: Pair, common: Common, kind: str) -> Cell:
    if not (looked := common.by_kind.get(kind)):
        return _unlooked()
    return _share(len(pair.documents.intersection(looked)), len(looked))


def _measured(found: Cooccurrence, couple: Couple, measure: str) -> Cell:
    pair, common = _pair(found, couple), found.common(couple)
    if not common.documents:
        return _unlooked()
    if measure == JACCARD:
        index = found.jaccard(couple)
        return _nothing() if index is None else index
    if measure == INFORMANTS:
        return Share(len(pair.cases), len(common.cases)) if common.cases else _unlooked()
    return pair.passages


def _unlooked() -> Blank:
    return Blank("·", _("not looked for: nothing was looked through for both codes"))


def _no_pair() -> Blank:
    return Blank("-", _("no pair: a code with itself, or with one above it"))


def _nothing() -> Blank:
    return Blank("–", _("neither code has a character"))


def _names(book: Codebook, codes: Collection[str]) -> dict[str, str]:
    """Return names, with what is above them where two are the same."""
    often = Counter(book[code].name for code in codes)
    names = {
        code: book.path(code) if often[book[code].name] > 1 else book[code].name for code in codes
    }
    return {
        code: Placed(_("{code} (retired)").format(code=name) if book[code].retired else name,
                     book.path(code))
        for code, name in names.items()
    }  # fmt: skip


def _title(found: Cooccurrence) -> str:
    titles = {
        OVERLAP: _("Codes on the same words"),
        TURN: _("Codes in the same turn"),
        NEAR: _("Codes near each other"),
    }
    return titles[found.way.by]


def _columns(found: Cooccurrence, others: Iterable[str]) -> tuple[Column, ...]:
    of = _("both looked for")
    people = _("informants") if found.kind == INFORMANT else found.kind
    return (
        Column("code", _("code")),
        Column("with", _("with")),
        Column("passages", _("pairs of passages"), _meets(found.way), numeric=True),
        Column("interviews", _("interviews"), of, numeric=True),
        Column("cases", people, of, numeric=True),
        Column("jaccard", _("Jaccard"), _("characters"), numeric=True),
        *(also_in(kind) for kind in others),
    )


def _meets(way: Way) -> str:
    if way.by == NEAR:
        return counted("within {n} word", "within {n} words", way.words)
    return _("in the same turn") if way.by == TURN else _("that overlap")


def _in_cells(measure: str) -> str:
    cells = {
        PASSAGES: _("in the cells: pairs of passages"),
        INFORMANTS: _("in the cells: informants, of those looked through for both codes"),
        JACCARD: _("in the cells: Jaccard on characters"),
    }
    return cells[measure]


def _notes(found: Cooccurrence, codes: Collection[str]) -> tuple[str, ...]:
    rules = {
        OVERLAP: _("two passages meet that share a character; an informant counts who says a word "
                   "of what they share"),
        TURN: _("two passages meet that each have a word in one turn; an informant counts whose "
                "turn that is"),
        NEAR: counted("two passages meet with at most {n} word between them, labels aside; an "
                      "informant counts who says a word in both",
                      "two passages meet with at most {n} words between them, labels aside; an "
                      "informant counts who says a word in both", found.way.words),
    }  # fmt: skip
    rolled = (
        _("each code with the codes below it, united; a code and one above it are no pair")
        if found.rolled
        else _("each code by itself (--rolled adds those below it); a code and one above it are "
               "no pair")
    )  # fmt: skip
    return (
        *said_of(found.layer, codes),
        rules[found.way.by],
        rolled,
        _("passages of one code that overlap or touch are one; how many there are depends on how "
          "finely the coder cuts"),
        _("Jaccard: characters with both codes / characters with at least one, of the whole text, "
          "in documents looked through for both"),
        *gaps(found.layer, found.presence, codes),
    )  # fmt: skip
