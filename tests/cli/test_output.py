"""What reaches standard output: tables in a terminal, in a pipe and in a file."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from qcode.cli import output
from qcode.cli.layout import bar, cells_of, lay_out, wrapped
from qcode.cli.output import Output
from qcode.errors import Refused
from qcode.model.table import Blank, Cell, Column, Share, Table
from qcode.terminal import HARMFUL

BY_VILLAGE = Table(
    "Codes by village",
    (
        Column("code", "code"),
        Column("a", "Desa A", "n=8", numeric=True),
        Column("words", "words", numeric=True),
        Column("where", "where"),
    ),
    (
        ("strategi", Share(7, 8), 1200, "in all three villages, and in the notes as well"),
        ("kader digital", Share(1, 8), 3, "mostly A"),
        ("politik", Blank("·", "W11 was finished before this code existed"), 0.5, ""),
    ),
    ("villages were chosen on purpose",),
    (0, 1, 0),
)


def texts(table: Table, width: int | None = None, bars: tuple[str, ...] = ()) -> list[str]:
    return [line.text for line in lay_out(table, width, bars)]


def test_without_a_terminal_a_table_is_plain_and_every_row_is_one_line() -> None:
    assert texts(BY_VILLAGE, None, ("a",)) == [
        "Codes by village",
        "code             Desa A  words  where",
        "                    n=8",
        "strategi         7 of 8   1200  in all three villages, and in the notes as well",
        "  kader digital  1 of 8      3  mostly A",
        "politik               ·   0.50",
        "· W11 was finished before this code existed",
        "villages were chosen on purpose",
    ]


def test_long_numbers_stand_in_threes_in_a_terminal_as_on_a_page() -> None:
    table = Table("", (Column("n", "N", numeric=True),), ((2_650_000,), (1200,)))
    lines = [line.text for line in lay_out(table)]
    assert lines == ["        N", "2\u202f650\u202f000", "     1200"]


def test_a_terminal_gets_a_rule_and_a_bar_beside_each_share() -> None:
    lines = texts(BY_VILLAGE, 100, ("a",))
    assert lines[3] == "─" * len(lines[4])
    assert lines[4].startswith("strategi         7 of 8 ███▌   1200  in all three")
    assert lines[5].startswith("  kader digital  1 of 8 ▌         3  mostly A")


def test_a_narrow_terminal_wraps_words_and_never_numbers() -> None:
    lines = texts(BY_VILLAGE, 46, ("a",))
    assert max(map(len, lines)) <= 46
    assert "strategi        7 of 8   1200  in all three" in lines
    assert not any("█" in line for line in lines)


def test_headings_of_numbers_are_wrapped_before_words_are() -> None:
    table = Table(
        "Themes",
        (Column("theme", "theme"), Column("k", "informants for", "of those looked through")),
        (("Belajar dari orang dekat", Share(15, 24)),),
    )
    assert texts(table, 40) == [
        "Themes",
        "theme                     informants for",
        "                                of those",
        "                          looked through",
        "─" * 40,
        "Belajar dari orang dekat        15 of 24",
    ]


def test_what_is_too_wide_stands_in_parts_that_each_say_what_a_row_is_about() -> None:
    villages = tuple(Column(f"v{n}", f"Desa {n}", "n=8") for n in range(6))
    table = Table(
        "Codes", (Column("code", "code"), *villages, Column("where", "where")),
        (("infrastruktur timpang", *(Share(n, 8) for n in range(6)), "in all six"),), ("a note",),
    )  # fmt: skip
    lines = texts(table, 46)
    assert max(map(len, lines)) <= 46
    assert [" ".join(line.split()) for line in lines if "infrastruktur" in line] == [
        "infrastruktur 0 of 8 1 of 8 2 of 8 3 of 8",
        "infrastruktur 4 of 8 5 of 8 in all six",
    ]
    assert lines[-1] == "a note"


def test_text_of_a_project_cannot_drive_the_terminal_and_is_never_markup() -> None:
    hostile = Table(
        "\x1b]0;title\x07",
        (Column("a", "a\x9b2J"),),
        (("[red]x[/red] [tertawa] \u202etxt\nline\tend\x00\ud800",),),
        ("\x1b[31mnote",),
    )
    shown = "\n".join(texts(hostile, 80))
    assert "\x1b" not in shown
    assert "\x9b" not in shown
    assert "[red]x[/red] [tertawa] \ufffdtxt line end\ufffd\ufffd" in shown


def test_what_is_printable_cannot_drive_the_terminal() -> None:
    assert not [sign for sign in HARMFUL if chr(sign).isprintable()]


@given(st.one_of(st.text(), st.text("aé…“”—\u202f\u00ad\u200d\ufe0f\u0301語")))
def test_a_text_is_as_wide_as_its_letters(text: str) -> None:
    assert cells_of(text) == cell_len(text)


def test_every_row_of_a_long_table_is_written_once(capsys: pytest.CaptureFixture[str]) -> None:
    output.show(Table("", (Column("n", "n"),), tuple((str(n),) for n in range(1300))))
    assert capsys.readouterr().out.split("\n") == ["n", *map(str, range(1300)), ""]


CELLS: st.SearchStrategy[Cell] = st.one_of(
    st.text(max_size=30),
    st.integers(),
    st.builds(Share, st.integers(0, 9), st.integers(0, 9)),
    st.builds(Blank, st.just("-"), st.text(max_size=5)),
)


@given(st.lists(st.tuples(CELLS, CELLS), max_size=5), st.one_of(st.none(), st.integers(1, 90)))
def test_any_table_fits_any_width_without_failing(
    rows: list[tuple[Cell, Cell]], width: int | None
) -> None:
    table = Table("t", (Column("a", "a"), Column("b", "b")), tuple(rows))
    for text in texts(table, width, ("a", "b")):
        assert text.isprintable() or "\ufffd" in text or not text.isascii()
        assert "\x1b" not in text


def test_a_path_is_broken_behind_its_names() -> None:
    path = "penghambat/infrastruktur timpang"
    assert wrapped(path, 14) == ["penghambat/", "infrastruktur", "timpang"]
    assert wrapped("a/b/penghambatan", 6) == ["a/b/", "pengha", "mbatan"]


@given(st.text(alphabet="abc/ é漢 ", max_size=60), st.integers(2, 30))
def test_wrapping_loses_no_word(text: str, width: int) -> None:
    assert "".join("".join(wrapped(text, width)).split()) == "".join(text.split())


@pytest.mark.parametrize(
    ("share", "drawn"),
    [
        (Share(8, 8), "████"),
        (Share(0, 8), ""),
        (Share(1, 1000), "▏"),
        (Share(4, 8), "██"),
        (Share(0, 0), ""),
    ],
)
def test_a_bar_shows_a_share_to_an_eighth_and_never_hides_one(share: Share, drawn: str) -> None:
    assert bar(share) == drawn


def test_a_table_with_a_file_is_written_there_and_standard_output_stays_empty(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "table.txt"
    output.show(BY_VILLAGE, Output("table", file))
    assert file.read_text(encoding="utf-8").startswith("Codes by village\ncode")
    if os.name != "nt":
        assert file.stat().st_mode & 0o777 == 0o600
    said = capsys.readouterr()
    assert said.out == ""
    assert f"Written: {file}" in " ".join(said.err.split())
    output.show(BY_VILLAGE, Output("table", file))
    assert f"Written over: {file}" in " ".join(capsys.readouterr().err.split())


def test_a_format_for_machines_goes_through_the_renderer_byte_for_byte(
    tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    output.show(BY_VILLAGE, Output("csv"))
    output.show(BY_VILLAGE, Output("csv", tmp_path / "t.csv"))
    assert capsysbinary.readouterr().out == (tmp_path / "t.csv").read_bytes()


def test_bytes_that_are_no_text_are_not_thrown_at_a_terminal(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    with pytest.raises(Refused, match="-o FILE"):
        output.write(b"PK\x03\x04\xff", Output("xlsx"))


def test_data_shown_in_a_terminal_is_made_harmless(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    output.write(b"a,\x1b]52;c;x\x07\n", Output("csv"))
    assert capsys.readouterr().out == "a,\ufffd]52;c;x\ufffd\n"


def test_a_table_takes_the_width_of_the_terminal(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    monkeypatch.setenv("COLUMNS", "50")
    monkeypatch.setenv("NO_COLOR", "1")
    output.show(BY_VILLAGE, bars=("a",))
    assert max(map(len, capsys.readouterr().out.splitlines())) == 50
