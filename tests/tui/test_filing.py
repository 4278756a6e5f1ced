"""What a screen's help says of files is what the screen writes."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import pytest

from qcode.tui.screens.listing import ListScreen
from qcode.tui.screens.views import VIEWS

OTHER_SPELLINGS = {".htm", ".markdown", ".tsv"}
SCREENS: list[type[ListScreen[Any]]] = [
    screen for screen in (getattr(import_module(one.module), one.screen) for one in VIEWS)
    if getattr(screen, "action_file", None) is ListScreen.action_file
    and any(one.id == "list.file" for one in screen.KEYS)
]  # fmt: skip


@pytest.mark.parametrize("screen", SCREENS)
def test_the_help_names_every_kind_of_file_that_is_written(
    screen: type[ListScreen[Any]],
) -> None:
    (told,) = (one.help for one in screen.KEYS if one.id == "list.file")
    missing = {one for one in screen.SUFFIXES if one not in told} - OTHER_SPELLINGS
    assert not missing
