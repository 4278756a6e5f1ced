"""What can be done in the codebook pane with the highlighted code."""

from __future__ import annotations

from qcode.language import _
from qcode.tui.commands import Command

TREE = (
    Command("tree.filter", "slash", "screen.code_filter", _("Filter the codebook"),
            _("Letters leave the codes that fit, with those above them; esc brings all back."),
            footer=_("Filter")),
    Command("tree.add", "a", "screen.code_add", _("Add a code beside the highlighted one"),
            footer=_("Add")),
    Command("tree.add.below", "A", "screen.code_add(True)", _("Add a code below it")),
    Command("tree.rename", "r", "screen.code_rename", _("Rename it"), footer=_("Rename")),
    Command("tree.edit", "e", "screen.code_edit", _("Edit what is said of it"),
            _("Definition, when to use it and when not, example, other names, labels. Of another "
              "wording you are asked whether it means the same: documents finished before a new "
              "meaning count as not looked through for it."), footer=_("Edit")),
    Command("tree.move", "m", "screen.code_move", _("Move it under another code")),
    Command("tree.merge", "M", "screen.code_merge", _("Merge it into another code"),
            _("Its segments count for that one then; whose they are is said before."),
            footer=_("Merge")),
    Command("tree.retire", "d", "screen.code_retire", _("Retire it, or bring it back"),
            _("Also brings back what was merged: z shows such codes.")),
    Command("tree.colour", "c", "screen.code_colour", _("Give it another colour")),
    Command("tree.down", "J", "screen.code_shift(1)", _("Move it down among those beside it")),
    Command("tree.up", "K", "screen.code_shift(-1)", _("Move it up among those beside it")),
    Command("tree.counts", "w", "screen.code_counts", _("Count with or without the codes below")),
    Command("tree.gone", "z", "screen.code_gone", _("Show or hide retired and merged codes"),
            _("Marked × if retired, ⇢ if merged into the code above.")),
)  # fmt: skip
