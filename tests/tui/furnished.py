"""A small project in which every field that a person can fill is filled, on any one text."""

from __future__ import annotations

from pathlib import Path

from qcode.model.case import Attribute, Case, Consent
from qcode.model.codebook import Code
from qcode.model.coding import DISCUSS, FLAGS
from qcode.model.guide import Question
from qcode.model.narrative import HEADING, PASSAGE, SENTENCE
from qcode.model.quotation import Cut, Translation
from qcode.model.round import Assignment
from qcode.model.span import Span
from qcode.model.theme import Appraisal, Theme
from qcode.store import (
    answers,
    cases,
    codebook,
    codings,
    documents,
    guide,
    memos,
    narratives,
    quotations,
    rounds,
    summaries,
    themes,
)
from qcode.store.answers import Given, Shown
from qcode.store.codings import NewCoding
from qcode.store.documents import NewDocument
from qcode.store.log import Edit
from qcode.store.narratives import NewPiece
from qcode.store.opening import create, open_project
from qcode.store.project import Step
from qcode.tui.app import BUSY_MS
from tests.tui.harness import spoken
from tests.tui.study import Study

WILD = (
    "[b]Ж [TODO]Љ [@click=app.quit]Ђ \\[red]Ћ {b} %s $(x) `y` \x1b]52;c;eA==\x07\x9b1m\u202e\u200b"
)
"""Markup of three kinds, with a letter after each that is nowhere else, and what drives terminals.
"""


def furnished(folder: Path, text: str = WILD) -> Study:
    """Make a project whose every name and text is ``text``, and code some of it."""
    place = folder / "studi.qcode"
    project, sari = create(str(place), text, coder="sari", notice=text)
    project.close()
    study = Study(place, open_project(str(place), busy_ms=BUSY_MS), sari)
    with study.project.write(sari, "import") as step:
        step.record([Edit("coder", sari, {"name": text})])
        said = spoken((text, f"{text}?"), ("N", f"{text}. Dua kata lagi. {text}"), ("N", text))
        speakers = {text: "interviewer", "N": "participant"}
        new = [NewDocument(text, said, speakers=speakers, details={"place": text})]
        study.documents, _skipped = documents.add(step, new)
        documents.mend_speaker(step, study.documents[text], "N", name=text)
        for name in (text, f"{text} 2"):
            values = {text: (name,), f"{text} before": (name,), f"{text} after": (name,)}
            cases.add(step, [Case("", "informant", name, values, Consent(True, text))],
                      [Attribute("", one) for one in values])  # fmt: skip
            cases.link(step, study.documents[text], cases.case_id(step, "informant", name))
    with study.project.write(sari, "add code") as step:
        study.codes = {name: step.mint() for name in (text, f"{text} 2")}
        codebook.add(step, [_code(id, name, text) for name, id in study.codes.items()])
    with study.project.write(sari, "apply") as step:
        _code_some(step, study, text)
    with study.project.write(sari, "tell") as step:
        _tell_some(step, study, text)
    with study.project.write(sari, "add theme") as step:
        _claim_some(step, study, text)
    with study.project.write(sari, "import guide") as step:
        _ask_some(step, study, text)
    with study.project.write(sari, "shorten quotation") as step:
        _prepare_some(step, study, text)
    with study.project.write(sari, "open round") as step:
        round = step.mint()
        step.record([Edit("round", round, {"name": text, "kind": "drift", "coders": [sari],
                                           "codebook": documents.keep_state(step)}, new=True)])  # fmt: skip
        rounds.assign(step, [Assignment(study.documents[text], sari, round)])
    return study


def _ask_some(step: Step, study: Study, text: str) -> None:
    """Ask a question of the guide, and let the participant put his words right."""
    document = study.documents[text]
    turns = documents.current(step.connection, document).transcript.turns
    guide.put(step, [Question("1", text, labels={"id": text}, wordings=(text,), attribute=text,
                              roles=(text,), codes=(study.codes[text],))])  # fmt: skip
    (question,) = guide.questions(step.connection)
    guide.ask(step, [(document, question.id, Span(turns[0].said, turns[0].end))])
    last = codings.of_document(step.connection, document)[-1]
    case = cases.case_id(step, "informant", text)
    answers.ask(step, case, [Shown((last.id,), document, (Span(last.start, last.end),))])
    (given,) = answers.listed(step.connection, case)
    answers.give(step, given, document, Given("correct", text))


def _tell_some(step: Step, study: Study, text: str) -> None:
    """Begin a story with a piece of each kind, and write a summary."""
    case = cases.case_id(step, "informant", text)
    first, last = (codings.of_document(step.connection, study.documents[text])[n] for n in (0, -1))
    narratives.add(step, case, [
        NewPiece(HEADING, text), NewPiece(SENTENCE, text), NewPiece(PASSAGE, coding=first.id),
        NewPiece(PASSAGE, coding=last.id),
    ])  # fmt: skip
    summaries.write(step, case, study.codes[text], text, ())


def _prepare_some(step: Step, study: Study, text: str) -> None:
    """Shorten a quotation and translate it, with a role and a place where it is used."""
    last = codings.of_document(step.connection, study.documents[text])[-1]
    quotations.shorten(step, last.id, [Cut(0, 1)])
    quotations.translate(step, last.id, Translation("en", text, text, text))
    quotations.give_role(step, last.id, "striking")
    quotations.use(step, last.id, [text])


def _claim_some(step: Step, study: Study, text: str) -> None:
    """Write a theme with one below it, a ground of each kind and a verdict."""
    last = codings.of_document(step.connection, study.documents[text])[-1]
    top = themes.add(step, Theme("", text, text, memo=text))
    themes.add(step, Theme("", f"{text} 2", parent=top))
    themes.ground(step, top, "for", code=study.codes[text], why=text)
    themes.ground(step, top, "against", coding=last.id, why=text)
    themes.appraise(step, Appraisal("", text, text, "partly", top, memo=text))


def _code(id: str, name: str, text: str) -> Code:
    return Code(
        id, name, labels={"en": text}, aliases=(text + "a",), definition=text, include=text,
        exclude=text, example=text, basis=text, color="#3ec9b6",
    )  # fmt: skip


def _code_some(step: Step, study: Study, text: str) -> None:
    """Code the same words twice, with a memo, a margin note, one flag of each kind."""
    document = study.documents[text]
    turns = documents.current(step.connection, document).transcript.turns
    words = Span(turns[1].said, turns[1].end - 1)
    for code in study.codes.values():
        ids = codings.apply(step, [NewCoding(document, words, code)])
        memos.write(step, ("coding", ids[0]), text)
    for about in (("document", document), *(("code", code) for code in study.codes.values())):
        memos.write(step, about, text)
    memos.write(step, ("document", document), text, span=words)
    for kind in FLAGS:
        memos.mark(step, document, words, kind, text=text if kind == DISCUSS else "")
    last = Span(turns[2].said, turns[2].end - 1)
    codings.apply(step, [NewCoding(document, last, next(iter(study.codes.values())))])
