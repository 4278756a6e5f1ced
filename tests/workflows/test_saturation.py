"""Which interviews the curve of new codes takes as one, and what its notes say of dates."""

from __future__ import annotations

from qcode.model.filter import Filter
from qcode.model.table import Table
from qcode.store import documents
from qcode.workflows.saturation import How, saturation
from tests.workflows.studies import Study, spoken


def curve(study: Study, wanted: Filter = Filter()) -> Table:  # noqa: B008 - frozen
    with study.project.read() as connection:
        return saturation(connection, wanted, How(orders=0))


def names(table: Table) -> list[str]:
    return [str(row[1]) for row in table.rows]


def test_interviews_of_an_informant_who_was_not_chosen_stay_one() -> None:
    study = Study()
    code = study.code("a")
    people = [study.case(f"I{n}", {"village": village}) for n, village in enumerate("ABAA", 1)]
    household = study.case("Desa", kind="village")
    # The first two share I2, the first and the third I1; all four belong to one village.
    for name, some in (("W1", (0, 1)), ("W2", (1, 2)), ("W3", (0,)), ("W4", (3,))):
        labels = {f"N{n}": people[n] for n in some}
        words = [(label, f"satu {label}") for label in labels]
        id = study.document(name, spoken(("P", "apa"), *words), cases_of={**labels, "": household})
        study.give(id, "satu", code)
    assert names(curve(study)) == ["W1 + W2 + W3", "W4"]
    assert names(curve(study, Filter(where=(("village", "A"),)))) == ["W1 + W2 + W3", "W4"]
    assert names(curve(study, Filter(where=(("village", "B"),)))) == ["W1 + W2"]


def test_only_interviews_whose_row_has_no_date_are_said_to_come_last() -> None:
    study = Study()
    code, one, other = study.code("a"), study.case("I1"), study.case("I2")
    papers = []
    for name, case in (("W1", one), ("W2", one), ("W3", other), ("W4", study.case("I3"))):
        papers.append(study.document(name, spoken(("N", f"satu {name}")), cases_of={"N": case}))
        study.give(papers[-1], "satu", code)
    with study.step(verb="document") as step:
        documents.set_details(step, papers[0], {"date": "2025-01-01"})
        documents.set_details(step, papers[2], {"date": "2025-02-01"})
    table = curve(study)
    assert [str(row[2]) for row in table.rows] == ["2025-01-01", "2025-02-01", "·"]
    assert [note for note in table.notes if "no date" in note] == [
        "1 interview has no date that could be read and comes last: W4"
    ]
