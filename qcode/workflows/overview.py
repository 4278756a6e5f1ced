"""How far coders agree, code by code, and how much is left to settle: where a review begins."""

from __future__ import annotations

import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from qcode.analysis.adjudication import Item, Reviewed
from qcode.analysis.agreement.comparing import Compared, figures
from qcode.analysis.agreement.notes import BAR
from qcode.analysis.agreement.table import Asked
from qcode.analysis.agreement.table import agreement as agreement_table
from qcode.analysis.frequency import listed_codes
from qcode.analysis.layer import shortened
from qcode.language import _, counted
from qcode.model.coding import DISCUSS
from qcode.model.filter import Filter
from qcode.model.table import Cell, Table, percent
from qcode.store import documents, memos
from qcode.store.project import Reader, about
from qcode.workflows import adjudication
from qcode.workflows.adjudication import Review
from qcode.workflows.agreement import VIEWS, Measure, compared
from qcode.workflows.scope import calibrated

REFLEXIVE = "reflexive"
SEED = 1
"""With which the intervals are drawn."""


@dataclass(frozen=True, slots=True)
class Left:
    """How many items there are of each state."""

    open: int = 0
    reopened: int = 0
    parked: int = 0
    waiting: int = 0
    settled: int = 0

    @property
    def to_do(self) -> int:
        """Items that want a verdict now."""
        return self.open + self.reopened


@dataclass(frozen=True)
class Overview:
    """The items of review, and what the figures are computed from.

    ``figured`` leaves out documents used for calibration; ``parked`` are ids of open items that
    stand on the agenda; ``number`` is how many documents there are in all.
    """

    review: Review
    figured: Compared
    parked: frozenset[str]
    number: int
    reflexive: bool
    round: str = ""
    """Name of the round that is reviewed; empty for all that was coded twice."""

    def inside(self, item: Item) -> bool:
        """Tell whether an item is of the documents and coders that are reviewed."""
        if not self.round:
            return True
        whole = self.figured
        return item.document in whole.texts and set(item.coders) <= set(whole.coders)

    def left(self, chosen: Iterable[Reviewed]) -> Left:
        """Return how many of some items are open, reopened, parked, waiting and settled."""
        states = Counter(
            standing(one, self.parked) for one in chosen if one.item.kind != "agree"
        )  # fmt: skip
        return Left(*(states[state] for state in GROUPS))

    @property
    def agreed(self) -> int:
        """How many agreements are not taken over yet."""
        return sum(one.open and one.item.kind == "agree" for one in self.review.listed)

    def of_code(self) -> Mapping[str, Left]:
        """Return how much is left of each code."""
        found: dict[str, list[Reviewed]] = defaultdict(list)
        for one in self.review.listed:
            for code in {*one.item.codes}:
                found[code].append(one)
        return {code: self.left(some) for code, some in found.items()}

    def of_document(self) -> Mapping[str, Left]:
        """Return how much is left of each document."""
        found: dict[str, list[Reviewed]] = defaultdict(list)
        for one in self.review.listed:
            found[one.item.document].append(one)
        return {id: self.left(some) for id, some in found.items()}


GROUPS = ("open", "reopened", "parked", "codebook", "settled")
"""How items stand, in the order in which they are gone through."""


def standing(one: Reviewed, parked: frozenset[str]) -> str:
    """Return how an item stands: one of GROUPS."""
    waits = one.state in ("open", "reopened")
    return "parked" if waits and one.item.id in parked else one.state


def read(connection: Reader, round: str = "") -> Overview:
    """Return all that a review begins with, of one round by its name or of all documents.

    Refused where others' work is hidden from who looks.
    """
    review = adjudication.read(connection)
    figured = review.compared
    if round or calibrated(connection):
        figured, _given = compared(connection, Filter(), Measure(round=round, apart=True))
    found = Overview(
        review, figured, parked(connection, review), len(documents.listed(connection)),
        about(connection).get("approach") == REFLEXIVE, round,
    )  # fmt: skip
    if not round:
        return found
    listed = tuple(one for one in review.listed if found.inside(one.item))
    closed = review.closed & figured.texts.keys()
    return replace(found, review=replace(review, compared=figured, listed=listed, closed=closed))


