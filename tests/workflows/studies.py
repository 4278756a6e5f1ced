"""Small studies in memory, made through the store as a person would make them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import count

from qcode.analysis.layer import Layer
from qcode.model.case import Attribute, Case, Consent
from qcode.model.codebook import Code
from qcode.model.document import Transcript, Turn, paragraphs
from qcode.model.filter import Filter
from qcode.model.span import Span
from qcode.model.table import Table
from qcode.store import cases, codebook, coders, codings, dialect, documents, memos
from qcode.store.codings import NewCoding
from qcode.store.documents import NewDocument
from qcode.store.project import Project, Step, found, lay_tables
from qcode.workflows.counting import layer_of

STUDY = "5" * 32
START = 1_760_000_000_000
MULTIPLE = ("village",)


def spoken(*turns: tuple[str, str]) -> Transcript:
    """Return a transcript of labels and what was said; without labels, paragraphs."""
    if not any(label for label, _words in turns):
        text = "".join(f"{words}\n" for _label, words in turns)
        return Transcript(text, paragraphs(text))
    text, made = "", []
    for label, words in turns:
        head = f"{label}: " if label else ""
        line = f"{head}{words}\n"
        made.append(Turn(len(text), len(text) + len(head), len(text) + len(line), label))
        text += line
    return Transcript(text, tuple(made))


class Study:
    """A project in memory with one coder, and short ways to fill it."""

    def __init__(self, coder: str = "sari", notice: str = "") -> None:
        ticks = count(START)
        engine = dialect.sqlite_engine(None)
        lay_tables(engine, STUDY)
        self.project = Project(engine, "study", now=lambda: next(ticks), here="here")
        details = {"name": "Uji", **({"notice": notice} if notice else {})}
        self.first = found(self.project, STUDY, details, coder)
        self.numbers = count(1)

    @contextmanager
    def step(self, coder: str = "", verb: str = "apply") -> Iterator[Step]:
        with self.project.write(coder or self.first, verb) as step:
            yield step

    def coder(self, name: str) -> str:
        return coders.joined(self.project, name)

    def code(self, name: str, parent: str = "") -> str:
        id = f"{next(self.numbers):032x}"
        with self.step(verb="add code") as step:
            codebook.add(step, [Code(id, name, parent=parent, position=next(self.numbers))])
        return id

    def case(
        self, name: str, values: Mapping[str, str | tuple[str, ...]] | None = None, *,
        kind: str = "informant", consent: bool | None = None,
    ) -> str:  # fmt: skip
        given = {
            attribute: (value,) if isinstance(value, str) else value
            for attribute, value in (values or {}).items()
        }
        attributes = [Attribute("", name, "text", name in MULTIPLE) for name in given]
        with self.step(verb="import cases") as step:
            cases.add(step, [Case("", kind, name, given, Consent(consent))], attributes)
            return cases.case_id(step, kind, name)

    def document(
        self, name: str, transcript: Transcript, *, kind: str = "interview",
        cases_of: Mapping[str, str] | None = None, names: Mapping[str, str] | None = None,
    ) -> str:  # fmt: skip
        """Store a document; P asks, and ``cases_of`` says which case speaks under which label."""
        kinds = {
            label: "interviewer" if label == "P" else "participant" for label in transcript.speakers
        }
        with self.step(verb="import") as step:
            added, _known = documents.add(step, [NewDocument(name, transcript, kind, kinds)])
            id = added[name]
            for label, shown in (names or {}).items():
                documents.mend_speaker(step, id, label, name=shown)
            for label, case in (cases_of or {}).items():
                speaker = step.derive("speaker", id, label) if label else ""
                cases.link(step, id, case, speaker)
        return id

    def text(self, document: str) -> str:
        with self.project.read() as connection:
            return documents.current(connection, document).transcript.text

    def span(self, document: str, words: str) -> Span:
        start = self.text(document).index(words)
        return Span(start, start + len(words))

    def give(self, document: str, where: str | Span, code: str, coder: str = "") -> str:
        span = self.span(document, where) if isinstance(where, str) else where
        with self.step(coder) as step:
            return codings.apply(step, [NewCoding(document, span, code)])[0]

    def finish(self, document: str, coder: str = "") -> None:
        with self.step(coder, "finish") as step:
            documents.finish(step, document)

    def mark(self, document: str, where: str | Span, kind: str) -> None:
        span = self.span(document, where) if isinstance(where, str) else where
        with self.step(verb="mark") as step:
            memos.mark(step, document, span, kind)

    def layer(self, wanted: Filter | None = None) -> Layer:
        with self.project.read() as connection:
            return layer_of(connection, wanted or Filter())

    def attribute(self, name: str) -> Attribute:
        with self.project.read() as connection:
            return next(one for one in cases.attributes_of(connection) if one.name == name)


def cells(table: Table, first: str) -> dict[str, str]:
    """Return one row of a table as text, by key of the column."""
    row = next(row for row in table.rows if row[0] == first)
    return {column.key: str(cell) for column, cell in zip(table.columns, row, strict=True)}


def column(table: Table, key: str) -> dict[str, str]:
    """Return one column of a table as text, by the first cell of the row."""
    at = [one.key for one in table.columns].index(key)
    return {str(row[0]): str(row[at]) for row in table.rows}


def notes(table: Table) -> str:
    """Return all notes of a table as one text."""
    return "\n".join(table.notes)


def interview(*answers: str) -> Sequence[tuple[str, str]]:
    """Return questions and answers of one interview."""
    return [one for number, answer in enumerate(answers, start=1)
            for one in (("P", f"pertanyaan nomor {number}"), ("N", answer))]  # fmt: skip
