"""Numbers of the charts are those of the tables, and behind each stand its passages alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace

import pytest

from qcode.analysis.cooccurrence.meeting import NEAR, OVERLAP, TURN, Way
from qcode.analysis.cooccurrence.table import INFORMANTS, JACCARD
from qcode.analysis.matrix import CASES, DOCUMENTS, PASSAGES, PRESENT, WORDS
from qcode.model.filter import Filter
from qcode.model.heat import Heat, HeatColumn, HeatRow
from qcode.model.span import united
from qcode.model.table import Blank, Cell, Share
from qcode.settings import shipped
from qcode.store import cases
from qcode.workflows import heatmap as charts
from qcode.workflows import plain_import
from qcode.workflows.behind import Cut, behind, first_passages
from qcode.workflows.choosing import resolved
from qcode.workflows.comparison import comparison
from qcode.workflows.cooccurrence import Asked, cooccurrence
from qcode.workflows.heatmap import CODES, GROUPS, Field, heatmap
from qcode.workflows.matrix import matrix
from qcode.workflows.retrieving import Shelf, retrieved
from qcode.workflows.saturation import How, course
from tests.workflows.stories import Story
from tests.workflows.studies import Study, interview, spoken


@pytest.fixture(scope="module")
def sample() -> Iterator[Study]:
    study = Study()
    with study.step(verb="import") as step:
        plain_import.store(step, plain_import.read(shipped("projects") / "three-villages"))
    yield study
    study.project.close()


def columns_of(rows: list[tuple[Cell, ...]], first: int) -> list[tuple[Cell, ...]]:
    return [row[first:] for row in rows]


def test_cells_hold_what_the_tables_hold(sample: Study) -> None:
    with sample.project.read() as connection:
        names = [one.name for one in cases.attributes_of(connection)]
        by = charts.usual(names)
        assert by == Field(GROUPS, "desa")
        compared = comparison(connection, "desa", "", Filter())
        groups = [at for at, one in enumerate(compared.columns) if one.key.startswith("group:")]
        field = heatmap(connection, Filter(), by)
        assert [row.cells for row in field.rows] == [
            tuple(row[at] for at in groups) for row in compared.rows
        ]
        assert [row.title for row in field.rows] == [row[0] for row in compared.rows]
        assert field.notes
        for rows, first in ((CASES, 1), (DOCUMENTS, 2)):
            for value in (PRESENT, PASSAGES, WORDS):
                for single in (True, False):
                    told = matrix(connection, Filter(), rows, value, rolled=not single).table.rows
                    found = heatmap(connection, Filter(), Field(rows, measure=value, single=single))
                    assert [row.cells for row in found.rows] == list(
                        zip(*columns_of(list(told), first), strict=True)
                    )
        for measure, way in ((INFORMANTS, Way(TURN)), (JACCARD, Way(OVERLAP))):
            how = Asked(way, rolled=True, measure=measure, matrix=True)
            pairs = cooccurrence(connection, Filter(), how)
            found = heatmap(connection, Filter(), Field(CODES, measure=measure, way=way))
            assert [row.cells for row in found.rows] == columns_of(list(pairs.rows), 2)


def numbered(field: Heat, every: int) -> Iterator[tuple[HeatRow, HeatColumn, Share | int | float]]:
    """Yield some of the cells that hold a number."""
    cells = (
        (row, column, cell)
        for row in field.rows
        for column, cell in zip(field.columns, row.cells, strict=True)
    )
    for at, (row, column, cell) in enumerate(cells):
        if at % every == 0 and isinstance(cell, Share | int | float):
            yield row, column, cell


def test_behind_a_share_stand_as_many_informants_and_only_retrieved_passages(
    sample: Study,
) -> None:
    with sample.project.read() as connection:
        shelf = Shelf(connection)
        of = Field(GROUPS, "desa")
        told = 0
        for row, column, cell in numbered(heatmap(connection, Filter(), of), 4):
            assert isinstance(cell, Share)
            asked = Filter(codes=(row.path,), where=(("desa", column.name),),
                           kinds=("interview", "focus group"))  # fmt: skip
            ids = {one.segment.coding.id
                   for one in retrieved(shelf, resolved(connection, asked)).passages}  # fmt: skip
            found = behind(connection, Filter(), of, Cut(row.code, column.key)).seen
            assert {one.coding for one in found} <= ids
            people = {case.id for one in found for case in one.passage.cases
                      if case.value("desa") == column.name and case.kind == "informant"}  # fmt: skip
            assert len(people) == cell.k
            told += cell.k
        assert told > 50


@pytest.mark.parametrize("of", [
    Field(DOCUMENTS), Field(CASES), Field(CODES), Field(CODES, way=Way(TURN)),
    Field(CODES, way=Way(NEAR, 20)), Field(CODES, measure=INFORMANTS, way=Way(TURN)),
    Field(CODES, measure=JACCARD, way=Way(TURN)),
])  # fmt: skip
def test_passages_stand_behind_a_number_and_none_behind_nought(sample: Study, of: Field) -> None:
    with sample.project.read() as connection:
        found = heatmap(connection, Filter(), of)
        seen = set()
        for row, column, cell in numbered(found, 3 if of.columns == CODES else 1):
            number = cell.k if isinstance(cell, Share) else cell
            if (bool(number), row.depth) in seen:
                continue
            seen.add((bool(number), row.depth))
            some = behind(connection, Filter(), of, Cut(row.code, column.key)).seen
            assert bool(some) == bool(number), (row.path, column.name)
            if of.columns == DOCUMENTS and number:
                assert {one.passage.page.document.id for one in some} == {column.key}
                assert all(one.passage.segment.code.startswith(row.path) for one in some)


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("way", [Way(OVERLAP), Way(TURN), Way(NEAR, 3)])
def test_behind_two_codes_stands_something_where_and_only_where_they_are_counted(
    seed: int, way: Way
) -> None:
    story = Story(seed)
    with story.study.project.read() as connection:
        for asked in (Filter(), Filter(where=(("role", "kader"),))):
            for measure in (PASSAGES, INFORMANTS, JACCARD):
                of = Field(CODES, measure=measure, way=way)
                for row, column, cell in numbered(heatmap(connection, asked, of), 1):
                    some = behind(connection, asked, of, Cut(row.code, column.key)).seen
                    assert bool(some) == bool(cell.k if isinstance(cell, Share) else cell)


@pytest.mark.parametrize("columns", [DOCUMENTS, CASES])
def test_a_code_has_the_passages_of_those_below_it_united(sample: Study, columns: str) -> None:
    of = Field(columns, measure=PASSAGES)
    with sample.project.read() as connection:
        found = heatmap(connection, Filter(), of)
        single = heatmap(connection, Filter(), replace(of, single=True))
        more = 0
        for row, own in zip(found.rows, single.rows, strict=True):
            for column, cell, alone in zip(found.columns, row.cells, own.cells, strict=True):
                if not isinstance(cell, int) or cell == alone:
                    continue
                more += 1
                if more % 10 == 0:
                    spans = defaultdict(list)
                    for one in behind(connection, Filter(), of, Cut(row.code, column.key)).seen:
                        spans[one.passage.page.document.id].append(one.passage.span)
                    assert sum(len(united(some)) for some in spans.values()) == cell
        assert more > 50


def test_what_stands_below_is_in_the_union_wherever_any_of_them_was_looked_for() -> None:
    study = Study()
    top = study.code("dimensi")
    low = study.code("kader", top)
    document = study.document("W1", spoken(*interview("satu dua tiga")))
    study.give(document, "satu", low)
    study.finish(document)
    study.give(document, "tiga", study.code("baru", top))
    with study.project.read() as connection:
        found = heatmap(connection, Filter(), Field(DOCUMENTS, measure=PASSAGES))
    assert [(row.title, str(row.cells[0])) for row in found.rows] == [
        ("dimensi", "2"), ("kader", "1"), ("baru", "·")
    ]  # fmt: skip


def test_passages_behind_a_number_of_chosen_cases_are_those_that_it_counts(sample: Study) -> None:
    of = Field(DOCUMENTS, measure=PASSAGES)
    men = Filter(documents=("W05",), where=(("gender", "laki-laki"),))
    with sample.project.read() as connection:
        found = heatmap(connection, men, of)
        assert "others speak too, who were not chosen" in "".join(found.notes)
        told = 0
        for row, column, cell in numbered(found, 1):
            some = behind(connection, men, of, Cut(row.code, column.key)).seen
            assert len(united([one.passage.span for one in some])) == cell
            told += len(some)
        assert told


def test_behind_words_stand_those_who_say_them_and_behind_a_case_interviews_alone() -> None:
    study = Study()
    code, who = study.code("kader"), study.case("I1")
    asked = study.document("W1", spoken(("P", "tanya dulu"), ("N", "jawab")), cases_of={"N": who})
    noted = study.document("O1", spoken(("N", "dicatat")), kind="observation", cases_of={"N": who})
    question = study.give(asked, "tanya dulu", code)
    study.give(noted, "dicatat", code)
    with study.project.read() as connection:

        def told(of: Field, column: str) -> tuple[str, list[str]]:
            found = heatmap(connection, Filter(), of)
            at = [one.key for one in found.columns].index(column)
            some = behind(connection, Filter(), of, Cut(code, column)).seen
            return str(found.rows[0].cells[at]), [one.coding for one in some]

        assert told(Field(DOCUMENTS, measure=WORDS), asked) == ("0", [])
        assert told(Field(DOCUMENTS, measure=PASSAGES), asked) == ("1", [question])
        for value in (PRESENT, PASSAGES, WORDS):
            assert told(Field(CASES, measure=value), who) == ("0", [])


def test_behind_informants_or_jaccard_stands_what_these_are_counted_from() -> None:
    study = Study()
    one, other = study.code("kader"), study.code("sinyal")
    first = study.document(
        "W1", spoken(("P", "tanya dulu"), ("N", "jawab"), ("P", "lalu apa"), ("N", "dan lagi")),
        cases_of={"N": study.case("I1")},
    )  # fmt: skip
    second = study.document(
        "W2", spoken(("P", "tanya"), ("N", "jawab panjang")), cases_of={"N": study.case("I2")}
    )
    for code in (one, other):
        study.give(first, "tanya dulu", code)
    answer = study.give(second, "jawab", one)
    study.give(second, "panjang", other)
    # Notes about somebody are no words of his.
    with study.project.read() as connection:
        about = {"N": next(case.id for case in cases.listed(connection) if case.name == "I2")}
    seen = study.document("O1", spoken(("N", "duduk")), kind="observation", cases_of=about)
    for code in (one, other):
        study.give(seen, "duduk", code)
    # Two codings that touch are one passage, in which N speaks: near what he says next.
    said = study.give(first, "N: jawab\n", one)
    asked = study.give(first, "P: lalu apa\n", one)
    study.give(first, "dan lagi", other)

    with study.project.read() as connection:

        def told(measure: str, way: Way) -> tuple[str, set[str]]:
            of = Field(CODES, measure=measure, way=way)
            found = heatmap(connection, Filter(), of)
            some = behind(connection, Filter(), of, Cut(one, f"code:{other}")).seen
            return str(found.rows[0].cells[1]), {one.coding for one in some}

        assert told(INFORMANTS, Way(OVERLAP)) == ("0 of 2", set())
        assert len(told(PASSAGES, Way(OVERLAP))[1]) == 2
        assert told(INFORMANTS, Way(TURN)) == ("1 of 2", {answer})
        assert told(INFORMANTS, Way(NEAR, 1)) == ("2 of 2", {answer, said, asked})
        assert answer not in told(JACCARD, Way(TURN))[1], "they share no character"


def test_whose_words_do_not_count_is_no_informant_where_codes_meet_nor_behind_it() -> None:
    study = Study()
    one, other, asked_for = study.code("kader"), study.code("sinyal"), study.code("takut")
    people = {label: study.case(label) for label in "AB"}
    text = spoken(("A", "satu"), ("B", "tiga"), ("A", "lima"))
    document = study.document("W1", text, cases_of=people)
    study.give(document, "satu", asked_for)
    study.give(document, "satu\nB: tiga", one)
    study.give(document, "tiga\nA: lima", other)

    def told(asked: Filter) -> tuple[str, int]:
        of = Field(CODES, measure=INFORMANTS)
        with study.project.read() as connection:
            found = heatmap(connection, asked, of)
            some = behind(connection, asked, of, Cut(one, f"code:{other}")).seen
            return str(found.rows[0].cells[1]), len(some)

    assert told(Filter()) == ("1 of 2", 1)
    assert told(Filter(also=("takut",), within="case")) == ("0 of 2", 0), "B never speaks of takut"


def test_each_new_code_stands_where_it_was_first_said(sample: Study) -> None:
    with sample.project.read() as connection:
        found = course(connection, Filter(), How(orders=0))
        assert found.band is None
        for sitting, new in zip(found.sittings[:6], found.progress.new[:6], strict=True):
            documents = [one.id for one in sitting.documents]
            firsts = first_passages(connection, Filter(), documents, new).seen
            assert {one.passage.segment.coding.code for one in firsts} == set(new)
            assert {one.passage.page.document.id for one in firsts} <= set(documents)


def test_steps_are_fifths_of_a_share_or_of_the_largest_number() -> None:
    def steps(*cells: Cell) -> list[int]:
        row = HeatRow("a", "a", "a", 0, cells)
        field = Heat("", "", tuple(HeatColumn(str(at), "", "") for at, _one in enumerate(cells)),
                     (row,))  # fmt: skip
        return [field.step(cell) for cell in cells]

    assert steps(Share(0, 8), Share(1, 8), Share(1, 5), Share(2, 9), Share(8, 8)) == [0, 1, 1, 2, 5]
    assert steps(0, 1, 2, 5, Blank("·", "")) == [0, 1, 2, 5, 0]
    assert steps(0.0, 0.06, 0.3) == [0, 1, 5]
    assert steps(0, 0) == [0, 0]
    sizes = Heat("", "", (), (HeatRow("a", "a", "a", 0, (7,)),))
    assert list(sizes.bounds()) == [(1, "1"), (2, "2"), (3, "3-4"), (4, "5"), (5, "6-7")]
