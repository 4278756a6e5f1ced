"""What a step did, in words: for the history, and for what undo says it undid."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from qcode.language import _, counted
from qcode.model.change import Step
from qcode.store.log import UNDO

Rows = Mapping[str, int]


def told(step: Step) -> str:
    """Return what a step did as a short sentence without a full stop: ``recode 3 segments``."""
    tell = _TELLING.get(step.verb)
    return tell(step.rows) if tell else step.verb


def when(at: int, now: datetime) -> str:
    """Return a time as people say it: ``today 16:20``, ``yesterday 16:20``, else the date.

    ``at`` counts milliseconds since 1970 UTC; ``now`` is a time with its zone, in which it is told.
    """
    then = datetime.fromtimestamp(at / 1000, now.tzinfo)
    clock = then.strftime("%H:%M")
    if then.date() == now.date():
        return _("today {clock}").format(clock=clock)
    if then.date() == (now - timedelta(days=1)).date():
        return _("yesterday {clock}").format(clock=clock)
    return f"{then:%Y-%m-%d} {clock}"


def stamp(at: int, now: datetime) -> str:
    """Return a time for a file: ISO 8601 in the zone of ``now``, to the second."""
    return datetime.fromtimestamp(at / 1000, now.tzinfo).isoformat(timespec="seconds")


def local_now() -> datetime:
    """Return the time here, with its zone."""
    return datetime.now().astimezone()


def _imported(rows: Rows) -> str:
    parts = [tell(rows[noun]) for noun, tell in _COUNTED.items() if rows.get(noun)]
    return _("import {things}").format(things=", ".join(parts)) if parts else _("import")


_COUNTED: dict[str, Callable[[int], str]] = {
    "document": lambda n: counted("{n} document", "{n} documents", n),
    "case": lambda n: counted("{n} case", "{n} cases", n),
    "code": lambda n: counted("{n} code", "{n} codes", n),
    "coding": lambda n: counted("{n} coding", "{n} codings", n),
    "flag": lambda n: counted("{n} flag", "{n} flags", n),
    "memo": lambda n: counted("{n} memo", "{n} memos", n),
}


_FURTHER: dict[str, Callable[[int], str]] = {
    "coder": lambda n: counted("{n} coder", "{n} coders", n),
    "version": lambda n: counted("{n} text", "{n} texts", n),
    "speaker": lambda n: counted("{n} speaker", "{n} speakers", n),
    "attribute": lambda n: counted("{n} attribute", "{n} attributes", n),
    "participation": lambda n: counted("{n} link of a case", "{n} links of cases", n),
    "status": lambda n: counted("{n} state of a document", "{n} states of documents", n),
    "round": lambda n: counted("{n} round", "{n} rounds", n),
    "assignment": lambda n: counted("{n} assignment", "{n} assignments", n),
    "decision": lambda n: counted("{n} decision", "{n} decisions", n),
    "theme": lambda n: counted("{n} theme", "{n} themes", n),
    "ground": lambda n: counted("{n} ground of a theme", "{n} grounds of themes", n),
    "appraisal": lambda n: counted("{n} verdict on sources", "{n} verdicts on sources", n),
    "summary": lambda n: counted("{n} summary", "{n} summaries", n),
    "piece": lambda n: counted("{n} piece of a narrative", "{n} pieces of narratives", n),
    "quotation": lambda n: counted("{n} prepared quotation", "{n} prepared quotations", n),
    "answer": lambda n: counted("{n} answer of a participant", "{n} answers of participants", n),
    "search": lambda n: counted("{n} saved search", "{n} saved searches", n),
    "question": lambda n: counted("{n} interview question", "{n} interview questions", n),
    "asking": lambda n: counted("{n} place of a question", "{n} places of questions", n),
    "project": lambda n: counted("{n} project", "{n} projects", n),
    UNDO: lambda n: counted("{n} undo or redo", "{n} undos or redos", n),
}


def noun_counted(noun: str, number: int) -> str:
    """Return how many rows of a noun: ``3 codings``."""
    return (_COUNTED | _FURTHER)[noun](number)


def _of(noun: str, tell: Callable[[int], str]) -> Callable[[Rows], str]:
    return lambda rows: tell(rows.get(noun, 0))


def _plain(tell: Callable[[], str]) -> Callable[[Rows], str]:
    return lambda _rows: tell()


_TELLING: Mapping[str, Callable[[Rows], str]] = {
    "found": _plain(lambda: _("create the project")),
    "join": _plain(lambda: _("join the project")),
    "undo": _of("step", lambda n: _("undo a step") if n < 2 else _("undo {n} steps").format(n=n)),
    "redo": _of(
        "step",
        lambda n: (
            _("do an undone step again") if n < 2 else _("do {n} undone steps again").format(n=n)
        ),
    ),
    "import": _imported,
    "import cases": _imported,
    "import codings": _imported,
    "import codebook": _imported,
    "apply": _of("coding", lambda n: counted("code {n} segment", "code {n} segments", n)),
    "recode": _of("coding", lambda n: counted("recode {n} segment", "recode {n} segments", n)),
    "retire codings": _of(
        "coding", lambda n: counted("retire {n} coding", "retire {n} codings", n)
    ),
    "restore codings": _of(
        "coding", lambda n: counted("bring back {n} coding", "bring back {n} codings", n)
    ),
    "move coding": _plain(lambda: _("move the bounds of a coding")),
    "split segment": _plain(lambda: _("split a segment")),
    "join segments": _plain(lambda: _("join two segments")),
    "mark": _of("flag", lambda n: counted("flag {n} passage", "flag {n} passages", n)),
    "unmark": _of("flag", lambda n: counted("take away {n} flag", "take away {n} flags", n)),
    "flag": _of("flag", lambda n: counted("flag {n} passage", "flag {n} passages", n)),
    "unflag": _of("flag", lambda n: counted("take away {n} flag", "take away {n} flags", n)),
    "discuss": _plain(lambda: _("raise something to discuss")),
    "answer": _plain(lambda: _("answer what is to be discussed")),
    "settle": _plain(lambda: _("settle what was to be discussed")),
    "reopen": _plain(lambda: _("open again what was settled")),
    "take over agreements": _of(
        "decision",
        lambda n: counted("take over {n} agreement", "take over {n} agreements", n),
    ),
    "settle item": _of(
        "decision",
        lambda n: counted("settle {n} disagreement", "settle {n} disagreements", n or 1),
    ),
    "settle by rule": _of(
        "decision",
        lambda n: counted(
            "settle {n} disagreement by a rule", "settle {n} disagreements by a rule", n
        ),
    ),
    "reopen item": _plain(lambda: _("open a disagreement again")),
    "outline story": _of(
        "piece",
        lambda n: counted("begin a story with {n} piece", "begin a story with {n} pieces", n),
    ),
    "tell": _plain(lambda: _("write into a story")),
    "drop passage": _of(
        "piece",
        lambda n: counted("put {n} passage into a story", "put {n} passages into a story", n),
    ),
    "move piece": _plain(lambda: _("move a piece of a story")),
    "rewrite piece": _plain(lambda: _("rewrite a piece of a story")),
    "remove piece": _of(
        "piece",
        lambda n: counted("take {n} piece out of a story", "take {n} pieces out of a story", n),
    ),
    "summary": _plain(lambda: _("write a summary")),
    "retire summary": _of(
        "summary", lambda n: counted("take away {n} summary", "take away {n} summaries", n)
    ),
    "memo": _plain(lambda: _("write a memo")),
    "rewrite memo": _plain(lambda: _("rewrite a memo")),
    "retire memo": _of("memo", lambda n: counted("retire {n} memo", "retire {n} memos", n)),
    "add code": _of("code", lambda n: counted("add {n} code", "add {n} codes", n)),
    "revise code": _plain(lambda: _("revise a code")),
    "rename code": _plain(lambda: _("rename a code")),
    "move code": _plain(lambda: _("move a code in the tree")),
    "merge codes": _plain(lambda: _("merge a code into another")),
    "split code": _plain(lambda: _("split a code")),
    "sort passage": _of("coding", lambda n: counted("sort {n} passage", "sort {n} passages", n)),
    "end pile": _plain(lambda: _("end the sorting of a code")),
    "retire code": _plain(lambda: _("retire a code")),
    "restore code": _plain(lambda: _("bring back a code")),
    "order codes": _plain(lambda: _("put codes in another order")),
    "save search": _plain(lambda: _("save a search")),
    "remove search": _plain(lambda: _("remove a saved search")),
    "add theme": _plain(lambda: _("add a theme")),
    "revise theme": _plain(lambda: _("revise a theme")),
    "theme status": _plain(lambda: _("say how far a theme is")),
    "move theme": _plain(lambda: _("move a theme")),
    "ground theme": _of(
        "ground",
        lambda n: counted("put {n} thing under a theme", "put {n} things under a theme", n),
    ),
    "unground theme": _of(
        "ground",
        lambda n: counted(
            "take {n} thing away from a theme", "take {n} things away from a theme", n
        ),
    ),
    "retire theme": _plain(lambda: _("retire a theme")),
    "appraise": _plain(lambda: _("write a verdict on sources")),
    "finish": _of("status", lambda n: counted("finish {n} document", "finish {n} documents", n)),
    "unfinish": _of("status", lambda n: counted("reopen {n} document", "reopen {n} documents", n)),
    "look again": _of(
        "status",
        lambda n: counted("go back to {n} document", "go back to {n} documents", n),
    ),
    "speakers": _plain(lambda: _("say who speaks in a document")),
    "link": _of(
        "participation",
        lambda n: counted("link {n} case to a document", "link {n} cases to documents", n),
    ),
    "consent": _plain(lambda: _("record what a participant released")),
    "case": _plain(lambda: _("change a case")),
    "add case": _plain(lambda: _("add a case")),
    "retire case": _plain(lambda: _("retire a case")),
    "restore case": _plain(lambda: _("bring back a case")),
    "document": _plain(lambda: _("change what is known of a document")),
    "retire document": _plain(lambda: _("retire a document")),
    "restore document": _plain(lambda: _("bring back a document")),
    "join corrections": _of(
        "version",
        lambda n: counted(
            "join two corrections of {n} document", "join two corrections of {n} documents", n
        ),
    ),
    "role": _plain(lambda: _("say what a coder is")),
    "known cases": _plain(lambda: _("say which cases a coder knows")),
    "open round": _plain(lambda: _("open a round")),
    "close round": _plain(lambda: _("close a round")),
    "assign": _of(
        "assignment",
        lambda n: counted("give out {n} assignment", "give out {n} assignments", n),
    ),
    "unassign": _of(
        "assignment",
        lambda n: counted("take back {n} assignment", "take back {n} assignments", n),
    ),
    "member check": _of(
        "answer",
        lambda n: counted(
            "give {n} passage back to be checked", "give {n} passages back to be checked", n
        ),
    ),
    "import guide": _of(
        "question", lambda n: counted("import {n} question", "import {n} questions", n)
    ),
    "mark question": _plain(lambda: _("say where a question was asked")),
    "mark questions": _of(
        "asking",
        lambda n: counted(
            "say where {n} question was asked", "say where {n} questions were asked", n
        ),
    ),
    "unmark question": _plain(lambda: _("take back that a question was asked")),
    "retire question": _plain(lambda: _("retire a question")),
    "member answer": _plain(lambda: _("write down what a participant answered")),
    "withdraw all": _plain(lambda: _("take out what a participant took back")),
    "accept code": _plain(lambda: _("make a proposed code a code of everyone")),
    "shorten quotation": _plain(lambda: _("shorten a quotation")),
    "translate quotation": _plain(lambda: _("translate a quotation")),
    "key quotation": _plain(lambda: _("say why a quotation is a key quotation")),
    "use quotation": _plain(lambda: _("say where a quotation is used")),
    "forget quotation": _plain(lambda: _("take away what is prepared of a quotation")),
    "correct": _plain(lambda: _("correct the text of a document")),
}
