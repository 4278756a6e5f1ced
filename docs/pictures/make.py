"""Make the pictures of the documentation from the sample project.

Run ``python docs/pictures/make.py`` after a change of the screens, and look at what it made. The
pictures are SVG without fonts of their own; the names of the fonts they ask for stand in them.
"""

from __future__ import annotations

import asyncio
import os
import re
import tempfile
from pathlib import Path

from qcode.cli.main import qcode
from qcode.settings import shipped
from qcode.store import coders, documents
from qcode.store.opening import open_project
from qcode.tui.app import App

HERE = Path(__file__).parent
FONTS = '"Fira Code", "DejaVu Sans Mono", "Cascadia Mono", Consolas, Menlo, monospace'
SIZES = {"120x36": (120, 36), "80x24": (80, 24)}


def sample(folder: Path) -> Path:
    """Import the sample project into a folder and return its file."""
    os.environ["COLORTERM"] = "truecolor"
    os.environ["QCODE_SETTINGS"] = str(folder / "settings.toml")
    place = folder / "tiga-desa.qcode"
    for words in (
        ["init", "Tiga Desa", "-p", str(place), "--coder", "sari"],
        ["import", str(shipped("projects") / "three-villages"), "-p", str(place)],
    ):
        qcode.main(words, standalone_mode=False)
    return place


async def picture(place: Path, name: str, size: tuple[int, int], theme: str, *keys: str) -> None:
    """Show W01, press keys, and write what the screen shows."""
    project = open_project(str(place))
    coder = coders.joined(project, "sari")
    with project.read() as connection:
        first = next(one.id for one in documents.listed(connection) if one.name == "W01")
    app = App(project, coder, "" if name.startswith("documents") else first)
    async with app.run_test(size=size) as pilot:
        app.theme = theme
        await pilot.pause(1.5)
        for key in keys:
            await pilot.press(key)
        # What stands on a screen may be read or worked out in a thread.
        await app.workers.wait_for_complete()
        await pilot.pause(0.8)
        drawing = app.export_screenshot(title="qcode")
    project.close()
    (HERE / f"{name}.svg").write_text(plain(drawing), encoding="utf-8")


def plain(drawing: str) -> str:
    """Return a drawing that asks no server for a font."""
    drawing = re.sub(r"@font-face\s*\{.*?\}", "", drawing, flags=re.DOTALL)
    return re.sub(r"font-family:\s*Fira Code[^;]*;", f"font-family: {FONTS};", drawing)


def main() -> None:
    """Make every picture."""
    coding = ("right_curly_bracket",) * 16 + ("right_parenthesis",) * 2
    palette = (*coding, "enter", *"lterasi")
    with tempfile.TemporaryDirectory() as folder:
        place = sample(Path(folder))
        for theme, shade in (("textual-dark", "dark"), ("textual-light", "light")):
            for size, cells in SIZES.items():
                for name, keys in (("coding", coding), ("palette", palette)):
                    file = f"{name}-{shade}-{size}"
                    asyncio.run(picture(place, file, cells, theme, *keys))
        large = SIZES["120x36"]
        asyncio.run(picture(place, "documents-dark-120x36", large, "textual-dark"))
        asyncio.run(picture(place, "help-light-120x36", large, "textual-light", "question_mark"))
        for name, keys in {
            "agreement": ("g",),
            "heatmap": ("k", *"jjjj", "l"),
            "saturation": ("s", *"llllll"),
        }.items():
            file = f"{name}-dark-120x36"
            asyncio.run(picture(place, file, large, "textual-dark", "ctrl+t", *keys))


if __name__ == "__main__":
    main()
