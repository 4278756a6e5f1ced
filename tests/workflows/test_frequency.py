"""What a table of frequencies shows on request: united passages, each coder, percentages."""

from __future__ import annotations

import pytest

from qcode.errors import NotFound
from qcode.model.filter import Filter
from qcode.model.table import Table
from qcode.model.theme import FOR, Theme
from qcode.store import themes
from qcode.workflows.frequency import Asked, frequency
from qcode.workflows.themes import themes_table
from tests.workflows.studies import Study, cells, column, interview, notes, spoken


def table(study: Study, how: Asked, wanted: Filter | None = None) -> Table:
    with study.project.read() as connection:
        return frequency(connection, wanted or Filter(), how)


def told(study: Study, name: str, answer: str) -> str:
    case = study.case(f"I{name}")
    return study.document(name, spoken(*interview(answer)), cases_of={"N": case})


def test_rolled_up_a_parent_has_the_union_of_what_stands_below_it_never_the_sum() -> None:
    study = Study()
    top = study.code("dimensi")
    low, other = study.code("kader", top), study.code("praktik", top)
    first = told(study, "W1", "kader mengajari kami mengunggah foto produk setiap malam")
    second = told(study, "W2", "anak saya yang pegang telepon")
    study.give(first, "kader mengajari kami", low)
    study.give(first, "kami mengunggah foto", other)
    study.give(first, "setiap malam", top)
    study.give(second, "anak saya", other)
    found = table(study, Asked(rolled=True))
    assert [cells(found, "dimensi")[key] for key in ("passages", "words")] == ["3", "9"]
    assert column(found, "words") == {"dimensi": "9", "kader": "3", "praktik": "5"}
    assert "united: what has several of them counts once" in notes(found)


def test_what_is_not_to_be_used_is_in_no_union() -> None:
    study = Study()
    top = study.code("dimensi")
    low, other = study.code("kader", top), study.code("praktik", top)
    document = told(study, "W1", "kader mengajari kami mengunggah foto produk")
    study.give(document, "kader mengajari kami", low)
    study.give(document, "kami mengunggah foto", other)
    study.mark(document, "mengajari kami mengunggah", "not to be used")
    found = table(study, Asked(rolled=True))
    assert [cells(found, "dimensi")[key] for key in ("passages", "words")] == ["1", "2"]


def test_each_coder_has_columns_of_his_own_and_his_own_documents() -> None:
    study = Study()
    code, other = study.code("kader"), study.coder("bima")
    first, second = told(study, "W1", "satu dua"), told(study, "W2", "tiga empat")
    study.give(first, "satu", code)
    study.give(first, "dua", code)
    study.give(first, "satu dua", code, other)
    study.give(second, "tiga", code, other)
    found = table(study, Asked(by_coder=True))
    assert cells(found, "kader") == {
        "code": "kader", "cases:sari": "1 of 1", "passages:sari": "2",
        "cases:bima": "2 of 2", "passages:bima": "2",
    }  # fmt: skip
    assert "sari: 1 document coded; bima: 2 documents coded" in notes(found)
    assert "never added up" in notes(found)


def test_what_is_chosen_of_what_each_coder_found_is_told() -> None:
    study = Study()
    code, other = study.code("kader"), study.coder("bima")
    first = told(study, "W1", "satu dua")
    study.give(first, "satu", code)
    study.code("modal")
    study.give(first, "satu dua", code, other)
    found = table(study, Asked(by_coder=True), Filter(without=("modal",)))
    assert cells(found, "kader") == {
        "code": "kader", "cases:sari": "1 of 1", "passages:sari": "1",
        "cases:bima": "1 of 1", "passages:bima": "1",
    }  # fmt: skip
    assert notes(found).count("not all is counted, only passages") == 1
    assert "sari: “modal” was not looked for in 1 of 1" in notes(found)


def test_nobody_who_coded_is_told() -> None:
    study = Study()
    with pytest.raises(NotFound, match="nobody has coded"):
        table(study, Asked(by_coder=True))


def test_a_percentage_has_a_column_of_its_own_on_request() -> None:
    study = Study()
    code = study.code("kader")
    document, rest = told(study, "W1", "satu dua"), told(study, "W2", "tiga")
    study.give(document, "satu", code)
    study.finish(rest)
    study.code("baru")
    found = table(study, Asked(percent=True))
    assert column(found, "percent") == {"kader": "50", "baru": "·"}
    assert "percent" not in {one.key for one in table(study, Asked()).columns}


def test_passages_and_words_are_those_of_interviews_and_the_others_are_told() -> None:
    study = Study()
    top = study.code("dimensi")
    code = study.code("kader", top)
    spoke = told(study, "W1", "kader datang")
    law = study.document("UU 6", spoken(("", "Pasal satu tentang kader desa")), kind="document")
    for document in (spoke, law):
        study.give(document, "kader", code)
        study.finish(document)
    for how, name in ((Asked(), "kader"), (Asked(rolled=True), "dimensi")):
        found = table(study, how)
        row = cells(found, name)
        assert [row[key] for key in ("passages", "words", "document")] == ["1", "1", "1 of 1"]
        assert "those of interviews; 1 passage in observation notes and documents" in notes(found)
    assert cells(table(study, Asked(by_coder=True)), "kader")["passages:sari"] == "1"
    laws = table(study, Asked(), Filter(kinds=("document",)))
    assert [cells(laws, "kader")[key] for key in ("cases", "passages", "words")] == ["·", "1", "1"]
    assert "of participants" not in laws.columns[4].unit
    with study.step(verb="add theme") as step:
        theme = themes.add(step, Theme("", "Kader"))
        themes.ground(step, theme, FOR, code=top)
    with study.project.read() as connection:
        claimed = themes_table(connection, Filter())
    assert cells(claimed, "Kader")["for passages"] == "1"
    assert "1 passage in observation notes and documents is in no number" in notes(claimed)
