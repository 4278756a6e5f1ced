"""Each interview of the networks is told as a story; some cells of the villages are summed up."""

from __future__ import annotations

import csv
from itertools import pairwise
from pathlib import Path

import pytest

from qcode.settings import shipped
from qcode.store.opening import create
from qcode.store.project import Project, Reader
from qcode.workflows import framework, narrative, plain_import
from qcode.workflows.people import case_named

PLACE = ("document", "start", "end", "code", "coder")
INTERVIEWS = ("B14", "B24", "B32", "B40", "B47", "B50")
Row = dict[str, str]


def rows(project: str, file: str) -> list[Row]:
    path = shipped("projects") / project / file
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


STORIES = rows("banyumas-networks", "narratives.csv")


def imported(name: str, folder: Path) -> Project:
    project, who = create(str(folder / f"{name}.qcode"), name, coder="sari")
    with project.write(who, "import") as step:
        plain_import.store(step, plain_import.read(shipped("projects") / name))
    return project


@pytest.mark.parametrize("name", INTERVIEWS)
def test_an_interview_is_told_with_headings_sentences_and_passages_of_its_own(name: str) -> None:
    told = [row for row in STORIES if row["case"] == f"informant: {name}"]
    kinds = [row["kind"] for row in told]
    assert 8 <= len(told) <= 15
    assert kinds[0] == "heading"
    assert kinds[-1] == "passage"
    assert "sentence" in kinds
    assert ("heading", "heading") not in set(pairwise(kinds))
    coded = {tuple(row[key] for key in PLACE)
             for row in rows("banyumas-networks", "codings.csv")}  # fmt: skip
    passages = [tuple(row[key] for key in PLACE) for row in told if row["kind"] == "passage"]
    assert len(set(passages)) == len(passages)
    assert set(passages) <= coded
    assert {document for document, *_place in passages} == {name}


def test_only_those_who_were_interviewed_have_a_story_and_no_passage_of_it_stays_inside(
    tmp_path: Path,
) -> None:
    assert {row["case"] for row in STORIES} == {f"informant: {name}" for name in INTERVIEWS}
    project = imported("banyumas-networks", tmp_path)
    with project.read() as connection:
        stories = [narrative.story(connection, case_named(connection, one)) for one in INTERVIEWS]
    project.close()
    assert sum(len(story.pieces) for story in stories) == len(STORIES)
    for story in stories:
        for piece in story.pieces:
            assert not piece.gap, story.title
            assert piece.kind != "passage" or "data latihan" in piece.reference


def test_each_summary_of_the_villages_has_passages_and_nothing_changed_under_it(
    tmp_path: Path,
) -> None:
    project = imported("three-villages", tmp_path)
    written = rows("three-villages", "summaries.csv")
    assert len({row["case"] for row in written}) == 5
    assert len({row["code"] for row in written}) == 3
    with project.read() as connection:
        for row in written:
            cell = one_cell(connection, row)
            assert cell.passages, row
            assert cell.text == row["text"]
            assert not cell.drift, row
    project.close()


def one_cell(connection: Reader, row: Row) -> framework.Cell:
    return framework.one_cell(connection, row["case"].partition(": ")[2], row["code"])[1]
