"""The teaching sheets: what they quote, what they let people type, and how long they take."""

from __future__ import annotations

import re
import shlex
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import click
import pytest
from click.testing import CliRunner
from textual.binding import Binding

from qcode.cli.main import qcode
from qcode.tui import commands
from qcode.tui.commands.coding import CODING
from qcode.tui.commands.everywhere import EVERYWHERE
from qcode.tui.widgets import motions
from tests.content.villages import NAMES, PROJECT, ROOT, Row, codebook, marks, rows, transcript

TEACHING = ROOT / "docs" / "teaching"
LANGUAGES = ("id", "en")
SHEETS = sorted(path for language in LANGUAGES for path in (TEACHING / language).glob("*.md"))
NUMBERS = range(1, 8)
MINUTES = 45
QUOTED = re.compile(r"(?P<words>.+) \((?P<document>[WOD]\d+b?), (?:giliran|turn) (?P<turn>\d+)\)")
PLACE = re.compile(r"\b(?P<document>[WOD]\d+b?),? (?:giliran|turns?) (?P<turn>\d+)")
STEP = re.compile(r"\| (\d+) \|")
SETTLED = re.compile(r"(?:`(?P<sari>[^`]+)`|–) ↔ (?:`(?P<bima>[^`]+)`|–)")
LEFT_OUT = "[...]"
FINISHED = "f"
"""What answers the question that F asks."""


@dataclass(frozen=True)
class Quotation:
    """Words that a sheet prints, and the turn in which they are said to stand."""

    words: str
    document: str
    turn: int


def named(path: Path) -> str:
    return f"{path.parent.name}-{path.name[0]}"


def sheet(language: str, number: int) -> Path:
    (path,) = (TEACHING / language).glob(f"{number}-*.md")
    return path


@cache
def lines(path: Path) -> tuple[str, ...]:
    return tuple(path.read_text(encoding="utf-8").split("\n"))


def quotations(path: Path) -> Iterator[Quotation]:
    """Yield what stands behind ``>``; all of it must name its place."""
    for line in lines(path):
        if line.startswith(">"):
            found = QUOTED.fullmatch(line[1:].strip())
            assert found, f"no place: {line}"
            yield Quotation(found["words"], found["document"], int(found["turn"]))


def stretch(document: str, turn: int) -> tuple[int, int]:
    """Return where the words of a turn begin and end."""
    where = transcript(document).turns[turn - 1]
    return where.said, where.end


def blocks(path: Path, kind: str) -> Iterator[str]:
    """Yield the lines of the fenced blocks of a kind."""
    inside = False
    for line in lines(path):
        if line.strip().startswith("```"):
            inside = line.strip() == f"```{kind}"
        elif inside:
            yield line.strip()


def typed(path: Path) -> list[list[str]]:
    """Return what a reader types, in order."""
    return [shlex.split(line) for line in blocks(path, "sh")]


def mentioned(path: Path) -> Iterator[list[str]]:
    """Yield the commands that stand inside a sentence."""
    for line in lines(path):
        yield from (shlex.split(found) for found in re.findall(r"`(qcode [^`]+)`", line))


def parsed(words: list[str]) -> tuple[str, frozenset[str]]:
    """Return which command and which options somebody types; there must be such."""
    command: click.Command = qcode
    path = ["qcode"]
    rest = words[1:]
    while isinstance(command, click.Group) and rest:
        name, *rest = rest
        found = command.get_command(click.Context(command), name)
        assert found, f"no such command: {' '.join(words)}"
        command, path = found, [*path, name]
    used = command.make_parser(click.Context(command)).parse_args(rest)[2]
    return " ".join(path), frozenset(one.name or "" for one in used)


def squeezed(text: str) -> str:
    return " ".join(text.split())


def test_there_are_seven_sheets_in_both_languages_and_the_index_leads_to_each() -> None:
    assert len(SHEETS) == len(LANGUAGES) * len(NUMBERS)
    index = (TEACHING / "README.md").read_text(encoding="utf-8")
    for path in SHEETS:
        assert f"({path.relative_to(TEACHING).as_posix()})" in index
    for target in re.findall(r"\]\((?!http)([^)]+)\)", index):
        assert (TEACHING / target).exists(), target


@pytest.mark.parametrize("path", SHEETS, ids=named)
def test_a_sheet_takes_45_minutes(path: Path) -> None:
    header = next(
        n for n, line in enumerate(lines(path)) if re.match(r"\| (menit|minutes) \|", line)
    )
    minutes = []
    for line in lines(path)[header + 2 :]:
        if not (step := STEP.match(line)):
            break
        minutes.append(int(step[1]))
    assert sum(minutes) == MINUTES


