"""A small project on disk, and its screens driven by keys."""

from __future__ import annotations

import asyncio
import sqlite3
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from textual import _wait
from textual.message_pump import MessagePump
from textual.pilot import Pilot

from qcode.model.case import Attribute, Case
from qcode.model.codebook import Code
from qcode.model.coding import Coding
from qcode.settings import Settings
from qcode.store import cases, codebook, codings, documents
from qcode.store.documents import NewDocument
from qcode.store.opening import create, open_project
from qcode.store.project import Project
from qcode.tui.app import BUSY_MS, NOTHING_KEPT, App
from qcode.tui.screens.coding import CodingScreen
from qcode.tui.screens.shown import ShownScreen
from tests.tui.harness import INTERVIEW, spoken

OTHER = spoken(("P", "Di mana?"), ("N", "Di balai desa. Ramai."), ("P", "Baik."))
SPEAKERS = {"P": "interviewer", "N": "participant"}
CODES = (
    Code("", "penghambat", color="#f16d5e"),
    Code(
        "", "literasi digital rendah", "penghambat", definition="takut memakai alat digital",
        exclude="tidak ada sinyal", labels={"en": "low digital literacy"}, color="#3ec9b6",
    ),
    Code("", "biaya kirim", "penghambat", aliases=("ongkir",), color="#8bd450"),
    Code("", "kader digital", color="#4e9af1"),
)  # fmt: skip

_TURNS = 20
"""How often the loop must turn with nothing to do before a screen is taken to rest."""

S = TypeVar("S", bound=ShownScreen)
Kind = type[S]
"""A class; inside Playing the plain word is the method that types."""
Play = Callable[["Playing"], Awaitable[None]]


@contextmanager
def quick() -> Iterator[None]:
    """Sleep less behind each key than Textual's pilot does: ``settled`` knows when all is done."""
    before = _wait.SLEEP_GRANULARITY, _wait.SLEEP_IDLE
    _wait.SLEEP_GRANULARITY, _wait.SLEEP_IDLE = 0.004, 0.0004
    try:
        yield
    finally:
        _wait.SLEEP_GRANULARITY, _wait.SLEEP_IDLE = before


def _has_to_hear(one: MessagePump) -> bool:
    """Tell whether messages wait for a widget that does not go away."""
    return one.is_running and not one._closing and one._message_queue.qsize() > 0


@dataclass
class Playing:
    """A running app with its keys."""

    app: App
    pilot: Pilot[None]

    async def press(self, *keys: str) -> None:
        """Press keys, and wait until what they asked for is on disk and shown."""
        for key in keys:
            await self.pilot.press(key)
        await self.settled()

    async def type(self, text: str) -> None:
        """Type a text."""
        names = {" ": "space", ".": "full_stop", "/": "slash", "\n": "ctrl+j"}
        await self.pilot.press(*(names.get(letter, letter) for letter in text))
        await self.pilot.pause()

    async def resize(self, size: tuple[int, int]) -> None:
        """Make the terminal as large as that, and wait until the screen is."""
        await self.pilot.resize_terminal(*size)
        end = time.monotonic() + 30
        while self.app.screen._compositor.size != size:
            assert time.monotonic() < end, f"the screen does not become {size}"
            await self.pilot.pause(0.01)
        await self.pilot.pause()

    async def settled(self) -> None:
        """Wait until nothing is being read, written or drawn."""
        end = time.monotonic() + 30
        await self.pilot.pause()
        still = 0
        # An app that was left hears nothing any more.
        while self.app.is_running and still < _TURNS:
            still += 1
            if waiting := self._waiting():
                assert time.monotonic() < end, f"the screen does not come to rest: {waiting}"
                still = 0
                await self.pilot.pause(0.01)
            await asyncio.sleep(0)
        screen = self.app.screen
        if isinstance(screen, CodingScreen) and screen._counting is not None:
            # What is counted once there is time is counted now.
            screen._counting.stop()
            screen._count()
        await self.pilot.pause()

    def _waiting(self) -> list[object]:
        """Return what goes on or waits: the pilot takes an app that is starved for idle."""
        app, screen = self.app, self.app.screen
        return [
            *filter(None, (app.access.unsaved, app._keyboard._busy, not screen.is_mounted)),
            *(worker for worker in app.workers if not worker.is_finished),
            *screen._callbacks,
            *screen._dirty_widgets,
            *filter(None, [screen._layout_required]),
            *filter(_has_to_hear, (app, screen, *screen.walk_children())),
        ]

    @property
    def screen(self) -> CodingScreen:
        """The coding screen."""
        assert isinstance(self.app.screen, CodingScreen)
        return self.app.screen

    def on(self, kind: Kind[S]) -> S:
        """Return the screen that is shown, which must be of that kind."""
        screen = self.app.screen
        assert isinstance(screen, kind), screen
        return screen

    def go(self, words: str) -> None:
        """Put the cursor on some words."""
        reader = self.screen.reader
        reader.go(reader.transcript.text.index(words))

    @property
    def status(self) -> str:
        """What the status line says."""
        from qcode.tui.widgets.status import StatusLine

        return self.app.screen.query_one(StatusLine).text

    def text(self) -> str:
        """What the screen shows."""
        rows = self.app.screen._compositor.render_strips()
        return "\n".join(row.text.rstrip() for row in rows)


