"""A codebook as people write it by hand: nested ``[[code]]`` tables."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from qcode.errors import BadInput
from qcode.formats import files
from qcode.formats.codebook.building import (
    MAX_BYTES,
    MAX_CODES,
    MAX_DEPTH,
    NOTES,
    TEXTS,
    CodebookFile,
    Entry,
    build,
    is_language,
    too_deep,
    unknown,
)
from qcode.language import _

_FIELDS = ("name", "label", "alias", *TEXTS, "guid", "code")
_ABOUT = ("name", "version", *NOTES)


def parsed(path: Path, limit: int = MAX_BYTES) -> Mapping[str, Any]:
    """Return what a TOML file holds; raises BadInput with the line where it is none."""
    text = files.text(path, limit)
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        # Python tells the line in the message alone; at the end of the file it tells none.
        found = re.search(r"line (\d+)", str(error))
        line = int(found.group(1)) if found else text.count("\n") + 1
        why = re.sub(r" \(at .*\)$", "", str(error))
        raise BadInput(_("this is not TOML: {why}").format(why=why), file=str(path),
                       line=line) from error  # fmt: skip
    except RecursionError as error:
        raise BadInput(_("values stand too deep in each other"), file=str(path)) from error


def read(path: Path, mint: Callable[[], str]) -> CodebookFile:
    """Return the codebook in a TOML file; ``mint`` names codes without a guid."""
    whole, file = parsed(path), str(path)
    for key in whole:
        if key not in {"codebook", "code"}:
            raise BadInput(unknown(_("field"), key, ("codebook", "code")), file=file, field=key)
    about = whole.get("codebook", {})
    if not isinstance(about, dict):
        raise BadInput(_("[codebook] is a table"), file=file, field="codebook")
    for key, value in about.items():
        where = f"codebook: {key}"
        if key not in _ABOUT:
            raise BadInput(unknown(_("field"), key, _ABOUT), file=file, field=where)
        _checked_text(value, file, where)
    entries: list[Entry] = []
    _collect(whole.get("code", []), -1, (), entries, file)
    return CodebookFile(
        name=about.get("name", "") or path.stem,
        version=about.get("version", ""),
        codes=build(entries, file, mint),
        notes={key: about[key] for key in NOTES if about.get(key)},
    )


def _collect(
    tables: object, above: int, path: tuple[str, ...], entries: list[Entry], file: str
) -> None:
    """Add an entry for each table and, before its next sibling, for those below it."""
    place = "/".join(path)
    if not isinstance(tables, list):
        raise BadInput(_("codes are written as [[code]], in double brackets"), file=file,
                       field=place or "code")  # fmt: skip
    if tables and len(path) >= MAX_DEPTH:
        raise BadInput(too_deep(), file=file, field=place)
    for number, table in enumerate(tables, 1):
        if not isinstance(table, dict):
            raise BadInput(_("codes are written as [[code]], in double brackets"), file=file,
                           field=place or "code")  # fmt: skip
        if len(entries) >= MAX_CODES:
            raise BadInput(_("a codebook holds at most {most} codes").format(most=MAX_CODES),
                           file=file)  # fmt: skip
        at = len(entries)
        entry = _entry(table, above, (*path, f"#{number}"), file)
        entries.append(entry)
        _collect(table.get("code", []), at, (*path, entry.name), entries, file)


def _entry(table: Mapping[str, Any], above: int, path: tuple[str, ...], file: str) -> Entry:
    name = table.get("name")
    named = isinstance(name, str) and bool(name.strip())
    place = "/".join((*path[:-1], str(name).strip() if named else path[-1]))
    if not named:
        raise BadInput(_("this code lacks a name in quotes"), file=file, field=f"{place}: name")
    for key in table:
        if key not in _FIELDS:
            raise BadInput(unknown(_("field"), key, _FIELDS), file=file, field=f"{place}: {key}")
    texts = {
        key: _checked_text(table[key], file, f"{place}: {key}")
        for key in ("name", *TEXTS, "guid")
        if key in table
    }
    return Entry(
        name=texts.pop("name").strip(),
        above=above,
        place=place,
        labels=_labels(table.get("label", {}), file, place),
        aliases=_aliases(table.get("alias", []), file, f"{place}: alias"),
        guid=texts.pop("guid", "").strip(),
        texts={key: text for key, text in texts.items() if text.strip()},
    )


def _checked_text(value: object, file: str, where: str) -> str:
    if not isinstance(value, str):
        raise BadInput(_("a text in quotes stands here"), file=file, field=where)
    return files.cleaned(value)


def _labels(value: object, file: str, place: str) -> dict[str, str]:
    if not isinstance(value, dict):
        raise BadInput(_("labels are written label.id = and label.en ="), file=file,
                       field=f"{place}: label")  # fmt: skip
    for language in value:
        if not is_language(language):
            raise BadInput(_("a label is in a language such as id or en"), file=file,
                           field=f"{place}: label.{language}")  # fmt: skip
    texts = {
        language.casefold(): _checked_text(text, file, f"{place}: label.{language}").strip()
        for language, text in value.items()
    }
    return {language: text for language, text in texts.items() if text}


def _aliases(value: object, file: str, where: str) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise BadInput(_("aliases are a list of texts in brackets"), file=file, field=where)
    aliases = [_checked_text(alias, file, where).strip() for alias in value]
    if any("|" in alias for alias in aliases):
        raise BadInput(_("an alias holds no “|”, which stands between aliases"), file=file,
                       field=where)  # fmt: skip
    return tuple(alias for alias in aliases if alias)
