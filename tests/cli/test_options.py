"""Options that go against each other, or are given nothing, are refused and never passed over."""

from __future__ import annotations

import pytest

from tests.cli.conftest import Run

AGAINST = (
    ("excerpts --match stem", 1, "--match says how --text is looked for"),
    ("excerpts --language en", 1, "--language is that of word stems"),
    ("freq --text anak --language en", 1, "add --match stem"),
    ("matrix --words --passages", 2, "--passages and --words say different things"),
    ("matrix --cases --documents", 2, "say different things"),
    ("matrix --names --for r -o x.csv", 1, "--names shows what the columns stand for"),
    ("compare --by a --by b --by c", 1, "by one attribute or by two; you named a, b, c"),
    ("compare --by a --by b --roles c", 1, "--roles adds a column to a comparison by one"),
    ("cooccur --informants --jaccard", 2, "say different things"),
    ("find anak --word --fuzzy", 2, "say different things"),
    ("codebook move takut --up --down", 2, "say different things"),
    ("codebook move takut --up --reason x", 2, "an order has no reason"),
    ("codebook show takut -o x.csv", 1, "one code is shown as text"),
    ("codebook show takut --retired", 2, "are for the tree of codes"),
    ("themes move tema --up --under b", 2, "say one"),
    ("narrative --format html", 1, "without CASE the stories are listed"),
    ("narrative --outline", 2, "--outline is of one case"),
    ("documents speakers --label N", 2, "say what of this speaker changes"),
    ("documents speakers --label N --name Ani -o x.csv", 1, "speakers are changed"),
    ("documents finish W01 --nothing --undo", 2, "say different things"),
    ("backup -o x.csv", 1, "the copy lies in backups/"),
    ("revisit W01 --done -o x.csv", 1, "it is recorded"),
    ("cases link --same-names W01", 2, "or give --same-names"),
    ("assign W01 --to sari --code takut", 2, "documents are named, or"),
    ("assign --double 1 --to sari", 2, "what is drawn goes to --coders"),
    ("assign --round R1", 2, "name documents, or say how many"),
    ("agreement --by pair --all", 1, "--all adds to the figures"),
    ("agreement --against-consensus --unit sentence", 1, "has no --unit"),
    ("agreement --no-interval --seed 4", 1, "no interval is drawn; leave --seed out"),
    ("agreement --by pair --seed 4", 1, "only the figures of codes have an interval"),
    ("agreement --after --no-interval", 1, "leave --no-interval out"),
    ("assign W01 --to sari --seed 4", 1, "documents are named"),
    ("assign W01 --remove --primary", 1, "--primary says whose coding is of record"),
    ("assign --primary --coders sari --seed 4", 1, "for what is drawn; add --double"),
    ("excerpts --coder sari --layer bima", 1, "--coder and --layer both say whose codings"),
    ("freq --text anak --text takut", 2, "--text is given twice"),
    ("codings list --memo a --memo b", 2, "--memo is given twice"),
    ("progress --days --kind interview", 1, "--days tells of days"),
    ("review settle W01:1 both --code takut", 2, "are for the verdict span"),
)


@pytest.mark.parametrize(("line", "code", "sentence"), AGAINST, ids=lambda one: str(one)[:40])
def test_what_one_option_would_silently_win_is_refused(
    study: Run, line: str, code: int, sentence: str
) -> None:
    assert sentence in " ".join(study(*line.split(), code=code).stderr.split())


EMPTY = (
    "freq --text", "freq --save", "freq --code", "freq --memo", "freq --question", "compare --by",
    "excerpts --group", "history --by", "memos list --document", "codebook show", "-p", "--coder",
    "freq -p", "themes move x --under", "quotations list --role", "apply W01 0 3 takut --coder",
)  # fmt: skip


@pytest.mark.parametrize("line", EMPTY)
def test_an_empty_variable_of_a_shell_is_no_option_left_out(study: Run, line: str) -> None:
    before = study("history", "-n", "0").stdout
    assert "nothing is given" in study(*line.split(), "", code=2).stderr
    assert study("history", "-n", "0").stdout == before


def test_what_is_written_may_be_empty(study: Run) -> None:
    study("apply", "W01", "40", "50", "takut", "--memo", "")
    study("codebook", "add", "baru", "--definition", "", "--reason", "")
    study("excerpts", "--text", "anak", "--match", "stem", "--language", "id")
