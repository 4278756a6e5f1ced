"""Turns in tables: question and answer columns, or a column for the speaker and one for words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from qcode.formats.transcripts.draft import Draft, Stretch
from qcode.formats.transcripts.labels import is_shaped
from qcode.formats.transcripts.openings import Opening, bare

_COLUMNS = {
    "question": ("pertanyaan", "question", "questions", "tanya", "frage"),
    "answer": ("jawaban", "answer", "answers", "jawab", "antwort", "response"),
    "speaker": ("speaker", "pembicara", "penutur", "sprecher", "nama", "name"),
    "text": ("text", "teks", "transkrip", "transcript", "ucapan", "utterance", "ujaran", "isi"),
    "time": ("time", "waktu", "timestamp", "timecode", "zeit", "menit"),
}
_NAMES = {word: column for column, words in _COLUMNS.items() for word in words}
_WORD = re.compile(r"[^\W\d_]+")
_MARK = re.compile(r"[\t|]")
_MAX_HEADER = 200
_RULE = re.compile(r"[\s|:+-]*")
_CELL = {"\t": re.compile(r"[^\t\n]*"), "|": re.compile(r"[^|\n]+")}


@dataclass(frozen=True, slots=True)
class _Row:
    start: int
    cells: tuple[Stretch, ...]

    @property
    def end(self) -> int:
        return self.cells[-1][1]


@dataclass(frozen=True)
class Tables:
    """What tables tell: openings in order, and the stretches that are read by their columns."""

    openings: tuple[Opening, ...] = ()
    read: tuple[Stretch, ...] = ()


def read_tables(draft: Draft) -> Tables:
    """Return the turns that table rows open; nothing where no table is one of speech."""
    openings: list[Opening] = []
    read: list[Stretch] = []
    for rows in _tables(draft):
        columns = _columns(draft.text, rows[0])
        if not columns:
            openings.extend(filter(None, (_labelled(draft.text, row) for row in rows)))
            continue
        openings.append(Opening(rows[0].start, rows[0].start, "", "", "set"))
        for row in rows[1:]:
            openings.extend(_row_openings(draft.text, row, columns, rows[0]))
        end = rows[-1].end
        read.append((rows[0].start, end))
        if draft.text[end:].strip():
            after = end + 1 if draft.text[end] == "\n" else end
            openings.append(Opening(after, after, "", "", "set"))
    return Tables(tuple(openings), tuple(read))


def _tables(draft: Draft) -> list[list[_Row]]:
    """Return the tables with their rows; a row that follows another at once is in its table."""
    if not draft.rows:
        return list(_written_tables(draft.text))
    tables: list[list[_Row]] = []
    for cells in draft.rows:
        row = _Row(cells[0][0], cells)
        if tables and tables[-1][-1].end + 1 == row.start:
            tables[-1].append(row)
        else:
            tables.append([row])
    return tables


def _written_tables(text: str) -> Iterator[list[_Row]]:
    """Yield the tables written with tabs or upright strokes under a header of speech."""
    at = 0
    while mark := _MARK.search(text, at):
        start = text.rfind("\n", 0, mark.start()) + 1
        found = text.find("\n", start)
        at = found if found >= 0 else len(text)
        if at - start <= _MAX_HEADER and _columns(text, _row(text, start, at, mark[0])):
            rows = _written_rows(text, start, mark[0])
            found = text.find("\n", rows[-1].end)
            at = found if found >= 0 else len(text)
            yield rows


def _written_rows(text: str, start: int, mark: str) -> list[_Row]:
    rows: list[_Row] = []
    while start < len(text):
        found = text.find("\n", start)
        end = found if found >= 0 else len(text)
        if mark not in text[start:end]:
            break
        row = _row(text, start, end, mark)
        if row.cells and not _RULE.fullmatch(text, start, end):
            # The stroke that closes the row before is nobody's word.
            rows.append(_Row(rows[-1].end, row.cells) if rows and mark == "|" else row)
        start = end + 1
    return rows


def _row(text: str, start: int, end: int, mark: str) -> _Row:
    return _Row(start, tuple(match.span() for match in _CELL[mark].finditer(text, start, end)))


def _columns(text: str, row: _Row) -> dict[str, int]:
    """Return which column holds what, empty unless the row is the header of a table of speech."""
    columns: dict[str, int] = {}
    for number, (start, end) in enumerate(row.cells):
        words = _WORD.findall(text[start:end].casefold())[:5]
        name = next((_NAMES[word] for word in words if word in _NAMES), "")
        if name:
            columns.setdefault(name, number)
    has_both = {"question", "answer"} <= columns.keys() or {"speaker", "text"} <= columns.keys()
    return columns if has_both else {}


def _row_openings(text: str, row: _Row, columns: dict[str, int], header: _Row) -> Iterator[Opening]:
    if "question" in columns and "answer" in columns:
        start = row.start
        for column in sorted((columns["question"], columns["answer"])):
            said = _words_at(text, row, column)
            if said is not None:
                yield Opening(start, said, _cell(text, header, column), "", "set")
                start = row.cells[column][1]
            if column < len(row.cells):
                start = row.cells[column][1]
    else:
        said = _words_at(text, row, columns["text"])
        label = _cell(text, row, columns["speaker"])
        if said is not None and label:
            time = _cell(text, row, columns["time"]) if "time" in columns else ""
            yield Opening(row.start, said, label, bare(time), "set")


def _labelled(text: str, row: _Row) -> Opening | None:
    """Return the opening of a row whose first worded cell may be a label, its last the words."""
    for column in range(len(row.cells) - 1):
        label = _cell(text, row, column)
        if not any(map(str.isalpha, label)):
            continue
        said = _words_at(text, row, column + 1)
        if said is None or not is_shaped(label):
            return None
        return Opening(row.start, said, label, "", "cell")
    return None


def _cell(text: str, row: _Row, column: int) -> str:
    if column >= len(row.cells):
        return ""
    start, end = row.cells[column]
    return " ".join(text[start:end].split()).strip("*_ ").rstrip(":").strip("*_ ")


def _words_at(text: str, row: _Row, column: int) -> int | None:
    """Return where the words of a cell begin, None for a cell without any."""
    if column >= len(row.cells):
        return None
    start, end = row.cells[column]
    words = text[start:end].strip()
    return start + text[start:end].index(words) if words else None
