"""What the screens know of a project: read from the store into frozen values, shown by widgets."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from qcode.errors import NotFound
from qcode.language import _
from qcode.model.codebook import Codebook
from qcode.model.coding import Coding, Flag
from qcode.model.document import DOCUMENT_KINDS, Document, Speaker, Transcript, Version
from qcode.model.memo import Memo
from qcode.store import cases, codebook, coders, codings, documents, memos, progress
from qcode.store.progress import Reach, Stop
from qcode.store.project import Reader, project_row

_MANY = 100_000
"""Codings that are gone through in a tenth of a second."""
FINISHED, EMPTY = "finished", "empty"
"""How far a coder says he is with a document: done, or done with nothing to code."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A document in the list."""

    id: str
    name: str
    kind: str
    case: str
    """Names of its cases with their values: ``W07 · pelaku UMKM · Desa A``."""
    turns: int
    reached: int | None
    """Number of the furthest turn that this coder coded, from 1; 0 for none, None if not known."""
    segments: int
    """Live codings of this coder."""
    state: str
    """FINISHED, EMPTY or nothing, for this coder."""
    finished_by: tuple[str, ...]
    """Names of the coders who finished it."""

    @property
    def progress(self) -> float:
        """How far this coder is, from 0 to 1: the furthest coded turn, or all if finished."""
        if self.state:
            return 1.0
        return (self.reached or 0) / self.turns if self.turns else 0.0


@dataclass(frozen=True, slots=True)
class Study:
    """A project as its list of documents shows it to one coder."""

    name: str
    coder: str
    coder_name: str
    entries: tuple[Entry, ...]
    last: str
    """The document the coder was in last, or nothing."""
    whole: bool = True
    """Whether it is known how far the coder is."""

    @property
    def finished(self) -> int:
        """How many documents this coder finished."""
        return sum(bool(entry.state) for entry in self.entries)


