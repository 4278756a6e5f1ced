"""Themes, grounds and verdicts, on both databases: merged, undone, unlooped, hidden."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from qcode.errors import BadInput, Refused
from qcode.model.codebook import Code
from qcode.model.round import Assignment
from qcode.model.span import Span
from qcode.model.theme import AGAINST, FOR, Appraisal, Ground, Theme, Themes
from qcode.store import (
    codebook,
    coders,
    codings,
    documents,
    history,
    rounds,
    theme_changes,
    themes,
)
from qcode.store.checking import check
from qcode.store.codings import NewCoding
from qcode.store.documents import NewDocument
from qcode.store.exchange import exchange
from qcode.store.opening import create
from qcode.store.project import Project
from tests.store.worlds import World
from tests.workflows.studies import spoken


@pytest.fixture(params=["sqlite", "postgres"])
def project(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Project]:
    place = (str(tmp_path / "uji.qcode") if request.param == "sqlite"
             else str(request.getfixturevalue("postgres_place")))  # fmt: skip
    made, _sari = create(place, "Uji", coder="sari")
    yield made
    made.close()


def add(project: Project, who: str, name: str, parent: str = "") -> str:
    with project.write(who, "add theme") as step:
        return themes.add(step, Theme("", name, f"{name}!", parent=parent))


def tree(project: Project) -> list[tuple[str, int]]:
    with project.read() as connection:
        return [(theme.name, depth) for theme, depth in themes.read(connection).walk()]


def test_themes_hold_what_was_put_under_them_and_every_step_is_undone(project: Project) -> None:
    sari = coders.joined(project, "sari")
    with project.write(sari, "import") as step:
        ids, _known = documents.add(step, [NewDocument("W1", spoken(("N", "takut pegang HP")))])
        (code,) = codebook.add(step, [Code(step.mint(), "takut")])
        (coding,) = codings.apply(step, [NewCoding(ids["W1"], Span(3, 8), code)])
    top, other = add(project, sari, "Takut"), add(project, sari, "Lain")
    sub = add(project, sari, "Salah pencet", top)
    assert tree(project) == [("Takut", 0), ("Salah pencet", 1), ("Lain", 0)]
    with project.write(sari, "ground theme") as step:
        themes.ground(step, top, FOR, code=code, why="semua\n bilang")
        themes.ground(step, sub, AGAINST, coding=coding)
    with project.write(sari, "ground theme") as step:
        again = themes.ground(step, top, AGAINST, code=code)
    with project.read() as connection:
        first, second = themes.grounds(connection)
    assert first == Ground(again, top, AGAINST, code, "", "semua bilang")
    assert (second.theme, second.side, second.coding) == (sub, AGAINST, coding)
    with project.write(sari, "appraise") as step:
        themes.appraise(step, Appraisal("", "peran", "kader", "partly", theme=top, memo=" W1 "))
    with project.write(sari, "appraise") as step:
        themes.appraise(step, Appraisal("", "Peran", "Kader", "silent", theme=top))
    with project.read() as connection:
        (said,) = themes.appraisals(connection)
    assert (said.verdict, said.memo, said.coder) == ("silent", "", sari)
    history.undo(project, sari)
    with project.read() as connection:
        (said,) = themes.appraisals(connection)
    assert (said.verdict, said.memo) == ("partly", "W1")
    for _step in range(2):
        history.undo(project, sari)
    with project.read() as connection:
        assert themes.grounds(connection)[0].side == FOR
    with project.write(sari, "move theme") as step:
        assert themes.shift(step, other, -1)
        assert not themes.shift(step, other, -1)
    assert tree(project)[0] == ("Lain", 0)
    with project.write(sari, "retire theme") as step:
        themes.retire(step, top)
    assert tree(project) == [("Lain", 0), ("Salah pencet", 0)]
    assert not check(project)


def test_what_makes_no_sense_is_refused_and_leaves_nothing(project: Project) -> None:
    sari = coders.joined(project, "sari")
    top = add(project, sari, "Takut")
    sub = add(project, sari, "Salah", top)
    for error, act in (
        (Refused, lambda step: themes.add(step, Theme("", "TAKUT"))),
        (BadInput, lambda step: themes.add(step, Theme("", "  "))),
        (BadInput, lambda step: themes.revise(step, top, {"status": "selesai"})),
        (Refused, lambda step: themes.move(step, top, sub)),
        (BadInput, lambda step: themes.ground(step, top, "beside", code="0" * 32)),
    ):
        with pytest.raises(error), project.write(sari, "theme") as step:
            act(step)
    assert tree(project) == [("Takut", 0), ("Salah", 1)]


def test_a_loop_that_two_copies_made_is_cut_above_the_theme_made_last() -> None:
    world = World(1)
    one, other, _third = world.copies
    ids = [add(one.project, one.coder, name) for name in ("a", "b", "c")]
    exchange(one.project, other.project)
    for copy, theme, parent in ((one, 0, 1), (other, 1, 2), (other, 2, 0)):
        with copy.project.write(copy.coder, "move theme") as step:
            themes.move(step, ids[theme], ids[parent])
    world.reconcile()
    trees = [tree(copy.project) for copy in world.copies]
    assert trees[0] == trees[1] == trees[2] == [("c", 0), ("b", 1), ("a", 2)]
    knot = Themes([Theme("1", "x", parent="1")])
    assert [(theme.name, depth) for theme, depth in knot.walk()] == [("x", 0)]


def test_while_a_round_is_open_a_coder_sees_his_own_themes_alone(project: Project) -> None:
    sari, bima = coders.joined(project, "sari"), coders.joined(project, "bima")
    with project.write(sari, "import") as step:
        ids, _known = documents.add(step, [NewDocument("W1", spoken(("N", "takut pegang HP")))])
        (code,) = codebook.add(step, [Code(step.mint(), "takut")])
    hidden = add(project, bima, "Rahasia")
    with project.write(bima, "ground theme") as step:
        themes.ground(step, hidden, FOR, code=code)
        themes.appraise(step, Appraisal("", "peran", "kader", "agrees", theme=hidden))
    with project.write(sari, "open round") as step:
        round = rounds.begin(step, "1", "reliability", [sari, bima])
        rounds.assign(step, [Assignment(ids["W1"], one, round) for one in (sari, bima)])
    add(project, sari, "Sendiri")
    project.viewer = sari
    with project.read() as connection:
        assert [one.name for one in themes.read(connection)] == ["Sendiri"]
        assert (*themes.grounds(connection), *themes.appraisals(connection)) == ()
    project.viewer = bima
    with project.read() as connection:
        assert [one.name for one in themes.read(connection)] == ["Rahasia"]
        assert len(themes.grounds(connection)) == 1


def test_the_log_tells_since_when_a_theme_is_settled_and_what_was_done_since(
    project: Project,
) -> None:
    sari = coders.joined(project, "sari")
    with project.write(sari, "import") as step:
        ids, _known = documents.add(step, [NewDocument("W1", spoken(("N", "takut pegang HP")))])
        code, other = codebook.add(step, [Code(step.mint(), "takut"), Code(step.mint(), "ragu")])
    with project.write(sari, "add theme") as step:
        theme = themes.add(step, Theme("", "Takut", status="settled"))
        themes.ground(step, theme, FOR, code=code)
    with project.read() as connection:
        (since,) = theme_changes.settled(connection).values()
        assert theme_changes.grounded(connection, since) == []
        (before,) = theme_changes.grounded(connection, 0)
        assert before[2] == theme
    with project.write(sari, "apply") as step:
        (coding,) = codings.apply(step, [NewCoding(ids["W1"], Span(3, 8), other)])
        codebook.merge(step, other, code)
        codebook.move(step, code, "")
    with project.read() as connection:
        assert theme_changes.coded(connection, since, [other], [coding]) == 1
        assert theme_changes.coded(connection, since, [], [coding]) == 1
        assert theme_changes.coded(connection, since, [code], []) == 0
        (moved,) = theme_changes.moved(connection)
        assert moved[1:] == (other, True, "", code)
        assert moved.clock > since
        assert theme_changes.recoded(connection, 0) == []
    history.undo(project, sari)
    with project.read() as connection:
        assert not [*theme_changes.moved(connection)]
        assert theme_changes.coded(connection, since, [other], [coding]) == 0
    with project.write(sari, "apply") as step:
        (coding,) = codings.apply(step, [NewCoding(ids["W1"], Span(3, 8), other)])
    with project.write(sari, "recode") as step:
        codings.recode(step, [coding], code)
    with project.read() as connection:
        ((clock, *recoded),) = theme_changes.recoded(connection, since)
        assert recoded == [coding, other, code]
        assert theme_changes.recoded(connection, clock) == []
    with project.write(sari, "revise theme") as step:
        themes.revise(step, theme, {"status": "reviewed"})
    with project.read() as connection:
        assert theme_changes.settled(connection) == {}
