"""Repairs of one document by two coders: what stands on it follows, and undo is exact."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from qcode.analysis import repairing
from qcode.analysis.repairing import Repair
from qcode.errors import Refused
from qcode.formats import transcripts
from qcode.model.codebook import Code
from qcode.model.coding import Coding, Flag
from qcode.model.document import Transcript
from qcode.model.memo import Memo
from qcode.model.span import Span
from qcode.store import codebook, coders, codings, documents, history, memos, versions
from qcode.store.checking import check
from qcode.store.codings import NewCoding
from qcode.store.documents import NewDocument
from qcode.store.opening import create, open_project
from qcode.store.project import Project
from qcode.store.refolding import contents
from tests.tui.harness import INTERVIEW, TEXT


class Desk:
    """A document with codings, a memo and marks, and two coders."""

    def __init__(self, project: Project) -> None:
        self.project = project
        self.sari, self.bima = (coders.joined(project, name) for name in ("sari", "bima"))
        with project.write(self.sari, "import") as step:
            added, _skipped = documents.add(step, [NewDocument("W01", INTERVIEW)])
            self.document = added["W01"]
            self.code = step.mint()
            codebook.add(step, [Code(self.code, "takut")])
        self.coded(
            self.sari, "takut kepencet", "Sabar dia.", "Ongkirnya mahal", "Kader 👩🏽‍🌾 desa"
        )
        with project.write(self.sari, "memo") as step:
            memos.write(step, ("document", self.document), "m", span=self.span("cafe\u0301"))
        with project.write(self.sari, "mark") as step:
            memos.mark(step, self.document, self.span("anaknya tetangga"), "off the record")

    @property
    def text(self) -> str:
        with self.project.read() as connection:
            return documents.current(connection, self.document).transcript.text

    def span(self, words: str) -> Span:
        start = self.text.index(words)
        return Span(start, start + len(words))

    def coded(self, who: str, *words: str) -> None:
        new = [NewCoding(self.document, self.span(one), self.code) for one in words]
        with self.project.write(who, "apply") as step:
            codings.apply(step, new)

    def repaired(self, who: str, repair: Repair) -> None:
        with self.project.write(who, "correct") as step:
            documents.correct(step, self.document, repair.transcript, repair.splices)

    @property
    def transcript(self) -> Transcript:
        with self.project.read() as connection:
            return documents.current(connection, self.document).transcript

    def standing(self) -> list[tuple[str, str]]:
        """Return the words of everything that stands on the text, with how well they fit."""
        text = self.text
        with self.project.read() as connection:
            found: list[Coding | Memo | Flag] = [
                *codings.of_document(connection, self.document),
                *memos.listed(connection, document=self.document),
                *memos.flags(connection, self.document),
            ]
        return sorted((text[one.start : one.end], one.fit) for one in found)

    def tables(self) -> dict[str, set[str]]:
        with self.project.read() as connection:
            return contents(connection)


@pytest.fixture(params=["sqlite", "postgres"])
def desk(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Desk]:
    place = str(tmp_path / "uji.qcode")
    if request.param == "postgres":
        place = request.getfixturevalue("postgres_place")
    project, _who = create(place, "Uji", coder="sari")
    project.close()
    with closing(open_project(place)) as opened:
        yield Desk(opened)
        assert not [one for one in check(opened) if one.damage]


def test_a_repair_leaves_all_but_the_touched_words_alone_and_undo_is_exact(desk: Desk) -> None:
    before, tables = desk.standing(), desk.tables()
    words = "Ya itu, anaknya mertua yang ngajari. Saya ini kan sepuh, takut kepencet. Sabar."
    desk.repaired(desk.sari, repairing.reword(desk.transcript, 1, words))
    after = desk.standing()
    assert ("anaknya mertua", "changed") in after
    assert {one for one in after if one[1] == "same"} == {
        (one, "same") for one in ("Kader 👩🏽‍🌾 desa", "Ongkirnya mahal", "cafe\u0301",
                                  "takut kepencet")
    }  # fmt: skip
    desk.repaired(desk.sari, repairing.split(desk.transcript, desk.text.index("mahal")))
    assert ("Ongkirnya\nP: mahal", "changed") in desk.standing()
    desk.repaired(desk.sari, repairing.respeak(desk.transcript, 4, "Pak Jaka"))
    desk.repaired(desk.sari, repairing.join(desk.transcript, 0))
    assert ("Ongkirnya\nPak Jaka: mahal", "changed") in desk.standing()
    for _step in range(4):
        assert history.undo(desk.project, desk.sari)
    assert (desk.text, desk.standing()) == (TEXT, before)
    now = desk.tables()
    assert {name for name in tables if tables[name] != now[name]} <= {"step"}
    for _step in range(4):
        assert history.redo(desk.project, desk.sari)
    assert ("Ongkirnya\nPak Jaka: mahal", "changed") in desk.standing()


def test_one_repairs_while_another_codes(desk: Desk) -> None:
    desk.repaired(desk.sari, repairing.reword(desk.transcript, 0, "Waktu dulu itu bagaimana?"))
    desk.coded(desk.bima, "dulu itu", "baru di toko")
    with pytest.raises(Refused, match="later work stands on what it created"):
        history.undo(desk.project, desk.sari)
    desk.repaired(desk.sari, repairing.reword(desk.transcript, 0, "Waktu awal itu bagaimana?"))
    assert {("baru di toko", "same"), ("awal itu", "changed")} <= set(desk.standing())


def test_a_repair_that_was_repaired_further_by_another_is_not_undone(desk: Desk) -> None:
    desk.repaired(desk.sari, repairing.respeak(desk.transcript, 1, "P"))
    desk.repaired(desk.bima, repairing.respeak(desk.transcript, 3, "P"))
    with pytest.raises(Refused, match="corrected further"):
        history.undo(desk.project, desk.sari)
    assert ("takut kepencet", "same") in desk.standing()
    assert history.undo(desk.project, desk.bima)
    assert history.undo(desk.project, desk.sari)
    assert desk.text == TEXT


def test_the_same_repair_again_after_undo_stands_as_made_then(desk: Desk) -> None:
    other = repairing.join(desk.transcript, 2)
    repair = repairing.respeak(desk.transcript, 1, "Bu Tri")
    for who in (desk.sari, desk.bima):
        desk.repaired(who, repair)
        with desk.project.read() as connection:
            (one,) = versions.corrections(connection, desk.document)
            labels = [speaker.label for speaker in documents.speakers(connection, desk.document)]
        assert (one.coder, one.before, one.stands) == (who, INTERVIEW, True)
        assert one.version.transcript == repair.transcript
        assert "Bu Tri" in labels
        history.undo(desk.project, who)
        desk.repaired(who, other)
        history.undo(desk.project, who)
    with desk.project.read() as connection:
        assert versions.corrections(connection, desk.document) == ()


def test_a_turn_of_a_real_transcript_is_repaired(desk: Desk, shared: Path) -> None:
    files = sorted((shared / "corpora").rglob("*.txt"))[:40]
    if not files:
        pytest.skip("needs the real transcripts in ../shared")
    tried = 0
    for file in files:
        transcript = transcripts.read(file).transcript
        spoken = [n for n, turn in enumerate(transcript.turns)
                  if len(transcript.text[turn.said : turn.end].split()) > 8]  # fmt: skip
        if len(transcript.speakers) < 2 or len(spoken) < 3:
            continue
        tried += 1
        with desk.project.write(desk.sari, "import") as step:
            added, _skipped = documents.add(step, [NewDocument(file.stem, transcript)])
            if not added:
                continue
        desk.document = next(iter(added.values()))
        for number in (spoken[0], spoken[len(spoken) // 2]):
            start, end = repairing.bounds(desk.transcript, number)
            words = desk.text[start:end].split()
            halfway = start + desk.text[start:end].index(" ", (end - start) // 3)
            desk.repaired(desk.sari, repairing.split(desk.transcript, halfway))
            desk.repaired(desk.sari, repairing.join(desk.transcript, number))
            start, end = repairing.bounds(desk.transcript, number)
            assert desk.text[start:end].split() == words
            desk.repaired(desk.sari, repairing.reword(desk.transcript, number, "lain sama sekali"))
            assert "lain sama sekali" in desk.text
        if tried > 5:
            return