@dataclass(frozen=True, slots=True)
class Notes:
    """Everything that stands on one document, by id."""

    codings: Mapping[str, Coding] = field(default_factory=dict)
    memos: Mapping[str, Memo] = field(default_factory=dict)
    flags: Mapping[str, Flag] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One document, open to one coder, with all that its screen shows."""

    document: Document
    case: str
    transcript: Transcript
    kinds: tuple[str, ...]
    """Kind of speaker of each turn."""
    book: Codebook
    notes: Notes
    coders: Mapping[str, str]
    """Names of the coders by id."""
    stop: Stop
    state: str
    done: tuple[int, int]
    """How many documents this coder finished, of how many."""
    version: Version
    """The state of the text that is shown."""
    newest: int
    """The clock of the last change that is in all this."""
    project: str = ""


@dataclass(frozen=True, slots=True)
class Past:
    """What a coder did in the whole project; reading it takes longer than reading a document."""

    given: Mapping[str, int] = field(default_factory=dict)
    """How many codings of each code this coder has."""
    recent: tuple[str, ...] = ()
    """Codes this coder gave lately, the latest first."""
    pinned: Mapping[int, str] = field(default_factory=dict)
    """Codes this coder pinned to a number."""


def study(connection: Reader, coder: str, *, quick: bool = False) -> Study:
    """Read the list of documents as one coder sees it, interviews first.

    ``quick`` leaves out how far the coder is where many codings would have to be gone through.
    """
    row = project_row(connection)
    names = coders.names(connection)
    described = _cases(connection)
    starts = progress.turn_starts(connection)
    whole = not quick or progress.codings_ever(connection) <= _MANY
    reaches = progress.reaches(connection, coder) if whole else {}
    finishers, own = _finishers(connection, coder, names)
    entries = []
    listed = documents.listed(connection)
    for document in sorted(listed, key=lambda one: DOCUMENT_KINDS.index(one.kind)):
        turns = starts.get(document.id, ())
        reach = reaches.get(document.id)
        entries.append(
            Entry(
                id=document.id,
                name=document.name,
                kind=document.kind,
                case=_of(described, document),
                turns=len(turns),
                reached=_reached(turns, reach) if whole else None,
                segments=reach.codings if reach else 0,
                state=own.get(document.id, ""),
                finished_by=finishers.get(document.id, ()),
            )
        )
    return Study(
        name=row.name if row else "",
        coder=coder,
        coder_name=names.get(coder, ""),
        entries=tuple(entries),
        last=progress.last_document(connection, coder),
        whole=whole,
    )


def _reached(turns: Sequence[int], reach: Reach | None) -> int:
    return sum(start <= reach.furthest for start in turns) if reach else 0


def _finishers(
    connection: Reader, coder: str, names: Mapping[str, str]
) -> tuple[dict[str, tuple[str, ...]], dict[str, str]]:
    """Return who finished each document, and how this coder did."""
    finishers: dict[str, tuple[str, ...]] = {}
    own: dict[str, str] = {}
    for status in documents.statuses(connection):
        if not status.finished:
            continue
        name = names.get(status.coder, "")
        finishers[status.document] = (*finishers.get(status.document, ()), name)
        if status.coder == coder:
            own[status.document] = EMPTY if status.empty else FINISHED
    return finishers, own


def _cases(connection: Reader) -> dict[str, str]:
    """Return the cases of each document with what is known of them, as one text.

    Numbers and yes or no say nothing without the name of their attribute, and stay out.
    """
    shown = [one.name for one in cases.attributes_of(connection) if one.type == "text"]
    known = {case.id: case for case in cases.listed(connection)}
    found: dict[str, list[str]] = {}
    for document, ids in cases.by_document(connection).items():
        for id in sorted(ids & known.keys(), key=lambda one: documents.natural(known[one].name)):
            case = known[id]
            values = (case.value(name) for name in shown)
            found.setdefault(document, []).append(" · ".join(filter(None, (case.name, *values))))
    return {document: ", ".join(texts) for document, texts in found.items()}


def _of(described: Mapping[str, str], document: Document) -> str:
    """Leave out the name of a case that is called as its document is."""
    return described.get(document.id, "").removeprefix(f"{document.name} · ")


def sheet(connection: Reader, coder: str, document: str) -> Sheet:
    """Read one document with everything that stands on it; raises NotFound for a retired one."""
    row = project_row(connection)
    found = {one.id: one for one in documents.listed(connection)}
    if document not in found:
        raise NotFound(_("This document was retired meanwhile; D leads to the others."))
    version = documents.current(connection, document)
    transcript = version.transcript
    _finishers_of, own = _finishers(connection, coder, {})
    return Sheet(
        document=found[document],
        case=_of(_cases(connection), found[document]),
        transcript=transcript,
        kinds=kinds(transcript, documents.speakers(connection, document)),
        book=codebook.read(connection),
        notes=notes(connection, document),
        coders=coders.names(connection),
        stop=progress.stopped(connection, coder, document),
        state=own.get(document, ""),
        done=(len(own.keys() & found.keys()), len(found)),
        version=version,
        newest=progress.newest(connection),
        project=row.name if row else "",
    )


def past(connection: Reader, coder: str) -> Past:
    """Read what a coder did in the whole project."""
    return Past(
        progress.given(connection, coder),
        progress.latest(connection, coder),
        progress.pinned(connection, coder),
    )


def notes(connection: Reader, document: str) -> Notes:
    """Read everyone's codings, memos and marks of one document."""
    return Notes(
        codings={one.id: one for one in codings.of_document(connection, document)},
        memos={one.id: one for one in memos.listed(connection, document=document)},
        flags={one.id: one for one in memos.flags(connection, document)},
    )


def state(connection: Reader, coder: str, document: str) -> str:
    """Read how far a coder says he is with a document: FINISHED, EMPTY or nothing."""
    return _finishers(connection, coder, {})[1].get(document, "")


def kinds(transcript: Transcript, speakers: Sequence[Speaker]) -> tuple[str, ...]:
    """Return the kind of speaker of each turn.

    Where a document has speakers, a turn without one is nobody's: it is passed over as an
    interpreter's is. Where it has none, every turn is heard.
    """
    known = {speaker.label: speaker.kind for speaker in speakers}
    nobody = "interpreter" if transcript.speakers else "unknown"
    return tuple(
        known.get(turn.speaker, "unknown") if turn.speaker else nobody for turn in transcript.turns
    )


def reader_language() -> str:
    """Return the language the reader asked for, two letters, or nothing where none is set."""
    for name in ("QCODE_LANGUAGE", "LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        if asked := os.environ.get(name, ""):
            language = asked.replace("-", "_").partition("_")[0].partition(".")[0].lower()
            return language if len(language) == 2 else ""
    return ""
