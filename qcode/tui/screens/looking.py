"""Going back to a document to look for one code: that code is first at hand."""

from __future__ import annotations

from datetime import datetime

from qcode.language import _
from qcode.tui.inspecting import inspected
from qcode.tui.screens.comparing import ComparingScreen
from qcode.tui.widgets.inspector import Inspector


class LookingScreen(ComparingScreen):
    """The comparing screen with a code that is looked for."""

    _code_sought = ""
    """The code that is looked for, by its id, or nothing."""

    async def _begin(self) -> None:
        await super()._begin()
        desk, code = self.desk, self._at.code if self._at else ""
        if desk is None or code not in desk.book.codes:
            return
        self._code_sought = code
        # So it stands first where a code is chosen, and the full stop gives it.
        desk.recent = [code, *(one for one in desk.recent if one != code)]
        desk.last = (code,)
        self.inspect()
        said = _("Look for “{code}”: the full stop gives it, enter offers it first.").format(
            code=desk.label(desk.book[code])
        )
        self.tell(said)

    def inspect(self) -> None:
        """Tell what stands at the cursor; where nothing does, what is looked for."""
        super().inspect()
        desk = self.desk
        if desk is None or self._code_sought not in desk.book.codes or self.codes.has_focus:
            return
        pane, here = self.query_one(Inspector), self.marks_here
        if pane.display and not self.reader.active:
            code, now = desk.book[self._code_sought], datetime.now().astimezone()
            pane.show(inspected(desk, here, "", code, now))
