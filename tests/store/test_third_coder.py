"""Three coders of one document: what two agree on, and what is settled with the third."""

from __future__ import annotations

import shutil
from pathlib import Path

from qcode.analysis.adjudication import Reviewed
from qcode.model.codebook import Code
from qcode.model.document import Transcript, Turn
from qcode.model.filter import Filter
from qcode.model.span import Span
from qcode.model.table import Share
from qcode.store import codebook, coders, codings, documents, history, memos, quotations
from qcode.store.codings import NewCoding
from qcode.store.consensus import consensus_id
from qcode.store.documents import NewDocument
from qcode.store.exchange import exchange
from qcode.store.opening import create, open_project
from qcode.store.project import Project
from qcode.workflows import adjudication, outcomes
from qcode.workflows import review as workflow
from qcode.workflows.adjudication import Review, Ruling, Settled
from qcode.workflows.excerpts import excerpts
from qcode.workflows.review import Wanted


def read(project: Project) -> Review:
    with project.read() as connection:
        return adjudication.read(connection)


def given_to_three(folder: Path, text: str) -> tuple[Project, str, tuple[str, str, str]]:
    """Return a project of one document and one code, and its three coders."""
    project, ani = create(str(folder / "tiga.qcode"), "Tiga", coder="ani")
    with project.write(ani, "import") as step:
        turns = (Turn(0, 3, len(text), "N"),)
        documents.add(step, [NewDocument("W01", Transcript(text, turns))])
        (document,) = (one.id for one in documents.listed(step.connection))
        codebook.add(step, [Code(step.mint(), "tempat")])
    return project, document, (ani, coders.joined(project, "budi"), coders.joined(project, "citra"))


def code_of(project: Project) -> str:
    with project.read() as connection:
        return next(iter(codebook.read(connection))).id


def code_and_finish(project: Project, who: str, document: str, spans: list[Span]) -> None:
    code = code_of(project)
    with project.write(who, "apply") as step:
        codings.apply(step, [NewCoding(document, span, code) for span in spans])
        documents.finish(step, document, empty=not spans)


def test_two_who_agree_give_way_to_what_is_settled_with_a_third(tmp_path: Path) -> None:
    text = "N: pagi ke pasar, siang ke balai.\n"
    project, document, (ani, budi, citra) = given_to_three(tmp_path, text)
    market, hall = Span(3, 16), Span(18, 32)
    places = [(one.start, one.end) for one in (market, hall)]

    def agree() -> None:
        with project.write(ani, "take over agreements") as step:
            adjudication.take_over(step, adjudication.read(step.connection))

    def kept() -> set[tuple[int, int]]:
        with project.read() as connection:
            found = codings.of_document(connection, document)
            return {(c.start, c.end) for c in found if c.coder == consensus_id(connection)}

    code_and_finish(project, ani, document, [market, hall])
    code_and_finish(project, budi, document, [market, hall])
    agree()
    assert kept() == {places[0], places[1]}
    code_and_finish(project, citra, document, [market])
    agree()
    assert kept() == {places[0], places[1]}
    while left := [one for one in read(project).listed if one.open]:
        with project.write(ani, "settle item") as step:
            review = adjudication.read(step.connection)
            adjudication.settle(step, review, left[:1], Ruling("neither"))
    assert kept() == {places[0]}
    assert read(project).closed == {document}
    with project.read() as connection:
        after = outcomes.discussed(connection, read(project).listed)(read(project).given)
    marked = [{(c.start, c.end) for c in own} for own in after[document].values()]
    assert marked == [{places[0]}] * 3
    for _step in range(2):
        history.undo(project, ani)
    assert kept() == {places[0], places[1]}

    code_and_finish(project, citra, document, [Span(18, 23)])
    assert not [one for one in read(project).listed if one.item.kind == "agree" and one.open]
    project.close()


