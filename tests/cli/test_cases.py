"""Cases made and taken out of view from the command line."""

from __future__ import annotations

from tests.cli.conftest import Run


def test_a_case_is_added_retired_and_brought_back(study: Run) -> None:
    study("cases", "add", "Klaten", "--kind", "village")
    assert (
        "there is a case village Klaten already"
        in study("cases", "add", "klaten", "--kind", "desa", code=1).stderr
    )
    study("cases", "retire", "Klaten")
    assert "Klaten" not in study("cases", "list").stdout
    assert "bring it back" in study("cases", "add", "Klaten", "--kind", "village", code=1).stderr
    study("cases", "retire", "Klaten", "--undo")
    assert "Klaten" in study("cases", "list").stdout
    assert "add a case" in study("history").stdout
