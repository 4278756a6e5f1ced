"""The program as somebody sits before it: a real terminal, real keys, a real mouse."""

from __future__ import annotations

import codecs
import os
import pty
import re
import select
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from qcode.store import documents
from qcode.store.documents import NewDocument
from tests.tui.furnished import WILD, furnished
from tests.tui.harness import spoken
from tests.tui.study import SPEAKERS, Study
from tests.tui.terminal import PROGRAM, ROOT, Terminal, terminal

needs_tmux = pytest.mark.skipif(
    shutil.which("tmux") is None and not os.environ.get("CI"), reason="needs tmux"
)

NUMBERS = [
    "nol",
    "satu",
    "dua",
    "tiga",
    "empat",
    "lima",
    "enam",
    "tujuh",
    "delapan",
    "sembilan",
    "sepuluh",
    "sebelas",
]
TALK = spoken(*(("N", f"Kalimat nomor {number} di sini.") for number in NUMBERS))
KADER, KIRIM, LITERASI = "kader digital", "biaya kirim", "literasi digital rendah"


@pytest.fixture
def talk(study: Study) -> Study:
    """A study with a document of twelve short turns."""
    with study.project.write(study.sari, "import") as step:
        added, _skipped = documents.add(step, [NewDocument("W09", TALK, speakers=SPEAKERS)])
    study.documents |= added
    return study


def spans(study: Study) -> list[tuple[str, str]]:
    """Return what is coded in the talk, in its order: the exact words, and the code."""
    names = {id: name for name, id in study.codes.items()}
    found = sorted(study.codings("W09"), key=lambda one: one.start)
    return [(TALK.text[one.start : one.end], names[one.code]) for one in found]


def begin(shown: Terminal) -> None:
    """Wait for the document, and for the counts that come after it."""
    shown.until("Turn 1 of 12")
    shown.until("sebelas")


@needs_tmux
@pytest.mark.parametrize("environment", [{}, {"TERM": "xterm"}, {"NO_COLOR": "1"}], ids=str)
def test_a_sentence_is_coded_in_a_real_terminal(study: Study, environment: dict[str, str]) -> None:
    with terminal(study.place, environment=environment) as shown:
        shown.until("Turn 1 of 6")
        shown.press(")", ")", ")", "Enter")
        shown.until("esc close")
        shown.press(*"lterasi", "Enter")
        assert "╺" in shown.until(f"Coded: {LITERASI}")
        assert study.coded() == [("Saya ini kan sepuh, takut kepencet.", LITERASI)]


@needs_tmux
def test_ten_segments_are_coded_by_keyboard_alone(talk: Study) -> None:
    """Arrows, shift and arrows, enter, letters that find a code in the palette."""
    with terminal(talk.place, "W09", (120, 36)) as shown:
        begin(shown)
        for at in range(10):
            code, typed = ((KADER, "kader"), (KIRIM, "ongkir"))[at % 2]
            shown.press("Home", "C-Right", *["C-S-Right"] * 2, *["S-Right"] * (at % 3))
            shown.until(f"Turn {at + 1} of 12 · {2 + bool(at % 3)} words selected")
            shown.press("Enter")
            shown.until("esc close")
            shown.press(*typed, "Enter")
            shown.until(f"Coded: {code}")
            shown.press("Down")
            shown.until(f"Turn {at + 2} of 12")
    wanted = [
        (f"Kalimat nomor {number[: at % 3]}".rstrip(), (KADER, KIRIM)[at % 2])
        for at, number in enumerate(NUMBERS[:10])
    ]
    assert spans(talk) == wanted


@needs_tmux
def test_ten_segments_are_coded_by_mouse_alone(talk: Study) -> None:
    """Words are dragged over; two clicks in the codebook give a code, or a click in the palette."""
    with terminal(talk.place, "W09", (120, 36)) as shown:
        begin(shown)
        for at, number in enumerate(NUMBERS[:10]):
            words = f"nomor {number} di"
            shown.drag(words)
            shown.until(f"Turn {at + 1} of 12 · 3 words selected")
            if at % 2:
                shown.click("▌kader", times=2)
                shown.until(f"Coded: {KADER}")
            else:
                shown.click("Code ")
                shown.until("esc close")
                shown.click("▌ biaya kirim")
                shown.until(f"Coded: {KIRIM}")
    wanted = [
        (f"nomor {number} di", (KIRIM, KADER)[at % 2]) for at, number in enumerate(NUMBERS[:10])
    ]
    assert spans(talk) == wanted


