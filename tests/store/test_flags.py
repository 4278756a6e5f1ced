"""Flags, what is said to them and settling it, on both databases."""

from __future__ import annotations

from pathlib import Path

import pytest

from qcode.errors import BadInput, Refused
from qcode.model.coding import FLAGS
from qcode.model.document import Splice
from qcode.model.span import Span
from qcode.store import coders, documents, history, memos
from qcode.store.checking import check
from qcode.store.documents import NewDocument
from qcode.store.opening import create
from qcode.store.project import Project
from tests.workflows.studies import spoken

SAID = (("P", "?"), ("N", "takut salah, lalu bisa"))


@pytest.fixture(params=["sqlite", "postgres"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return str(tmp_path / "uji.qcode")
    found: str = request.getfixturevalue("postgres_place")
    return found


def made(place: str) -> tuple[Project, str, str]:
    """Return a project with one document, its coder and the document."""
    project, sari = create(place, "Uji", coder="sari")
    with project.write(sari, "import") as step:
        added, _known = documents.add(step, [NewDocument("W01", spoken(*SAID))])
    return project, sari, added["W01"]


def test_a_question_is_answered_settled_and_opened_again_each_a_step_of_its_own(
    place: str,
) -> None:
    project, sari, document = made(place)
    budi = coders.joined(project, "budi")
    with project.write(sari, "discuss") as step:
        id = memos.mark(step, document, Span(8, 13), "discuss", text=" takut,\n atau malu? ")
    with project.read() as connection:
        (asked,) = memos.flags(connection, document)
    assert (asked.kind, asked.text, asked.settled, asked.open) == (
        "discuss", "takut, atau malu?", "", True,
    )  # fmt: skip
    with project.write(budi, "answer") as step:
        memos.write(step, ("flag", id), "malu")
    with project.write(budi, "settle") as step:
        memos.settle(step, asked)
    with project.read() as connection:
        (flag,) = memos.flags(connection)
        (said,) = memos.listed(connection, document=document)
    assert (flag.settled, flag.open, said.about, said.coder) == (budi, False, ("flag", id), budi)
    with project.write(sari, "reopen") as step:
        memos.settle(step, flag, settled=False)
    history.undo(project, sari)
    with pytest.raises(Refused, match="later work stands on what it created"):
        history.undo(project, sari)
    for _step in range(2):
        history.undo(project, budi)
    history.undo(project, sari)
    with project.read() as connection:
        assert not memos.flags(connection)
        assert not memos.listed(connection)
    assert not check(project)
    project.close()


def test_a_flag_of_any_kind_keeps_its_words_through_a_correction_and_check_tells_what_is_lost(
    place: str,
) -> None:
    project, sari, document = made(place)
    with project.write(sari, "flag") as step:
        for kind in FLAGS:
            memos.mark(step, document, Span(15, 20), kind)
        with pytest.raises(BadInput, match="a flag is one of discuss, "):
            memos.mark(step, document, Span(15, 20), "penting")
        with pytest.raises(BadInput, match="only what is to be discussed"):
            memos.settle(step, memos.flags(step.connection)[-1])
    with project.read() as connection:
        start = documents.current(connection, document).transcript.text.index("takut")
    with project.write(sari, "correct") as step:
        new = spoken(SAID[0], ("N", "kaget salah, lalu bisa"))
        documents.correct(step, document, new, [Splice(start, start + 5, 5)])
    with project.read() as connection:
        assert {(one.start, one.end, one.fit) for one in memos.flags(connection)} == {
            (15, 20, "same")
        }
    with project.write(sari, "correct") as step:
        documents.correct(step, document, spoken(SAID[0], ("N", "")), [Splice(8, 30, 0)])
    assert [one.text for one in check(project)] == ["5 flags need a place"]
    project.close()
