"""When interviews stop bringing new codes, asked for by names."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from qcode.analysis.layer import Layer
from qcode.analysis.saturation import table
from qcode.analysis.saturation.counting import ORDERS, Rule, band, sittings
from qcode.analysis.saturation.table import Course
from qcode.errors import BadInput
from qcode.language import _
from qcode.model.document import Document
from qcode.model.filter import Filter
from qcode.model.table import Table
from qcode.store import documents
from qcode.store.project import Reader
from qcode.workflows.choosing import resolved
from qcode.workflows.counting import layer_of

DATE, IMPORT = "date", "import"
_FIELDS = ("date", "tanggal", "interview date")
_DATE = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?(?!\d)")


@dataclass(frozen=True, slots=True)
class How:
    """The order of the interviews (DATE or IMPORT), the rule, and what the drawing starts from.

    Without ``orders`` nothing is drawn; see ``drawn``.
    """

    by: str = DATE
    rule: Rule = field(default_factory=Rule)
    seed: int = 1
    orders: int = ORDERS


def saturation(connection: Reader, asked: Filter, how: How) -> Table:
    """Return which codes each interview brings; names are as typed."""
    return table.saturation(course(connection, asked, how))


def course(connection: Reader, asked: Filter, how: How) -> Course:
    """Return the interviews in order with the random orders of them."""
    wanted = resolved(connection, asked)
    layer = layer_of(connection, wanted)
    chosen = _chosen(layer, wanted.codes)
    imported = documents.in_order_of_import(connection)
    dates = {one.id: day for one in layer.spoken() if (day := dated(one))}
    known = dates if how.by == DATE else {}
    order = _ordered(imported, known)
    found = sittings(layer, chosen, dates, order)
    undated = [one for some in found if not some.date for one in some.documents]
    course = Course(
        layer=layer,
        sittings=found,
        rule=how.rule,
        order=_("their dates") if how.by == DATE else _("import"),
        codes=len(chosen),
        chosen=frozenset(chosen),
        undated=tuple(undated) if how.by == DATE else (),
    )
    return drawn(course, how)


def drawn(
    course: Course, how: How, told: Callable[[int], object] = lambda _orders: None
) -> Course:  # fmt: skip
    """Return a course with its random orders, if there are interviews enough to say something.

    ``told`` gets the number of orders drawn so far; what it raises ends the drawing.
    """
    if not (course.enough and how.orders):
        return course
    codes = [one.codes for one in course.sittings]
    return replace(course, band=band(codes, how.rule, how.seed, how.orders, told))


def rule_typed(text: str) -> Rule:
    """Return the rule of a line such as “4 2 5%”: base, run, and how many new codes are few."""
    parts = text.replace(",", " ").split()
    try:
        base, run, share = int(parts[0]), int(parts[1]), float(parts[2].removesuffix("%"))
    except (ValueError, IndexError):
        base = run = 0
        share = -1.0
    if base < 1 or run < 1 or not 0 <= share < 100 or len(parts) != 3:
        raise BadInput(_("three numbers: interviews of the base, of a run, and a share: 4 2 5%"))
    return Rule(base, run, share / 100)


def _chosen(layer: Layer, codes: Iterable[str]) -> frozenset[str]:
    """Return the codes that are looked at: the chosen ones with those below them, else all.

    Retired codes count where they stand somewhere.
    """
    book = layer.book
    used = layer.standing
    standing = {
        code.id for code in book.codes.values()
        if book.end(code.id) == code.id and (not code.retired or code.id in used)
    }  # fmt: skip
    tops = {below for code in codes for below in book.below(book.end(code))}
    return frozenset(standing & tops if tops else standing)


def _ordered(imported: Sequence[str], dates: dict[str, str]) -> list[str]:
    """Return documents by date, those of one date as they came in, those without one last."""
    return sorted(imported, key=lambda document: (document not in dates, dates.get(document, "")))


def dated(document: Document) -> str:
    """Return the date of an interview as year-month-day, as far as it is known; else nothing."""
    details = {key.casefold(): value for key, value in document.details.items()}
    text = next((details[field] for field in _FIELDS if details.get(field)), "")
    found = _DATE.match(text.strip())
    if not found:
        return ""
    year, month, day = (int(part) if part else 0 for part in found.groups())
    try:
        date(max(year, 1), month or 1, day or 1)
    except ValueError:
        return ""
    return "-".join([f"{year:04}", *(f"{part:02}" for part in (month, day) if part)])
