"""What coders did not look for, in and out of plain files.

A coder who coded or finished a document is taken to have had every code, but for those named here:
codes that came later, or that meant something else then.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet

from qcode.analysis.looking import looked_for
from qcode.formats.folder import PlainCoding, PlainProject, PlainUnlooked
from qcode.model.codebook import Codebook
from qcode.store import documents
from qcode.store.project import Reader, Step
from qcode.workflows.counting import surveyed
from qcode.workflows.plain_findings import Names


def leaving(
    connection: Reader, book: Codebook, paths: Names, names: Names, codings: Iterable[PlainCoding]
) -> Iterator[PlainUnlooked]:
    """Yield for each code and coder the documents without it; ``names`` are those of coders.

    ``paths`` are those of the codes that are written, by id.
    """
    titles = {one.id: one.name for one in surveyed(connection).documents}
    coded = {(one.document, one.coder) for one in codings}
    had: dict[str, dict[str, Mapping[str, str]]] = {coder: {} for coder in names}
    for one in documents.statuses(connection):
        name, coder = titles.get(one.document), names.get(one.coder)
        if name and coder and (one.finished or (name, coder) in coded):
            had[one.coder][name] = one.codes
    looked = {coder: looked_for(book, own) for coder, own in had.items()}
    for code, path in paths.items():
        for coder, own in had.items():
            done = looked[coder].get(code, frozenset())
            if missing := tuple(name for name in titles.values() if name in own.keys() - done):
                yield PlainUnlooked(path, names[coder], missing)


class Unlooked:
    """What the coders of a plain project that comes in did not look for."""

    def __init__(self, step: Step, project: PlainProject, codes: Names) -> None:
        self.codes = frozenset(codes.values())
        self._step = step
        self._known = {(one.document, one.coder) for one in documents.statuses(step.connection)}
        self._by: dict[tuple[str, str], set[str]] = defaultdict(set)
        for one in project.unlooked:
            for document in one.documents:
                self._by[document, one.coder].add(codes[one.code])

    def of(self, document: str, coder: str) -> AbstractSet[str]:
        """Return the ids of the codes that a coder did not look for; names are as written."""
        return self._by.get((document, coder), frozenset())

    def take(self, ids: Names, who: Names) -> None:
        """Note what each coder had where he coded something that came in now."""
        now = {(one.document, one.coder) for one in documents.statuses(self._step.connection)}
        for document, coder in self._by:
            place = ids.get(document, ""), who.get(coder, "")
            if place in now - self._known:
                had = self.codes - self.of(document, coder)
                documents.had(self._step, *place, had)
