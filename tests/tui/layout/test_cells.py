from __future__ import annotations

import subprocess
import sys
from itertools import pairwise

import pytest
from hypothesis import given
from rich.cells import cell_len

from qcode.tui.layout import cells
from tests.tui.nasty import texts
from tests.tui.study import Study


@given(texts)
def test_what_is_shown_has_the_length_of_the_text_and_nothing_that_acts(text: str) -> None:
    shown = cells.shown(text)
    assert len(shown) == len(text)
    assert not set(shown) & set("\x07\t\u202e")


@pytest.mark.parametrize("code", [0x1B, 0x9B, 0x07, 0x202E, 0x2066, 0x200F, 0x2028])
def test_controls_become_one_replacement_character_each(code: int) -> None:
    assert cells.shown(f"a{chr(code)}b") == "a\ufffdb"


@given(texts.map(lambda text: cells.shown(text).replace("\n", " ")))
def test_the_widths_of_clusters_add_up_to_the_width_of_the_line(text: str) -> None:
    edges = [*cells.cluster_starts(text, 0, len(text)), len(text)]
    assert sum(cell_len(text[a:b]) for a, b in pairwise(edges)) == cell_len(text)


@given(texts.map(lambda text: cells.shown(text).replace("\n", " ")))
def test_an_offset_taken_to_its_cell_comes_back(text: str) -> None:
    for offset in cells.cluster_starts(text, 0, len(text)):
        x = cells.x_of(text, 0, offset)
        found = cells.offset_at(text, 0, len(text), x)
        assert cells.x_of(text, 0, found) == x
        if cell_len(text[offset : cells.cluster_end(text, offset, len(text))]):
            assert found == offset or x == 0


@pytest.mark.parametrize(
    "cluster", ["👩🏽‍🌾", "🇰🇪", "e\u0301", "क्षे", "नी", "❤️", "1️⃣", "각", "ရေ", "ก้"]
)
def test_what_reads_as_one_character_is_one_cluster(cluster: str) -> None:
    text = f"a{cluster}b"
    assert list(cells.cluster_starts(text, 0, len(text))) == [0, 1, len(text) - 1]


def test_two_flags_in_a_row_are_two_clusters() -> None:
    assert list(cells.cluster_starts("🇰🇪🇮🇩", 0, 4)) == [0, 2]


def test_both_cells_of_a_wide_character_are_it() -> None:
    assert [cells.offset_at("水很", 0, 2, x) for x in range(5)] == [0, 0, 1, 1, 2]


def test_spacing_marks_count_one_cell_once_asked_for() -> None:
    # In a process of its own: the count is one for all of Rich.
    program = (
        "from rich.cells import cell_len\n"
        "from qcode.tui.layout.cells import count_spacing_marks\n"
        "before = cell_len('नदी का पानी')\n"
        "count_spacing_marks(); count_spacing_marks()\n"
        "print(before, cell_len('नदी का पानी'), cell_len('ရေ'), cell_len('e\u0301'))\n"
    )
    told = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", program], capture_output=True, text=True, check=True
    )
    assert told.stdout.split() == ["7", "11", "2", "1"]


def test_the_screen_counts_spacing_marks(study: Study) -> None:
    program = (
        "import sys\n"
        "from rich.cells import cell_len\n"
        "from qcode.tui import app\n"
        "app.App.run = lambda self: print(cell_len('नदी का पानी'))\n"
        "app.run(sys.argv[1], 'sari')\n"
    )
    told = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", program, str(study.place)],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert told.stdout.split() == ["11"]
