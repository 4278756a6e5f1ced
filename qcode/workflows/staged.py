"""Rounds in and out of a plain-text project."""

from __future__ import annotations

from collections.abc import Mapping

from qcode.formats.folder import PlainProject, PlainRound
from qcode.model.frozen import frozen
from qcode.model.round import AGAIN, Assignment
from qcode.store import coders, documents, rounds
from qcode.store.project import Reader, Step
from qcode.workflows.rounds import figures_of


def take(
    step: Step, project: PlainProject, ids: Mapping[str, str], who: Mapping[str, str]
) -> tuple[int, int]:  # fmt: skip
    """Store the rounds that the project lacks by name; return how many are new, how many known.

    ``ids`` gives documents, ``who`` coders by name. A round that is over gets the figures that
    what came in has, with the codebook as it stands.
    """
    known = {one.name.casefold() for one in rounds.listed(step.connection)}
    new = [one for one in project.rounds if one.name.casefold() not in known]
    for one in new:
        people = [who[name] for name in one.coders]
        id = rounds.begin(step, one.name, one.kind, people)
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
    """Return the rounds as they are written; one in which somebody codes again stays behind."""
    names = coders.names(connection)
    titles = {one.id: one.name for one in documents.listed(connection)}
    found = []
    for one in rounds.listed(connection):
        given = {each.document for each in rounds.assignments(connection, one.id)}
        if one.kind != AGAIN:
            found.append(PlainRound(
                one.name, one.kind, tuple(names[who] for who in one.coders if who in names),
                tuple(name for id, name in titles.items() if id in given), one.open,
            ))  # fmt: skip
    return tuple(found)
