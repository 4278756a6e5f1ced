"""What was settled about a disagreement of two coders."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from qcode.model.span import Span

VERDICTS = ("agree", "a", "b", "union", "intersection", "span", "both", "neither", "codebook")
"""``agree`` takes over what is the same; ``codebook`` puts off until the codebook was changed."""
CODEBOOK = "codebook"


class Input(NamedTuple):
    """A coding as it stood when something was settled about it: the code it was given, its place.

    ``start`` and ``end`` count in ``version``, so that a corrected text changes none of them.
    """

    coding: str
    code: str
    version: str
    start: int
    end: int


class Outcome(NamedTuple):
    """A passage of the consensus: a code and where it stands."""

    code: str
    span: Span


@dataclass(frozen=True, slots=True)
class Decision:
    """What is kept of one settled item; its id is that of the item.

    ``coders`` are the two compared, in the order of their ids; ``codes`` what each gave,
    ``present`` who took part. Decisions by one rule share ``rule``, the id, and ``rule_text``.
    ``outcome`` is how many passages of the consensus it made.
    """

    id: str
    document: str
    coders: tuple[str, str]
    kind: str
    codes: tuple[str, str]
    inputs: tuple[Input, ...]
    verdict: str
    outcome: int = 0
    reason: str = ""
    present: tuple[str, ...] = ()
    dissent: str = ""
    rule: str = ""
    rule_text: str = ""
    by: str = ""
    """The coder who wrote it down."""
    at: int = 0
    """When, in milliseconds since 1970 UTC."""
    codings: tuple[str, ...] = ()
    """The passages of the consensus that stand by it."""
    torn: bool = False
    """Whether two copies settled it apart, so that what stands is no single outcome."""
