"""What is done to a codebook, one step after another, and undone again."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qcode.errors import QcodeError
from qcode.model.codebook import LAST, UNSORTED, Code, Codebook
from qcode.model.document import Transcript, Turn
from qcode.model.span import Span
from qcode.store import codebook, coders, codings, documents, history, tallies
from qcode.store.codings import NewCoding
from qcode.store.documents import NewDocument
from qcode.store.opening import create, open_project
from qcode.store.project import Project, Step
from qcode.workflows import codebooks

TEXT = "N: Satu dua tiga empat lima enam tujuh.\n"
Act = Callable[[Step, Codebook, str, str], object]


@pytest.fixture(params=["sqlite", "postgres"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Return where a project may be made, in a file or on a server."""
    if request.param == "sqlite":
        return str(tmp_path / "uji.qcode")
    found: str = request.getfixturevalue("postgres_place")
    return found


def made(place: str) -> tuple[Project, str]:
    project, ani = create(place, "Uji", coder="ani")
    project.close()
    project = open_project(place)
    budi = coders.joined(project, "budi")
    with project.write(ani, "import") as step:
        new = NewDocument("W01", Transcript(TEXT, (Turn(0, 3, len(TEXT), "N"),)))
        added, _skipped = documents.add(step, [new])
        ids = [step.mint() for _ in range(4)]
        codebook.add(step, [Code(ids[0], "a"), Code(ids[1], "b", ids[0]),
                            Code(ids[2], "c", ids[0]), Code(ids[3], "d")])  # fmt: skip
        for at, id in enumerate(ids):
            for who in (ani, budi):
                codings.apply(step, [NewCoding(added["W01"], Span(3 + at, 12 + at), id, coder=who)])
    return project, ani


def add(step: Step, _book: Codebook, one: str, _other: str) -> None:
    codebook.add(step, [Code(step.mint(), f"baru {step.pen.hlc}", one)])


def recode_as_new(step: Step, _book: Codebook, one: str, _other: str) -> None:
    found = [coding.id for document in documents.listed(step.connection)
             for coding in codings.of_document(step.connection, document.id)
             if coding.code == one and coding.coder == step.coder]  # fmt: skip
    id = step.mint()
    codebook.add(step, [Code(id, f"baru {step.pen.hlc}", codebook.unsorted(step))])
    codings.recode(step, found, id)


ACTS: dict[str, Act] = {
    "add code": add,
    "recode": recode_as_new,
    "rename code": lambda step, _book, one, _other: codebook.rename(step, one, "lain"),
    "revise code": lambda step, book, one, _other: codebooks.change(
        step, book[one], {"definition": "kata", "labels": {"en": "x"}}, new_meaning=True
    ),
    "move code": lambda step, _book, one, other: codebook.move(step, one, other),
    "merge codes": lambda step, _book, one, other: codebook.merge(step, one, other),
    "retire code": lambda step, _book, one, _other: codebook.retire(step, one),
    "restore code": lambda step, book, one, _other: codebooks.bring_back(step, book[one]),
    "order codes": lambda step, _book, one, _other: codebook.shift(step, one, 1),
}


def state(project: Project) -> tuple[Any, ...]:
    with project.read() as connection:
        book = codebook.read(connection)
        shown = [(code.id, depth) for code, depth in book.walk(retired=True)]
        return dict(book.codes), shown, sorted(tallies.listed(connection))


def lived(project: Project, who: str, acts: list[tuple[str, int, int]]) -> int:
    """Do what can be done of some acts; return how many steps that were."""
    steps = 0
    for verb, at, other in acts:
        with project.read() as connection:
            book = codebook.read(connection)
        ids = sorted(book.codes)
        with suppress(QcodeError):
            with project.write(who, verb) as step:
                ACTS[verb](step, book, ids[at % len(ids)], ids[other % len(ids)])
            steps += bool(step.changes)
    return steps


