"""What tables of findings have to do with: how they name things, what names stand for.

Which tables there are stands in ``plain_kinds``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from qcode.model.coding import Coding
from qcode.store.project import Reader, Step

Names = Mapping[str, str]


@dataclass(frozen=True)
class Leaving:
    """How what is written names things: ids to names, as the other tables have them."""

    connection: Reader
    documents: Names
    codes: Names
    """Ids of codes, merged ones too, to the path of the code they count for."""
    cases: Names
    coders: Names

    def coding(self, one: Coding) -> dict[str, str]:
        """Return the cells that name a coding; none if a name is not written or it has no place."""
        known = one.document in self.documents and one.code in self.codes
        if not known or one.coder not in self.coders or one.fit == "lost":
            return {}
        return {
            "document": self.documents[one.document], "start": str(one.start),
            "end": str(one.end), "code": self.codes[one.code], "coder": self.coders[one.coder],
        }  # fmt: skip


@dataclass(frozen=True)
class Taking:
    """What the names of a plain project stand for once its documents and codings are stored."""

    step: Step
    documents: Names
    codes: Names
    coders: Names
    cases: Names = field(default_factory=dict)
    codings: Mapping[tuple[str, int, int, str, str], str] = field(default_factory=dict)

    def coding(self, cells: Mapping[str, str]) -> str:
        """Return the id of the coding that some cells name; empty where it is not here."""
        document = self.documents.get(cells["document"], "")
        code, coder = self.codes.get(cells["code"], ""), self.coders.get(cells["coder"], "")
        key = (document, int(cells["start"]), int(cells["end"]), code, coder)
        return self.codings.get(key, "")


class Kind:
    """One table: how its rows leave, and how they are stored again.

    ``take`` returns how many rows were new and how many were there; a row that names a coding
    that is not here is neither.
    """

    def __init__(
        self,
        file: str,
        noun: str,
        leave: Callable[[Leaving], Iterable[Mapping[str, str]]],
        take: Callable[[Taking, Sequence[Mapping[str, str]]], tuple[int, int]],
    ) -> None:
        self.file, self.noun, self.leave, self.take = file, noun, leave, take
