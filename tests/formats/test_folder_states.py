"""Earlier states of a codebook in a plain-text project, and what became of each code."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from qcode.errors import BadInput
from qcode.formats import folder
from qcode.formats.codebook import CodebookFile
from qcode.formats.folder import PlainChange, PlainState
from qcode.model.codebook import Code
from tests.formats.test_folder import PROJECT, TEXTS, change, minter

MODAL, PINJAMAN, BELAJAR, MALU, UANG, ARISAN = (digit * 32 for digit in "123456")
FIRST = CodebookFile(
    "Terbuka", "0.9",
    (Code(PINJAMAN, "utang"), Code(UANG, "uang", position=1),
     Code(BELAJAR, "belajar", position=2), Code(MALU, "malu", position=3)),
    {"note": "sesudah dua wawancara"},
)  # fmt: skip
SECOND = CodebookFile(
    "Dikelompokkan", "0.10",
    (Code(PINJAMAN, "pinjaman"), Code(BELAJAR, "belajar", position=1),
     Code(ARISAN, "arisan", position=2)),
)  # fmt: skip
LAST = PROJECT.codebook
STATES = (
    PlainState(FIRST),
    PlainState(SECOND, (
        PlainChange("rename", "utang", ("pinjaman",), "lebih netral", "2024-06-01"),
        PlainChange("merge", "malu", ("belajar",)),
        PlainChange("retire", "uang", (), "terlalu luas"),
        PlainChange("add", "", ("arisan",), "muncul di W02"),
    )),
    PlainState(LAST, (
        PlainChange("add", "", ("Modal",)),
        PlainChange("move", "pinjaman", ("Modal/Pinjaman",), "dikumpulkan"),
        PlainChange("rename", "pinjaman", ("Modal/Pinjaman",)),
        PlainChange("new meaning", "pinjaman", ("Modal/Pinjaman",), "kini juga bank"),
        PlainChange("retire", "belajar"),
        PlainChange("merge", "arisan", ("Modal",)),
    )),
)  # fmt: skip
STATED = replace(
    PROJECT,
    states=STATES,
    documents=(replace(PROJECT.documents[0], codebook="0.10"), PROJECT.documents[1]),
)
HISTORY = "codebook-history.csv"


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("written") / "desa"
    folder.write(STATED, place, TEXTS)
    return place


@pytest.fixture
def place(tmp_path: Path, written: Path) -> Path:
    """Return a copy of the written project."""
    return Path(shutil.copytree(written, tmp_path / "desa"))


def test_states_are_written_and_read_again_in_the_order_of_their_versions(place: Path) -> None:
    project = folder.read(place, minter())
    assert project == STATED
    assert [state.version for state in project.states] == ["0.9", "0.10", "1.0"]
    assert project.states[-1].codes == project.codebook.codes


def test_a_project_without_states_has_neither_their_files_nor_their_column(tmp_path: Path) -> None:
    folder.write(PROJECT, tmp_path / "desa", TEXTS)
    assert not list((tmp_path / "desa").glob("codebook-*"))
    assert "codebook" not in (tmp_path / "desa" / "documents.csv").read_text(encoding="utf-8")
    assert folder.read(tmp_path / "desa", minter()).states == ()


def test_the_present_version_may_be_named_where_there_is_no_history(tmp_path: Path) -> None:
    documents = (replace(PROJECT.documents[0], codebook="1.0"), PROJECT.documents[1])
    folder.write(replace(PROJECT, documents=documents), tmp_path / "desa", TEXTS)
    assert folder.read(tmp_path / "desa", minter()).documents == documents


def test_states_that_do_not_end_with_the_present_codebook_are_not_written(tmp_path: Path) -> None:
    for states in (STATES[:2], (replace(STATES[0], book=replace(FIRST, version="lama")),
                                *STATES[1:])):  # fmt: skip
        with pytest.raises(BadInput, match="the last state of a codebook"):
            folder.write(replace(STATED, states=states), tmp_path / "desa", TEXTS)
        assert not (tmp_path / "desa").exists()


@pytest.mark.parametrize(
    ("file", "old", "new", "sentence"),
    [
        (HISTORY, '"verb"', '"verba"', r":1: there is no column “verba”; .*“verb”"),
        (HISTORY, '"0.10","rename"', '"0.9","rename"', r":2 \[version\]: one of 0\.10, 1\.0"),
        (HISTORY, '"rename"', '"renamed"', r":2 \[verb\]: one of add, rename"),
        (HISTORY, '"utang"', '"hutang"',
         r":2 \[code\]: codebook 0\.9 has no code “hutang”; the nearest are: utang"),
        (HISTORY, '"utang"', '""', r":2 \[code\]: this cell must not be empty"),
        (HISTORY, '"utang","pinjaman"', '"utang","pinjam"',
         r":2 \[into\]: codebook 0\.10 has no code “pinjam”; the nearest are: pinjaman"),
        (HISTORY, '"utang","pinjaman"', '"utang",""', r":2 \[into\]: the path of one code"),
        (HISTORY, '"uang",""', '"uang","arisan"', r":4 \[into\]: a retired code goes into no"),
        (HISTORY, '"merge","malu"', '"split","malu"', r":3 \[into\]: .* two or more"),
        (HISTORY, '"merge","malu","belajar"', '"split","malu","belajar | arisan"',
         r":3 \[verb\]: a code that is to be new was in codebook 0\.9"),
        (HISTORY, '"add","","arisan"', '"add","uang","arisan"', r":5 \[code\]: a new code has no"),
        (HISTORY, '"add","","arisan"', '"add","","belajar"', r":5 \[verb\]: a code that is to be"),
        (HISTORY, '"merge","malu","belajar"', '"merge","utang","belajar"',
         r":3 \[verb\]: this code is in codebook 0\.10 still"),
        (HISTORY, '"retire","uang"', '"retire","malu"', r":4 \[code\]: another row says already"),
        (HISTORY, '"rename","utang","pinjaman"', '"rename","utang","arisan"',
         r":2 \[verb\]: these are two codes"),
        (HISTORY, '"rename","utang","pinjaman"', '"rename","belajar","belajar"',
         r":2 \[verb\]: the name is the same"),
        (HISTORY, '"rename","utang","pinjaman"', '"move","utang","pinjaman"',
         r":2 \[verb\]: the code stands below the same one"),
        (HISTORY, '"0.10","retire","uang","","terlalu luas",""\n', "",
         r": no row says why “uang” is not in codebook 0\.10"),
        ("codebook-0.9.toml", '"0.9"', '"0.8"', r"\[codebook: version\]: the name of the file"),
        ("codebook-0.9.toml", 'name = "utang"', "nama = 1", r"\[#1: name\]: this code lacks"),
        ("codebook.toml", '"1.0"', '"0.10"', r"\[codebook: version\]: beside earlier states"),
        ("codebook.toml", '"1.0"', '"akhir"', r"\[codebook: version\]: beside earlier states"),
        ("documents.csv", '"0.10"', '"0.11"',
         r":2 \[codebook\]: there is no codebook of version 0\.11 here; .* 0\.10"),
    ],
)  # fmt: skip
def test_a_history_that_does_not_fit_is_refused_with_file_line_and_field(
    place: Path, file: str, old: str, new: str, sentence: str
) -> None:
    change(place, file, old, new)
    with pytest.raises(BadInput, match=file.replace(".", r"\.") + ".*" + sentence):
        folder.read(place, minter())


def test_a_state_is_named_by_numbers(place: Path) -> None:
    (place / "codebook-0.9.toml").rename(place / "codebook-lama.toml")
    with pytest.raises(BadInput, match=r"codebook-lama\.toml: .*by its version: codebook-0\.3"):
        folder.read(place, minter())


def test_states_without_a_history_are_refused_for_the_codes_that_go(place: Path) -> None:
    (place / HISTORY).unlink()
    with pytest.raises(BadInput, match=r"codebook-history\.csv: no row says why “uang”"):
        folder.read(place, minter())
