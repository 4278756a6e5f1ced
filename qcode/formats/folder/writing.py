"""Writing a plain-text project: the same project gives the same bytes, row by row."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from qcode.errors import BadInput, Refused
from qcode.formats import codebook
from qcode.formats.codebook import CodebookFile
from qcode.formats.folder.about import about_bytes
from qcode.formats.folder.cases import COLUMNS
from qcode.formats.folder.decisions import decisions_bytes
from qcode.formats.folder.findings import findings_bytes
from qcode.formats.folder.reading import CODINGS, DOCUMENTS, FLAGS, MEMOS, SPEAKERS
from qcode.formats.folder.states import COLUMNS as CHANGES
from qcode.formats.folder.states import HISTORY, file_name, is_version
from qcode.formats.folder.tables import joined
from qcode.formats.folder.unlooked import FILE, unlooked_bytes
from qcode.formats.folder.values import (
    TRANSCRIPTS,
    CaseKey,
    PlainDocument,
    PlainMemo,
    PlainProject,
    case_names,
    is_file_name,
)
from qcode.formats.tabular.cells import Value, csv_bytes
from qcode.language import _
from qcode.model.codebook import Codebook
from qcode.system import is_free, private_folder, write_atomically

Rows = Iterable[Sequence[Value]]


def write(project: PlainProject, folder: Path, texts: Mapping[str, str]) -> None:
    """Write a project to a new or empty folder; ``texts`` are canonical, by name of document.

    Codings, flags and memos are written in the order of documents and places. Raises Refused for
    a folder that holds something, and BadInput for names that a table cannot hold.
    """
    if not is_free(folder):
        raise Refused(
            _("{folder} is not an empty folder; name one that does not exist").format(folder=folder)
        )
    tables = _tables(project)
    _check_files(project.documents)
    for document in project.documents:
        private_folder((folder / document.file).parent)
        write_atomically(folder / document.file, _text_bytes(texts[document.name]))
    for name, data in tables.items():
        write_atomically(private_folder(folder) / name, data)


def _text_bytes(text: str) -> bytes:
    """Return a text in UTF-8; a U+FEFF that is part of it is not to be taken for a mark."""
    return text.encode("utf-8-sig" if text.startswith("\ufeff") else "utf-8")


def _check_files(documents: Iterable[PlainDocument]) -> None:
    seen: set[str] = set()
    for document in documents:
        folder, _slash, name = document.file.partition("/")
        if folder != TRANSCRIPTS or not is_file_name(name) or name.casefold() in seen:
            raise BadInput(
                _("“{file}” cannot be the file of a document").format(file=document.file)
            )
        seen.add(name.casefold())


def _tables(project: PlainProject) -> dict[str, bytes]:
    return {
        "project.toml": about_bytes(project),
        "codebook.toml": _codebook(project.codebook),
        **_states(project),
        "documents.csv": _documents(project),
        "speakers.csv": csv_bytes(SPEAKERS, _speakers(project)),
        "cases.csv": _cases(project),
        "codings.csv": csv_bytes(CODINGS, _codings(project)),
        "flags.csv": _flags(project),
        "memos.csv": csv_bytes(MEMOS, _memos(project)),
        **_decisions(project),
        **({FILE: unlooked_bytes(project.unlooked)} if project.unlooked else {}),
        **findings_bytes(project.findings),
    }


def _codebook(book: CodebookFile) -> bytes:
    return codebook.write(
        Codebook(book.codes), ".toml", title=book.name, version=book.version, notes=book.notes
    )


def _states(project: PlainProject) -> dict[str, bytes]:
    """Return the files of the states before the present one, and of what led from each to each."""
    if not project.states:
        return {}
    *older, last = project.states
    if last.book != project.codebook or not all(is_version(one.version) for one in project.states):
        raise BadInput(_("the last state of a codebook is the present one, each with a version"))
    files = {file_name(state.version): _codebook(state.book) for state in older}
    rows = (
        (state.version, one.verb, one.code, joined(one.into), one.reason, one.date)
        for state in project.states
        for one in state.changes
    )
    return {**files, HISTORY: csv_bytes(CHANGES, rows)}


def _documents(project: PlainProject) -> bytes:
    details = list(dict.fromkeys(name for one in project.documents for name in one.details))
    _check_columns(details, DOCUMENTS)
    dated = any(one.codebook for one in project.documents)
    settled = any(one.settled for one in project.documents)
    other = any(one.record for one in project.documents)
    rows = (
        [one.name, one.file, one.kind, joined(one.finished), *([one.codebook] if dated else []),
         *(["yes" if one.settled else ""] if settled else []),
         *([one.record] if other else []),
         *(one.details.get(name, "") for name in details)]
        for one in project.documents
    )  # fmt: skip
    columns = [*DOCUMENTS[:4], *(DOCUMENTS[4:5] if dated else ()),
               *(DOCUMENTS[5:6] if settled else ()), *(DOCUMENTS[6:] if other else ())]  # fmt: skip
    return csv_bytes([*columns, *details], rows)


def _speakers(project: PlainProject) -> Rows:
    names = _case_texts(project)
    for one in project.speakers:
        cases = joined([names[key] for key in one.cases])
        yield one.document, one.label, one.kind, one.name, cases


def _cases(project: PlainProject) -> bytes:
    attributes = [attribute.name for attribute in project.attributes]
    _check_columns(attributes, COLUMNS)
    released = {None: "", True: "yes", False: "no"}
    # What nobody was asked has no column.
    further = [name for name in ("translation", "checking")
               if any(getattr(one.consent, name) is not None for one in project.cases)]  # fmt: skip
    rows = (
        [one.kind, one.name, *(joined(one.values.get(name, ())) for name in attributes),
         released[one.consent.quotation], one.consent.note,
         *(released[getattr(one.consent, name)] for name in further)]
        for one in project.cases
    )  # fmt: skip
    columns = [*COLUMNS[:2], *attributes, *COLUMNS[2:4], *(f"consent {name}" for name in further)]
    return csv_bytes(columns, rows)


def _check_columns(names: Sequence[str], taken: Iterable[str]) -> None:
    """Refuse names that would make two columns of one name, or one without."""
    folded = [name.strip().casefold() for name in names]
    if len({*folded, *taken, ""}) < len(folded) + len(tuple(taken)) + 1:
        raise BadInput(
            _("two columns would have one name; rename one of: {names}").format(
                names=", ".join(names)
            )
        )


def _codings(project: PlainProject) -> Rows:
    order = _order(project)
    for one in sorted(
        project.codings,
        key=lambda one: (order[one.document], one.start, one.end, one.code, one.coder),
    ):
        yield one.document, one.start, one.end, one.code, one.coder, one.words, one.memo


def _flags(project: PlainProject) -> bytes:
    """Return the table of flags, without the last columns where they would be empty."""
    order = _order(project)
    told = any(one.text or one.settled for one in project.flags)
    rows = (
        (one.document, one.start, one.end, one.kind, one.coder,
         *((one.text, one.settled) if told else ()))
        for one in sorted(
            project.flags,
            key=lambda one: (order[one.document], one.start, one.end, one.kind, one.coder),
        )
    )  # fmt: skip
    return csv_bytes(FLAGS if told else FLAGS[:5], rows)


def _memos(project: PlainProject) -> Rows:
    order, names = _order(project), _case_texts(project)

    def key(one: PlainMemo) -> tuple[object, ...]:
        place = order.get(one.about[1], 0) if one.about[0] in ("document", "flag") else 0
        # Answers stay in the order in which they were given.
        said = ("", "") if one.about[0] == "flag" else (one.coder, one.text)
        return one.about[0], place, one.about, one.start, one.end, *said

    for one in sorted(project.memos, key=key):
        kind, *name = one.about
        about = "".join(name)
        if kind in ("case", "flag"):
            about = names[name[0], name[1]] if kind == "case" else joined(name)
        ends = (one.start, one.end) if one.end else ("", "")
        shown = "passage" if one.end and kind == "document" else kind
        yield shown, about, *ends, one.coder, one.text


def _decisions(project: PlainProject) -> dict[str, bytes]:
    if not project.decisions:
        return {}
    return {"decisions.csv": decisions_bytes(project.decisions, _order(project))}


def _order(project: PlainProject) -> Mapping[str, int]:
    return {document.name: number for number, document in enumerate(project.documents)}


def _case_texts(project: PlainProject) -> Mapping[CaseKey, str]:
    """Return how the tables name each case: by its kind too where its name is not enough."""
    known = case_names(project.cases)
    return {
        (one.kind, one.name): one.name if len(known[one.name.casefold()]) == 1
        else f"{one.kind}: {one.name}"
        for one in project.cases
    }  # fmt: skip
