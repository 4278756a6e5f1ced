"""Read the sample project of the three villages, its tables and its texts."""

from __future__ import annotations

import csv
import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from qcode.formats.transcripts.reading import read
from qcode.model.coding import MARKS
from qcode.model.document import Transcript

ROOT = Path(__file__).resolve().parents[2]
PROJECT = ROOT / "projects" / "three-villages"
NOTICE = "Wawancara fiktif untuk latihan qcode; bukan data penelitian."
INTERVIEWS = (*(f"W{number:02}" for number in range(1, 21)), "W20b", "W21", "W22", "W23")
NOTES = ("O1", "O2", "O3")
PAPERS = ("D1", "D2", "D3")
NAMES = (*INTERVIEWS, *NOTES, *PAPERS)
Row = dict[str, str]


@cache
def rows(file: str) -> tuple[Row, ...]:
    # Universal newlines: words that run over two turns keep their one line feed in any checkout.
    with (PROJECT / file).open(encoding="utf-8") as lines:
        return tuple(csv.DictReader(lines))


@cache
def settings() -> dict[str, Any]:
    return tomllib.loads((PROJECT / "project.toml").read_text(encoding="utf-8"))


@cache
def transcript(name: str) -> Transcript:
    return read(PROJECT / "transcripts" / f"{name}.txt").transcript


def marks() -> tuple[Row, ...]:
    """Return the flags that keep words inside, or out of all counts."""
    return tuple(row for row in rows("flags.csv") if row["kind"] in MARKS)


def words_at(row: Row, document: str) -> str:
    return transcript(document).text[int(row["start"]) : int(row["end"])]


@cache
def spoken(name: str) -> tuple[str, ...]:
    """Return the words of a document in lower case, without notice and head."""
    return tuple(re.findall(r"\w+", transcript(name).text.partition("\n\n")[2].casefold()))


def people() -> tuple[Row, ...]:
    """Return the cases that are informants."""
    return tuple(row for row in rows("cases.csv") if row["kind"] == "informant")


def village_cases() -> dict[str, Row]:
    """Return the cases that are villages, by letter."""
    return {row["desa"]: row for row in rows("cases.csv") if row["kind"] == "village"}


@cache
def villages() -> dict[str, str]:
    """Return the village of each document, by way of its cases."""
    village = {row["name"]: row["desa"] for row in rows("cases.csv")}
    return {row["document"]: village[row["case"]] for row in rows("speakers.csv") if row["case"]}


def spoken_in(code: str, coder: str = "sari") -> dict[str, set[str]]:
    """Return in which interviews of each village a coder has a code or a finer one."""
    found: dict[str, set[str]] = {village: set() for village in "ABC"}
    for row in rows("codings.csv"):
        if row["coder"] == coder and row["document"] in INTERVIEWS and f"{row['code']}/".startswith(
            f"{code}/"
        ):  # fmt: skip
            found[villages()[row["document"]]].add(row["document"])
    return found


@cache
def codebook() -> tuple[str, ...]:
    """Return the path of every code of the project."""
    codes = tomllib.loads((PROJECT / "codebook.toml").read_text(encoding="utf-8"))["code"]
    return tuple(_paths(codes))


def _paths(codes: list[dict[str, Any]], above: str = "") -> Iterator[str]:
    for code in codes:
        path = above + code["name"]
        yield path
        yield from _paths(code.get("code", []), f"{path}/")
