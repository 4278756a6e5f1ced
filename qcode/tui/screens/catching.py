"""Showing what was written elsewhere while a document is open, without losing the place in it."""

from __future__ import annotations

from collections.abc import Mapping

from qcode.errors import NotFound
from qcode.language import _
from qcode.model.document import Version, carry, inverse
from qcode.store import progress, project
from qcode.tui import session
from qcode.tui.desk import Delta, Desk, Shift
from qcode.tui.screens.reading import ReadingScreen
from qcode.tui.session import Sheet
from qcode.tui.widgets.reader import Reader, Spot


class CatchingScreen(ReadingScreen):
    """The reading screen that catches up when somebody looks at it again."""

    def on_mount(self) -> None:
        """Follow the terminal's focus."""
        self.watch(self.app, "app_focus", self._focused, init=False)

    def _focused(self, focus: bool) -> None:  # noqa: FBT001 - what a watcher is called with
        if focus and self.is_current:
            self.catch_up()

    def on_screen_resume(self) -> None:
        """Catch up after another screen was shown."""
        self.catch_up()

    def catch_up(self, said: str = "") -> None:
        """Show what was written elsewhere, and say so, or what is ``said`` instead."""
        if self.desk is not None and self.is_attached:
            self.run_worker(self._catch_up(self.desk, said), exclusive=True, group="catch")

    async def _catch_up(self, desk: Desk, said: str) -> None:
        try:
            found = await self._newer(desk)
        except NotFound as error:
            self.tell(str(error))
            return
        if found is None or self.desk is not desk:
            return
        sheet, given = found
        if sheet.version.id == desk.sheet.version.id:
            self._take(desk, sheet, given)
        elif self.occupied:
            # What is begun is refused when it is to be written, and the new text comes then.
            return
        else:
            spot = carried(self.reader.spot, desk.sheet.version, sheet.version)
            with self.prevent(Reader.Moved):
                await self.load(self.document, spot, whose=desk.whose)
            self.inspect()
        self.tell(said or _("What was written elsewhere meanwhile is shown now."))

    async def _newer(self, desk: Desk) -> tuple[Sheet, Mapping[str, int]] | None:
        """Read the document anew if anything was written that a desk does not know."""
        if await self.access.read(progress.newest) == desk.newest:
            return None
        while True:
            sheet, given = await self.access.read(self._fresh)
            # What was written here meanwhile is shown already and must not be taken back.
            if sheet.newest >= desk.newest:
                return sheet, given

    def _fresh(self, connection: project.Reader) -> tuple[Sheet, Mapping[str, int]]:
        coder = self.access.coder
        return session.sheet(connection, coder, self.document), progress.given(connection, coder)

    def _take(self, desk: Desk, sheet: Sheet, given: Mapping[str, int]) -> None:
        desk.sheet = sheet
        self.shift(desk.take(Delta(
            notes=sheet.notes, book=sheet.book, state=sheet.state, given=given,
            newest=sheet.newest,
        )))  # fmt: skip
        self.show_tree()
        self.inspect()
        self.head()

    def shift(self, shift: Shift) -> None:
        """Let marks come and go."""
        self.reader.drop(shift.drop)
        self.reader.put(shift.put)


def carried(spot: Spot, before: Version, after: Version) -> Spot:
    """Return a spot on a corrected text: on the same words, as far as they are known."""
    if after.parent == before.id:
        splices = after.splices
    elif before.parent == after.id:
        splices = inverse(before.splices)
    else:
        splices = ()
    cursor, _end = carry(spot.cursor, spot.cursor + 1, splices)
    top, _end = carry(spot.top, spot.top + 1, splices)
    return Spot(cursor, top)
