"""How many cases have each value of an attribute."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from qcode.analysis.ordering import ordered
from qcode.language import _, counted
from qcode.model.case import Attribute, Case
from qcode.model.table import Blank, Cell, Column, Share, Table, percent

LEAST_FOR_PERCENT = 20
"""Below this many cases a percentage says more than is known (one case is 5 points and more)."""


def attributes(
    cases: Sequence[Case], wanted: Iterable[Attribute], kind: str
) -> Table:  # fmt: skip
    """Return each value of some attributes with the number of cases that have it.

    Each count names its base, which is the cases that have any value, and a percentage where that
    are LEAST_FOR_PERCENT at least.
    """
    rows: list[tuple[Cell, ...]] = []
    notes = [counted("{n} case of the kind {{kind}}", "{n} cases of the kind {{kind}}", len(cases)
                     ).format(kind=kind)]  # fmt: skip
    for attribute in wanted:
        found, said = _counts(cases, attribute)
        rows += found
        notes.append(said)
    columns = (
        Column("attribute", _("attribute")),
        Column("value", _("value")),
        Column("cases", _("cases"), numeric=True),
        Column("percent", "%", _("of those with a value"), numeric=True),
    )
    return Table(_("Attributes"), columns, tuple(rows), tuple(notes))


def _counts(
    cases: Sequence[Case], attribute: Attribute
) -> tuple[list[tuple[Cell, ...]], str]:  # fmt: skip
    """Return the rows of one attribute and the sentence that names its base."""
    given = [tuple(dict.fromkeys(case.values.get(attribute.name, ()))) for case in cases]
    answering = sum(bool(values) for values in given)
    counts = Counter(value for values in given for value in values)
    rows: list[tuple[Cell, ...]] = []
    for value in ordered(counts):
        share = Share(counts[value], answering)
        rows.append((attribute.name, value, share, percentage(share.k, share.n)))
    return rows, _base(attribute, answering, len(cases), counts.total())


def percentage(number: int, base: int, *, always: bool = False) -> Cell:
    """Return a percentage where it says something, or of any base that is not 0 if ``always``."""
    if base and (always or base >= LEAST_FOR_PERCENT):
        return percent(number, base)
    return Blank("-", _("no percentage of fewer than {n} cases").format(n=LEAST_FOR_PERCENT))


def _base(attribute: Attribute, answering: int, everyone: int, answers: int) -> str:
    if attribute.multiple or answers > answering:
        return _("{attribute}: several answers possible; {answers} answers of {k} of {n} cases"
                 ).format(attribute=attribute.name, answers=answers, k=answering, n=everyone
                          )  # fmt: skip
    if answering < everyone:
        return _("{attribute}: {k} of {n} cases have a value").format(
            attribute=attribute.name, k=answering, n=everyone
        )
    return counted("{{attribute}}: {n} case", "{{attribute}}: {n} cases", everyone).format(
        attribute=attribute.name
    )
