"""Every table equals a second count that shares no code with the program."""

from __future__ import annotations

import random

import pytest

from qcode.analysis import frequency as analysis
from qcode.analysis.comparison import comparison
from qcode.analysis.crossing import crossed
from qcode.analysis.patterns import places
from qcode.model.filter import Filter
from qcode.model.span import Span
from qcode.store import cases, codebook, codings, documents
from qcode.workflows.frequency import Asked, frequency
from tests.workflows.recount import Label, Ledger, Mark, Paper, Person
from tests.workflows.studies import Study, cells, spoken

WORDS = ("takut", "pegang", "HP", "lalu", "anak", "tetangga", "sabar", "ongkir", "mahal", "grup")
VILLAGES = ((), ("Desa A",), ("Desa A",), ("Desa B",), ("Desa C",), ("Desa A", "Desa C"))


class Story:
    """A study that people work on at random, and the ledger of what they did."""

    def __init__(self, seed: int) -> None:
        self.rng = random.Random(seed)
        self.study = Study()
        self.ledger = Ledger()
        self.coders = [self.study.first, self.study.coder("bima"), self.study.coder("ani")]
        for number in range(self.rng.randint(2, 6)):
            self.add_interview(number)
        for number in range(self.rng.randint(0, 2)):
            self.add_note(number)
        for _number in range(3):
            self.add_code()
        for _act in range(self.rng.randint(15, 60)):
            self.rng.choices(
                [self.give, self.finish, self.add_code, self.merge, self.retire_code, self.mean,
                 self.retire_coding, self.recode, self.close, self.retire_document,
                 self.retire_case],
                [30, 8, 3, 2, 1, 2, 2, 2, 2, 1, 1],
            )[0]()  # fmt: skip

    def said(self) -> str:
        return " ".join(self.rng.choices(WORDS, k=self.rng.randint(2, 8)))

    def add_interview(self, number: int) -> None:
        """Add an interview of one, of two, of one in the second sitting, or without labels."""
        rng, people = self.rng, list(self.ledger.people)
        fresh = [self.person(f"I{number}{one}") for one in "ab"[: rng.choice((1, 1, 2))]]
        shape = rng.choice(("labels", "labels", "labels", "whole", "bare", "again"))
        if shape == "again":
            fresh = [rng.choice(people or fresh)]
        labels = [("P", ()), *((f"N{at}", (case,)) for at, case in enumerate(fresh))]
        if shape == "bare":
            labels = [("", tuple(fresh))]
        if shape == "whole":
            labels = [("P", ()), ("N0", tuple(fresh))]
        turns = [(label, self.said()) for _round in range(3) for label, _cases in labels]
        text = spoken(*turns)
        linked = {label: case for label, some in labels for case in some}
        id = self.study.document(f"W{number}", text, cases_of=linked if shape == "labels" else None)
        if shape != "labels":
            for case in fresh:
                with self.study.step() as step:
                    label = "N0" if shape == "again" else ""
                    speaker = step.derive("speaker", id, label) if label else ""
                    cases.link(step, id, case, speaker)
        by_label = dict(labels)
        heard = [
            (turn.said, turn.end, by_label[turn.speaker]) for turn in text.turns
            if turn.speaker != "P"
        ]  # fmt: skip
        self.ledger.papers[id] = Paper(f"W{number}", "interview", text.text, heard)

    def person(self, name: str) -> str:
        villages = self.rng.choice(VILLAGES)
        role = self.rng.choice(("perajin", "kader"))
        given = {"village": villages} if villages else {}
        id = self.study.case(name, {"role": (role,), **given})
        self.ledger.people[id] = Person(villages, role)
        return id

    def add_note(self, number: int) -> None:
        text = spoken(("", self.said()), ("", self.said()))
        id = self.study.document(f"O{number}", text, kind="observation")
        heard: list[tuple[int, int, tuple[str, ...]]] = [
            (turn.said, turn.end, ()) for turn in text.turns
        ]
        self.ledger.papers[id] = Paper(f"O{number}", "observation", text.text, heard)

    # -- what people do -------------------------------------------------------------------------

    def open_codes(self) -> list[str]:
        return list(self.ledger.offered())

    def add_code(self) -> None:
        name = f"kode {len(self.ledger.labels)}"
        above = self.rng.choice(["", "", *self.open_codes()])
        id = self.study.code(name, above)
        self.ledger.labels[id] = Label(name, above)

    def give(self) -> None:
        if not (codes := self.open_codes()):
            return
        paper, coder = self.rng.choice(list(self.ledger.papers)), self.rng.choice(self.coders)
        length = len(self.ledger.papers[paper].text)
        start = self.rng.randrange(length - 1)
        end = min(length, start + self.rng.randint(1, 60))
        code = self.rng.choice(codes)
        id = self.study.give(paper, Span(start, end), code, coder)
        self.ledger.coded(Mark(paper, start, end, code, coder), id)

    def finish(self) -> None:
        paper, coder = self.rng.choice(list(self.ledger.papers)), self.rng.choice(self.coders)
        self.study.finish(paper, coder)
        self.ledger.finished(paper, coder)

    def merge(self) -> None:
        labels, codes = self.ledger.labels, self.open_codes()
        if len(codes) < 3:
            return
        one, into = self.rng.sample(codes, 2)
        if into in self.ledger.family(one) or one in self.ledger.family(into):
            return
        with self.study.step(verb="merge codes") as step:
            codebook.merge(step, one, into)
        labels[one].into = into

    def retire_code(self) -> None:
        if len(codes := self.open_codes()) > 2:
            code = self.rng.choice(codes)
            with self.study.step(verb="retire code") as step:
                codebook.retire(step, code)
            self.ledger.labels[code].retired = True

    def mean(self) -> None:
        if codes := self.open_codes():
            code = self.rng.choice(codes)
            with self.study.step(verb="revise code") as step:
                codebook.revise(step, code, {"meaning": step.mint()})
            self.ledger.labels[code].meaning += 1

    def retire_coding(self) -> None:
        if self.ledger.marks:
            id = self.rng.choice(list(self.ledger.marks))
            with self.study.step(verb="retire codings") as step:
                codings.retire(step, [id])
            self.ledger.marks[id].retired = True

    def recode(self) -> None:
        if self.ledger.marks and (codes := self.open_codes()):
            id, code = self.rng.choice(list(self.ledger.marks)), self.rng.choice(codes)
            with self.study.step(verb="recode") as step:
                codings.recode(step, [id], code)
            mark = self.ledger.marks[id]
            mark.code = code
            if mark.coder == self.study.first:
                # Whoever recodes his own has the codebook before him.
                self.ledger.seen[mark.paper, mark.coder] = self.ledger.offered()

    def close(self) -> None:
        paper = self.rng.choice(list(self.ledger.papers))
        start = self.rng.randrange(len(self.ledger.papers[paper].text) - 1)
        end = min(len(self.ledger.papers[paper].text), start + self.rng.randint(1, 30))
        self.study.mark(paper, Span(start, end), "not to be used")
        self.ledger.unused.append((paper, start, end))

    def retire_document(self) -> None:
        paper = self.rng.choice(list(self.ledger.papers))
        with self.study.step(verb="retire document") as step:
            documents.retire(step, paper)
        self.ledger.papers[paper].retired = True

    def retire_case(self) -> None:
        case = self.rng.choice(list(self.ledger.people))
        with self.study.step(verb="retire case") as step:
            cases.retire(step, case)
        self.ledger.people[case].retired = True


