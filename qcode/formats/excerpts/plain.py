"""Excerpts as JSON, for programs."""

from __future__ import annotations

import json

from qcode.formats.excerpts.listing import Listing
from qcode.model.excerpt import Excerpt


def written(listing: Listing) -> bytes:
    """Return all excerpts once, and the groups as headings with numbers of excerpts."""
    whole = {
        "title": listing.title,
        "notes": list(listing.notes),
        "excerpts": [_plain(excerpt) for excerpt in listing.excerpts],
    }
    if listing.groups is not None:
        whole["groups"] = [
            {"title": group.title, "excerpts": [one.number for one in group.excerpts]}
            for group in listing.groups
        ]
    return (json.dumps(whole, ensure_ascii=False, indent=2) + "\n").encode(errors="replace")


def _plain(excerpt: Excerpt) -> dict[str, object]:
    given = excerpt.translation
    return {
        "number": excerpt.number,
        "address": excerpt.address,
        "code": excerpt.code,
        "text": excerpt.text,
        "shortened": excerpt.short,
        "document": excerpt.document,
        "turn": excerpt.turn,
        "lines": list(excerpt.lines),
        "speakers": list(excerpt.speakers),
        "cases": list(excerpt.cases),
        "coder": excerpt.coder,
        "attributes": dict(excerpt.values),
        "memo": excerpt.memo,
        "reference": excerpt.reference,
        "notice": excerpt.notice,
        "role": excerpt.role,
        "used in": list(excerpt.used),
        "before": excerpt.before,
        "after": excerpt.after,
        "translation": given and {
            "language": given.language, "text": given.text, "by": given.by,
            "checked by": given.checked,
        },
    }  # fmt: skip
