"""Sorting the passages of a code and undoing the pile are inverse, on both databases."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest

from qcode.errors import Refused
from qcode.model.codebook import Code
from qcode.model.document import Transcript, Turn
from qcode.model.span import Span
from qcode.store import cases, codebook, coders, codings, documents, history, piles, tallies
from qcode.store.checking import check
from qcode.store.codings import NewCoding
from qcode.store.documents import NewDocument
from qcode.store.opening import create
from qcode.store.project import Project
from qcode.store.refolding import contents
from qcode.workflows import sorting

TEXT = "P: " + "takut pegang HP lalu anak tetangga sabar ongkir mahal sinyal " * 6


@pytest.fixture(params=["sqlite", "postgres"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return str(tmp_path / "uji.qcode")
    return str(request.getfixturevalue("postgres_place"))


class World:
    """A project with two coders, some codes, and codings at random."""

    def __init__(self, place: str, rng: random.Random) -> None:
        self.rng = rng
        self.project, self.sari = create(place, "Uji", coder="sari")
        self.budi = coders.joined(self.project, "budi")
        transcript = Transcript(TEXT, (Turn(0, 3, len(TEXT), "P"),))
        with self.project.write(self.sari, "import") as step:
            new = [NewDocument(name, transcript, speakers={"P": "participant"}) for name in "DE"]
            new[1] = NewDocument("E", Transcript(TEXT + "!", (Turn(0, 3, len(TEXT) + 1, "P"),)))
            self.documents = list(documents.add(step, new)[0].values())
            cases.add(step, [])
        with self.project.write(self.sari, "add code") as step:
            self.parent, self.merged, self.other = codebook.add(
                step, [Code(step.mint(), name) for name in ("a", "b", "c")]
            )
        for who in (self.sari, self.budi):
            with self.project.write(who, "apply") as step:
                codings.apply(step, [self.coding() for _ in range(rng.randint(2, 6))])
            with self.project.write(who, "finish") as step:
                documents.finish(step, rng.choice(self.documents))
        with self.project.write(self.sari, "merge codes") as step:
            codebook.merge(step, self.merged, self.parent)

    def coding(self) -> NewCoding:
        start = self.rng.randrange(3, 200)
        code = self.rng.choice([self.parent, self.parent, self.merged, self.other])
        return NewCoding(self.rng.choice(self.documents), Span(start, start + 20), code)

    def said(self) -> dict[str, Any]:
        """Return what all tables, the codebook and the tally say, but for the list of steps."""
        with self.project.read() as connection:
            tables = {name: rows for name, rows in contents(connection).items() if name != "step"}
            book = codebook.read(connection).codes
            return {**tables, "book": book, "counts": set(tallies.listed(connection))}

    def key(self) -> None:
        """Press a key: a new child, a passage to one of them or back, an undo, the end."""
        with self.project.read() as connection:
            pile = sorting.read(connection, self.parent, self.sari)
        chance = self.rng.random()
        if not pile.targets or chance < 0.15:
            with self.project.write(self.sari, piles.SPLIT) as step:
                sorting.split(step, self.parent, [f"n{self.rng.randrange(10**6)}"])
        elif chance < 0.85 and pile.cards:
            card = self.rng.choice(pile.cards)
            to = self.rng.choice([one.id for one in pile.targets] + [self.parent])
            with self.project.write(self.sari, piles.SORT) as step:
                sorting.sort(step, self.parent, card.coding, to)
        elif chance < 0.95:
            history.undo(self.project, self.sari)

    def pile(self) -> piles.Pile:
        with self.project.read() as connection:
            return piles.listed(connection, self.parent)[-1]


def unpile(project: Project, who: str, pile: piles.Pile, *, undone: bool = True) -> int:
    with project.write(who, "undo" if undone else "redo") as step:
        return sorting.unpile(step, pile.id[-6:], undone=undone)[1]


@pytest.mark.parametrize("seed", range(6))
def test_sorting_a_pile_and_undoing_it_are_inverse(place: str, seed: int) -> None:
    world = World(place, random.Random(seed))
    before = world.said()
    with world.project.write(world.sari, piles.SPLIT) as step:
        sorting.split(step, world.parent, ["x", "y"])
    for _key in range(world.rng.randint(3, 14)):
        if not world.pile().undone:
            world.key()
    if seed % 2 and not world.pile().undone:
        with world.project.write(world.sari, piles.END) as step:
            sorting.end(step, world.parent, new_meaning=seed > 2)
    after, turned = world.said(), world.pile()
    if turned.undone:
        assert after == before
    else:
        unpile(world.project, world.sari, turned)
        assert world.said() == before
        assert world.pile().undone
        with pytest.raises(Refused):
            unpile(world.project, world.sari, turned)
        if not any(turned.steps.values()):
            unpile(world.project, world.sari, turned, undone=False)
            assert world.said() == after
    assert not [one for one in check(world.project) if one.damage]
    world.project.close()


def test_codes_that_others_gave_meanwhile_stay_when_the_pile_goes(place: str) -> None:
    world = World(place, random.Random(1))
    with world.project.write(world.sari, piles.SPLIT) as step:
        (child,) = sorting.split(step, world.parent, ["x"])
    with world.project.read() as connection:
        card = sorting.read(connection, world.parent, world.sari).cards[0]
    with world.project.write(world.sari, piles.SORT) as step:
        sorting.sort(step, world.parent, card.coding, child)
    with world.project.write(world.budi, "apply") as step:
        codings.apply(step, [NewCoding(world.documents[0], Span(3, 9), child)])
    assert unpile(world.project, world.sari, world.pile()) == 1
    with world.project.read() as connection:
        assert codebook.read(connection).find("x").id == child
        assert codings.one(connection, card.coding).code != child
    world.project.close()


def test_a_pile_is_gone_on_with_until_it_is_ended(place: str) -> None:
    world = World(place, random.Random(2))
    with world.project.read() as connection:
        meaning = codebook.read(connection)[world.parent].meaning
    for name in ("x", "y"):
        with world.project.write(world.sari, piles.SPLIT) as step:
            sorting.split(step, world.parent, [name])
    assert len(world.pile().made) == 2
    with world.project.write(world.sari, piles.END) as step:
        sorting.end(step, world.parent, new_meaning=True)
    with world.project.read() as connection:
        assert codebook.read(connection)[world.parent].meaning != meaning
        assert not sorting.read(connection, world.parent, world.sari).pile
        assert len(sorting.read(connection, world.parent, world.sari).targets) == 2
    with pytest.raises(Refused), world.project.write(world.sari, piles.END) as step:
        sorting.end(step, world.parent, new_meaning=True)
    with pytest.raises(Refused), world.project.write(world.sari, piles.SPLIT) as step:
        sorting.split(step, world.parent, [f"n{number}" for number in range(8)])
    world.project.close()


def test_a_passage_that_somebody_recoded_meanwhile_is_not_sorted(place: str) -> None:
    world = World(place, random.Random(3))
    with world.project.write(world.sari, piles.SPLIT) as step:
        (child,) = sorting.split(step, world.parent, ["x"])
    with world.project.read() as connection:
        card = sorting.read(connection, world.parent, world.sari).cards[0]
    with world.project.write(world.budi, "recode") as step:
        codings.recode(step, [card.coding], world.other)
    with pytest.raises(Refused), world.project.write(world.sari, piles.SORT) as step:
        sorting.sort(step, world.parent, card.coding, child)
    world.project.close()
