"""Every table equals a second count that shares no code with the program."""

from __future__ import annotations

import pytest

from qcode.analysis import frequency as analysis
from qcode.analysis.comparison import comparison
from qcode.analysis.crossing import crossed
from qcode.analysis.patterns import places
from qcode.model.filter import Filter
from qcode.workflows.frequency import Asked, frequency
from tests.workflows.recount import Ledger
from tests.workflows.stories import Story, titles
from tests.workflows.studies import cells
from tests.workflows.test_views import matrices_are_equal, pairs_are_equal, saturation_is_equal


@pytest.mark.parametrize("seed", range(100))
def test_every_table_equals_a_second_count_letter_by_letter(seed: int) -> None:
    story = Story(seed)
    ledger, layer = story.ledger, story.study.layer()
    with story.study.project.read() as connection:
        whole = frequency(connection, Filter(), Asked(rolled=True))
    for counted, rolled in ((analysis.frequency(layer), False), (whole, True)):
        listed = {str(row[0]): row for row in counted.rows}
        for id, title in titles(ledger).items():
            if ledger.labels[id].retired and title not in listed:
                continue
            wanted, row = ledger.row(id, rolled=rolled), cells(counted, title)
            assert row == {"code": title, **{key: wanted[key] for key in list(row)[1:]}}
    if any(ledger.people[id].villages for id in ledger.informants()):
        compared_equally(story)
    coders_equally(story)
    pairs_are_equal(story, seed)
    matrices_are_equal(story)
    saturation_is_equal(story)


def compared_equally(story: Story) -> None:
    ledger, layer = story.ledger, story.study.layer()
    village, role = story.study.attribute("village"), story.study.attribute("role")
    table = comparison(layer, village, role)
    listed = {str(row[0]) for row in table.rows}
    for id, title in titles(ledger).items():
        if title in listed:
            wanted = {"code": title, **ledger.compared(id), **ledger.row(id)}
            row = cells(table, title)
            assert row == {key: wanted[key] for key in row}
    sorts = places(layer, village).sorts.values()
    assert {placed.code: str(placed.at.cell) for some in sorts for placed in some} == {
        id: where for id, title in titles(ledger).items() if title in listed
        for where in [ledger.compared(id)["where"]]
        if where not in "-·" and "the only one" not in where
    }  # fmt: skip
    both = crossed(layer, village, role)
    keys = [column.key for column in both.columns]
    rows = [dict(zip(keys, map(str, row), strict=True)) for row in both.rows]
    for id, title in titles(ledger).items():
        if title in listed:
            wanted_rows = [{"code": title, **row} for row in ledger.crossed(id)]
            assert [row for row in rows if row["code"] == title] == wanted_rows


def coders_equally(story: Story) -> None:
    """Count what each coder gave as if everything had been his alone."""
    ledger, record = story.ledger, story.ledger.record
    names = dict(zip(story.coders, ("sari", "bima", "ani"), strict=True))
    standing = {mark.coder for mark in ledger.marks.values()
                if any(passages_of(ledger, mark.coder, id) for id in ledger.labels)}  # fmt: skip
    if not standing:
        return
    with story.study.project.read() as connection:
        table = frequency(connection, Filter(), Asked(by_coder=True))
    assert {str(one.title) for one in table.columns[1:]} == {names[coder] for coder in standing}
    listed = {str(row[0]) for row in table.rows}
    for coder in standing:
        counted_as(ledger, dict.fromkeys(ledger.papers, coder))
        for id, title in titles(ledger).items():
            if title in listed:
                wanted, row = ledger.row(id), cells(table, title)
                for key in ("cases", "passages"):
                    assert row[f"{key}:{names[coder]}"] == wanted[key]
    counted_as(ledger, record)


def counted_as(ledger: Ledger, record: dict[str, str]) -> None:
    """Let the codings of these coders count, by document."""
    ledger.record = record
    ledger.forget()


def passages_of(ledger: Ledger, coder: str, code: str) -> bool:
    record = ledger.record
    counted_as(ledger, dict.fromkeys(ledger.papers, coder))
    papers = ledger.live("interview", "observation")
    found = any(ledger.passages(paper, code) for paper in papers)
    counted_as(ledger, record)
    return found
