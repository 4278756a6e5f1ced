"""A second count of everything, letter by letter, from nothing but what was done to a study.

It shares no code with the program: no tally, no fold, no tree of codes.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import groupby
from typing import TypeVar, cast

T = TypeVar("T")


@dataclass
class Paper:
    """A document: its text, and for each letter who is heard saying it (cases), or nobody."""

    name: str
    kind: str
    text: str
    heard: list[tuple[int, int, tuple[str, ...]]]
    """Stretches spoken by participants, with the cases they count for."""
    retired: bool = False


@dataclass
class Person:
    """A case with its villages."""

    villages: tuple[str, ...]
    role: str
    retired: bool = False


@dataclass
class Label:
    """A code as a coder knows it."""

    name: str
    above: str = ""
    into: str = ""
    meaning: int = 0
    retired: bool = False


@dataclass
class Mark:
    """One coding."""

    paper: str
    start: int
    end: int
    code: str
    coder: str
    retired: bool = False


@dataclass
class Ledger:
    """Everything that was done, in the order in which it was done."""

    papers: dict[str, Paper] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)
    labels: dict[str, Label] = field(default_factory=dict)
    marks: dict[str, Mark] = field(default_factory=dict)
    unused: list[tuple[str, int, int]] = field(default_factory=list)
    record: dict[str, str] = field(default_factory=dict)
    seen: dict[tuple[str, str], dict[str, int]] = field(default_factory=dict)
    done: dict[tuple[str, str], dict[str, int]] = field(default_factory=dict)
    memo: dict[str, object] = field(default_factory=dict)

    def offered(self) -> dict[str, int]:
        return {
            id: one.meaning for id, one in self.labels.items() if not one.retired and not one.into
        }

    def coded(self, mark: Mark, id: str) -> None:
        self.marks[id] = mark
        self.record.setdefault(mark.paper, mark.coder)
        self.seen[mark.paper, mark.coder] = self.offered()

    def finished(self, paper: str, coder: str) -> None:
        self.record.setdefault(paper, coder)
        self.done[paper, coder] = self.offered()

    # -- counting -----------------------------------------------------------------------------

    def known(self, what: str, work: Callable[[], T]) -> T:
        """Return what was worked out before; people who go on working make it anew (``forget``)."""
        if what not in self.memo:
            self.memo[what] = work()
        return cast("T", self.memo[what])

    def forget(self) -> None:
        self.memo.clear()

    def end(self, code: str) -> str:
        while self.labels[code].into:
            code = self.labels[code].into
        return code

    def shown_under(self, code: str) -> str:
        above = self.labels[code].above
        return self.end(above) if above else ""

    def family(self, code: str) -> set[str]:
        return self.known(f"family {code}", lambda: self._family(code))

    def _family(self, code: str) -> set[str]:
        under = {id: self.shown_under(id) for id in {self.end(id) for id in self.labels}}
        found = {code}
        while more := {id for id, above in under.items() if above in found} - found:
            found |= more
        return found

    def looked(self, paper: str, code: str) -> bool:
        coder = self.record.get(paper, "")
        state = self.done.get((paper, coder)) or self.seen.get((paper, coder)) or {}
        parts = self.known(f"parts {code}", lambda: [
            id for id in self.labels if self.end(id) == code
        ])  # fmt: skip
        return any(state.get(id) == self.labels[id].meaning for id in parts)

    def letters(self, paper: str, *codes: str) -> set[int]:
        coder = self.record.get(paper)
        own = self.known(f"marks {paper}", lambda: [
            mark for mark in self.marks.values() if not mark.retired and mark.paper == paper
        ])  # fmt: skip
        return {
            at
            for mark in own
            if mark.coder == coder and self.end(mark.code) in codes
            for at in range(mark.start, mark.end)
        }

    def closed(self, paper: str) -> set[int]:
        return self.known(f"closed {paper}", lambda: {
            at for of, start, end in self.unused if of == paper for at in range(start, end)
        })  # fmt: skip

    def passages(self, paper: str, *codes: str) -> int:
        closed = self.closed(paper)
        return sum(not run <= closed for run in runs(self.letters(paper, *codes)))

    def words(self, paper: str, *codes: str, case: str = "") -> int:
        found, left = 0, self.letters(paper, *codes) - self.closed(paper)
        if not left:
            return 0
        for start, end, cases in self.papers[paper].heard:
            if case and case not in cases:
                continue
            for run in runs(left & set(range(start, end))):
                found += len(self.papers[paper].text[min(run) : max(run) + 1].split())
        return found

    def live(self, *kinds: str) -> list[str]:
        return [id for id, one in self.papers.items()
                if one.kind in kinds and not one.retired and not self.left(id)]  # fmt: skip

    def left(self, paper: str) -> bool:
        """Tell whether it is an interview of people who are all retired."""
        of = self.papers[paper]
        cases = {case for _start, _end, some in of.heard for case in some}
        return of.kind in ("interview", "focus group") and bool(cases) and all(
            self.people[case].retired for case in cases
        )  # fmt: skip

    def stands(self, paper: str, code: str) -> bool:
        return self.was_looked(paper, code) and any(
            self.passages(paper, one) for one in self.family(code)
        )

    def was_looked(self, paper: str, code: str) -> bool:
        return any(self.looked(paper, one) for one in self.family(code))

    def takes_part(self, case: str, paper: str) -> bool:
        return case in self.known(f"in {paper}", lambda: {
            one for _start, _end, cases in self.papers[paper].heard for one in cases
        })  # fmt: skip

    def case_looked(self, case: str, code: str) -> bool:
        return self.known(f"looked {case} {code}", lambda: any(
            self.takes_part(case, paper) and self.was_looked(paper, code)
            for paper in self.live("interview")
        ))  # fmt: skip

    def speaks(self, case: str, code: str) -> bool:
        return self.known(f"speaks {case} {code}", lambda: any(
            self.was_looked(paper, code) and bool(self.words(paper, one, case=case))
            for paper in self.live("interview") if self.takes_part(case, paper)
            for one in self.family(code)
        ))  # fmt: skip

    def informants(self) -> list[str]:
        return self.known("informants", lambda: [
            id for id, one in self.people.items()
            if not one.retired and any(self.takes_part(id, paper) for paper in self.live("interview"))
        ])  # fmt: skip

    # -- what the tables should say -------------------------------------------------------------

    def share_of(self, code: str, cases: list[str]) -> str:
        looked = [id for id in cases if self.case_looked(id, code)]
        return f"{sum(self.speaks(id, code) for id in looked)} of {len(looked)}" if looked else "·"

    def share_in(self, code: str, kind: str) -> str:
        looked = [paper for paper in self.live(kind) if self.was_looked(paper, code)]
        return (
            f"{sum(self.stands(one, code) for one in looked)} of {len(looked)}" if looked else "·"
        )

    def row(self, code: str, *, rolled: bool = False) -> dict[str, str]:
        papers = self.live("interview", "focus group") or self.live("observation", "document")
        looked = self.was_looked if rolled else self.looked
        papers = [paper for paper in papers if looked(paper, code)]
        family = self.family(code) if rolled else {code}
        passages = sum(self.passages(paper, *family) for paper in papers)
        words = sum(self.words(paper, *family) for paper in papers)
        return {
            "cases": self.share_of(code, self.informants()),
            "interviews": self.share_in(code, "interview"),
            "passages": str(passages) if papers else "·",
            "words": str(words) if papers else "·",
            "observation": self.share_in(code, "observation"),
            "document": self.share_in(code, "document"),
        }

    def villages(self) -> dict[str, list[str]]:
        """Return who belongs to each village, and under "" who belongs to none."""
        everyone = self.informants()
        found = {
            village: [id for id in everyone if village in self.people[id].villages]
            for village in sorted({one for id in everyone for one in self.people[id].villages})
        }
        if without := [id for id in everyone if not self.people[id].villages]:
            found[""] = without
        return found

    def roles(self, cases: list[str]) -> dict[str, list[str]]:
        found = sorted({self.people[id].role for id in self.informants()})
        return {role: [id for id in cases if self.people[id].role == role] for role in found}

    def compared(self, code: str) -> dict[str, str]:
        found, villages = {}, self.villages()
        for village, some in villages.items():
            found[f"group:{village}" if village else "no value"] = self.share_of(code, some)
        shares = [
            self.share_of(code, some) for some in self.roles(self.informants()).values() if some
        ]
        looked = [share for share in shares if share != "·"]
        spoken = [share for share in looked if not share.startswith("0 ")]
        found["roles"] = f"{len(spoken)} of {len(looked)}" if looked else "·"
        villages.pop("", None)
        return {**found, **self.placed(code, villages)}

    def crossed(self, code: str) -> list[dict[str, str]]:
        """Return a row for each village, of its roles."""
        return [
            {
                "by": village or "(no value)",
                **{
                    f"group:{role}": self.share_of(code, cases) if cases else "×"
                    for role, cases in self.roles(some).items()
                },
                **self.placed(code, self.roles(some)),
            }
            for village, some in self.villages().items()
        ]

    def placed(self, code: str, groups: dict[str, list[str]]) -> dict[str, str]:
        """Return in words in which groups somebody speaks of a code, and how far they differ."""
        shares = {
            name: (int(share.split()[0]), int(share.split()[2]))
            for name, some in groups.items() if (share := self.share_of(code, some)) != "·"
        }  # fmt: skip
        spoken = {name: k for name, (k, _n) in shares.items() if k}
        if not spoken:
            where = "-" if shares else "·"
            return {"where": where, "difference": where}
        part = {name: Fraction(k, n) for name, (k, n) in shares.items()}
        return {
            "where": self.said(code, groups, spoken, part),
            "difference": self.apart(shares, part) if len(shares) > 1 else "-",
        }

    def said(
        self, code: str, groups: dict[str, list[str]], spoken: dict[str, int],
        part: dict[str, Fraction],
    ) -> str:  # fmt: skip
        if len(part) == 1:
            return f"{next(iter(part))}, the only one looked through"
        if len(spoken) == 1:
            return f"only {next(iter(spoken))}"
        everyone = {id for some in groups.values() for id in some if self.speaks(id, code)}
        for name, k in spoken.items():
            others = [2 * part[other] for other in part if other != name]
            if 2 * k > len(everyone) and all(part[name] > other for other in others):
                return f"mostly {name}"
        return f"in all {len(part)}" if len(spoken) == len(part) else (
            f"in {len(spoken)} of {len(part)}"
        )  # fmt: skip

    @staticmethod
    def apart(shares: dict[str, tuple[int, int]], part: dict[str, Fraction]) -> str:
        if min(part.values()) == max(part.values()):
            return "none"
        told = []
        for end in (max(part.values()), min(part.values())):
            n = max(shares[name][1] for name in part if part[name] == end)
            names = [name for name in part if part[name] == end and shares[name][1] == n]
            told.append(f"{shares[names[0]][0]} of {n} in {' and '.join(names)}")
        return ", ".join(told)


def runs(letters: set[int]) -> list[set[int]]:
    """Return the unbroken stretches of a set of offsets."""
    ordered = sorted(letters)
    grouped = groupby(enumerate(ordered), key=lambda pair: pair[1] - pair[0])
    return [{at for _number, at in some} for _key, some in grouped]
