"""Flags by hand: where they stand as it is typed, putting them there and taking them away."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from qcode.errors import BadInput, NotFound, Refused
from qcode.language import _
from qcode.model.coding import DISCUSS, FLAGS, MARKS, Flag
from qcode.model.document import Document
from qcode.model.span import Span
from qcode.store import answers, coders, codings, documents, memos
from qcode.store.project import Reader, Step
from qcode.workflows.addresses import coding_at, document_named

LETTERS = dict(zip(FLAGS, "dknou", strict=True))
"""The letter by which a person chooses a kind of flag."""


def flag_names() -> Mapping[str, str]:
    """Return what the flags are called, by their kind."""
    return {
        DISCUSS: _("discuss"), "key quotation": _("key quotation"),
        "negative case": _("negative case"), "off the record": _("off the record"),
        "not to be used": _("not to be used"),
    }  # fmt: skip


def verb_of(kind: str, *, away: bool = False) -> str:
    """Return the verb of a step that puts a flag of a kind, or takes it away."""
    if kind in MARKS:
        return "unmark" if away else "mark"
    if away:
        return "unflag"
    return "discuss" if kind == DISCUSS else "flag"


def place_typed(connection: Reader, typed: Sequence[str]) -> tuple[Document, Span]:
    """Return the words that are meant by an address of a coding, or by DOCUMENT START END."""
    if len(typed) == 1:
        one = codings.one(connection, coding_at(connection, typed[0]))
        if one.fit == "lost":
            raise Refused(_("this coding needs a place before its words can have a flag"))
        known = {each.id: each for each in documents.listed(connection)}
        return known[one.document], Span(one.start, one.end)
    if len(typed) == 3 and all(one.isascii() and one.isdecimal() for one in typed[1:]):
        start, end = (int(one) for one in typed[1:])
        if start >= end:
            raise BadInput(_("a passage must end after it starts"))
        return document_named(connection, typed[0]), Span(start, end)
    raise BadInput(
        _("write the address of a coding, such as W07:15.2, or a document with START and END")
    )


def put(step: Step, document: str, span: Span, kind: str, text: str = "") -> str:
    """Put a flag on some words; refused where this coder has it on just these already."""
    for old in memos.flags(step.connection, document):
        if (old.kind, old.coder, old.start, old.end) == (kind, step.coder, span.start, span.end):
            raise Refused(_("you put this flag on these words already"))
    return memos.mark(step, document, span, kind, text=text)


def standing(connection: Reader, document: str, span: Span, kind: str) -> tuple[Flag, ...]:
    """Return the flags of a kind on some of these words."""
    return tuple(
        one for one in memos.flags(connection, document)
        if one.kind == kind and one.fit != "lost" and span.overlaps(Span(one.start, one.end))
    )  # fmt: skip


def take_away(step: Step, flags: Sequence[Flag]) -> tuple[str, ...]:
    """Take away the flags that this coder may; return their ids.

    A confidential mark is anybody's to take away, another flag only who put it. What others
    answered stays to be read: it is settled, not taken away.
    """
    if not flags:
        raise NotFound(_("no such flag stands on these words"))
    own = [one for one in flags if one.kind in MARKS or one.coder == step.coder]
    if not own:
        who = coders.names(step.connection).get(flags[0].coder, "?")
        raise Refused(_("this flag is {coder}'s, who alone takes it away").format(coder=who))
    ids = {one.id for one in own}
    for memo in memos.listed(step.connection):
        if memo.about[0] == "flag" and memo.about[1] in ids and memo.coder != step.coder:
            raise Refused(_("others answered this; settle it instead of taking it away"))
    answers.refuse_freeing(step, ids)
    memos.unmark(step, [one.id for one in own])
    return tuple(one.id for one in own)


def answer(step: Step, flag: Flag, text: str) -> str:
    """Say something to an item; return the id of the memo."""
    if flag.kind != DISCUSS:
        raise Refused(_("only what is to be discussed is answered; write a memo instead"))
    return memos.write(step, ("flag", flag.id), text)


def settle(step: Step, flag: Flag, *, settled: bool = True) -> Flag:
    """Close an item or open it again; refused where it is so already."""
    if bool(flag.settled) is settled and flag.kind == DISCUSS:
        raise Refused(_("this is settled already") if settled else _("this is open already"))
    memos.settle(step, flag, settled=settled)
    return replace(flag, settled=step.coder if settled else "")
