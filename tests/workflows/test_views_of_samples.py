"""Pairs of codes, the matrix and saturation of the samples equal a second count of their files."""

from __future__ import annotations

import csv
import io
import tomllib
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest

from qcode.analysis.cooccurrence import table
from qcode.analysis.cooccurrence.meeting import Way
from qcode.model.filter import Filter
from qcode.settings import shipped
from qcode.store import documents
from qcode.workflows import plain_import
from qcode.workflows.comparison import comparison, crossed
from qcode.workflows.cooccurrence import met
from qcode.workflows.frequency import Asked, frequency
from qcode.workflows.matrix import matrix
from qcode.workflows.saturation import How, saturation
from tests.workflows.recount import Label, Ledger, Mark, Paper, Person
from tests.workflows.recount_views import Pairs, matrix_cell, sitting_rows
from tests.workflows.studies import Study
from tests.workflows.test_views import listed

GROUPS = {
    "three-villages": ("desa", "peran"), "banyumas-networks": ("layanan", "jaringan formal")
}  # fmt: skip
"""The attributes that the samples are compared by: services are several for one informant."""
UNHEARD = ("interviewer", "interpreter")
Turns = dict[str, list[tuple[int, int]]]


class Sample:
    """A sample project as it was imported, and a ledger made from its files alone."""

    def __init__(self, name: str) -> None:
        self.name, self.folder = name, shipped("projects") / name
        self.study = Study()
        with self.study.step(verb="import") as step:
            plain_import.store(step, plain_import.read(self.folder))
        self.ledger, self.turns = Ledger(), Turns()
        self.dates = {row["name"]: row["date"] for row in self.rows("documents.csv")}
        for path, _code in self.codes("codebook.toml"):
            above = path.rpartition("/")[0]
            self.ledger.labels[path] = Label(path, above)
        for row in self.rows("cases.csv"):
            if row["kind"] == "informant":
                values = tuple(one for one in row[GROUPS[name][0]].split(" | ") if one)
                self.ledger.people[row["name"]] = Person(values, row[GROUPS[name][1]])
        self.read_documents()
        for at, row in enumerate(self.rows("codings.csv")):
            if row["coder"] == "sari":
                mark = Mark(
                    row["document"], int(row["start"]), int(row["end"]), row["code"], "sari"
                )
                self.ledger.marks[str(at)] = mark
                self.ledger.record[row["document"]] = "sari"
        for row in self.rows("flags.csv"):
            if row["kind"] == "not to be used":
                self.ledger.unused.append((row["document"], int(row["start"]), int(row["end"])))

    def rows(self, name: str) -> list[dict[str, str]]:
        return list(csv.DictReader(io.StringIO((self.folder / name).read_text(encoding="utf-8"))))

    def codes(self, name: str) -> Iterator[tuple[str, str]]:
        """Yield path and guid of every code of a codebook."""

        def walk(codes: list[dict[str, Any]], above: str) -> Iterator[tuple[str, str]]:
            for code in codes:
                path = above + code["name"]
                yield path, str(code.get("guid"))
                yield from walk(code.get("code", []), f"{path}/")

        yield from walk(tomllib.loads((self.folder / name).read_text(encoding="utf-8"))["code"], "")

    def had(self, version: str) -> set[str]:
        """Return the guids of what was looked for with the state of the codebook before the last.

        What was merged since was looked for under its new name; what has a new meaning was not.
        """
        before, now = (
            dict(self.codes(f"codebook-{version}.toml")),
            dict(self.codes("codebook.toml")),
        )
        had = set(before.values())
        for row in self.rows("codebook-history.csv"):
            if row["version"] != "1.0":
                continue
            if row["verb"] == "merge":
                had.add(now[row["into"]])
            elif row["verb"] == "new meaning":
                had.discard(before[row["code"]])
        return had

    def read_documents(self) -> None:
        """Put the documents into the ledger; only where turns begin is asked of the program."""
        speakers = {(row["document"], row["label"]): row for row in self.rows("speakers.csv")}
        with self.study.project.read() as connection:
            ids = {one.name: one.id for one in documents.listed(connection)}
            texts = {name: documents.current(connection, id).transcript for name, id in ids.items()}
        everything = dict(self.codes("codebook.toml"))
        for row in self.rows("documents.csv"):
            name, text = row["name"], texts[row["name"]]
            heard = []
            for turn in text.turns:
                who = speakers.get((name, turn.speaker))
                if who and who["kind"] not in UNHEARD:
                    cases = tuple(one.strip() for one in who["case"].split("|") if one.strip())
                    heard.append((turn.said, turn.end, cases))
                elif not text.speakers:
                    heard.append((turn.said, turn.end, ()))
            self.turns[name] = [(turn.said, turn.end) for turn in text.turns]
            self.ledger.papers[name] = Paper(name, row["kind"], text.text, heard)
            had = self.had(row["codebook"]) if row.get("codebook") else set(everything.values())
            self.ledger.done[name, "sari"] = {
                path: 0 for path, guid in everything.items() if guid in had
            }


