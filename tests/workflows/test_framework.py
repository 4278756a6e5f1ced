"""The framework matrix: what stands in a cell, what changed under a summary, what leaves."""

from __future__ import annotations

import pytest

from qcode.analysis.looking import presence
from qcode.errors import NotFound
from qcode.formats.narrative import write
from qcode.model.case import INFORMANT
from qcode.model.filter import Filter
from qcode.model.span import Span
from qcode.model.table import Table
from qcode.store import cases, codebook, codings, history, summaries, tallies
from qcode.workflows import framework
from tests.workflows.stories import Story as Randomly
from tests.workflows.studies import Study, cells, interview, notes, spoken


class Matrix(Study):
    """A study of two informants, of whom one speaks of a code and one below it."""

    def __init__(self) -> None:
        super().__init__(notice="data latihan")
        self.root = self.code("hambatan")
        self.child = self.code("takut", self.root)
        self.who, self.other = self.case("I1", consent=True), self.case("I2")
        self.one = self.document(
            "W1", spoken(*interview("satu dua", "tiga rahasia")), cases_of={"N": self.who}
        )
        self.two = self.document("W2", spoken(*interview("kosong")), cases_of={"N": self.other})
        self.given = self.give(self.one, "satu dua", self.root)
        self.give(self.one, "dua", self.child)

    def table(self, *codes: str) -> Table:
        with self.project.read() as connection:
            return framework.framework_table(connection, Filter(codes=codes))

    def sum_up(self, text: str, code: str = "hambatan") -> None:
        with self.step(verb="summary") as step:
            framework.write(step, "I1", code, text)


def test_a_cell_has_its_summary_or_how_many_passages_wait_or_says_it_was_not_looked_for() -> None:
    study = Matrix()
    assert cells(study.table(), "I1")["hambatan"] == "1 passage, no summary"
    assert cells(study.table(), "I2")["hambatan"] == "·"
    study.finish(study.two)
    assert cells(study.table(), "I2")["hambatan"] == "no passage"
    study.sum_up("  Takut, lalu berani. ")
    table = study.table("hambatan", "takut")
    assert cells(table, "I1")["hambatan"] == "Takut, lalu berani."
    assert cells(table, "I1")["hambatan/takut"] == "1 passage, no summary"
    assert "1 of 4 cells have a summary" in notes(table)
    assert table.notes[0] == "data latihan"
    below = notes(study.table("takut"))
    assert "1 summary is written at another code, which --code shows: hambatan" in below
    assert "another code" not in notes(table)


def test_what_was_given_where_the_code_was_not_looked_for_waits_for_no_summary() -> None:
    study = Matrix()
    study.give(study.two, "kosong", study.root)
    study.finish(study.one)
    with study.step(verb="revise code") as step:
        codebook.revise(step, study.child, {"meaning": step.mint()})
    # The code below means something else by now; that above it was looked for all the same.
    row = cells(study.table("hambatan", "takut"), "I1")
    assert row["hambatan"] == "1 passage, no summary"
    assert row["hambatan/takut"] == "·"
    with study.step(verb="revise code") as step:
        codebook.revise(step, study.root, {"meaning": step.mint()})
    study.finish(study.two)
    assert cells(study.table(), "I1")["hambatan"] == "·"
    assert cells(study.table(), "I2")["hambatan"] == "1 passage, no summary"
    study.mark(study.two, "kosong", "not to be used")
    assert cells(study.table(), "I2")["hambatan"] == "no passage"


def test_a_cell_counts_what_may_be_used_and_nobody_who_is_no_row() -> None:
    study = Matrix()
    study.give(study.two, Span(0, len(study.text(study.two))), study.root)
    study.finish(study.two)
    village = study.case("Desa A", kind="village")
    with study.step() as step:
        cases.link(step, study.two, village, step.derive("speaker", study.two, "N"))
    study.mark(study.one, "satu dua", "not to be used")
    with study.project.read() as connection:
        found = framework.framework(connection, Filter())
    assert {case.name: found.cells[case.id, study.root].number for case in found.cases} == {
        "I1": 0, "I2": 1,
    }  # fmt: skip


