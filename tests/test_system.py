"""Files and folders as each platform gives them."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from qcode import system
from qcode.errors import BadInput, Refused, Unusable

posix = pytest.mark.skipif(os.name == "nt", reason="Windows has no permission bits")


def mode(path: Path) -> int:
    return path.stat().st_mode & 0o777


@posix
def test_what_is_created_is_readable_by_its_owner_alone(tmp_path: Path) -> None:
    system.create_private(tmp_path / "new.qcode")
    system.write_atomically(tmp_path / "out.csv", b"a")
    folder = system.private_folder(tmp_path / "a" / "backups")
    assert [mode(tmp_path / "new.qcode"), mode(tmp_path / "out.csv"), mode(folder)] == [
        0o600,
        0o600,
        0o700,
    ]
    assert not system.readable_by_others(tmp_path / "out.csv")
    (tmp_path / "out.csv").chmod(0o640)
    assert system.readable_by_others(tmp_path / "out.csv")


def test_a_file_that_exists_is_not_created_again(tmp_path: Path) -> None:
    file = tmp_path / "study.qcode"
    file.write_bytes(b"kept")
    with pytest.raises(Refused, match="exists already"):
        system.create_private(file)
    assert file.read_bytes() == b"kept"


def test_writing_replaces_the_whole_file_and_leaves_nothing_beside_it(tmp_path: Path) -> None:
    file = tmp_path / "out.csv"
    file.write_bytes(b"old and longer")
    system.write_atomically(file, b"new")
    assert file.read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [file]


@posix
def test_a_link_is_replaced_and_its_target_left_alone(tmp_path: Path) -> None:
    victim, link = tmp_path / "victim", tmp_path / "out.csv"
    victim.write_bytes(b"precious")
    link.symlink_to(victim)
    system.write_atomically(link, b"new")
    assert victim.read_bytes() == b"precious"
    assert link.read_bytes() == b"new"


def test_a_write_that_fails_leaves_the_old_file_and_no_rest(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    file = tmp_path / "out.csv"
    file.write_bytes(b"old")
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(Unusable, match="No space left"):
        system.write_atomically(file, b"new")
    assert file.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [file]


def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="not a file"):
        system.write_atomically(tmp_path, b"x")
    with pytest.raises(Unusable, match=r"cannot write .*there is no folder .*missing; make it"):
        system.write_atomically(tmp_path / "missing" / "out.csv", b"x")
    with pytest.raises(Unusable, match="cannot write"):
        system.create_private(tmp_path / "missing" / "new.qcode")
    (tmp_path / "file").touch()
    with pytest.raises(Unusable, match="cannot write"):
        system.private_folder(tmp_path / "file" / "below")


@posix
def test_a_device_is_never_replaced() -> None:
    with pytest.raises(Refused, match="not a file"):
        system.write_atomically(Path("/dev/null"), b"x")
    with pytest.raises(Refused, match="not a file"):
        system.write_atomically(Path("/dev/stdout"), b"x")


@pytest.mark.parametrize(
    "place",
    [
        "/home/siti/Dropbox/study",
        "/home/siti/OneDrive - Universitas/study",
        "/Users/siti/Library/CloudStorage/GoogleDrive-siti/study",
        "/home/siti/Nextcloud/study",
    ],
)
def test_a_synchronised_folder_is_pointed_out(place: str) -> None:
    assert "synchronised" in system.warning_about(Path(place) / "study.qcode")


@posix
def test_a_network_drive_is_pointed_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    mounts = tmp_path / "mounts"
    mounts.write_text(
        "rootfs / ext4 rw 0 0\nhost:/export /mnt/field\\040work nfs4 rw 0 0\nbroken\n",
        encoding="utf-8",
    )
    monkeypatch.setattr(system, "_MOUNTS", mounts)
    assert "network" in system.warning_about(Path("/mnt/field work/a/study.qcode"))
    assert system.warning_about(Path("/mnt/other/study.qcode")) == ""
    monkeypatch.setattr(system, "_MOUNTS", tmp_path / "none")
    assert system.warning_about(Path("/mnt/field work/study.qcode")) == ""


def test_the_computer_has_a_name() -> None:
    assert system.machine()


@pytest.mark.parametrize("typed", ["~nobody-of-that-name/x.csv", "a\0b.csv", f"{'x' * 300}.csv"])
def test_what_cannot_be_the_place_of_a_file_is_said_to_be_none(typed: str) -> None:
    with pytest.raises(BadInput, match="place of a file"):
        system.typed_path(typed)


def test_a_path_is_typed_with_the_home_folder_as_a_wave(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    assert system.typed_path("~/excerpts.csv") == tmp_path / "excerpts.csv"
