"""What can be done on screens that list things."""

from __future__ import annotations

from qcode.language import _
from qcode.tui.commands import Command

LISTING = (
    Command("list.open", "enter", "open", _("Go to the place in the text"), footer=_("Go there")),
    Command("list.filter", "slash", "filter", _("Show only rows with these words"),
            footer=_("Filter")),
    Command("list.pane", "f6,ctrl+o", "next_pane", _("Go to what the row says, to scroll it")),
    Command("list.close", "escape,q", "close", _("Show all rows again, or go back"),
            footer=_("Back")),
)  # fmt: skip
"""What every such screen can do; a screen's own ``KEYS`` begin with these."""

SORTING = (
    Command("list.sort", "s", "sort", _("Sort by the next column"),
            _("After the last one the rows stand again as they were read.")),
    Command("list.sort.back", "S", "sort_back", _("Sort the other way round")),
)  # fmt: skip
"""For tables in which another order says something."""

_COPY = Command("list.copy", "y,ctrl+c", "copy", _("Copy the row to the clipboard"))
TAKING = (
    _COPY,
    Command("list.file", "w", "file", _("Write the rows that show to a file"),
            _("The name says how: .csv, .xlsx, .docx, .md or .json.")),
)  # fmt: skip
"""For lists whose rows may leave the project, as on the command line."""

PICTURING = (
    _COPY,
    Command("list.file", "w", "file", _("Write what shows to a file"),
            _("The name says how: .csv, .xlsx, .docx, .md or .json; .svg, .pdf or .png is a "
              "picture.")),
)  # fmt: skip
"""For charts, which may also be drawn."""

QUOTING = (
    _COPY,
    Command("list.file", "w", "file", _("Write the passages that show to a file"),
            _("The name says how: .docx, .html, .md, .tex, .xlsx, .csv or .json. Only what may be "
              "quoted.")),
)  # fmt: skip
"""For passages that are written as quotations."""

UNDOING = (
    Command("list.undo", "u,ctrl+z", "undo", _("Undo your last step"), footer=_("Undo")),
    Command("list.redo", "ctrl+r,ctrl+y", "redo", _("Do again what you undid last")),
)  # fmt: skip
"""For screens on which something is changed."""
