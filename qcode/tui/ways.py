"""Ways to choose from that several screens offer."""

from __future__ import annotations

import string
from collections.abc import Mapping, Sequence

from qcode.language import counted
from qcode.model.document import DOCUMENT_KINDS
from qcode.tui.widgets.choice import Way
from qcode.tui.widgets.documents import kind_name

_KEYS = string.digits[1:] + string.ascii_letters


def kinds() -> list[Way]:
    """Return the kinds of document."""
    return lettered([Way("", kind_name(kind), kind) for kind in DOCUMENT_KINDS])


def attributes(known: Mapping[str, int]) -> list[Way]:
    """Return attributes with the informants that have a value of each."""
    return [
        Way("", counted("{{name}} · {n} informant", "{{name}} · {n} informants", number).format(
            name=name), name)
        for name, number in known.items()
    ]  # fmt: skip


def lettered(ways: Sequence[Way]) -> list[Way]:
    """Give each way a key of its own: a letter of its label, the first if it can be; else any."""
    taken: set[str] = set()
    found = []
    for way in ways:
        own = (sign for sign in way.label.casefold() if sign.isascii() and sign.isalpha())
        free = (sign for sign in (*own, *_KEYS) if sign not in taken)
        letter = next(free, " ")
        taken.add(letter)
        found.append(Way(letter, way.label, way.value))
    return found
