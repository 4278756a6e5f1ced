"""Rounds in and out of a plain-text project."""

from __future__ import annotations

from collections.abc import Mapping

from qcode.formats.folder import PlainProject, PlainRound
from qcode.model.frozen import frozen
from qcode.model.round import AGAIN, Assignment
from qcode.store import coders, documents, rounds
from qcode.store.project import Reader, Step
from qcode.store.rounds import second_self
from qcode.workflows.counting import surveyed
from qcode.workflows.rounds import figures_of


def joining(step: Step, project: PlainProject) -> tuple[dict[str, str], Mapping[str, str]]:
    """Let the coders of a project join; return their ids by name, and those of rounds to come.

    Who codes again in a round is a second self from the start: no other person is to be counted.
    """
    selves = {name for one in project.rounds if one.of for name in one.coders}
    who = dict(coders.add(step, [name for name in project.coders if name not in selves]))
    known = {one.name.casefold(): one for one in rounds.listed(step.connection)}
    people = {one.id: one for one in coders.listed(step.connection)}
    new: dict[str, str] = {}
    for one in project.rounds:
        there = known.get(one.name.casefold())
        id = there.id if there else new.setdefault(one.name, step.mint())
        for name, of in zip(one.coders, one.of, strict=False):
            own = second_self(step.project, who[of], id)
            if own not in people:
                free = documents.free_name(name, {*who})
                coders.add_second(step, people[who[of]], id, free)
            who[name] = own
    return who, new


def take(
    step: Step, project: PlainProject, ids: Mapping[str, str], who: Mapping[str, str],
    begun: Mapping[str, str],
) -> tuple[int, int]:  # fmt: skip
    """Store the rounds that the project lacks by name; return how many are new, how many known.

    ``ids`` gives documents, ``who`` coders and ``begun`` ids of new rounds, by name. A round that is over gets the figures that
    what came in has, with the codebook as it stands.
    """
    new = [one for one in project.rounds if one.name in begun]
    for one in new:
        people = [who[name] for name in one.coders]
        id = rounds.begin(step, one.name, one.kind, people, begun[one.name])
        rounds.assign(step, [
            Assignment(ids[name], coder, id)
            for name in one.documents if name in ids for coder in people
        ])  # fmt: skip
        if not one.open:
            found = next(each for each in rounds.listed(step.connection) if each.id == id)
            figures = figures_of(step.connection, found)
            rounds.close(step, id, frozen(figures) if figures else "")
    return len(new), len(project.rounds) - len(new)


def leaving(connection: Reader) -> tuple[PlainRound, ...]:
    """Return the rounds as they are written."""
    names = coders.names(connection)
    of = {one.id: one.of for one in coders.listed(connection)}
    titles = {one.id: one.name for one in surveyed(connection).documents}
    found = []
    for one in rounds.listed(connection):
        given = {each.document for each in rounds.assignments(connection, one.id)}
        people = [who for who in one.coders if who in names]
        found.append(PlainRound(
            one.name, one.kind, tuple(names[who] for who in people),
            tuple(name for id, name in titles.items() if id in given), one.open,
            tuple(names[of[who]] for who in people) if one.kind == AGAIN else (),
        ))  # fmt: skip
    return tuple(found)
