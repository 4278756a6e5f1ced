"""Findings while a round is open: one's own in a row that another began, and what is obeyed."""

from __future__ import annotations

from pathlib import Path

from qcode.model.case import Case
from qcode.model.codebook import Code
from qcode.model.quotation import Cut
from qcode.model.round import RELIABILITY, Assignment
from qcode.model.span import Span
from qcode.model.theme import Appraisal
from qcode.store import (
    cases,
    codebook,
    coders,
    codings,
    documents,
    quotations,
    rounds,
    summaries,
    themes,
)
from qcode.store.codings import NewCoding
from qcode.store.documents import NewDocument
from qcode.store.opening import create
from tests.workflows.studies import spoken


def test_a_coder_sees_what_he_wrote_last_and_keeps_to_what_was_left_out(tmp_path: Path) -> None:
    project, guru = create(str(tmp_path / "uji.qcode"), "Uji", coder="guru")
    sari, bima = (coders.joined(project, name) for name in ("sari", "bima"))
    with project.write(guru, "import") as step:
        new = [NewDocument("W01", spoken(("N", "takut salah, kata Ani")))]
        document = documents.add(step, new)[0]["W01"]
        cases.add(step, [Case("", "informant", "Ani")])
        case = cases.case_id(step, "informant", "Ani")
        code = codebook.add(step, [Code(step.mint(), "takut")])[0]
    with project.write(sari, "apply") as step:
        (coding,) = codings.apply(step, [NewCoding(document, Span(3, 24), code)])

    def say(coder: str, text: str) -> None:
        with project.write(coder, "summarise") as step:
            summaries.write(step, case, code, text, ())
            themes.appraise(step, Appraisal("", "", "interview", "agrees", code=code, memo=text))

    say(guru, "RAHASIA")
    with project.write(guru, "shorten quotation") as step:
        quotations.shorten(step, coding, [Cut(2, 4)])
        quotations.give_role(step, coding, "typical")
    with project.write(guru, "open round") as step:
        round = rounds.begin(step, "R1", RELIABILITY, [sari, bima])
        rounds.assign(step, [Assignment(document, who, round) for who in (sari, bima)])

    def seen() -> list[str]:
        with project.read() as connection:
            return [one.text for one in summaries.listed(connection)] + [
                one.memo for one in themes.appraisals(connection)
            ]

    project.viewer = sari
    assert seen() == []
    with project.read() as connection:
        (left,) = quotations.listed(connection)
    assert (left.short is not None, left.role) == (True, "")
    say(sari, "punya sari")
    assert seen() == ["punya sari", "punya sari"]
    with project.write(sari, "shorten quotation") as step:
        quotations.shorten(step, coding, [Cut(1, 4)])
    with project.read() as connection:
        (mine,) = quotations.listed(connection)
    assert mine.short is not None
    assert mine.short.cuts == (Cut(1, 4),)
    project.viewer = None
    say(guru, "RAHASIA lagi")
    project.viewer = sari
    assert seen() == []
    project.viewer = bima
    with project.read() as connection:
        assert quotations.listed(connection) == ()
    project.close()
