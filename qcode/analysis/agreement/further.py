"""The figures behind ``--all``: other coefficients, sets of codes, and the unitizing family."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from qcode.analysis.agreement import matching, nominal, presence, sets, unitizing
from qcode.analysis.agreement.comparing import CodeFigures, Compared
from qcode.analysis.agreement.figure import Figure
from qcode.analysis.agreement.interval import Interval
from qcode.analysis.agreement.marking import Counts, added, bits, counts
from qcode.language import _
from qcode.model.table import Blank, Cell, Column

OVERLAP = 0.5
"""Share of their union that two matched segments have in common."""


def further_columns(compared: Compared) -> tuple[Column, ...]:
    """Return the columns that ``--all`` adds."""
    units = {
        "turn": _("on turns"), "sentence": _("on sentences"), "paragraph": _("on paragraphs"),
        "informant": _("on informants"), "character": _("on characters"),
    }[compared.unit]  # fmt: skip
    characters = _("on characters")
    return (
        *_coefficients("", units),
        *_coefficients(" characters", characters),
        Column("f1", _("segment F1"), _("overlap ≥ 0.5"), numeric=True),
        Column("family", _("alpha with codes below"), units, numeric=True),
        Column("below 667", _("draws below .667"), _("share of 1"), numeric=True),
        Column("below 800", _("draws below .800"), _("share of 1"), numeric=True),
        Column("places", _("places"), _("by any coder"), numeric=True),
        Column("documents", _("documents"), _("by two or more"), numeric=True),
    )


def _coefficients(key: str, unit: str) -> Iterator[Column]:
    for name, title in (
        ("percent", _("agreement, share of 1")), ("cohen", "Cohen"), ("scott", "Scott"),
        ("fleiss", "Fleiss"), ("ac1", "AC1"), ("bp", "Brennan-Prediger"), ("jaccard", "Jaccard"),
    ):  # fmt: skip
        yield Column(f"{name}{key}", title, unit, numeric=True)


def further_cells(
    compared: Compared, code: str, one: CodeFigures, drawn: Interval | None
) -> tuple[Cell, ...]:  # fmt: skip
    """Return the cells that ``--all`` adds to the line of a code."""
    two = len(compared.coders) == 2
    undrawn = Blank("-", _("no interval: not asked for, or fewer than 5 documents, or no alpha"))
    return (
        *_values(one.on_units, two=two),
        *_values(one.on_characters, two=two),
        _f1(compared, code).cell(),
        _family(compared, code).cell(),
        drawn.below(0.667) if drawn else undrawn,
        drawn.below(0.8) if drawn else undrawn,
        one.places,
        one.documents,
    )


def _values(found: Counts, *, two: bool) -> Iterator[Cell]:
    rows = presence.ratings(found)
    for_two = Figure(None, _("for two coders: name them with --coders"))
    yield nominal.percent(rows).cell()
    yield (presence.cohen(found, 1, 2) if two else for_two).cell()
    yield (nominal.fleiss(rows) if two else for_two).cell()
    yield nominal.fleiss(rows).cell()
    yield nominal.ac1(rows).cell()
    yield nominal.brennan_prediger(rows).cell()
    yield presence.jaccard(found).cell()


def _f1(compared: Compared, code: str) -> Figure:
    """Return segment F1 over all pairs of coders who both looked for a code."""
    found = []
    for marking in compared.markings:
        if own := marking.marks.get(code):
            looked = marking.looked(code)
            found += [
                matching.matched(own.get(one, ()), own.get(other, ()), OVERLAP)
                for number, one in enumerate(looked) for other in looked[number + 1 :]
            ]  # fmt: skip
    return matching.f1(found)


def _family(compared: Compared, code: str) -> Figure:
    """Return the alpha of a code taken together with those below it."""
    family = compared.book.below(code)
    if len(family) == 1:
        return Figure(None, _("no codes below"))
    bit = bits(compared.coders)
    total = added(counts(one, family, bit) for one in compared.on_units)
    return presence.alpha(presence.coincidence(total))


def set_rows(compared: Compared, codes: Sequence[str]) -> Iterator[tuple[Cell, ...]]:
    """Yield the figures that take all codes of a place at once, a row each."""
    blanks: list[Cell] = [""] * len(compared.coders)
    yield _row(
        _("sets of codes, MASI (Passonneau 2006)"), blanks,
        sets.alpha(sets.given(compared.on_units, codes, compared.coders)),
        sets.alpha(sets.given(compared.on_characters, codes, compared.coders)),
    )  # fmt: skip
    found = unitizing.continua(
        (one.length, {
            who: unitizing.runs({
                code: own[who] for code, own in one.marks.items()
                if who in own and code in codes and len(one.looked(code)) == len(one.coders)
            })
            for who in one.coders
        })
        for one in compared.on_characters
    )  # fmt: skip
    none = Figure(None, _("a measure of characters"))
    for title, figure in (
        (_("u-alpha (2016), sets of codes"), found.alpha()),
        (_("|u-alpha (2016): coded or not"), found.relevance()),
        (
            _("cu-alpha (2016), sets of codes, MASI"),
            found.coding(sets.masi, sets.expected_distance),
        ),
    ):
        yield _row(title, blanks, none, figure)


def _row(title: str, blanks: Sequence[Cell], units: Figure, characters: Figure) -> tuple[Cell, ...]:
    interval = Blank("-", _("no interval: not asked for, or fewer than 5 documents, or no alpha"))
    return (
        title, *blanks, units.cell(), interval, interval, characters.cell(), "", "", "", "",
    )  # fmt: skip
