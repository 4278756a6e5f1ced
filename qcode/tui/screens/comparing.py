"""Comparing the passages of a code, going to one of them, and coming back."""

from __future__ import annotations

from textual import on

from qcode.language import _, counted
from qcode.model.codebook import Code
from qcode.model.span import Span
from qcode.store.progress import Stop
from qcode.tui import passages
from qcode.tui.desk import OWN, Desk
from qcode.tui.passages import Other
from qcode.tui.screens.finding import FindingScreen
from qcode.tui.widgets.comparison import Comparison
from qcode.tui.widgets.reader import Spot


class ComparingScreen(FindingScreen):
    """The finding screen from which one can go to other passages, also in other documents."""

    _way: tuple[tuple[str, Spot], ...] = ()
    """The documents and spots to come back to, the last one first gone back to."""

    @property
    def comparison(self) -> Comparison:
        """Where the passages of a code are shown."""
        return self.query_one(Comparison)

    def action_compare(self) -> None:
        """Show the other passages of the active segment's code, or of the one in the codebook."""
        desk = self.desk
        if desk is None:
            return
        coding, code = desk.codings.get(self.reader.active), self._code_here()
        if code is None:
            self.tell(_("No segment at the cursor; in the codebook o shows a code's passages."))
            return
        here = coding.id if coding and desk.code_of(coding).id == code.id else ""
        self.run_worker(self._compare(code, here), exclusive=True, group="compare")

    def _code_here(self) -> Code | None:
        """Return the code that is highlighted in the codebook, else the active segment's."""
        desk = self.desk
        if self.codes.has_focus:
            return self.codes.code
        coding = desk.codings.get(self.reader.active) if desk else None
        return desk.code_of(coding) if desk and coding else None

    async def _compare(self, code: Code, here: str) -> None:
        desk = self.desk
        if desk is None:
            return
        who = desk.seen
        found = await self.access.read(lambda one: passages.of_code(one, code.id, who))
        if self.desk is not desk or self.asking:
            return
        if not [one for one in found if one.coding != here]:
            said = (
                _("You gave “{code}” to no other passage yet; O shows everyone's.")
                if desk.whose == OWN
                else _("“{code}” has no other passage yet.")
            )
            self.tell(said.format(code=desk.label(code)))
            return
        coding = desk.codings.get(here)
        if coding is not None:
            self.point_at(self.comparison, Span(coding.start, coding.end))
        else:
            self.comparison.remove_class("-above")
        documents = len({one.document for one in found})
        title = _("“{code}”: {passages} in {documents}").format(
            code=desk.label(code),
            passages=counted("{n} passage", "{n} passages", len(found)),
            documents=counted("{n} document", "{n} documents", documents),
        )
        self.comparison.open(title, code, found, here)

    @on(Comparison.Closed)
    def _comparison_closed(self) -> None:
        self.point_away()

    @on(Comparison.Went)
    def _went(self, event: Comparison.Went) -> None:
        self.point_away()
        self._way = (*self._way, (self.document, self.reader.spot))
        other = event.other
        self._turn_to(other.document, None, other)

    def action_return(self) -> None:
        """Stand again where one was before going to another passage."""
        if not self._way:
            self.tell(_("You have gone to no other passage: o shows them."))
            return
        *before, (document, spot) = self._way
        self._way = tuple(before)
        self._turn_to(document, spot)

    def _turn_to(self, document: str, spot: Spot | None, other: Other | None = None) -> None:
        """Show a document, where it is another one, and stand at a spot or on a passage."""
        desk = self.desk
        if document == self.document or desk is None:
            self._stand(spot, other)
            return
        # Until the other document is there, no key does anything to this one.
        self.desk = None
        self.run_worker(self._turn(desk, document, spot, other), exclusive=True)

    async def _turn(
        self, desk: Desk, document: str, spot: Spot | None, other: Other | None
    ) -> None:
        await self.load_instead(desk, document, spot)
        self._stand(None, other)

    def _stand(self, spot: Spot | None, other: Other | None) -> None:
        if spot is not None:
            self.reader.restore(spot)
        if other is not None:
            self.stand_at(other.span, other.coding)

    def standing(self) -> str:
        """Return where the reader stands, and that there is a way back."""
        place = super().standing()
        return _("{place} · backspace goes back").format(place=place) if self._way else place

    def leave(self) -> None:
        """Note where the coder stops: where he was before he went to look at other passages."""
        if self._way:
            document, spot = self._way[0]
            self.access.stop_at(document, Stop(spot.cursor, spot.top))
        else:
            super().leave()
