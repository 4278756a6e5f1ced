from __future__ import annotations

from pathlib import Path

import pytest

from qcode.model.span import Span
from qcode.model.theme import AGAINST, FOR, Theme
from qcode.store import codings, documents, memos, themes
from qcode.store.codings import NewCoding
from qcode.tui.screens.behind import BehindScreen
from qcode.tui.screens.theme import ThemeScreen
from qcode.tui.screens.themes import ThemesScreen
from qcode.tui.screens.triangulation import TriangulationScreen
from tests.tui.harness import INTERVIEW
from tests.tui.study import Playing, Study


@pytest.fixture
def study(study: Study) -> Study:
    text = INTERVIEW.text
    places = (("takut kepencet", "literasi digital rendah"), ("Sabar dia", "kader digital"))
    with study.project.write(study.sari, "apply") as step:
        for words, code in places:
            start = text.index(words)
            span = Span(start, start + len(words))
            codings.apply(step, [NewCoding(study.documents["W01"], span, study.codes[code])])
    with study.project.write(study.sari, "mark") as step:
        memos.mark(step, study.documents["W01"], span, "off the record")
    with study.project.write(study.sari, "finish") as step:
        documents.finish(step, study.documents["W01"])
    return study


def written(study: Study) -> list[tuple[str, str, str]]:
    """Return name, statement and status of the themes, in their order."""
    with study.project.read() as connection:
        return [(one.name, one.statement, one.status) for one in themes.read(connection)]


def grounds(study: Study) -> list[tuple[str, bool]]:
    """Return the side of each ground, and whether it is one passage."""
    with study.project.read() as connection:
        return [(one.side, bool(one.coding)) for one in themes.grounds(connection)]


@pytest.mark.parametrize("size", [(120, 36), (80, 24)])
def test_a_theme_is_written_grounded_and_judged_and_each_step_is_undone(
    study: Study, size: tuple[int, int]
) -> None:
    async def play(one: Playing) -> None:
        await one.press("ctrl+t", "t")
        one.on(ThemesScreen)
        assert "No themes yet" in one.status
        await one.press("a")
        await one.type("Belajar: dari tetangga")
        await one.press("enter")
        assert written(study) == [("Belajar", "dari tetangga", "candidate")]
        await one.press("c", "s", "enter")
        assert written(study)[0][2] == "settled"
        screen = one.on(ThemeScreen)
        assert "Nothing is put" in one.status
        await one.press("a")
        await one.type("kader")
        await one.press("enter")
        assert grounds(study) == [(FOR, False)]
        assert screen.grid.number == 2
        await one.press("j", "x")
        assert grounds(study) == [(FOR, False), (AGAINST, True)]
        await one.press("u")
        assert grounds(study) == [(FOR, False)]
        await one.press("R")
        assert "because of its code" in one.status
        await one.press("enter")
        place = one.screen.reader.selection
        assert place is not None
        assert INTERVIEW.text[place.start : place.end] == "Sabar dia"
        await one.press("escape")
        assert one.on(ThemeScreen).row is not None
        await one.press("y")
        assert "stays inside" in one.status
        await one.press("k", "R")
        assert grounds(study) == []
        await one.press("q")
        one.on(ThemesScreen)

    study.play(play, size=size)


def test_themes_are_put_in_order_and_under_each_other(study: Study) -> None:
    for name in ("satu", "dua"):
        with study.project.write(study.sari, "add theme") as step:
            themes.add(step, Theme("", name))

    def order() -> list[tuple[str, int]]:
        with study.project.read() as connection:
            return [(one.name, depth) for one, depth in themes.read(connection).walk()]

    async def play(one: Playing) -> None:
        await one.press("ctrl+t", "t", "j", "K")
        assert order() == [("dua", 0), ("satu", 0)]
        await one.press("J", "greater_than_sign")
        assert order() == [("satu", 0), ("dua", 1)]
        assert "part of “satu”" in one.status
        await one.press("less_than_sign", "less_than_sign")
        assert order() == [("satu", 0), ("dua", 0)]
        assert "part of no other" in one.status
        await one.press("R")
        assert order() == [("satu", 0)]
        await one.press("u")
        assert order() == [("satu", 0), ("dua", 0)]

    study.play(play)


def test_what_was_typed_and_not_kept_is_offered_for_its_own_theme_alone(study: Study) -> None:
    for name in ("satu", "dua"):
        with study.project.write(study.sari, "add theme") as step:
            themes.add(step, Theme("", name))

    async def play(one: Playing) -> None:
        await one.press("ctrl+t", "t", "e")
        await one.type("tentang satu")
        await one.press("escape", "j", "e", "enter", "k", "e", "enter")
        with study.project.read() as connection:
            claimed = {
                theme.name: theme.statement for theme, _depth in themes.read(connection).walk()
            }
        assert claimed == {"satu": "tentang satu", "dua": ""}

    study.play(play)