@needs_tmux
def test_ten_segments_are_coded_with_letters_enter_escape_and_control_alone(talk: Study) -> None:
    """As on a phone: no arrows, no function keys, no mouse, no signs."""
    with terminal(talk.place, "W09", (120, 36)) as shown:
        begin(shown)
        for at in range(10):
            motions = (["w", "v", "w", "w", "h"], ["w", "w", "v", "w", "l"])[at % 2]
            shown.press(*motions)
            shown.until(f"Turn {at + 1} of 12 · 2 words selected")
            shown.press("c" if at % 2 else "Enter")
            shown.until("esc close")
            shown.press(*"lit", "C-m")
            shown.until(f"Coded: {LITERASI}")
            shown.press("Escape")
            shown.until(lambda screen: "selected" not in screen and "Coded:" not in screen)
            shown.press("g", *"j" * (at + 1))
            shown.until(f"Turn {at + 2} of 12")
        shown.press("C-z")
        shown.until("Undone")
        shown.press("C-y")
        shown.until("Done again")
    wanted = [
        (f"nomor {number[:2]}" if at % 2 else "Kalimat nomor", LITERASI)
        for at, number in enumerate(NUMBERS[:10])
    ]
    assert spans(talk) == wanted


def written(place: Path, answers: dict[str, bytes]) -> bytes:
    """Return every byte that the program writes; it is sent keys when it shows what they answer."""
    master, slave = pty.openpty()
    given = {"TERM": "xterm-256color", "COLUMNS": "200", "LINES": "50", "PYTHONPATH": str(ROOT)}
    program = subprocess.Popen(
        [sys.executable, "-c", PROGRAM, str(place), ""],
        stdin=slave, stdout=slave, stderr=slave, env=os.environ | given,
    )  # fmt: skip
    os.close(slave)
    raw, end = b"", time.monotonic() + 30
    try:
        for shown, keys in answers.items():
            while shown.encode() not in raw:
                assert time.monotonic() < end, (shown, raw[-2000:])
                if select.select([master], [], [], 0.1)[0]:
                    raw += os.read(master, 65536)
            os.write(master, keys)
    finally:
        program.kill()
        program.wait()
        os.close(master)
    return raw


OURS = re.compile(
    rb"\x1b(?:\[[0-9;:?<>=$]*[A-Za-z]|[78=>]|[()][A-Z0-9]|P[^\x1b]*\x1b\\|\]22;[a-z]*(?:\x07|\x1b\\))"
    rb"|\x1b[^A-Za-z]*$"
)
"""What Textual itself writes: control sequences, the shape of the pointer, and nothing else."""


def test_no_escape_of_the_data_reaches_the_terminal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QCODE_SETTINGS", str(tmp_path / "settings.toml"))
    study = furnished(
        tmp_path, WILD.replace("[b]", "\x1b[31mMERAH\x1bPq#0\x1b\\\x9c\x9d52;c;eA\x9c")
    )
    study.project.close()
    raw = written(study.place, {
        "1 of 1 documents": b"\r", "Turn 1 of 3": b"}}", "Turn 2 of 3": b"\r", "Use when: ": b"",
    })  # fmt: skip
    assert b"MERAH" in raw
    text = codecs.getincrementaldecoder("utf-8")().decode(raw)
    assert "\x1b[31mMERAH" not in text
    assert not re.search("[\x80-\x9f\u202e\u200b]", text)
    rest = OURS.sub(b"", raw)
    assert b"\x1b" not in rest, rest[max(0, rest.index(b"\x1b") - 40) :][:120]
    assert b"\x07" not in rest
