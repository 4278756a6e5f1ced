"""A project with an open round for two coders, and its twin in which one of them did nothing."""

from __future__ import annotations

import shutil
from dataclasses import dataclass, field
from pathlib import Path

from qcode.model.case import Attribute, Case
from qcode.model.codebook import Code
from qcode.model.coding import FLAGS
from qcode.model.guide import Question
from qcode.model.narrative import HEADING, SENTENCE
from qcode.model.round import RELIABILITY, SUPERVISOR, Assignment
from qcode.model.span import Span
from qcode.model.theme import Appraisal, Theme
from qcode.store import (
    answers,
    cases,
    codebook,
    coders,
    codings,
    documents,
    guide,
    history,
    memos,
    narratives,
    rounds,
    searches,
    summaries,
    themes,
)
from qcode.store.answers import Given, Shown
from qcode.store.codings import NewCoding
from qcode.store.documents import NewDocument
from qcode.store.narratives import NewPiece
from qcode.store.opening import create, open_project
from qcode.store.project import Project, Step
from tests.workflows.studies import spoken

SECRET = "RAHASIA"
"""In every text that the other coder writes."""
SAID = (
    ("P", "Siapa yang mengajari?"), ("N", "Anak saya sabar. Dulu takut salah pencet."),
    ("P", "Sekarang?"), ("N", "Sekarang bisa kirim gambar, tidak takut lagi."),
)  # fmt: skip
IN_ROUND = ("W01", "W02")
FIRST, SECOND = Span(24, 40), Span(40, 64)


