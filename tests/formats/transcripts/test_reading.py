"""Files are read whole; voices are counted and the interviewer is only proposed."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest

from qcode.errors import BadInput, NotFound
from qcode.formats.transcripts import likely_interviewer, read, read_bytes, voices
from qcode.formats.transcripts.voices import Voice

DIALOGUE = b"Siti: Apa kabar?\nAni: Baik, saya jualan keripik.\n"


def test_a_reading_names_the_file_and_the_hash_of_its_bytes(tmp_path: Path) -> None:
    path = tmp_path / "W01 Bu Ani.TXT"
    path.write_bytes(b"\xef\xbb\xbfP: Ya?\r\nN: Ya.\r\n")
    reading = read(path)
    assert (reading.name, reading.file) == ("W01 Bu Ani", "W01 Bu Ani.TXT")
    assert reading.transcript.text == "P: Ya?\nN: Ya.\n"
    assert reading.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()


def test_only_known_suffixes_are_read(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r"a\.pdf: .*\.txt, \.md, \.docx"):
        read(tmp_path / "a.pdf")


def test_a_missing_file_a_folder_and_a_pipe_are_refused(tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        read(tmp_path / "a.txt")
    (tmp_path / "b.txt").mkdir()
    with pytest.raises(BadInput):
        read(tmp_path / "b.txt")
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "c.txt")
        with pytest.raises(BadInput):
            read(tmp_path / "c.txt")


def test_a_file_over_200_megabytes_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    with path.open("wb") as file:
        file.truncate(200_000_001)
    with pytest.raises(BadInput, match="200 MB"):
        read(path)


def test_an_empty_word_file_is_refused() -> None:
    with pytest.raises(BadInput, match="empty"):
        read_bytes(b"", "a", ".docx")


def test_a_rare_label_is_reported_by_its_line() -> None:
    reading = read_bytes(DIALOGUE * 2 + b"Slamet: Setuju.\n", "a", ".txt")
    assert "line 5" in reading.warnings[0]
    assert "Slamet" not in reading.warnings[0]


def test_voices_are_counted_in_order_of_appearance() -> None:
    found = voices(read_bytes(DIALOGUE * 3, "a", ".txt").transcript)
    assert found == (Voice("Siti", 3, 6, 3), Voice("Ani", 3, 12, 0))
    assert likely_interviewer(found) == "Siti"


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        ((Voice("Researcher 1", 5, 900, 0), Voice("Ana", 5, 10, 5)), "Researcher 1"),
        ((Voice("P", 5, 50, 0), Voice("N", 5, 100, 0)), "P"),
        ((Voice("P", 5, 50, 0), Voice("I", 5, 100, 4)), ""),
        ((Voice("I", 9, 50, 8), Voice("P", 9, 900, 0)), "I"),
        ((Voice("Ani", 9, 50, 3), Voice("Budi", 9, 900, 3)), ""),
        ((Voice("Ani", 9, 50, 3),), ""),
        ((), ""),
    ],
)
def test_the_interviewer_is_proposed_only_when_clear(
    found: tuple[Voice, ...], expected: str
) -> None:
    assert likely_interviewer(found) == expected
