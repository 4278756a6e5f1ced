from __future__ import annotations

from qcode.model.document import Splice, Transcript, Turn
from qcode.model.span import Span
from qcode.store import codings, documents
from qcode.store.codings import NewCoding
from tests.tui.harness import INTERVIEW, TEXT
from tests.tui.study import Playing, Study

GONE = "takut kepencet"


def lose(study: Study) -> None:
    """Code some words twice and take them out of the text."""
    start = TEXT.index(GONE)
    end = start + len(GONE)
    with study.project.write(study.sari, "apply") as step:
        codings.apply(step, [
            NewCoding(study.documents["W01"], Span(start, end), study.codes[name])
            for name in ("kader digital", "biaya kirim")
        ])  # fmt: skip
    text = TEXT[:start] + TEXT[end:]

    def moved(at: int) -> int:
        return at - (end - start) if at >= end else at

    turns = tuple(
        Turn(moved(turn.start), moved(turn.said), moved(turn.end), turn.speaker)
        for turn in INTERVIEW.turns
    )
    with study.project.write(study.sari, "correct") as step:
        documents.correct(step, study.documents["W01"], Transcript(text, turns),
                          [Splice(start, end, 0)])  # fmt: skip


def test_segments_that_need_a_place_are_counted_listed_and_put_on_other_words(
    study: Study,
) -> None:
    lose(study)

    async def play(one: Playing) -> None:
        assert "2 need a place (L)" in one.text()
        one.go("Sabar")
        await one.press("L")
        assert "kader digital · “takut kepencet”" in one.text()
        await one.press("1")
        assert "put it on “Sabar dia.”" in one.text()
        await one.press("p")
        assert study.coded()[-1] == ("Sabar dia.", "kader digital")
        assert "1 needs a place" in one.text()
        assert one.screen.reader.has_focus
        await one.press("L", "1", "d")
        assert "need" not in one.text()
        await one.press("L")
        assert "has its place" in one.status
        await one.press("u", "u")
        assert "2 need a place (L)" in one.text()

    study.play(play)
