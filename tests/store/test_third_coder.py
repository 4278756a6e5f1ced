"""Three coders of one document: what two agree on, and what is settled with the third."""

from __future__ import annotations

from pathlib import Path

from qcode.model.codebook import Code
from qcode.model.document import Transcript, Turn
from qcode.model.span import Span
from qcode.store import codebook, coders, codings, documents, history
from qcode.store.codings import NewCoding
from qcode.store.consensus import consensus_id
from qcode.store.documents import NewDocument
from qcode.store.opening import create
from qcode.store.project import Project
from qcode.workflows import adjudication
from qcode.workflows.adjudication import Review, Ruling


def read(project: Project) -> Review:
    with project.read() as connection:
        return adjudication.read(connection)


def test_two_who_agree_give_way_to_what_is_settled_with_a_third(tmp_path: Path) -> None:
    project, ani = create(str(tmp_path / "tiga.qcode"), "Tiga", coder="ani")
    budi, citra = (coders.joined(project, name) for name in ("budi", "citra"))
    text = "N: pagi ke pasar, siang ke balai.\n"
    with project.write(ani, "import") as step:
        turns = (Turn(0, 3, len(text), "N"),)
        documents.add(step, [NewDocument("W01", Transcript(text, turns))])
        (document,) = (one.id for one in documents.listed(step.connection))
        (code,) = codebook.add(step, [Code(step.mint(), "tempat")])
    market, hall = Span(3, 16), Span(18, 32)
    places = [(one.start, one.end) for one in (market, hall)]

    def code_and_finish(who: str, spans: list[Span]) -> None:
        with project.write(who, "apply") as step:
            codings.apply(step, [NewCoding(document, span, code) for span in spans])
            documents.finish(step, document)

    def agree() -> None:
        with project.write(ani, "take over agreements") as step:
            adjudication.take_over(step, adjudication.read(step.connection))

    def kept() -> set[tuple[int, int]]:
        with project.read() as connection:
            found = codings.of_document(connection, document)
            return {(c.start, c.end) for c in found if c.coder == consensus_id(connection)}

    code_and_finish(ani, [market, hall])
    code_and_finish(budi, [market, hall])
    agree()
    assert kept() == {places[0], places[1]}
    code_and_finish(citra, [market])
    agree()
    assert kept() == {places[0], places[1]}
    while left := [one for one in read(project).listed if one.open]:
        with project.write(ani, "settle item") as step:
            review = adjudication.read(step.connection)
            adjudication.settle(step, review, left[:1], Ruling("neither"))
    assert kept() == {places[0]}
    assert read(project).closed == {document}
    with project.read() as connection:
        after = adjudication.discussed(connection, read(project))(read(project).given)
    marked = [{(c.start, c.end) for c in own} for own in after[document].values()]
    assert marked == [{places[0]}] * 3
    for _step in range(2):
        history.undo(project, ani)
    assert kept() == {places[0], places[1]}

    code_and_finish(citra, [Span(18, 23)])
    assert not [one for one in read(project).listed if one.item.kind == "agree" and one.open]
    project.close()
