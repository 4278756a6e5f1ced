"""What can be done where coders' disagreements are listed and settled."""

from __future__ import annotations

from qcode.language import _
from qcode.tui.commands import Command
from qcode.tui.commands.listing import LISTING, SORTING, TAKING, UNDOING

_FILTER = Command("list.filter", "slash", "filter", _("Show only rows with these words"))
_SHARED = (
    Command("review.agree", "A", "agree", _("Take over what both agree on"),
            _("In all documents at once; how many there are is shown first.")),
    Command("review.names", "N", "names", _("Show or hide who the coders are")),
)  # fmt: skip

TABLES = (
    _("Codes, the worst first"), _("Documents, the worst first"), _("Each pair of coders"),
    _("Coders and their habits"), _("Which codes are taken for each other"),
    _("Figures before and after discussion"), _("Each coder against the consensus"),
)  # fmt: skip
"""The tables of a review, in the order of their digits."""

REVIEW = (
    Command("review.open", "enter", "open", _("Go through the items of the highlighted row"),
            footer=_("Items")),
    _FILTER, *LISTING[2:],
    Command("review.all", "I", "items", _("Go through all items"), footer=_("All items")),
    *(
        Command(f"review.table.{number}", str(number), f"table({number})", title,
                footer=_("… {n} tables").format(n=len(TABLES)) if number == 1 else "")
        for number, title in enumerate(TABLES, 1)
    ),
    Command("review.next", "tab", "next_table", _("The next of these tables")),
    Command("review.round", "b", "rounds", _("Review one round, or all that was coded twice")),
    Command("review.figures", "number_sign", "figures", _("Hide or show all figures"),
            _("Without figures, codes stand by how many items are open: to talk, not to measure.")),
    *_SHARED, *UNDOING, *SORTING, *TAKING,
)  # fmt: skip

VERDICTS = (
    ("a", "a", _("As A has it"), _("A")),
    ("b", "b", _("As B has it"), _("B")),
    ("u", "union", _("Union: the words of either"), _("Union")),
    ("i", "intersection", _("Intersection: the words of both"), ""),
    ("2", "both", _("Both stand"), _("Both")),
    ("x", "neither", _("Neither stands"), _("Neither")),
    ("c", "codebook", _("The codebook must change: it stays open until then"), ""),
)  # fmt: skip
"""Keys of verdicts, what they are in words, and in the last line."""

ITEMS = (
    Command("items.open", "enter,J", "open", _("See it in the text, with what everybody gave"),
            _("D, q or esc comes back. There it shows who gave what.")),
    _FILTER, *LISTING[2:-1],
    Command("items.close", "escape,q", "close", _("Show all rows again, or go back"),
            footer=_("Back")),
    *(
        Command(f"items.{verdict}", key, f"verdict('{verdict}')", label,
                _("Then the next open item shows.") if verdict == "a" else "", footer=footer)
        for key, verdict, label, footer in VERDICTS
    ),
    Command("items.span", "s", "span", _("Other words: move the bounds, enter takes them")),
    Command("items.park", "p", "park", _("Put it on the agenda; it stays open")),
    Command("items.reopen", "o", "reopen", _("Open again what was settled")),
    Command("items.reason", "w", "reason", _("Say why, for the next verdict")),
    Command("items.dissent", "d", "dissent", _("Keep what somebody holds against the next verdict")),
    Command("items.present", "t", "present", _("Say who else takes part")),
    Command("items.rule", "R", "rule", _("State a rule that settles all items like this one"),
            _("It is written beside the code as what it is not for.")),
    Command("items.next", "n", "next_open", _("The next open item")),
    Command("items.projector", "P", "projector", _("Large, for everybody to read: only the passage")),
    *_SHARED,
    Command("items.undo", "U,ctrl+z", "undo", _("Undo your last step")),
    Command("items.redo", "ctrl+r,ctrl+y", "redo", _("Do again what you undid last")),
)  # fmt: skip
