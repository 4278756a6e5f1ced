"""Who agrees with whom, and what each coder is in the habit of doing."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import combinations

from qcode.analysis.agreement import presence
from qcode.analysis.agreement.comparing import Compared
from qcode.analysis.agreement.figure import Figure, uncompared
from qcode.analysis.agreement.marking import Counts, Marking, bits, counted
from qcode.analysis.agreement.notes import basis_of
from qcode.analysis.agreement.table import unit_of
from qcode.analysis.frequency import listed_codes
from qcode.language import _
from qcode.model.table import Blank, Cell, Column, Share, Table


def hidden(compared: Compared) -> Compared:
    """Return the same with letters for the names of coders, in an order that tells nothing."""
    order = sorted(compared.coders, key=lambda who: hashlib.sha256(who.encode()).digest())
    names = {who: _letter(number) for number, who in enumerate(order)}
    return replace(compared, coders=tuple(order), names=names)


def _letter(number: int) -> str:
    return chr(ord("A") + number % 26) + (str(number // 26) if number >= 26 else "")


def codes_in(compared: Compared, chosen: Iterable[str] = ()) -> list[str]:
    """Return the codes that a table lists: all in use, or those chosen and below them."""
    used = {code for one in compared.markings for code in one.marks}
    return [one.code.id for one in listed_codes(compared.book, used, chosen)]


def pairs(compared: Compared, chosen: Sequence[str] = ()) -> Table:
    """Return how far each two coders agree, worst first; with codes ``chosen``, on each of them."""
    codes = codes_in(compared, chosen)
    bit = bits(compared.coders)
    scales = [
        counted(some, codes, bit) for some in (compared.on_units, compared.on_characters)
    ]  # fmt: skip
    rows: list[tuple[tuple[bool, float], tuple[Cell, ...]]] = []
    for first, second in combinations(compared.coders, 2):
        shared = sum({first, second} <= {*one.coders} for one in compared.markings)
        some: list[tuple[Cell, Sequence[str]]] = [(_("all codes, pooled"), codes)]
        some += [(compared.book.path(code), [code]) for code in codes] if chosen else []
        for title, own in some if shared else ():
            units, characters = (
                [presence.between(one[code], bit[first], bit[second]) for code in own]
                for one in scales
            )
            cells = _kappa(units), _kappa(characters), presence.dice(_sum(characters))
            value = cells[0].value
            rows.append(((value is None, value or 0), (
                compared.names[first], compared.names[second], *([title] if chosen else []),
                shared, *(cell.cell() for cell in cells),
            )))  # fmt: skip
    rows.sort(key=lambda row: row[0])
    columns = (
        Column("coder", _("coder")), Column("other", _("other coder")),
        *([Column("code", _("code"))] if chosen else []),
        Column("documents", _("documents"), _("of both"), numeric=True),
        Column("kappa", _("kappa"), unit_of(compared), numeric=True),
        Column("kappa characters", _("kappa"), _("on characters"), numeric=True),
        Column("dice", _("Dice"), _("of characters"), numeric=True),
    )  # fmt: skip
    notes = (*basis_of(compared), _(
        "kappa: Cohen's; of several codes (mean observed - mean expected) / (1 - mean expected); "
        "on characters of the whole text it is NVivo's number; worst first"))  # fmt: skip
    return Table(_("Agreement of each two coders"), columns, tuple(row for _k, row in rows), notes)


def _kappa(several: Iterable[Counts]) -> Figure:
    return presence.pooled_cohen(presence.crossed(one, *_two(one)) for one in several if one)


def _two(counts: Counts) -> tuple[int, int]:
    """Return the bits of the two coders that a histogram is about."""
    pair = next(iter(counts))[0]
    low = pair & -pair
    return low, pair ^ low


def _sum(several: Iterable[Counts]) -> Counts:
    total: Counter[tuple[int, int]] = Counter()
    for one in several:
        total.update(one)
    return total


def habits(compared: Compared, chosen: Sequence[str] = ()) -> Table:
    """Return how much each coder marks, how long, what nobody else has, and alpha without him."""
    codes = codes_in(compared, chosen)
    whole = pooled(compared, compared.markings, codes)
    rows = tuple(
        (compared.names[who], *_habit(compared, who, set(codes)), *_without(compared, who, codes))
        for who in compared.coders
    )  # fmt: skip
    columns = (
        Column("coder", _("coder")),
        Column("documents", _("documents"), numeric=True),
        Column("segments", _("segments"), numeric=True),
        Column("characters", _("characters"), _("marked with any code"), numeric=True),
        Column("mean", _("mean length"), _("characters"), numeric=True),
        Column("alone", _("alone"), _("segments nobody else has"), numeric=True),
        Column("without", _("alpha without"), unit_of(compared), numeric=True),
    )
    notes = (*basis_of(compared), said_of(whole), _(
        "alone: of the segments of codes that others had, those of which nobody else marked a "
        "character with the same code"))  # fmt: skip
    return Table(_("What each coder does"), columns, rows, notes)


def said_of(whole: Figure) -> str:
    """Return the pooled alpha of all as a sentence."""
    if whole.value is None:
        return _("pooled alpha of all: none, {why}").format(why=whole.why)
    return _("pooled alpha of all: {alpha}").format(alpha=f"{whole.value:.3f}")


def _habit(compared: Compared, who: str, codes: set[str]) -> tuple[Cell, ...]:
    segments = length = alone = comparable = documents = 0
    marked: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for number, one in enumerate(compared.markings):
        documents += who in one.coders
        for code, own in one.marks.items():
            mine = own.get(who, ())
            if not mine or code not in codes:
                continue
            marked[number] += mine
            segments += len(mine)
            length += sum(end - start for start, end in mine)
            if who in (looked := one.looked(code)) and len(looked) > 1:
                others = [some for other, some in own.items() if other != who and other in looked]
                comparable += len(mine)
                alone += sum(not _met(stretch, others) for stretch in mine)
    mean: Cell = round(length / segments) if segments else Blank("-", _("no segment"))
    covered = sum(_covered(some) for some in marked.values())
    share: Cell = Share(alone, comparable) if comparable else uncompared().cell()
    return documents, segments, covered, mean, share


def _covered(stretches: Iterable[tuple[int, int]]) -> int:
    found = edge = 0
    for start, end in sorted(stretches):
        found += max(0, end - max(start, edge))
        edge = max(edge, end)
    return found


def _met(stretch: tuple[int, int], others: Iterable[Sequence[tuple[int, int]]]) -> bool:
    start, end = stretch
    return any(a < end and start < b for some in others for a, b in some)


def _without(compared: Compared, who: str, codes: Sequence[str]) -> Iterator[Cell]:
    if len(compared.coders) < 3:
        yield Blank("-", _("two coders: without one of them nothing is compared"))
        return
    left = [_left(one, who) for one in compared.markings]
    yield pooled(compared, [one for one in left if len(one.coders) >= 2], codes).cell()


def _left(marking: Marking, who: str) -> Marking:
    """Return a document without one of its coders."""
    marks: Mapping[str, Mapping[str, Sequence[tuple[int, int]]]] = {
        code: {other: some for other, some in own.items() if other != who}
        for code, own in marking.marks.items()
    }
    lacking = {code: some - {who} for code, some in marking.lacking.items() if some - {who}}
    coders = tuple(other for other in marking.coders if other != who)
    return Marking(marking.document, marking.length, coders, marks, lacking)


def pooled(compared: Compared, markings: Sequence[Marking], codes: Sequence[str]) -> Figure:
    """Return the pooled alpha of some documents, or of some coders, on the chosen units."""
    some = replace(compared, markings=tuple(markings))
    found = counted(some.on_units, codes, bits(compared.coders))
    return presence.pooled(presence.coincidence(one) for one in found.values())
