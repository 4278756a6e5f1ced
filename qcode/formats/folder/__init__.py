"""The plain-text project: a folder of tables, a codebook and transcripts that people can edit."""

from qcode.formats.folder.cases import CaseTable, read_cases
from qcode.formats.folder.reading import read
from qcode.formats.folder.values import (
    ENDINGS,
    PlainChange,
    PlainCoding,
    PlainDocument,
    PlainFlag,
    PlainMemo,
    PlainProject,
    PlainSpeaker,
    PlainState,
)
from qcode.formats.folder.writing import write

__all__ = [
    "ENDINGS",
    "CaseTable",
    "PlainChange",
    "PlainCoding",
    "PlainDocument",
    "PlainFlag",
    "PlainMemo",
    "PlainProject",
    "PlainSpeaker",
    "PlainState",
    "read",
    "read_cases",
    "write",
]
