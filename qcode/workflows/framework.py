"""The framework matrix: cases by codes, with what the researcher says of each cell.

Cells rest on the analysis layer alone, so that what changed under a summary does not depend on
how one looks at it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from itertools import groupby

from qcode.analysis.layer import SPOKEN, Layer, said_of, shortened
from qcode.analysis.looking import gaps, presence
from qcode.analysis.releasing import named, withheld
from qcode.errors import NotFound
from qcode.language import _, counted
from qcode.model.case import INFORMANT, Case
from qcode.model.codebook import Code
from qcode.model.coding import UNUSED
from qcode.model.filter import Filter
from qcode.model.narrative import PASSAGE, SENTENCE, Story, ToldPiece
from qcode.model.span import Span
from qcode.model.summary import Drift, Summary, drift, resting
from qcode.model.table import Blank, Column, Table
from qcode.model.table import Cell as TableCell
from qcode.store import codebook, codings, memos, summaries
from qcode.store.project import Reader, Step
from qcode.system import uncollected
from qcode.workflows import blinding
from qcode.workflows.choosing import resolved_of
from qcode.workflows.counting import layer_of
from qcode.workflows.excerpts import of_passages
from qcode.workflows.people import case_named
from qcode.workflows.retrieving import Passage, Shelf, retrieved


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands at one case and one code."""

    case: Case
    code: Code
    passages: tuple[Passage, ...]
    """Those that are shown: no word of them is not to be used."""
    number: int
    """How many there are, as tables count: what overlaps or touches is one."""
    looked: bool
    """Whether any interview of the case was looked through for the code or one below it."""
    texts: tuple[str, ...]
    """The summary; several where codes that have one were merged."""
    drift: Drift
    """What changed under it since it was written."""
    by: str = ""
    at: int = 0
    leaving: tuple[str, ...] = ()
    """The summary as it leaves: held back where nothing is left of the words it rests on."""

    @property
    def text(self) -> str:
        """The summary as it is read and edited."""
        return "\n\n".join(self.texts)


@dataclass(frozen=True)
class Framework:
    """Cases, codes, and the cell of each pair of them; the sentences that belong to all."""

    cases: tuple[Case, ...]
    codes: tuple[Code, ...]
    cells: Mapping[tuple[str, str], Cell]
    """By id of case and code."""
    notes: tuple[str, ...]
    shelf: Shelf
    elsewhere: Mapping[str, int] = field(default_factory=dict)
    """How many summaries of these cases stand at codes that are not here, by their paths."""


def framework(connection: Reader, asked: Filter) -> Framework:
    """Return the matrix of some codes, by default those of the first level; names are as typed."""
    why = _("a cell and its summary rest on all passages of the analysis layer")
    options = ("--code", "--case", "--where")
    return of_codes(connection, resolved_of(connection, asked, options, why))


@uncollected()
def of_codes(connection: Reader, wanted: Filter) -> Framework:
    """Return the matrix of a filter of ids."""
    layer = layer_of(connection, replace(wanted, codes=()))
    book = layer.book
    chosen = dict.fromkeys(map(book.end, wanted.codes))
    codes = tuple(book[id] for id in chosen) or tuple(
        code for code, depth in book.walk() if not depth
    )
    return _filled(connection, layer, codes)


def _filled(connection: Reader, layer: Layer, codes: tuple[Code, ...]) -> Framework:
    shelf, places = Shelf(connection), presence(layer, INFORMANT)
    people = layer.of_kind(INFORMANT)
    looked = {code.id: places.by_code[code.id].everywhere for code in codes}
    standing = _standing(shelf, looked, {one.id for one in people})
    written, taken = _written(connection, shelf), _taken_back(connection)
    cells = {}
    for case in people:
        for code in codes:
            key = case.id, code.id
            found = standing.get(key, _Standing())
            said = written.get(key, [])
            of_case = case.id in places.by_code[code.id].cases_looked
            leaving = tuple(_held_back() if one.id in taken else one.text for one in said)
            cells[key] = replace(_cell(case, code, found, said, looked=of_case), leaving=leaving)
    family = {below for code in codes for below in layer.book.below(code.id)}
    notes = (*said_of(layer, family), *gaps(layer, places, [code.id for code in codes]),
             *blinding.findings(connection))  # fmt: skip
    elsewhere = Counter(
        shelf.book.path(code) for (case, code), some in written.items() for _one in some
        if (case, code) not in cells and case in {one.id for one in people}
    )  # fmt: skip
    return Framework(people, codes, cells, notes, shelf, elsewhere)


def _cell(
    case: Case, code: Code, found: _Standing, said: list[Summary], *, looked: bool
) -> Cell:  # fmt: skip
    rests = [rest for one in said for rest in one.rests]
    now = resting(one.segment.coding for one in found.passages)
    changed = drift(rests, now) if said else Drift()
    newest = max(said, key=lambda one: one.at, default=None)
    return Cell(
        case, code, tuple(found.passages), found.number, looked, tuple(one.text for one in said), changed,
        newest.by if newest else "", newest.at if newest else 0,
    )  # fmt: skip


