"""What a coder does to a document: each act writes one step and returns what it changed.

An act runs in the writer's thread and may run again after another program let go of the project.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

from qcode.errors import NotFound, Refused
from qcode.language import _
from qcode.model.change import Step as Done
from qcode.model.codebook import Code, Codebook, checked_name
from qcode.model.memo import Memo
from qcode.model.span import Span
from qcode.store import codebook, codings, documents, history, memos, progress
from qcode.store.codings import NewCoding
from qcode.store.progress import Stop
from qcode.store.project import Reader, Step
from qcode.tui import session
from qcode.tui.desk import Delta, Desk, Note
from qcode.tui.session import EMPTY, FINISHED
from qcode.workflows.history import told_with_codes
from qcode.workflows.telling import local_now, told, when

HERE = ("apply", "split segment", "join segments", "retire codings", "restore codings", "recode",
        "move coding", "memo", "rewrite memo", "retire memo", "mark", "unmark", "flag", "unflag",
        "discuss", "answer", "settle", "reopen", "correct", "finish",
        "unfinish", "add code", "revise code", "rename code", "move code", "order codes",
        "merge codes", "retire code", "restore code", "look again",
        "split code", "sort passage", "end pile", "save search", "remove search",
        "mark question", "mark questions",
        "add theme", "revise theme", "theme status", "move theme", "ground theme",
        "unground theme", "retire theme", "appraise")  # fmt: skip
"""Steps that the coding screen undoes; others, such as an import, are undone by name."""

_NOTES = ("coding", "memo", "flag")
_ALONE = {*_NOTES, "status", "code"}
"""Nouns whose rows change nothing of others that a screen shows."""


@dataclass(frozen=True, slots=True)
class Words:
    """Some words of a document, and where the coder stands as he acts on them."""

    document: str
    span: Span
    stop: Stop = field(default_factory=Stop)


def caught_up(step: Step, desk: Desk, act: Callable[[Step], Delta]) -> Delta:
    """Act on a document as it is shown; where others wrote meanwhile, bring that as well.

    Raises Refused where its text is no longer the one that is shown: the places are of that text.
    """
    document, behind = desk.sheet.document.id, step.pen.hlc != desk.newest
    placed = behind and step.pen.verb not in ("undo", "redo")
    if placed and documents.current(step.connection, document).id != desk.sheet.version.id:
        raise Refused(_("The text was corrected meanwhile; nothing was written, look again."))
    delta = act(step)
    if behind:
        fresh = _afresh(step, document, delta.told)
        delta = replace(fresh, put=delta.put, drop=delta.drop, codes=delta.codes, seek=delta.seek)
    return replace(delta, newest=step.pen.hlc)


def apply(step: Step, words: Words, codes: Sequence[str]) -> Delta:
    """Give words these codes."""
    new = [NewCoding(words.document, words.span, code) for code in codes]
    ids = codings.apply(step, new)
    progress.stop_at(step.connection, step.coder, words.document, words.stop)
    put = tuple(codings.one(step.connection, id) for id in ids)
    return Delta(put=put, codes=tuple(codes))


def create_and_apply(step: Step, words: Words, typed: str, codes: Sequence[str]) -> Delta:
    """Make a code of what was typed (see ``placed``) and give words that one and others."""
    code, name = _made(step, typed)
    delta = apply(step, words, (*codes, code))
    return Delta(
        told=_("Made the code “{name}” and gave it").format(name=name),
        put=delta.put, codes=delta.codes, book=codebook.read(step.connection),
    )  # fmt: skip


def create_and_recode(step: Step, coding: str, typed: str) -> Delta:
    """Make a code of what was typed (see ``placed``) and give a coding that one instead."""
    code, name = _made(step, typed)
    delta = recode(step, coding, code, name)
    told = _("Made the code “{name}” and gave it instead").format(name=name)
    return replace(delta, told=told, book=codebook.read(step.connection))


def _made(step: Step, typed: str) -> tuple[str, str]:
    """Make a code of what was typed; return its id and name."""
    parent, name = placed(codebook.read(step.connection), typed)
    if parent is None:
        parent = codebook.unsorted(step)
    book = codebook.read(step.connection)
    position = codebook.next_position(book, parent)
    (code,) = codebook.add(step, [Code(step.mint(), name, parent, position=position)])
    return code, name


def placed(book: Codebook, typed: str) -> tuple[str | None, str]:
    """Return the id of the parent and the name of a code to be made.

    ``parent/name`` goes below that one, ``/name`` to the top (an empty id), and a bare ``name``
    (None) waits among the unsorted ones. Raises NotFound or BadInput where the parent is not clear
    or the name is none.
    """
    above, stroke, name = typed.rpartition("/")
    name = checked_name(" ".join(name.split()))
    if not stroke:
        return None, name
    if not above.strip():
        return "", name
    try:
        return book.find(above.strip()).id, name
    except NotFound as error:
        raise NotFound(
            _("a new code below another is written parent/name: {why}").format(why=error)
        ) from error


def uncode(step: Step, coding: str) -> Delta:
    """Take a coding away."""
    codings.retire(step, [coding])
    return Delta(told=_("Removed the code from its passage; u brings it back"), drop=(coding,))


def recode(step: Step, coding: str, code: str, name: str) -> Delta:
    """Give a coding another code."""
    codings.recode(step, [coding], code)
    put = (codings.one(step.connection, coding),)
    return Delta(told=_("Recoded: {code}").format(code=name), put=put, codes=(code,))


def move(step: Step, coding: str, span: Span) -> Delta:
    """Set the bounds of a coding; a place that was flagged is thereby confirmed."""
    codings.move(step, coding, span)
    put = (codings.one(step.connection, coding),)
    return Delta(told=_("Moved the bounds; u moves them back"), put=put)


def split(step: Step, coding: str, at: int) -> Delta:
    """Cut a coding in two before the character ``at``."""
    new = codings.split(step, coding, at)
    put = tuple(codings.one(step.connection, id) for id in (coding, new))
    return Delta(told=_("Split into two segments; u makes them one again"), put=put)


def join(step: Step, coding: str, other: str, told: str) -> Delta:
    """Let one coding cover another, whose memos go to it."""
    codings.join(step, coding, other)
    found = codings.one(step.connection, coding)
    memos_now = memos.listed(step.connection, document=found.document)
    moved = tuple(memo for memo in memos_now if memo.about == ("coding", coding))
    return Delta(told=told, put=(found, *moved), drop=(other,))


def note(step: Step, words: Words, coding: str, text: str) -> Delta:
    """Write a memo on a coding, or without one a margin note on words."""
    if coding:
        id = memos.write(step, ("coding", coding), text)
    else:
        id = memos.write(step, ("document", words.document), text, span=words.span)
    told = _("Memo written") if coding else _("Margin note written")
    return Delta(told=told, put=_memo(step, words.document, id))


def rewrite(step: Step, document: str, memo: str, text: str) -> Delta:
    """Give a memo another text; an empty one takes it out of view."""
    if not text.strip():
        memos.retire(step, [memo])
        return Delta(told=_("Memo taken away; u brings it back"), drop=(memo,))
    memos.rewrite(step, memo, text)
    return Delta(told=_("Memo rewritten"), put=_memo(step, document, memo))


def _memo(step: Step, document: str, id: str) -> tuple[Memo, ...]:
    return tuple(one for one in memos.listed(step.connection, document=document) if one.id == id)


def finish(step: Step, document: str, state: str) -> Delta:
    """Record that the coder finished a document, found nothing in it, or is not done with it."""
    if not state:
        documents.unfinish(step, document)
        return Delta(told=_("The document is open again"), state="")
    documents.finish(step, document, empty=state == EMPTY)
    words = {FINISHED: _("finished"), EMPTY: _("finished, nothing to code")}
    return Delta(told=_("The document is {state}").format(state=words[state]), state=state)


def undo(step: Step, document: str) -> Delta:
    """Undo the coder's last step, and say what it was."""
    found = history.last_done(step.connection, step.coder)
    if found is None:
        raise Refused(_("There is nothing to undo."))
    if found.verb not in HERE:
        raise Refused(
            _("The last step was “{step}”, {when}; ctrl+t h, then u, undoes it.").format(
                step=told(found), when=when(found.at, local_now())
            )
        )
    what = told_with_codes(step.connection, found)
    history.turn(step, found.id, undone=True)
    sentence = _("Undone: {step}, {when}").format(step=what, when=when(found.at, local_now()))
    return _turned(step, document, found, sentence)


