"""Whatever is wrong with a file: one sentence, exit code 1, and the project as it was."""

from __future__ import annotations

import io
import os
import sqlite3
import zipfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from qcode.store.opening import open_project
from tests.cli.conftest import INTERVIEW, Run

FILE = "studi.qcode"


def changes(file: str = FILE) -> int:
    with closing(sqlite3.connect(file)) as connection:
        number: int = connection.execute('SELECT count(*) FROM "change"').fetchone()[0]
    return number


def docx(body: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as container:
        container.writestr("[Content_Types].xml", "<Types/>")
        container.writestr("word/document.xml", body)
    return stream.getvalue()


TRANSCRIPTS: dict[str, bytes] = {
    "empty.txt": b"",
    "picture.txt": b"\xff\xd8\xff\xe0\x00\x10JFIF" + bytes(range(256)) * 40,
    "koi8.txt": "Здравствуйте, расскажите о себе. ".encode("koi8-r") * 40,
    "chinese.txt": "你好，请谈谈你的工作。今天天气很好。".encode("gb18030") * 40,
    "nul.txt": b"P: Halo?\x00\nN: Iya.\x00\n" * 20,
    "bomb.docx": docx(b" " * 300_000_000),
    "broken.docx": b"PK\x03\x04 not a container",
    "table.pdf": b"%PDF-1.7",
}


@pytest.mark.parametrize("name", TRANSCRIPTS)
def test_a_bad_transcript_is_named_and_the_others_come_in(
    study: Run, here: Path, name: str
) -> None:
    (here / name).write_bytes(TRANSCRIPTS[name])
    before = changes()
    said = study("import", name, code=1).stderr
    assert said.startswith(f"Error: {name} was not imported: ")
    assert said.count("\n") == 1
    assert changes() == before
    (here / "W03.txt").write_text(INTERVIEW + "N: Sudah.\n", encoding="utf-8")
    both = study("import", name, "W03.txt", "W01.txt", code=1).stderr
    assert "1 document imported." in both
    assert "1 was in the project already: W01" in both
    assert f"{name} was not imported" in both
    assert "W03" in study("documents").stdout


def test_an_encoding_that_is_named_lets_a_text_in(study: Run, here: Path) -> None:
    (here / "koi8.txt").write_bytes(TRANSCRIPTS["koi8.txt"])
    assert "1 document imported." in study("import", "koi8.txt", "--encoding", "koi8-r").stderr


def test_a_label_that_nobody_bears_is_refused_before_anything_is_stored(
    study: Run, here: Path
) -> None:
    (here / "W03.txt").write_text(INTERVIEW + "N: Sudah.\n", encoding="utf-8")
    before = changes()
    said = study("import", "W03.txt", "--interviewer", "Pewawancara", code=1).stderr
    assert "there are: N, P" in said
    assert changes() == before


CODEBOOKS: dict[str, str] = {
    "circle.csv": "name,parent\na,b\nb,a\n",
    "twins.toml": '[[code]]\nname = "a"\n[[code]]\nname = "A"\n',
    "nameless.toml": '[[code]]\ndefinition = "tanpa nama"\n',
    "slash.toml": '[[code]]\nname = "a/b"\n',
    "field.toml": '[[code]]\nname = "a"\ndefinitoin = "salah ketik"\n',
    "syntax.toml": "[[code]\nname = a\n",
    "taken.toml": '[[code]]\nname = "x"\n[[code]]\nname = "Belajar"\n',
    "empty.csv": "",
    "kind.pdf": "%PDF",
}


@pytest.mark.parametrize("name", CODEBOOKS)
def test_a_bad_codebook_brings_nothing(study: Run, here: Path, name: str) -> None:
    (here / name).write_text(CODEBOOKS[name], encoding="utf-8")
    before = changes()
    said = study("codebook", "import", name, code=1).stderr
    assert said.startswith("Error: ")
    assert said.count("\n") == 1
    assert changes() == before


def test_a_codebook_without_codes_is_not_taken_for_one(study: Run, here: Path) -> None:
    (here / "kosong.toml").write_text("# nothing yet\n", encoding="utf-8")
    assert "holds no codes" in study("codebook", "import", "kosong.toml", code=1).stderr
    assert "import" not in study("history", "-n", "1").stdout


def test_a_project_is_not_made_with_a_bad_codebook(run: Run, here: Path) -> None:
    (here / "bad.toml").write_text(CODEBOOKS["twins.toml"], encoding="utf-8")
    run("init", "studi", "--codebook", "bad.toml", code=1)
    run("init", "studi", "--codebook", "missing.toml", code=1)
    assert not (here / FILE).exists()


CODINGS: dict[str, str] = {
    "other words": "W01,33,40,belajar,salah",
    "beyond": "W01,33,9999,belajar,",
    "backwards": "W01,40,33,belajar,",
    "no number": "W01,dua,33,belajar,",
    "no document": "W99,33,40,belajar,",
    "no code": "W01,33,40,bermain,",
}


@pytest.mark.parametrize("row", CODINGS.values(), ids=CODINGS)
def test_one_bad_row_keeps_all_codings_out(study: Run, here: Path, row: str) -> None:
    good = "W01,35,42,belajar,diajari"
    (here / "c.csv").write_text(f"document,start,end,code,words\n{good}\n{row}\n", "utf-8")
    before = changes()
    said = study("codings", "import", "c.csv", "--coder", "sari", code=1).stderr
    assert said.startswith("Error: c.csv:3")
    assert "salah" not in said
    assert changes() == before
    (here / "c.csv").write_text(f"document,start,end,code,words\n{good}\n{good}\n", "utf-8")
    assert "1 coding imported.\n1 was there already." in study("codings", "import", "c.csv").stderr
    assert "0 codings imported" in study("codings", "import", "c.csv").stderr


CASES: dict[str, str] = {
    "nameless": "name,village\n,Klaten\n",
    "twice": "name,village\nW01,Klaten\nw01,Boyolali\n",
    "consent": "name,consent\nW01,mungkin\n",
    "cells": "name,village\nW01\n",
}


@pytest.mark.parametrize("text", CASES.values(), ids=CASES)
def test_a_bad_table_of_cases_brings_nothing(study: Run, here: Path, text: str) -> None:
    (here / "cases.csv").write_text(text, encoding="utf-8")
    before = changes()
    said = study("cases", "import", "cases.csv", code=1).stderr
    assert said.startswith("Error: cases.csv:")
    assert changes() == before


@pytest.mark.parametrize("table", ["codings.csv", "speakers.csv", "codebook.toml", "documents.csv"])
def test_a_plain_project_with_one_bad_table_brings_nothing(
    study: Run, here: Path, table: str
) -> None:
    study("apply", "W01", "33", "60", "belajar")
    study("export", "project", "--to", "keluar")
    file = here / "keluar" / table
    spoilt = {
        "codings.csv": lambda text: text.replace(",33,60,", ",34,60,"),
        "speakers.csv": lambda text: text.replace('"W01","N"', '"W01","X"'),
        "codebook.toml": lambda text: text + '\n[[code]]\nname = "takut/cemas"\n',
        "documents.csv": lambda text: text.replace("W02.txt", "W09.txt"),
    }
    text = file.read_text(encoding="utf-8")
    assert spoilt[table](text) != text
    file.write_text(spoilt[table](text), encoding="utf-8")
    study("init", "lagi")
    before = changes("lagi.qcode")
    said = study("import", "keluar", "-p", "lagi.qcode", code=1).stderr
    assert "keluar was not imported: " in said
    assert table in said
    assert changes("lagi.qcode") == before


def jpeg(file: Path) -> None:
    file.write_bytes(TRANSCRIPTS["picture.txt"])


def truncated(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:20_000])


