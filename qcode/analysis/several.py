"""More than two coders of a document: how many gave a code, and decisions that cannot all hold.

A decision says of the words that its two coders marked where their codes stand and where not. Two
contradict each other where one gives a code to words from which the other one takes it away.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from qcode.analysis.adjudication import Change, Item, Reviewed
from qcode.analysis.agreement.marking import Marking
from qcode.model.decision import Outcome
from qcode.model.span import Span, without
from qcode.model.table import Share

Passages = Mapping[str, Sequence[Outcome]]
"""What follows from decisions, by id: the passages of the consensus."""


def votes(marking: Marking, item: Item) -> tuple[tuple[str, Share], ...]:
    """Return each code of an item with how many of the coders who had it gave it to these words."""
    found = []
    for code in dict.fromkeys(item.codes):
        looked, own = marking.looked(code), marking.marks.get(code, {})
        gave = sum(any(a < end and start < b for a, b in own.get(who, ())
                       for start, end in item.stretches) for who in looked)  # fmt: skip
        found.append((code, Share(gave, len(looked))))
    return tuple(found)


def contradictions(
    settled: Iterable[Item], passages: Passages, texts: Mapping[str, str]
) -> dict[str, tuple[str, ...]]:  # fmt: skip
    """Return the items that contradict each other, each with those it contradicts.

    White space and punctuation between two outcomes is no contradiction.
    """
    claims: dict[tuple[str, str], list[tuple[int, int, str, bool]]] = defaultdict(list)
    for item in settled:
        for code, span, given in _claims(item, passages[item.id]):
            claims[item.document, code].append((span.start, span.end, item.id, given))
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for (document, _code), said in claims.items():
        text = texts.get(document, "")
        for start, end, one, other in _against(said):
            if not text or any(map(str.isalnum, text[start:end])):
                found[one][other] = None
                found[other][one] = None
    return {id: tuple(sorted(others)) for id, others in found.items()}


def _claims(item: Item, passages: Sequence[Outcome]) -> Iterator[tuple[str, Span, bool]]:
    """Yield of which words a decision says that a code stands there, and of which that it does not."""
    stands: dict[str, list[Span]] = defaultdict(list)
    for code, span in passages:
        stands[code].append(span)
        yield code, span, True
    for code, own in zip(item.codes, item.spans, strict=True):
        for span in without([Span(*one) for one in own], stands[code]):
            yield code, span, False


def _against(
    said: Sequence[tuple[int, int, str, bool]],
) -> Iterator[tuple[int, int, str, str]]:
    """Yield the words about which two items say the opposite, with the items."""
    begun: list[tuple[int, int, str, bool]] = []
    for start, end, item, given in sorted(said):
        begun = [one for one in begun if one[1] > start]
        for _start, edge, other, there in begun:
            if there is not given and other != item:
                yield start, min(end, edge), item, other
        begun.append((start, end, item, given))


def contradicted(
    listed: Sequence[Reviewed], passages: Passages, texts: Mapping[str, str]
) -> tuple[Reviewed, ...]:
    """Return items as they stand where what was settled contradicts something else: open again.

    Only items whose ``passages`` are known are looked at.
    """
    settled = [
        one.item for one in listed
        if one.item.id in passages and (one.state == "settled" or one.against) and one.decision
        and (passages[one.item.id] or one.decision.verdict != "agree")
    ]  # fmt: skip
    against = contradictions(settled, passages, texts)
    return tuple(_standing(one, against.get(one.item.id, ())) for one in listed)


def _standing(one: Reviewed, others: tuple[str, ...]) -> Reviewed:
    if others == one.against:
        return one
    if not others:
        return replace(one, state="settled", changes=())
    changes = tuple(Change("", "against", item=other) for other in others)
    return replace(one, state="reopened", changes=changes)
