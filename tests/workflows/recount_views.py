"""A second count of pairs of codes, of the matrix and of saturation, letter by letter.

It shares no code with the program but the ledger of what was done.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from itertools import combinations

from tests.workflows.recount import Ledger, runs

LABEL = re.compile(r"[PN]\d?: ")
Letters = frozenset[int]


@dataclass
class Meets:
    """What is known of two codes."""

    passages: int = 0
    shared: int = 0
    either: int = 0
    papers: set[str] = field(default_factory=set)
    cases: set[str] = field(default_factory=set)


class Pairs:
    """Every two codes of a ledger."""

    def __init__(
        self, ledger: Ledger, by: str, most: int, *, rolled: bool,
        turns: dict[str, list[tuple[int, int]]] | None = None,
    ) -> None:  # fmt: skip
        self.ledger, self.by, self.most, self.rolled = ledger, by, most, rolled
        self.turns = turns or {id: turns_of(one.text) for id, one in ledger.papers.items()}
        self.ends = [id for id, one in ledger.labels.items() if not one.into]
        self.family = {code: ledger.family(code) for code in self.ends}
        self.papers = ledger.live("interview", "observation", "focus group", "document")
        self.people = set(ledger.informants())
        only: set[str] | None = getattr(ledger, "only", None)
        self.counting = self.people if only is None else self.people & only
        self.had = {
            (paper, code): self.looked(paper, code) for paper in self.papers for code in self.ends
        }
        self.found: dict[frozenset[str], Meets] = defaultdict(Meets)
        self.places: dict[tuple[str, Letters], set[tuple[int, int]]] = {}
        for paper in self.papers:
            self.add(paper)

    def looked(self, paper: str, code: str) -> bool:
        some = self.family[code] if self.rolled else {code}
        return any(self.ledger.looked(paper, one) for one in some)

    def passages(self, paper: str, code: str) -> list[Letters]:
        some = self.family[code] if self.rolled else {code}
        if not self.looked(paper, code):
            return []
        letters = self.ledger.letters(paper, *some)
        closed = self.ledger.closed(paper)
        return [left for run in runs(letters) if (left := frozenset(run - closed))]

    def add(self, paper: str) -> None:
        own = {code: self.passages(paper, code) for code in self.ends}
        whole = {code: frozenset().union(*some) for code, some in own.items()}
        for one, other in combinations(self.ends, 2):
            related = one in self.family[other] or other in self.family[one]
            if related or not (self.had[paper, one] and self.had[paper, other]):
                continue
            meets = self.found[frozenset((one, other))]
            meets.either += len(whole[one]) + len(whole[other])
            if not (own[one] and own[other]):
                continue
            shared = len(whole[one] & whole[other])
            meets.shared += shared
            meets.either -= shared
            for a in own[one]:
                for b in own[other]:
                    if (who := self.who(paper, a, b)) is not None:
                        meets.passages += 1
                        meets.papers.add(paper)
                        if self.ledger.papers[paper].kind in ("interview", "focus group"):
                            meets.cases |= who & self.counting

    def who(self, paper: str, a: Letters, b: Letters) -> set[str] | None:
        """Return who speaks where two passages meet, None where they do not."""
        if self.by == "overlap":
            return self.speaking(paper, a & b) if a & b else None
        if self.by == "turn":
            here = self.turns_with(paper, a) & self.turns_with(paper, b)
            letters = frozenset(at for start, end in here for at in range(start, end))
            return self.speaking(paper, letters) if here else None
        near = any(
            self.between(paper, x, y) <= self.most
            for x in runs(set(a)) for y in runs(set(b))
        )  # fmt: skip
        return self.speaking(paper, a) & self.speaking(paper, b) if near else None

    def turns_with(self, paper: str, letters: Letters) -> set[tuple[int, int]]:
        """Return the turns in which a passage has a word."""
        if (paper, letters) not in self.places:
            first, last = min(letters), max(letters)
            self.places[paper, letters] = {
                (start, end) for start, end in self.turns[paper]
                if start <= last and end > first and self.worded(paper, letters, start, end)
            }  # fmt: skip
        return self.places[paper, letters]

    def worded(self, paper: str, letters: Letters, start: int, end: int) -> bool:
        text = self.ledger.papers[paper].text
        return any(not text[at].isspace() for at in letters if start <= at < end)

    def speaking(self, paper: str, letters: Letters) -> set[str]:
        return {
            case for start, end, cases in self.ledger.papers[paper].heard
            if self.worded(paper, letters, start, end) for case in cases
        }  # fmt: skip

    def between(self, paper: str, x: set[int], y: set[int]) -> int:
        if min(y) < min(x):
            x, y = y, x
        first, last = max(x) + 1, min(y)
        text = self.ledger.papers[paper].text
        return sum(
            len(text[max(start, first) : min(end, last)].split())
            for start, end in self.turns[paper] if max(start, first) < min(end, last)
        )  # fmt: skip

    def row(self, one: str, other: str) -> dict[str, str]:
        meets = self.found[frozenset((one, other))]
        found = {"passages": str(meets.passages)}
        for key, kind in (("interviews", "interview"), ("observation", "observation"),
                          ("document", "document")):  # fmt: skip
            looked = [paper for paper in self.both(one, other)
                      if self.ledger.papers[paper].kind.replace("focus group", "interview") == kind]  # fmt: skip
            k = len(meets.papers.intersection(looked))
            found[key] = f"{k} of {len(looked)}" if looked else "·"
        papers = [paper for paper in self.both(one, other)
                  if self.ledger.papers[paper].kind in ("interview", "focus group")]  # fmt: skip
        n = sum(any(self.ledger.takes_part(case, paper) for paper in papers)
                for case in self.people)  # fmt: skip
        found["cases"] = f"{len(meets.cases)} of {n}" if n else "·"
        found["jaccard"] = str(meets.shared / meets.either) if meets.either else "–"
        return found

    def both(self, one: str, other: str) -> list[str]:
        return [paper for paper in self.papers if self.had[paper, one] and self.had[paper, other]]


def turns_of(text: str) -> list[tuple[int, int]]:
    """Return where the words of each line stand, behind its label."""
    found, at = [], 0
    for line in text.split("\n"):
        label = LABEL.match(line)
        found.append((at + (label.end() if label else 0), at + len(line) + 1))
        at += len(line) + 1
    return found


def case_passages(ledger: Ledger, paper: str, code: str, case: str) -> int:
    """Count the passages in which somebody says a word."""
    text, closed = ledger.papers[paper].text, ledger.closed(paper)
    return sum(
        any(start <= at < end and case in cases and not text[at].isspace()
            for at in run - closed for start, end, cases in ledger.papers[paper].heard)
        for run in runs(ledger.letters(paper, code))
    )  # fmt: skip


def matrix_cell(ledger: Ledger, case: str, code: str, value: str) -> str:
    """Return what stands for an informant and a code."""
    if value == "present":
        if not ledger.case_looked(case, code):
            return "·"
        return str(int(ledger.speaks(case, code)))
    papers = [
        paper for paper in ledger.live("interview")
        if ledger.takes_part(case, paper) and ledger.looked(paper, code)
    ]  # fmt: skip
    if not papers:
        return "·"
    if value == "words":
        return str(sum(ledger.words(paper, code, case=case) for paper in papers))
    return str(sum(case_passages(ledger, paper, code, case) for paper in papers))


def document_cell(ledger: Ledger, paper: str, code: str, value: str) -> str:
    """Return what stands for a document and a code."""
    if value == "present":
        return str(int(ledger.stands(paper, code))) if ledger.was_looked(paper, code) else "·"
    if not ledger.looked(paper, code):
        return "·"
    count = ledger.words if value == "words" else ledger.passages
    return str(count(paper, code))


def sitting_rows(ledger: Ledger, order: list[str]) -> list[tuple[set[str], int, int, int]]:
    """Return, for each interview, its documents, its codes, those new in it, and all so far.

    Interviews are joined one by one as long as two share an informant.
    """
    live = [
        paper for paper in order if paper in ledger.live("interview") and paper in ledger.record
    ]
    people = {id for id, one in ledger.people.items() if not one.retired}
    groups = [{paper} for paper in live]

    def share(one: set[str], other: set[str]) -> bool:
        return any(
            ledger.takes_part(case, a) and ledger.takes_part(case, b)
            for a in one for b in other for case in people
        )  # fmt: skip

    while pair := next(((a, b) for a, b in combinations(groups, 2) if share(a, b)), None):
        groups = [one for one in groups if one not in pair] + [pair[0] | pair[1]]
    groups.sort(key=lambda group: min(live.index(paper) for paper in group))
    seen: set[str] = set()
    rows = []
    for group in groups:
        codes = {
            code for code, label in ledger.labels.items() if not label.into
            for paper in group if ledger.looked(paper, code) and ledger.words(paper, code)
        }  # fmt: skip
        rows.append((group, len(codes), len(codes - seen), len(codes | seen)))
        seen |= codes
    return rows