def test_a_cell_is_chosen_its_passages_are_shown_and_a_verdict_is_written(study: Study) -> None:
    with study.project.write(study.sari, "add theme") as step:
        theme = themes.add(step, Theme("", "Belajar", "dari kader"))
        themes.ground(step, theme, FOR, code=study.codes["kader digital"])

    def said() -> list[tuple[str, str, str, str]]:
        with study.project.read() as connection:
            found = themes.appraisals(connection)
        return [(one.by, one.group, one.verdict, one.memo) for one in found]

    async def play(one: Playing) -> None:
        await one.press("ctrl+t", "u")
        one.on(TriangulationScreen)
        assert "1 of 1" in one.text()
        assert "1 cell without a verdict" in one.status
        await one.press("enter")
        assert one.on(BehindScreen).grid.number == 1
        await one.press("q", "v", "c")
        assert said() == [("peran", "pelaku UMKM", "contradicts", "")]
        assert "≠ 1/1 : -" in one.text()
        await one.press("m")
        await one.type("kata W01")
        await one.press("enter")
        assert said() == [("peran", "pelaku UMKM", "contradicts", "kata W01")]
        await one.press("v", "0")
        assert said() == []
        await one.press("b", "k")
        assert "kind of source" in one.text()
        await one.press("o")
        assert "penghambat" in one.text()

    study.play(play)


def test_the_chosen_cell_goes_right_and_left_and_the_table_with_it(study: Study) -> None:
    with study.project.write(study.sari, "import") as step:
        new = [documents.NewDocument(f"D{n}", INTERVIEW, kind) for n, kind in
               enumerate(("observation", "document"))]  # fmt: skip
        documents.add(step, new)
    with study.project.write(study.sari, "add theme") as step:
        themes.add(step, Theme("", "Belajar"))

    async def play(one: Playing) -> None:
        await one.press("ctrl+t", "u", "b", "k")
        screen = one.on(TriangulationScreen)
        names = []
        for key in ("l", "l", "h"):
            assert screen.square is not None
            names.append(screen.square.source.name)
            await one.press(key)
        assert names[0] == "interview"
        assert "▸" in one.text()

    study.play(play)


def test_a_passage_is_put_under_a_theme_from_the_list_of_excerpts(study: Study) -> None:
    with study.project.write(study.sari, "add theme") as step:
        themes.add(step, Theme("", "Belajar"))

    async def play(one: Playing) -> None:
        await one.press("ctrl+t", "e", "a")
        await one.type("bel")
        await one.press("enter")
        assert grounds(study) == [(FOR, True)]
        assert "for “Belajar”" in one.status
        await one.press("a")
        await one.type("-bel")
        await one.press("enter")
        assert grounds(study) == [(AGAINST, True)]
        await one.press("a")
        await one.type("lain")
        await one.press("enter")
        assert "no theme" in one.status
        await one.press("enter", "u")
        assert grounds(study) == [(FOR, True)]
        assert "put 1 thing under a theme" in one.status

    study.play(play)


def test_statement_name_memo_and_reason_are_written_on_both_screens(
    study: Study, tmp_path: Path
) -> None:
    with study.project.write(study.sari, "add theme") as step:
        top = themes.add(step, Theme("", "Belajar"))
        themes.ground(step, top, FOR, code=study.codes["literasi digital rendah"])

    async def play(one: Playing) -> None:
        await one.press("ctrl+t", "t", "e")
        await one.type("dari kader")
        await one.press("enter", "r")
        await one.type(" lagi")
        await one.press("enter", "m")
        await one.type("awal")
        await one.press("enter")
        assert written(study) == [("Belajar lagi", "dari kader", "candidate")]
        await one.press("enter", "m")
        await one.type("kata W01")
        await one.press("enter")
        await one.press("e")
        await one.type(" muda")
        await one.press("enter", "c", "d")
        assert written(study) == [("Belajar lagi", "dari kader muda", "dropped")]
        assert "kata W01" in one.text()
        await one.press("j", "m")
        assert "f or x puts" in one.status
        await one.press("w")
        await one.type(str(tmp_path / "t.md"))
        await one.press("enter")
        assert "Written" in one.status
        await one.press("escape", "w")
        await one.type(str(tmp_path / "all.csv"))
        await one.press("enter")

    study.play(play)
    with study.project.read() as connection:
        (theme,) = themes.read(connection)
        (ground,) = themes.grounds(connection)
    assert (theme.memo, ground.why) == ("awal", "kata W01")
    assert "takut kepencet" not in (tmp_path / "all.csv").read_text(encoding="utf-8")
    assert "Belajar lagi" in (tmp_path / "t.md").read_text(encoding="utf-8")


def test_a_theme_that_was_added_is_the_one_that_is_opened_next(study: Study) -> None:
    async def play(one: Playing) -> None:
        await one.press("ctrl+t", "t")
        for name in ("Belajar", "Ongkir"):
            await one.press("a")
            await one.type(name)
            await one.press("enter")
        await one.press("enter")
        one.on(ThemeScreen)
        assert "Ongkir" in one.text()

    study.play(play)
