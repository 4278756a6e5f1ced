"""Saved searches, on both databases."""

from __future__ import annotations

from pathlib import Path

import pytest

from qcode.errors import BadInput, NotFound
from qcode.store import coders, history, searches
from qcode.store.checking import check
from qcode.store.opening import create


@pytest.fixture(params=["sqlite", "postgres"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return str(tmp_path / "uji.qcode")
    found: str = request.getfixturevalue("postgres_place")
    return found


def test_a_search_is_saved_replaced_removed_and_all_of_it_undone(place: str) -> None:
    project, sari = create(place, "Uji", coder="sari")
    budi = coders.joined(project, "budi")

    def lines() -> dict[str, str]:
        with project.read() as connection:
            return {one.name: one.line for one in searches.listed(connection)}

    with project.write(sari, "save search") as step:
        first = searches.save(step, "takut", "--code takut --text '[b]=1'")
    with project.write(budi, "save search") as step:
        assert searches.save(step, "TAKUT", "--text HP") == first
        searches.save(step, "<b>ongkir", "--code ongkir")
    assert lines() == {"<b>ongkir": "--code ongkir", "TAKUT": "--text HP"}
    history.undo(project, budi)
    assert lines() == {"takut": "--code takut --text '[b]=1'"}
    with project.write(sari, "remove search") as step:
        searches.remove(step, first)
    assert lines() == {}
    with project.read() as connection, pytest.raises(NotFound, match="--save NAME"):
        searches.named(connection, "takut")
    history.undo(project, sari)
    with project.read() as connection, pytest.raises(NotFound, match="nearest are: takut"):
        searches.named(connection, "takul")
    for name, line in (("", "x"), ("a\nb", "x"), ("a", " "), ("x" * 61, "x"), ("a", "\x1b[31m")):
        with pytest.raises(BadInput), project.write(sari, "save search") as step:
            searches.save(step, name, line)
    with project.read() as connection:
        assert searches.named(connection, " Takut ").line == "--code takut --text '[b]=1'"
    assert not check(project)
    project.close()
