"""What people made of the codings: a table for each kind of finding, absent where there is none."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from qcode.formats.folder import guide
from qcode.formats.folder.names import Names, place
from qcode.formats.folder.tables import Cells, joined, read_table
from qcode.formats.folder.values import PlainFinding
from qcode.formats.tabular.cells import csv_bytes
from qcode.language import _
from qcode.model.answer import CORRECT, VERDICTS, WAYS
from qcode.model.narrative import PASSAGE, PIECES
from qcode.model.quotation import ROLES
from qcode.model.theme import SIDES, STATUSES
from qcode.model.theme import VERDICTS as THEME_VERDICTS

CODING = ("document", "start", "end", "code", "coder")
"""The columns by which a table names one coding."""
RESTS = "rests on"
ASKINGS = ("document", "start", "end", "question", "by")
ANSWERS = ("case", "number", *CODING, "own", "answer", "text", "how", "by")
_CUT = re.compile(r"[0-9]{1,6}(-[0-9]{1,6})?")
_OWN = re.compile(r"[0-9]{1,12}-[0-9]{1,12}")
_PLACE = re.compile(r"(.+) ([0-9]{1,12})-([0-9]{1,12}) (.+)")


class Kind(NamedTuple):
    """A table: its columns, which of them must be there, and how a row is checked.

    ``check`` returns the row as it would be written, or raises BadInput at the cell that is wrong.
    """

    columns: tuple[str, ...]
    needed: tuple[str, ...]
    check: Callable[[Cells, Names], Mapping[str, str]]
    read: Callable[[Path], Iterable[Cells]] | None = None
    """How its rows are read where they are no table."""
    written: Callable[[Sequence[Mapping[str, str]]], bytes] | None = None


def _search(row: Cells, _names: Names) -> Mapping[str, str]:
    """Return a saved search as it is typed."""
    return {"name": row.needed("name"), "options": row.needed("options")}


def _piece(row: Cells, names: Names) -> Mapping[str, str]:
    """Return a piece of a story: what is written, or the coding of a passage."""
    kind = row.one_of("kind", PIECES)
    written = {} if kind == PASSAGE else {"text": row.needed("text")}
    passage = checked_coding(row, names) if kind == PASSAGE else {}
    return {
        "case": checked_case(row, names), "kind": kind, **written, **passage, **_by(row, names)
    }  # fmt: skip


def _summary(row: Cells, names: Names) -> Mapping[str, str]:
    """Return a summary with its cell, and what it rests on if that is not all that is there."""
    cell = {"case": checked_case(row, names), "code": names.code(row)}
    rests = [_rest(row, names, text) for text in row.several(RESTS)]
    return {**cell, "text": row.needed("text"), RESTS: joined(rests), **_by(row, names)}


def _rest(row: Cells, names: Names, text: str) -> str:
    parts = _PLACE.fullmatch(text)
    path = names.paths.get(parts[4].casefold()) if parts else None
    if parts is None or path is None or parts[1] not in names.documents:
        raise row.refused(
            _("a document, a place and a code stand here, such as W01 120-180 path/of/code, not "
              "“{text}”").format(text=text[:60]), RESTS,
        )  # fmt: skip
    return rest_cell(parts[1], int(parts[2]), int(parts[3]), path)


def rest_cell(document: str, start: int, end: int, path: str) -> str:
    """Return how a table of summaries names a passage."""
    return f"{document} {start}-{end} {path}"


def _by(row: Cells, names: Names) -> dict[str, str]:
    return {"by": names.coder(row, "by")} if row.text("by") else {}


def _asking(row: Cells, names: Names) -> Mapping[str, str]:
    """Return where a question of the guide was asked."""
    start, end = place(row)
    return {"document": names.document(row), "start": str(start), "end": str(end),
            "question": row.needed("question"), **_by(row, names)}  # fmt: skip


def _answer(row: Cells, names: Names) -> Mapping[str, str]:
    """Return what a participant said to a passage; ``own`` are his words in it."""
    verdict = row.one_of("answer", VERDICTS) if row.text("answer") else ""
    if verdict == CORRECT:
        row.needed("text")
    for own in row.several("own"):
        if not _OWN.fullmatch(own):
            raise row.refused(_("places stand here such as 120-180"), "own")
    return {
        "case": checked_case(row, names), **checked_coding(row, names),
        "number": str(row.number("number")) if row.text("number") else "", "answer": verdict,
        "own": row.text("own"), "text": row.text("text"),
        "how": row.one_of("how", WAYS) if row.text("how") else "", **_by(row, names),
    }  # fmt: skip


def _theme(row: Cells, _names: Names) -> Mapping[str, str]:
    """Return a theme; one that it is under stands above it."""
    return {
        "name": row.needed("name"), "under": row.text("under"),
        "statement": row.text("statement"),
        "status": row.one_of("status", STATUSES, STATUSES[0]), "memo": row.text("memo"),
    }  # fmt: skip


def _ground(row: Cells, names: Names) -> Mapping[str, str]:
    """Return what is put under a theme: a coding, or a code where no document is named."""
    put = checked_coding(row, names) if row.text("document") else {"code": names.code(row)}
    return {"theme": row.needed("theme"), "side": row.one_of("side", SIDES, SIDES[0]), **put,
            "why": row.text("why")}  # fmt: skip


def _appraisal(row: Cells, names: Names) -> Mapping[str, str]:
    """Return a verdict on what a group of sources says of a theme, or of a code."""
    about = {"theme": row.text("theme")} if row.text("theme") else {"code": names.code(row)}
    return {
        **about, "groups": row.text("groups"), "group": row.needed("group"),
        "verdict": row.one_of("verdict", THEME_VERDICTS), "memo": row.text("memo"),
        **_by(row, names),
    }  # fmt: skip


def _quotation(row: Cells, names: Names) -> Mapping[str, str]:
    """Return what is prepared of a coding; ``cut`` are numbers of words, ? where they changed."""
    cut = row.several("cut")
    if cut != ("?",) and not all(map(_CUT.fullmatch, cut)):
        raise row.refused(_("words stand here by their numbers, such as 3-7"), "cut")
    return {
        **checked_coding(row, names), "cut": joined(cut),
        "role": row.one_of("role", ROLES) if row.text("role") else "",
        "used in": joined(row.several("used in")),
    }  # fmt: skip


def _translation(row: Cells, names: Names) -> Mapping[str, str]:
    """Return the words of a coding in another language."""
    return {
        **checked_coding(row, names), "language": row.needed("language").casefold(),
        "text": row.needed("text"), "by": row.text("by"), "checked by": row.text("checked by"),
        "to check": row.one_of("to check", ("yes",)) if row.text("to check") else "",
    }  # fmt: skip


KINDS: Mapping[str, Kind] = {
    "guide.toml": Kind((), (), guide.checked, guide.read, guide.written),
    "askings.csv": Kind(ASKINGS, ASKINGS[:4], _asking),
    "answers.csv": Kind(ANSWERS, ("case", *CODING), _answer),
    "searches.csv": Kind(("name", "options"), ("name", "options"), _search),
    "narratives.csv": Kind(("case", "kind", "text", *CODING, "by"), ("case", "kind"), _piece),
    "summaries.csv": Kind(
        ("case", "code", "text", RESTS, "by"), ("case", "code", "text"), _summary
    ),
    "themes.csv": Kind(("name", "under", "statement", "status", "memo"), ("name",), _theme),
    "grounds.csv": Kind(("theme", "side", *CODING, "why"), ("theme", "side", "code"), _ground),
    "appraisals.csv": Kind(
        ("theme", "code", "groups", "group", "verdict", "memo", "by"),
        ("group", "verdict"),
        _appraisal,
    ),
    "quotations.csv": Kind((*CODING, "cut", "role", "used in"), CODING, _quotation),
    "translations.csv": Kind(
        (*CODING, "language", "text", "by", "checked by", "to check"),
        (*CODING, "language", "text"),
        _translation,
    ),
}
"""The tables by file name, in an order in which what a row refers to comes before it."""


def read_findings(folder: Path, names: Names) -> tuple[PlainFinding, ...]:
    """Return the rows of all tables that the folder has."""
    found = []
    for file, kind in KINDS.items():
        if not (folder / file).exists():
            continue
        rows = (
            kind.read(folder / file) if kind.read
            else read_table(folder / file, kind.columns, needed=kind.needed)
        )  # fmt: skip
        for row in rows:
            values = {name: value for name, value in kind.check(row, names).items() if value}
            found.append(PlainFinding(file, values, row.line))
    return tuple(found)


def findings_bytes(findings: Iterable[PlainFinding]) -> dict[str, bytes]:
    """Return the tables with their rows as they are ordered; none for a kind without rows."""
    rows: dict[str, list[PlainFinding]] = {file: [] for file in KINDS}
    for one in findings:
        rows[one.file].append(one)
    return {file: _bytes(KINDS[file], some) for file, some in rows.items() if some}


def _bytes(kind: Kind, rows: Sequence[PlainFinding]) -> bytes:
    if kind.written:
        return kind.written([one.values for one in rows])
    cells = ([one.values.get(name, "") for name in kind.columns] for one in rows)
    return csv_bytes(kind.columns, cells)


def checked_coding(row: Cells, names: Names) -> dict[str, str]:
    """Return the cells of CODING, each of which must name something, as they are written."""
    start, end = place(row)
    return {
        "document": names.document(row), "start": str(start), "end": str(end),
        "code": names.code(row), "coder": names.coder(row),
    }  # fmt: skip


def checked_case(row: Cells, names: Names, column: str = "case") -> str:
    """Return the case that a cell names, always with its kind before it."""
    return ": ".join(names.case(row, row.needed(column), column))
