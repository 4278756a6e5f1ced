"""What qcode remembers, and how it finds coder, project and shipped folders."""

from __future__ import annotations

import getpass
from pathlib import Path

import pytest

from qcode import settings
from qcode.errors import BadInput, NotFound


@pytest.fixture(autouse=True)
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    file = tmp_path / "home" / "settings.toml"
    monkeypatch.setenv("QCODE_SETTINGS", str(file))
    for name in ("QCODE_CODER", "QCODE_PROJECT"):
        monkeypatch.delenv(name, raising=False)
    return file


def test_asked_beats_environment_beats_remembered_beats_login(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(getpass, "getuser", lambda: "login")
    assert settings.coder_name() == "login"
    settings.remember_coder("remembered")
    assert settings.coder_name() == "remembered"
    monkeypatch.setenv("QCODE_CODER", "environment")
    assert settings.coder_name() == "environment"
    assert settings.coder_name("asked") == "asked"


def test_a_computer_without_a_login_name_still_has_a_coder(monkeypatch: pytest.MonkeyPatch) -> None:
    def nobody() -> str:
        raise OSError

    monkeypatch.setattr(getpass, "getuser", nobody)
    assert settings.coder_name() == "coder"


def test_remembering_keeps_what_else_a_person_wrote(file: Path) -> None:
    file.parent.mkdir()
    file.write_text('# mine\nother = 1\ncoder = "a"\n', encoding="utf-8")
    settings.remember_coder("Siti “x”")
    assert file.read_text(encoding="utf-8") == '# mine\nother = 1\ncoder = "Siti “x”"\n'


def test_keys_are_read_however_their_ids_are_written_and_the_theme_beside_them(file: Path) -> None:
    settings.remember_theme("nord")
    with file.open("a", encoding="utf-8") as more:
        more.write('[keys]\n"coding.undo" = "U"\ncoding.memo = "M"\nreader.word.next = 3\n')
    kept = settings.remembered()
    assert kept.theme == "nord"
    assert kept.keys == {"coding.undo": "U", "coding.memo": "M"}
    assert "“reader.word.next” must be a text" in kept.problem
    settings.remember_theme("gruvbox")
    settings.remember_coder("sari")
    assert settings.remembered().keys == kept.keys
    assert settings.remembered().theme == "gruvbox"


@pytest.mark.parametrize("content", [b"coder = ", b"coder = 3\n", b"\xff\xfe"])
def test_a_broken_file_is_left_out_with_a_sentence(file: Path, content: bytes) -> None:
    file.parent.mkdir()
    file.write_bytes(content)
    kept = settings.remembered()
    assert kept.coder == ""
    assert str(file) in kept.problem


def test_a_broken_file_is_never_overwritten(file: Path) -> None:
    file.parent.mkdir()
    file.write_text("coder = ", encoding="utf-8")
    with pytest.raises(BadInput, match="mend or delete"):
        settings.remember_coder("x")
    assert file.read_text(encoding="utf-8") == "coder = "


def test_the_settings_have_a_place_of_their_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("QCODE_SETTINGS")
    assert settings.settings_file().name == "settings.toml"
    assert "qcode" in settings.settings_file().parts


def test_the_project_is_the_one_in_the_folder_unless_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(NotFound, match="no project"):
        settings.project_place(folder=tmp_path)
    (tmp_path / "a.qcode").touch()
    assert settings.project_place(folder=tmp_path) == str(tmp_path / "a.qcode")
    (tmp_path / "b.qcode").touch()
    with pytest.raises(NotFound, match=r"a\.qcode, b\.qcode"):
        settings.project_place(folder=tmp_path)
    monkeypatch.setenv("QCODE_PROJECT", "postgresql://host/db")
    assert settings.project_place(folder=tmp_path) == "postgresql://host/db"
    assert settings.project_place("c.qcode", tmp_path) == "c.qcode"


def test_shipped_folders_are_found_and_others_are_not() -> None:
    assert settings.shipped("codebooks").is_dir()
    assert settings.shipped("projects").is_dir()
    with pytest.raises(NotFound, match="missing"):
        settings.shipped("no such folder")
