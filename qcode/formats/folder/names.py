"""The names that the tables of one project may use for documents, codes, cases and coders."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from qcode.formats.folder.tables import Cells
from qcode.formats.folder.values import CaseKey
from qcode.language import _
from qcode.model.codebook import Codebook


@dataclass(frozen=True, slots=True)
class Names:
    """What may be named; ``cases`` is made by ``case_names``. No ``coders``: any is known."""

    documents: frozenset[str]
    codebook: Codebook
    paths: Mapping[str, str]
    """Paths of the codes, by themselves casefolded."""
    cases: Mapping[str, tuple[CaseKey, ...]]
    coders: tuple[str, ...]
    versions: tuple[str, ...] = ()
    """Of the codebook and its earlier states."""

    def document(self, row: Cells, column: str = "document") -> str:
        """Return the name of a document that the project has."""
        name = row.needed(column)
        if name not in self.documents:
            raise row.refused(
                missing(_("there is no document “{name}”").format(name=name), name,
                         self.documents),
                column,
            )  # fmt: skip
        return name

    def code(self, row: Cells, column: str = "code") -> str:
        """Return the path of a code as the codebook writes it."""
        typed = row.needed(column)
        path = self.paths.get(typed.casefold())
        if path is None:
            near = [self.codebook.path(code.id) for code in self.codebook.nearest(typed)]
            raise row.refused(
                missing(_("there is no code “{name}”").format(name=typed), typed, near, 0), column
            )
        return path

    def coder(self, row: Cells, column: str = "coder") -> str:
        """Return the name of a coder."""
        return self._known_coder(row, row.needed(column), column)

    def finished(self, row: Cells, column: str = "finished") -> tuple[str, ...]:
        """Return the coders who finished a document."""
        return tuple(self._known_coder(row, name, column) for name in row.several(column))

    def version(self, row: Cells, column: str = "codebook") -> str:
        """Return the version of the codebook under which a document was finished."""
        name = row.text(column)
        if name and name not in self.versions:
            sentence = _("there is no codebook of version {name} here").format(name=name)
            raise row.refused(missing(sentence, name, self.versions, 0), column)
        return name

    def case(self, row: Cells, name: str, column: str) -> CaseKey:
        """Return the one case of a name, which may be written ``kind: name``."""
        found = self.cases.get(name.casefold(), ())
        if not found:
            near = [case for keys in self.cases.values() for _kind, case in keys]
            raise row.refused(
                missing(_("there is no case “{name}”").format(name=name), name, near), column
            )
        if len(found) > 1:
            raise row.refused(
                _("several cases are named “{name}”; write the kind before it: {known}").format(
                    name=name, known=", ".join(f"{kind}: {case}" for kind, case in found)
                ),
                column,
            )
        return found[0]

    def _known_coder(self, row: Cells, name: str, column: str) -> str:
        if self.coders and name not in self.coders:
            raise row.refused(
                missing(_("there is no coder “{name}”").format(name=name), name, self.coders),
                column,
            )
        return name


def place(row: Cells) -> tuple[int, int]:
    """Return where a passage starts and ends, in code points of the canonical text."""
    start, end = row.number("start"), row.number("end")
    if start >= end:
        raise row.refused(_("a passage must end after it starts"), "end")
    return start, end


def missing(sentence: str, name: str, known: Iterable[str], cutoff: float = 0.5) -> str:
    """Return the sentence about a name that is not known, with the nearest ones."""
    near = difflib.get_close_matches(name, list(dict.fromkeys(known)), 3, cutoff)
    if not near:
        return sentence
    return _("{sentence}; the nearest are: {near}").format(sentence=sentence, near="; ".join(near))
