"""What somebody who waits at a terminal is told, and that it goes before anything is shown."""

from __future__ import annotations

import time

import pytest

from qcode.cli import diagnostics, output
from qcode.errors import Refused


def somebody_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    monkeypatch.setattr(diagnostics, "_PATIENCE", 0.01)


def test_who_waits_is_told_that_work_goes_on_until_there_is_something_to_show(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    somebody_waits(monkeypatch)
    with diagnostics.waiting():
        time.sleep(0.2)
        output.lines(["a table"])
        told = capsys.readouterr()
        time.sleep(0.1)
        diagnostics.note("a note")
    assert told.out == "a table\n"
    assert told.err.startswith("\rworking, 0 s; ctrl+c stops it")
    assert told.err.endswith(" \r")
    assert capsys.readouterr().err == "a note\n"


def test_what_waiting_told_is_gone_where_work_fails(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    somebody_waits(monkeypatch)

    @diagnostics.waiting()
    def work() -> None:
        time.sleep(0.2)
        raise Refused("no")

    with pytest.raises(Refused):
        work()
    assert capsys.readouterr().err.endswith(" \r")


def test_a_pipe_is_told_nothing_while_work_goes_on(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(diagnostics, "_PATIENCE", 0.01)
    with diagnostics.waiting():
        time.sleep(0.1)
    assert not capsys.readouterr().err
