"""Agreement and disagreements, from codings in the store to the cells of the tables."""

from __future__ import annotations

import pytest

from qcode.errors import Refused
from qcode.model.document import Splice, Transcript, Turn
from qcode.model.filter import Filter
from qcode.model.table import Blank, Table
from qcode.store import codebook, documents
from qcode.workflows.agreement import Measure, agreement, coders_named, disagreements
from tests.workflows.studies import Study, cells, column, interview, notes, spoken


def table(study: Study, asked: Filter | None = None, measure: Measure | None = None, *,
          all: bool = False, seed: int | None = None) -> Table:  # fmt: skip
    with study.project.read() as connection:
        return agreement(connection, asked or Filter(), measure or Measure(), all=all, seed=seed)


def listed(study: Study, asked: Filter | None = None) -> Table:
    with study.project.read() as connection:
        return disagreements(connection, asked or Filter())


@pytest.fixture
def study() -> Study:
    return Study("sari")


def doubly(study: Study, number: int = 1) -> tuple[str, str, list[str]]:
    """Return a code, a second coder, and interviews of three answers each."""
    code, bima = study.code("kader"), study.coder("bima")
    made = []
    for name in range(1, number + 1):
        words = interview(f"anak muda {name}", f"takut salah {name}", f"sudah bisa {name}")
        case = study.case(f"I{name}")
        made.append(study.document(f"W{name}", spoken(*words), cases_of={"N": case}))
    return code, bima, made


def test_a_code_has_its_segments_alphas_informants_and_main_cause(study: Study) -> None:
    code, bima, (one, two) = doubly(study, 2)
    for document, name in ((one, 1), (two, 2)):
        study.give(document, f"anak muda {name}", code)
        study.give(document, f"sudah bisa {name}", code, bima)
    study.give(one, "anak muda 1", code, bima)
    row = cells(table(study), "kader")
    assert (row["segments sari"], row["segments bima"]) == ("2", "3")
    # Six turns: both 1, sari 1, bima 2, neither 2.
    assert float(row["alpha"]) == pytest.approx(1 - 11 * 6 / (2 * 5 * 7))
    assert float(row["dice"]) == pytest.approx(2 * 11 / (2 * 11 + 11 + 24))
    assert (row["informants"], row["differing"]) == ("2 of 2", "")
    assert row["cause"] == "missed by sari, 2 of 3"
    assert (row["low"], row["high"]) == ("-", "-")
    assert "no interval: it needs 5 documents, here are 2" in notes(table(study, seed=1))


def test_who_found_nothing_is_compared_and_who_never_looked_is_not(study: Study) -> None:
    code, bima, (one, two) = doubly(study, 2)
    study.give(one, "anak muda 1", code)
    study.give(two, "anak muda 2", code)
    empty = table(study)
    assert empty.columns[1].key == "alpha"
    assert "no document was coded or finished by two" in notes(empty)
    assert isinstance(empty.rows[0][1], Blank)
    study.finish(one, bima)
    found = table(study)
    row = cells(found, "kader")
    assert (row["segments sari"], row["segments bima"]) == ("1", "0")
    assert float(row["alpha"]) == 0
    assert (row["informants"], row["differing"]) == ("0 of 1", "I1")
    assert "compared: 1 document" in notes(found)
    assert "sari has not marked 1 of these finished: W1" in notes(found)


def test_a_code_that_came_after_a_coder_finished_is_missing_data(study: Study) -> None:
    code, bima, (one, two) = doubly(study, 2)
    for document in (one, two):
        study.give(document, "anak muda", code, bima)
        study.finish(document, bima)
    late = study.code("takut")
    for document, name in ((one, 1), (two, 2)):
        study.give(document, f"takut salah {name}", late)
        study.finish(document)
    found = table(study)
    row = cells(found, "takut")
    assert row["segments sari"] == row["alpha"] == row["informants"] == row["cause"] == "-"
    assert "bima did not have this in 2 documents: takut" in notes(found)
    assert cells(found, "kader")["cause"] == "missed by sari, 2 of 2"
    assert "takut" not in notes(listed(study)).split("compared")[0]
    assert len(listed(study).rows) == 2


