"""Who is in the numbers, and who has left them."""

from __future__ import annotations

import pytest

from qcode.analysis.cooccurrence.meeting import Way
from qcode.analysis.frequency import frequency
from qcode.errors import NotFound
from qcode.model.filter import Filter
from qcode.store import cases
from qcode.workflows.comparison import comparison
from qcode.workflows.cooccurrence import Asked, cooccurrence
from qcode.workflows.matrix import matrix
from qcode.workflows.saturation import How, saturation
from tests.workflows.studies import Study, cells, notes, spoken
from tests.workflows.test_counting import by_village, villages


def test_an_interview_leaves_with_whoever_took_part_in_it() -> None:
    study = Study()
    code = study.code("kader")
    ani, budi = study.case("Ani", {"village": "A"}), study.case("Budi", {"village": "B"})
    place = study.case("Desa", kind="village")
    for name, who in (
        ("W1", {"N": ani, "": place}), ("W2", {"N": ani}), ("W3", {"N": ani, "M": budi}),
    ):  # fmt: skip
        text = spoken(("P", "apa"), ("N", f"jawaban {name}"), ("M", "saya juga"))
        study.give(study.document(name, text, cases_of=who), f"apa\nN: jawaban {name}", code)
    study.finish(study.document("W4", spoken(("N", "belum dikenal"))))
    study.give(study.document("O1", spoken(("", "Ani di warung")), kind="observation",
                              cases_of={"": ani}), "Ani", code)  # fmt: skip
    with study.step(verb="retire case") as step:
        cases.retire(step, ani)
    table = frequency(study.layer())
    assert cells(table, "kader") == {
        "code": "kader", "cases": "0 of 1", "interviews": "1 of 2", "passages": "1", "words": "2",
        "observation": "1 of 1",
    }  # fmt: skip
    told = "2 interviews are in no number: whoever took part in them was taken out"
    assert told in table.notes
    assert "belongs to nobody: W4" in notes(table)
    with study.project.read() as connection:
        rows = saturation(connection, Filter(), How()).rows
        assert [row[1] for row in rows] == ["W3", "W4"]
        kinds = matrix(connection, Filter(), "documents", "present").table.rows
        assert [row[0] for row in kinds] == ["O1", "W3", "W4"]
    assert told not in frequency(study.layer(Filter(where=(("village", "B"),)))).notes
    assert told not in frequency(study.layer(Filter(kinds=("observation",)))).notes


def test_a_blank_value_is_no_value_and_makes_no_group() -> None:
    study = Study()
    code = study.code("kader")
    for _village, document in villages(study, 1):
        study.give(document, "satu", code)
    village = study.attribute("village")
    with study.step(verb="case") as step:
        cases.set_value(step, cases.case_id(step, "informant", "IA0"), village, ("", " "))
    assert [one.title for one in by_village(study).columns][1:3] == ["Desa B", "(no value)"]
    assert cells(by_village(study), "kader")["where"] == "Desa B, the only one looked through"


def test_what_a_filter_leaves_nothing_of_is_told_and_not_taken_for_uncoded() -> None:
    study = Study()
    code = study.code("kader")
    for _village, document in villages(study, 1):
        study.give(document, "satu", code)
    other = next(one.id for one in study.layer().cases if one.name == "IB0")
    asked = Filter(cases=(other,), where=(("village", "Desa A"),))
    said = notes(frequency(study.layer(asked)))
    assert "no case has all of that" in said
    with study.project.read() as connection, pytest.raises(NotFound, match="no case has all"):
        comparison(connection, "village", "", Filter(cases=("IB0",), where=asked.where))
    assert "no document has all of that" in notes(frequency(study.layer(Filter(kinds=("x",)))))


def test_where_his_words_were_taken_out_it_is_not_said_that_an_interviewer_alone_speaks() -> None:
    study = Study()
    code, case = study.code("kader"), study.case("Ani")
    for name, closed in (("W1", False), ("W2", True)):
        text = spoken(("P", f"kader di {name}"), ("N", f"ada satu {name}"), ("N", "dan lagi"))
        document = study.document(name, text, cases_of={"N": case})
        if closed:
            study.give(document, f"di {name}\nN: ada satu {name}", code)
            study.mark(document, f"ada satu {name}", "not to be used")
        else:
            study.give(document, f"di {name}", code)
    said = frequency(study.layer()).notes
    assert [one.endswith("kader in W1") for one in said if "speaks: " in one] == [True]
    assert [one.endswith("kader in W2") for one in said if "words that are not to be" in one] == [
        True
    ]


def test_where_codes_meet_in_words_of_a_retired_case_nobody_else_of_the_interview_speaks() -> None:
    study = Study()
    one, other = study.code("kader"), study.code("sinyal")
    gone, there = study.case("Ani"), study.case("Budi")
    document = study.document("W1", spoken(("A", "satu"), ("B", "dua")), cases_of={"A": gone})
    with study.step(verb="link case") as step:
        cases.link(step, document, there)
        cases.retire(step, gone)
    for words, speaking in (("satu", "0 of 1"), ("dua", "1 of 1")):
        for code in (one, other):
            study.give(document, words, code)
        with study.project.read() as connection:
            table = cooccurrence(connection, Filter(), Asked(Way()))
        assert cells(table, "kader")["cases"] == speaking
