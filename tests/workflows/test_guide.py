"""The interview guide: who was asked what, what was answered, and what may ask a question."""

from __future__ import annotations

from pathlib import Path

import pytest

from qcode.errors import BadInput, NotFound, Refused
from qcode.formats import guide as files
from qcode.model.coding import Place
from qcode.model.filter import Filter
from qcode.model.guide import Asking, Question, answered
from qcode.model.span import Span
from qcode.model.table import Share, in_words
from qcode.store import cases, documents
from qcode.store import guide as stored
from qcode.store.log import Edit
from qcode.workflows import guide, plain_export, plain_import
from qcode.workflows.comparison import comparison, crossed
from qcode.workflows.frequency import Asked, frequency
from qcode.workflows.replies import coverage, coverage_table, guide_table, replies, replies_table
from tests.workflows.studies import Study, cells, spoken

GUIDE = """
role = "role"
[[question]]
number = 1
text = "Dari mana belajar?"
label.id = "belajar"
codes = ["belajar"]
[[question]]
number = "2a"
text = "Modalnya dari mana?"
wording = ["Pernah pinjam uang?"]
roles = ["petani"]
"""


def placed(id: str, start: int, end: int, fit: str = "same") -> Asking:
    return Asking(id, "d", "q", Place("v", start, end, ""), start, end, fit)


def test_an_answer_ends_where_the_next_question_is_asked() -> None:
    asked = [
        placed("b", 30, 40),
        placed("a", 0, 10),
        placed("c", 30, 40),
        placed("x", 5, 9, "lost"),
    ]
    assert answered(asked, 60) == {"a": Span(10, 30), "b": Span(40, 60), "c": Span(40, 60)}
    assert answered([placed("a", 50, 60)], 60) == {}
    # A question right behind another leaves that one no answer.
    assert answered([placed("a", 0, 10), placed("b", 10, 20)], 60) == {"b": Span(20, 60)}


@pytest.fixture
def study(tmp_path: Path) -> Study:
    study = Study(notice="data latihan")
    ani, budi = study.case("Ani", {"role": "petani"}), study.case("Budi", {"role": "carik"})
    study.case("Citra", {"role": "petani"})
    study.document("W01", spoken(
        ("P", "Dari mana belajar, Bu?"), ("N", "Dari cucu."), ("P", "Lalu?"), ("N", "Rahasia."),
        ("P", "Pernah pinjam uang?"), ("N", "Arisan."),
    ), cases_of={"N": ani})  # fmt: skip
    study.document("W02", spoken(("P", "Belajar dari mana?"), ("N", "Kantor.")),
                   cases_of={"N": budi})  # fmt: skip
    learn = study.code("belajar")
    with study.project.read() as connection:
        ids = {one.name: one.id for one in documents.listed(connection)}
    study.give(ids["W01"], "Dari cucu.", learn)
    study.finish(ids["W01"])
    study.mark(ids["W01"], "Rahasia.", "off the record")
    (tmp_path / "guide.toml").write_text(GUIDE, encoding="utf-8")
    with study.step(verb="import guide") as step:
        assert guide.take(step, tmp_path / "guide.toml").added == 2
    return study


def mark(study: Study, document: str, turn: int, number: str) -> None:
    with study.step(verb="mark question") as step:
        guide.mark(step, document, turn, number)


def test_everyones_answers_leave_out_what_stays_inside(study: Study) -> None:
    mark(study, "W01", 1, "1")
    mark(study, "W01", 5, "2a")
    mark(study, "W02", 1, "1")
    with pytest.raises(Refused, match="already"):
        mark(study, "W02", 1, "1")
    with pytest.raises(Refused, match="a participant speaks"):
        mark(study, "W01", 2, "1")
    with pytest.raises(NotFound, match="no question"):
        mark(study, "W01", 1, "7")
    with study.project.read() as connection:
        first = replies(connection, guide.question_named(connection, "1"))
        table = replies_table(first)
        number = frequency(connection, Filter(), Asked(question="1"))
    assert [(row[0], row[3]) for row in table.rows] == [("Ani", "Dari cucu."), ("Budi", "Kantor.")]
    assert table.rows[0][4] == "Ani · W01 · turn 2, line 2 · data latihan"
    assert table.notes == ("2 of 2 informants whom it is put to were asked",
                           "1 turn withheld: off the record 1")  # fmt: skip
    assert in_words(number.rows[0][1]) == "1 of 1"


def test_not_asked_and_not_put_to_this_role_are_no_zero(study: Study) -> None:
    with study.project.read() as connection:
        before = coverage_table(connection)
        with pytest.raises(Refused, match="nobody was asked"):
            frequency(connection, Filter(), Asked(question="1"))
    assert [list(map(in_words, row)) for row in before.rows] == [
        ["asked", "?", "?"], ["Ani", "?", "?"], ["Budi", "?", "x"],
    ]  # fmt: skip
    mark(study, "W01", 1, "1")
    with study.project.read() as connection:
        table, listed = coverage_table(connection), guide_table(connection)
    assert [list(map(in_words, row)) for row in table.rows] == [
        ["asked", "1 of 1", "0 of 1"], ["Ani", "1", "-"], ["Budi", "?", "x"],
    ]  # fmt: skip
    assert "in 1 interview no question is marked: W02" in table.notes
    assert [in_words(row[4]) for row in listed.rows] == ["1 of 1", "0 of 1"]


