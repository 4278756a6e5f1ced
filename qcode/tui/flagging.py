"""What a coder does to flags: putting one, taking it away, answering and settling it."""

from __future__ import annotations

from collections.abc import Sequence

from qcode.language import _
from qcode.model.coding import Flag
from qcode.model.memo import Memo
from qcode.store import memos
from qcode.store.project import Step
from qcode.tui.acts import Words
from qcode.tui.desk import Delta
from qcode.workflows import flagging


def put(step: Step, words: Words, kind: str, text: str = "") -> Delta:
    """Put a flag on words."""
    id = flagging.put(step, words.document, words.span, kind, text)
    flags = memos.flags(step.connection, words.document)
    told = _("Flagged: {flag}").format(flag=flagging.flag_names()[kind])
    return Delta(told=told, put=tuple(flag for flag in flags if flag.id == id))


def take_away(step: Step, flags: Sequence[Flag]) -> Delta:
    """Take away those of some flags of one kind that this coder may."""
    gone = flagging.take_away(step, flags)
    name = flagging.flag_names()[flags[0].kind]
    return Delta(told=_("No longer flagged: {flag}").format(flag=name), drop=gone)


def answer(step: Step, flag: Flag, text: str) -> Delta:
    """Say something to what is to be discussed."""
    id = flagging.answer(step, flag, text)
    return Delta(told=_("Answered"), put=_memo(step, flag.document, id))


def _memo(step: Step, document: str, id: str) -> tuple[Memo, ...]:
    return tuple(one for one in memos.listed(step.connection, document=document) if one.id == id)


def settle(step: Step, flag: Flag, *, settled: bool) -> Delta:
    """Close what is to be discussed, or open it again."""
    put = flagging.settle(step, flag, settled=settled)
    told = _("Settled; x s opens it again") if settled else _("Open again")
    return Delta(told=told, put=(put,))
