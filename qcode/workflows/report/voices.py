"""Codes by village or another attribute: how many speak of each, and what is said where."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from qcode.analysis import patterns as analysis
from qcode.analysis.frequency import Listed, listed_codes
from qcode.analysis.layer import SPOKEN, Layer
from qcode.analysis.locating import Group
from qcode.analysis.looking import Found, presence
from qcode.analysis.patterns import Candidate
from qcode.language import _
from qcode.model.case import INFORMANT, Attribute
from qcode.model.excerpt import Excerpt, Manner
from qcode.model.filter import Filter
from qcode.model.report import Block, Heading, Paragraph, Quotation
from qcode.model.table import Blank, Cell, Table, in_words
from qcode.store.project import Reader
from qcode.workflows.excerpts import is_key, of_passages, why_inside
from qcode.workflows.prepared import Prepared
from qcode.workflows.retrieving import Passage, Shelf, retrieved

DEEPEST = 1
"""The codes of a section: those at the top of the codebook, and those right below them."""

Key = tuple[str, str]
"""A code and the name of a group."""


def upper(table: Table, without: str = "") -> Table:
    """Return the rows of a table of codes that stand at the top, or right below.

    ``without`` is the key of a column that is left out.
    """
    columns = [at for at, column in enumerate(table.columns) if column.key != without]
    gone = tuple(f"“{one.title}”" for one in table.columns if one.key == without)
    kept = [at for at, depth in enumerate(table.depths) if depth <= DEEPEST]
    return replace(
        table,
        columns=tuple(table.columns[at] for at in columns),
        rows=tuple(tuple(table.rows[row][at] for at in columns) for row in kept),
        depths=tuple(table.depths[at] for at in kept),
        notes=tuple(note for note in table.notes if not (gone and note.startswith(gone))),
    )


@dataclass(frozen=True, slots=True)
class Voices:
    """What groups say of codes: blocks of a report, and what to know of their quotations."""

    blocks: tuple[Block, ...]
    notes: tuple[str, ...]


def voices(
    connection: Reader, wanted: Filter, layer: Layer, by: Attribute, compared: Table
) -> Voices:
    """Return for each upper code how many of each group speak of it, with a quotation of each.

    ``wanted`` holds ids; ``compared`` is the comparison of the same filter, whose numbers these
    are.
    """
    codes = listed_codes(layer.book, layer.standing, wanted.codes)
    places = analysis.places(layer, by, wanted.codes)
    found = presence(layer, INFORMANT)
    bench = _Bench(Shelf(connection), wanted, layer, places.groups, by)
    shown = [one for one in codes if one.depth <= DEEPEST]
    chosen, notes = bench.chosen([one for one in shown if _speaks(one, shown, layer)])
    where = {one.code.id: row[_at(compared, "where")]
             for one, row in zip(codes, compared.rows, strict=True)}  # fmt: skip
    blocks: list[Block] = []
    for one in shown:
        blocks.append(Heading(one.title, 2 + one.depth))
        if one.code.definition:
            blocks.append(Paragraph(one.code.definition))
        counts = _counts(places.groups, found.by_code[one.code.id], by)
        blocks.append(Paragraph(f"{counts} ({_placed(where[one.code.id])})"))
        for group in places.groups:
            for excerpt in chosen.get((one.code.id, group.name), ()):
                blocks.append(Paragraph("", f"{by.name} {group.name}"))
                blocks.append(Quotation(excerpt.text, cited(excerpt)))
    return Voices(tuple(blocks), notes)


def cited(one: Excerpt) -> str:
    """Return the line that stands under a quotation, with what must stand beside it."""
    more = "" if one.address in one.reference else one.address
    return " · ".join(filter(None, (one.reference, more, one.notice)))


def _at(table: Table, key: str) -> int:
    return next(at for at, column in enumerate(table.columns) if column.key == key)


def _speaks(one: Listed, shown: Sequence[Listed], layer: Layer) -> bool:
    """Tell whether quotations stand under a code itself: nothing that is shown is below it."""
    below = layer.book.below(one.code.id)
    return not any(other.code.id in below for other in shown if other is not one)


def _placed(cell: Cell) -> str:
    return cell.why if isinstance(cell, Blank) else in_words(cell)


def _counts(groups: Iterable[Group], found: Found, by: Attribute) -> str:
    said = (f"{group.name} {in_words(share) if share.n else '·'}"
            for group in groups for share in [group.share(found)])  # fmt: skip
    return _("Informants who speak of it, by {attribute}: {counts}").format(
        attribute=by.name, counts=", ".join(said)
    )


class _Bench:
    """The passages that may be quoted, by code and group; those below a code are its own."""

    def __init__(
        self, shelf: Shelf, wanted: Filter, layer: Layer, groups: Sequence[Group], by: Attribute
    ) -> None:  # fmt: skip
        self.shelf, self.layer, self.groups, self.by = shelf, layer, groups, by
        self.prepared = Prepared(shelf.connection)
        looked = {code: found.everywhere
                  for code, found in presence(layer, INFORMANT).by_code.items()}  # fmt: skip
        spoken = {one.id for one in layer.documents if one.kind in SPOKEN}
        self.allowed: dict[Key, list[Passage]] = defaultdict(list)
        for passage in retrieved(shelf, wanted).passages:
            coding = passage.segment.coding
            code = layer.book.end(coding.code)
            if coding.document not in spoken:
                continue
            if why_inside(passage, self.prepared):
                continue
            for group in groups:
                if not group.cases.isdisjoint(case.id for case in passage.cases):
                    for above in self._line(code):
                        if coding.document in looked[above]:
                            self.allowed[above, group.name].append(passage)

    def _line(self, code: str) -> Iterator[str]:
        while code:
            yield code
            code = self.layer.book.parent(code)

    def chosen(
        self, codes: Iterable[Listed]
    ) -> tuple[Mapping[Key, Sequence[Excerpt]], tuple[str, ...]]:
        """Return one excerpt for each code and group, another one each time where there is one."""
        picked: dict[Key, Passage] = {}
        told: set[tuple[str, int, int]] = set()
        for one in codes:
            for group in self.groups:
                some = self.allowed.get((one.code.id, group.name), [])
                fresh = [passage for passage in some if _place(passage) not in told] or some
                if fresh:
                    best = self._best(fresh, group)
                    picked[one.code.id, group.name] = best
                    told.add(_place(best))
        passages = {one.segment.coding.id: one for one in picked.values()}
        # The headings tell the group of everybody: reference lines say so much less.
        made = of_passages(self.shelf.connection, self.shelf, list(passages.values()),
                           Manner(group=self.by.name))  # fmt: skip
        excerpts = dict(zip(passages, made.excerpts, strict=True))
        return {key: (excerpts[one.segment.coding.id],) for key, one in picked.items()}, made.notes

    def _best(self, some: Sequence[Passage], group: Group) -> Passage:
        candidates = [
            Candidate(
                one.segment.coding.id,
                frozenset(case.id for case in one.cases) & group.cases,
                len(one.segment.text.split()),
                is_key(self.shelf, self.prepared, one),
            )
            for one in some
        ]
        coding = analysis.picked(candidates, 1)[0]
        return next(one for one in some if one.segment.coding.id == coding)


def _place(passage: Passage) -> tuple[str, int, int]:
    coding = passage.segment.coding
    return coding.document, coding.start, coding.end
