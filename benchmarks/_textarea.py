"""Textual's own TextArea on a text, read-only: what the reader is compared with.

python -m benchmarks._textarea FILE
"""

from __future__ import annotations

import sys
from pathlib import Path

from textual.app import App, ComposeResult
from textual.widgets import TextArea


class Plain(App[None]):
    """Shows one text, its cursor in the middle."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self._text = text

    def compose(self) -> ComposeResult:
        """Lay out the text alone."""
        yield TextArea(self._text, read_only=True, soft_wrap=True)

    def on_mount(self) -> None:
        """Stand where the reader stands."""
        area = self.query_one(TextArea)
        area.move_cursor((area.document.line_count // 2, 0))


if __name__ == "__main__":
    Plain(Path(sys.argv[1]).read_text(encoding="utf-8")).run()
