"""A second count of themes, letter by letter, on top of the ledger of what was done."""

from __future__ import annotations

from dataclasses import dataclass, field

from tests.workflows.recount import Ledger, Mark, runs

Put = tuple[str, str]
"""``code`` or ``coding``, and its id."""


@dataclass
class Claim:
    """A theme as it was written: what is put under it, by side, and those below it."""

    name: str
    above: str = ""
    dropped: bool = False
    sides: dict[str, list[Put]] = field(default_factory=lambda: {"for": [], "against": []})


class ThemeLedger:
    """Counts who and what stands on a side of a theme."""

    def __init__(self, ledger: Ledger, claims: dict[str, Claim]) -> None:
        self.ledger, self.claims = ledger, claims

    def put(self, theme: str, side: str) -> set[Put]:
        found = set(self.claims[theme].sides[side])
        for id, claim in self.claims.items():
            if claim.above == theme and not claim.dropped:
                found |= self.put(id, side)
        return found

    def codes(self, theme: str, side: str) -> set[str]:
        return {self.ledger.end(id) for noun, id in self.put(theme, side) if noun == "code"}

    def marks(self, theme: str, side: str) -> list[Mark]:
        """Return the chosen codings that may count."""
        ledger = self.ledger
        chosen = [ledger.marks[id] for noun, id in self.put(theme, side) if noun == "coding"]
        return [
            mark for mark in chosen
            if not mark.retired and not ledger.papers[mark.paper].retired
            and not ledger.left(mark.paper) and self.left(mark)
        ]  # fmt: skip

    def looked(self, paper: str, theme: str, side: str) -> bool:
        """Tell whether a paper was looked through for any code that stands there or is chosen."""
        near = self.codes(theme, side) | {
            self.ledger.end(mark.code) for mark in self.marks(theme, side)
        }
        return any(self.ledger.was_looked(paper, code) for code in near)

    def left(self, mark: Mark) -> set[int]:
        return set(range(mark.start, mark.end)) - self.ledger.closed(mark.paper)

    def says(self, case: str, mark: Mark) -> bool:
        paper = self.ledger.papers[mark.paper]
        return paper.kind == "interview" and any(
            paper.text[at].strip()
            for start, end, cases in paper.heard if case in cases
            for at in self.left(mark) & set(range(start, end))
        )  # fmt: skip

    def family(self, theme: str, side: str) -> set[str]:
        codes = self.codes(theme, side)
        return {one for code in codes for one in self.ledger.family(code)}

    def share(self, theme: str, side: str, cases: list[str]) -> str:
        """Return how many of some informants stand there, of those looked through."""
        ledger, marks, family = self.ledger, self.marks(theme, side), self.family(theme, side)
        papers = [one for one in ledger.live("interview") if self.looked(one, theme, side)]
        looked = having = 0
        for case in cases:
            own = [paper for paper in papers if ledger.takes_part(case, paper)]
            looked += bool(own)
            having += any(
                any(ledger.words(paper, code, case=case) for code in family)
                or any(mark.paper == paper and self.says(case, mark) for mark in marks)
                for paper in own
            )
        return f"{having} of {looked}" if looked else "·"

    def share_in(self, theme: str, side: str, kind: str) -> str:
        ledger, marks, family = self.ledger, self.marks(theme, side), self.family(theme, side)
        looked = [one for one in ledger.live(kind) if self.looked(one, theme, side)]
        having = [
            one for one in looked
            if any(ledger.passages(one, code) for code in family)
            or any(mark.paper == one for mark in marks)
        ]  # fmt: skip
        return f"{len(having)} of {len(looked)}" if looked else "·"

    def passages(self, theme: str, side: str) -> int:
        ledger, found = self.ledger, 0
        spoken = ledger.live("interview", "focus group")
        for paper in spoken or ledger.live("observation", "document"):
            if not self.looked(paper, theme, side):
                continue
            letters = ledger.letters(paper, *self.family(theme, side))
            for mark in self.marks(theme, side):
                if mark.paper == paper:
                    letters |= set(range(mark.start, mark.end))
            found += sum(not run <= ledger.closed(paper) for run in runs(letters))
        return found
