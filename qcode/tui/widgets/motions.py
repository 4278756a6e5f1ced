"""The keys of the reader. Each has an id that a keymap in the settings may give other keys."""

from __future__ import annotations

from textual.binding import Binding, BindingType

from qcode.language import _

_MOTIONS = (
    ("char.previous", "left,h", "char", -1, _("One character left")),
    ("char.next", "right,l", "char", 1, _("One character right")),
    ("line.previous", "up,k", "line", -1, _("One line up")),
    ("line.next", "down,j", "line", 1, _("One line down")),
    ("word.previous", "ctrl+left,b", "word", -1, _("Previous word")),
    ("word.next", "ctrl+right,w", "word", 1, _("Next word")),
    ("sentence.previous", "left_parenthesis", "sentence", -1, _("Previous sentence")),
    ("sentence.next", "right_parenthesis", "sentence", 1, _("Next sentence")),
    ("turn.previous", "left_curly_bracket,ctrl+up", "turn", -1, _("Previous turn")),
    ("turn.next", "right_curly_bracket,ctrl+down", "turn", 1, _("Next turn")),
    ("page.previous", "pageup,ctrl+u", "page", -1, _("Page up")),
    ("page.next", "pagedown,ctrl+d", "page", 1, _("Page down")),
    ("line.start", "home", "edge", -1, _("Start of the line")),
    ("line.end", "end", "edge", 1, _("End of the line")),
    ("document.start", "g,ctrl+home", "document", -1, _("Start of the document")),
    ("document.end", "G,ctrl+end", "document", 1, _("End of the document")),
)
_SELECTING = (
    ("select.char.previous", "shift+left", "char", -1, _("Select one character left")),
    ("select.char.next", "shift+right", "char", 1, _("Select one character right")),
    ("select.line.previous", "shift+up", "line", -1, _("Select one line up")),
    ("select.line.next", "shift+down", "line", 1, _("Select one line down")),
    ("select.word.previous", "ctrl+shift+left", "word", -1, _("Select one word left")),
    ("select.word.next", "ctrl+shift+right", "word", 1, _("Select one word right")),
    ("select.page.previous", "shift+pageup", "page", -1, _("Select a page up")),
    ("select.page.next", "shift+pagedown", "page", 1, _("Select a page down")),
    ("select.line.start", "shift+home", "edge", -1, _("Select to the start of the line")),
    ("select.line.end", "shift+end", "edge", 1, _("Select to the end of the line")),
)
_ACTS = (
    ("select.toggle", "v", "begin_or_end", _("Begin or end selecting")),
    ("select.grow", "plus,equals_sign", "grow", _("Grow: word, sentence, turn, exchange")),
    ("select.shrink", "minus", "shrink", _("Shrink")),
    ("select.exchange", "M", "exchange", _("Select question and answer")),
    ("select.start.previous", "less_than_sign", "move_start(-1)", _("Start one word earlier")),
    ("select.start.next", "greater_than_sign", "move_start(1)", _("Start one word later")),
    ("select.clear", "escape", "clear", _("Give up the selection")),
    ("select.copy", "ctrl+c", "copy", _("Copy the selected words")),
    ("segment.previous", "comma", "segment(-1)", _("Previous segment")),
    ("segment.next", "semicolon", "segment(1)", _("Next segment")),
    ("alike.previous", "number_sign", "alike(-1)", _("Previous segment of the same code")),
    ("alike.next", "asterisk", "alike(1)", _("Next segment of the same code")),
    ("uncoded.previous", "left_square_bracket", "uncoded(-1)", _("Previous uncoded turn")),
    ("uncoded.next", "right_square_bracket", "uncoded(1)", _("Next uncoded turn")),
)


def bindings() -> list[BindingType]:
    """Return the bindings of the reader; none shows in a footer unless a screen repeats it."""
    moving = [
        Binding(keys, f"move('{motion}',{step})", label, show=False, id=f"reader.{id}")
        for id, keys, motion, step, label in _MOTIONS
    ]
    selecting = [
        Binding(keys, f"move('{motion}',{step},True)", label, show=False, id=f"reader.{id}")
        for id, keys, motion, step, label in _SELECTING
    ]
    acting = [
        Binding(keys, action, label, show=False, id=f"reader.{id}")
        for id, keys, action, label in _ACTS
    ]
    return [*moving, *selecting, *acting]
