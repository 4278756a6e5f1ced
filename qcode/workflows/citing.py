"""With how much each informant is cited, and who is cited with less than the others."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from qcode.analysis import referring
from qcode.language import _, counted
from qcode.model.case import KINDS, Case
from qcode.model.excerpt import Manner
from qcode.store import cases
from qcode.workflows.named import attribute_named
from qcode.workflows.retrieving import Passage, Shelf

VILLAGE = KINDS["desa"]
"""Kind of case that nobody is recognised by."""


def references(
    shelf: Shelf, quoted: Iterable[Passage], manner: Manner, told: Sequence[str] = ()
) -> tuple[referring.Shown, tuple[str, ...]]:
    """Return with what each case is cited, and the sentences on who may be recognised or is not.

    ``told`` are attributes that the headings tell of everybody.
    """
    informants = [case for case in shelf.cases.values() if not case.retired]
    people = [case for case in informants if case.kind != VILLAGE]
    cited = {case.id for passage in quoted for case in passage.cases}
    if manner.ref:
        chosen = tuple(attribute_named(shelf.connection, name).name for name in manner.ref)
        rare = referring.alone(people, tuple(dict.fromkeys((*told, *chosen))))
        alike = {case.id: chosen for case in informants}
        return alike, tuple(_recognised([case for case in rare if case.id in cited]))
    privacy = manner.privacy or referring.PRIVACY[-1]
    wanted = referring.steps(cases.attributes_of(shelf.connection), privacy)
    shown = referring.levels(informants, wanted, told)
    rare = referring.alone(people, told) if told else ()
    notes = [*_recognised([case for case in rare if case.id in cited]),
             *_less([case for case in people if case.id in cited], shown, wanted)]  # fmt: skip
    return shown, tuple(notes)


def _recognised(rare: Sequence[Case]) -> Iterator[str]:
    if rare:
        yield counted(
            "{n} informant may be recognised by the reference line: {{names}}",
            "{n} informants may be recognised by the reference line: {{names}}", len(rare),
        ).format(names=", ".join(case.name for case in rare))  # fmt: skip


def _less(quoted: Iterable[Case], shown: referring.Shown, wanted: referring.Steps) -> Iterator[str]:
    """Say who is cited with less than the level has, by what is left."""
    everything = referring.named(wanted)
    less: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for case in quoted:
        if shown[case.id] != everything and any(map(case.value, everything)):
            less[shown[case.id]].append(case.name)
    if less:
        parts = (
            _("{what}: {names}").format(
                what=" + ".join(left) or _("name of the case only"), names=", ".join(names)
            )
            for left, names in sorted(less.items(), key=lambda one: -len(one[0]))
        )
        yield _("cited with less, because fewer than three share their {attributes}: {who}").format(
            attributes=" + ".join(everything), who="; ".join(parts)
        )