def test_verdicts_on_pairs_that_contradict_each_other_are_open_until_no_two_of_them_do(
    tmp_path: Path,
) -> None:
    text = "N: pagi ke pasar, siang ke balai desa.\n"
    project, document, (ani, budi, citra) = given_to_three(tmp_path, text)
    places = {ani: Span(8, 16), budi: Span(3, 16), citra: Span(3, 17)}
    for who, span in places.items():
        code_and_finish(project, who, document, [span])

    def item(first: str, second: str) -> Reviewed:
        return next(one for one in read(project).listed
                    if set(one.item.coders) == {first, second})  # fmt: skip

    def settle(first: str, second: str, winner: str) -> Settled:
        one = item(first, second)
        verdict = "ab"[one.item.coders.index(winner)]
        with project.write(ani, "settle item") as step:
            review = adjudication.read(step.connection)
            done = adjudication.settle(step, review, [one], Ruling(verdict))
        after = {own.item.id: own.state for own in review.after(done).listed}
        assert after == {own.item.id: own.state for own in read(project).listed}
        return done

    assert read(project).votes(item(ani, budi).item) == ((code_of(project), Share(3, 3)),)
    with project.write(ani, "take over agreements") as step:
        # But for a comma budi and citra agree.
        adjudication.take_over(step, adjudication.read(step.connection))
    assert not settle(ani, budi, ani).against
    done = settle(ani, citra, citra)
    assert done.against == [read(project).numbers[item(ani, budi).item.id]]
    assert "contradicts" in " ".join(adjudication.told(done))
    assert [one.state for one in (item(ani, budi), item(ani, citra))] == ["reopened"] * 2
    assert not read(project).closed
    with project.read() as connection:
        review = adjudication.read(connection)
        shown = workflow.sides(connection, review, named=False)
        why = workflow.reason(connection, item(ani, citra), shown, str)
        table = workflow.table(connection, review, Wanted(), str)
    assert why == f"it contradicts what was settled about {done.against[0]}"
    assert [row[5] for row in table.rows] == ["3 of 3", "3 of 3"]
    done = settle(ani, budi, budi)
    assert (done.against, done.documents) == ([], ["W01"])
    # A comma on which they differ contradicts nothing.
    assert not settle(budi, citra, budi).against
    assert not [one for one in read(project).listed if one.open]

    def quoted() -> list[str]:
        with project.read() as connection:
            return [one.text for one in excerpts(connection, Filter(layer="consensus")).excerpts]

    # Pairs settled on bounds of their own, which is one quotation until one of them is prepared.
    with project.read() as connection:
        own = codings.listed(connection, Filter(layer="consensus"), codebook.read(connection))
    assert [(one.start, one.end) for one in own] == [(3, 16), (3, 17)]
    assert quoted() == ["pagi ke pasar,"]
    with project.write(ani, "role") as step:
        quotations.give_role(step, own[0].id, "typical")
    assert quoted() == ["pagi ke pasar", "pagi ke pasar,"]
    project.close()


def test_of_three_coders_one_alone_is_kept_by_all_or_by_nobody(tmp_path: Path) -> None:
    project, document, (ani, budi, citra) = given_to_three(tmp_path, "N: pagi ke pasar.\n")
    code_and_finish(project, ani, document, [Span(3, 16)])
    for who in (budi, citra):
        code_and_finish(project, who, document, [])
    first, second = read(project).listed
    assert str(read(project).votes(first.item)[0][1]) == "1 of 3"
    shutil.copy(tmp_path / "tiga.qcode", tmp_path / "salinan.qcode")
    copy = open_project(str(tmp_path / "salinan.qcode"))

    def settle(one: Reviewed, *, kept: bool, here: Project = project) -> list[str]:
        verdict = "ab"[one.item.coders.index(ani)] if kept else "neither"
        with here.write(budi, "settle item") as step:
            review = adjudication.read(step.connection)
            adjudication.settle(step, review, [one], Ruling(verdict))
        return [own.state for own in read(here).listed]

    assert settle(second, kept=False, here=copy) == ["open", "settled"]
    assert settle(first, kept=True) == ["settled", "open"]
    exchange(project, copy)
    assert [one.state for one in read(copy).listed] == ["reopened", "reopened"]
    copy.close()
    assert settle(second, kept=False) == ["reopened", "reopened"]
    with project.write(citra, "discuss") as step:
        adjudication.park(step, adjudication.read(step.connection), first)
    with project.read() as connection:
        assert "tempat (given by 1 of 3)" in memos.flags(connection)[0].text
    history.undo(project, budi)
    assert [one.state for one in read(project).listed] == ["settled", "open"]
    assert settle(second, kept=True) == ["settled", "settled"]
    assert read(project).closed == {document}
    project.close()
