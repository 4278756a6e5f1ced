"""Indicators of a project: published totals of the sample, and what is asked for by name."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from qcode.errors import BadInput, NotFound
from qcode.formats.folder.about import read_about
from qcode.model.case import Attribute, Case
from qcode.model.table import Table
from qcode.settings import shipped
from qcode.store import cases
from qcode.workflows import plain_export, plain_import
from qcode.workflows.indicators import indicators
from tests.workflows.studies import Study, notes

SAMPLE = "three-villages"


@pytest.fixture(scope="module")
def villages() -> Study:
    study = Study()
    with study.step(verb="import") as step:
        plain_import.store(step, plain_import.read(shipped("projects") / SAMPLE))
    return study


def asked(study: Study, kind: str = "", **how: object) -> Table:
    with study.project.read() as connection:
        return indicators(connection, kind, **how)  # type: ignore[arg-type]


def test_the_indicators_of_the_sample_are_those_of_the_paper(villages: Study) -> None:
    table = asked(villages, totals=True)
    assert {str(row[0]): tuple(map(str, row[3:])) for row in table.rows} == {
        "usaha": ("45", "128", "+184 %"), "tenaga kerja": ("67", "189", "+182 %"),
        "omzet": ("2500000", "3850000", "+54 %"), "margin": ("15", "23", "+8 points"),
        "jangkauan": ("3", "8", "-"),
    }  # fmt: skip
    said = notes(table)
    assert "45 before and 128 after; they are not the same ones, so that +54 %" in said
    assert "left out, as one side is missing: perempuan sesudah" in said
    assert "data latihan" in said


def test_an_attribute_whose_side_is_there_twice_is_named_and_the_first_counts() -> None:
    study = Study()
    values = {
        "Omzet before": "10",
        "Omzet after": "15",
        "Omzet sebelum": "99",
        "usaha sesudah": "3",
    }
    with study.step() as step:
        known = [Attribute("", name, "number") for name in values]
        given = {name: (value,) for name, value in values.items()}
        cases.add(step, [Case("", "village", "A", given)], known)
    table = asked(study)
    assert [str(cell) for cell in table.rows[0]] == ["Omzet", "", "A", "10", "15", "+50 %"]
    assert "left out, as another attribute is the same side: Omzet sebelum" in table.notes
    assert "left out, as one side is missing: usaha sesudah" in table.notes


def test_weight_and_unit_may_be_asked_for(villages: Study) -> None:
    how: Mapping[str, object] = {"weights": [("omzet", "tenaga kerja")], "units": [("usaha", "%")]}
    table = asked(villages, "village", totals=True, **how)
    rows = {str(row[0]): row for row in table.rows}
    assert rows["omzet"][2] == "all 3: mean by tenaga kerja"
    assert str(rows["usaha"][3]) == "-"


def test_what_an_attribute_is_counted_in_goes_out_and_comes_in(
    villages: Study, tmp_path: Path
) -> None:
    with villages.project.read() as connection:
        before = cases.attributes_of(connection)
        plain_export.write(connection, tmp_path / "out")
    assert {one.weight for one in before} == {"", "usaha sebelum", "usaha sesudah"}
    out = read_about(tmp_path / "out" / "project.toml").attributes
    assert [(one.name, one.unit, one.weight) for one in out] == [
        (one.name, one.unit, one.weight) for one in before
    ]
    (tmp_path / "project.toml").write_text(
        '[project]\nname = "x"\n[[attribute]]\nname = "omzet"\nweight = "usha"\n'
    )
    with pytest.raises(BadInput, match="usha"):
        read_about(tmp_path / "project.toml")


def test_a_project_without_pairs_says_how_to_name_them() -> None:
    study = Study()
    study.case("Desa A", {"luas": "3"}, kind="village")
    with pytest.raises(NotFound, match="omzet sebelum"):
        asked(study)
    study.case("Desa B", {"omzet sebelum": (), "omzet sesudah": ()}, kind="village")
    with pytest.raises(NotFound, match="no case has a value"):
        asked(study)
