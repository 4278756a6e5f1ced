"""What people do at random to stories and summaries."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

from qcode.model.narrative import HEADING, PASSAGE, SENTENCE
from qcode.model.summary import resting
from qcode.store import codings, narratives, summaries
from qcode.store.narratives import NewPiece
from qcode.store.project import Step


class StoryActs:
    """Acts of a World."""

    rng: random.Random

    if TYPE_CHECKING:

        def some(self, step: Step, noun: str) -> str: ...

    def do_tell(self, step: Step) -> None:
        case = self.some(step, "case")
        kind = self.rng.choice((HEADING, SENTENCE, PASSAGE))
        new = (NewPiece(kind, coding=self.some(step, "coding")) if kind == PASSAGE
               else NewPiece(kind, f"lalu {self.rng.randint(1, 9)}"))  # fmt: skip
        there = [one.id for one in narratives.listed(step.connection, case)]
        narratives.add(step, case, [new], self.rng.choice(["", *there]))

    do_tell_more = do_tell

    def do_move_piece(self, step: Step) -> None:
        there = narratives.listed(step.connection)
        if there:
            one = self.rng.choice(there)
            rest = [other.id for other in there if other.case == one.case and other.id != one.id]
            narratives.move(step, one.id, self.rng.choice(["", *rest]))

    def do_rewrite_piece(self, step: Step) -> None:
        written = [one.id for one in narratives.listed(step.connection) if one.kind != PASSAGE]
        if written:
            narratives.rewrite(step, self.rng.choice(written), "kemudian")

    def do_remove_piece(self, step: Step) -> None:
        narratives.retire(step, [self.some(step, "piece")])

    def do_sum_up(self, step: Step) -> None:
        rests = resting([codings.one(step.connection, self.some(step, "coding"))])
        case, code = self.some(step, "case"), self.some(step, "code")
        summaries.write(step, case, code, f"singkat {self.rng.randint(1, 9)}", rests)

    def do_retire_summary(self, step: Step) -> None:
        summaries.retire(step, [self.some(step, "summary")])