@dataclass
class Study:
    """A project with two documents, four codes and two coders."""

    place: Path
    project: Project
    sari: str
    codes: dict[str, str] = field(default_factory=dict)
    documents: dict[str, str] = field(default_factory=dict)

    @classmethod
    def made(cls, folder: Path, codes: tuple[Code, ...] = CODES) -> Study:
        """Make the project; parents are named, ids minted."""
        place = folder / "studi.qcode"
        project, sari = create(str(place), "Tiga Desa", coder="sari")
        project.close()
        study = cls(place, open_project(str(place), busy_ms=BUSY_MS), sari)
        with study.project.write(sari, "import") as step:
            new = [NewDocument("W01", INTERVIEW, speakers=SPEAKERS),
                   NewDocument("W02", OTHER, speakers=SPEAKERS)]  # fmt: skip
            study.documents, _skipped = documents.add(step, new)
            cases.add(step, [Case("", "informant", "W01", {"peran": ("pelaku UMKM",)})],
                      [Attribute("", "peran")])  # fmt: skip
            cases.link(step, study.documents["W01"], cases.case_id(step, "informant", "W01"))
        with study.project.write(sari, "add code") as step:
            for code in codes:
                study.codes[code.name] = step.mint()
            codebook.add(step, [_named(code, study.codes) for code in codes])
        return study

    def play(
        self,
        play: Play,
        size: tuple[int, int] = (110, 30),
        document: str = "W01",
        kept: Settings = NOTHING_KEPT,
    ) -> None:
        """Run a play on the open document, or on the list of documents if that is empty."""

        async def playing() -> None:
            app = App(self.project, self.sari, self.documents.get(document, ""), kept)
            async with app.run_test(size=size) as pilot:
                started = Playing(app, pilot)
                await started.settled()
                await play(started)

        with quick():
            asyncio.run(playing())

    def codings(self, document: str = "W01") -> list[Coding]:
        """Return the live codings in the database, by place."""
        with self.project.read() as connection:
            return list(codings.of_document(connection, self.documents[document]))

    def coded(self, document: str = "W01") -> list[tuple[str, str]]:
        """Return the coded words with the names of their codes."""
        with self.project.read() as connection:
            book = codebook.read(connection)
            text = documents.current(connection, self.documents[document]).transcript.text
        return sorted(
            (text[one.start : one.end], book[one.code].name) for one in self.codings(document)
        )

    def held(self) -> sqlite3.Connection:
        """Return a connection of another program that holds the write lock."""
        other = sqlite3.connect(self.place, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        return other


def _named(code: Code, ids: dict[str, str]) -> Code:
    return Code(
        ids[code.name], code.name, ids.get(code.parent, ""), definition=code.definition,
        exclude=code.exclude, labels=code.labels, aliases=code.aliases, color=code.color,
    )  # fmt: skip