def titles(ledger: Ledger) -> dict[str, str]:
    """Return what each code is called in a table; those that were merged are in none."""
    return {
        id: f"{label.name} (retired)" if label.retired else label.name
        for id, label in ledger.labels.items() if not label.into
    }  # fmt: skip


@pytest.mark.parametrize("seed", range(50))
def test_every_table_equals_a_second_count_letter_by_letter(seed: int) -> None:
    story = Story(seed)
    ledger, layer = story.ledger, story.study.layer()
    with story.study.project.read() as connection:
        whole = frequency(connection, Filter(), Asked(rolled=True))
    for counted, rolled in ((analysis.frequency(layer), False), (whole, True)):
        listed = {str(row[0]): row for row in counted.rows}
        for id, title in titles(ledger).items():
            if ledger.labels[id].retired and title not in listed:
                continue
            wanted, row = ledger.row(id, rolled=rolled), cells(counted, title)
            assert row == {"code": title, **{key: wanted[key] for key in list(row)[1:]}}
    if any(ledger.people[id].villages for id in ledger.informants()):
        compared_equally(story)
    coders_equally(story)


def compared_equally(story: Story) -> None:
    ledger, layer = story.ledger, story.study.layer()
    village, role = story.study.attribute("village"), story.study.attribute("role")
    table = comparison(layer, village, role)
    listed = {str(row[0]) for row in table.rows}
    for id, title in titles(ledger).items():
        if title in listed:
            wanted = {"code": title, **ledger.compared(id), **ledger.row(id)}
            row = cells(table, title)
            assert row == {key: wanted[key] for key in row}
    sorts = places(layer, village).sorts.values()
    assert {placed.code: str(placed.at.cell) for some in sorts for placed in some} == {
        id: where for id, title in titles(ledger).items() if title in listed
        for where in [ledger.compared(id)["where"]]
        if where not in "-·" and "the only one" not in where
    }  # fmt: skip
    both = crossed(layer, village, role)
    keys = [column.key for column in both.columns]
    rows = [dict(zip(keys, map(str, row), strict=True)) for row in both.rows]
    for id, title in titles(ledger).items():
        if title in listed:
            wanted_rows = [{"code": title, **row} for row in ledger.crossed(id)]
            assert [row for row in rows if row["code"] == title] == wanted_rows


def coders_equally(story: Story) -> None:
    """Count what each coder gave as if everything had been his alone."""
    ledger, record = story.ledger, story.ledger.record
    names = dict(zip(story.coders, ("sari", "bima", "ani"), strict=True))
    standing = {mark.coder for mark in ledger.marks.values()
                if any(passages_of(ledger, mark.coder, id) for id in ledger.labels)}  # fmt: skip
    if not standing:
        return
    with story.study.project.read() as connection:
        table = frequency(connection, Filter(), Asked(by_coder=True))
    assert {str(one.title) for one in table.columns[1:]} == {names[coder] for coder in standing}
    listed = {str(row[0]) for row in table.rows}
    for coder in standing:
        ledger.record = dict.fromkeys(ledger.papers, coder)
        for id, title in titles(ledger).items():
            if title in listed:
                wanted, row = ledger.row(id), cells(table, title)
                for key in ("cases", "passages"):
                    assert row[f"{key}:{names[coder]}"] == wanted[key]
    ledger.record = record


def passages_of(ledger: Ledger, coder: str, code: str) -> bool:
    record, ledger.record = ledger.record, dict.fromkeys(ledger.papers, coder)
    papers = ledger.live("interview", "observation")
    found = any(ledger.passages(paper, code) for paper in papers)
    ledger.record = record
    return found
