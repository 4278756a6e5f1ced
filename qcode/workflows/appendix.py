"""The tables that a thesis appends, and all main tables of a study, by the names of their files."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from qcode.analysis.comparison import ROLES
from qcode.analysis.cooccurrence.meeting import OVERLAP, Way
from qcode.analysis.matrix import CASES
from qcode.analysis.referring import VILLAGES
from qcode.analysis.themes import side_named
from qcode.errors import NotFound, Refused
from qcode.language import _
from qcode.model.case import INFORMANT
from qcode.model.excerpt import THEME, Manner
from qcode.model.filter import Filter
from qcode.model.report import Report
from qcode.model.table import Cell, Column, Table
from qcode.model.theme import AGAINST, FOR
from qcode.store.project import Reader, about
from qcode.system import is_free, write_atomically
from qcode.workflows.attributes import attributes
from qcode.workflows.choosing import resolved
from qcode.workflows.comparison import comparison
from qcode.workflows.cooccurrence import Asked as Pairs
from qcode.workflows.cooccurrence import cooccurrence
from qcode.workflows.counting import layer_of
from qcode.workflows.excerpts import excerpts
from qcode.workflows.frequency import frequency
from qcode.workflows.grouping import against, nowhere
from qcode.workflows.indicators import indicators
from qcode.workflows.matrix import matrix
from qcode.workflows.named import attribute_of
from qcode.workflows.saturation import How, saturation
from qcode.workflows.theme_quotes import cited, quotations_table
from qcode.workflows.themes import themes_table

WORDING: Mapping[str, Mapping[str, str]] = {
    "en": {
        "number": "no", "theme": "theme", "subtheme": "sub-theme", "code": "code",
        "quotation": "quotation", "informant": "informant", "side": "for or against",
        "category": "category", "themes": "theme", FOR: "for", AGAINST: "against",
        "themes title": "Themes, sub-themes, codes and quotations",
        "reduction title": "Data reduction",
        "themes file": "themes-quotations", "reduction file": "data-reduction",
    },
    "id": {
        "number": "no.", "theme": "tema", "subtheme": "subtema", "code": "kode",
        "quotation": "kutipan", "informant": "informan", "side": "mendukung atau menyanggah",
        "category": "kategori", "themes": "tema", FOR: "mendukung", AGAINST: "menyanggah",
        "themes title": "Tema, subtema, kode, dan kutipan",
        "reduction title": "Reduksi data",
        "themes file": "tema-subtema-kode-kutipan", "reduction file": "reduksi-data",
    },
}  # fmt: skip
"""Headings of the tables of a thesis: they are in its language, whatever the program speaks."""

APPENDED = (".docx", ".xlsx")
"""How the tables of a thesis are written, whatever the others are."""


def write(connection: Reader, asked: Filter, folder: Path, format: str, made: str) -> list[Path]:
    """Write all tables to a folder that does not exist or is empty; return what was written."""
    from qcode.formats.report import write as document
    from qcode.formats.tabular import render

    if not is_free(folder):
        raise Refused(
            _("{folder} is not an empty folder; name one that does not exist").format(folder=folder)
        )
    layer = layer_of(connection, resolved(connection, asked))
    files = {
        f"{name}.{format}": render(table, format)
        for name, table in main_tables(connection, asked)
        if format != "docx" or name != "matrix"  # A page has no room for every code.
    }
    for name, table in appended(connection, asked):
        bare = replace(table, title="", notes=())
        notes = tuple(note for note in table.notes if note != layer.notice)
        page = Report(table.title, made, layer.notice, notes, (bare,), wide=True)
        files[f"{name}.docx"] = document(page, ".docx")
        files[f"{name}.xlsx"] = render(table, "xlsx")
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in files.items():
        write_atomically(folder / name, data)
    return [folder / name for name in files]


def main_tables(connection: Reader, asked: Filter) -> Iterator[tuple[str, Table]]:
    """Yield the tables of the commands by the names of their files; those of nothing left out."""
    yield "codes", frequency(connection, asked)
    for names in (VILLAGES, ROLES):
        if by := attribute_of(connection, names):
            try:
                yield f"by-{names[0]}", comparison(connection, by.name, "", asked)
            except NotFound:
                continue  # Nobody who takes part has a value of it.
    pairs = Pairs(Way(OVERLAP), numbered=False)
    yield "pairs", cooccurrence(connection, asked, pairs)
    yield "saturation", saturation(connection, asked, How())
    yield "matrix", matrix(connection, asked, CASES, "present").table
    if (found := themes_table(connection, asked)).rows:
        yield "themes", found
    try:
        yield "informants", attributes(connection, (), INFORMANT)
        yield "indicators", indicators(connection)
    except NotFound:
        return  # There are no cases, or nothing of them was counted before and after.


def appended(connection: Reader, asked: Filter) -> Iterator[tuple[str, Table]]:
    """Yield the tables that a thesis appends, in the language of the project."""
    words = WORDING.get(about(connection).get("language", ""), WORDING["en"])
    listed = quotations_table(connection, asked)
    if listed.rows:
        sides = {side_named(side): words[side] for side in (FOR, AGAINST)}
        rows = tuple((*row[:-1], sides.get(str(row[-1]), row[-1])) for row in listed.rows)
        columns = tuple(Column(one.key, words[one.key]) for one in listed.columns)
        yield words["themes file"], Table(words["themes title"], columns, rows, listed.notes)
    yield words["reduction file"], _reduction(connection, asked, words)


def _reduction(connection: Reader, asked: Filter, words: Mapping[str, str]) -> Table:
    """Return every passage that may be quoted, with its code, what is above that, and its theme."""
    found = excerpts(connection, asked, Manner(group=THEME))
    themes: dict[int, list[str]] = defaultdict(list)
    for group in found.groups or ():
        if group.title != nowhere():
            title = _sided(group.title, words[AGAINST])
            for one in group.excerpts:
                themes[one.number].append(title)
    rows: list[tuple[Cell, ...]] = []
    for one in found.excerpts:
        category, _slash, code = one.code.rpartition("/")
        rows.append(
            (one.number, cited(one), one.text, code, category, "; ".join(themes[one.number]))
        )
    keys = ("number", "informant", "quotation", "code", "category", "themes")
    columns = tuple(Column(key, words[key], numeric=key == "number") for key in keys)
    return Table(words["reduction title"], columns, tuple(rows), found.notes)


def _sided(title: str, opposite: str) -> str:
    """Return the heading of a theme with its side in the words of the table."""
    theme = title.removesuffix(against(""))
    return title if theme == title else f"{theme} ({opposite})"
