"""What was decided: as a list, and as minutes to be kept with the study."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace

from qcode.analysis.adjudication import GONE, Reviewed
from qcode.language import _, counted
from qcode.model.decision import Decision
from qcode.model.filter import Filter
from qcode.model.report import Report, under_headings
from qcode.model.table import Cell, Column, Table
from qcode.store import coders
from qcode.store.project import Reader, about
from qcode.workflows import adjudication
from qcode.workflows.adjudication import Review
from qcode.workflows.review import (
    Wanted,
    chosen,
    kind_names,
    notes,
    sides,
    state_names,
)

_ALL = ("settled", "reopened", "codebook", "open")


def decisions_table(
    connection: Reader, asked: Filter, when: Callable[[int], str], *, named: bool = False,
    agreed: bool = False,
) -> Table:  # fmt: skip
    """Return what was settled, item by item; what both agreed on only where that is wanted.

    ``when`` tells a time that is given in milliseconds since 1970 UTC.
    """
    review = adjudication.read(connection)
    found = _decided(connection, review, asked, agreed=agreed)
    return Table(
        _("Decisions"), _columns(), tuple(_rows(connection, review, found, when, named=named)),
        tuple(notes(review, named=named)),
    )  # fmt: skip


def _decided(
    connection: Reader, review: Review, asked: Filter, *, agreed: bool
) -> list[Reviewed]:  # fmt: skip
    """Return the items that something was settled about, oldest decision first."""
    kinds = tuple(kind_names())
    listed = chosen(connection, review, Wanted(asked, kinds, _ALL))
    found = [one for one in listed
             if one.decision and (agreed or one.decision.verdict != "agree")]  # fmt: skip
    return sorted(found, key=lambda one: (one.decision.at if one.decision else 0, one.item.id))


def _columns() -> tuple[Column, ...]:
    return (
        Column("item", _("item")), Column("when", _("when")), Column("code", _("code")),
        Column("kind", _("kind")), Column("verdict", _("verdict")), Column("reason", _("reason")),
        Column("present", _("took part")), Column("dissent", _("dissent")),
        Column("state", _("state")),
    )  # fmt: skip


def _rows(
    connection: Reader, review: Review, found: Iterable[Reviewed], when: Callable[[int], str], *,
    named: bool,
) -> Iterator[tuple[Cell, ...]]:  # fmt: skip
    shown = sides(connection, review, named=named)
    names = coders.names(connection)
    for one in found:
        own = one.decision
        if own is None:
            continue
        yield (
            review.numbers[one.item.id],
            when(own.at),
            _codes(review, own),
            kind_names().get(own.kind if one.item.kind != GONE else GONE, own.kind),
            shown.verdict(one.item, own.verdict),
            _("rule: {rule}").format(rule=own.rule_text) if own.rule else own.reason,
            _people(names, own),
            own.dissent,
            state_names()[one.state],
        )


def _codes(review: Review, one: Decision) -> str:
    book = review.compared.book
    return " / ".join(dict.fromkeys(book.path(book.end(code)) for code in one.codes
                                    if code in book.codes))  # fmt: skip


def _people(names: Mapping[str, str], one: Decision) -> str:
    return ", ".join(names.get(who, "?") for who in one.present)


def minutes(
    connection: Reader, asked: Filter, when: Callable[[int], str], made: str, *,
    named: bool = False,
) -> Report:  # fmt: skip
    """Return what was decided, by whom, with reasons, dissents and rules; no words of anybody.

    ``made`` is the day that stands on it.
    """
    review = adjudication.read(connection)
    found = _decided(connection, review, asked, agreed=False)
    meant = _meant(connection, review, asked)
    single = [one for one in found if one.decision and not one.decision.rule]
    listed = Table(_("Single decisions"), _columns(),
                   tuple(_rows(connection, review, single, when, named=named)))  # fmt: skip
    return Report(
        _("Minutes: {name}").format(name=about(connection)["name"]),
        made,
        about(connection).get("notice", ""),
        (
            *_summed(connection, meant),
            *(note for note in notes(meant, named=named) if note != review.compared.notice),
        ),
        tuple(under_headings((_rules(connection, review, found, when), listed))),
        wide=True,
    )


def _meant(connection: Reader, review: Review, asked: Filter) -> Review:
    """Return a review of no more than what is asked for, so that sums are of what is listed."""
    if asked == Filter():
        return review
    listed = chosen(connection, review, Wanted(asked, tuple(kind_names()), _ALL))
    return replace(
        review, listed=listed, closed=review.closed & {one.item.document for one in listed}
    )


def _summed(connection: Reader, review: Review) -> Iterator[str]:
    everyone = [one.decision for one in review.listed if one.decision]
    names = coders.names(connection)
    people = dict.fromkeys(who for one in everyone if one.verdict != "agree" for who in one.present)
    yield counted("{n} agreement was taken over", "{n} agreements were taken over",
                  sum(one.verdict == "agree" for one in everyone))  # fmt: skip
    if people:
        yield _("took part: {names}").format(names=", ".join(names.get(who, "?") for who in people))
    dissents = sum(bool(one.decision and one.decision.dissent) for one in review.listed)
    if dissents:
        yield counted("{n} decision with a dissent", "{n} decisions with a dissent", dissents)


def _rules(
    connection: Reader, review: Review, found: Iterable[Reviewed], when: Callable[[int], str]
) -> Table:  # fmt: skip
    """Return each rule once, with the items that it settled."""
    names = coders.names(connection)
    by_rule: dict[str, list[Reviewed]] = {}
    for one in found:
        if one.decision and one.decision.rule:
            by_rule.setdefault(one.decision.rule, []).append(one)
    columns = (
        Column("rule", _("rule")), Column("code", _("code")), Column("verdict", _("verdict")),
        Column("items", _("settled"), _("items"), numeric=True), Column("when", _("when")),
        Column("present", _("took part")), Column("dissent", _("dissent")),
        Column("places", _("items")),
    )  # fmt: skip
    rows: list[tuple[Cell, ...]] = []
    shown = sides(connection, review, named=False)
    for some in by_rule.values():
        first = some[0].decision
        if first is not None:
            shared = set(first.codes).intersection(
                *(one.decision.codes for one in some if one.decision)
            )
            rows.append((
                first.rule_text,
                ", ".join(sorted(review.compared.book.path(code) for code in shared)),
                shown.verdict(some[0].item, first.verdict),
                len(some), when(first.at), _people(names, first), first.dissent,
                ", ".join(review.numbers[one.item.id] for one in some),
            ))  # fmt: skip
    return Table(_("Rules"), columns, tuple(rows))
