from __future__ import annotations

import asyncio
import threading
from pathlib import Path

import pytest

from qcode.formats import transcripts
from qcode.store import backups, cases, codebook, documents
from qcode.store.opening import create, open_project
from qcode.tui.app import App
from qcode.tui.screens.home import HomeScreen
from qcode.tui.screens.importing import ImportScreen
from tests.tui.study import Play, Playing, Study

TEXT = "P: Apa kabar?\nN: Baik, [b]sekali[/b].\nP: Sejak kapan?\nN: Lama sudah begitu.\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    here = tmp_path / "bahan"
    (here / "transkrip").mkdir(parents=True)
    for name in ("I01", "I02"):
        text = TEXT.replace("Lama", name)
        (here / "transkrip" / f"{name}.txt").write_text(text, encoding="utf-8")
    (here / "[@click=app.quit]x.csv").write_text(
        "name,kind,desa\nI01,informant,Klaten\nI02,informant,[b]\n", encoding="utf-8"
    )
    (here / "kode.toml").write_text('[[code]]\nname = "harga"\n', encoding="utf-8")
    (here / "rusak.docx").write_bytes(b"no document")
    monkeypatch.chdir(here)
    return here


def play_empty(tmp_path: Path, play: Play, size: tuple[int, int] = (120, 36)) -> Path:
    place = tmp_path / "baru.qcode"
    project, sari = create(str(place), "Baru", coder="sari")

    async def playing() -> None:
        app = App(project, sari)
        async with app.run_test(size=size) as pilot:
            started = Playing(app, pilot)
            await started.settled()
            await play(started)

    asyncio.run(playing())
    project.close()
    return place


@pytest.mark.parametrize("size", [(120, 36), (80, 24)])
def test_a_new_project_is_filled_without_leaving_the_program(
    tmp_path: Path, folder: Path, size: tuple[int, int]
) -> None:
    del folder

    async def play(one: Playing) -> None:
        assert "ctrl+t, then i" in one.status
        await one.press("ctrl+t", "i")
        one.on(ImportScreen)
        assert "transkrip/" in one.text()
        assert "[@click=app.quit]x.csv" in one.text()
        await one.press("enter", "a")
        text = one.text()
        assert "2 are read" in text
        assert "2 turns" in text
        await one.press("i")
        assert "Who interviews in I01, I02?" in one.text()
        assert "P (seems to ask)" in one.text()
        await one.press("1")
        assert "2 documents imported" in one.status
        await one.press("backspace")
        await one.press("slash", *"click", "enter", "enter", "c")
        assert "informant I01" in one.text()
        await one.press("b")
        assert "2 cases imported" in one.status
        await one.press("escape", "slash", *"kode", "enter", "enter", "b")
        assert "1 code imported" in one.status
        await one.press("ctrl+t", "d")
        one.on(HomeScreen)
        assert "I02" in one.text()

    project = open_project(str(play_empty(tmp_path, play, size)))
    with project.read() as connection:
        kinds = {one.label: one.kind for one in documents.speakers(connection)}
        assert kinds == {"P": "interviewer", "N": "participant"}
        assert [case.name for case in cases.listed(connection)] == ["I01", "I02"]
        assert [code.name for code in codebook.read(connection).codes.values()] == ["harga"]
    assert len(backups.listed(project)) == 2
    project.close()


def test_a_broken_file_is_told_in_a_sentence_and_nothing_is_written(
    study: Study, folder: Path
) -> None:
    async def play(one: Playing) -> None:
        await one.press("ctrl+t", "i", "slash", *"rusak", "enter", "enter")
        assert "rusak.docx" in one.status
        await one.press("escape", "escape", "g", *["backspace"] * 300)
        await one.type(str(folder / "nihil.txt"))
        await one.press("enter")
        assert "no such file" in one.status
        await one.press("g", *["backspace"] * 300)
        await one.type(str(folder / "transkrip" / "I01.txt"))
        await one.press("enter", "i", "escape")
        assert "Nothing was brought in" in one.status

    study.play(play, document="")
    with study.project.read() as connection:
        assert len(documents.listed(connection)) == 2


def test_reading_is_stopped_by_esc(
    study: Study, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on = threading.Event()
    plain = transcripts.read

    def slowly(path: Path, *, encoding: str = "") -> object:
        go_on.wait(20)
        return plain(path, encoding=encoding)

    monkeypatch.setattr(transcripts, "read", slowly)
    del folder

    async def play(one: Playing) -> None:
        await one.press("ctrl+t", "i")
        await one.pilot.press("a")
        await one.pilot.pause(0.1)
        await one.pilot.press("escape")
        go_on.set()
        await one.settled()
        assert "Stopped" in one.status
        one.on(ImportScreen)

    study.play(play, document="")


def test_an_import_is_undone_where_it_was_done(study: Study, folder: Path) -> None:
    del folder

    async def play(one: Playing) -> None:
        await one.press("ctrl+t", "i", "enter", "a", "i", "u")
        assert "Nobody said who interviews" in one.status
        await one.press("u")
        assert "Undone: import 2 documents" in one.status

    study.play(play, document="")
    with study.project.read() as connection:
        assert len(documents.listed(connection)) == 2