@pytest.fixture(scope="module", params=["three-villages", "banyumas-networks"])
def sample(request: pytest.FixtureRequest) -> Sample:
    return Sample(request.param)


def test_frequencies_of_the_samples_equal_a_second_count(sample: Sample) -> None:
    for rolled in (False, True):
        with sample.study.project.read() as connection:
            table = frequency(connection, Filter(), Asked(rolled=rolled))
        keys = [column.key for column in table.columns]
        for path, cells in zip(sample.ledger.labels, table.rows, strict=True):
            row = dict(zip(keys, map(str, cells), strict=True))
            wanted = sample.ledger.row(path, rolled=rolled)
            assert row == {
                "code": path.rpartition("/")[2],
                **{key: wanted[key] for key in keys[1:]},
            }


def test_comparisons_of_the_samples_equal_a_second_count(sample: Sample) -> None:
    by, roles = GROUPS[sample.name]
    with sample.study.project.read() as connection:
        one = comparison(connection, by, roles, Filter())
        two = crossed(connection, by, roles, Filter())
    keys = [column.key for column in one.columns]
    again = iter(two.rows)
    for path, cells in zip(sample.ledger.labels, one.rows, strict=True):
        wanted = {"code": path.rpartition("/")[2], **sample.ledger.row(path),
                  **sample.ledger.compared(path)}  # fmt: skip
        row = dict(zip(keys, map(str, cells), strict=True))
        assert row == {key: wanted[key] for key in keys}
        for each in sample.ledger.crossed(path):
            assert [str(cell) for cell in next(again)][1:] == list(each.values())
    assert next(again, None) is None


def test_pairs_of_codes_of_the_samples_equal_a_second_count(sample: Sample) -> None:
    often = Counter(path.rpartition("/")[2] for path in sample.ledger.labels)

    def shown(path: str) -> str:
        name = path.rpartition("/")[2]
        return path if often[name] > 1 else name

    for way, rolled in ((Way(), False), (Way("turn"), True), (Way("near", 25), False)):
        with sample.study.project.read() as connection:
            rows = listed(table.listing(met(connection, Filter(), way, rolled=rolled)))
        again = Pairs(sample.ledger, way.by, way.words, rolled=rolled, turns=sample.turns)
        wanted = {couple for couple, meets in again.found.items() if meets.passages}
        assert {frozenset(map(shown, couple)) for couple in wanted} == set(rows)
        assert rows
        for couple in wanted:
            row, counted = rows[frozenset(map(shown, couple))], again.row(*couple)
            assert row == {key: counted[key] for key in row}


def test_the_matrix_of_the_samples_equals_a_second_count(sample: Sample) -> None:
    for value in ("present", "passages", "words"):
        with sample.study.project.read() as connection:
            found = matrix(connection, Filter(), "cases", value)
        assert [row[0] for row in found.table.rows] == sorted(sample.ledger.informants())
        for row in found.table.rows:
            for cell, variable in list(zip(row, found.variables, strict=True))[1:]:
                assert str(cell) == matrix_cell(sample.ledger, str(row[0]), variable.label, value)


def test_saturation_of_the_samples_equals_a_second_count(sample: Sample) -> None:
    order = sorted(sample.ledger.papers, key=lambda name: sample.dates[name])
    with sample.study.project.read() as connection:
        found = saturation(connection, Filter(), How(orders=10))
    wanted = sitting_rows(sample.ledger, order)
    assert [
        (set(str(row[1]).split(" + ")), row[3], row[4], row[6]) for row in found.rows
    ] == wanted  # fmt: skip
