"""What importing a part of qcode brings along: start-up time is spent there."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
HEAVY = ("textual", "sqlalchemy", "rich", "lxml", "openpyxl", "mammoth", "xlsxwriter", "tomlkit",
         "docx", "rapidfuzz", "regex", "snowballstemmer",
         "sqlalchemy.dialects.postgresql")  # fmt: skip
ELSEWHERE = ("qcode.formats", "qcode.tui.screens.listing", "qcode.tui.screens.sorting",
             "qcode.workflows.agenda", "qcode.workflows.choosing", "qcode.workflows.excerpts",
             "qcode.workflows.named")  # fmt: skip
"""What only other screens need, or a rare key: each brings a dozen modules along."""


def loaded_by(program: str, of: tuple[str, ...] = HEAVY) -> set[str]:
    """Return which of some modules a fresh interpreter has loaded after running ``program``."""
    asks = f"{program}\nimport sys\nprint(*(set({of!r}) & set(sys.modules)), file=sys.stderr)"
    done = subprocess.run(
        [sys.executable, "-c", asks], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return set(done.stderr.split())


@pytest.mark.parametrize(
    "program",
    [
        "from qcode.cli.main import qcode; qcode(['--help'], standalone_mode=False)",
        "import qcode.cli.options, qcode.cli.output, qcode.cli.diagnostics",
        "import qcode.model.codebook, qcode.model.document, qcode.model.table, qcode.model.change",
        "import qcode.settings, qcode.system, qcode.language, qcode.terminal",
    ],
)
def test_the_light_parts_bring_nothing_heavy_along(program: str) -> None:
    assert loaded_by(program) == set()


def test_the_screens_start_without_what_they_need_later() -> None:
    assert loaded_by("import qcode.tui.app") == {"textual", "sqlalchemy", "rich"}
    assert loaded_by("import qcode.tui.app", ELSEWHERE) == set()


@pytest.mark.parametrize("layer", ["analysis", "formats"])
def test_what_computes_and_exchanges_needs_no_database_and_no_screen(layer: str) -> None:
    imports_all = (
        f"import importlib, pkgutil, qcode.{layer} as layer\n"
        f"for found in pkgutil.walk_packages(layer.__path__, 'qcode.{layer}.'):\n"
        "    importlib.import_module(found.name)"
    )
    assert loaded_by(imports_all) & {"textual", "sqlalchemy", "rich"} == set()
