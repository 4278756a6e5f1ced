"""Figures before and after coders discussed, and what each coder gave against the consensus."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from qcode.analysis.agreement import presence
from qcode.analysis.agreement.comparing import CodeFigures, Compared, figures
from qcode.analysis.agreement.figure import Figure, uncompared, unused
from qcode.analysis.agreement.marking import Marking, Stretch, added
from qcode.analysis.agreement.scales import on_characters
from qcode.analysis.agreement.table import unit_of
from qcode.analysis.frequency import listed_codes
from qcode.analysis.layer import named
from qcode.language import _, counted
from qcode.model.table import Cell, Column, Share, Table

CONSENSUS = ""
"""Stands for the consensus among coders."""


def before_and_after(before: Compared, after: Compared, codes: Iterable[str]) -> Table:
    """Return how far coders agree on each code by what they gave, and with what they settled."""
    used = {code for some in (before, after) for one in some.markings for code in one.marks}
    listed = listed_codes(before.book, used, codes)
    ids = [one.code.id for one in listed]
    found = figures(before, ids), figures(after, ids)
    rows = [(one.title, *_in_turn([_cells([own[one.code.id]]) for own in found])) for one in listed]
    rows.append(
        (_("all codes, pooled"), *_in_turn([_cells(list(own.values())) for own in found]))
    )  # fmt: skip
    times = (("before", _("before")), ("after", _("after")))
    kinds = (("alpha", _("alpha"), unit_of(before)),
             ("alpha characters", _("alpha"), _("on characters")),
             ("dice", _("Dice"), _("of characters")),
             ("informants", _("agree"), _("informants")))  # fmt: skip
    columns = (
        Column("code", _("code")),
        *(Column(f"{key} {when}", _("{title}, {when}").format(title=title, when=said), unit,
                 numeric=True)
          for key, title, unit in kinds for when, said in times),
    )  # fmt: skip
    return Table(
        _("Agreement before and after discussion"), columns, tuple(rows),
        tuple(_notes(before)), (*(one.depth for one in listed), 0),
    )  # fmt: skip


def _in_turn(sides: Sequence[Sequence[Cell]]) -> list[Cell]:
    return [cell for pair in zip(*sides, strict=True) for cell in pair]


def _cells(several: Sequence[CodeFigures]) -> tuple[Cell, ...]:
    """Return the figures of one code, or of several pooled."""
    units, characters = (
        [presence.coincidence(one) for one in some]
        for some in ([one.on_units for one in several], [one.on_characters for one in several])
    )
    shares = [one.informants for one in several if one.places]
    total = Share(sum(one.k for one in shares), sum(one.n for one in shares))
    pool = presence.alpha if len(several) == 1 else None
    return (
        (pool(units[0]) if pool else presence.pooled(units)).cell(),
        (pool(characters[0]) if pool else presence.pooled(characters)).cell(),
        presence.dice(added(one.on_characters for one in several)).cell(),
        total if total.n else (unused() if several and several[0].documents else uncompared()
                               ).cell(),
    )  # fmt: skip


def _notes(compared: Compared) -> Iterable[str]:
    if compared.notice:
        yield compared.notice
    yield counted("compared: {n} document that two or more coded or finished: {{names}}",
                  "compared: {n} documents that two or more coded or finished: {{names}}",
                  len(compared.documents)).format(names=named(compared.documents))  # fmt: skip
    yield _("before: what coders gave, each for himself; after: the same with what was settled. Only "
            "the figures before tell how reliably a codebook is used")  # fmt: skip


Shared = tuple[int, int, int]
"""Characters of a coder, of the consensus, and of both."""


def against(compared: Compared, settled: Mapping[str, Mapping[str, Sequence[Stretch]]],
            codes: Iterable[str]) -> Table:  # fmt: skip
    """Return, for each code, how each coder's characters lie in those of the consensus.

    ``settled`` gives the united stretches of the consensus by document and code.
    """
    markings = [
        on_characters(_with(one, settled[one.document]), compared.scales[one.document])
        for one in compared.markings if one.document in settled
    ]  # fmt: skip
    used = {code for one in markings for code in one.marks}
    listed = listed_codes(compared.book, used, codes)
    who = [coder for coder in compared.coders if any(coder in one.coders for one in markings)]
    found = {one.code.id: [_shared(markings, one.code.id, coder) for coder in who]
             for one in listed}  # fmt: skip
    rows = [(one.title, *_figures(found[one.code.id])) for one in listed]
    pooled = [_sum(own[at] for own in found.values()) for at in range(len(who))]
    rows.append((_("all codes, pooled"), *_figures(pooled)))
    titles = (("precision", _("precision")), ("recall", _("recall")), ("dice", _("Dice")))
    columns = (
        Column("code", _("code")),
        *(Column(f"{key} {compared.names[coder]}", f"{compared.names[coder]}: {title}",
                 _("of characters"), numeric=True)
          for coder in who for key, title in titles),
    )  # fmt: skip
    documents = [one for one in compared.documents if one.id in settled]
    notes = (
        *([compared.notice] if compared.notice else []),
        counted("compared: {n} document with a consensus: {{names}}",
                "compared: {n} documents with a consensus: {{names}}",
                len(documents)).format(names=named(documents)),
        _("precision: of the characters that the coder marked, how many stand in the consensus; "
          "recall: of those of the consensus, how many the coder marked; Dice: both in one figure"),
    )  # fmt: skip
    return Table(_("Each coder against the consensus"), columns, tuple(rows), notes,
                 (*(one.depth for one in listed), 0))  # fmt: skip


def _with(marking: Marking, settled: Mapping[str, Sequence[Stretch]]) -> Marking:
    marks = {
        code: {**marking.marks.get(code, {}), **({CONSENSUS: own} if (own := settled.get(code))
                                                 else {})}
        for code in {*marking.marks, *settled}
    }  # fmt: skip
    return Marking(marking.document, marking.length, marking.coders, marks, marking.lacking)


def _shared(markings: Iterable[Marking], code: str, coder: str) -> Shared:
    total = (0, 0, 0)
    for one in markings:
        # What not all of them looked for is in no consensus.
        if coder in one.coders and not one.lacking.get(code):
            marks = one.marks.get(code, {})
            own, settled = marks.get(coder, ()), marks.get(CONSENSUS, ())
            both = sum(
                max(0, min(b, d) - max(a, c)) for a, b in own for c, d in settled
            )  # fmt: skip
            total = _sum([total, (_length(own), _length(settled), both)])
    return total


def _length(stretches: Iterable[Stretch]) -> int:
    return sum(end - start for start, end in stretches)


def _sum(several: Iterable[Shared]) -> Shared:
    own, settled, both = 0, 0, 0
    for one in several:
        own, settled, both = own + one[0], settled + one[1], both + one[2]
    return own, settled, both


def _figures(several: Iterable[Shared]) -> Iterable[Cell]:
    for own, settled, both in several:
        gave_none = Figure(None, _("this coder gave it nowhere"))
        absent = Figure(None, _("the consensus has it nowhere"))
        yield (Figure(both / own) if own else gave_none).cell()
        yield (Figure(both / settled) if settled else absent).cell()
        yield (Figure(2 * both / (own + settled)) if own + settled else unused()).cell()
