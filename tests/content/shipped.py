"""Read the shipped codebooks and sample cases with nothing but the standard library."""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
CODEBOOKS = ROOT / "codebooks"
BANYUMAS = ROOT / "projects" / "banyumas-networks"


@dataclass(frozen=True, slots=True)
class Shipped:
    """A code as its file has it: its path and its fields, with the paths of its ancestors."""

    path: str
    fields: dict[str, Any]
    ancestors: tuple[str, ...]

    @property
    def working(self) -> bool:
        """Tell whether coders apply it: criteria mark the working level."""
        return "include" in self.fields

    def text(self, field: str) -> str:
        return str(self.fields.get(field, ""))


def codebook(file: str) -> dict[str, Any]:
    return tomllib.loads((CODEBOOKS / file).read_text(encoding="utf-8"))


def codes(file: str) -> dict[str, Shipped]:
    """Return every code of a shipped codebook by path, parents first."""
    return {code.path: code for code in _walk(codebook(file)["code"], ())}


def _walk(siblings: Sequence[dict[str, Any]], above: tuple[str, ...]) -> Iterator[Shipped]:
    for fields in siblings:
        path = "/".join([*above[-1:], fields["name"]])
        yield Shipped(path, fields, above)
        yield from _walk(fields.get("code", ()), (*above, path))


def sibling_groups(file: str) -> list[list[Shipped]]:
    groups: dict[str, list[Shipped]] = {}
    for code in codes(file).values():
        groups.setdefault(code.path.rpartition("/")[0], []).append(code)
    return list(groups.values())


def rows(file: str) -> list[dict[str, str]]:
    """Return the rows of a table of the Banyumas project."""
    with (BANYUMAS / file).open(encoding="utf-8", newline="") as table:
        return list(csv.DictReader(table))
