"""A second retrieval, letter by letter, from nothing but what was done to a study."""

from __future__ import annotations

import re
from copy import copy
from dataclasses import dataclass, fields, replace

from tests.workflows.recount import Ledger, Mark, runs

_LINE = re.compile(r"(?:(?:P|N\d+|): )?(.*)\n?")


@dataclass(frozen=True)
class Asked:
    """What is asked of a passage: further codes that stand there, or do not, and where."""

    within: str
    also: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    near: int = -1


def chosen(ledger: Ledger, asked: Asked) -> set[str]:
    """Return the codings that have what is asked for, of the layer of record."""
    return {
        id for id, mark in ledger.marks.items()
        if not mark.retired and mark.coder == ledger.record.get(mark.paper)
        and not ledger.papers[mark.paper].retired and _has(ledger, mark, asked)
    }  # fmt: skip


def saying(ledger: Ledger, word: str) -> set[str]:
    """Return the codings of passages in whose words, as far as to be used, a whole word stands."""
    whole = re.compile(rf"\b{word}\b", re.IGNORECASE)
    return {
        id for id in chosen(ledger, Asked("document"))
        for mark in (ledger.marks[id],)
        if any(
            whole.search(ledger.papers[mark.paper].text[min(run) : max(run) + 1])
            for run in runs(_passage(ledger, mark) - ledger.closed(mark.paper))
        )
    }  # fmt: skip


def _has(ledger: Ledger, mark: Mark, asked: Asked) -> bool:
    if asked.within == "case":
        return any(_whole(ledger, case, asked) for case in _speaking(ledger, mark))
    meets = _document if asked.within == "document" else _place
    return all(meets(ledger, mark, code, asked) for code in asked.also) and not any(
        meets(ledger, mark, code, asked) for code in asked.without
    )


def _speaking(ledger: Ledger, mark: Mark) -> set[str]:
    paper, left = ledger.papers[mark.paper], _passage(ledger, mark) - ledger.closed(mark.paper)
    return {
        case for start, end, cases in paper.heard for case in cases
        if any(start <= at < end and not paper.text[at].isspace() for at in left)
        and not ledger.people[case].retired
    }  # fmt: skip


def _passage(ledger: Ledger, mark: Mark) -> set[int]:
    """Return the letters of the passage that a coding is part of."""
    letters = ledger.letters(mark.paper, ledger.end(mark.code))
    return next(run for run in runs(letters) if mark.start in run)


def _whole(ledger: Ledger, case: str, asked: Asked) -> bool:
    def says(code: str) -> bool:
        return any(
            ledger.words(paper, one, case=case)
            for paper, known in ledger.papers.items() if not known.retired
            for one in ledger.family(ledger.end(code))
        )  # fmt: skip

    return all(map(says, asked.also)) and not any(map(says, asked.without))


def people(ledger: Ledger, asked: Asked) -> set[str]:
    """Return the cases that have what is asked for, wherever they speak."""
    return {case for case in ledger.people if _whole(ledger, case, asked)}


def _document(ledger: Ledger, mark: Mark, code: str, _asked: Asked) -> bool:
    return any(ledger.passages(mark.paper, one) for one in ledger.family(ledger.end(code)))


def _place(ledger: Ledger, mark: Mark, code: str, asked: Asked) -> bool:
    own = _passage(ledger, mark)
    return any(
        _meet(ledger, mark.paper, own, other, asked)
        for one in ledger.family(ledger.end(code))
        for other in runs(ledger.letters(mark.paper, one))
    )


def _meet(ledger: Ledger, paper: str, one: set[int], other: set[int], asked: Asked) -> bool:
    closed, text = ledger.closed(paper), ledger.papers[paper].text
    first, second = one - closed, other - closed
    if not (first and second):
        return False
    if asked.near >= 0:
        return bool(first & second) or any(
            _between(text, a, b) <= asked.near for a in runs(first) for b in runs(second)
        )
    if asked.within == "turn":
        return any(
            any(not text[at].isspace() for at in first & said)
            and any(not text[at].isspace() for at in second & said)
            for said in _said(text)
        )
    return bool(first & second) if asked.within == "overlap" else one == other


def _said(text: str) -> list[set[int]]:
    """Return the letters that are said in each turn, which is a line."""
    found, at = [], 0
    for line in text.splitlines(keepends=True):
        match = _LINE.match(line)
        assert match
        found.append(set(range(at + match.start(1), at + len(line))))
        at += len(line)
    return found


def _between(text: str, one: set[int], other: set[int]) -> int:
    low, high = sorted((one, other), key=min)
    gap = range(max(low) + 1, min(high))
    words = [
        set(range(min(said) + word.start(), min(said) + word.end()))
        for said in _said(text) if said
        for word in re.finditer(r"\S+", text[min(said) : max(said) + 1])
    ]  # fmt: skip
    return sum(bool(word & set(gap)) for word in words)


class Chosen(Ledger):
    """A ledger in which only some codings stand, that count for some people alone."""

    only: set[str] | None = None

    def speaks(self, case: str, code: str) -> bool:
        """Tell whether a case counts, which it must be one of the chosen for."""
        return (self.only is None or case in self.only) and super().speaks(case, code)


def narrowed(ledger: Ledger, asked: Asked) -> Chosen:
    """Return a ledger of the chosen codings alone; what was looked for is as it was."""
    kept = chosen(ledger, asked)
    left = Chosen(**{one.name: copy(getattr(ledger, one.name)) for one in fields(Ledger)
                     if one.name != "memo"})  # fmt: skip
    left.marks = {id: replace(mark, retired=mark.retired or id not in kept)
                  for id, mark in ledger.marks.items()}  # fmt: skip
    left.memo = {}
    left.only = people(ledger, asked) if asked.within == "case" else None
    return left
