"""From the coding screen to the pile of a code's passages."""

from __future__ import annotations

from qcode.language import _
from qcode.tui.screens.comparing import ComparingScreen


class PilingScreen(ComparingScreen):
    """The comparing screen from which the passages of a code can be sorted."""

    def action_pile(self) -> None:
        """Sort the passages of the highlighted code, or of the active segment's."""
        from qcode.tui.screens.sorting import SortingScreen

        code = self._code_here()
        if code is None:
            self.tell(_("No segment at the cursor; in the codebook S sorts a code's passages."))
        elif not (self.desk and self.desk.book.offered(code)):
            self.tell(_("“{code}” is retired.").format(code=code.name))
        else:
            self.leave()
            self.app.push_screen(SortingScreen(self.access, code.id))
