"""What can be done on the screen that sorts a pile."""

from __future__ import annotations

from qcode.language import _
from qcode.tui.commands import Command
from qcode.workflows.sorting import MOST

PILE = (
    *(
        Command(f"pile.give.{number}", str(number), f"give({number})",
                _("Give the passage to the code with that digit"), shown="1 … 9",
                listed=number == 1, footer=_("… 9 give") if number == 1 else "")
        for number in range(1, MOST + 1)
    ),
    Command("pile.stay", "0,space", "give(0)", _("Leave the passage with the code, or put it back"),
            footer=_("Stays")),
    Command("pile.new", "n", "new", _("Make a new code below"), footer=_("New code")),
    Command("pile.back", "b,k,backspace", "step(-1)", _("Back to the passage before"),
            footer=_("Back")),
    Command("pile.next", "j", "step(1)", _("On to the next passage, whatever it has")),
    Command("pile.open", "enter", "open", _("See the passage in the text"),
            _("D or esc comes back."), footer=_("In the text")),
    Command("pile.meaning", "o", "meanings", _("Show or hide what the codes below mean")),
    Command("pile.mine", "O", "mine", _("Only your own passages, or everyone's")),
    Command("pile.end", "e", "end", _("End the sorting: say what the code means now")),
    Command("pile.undo", "u,ctrl+z", "undo", _("Undo the last thing you did here"),
            footer=_("Undo")),
    Command("pile.redo", "ctrl+r,ctrl+y", "redo", _("Do again what you undid last")),
    Command("pile.undo.all", "U", "undo_all", _("Undo the whole pile"),
            _("Its passages go back, the codes made for it go away.")),
    Command("pile.close", "escape,q", "close", _("Leave; what is sorted is saved, the rest waits")),
)  # fmt: skip