def test_by_default_a_question_taken_along_is_no_disagreement_on_characters(study: Study) -> None:
    code, bima, (one,) = doubly(study)
    study.give(one, "takut salah 1", code)
    study.give(one, "P: pertanyaan nomor 2\nN: takut salah 1", code, bima)
    assert float(cells(table(study), "kader")["alpha characters"]) == 1
    whole = cells(table(study, measure=Measure(whole=True)), "kader")
    assert float(whole["alpha characters"]) < 0.7
    assert "whole text" in notes(table(study, measure=Measure(whole=True)))
    assert cells(table(study), "kader")["cause"] == "boundary, 1 of 1"


def test_what_is_not_to_be_used_is_not_compared(study: Study) -> None:
    code, bima, (one,) = doubly(study)
    study.give(one, "anak muda 1", code)
    study.give(one, "anak muda 1", code, bima)
    study.give(one, "takut salah 1", code)
    study.mark(one, "takut salah 1", "not to be used")
    row = cells(table(study), "kader")
    assert (row["segments sari"], float(row["alpha"]), row["cause"]) == ("1", 1, "-")


@pytest.mark.parametrize("unit", ["turn", "sentence", "paragraph", "informant", "character"])
def test_every_unit_is_named_and_measured(study: Study, unit: str) -> None:
    code, bima, made = doubly(study, 6)
    for name, document in enumerate(made, start=1):
        study.give(document, f"anak muda {name}", code)
        study.give(document, f"anak muda {name}" if name % 2 else f"sudah bisa {name}", code, bima)
    found = table(study, measure=Measure(unit), all=True, seed=3)
    assert f"on {unit}s" in {column.unit for column in found.columns}
    assert "drawn again 1000 times, seed 3" in notes(found)
    assert "fewer than 10: they are rough" in notes(found)
    row = cells(found, "kader")
    if unit != "informant":
        assert float(row["low"]) <= float(row["alpha"]) <= float(row["high"])
    assert found == table(study, measure=Measure(unit), all=True, seed=3)
    assert all(len(row) == len(found.columns) for row in found.rows)


def test_all_figures_take_codes_with_those_below_and_sets_of_codes(study: Study) -> None:
    parent = study.code("dampak")
    child, other = study.code("omzet", parent), study.code("pasar", parent)
    bima = study.coder("bima")
    one = study.document("W1", spoken(*interview("naik dua kali", "ke Solo", "sepi")))
    study.give(one, "naik dua kali", child)
    study.give(one, "naik dua kali", other, bima)
    study.give(one, "ke Solo", other)
    study.give(one, "ke Solo", parent, bima)
    found = table(study, all=True)
    family = column(found, "family")
    assert float(family["dampak"]) == 1
    assert family["omzet"] == "-"
    assert column(found, "cause")["pasar"] == "different (most often omzet), 1 of 2"
    assert column(found, "cause")["dampak"] == "level (most often pasar), 1 of 1"
    assert column(found, "places")["pasar"] == "2"
    titles = [str(row[0]) for row in found.rows[-5:]]
    assert [title.split()[0] for title in titles] == [
        "all",
        "sets",
        "u-alpha",
        "|u-alpha",
        "cu-alpha",
    ]
    assert float(column(found, "alpha characters")[titles[3]]) == 1
    only = table(study, Filter(codes=("omzet",)))
    assert [str(row[0]) for row in only.rows] == ["omzet", "all codes, pooled"]


def test_three_coders_are_compared_together_and_listed_in_pairs(study: Study) -> None:
    code, bima, (one, two) = doubly(study, 2)
    citra = study.coder("citra")
    for who in ("", bima, citra):
        study.give(one, "anak muda 1", code, who)
    study.give(one, "takut salah 1", code)
    study.give(one, "takut salah", code, bima)
    study.give(two, "anak muda 2", code)
    study.finish(two, bima)
    found = table(study, all=True)
    row = cells(found, "kader")
    assert row["cause"] == "missed by citra, 1 of 2"
    assert row["cohen"] == "-"
    assert float(row["fleiss"]) > 0
    pairs = listed(study)
    assert column(pairs, "kind") == {"boundary": "boundary", "missed by citra": "missed by citra",
                                     "missed by bima": "missed by bima"}  # fmt: skip
    assert "every pair of coders is listed apart" in notes(pairs)
    two_of_three = table(study, Filter(coders=("sari", "citra")))
    assert [one.key for one in two_of_three.columns[1:3]] == ["segments sari", "segments citra"]


