"""Mammoth's document tree laid out as one text."""

from __future__ import annotations

from collections import Counter
from typing import Any

from qcode.formats.transcripts.canonical import clean
from qcode.formats.transcripts.draft import Draft, Stretch

_BOLD_STYLES = ("strong", "bold")
_COUNTED = {
    "CommentReference": "comment",
    "NoteReference": "note",
    "Image": "image",
}


class Flow:
    r"""The text so far; paragraphs and table rows end with ``\n``, cells with a tab."""

    def __init__(self) -> None:
        """Start with nothing."""
        self.controls = 0
        self.left_out: Counter[str] = Counter()
        self._pieces: list[str] = []
        self._length = 0
        self._bold: list[Stretch] = []
        self._rows: list[tuple[Stretch, ...]] = []
        self._opening: int | None = None
        self._in_table = False

    def draft(self) -> Draft:
        """Return what was laid out."""
        return Draft("".join(self._pieces), tuple(self._bold), tuple(self._rows))

    def add(self, element: Any) -> None:
        """Lay out one element of the tree with what stands in it."""
        kind = type(element).__name__
        if kind == "Paragraph":
            self._paragraph(element)
            self._write("\n")
        elif kind == "Table":
            self._table(element)
        elif kind == "Run":
            self._run(element)
        elif hasattr(element, "children"):
            self._children(element)
        else:
            self._leaf(kind, element)

    def _children(self, element: Any) -> None:
        for child in element.children:
            self.add(child)

    def _leaf(self, kind: str, element: Any) -> None:
        if kind == "Text":
            # Word shows a line end inside its text as a blank.
            text = element.value.replace("\r\n", " ").replace("\r", " ").replace("\n", " ")
            text, controls = clean(text)
            self.controls += controls
            self._write(text)
        elif kind == "Tab":
            self._write("\t")
        elif kind == "Break":
            self._write("\n")
        elif kind == "Checkbox":
            self._write("☒" if element.checked else "☐")
        elif kind in _COUNTED:
            self.left_out[_COUNTED[kind]] += 1

    def _paragraph(self, element: Any) -> None:
        self._opening = self._length
        self._children(element)
        self._opening = None

    def _run(self, element: Any) -> None:
        start = self._length
        self._children(element)
        bold = element.is_bold or (element.style_name or "").casefold() in _BOLD_STYLES
        blank = not "".join(self._pieces[-1:]).strip() if self._length > start else True
        if self._opening is None or blank:
            return
        if not bold:
            self._opening = None
        elif self._bold and self._bold[-1][0] == self._opening:
            self._bold[-1] = (self._opening, self._length)
        else:
            self._bold.append((self._opening, self._length))

    def _table(self, element: Any) -> None:
        for row in element.children:
            cells: list[Stretch] = []
            for number, cell in enumerate(getattr(row, "children", [])):
                if number:
                    self._write("\t")
                start = self._length
                self._cell(cell)
                cells.append((start, self._length))
            self._write("\n")
            self._rows.append(tuple(cells))

    def _cell(self, cell: Any) -> None:
        for number, block in enumerate(cell.children):
            if number:
                self._write("\n")
            if type(block).__name__ == "Paragraph":
                self._paragraph(block)
            else:
                self.add(block)

    def _write(self, text: str) -> None:
        if text:
            self._pieces.append(text)
            self._length += len(text)
