"""An item of review as lines: what each of two coders gave, what was settled, what codes mean."""

from __future__ import annotations

from collections.abc import Iterator

from qcode.language import _
from qcode.model.codebook import Code
from qcode.model.decision import Decision
from qcode.tui.inspecting import Line
from qcode.tui.widgets.passage import SIGNS
from qcode.workflows.items import Docket, Entry
from qcode.workflows.review import votes

_QUOTED = 160


def side_of(entry: Entry, shown: int) -> int:
    """Return which of the two coders stands as A (0) or B (1)."""
    return 1 - shown if entry.item.swapped else shown


def given(docket: Docket, entry: Entry, shown: int) -> str:
    """Return the name of the code that A (0) or B (1) gave, or a dash."""
    side = side_of(entry, shown)
    return docket.book[entry.item.codes[side]].name if entry.item.spans[side] else "-"


def called(docket: Docket, entry: Entry, shown: int) -> str:
    """Return what A or B is called, with the sign of his lane."""
    who = docket.sides.who(entry.item, entry.item.coders[side_of(entry, shown)])
    return f"{SIGNS[shown]} {who}"


def item_lines(docket: Docket, entry: Entry) -> tuple[Line, ...]:
    """Return what is said of an item beside its words."""
    codes = dict.fromkeys(entry.item.codes)
    return (
        *_votes(docket, entry),
        *_history(docket, entry),
        *(line for shown in (0, 1) for line in _side(docket, entry, shown)),
        *(line for code in codes for line in _meaning(docket, docket.book[code])),
    )


def _votes(docket: Docket, entry: Entry) -> Iterator[Line]:
    if given := votes(docket.review, entry.item):
        yield Line(_("Given here by {votes} coders who had the code").format(votes=given), "quiet")


def _side(docket: Docket, entry: Entry, shown: int) -> Iterator[Line]:
    side = side_of(entry, shown)
    code = docket.book[entry.item.codes[side]]
    who = called(docket, entry, shown)
    spans = entry.item.spans[side]
    yield Line(f"{who}: {code.name if spans else '-'}", "strong", (code.color or "none") if spans
               else "")  # fmt: skip
    text = docket.review.compared.texts.get(entry.item.document, "")
    for start, end in spans:
        yield Line(f"“{_quoted(text[start:end])}”", indent=2)
    own = {
        one.id for one in
        docket.review.given.get(entry.item.document, {}).get(entry.item.coders[side], ())
    }  # fmt: skip
    for one in entry.item.inputs:
        if one.coding in own:
            for said in docket.memos.get(one.coding, ()):
                yield Line(_("memo: {text}").format(text=said), indent=2)
    yield Line()


def _quoted(text: str) -> str:
    line = " ".join(text.split())
    if len(line) <= _QUOTED:
        return line
    half = _QUOTED // 2
    return f"{line[:half].rstrip()} … {line[-half:].lstrip()}"


def _history(docket: Docket, entry: Entry) -> Iterator[Line]:
    """Yield what was settled, and why it is open again."""
    decision = entry.reviewed.decision
    if entry.state == "parked":
        yield Line(_("It is on the agenda."), "strong")
    if entry.why:
        yield Line(_("Open again: {why}").format(why=entry.why), "strong")
    if decision is None:
        if entry.state == "parked":
            yield Line()
        return
    verdict = docket.sides.verdict(entry.item, decision.verdict)
    before = bool(entry.why)
    said = _("It was settled: {verdict}") if before else _("Settled: {verdict}")
    yield Line(said.format(verdict=verdict), "strong" if not before else "plain")
    yield from _minutes(docket, decision)
    yield Line()


def _minutes(docket: Docket, decision: Decision) -> Iterator[Line]:
    if decision.rule_text:
        yield Line(_("by the rule: {text}").format(text=decision.rule_text), indent=1)
    elif decision.reason:
        yield Line(_("because: {text}").format(text=decision.reason), indent=1)
    if decision.dissent:
        yield Line(_("against it: {text}").format(text=decision.dissent), indent=1)
    names = [docket.sides.names.get(who, "") for who in decision.present]
    if all(names):
        yield Line(_("by {names}").format(names=", ".join(names)), "quiet", indent=1)


def _meaning(docket: Docket, code: Code) -> Iterator[Line]:
    yield Line(docket.book.path(code.id).replace("/", " › "), "strong", code.color or "none")
    for title, text in (
        ("", code.definition), (_("Use when"), code.include), (_("Not for"), code.exclude),
    ):  # fmt: skip
        if text:
            yield Line(f"{title}: {text}" if title else text, "quiet")
    if not (code.definition or code.include):
        yield Line(_("This code has no definition yet."), "quiet")
    yield Line()
