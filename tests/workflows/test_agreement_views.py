"""Agreement of each two coders, of each document; what each coder does; codes taken for others."""

from __future__ import annotations

from typing import Any

import pytest

from qcode.model.filter import Filter
from qcode.model.table import Table
from qcode.workflows.agreement import Measure, agreement, agreement_by
from tests.workflows.studies import Study, cells, column, interview, notes, spoken


@pytest.fixture
def study() -> Study:
    return Study("sari")


def view(study: Study, by: str, *codes: str, unit: str = "turn", hide: bool = False) -> Table:
    with study.project.read() as connection:
        return agreement_by(connection, Filter(codes=codes), Measure(unit), by, hide=hide)


def threefold(study: Study) -> dict[str, str]:
    """Return ids: of three coders, the third gives other words another code."""
    made = {"kader": study.code("kader"), "takut": study.code("takut"),
            "bima": study.coder("bima"), "citra": study.coder("citra")}  # fmt: skip
    for name in ("1", "2"):
        words = interview(f"anak muda {name}", f"takut salah {name}", f"sudah bisa {name}")
        case = study.case(f"I{name}")
        document = study.document(f"W{name}", spoken(*words), cases_of={"N": case})
        made[f"W{name}"] = document
        for who in ("", made["bima"]):
            study.give(document, f"anak muda {name}", made["kader"], who)
        study.give(document, f"anak muda {name}", made["takut"], made["citra"])
    for who in ("", made["bima"], made["citra"]):
        study.give(made["W2"], "sudah bisa 2", made["kader"], who)
    return made


def test_each_two_coders_have_their_kappa_the_lowest_first(study: Study) -> None:
    threefold(study)
    found = view(study, "pair")
    pairs = [(str(row[0]), str(row[1])) for row in found.rows]
    assert pairs[-1] == ("sari", "bima")
    assert float(cells(found, "sari")["documents"]) == 2
    assert float(str(found.rows[-1][3])) == 1
    assert float(str(found.rows[0][3])) < 1
    on_code = view(study, "pair", "takut")
    assert [str(row[2]) for row in on_code.rows].count("takut") == 3
    assert on_code.rows[-1][4].__class__.__name__ == "Blank"


def test_what_each_coder_does_names_who_stands_alone_and_alpha_without_him(study: Study) -> None:
    threefold(study)
    found = view(study, "coder")
    citra = cells(found, "citra")
    assert (citra["documents"], citra["segments"], citra["alone"]) == ("2", "3", "2 of 3")
    assert (citra["characters"], citra["mean"]) == ("34", "11")
    assert float(citra["without"]) == 1
    assert float(cells(found, "sari")["without"]) < 1
    assert cells(found, "sari")["alone"] == "0 of 3"


def test_documents_come_the_worst_first_with_all_without_them(study: Study) -> None:
    made = threefold(study)
    found = view(study, "document")
    assert list(column(found, "alpha")) == ["W1", "W2"]
    first, second = (float(column(found, "without")[name]) for name in ("W1", "W2"))
    assert first == pytest.approx(float(column(found, "alpha")["W2"]))
    assert second == pytest.approx(float(column(found, "alpha")["W1"]))
    assert "pooled alpha of all: 0." in notes(found)
    people = view(study, "document", unit="informant")
    assert column(people, "codes") == {"I1": "0 of 2", "I2": "1 of 2"}
    study.give(made["W1"], "takut salah 1", made["takut"])
    with study.project.read() as connection:
        two = agreement_by(connection, Filter(coders=("sari", "bima")), Measure(), "document")
    assert column(two, "disagreements") == {"W1": "1", "W2": "0"}


def test_codes_taken_for_one_another_are_counted_in_characters_and_units(study: Study) -> None:
    threefold(study)
    found = view(study, "confusion")
    assert [tuple(map(str, row)) for row in found.rows] == [
        ("kader", "takut", "44", "4", "58", "0")
    ]
    assert "whichever of them gave which" in notes(found)
    assert view(study, "confusion", "kader").rows == found.rows


def test_with_two_coders_a_confusion_says_who_gave_which(study: Study) -> None:
    made = threefold(study)
    study.give(made["W1"], "takut salah 1", made["takut"])
    with study.project.read() as connection:
        found = agreement_by(connection, Filter(coders=("sari", "citra")), Measure(), "confusion")
    assert [one.title for one in found.columns[:2]] == ["sari gave", "citra gave"]
    assert [tuple(map(str, row))[:3] for row in found.rows] == [
        ("kader", "takut", "22"), ("takut", "nothing", "13"),
    ]  # fmt: skip


@pytest.mark.parametrize("by", ["pair", "coder", "document", "confusion"])
def test_hidden_names_stand_nowhere_and_figures_stay(study: Study, by: str) -> None:
    threefold(study)

    def told(found: Table) -> str:
        return " ".join([
            *(f"{column.title} {column.key}" for column in found.columns),
            *(str(cell) for row in found.rows for cell in row), *found.notes,
        ])  # fmt: skip

    hidden = view(study, by, hide=True)
    assert not [name for name in ("sari", "bima", "citra") if name in told(hidden)]
    with study.project.read() as connection:
        whole = agreement(connection, Filter(), Measure(), hide=True)
        shown = agreement(connection, Filter(), Measure())
    assert not [name for name in ("sari", "bima", "citra") if name in told(whole)]
    alphas: list[Any] = [[row[4] for row in one.rows] for one in (whole, shown)]
    assert alphas[0] == pytest.approx(alphas[1])


@pytest.mark.parametrize("by", ["pair", "coder", "document", "confusion"])
def test_a_view_of_nothing_says_so(study: Study, by: str) -> None:
    study.code("kader")
    found = view(study, by)
    assert found.rows == ()
    assert "no document was coded or finished by two" in notes(found)
