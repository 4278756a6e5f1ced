"""Names and words that could drive a terminal, where coders' disagreements are settled."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from qcode.model.span import Span
from qcode.store import coders, documents, memos
from qcode.store.codings import NewCoding, apply
from qcode.store.log import Edit
from tests.tui.furnished import WILD, furnished
from tests.tui.study import Playing, Study
from tests.tui.walking import HOSTILE, drawn


@pytest.fixture
def wild(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Study]:
    monkeypatch.setenv("QCODE_SETTINGS", str(tmp_path / "settings.toml"))
    monkeypatch.setenv("LANG", "C.UTF-8")
    study = furnished(tmp_path)
    other = coders.joined(study.project, "bima")
    with study.project.write(other, "apply") as step:
        step.record([Edit("coder", other, {"name": f"{WILD} 2"})])
        document, code = study.documents[WILD], next(iter(study.codes.values()))
        turns = documents.current(step.connection, document).transcript.turns
        for turn in turns[1:]:
            span = Span(turn.said + 4, turn.end - 3)
            (id,) = apply(step, [NewCoding(document, span, code)])
            memos.write(step, ("coding", id), WILD)
    # Whoever codes in an open round may not see this yet.
    study.sari = coders.joined(study.project, "dosen")
    yield study
    study.project.close()


def test_hostile_names_and_words_show_as_they_are_and_do_nothing(wild: Study) -> None:
    literal = "[b]Ж [TODO]Љ"

    async def play(one: Playing) -> None:
        await one.press("ctrl+t", "g")
        for keys in ("1", "2", "3", "4", "5", "N", "1", "enter", "N", "P", "P", "w", "escape",
                     "R", "escape", "s", "escape", "a", "A", "y", "x", "x", "q", "6", "7"):  # fmt: skip
            await one.press(keys)
            page = drawn(one)
            assert one.app.is_running
            assert not HOSTILE.search(page), keys
            assert literal in page, keys
            assert "Ж" not in page.replace("[b]Ж", ""), keys

    wild.play(play, size=(240, 60), document="")
