"""Files from outside are opened without following a link and read up to a limit."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from qcode.errors import BadInput
from qcode.formats import files


def test_text_has_one_kind_of_line_end_and_no_control_characters(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"\xef\xbb\xbfa\r\nb\rc\nd\te\x1b]0;x\x07 \xc2\x9b\x00")
    assert files.text(path) == "a\nb\nc\nd\te�]0;x� ��"


def test_bytes_that_are_not_utf_8_are_refused_with_their_line(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes("nama\ndesa\nkaf\u00e9".encode("cp1252"))
    with pytest.raises(BadInput, match=r"a\.csv:3: .*byte 14.*CSV UTF-8"):
        files.text(path)


def test_a_file_larger_than_its_limit_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"12345")
    assert files.contents(path, 5) == b"12345"
    with pytest.raises(BadInput, match="larger than"):
        files.contents(path, 4)


def test_a_missing_file_and_a_folder_are_told_apart(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="no such file"):
        files.contents(tmp_path / "a.csv")
    with pytest.raises(BadInput, match=r"no ordinary file|a folder"):
        files.contents(tmp_path)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_links_pipes_and_devices_are_refused_without_waiting(tmp_path: Path) -> None:
    (tmp_path / "real").write_bytes(b"x")
    (tmp_path / "link").symlink_to(tmp_path / "real")
    os.mkfifo(tmp_path / "pipe")
    for name, why in ((tmp_path / "link", "a link"), (tmp_path / "pipe", "ordinary"),
                      (Path("/dev/zero"), "ordinary")):  # fmt: skip
        with pytest.raises(BadInput, match=why):
            files.contents(name)


def test_a_file_that_may_not_be_read_says_why(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_args: object) -> int:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "open", refuse)
    for name, why in ((tmp_path, "a folder"), (tmp_path / "a", "cannot be read: Permission")):
        with pytest.raises(BadInput, match=why):
            files.contents(name)
