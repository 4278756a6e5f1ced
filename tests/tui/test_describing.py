from __future__ import annotations

import pytest

from qcode.store import cases, documents
from qcode.tui.screens.home import HomeScreen
from qcode.tui.screens.speakers import SpeakersScreen
from tests.tui.study import Playing, Study


def known(study: Study) -> dict[str, str]:
    with study.project.read() as connection:
        return {one.name: one.kind for one in documents.listed(connection)}


@pytest.mark.parametrize("size", [(120, 36), (80, 24)])
def test_a_document_is_renamed_retired_and_brought_back_from_the_list(
    study: Study, size: tuple[int, int]
) -> None:
    async def play(one: Playing) -> None:
        await one.press("ctrl+e", "n", *["backspace"] * 3)
        await one.type("[b]W9")
        await one.press("enter")
        assert known(study) == {"[b]W9": "interview", "W02": "interview"}
        assert "[b]W9" in one.text()
        await one.press("ctrl+e", "k", "o")
        assert known(study)["[b]W9"] == "observation"
        await one.press("ctrl+z", "ctrl+z")
        assert known(study) == {"W01": "interview", "W02": "interview"}
        await one.press("ctrl+e", "r")
        assert "W01" not in known(study)
        await one.press("ctrl+e", "b", "1")
        assert "W01" in known(study)
        assert "It is back" in one.status
        await one.type("w02")
        assert one.on(HomeScreen)._list.number == 1

    study.play(play, size=size, document="")


def test_who_speaks_is_said_for_one_document_or_for_all(study: Study) -> None:
    def kinds() -> list[str]:
        with study.project.read() as connection:
            found = documents.speakers(connection)
        return sorted(one.kind for one in found if one.label == "N")

    async def play(one: Playing) -> None:
        await one.press("ctrl+e", "s")
        screen = one.on(SpeakersScreen)
        await one.press("j", "e", "t")
        assert kinds() == ["interpreter", "participant"]
        await one.press("e", "P")
        assert "2 documents changed" in one.status
        assert kinds() == ["participant", "participant"]
        await one.press("c")
        await one.type("W01")
        await one.press("enter")
        assert screen.row is not None
        assert screen.row[3] == "W01"
        await one.press("r")
        await one.type("[i]Bu Tini")
        await one.press("enter")
        assert "[i]Bu Tini" in one.text()
        await one.press("u")
        assert "[i]Bu Tini" not in one.text()
        await one.press("escape", "escape")
        one.on(HomeScreen)

    study.play(play, document="")
    with study.project.read() as connection:
        assert any(part.speaker for part in cases.participations(connection))
