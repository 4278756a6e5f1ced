"""The rhythm of work: reading first, document after document, without knowing of whom it is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from qcode.language import _
from qcode.store import progress
from qcode.store.project import Step
from qcode.tui import commands
from qcode.tui.commands import Label
from qcode.tui.commands.everywhere import EVERYWHERE
from qcode.tui.desk import OWN, Delta
from qcode.tui.inspecting import Line
from qcode.tui.screens.giving import GivingScreen
from qcode.tui.screens.home import HomeScreen, turn_attributes
from qcode.tui.widgets.inspector import Inspector
from qcode.tui.widgets.reader import Spot

CODES = ("apply", "recode", "retire codings", "move coding", "split segment", "join segments")
"""Steps that do not belong to a first reading."""


class PacingScreen(GivingScreen):
    """The giving screen with what makes a day of coding flow."""

    first_reading = False
    """Whether the document is read for the first time, without the codebook."""
    _tree_before: bool | None = None

    # -- first reading -------------------------------------------------------------------------

    async def load(self, document: str, spot: Spot | None = None, *, whose: str = OWN) -> None:
        """Show a document as it is worked on: read first, or coded."""
        coder = self.access.coder
        reading = await self.access.read(lambda one: progress.first_reading(one, coder, document))
        self._turn_pages(reading=reading)
        await super().load(document, spot, whose=whose)

    def _turn_pages(self, *, reading: bool) -> None:
        """Put the codebook away for a first reading, or back."""
        if reading == self.first_reading:
            return
        self.first_reading = reading
        if reading:
            self._tree_before = self._wished.get("tree")
            self._wished["tree"] = False
            if self.codes.has_focus:
                self.reader.focus()
        elif self._tree_before is None:
            self._wished.pop("tree", None)
        else:
            self._wished["tree"] = self._tree_before
        self.on_resize()
        self.show_keys()

    def labels(self) -> list[Label]:
        """Return the most used keys; at the first reading, none that is about codes."""
        if not self.first_reading:
            return super().labels()
        others = [one for one in self.KEYS if one.id not in ("coding.repeat", "coding.memo")]
        return commands.footer(
            (replace(one, footer=_("Margin note")) if one.id == "coding.code"
             else replace(one, footer=_("End first reading")) if one.id == "coding.reading"
             else one for one in others),
            EVERYWHERE,
        )  # fmt: skip

    def action_first_reading(self) -> None:
        """Begin or end the first reading of the document."""
        if self.desk is None:
            return
        reading, coder, document = not self.first_reading, self.access.coder, self.document
        self._turn_pages(reading=reading)
        self.access.keep(
            lambda one: progress.read_first(one, coder, document, reading=reading), self._failed
        )
        self.head()
        self.inspect()
        self.tell(
            _("First reading: enter writes a margin note; R brings the codebook back.")
            if reading
            else _("The codebook is back: enter gives a code.")
        )

    def _only_reading(self) -> bool:
        """Say so if this is a first reading, in which nothing is done with codes."""
        if self.first_reading:
            self.tell(_("This is a first reading, without the codebook: R ends it."))
        return self.first_reading

    def action_code(self) -> None:
        """Write a margin note at the first reading, else ask for a code."""
        if self.first_reading:
            self.action_memo()
        else:
            super().action_code()

    def action_in_vivo(self) -> None:
        """Offer the words as the name of a new code, but not at the first reading."""
        if not self._only_reading():
            super().action_in_vivo()

    def action_recode(self) -> None:
        """Ask for another code, but not at the first reading."""
        if not self._only_reading():
            super().action_recode()

    def action_bounds(self) -> None:
        """Let the bounds of a segment move, but not at the first reading."""
        if not self._only_reading():
            super().action_bounds()

    def action_compare(self) -> None:
        """Show the passages of a code, but not at the first reading."""
        if not self._only_reading():
            super().action_compare()

    def action_toggle_pane(self, name: str) -> None:
        """Show or hide a pane; the codebook stays away at the first reading."""
        if name != "tree" or not self._only_reading():
            super().action_toggle_pane(name)

    def _write(self, verb: str, act: Callable[[Step], Delta], memo: str = "") -> None:
        if verb not in CODES or not self._only_reading():
            super()._write(verb, act, memo)

    def inspect(self) -> None:
        """Tell what stands at the cursor; at the first reading nothing of codes where none is."""
        super().inspect()
        pane = self.query_one(Inspector)
        if self.first_reading and pane.display and not self.marks_here:
            pane.show((
                Line(_("First reading"), "strong"),
                Line(_("Enter or m writes a margin note. R brings the codebook back.")),
            ))  # fmt: skip

    # -- what the header says ------------------------------------------------------------------

    def aside(self, case: str) -> tuple[str, ...]:
        """Return that this is a first reading, and of whom it is unless that is hidden."""
        known = () if self.access.hides_attributes else super().aside(case)
        return (_("FIRST READING"), *known) if self.first_reading else known

    def action_attributes(self) -> None:
        """Hide or show what is known of informants, here and in the list of documents."""
        told = turn_attributes(self.access)
        self.head()
        self.tell(told)

    # -- the next document ---------------------------------------------------------------------

    def action_next_document(self) -> None:
        """Go to the next document that is not finished."""
        if self.desk is not None:
            self.run_worker(self._next(self.document), exclusive=True, group="next")

    async def _next(self, document: str) -> None:
        from qcode.workflows.progress import next_open

        coder = self.access.coder
        found = await self.access.read(lambda one: next_open(one, coder, document))
        if self.desk is None or self.document != document or self.occupied:
            return
        if not found:
            self.tell(_("You have finished every other document."))
            return
        self.leave()
        self._way = ()
        for screen in self.app.screen_stack:
            if isinstance(screen, HomeScreen):
                screen.opened = found
        self._turn_to(found, None)
