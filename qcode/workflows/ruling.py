"""A rule decision: stated once, it settles many items and stands beside its code from then on."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from qcode.analysis.adjudication import Reviewed
from qcode.analysis.releasing import named, withheld
from qcode.analysis.verdicts import allowed
from qcode.errors import BadInput, Refused
from qcode.language import _
from qcode.model.span import Span
from qcode.store import codebook, codings
from qcode.store.project import Reader, Step
from qcode.workflows.addresses import coding_at
from qcode.workflows.adjudication import Review, Ruling, Settled, settle
from qcode.workflows.retrieving import Shelf


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule in words for one code, and the verdict that follows from it."""

    code: str
    verdict: str
    text: str
    kind: str = ""
    example: str = ""
    """Address of a coding whose words become an example of the code."""


def ruled(review: Review, rule: Rule, within: Collection[str] = ()) -> list[Reviewed]:
    """Return the open items that a rule is about and that can get its verdict."""
    if rule.verdict in ("a", "b", "span", "agree"):
        raise BadInput(_("a rule is about words, not about who gave them: union, intersection, "
                         "both, neither or codebook"))  # fmt: skip
    return [
        one for one in review.listed
        if one.open and one.item.kind not in ("agree", "gone") and rule.code in one.item.codes
        and (not rule.kind or one.item.kind == rule.kind)
        and (not within or one.item.document in within) and rule.verdict in allowed(one.item)
    ]  # fmt: skip


def settle_by_rule(
    step: Step, review: Review, rule: Rule, present: tuple[str, ...] = (),
    within: Collection[str] = (), dissent: str = "",
) -> Settled:  # fmt: skip
    """State a rule once: settle all items that it is about, and write it beside the code."""
    if not rule.text.strip():
        raise BadInput(_("a rule is stated in words"))
    chosen = ruled(review, rule, within)
    if not chosen:
        raise Refused(_("nothing that is open has this code and can get this verdict"))
    ruling = Ruling(rule.verdict, reason=rule.text, present=present, dissent=dissent,
                    rule=step.mint(), rule_text=rule.text)  # fmt: skip
    code = review.compared.book[rule.code]
    values = {"exclude": _joined(code.exclude, " ".join(rule.text.split()))}
    if rule.example:
        values["example"] = _joined(code.example, example_at(step.connection, rule.example))
    codebook.revise(step, rule.code, values, reason=rule.text)
    return settle(step, review, chosen, ruling)


def _joined(text: str, further: str) -> str:
    return "\n".join(part for part in (text.rstrip(), further) if part)


def example_at(connection: Reader, address: str) -> str:
    """Return the words of a coding as an example; refused where they were not released."""
    one = codings.one(connection, coding_at(connection, address))
    if one.fit == "lost":
        raise Refused(_("this coding needs a place before its words can be an example"))
    page, span = Shelf(connection).page(one.document), Span(one.start, one.end)
    if why := withheld(page.hearing.transcript, page.closed, span):
        raise Refused(_("these words stay inside: {why}").format(why=named(why)))
    return " ".join(page.hearing.transcript.text[span.start : span.end].split())