def test_disagreements_are_listed_with_address_turn_and_both_coders(study: Study) -> None:
    code, bima, (one,) = doubly(study)
    other = study.code("takut")
    study.give(one, "anak muda 1", code)
    study.give(one, "anak", code, bima)
    study.give(one, "takut salah 1", other)
    study.give(one, "takut salah 1", code, bima)
    study.give(one, "bisa 1", code)
    found = listed(study)
    assert [tuple(map(str, row)) for row in found.rows] == [
        ("boundary", "W1:2", "sari", "kader", "W1:2.1", "bima", "kader", "W1:2.2", "7 of 11"),
        ("different", "W1:4", "sari", "takut", "W1:4.1", "bima", "kader", "W1:4.2", "13 of 13"),
        ("missed by bima", "W1:6", "sari", "kader", "W1:6.1", "bima", "", "", "6 of 6"),
    ]
    assert "3 places: agree 0, boundary 1, cut 0, level 0, different 1, missed 1" in notes(found)
    assert len(listed(study, Filter(codes=("takut",))).rows) == 1
    assert len(listed(study, Filter(documents=("W1",))).rows) == 3


def test_what_has_nothing_to_compare_says_so(study: Study) -> None:
    study.code("kader")
    assert "no document was coded or finished by two" in notes(listed(study))
    with pytest.raises(Refused, match="two coders"):
        table(study, Filter(coders=("sari",)))
    with pytest.raises(Refused, match="--coders A,B, not --layer"):
        table(study, Filter(layer="sari"))
    with pytest.raises(Refused, match="--not, --flag, --memo and --text"):
        listed(study, Filter(text="anak"))


def test_a_coding_without_a_place_is_left_out_and_said(study: Study) -> None:
    code, bima, (one,) = doubly(study)
    study.give(one, "anak muda 1", code)
    study.give(one, "anak muda 1", code, bima)
    study.give(one, "salah", code)
    with study.project.read() as connection:
        now = documents.current(connection, one).transcript
    words = study.text(one)
    at = words.index("takut salah 1")

    def moved(place: int) -> int:
        return place - 13 if place > at else place

    cut = [
        Turn(moved(turn.start), moved(turn.said), moved(turn.end), turn.speaker)
        for turn in now.turns
    ]
    shorter = Transcript(words[:at] + words[at + 13 :], tuple(cut))
    with study.step(verb="correct") as step:
        documents.correct(step, one, shorter, [Splice(at, at + 13, 0)])
    assert "1 coding needs a place and is not compared" in notes(table(study))
    assert "1 coding needs a place and is not compared" in notes(listed(study))


def test_merged_codes_are_one(study: Study) -> None:
    code, bima, (one,) = doubly(study)
    old = study.code("penolong")
    study.give(one, "anak muda 1", code)
    study.give(one, "anak muda 1", old, bima)
    with study.step(verb="merge codes") as step:
        codebook.revise(step, old, {"merged_into": code})
    assert float(cells(table(study), "kader")["alpha"]) == 1


def test_coders_are_typed_with_commas_or_one_by_one() -> None:
    assert coders_named(("sari, bima", "citra"), Filter()).coders == ("sari", "bima", "citra")


def test_the_notice_of_a_project_stands_under_its_figures() -> None:
    study = Study("sari", notice="data latihan")
    code, bima, (one,) = doubly(study)
    study.give(one, "anak muda 1", code)
    study.give(one, "anak muda 1", code, bima)
    assert "data latihan" in notes(table(study))
    assert "data latihan" in notes(listed(study))


def test_ten_documents_are_enough_and_a_rare_code_falls_out_of_some_draws(study: Study) -> None:
    code, bima, made = doubly(study, 10)
    rare = study.code("jarang")
    for name, document in enumerate(made, start=1):
        for who in ("", bima):
            study.give(document, f"anak muda {name}", code, who)
    for who in ("", bima):
        study.give(made[0], "takut salah 1", rare, who)
    found = table(study, all=True, seed=1)
    assert "rough" not in notes(found)
    assert "1 of 2 intervals leave out draws in which the code did not occur" in notes(found)
    assert column(found, "f1") == {"kader": "1.0", "jarang": "1.0"} | {
        title: "-" for title in column(found, "f1") if title not in ("kader", "jarang")
    }
    assert "1 of 2 codes that anybody gave: jarang" in notes(found)
