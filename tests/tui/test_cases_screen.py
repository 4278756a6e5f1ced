from __future__ import annotations

import csv
from pathlib import Path

import pytest

from qcode.model.case import Attribute, Case, Consent
from qcode.store import cases
from qcode.tui.screens.cases import CasesScreen
from tests.tui.study import Playing, Study


@pytest.fixture
def study(study: Study) -> Study:
    with study.project.write(study.sari, "import cases") as step:
        cases.add(
            step,
            [Case("", "informant", "W02", {"desa": ("Klaten",)}), Case("", "village", "Klaten")],
            [Attribute("", "desa"), Attribute("", "akses", multiple=True)],
        )
    return study


def known(study: Study) -> dict[str, Case]:
    with study.project.read() as connection:
        return {case.name: case for case in cases.listed(connection, retired=True)}


@pytest.mark.parametrize("size", [(120, 36), (80, 24)])
def test_a_case_is_described_in_place_and_each_answer_is_one_step_that_u_undoes(
    study: Study, size: tuple[int, int]
) -> None:
    async def play(one: Playing) -> None:
        await one.press("ctrl+t", "c")
        screen = one.on(CasesScreen)
        assert screen.row is not None
        assert screen.row.case.name == "W01"
        text = one.text()
        assert "pelaku UMKM" in text
        assert "Nobody wrote down" in text
        await one.press("e", "2")
        await one.type("Boyolali")
        await one.press("enter")
        assert known(study)["W01"].value("desa") == "Boyolali"
        assert "Boyolali" in one.text()
        await one.press("c", "n", "c", "t")
        await one.type("tidak nama desa")
        await one.press("enter")
        consent = known(study)["W01"].consent
        assert (consent.quotation, consent.note) == (False, "tidak nama desa")
        assert "Words may not" in one.text()
        await one.press("u", "u")
        assert known(study)["W01"].consent.quotation is None
        await one.press("u")
        assert known(study)["W01"].value("desa") == ""
        assert "Undone: change a case" in one.status

    study.play(play, size=size)


def test_what_another_coder_recorded_of_a_consent_meanwhile_stays(study: Study) -> None:
    async def play(one: Playing) -> None:
        await one.press("ctrl+t", "c", "c", "t")
        with study.project.write(study.sari, "consent") as step:
            cases.set_consent(step, known(study)["W01"].id, Consent(quotation=False))
        await one.type("boleh diarsipkan")
        await one.press("enter")
        assert known(study)["W01"].consent == Consent(False, "boleh diarsipkan")

    study.play(play)


def test_a_case_is_added_linked_to_a_speaker_and_retired(study: Study) -> None:
    async def play(one: Playing) -> None:
        await one.press("ctrl+t", "c", "a")
        await one.type("village: Boyolali")
        await one.press("enter")
        assert known(study)["Boyolali"].kind == "village"
        await one.press("slash", *"W02", "enter", "d")
        await one.type("W02: N")
        await one.press("enter")
        assert "W02 as N" in one.text()
        await one.press("e", "n")
        await one.type("umur = 45")
        await one.press("enter")
        assert known(study)["W02"].value("umur") == "45"
        await one.press("e", "3")
        await one.type("jalan + sinyal")
        await one.press("enter")
        assert known(study)["W02"].values["akses"] == ("jalan", "sinyal")
        await one.press("R")
        assert known(study)["W02"].retired
        assert "W02 (retired)" in one.text()
        await one.press("R")
        assert not known(study)["W02"].retired
        await one.press("d")
        await one.type("W09")
        await one.press("enter")
        assert "W09" in one.status
        await one.press("enter")
        assert one.screen.document == study.documents["W02"]
        await one.press("q")
        one.on(CasesScreen)

    study.play(play)


def test_the_table_of_cases_that_goes_out_is_that_of_the_command_line(
    study: Study, tmp_path: Path
) -> None:
    file = tmp_path / "kasus.csv"

    async def play(one: Playing) -> None:
        await one.press("ctrl+t", "c", "w")
        await one.type(str(file))
        await one.press("enter")

    study.play(play)
    with file.open(encoding="utf-8-sig", newline="") as stream:
        header, *rows = csv.reader(stream)
    assert header == ["kind", "name", "peran", "desa", "akses", "quotation (released)", "documents"]
    assert ["informant", "W02", "", "Klaten", "", "", ""] in rows


def test_hostile_words_in_every_field_of_a_case_appear_as_they_are(study: Study) -> None:
    nasty = "[@click=app.quit]x[/]"

    async def play(one: Playing) -> None:
        await one.press("ctrl+t", "c", "a")
        await one.type(f"{nasty}: {nasty}")
        await one.press("enter", "end")
        await one.press("slash", *"click", "enter", "e", "n")
        await one.type(f"[b]desa = {nasty}")
        await one.press("enter")
        text = one.text()
        assert text.count(nasty) > 2
        assert "[b]desa" in text
        await one.press("e")
        assert f"[b]desa: {nasty}" in one.text()

    study.play(play, size=(120, 36))
