"""Every command, in every format: what was not released is found in nothing that it brings out.

A command that is registered is walked by itself where it needs no argument; else CALLS says how it
is called.
"""

from __future__ import annotations

import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from qcode.cli.commands import COMMANDS
from qcode.cli.main import load, qcode
from tests.cli.kept_inside import SECRETS, furnish
from tests.cli.test_blindness import WRITING, leaves

Leaf = tuple[str, ...]
CALLS: dict[Leaf, tuple[tuple[str, ...], ...]] = {
    ("agenda", "show"): (("{flag}",),),
    ("codebook", "export"): ((), ("--to", "{out}.docx")),
    ("codebook", "show"): ((), ("takut",)),
    ("compare",): (("--by", "village"), ("--by", "village", "--by", "role")),
    ("excerpts",): ((), ("--layer", "bima"), ("--code", "takut", "--memos"), ("--text", "takut")),
    ("export", "codebook"): ((),),
    ("export", "report"): tuple(("--to", f"{{out}}.{one}") for one in ("html", "docx", "md")),
    ("export", "tables"): tuple(
        ("--to", "{out}", "--format", one) for one in ("xlsx", "csv", "docx")
    ),
    ("find",): (
        ("takut",), ("Z",), ("takut", "--code", "takut"), ("takut", "--stem", "--near", "9", "--and", "takut"),
        ("takt", "--fuzzy"), (".+", "--regex"),
    ),
    ("framework", "show"): (("Ani", "takut"),),
    ("guide", "answers"): (("1",),),
    ("guide", "codes"): (("1",),),
    ("guide", "find"): (("--least", "30"),),
    ("member-check", "page"): (
        ("Ani",), ("Ani", "--read-aloud", "--codes", "--memos"), ("Dewi",), ("Citra",), ("Edo",),
    ),
    ("minutes",): ((),),
    ("narrative", "pieces"): (("Ani",), ("Dewi",), ("Edo",)),
    ("narrative", "show"): (("Ani",), ("Dewi",), ("Edo",), ("--all", "--to", "{out}")),
    ("patterns",): (("--by", "village", "--least", "1"),),
    ("rounds", "proposals"): (("R1",),),
    ("rounds", "show"): (("R1",),),
    ("themes", "quotations"): ((),),
    ("themes", "show"): (("tema",),),
    ("triangulate", "show"): ((), ("--by", "role")),
}  # fmt: skip
"""What a command is asked that needs an argument, or that is asked in several ways."""
INSIDE = {
    ("demo",): "makes another project",
    ("code",): "opens the screen on which the text is read",
    ("documents", "show"): "shows the text to those who code it",
    ("export", "project"): "is the project itself, as plain files",
    ("backup",): "is the project itself",
    ("import",): "", ("init",): "", ("merge",): "", ("undo",): "", ("redo",): "", ("apply",): "",
    ("assign",): "", ("rounds", "close"): "", ("indicators",): "needs numbers",
}  # fmt: skip
"""Commands that must hold all words, or that show none, with the reason."""
SUFFIXES = (".docx", ".xlsx", ".html", ".md", ".txt", ".csv", ".json", ".tex", ".svg", ".pdf")
ALL = {name: load(entry) for name, entry in COMMANDS.items()}
FILES = count(1)


def silent() -> set[Leaf]:
    """Return the commands that change something, by the list of those that code blind."""
    found: set[Leaf] = set()
    for line in WRITING:
        group, _colon, names = line.rpartition(":")
        found |= {(*filter(None, (group,)), name) for name in names.split()}
    return found


def command(leaf: Leaf) -> click.Command:
    found = ALL[leaf[0]]
    for name in leaf[1:]:
        assert isinstance(found, click.Group)
        found = found.commands[name]
    return found


def writes_files(leaf: Leaf) -> bool:
    return any(
        "-o" in one.opts or ("--to" in one.opts and isinstance(one.type, click.Path))
        for one in command(leaf).params
    )


def needs_words(leaf: Leaf) -> bool:
    return any(one.required for one in command(leaf).params)