def test_a_summary_says_what_changed_under_it_until_it_is_written_anew() -> None:
    study = Matrix()
    study.sum_up("Takut.")
    later = study.give(study.one, "tiga", study.child)
    assert cells(study.table(), "I1")["hambatan"] == "Takut. [since then: 1 new passage]"
    shorter = study.span(study.one, "satu")
    with study.step(verb="move coding") as step:
        codings.move(step, study.given, shorter)
    with study.step(verb="retire codings") as step:
        codings.retire(step, [later])
    said = cells(study.table(), "I1")["hambatan"]
    assert said == "Takut. [since then: 1 passage with other words or bounds]"
    assert "under 1 summary passages changed" in notes(study.table())
    study.sum_up("Takut sekali.")
    assert cells(study.table(), "I1")["hambatan"] == "Takut sekali."
    study.mark(study.one, "satu", "not to be used")
    assert "1 passage gone" in cells(study.table(), "I1")["hambatan"]
    with study.step(verb="retire summary") as step:
        framework.remove(step, "I1", "hambatan")
        with pytest.raises(NotFound, match="no summary"):
            framework.remove(step, "I1", "hambatan")
    history.undo(study.project, study.first)
    assert "Takut sekali." in cells(study.table(), "I1")["hambatan"]


def test_a_summary_is_held_back_while_nothing_is_left_of_words_that_were_taken_back() -> None:
    study = Matrix()
    study.sum_up("Takut.")
    with study.step(verb="retire codings") as step:
        codings.retire(step, [study.given])
    assert cells(study.table(), "I1")["hambatan"].startswith("Takut.")
    history.undo(study.project, study.first)
    study.give(study.one, "tiga", study.child)
    study.sum_up("Takut sekali.")
    study.mark(study.one, "satu dua", "not to be used")
    assert cells(study.table(), "I1")["hambatan"].startswith("Takut sekali.")
    study.mark(study.one, "tiga", "not to be used")
    held = "[held back: its words were taken back]"
    assert cells(study.table(), "I1")["hambatan"].startswith(held)
    with study.project.read() as connection:
        assert framework.cell_story(connection, "I1", "hambatan").pieces[0].text == held
        assert framework.one_cell(connection, "I1", "hambatan")[1].text == "Takut sekali."
    study.sum_up("Ditulis ulang.")
    assert cells(study.table(), "I1")["hambatan"] == "Ditulis ulang."


def test_summaries_of_codes_that_were_merged_stand_in_one_cell_and_are_written_as_one() -> None:
    study = Matrix()
    other = study.code("cemas")
    study.sum_up("Tentang takut.")
    study.sum_up("Tentang cemas.", "cemas")
    with study.step(verb="merge codes") as step:
        codebook.merge(step, other, study.root)
    assert cells(study.table(), "I1")["hambatan"] == "Tentang takut.\n\nTentang cemas."
    study.sum_up("Satu ringkasan.", "cemas")
    assert cells(study.table(), "I1")["hambatan"] == "Satu ringkasan."
    history.undo(study.project, study.first)
    assert "Tentang cemas." in cells(study.table(), "I1")["hambatan"]


def test_a_cell_leaves_with_its_summary_and_only_with_passages_that_may_be_quoted() -> None:
    study = Matrix()
    study.give(study.one, "tiga rahasia", study.root)
    study.sum_up("Yang diceritakan.")
    study.mark(study.one, "rahasia", "off the record")
    study.case("I9")
    with study.project.read() as connection:
        story = framework.cell_story(connection, "I1", "hambatan")
        with pytest.raises(NotFound, match="no interview"):
            framework.cell_story(connection, "I9", "hambatan")
    for format in ("markdown", "html", "txt"):
        text = write(story, format).decode()
        assert "rahasia" not in text
        assert "off the record" in text
        assert text.index("Yang diceritakan.") < text.index("satu dua")
    table = repr(study.table())
    assert "rahasia" not in table
    assert "satu dua" not in table


@pytest.mark.parametrize("seed", range(6))
def test_the_passages_of_a_cell_without_codes_below_it_are_those_of_the_tally(seed: int) -> None:
    study = Randomly(seed).study
    layer = study.layer()
    spoken_in = {one.id for one in layer.spoken()}
    places = presence(layer, INFORMANT).by_code
    with study.project.read() as connection:
        book = codebook.read(connection)
        codes = tuple(code.id for code in book if book.end(code.id) == code.id)
        found = framework.of_codes(connection, Filter(codes=codes))
        counted: dict[tuple[str, str], int] = {}
        for tally in tallies.listed(connection):
            looked = tally.document in places[tally.code].everywhere
            if tally.case and tally.document in spoken_in and looked:
                key = tally.case, tally.code
                counted[key] = counted.get(key, 0) + tally.passages
        assert summaries.listed(connection) == ()
    leaves = [code for code in codes if len(book.below(code)) == 1]
    assert leaves
    for (case, code), cell in found.cells.items():
        if code in leaves:
            assert cell.number == counted.get((case, code), 0)
