"""A filter that was saved under a name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from unicodedata import category

from qcode.errors import BadInput
from qcode.language import _

_BREAKS = {"Cc", "Cs", "Zl", "Zp"}
_LONGEST_NAME, _LONGEST_LINE = 60, 2_000


@dataclass(frozen=True, slots=True)
class Search:
    """What ``@name`` stands for: the options of the command line, as they were typed.

    ``ids`` gives, by noun and by what was typed, the ids of what is named in them: names change.
    """

    id: str
    name: str
    line: str
    ids: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for text, most in ((self.name, _LONGEST_NAME), (self.line, _LONGEST_LINE)):
            if not text.strip() or len(text) > most or not _BREAKS.isdisjoint(map(category, text)):
                raise BadInput(
                    _("a saved search needs a name of at most {most} letters and options, each in "
                      "one line").format(most=_LONGEST_NAME)
                )  # fmt: skip
