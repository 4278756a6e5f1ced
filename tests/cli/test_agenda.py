from __future__ import annotations

import json
import re

from tests.cli.conftest import Run


def number(said: str) -> str:
    """Return the number that ends a sentence about a flag."""
    return str(re.findall(r"[0-9a-f]{6}", said)[-1])


def test_what_is_to_be_discussed_is_raised_answered_settled_and_opened_again(study: Run) -> None:
    study("apply", "W01", "33", "60", "takut")
    raised = study("codings", "flag", "W01:2.1", "disc", "--text", "takut atau malu?").stderr
    assert "W01 33-60: discuss, flag " in raised
    item = number(raised)
    study("codings", "flag", "W02", "33", "40", "discuss", "--coder", "budi")
    listed = study("agenda", "--by", "code").stdout
    assert "2 open, 2 without an answer" in listed
    assert re.search(rf"belajar/takut +{item} +W01:2 +sari .* 0 +takut atau malu\?", listed)
    assert "no code" in listed
    study("agenda", "answer", item, "-", "--coder", "budi", input="malu\n")
    shown = study("agenda", "show", item).stdout
    assert "W01:2 · discuss" in shown
    assert re.search(r"budi .* malu", shown)
    study("agenda", "settle", item, "--coder", "budi")
    assert item not in study("agenda").stdout
    assert "settled by budi" in study("agenda", "list", "--all", "--document", "W01").stdout
    assert "settled already" in study("agenda", "settle", item, code=1).stderr
    assert "Undone: settle" in study("undo", "--coder", "budi").stderr
    study("agenda", "settle", item, "--coder", "sari")
    study("agenda", "reopen", item)
    rows = json.loads(study("agenda", "--format", "json", "--by", "person").stdout)["rows"]
    assert [(row["coder"], row["answers"]) for row in rows] == [("budi", 0), ("sari", 1)]
    rows = json.loads(study("agenda", "--format", "json", "--person", "bud").stdout)["rows"]
    assert [row["coder"] for row in rows] == ["budi"]
    assert "no coder “tono”" in study("agenda", "--person", "tono", code=1).stderr
    history = study("history").stdout
    for told in ("raise something to discuss", "answer what is to be discussed",
                 "settle what was to be discussed", "open again what was settled"):  # fmt: skip
        assert told in history
    assert f"flag {item}" in study("memos").stdout


def test_every_flag_is_put_listed_found_and_taken_away_by_a_beginning_of_its_name(
    study: Run,
) -> None:
    study("apply", "W01", "33", "60", "takut")
    study("apply", "W01", "70", "80", "takut")
    for kind in ("key", "negative-case", "off-the-record", "not"):
        study("codings", "flag", "W01", "35", "38", kind)
    shown = study("documents", "show", "W01").stdout
    for name in ("key quotation", "negative case", "off the record", "not to be used"):
        assert f"▪ {name}  sari  35-38" in shown
    assert "W01:2" in study("agenda", "--flag", "key").stdout
    assert "1 excerpt withheld" in study("excerpts", "--flag", "not").stderr
    for kind in ("off the record", "not to be used", "key quotation", "negative"):
        study("codings", "unflag", "W01:2.1", kind)
    assert "▪" not in study("documents", "show", "W01").stdout
    assert "no such flag" in study("codings", "unflag", "W01:2.1", "key", code=1).stderr
    assert "no flag “penting”" in study("codings", "flag", "W01:2.1", "penting", code=1).stderr
    assert "START and END" in study("codings", "flag", "W01", "3", "key", code=1).stderr
