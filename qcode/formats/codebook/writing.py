"""Codebooks on their way out; every code carries its guid, so that it is known again."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from qcode.errors import BadInput
from qcode.formats.codebook.building import NOTES, TEXTS
from qcode.formats.tabular.cells import csv_bytes, xlsx_bytes
from qcode.language import _
from qcode.model.codebook import Code, Codebook

if TYPE_CHECKING:
    from tomlkit.items import AoT, Item, Table

SUFFIXES = (".toml", ".csv", ".xlsx")


def write(
    codebook: Codebook,
    suffix: str,
    *,
    title: str,
    version: str = "",
    notes: Mapping[str, str] | None = None,
) -> bytes:
    """Return the offered codes as a .toml, .csv or .xlsx file.

    CSV holds neither title, version nor notes (texts by the keys of NOTES).
    """
    about = {"name": title, "version": version, **(notes or {})}
    if suffix == ".toml":
        return _toml(codebook, {key: text for key, text in about.items() if text})
    if suffix not in SUFFIXES:
        raise BadInput(
            _("a codebook is written as {suffixes}, not “{suffix}”").format(
                suffixes=", ".join(SUFFIXES), suffix=suffix
            )
        )
    header, *rows = _sheet(codebook)
    if suffix == ".csv":
        return csv_bytes(header, rows)
    told = [[key, text] for key, text in about.items() if text]
    return xlsx_bytes([(_("codebook"), [header, *rows]), (_("notes"), told)])


def _placed(codebook: Codebook) -> Iterator[tuple[Code, int, str]]:
    """Yield each code with its depth and its path among the codes that are written."""
    names: list[str] = []
    for code, depth in codebook.walk():
        names[depth:] = [code.name]
        yield code, depth, "/".join(names)


def _guid(code: Code) -> str:
    return str(uuid.UUID(code.id))


def _sheet(codebook: Codebook) -> list[list[str]]:
    codes = list(_placed(codebook))
    languages = list(dict.fromkeys(["id", "en", *sorted(
        language for code, _depth, _path in codes for language in code.labels
    )]))  # fmt: skip
    sheet = [["path", *(f"label.{language}" for language in languages), "alias", *TEXTS, "guid"]]
    sheet += (
        [path, *(code.labels.get(language, "") for language in languages),
         " | ".join(code.aliases), *(getattr(code, field) for field in TEXTS), _guid(code)]
        for code, _depth, path in codes
    )  # fmt: skip
    return sheet


def _toml(codebook: Codebook, about: Mapping[str, str]) -> bytes:
    import tomlkit

    whole = tomlkit.document()
    head = tomlkit.table()
    for key in ("name", "version", *NOTES):
        if key in about:
            head.append(key, _text(about[key]))
    whole.append("codebook", head)
    # Tables are linked from the deepest up, because tomlkit copies what is put into a table.
    waiting: list[tuple[Table, int]] = []
    for code, depth, _path in reversed(list(_placed(codebook))):
        table = _table(code)
        below = tomlkit.aot()
        while waiting and waiting[-1][1] == depth + 1:
            below.append(waiting.pop()[0])
        if len(below):
            table.append("code", below)
        waiting.append((table, depth))
    top: AoT = tomlkit.aot()
    for table, _depth in reversed(waiting):
        top.append(table)
    if len(top):
        whole.append("code", top)
    return tomlkit.dumps(whole).encode()


def _table(code: Code) -> Table:
    import tomlkit

    table = tomlkit.table()
    table.append("name", _text(code.name))
    for language, label in code.labels.items():
        table.append(tomlkit.key(["label", language]), _text(label))
    if code.aliases:
        aliases = tomlkit.array()
        aliases.extend(code.aliases)
        table.append("alias", aliases)
    for field in TEXTS:
        if text := getattr(code, field):
            table.append(field, _text(text))
    table.append("guid", _text(_guid(code)))
    return table


def _text(text: str) -> Item:
    """Return a text in quotes, over several lines where it has them."""
    import tomlkit

    # A line end right after the opening quotes would be dropped by every reader.
    return tomlkit.string(text, multiline="\n" in text and not text.startswith("\n"))
