"""Corpus A: 200 interviews of 27.5 KB, 40 codes, two coders, 50 codings a document. Also larger."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from qcode.model.case import Attribute, Case
from qcode.model.codebook import Code
from qcode.model.document import Transcript, Turn
from qcode.model.identity import derived
from qcode.model.span import Span
from qcode.store import cases, codebook, coders, codings, documents
from qcode.store.codings import NewCoding
from qcode.store.documents import NewDocument
from qcode.store.opening import create
from qcode.store.project import Project

DOCUMENTS = 200
CHARACTERS = 27_500
CODES = 40
CODINGS_EACH = 50
VILLAGES = 5
_SYLLABLES = (
    "ka",
    "ba",
    "ti",
    "ku",
    "la",
    "ma",
    "ne",
    "pa",
    "ra",
    "sa",
    "su",
    "ta",
    "wa",
    "ya",
    "ji",
    "do",
)
_NAMESPACE = "0" * 32


@dataclass(frozen=True, slots=True)
class Size:
    """How much there is of everything; corpus A by default."""

    documents: int = DOCUMENTS
    codes: int = CODES
    codings_each: int = CODINGS_EACH
    villages: int = VILLAGES


A = Size()


@dataclass(frozen=True)
class Corpus:
    """A project that holds corpus A, and the codings it may be given in one step."""

    project: Project
    coders: tuple[str, str]
    documents: tuple[str, ...]
    codes: tuple[str, ...]


def transcripts(size: Size = A) -> Iterator[NewDocument]:
    """Yield the interviews: questions and answers of invented words, the same every time."""
    rng = random.Random(7)
    words = ["".join(rng.choices(_SYLLABLES, k=rng.randint(1, 4))) for _word in range(3000)]
    for number in range(size.documents):
        yield NewDocument(
            f"W{number + 1:03}",
            _transcript(rng, words),
            speakers={"P": "interviewer", "N": "participant"},
        )


def _transcript(rng: random.Random, words: list[str]) -> Transcript:
    parts: list[str] = []
    turns: list[Turn] = []
    at = 0
    while at < CHARACTERS:
        asks = len(turns) % 2 == 0
        length = rng.randint(6, 25) if asks else rng.randint(20, 120)
        said = " ".join(rng.choices(words, k=length)).capitalize()
        line = f"{'P' if asks else 'N'}: {said}.\n"
        turns.append(Turn(at, at + 3, at + len(line), line[0]))
        parts.append(line)
        at += len(line)
    return Transcript("".join(parts), tuple(turns))


def founded(path: Path) -> tuple[Project, tuple[str, str]]:
    """Create an empty project with its two coders."""
    project, first = create(str(path), "Corpus A", coder="sari")
    return project, (first, coders.joined(project, "bima"))


def import_documents(project: Project, coder: str, made: list[NewDocument]) -> tuple[str, ...]:
    """Store the documents in one step and return their ids."""
    with project.write(coder, "import") as step:
        added, _skipped = documents.add(step, made)
    return tuple(added.values())


def add_codes(project: Project, coder: str, size: Size = A) -> tuple[str, ...]:
    """Create the codes: parents with 4 codes each."""
    ids = [derived(_NAMESPACE, f"code {number}") for number in range(size.codes)]
    codes = [
        Code(id, f"kode {number}", parent="" if number % 5 == 0 else ids[number - number % 5],
             position=number)
        for number, id in enumerate(ids)
    ]  # fmt: skip
    with project.write(coder, "import codebook") as step:
        codebook.add(step, codes)
    return tuple(ids)


def add_cases(project: Project, coder: str, ids: tuple[str, ...], size: Size = A) -> None:
    """Create one informant a document, with village and role, and link him to his label."""
    informants = [
        Case("", "informant", f"I{number + 1:03}",
             {"village": (f"Desa {number % size.villages + 1}",), "role": (f"peran {number % 3 + 1}",)})
        for number in range(len(ids))
    ]  # fmt: skip
    with project.read() as connection:
        speakers = {
            one.document: one.id for one in documents.speakers(connection) if one.label == "N"
        }
    with project.write(coder, "import cases") as step:
        cases.add(step, informants, [Attribute("", "village"), Attribute("", "role")])
        known = {case.name: case.id for case in cases.listed(step.connection)}
        for document, case in zip(ids, informants, strict=True):
            cases.link(step, document, known[case.name], speakers[document])


def new_codings(
    made: list[NewDocument], ids: tuple[str, ...], codes: tuple[str, ...], who: tuple[str, str],
    size: Size = A,
) -> list[NewCoding]:  # fmt: skip
    """Return as many codings of each document as there are to be, each of a part of one answer.

    Each document is coded by one of the two coders.
    """
    rng = random.Random(11)
    found = []
    for number, (document, id) in enumerate(zip(made, ids, strict=True)):
        answers = document.transcript.turns[1::2]
        for _coding in range(size.codings_each):
            turn = rng.choice(answers)
            start = rng.randrange(turn.said, turn.end - 20)
            span = Span(start, min(turn.end - 1, start + rng.randint(15, 400)))
            found.append(NewCoding(id, span, rng.choice(codes), coder=who[number % 2]))
    return found


def finish_all(corpus: Corpus) -> None:
    """Let each coder finish the documents he coded."""
    for turn, coder in enumerate(corpus.coders):
        with corpus.project.write(coder, "finish") as step:
            for document in corpus.documents[turn::2]:
                documents.finish(step, document)


def code_in_bulk(project: Project, coder: str, made: list[NewCoding]) -> None:
    """Give all codings in one step."""
    with project.write(coder, "import codings") as step:
        codings.apply(step, made)
