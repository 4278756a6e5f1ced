"""A project in which words of every kind that was not released are coded, told and quoted."""

from __future__ import annotations

from pathlib import Path

from qcode.model.answer import CORRECT, DO_NOT_USE, WITHDRAW
from qcode.model.case import Attribute, Case, Consent
from qcode.model.coding import MARKS
from qcode.model.guide import Question
from qcode.model.narrative import PASSAGE
from qcode.model.quotation import Translation
from qcode.model.span import Span
from qcode.model.theme import FOR, Theme
from qcode.store import (
    cases,
    codings,
    documents,
    guide,
    memos,
    narratives,
    quotations,
    themes,
)
from qcode.store.answers import Given
from qcode.store.codings import NewCoding
from qcode.store.documents import NewDocument
from qcode.store.opening import open_project
from qcode.store.project import Project, Step
from qcode.workflows import answers
from qcode.workflows.addresses import addresses
from tests.workflows.blinded import Blinded
from tests.workflows.studies import spoken

SECRETS = ("ZOFF", "ZNOT", "ZDONT", "ZBACK", "ZALL", "ZMUTE", "ZTRANS")
"""Off the record, not to be used, answered so, taken back, all taken back, no consent to quote;
and what translates these.
"""
SAID = {
    "W04": (("P", "Apa yang sulit?"), ("N", "takut ZOFF sekali"), ("N", "sabar ZNOT juga"),
            ("N", "takut ZDONT lagi"), ("N", "takut ZBACK sudah"), ("N", "takut aman saja"),
            ("N", "takut yang dibetulkan")),
    "W05": (("P", "Apa yang sulit?"), ("A", "takut ZALL kalau"), ("B", "takut boleh dikutip")),
    "W06": (("P", "Apa yang sulit?"), ("N", "takut ZMUTE sekali")),
}  # fmt: skip
COUNTED = {"omzet before": ("1",), "omzet after": ("2",)}
SPEAKING = {"W04": {"N": "Ani"}, "W05": {"A": "Citra", "B": "Dewi"}, "W06": {"N": "Edo"}}


def furnish(folder: Path) -> tuple[Path, str]:
    """Make the project; return its file, and the id of something to be discussed in it."""
    blinded = Blinded.made(folder)
    blinded.close_round()
    project = open_project(str(blinded.place))
    texts = _interviews(project, blinded)
    given = _codings(project, blinded, texts)
    _findings(project, blinded, given)
    flag = _marks(project, blinded, given)
    project.close()
    return blinded.place, flag


def _interviews(project: Project, blinded: Blinded) -> dict[str, str]:
    with project.write(blinded.guru, "import") as step:
        texts, _known = documents.add(step, [
            NewDocument(name, spoken(*said), speakers={"P": "interviewer"})
            for name, said in SAID.items()
        ])  # fmt: skip
        for document, speaking in SPEAKING.items():
            for label, name in speaking.items():
                consent = Consent(quotation=name != "Edo")
                role = "petani" if document == "W04" else "pedagang"
                values = {"village": ("Klaten",), "role": (role,), **COUNTED}
                cases.add(step, [Case("", "informant", name, values, consent)],
                          [Attribute("", one) for one in ("role", *COUNTED)])  # fmt: skip
                speaker = step.derive("speaker", texts[document], label)
                case = cases.case_id(step, "informant", name)
                cases.link(step, texts[document], case, speaker)
        guide.put(step, [Question("1", "Apa yang sulit?", codes=(blinded.codes["takut"],))],
                  update=True)  # fmt: skip
        asked = guide.questions(step.connection)[0].id
        guide.ask(step, [(id, asked, Span(3, 19)) for id in texts.values()])
    return texts


def _codings(project: Project, blinded: Blinded, texts: dict[str, str]) -> dict[str, str]:
    """Let two coders code every turn; return a coding of the first by document and words."""
    given: dict[str, str] = {}
    for coder in (blinded.sari, blinded.bima):
        with project.write(coder, "apply") as step:
            for id in texts.values():
                transcript = documents.current(step.connection, id).transcript
                for turn in transcript.turns[1:]:
                    words = transcript.text[turn.said : turn.end - 1]
                    span = Span(turn.said, turn.end - 1)
                    for code in ("takut", "sabar")[: 1 + (coder == blinded.sari)]:
                        new = NewCoding(id, span, blinded.codes[code], "catatan")
                        (made,) = codings.apply(step, [new])
                        given.setdefault(words, made)
                documents.finish(step, id)
    return given


def _findings(project: Project, blinded: Blinded, given: dict[str, str]) -> None:
    """Rest a theme on each passage, and tell, translate and use it."""
    with project.write(blinded.guru, "theme") as step:
        theme = themes.add(step, Theme("", "tema", statement="Orang takut."))
        for words, coding in given.items():
            themes.ground(step, theme, FOR, coding=coding)
            secret = any(one in words for one in SECRETS)
            told = "ZTRANS afraid" if secret else "afraid"
            quotations.translate(step, coding, Translation("en", told, "guru"))
            case = cases.case_id(step, "informant", _speaker(words))
            narratives.add(step, case, [narratives.NewPiece(PASSAGE, coding=coding)])


def _speaker(words: str) -> str:
    return next(
        SPEAKING[document][label]
        for document, said in SAID.items() for label, text in said if text == words
    )  # fmt: skip


def _marks(project: Project, blinded: Blinded, given: dict[str, str]) -> str:
    def place(step: Step, words: str) -> tuple[str, Span]:
        one = codings.one(step.connection, given[words])
        return one.document, Span(one.start, one.end)

    with project.write(blinded.guru, "mark") as step:
        for words, kind in (("takut ZOFF sekali", MARKS[0]), ("sabar ZNOT juga", MARKS[1])):
            memos.mark(step, *place(step, words), kind)
        for words in given:
            flag = memos.mark(step, *place(step, words), "discuss", text="bagaimana?")
            memos.mark(step, *place(step, words), "key quotation")
    everyone = {one.name: one for one in _cases(project)}
    with project.write(blinded.guru, "member answer") as step:
        for verdict, words in ((DO_NOT_USE, "takut ZDONT lagi"), (WITHDRAW, "takut ZBACK sudah"),
                               (CORRECT, "takut yang dibetulkan")):  # fmt: skip
            at = addresses(step.connection, documents.listed(step.connection))[given[words]]
            answers.answer(step, everyone["Ani"], at, Given(verdict, "salah tulis"))
    with project.write(blinded.guru, "withdraw all") as step:
        answers.withdraw(step, everyone["Citra"], Given(WITHDRAW))
    return flag


def _cases(project: Project) -> tuple[Case, ...]:
    with project.read() as connection:
        return cases.listed(connection)