def newer(file: Path) -> None:
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA user_version=99")


def foreign(file: Path) -> None:
    file.unlink()
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("CREATE TABLE source (id)")


@pytest.mark.parametrize("spoil", [jpeg, truncated, newer, foreign])
@pytest.mark.parametrize("words", [("documents",), ("apply", "W01", "1", "2", "belajar")])
def test_a_file_that_is_no_sound_project_is_told_and_left_alone(
    study: Run, here: Path, spoil: Callable[[Path], None], words: tuple[str, ...]
) -> None:
    spoil(here / FILE)
    before = (here / FILE).read_bytes()
    said = study(*words, code=1).stderr
    assert said.startswith("Error: ")
    assert said.count("\n") == 1
    assert (here / FILE).read_bytes() == before


def test_a_damaged_file_can_be_looked_at(study: Run, here: Path) -> None:
    data = (here / FILE).read_bytes()
    (here / FILE).write_bytes(data.replace(b"anak muda sini", b"anak tuda sini"))
    result = study("check", code=1)
    assert "a stored text is not what it was" in result.stdout
    assert "tuda" not in result.output


def test_a_project_that_is_locked_is_told(study: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    impatient = {**(open_project.__kwdefaults__ or {}), "busy_ms": 10}
    monkeypatch.setattr(open_project, "__kwdefaults__", impatient)
    with closing(sqlite3.connect(FILE, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        said = study("apply", "W01", "1", "2", "belajar", code=1).stderr
        assert "nothing is lost, try again" in said
        assert "W01" in study("documents").stdout


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may write everything")
def test_a_project_that_may_only_be_read_can_be_read(study: Run, here: Path) -> None:
    (here / FILE).chmod(0o400)
    assert "W01" in study("documents").stdout
    said = study("apply", "W01", "1", "2", "belajar", code=1).stderr
    assert "may only be read" in said


def test_settings_that_are_broken_stop_nothing(study: Run, tmp_path: Path) -> None:
    (tmp_path / "settings.toml").write_text("coder = ", encoding="utf-8")
    said = study("apply", "W01", "33", "60", "belajar", "--coder", "bima").stderr
    assert "not valid TOML" in said
    assert "Coded: W01:2.1" in said
