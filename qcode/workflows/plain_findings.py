"""Themes, summaries and whatever else people made of the codings, in and out of plain files."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from qcode.formats.folder import PlainFinding
from qcode.model.coding import Coding
from qcode.store import cases, codebook, coders, codings, documents
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


KINDS: tuple[Kind, ...] = ()
"""In the order of ``formats.folder.findings.KINDS``."""


def leaving(connection: Reader, paths: Names) -> tuple[PlainFinding, ...]:
    """Return all findings as rows; ``paths`` are those of the codes that are written, by id."""
    book = codebook.read(connection)
    ends = {code.id: book.end(code.id) for code in book}
    ways = Leaving(
        connection,
        {one.id: one.name for one in documents.listed(connection)},
        {id: paths[end] for id, end in ends.items() if end in paths},
        {id: name for name, id in _cases(connection).items()},
        {one.id: one.name for one in coders.listed(connection)},
    )
    return tuple(_left(ways))


def _left(ways: Leaving) -> Iterator[PlainFinding]:
    for kind in KINDS:
        for cells in kind.leave(ways):
            yield PlainFinding(kind.file, {name: text for name, text in cells.items() if text})


def take(
    step: Step, findings: Sequence[PlainFinding], documents: Names, codes: Names, coders: Names
) -> Iterator[tuple[str, int, int]]:
    """Store findings; yield noun, how many are new, how many were known or have no place here.

    Documents, codes and coders by the names that the tables use.
    """
    if not findings:
        return
    placed = {
        (document, one.start, one.end, one.code, one.coder): one.id
        for document in documents.values()
        for one in codings.of_document(step.connection, document)
    }
    ways = Taking(step, documents, codes, coders, _cases(step.connection), placed)
    for kind in KINDS:
        rows = [one.values for one in findings if one.file == kind.file]
        if rows:
            new, known = kind.take(ways, rows)
            yield kind.noun, new, known


def _cases(connection: Reader) -> dict[str, str]:
    """Return the ids of the cases by kind and name, as the tables of findings have them."""
    return {f"{one.kind}: {one.name}": one.id for one in cases.listed(connection)}