def parked(connection: Reader, review: Review) -> frozenset[str]:
    """Return the items on whose words something open stands on the agenda."""
    flags = {
        (one.document, one.start, one.end) for one in memos.flags(connection)
        if one.kind == DISCUSS and one.open and one.fit != "lost"
    }  # fmt: skip
    return frozenset(
        one.item.id for one in review.listed
        if one.item.stretches
        and (one.item.document, one.item.hull.start, one.item.hull.end) in flags
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class CodeRow:
    """A code with its cells of the table of agreement, by key, and what is left of it."""

    code: str
    name: str
    cells: Mapping[str, Cell]
    left: Left
    few: bool
    """Whether its figures rest on too few places or documents."""


@dataclass(frozen=True)
class Codes:
    """The codes, worst first; ``pooled`` are the cells of all together."""

    rows: Sequence[CodeRow]
    pooled: Mapping[str, Cell]
    notes: Sequence[str]

    @property
    def low(self) -> list[str]:
        """Names of the codes whose alpha lies below Krippendorff's bar."""
        alphas = ((row.name, row.cells["alpha"]) for row in self.rows)
        return [name for name, alpha in alphas if isinstance(alpha, float) and alpha < BAR]


def codes(found: Overview, names: Mapping[str, str], *, drawn: bool) -> Codes:
    """Return how far coders, called by these names, agree on each code that was compared.

    Without intervals unless ``drawn``: they take a second. The lowest alpha comes first, then
    what has none; codes that nobody gave are left out where nothing of them is to be settled.
    """
    figured = replace(found.figured, names=names)
    table = agreement_table(figured, Asked(seed=SEED if drawn else None))
    used = {code for one in figured.markings for code in one.marks}
    keys = [column.key for column in table.columns]
    cells = [dict(zip(keys, row, strict=True)) for row in table.rows]
    left = found.of_code()
    wanted = {*used, *left} & figured.book.codes.keys()
    known = figures(figured, sorted(wanted))
    rows = [
        CodeRow(one.code.id, one.title, own, left.get(one.code.id, Left()), known[one.code.id].few)
        for one, own in zip(listed_codes(figured.book, used), cells, strict=False)
        if one.code.id in wanted
    ]  # fmt: skip
    return Codes(sorted(rows, key=_worst), cells[-1], table.notes)


def _worst(row: CodeRow) -> tuple[bool, float, int, str]:
    alpha = row.cells["alpha"]
    known = isinstance(alpha, float)
    return not known, alpha if isinstance(alpha, float) else 0.0, -row.left.to_do, row.name


def views(found: Overview, names: Mapping[str, str], by: str) -> Table:
    """Return agreement by pair, coder, document or confusion, coders called by these names."""
    return VIEWS[by](replace(found.figured, names=names), ())


def hidden_names(known: Mapping[str, str]) -> dict[str, str]:
    """Return what coders are called while names are hidden: by number, in an order by chance."""
    order = sorted(known, key=lambda one: hashlib.sha256(one.encode()).digest())
    return {id: _("coder {n}").format(n=number) for number, id in enumerate(order, 1)}


def without_names(table: Table, known: Mapping[str, str]) -> Table:
    """Return a table in whose headings and notes coders are called by numbers."""
    hidden = hidden_names(known)
    called = {name: hidden[id] for id, name in known.items()}
    if not called:
        return table
    longest = sorted(called, key=len, reverse=True)
    pattern = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest))})(?!\w)")

    def hide(text: str) -> str:
        return pattern.sub(lambda found: called[found[0]], text)

    return replace(
        table,
        columns=tuple(replace(one, title=hide(one.title)) for one in table.columns),
        notes=tuple(map(hide, table.notes)),
    )


def shared(found: Overview, names: Mapping[str, str]) -> str:
    """Return what is compared in one line: which documents, of how many, by whom."""
    number = len(found.review.compared.documents)
    if not number:
        return _("no document was coded or finished by two coders yet")
    who = " x ".join(names[id] for id in found.review.compared.coders)
    share = percent(number, max(1, found.number))
    said = _("{k} of {n} documents coded twice ({share} %)").format(
        k=number, n=found.number, share=share
    )
    return f"{said} · {who}"


def warnings(found: Overview) -> list[str]:
    """Return what qualifies the whole review: what is not finished, left out or only a sample."""
    review, said = found.review, []
    if review.compared.notice:
        said.append(review.compared.notice)
    if late := len(review.unfinished):
        said.append(_("{k} of {n} not finished: {names}").format(
            k=late, n=len(review.compared.documents),
            names=shortened([review.names[id] for id in review.unfinished])))  # fmt: skip
    if review.compared.lost:
        said.append(counted("{n} coding needs a place and is not compared",
                            "{n} codings need a place and are not compared",
                            review.compared.lost))  # fmt: skip
    return [*said, *found.figured.remarks]
