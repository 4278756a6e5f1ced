"""Which cases a bound of their values leaves, and what cannot be compared."""

from __future__ import annotations

import pytest

from qcode.errors import QcodeError
from qcode.model.case import Attribute, Case
from qcode.store import cases
from qcode.workflows.asking import filter_typed
from qcode.workflows.choosing import cases_of
from qcode.workflows.people import case_named, set_value
from tests.workflows.studies import Study

TYPES = (
    Attribute("", "usia", "number"), Attribute("", "omzet", "number", multiple=True),
    Attribute("", "bertemu", "date"), Attribute("", "anak"), Attribute("", "tahun"),
    Attribute("", "lahir"), Attribute("", "desa"), Attribute("", "fiktif", "yes/no"), Attribute("", "kosong", "number"),
)  # fmt: skip
PEOPLE: dict[str, dict[str, str | tuple[str, ...]]] = {
    "W01": {"usia": "39", "omzet": ("1,5", "30"), "bertemu": "2019-02-28", "anak": "2",
            "lahir": "1990"},
    "W02": {"usia": "40", "omzet": ("2.5",), "bertemu": "2019-03", "anak": "10",
            "lahir": "1980"},
    "W03": {"usia": "61,5", "bertemu": "2019", "tahun": "2018", "desa": "A", "fiktif": "yes"},
    "W04": {"tahun": "2019-06", "desa": "40"},
}  # fmt: skip


@pytest.fixture(scope="module")
def study() -> Study:
    return made()


def made() -> Study:
    study = Study()
    with study.step(verb="import cases") as step:
        people = [
            Case("", "informant", name, {
                key: (value,) if isinstance(value, str) else value for key, value in given.items()
            }) for name, given in PEOPLE.items()
        ]  # fmt: skip
        cases.add(step, people, TYPES)
    return study


def chosen(study: Study, line: str) -> str:
    with study.project.read() as connection:
        return " ".join(one.name for one in cases_of(connection, filter_typed(line), "so"))


@pytest.mark.parametrize(
    ("line", "left"),
    [
        ("--where usia>=40", "W02 W03"), ("--where usia<40", "W01"), ("--where us>40", "W03"),
        ("--where usia>=40 --where usia<61,4", "W02"), ("--where usia<=61.5", "W01 W02 W03"),
        # Of several values one is enough, and it alone must fit all bounds.
        ("--where omzet>=1,5 --where omzet<=2", "W01"), ("--where omzet>2", "W01 W02"),
        ("--where bertemu>=2019-03", "W02"), ("--where bertemu<2019-03", "W01"),
        ("--where bertemu<=2019", "W01 W02 W03"),
        # Tables of cases bring texts: what all values are, they are compared as.
        ("--where anak>5", "W02"), ("--where tahun<2019-01", "W03"), ("--where tahun>=2019", "W04"),
        ("--where lahir>=1985", "W01"), ("--where lahir<1985-06", "W02"),
        ("--where usia>39 --where desa=A", "W03"),
    ],
)  # fmt: skip
def test_a_bound_leaves_the_cases_of_which_a_value_is_known_to_fit(
    study: Study, line: str, left: str
) -> None:
    assert chosen(study, line) == left


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("--where desa>=40", r"all numbers, nor all dates: “A” \(W03\); one of them is asked for as “desa=VALUE”"),
        ("--where fiktif>1", "nor all dates: “yes”"),
        ("--where usia>=tua", "“tua” is no number"),
        ("--where usia>=2.650.000", "without signs between thousands"),
        ("--where usia>=1.500", "may be 1500 or a decimal number; write 1500 or 1.5000"),
        ("--where bertemu>=Maret", "“Maret” is no date, as “bertemu” is"),
        ("--where usia>=90", "that is >=90; there are values from 39 to 61,5"),
        ("--where usia>=45 --where usia<45", "that is >=45 and <45"),
        ("--where anak>90", "there are values from 2 to 10"),
        ("--where usia=40 --where usia>20", "leave one out"),
        ("--where kosong>1", "no case has a value of “kosong”"),
        ("--where agama>1", "no attribute “agama”"),
    ],
)  # fmt: skip
def test_a_bound_that_means_nothing_is_refused_with_a_sentence(
    study: Study, line: str, told: str
) -> None:
    with pytest.raises(QcodeError, match=told):
        chosen(study, line)


def test_a_value_is_set_as_one_of_its_type_or_refused() -> None:
    study = made()
    for name, value, held in (
        ("usia", " 40,5", "40,5"), ("bertemu", "2019-03", "2019-03"), ("fiktif", "Ya", "yes"),
        ("fiktif", "tidak", "no"), ("desa", " Kota", "Kota"), ("Usia", "", ""),
        ("usia=70", "", "no attribute “usia=70”"),
        ("usia", "tua", "“usia”: a number"), ("bertemu", "2019-13", "“bertemu”: a date"),
        ("fiktif", "mungkin", "“fiktif”: yes, no or nothing"),
    ):  # fmt: skip
        told = ""
        with study.step(verb="case") as step:
            case = case_named(step.connection, "W04")
            try:
                set_value(step, case, name, (value,) if value else ())
            except QcodeError as error:
                told = str(error)
        with study.project.read() as connection:
            found = case_named(connection, "W04").value(name.casefold())
        assert told.startswith(held) if told else found == held


@pytest.mark.parametrize(("attribute", "value"), [("usia", "kira-kira 50"), ("bertemu", "Maret")])
def test_a_value_that_is_not_of_its_type_is_told_and_not_guessed_at(
    attribute: str, value: str
) -> None:
    study = Study()
    with study.step(verb="import cases") as step:
        known = [Case("", "informant", "W01", {attribute: ("2019",)}),
                 Case("", "informant", "W02", {attribute: (value,)})]  # fmt: skip
        cases.add(step, known, TYPES)
    with pytest.raises(QcodeError, match=rf"“{value}” \(W02\) is no"):
        chosen(study, f"--where {attribute}>=2000")
