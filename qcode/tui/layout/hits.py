"""Where words stand in a text: literally, but without regard to case and to where lines break."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from qcode.model.span import Span


def found(text: str, words: str) -> tuple[Span, ...]:
    """Return where words stand in a text, in order; nowhere for words of blanks alone."""
    parts = words.split()
    if not parts:
        return ()
    pattern = re.compile(r"\s+".join(map(re.escape, parts)), re.IGNORECASE)
    return tuple(Span(*match.span()) for match in pattern.finditer(text))


def following(hits: Sequence[Span], offset: int) -> int:
    """Return the position of the first hit that starts at or after an offset, else of the first."""
    at = bisect_left(hits, offset, key=lambda hit: hit.start)
    return at if at < len(hits) else 0


def preceding(hits: Sequence[Span], offset: int) -> int:
    """Return the position of the last hit that starts before an offset, else of the last."""
    at = bisect_left(hits, offset, key=lambda hit: hit.start) - 1
    return at if at >= 0 else len(hits) - 1
