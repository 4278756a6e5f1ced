"""The plain-text project: a folder of tables, a codebook and transcripts that people can edit."""

from qcode.formats.folder.cases import CaseTable, read_cases
from qcode.formats.folder.reading import read
from qcode.formats.folder.values import (
    ENDINGS,
    Passage,
    PlainChange,
    PlainCoding,
    PlainDecision,
    PlainDocument,
    PlainFinding,
    PlainFlag,
    PlainMemo,
    PlainProject,
    PlainRound,
    PlainSpeaker,
    PlainState,
    PlainUnlooked,
)
from qcode.formats.folder.writing import write

__all__ = [
    "ENDINGS",
    "CaseTable",
    "Passage",
    "PlainChange",
    "PlainCoding",
    "PlainDecision",
    "PlainDocument",
    "PlainFinding",
    "PlainFlag",
    "PlainMemo",
    "PlainProject",
    "PlainRound",
    "PlainSpeaker",
    "PlainState",
    "PlainUnlooked",
    "read",
    "read_cases",
    "write",
]
