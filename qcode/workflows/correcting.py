"""A corrected transcript as a new version: what stands on it is carried along or flagged."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from qcode.analysis.anchoring import splices
from qcode.formats import transcripts
from qcode.formats.transcripts import Reading
from qcode.model.document import Document
from qcode.store import codings, documents
from qcode.store.project import Step


@dataclass(frozen=True, slots=True)
class Corrected:
    """How the codings of a document stand after a correction, and how many places it changed."""

    places: int
    same: int
    changed: int
    lost: int
    labels: tuple[str, ...]
    """Speakers whom the document did not have before."""


def read(path: Path, encoding: str = "") -> Reading:
    """Read the corrected file."""
    return transcripts.read(path, encoding=encoding)


def correct(step: Step, document: Document, reading: Reading) -> Corrected:
    """Store the corrected text and return what became of the codings."""
    old = documents.current(step.connection, document.id).transcript
    found = splices(old.text, reading.transcript.text)
    documents.correct(step, document.id, reading.transcript, found)
    fits = Counter(one.fit for one in codings.of_document(step.connection, document.id))
    labels = tuple(one for one in reading.transcript.speakers if one not in old.speakers)
    return Corrected(len(found), fits["same"], fits["changed"], fits["lost"], labels)