@dataclass
class Blinded:
    """A project that is one or the other, with ids that are the same in both."""

    place: Path
    guru: str
    sari: str
    bima: str
    round: str
    documents: dict[str, str] = field(default_factory=dict)
    codes: dict[str, str] = field(default_factory=dict)
    flag: str = ""

    @classmethod
    def made(cls, folder: Path) -> Blinded:
        (folder / "studi").mkdir()
        place = folder / "studi" / "studi.qcode"
        project, guru = create(str(place), "Uji", coder="guru")
        sari, bima = (coders.joined(project, name) for name in ("sari", "bima"))
        made = cls(place, guru, sari, bima, "")
        made._found(project)
        made._own(project)
        project.close()
        shutil.copy(place, folder / "twin")
        project = open_project(str(place))
        made._secret(project)
        project.close()
        shutil.copy(place, folder / "worked")
        return made

    def become(self, *, twin: bool) -> None:
        """Be as it was at first: the project in which the other worked, or the twin."""
        shutil.copy(self.place.parent.parent / ("twin" if twin else "worked"), self.place)

    def _found(self, project: Project) -> None:
        with project.write(self.guru, "import") as step:
            coders.describe(step, self.guru, {"role": SUPERVISOR})
            new = [
                NewDocument(name, spoken(*SAID, ("N", name)), speakers={"P": "interviewer"})
                for name in (*IN_ROUND, "W03")
            ]
            self.documents, _known = documents.add(step, new)
            for name in self.documents:
                case = Case("", "informant", f"I-{name}", {"village": ("Klaten",)})
                cases.add(step, [case], [Attribute("", "village")])
                cases.link(step, self.documents[name], cases.case_id(step, case.kind, case.name))
        with project.write(self.guru, "add code") as step:
            self.codes = {name: step.mint() for name in ("takut", "sabar")}
            codebook.add(step, [Code(id, name) for name, id in self.codes.items()])
        with project.write(self.guru, "save search") as step:
            searches.save(step, "takut", "--code takut", {"code": {"takut": self.codes["takut"]}})
        with project.write(self.guru, "import guide") as step:
            guide.put(step, [Question("1", "Siapa yang mengajari?")])
        with project.write(self.bima, "apply") as step:
            self._give(step, "W03", "takut")
        with project.write(self.guru, "open round") as step:
            self.round = rounds.begin(step, "R1", RELIABILITY, [self.sari, self.bima])
            rounds.assign(step, [
                Assignment(self.documents[name], who, self.round)
                for name in IN_ROUND for who in (self.sari, self.bima)
            ])  # fmt: skip

    def _give(self, step: Step, document: str, code: str, at: Span = FIRST, memo: str = "") -> str:
        new = NewCoding(self.documents[document], at, self.codes[code], memo)
        return codings.apply(step, [new])[0]

    def _own(self, project: Project) -> None:
        with project.write(self.sari, "apply") as step:
            self._give(step, "W01", "takut", SECOND, "kata kunci")
        with project.write(self.sari, "discuss") as step:
            self.flag = memos.mark(step, self.documents["W01"], FIRST, "discuss", text="sabar?")
        with project.write(self.sari, "finish") as step:
            documents.finish(step, self.documents["W01"])
        with project.write(self.sari, "add theme") as step:
            own = themes.add(step, Theme("", "tema sendiri", "semua takut", "settled"))
            themes.ground(step, own, "for", code=self.codes["takut"])

    def _secret(self, project: Project) -> None:
        """Let the other coder do much that must not be seen, before and behind what she did."""
        with project.write(self.bima, "add code") as step:
            self.codes["usul"] = step.mint()
            codebook.add(step, [Code(self.codes["usul"], f"{SECRET}-kode", definition=SECRET)])
        for name in IN_ROUND:
            for code in ("takut", "sabar", "usul"):
                for at in (FIRST, SECOND):
                    with project.write(self.bima, "apply") as step:
                        self._give(step, name, code, at, f"{SECRET}-memo")
            with project.write(self.bima, "memo") as step:
                memos.write(step, ("document", self.documents[name]), f"{SECRET}-dokumen")
                memos.write(step, ("code", self.codes["takut"]), f"{SECRET}-tentang-kode")
                memos.write(step, ("document", self.documents[name]), f"{SECRET}-tepi", span=FIRST)
                for kind in FLAGS[:3]:
                    memos.mark(step, self.documents[name], FIRST, kind, text=f"{SECRET}-tanda")
                memos.write(step, ("flag", self.flag), f"{SECRET}-jawab")
            with project.write(self.bima, "finish") as step:
                documents.finish(step, self.documents[name])
        with project.write(self.bima, "revise code") as step:
            changed = {"name": f"{SECRET}-sabar", "definition": SECRET, "meaning": step.mint(),
                       "parent": self.codes["usul"], "alias": [SECRET]}  # fmt: skip
            codebook.revise(step, self.codes["sabar"], changed, reason=SECRET)
        with project.write(self.bima, "save search") as step:
            meant = {"code": {"sabar": self.codes["sabar"]}}
            searches.save(step, f"{SECRET}-cari", "--code sabar", meant)
        with project.write(self.bima, "add theme") as step:
            theme = themes.add(step, Theme("", f"{SECRET}-tema", SECRET, memo=SECRET))
            themes.ground(step, theme, "for", code=self.codes["takut"], why=SECRET)
            said = Appraisal("", "", "interview", "contradicts", theme, memo=SECRET)
            themes.appraise(step, said)
        with project.write(self.bima, "tell") as step:
            case = cases.case_id(step, "informant", "I-W01")
            narratives.add(step, case, [NewPiece(HEADING, SECRET), NewPiece(SENTENCE, SECRET)])
            summaries.write(step, case, self.codes["takut"], SECRET, ())
        with project.write(self.bima, "mark question") as step:
            (asked,) = guide.questions(step.connection)
            guide.ask(step, [(self.documents[name], asked.id, Span(3, 23)) for name in IN_ROUND])
        with project.write(self.bima, "member answer") as step:
            first = codings.of_document(step.connection, self.documents["W01"])[0]
            answers.ask(step, case, [Shown((first.id,), self.documents["W01"], (FIRST,))])
            (given,) = answers.listed(step.connection, case)
            answers.give(step, given, self.documents["W01"], Given("correct", SECRET))
        with project.write(self.bima, "apply") as step:
            gone = self._give(step, "W02", "sabar", Span(50, 60))
        with project.write(self.bima, "retire codings") as step:
            codings.retire(step, [gone])
        with project.write(self.bima, "apply") as step:
            self._give(step, "W02", "sabar", Span(51, 60))
        history.undo(project, self.bima)

    def close_round(self) -> None:
        project = open_project(str(self.place))
        with project.write(self.guru, "close round") as step:
            rounds.close(step, self.round, "")
        project.close()
