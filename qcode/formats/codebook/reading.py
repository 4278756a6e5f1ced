"""Which kind of codebook file it is, and the tables among them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from qcode.errors import BadInput
from qcode.formats.codebook import toml
from qcode.formats.codebook.building import (
    MAX_BYTES,
    TEXTS,
    CodebookFile,
    Entry,
    build,
    is_language,
    refused,
    unknown,
)
from qcode.formats.tabular import Row, read_rows
from qcode.language import _

_COLUMNS = ("path", "name", "parent", "label.id", "label.en", "alias", *TEXTS, "guid")


def read(path: Path, mint: Callable[[], str]) -> CodebookFile:
    """Return the codebook in a .toml, .csv or .xlsx file; ``mint`` names codes without a guid.

    Raises BadInput with file, line or code, and field; nothing is read by halves.
    """
    suffix = path.suffix.casefold()
    if suffix == ".toml":
        return toml.read(path, mint)
    if suffix not in {".csv", ".tsv", ".xlsx"}:
        raise BadInput(_("a codebook is a .toml, .csv or .xlsx file"), file=str(path))
    rows = [_lowered(row, str(path)) for row in read_rows(path, MAX_BYTES)]
    return CodebookFile(path.stem, "", build(_entries(rows, str(path)), str(path), mint))


def _lowered(row: Row, file: str) -> Row:
    """Return a row with the names of its columns in lower case, all of them known."""
    values = {name.casefold(): value for name, value in row.values.items()}
    for name in values:
        if name not in _COLUMNS and not (
            name.startswith("label.") and is_language(name.removeprefix("label."))
        ):
            raise BadInput(unknown(_("column"), name, _COLUMNS), file=file, line=1)
    if "path" in values and not {"name", "parent"}.isdisjoint(values):
        raise BadInput(
            _("name codes by a column path, or by columns name and parent, not by both"),
            file=file, line=1,
        )  # fmt: skip
    if "path" not in values and "name" not in values:
        raise BadInput(_("codes are named by a column path or name"), file=file, line=1)
    return Row(row.line, values)


def _entries(rows: Sequence[Row], file: str) -> list[Entry]:
    if rows and "path" in rows[0].values:
        return _by_path(rows, file)
    return _by_parent(rows, file)


def _by_path(rows: Sequence[Row], file: str) -> list[Entry]:
    paths = [[name.strip() for name in row.values["path"].split("/")] for row in rows]
    known: dict[tuple[str, ...], int] = {}
    for at, path in enumerate(paths):
        known.setdefault(_key(path), at)
    entries: list[Entry] = []
    for row, path in zip(rows, paths, strict=True):
        above = known.get(_key(path[:-1]), -1)
        entry = _entry(row, path[-1], above, "/".join(path))
        if above < 0 and len(path) > 1:
            raise refused(_no_parent("/".join(path[:-1])), file, entry, "path")
        entries.append(entry)
    return entries


def _key(path: Sequence[str]) -> tuple[str, ...]:
    return tuple(name.casefold() for name in path)


def _by_parent(rows: Sequence[Row], file: str) -> list[Entry]:
    """Return entries whose parent is given by its name, where that is one, or its guid."""
    known: dict[str, list[int]] = {}
    for at, row in enumerate(rows):
        for name in {row.values["name"].strip().casefold(), _guid(row).casefold()} - {""}:
            known.setdefault(name, []).append(at)
    entries: list[Entry] = []
    for row in rows:
        name = row.values["name"].strip()
        parent = row.values.get("parent", "").strip()
        found = known.get(parent.casefold(), []) if parent else [-1]
        entry = _entry(row, name, found[0] if found else -1, name)
        if not found:
            raise refused(_no_parent(parent), file, entry, "parent")
        if len(found) > 1:
            raise refused(
                _("several codes are named “{name}”; name codes by a column path").format(
                    name=parent
                ),
                file, entry, "parent",
            )  # fmt: skip
        entries.append(entry)
    return entries


def _no_parent(name: str) -> str:
    return _("there is no code “{name}” in this file to stand below").format(name=name)


def _guid(row: Row) -> str:
    return row.values.get("guid", "").strip()


def _entry(row: Row, name: str, above: int, place: str) -> Entry:
    aliases = (alias.strip() for alias in row.values.get("alias", "").split("|"))
    return Entry(
        name=name,
        above=above,
        place=place,
        line=row.line,
        labels=_labels(row.values),
        aliases=tuple(alias for alias in aliases if alias),
        texts={field: row.values[field] for field in TEXTS if row.values.get(field, "").strip()},
        guid=_guid(row),
    )


def _labels(values: Mapping[str, str]) -> dict[str, str]:
    return {
        name.removeprefix("label."): value.strip()
        for name, value in values.items()
        if name.startswith("label.") and value.strip()
    }
