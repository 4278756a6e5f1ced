"""The interviews in order, with the codes that each brings, and where new ones become few."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from qcode.analysis.layer import Layer, named, said_of
from qcode.analysis.saturation.counting import (
    HIGH,
    LOW,
    Band,
    Progress,
    Rule,
    Sitting,
    level,
    progress,
    ratio,
    reached,
)
from qcode.language import _, counted
from qcode.model.document import Document
from qcode.model.table import Blank, Cell, Column, Table

SOURCE = "Guest, Namey & Chen (2020), PLoS ONE 15(5): e0232076"


@dataclass(frozen=True)
class Course:
    """The interviews of a layer in order, and the random orders of them; none if too few.

    ``order`` says by what they are ordered, ``undated`` which stand last for want of a date, and
    ``codes`` is how many codes are looked at.
    """

    layer: Layer
    sittings: tuple[Sitting, ...]
    rule: Rule
    order: str
    codes: int
    undated: tuple[Document, ...] = ()
    band: Band | None = None
    chosen: frozenset[str] | None = None
    """The codes that are looked at, where not all are."""

    @property
    def progress(self) -> Progress:
        """What each interview adds."""
        return progress([one.codes for one in self.sittings])

    @property
    def enough(self) -> bool:
        """Whether there is a base and one run behind it."""
        return len(self.sittings) >= self.rule.base + self.rule.run


def saturation(course: Course) -> Table:
    """Return a row for each interview, and in the notes where saturation is reached."""
    added = course.progress
    new = [len(some) for some in added.new]
    rows = []
    unlooked: frozenset[str] = frozenset()
    for at, sitting in enumerate(course.sittings):
        rows.append((
            at + 1,
            sitting.name,
            sitting.date or Blank("·", _("no date")),
            len(sitting.codes),
            new[at],
            len(added.new[at] & unlooked),
            added.total[at],
            len(sitting.unlooked),
            *_run(new, at + 1, course.rule),
            *(course.band.codes[at] if course.band else ()),
        ))  # fmt: skip
        unlooked |= sitting.unlooked
    return Table(_("Codes that each interview brings"), _columns(course), tuple(rows),
                 (*said_of(course.layer, course.chosen), *_notes(course, new)))  # fmt: skip


def _run(new: Sequence[int], at: int, rule: Rule) -> tuple[Cell, Cell]:
    found = ratio(new, at, rule)
    if found is None:
        none = Blank("-", _("no run ends here: base and run together are {n} interviews").format(
            n=rule.base + rule.run))  # fmt: skip
        return none, none
    fresh, base = found
    return fresh, 100 * fresh / base if base else Blank("-", _("the base has no code"))


def _columns(course: Course) -> tuple[Column, ...]:
    rule = course.rule
    orders = (
        Column("low", "5 %", _("random orders"), numeric=True),
        Column("median", _("median"), _("random orders"), numeric=True),
        Column("high", "95 %", _("random orders"), numeric=True),
    )
    return (
        Column("number", _("no"), numeric=True),
        Column("interview", _("interview")),
        Column("date", _("date")),
        Column("codes", _("codes"), _("found"), numeric=True),
        Column("new", _("new"), _("codes"), numeric=True),
        Column("late", _("of these"), _("not looked for before"), numeric=True),
        Column("total", _("so far"), _("codes"), numeric=True),
        Column("unlooked", _("codes"), _("not looked for"), numeric=True),
        Column("run", _("new in run"), counted("of {n}", "of {n}", rule.run), numeric=True),
        Column("ratio", _("share"), _("% of the base"), numeric=True),
        *(orders if course.band else ()),
    )


def _notes(course: Course, new: Sequence[int]) -> list[str]:
    rule = course.rule
    said = [
        verdict(course, new),
        _("base: the codes of the first {base} interviews; run: the codes new in {run} interviews "
          "that follow one another, runs overlapping; saturation: the first run that brings at "
          "most {threshold} % of the base ({source})").format(
              base=rule.base, run=rule.run, threshold=percent(rule.threshold), source=SOURCE),
        _("in the order of {order}; interviews that share an informant are one, where the first of "
          "them stands").format(order=course.order),
        counted("{n} code, each by itself; it counts where it stands on words of a participant",
                "{n} codes, each by itself; one counts where it stands on words of a participant",
                course.codes),
    ]  # fmt: skip
    if course.undated:
        said.append(
            counted("{n} interview has no date that could be read and comes last: {{names}}",
                    "{n} interviews have no date that could be read and come last: {{names}}",
                    len(course.undated)).format(names=named(course.undated))
        )  # fmt: skip
    said += _late(course)
    if course.band:
        said.append(_drawn(course.band, rule, len(new)))
    return said


def percent(share: float) -> str:
    """Return a share (0-1) in percent, without needless zeros."""
    return f"{100 * share:g}"


def verdict(course: Course, new: Sequence[int]) -> str:
    """Return whether and where new codes became few."""
    rule, number = course.rule, len(course.sittings)
    if not course.enough:
        return _("too few to say: {n} interviews; base and run together are {wanted}").format(
            n=number, wanted=rule.base + rule.run
        )
    if not sum(new[: rule.base]):
        return _("not defined: no code stands in the base, the first {base} interviews").format(
            base=rule.base
        )
    end = reached(new, rule)
    if not end:
        return _("saturation (at most {threshold} % new) is not reached in {n} interviews").format(
            threshold=percent(rule.threshold), n=number
        )
    fresh, base = ratio(new, end, rule) or (0, 0)
    said = _("saturation (at most {threshold} % new) is reached at {before}+{run} of {n} "
             "interviews (codes new in the run: {fresh}, codes of the base: {base})").format(
                 threshold=percent(rule.threshold), before=end - rule.run, run=rule.run, n=number,
                 fresh=fresh, base=base)  # fmt: skip
    lacking = [one for one in course.sittings[end - rule.run : end] if one.unlooked]
    if not lacking:
        return said
    places = (_("{interview} for {k} of {n} codes").format(
        interview=one.name, k=len(one.unlooked), n=course.codes) for one in lacking)  # fmt: skip
    return _("{reached}; in this run some codes were not looked for, which cannot be new there: "
             "{places}").format(reached=said, places=", ".join(places))  # fmt: skip


def _late(course: Course) -> list[str]:
    """Return what codes that were made late mean for what is new."""
    late = frozenset().union(*(one.unlooked for one in course.sittings))
    if not late:
        return []
    gone = sum(bool(one.unlooked) for one in course.sittings)
    return [
        counted("{n} code was not looked for everywhere ({{gone}} interviews lack some): where it "
                "was not, it cannot be new, and first found later it may have been there before; "
                "“qcode revisit” lists where to look",
                "{n} codes were not looked for everywhere ({{gone}} interviews lack some): where "
                "one was not, it cannot be new, and first found later it may have been there "
                "before; “qcode revisit” lists where to look", len(late)).format(gone=gone)
    ]  # fmt: skip


def _drawn(band: Band, rule: Rule, number: int) -> str:
    ends = band.ends
    if not ends:
        where = _("not reached in any")
    else:
        where = _("reached in {k} of {n}, at {middle}+{run} (median; 5-95 %: {low}+{run} to "
                  "{high}+{run})").format(
            k=len(ends), n=band.orders, run=rule.run, middle=level(ends, 0.5) - rule.run,
            low=level(ends, LOW) - rule.run, high=level(ends, HIGH) - rule.run)  # fmt: skip
    return _("{n} random orders of the {interviews} interviews, seed {seed}: {where}").format(
        n=band.orders, interviews=number, seed=band.seed, where=where
    )
