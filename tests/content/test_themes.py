"""The themes of the three villages claim of their villages what the codings hold, recounted."""

from __future__ import annotations

from collections import Counter
from functools import cache

import pytest

from qcode.model.coding import MARKS
from qcode.model.theme import SIDES, STATUSES, VERDICTS
from tests.content.villages import INTERVIEWS, Row, codebook, people, rows, villages

EVERYWHERE = "ketiga desa"
THEMES = {row["name"]: row for row in rows("themes.csv")}
CLAIMING = [name for name, row in THEMES.items() if EVERYWHERE in row["statement"]]


def for_(theme: str) -> list[Row]:
    """Return the codings that stand for a theme or one below it, none of which is dropped."""
    parts = {theme, *(name for name, row in THEMES.items() if row["under"] == theme)}
    found = []
    for ground in rows("grounds.csv"):
        if ground["theme"] in parts and ground["side"] == "for":
            found += [row for row in rows("codings.csv") if put(row, ground)]
    return found


def put(row: Row, ground: Row) -> bool:
    if row["coder"] != "sari":
        return False
    if ground["document"]:
        return all(row[name] == ground[name] for name in ("document", "start", "end", "code"))
    return f"{row['code']}/".startswith(f"{ground['code']}/")


@cache
def by_village(theme: str) -> Counter[str]:
    """Return in how many interviews of each village a theme has somebody."""
    documents = {row["document"] for row in for_(theme)} & set(INTERVIEWS)
    return Counter(villages()[document] for document in documents)


@pytest.mark.parametrize("theme", CLAIMING)
def test_what_a_theme_claims_of_all_three_villages_is_told_in_each(theme: str) -> None:
    assert set(by_village(theme)) == set("ABC")


def test_certificates_are_told_most_often_in_village_b_as_their_theme_says() -> None:
    theme = "Sertifikat membuka dan menyaring"
    assert "paling sering di Desa B" in THEMES[theme]["statement"]
    (most, number), (_next, other) = by_village(theme).most_common(2)
    assert (most, number > other) == ("B", True)


def test_the_theme_that_was_dropped_says_how_few_told_of_it_in_village_a() -> None:
    (dropped,) = (row for row in THEMES.values() if row["status"] == "dropped")
    assert "dua dari delapan" in dropped["memo"]
    told = {row["document"] for row in for_(dropped["name"])}
    informants = {row["case"] for row in rows("speakers.csv") if row["document"] in told}
    assert sum(row["desa"] == "A" and row["name"] in informants for row in people()) == 2


def test_every_ground_names_a_theme_and_a_code_or_coding_that_exists() -> None:
    assert 10 <= len(THEMES) <= 14
    assert {row["status"] for row in THEMES.values()} == set(STATUSES)
    assert {row["under"] for row in THEMES.values()} <= {"", *THEMES}
    assert len({row["under"] for row in THEMES.values()}) > 2
    for row in rows("grounds.csv"):
        assert row["theme"] in THEMES
        assert row["side"] in SIDES
        assert row["code"] in codebook()
        assert any(put(coding, row) for coding in rows("codings.csv")), row
    placed = {row["side"] for row in rows("grounds.csv") if row["document"]}
    assert placed == set(SIDES)
    for theme in THEMES:
        assert any(row["theme"] == theme for row in rows("grounds.csv")) or any(
            row["under"] == theme for row in THEMES.values()
        ), theme


def test_the_verdicts_name_what_exists_and_some_contradict() -> None:
    given = rows("appraisals.csv")
    values = {value for row in people() for value in row.values()}
    for row in given:
        assert (row["theme"] in THEMES) != (row["code"] in codebook()), row
        assert row["verdict"] in VERDICTS
        assert row["memo"]
        known = values if row["groups"] else {"interview", "observation", "document"}
        assert row["group"] in known, row
    assert Counter(row["verdict"] for row in given)["contradicts"] >= 2


def test_key_quotations_are_coded_and_none_of_them_stays_inside() -> None:
    flags = rows("flags.csv")
    closed = [row for row in flags if row["kind"] in MARKS]
    keys = [row for row in flags if row["kind"] == "key quotation"]
    refused = {row["name"] for row in people() if row["consent"] != "yes"}
    assert len(keys) >= 20
    for one in keys:
        assert any(
            all(row[name] == one[name] for name in ("document", "start", "end"))
            for row in rows("codings.csv")
        ), one
        assert one["document"] not in refused
        for other in closed:
            assert other["document"] != one["document"] or (
                int(other["end"]) <= int(one["start"]) or int(one["end"]) <= int(other["start"])
            )
