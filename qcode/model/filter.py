"""What retrieval, tables, agreement and export are asked for: one value, the same everywhere."""

from __future__ import annotations

from dataclasses import dataclass

RECORD = "record"
CONSENSUS = "consensus"


@dataclass(frozen=True, slots=True)
class Filter:
    """Which codings are meant; an empty field leaves everything in.

    ``codes``, ``documents``, ``cases`` and ``coders`` hold ids; a code stands for itself and
    the codes below it. ``where`` holds pairs of attribute name and value; pairs of one attribute
    are alternatives, different attributes must all hold. ``flags`` holds kinds of flag, one of which
    must stand on some of the words. ``text`` is looked for in the words, without regard to case. ``layer`` is RECORD, CONSENSUS or the id of one coder: whose codings
    count for each document.
    """

    codes: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    cases: tuple[str, ...] = ()
    coders: tuple[str, ...] = ()
    where: tuple[tuple[str, str], ...] = ()
    flags: tuple[str, ...] = ()
    text: str = ""
    layer: str = RECORD
