"""Where coders agree least: documents with what each weighs, and codes taken for one another."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import combinations

from qcode.analysis.agreement import presence
from qcode.analysis.agreement.comparing import Compared
from qcode.analysis.agreement.figure import Figure, uncompared
from qcode.analysis.agreement.marking import Marking, bits, counts
from qcode.analysis.agreement.notes import basis_of
from qcode.analysis.agreement.people import codes_in, said_of
from qcode.analysis.agreement.presence import Coincidence
from qcode.analysis.agreement.table import unit_of
from qcode.analysis.disagreement import confusion
from qcode.language import _
from qcode.model.table import Blank, Cell, Column, Share, Table


def documents(compared: Compared, chosen: Sequence[str] = ()) -> Table:
    """Return the pooled alpha of each document, worst first, and of all without it.

    Where the unit is the informant: of each informant on how many codes coders agree.
    """
    codes = codes_in(compared, chosen)
    if compared.unit == "informant":
        return _informants(compared, codes)
    title = {one.id: one.name for one in compared.documents}
    units, characters = (
        _by_place(compared, some, codes) for some in (compared.on_units, compared.on_characters)
    )
    total = _totals(units)
    apart = Counter(
        item.document for item in compared.disagreements()
        if item.kind != "agree" and not item.codes.isdisjoint(codes)
    )  # fmt: skip
    untold = Blank("-", _("counted where two coded; “qcode disagreements” lists every pair"))
    rows: list[tuple[tuple[bool, float], tuple[Cell, ...]]] = []
    for one in compared.markings:
        own = units[one.document]
        alpha = presence.pooled(own.values())
        rows.append(((alpha.value is None, alpha.value or 0), (
            title[one.document], len(one.coders), alpha.cell(),
            presence.pooled(characters[one.document].values()).cell(),
            apart[one.document] if len(one.coders) == 2 else untold,
            _without(total, own).cell(),
        )))  # fmt: skip
    rows.sort(key=lambda row: row[0])
    columns = (
        Column("document", _("document")),
        Column("coders", _("coders"), numeric=True),
        Column("alpha", _("alpha"), unit_of(compared), numeric=True),
        Column("alpha characters", _("alpha"), _("on characters"), numeric=True),
        Column("disagreements", _("disagreements"), _("of two coders"), numeric=True),
        Column("without", _("all without it"), unit_of(compared), numeric=True),
    )
    notes = (
        *_notes(compared, total),
        _("alpha: pooled over codes; all without it: how it would be if this one were left out"),
    )
    return Table(_("Documents, those with the lowest agreement first"), columns,
                 tuple(row for _key, row in rows), notes)  # fmt: skip


def _notes(compared: Compared, total: Mapping[str, Coincidence]) -> tuple[str, ...]:
    return (*basis_of(compared), said_of(presence.pooled(total.values())))


def _informants(compared: Compared, codes: Sequence[str]) -> Table:
    units = _by_place(compared, compared.by_informant, codes)
    total = _totals(units)
    given = [code for code, one in total.items() if one.marked]
    rows: list[tuple[float, tuple[Cell, ...]]] = []
    for one in compared.by_informant:
        own = units[one.document]
        looked = [own[code] for code in given if own[code].total]
        agreed = Share(sum(not found.apart for found in looked), len(looked))
        rows.append((agreed.k / agreed.n if agreed.n else 2, (
            compared.informants[one.document], len(one.coders),
            agreed if agreed.n else uncompared().cell(), _without(total, own).cell(),
        )))  # fmt: skip
    rows.sort(key=lambda row: row[0])
    columns = (
        Column("informant", _("informant")),
        Column("coders", _("coders"), numeric=True),
        Column("codes", _("agree"), _("codes that anybody gave"), numeric=True),
        Column("without", _("all without"), unit_of(compared), numeric=True),
    )
    notes = (*_notes(compared, total), _(
        "all without: how the pooled alpha would be if this informant were left out"))  # fmt: skip
    return Table(_("Informants, those with the lowest agreement first"), columns,
                 tuple(row for _key, row in rows), notes)  # fmt: skip


def _by_place(
    compared: Compared, places: Sequence[Marking], codes: Sequence[str]
) -> dict[str, dict[str, Coincidence]]:  # fmt: skip
    bit = bits(compared.coders)
    return {
        one.document: {
            code: presence.coincidence(counts(one, (code,), bit)) for code in codes
        }
        for one in places
    }  # fmt: skip


def _totals(found: Mapping[str, Mapping[str, Coincidence]]) -> dict[str, Coincidence]:
    total: dict[str, list[Coincidence]] = {}
    for own in found.values():
        for code, one in own.items():
            total.setdefault(code, []).append(one)
    return {code: presence.summed(several) for code, several in total.items()}


def _without(total: Mapping[str, Coincidence], out: Mapping[str, Coincidence]) -> Figure:
    """Return pooled alpha over all places but one."""
    return presence.pooled(
        Coincidence(
            all.apart - out[code].apart, all.marked - out[code].marked, all.total - out[code].total
        )
        for code, all in total.items()
    )


def confused(compared: Compared, chosen: Sequence[str] = ()) -> Table:
    """Return which codes stand on the same characters of two coders, the most confused first."""
    codes = set(codes_in(compared, chosen))
    characters, units = (
        _crossed(compared, some) for some in (compared.on_characters, compared.on_turns)
    )  # fmt: skip
    two = len(compared.coders) == 2
    unit = "turn" if compared.unit in ("informant", "character") else compared.unit
    rows = sorted(
        (-number, _name(compared, one), _name(compared, other), one, other)
        for (one, other), number in characters.items()
        if one != other and not codes.isdisjoint((one, other))
    )  # fmt: skip
    cells = tuple(
        (named, other_named, -number, units.get((one, other), 0),
         characters.get((one, one), 0) if one else Blank("-", _("no code")),
         characters.get((other, other), 0) if other else Blank("-", _("no code")))
        for number, named, other_named, one, other in rows
    )  # fmt: skip
    said = [compared.names[who] for who in compared.coders] if two else [_("one"), _("another")]
    columns = (
        *(Column(key, _("{coder} gave").format(coder=who))
          for key, who in zip(("code", "other code"), said, strict=True)),
        Column("characters", _("characters"), numeric=True),
        Column("units", _("units"), unit_of(replace(compared, unit=unit)), numeric=True),
        Column("shared", _("both gave the first"), _("characters"), numeric=True),
        Column("other shared", _("both gave the second"), _("characters"), numeric=True),
    )  # fmt: skip
    notes = (*basis_of(compared), _(
        "codes that both gave a character are left out there before the rest is crossed; "
        "nothing: one of them gave it no other code"))  # fmt: skip
    if not two:
        notes = (*notes, _("added up over every two coders, whichever of them gave which"))
    return Table(_("Codes taken for one another"), columns, cells, notes)


def _name(compared: Compared, code: str) -> str:
    return compared.book.path(code) if code else _("nothing")


def _crossed(compared: Compared, markings: Sequence[Marking]) -> Mapping[tuple[str, str], int]:
    found: Counter[tuple[str, str]] = Counter()
    two = len(compared.coders) == 2
    for first, second in combinations(compared.coders, 2):
        shared = [one for one in markings if {first, second} <= {*one.coders}]
        for (one, other), number in confusion(shared, first, second).items():
            # Of several pairs the two are in no order; what stands against nothing comes first.
            turned = not two and (not one or (other and other < one))
            found[(other, one) if turned else (one, other)] += number
    return found
