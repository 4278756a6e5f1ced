"""What a plain-text project holds: names where a project has ids."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from qcode.formats.codebook import CodebookFile
from qcode.model.case import Attribute, Case
from qcode.model.codebook import Code

TRANSCRIPTS = "transcripts"
ENDINGS = ("merge", "split", "retire")
VERBS = ("add", "rename", "move", *ENDINGS, "new meaning")
"""What may become of a code; after those of ENDINGS it is there no longer."""
_FILE_NAME = re.compile(r"[^.\s/\\:*?\"<>|\0][^/\\:*?\"<>|\0]*(?<![.\s])")

CaseKey = tuple[str, str]
"""The kind and the name of a case."""


@dataclass(frozen=True, slots=True)
class PlainDocument:
    """A document; ``file`` is its text below the folder: ``transcripts/W01.txt``."""

    name: str
    file: str
    kind: str = "interview"
    finished: tuple[str, ...] = ()
    """Coders who finished it."""
    details: Mapping[str, str] = field(default_factory=dict)
    codebook: str = ""
    """Version of the codebook under which they finished it; empty for the present one."""
    settled: bool = False
    """Whether the consensus is of record there."""
    record: str = ""
    """Whose coding is of record there, where the order of coders would make it another's."""


@dataclass(frozen=True, slots=True)
class PlainSpeaker:
    """Who speaks under a label, and for which cases; without a label, whom the document is of."""

    document: str
    label: str
    kind: str = "unknown"
    name: str = ""
    cases: tuple[CaseKey, ...] = ()
    line: int = field(default=0, compare=False)
    """Line in its table, from 1."""


@dataclass(frozen=True, slots=True)
class PlainCoding:
    """A coding; ``start`` and ``end`` count code points of the canonical text.

    ``code`` is a path, ``words`` what stands at the place, to be compared with the text (empty
    where the table does not say), ``memo`` the coder's note on it.
    """

    document: str
    start: int
    end: int
    code: str
    coder: str
    words: str = ""
    memo: str = ""
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class PlainFlag:
    """A flag on a passage, of a kind of FLAGS.

    ``text`` is the line of what is to be discussed, ``settled`` the coder who closed it.
    """

    document: str
    start: int
    end: int
    kind: str
    coder: str
    text: str = ""
    settled: str = ""
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class PlainMemo:
    """A note of a coder on the project, a document, a code or a case, or an answer to a flag.

    One on a document may have a place there (a margin note), else both ends are 0. A note on a
    coding stands with the coding. What is said to a DISCUSS flag names its document, who put it
    there, and its place; answers to one flag stand in the order in which they were given.
    """

    about: tuple[str, ...]
    """``("project",)``, ``("document", name)``, ``("code", path)``, ``("case", kind, name)`` or
    ``("flag", document, coder)``."""
    text: str
    coder: str
    start: int = 0
    end: int = 0
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class PlainChange:
    """What became of a code between two states of a codebook, and why."""

    verb: str
    """One of VERBS."""
    code: str
    """Its path in the older state; empty for a new code."""
    into: tuple[str, ...] = ()
    """Paths in the newer state: the code itself, what it counts for, what it was split into."""
    reason: str = ""
    date: str = ""
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class PlainState:
    """A codebook as it was for a while, and what led to it from the state before."""

    book: CodebookFile
    changes: tuple[PlainChange, ...] = ()

    @property
    def version(self) -> str:
        """The version by which documents name it."""
        return self.book.version

    @property
    def codes(self) -> tuple[Code, ...]:
        """Its codes, parents before the codes below them."""
        return self.book.codes


Passage = tuple[int, int, str]
"""Start, end and the path of a code."""


@dataclass(frozen=True, slots=True)
class PlainDecision:
    """What was settled about one disagreement of two coders.

    ``given`` is what each of them had there, ``outcome`` what the consensus has. Decisions of one
    rule have the same ``rule``, person and date.
    """

    document: str
    coders: tuple[str, str]
    given: tuple[tuple[Passage, ...], tuple[Passage, ...]]
    verdict: str
    outcome: tuple[Passage, ...] = ()
    reason: str = ""
    present: tuple[str, ...] = ()
    dissent: str = ""
    rule: str = ""
    by: str = ""
    date: str = ""
    """When, in ISO 8601."""
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class PlainRound:
    """A round with its coders and the documents that each of them codes; closed unless ``open``.

    In a round of kind AGAIN the coders are second selves, and ``of`` names whose, one for each.
    """

    name: str
    kind: str
    coders: tuple[str, ...]
    documents: tuple[str, ...]
    open: bool = False
    of: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PlainFinding:
    """A row of one of the tables of ``findings.KINDS``: its cells that are not empty, by column."""

    file: str
    values: Mapping[str, str]
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class PlainUnlooked:
    """Documents that a coder was done with before a code meant what it means now."""

    code: str
    coder: str
    documents: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PlainProject:
    """A whole project; cases and attributes have no id yet (it is derived on import)."""

    name: str
    codebook: CodebookFile
    approach: str = "codebook"
    notice: str = ""
    language: str = ""
    coders: tuple[str, ...] = ()
    attributes: tuple[Attribute, ...] = ()
    documents: tuple[PlainDocument, ...] = ()
    speakers: tuple[PlainSpeaker, ...] = ()
    cases: tuple[Case, ...] = ()
    codings: tuple[PlainCoding, ...] = ()
    flags: tuple[PlainFlag, ...] = ()
    memos: tuple[PlainMemo, ...] = ()
    decisions: tuple[PlainDecision, ...] = ()
    rounds: tuple[PlainRound, ...] = ()
    findings: tuple[PlainFinding, ...] = ()
    unlooked: tuple[PlainUnlooked, ...] = ()
    states: tuple[PlainState, ...] = ()
    """States of the codebook by version, the last of them ``codebook``; none without a history."""


def case_names(cases: Iterable[Case]) -> Mapping[str, tuple[CaseKey, ...]]:
    """Return which cases a table may mean: by ``name``, and by ``kind: name``, casefolded."""
    names: dict[str, tuple[CaseKey, ...]] = {}
    for case in cases:
        for name in (case.name.casefold(), f"{case.kind}: {case.name}".casefold()):
            names[name] = (*names.get(name, ()), (case.kind, case.name))
    return names


def is_file_name(name: str) -> bool:
    """Tell whether a file may have this name on every platform, and lies in its folder."""
    return bool(_FILE_NAME.fullmatch(name))