def is_walked(leaf: Leaf) -> bool:
    if leaf in INSIDE or leaf in CALLS:
        return leaf in CALLS
    return writes_files(leaf) or not (needs_words(leaf) or leaf in silent())


WALKED = sorted(
    leaf for name, entry in ALL.items() for leaf in leaves(entry, (name,)) if is_walked(leaf)
)


def test_every_command_that_writes_files_can_be_walked() -> None:
    lacking = [leaf for leaf in WALKED if leaf not in CALLS and needs_words(leaf)]
    assert not lacking, f"say in CALLS how they are called: {lacking}"


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """Return a project that holds words of every kind that was not released, and a flag in it."""
    return furnish(tmp_path_factory.mktemp("kept"))


def test_the_words_are_there_to_be_found(
    kept: tuple[Path, str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("QCODE_SETTINGS", str(tmp_path / "settings.toml"))
    texts = ""
    for name in ("W04", "W05", "W06"):
        shown = CliRunner().invoke(qcode, ["documents", "show", name, "-p", str(kept[0])])
        texts += shown.output
    assert [one for one in SECRETS if one not in texts] == ["ZTRANS"]


def called(leaf: Leaf, words: tuple[str, ...], folder: Path) -> Iterator[tuple[str, ...]]:
    """Yield a call in each of its formats, to a file where the format needs one."""
    if "--to" in words:
        yield (*leaf, *words)
        return
    format = next((one for one in command(leaf).params if one.name == "format"), None)
    if isinstance(format, click.Option) and isinstance(format.type, click.Choice):
        yield (*leaf, *words)
        for name in format.type.choices:
            yield (*leaf, *words, "--format", name, "-o", str(folder / f"{next(FILES)}.{name}"))
    elif any("-o" in one.opts for one in command(leaf).params):
        yield (*leaf, *words)
        for suffix in SUFFIXES:
            yield (*leaf, *words, "-o", str(folder / f"{next(FILES)}{suffix}"))
    else:
        yield (*leaf, *words)


def brought_out(folder: Path) -> Iterator[str]:
    """Yield all that was written, the parts of packed files and the text of printed pages too."""
    for file in sorted(folder.rglob("*")):
        if not file.is_file():
            continue
        if zipfile.is_zipfile(file):
            with zipfile.ZipFile(file) as packed:
                yield from (
                    packed.read(name).decode(errors="replace") for name in packed.namelist()
                )
        elif file.read_bytes().startswith(b"%PDF") and (tool := shutil.which("pdftotext")):
            read = [tool, str(file), "-"]
            yield subprocess.run(read, capture_output=True, check=True).stdout.decode()
        else:
            yield file.read_bytes().decode(errors="replace")


@pytest.mark.parametrize("leaf", WALKED, ids=" ".join)
def test_what_was_not_released_is_in_no_output(
    leaf: Leaf, kept: tuple[Path, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place, flag = kept
    copy = tmp_path / "p" / place.name
    copy.parent.mkdir()
    shutil.copy(place, copy)
    written = tmp_path / "out"
    written.mkdir()
    for name in ("QCODE_PROJECT", "QCODE_CODER"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("QCODE_SETTINGS", str(tmp_path / "settings.toml"))
    monkeypatch.chdir(copy.parent)
    succeeded = 0
    for words in CALLS.get(leaf, ((),)):
        out = str(written / f"to{next(FILES)}")
        asked = tuple(word.format(flag=flag[-6:], out=out) for word in words)
        for call in called(leaf, asked, written):
            result = CliRunner().invoke(qcode, ["--coder", "guru", *call])
            if result.exception and not isinstance(result.exception, SystemExit):
                raise result.exception
            assert result.exit_code in (0, 1), result.output
            succeeded += not result.exit_code
            found = [one for one in SECRETS if one in result.output]
            assert not found, (call, found)
    assert succeeded, f"{leaf} brought out nothing: say in CALLS how it is called"
    for text in brought_out(written):
        assert not [one for one in SECRETS if one in text], leaf
