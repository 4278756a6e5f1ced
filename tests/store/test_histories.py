"""Random work on three copies: whatever happens, they agree in the end."""

from __future__ import annotations

import os

import pytest

from qcode.store import codings, dialect, documents, texts
from qcode.store.checking import check
from qcode.store.exchange import exchange
from qcode.store.project import Project, lay_tables
from tests.store.worlds import STUDY, Copy, World, said

SEEDS = int(os.environ.get("QCODE_SEEDS", "300"))
PIECES = 10


def words_are_those_chosen(copy: Copy) -> None:
    with copy.project.read() as connection:
        for document in documents.listed(connection, retired=True):
            now = documents.current(connection, document.id).transcript
            versions = {now.text: now}
            for coding in codings.of_document(connection, document.id, retired=True):
                if coding.fit == "same":
                    chosen = at_version(connection, coding.at.version)
                    versions.setdefault(chosen.text, chosen)
                    assert chosen.hash_words(coding.at.start, coding.at.end) == coding.at.words
                    old = chosen.text[coding.at.start : coding.at.end]
                    assert now.text[coding.start : coding.end] == old
                else:
                    assert coding.fit in ("changed", "lost")


def at_version(connection, version):  # type: ignore[no-untyped-def]
    from sqlalchemy import select

    from qcode.store import schema

    table = schema.version.table
    return texts.transcript(
        connection, connection.execute(select(table.c.pk).where(table.c.id == version)).scalar_one()
    )


@pytest.mark.parametrize("piece", range(PIECES))
def test_random_histories_on_three_copies_end_equal(piece: int) -> None:
    for seed in range(piece, SEEDS, PIECES):
        world = World(seed)
        for _ in range(60):
            world.act()
        for copy in world.copies:
            words_are_those_chosen(copy)
        world.reconcile()
        first = said(world.copies[0])
        for copy in world.copies:
            again = said(copy)
            assert {name for name in first if first[name] != again[name]} == set(), seed
            words_are_those_chosen(copy)
        assert not [one for one in check(world.copies[1].project) if one.damage], seed
        for source in world.copies[1:]:
            assert exchange(source.project, world.copies[0].project).changes == 0
