"""What lists let out, as a copied row or a file: nothing that was not released."""

from __future__ import annotations

import zipfile
from importlib import import_module
from pathlib import Path

import pytest

from qcode.errors import QcodeError
from qcode.store import coders, guide
from qcode.store.opening import open_project
from qcode.tui.access import Access
from qcode.tui.commands.listing import TAKING
from qcode.tui.screens.attributed import AttributedScreen
from qcode.tui.screens.find import FindScreen
from qcode.tui.screens.guide import RepliesScreen, SuggestionsScreen
from qcode.tui.screens.listing import ListScreen
from qcode.tui.screens.views import VIEWS
from tests.cli.kept_inside import SECRETS, furnish

NAMED = [(view.screen, getattr(import_module(view.module), view.screen)) for view in VIEWS]
LISTS = [
    (name, one) for name, one in (*NAMED, ("SuggestionsScreen", SuggestionsScreen))
    if issubclass(one, ListScreen) and set(TAKING) <= set(one.KEYS)
]  # fmt: skip
"""The screens whose rows are copied or written to a file."""


EMPTY = ("RevisitingScreen", "SuggestionsScreen")
"""Those that have nothing to list in this project."""


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return furnish(tmp_path_factory.mktemp("kept"))[0]


def let_out(screen: ListScreen[object], access: Access, folder: Path) -> tuple[int, list[str]]:
    """Return how many rows a list has, and all that can be taken from it."""
    with access.project.read() as connection:
        rows = screen.fetch(connection)
    texts = []
    for row in rows:
        try:
            texts.append(screen.copied(row))
        except QcodeError as refusal:
            texts.append(str(refusal))
    if rows:
        texts += [screen.filed(rows, folder / f"rows.{suffix}") for suffix in ("csv", "xlsx")]
    for file in folder.iterdir():
        if zipfile.is_zipfile(file):
            with zipfile.ZipFile(file) as packed:
                texts += [packed.read(name).decode(errors="replace") for name in packed.namelist()]
        else:
            texts.append(file.read_text(encoding="utf-8"))
    return len(rows), texts


@pytest.mark.parametrize(("name", "one"), LISTS, ids=[name for name, _one in LISTS])
def test_no_list_lets_out_what_was_not_released(
    name: str, one: type[ListScreen[object]], place: Path, tmp_path: Path
) -> None:
    project = open_project(str(place))
    with project.read() as connection:
        guru = next(each.id for each in coders.listed(connection) if each.name == "guru")
        (question,) = guide.questions(connection)
    access = Access(project, guru, lambda _message: None)
    screens = [one(access)]
    if name == "GuideScreen":
        screens.append(RepliesScreen(access, question))  # type: ignore[arg-type]
    if isinstance(screens[0], FindScreen):
        screens[0]._line = "takut"
    if isinstance(screens[0], AttributedScreen):
        screens[0].by = "role"
    for screen in screens:
        rows, texts = let_out(screen, access, tmp_path)
        assert rows or name in EMPTY
        assert not [secret for secret in SECRETS for text in texts if secret in text]
    access.close()
    project.close()
