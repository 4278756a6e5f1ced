"""Blind copies: what goes out, what comes back, on both databases."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from qcode.errors import Refused
from qcode.model.case import Case, Consent
from qcode.model.codebook import Code
from qcode.model.document import Transcript
from qcode.model.narrative import HEADING, PASSAGE
from qcode.model.quotation import Cut
from qcode.model.round import RELIABILITY, Assignment
from qcode.model.span import Span
from qcode.model.theme import Appraisal, Theme
from qcode.store import (
    blind,
    cases,
    codebook,
    coders,
    codings,
    dialect,
    documents,
    history,
    memos,
    narratives,
    quotations,
    rounds,
    searches,
    summaries,
    tallies,
    themes,
)
from qcode.store.checking import check
from qcode.store.codings import NewCoding
from qcode.store.documents import NewDocument
from qcode.store.exchange import brings, exchange
from qcode.store.narratives import NewPiece
from qcode.store.opening import create, open_project
from qcode.store.project import Project, Step, lay_tables
from qcode.store.refolding import contents
from tests.workflows.studies import spoken

NAMES = ("W01", "W02", "W03", "W04")
CODERS = ("bima", "citra")
GIVEN = {"bima": ("W01", "W02"), "citra": ("W02", "W03")}
PROVERB = "alon-alon waton kelakon"


@pytest.fixture(params=["sqlite", "postgres"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return str(tmp_path / "uji.qcode")
    found: str = request.getfixturevalue("postgres_place")
    return found


def said_in(name: str) -> Transcript:
    return spoken(("P", f"Kata {name}?"), ("N", f"rahasia{name} takut salah. Lalu bisa sendiri."))


@dataclass
class Team:
    """A project with four documents, a round in which two coders code two of them each."""

    project: Project
    sari: str
    people: dict[str, str] = field(default_factory=dict)
    documents: dict[str, str] = field(default_factory=dict)
    codes: dict[str, str] = field(default_factory=dict)
    opened: list[Project] = field(default_factory=list)

    @classmethod
    def made(cls, place: str) -> Team:
        project, sari = create(place, "Uji", coder="sari")
        team = cls(project, sari, {name: coders.joined(project, name) for name in CODERS})
        with project.write(sari, "import") as step:
            team.documents, _known = documents.add(
                step, [NewDocument(name, said_in(name), speakers={"P": "interviewer"})
                       for name in NAMES],
            )  # fmt: skip
            for name in NAMES:
                consent = Consent(quotation=False, note=f"telepon 0812-{name}")
                cases.add(step, [Case("", "informant", f"Bu {name}", consent=consent)])
                cases.link(
                    step, team.documents[name], cases.case_id(step, "informant", f"Bu {name}")
                )
        with project.write(sari, "add code") as step:
            team.codes = {name: step.mint() for name in ("takut", "sabar")}
            codebook.add(step, [Code(id, name) for name, id in team.codes.items()])
        with project.write(sari, "open round") as step:
            round = rounds.begin(step, "R1", RELIABILITY, team.people.values())
            rounds.assign(step, [
                Assignment(team.documents[name], team.people[who], round)
                for who, names in GIVEN.items() for name in names
            ])  # fmt: skip
        return team

    def work(self, project: Project, who: str, word: str) -> None:
        """Let somebody code his documents, with a memo, a flag and a new code of a word."""
        for name in GIVEN[who]:
            at = Span(4, 12)
            with project.write(self.people[who], "apply") as step:
                given = NewCoding(self.documents[name], at, self.codes["takut"], memo=word)
                codings.apply(step, [given])
            with project.write(self.people[who], "discuss") as step:
                memos.mark(step, self.documents[name], at, "discuss", text=word)
        with project.write(self.people[who], "add code") as step:
            codebook.add(step, [Code(step.mint(), word)])
        with project.write(self.people[who], "memo") as step:
            memos.write(step, ("code", self.codes["sabar"]), word)

    def conclude(self, project: Project, who: str, word: str) -> None:
        """Let somebody make findings of his last passage: a theme, a story, a summary, a search."""
        name, takut = GIVEN[who][0], self.codes["takut"]
        with project.write(self.people[who], "add theme") as step:
            own = codings.of_document(step.connection, self.documents[name])[-1]
            theme = themes.add(step, Theme("", f"tema {word}", word))
            themes.ground(step, theme, "for", code=takut, why=word)
            themes.ground(step, theme, "against", coding=own.id, why=word)
            themes.appraise(step, Appraisal("", "kind", "interview", "agrees", theme, memo=word))
            case = cases.case_id(step, "informant", f"Bu {name}")
            piece = NewPiece(PASSAGE, coding=own.id)
            narratives.add(step, case, [NewPiece(HEADING, word), piece])
            summaries.write(step, case, takut, word, ())
            searches.save(step, word, "--code takut", {"code": {"takut": takut}})

    def copy_for(self, who: str, folder: Path, name: str = "") -> Project:
        file = folder / f"{name or who}.qcode"
        blind.send(self.project, self.people[who], file)
        return self.open(file)

    def open(self, file: Path) -> Project:
        self.opened.append(open_project(str(file)))
        return self.opened[-1]

    def close(self) -> None:
        for project in (self.project, *self.opened):
            project.close()


@pytest.fixture
def team(place: str) -> Iterator[Team]:
    made = Team.made(place)
    yield made
    made.close()


def found(project: Project) -> dict[str, set[str]]:
    with project.read() as connection:
        return contents(connection)


def test_a_blind_copy_holds_no_other_texts_and_no_work_of_others_and_is_sound(
    team: Team, tmp_path: Path
) -> None:
    team.work(team.project, "citra", "rahasiacitra")
    team.work(team.project, "bima", "catatanbima")
    for name in ("W01", "W03"):
        with team.project.read() as connection:
            own = codings.of_document(connection, team.documents[name])[0]
        with team.project.write(team.sari, "shorten quotation") as step:
            quotations.shorten(step, own.id, [Cut(0, 1)])
            quotations.use(step, own.id, ["rahasiabab"])
    copy = team.copy_for("bima", tmp_path)
    raw = (tmp_path / "bima.qcode").read_bytes()
    for hidden in (
        "rahasiacitra",
        "rahasiabab",
        "rahasiaW03",
        "rahasiaW04",
        "Bu W03",
        "0812-W01",
        "0812-W04",
    ):
        assert hidden.encode() not in raw, hidden
    for shown in ("rahasiaW01", "rahasiaW02", "catatanbima", "Bu W01"):
        assert shown.encode() in raw, shown
    findings = check(copy)
    assert not [one.text for one in findings if one.damage]
    (told,) = [one.text for one in findings]
    assert told.startswith("a copy for bima, who codes blind")
    with copy.read() as connection:
        assert {one.name for one in documents.listed(connection)} == set(GIVEN["bima"])
        assert {coder for _of, coder in codings.counts(connection)} == {team.people["bima"]}
        (case, *_rest) = cases.listed(connection)
        (left,) = quotations.listed(connection)
    assert case.consent == Consent(quotation=False)
    assert (left.short is not None, left.document) == (True, team.documents["W01"])
    assert coders.expected(copy, "entah") == team.people["bima"]
    with pytest.raises(Refused, match="was made for bima"):
        coders.expected(copy, "citra", asked=True)
    with pytest.raises(Refused, match="no document is assigned"):
        blind.send(team.project, team.sari, tmp_path / "sari.qcode")


def test_a_copy_that_comes_back_brings_his_work_and_a_newer_one_does_not_unblind(
    team: Team, tmp_path: Path
) -> None:
    copy = team.copy_for("bima", tmp_path)
    team.work(copy, "bima", "catatanbima")
    with copy.write(team.people["bima"], "apply") as step:
        codings.apply(step, [NewCoding(team.documents["W01"], Span(20, 26), team.codes["sabar"])])
    assert (undone := history.undo(copy, team.people["bima"]))
    assert undone.verb == "apply"
    team.work(team.project, "citra", "rahasiacitra")
    before = found(team.project)
    exchange(copy, team.project)
    assert not brings(copy, team.project)
    after = found(team.project)
    gone = {name: rows - after[name] for name, rows in before.items() if name in ("memo", "flag")}
    assert not any(gone.values())
    with team.project.read() as connection:
        counts = codings.counts(connection)
    assert counts[team.documents["W01"], team.people["bima"]] == 1
    assert not [one for one in check(team.project) if one.damage]
    with pytest.raises(Refused, match="who codes blind"):
        exchange(team.project, copy)
    with team.project.write(team.sari, "revise code") as step:
        codebook.revise(step, team.codes["takut"], {"definition": "takut salah"})
    newer = team.copy_for("bima", tmp_path, "bima-2")
    exchange(newer, copy)
    with copy.read() as connection:
        book = codebook.read(connection)
        assert {who for _of, who in codings.counts(connection)} == {team.people["bima"]}
        assert {one.text for one in memos.listed(connection)} == {"catatanbima"}
    assert book[team.codes["takut"]].definition == "takut salah"
    assert "rahasiacitra" not in {code.name for code in book}
    assert b"rahasiacitra" not in (tmp_path / "bima.qcode").read_bytes()
    team.work(copy, "bima", "lagi")
    exchange(copy, team.project)
    with team.project.read() as connection:
        assert codings.counts(connection)[team.documents["W01"], team.people["bima"]] == 2


def test_what_stood_without_data_is_told_as_new_when_it_comes(team: Team, tmp_path: Path) -> None:
    team.work(team.project, "citra", "rahasiacitra")
    copy = team.copy_for("bima", tmp_path)
    engine = dialect.sqlite_engine(None)
    lay_tables(engine, team.project.id)
    fresh = Project(engine, "fresh", here="fresh")
    exchange(copy, fresh)
    assert brings(team.project, fresh)
    assert exchange(team.project, fresh).changes > 0
    assert exchange(copy, fresh).changes == exchange(team.project, fresh).changes == 0
    assert found(fresh) == found(team.project)


def findings(project: Project) -> dict[str, int]:
    with project.read() as connection:
        return {
            "theme": len(list(themes.read(connection))),
            "ground": len(themes.grounds(connection)),
            "appraisal": len(themes.appraisals(connection)),
            "piece": len(narratives.listed(connection)),
            "summary": len(summaries.listed(connection)),
            "search": len(searches.listed(connection)),
        }


def test_a_copy_carries_what_its_coder_made_of_his_codings_and_nothing_that_others_did(
    team: Team, tmp_path: Path
) -> None:
    team.work(team.project, "bima", "kodebima")
    team.conclude(team.project, "bima", "temuanbima")
    team.work(team.project, "citra", "rahasiacitra")
    team.conclude(team.project, "citra", "rahasiacitra")
    with team.project.write(team.people["citra"], "revise code") as step:
        said = {"name": "rahasianama", "definition": "rahasiadefinisi"}
        codebook.revise(step, team.codes["sabar"], said)
    copy = team.copy_for("bima", tmp_path)
    raw = (tmp_path / "bima.qcode").read_bytes()
    for hidden in ("rahasiacitra", "rahasianama", "rahasiadefinisi"):
        assert hidden.encode() not in raw, hidden
    his = {"theme": 1, "ground": 2, "appraisal": 1, "piece": 2, "summary": 1, "search": 1}
    assert findings(copy) == his
    assert not [one.text for one in check(copy) if one.damage]
    before = found(team.project)
    assert not brings(copy, team.project)
    exchange(copy, team.project)
    assert found(team.project) == before

    team.conclude(copy, "bima", "lagibima")
    exchange(copy, team.project)
    assert exchange(copy, team.project).changes == 0
    # His summary of the cell, and his verdict on each theme, are one row each.
    assert findings(team.project) == {
        "theme": 3, "ground": 6, "appraisal": 3, "piece": 6, "summary": 2, "search": 3,
    }  # fmt: skip
    with team.project.read() as connection:
        book = codebook.read(connection)
    assert book[team.codes["sabar"]].name == "rahasianama"
    assert not [one.text for one in check(team.project) if one.damage]


def act(rng: random.Random, step: Step, own: list[str], known: dict[str, str]) -> None:
    """Do one random thing to a document or to one's own codings; ids are remembered by place."""
    document, code = rng.choice(list(known.values())[:2]), rng.choice(list(known.values())[2:])
    start = rng.randrange(0, 30)
    span = Span(start, start + rng.randrange(1, 12))
    chance = rng.random()
    if chance < 0.6 or not own:
        own += codings.apply(step, [NewCoding(document, span, code, memo=f"m{start}")])
    elif chance < 0.75:
        codings.retire(step, [rng.choice(own)])
    elif chance < 0.9:
        codings.recode(step, [rng.choice(own)], code)
    else:
        memos.mark(step, document, span, rng.choice(("discuss", "off the record")))


