"""A small app around one reader, and a transcript for it."""

from __future__ import annotations

from collections.abc import Iterable

from textual.app import App, ComposeResult

from qcode.model.document import Transcript, Turn
from qcode.tui.layout.spans import Mark
from qcode.tui.widgets.reader import Reader


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
KINDS = ("interviewer", "participant") * 3


class Shown(App[None]):
    """Shows one transcript and keeps what its reader posted."""

    def __init__(
        self,
        transcript: Transcript = INTERVIEW,
        marks: Iterable[Mark] = (),
        kinds: tuple[str, ...] = KINDS,
    ) -> None:
        super().__init__()
        self.given = (transcript, tuple(marks), kinds)
        self.told: list[str] = []
        self.moves = 0

    def compose(self) -> ComposeResult:
        yield Reader(id="reader")

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

    def lines(self) -> list[str]:
        """Return the text on the screen, without blanks at the right."""
        rows = self.screen._compositor.render_strips()
        return [row.text.rstrip() for row in rows]
