"""What was settled, on its way out as plain files and back: by names and places, not by ids."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime

from qcode.analysis.adjudication import Item, Reviewed
from qcode.formats.folder import Passage, PlainDecision, PlainProject
from qcode.model.coding import Coding
from qcode.model.decision import Decision, Outcome
from qcode.model.span import Span
from qcode.store import coders, decisions
from qcode.store.project import Reader, Step
from qcode.workflows import adjudication
from qcode.workflows.adjudication import Review
from qcode.workflows.outcomes import consensus_of


def leaving(connection: Reader, paths: Mapping[str, str]) -> tuple[PlainDecision, ...]:
    """Return what is settled; what is open again stays behind. ``paths`` are those of codes."""
    if not decisions.listed(connection):
        return ()
    review = adjudication.read(connection)
    going = _Going(connection, review, paths)
    return tuple(
        going.decision(one.item, one.decision)
        for one in review.listed
        if one.decision is not None and one.state in ("settled", "codebook")
    )


def staying(connection: Reader) -> int:
    """Return how many decisions are not written because they are open again."""
    if not decisions.listed(connection):
        return 0
    listed = adjudication.read(connection).listed
    return sum(one.decision is not None and one.state == "reopened" for one in listed)


class _Going:
    def __init__(self, connection: Reader, review: Review, paths: Mapping[str, str]) -> None:
        self.review, self.paths = review, paths
        self.names = coders.names(connection)
        self.passages = consensus_of(connection, review.listed)
        self.codings = {
            one.id: one for own in review.given.values() for some in own.values() for one in some
        }

    def decision(self, item: Item, one: Decision) -> PlainDecision:
        given = [self.codings[kept.coding] for kept in item.inputs]
        first, second = (
            tuple(self._passage(coding) for coding in given if coding.coder == who)
            for who in item.coders
        )
        return PlainDecision(
            document=self.review.names[item.document],
            coders=(self.names[item.coders[0]], self.names[item.coders[1]]),
            given=(first, second),
            verdict=one.verdict,
            outcome=tuple(map(self._passage, self.passages.get(one.id, ()))),
            reason=one.reason,
            present=tuple(self.names[who] for who in one.present if who in self.names),
            dissent=one.dissent,
            rule=one.rule_text if one.rule else "",
            by=self.names.get(one.by, ""),
            date=datetime.fromtimestamp(one.at / 1000, UTC).isoformat(timespec="milliseconds"),
        )

    def _passage(self, one: Coding) -> Passage:
        return one.start, one.end, self.paths[self.review.compared.book.end(one.code)]


def take(
    step: Step, project: PlainProject, ids: Mapping[str, str], who: Mapping[str, str],
    codes: Mapping[str, str],
) -> tuple[int, int]:  # fmt: skip
    """Settle what a plain-text project says is settled; return how many are new, how many known.

    ``ids``, ``who`` and ``codes`` give the ids of documents, coders and paths. A decision whose
    passages are not there, or about which something was settled here, is left as it is.
    """
    if not project.decisions and not any(one.settled for one in project.documents):
        return 0, 0
    review = adjudication.read(step.connection)
    open_items = _by_passages(review)
    wanted: list[tuple[Decision, tuple[Outcome, ...]]] = []
    for one in project.decisions:
        if one.document not in ids:
            continue
        pair = (who[one.coders[0]], who[one.coders[1]])
        given = tuple(
            (coder, start, end, codes[path])
            for coder, own in zip(pair, one.given, strict=True)
            for start, end, path in own
        )
        found = open_items.get((ids[one.document], frozenset(pair), frozenset(given)))
        if found:
            item = found.pop(0).item
            wanted.append((_decision(step, item, one, pair, who), _outcome(one, codes)))
    decisions.decide(step, wanted)
    _close(step, review, project, ids)
    return len(wanted), len(project.decisions) - len(wanted)


Key = tuple[str, frozenset[str], frozenset[tuple[str, int, int, str]]]


def _by_passages(review: Review) -> dict[Key, list[Reviewed]]:
    """Return the items about which nothing was settled, by document, coders and passages."""
    book = review.compared.book
    codings = {
        one.id: one for own in review.given.values() for some in own.values() for one in some
    }
    found: dict[Key, list[Reviewed]] = defaultdict(list)
    for one in review.listed:
        if one.decision is None:
            inside = [codings[kept.coding] for kept in one.item.inputs]
            given = frozenset((c.coder, c.start, c.end, book.end(c.code)) for c in inside)
            found[one.item.document, frozenset(one.item.coders), given].append(one)
    return found


def _decision(
    step: Step, item: Item, one: PlainDecision, pair: tuple[str, str], who: Mapping[str, str]
) -> Decision:
    verdict = one.verdict
    if verdict in ("a", "b") and pair != item.coders:
        verdict = "b" if verdict == "a" else "a"
    made = Decision(
        id=item.id, document=item.document, coders=item.coders, kind=item.kind, codes=item.codes,
        inputs=item.inputs, verdict=verdict, reason=one.reason,
        present=tuple(who[name] for name in one.present), dissent=one.dissent,
        by=who[one.by] if one.by else "", at=_time(one.date),
    )  # fmt: skip
    if not one.rule:
        return made
    return replace(made, rule=step.derive("rule", one.rule, one.by, one.date[:16]),
                   rule_text=one.rule)  # fmt: skip


def _time(date: str) -> int:
    """Return a date in milliseconds since 1970 UTC; 0 where it cannot be read."""
    try:
        return int(datetime.fromisoformat(date).timestamp() * 1000) if date else 0
    except ValueError:
        return 0


def _outcome(one: PlainDecision, codes: Mapping[str, str]) -> tuple[Outcome, ...]:
    return tuple(Outcome(codes[path], Span(start, end)) for start, end, path in one.outcome)


def _close(step: Step, review: Review, project: PlainProject, ids: Mapping[str, str]) -> None:
    lacking = {one.document: one.lacking for one in review.compared.markings}
    book = review.compared.book
    wanted: Iterable[str] = (
        ids[one.name] for one in project.documents if one.settled and one.name in ids
    )
    for document in wanted:
        if document in lacking:
            had = [code for code in book.codes if book.end(code) not in lacking[document]]
            decisions.close(step, document, had)
