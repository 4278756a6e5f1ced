"""Ways to choose from that several screens offer."""

from __future__ import annotations

from collections.abc import Sequence

from qcode.model.document import DOCUMENT_KINDS
from qcode.tui.widgets.choice import Way
from qcode.tui.widgets.documents import kind_name


def kinds() -> list[Way]:
    """Return the kinds of document."""
    return lettered([Way("", kind_name(kind), kind) for kind in DOCUMENT_KINDS])


def lettered(ways: Sequence[Way]) -> list[Way]:
    """Give each way a letter of its own: the first of its label, or its number."""
    taken: set[str] = set()
    found = []
    for number, way in enumerate(ways, 1):
        first = way.label[:1].casefold()
        letter = first if first.isalpha() and first not in taken else str(number)
        taken.add(letter)
        found.append(Way(letter, way.label, way.value))
    return found
