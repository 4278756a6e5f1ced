"""What a verdict on a disagreement leaves: the passages of the consensus."""

from __future__ import annotations

from collections.abc import Iterable

from qcode.analysis.adjudication import GONE, Item
from qcode.analysis.agreement.marking import Stretch, joined
from qcode.errors import BadInput
from qcode.language import _
from qcode.model.decision import CODEBOOK, Outcome
from qcode.model.span import Span


def allowed(item: Item) -> tuple[str, ...]:
    """Return the verdicts that an item may get."""
    if item.kind == GONE:
        return ("neither",)
    if item.kind == "agree":
        return ("agree", "a", "b", "union", "intersection", "span", "neither", CODEBOOK)
    if not item.same:
        return ("a", "b", "span", "both", "neither", CODEBOOK)
    if item.kind == "missed":
        return ("a", "b", "union", "span", "both", "neither", CODEBOOK)
    return ("a", "b", "union", "intersection", "span", "both", "neither", CODEBOOK)


def outcome(
    item: Item, verdict: str, span: Span | None = None, code: str = ""
) -> tuple[Outcome, ...]:
    """Return the passages of the consensus that follow from a verdict.

    ``span`` is the new place of the verdict "span", ``code`` its code where it is not the item's.
    Raises BadInput for a verdict that the item cannot get.
    """
    if verdict not in allowed(item):
        raise BadInput(
            _("this item takes one of {known}, not “{verdict}”").format(
                known=", ".join(allowed(item)), verdict=verdict
            )
        )
    if (span is not None) != (verdict == "span"):
        raise BadInput(_("a start and an end belong to the verdict “span”, and it needs them"))
    if span is not None:
        if not span.overlaps(item.hull):
            raise BadInput(_("the new place must hold some of the words that the coders marked"))
        return (Outcome(code or item.codes[0], span),)
    return tuple(_follows(item, verdict))


def _follows(item: Item, verdict: str) -> Iterable[Outcome]:
    code = item.codes[0]
    first, second = (
        [Outcome(given, Span(*one)) for one in own]
        for given, own in zip(item.codes, item.spans, strict=True)
    )
    if verdict in ("agree", "union"):
        return [Outcome(code, Span(*one)) for one in joined(item.stretches)]
    if verdict == "intersection":
        return [Outcome(code, one) for one in _shared(*item.spans)]
    both = dict.fromkeys((*first, *second))
    return {"a": first, "b": second, "both": both}.get(verdict, ())


def _shared(ours: Iterable[Stretch], theirs: Iterable[Stretch]) -> list[Span]:
    theirs = tuple(theirs)
    return [
        Span(max(a, c), min(b, d)) for a, b in ours for c, d in theirs if max(a, c) < min(b, d)
    ]  # fmt: skip


def meant(item: Item, verdict: str) -> str:
    """Return the verdict that is meant by A or B as an item is shown, where they change places."""
    if verdict in ("a", "b") and item.swapped:
        return "b" if verdict == "a" else "a"
    return verdict
