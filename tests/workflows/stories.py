"""Random studies on which people work, each with a ledger of what they did."""

from __future__ import annotations

import random

from qcode.model.span import Span
from qcode.store import cases, codebook, codings, documents
from qcode.store.codings import NewCoding
from tests.workflows.recount import Label, Ledger, Mark, Paper, Person
from tests.workflows.studies import Study, spoken

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
        for _act in range(self.rng.randint(12, 45)):
            self.rng.choices(
                [self.give, self.finish, self.add_code, self.merge, self.retire_code, self.mean,
                 self.retire_coding, self.recode, self.close, self.retire_document,
                 self.retire_case],
                [30, 8, 3, 2, 1, 2, 2, 2, 2, 1, 1],
            )[0]()  # fmt: skip
            self.ledger.forget()

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
        """Give some codes in one step, as a coder does who selects a code and goes on."""
        if not (codes := self.open_codes()):
            return
        paper, coder = self.rng.choice(list(self.ledger.papers)), self.rng.choice(self.coders)
        length = len(self.ledger.papers[paper].text)
        given = []
        for _number in range(self.rng.randint(1, 4)):
            start = self.rng.randrange(length - 1)
            end = min(length, start + self.rng.randint(1, 60))
            given.append(NewCoding(paper, Span(start, end), self.rng.choice(codes)))
        with self.study.step(coder) as step:
            ids = codings.apply(step, given)
        for id, one in zip(ids, given, strict=True):
            mark = Mark(paper, one.span.start, one.span.end, one.code, coder)
            self.ledger.coded(mark, id)

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
