"""What was not looked for is not looked for after the way through plain files either."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qcode.model.filter import Filter
from qcode.model.span import Span
from qcode.model.table import Table
from qcode.settings import shipped
from qcode.store import cases, codebook, coders, codings, documents
from qcode.store.project import Step
from qcode.workflows import plain_export, plain_import
from qcode.workflows.agreement import Measure, agreement
from qcode.workflows.comparison import comparison
from qcode.workflows.frequency import frequency
from tests.workflows.studies import Study, interview, spoken

FILE = "not-looked-for.csv"


def out_and_in(study: Study, folder: Path, edit: Callable[[Path], None] | None = None) -> Study:
    with study.project.read() as connection:
        plain_export.write(connection, folder)
    if edit:
        edit(folder)
    other = Study("guru")
    for _again in range(2):
        with other.step(verb="import") as step:
            plain_import.store(step, plain_import.read(folder))
    return other


def had(study: Study) -> dict[tuple[str, str], tuple[bool, frozenset[str]]]:
    """Return who was how far with what, and which codes he had looked for there, by names."""
    with study.project.read() as connection:
        book, people = codebook.read(connection), coders.names(connection)
        titles = {one.id: one.name for one in documents.listed(connection)}
        used = {(titles[id], people[one.coder]) for id in titles
                for one in codings.of_document(connection, id)}  # fmt: skip
        return {
            (titles[one.document], people[one.coder]): (one.finished, frozenset(
                book[book.end(id)].name for id, meaning in one.codes.items()
                if book[id].meaning == meaning and not book[book.end(id)].retired
            ))
            for one in documents.statuses(connection)
            if one.finished or (titles[one.document], people[one.coder]) in used
        }  # fmt: skip


def of_record(study: Study) -> dict[str, str]:
    """Return by document whose coding is of record, where he coded or finished it."""
    done = had(study)
    with study.project.read() as connection:
        people = coders.names(connection)
        return {one.name: people[one.record] for one in documents.listed(connection)
                if one.record and (one.name, people[one.record]) in done}  # fmt: skip


ACT = st.tuples(
    st.sampled_from(["add", "mean", "merge", "retire", "give", "give", "finish", "unfinish"]),
    st.integers(0, 5), st.integers(0, 5),
)  # fmt: skip


def history(acts: list[tuple[str, int, int]]) -> Study:
    """Return a study of two coders in which codes came, changed and went between the codings."""
    study = Study()
    people = (study.first, study.coder("bima"))
    places = [study.document(f"W{n}", spoken(*interview(f"Jawaban nomor {n}."))) for n in range(3)]
    codes = [study.code("kode 0"), study.code("kode 1")]
    for act, one, other in acts:
        code, into, place = codes[one % len(codes)], codes[other % len(codes)], places[other % 3]
        who = people[one % 2]
        if act == "add":
            codes.append(study.code(f"kode {len(codes)}"))
        elif act == "give":
            study.give(place, Span(other, other + 5), code, who)
        elif act == "finish":
            study.finish(place, who)
        elif act == "unfinish":
            with study.step(who, act) as step:
                documents.unfinish(step, place)
        else:
            with study.step(who, act) as step:
                change(step, act, code, into)
    return study


def change(step: Step, act: str, code: str, into: str) -> None:
    book = codebook.read(step.connection)
    if act == "mean":
        codebook.revise(step, code, {"meaning": step.mint()})
    elif act == "retire":
        codebook.retire(step, code)
    elif not book[code].merged_into and book.end(into) != code:
        codebook.merge(step, code, into)


@settings(max_examples=15, deadline=None)
@given(st.lists(ACT, min_size=4, max_size=30))
def test_what_each_coder_looked_for_comes_back(acts: list[tuple[str, int, int]]) -> None:
    study = history(acts)
    with TemporaryDirectory() as folder:
        back = out_and_in(study, Path(folder) / "berkas")
    with study.project.read() as connection:
        offered = {one.name for one in codebook.read(connection) if not one.retired}
    left, came = had(study), had(back)
    assert left.keys() == came.keys()
    assert of_record(study).items() <= of_record(back).items()
    for key, (finished, looked) in left.items():
        assert came[key][0] == finished
        assert came[key][1] & offered == looked


@pytest.mark.parametrize("finished", [False, True])
def test_who_came_first_stays_of_record_though_another_finished(
    tmp_path: Path, *, finished: bool
) -> None:
    study = history([("finish" if finished else "give", 1, 0), ("give", 0, 0), ("finish", 0, 0)])
    assert of_record(out_and_in(study, tmp_path / "berkas")) == of_record(study) == {"W0": "bima"}


def tables(study: Study) -> list[Table]:
    with study.project.read() as connection:
        layers = [Filter(layer=layer) for layer in ("record", "sari", "bima")]
        return [*(frequency(connection, one) for one in layers),
                comparison(connection, "desa", "", Filter()),
                agreement(connection, Filter(), Measure())]  # fmt: skip


@pytest.fixture(scope="module")
def sample() -> Study:
    """Return the sample project, three of whose interviews were done under an early codebook."""
    return villages()


def villages() -> Study:
    study = Study()
    with study.step(verb="import") as step:
        plain_import.store(step, plain_import.read(shipped("projects") / "three-villages"))
    return study


def test_the_sample_gives_the_same_numbers_after_the_way_out_and_in(
    sample: Study, tmp_path: Path
) -> None:
    assert tables(out_and_in(sample, tmp_path / "berkas")) == tables(sample)
    told = (tmp_path / "berkas" / FILE).read_text(encoding="utf-8")
    rows = csv.DictReader(io.StringIO(told, newline=""))
    assert {(row["coder"], row["documents"]) for row in rows} == {("sari", "W06 | W11 | W16")}


def test_without_the_table_all_was_looked_for_as_before(sample: Study, tmp_path: Path) -> None:
    back = out_and_in(sample, tmp_path / "berkas", lambda folder: (folder / FILE).unlink())
    assert {len(codes) for _finished, codes in had(back).values()} == {115}


def test_what_a_coder_had_looked_for_here_stays_as_it_is(tmp_path: Path) -> None:
    study = history([("give", 0, 0), ("give", 0, 1), ("add", 0, 0), ("finish", 0, 2)])
    with study.project.read() as connection:
        plain_export.write(connection, tmp_path / "berkas")
        first, second = (one.id for one in documents.listed(connection)[:2])
        code = next(iter(codebook.read(connection))).id
    study.finish(first)
    study.give(second, Span(8, 9), code)
    before = had(study)
    with study.step(verb="import") as step:
        plain_import.store(step, plain_import.read(tmp_path / "berkas"))
    assert had(study) == before


def test_an_interview_stays_behind_with_whoever_left_the_study(tmp_path: Path) -> None:
    study = villages()
    with study.step(verb="retire case") as step:
        (gone,) = (one.id for one in cases.listed(step.connection) if one.name == "W06")
        cases.retire(step, gone)
        (own,) = (one.document for one in cases.participations(step.connection) if one.case == gone)
        words = documents.current(step.connection, own).transcript.text
    back = out_and_in(study, tmp_path / "berkas")
    assert [one.rows for one in tables(back)] == [one.rows for one in tables(study)]
    written = [file.read_text(encoding="utf-8") for file in (tmp_path / "berkas").rglob("*.*")]
    assert any("W07" in text for text in written)
    assert not [text for text in written if words[200:260] in text or "W06.txt" in text]
