"""What each screen looks like, as text, at two sizes.

``QCODE_GOLDENS=write pytest tests/tui/test_goldens.py`` writes anew what is meant to look otherwise;
what changed is then read in the diff of the commit.
"""

from __future__ import annotations

import difflib
import os
import re
from itertools import count
from pathlib import Path
from types import SimpleNamespace

import pytest

from qcode.model import identity
from qcode.model.case import Attribute, Case
from qcode.model.coding import DISCUSS
from qcode.model.span import Span
from qcode.model.theme import Appraisal, Theme
from qcode.store import cases, codings, memos, themes
from qcode.store.codings import NewCoding
from qcode.tui.screens.views import VIEWS
from tests.tui.harness import TEXT
from tests.tui.study import OTHER, Playing, Study

GOLDENS = Path(__file__).with_name("goldens")
SIZES = ((120, 36), (80, 24))
FOLDER = "i"
"""The screen that shows a folder of this computer, which looks different on each."""
SCREENS: dict[str, tuple[str, ...]] = {
    "documents": (),
    "coding": ("enter",),
    "coding-palette": ("enter", "g", "right_curly_bracket", "right_curly_bracket", "enter"),
    "coding-inspector": ("enter", "semicolon"),
    "coding-memo": ("enter", "semicolon", "m"),
    "help": ("enter", "f1"),
    "views": ("ctrl+t",),
    **{
        view.screen.removesuffix("Screen").lower(): ("ctrl+t", view.letter)
        for view in VIEWS
        if view.letter != FOLDER
    },
}
"""The keys that lead to each screen from the list of documents."""
CLAIMING = ("themes", "triangulation")
"""The screens that show nothing without a theme."""
COMPARING = ("patterns", "indicators")
"""The screens that show nothing without two villages."""
CLOCK = re.compile(r"\b\d{4}-\d\d-\d\d\b|\b\d\d?:\d\d\b")


@pytest.fixture(autouse=True)
def ids_in_order(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let ids of one millisecond stand in the order in which they were made, as rows do then."""
    made = count(1)
    ordered = SimpleNamespace(urandom=lambda size: next(made).to_bytes(size, "big"))
    monkeypatch.setattr(identity, "os", ordered)


@pytest.fixture
def coded(ids_in_order: None, study: Study) -> Study:
    """A study with a few codings, of which two overlap, a memo and a flag."""
    with study.project.write(study.sari, "apply") as step:
        for words, code in (
            ("Saya ini kan sepuh, takut kepencet.", "literasi digital rendah"),
            ("takut kepencet. Sabar dia.", "kader digital"),
            ("Ongkirnya mahal sekali.", "biaya kirim"),
        ):
            start = TEXT.index(words)
            span = Span(start, start + len(words))
            new = NewCoding(study.documents["W01"], span, study.codes[code])
            (id,) = codings.apply(step, [new])
    with study.project.write(study.sari, "memo") as step:
        memos.write(step, ("coding", id), "ongkir lebih mahal dari barangnya")
        memos.mark(step, study.documents["W01"], span, DISCUSS, text="biaya atau jarak?")
    return study


def claim(study: Study) -> None:
    """Write two themes, put a code under each, and a verdict on one."""
    with study.project.write(study.sari, "add theme") as step:
        top = themes.add(step, Theme("", "Takut dan ongkir", "Dua hal menahan orang."))
        sub = themes.add(step, Theme("", "Takut kepencet", "Yang sepuh takut.", parent=top))
        themes.ground(step, top, "for", code=study.codes["biaya kirim"])
        themes.ground(step, sub, "for", code=study.codes["literasi digital rendah"])
        themes.appraise(step, Appraisal("", "peran", "pelaku UMKM", "partly", top, memo="W01"))


def settle(study: Study) -> None:
    """Let two informants of two villages speak of one code, and count something in these."""
    with study.project.write(study.sari, "apply") as step:
        start = OTHER.text.index("Ramai.")
        codings.apply(step, [NewCoding(study.documents["W02"], Span(start, start + 6),
                                       study.codes["kader digital"])])  # fmt: skip
        for name, village, before, after in (("W01", "Klaten", "2500000", "3500000"),
                                             ("W02", "Boyolali", "800000", "1000000")):  # fmt: skip
            counts = {"omzet before": (before,), "omzet after": (after,)}
            cases.add(step, [Case("", "village", village, counts)],
                      [Attribute("", one, "number", unit="Rp") for one in counts])  # fmt: skip
            id = cases.case_id(step, "informant", name)
            cases.add(step, [Case(id, "informant", name, {"desa": (village,)})],
                      [Attribute("", "desa")], update=True)  # fmt: skip
            cases.link(step, study.documents[name], cases.case_id(step, "informant", name))


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("screen", SCREENS)
def test_a_screen_looks_as_it_did(coded: Study, screen: str, size: tuple[int, int]) -> None:
    if screen in CLAIMING:
        claim(coded)
    elif screen in COMPARING:
        settle(coded)

    async def play(one: Playing) -> None:
        for key in SCREENS[screen]:
            await one.press(key)
        if screen == "coding-inspector" and not one.screen.query_one("#inspector").display:
            await one.press("I")
        compare(await at_rest(one), f"{screen}-{size[0]}x{size[1]}")

    coded.play(play, size=size, document="")


async def at_rest(one: Playing) -> str:
    """Return what the screen shows once nothing changes any more, without times of the clock."""
    before, now = "", one.text()
    while before != now:
        await one.pilot.pause(0.25)
        before, now = now, one.text()
    lines = CLOCK.sub(lambda time: re.sub(r"\d", "0", time[0].rjust(5)), now).splitlines()
    return "".join(f"{line.rstrip()}\n" for line in lines)


def compare(shown: str, name: str) -> None:
    """Check a screen against its golden, or write that anew."""
    file = GOLDENS / f"{name}.txt"
    if os.environ.get("QCODE_GOLDENS") == "write":
        file.write_text(shown, encoding="utf-8")
        return
    golden = file.read_text(encoding="utf-8") if file.exists() else ""
    found = difflib.unified_diff(
        golden.splitlines(), shown.splitlines(), f"{name} as it was", f"{name} now", lineterm=""
    )
    difference = "\n".join(found)
    assert not difference, f"{difference}\n\nQCODE_GOLDENS=write writes {file.name} anew"
