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
        """Return the chosen codings that count."""
        ledger = self.ledger
        chosen = [ledger.marks[id] for noun, id in self.put(theme, side) if noun == "coding"]
        return [
            mark for mark in chosen
            if not mark.retired and not ledger.papers[mark.paper].retired
            and not ledger.left(mark.paper) and ledger.looked(mark.paper, ledger.end(mark.code)) and self.left(mark)
        ]  # fmt: skip

    def left(self, mark: Mark) -> set[int]:
        return set(range(mark.start, mark.end)) - self.ledger.closed(mark.paper)

    def says(self, case: str, mark: Mark) -> bool:
        paper = self.ledger.papers[mark.paper]
        return paper.kind == "interview" and any(
            paper.text[at].strip()
            for start, end, cases in paper.heard if case in cases
            for at in self.left(mark) & set(range(start, end))
        )  # fmt: skip

    def share(self, theme: str, side: str, cases: list[str]) -> str:
        """Return how many of some informants stand there, of those looked through."""
        ledger, marks = self.ledger, self.marks(theme, side)
        codes = self.codes(theme, side)
        near = codes | {ledger.end(mark.code) for mark in marks}
        looked = [case for case in cases if any(ledger.case_looked(case, code) for code in near)]
        having = [
            case for case in looked
            if any(ledger.speaks(case, code) for code in codes)
            or any(self.says(case, mark) for mark in marks)
        ]  # fmt: skip
        return f"{len(having)} of {len(looked)}" if looked else "·"

    def share_in(self, theme: str, side: str, kind: str) -> str:
        ledger, marks = self.ledger, self.marks(theme, side)
        codes = self.codes(theme, side)
        near = codes | {ledger.end(mark.code) for mark in marks}
        looked = [
            one for one in ledger.live(kind) if any(ledger.was_looked(one, code) for code in near)
        ]
        having = [
            one for one in looked
            if any(ledger.stands(one, code) for code in codes)
            or any(mark.paper == one for mark in marks)
        ]  # fmt: skip
        return f"{len(having)} of {len(looked)}" if looked else "·"

    def passages(self, theme: str, side: str) -> int:
        ledger, found = self.ledger, 0
        codes = {one for code in self.codes(theme, side) for one in ledger.family(code)}
        for paper in ledger.live("interview", "observation", "focus group", "document"):
            here = {code for code in codes if ledger.looked(paper, code)}
            letters = ledger.letters(paper, *here)
            for mark in self.marks(theme, side):
                if mark.paper == paper:
                    letters |= set(range(mark.start, mark.end))
            found += sum(not run <= ledger.closed(paper) for run in runs(letters))
        return found
