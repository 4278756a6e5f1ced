"""Tables for machines: no two columns have one name, and a code is told by its whole path."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from qcode.cli.main import qcode
from qcode.settings import shipped
from tests.cli.test_blindness import FINISHED, READING
from tests.workflows.blinded import Blinded

Written = Callable[..., str]


def writer(place: Path, patch: pytest.MonkeyPatch) -> Written:
    patch.setenv("QCODE_SETTINGS", str(place.parent / "settings.toml"))
    patch.delenv("QCODE_CODER", raising=False)

    def written(*words: str, coder: str = "guru") -> str:
        result = CliRunner().invoke(qcode, ["-p", str(place), "--coder", coder, *words])
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result.stdout if result.exit_code == 0 else ""

    return written


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Blinded:
    return Blinded.made(tmp_path_factory.mktemp("kecil"))


@pytest.fixture(scope="module")
def villages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("desa") / "desa.qcode"
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(place.parent)
        patch.setenv("QCODE_SETTINGS", str(place.parent / "settings.toml"))
        for words in (["init", "desa", "--coder", "sari"],
                      ["import", str(shipped("projects") / "three-villages")]):  # fmt: skip
            assert CliRunner().invoke(qcode, words).exit_code == 0
    return place


def checked(text: str) -> list[str]:
    """Return the header of a CSV file, no two columns of which have one name."""
    header = next(csv.reader(io.StringIO(text)), [])
    assert len({name.casefold() for name in header}) == len(header), header
    return header


def test_no_two_columns_of_any_table_have_one_name(
    small: Blinded, monkeypatch: pytest.MonkeyPatch
) -> None:
    written = writer(small.place, monkeypatch)
    tables = 0
    for words in dict.fromkeys((*READING, *FINISHED)):
        asked = tuple(word.format(flag=small.flag[-6:]) for word in words)
        if words[0] in ("export", "init") or "--format" in words or "-o" in words:
            continue
        tables += bool(checked(written(*asked, "--format", "csv")))
        if text := written(*asked, "--format", "json"):
            found = json.loads(text)
            keys = [one["key"] for one in found["columns"]] if "columns" in found else []
            assert len(set(keys)) == len(keys), words
    assert tables > 40


@pytest.mark.parametrize("words", [
    "freq --rolled --percent", "freq --by-coder", "compare --by desa", "compare --by peran --percent",
    "compare --by desa --by peran", "cooccur", "cooccur --matrix", "cooccur --matrix --rolled",
    "saturation", "agreement --all", "triangulate --by desa", "attributes", "indicators",
    "themes", "patterns --by desa", "matrix --attributes",
])  # fmt: skip
def test_nor_do_those_of_the_sample(
    villages: Path, monkeypatch: pytest.MonkeyPatch, words: str
) -> None:
    assert checked(writer(villages, monkeypatch)(*words.split(), "--format", "csv", coder="sari"))


def test_two_codes_of_one_name_are_told_apart_by_their_paths(
    villages: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written = writer(villages, monkeypatch)
    below = "pelatihan literasi/praktik langsung"
    for words in (("freq", "--code", "kapasitas digital"),
                  ("compare", "--by", "desa", "--code", "kapasitas digital")):  # fmt: skip
        rows = list(csv.DictReader(io.StringIO(written(*words, "--format", "csv", coder="sari"))))
        assert rows[-1]["path"].startswith("kapasitas digital/kader digital/")
        assert f"kapasitas digital/{below}" in {row["path"] for row in rows}
        found = json.loads(written(*words, "--format", "json", coder="sari"))
        assert [row["path"] for row in found["rows"]] == [row["path"] for row in rows]
    pairs = csv.DictReader(io.StringIO(written("cooccur", "--format", "csv", coder="sari")))
    one = next(iter(pairs))
    assert one["path"].endswith(f"/{one['code']}")
    assert one["path (with)"].endswith(f"/{one['with']}")
    assert "also in observation notes (of)" in one


def test_words_are_cut_for_readers_and_whole_for_machines(
    villages: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written = writer(villages, monkeypatch)
    asked = ("codings", "list", "--document", "W02")
    words = [row["words"] for row in csv.DictReader(
        io.StringIO(written(*asked, "--format", "csv", coder="sari")))]  # fmt: skip
    assert max(map(len, words)) > 100
    assert not any(one.endswith("…") for one in words)
    found = json.loads(written(*asked, "--format", "json", coder="sari"))
    assert [row["words"] for row in found["rows"]] == words
    shown = written(*asked, coder="sari")
    assert not any(one in shown for one in words if len(one) > 100)
    assert "…" in shown
