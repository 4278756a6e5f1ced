"""With how much each informant is cited, and who is cited with less than the others."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from qcode.analysis import referring
from qcode.language import _, counted
from qcode.model.case import KINDS, Attribute, Case
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
    attributes = cases.attributes_of(shelf.connection)
    headed = referring.headed(attributes)
    everywhere = referring.levels(informants, referring.reckoned(attributes))
    less: Iterator[str] = iter(())
    if manner.ref:
        chosen = tuple(attribute_named(shelf.connection, name).name for name in manner.ref)
        rare = referring.alone(people, tuple(dict.fromkeys((*told, *chosen))))
        shown: referring.Shown = {case.id: chosen for case in informants}
    else:
        wanted = referring.steps(attributes, manner.privacy or referring.PRIVACY[-1])
        shown = _shown(informants, attributes, manner.privacy, told)
        rare = referring.alone(people, told) if told else ()
        less = _less([case for case in people if case.id in cited], shown, wanted)
    beside = {
        case.id: tuple(name for name in dict.fromkeys((*headed, *everywhere[case.id]))
                       if name not in (*told, *shown[case.id]))
        for case in people if told or shown[case.id]
    }  # fmt: skip
    known = {case.id: tuple(sorted({*told, *shown[case.id], *beside.get(case.id, ())}))
             for case in people}  # fmt: skip
    joined = [case for case in referring.alone_by(people, known)
              if case.id in cited and beside.get(case.id) and case not in rare]  # fmt: skip
    notes = [*_recognised([case for case in rare if case.id in cited]),
             *_recognised_beside(joined, beside),
             *less]  # fmt: skip
    return shown, tuple(notes)


def _shown(
    informants: Sequence[Case], attributes: Sequence[Attribute], privacy: str, told: Sequence[str]
) -> referring.Shown:  # fmt: skip
    """Return with what each case is cited, in the order in which a reference says it.

    By default with the same in every file, and with less below headings that tell more.
    """
    if privacy:
        return referring.levels(informants, referring.steps(attributes, privacy), told)
    steps = referring.reckoned(attributes)
    everywhere = referring.levels(informants, steps)
    here = referring.levels(informants, steps, told) if told else everywhere
    order = referring.named(referring.steps(attributes))
    least = {id: min(some, here[id], key=len) for id, some in everywhere.items()}
    return {id: tuple(sorted(some, key=order.index)) for id, some in least.items()}


def _recognised_beside(rare: Sequence[Case], beside: referring.Shown) -> Iterator[str]:
    """Say who is alone with what this file and others of the project tell of him together."""
    if rare:
        told = dict.fromkeys(name for case in rare for name in beside[case.id])
        yield counted(
            "{n} informant may be recognised by this beside other files, which tell {{attributes}}: "
            "{{names}}",
            "{n} informants may be recognised by this beside other files, which tell "
            "{{attributes}}: {{names}}", len(rare),
        ).format(attributes=" + ".join(told), names=", ".join(case.name for case in rare))  # fmt: skip


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