def redo(step: Step, document: str) -> Delta:
    """Do again what was undone last, and say what it was."""
    found = history.last_undone(step.connection, step.coder)
    if found is None:
        raise Refused(_("There is nothing to do again."))
    history.turn(step, found.id, undone=False)
    what = told_with_codes(step.connection, found)
    sentence = _("Done again: {step}, {when}").format(step=what, when=when(found.at, local_now()))
    return _turned(step, document, found, sentence)


def _turned(step: Step, document: str, done: Done, sentence: str) -> Delta:
    """Read anew what a step touched that was undone or done again, and no more if that is all."""
    connection = step.connection
    touched = history.touched_by(connection, done.id)
    if touched.keys() - _ALONE or ("code" in touched and history.waits(connection)):
        return _afresh(step, document, sentence)
    elsewhere = {id for noun, id in done.about if noun == "document"} != {document}
    put = _live(connection, document, touched)
    gone = {id for noun in _NOTES for id in touched.get(noun, ())} - {one.id for one in put}
    return Delta(
        told=sentence,
        put=put,
        drop=tuple(gone),
        book=codebook.read(connection) if "code" in touched else None,
        state=session.state(connection, step.coder, document) if "status" in touched else None,
        given=progress.given(connection, step.coder)
        if elsewhere and "coding" in touched else None,
    )  # fmt: skip


def _live(
    connection: Reader, document: str, touched: Mapping[str, Collection[str]]
) -> tuple[Note, ...]:
    """Return those of some codings, memos and flags that stand on a document."""
    found: list[Note] = [
        one for one in codings.of_ids(connection, touched.get("coding", ()))
        if one.document == document
    ]  # fmt: skip
    if ids := touched.get("memo"):
        found += [one for one in memos.listed(connection, document=document) if one.id in ids]
    if ids := touched.get("flag"):
        found += [one for one in memos.flags(connection, document) if one.id in ids]
    return tuple(found)


def _afresh(step: Step, document: str, sentence: str) -> Delta:
    connection = step.connection
    return Delta(
        told=sentence,
        notes=session.notes(connection, document),
        book=codebook.read(connection),
        state=session.state(connection, step.coder, document),
        given=progress.given(connection, step.coder),
        version=documents.current(connection, document).id,
    )