def test_whoever_was_asked_counts_whatever_his_role_and_only_who_is_chosen(study: Study) -> None:
    dewi, eko = study.case("Dewi", {"role": "petani"}), study.case("Eko", {"role": "carik"})
    study.document("W03", spoken(("P", "Pinjam uang?"), ("D", "Arisan."), ("E", "Bank.")),
                   cases_of={"D": dewi, "E": eko})  # fmt: skip
    study.code("lain")
    for number in ("1", "2a"):
        mark(study, "W03", 1, number)
    with study.project.read() as connection:
        found = coverage(connection, Filter(cases=(dewi,)))
        assert [one.name for one in found.informants] == ["Dewi"]
        assert found.unmarked == ()
        whole = coverage(connection)
        assert {one.number: whole.share(one) for one in whole.questions} == {
            "1": Share(2, 2), "2a": Share(2, 2),
        }  # fmt: skip
        assert [one.name for one in whole.unmarked] == ["W01", "W02"]
        for asked, codes in ((Filter(), ["belajar"]), (Filter(codes=("lain",)), ["lain"])):
            rows = frequency(connection, asked, Asked(question="1")).rows
            assert [row[0] for row in rows] == codes


def test_a_group_of_which_nobody_was_asked_has_a_column_of_its_own() -> None:
    study = Study()
    for name, village, role in (("W1", "A", "petani"), ("W2", "B", "petani"), ("W3", "B", "carik")):
        case = study.case(f"I{name}", {"village": village, "role": role})
        study.document(name, spoken(("P", "tanya"), ("N", f"satu {name}")), cases_of={"N": case})
    code = study.code("kader")
    with study.project.read() as connection:
        held = [one.id for one in documents.listed(connection)]
    for document in held:
        study.give(document, "satu", code)
    place = study.span(held[0], "tanya")
    with study.step() as step:
        stored.put(step, [Question("1", "tanya")])
        stored.ask(step, [(held[0], stored.question_id(step, "1"), place)])
    with study.project.read() as connection:
        table = comparison(connection, "village", "", Filter(), question="1")
        grid = crossed(connection, "village", "role", Filter(), question="1")
        plain = comparison(connection, "village", "", Filter())
    row = cells(table, "kader")
    assert (row["group:A"], row["group:B"]) == ("1 of 1", "-")
    assert (row["where"], row["difference"]) == ("A, the only one asked and looked through", "-")
    assert "“-” in a group: nobody there was asked, as far as it is marked" in table.notes
    assert [[str(cell) for cell in row[1:4]] for row in grid.rows] == [
        ["A", "×", "1 of 1"], ["B", "-", "-"],
    ]  # fmt: skip
    assert (cells(plain, "kader")["group:B"], cells(plain, "kader")["where"]) == (
        "2 of 2", "in all 2",
    )  # fmt: skip


def test_a_kind_of_case_is_one_in_whichever_letters_it_came() -> None:
    study = Study()
    with study.step() as step:
        # So it was written before kinds were one.
        data = {"kind": "INFORMANT", "name": "Budi"}
        step.record([Edit("case", cases.case_id(step, "informant", "Budi"), data, new=True)])
    study.case("Ani", kind="Informant")
    study.case("Desa A", kind="Village")
    with study.project.read() as connection:
        assert {one.name: one.kind for one in cases.listed(connection)} == {
            "Ani": "informant", "Budi": "informant", "Desa A": "village",
        }  # fmt: skip


def test_likeness_suggests_and_writes_nothing_until_it_is_taken(study: Study) -> None:
    with study.project.read() as connection:
        found = list(guide.suggestions(connection))
        assert stored.askings(connection) == ()
    assert [(one.page.document.name, one.turn.start, one.like.question.number) for one in found] == [
        ("W01", 0, "1"), ("W01", found[1].turn.start, "2a"), ("W02", 0, "1"),
    ]  # fmt: skip
    assert found[1].like.score == found[2].like.score == 100
    with study.step(verb="mark questions") as step:
        assert len(guide.take_suggestions(step, 95)) == 2
        assert guide.take_suggestions(step, 95) == ()
    with study.step(verb="unmark question") as step:
        assert guide.unmark(step, "W02", 1) == 1


def test_a_guide_goes_out_and_comes_back(study: Study, tmp_path: Path) -> None:
    mark(study, "W01", 1, "1")
    with study.project.read() as connection:
        plain_export.write(connection, tmp_path / "a")
    other = Study("guru")
    for new in (1, 0):
        with other.step(verb="import") as step:
            done = plain_import.store(step, plain_import.read(tmp_path / "a"))
            assert (done.new["question"], done.new["asking"]) == (2 * new, new)
    with other.project.read() as connection:
        plain_export.write(connection, tmp_path / "b")
    for name in ("guide.toml", "askings.csv"):
        first, again = ((tmp_path / folder / name).read_bytes() for folder in "ab")
        assert first == again
    assert files.read(tmp_path / "a" / "guide.toml")[1].roles == ("petani",)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("[[question]]\ntext = 'x'\nrole = 'y'", "role"),
        ("[[question]]\nnumber = 1\ntext = ''", "has no text"),
        ("[[question]]\nnumber = '4 4'\ntext = 'x'", "short number"),
        ("[[question]]\ntext = 'x'\nroles = ['y']", "which attribute"),
        ("[[question]]\nnumber = 1\ntext = 'x'\n[[question]]\nnumber = 1\ntext = 'y'", "two"),
        ("[question]\ntext = 'x'", "[[question]]"),
    ],
)
def test_a_bad_guide_is_refused_with_what_is_wrong(tmp_path: Path, text: str, why: str) -> None:
    (tmp_path / "g.toml").write_text(text, encoding="utf-8")
    with pytest.raises(BadInput) as refusal:
        files.read(tmp_path / "g.toml")
    assert why in str(refusal.value)
