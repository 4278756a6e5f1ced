"""What can be done on every screen, and what on the list of documents."""

from __future__ import annotations

from qcode.language import _
from qcode.tui.commands import Command

EVERYWHERE = (
    Command("app.help", "question_mark,f1", "help", _("Help"),
            _("All keys of this screen."), footer=_("Help")),
    Command("app.views", "ctrl+t", "views", _("Go to another screen"),
            _("Agenda, codebook, cases and the others, by one letter.")),
    Command("app.palette", "ctrl+p", "command_palette", _("Find a command by name")),
    Command("app.quit", "ctrl+q", "quit", _("Quit"), _("Everything is saved already.")),
)  # fmt: skip

HOME = (
    Command("home.open", "enter", "open", _("Open the document"), footer=_("Open")),
    Command("home.filter", "slash", "filter", _("Look for a document"),
            _("Or just type some letters of its name, kind or case."), footer=_("Look for")),
    Command("home.attributes", "ctrl+l", "attributes", _("Hide or show what is known of informants"),
            _("Here and while coding, also the next time.")),
    Command("home.document", "ctrl+e", "document", _("Change the document"),
            _("Its name and kind, who speaks in it; retire it, or bring one back."),
            footer=_("Document")),
    Command("home.undo", "ctrl+z", "undo", _("Undo your last step")),
    Command("home.redo", "ctrl+y", "redo", _("Do again what you undid last")),
    Command("home.clear", "escape", "clear", _("Show all documents again")),
)  # fmt: skip
