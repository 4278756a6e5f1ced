"""A small app around one reader, and a transcript for it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from functools import wraps

from textual.app import App, ComposeResult

from qcode.model.document import Transcript, Turn
from qcode.tui.layout.spans import Mark, MarkKind
from qcode.tui.widgets.reader import Reader


def played(play: Callable[[], Awaitable[None]]) -> Callable[[], None]:
    """Run a test that drives an app."""

    @wraps(play)
    def run() -> None:
        async def playing() -> None:
            await play()

        asyncio.run(playing())

    return run


def spoken(*turns: tuple[str, str]) -> Transcript:
    """Return a transcript of (label, words), one turn a line."""
    text = ""
    made: list[Turn] = []
    for speaker, words in turns:
        start = len(text)
        label = f"{speaker}: " if speaker else ""
        text += f"{label}{words}\n"
        made.append(Turn(start, start + len(label), len(text), speaker))
    return Transcript(text, tuple(made))


INTERVIEW = spoken(
    ("P", "Waktu awal itu bagaimana, Bu?"),
    ("N", "Ya itu, anaknya tetangga yang ngajari. Saya ini kan sepuh, takut kepencet. Sabar dia."),
    ("P", "Lalu dijual di mana?"),
    ("N", "Di grup WA dulu, baru di toko online. Ongkirnya mahal sekali."),
    ("P", "Siapa yang bantu?"),
    ("N", "Kader 👩🏽‍🌾 desa नदी का पानी 水很少 cafe\u0301."),
)
LONG = spoken(*(("N", f"Kalimat nomor {number} di sini.") for number in range(200)))
TEXT = INTERVIEW.text
KINDS = ("interviewer", "participant") * 3


def mark(id: str, words: str, code: str, color: str = "#3ec9b6", kind: MarkKind = "coding") -> Mark:
    start = TEXT.index(words)
    return Mark(id, start, start + len(words), code, color, code, kind)


MARKS = (
    mark("1", "Ya itu, anaknya tetangga yang ngajari. Saya ini kan sepuh, takut", "kader"),
    mark("2", "Saya ini kan sepuh, takut kepencet. Sabar", "takut teknologi", "#f16d5e"),
    mark("3", "Di grup WA dulu", "multi-kanal"),
    mark("4", "desa नदी का", "memo", kind="memo"),
    mark("5", "水很少", "discuss", kind="flag"),
)


class Shown(App[None]):
    """Shows one transcript and keeps what its reader posted."""

    def __init__(
        self,
        transcript: Transcript = INTERVIEW,
        marks: Iterable[Mark] = (),
        kinds: tuple[str, ...] | None = None,
        *,
        tints: bool | None = None,
    ) -> None:
        super().__init__()
        self.tints = tints
        if kinds is None:
            kinds = KINDS if transcript is INTERVIEW else ()
        self.given = (transcript, tuple(marks), kinds)
        self.told: list[str] = []
        self.moves = 0

    def compose(self) -> ComposeResult:
        yield Reader(id="reader", tints=self.tints)

    def on_mount(self) -> None:
        self.reader.show(*self.given)
        self.reader.focus()

    @property
    def reader(self) -> Reader:
        return self.query_one(Reader)

    def on_reader_moved(self, message: Reader.Moved) -> None:
        self.moves += 1

    def on_reader_stopped(self, message: Reader.Stopped) -> None:
        self.told.append(message.text)

    @property
    def selected(self) -> str:
        """The words that are selected."""
        selection = self.reader.selection
        return self.reader.transcript.text[selection.start : selection.end] if selection else ""

    @property
    def ahead(self) -> str:
        """The text from the cursor to the end of its line."""
        return self.reader.transcript.text[self.reader.cursor :].partition("\n")[0]

    def lines(self) -> list[str]:
        """Return the text on the screen, without blanks at the right."""
        rows = self.screen._compositor.render_strips()
        return [row.text.rstrip() for row in rows]
