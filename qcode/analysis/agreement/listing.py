"""The disagreements of coders as a list: where, what each gave, of what kind."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations

from qcode.analysis.agreement.comparing import Compared
from qcode.analysis.agreement.marking import Stretch, joined
from qcode.analysis.disagreement import KINDS, Disagreement, Kind
from qcode.analysis.layer import named
from qcode.language import _, counted
from qcode.model.table import Cell, Column, Share, Table

Addresses = Mapping[tuple[str, str, str, int], str]
"""Address of a coding by its document, coder, code and start."""


def listing(compared: Compared, codes: Iterable[str], addresses: Addresses) -> Table:
    """Return every place that two coders did not give the same, of all pairs of coders.

    ``codes`` leaves only disagreements in which one of them, or one below it, takes part.
    """
    wanted = {below for code in codes for below in compared.book.below(compared.book.end(code))}
    names = {one.id: one.name for one in compared.documents}
    kinds: Counter[Kind] = Counter()
    rows: list[tuple[Cell, ...]] = []
    for first, second, item in _items(compared):
        if wanted and wanted.isdisjoint((item.code, item.other)):
            continue
        kinds[item.kind] += 1
        if item.kind != "agree":
            place = f"{names[item.document]}:{compared.turn(item.document, item.start)}"
            rows.append((
                _kind(compared, item), place,
                *_given(compared, item, first, item.code, item.first, addresses, place),
                *_given(compared, item, second, item.other, item.second, addresses, place),
                _in_dispute(item),
            ))  # fmt: skip
    return Table(
        _("Disagreements: places that two coders did not give the same"),
        (
            Column("kind", _("kind")),
            Column("turn", _("turn")),
            Column("coder", _("coder")), Column("code", _("gave")), Column("address", _("at")),
            Column("other coder", _("other coder")), Column("other code", _("gave")),
            Column("other address", _("at")),
            Column("characters", _("in dispute"), _("of characters either marked"), numeric=True),
        ),
        tuple(rows),
        tuple(_notes(compared, kinds)),
    )  # fmt: skip


def _items(compared: Compared) -> Iterator[tuple[str, str, Disagreement]]:
    for marking in compared.markings:
        for first, second in combinations(marking.coders, 2):
            found = compared.between(marking, first, second)
            for item in sorted(found, key=lambda one: (one.start, one.code)):
                yield first, second, item


def _kind(compared: Compared, item: Disagreement) -> str:
    if item.kind == "missed":
        return _("missed by {coder}").format(coder=compared.names[item.by])
    return _kinds()[item.kind]


def _kinds() -> Mapping[Kind, str]:
    return {
        "agree": _("agree"), "boundary": _("boundary"), "cut": _("cut"), "level": _("level"),
        "different": _("different"), "missed": _("missed"),
    }  # fmt: skip


def _given(
    compared: Compared, item: Disagreement, who: str, code: str, own: tuple[Stretch, ...],
    addresses: Addresses, place: str,
) -> tuple[Cell, ...]:  # fmt: skip
    """Return a coder, the code he gave, and the addresses of his segments."""
    if not own:
        return compared.names[who], "", ""
    where = [addresses.get((item.document, who, code, start), place) for start, _end in own]
    return compared.names[who], compared.book.path(code), ", ".join(where)


def _in_dispute(item: Disagreement) -> Share:
    """Return how many characters only one of them gave this, of those that either marked."""
    either = sum(end - start for start, end in joined((*item.first, *item.second)))
    both = sum(end - start for start, end in (*item.first, *item.second)) - either
    same = both if item.code == item.other else 0
    return Share(either - same, either)


def _notes(compared: Compared, kinds: Mapping[Kind, int]) -> Iterator[str]:
    if compared.notice:
        yield compared.notice
    if not compared.documents:
        yield _("no document was coded or finished by two of these coders")
        return
    yield counted(
        "compared: {n} document that two or more coded or finished: {{names}}",
        "compared: {n} documents that two or more coded or finished: {{names}}",
        len(compared.documents),
    ).format(names=named(compared.documents))
    said = ", ".join(f"{_kinds()[kind]} {kinds.get(kind, 0)}" for kind in KINDS)
    yield counted("{n} place: {{kinds}}", "{n} places: {{kinds}}", sum(kinds.values())).format(
        kinds=said
    )
    yield _("a place is what overlaps with one code of both; boundary: the same code on other "
            "words; cut: one passage or several; level: a code above or below; different: another "
            "code; missed: no code of the other is left there")  # fmt: skip
    if len(compared.coders) > 2:
        yield _("every pair of coders is listed apart")
    if compared.lost:
        yield counted("{n} coding needs a place and is not compared",
                      "{n} codings need a place and are not compared", compared.lost)  # fmt: skip