@pytest.mark.parametrize("path", SHEETS, ids=named)
def test_every_quotation_stands_in_its_turn(path: Path) -> None:
    found = list(quotations(path))
    assert found
    for one in found:
        start, end = stretch(one.document, one.turn)
        said, at = transcript(one.document).text[start:end], 0
        for part in one.words.split(LEFT_OUT):
            at = said.find(part.strip(), at)
            assert at >= 0, f"not in {one.document}, turn {one.turn}: {part.strip()}"


@pytest.mark.parametrize("path", SHEETS, ids=named)
def test_no_sheet_quotes_what_was_not_released(path: Path) -> None:
    refused = {row["name"] for row in rows("cases.csv") if row["consent"] == "no"}
    closed = {row["document"] for row in rows("speakers.csv") if row["case"] in refused}
    for one in quotations(path):
        assert one.document not in closed
        text = transcript(one.document).text
        start = text.index(one.words.split(LEFT_OUT)[0].strip(), stretch(one.document, one.turn)[0])
        for flag in marks():
            marked = int(flag["start"]) < start + len(one.words) and start < int(flag["end"])
            assert flag["document"] != one.document or not marked, one.words


@pytest.mark.parametrize("path", SHEETS, ids=named)
def test_every_place_named_in_a_sentence_exists(path: Path) -> None:
    for found in PLACE.finditer(path.read_text(encoding="utf-8")):
        assert found["document"] in NAMES
        assert 1 <= int(found["turn"]) <= len(transcript(found["document"]).turns)


@pytest.mark.parametrize("number", NUMBERS)
def test_both_languages_quote_and_type_the_same(number: int) -> None:
    indonesian, english = (sheet(language, number) for language in LANGUAGES)
    assert list(quotations(indonesian)) == list(quotations(english))
    assert list(blocks(indonesian, "text")) == list(blocks(english, "text"))
    steps = [
        [parsed(words) for words in typed(path) if words[0] == "qcode"]
        for path in (indonesian, english)
    ]
    assert steps[0] == steps[1]


@pytest.mark.parametrize("path", SHEETS, ids=named)
def test_every_command_named_in_a_sentence_exists_with_its_options(path: Path) -> None:
    for words in mentioned(path):
        parsed(words)


@pytest.mark.parametrize("path", SHEETS, ids=named)
def test_every_key_named_in_a_sentence_is_bound(path: Path) -> None:
    screen = [command.binding for command in (*CODING, *EVERYWHERE)]
    reader = [one for one in motions.bindings() if isinstance(one, Binding)]
    bound = {commands.shown_key(key) for one in (*screen, *reader) for key in one.key.split(",")}
    named = re.findall(r"(?<!`)`([!-_a-~])`(?!`)", path.read_text(encoding="utf-8"))
    assert set(named) <= bound | {FINISHED}


@pytest.mark.parametrize("path", SHEETS, ids=named)
def test_what_a_sheet_lets_people_type_works_and_prints_what_it_shows(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("QCODE_PROJECT", "QCODE_CODER"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("QCODE_SETTINGS", str(tmp_path / "settings.toml"))
    texts = PROJECT.relative_to(ROOT) / "transcripts"
    shutil.copytree(ROOT / texts, tmp_path / texts)
    monkeypatch.chdir(tmp_path)
    printed = []
    for command, *words in typed(path):
        if command == "mkdir":
            Path(words[0]).mkdir()
        elif command == "cd":
            monkeypatch.chdir(words[0])
        else:
            assert command == "qcode"
            result = CliRunner().invoke(qcode, words)
            assert result.exit_code == 0, f"{words}: {result.output}"
            printed.append(result.output)
    output = squeezed(" ".join(printed))
    for line in blocks(path, "text"):
        assert squeezed(line) in output


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_ten_disagreements_stand_in_the_key(language: str) -> None:
    settled = list(disagreements(sheet(language, 3)))
    assert len(settled) == 10
    assert {code for _one, *codes in settled for code in codes if code} <= set(codebook())
    key = sealed()
    for one, sari, bima in settled:
        assert any(
            (row["document"], row["code sari"], row["code bima"]) == (one.document, sari, bima)
            and squeezed(one.words) in squeezed(row["words"])
            for row in key
        ), one.words


def disagreements(path: Path) -> Iterator[tuple[Quotation, str, str]]:
    """Yield each quotation that a line with both coders' codes follows."""
    found = quotations(path)
    last = None
    for line in lines(path):
        if line.startswith(">"):
            last = next(found)
        elif codes := SETTLED.fullmatch(line):
            assert last
            yield last, codes["sari"] or "", codes["bima"] or ""


def sealed() -> tuple[Row, ...]:
    return rows("teaching/key.csv")