@dataclass
class Race:
    """The same random work on blind copies and, beside them, in one file."""

    team: Team
    together: Project
    copies: dict[str, Project]
    rng: random.Random
    folder: Path
    own: dict[tuple[str, str], list[str]] = field(default_factory=lambda: defaultdict(list))

    def turn(self) -> None:
        who, chance = self.rng.choice(CODERS), self.rng.random()
        if chance < 0.15:
            self.undo(who)
        elif chance < 0.25:
            exchange(self.copies[who], self.team.project)
        elif chance < 0.35:
            newer = self.team.copy_for(who, self.folder, f"{who}-{len(self.team.opened)}")
            exchange(newer, self.copies[who])
        else:
            self.work(who, self.rng.random())

    def work(self, who: str, same: float) -> None:
        known = {name: self.team.documents[name] for name in GIVEN[who]} | self.team.codes
        for kind, project in (("copy", self.copies[who]), ("one", self.together)):
            with project.write(self.team.people[who], "apply") as step:
                act(random.Random(same), step, self.own[kind, who], known)

    def undo(self, who: str) -> None:
        for project in (self.copies[who], self.together):
            with suppress(Refused):
                history.undo(project, self.team.people[who])
        self.own["copy", who], self.own["one", who] = [], []


@pytest.mark.parametrize("seed", range(50))
def test_copies_merged_in_any_order_equal_work_in_one_file(seed: int, tmp_path: Path) -> None:
    rng = random.Random(seed)
    team = Team.made(str(tmp_path / "satu.qcode"))
    one_file = tmp_path / "bersama.qcode"
    one_file.write_bytes((tmp_path / "satu.qcode").read_bytes())
    copies = {who: team.copy_for(who, tmp_path) for who in CODERS}
    race = Race(team, team.open(one_file), copies, rng, tmp_path)
    for _turn in range(rng.randint(4, 12)):
        race.turn()
    order = [*CODERS, *CODERS]
    rng.shuffle(order)
    for who in order:
        exchange(copies[who], team.project)
    assert summed(team.project) == summed(race.together)
    checked = rng.choice((team.project, *copies.values()))
    assert not [one.text for one in check(checked) if one.damage]
    assert not any(brings(copy, team.project) for copy in copies.values())
    team.close()


def summed(project: Project) -> list[tuple[object, ...]]:
    """Return what stands in a project without ids that were minted."""
    with project.read() as connection:
        said: list[tuple[object, ...]] = [
            ("coding", one.document, one.start, one.end, one.code, one.coder)
            for document in documents.listed(connection)
            for one in codings.of_document(connection, document.id)
        ]
        said += [("flag", one.document, one.start, one.end, one.kind, one.coder)
                 for one in memos.flags(connection)]  # fmt: skip
        said += [("memo", one.text, one.coder) for one in memos.listed(connection)]
        said += [("record", one.id, one.record) for one in documents.listed(connection)]
        said += [
            (one.code, one.case, one.document, one.coder, one.passages, one.words)
            for who in coders.listed(connection) for one in tallies.listed(connection, who.id)
        ]  # fmt: skip
    return sorted(said, key=repr)
