"""Which codes a coder has yet to look for in a document that he coded before they were what they are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from qcode.language import _
from qcode.model.codebook import Codebook

NEW, CHANGED = "new", "new meaning"
"""Why a code is to be looked for: it was made since, or means something else since."""


def outstanding(book: Codebook, had: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield the offered codes that were not looked for, in the order of the codebook, each with why.

    ``had`` gives the codes that the coder had and what each meant to him. A merged code was looked
    for if any part was (see ``looking.looked_for``, of which this is the other side). What is only
    proposed in a round is looked for by nobody else.
    """
    for code in book:
        if code.round:
            continue
        parts = [one for one in book.chain(code.id) if one in had]
        if not any(had[one] == book[one].meaning for one in parts):
            yield code.id, CHANGED if parts else NEW


def change_names() -> Mapping[str, str]:
    """Return what the reasons are called, as a person reads them."""
    return {NEW: _("new"), CHANGED: _("new meaning")}