@dataclass
class _Standing:
    """The passages that stand in one cell, and how many they are."""

    passages: list[Passage] = field(default_factory=list)
    number: int = 0


def _standing(
    shelf: Shelf, looked: Mapping[str, frozenset[str]], people: set[str]
) -> Mapping[tuple[str, str], _Standing]:  # fmt: skip
    """Return what stands in each cell: passages of interviews, none that is not to be used.

    ``looked`` gives, by code, the documents that were looked through for it or one below it.
    """
    families = {code: shelf.book.below(code) for code in looked}
    found: dict[tuple[str, str], _Standing] = defaultdict(_Standing)
    if not families:
        return found
    whole = retrieved(shelf, Filter(codes=tuple(families), kinds=SPOKEN)).passages
    for document, some in groupby(whole, key=lambda one: one.page.document.id):
        here = list(some)
        for code, family in families.items():
            own = [one for one in here if shelf.book.end(one.segment.coding.code) in family]
            if own and document in looked[code]:
                _stand(shelf, own, code, people, found)
    return found


def _stand(
    shelf: Shelf, own: list[Passage], code: str, people: set[str],
    found: dict[tuple[str, str], _Standing],
) -> None:  # fmt: skip
    """Sort the passages of one code in one document into its cells."""
    page = own[0].page
    unused = shelf.unusable(page.document.id)
    counted_for = page.hearing.count([one.span for one in own], unused)
    for id, (passages, _words) in counted_for.items():
        if id in people:
            found[id, code].number += passages
    for one in own:
        if withheld(page.hearing.transcript, page.closed, one.span) != UNUSED:
            for case in one.cases:
                if case.id in people:
                    found[case.id, code].passages.append(one)


def _written(connection: Reader, shelf: Shelf) -> Mapping[tuple[str, str], list[Summary]]:
    """Return the summaries of each cell, that of the code itself before those merged into it."""
    found: dict[tuple[str, str], list[Summary]] = defaultdict(list)
    for one in summaries.listed(connection):
        end = shelf.book.end(one.code)
        found[one.case, end].insert(0 if one.code == end else len(found[one.case, end]), one)
    return found


def _taken_back(connection: Reader) -> frozenset[str]:
    """Return the summaries that rest on nothing any more, since words of theirs were taken back."""
    written = summaries.listed(connection)
    ids = {rest.coding for one in written for rest in one.rests}
    unused = memos.unusable(connection) if ids else {}
    if not unused:
        return frozenset()
    gone, left = set(), set()
    for one in codings.of_ids(connection, ids, all_there=True):
        span = Span(one.start, one.end)
        if one.fit != "lost" and any(span.overlaps(at) for at in unused.get(one.document, ())):
            gone.add(one.id)
        elif not one.retired:
            left.add(one.id)
    resting = ((one.id, {rest.coding for rest in one.rests}) for one in written)
    return frozenset(id for id, rests in resting if rests & gone and not rests & left)


def _held_back() -> str:
    return _("[held back: its words were taken back]")


# -- what is shown ---------------------------------------------------------------------------------


def framework_table(connection: Reader, asked: Filter) -> Table:
    """Return the matrix as a table: summaries, or how many passages wait for one."""
    found = framework(connection, asked)
    return as_table(found, found.cases)


def as_table(found: Framework, cases: Iterable[Case]) -> Table:
    """Return some cases of a matrix as a table."""
    rows = tuple(
        (case.name, *(cell_said(found.cells[case.id, code.id]) for code in found.codes))
        for case in cases
    )
    names = [code.name for code in found.codes]
    book = found.shelf.book
    columns = (Column("case", _("case")), *(
        Column(book.path(code.id), code.name if names.count(code.name) == 1 else book.path(code.id))
        for code in found.codes
    ))  # fmt: skip
    return Table(_("Framework: informants by codes"), columns, rows, _notes(found))


def _notes(found: Framework) -> tuple[str, ...]:
    drifted = sum(bool(cell.drift) for cell in found.cells.values())
    written = sum(bool(cell.texts) for cell in found.cells.values())
    said = [
        *found.notes,
        _("{k} of {n} cells have a summary").format(k=written, n=len(found.cells)),
    ]
    if found.elsewhere:
        said.append(
            counted("{n} summary is written at another code, which --code shows: {{codes}}",
                    "{n} summaries are written at other codes, which --code shows: {{codes}}",
                    sum(found.elsewhere.values())).format(codes=shortened([*found.elsewhere]))
        )  # fmt: skip
    if drifted:
        said.append(
            counted("under {n} summary passages changed since it was written",
                    "under {n} summaries passages changed since they were written", drifted)
        )  # fmt: skip
    said.append(
        _("a code has the passages of those below it; passages in one cell that overlap or touch "
          "are one; what is not to be used is none")
    )  # fmt: skip
    if any(not (cell.looked or cell.texts or cell.number) for cell in found.cells.values()):
        said.append(_("· not looked for: nobody there was looked through for this code"))
    return tuple(said)


