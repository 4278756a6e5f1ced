"""What holds other widgets side by side or one above the other, and is covered by them.

Textual paints and keeps every line of a widget, also where nothing of it is ever to be seen.
"""

from __future__ import annotations

from textual.containers import Container, Horizontal


class Covered(Container):
    """Holds widgets one above the other or in layers, of which one takes all of it."""

    BLANK = True


class CoveredRow(Horizontal):
    """Holds widgets side by side that take all of it."""

    BLANK = True
