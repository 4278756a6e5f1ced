"""Steps in words, and times as people say them."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest

from qcode.model.change import Step
from qcode.workflows.telling import told, when

WIB = timezone(timedelta(hours=7))
NOW = datetime(2026, 3, 5, 0, 30, tzinfo=WIB)


@pytest.mark.parametrize(
    ("hours", "words"),
    [(0, "today 00:30"), (1, "yesterday 23:30"), (24, "yesterday 00:30"), (25, "2026-03-03 23:30")],
)
def test_a_time_is_told_in_the_zone_of_who_reads(hours: int, words: str) -> None:
    at = (NOW - timedelta(hours=hours)).timestamp() * 1000
    assert when(int(at), NOW) == words


def step(verb: str, **rows: int) -> Step:
    return Step("1", "2", verb, 0, False, rows)


@pytest.mark.parametrize(
    ("done", "words"),
    [
        (step("recode", coding=3), "recode 3 segments"),
        (step("apply", coding=1, status=1), "code 1 segment"),
        (step("import", document=9, version=9, case=1), "import 9 documents, 1 case"),
        (step("import"), "import"),
        (step("merge codes", code=1), "merge a code into another"),
        (step("what a later qcode does"), "what a later qcode does"),
    ],
)
def test_a_step_is_told_in_words(done: Step, words: str) -> None:
    assert told(done) == words
