"""The sample project adjudicated: a rule, single items, a consensus, undone and written out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from qcode.analysis.adjudication import Reviewed
from qcode.analysis.verdicts import allowed
from qcode.errors import Refused
from qcode.formats.report import write
from qcode.model.codebook import Code
from qcode.model.filter import CONSENSUS, Filter
from qcode.model.span import Span
from qcode.model.table import Table
from qcode.store import codebook, coders, codings, decisions, dialect, documents, exchange, history
from qcode.store.checking import check
from qcode.store.consensus import consensus_id
from qcode.store.opening import create
from qcode.store.project import Project, Reader, lay_tables
from qcode.store.refolding import contents
from qcode.workflows import adjudication, discussing, plain_export, plain_import, ruling
from qcode.workflows import review as listing
from qcode.workflows.adjudication import Review, Ruling, Settled
from qcode.workflows.agreement import Measure
from qcode.workflows.excerpts import excerpts
from qcode.workflows.frequency import frequency
from qcode.workflows.minutes import decisions_table, minutes
from tests.content.double_coding import Place, items, overlap

SAMPLE = Path(__file__).resolve().parents[2] / "projects" / "three-villages"
CODE = "bagi hasil transparan"
WHOLE = ("W01", "W02")


@pytest.fixture(params=["sqlite", "postgres"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return str(tmp_path / "tiga.qcode")
    found: str = request.getfixturevalue("postgres_place")
    return found


@pytest.fixture
def study(place: str) -> Iterator[tuple[Project, str]]:
    project, wulan = create(place, "Tiga Desa", coder="wulan")
    with project.write(wulan, "import") as step:
        plain_import.store(step, plain_import.read(SAMPLE))
    yield project, wulan
    project.close()


def read(project: Project) -> Review:
    with project.read() as connection:
        return adjudication.read(connection)


def settle(project: Project, who: str, one: Reviewed, verdict: str) -> Settled:
    with project.write(who, "settle item") as step:
        return adjudication.settle(step, adjudication.read(step.connection), [one], Ruling(verdict))


def usual(one: Reviewed) -> str:
    """Return the verdict by which the second count below settles an item."""
    return {"boundary": "union", "cut": "union", "missed": "neither"}.get(one.item.kind, "both")


def tables(project: Project) -> dict[str, set[str]]:
    """Return what the tables say, without the list of steps and who stands for the consensus."""
    with project.read() as connection:
        said = contents(connection)
    return {name: rows for name, rows in said.items() if name not in ("step", "coder")}


def when(at: int) -> str:
    return str(at)


def everything(project: Project, who: str) -> list[dict[str, set[str]]]:
    """Take over, settle a code by a rule, 20 items and two documents; return tables before each."""
    steps = [tables(project)]
    with project.write(who, "take over agreements") as step:
        adjudication.take_over(step, adjudication.read(step.connection))
    steps.append(tables(project))
    with project.write(who, "settle by rule") as step:
        review = adjudication.read(step.connection)
        code = review.compared.book.find(CODE).id
        rule = ruling.Rule(code, "both", "Bukan laporan kas kepada anggota.", "different")
        done = ruling.settle_by_rule(step, review, rule)
        assert len(done.items) == len(done.documents) + len(done.items) >= 5
    review = read(project)
    order = [one for one in review.listed if one.open and one.item.kind != "agree"]
    order.sort(key=lambda one: review.names[one.item.document] not in WHOLE)
    number = max(20, sum(review.names[one.item.document] in WHOLE for one in order))
    for one in order[:number]:
        steps.append(tables(project))
        settle(project, who, one, usual(one))
    return steps


def test_the_sample_is_adjudicated_counted_again_and_undone_step_by_step(
    study: tuple[Project, str],
) -> None:
    project, wulan = study
    with project.read() as connection, pytest.raises(Refused, match="no document has a consensus"):
        excerpts(connection, Filter(layer=CONSENSUS))
    before = everything(project, wulan)
    with project.read() as connection:
        figures = discussing.before_and_after(connection, Filter(), Measure())
        told = listing.summed(adjudication.read(connection).listed)
        assert len(before) >= 22
        closed = {one.name for one in documents.listed(connection)
                  if one.id in decisions.settled(connection)}  # fmt: skip
    assert closed == set(WHOLE), told
    pooled = dict(zip([one.key for one in figures.columns], figures.rows[-1], strict=True))
    assert 0 < float(str(pooled["alpha before"])) < float(str(pooled["alpha after"])) < 1
    row = next(row for row in figures.rows if row[0] == CODE)
    cells = dict(zip([one.key for one in figures.columns], row, strict=True))
    assert float(str(cells["alpha before"])) < float(str(cells["alpha after"])) == 1
    recounted(project)
    assert not check(project)
    after = tables(project)
    for earlier in reversed(before):
        assert history.undo(project, wulan) is not None
        assert tables(project) == earlier
    with project.read() as connection:
        assert not decisions.settled(connection)
    for _step in before:
        history.redo(project, wulan)
    assert tables(project) == after
    assert not check(project)


def recounted(project: Project) -> None:
    """Count the consensus of two documents from the files alone, and compare every table with it."""
    expected: Counter[tuple[str, str, Place]] = Counter()
    for document in WHOLE:
        for one in items(document):
            if one.kind in ("agree", "boundary", "cut"):
                expected[document, one.sari, one.hull] += 1
            elif one.kind in ("level", "different"):
                expected[document, one.sari, one.places[0][0]] += 1
                expected[document, one.bima, one.places[1][0]] += 1
    with project.read() as connection:
        book = codebook.read(connection)
        names = {one.id: one.name for one in documents.listed(connection)}
        found = codings.listed(connection, Filter(layer=CONSENSUS), book)
        quoted = excerpts(connection, Filter(layer=CONSENSUS))
        table = frequency(connection, Filter(layer=CONSENSUS))
        against = discussing.against_consensus(connection, Filter())
    assert expected == Counter(
        (names[one.document], book.path(book.end(one.code)), (one.start, one.end)) for one in found
    )
    withheld = [note for note in quoted.notes if "withheld" in note]
    assert len(quoted.excerpts) == expected.total() or withheld
    assert {one.coder for one in quoted.excerpts} == {"consensus"}
    assert any("documents have no consensus" in note for note in quoted.notes)
    assert any("have no consensus and are left out" in note for note in table.notes)
    passages = {str(row[0]): row[[one.key for one in table.columns].index("passages")]
                for row in table.rows}  # fmt: skip
    own: dict[str, list[tuple[str, Place]]] = {}
    for document, path, at in expected:
        own.setdefault(path.rpartition("/")[2], []).append((document, at))
    for name, some in own.items():
        apart = sum(
            not any(of == document and at < other and overlap(at, other) >= 0
                    for of, other in some) for document, at in some
        )  # fmt: skip
        assert passages[name] == apart, name
    dice = [cell for row in against.rows for cell in row[1:] if isinstance(cell, float)]
    assert dice
    assert all(0 <= one <= 1 for one in dice)


def test_a_later_change_opens_its_item_alone_and_says_who_did_what(
    study: tuple[Project, str],
) -> None:
    project, wulan = study
    everything(project, wulan)
    review = read(project)
    one = next(one for one in review.listed
               if one.item.kind == "agree" and review.names[one.item.document] == "W01")  # fmt: skip
    moved = one.item.inputs[0]
    with project.read() as connection:
        coding = codings.one(connection, moved.coding)
        people = coders.names(connection)
    with project.write(coding.coder, "move coding") as step:
        codings.move(step, coding.id, Span(coding.start, coding.end - 3))
    again = [each for each in read(project).listed if each.state == "reopened"]
    assert [each.item.id for each in again] == [one.item.id]
    with project.read() as connection:
        review = adjudication.read(connection)
        table = listing.table(connection, review, listing.Wanted(states=("reopened",)), when,
                              named=True)  # fmt: skip
        assert review.names[one.item.document] in " ".join(table.notes)
        assert one.item.document in decisions.settled(connection)
    assert f"{people[coding.coder]} moved the bounds of W01:" in str(table.rows[0])
    assert "moved the bounds" in str(table.rows[0])
    settle(project, wulan, review.of(str(table.rows[0][0])), "a")
    assert not [each for each in read(project).listed if each.state == "reopened"]
    with project.write(coding.coder, "retire codings") as step:
        codings.retire(step, [given.coding for given in one.item.inputs])
    (gone,) = [each for each in read(project).listed if each.state == "reopened"]
    assert (gone.item.kind, allowed(gone.item)) == ("gone", ("neither",))
    assert settle(project, wulan, gone, "neither").items == [gone]
    assert not [each for each in read(project).listed if each.state == "reopened"]
    assert not check(project)


def test_two_copies_that_settle_apart_hold_one_decision_and_say_so(
    study: tuple[Project, str],
) -> None:
    project, wulan = study
    engine = dialect.sqlite_engine(None)
    lay_tables(engine, project.id)
    twin = Project(engine, "twin", here="twin")
    exchange.exchange(project, twin)
    one = next(one for one in read(project).listed if one.item.kind == "different")
    settle(project, wulan, one, "both")
    settle(twin, wulan, one, "a")
    exchange.exchange(twin, project)
    exchange.exchange(project, twin)
    assert tables(project) == tables(twin)
    (own,) = [each for each in read(project).listed if each.item.id == one.item.id]
    assert (own.state, [change.what for change in own.changes]) == ("reopened", ["torn"])
    settle(project, wulan, own, "b")
    assert next(each for each in read(project).listed if each.item.id == one.item.id).state == (
        "settled"
    )
    twin.close()
    assert not check(project)


def test_decisions_leave_as_plain_files_and_come_back(
    study: tuple[Project, str], tmp_path: Path
) -> None:
    project, wulan = study
    everything(project, wulan)
    with project.read() as connection:
        plain_export.write(connection, tmp_path / "keluar")
        wanted = said(connection)
    again, siti = create(str(tmp_path / "lagi.qcode"), "Lagi", coder="siti")
    with again.write(siti, "import") as step:
        done = plain_import.store(step, plain_import.read(tmp_path / "keluar"))
    assert done.new["decision"] == len([one for one in read(project).listed if one.decision])
    with again.read() as connection:
        assert said(connection) == wanted
        plain_export.write(connection, tmp_path / "kedua")
    for name in ("decisions.csv", "codings.csv", "documents.csv"):
        first, second = ((tmp_path / folder / name).read_text() for folder in ("keluar", "kedua"))
        if name == "decisions.csv":
            # Which coder stands first goes by ids, which another project makes anew.
            assert len(first.splitlines()) == len(second.splitlines())
        else:
            assert first == second
    with again.write(siti, "import") as step:
        done = plain_import.store(step, plain_import.read(tmp_path / "keluar"))
    assert done.new["decision"] == 0
    assert not check(again)
    again.close()


def said(connection: Reader) -> object:
    """Return the consensus and the reasons by names and places."""
    book = codebook.read(connection)
    names = {one.id: one.name for one in documents.listed(connection)}
    found = codings.listed(connection, Filter(layer=CONSENSUS), book)
    made = decisions.listed(connection)
    return (
        sorted((names[one.document], one.start, one.end, book.path(book.end(one.code)))
               for one in found),
        Counter((names[one.document], one.rule_text, one.reason, one.outcome) for one in made),
    )  # fmt: skip


def test_what_was_decided_is_listed_and_written_down_without_anybodys_words(
    study: tuple[Project, str],
) -> None:
    project, wulan = study
    everything(project, wulan)
    with project.read() as connection:
        table = decisions_table(connection, Filter(), when)
        written = minutes(connection, Filter(), when, "2026-01-01")
    rules, single = (one for one in written.blocks if isinstance(one, Table))
    assert len(rules.rows) == 1
    assert len(table.rows) == len(single.rows) + int(str(rules.rows[0][3]))
    data = write(written, ".md").decode()
    assert "Bukan laporan kas kepada anggota" in data
    assert write(written, ".docx").startswith(b"PK")
    assert "sari:" not in data


def test_a_consensus_has_a_new_code_once_both_went_back_for_it(
    study: tuple[Project, str],
) -> None:
    project, wulan = study
    everything(project, wulan)
    with project.write(wulan, "add code") as step:
        (id,) = codebook.add(step, [Code(step.mint(), "kode baru")])
    with project.read() as connection:
        (w01,) = (one.id for one in documents.listed(connection) if one.name == "W01")
        people = [one.id for one in coders.listed(connection) if one.name in ("sari", "bima")]
    for number, who in enumerate(people):
        with project.write(who, "finish") as step:
            documents.finish(step, w01)
        with project.read() as connection:
            had = next(one for one in documents.statuses(connection)
                       if one.document == w01 and one.coder == consensus_id(connection))  # fmt: skip
        assert id not in had.codes
        if not number:
            with project.write(wulan, "take over agreements") as step, pytest.raises(Refused):
                adjudication.take_over(step, adjudication.read(step.connection))
    with project.write(wulan, "take over agreements") as step:
        done = adjudication.take_over(step, adjudication.read(step.connection))
    assert (done.items, done.documents) == ([], ["W01"])
    with project.read() as connection:
        had = next(one for one in documents.statuses(connection)
                   if one.document == w01 and one.coder == consensus_id(connection))  # fmt: skip
    assert id in had.codes
    assert not check(project)
