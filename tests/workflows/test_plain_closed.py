"""Plain files keep what no file says in itself: what is closed, what rests on merged codes."""

from __future__ import annotations

from pathlib import Path

import pytest

from qcode.model.document import Splice
from qcode.model.filter import Filter
from qcode.model.theme import AGAINST, FOR, Theme
from qcode.store import cases, codebook, documents, quotations, themes
from qcode.workflows import plain_export, plain_import
from qcode.workflows.excerpts import excerpts
from tests.workflows.studies import Study, spoken

SAID = (
    ("P", "Apa?"), ("A", "Dulu takut."), ("B", "Arisan."), ("A", "Sekarang bisa."), ("P", "Lalu?"),
    ("A", "Begitu."), ("B", "Ya."), ("B", "Betul."), ("A", "Ya."),
)  # fmt: skip


@pytest.fixture
def study() -> Study:
    study = Study()
    people = {"A": study.case("Ani", consent=False), "B": study.case("Budi", consent=True)}
    document = study.document("W01", spoken(*SAID), cases_of=people)
    code = study.code("belajar")
    for words in ("Dulu takut.", "Arisan.", "Sekarang bisa."):
        study.give(document, words, code)
    return study


def quoted(study: Study) -> list[str]:
    with study.project.read() as connection:
        return [one.text for one in excerpts(connection, Filter()).excerpts]


def read_again(study: Study, folder: Path) -> Study:
    with study.project.read() as connection:
        plain_export.write(connection, folder)
    other = Study("guru")
    for _again in range(2):
        with other.step(verb="import") as step:
            plain_import.store(step, plain_import.read(folder))
    return other


def test_words_of_a_retired_case_that_refused_stay_closed(study: Study, tmp_path: Path) -> None:
    assert quoted(study) == ["Arisan."]
    assert quoted(read_again(study, tmp_path / "dulu")) == ["Arisan."]
    with study.step(verb="retire case") as step:
        cases.retire(step, cases.case_id(step, "informant", "Ani"))
    assert quoted(study) == ["Arisan."]
    other = read_again(study, tmp_path / "berkas")
    assert quoted(other) == ["Arisan."]
    with other.project.read() as connection:
        plain_export.write(connection, tmp_path / "lagi")
    assert quoted(read_again(other, tmp_path / "ketiga")) == ["Arisan."]


def test_what_rests_on_a_code_that_was_merged_goes_out_with_it(
    study: Study, tmp_path: Path
) -> None:
    into, given = study.code("terampil"), study.code("dulu")
    with study.project.read() as connection:
        (document,) = (one.id for one in documents.listed(connection))
    coding = study.give(document, "Arisan.", given)
    with study.step(verb="put") as step:
        theme = themes.add(step, Theme("", "Belajar"))
        themes.ground(step, theme, FOR, code=given)
        themes.ground(step, theme, AGAINST, coding=coding, why="lain")
        quotations.give_role(step, coding, "typical")
    with study.step(verb="merge codes") as step:
        codebook.merge(step, given, into)
    with read_again(study, tmp_path / "berkas").project.read() as connection:
        (again,) = quotations.listed(connection)
        grounds = themes.grounds(connection)
    assert again.role == "typical"
    assert [(one.side, bool(one.code), one.coding == again.coding, one.why) for one in grounds] == [
        (FOR, True, False, ""), (AGAINST, False, True, "lain"),
    ]  # fmt: skip


def test_a_document_stays_closed_whose_mark_lost_its_place(study: Study, tmp_path: Path) -> None:
    with study.project.read() as connection:
        (document,) = (one.id for one in documents.listed(connection))
    study.mark(document, "Arisan.", "off the record")
    at = study.span(document, "B: Arisan.\n")
    with study.step(verb="correct") as step:
        turns = SAID[:2] + SAID[3:]
        documents.correct(step, document, spoken(*turns), [Splice(at.start, at.end, 0)])
    assert quoted(study) == []
    assert quoted(read_again(study, tmp_path / "berkas")) == []
