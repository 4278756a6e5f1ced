"""The figures of agreement as one table: a line per code, all codes pooled below."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from qcode.analysis.agreement import presence
from qcode.analysis.agreement.comparing import (
    Cause,
    CodeFigures,
    Compared,
    alpha_intervals,
    figures,
)
from qcode.analysis.agreement.figure import uncompared, unused
from qcode.analysis.agreement.further import further_cells, further_columns, set_rows
from qcode.analysis.agreement.interval import Interval
from qcode.analysis.agreement.marking import added
from qcode.analysis.agreement.notes import notes_of
from qcode.analysis.disagreement import KINDS
from qcode.analysis.frequency import listed_codes
from qcode.analysis.layer import shortened
from qcode.language import _
from qcode.model.table import Blank, Cell, Column, Share, Table
from qcode.system import uncollected


@dataclass(frozen=True, slots=True)
class Asked:
    """What of the figures is wanted: all of them, an interval drawn from a seed (None: none)."""

    codes: tuple[str, ...] = ()
    all: bool = False
    seed: int | None = None


@uncollected()
def agreement(compared: Compared, asked: Asked) -> Table:
    """Return how far coders agree on each code; a code counts without those below it."""
    used = {code for one in compared.markings for code in one.marks}
    listed = listed_codes(compared.book, used, asked.codes)
    codes = [one.code.id for one in listed]
    found = figures(compared, codes)
    drawn: Mapping[str, Interval | None] = {}
    overall: Interval | None = None
    if asked.seed is not None:
        drawn, overall = alpha_intervals(compared, codes, asked.seed)
    rows = [
        (one.title, *_cells(compared, found[one.code.id], drawn.get(one.code.id)),
         *(further_cells(compared, one.code.id, found[one.code.id], drawn.get(one.code.id))
           if asked.all else ()))
        for one in listed
    ]  # fmt: skip
    columns = (*_columns(compared), *(further_columns(compared) if asked.all else ()))
    rows.append(_padded((_("all codes, pooled"), *_pooled(compared, found, overall)), columns))
    if asked.all:
        rows += [_padded(row, columns) for row in set_rows(compared, codes)]
    return Table(
        _("Agreement: what several coders gave the same documents"),
        columns,
        tuple(rows),
        notes_of(compared, found, asked.seed, drawn),
        (*(one.depth for one in listed), *[0] * (len(rows) - len(listed))),
    )


def unit_of(compared: Compared) -> str:
    """Return what the first alpha is computed on, in words."""
    return {
        "turn": _("on turns"), "sentence": _("on sentences"), "paragraph": _("on paragraphs"),
        "informant": _("on informants"), "character": _("on characters"),
    }[compared.unit]  # fmt: skip


def _columns(compared: Compared) -> tuple[Column, ...]:
    unit = unit_of(compared)
    return (
        Column("code", _("code")),
        *(Column(f"segments {compared.names[who]}", compared.names[who], _("segments"),
                 numeric=True) for who in compared.coders),
        Column("alpha", _("alpha"), unit, numeric=True),
        Column("low", _("from"), _("95 %"), numeric=True),
        Column("high", _("to"), _("95 %"), numeric=True),
        Column("alpha characters", _("alpha"), _("on characters"), numeric=True),
        Column("dice", _("Dice"), _("of characters"), numeric=True),
        Column("informants", _("agree"), _("informants"), numeric=True),
        Column("differing", _("differ"), _("informants")),
        Column("cause", _("main cause"), _("of disagreements")),
    )  # fmt: skip


def _cells(compared: Compared, one: CodeFigures, drawn: Interval | None) -> tuple[Cell, ...]:
    alpha = presence.alpha(presence.coincidence(one.on_units))
    informants = one.informants
    return (
        *(_segments(one, who) for who in compared.coders),
        alpha.cell(),
        *_bounds(drawn),
        presence.alpha(presence.coincidence(one.on_characters)).cell(),
        presence.dice(one.on_characters).cell(),
        informants if informants.n and one.places else _absent(one),
        shortened(one.differing),
        _cause(compared, one),
    )


def _absent(one: CodeFigures) -> Cell:
    """Return why a code has no figures: nobody gave it, or no two looked for it."""
    return (unused() if one.documents and not one.places else uncompared()).cell()


def _segments(one: CodeFigures, who: str) -> Cell:
    return one.segments.get(who, 0) if one.documents else uncompared().cell()


def _bounds(drawn: Interval | None) -> tuple[Cell, Cell]:
    if drawn is None:
        blank = Blank("-", _("no interval: not asked for, or fewer than 5 documents, or no alpha"))
        return blank, blank
    return drawn.low, drawn.high


def _pooled(
    compared: Compared, found: Mapping[str, CodeFigures], drawn: Interval | None
) -> tuple[Cell, ...]:  # fmt: skip
    units, characters = (
        presence.pooled(presence.coincidence(one) for one in some)
        for some in (
            [one.on_units for one in found.values()],
            [one.on_characters for one in found.values()],
        )
    )
    shares = [one.informants for one in found.values() if one.places]
    total = Share(sum(one.k for one in shares), sum(one.n for one in shares))
    return (
        *(sum(one.segments.get(who, 0) for one in found.values()) for who in compared.coders),
        units.cell(),
        *_bounds(drawn),
        characters.cell(),
        presence.dice(added(one.on_characters for one in found.values())).cell(),
        total if total.n else uncompared().cell(),
        "",
        "",
    )


def _padded(row: Sequence[Cell], columns: Sequence[Column]) -> tuple[Cell, ...]:
    blank = Blank("-", _("given for each code alone"))
    return (*row, *[blank] * (len(columns) - len(row)))


def _cause(compared: Compared, one: CodeFigures) -> Cell:
    if not one.places:
        return _absent(one)
    if not one.disagreed:
        return Blank("-", _("no disagreement"))
    kinds: dict[Cause, int] = {}
    for (kind, detail), number in one.causes.items():
        key = (kind, detail if kind == "missed" else "")
        kinds[key] = kinds.get(key, 0) + number
    (kind, who), number = max(
        kinds.items(), key=lambda item: (item[1], KINDS.index(item[0][0]), item[0][1])
    )
    return _("{cause}, {k} of {n}").format(
        cause=_named(compared, one, kind, who), k=number, n=one.disagreed
    )


def _named(compared: Compared, one: CodeFigures, kind: str, who: str) -> str:
    """Return a cause in words, with the code that most often stands there instead."""
    if kind == "missed":
        return _("missed by {coder}").format(coder=compared.names[who])
    said = {
        "boundary": _("boundary"), "cut": _("cut"), "level": _("level"),
        "different": _("different"),
    }[kind]  # fmt: skip
    others = {code: n for (of, code), n in one.causes.items() if of == kind and code}
    if not others:
        return said
    often = max(sorted(others), key=lambda code: others[code])
    return _("{cause} (most often {code})").format(cause=said, code=compared.book[often].name)
