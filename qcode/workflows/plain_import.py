"""A plain-text project on its way into a project: every name becomes an id, rows known stay."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from pathlib import Path

from qcode.errors import BadInput
from qcode.formats import folder as files
from qcode.formats import transcripts
from qcode.formats.folder import PlainCoding, PlainDocument, PlainFlag, PlainMemo, PlainProject
from qcode.language import _
from qcode.model.change import digest
from qcode.model.codebook import Codebook
from qcode.model.coding import DISCUSS
from qcode.model.document import Transcript
from qcode.model.identity import minted
from qcode.model.span import Span
from qcode.store import cases, codings, documents, memos, veil
from qcode.store.codings import NewCoding
from qcode.store.documents import NewDocument
from qcode.store.project import Step, about, speak
from qcode.workflows import plain_kinds, settled, staged, states
from qcode.workflows.plain_unlooked import Unlooked


@dataclass(frozen=True)
class Folder:
    """A plain-text project with its texts, by name of document; sound in itself."""

    project: PlainProject
    transcripts: Mapping[str, Transcript]
    warnings: tuple[str, ...]


@dataclass
class Imported:
    """How many rows of a plain-text project came in, and how many were known."""

    name: str
    new: dict[str, int] = field(default_factory=dict)
    known: dict[str, int] = field(default_factory=dict)
    changed: list[str] = field(default_factory=list)
    """Documents whose text was corrected here: what stands on theirs was left out."""

    def count(self, noun: str, new: int, known: int) -> None:
        """Count rows of one noun."""
        self.new[noun] = self.new.get(noun, 0) + new
        self.known[noun] = self.known.get(noun, 0) + known


def is_project(path: Path) -> bool:
    """Tell whether a folder is a plain-text project."""
    return (path / "project.toml").is_file()


def read(path: Path) -> Folder:
    """Read a plain-text project with its texts, or refuse it with file, line and field."""
    project = files.read(path, lambda: minted(time.time_ns() // 1_000_000))
    texts: dict[str, Transcript] = {}
    warnings: list[str] = []
    for document in project.documents:
        reading = transcripts.read(path / document.file)
        texts[document.name] = reading.transcript
        warnings += [f"{reading.file}: {warning}" for warning in reading.warnings]
    _check_speakers(path, project, texts)
    _check_places(path / "codings.csv", project.codings, texts)
    _check_places(path / "flags.csv", project.flags, texts)
    _check_places(path / "memos.csv", (memo for memo in project.memos if memo.end), texts)
    return Folder(project, texts, tuple(warnings))


def _check_speakers(path: Path, project: PlainProject, texts: Mapping[str, Transcript]) -> None:
    for speaker in project.speakers:
        known = texts[speaker.document].speakers
        if speaker.label and speaker.label not in known:
            raise BadInput(
                _("nobody in {document} has the label “{label}”; there are: {known}").format(
                    document=speaker.document, label=speaker.label, known=", ".join(known) or "-"
                ),
                file=str(path / "speakers.csv"),
                line=speaker.line,
                field="label",
            )


def _check_places(
    file: Path,
    rows: Iterable[PlainCoding | PlainFlag | PlainMemo],
    texts: Mapping[str, Transcript],
) -> None:
    for row in rows:
        document = row.about[1] if isinstance(row, PlainMemo) else row.document
        words = row.words if isinstance(row, PlainCoding) else ""
        problem = misplaced(texts[document].text, row.start, row.end, words)
        if problem:
            raise BadInput(problem, file=str(file), line=row.line)


def misplaced(text: str, start: int, end: int, words: str = "") -> str:
    """Return what is wrong with a place of a table, given the words that should stand there."""
    if end > len(text):
        return _("the document ends at {end}, before {stop}").format(end=len(text), stop=end)
    if words.strip() and text[start:end].split() != words.split():
        return _("at {start}-{end} the document has other words than this row").format(
            start=start, end=end
        )
    return ""


def store(step: Step, folder: Folder) -> Imported:
    """Store a plain-text project; rows that the project has already are skipped and counted."""
    with veil.lifted(step.connection):  # What others have is not written twice, seen or not.
        return _stored(step, folder)


def _stored(step: Step, folder: Folder) -> Imported:
    project = folder.project
    done = Imported(project.name)
    if project.language and "language" not in about(step.connection):
        speak(step, project.language)
    who, begun = staged.joining(step, project)
    stored = cases.add(step, project.cases, project.attributes)
    done.count("case", stored.added, stored.skipped)
    tree = Codebook(project.codebook.codes)
    codes = {tree.path(code.id): code.id for code in project.codebook.codes}
    unlooked = Unlooked(step, project, codes)
    places = _Places(step, folder, done, unlooked)
    places.add_documents()
    places.add_speakers()
    taken = states.take(step, project, lambda *reached: places.finish(who, *reached))
    done.count("code", taken.added, taken.skipped)
    places.finish(who, project.codebook.version, unlooked.codes, early=True)
    places.add_codings(who, codes)
    places.add_flags(who)
    places.add_memos(who, codes)
    places.finish(who, project.codebook.version, unlooked.codes)
    unlooked.take(places.ids, who)
    done.count("decision", *settled.take(step, project, places.ids, who, codes))
    done.count("round", *staged.take(step, project, places.ids, who, begun))
    for counts in plain_kinds.take(step, project.findings, places.ids, codes, who):
        done.count(*counts)
    return done


class _Places:
    """The documents of one plain-text project in the project, and what stands on them."""

    def __init__(self, step: Step, folder: Folder, done: Imported, unlooked: Unlooked) -> None:
        self.step = step
        self.unlooked = unlooked
        self.project = folder.project
        self.transcripts = folder.transcripts
        self.done = done
        self.ids: dict[str, str] = {}
        self.fresh: set[str] = set()
        self.asked: dict[tuple[str, str, int, int], str] = {}
        """What is to be discussed, by document, coder and place."""

    def add_documents(self) -> None:
        notice = self.project.notice
        foreign = notice and about(self.step.connection).get("notice") != notice
        kinds: dict[str, dict[str, str]] = {}
        for speaker in self.project.speakers:
            kinds.setdefault(speaker.document, {})[speaker.label] = speaker.kind
        new = [
            NewDocument(
                one.name,
                self.transcripts[one.name],
                one.kind,
                kinds.get(one.name, {}),
                {**one.details, **({"notice": notice} if foreign else {})},
            )
            for one in self.project.documents
        ]
        added, skipped = documents.add(self.step, new)
        self.done.count("document", len(added), len(skipped))
        self._find(set(added.values()))

    def _find(self, added: set[str]) -> None:
        """Find the documents by their texts; one that was corrected here is left alone."""
        held = documents.holding(self.step.connection)
        for one in self.project.documents:
            text = self.transcripts[one.name].text
            id = held[digest(text)]
            if id in added:
                self.fresh.add(one.name)
            elif documents.current(self.step.connection, id).transcript.text != text:
                self.done.changed.append(one.name)
                continue
            self.ids[one.name] = id

    def add_speakers(self) -> None:
        """Say who speaks, and for whom; of a document known before, only what was unknown."""
        step = self.step
        unknown = {
            (one.document, one.label)
            for one in documents.speakers(step.connection)
            if one.kind == "unknown"
        }
        linked = {part.document for part in cases.participations(step.connection)}
        for one in self.project.speakers:
            document = self.ids.get(one.document, "")
            if one.label and (document, one.label) in unknown and one.kind != "unknown":
                documents.mend_speaker(step, document, one.label, kind=one.kind)
            if one.label and one.name and one.document in self.fresh:
                documents.mend_speaker(step, document, one.label, name=one.name)
            speaker = step.derive("speaker", document, one.label) if one.label else ""
            for kind, name in () if document in linked | {""} else one.cases:
                cases.link(step, document, cases.case_id(step, kind, name), speaker)

    def add_codings(self, who: Mapping[str, str], codes: Mapping[str, str]) -> None:
        have: set[tuple[str, int, int, str, str]] = set()
        for name in set(self.ids) - self.fresh:
            for old in codings.of_document(self.step.connection, self.ids[name], retired=True):
                have.add((old.document, old.start, old.end, old.code, old.coder))
        new: list[NewCoding] = []
        placed = [one for one in self.project.codings if one.document in self.ids]
        for one in sorted(placed, key=_Order(self.project)):
            key = (self.ids[one.document], one.start, one.end, codes[one.code], who[one.coder])
            if key not in have:
                have.add(key)
                new.append(
                    NewCoding(key[0], Span(one.start, one.end), key[3], one.memo, key[4])
                )  # fmt: skip
        codings.apply(self.step, new)
        self.done.count("memo", sum(bool(one.memo) for one in new), 0)
        self.done.count("coding", len(new), len(self.project.codings) - len(new))

    def add_flags(self, who: Mapping[str, str]) -> None:
        have = {
            (old.document, old.start, old.end, old.kind, old.coder): old.id
            for old in memos.flags(self.step.connection)
        }
        new: dict[str, str] = {}
        for one in self.project.flags:
            if one.document not in self.ids:
                continue
            key = (self.ids[one.document], one.start, one.end, one.kind, who[one.coder])
            if key not in have:
                span = Span(one.start, one.end)
                id = memos.mark(
                    self.step, key[0], span, one.kind, coder=key[4], text=one.text
                )  # fmt: skip
                have[key] = id
                new[id] = who[one.settled] if one.settled else ""
            if one.kind == DISCUSS:
                self.asked[one.document, one.coder, one.start, one.end] = have[key]
        for flag in memos.flags(self.step.connection):
            if new.get(flag.id):
                memos.settle(self.step, flag, coder=new[flag.id])
        self.done.count("flag", len(new), len(self.project.flags) - len(new))

    def add_memos(self, who: Mapping[str, str], codes: Mapping[str, str]) -> None:
        have = {
            (old.about, old.start, old.end, old.text, old.coder)
            for old in memos.listed(self.step.connection)
        }
        new = 0
        for one in self.project.memos:
            subject = self._subject(one, codes)
            # An answer has no place of its own, its flag has.
            ends = (one.start, one.end) if one.about[0] == "document" else (0, 0)
            if subject is None or (subject, *ends, one.text, who[one.coder]) in have:
                continue
            span = Span(*ends) if ends[1] else None
            memos.write(self.step, subject, one.text, span=span, coder=who[one.coder])
            new += 1
        self.done.count("memo", new, len(self.project.memos) - new)

    def _subject(self, memo: PlainMemo, codes: Mapping[str, str]) -> tuple[str, str] | None:
        kind, *name = memo.about
        if kind == "document":
            return (kind, self.ids[name[0]]) if name[0] in self.ids else None
        if kind == "code":
            return kind, codes[name[0]]
        if kind == "case":
            return kind, cases.case_id(self.step, name[0], name[1])
        if kind == "flag":
            id = self.asked.get((name[0], name[1], memo.start, memo.end))
            return (kind, id) if id else None
        return kind, self.step.project

    def finish(
        self, who: Mapping[str, str], version: str, codes: AbstractSet[str], *, early: bool = False
    ) -> None:  # fmt: skip
        """Mark as finished what was finished under a version of the codebook, with its codes.

        ``early`` for the coders of record alone who coded nothing there, as others did.
        """
        coded = {(one.document, one.coder) for one in self.project.codings}
        have = {
            (one.document, one.coder)
            for one in documents.statuses(self.step.connection)
            if one.finished
        }
        now = self.project.codebook.version
        for document in self.project.documents:
            meant = document.name in self.ids and (document.codebook or now) == version
            for coder in document.finished if meant else ():
                empty = (document.name, coder) not in coded
                if early and not (empty and coder == document.record):
                    continue
                if (self.ids[document.name], who[coder]) not in have:
                    documents.finish(
                        self.step,
                        self.ids[document.name],
                        empty=empty,
                        coder=who[coder],
                        only=codes - self.unlooked.of(document.name, coder),
                    )


class _Order:
    """Sorts codings so that the coder of record, else who finished a document first, comes first."""

    def __init__(self, project: PlainProject) -> None:
        self.documents = {one.name: at for at, one in enumerate(project.documents)}
        self.ranks = {one.name: _ranks(one, project.coders) for one in project.documents}

    def __call__(self, one: PlainCoding) -> tuple[int, int, int, int]:
        rank = self.ranks[one.document][one.coder]
        return self.documents[one.document], rank, one.start, one.end


def _ranks(document: PlainDocument, everyone: Iterable[str]) -> dict[str, int]:
    ordered = dict.fromkeys((document.record, *document.finished, *everyone))
    return {name: rank for rank, name in enumerate(ordered)}
