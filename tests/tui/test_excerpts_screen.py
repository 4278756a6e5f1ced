from __future__ import annotations

import json
from pathlib import Path

import pytest

from qcode.model.case import Consent
from qcode.model.span import Span
from qcode.store import cases, codings
from qcode.store.codings import NewCoding
from qcode.tui.screens.excerpts import ExcerptsScreen
from tests.tui.harness import INTERVIEW
from tests.tui.study import OTHER, Playing, Study


def span(text: str, words: str) -> Span:
    at = text.index(words)
    return Span(at, at + len(words))


@pytest.fixture
def study(study: Study) -> Study:
    first, second = span(INTERVIEW.text, "sepuh"), span(OTHER.text, "Ramai")
    with study.project.write(study.sari, "apply") as step:
        codings.apply(step, [
            NewCoding(study.documents["W01"], first, study.codes["literasi digital rendah"]),
            NewCoding(study.documents["W02"], second, study.codes["kader digital"]),
        ])  # fmt: skip
    return study


@pytest.mark.parametrize("size", [(120, 36), (80, 24)])
def test_the_passages_of_a_code_are_chosen_by_a_few_letters_and_lead_to_the_text(
    study: Study, size: tuple[int, int]
) -> None:
    async def play(one: Playing) -> None:
        await one.press("ctrl+t", "e")
        screen = one.on(ExcerptsScreen)
        assert screen.grid.number == 2
        assert "sepuh" in one.text()
        await one.press("c")
        await one.type("kader")
        await one.press("enter")
        assert screen.grid.number == 1
        assert "Ramai" in one.text()
        await one.press("enter")
        assert one.screen.document == study.documents["W02"]
        assert one.screen.reader.selection == span(OTHER.text, "Ramai")
        await one.press("escape")
        assert one.on(ExcerptsScreen).grid.number == 1
        await one.press("x", *["backspace"] * 60)
        await one.type("--where peran=pelaku")
        await one.press("enter")
        assert [row.passage.segment.text for row in screen._shown] == ["sepuh"]
        await one.press("x")
        await one.type(" --wo")
        await one.press("enter")
        assert "no option “--wo”" in one.text()

    study.play(play, size=size, document="")


def test_what_was_not_released_shows_as_such_and_stays_out_of_file_and_clipboard(
    study: Study, tmp_path: Path
) -> None:
    with study.project.write(study.sari, "consent") as step:
        cases.set_consent(step, cases.case_id(step, "informant", "W01"),
                          Consent(quotation=False))  # fmt: skip
    file = tmp_path / "kutipan.json"

    async def play(one: Playing) -> None:
        await one.press("ctrl+t", "e")
        assert "Stays inside the project: no consent" in one.text()
        assert "1 not quoted (✗)" in one.status
        await one.press("y")
        assert "stays inside the project" in one.status
        await one.press("w")
        await one.type(str(file))
        await one.press("enter")
        assert "1 excerpt withheld: no consent to quote 1" in one.status
        await one.press("j", "y")
        assert one.app.clipboard.startswith("“Ramai” (W02")

    study.play(play, size=(160, 36), document="")
    written = json.loads(file.read_text(encoding="utf-8"))
    assert [one["text"] for one in written["excerpts"]] == ["Ramai"]
    assert "sepuh" not in file.read_text(encoding="utf-8")


def test_a_quotation_is_shortened_translated_given_a_role_and_written_under_headings(
    study: Study, tmp_path: Path
) -> None:
    file = tmp_path / "kutipan.html"
    words = span(OTHER.text, "Di balai desa. Ramai.")
    with study.project.write(study.sari, "apply") as step:
        codings.apply(step, [NewCoding(study.documents["W02"], words, study.codes["penghambat"])])

    async def play(one: Playing) -> None:
        await one.press("ctrl+t", "e", "j")
        screen = one.on(ExcerptsScreen)
        await one.press("e", *["backspace"] * 6)
        await one.type(" Sepi.")
        await one.press("enter")
        assert "leaving words out" in one.text()
        await one.press("e", *["backspace"] * 6)
        await one.press("enter")
        assert "Di balai desa. [...]" in one.text()
        await one.press("t", "enter")
        await one.type("In the village hall.")
        await one.press("enter", "T", "enter", "r", "s", "p")
        await one.type("Bab 4; Tabel 2")
        await one.press("enter")
        assert screen.row is not None
        found = screen.row.prepared
        assert found is not None
        assert (found.role, found.used) == ("striking", ("Bab 4", "Tabel 2"))
        given = found.translations["en"]
        assert (given.text, given.by, given.checked) == ("In the village hall.", "sari", "sari")
        await one.press("b")
        await one.type("--group nothing")
        await one.press("enter")
        assert "attribute" in one.text()
        await one.press("b", *["backspace"] * 16)
        await one.type("--group case --translation en --key")
        await one.press("enter")
        assert screen.grid.number == 1
        await one.press("w")
        await one.type(str(file))
        await one.press("enter")
        await one.press("u")
        assert "say where a quotation is used" in one.status

    study.play(play, size=(160, 36), document="")
    written = file.read_text(encoding="utf-8")
    for words_ in ("Di balai desa. [...]", "In the village hall.", "checked by", "Tabel 2"):
        assert words_ in written
    assert "Ramai" not in written
