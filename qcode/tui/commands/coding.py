"""What can be done on the coding screen."""

from __future__ import annotations

from qcode.language import _
from qcode.tui.commands import Command

PINS = range(1, 10)

CODING = (
    Command("coding.code", "enter,c", "code", _("Give a code"),
            _("To what is selected, else to the sentence at the cursor."), footer=_("Code")),
    Command("coding.repeat", "full_stop", "repeat", _("Give the last code again"),
            _("To what is selected, else to the sentence at the cursor."), footer=_("Again")),
    Command("coding.uncode", "d", "uncode", _("Remove the code at the cursor"),
            _("Only the active segment's; nothing is lost, u brings it back.")),
    Command("coding.recode", "r", "recode", _("Give the active segment another code")),
    Command("coding.bounds", "e", "bounds", _("Move the bounds of the active segment"),
            _("Any motion moves its end, < and > its start, the mouse both; enter keeps them.")),
    Command("coding.cycle", "space", "cycle", _("Make the next overlapping segment active")),
    Command("coding.invivo", "i", "in_vivo", _("Make a code of the words themselves"),
            _("What is selected becomes the name of a new code, to be mended before enter.")),
    Command("coding.pin", "P", "pin", _("Pin a code to a digit"),
            _("The active segment's, or the one highlighted in the codebook.")),
    *(
        Command(f"coding.pinned.{number}", str(number), f"pinned({number})",
                _("Give the code pinned to that digit"), shown="1 … 9", listed=number == 1)
        for number in PINS
    ),
    Command("coding.quote", "y", "quote", _("Copy the active segment as a quotation"),
            _("With its reference, to the clipboard; not what was not released.")),
    Command("coding.memo", "m", "memo", _("Write a memo"),
            _("On the segment at the cursor, else a margin note on the words."),
            footer=_("Memo")),
    Command("coding.flag", "x", "flag", _("Flag the words, or take a flag away"),
            _("Then d discuss, k key quotation, n negative case, o off the record (never shown "
              "outside), u not to be used; on what is discussed a answers, s settles.")),
    Command("coding.question", "Q", "question", _("Say which question of the guide a turn asks"),
            _("The turn at the cursor; the same question again takes it back.")),
    Command("coding.flag.next", "f", "next_flag(1)", _("Next flag")),
    Command("coding.flag.previous", "ctrl+f", "next_flag(-1)", _("Previous flag")),
    Command("coding.flag.kind", "X", "seek_flag", _("Choose to which flags f goes"),
            _("Then the letter of a flag, or x for any.")),
    Command("coding.turn", "colon,ctrl+g", "go_to_turn", _("Go to a turn by its number")),
    Command("coding.find", "slash", "find", _("Find words in the document"),
            _("Enter selects what was found, so that enter codes it; esc ends it.")),
    Command("coding.find.next", "n", "find_next(1)", _("Next place that was found"),
            _("Coming from a list, such as the agenda: its next place, also elsewhere.")),
    Command("coding.find.previous", "N", "find_next(-1)", _("Previous place that was found")),
    Command("coding.compare", "o", "compare", _("Compare with the other passages of the code"),
            _("The active segment's, or the code's that is highlighted in the codebook.")),
    Command("coding.pile", "S", "pile", _("Sort the passages of the code into new ones"),
            _("The active segment's, or the code's that is highlighted in the codebook.")),
    Command("coding.return", "backspace", "return", _("Back to where the comparison began"),
            _("To the exact spot, also in another document.")),
    Command("coding.undo", "u,ctrl+z", "undo", _("Undo"),
            _("Takes back your last step and says which it was."), footer=_("Undo")),
    Command("coding.redo", "ctrl+r,ctrl+y", "redo", _("Do again what was undone")),
    Command("coding.finish", "F", "finish", _("Finish the document"),
            _("Also with nothing to code in it, or take it back."), footer=_("Finish")),
    Command("coding.next", "ctrl+n", "next_document", _("Go to the next document"),
            _("The next one that you have not finished, where you left it.")),
    Command("coding.reading", "R", "first_reading", _("First reading: hide the codebook, or end"),
            _("Until then enter writes a margin note, and no code is given or shown.")),
    Command("coding.attributes", "H", "attributes", _("Hide or show what is known of informants"),
            _("Here and in the list of documents, also the next time.")),
    Command("coding.documents", "D,q", "documents", _("Back to the documents"),
            footer=_("Documents")),
    Command("coding.lost", "L", "lost", _("Segments that need a place"),
            _("Their words are gone from the corrected text: put them on those that are selected, "
              "or take them away.")),
    Command("coding.split", "s", "split", _("Split the active segment at the cursor")),
    Command("coding.join", "J", "join", _("Join the active segment with the next of its code"),
            _("It then covers the words between them, too.")),
    Command("coding.repair", "E", "repair", _("Correct the turn, or play it"),
            _("Then w its words, s its speaker, p split at the cursor, j join with the next turn, "
              "t play the recording.")),
    Command("coding.whose", "O", "whose", _("Choose whose segments are shown"),
            _("Yours, everyone's, or one coder's; next and previous go over those shown.")),
    Command("coding.tree", "t", "toggle_pane('tree')", _("Show or hide the codebook")),
    Command("coding.inspector", "I", "toggle_pane('inspector')", _("Show or hide the inspector")),
    Command("coding.pane", "f6,ctrl+o", "next_pane", _("Go to the next pane"),
            _("In the codebook enter gives the highlighted code.")),
    Command("coding.list", "escape", "to_list", _("Back to the list that led here"),
            priority=True),
    Command("coding.back", "escape", "back", _("Back to the text")),
)  # fmt: skip