def cell_said(cell: Cell) -> TableCell:
    """Return a cell in words: its summary, else how many passages it has."""
    if cell.texts:
        text = "\n\n".join(cell.leaving)
        return f"{text} [{told(cell.drift)}]" if cell.drift else text
    if cell.number:
        return counted("{n} passage, no summary", "{n} passages, no summary", cell.number)
    if cell.looked:
        return _("no passage")
    return Blank("·", _("not looked for: nobody there was looked through for this code"))


def told(changed: Drift) -> str:
    """Return what changed under a summary since it was written."""
    parts = []
    if changed.new:
        parts.append(counted("{n} new passage", "{n} new passages", changed.new))
    if changed.gone:
        parts.append(counted("{n} passage gone", "{n} passages gone", changed.gone))
    if changed.changed:
        parts.append(counted("{n} passage with other words or bounds",
                             "{n} passages with other words or bounds", changed.changed))  # fmt: skip
    return _("since then: {what}").format(what=", ".join(parts))


def one_cell(connection: Reader, case: str, code: str) -> tuple[Framework, Cell]:
    """Return the cell of a case and a code, which are as typed."""
    found = case_named(connection, case)
    book = codebook.read(connection)
    wanted = book.end(book.find(code, retired=True).id)
    whole = of_codes(connection, Filter(codes=(wanted,), cases=(found.id,)))
    cells = [one for one in whole.cells.values() if one.case.id == found.id]
    if not cells:
        raise NotFound(_("“{case}” takes part in no interview").format(case=found.name))
    return whole, cells[0]


def cell_story(connection: Reader, case: str, code: str) -> Story:
    """Return one cell as it may leave: its summary, then its passages or why they stay inside."""
    whole, cell = one_cell(connection, case, code)
    free, reasons = [], {}
    for one in cell.passages:
        reason = withheld(one.page.hearing.transcript, one.page.closed, one.span)
        if reason:
            reasons[one.segment.coding.id] = named(reason)
        else:
            free.append(one)
    said = of_passages(connection, whole.shelf, free)
    excerpts = iter(said.excerpts)
    pieces = [ToldPiece(SENTENCE, text) for text in cell.leaving]
    for one in cell.passages:
        if one.segment.coding.id in reasons:
            pieces.append(ToldPiece(PASSAGE, "", gap=reasons[one.segment.coding.id]))
            continue
        excerpt = next(excerpts)
        line = (excerpt.reference, excerpt.address, excerpt.code, excerpt.notice)
        pieces.append(ToldPiece(PASSAGE, excerpt.text, " · ".join(filter(None, line))))
    state = told(cell.drift) if cell.drift else "" if cell.texts else str(cell_said(cell))
    notes = tuple(note for note in (state, *said.notes) if note)
    title = f"{cell.case.name} · {whole.shelf.book.path(cell.code.id)}"
    return Story(title, said.notice, notes, tuple(pieces))


# -- what is written -------------------------------------------------------------------------------


def write(step: Step, case: str, code: str, text: str) -> Cell:
    """Write the summary of a cell, which rests on the passages that are there now."""
    _whole, cell = one_cell(step.connection, case, code)
    write_cell(step, cell, text)
    return cell


def write_cell(step: Step, cell: Cell, text: str) -> None:
    """Write the summary of a cell as it was read; those of codes merged into it go into it."""
    own = step.derive("summary", cell.case.id, cell.code.id)
    rests = resting(one.segment.coding for one in cell.passages)
    summaries.write(step, cell.case.id, cell.code.id, text, rests)
    summaries.retire(step, [id for id in _ids(step, cell) if id != own])


def remove(step: Step, case: str, code: str) -> Cell:
    """Take the summary of a cell away."""
    _whole, cell = one_cell(step.connection, case, code)
    if not cell.texts:
        raise NotFound(
            _("no summary of “{case}” and “{code}”").format(
                case=cell.case.name, code=cell.code.name
            )
        )
    remove_cell(step, cell)
    return cell


def remove_cell(step: Step, cell: Cell) -> None:
    """Take the summary of a cell away, as it was read."""
    summaries.retire(step, _ids(step, cell))


def _ids(step: Step, cell: Cell) -> list[str]:
    book = codebook.read(step.connection)
    return [
        one.id for one in summaries.listed(step.connection)
        if one.case == cell.case.id and book.end(one.code) == cell.code.id
    ]  # fmt: skip
