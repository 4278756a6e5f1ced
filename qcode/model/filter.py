"""What retrieval, tables, agreement and export are asked for: one value, the same everywhere."""

from __future__ import annotations

from dataclasses import dataclass

from qcode.model.bound import Bound

RECORD = "record"
CONSENSUS = "consensus"

PASSAGE, OVERLAP, TURN, DOCUMENT, CASE = "passage", "overlap", "turn", "document", "case"
WITHIN = (PASSAGE, OVERLAP, TURN, DOCUMENT, CASE)
"""Where another code must stand for a passage to have it too."""

LITERAL, WORD, REGEX, FUZZY, STEM = "literal", "word", "regex", "fuzzy", "stem"
MATCHES = (LITERAL, WORD, REGEX, FUZZY, STEM)
"""How words are looked for."""


@dataclass(frozen=True, slots=True)
class Filter:
    """Which codings are meant; an empty field leaves everything in.

    ``codes``, ``documents``, ``cases`` and ``coders`` hold ids; a code stands for itself and
    the codes below it. Of ``codes`` one must stand there; all of ``also`` and none of ``without``
    must stand ``within`` the same passage, turn and so on, or with at most ``near`` words between,
    by the same coder. ``where`` holds pairs of attribute name and value; pairs of one attribute
    are alternatives, different attributes must all hold. As typed, a value may be a Bound; all
    bounds of one attribute must hold, and in a filter of ids stand the values that do. ``flags`` holds kinds of flag, one of which
    must stand on some of the words. ``text`` is looked for in the words, in a way of MATCHES and
    without regard to case; ``language`` is that of word stems. ``memo`` stands in a memo about the
    coding. ``layer`` is RECORD, CONSENSUS or the id of one coder: whose codings count for each
    document. ``searches`` names filters that were saved, which this one narrows.
    """

    codes: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    within: str = OVERLAP
    near: int | None = None
    documents: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    cases: tuple[str, ...] = ()
    coders: tuple[str, ...] = ()
    where: tuple[tuple[str, str | Bound], ...] = ()
    flags: tuple[str, ...] = ()
    memo: str = ""
    text: str = ""
    match: str = LITERAL
    language: str = ""
    layer: str = RECORD
    searches: tuple[str, ...] = ()

    @property
    def picks(self) -> bool:
        """Tell whether it leaves out some passages of a code, not only documents and cases."""
        return bool(self.also or self.without or self.flags or self.memo or self.text)
