"""Stories and summaries, on both databases: written, moved, undone, merged, hidden."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from qcode.errors import BadInput, NotFound
from qcode.model.case import Case
from qcode.model.codebook import Code
from qcode.model.narrative import HEADING, PASSAGE, SENTENCE
from qcode.model.round import Assignment
from qcode.model.span import Span
from qcode.model.summary import Rest
from qcode.store import (
    cases,
    codebook,
    coders,
    codings,
    documents,
    history,
    narratives,
    rounds,
    summaries,
)
from qcode.store.checking import check
from qcode.store.codings import NewCoding
from qcode.store.documents import NewDocument
from qcode.store.exchange import exchange
from qcode.store.narratives import NewPiece
from qcode.store.opening import create
from qcode.store.project import Project
from qcode.store.refolding import contents
from tests.store.worlds import World
from tests.workflows.studies import spoken


@pytest.fixture(params=["sqlite", "postgres"])
def project(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Project]:
    place = (str(tmp_path / "uji.qcode") if request.param == "sqlite"
             else str(request.getfixturevalue("postgres_place")))  # fmt: skip
    made, sari = create(place, "Uji", coder="sari")
    with made.write(sari, "import") as step:
        cases.add(step, [Case("", "informant", "I1")])
    yield made
    made.close()


def told(project: Project) -> list[str]:
    with project.read() as connection:
        return [one.text or one.kind for one in narratives.listed(connection)]


def test_a_story_is_written_moved_rewritten_and_undone_step_by_step(project: Project) -> None:
    sari = coders.joined(project, "sari")
    with project.write(sari, "import") as step:
        case = cases.case_id(step, "informant", "I1")
        ids, _known = documents.add(step, [NewDocument("W1", spoken(("N", "takut pegang HP")))])
        (code,) = codebook.add(step, [Code(step.mint(), "takut")])
        (coding,) = codings.apply(step, [NewCoding(ids["W1"], Span(3, 8), code)])
    with project.write(sari, "tell") as step:
        a, b = narratives.add(step, case, [NewPiece(HEADING, " Awal "), NewPiece(SENTENCE, "b")])
    with project.write(sari, "drop passage") as step:
        (c,) = narratives.add(step, case, [NewPiece(PASSAGE, coding=coding)], a)
    assert told(project) == ["Awal", PASSAGE, "b"]
    with project.write(sari, "move piece") as step:
        narratives.move(step, b)
        narratives.rewrite(step, a, "Mula")
        with pytest.raises(NotFound):
            narratives.move(step, "f" * 32)
        with pytest.raises(BadInput):
            narratives.rewrite(step, a, " ")
        with pytest.raises(BadInput):
            narratives.add(step, case, [NewPiece(PASSAGE, "kata")])
    assert told(project) == ["b", "Mula", PASSAGE]
    with project.write(sari, "remove piece") as step:
        narratives.retire(step, [a, c])
    assert told(project) == ["b"]
    history.undo(project, sari)
    history.undo(project, sari)
    assert told(project) == ["Awal", PASSAGE, "b"]
    with project.read() as connection:
        piece = narratives.listed(connection, case)[1]
    assert (piece.coding, piece.by, piece.kind) == (coding, sari, PASSAGE)
    with project.write(sari, "summary") as step:
        rest = Rest(coding, "0" * 32, 3, 8, "same")
        summaries.write(step, case, code, " takut dulu ", [rest])
    with project.write(sari, "summary") as step:
        summaries.write(step, case, code, "sudah tidak", [])
    with project.read() as connection:
        assert [one.text for one in summaries.listed(connection)] == ["sudah tidak"]
    history.undo(project, sari)
    with project.read() as connection:
        (one,) = summaries.listed(connection)
    assert (one.text, one.rests, one.by) == ("takut dulu", (rest,), sari)
    assert not check(project)


@pytest.mark.parametrize("seed", range(12))
def test_copies_that_put_and_move_pieces_at_one_place_agree_whichever_merges_first(
    seed: int,
) -> None:
    world, rng = World(seed), random.Random(seed)
    here, there, third = world.copies
    with here.project.write(here.coder, "tell") as step:
        case = cases.case_id(step, "informant", "I0")
        narratives.add(step, case, [NewPiece(SENTENCE, text) for text in "abc"])
    exchange(here.project, there.project)
    for copy in (here, there):
        for number in range(8):
            with copy.project.write(copy.coder, "tell") as step:
                ids = ["", *(one.id for one in narratives.listed(step.connection, case))]
                if rng.random() < 0.6:
                    text = f"{copy.number} {number}"
                    narratives.add(step, case, [NewPiece(SENTENCE, text)], rng.choice(ids))
                else:
                    piece = rng.choice(ids[1:])
                    ids.remove(piece)
                    narratives.move(step, piece, rng.choice(ids))
    first, second = (here, there) if seed % 2 else (there, here)
    exchange(first.project, third.project)
    exchange(second.project, third.project)
    exchange(here.project, there.project)
    exchange(there.project, here.project)
    stories = [told(copy.project) for copy in world.copies]
    assert stories[0] == stories[1] == stories[2]
    with here.project.read() as connection:
        orders = [one.order for one in narratives.listed(connection, case)]
    assert orders == sorted(set(orders))
    rows = [contents_of(copy.project) for copy in world.copies]
    assert rows[0] == rows[1] == rows[2]


def contents_of(project: Project) -> dict[str, object]:
    with project.read() as connection:
        return {name: rows for name, rows in contents(connection).items()
                if name in ("piece", "summary")}  # fmt: skip


def test_a_coder_of_an_open_round_sees_only_what_he_told_himself(project: Project) -> None:
    sari, bima = coders.joined(project, "sari"), coders.joined(project, "bima")
    with project.write(sari, "import") as step:
        case = cases.case_id(step, "informant", "I1")
        ids, _known = documents.add(step, [NewDocument("W1", spoken(("N", "takut pegang HP")))])
        (code,) = codebook.add(step, [Code(step.mint(), "takut")])
    for who, text in ((sari, "punya sari"), (bima, "punya bima")):
        with project.write(who, "tell") as step:
            narratives.add(step, case, [NewPiece(SENTENCE, text)])
    with project.write(bima, "summary") as step:
        summaries.write(step, case, code, "ringkasan bima", [])
    with project.write(sari, "open round") as step:
        within = rounds.begin(step, "R1", "reliability", [sari, bima])
        rounds.assign(step, [Assignment(ids["W1"], who, within) for who in (sari, bima)])
    project.viewer = sari
    assert told(project) == ["punya sari"]
    with project.read() as connection:
        assert summaries.listed(connection) == ()
    project.viewer = None
    assert len(told(project)) == 2