NUMBERS = st.integers(0, 8)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(st.sampled_from(sorted(ACTS)), NUMBERS, NUMBERS), max_size=8))
def test_as_many_undos_give_codebook_and_tally_back_whatever_was_done(
    acts: list[tuple[str, int, int]],
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        project, ani = made(str(Path(folder) / "uji.qcode"))
        with closing(project):
            there_and_back(project, ani, acts)


def there_and_back(project: Project, ani: str, acts: list[tuple[str, int, int]]) -> None:
    before = state(project)
    steps = lived(project, ani, acts)
    after = state(project)
    for _ in range(steps):
        assert history.undo(project, ani)
    assert state(project) == before
    for _ in range(steps):
        assert history.redo(project, ani)
    assert state(project) == after


def test_every_act_on_a_code_can_be_undone_and_done_again(place: str) -> None:
    project, ani = made(place)
    with closing(project):
        acts = [(verb, at, at + 1) for at, verb in enumerate(("recode", "add code", *ACTS))]
        there_and_back(project, ani, acts)


def test_new_codes_wait_under_one_code_that_stays_last_and_is_the_same_on_all_copies(
    place: str,
) -> None:
    project, ani = made(place)
    with closing(project):
        with project.write(ani, "add code") as step:
            id = codebook.unsorted(step)
            assert codebook.unsorted(step) == id == step.derive("code", UNSORTED)
            codebook.add(step, [Code(step.mint(), "takut", id)])
        with project.write(ani, "add code") as step:
            position = codebook.next_position(codebook.read(step.connection), "")
            codebook.add(step, [Code(step.mint(), "z", position=position)])
        with project.write(ani, "retire code") as step:
            codebook.retire(step, id)
        with project.write(ani, "add code") as step:
            assert codebook.unsorted(step) == id
        with project.read() as connection:
            book = codebook.read(connection)
        assert [code.name for code in book.children()][-2:] == ["z", UNSORTED]
        assert (book[id].position, book[id].label("id")) == (LAST, "belum ditata")
        with pytest.raises(QcodeError), project.write(ani, "order codes") as step:
            codebook.shift(step, id, -1)


def test_what_a_step_touched_can_be_read_alone(place: str) -> None:
    project, ani = made(place)
    with closing(project), project.write(ani, "recode") as step:
        connection = step.connection
        one = codings.of_document(connection, documents.listed(connection)[0].id)[0]
        code = codebook.read(connection).find("d").id
        codings.recode(step, [one.id], code)
        touched = history.touched_by(connection, step.pen.step)
        assert touched["coding"] == {one.id}
        (again,) = codings.of_ids(connection, touched["coding"])
        assert (again.code, codings.words_then(connection, again)) == (code, TEXT[3:12])
        assert codebook.names(connection, [code, "0" * 32]) == {code: "d"}
        assert not history.waits(connection)
        codings.retire(step, [one.id])
        assert codings.of_ids(connection, [one.id]) == ()


def test_a_code_changes_places_and_a_merge_says_whose_codings_it_takes(place: str) -> None:
    project, ani = made(place)
    with closing(project):
        with project.read() as connection:
            book = codebook.read(connection)
            a, b = book.find("a").id, book.find("b").id
            assert codebooks.holders(connection, b) == "2 codings (ani 1, budi 1)"
        with project.write(ani, "order codes") as step:
            codebook.shift(step, b, 1)
        with project.read() as connection:
            names = [code.name for code in codebook.read(connection).children(a)]
        assert names == ["c", "b"]
        with project.write(ani, "merge codes") as step:
            codebook.merge(step, b, a)
        with project.read() as connection:
            assert codebook.read(connection).end(b) == a
            assert codebooks.holders(connection, a).startswith("4 codings")
        with project.write(ani, "restore code") as step:
            merged = codebook.read(step.connection)[b]
            assert codebooks.bring_back(step, merged) == "a/b"
        with project.read() as connection:
            assert codebook.read(connection).path(b) == "a/b"
