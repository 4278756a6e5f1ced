"""Reading a plain-text project: every name is known, every text is there, or nothing is read."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from collections.abc import Set as AbstractSet
from dataclasses import replace
from pathlib import Path

from qcode.errors import BadInput
from qcode.formats import codebook
from qcode.formats.codebook.building import unknown
from qcode.formats.folder.about import About, read_about
from qcode.formats.folder.cases import CaseTable, read_cases
from qcode.formats.folder.decisions import read_decisions
from qcode.formats.folder.findings import read_findings
from qcode.formats.folder.names import Names, place
from qcode.formats.folder.states import read_states
from qcode.formats.folder.tables import Cells, read_table
from qcode.formats.folder.unlooked import FILE, read_unlooked
from qcode.formats.folder.values import (
    TRANSCRIPTS,
    PlainCoding,
    PlainDocument,
    PlainFlag,
    PlainMemo,
    PlainProject,
    PlainRound,
    PlainSpeaker,
    case_names,
    is_file_name,
)
from qcode.language import _
from qcode.model import coding
from qcode.model.codebook import Codebook
from qcode.model.document import DOCUMENT_KINDS, SPEAKER_KINDS

DOCUMENTS = ("name", "file", "kind", "finished", "codebook", "settled", "of record")
SPEAKERS = ("document", "label", "kind", "name", "case")
CODINGS = ("document", "start", "end", "code", "coder", "words", "memo")
FLAGS = ("document", "start", "end", "kind", "coder", "text", "settled")
MEMOS = ("about kind", "about name", "start", "end", "coder", "text")
_ABOUT = ("project", "document", "passage", "code", "case", "flag")


def read(folder: Path, mint: Callable[[], str]) -> PlainProject:
    """Return the project in a folder; ``mint`` names the codes that have no guid.

    ``project.toml``, ``documents.csv`` and ``codebook.toml`` must be there; another table may be
    absent. ``codebook-VERSION.toml`` are earlier states of the codebook. Raises BadInput with file, line and field for anything that is missing or unknown.
    """
    about = read_about(folder / "project.toml")
    book = codebook.read(folder / "codebook.toml", mint)
    states = read_states(folder, book, mint)
    table = _cases(folder / "cases.csv", about)
    rows = read_table(folder / "documents.csv", DOCUMENTS, needed=("name",), free=True)
    tree = Codebook(book.codes)
    paths = {path.casefold(): path for path in (tree.path(code.id) for code in book.codes)}
    listed = frozenset(row.text("name") for row in rows)
    versions = tuple(state.version for state in states) or (book.version,)
    names = Names(listed, tree, paths, case_names(table.cases), about.coders, versions)
    flags = _flags(folder / "flags.csv", names)
    project = PlainProject(
        name=about.name,
        codebook=book,
        approach=about.approach,
        notice=about.notice,
        language=about.language,
        attributes=about.attributes or table.attributes,
        documents=_documents(rows, names, folder),
        speakers=_speakers(folder / "speakers.csv", names),
        cases=table.cases,
        codings=_codings(folder / "codings.csv", names),
        flags=flags,
        memos=_memos(folder / "memos.csv", names, flags),
        decisions=read_decisions(folder / "decisions.csv", names),
        findings=read_findings(folder, names),
        unlooked=read_unlooked(folder / FILE, names),
        states=states,
        rounds=_rounds(about, listed, folder / "project.toml"),
    )
    return replace(project, coders=about.coders or _met(project))


def _rounds(about: About, listed: AbstractSet[str], path: Path) -> tuple[PlainRound, ...]:
    """Return the rounds, each of whose documents and coders must be known."""
    for number, one in enumerate(about.rounds, 1):
        for noun, names, known in (
            (_("document"), one.documents, listed),
            (_("coder"), (*one.coders, *one.of), about.coders or (*one.coders, *one.of)),
        ):
            for name in names:
                if name not in known:
                    raise BadInput(unknown(noun, name, known), file=str(path),
                                   field=f"round {number}")  # fmt: skip
    return about.rounds


def _met(project: PlainProject) -> tuple[str, ...]:
    """Return who stands in the tables as a coder, in the order of appearance."""
    names = [name for document in project.documents for name in document.finished]
    names += [document.record for document in project.documents if document.record]
    for entries in (project.codings, project.flags, project.memos):
        names += [entry.coder for entry in entries]
    names += [flag.settled for flag in project.flags if flag.settled]
    names += [name for one in project.rounds for name in (*one.of, *one.coders)]
    for one in project.decisions:
        names += [*one.coders, *one.present, *([one.by] if one.by else [])]
    for row in project.findings:
        names += [row.values[column] for column in ("coder", "by") if column in row.values]
    return tuple(dict.fromkeys(names))


def _cases(path: Path, about: About) -> CaseTable:
    """Return the cases; where the project names its attributes, the table has no others."""
    if not path.exists():
        return CaseTable((), ())
    table = read_cases(path, about.attributes)
    told = [attribute.name for attribute in about.attributes]
    for attribute in table.attributes:
        if told and attribute.name not in told:
            raise BadInput(unknown(_("attribute"), attribute.name, told), file=str(path), line=1)
    return table


def _rows(path: Path, columns: Iterable[str], needed: Iterable[str]) -> tuple[Cells, ...]:
    return read_table(path, columns, needed=needed) if path.exists() else ()


def _documents(rows: Iterable[Cells], names: Names, folder: Path) -> tuple[PlainDocument, ...]:
    documents: list[PlainDocument] = []
    seen: set[tuple[str, str]] = set()
    for row in rows:
        name = row.needed("name")
        file = row.text("file").removeprefix(f"{TRANSCRIPTS}/") or f"{name}.txt"
        for key, column in ((("name", name), "name"), (("file", file.casefold()), "file")):
            if key in seen:
                raise row.refused(_("another document has this too"), column)
            seen.add(key)
        _check_file(row, folder / TRANSCRIPTS, file)
        documents.append(
            PlainDocument(
                name=name,
                file=f"{TRANSCRIPTS}/{file}",
                kind=row.one_of("kind", DOCUMENT_KINDS, DOCUMENT_KINDS[0]),
                finished=names.finished(row),
                details={
                    column: row.text(column)
                    for column in row.values
                    if column not in DOCUMENTS and row.text(column)
                },
                codebook=names.version(row),
                settled=row.one_of("settled", ("yes", "no"), "no") == "yes",
                record=names.coder(row, "of record") if row.text("of record") else "",
            )
        )
    return tuple(documents)


def _check_file(row: Cells, folder: Path, name: str) -> None:
    if not is_file_name(name):
        raise row.refused(_("the name of a file in transcripts/ stands here"), "file")
    file = folder / name
    if file.is_symlink() or not file.is_file():
        raise row.refused(_("there is no file transcripts/{name}").format(name=name), "file")


def _speakers(path: Path, names: Names) -> tuple[PlainSpeaker, ...]:
    speakers: list[PlainSpeaker] = []
    seen: set[tuple[str, str]] = set()
    for row in _rows(path, SPEAKERS, ("document", "label")):
        document, label = names.document(row), row.text("label")
        if (document, label) in seen:
            raise row.refused(_("this speaker of this document stands in the table twice"), "label")
        seen.add((document, label))
        speakers.append(
            PlainSpeaker(
                document=document,
                label=label,
                kind=row.one_of("kind", SPEAKER_KINDS, "unknown"),
                name=row.text("name"),
                cases=tuple(names.case(row, name, "case") for name in row.several("case")),
                line=row.line,
            )
        )
    return tuple(speakers)


def _codings(path: Path, names: Names) -> tuple[PlainCoding, ...]:
    return tuple(
        PlainCoding(
            names.document(row),
            *place(row),
            code=names.code(row),
            coder=names.coder(row),
            words=row.values.get("words", ""),
            memo=row.values.get("memo", ""),
            line=row.line,
        )
        for row in _rows(path, CODINGS, CODINGS[:5])
    )


def _flags(path: Path, names: Names) -> tuple[PlainFlag, ...]:
    return tuple(
        PlainFlag(
            names.document(row),
            *place(row),
            kind=row.one_of("kind", coding.FLAGS),
            coder=names.coder(row),
            text=row.text("text"),
            settled=_settled(row, names),
            line=row.line,
        )
        for row in _rows(path, FLAGS, FLAGS[:5])
    )


def _settled(row: Cells, names: Names) -> str:
    """Return the coder who settled what a flag asks."""
    if not row.text("settled"):
        return ""
    if row.text("kind").casefold() != coding.DISCUSS:
        raise row.refused(_("only what is to be discussed can be settled"), "settled")
    return names.coder(row, "settled")


def _memos(path: Path, names: Names, flags: Iterable[PlainFlag]) -> tuple[PlainMemo, ...]:
    asked = {(one.document, one.coder, one.start, one.end)
             for one in flags if one.kind == coding.DISCUSS}  # fmt: skip
    rows = _rows(path, MEMOS, ("about kind", "coder", "text"))
    return tuple(_memo(row, names, asked) for row in rows)


def _memo(
    row: Cells, names: Names, asked: AbstractSet[tuple[str, str, int, int]]
) -> PlainMemo:  # fmt: skip
    about = _subject(row, names)
    start = end = 0
    if row.text("about kind").casefold() in ("passage", "flag"):
        start, end = place(row)
        if about[0] == "flag" and (about[1], about[2], start, end) not in asked:
            raise row.refused(_("nothing is to be discussed at this place"), "about name")
    elif row.text("start") or row.text("end"):
        raise row.refused(_("only a note on a passage has a place"), "start")
    row.needed("text")
    return PlainMemo(about, row.values["text"], names.coder(row), start, end, row.line)


def _subject(row: Cells, names: Names) -> tuple[str, ...]:
    kind = row.one_of("about kind", _ABOUT)
    if kind in {"document", "passage"}:
        return ("document", names.document(row, "about name"))
    if kind == "code":
        return (kind, names.code(row, "about name"))
    if kind == "case":
        return (kind, *names.case(row, row.needed("about name"), "about name"))
    if kind == "flag":
        named = row.several("about name")
        if len(named) != 2:
            raise row.refused(_("document and coder of the flag stand here"), "about name")
        return kind, *named
    return (kind,)
