"""Random work on three copies: whatever happens, they agree in the end."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, select, text

from qcode.model.document import Transcript
from qcode.model.filter import Filter
from qcode.model.span import Span
from qcode.store import codebook, codings, dialect, documents, opening, schema, texts
from qcode.store.checking import check
from qcode.store.codings import NewCoding
from qcode.store.exchange import exchange
from qcode.workflows import adjudication
from qcode.workflows.agreement import VIEWS, Measure, agreement, agreement_by
from qcode.workflows.frequency import frequency
from tests.store.test_comparing import folded_anew
from tests.store.worlds import Copy, World, said

SEEDS = int(os.environ.get("QCODE_SEEDS", "100"))
PIECES = 10


def words_are_those_chosen(copy: Copy) -> None:
    with copy.project.read() as connection:
        for document in documents.listed(connection, retired=True):
            now = documents.current(connection, document.id).transcript
            for coding in codings.of_document(connection, document.id, retired=True):
                if coding.fit == "same":
                    chosen = at_version(connection, coding.at.version)
                    assert chosen.hash_words(coding.at.start, coding.at.end) == coding.at.words
                    old = chosen.text[coding.at.start : coding.at.end]
                    assert now.text[coding.start : coding.end] == old
                else:
                    assert coding.fit in ("changed", "lost")


def at_version(connection: Connection, version: str) -> Transcript:
    table = schema.version.table
    key = select(table.c.pk).where(table.c.id == version)
    return texts.transcript(connection, connection.execute(key).scalar_one())


def all_code(world: World) -> None:
    """Let everybody code every document, some of it the same, so that there are figures."""
    for copy in world.copies:
        with copy.project.write(copy.coder, "apply") as step:
            codes = sorted(code.id for code in codebook.read(step.connection))[:3]
            for document in documents.listed(step.connection) if codes else ():
                end = len(documents.current(step.connection, document.id).transcript.text)
                for start in range(0, end - 20, 20):
                    if world.rng.random() < 0.7:
                        span = Span(start, start + world.rng.choice((10, 10, 18)))
                        code = world.rng.choice(codes)
                        codings.apply(step, [NewCoding(document.id, span, code)])
                documents.finish(step, document.id)


def figures(copy: Copy) -> list[Any]:
    """Return how far coders agree, by code, pair and document, and how every item stands."""
    with copy.project.read() as connection:
        tables = [
            agreement(connection, Filter(), Measure(), all=True, seed=1),
            *(agreement_by(connection, Filter(), Measure(), by) for by in VIEWS),
            frequency(connection, Filter()),
        ]
        items = {(one.item.id, one.state) for one in adjudication.read(connection).listed}
    return [items, *((one.columns, one.rows, one.notes) for one in tables)]


def lives(world: World, seed: int) -> int:
    """Play a history to its end; return how many places of two coders it is measured by."""
    for _ in range(60):
        world.act()
    for copy in world.copies:
        words_are_those_chosen(copy)
    if measured := seed % 5 == 0:
        all_code(world)
    world.reconcile()
    first = said(world.copies[0])
    for copy in world.copies:
        again = said(copy)
        assert {name for name in first if first[name] != again[name]} == set(), seed
        words_are_those_chosen(copy)
    first_figures = figures(world.copies[0]) if measured else [()]
    for copy in world.copies if measured else ():
        assert figures(copy) == first_figures, seed
    assert not [one for one in check(world.copies[1].project) if one.damage], seed
    assert folded_anew(world.copies[1].project) == said(world.copies[1]), seed
    for source in world.copies[1:]:
        assert exchange(source.project, world.copies[0].project).changes == 0
    return len(first_figures[0])


@pytest.mark.parametrize("piece", range(PIECES))
def test_random_histories_on_three_copies_end_equal(piece: int) -> None:
    places = [lives(World(seed), seed) for seed in range(piece, SEEDS, PIECES)]
    assert piece % 5 or sum(places) > len(places)


def test_random_histories_on_three_files_end_equal(tmp_path: Path) -> None:
    for seed in range(4):
        paths = [tmp_path / f"{seed}-{number}.qcode" for number in range(3)]
        for path in paths:
            path.touch()
        world = World(seed, [dialect.sqlite_engine(path) for path in paths])
        lives(world, seed)
        for copy in world.copies:
            copy.engine.dispose()


def test_random_histories_on_a_file_a_memory_and_a_server_end_equal(
    postgres_place: str, tmp_path: Path
) -> None:
    for seed in range(100, 102):
        path = tmp_path / f"{seed}.qcode"
        path.touch()
        place = f"{postgres_place}_{seed}"
        server = opening.new_server(place)
        engines = [dialect.sqlite_engine(path), dialect.sqlite_engine(None), server]
        lives(World(seed, engines), seed)
        with server.begin() as connection:
            connection.execute(text(f"DROP SCHEMA {place.rpartition('=')[2]} CASCADE"))
        server.dispose()
