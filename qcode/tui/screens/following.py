"""Going through the places of a list without coming back to it: code a hit, go to the next."""

from __future__ import annotations

from typing import Any

from textual import work

from qcode.language import _
from qcode.model.span import Span
from qcode.tui.desk import Desk
from qcode.tui.screens.comparing import ComparingScreen
from qcode.tui.trail import Place, Trail


class FollowingScreen(ComparingScreen):
    """The comparing screen that may have been reached from a list, whose places it can follow."""

    trail: Trail[Any] | None = None
    """The list that led here."""
    _arrived: Span | None = None
    """The words that were selected on arriving."""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Let esc lead back to the list while nothing else is to be given up."""
        if action != "to_list":
            return super().check_action(action, parameters)
        if self.trail is None or not self.is_mounted or self.occupied:
            return False
        return self.reader.has_focus and self.reader.selection in (None, self._arrived)

    def action_to_list(self) -> None:
        """Go back to the list."""
        self.leave()
        self.app.pop_screen()

    def stand_at(self, span: Span | None, coding: str) -> None:
        """Select some words."""
        super().stand_at(span, coding)
        self._arrived = self.reader.selection

    def standing(self) -> str:
        """Return where the reader stands, also in the list that led here."""
        place = super().standing()
        if self.trail is None:
            return place
        return _("{k} of {n} in the list, n next · {place}").format(
            k=self.trail.at + 1, n=self.trail.number, place=place
        )

    def action_find_next(self, step: int) -> None:
        """Go on in the list where no words were looked for in the document itself."""
        if self.trail is None or self._looked_for:
            super().action_find_next(step)
            return
        place = self.trail.step(step)
        if place is None:
            self.tell(
                _("That was the last one of the list; esc goes back to it.") if step > 0
                else _("That was the first one of the list; esc goes back to it.")
            )  # fmt: skip
        elif place.document == self.document:
            self.arrive(place)
        elif self.desk is not None:
            # Until the other document is there, no key does anything to this one.
            desk, self.desk = self.desk, None
            self._follow(desk, place)

    @work(exclusive=True)
    async def _follow(self, desk: Desk, place: Place) -> None:
        await self.load_instead(desk, place.document)
        self.arrive(place)
