"""Which interviews the curve of new codes takes as one."""

from __future__ import annotations

from qcode.model.filter import Filter
from qcode.model.table import Table
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
