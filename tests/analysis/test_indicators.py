"""What was counted before and after: which attributes are pairs, totals, and change."""

from __future__ import annotations

import pytest

from qcode.analysis.indicators import Indicator, indicators, paired, reweighted
from qcode.model.case import Attribute, Case
from qcode.model.table import Blank, Table


def attribute(name: str, type: str = "number", unit: str = "", weight: str = "", *,
              multiple: bool = False) -> Attribute:  # fmt: skip
    return Attribute(name, name, type, multiple, unit, weight)


def pair(stem: str, unit: str = "", weight: str = "") -> Indicator:
    weights = (f"{weight} before", f"{weight} after") if weight else ("", "")
    found, _alone = paired([
        attribute(f"{stem} before", unit=unit, weight=weights[0]),
        attribute(f"{stem} after", unit=unit, weight=weights[1]),
    ])  # fmt: skip
    return found[0]


def village(name: str, **values: str) -> Case:
    given = {key.replace("_", " "): (value,) for key, value in values.items() if value}
    return Case(name, "village", name, given)


def rows(table: Table) -> list[list[str]]:
    return [[str(cell) for cell in row[2:]] for row in table.rows]


def test_attributes_are_a_pair_by_the_last_word_of_their_names() -> None:
    found, alone = paired([
        attribute("Omzet sebelum"), attribute("omzet SESUDAH"), attribute("jobs before"),
        attribute("jobs after"), attribute("perempuan sesudah"), attribute("sebelum"),
        attribute("usia"),
    ])  # fmt: skip
    assert [(one.name, one.sides) for one in found] == [
        ("Omzet", ("Omzet sebelum", "omzet SESUDAH")), ("jobs", ("jobs before", "jobs after")),
    ]  # fmt: skip
    assert [one.name for one in alone] == ["perempuan sesudah"]


def test_what_is_counted_is_added_up_and_what_is_a_mean_is_weighted() -> None:
    cases = [
        village("A", firms_before="16", firms_after="46", sales_before="2.65", sales_after="4.1"),
        village("B", firms_before="29", firms_after="82", sales_before="2.5", sales_after="3.5"),
    ]
    table = indicators(cases, [pair("firms"), pair("sales", weight="firms")], "village")
    assert rows(table)[:3] == [
        ["A", "16", "46", "+188 %"], ["B", "29", "82", "+183 %"], ["all 2: sum", "45", "128", "+184 %"],
    ]  # fmt: skip
    name, before, after, change = table.rows[5][2:]
    assert name == "all 2: mean by firms"
    assert before == pytest.approx((2.65 * 16 + 2.5 * 29) / 45)
    assert after == pytest.approx((4.1 * 46 + 3.5 * 82) / 128)
    assert change == "+46 %"
    assert any("not the growth of one of them" in note for note in table.notes)
    assert rows(indicators(cases, [pair("firms")], "village", totals=True)) == [rows(table)[2]]
    same = [village("A", firms_before="16", firms_after="16", sales_before="2", sales_after="4")]
    said = indicators(same, [pair("sales", weight="firms")], "village").notes
    assert not any("not the growth of one of them" in note for note in said)


@pytest.mark.parametrize(
    ("unit", "before", "after", "change"),
    [
        ("", "10", "15", "+50 %"), ("", "10", "10", "0 %"), ("", "10", "9", "-10 %"),
        ("", "0", "5", "-"), ("", "10", "", "-"), ("", "", "5", "-"), ("", "ten", "5", "-"),
        ("", "nan", "5", "-"), ("%", "15", "23", "+8 points"), ("%", "15", "14.5", "-0.5 points"),
        ("%", "15", "15", "0 points"), ("%", "15", "14,5", "-0.5 points"),
    ],
)  # fmt: skip
def test_a_change_that_is_no_number_is_blank_and_says_why(
    unit: str, before: str, after: str, change: str
) -> None:
    one = village("A", x_before=before, x_after=after)
    cell = indicators([one], [pair("x", unit)], "village").rows[0][-1]
    assert str(cell) == change
    assert change != "-" or (isinstance(cell, Blank) and cell.why)


def test_who_lacks_a_value_is_in_no_total_and_it_is_said() -> None:
    cases = [village("A", x_before="1", x_after="2"), village("B", x_before="5")]
    table = indicators(cases, [pair("x")], "village")
    assert rows(table)[1:] == [["B", "5", "·", "-"], ["all 1: sum", "1", "2", "+100 %"]]
    assert "x: 1 of 2 have all values and are in the total" in table.notes


def test_who_has_no_weight_is_in_no_mean() -> None:
    cases = [village("A", x_before="1", x_after="2", n_before="4", n_after="4"),
             village("B", x_before="9", x_after="9", n_before="4")]  # fmt: skip
    table = indicators(cases, [pair("x", weight="n")], "village")
    assert rows(table)[2] == ["all 1: mean by n", "1", "2", "+100 %"]
    assert "x: 1 of 2 have all values and are in the total" in table.notes


def test_percentages_without_a_weight_have_no_total() -> None:
    cases = [village("A", x_before="1", x_after="2"), village("B", x_before="5", x_after="6")]
    table = indicators(cases, [pair("x", "%")], "village")
    assert rows(table)[2] == ["all 2: sum", "-", "-", "-"]
    nothing = [village("A", x_before="1", x_after="2", n_before="0", n_after="0"),
               village("B", x_before="1", x_after="2", n_before="0", n_after="0")]  # fmt: skip
    weighted = reweighted(pair("x"), {"x": pair("n")}, {"x": "%"})
    assert rows(indicators(nothing, [weighted], "village"))[2] == [
        "all 2: mean by n", "-", "-", "-",
    ]  # fmt: skip


def test_what_is_no_number_tells_how_many_different_values_and_does_not_change() -> None:
    reach, _alone = paired([
        attribute("reach before", "text"), attribute("reach after", "text", multiple=True)
    ])  # fmt: skip
    cases = [
        Case("A", "village", "A", {"reach before": ("Boyolali",), "reach after": ("x", "y")}),
        Case("B", "village", "B", {"reach before": ("Klaten",), "reach after": ("y", "z")}),
        Case("C", "village", "C"),
    ]
    table = indicators(cases, reach, "village")
    assert rows(table) == [
        ["A", "1", "2", "-"], ["B", "1", "2", "-"], ["C", "·", "·", "-"],
        ["all 2: different values", "2", "3", "-"],
    ]  # fmt: skip
    assert "reach: before Boyolali, Klaten; after x, y, z" in table.notes
