"""What people do with themes in a random history."""

from __future__ import annotations

import random

from qcode.model.theme import SIDES, VERDICTS, Appraisal, Theme
from qcode.store import themes
from qcode.store.project import Step


class ThemeActs:
    """Random things that are done to random themes."""

    rng: random.Random

    def some(self, step: Step, noun: str) -> str:
        """Return the id of a random row of a noun."""
        raise NotImplementedError

    def do_theme(self, step: Step) -> None:
        name, above = f"T{self.rng.randint(1, 4)}", self.rng.choice(["", *self.themes(step)])
        themes.add(step, Theme("", name, "semua belajar", parent=above))

    def do_move_theme(self, step: Step) -> None:
        themes.move(step, self.some(step, "theme"), self.rng.choice(["", *self.themes(step)]))

    def do_ground(self, step: Step) -> None:
        noun = self.rng.choice(("code", "coding"))
        side = self.rng.choice(SIDES)
        themes.ground(step, self.some(step, "theme"), side, **{noun: self.some(step, noun)})

    def do_unground(self, step: Step) -> None:
        themes.unground(step, [self.some(step, "ground")])

    def do_appraise(self, step: Step) -> None:
        verdict = self.rng.choice(VERDICTS)
        themes.appraise(step, Appraisal("", "desa", "A", verdict, self.some(step, "theme")))

    def themes(self, step: Step) -> list[str]:
        """Return the ids of the themes in view; their tree never closes."""
        tree = themes.read(step.connection)
        assert len(list(tree)) == len(tree)
        return sorted(tree.by_id)
