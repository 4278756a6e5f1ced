"""The list of documents, with how far this coder is with each."""

from __future__ import annotations

from collections.abc import Sequence

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.message import Message

from qcode.language import _
from qcode.tui.session import EMPTY, Entry
from qcode.tui.widgets.rows import Rows, fitted, longest

_BAR = 10


class DocumentList(Rows):
    """Shows documents; letters typed into it look for one."""

    class Typed(Message):
        """Somebody began to type a name."""

        def __init__(self, character: str) -> None:
            super().__init__()
            self.character = character

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._entries: tuple[Entry, ...] = ()
        self._widths = (0, 0, 0)

    def show(self, entries: Sequence[Entry], at: str = "") -> None:
        """Show documents, with the one of that id highlighted."""
        here = at or (self.entry.id if self.entry else "")
        self._entries = tuple(entries)
        self._widths = (
            min(24, longest([_("document"), *(entry.name for entry in entries)])),
            longest([_("kind"), *(kind_name(entry.kind) for entry in entries)]),
            min(20, longest([_("finished by"), *(_who(entry) for entry in entries)])),
        )
        self.changed()
        ids = [entry.id for entry in entries]
        if ids:
            self.highlight(ids.index(here) if here in ids else 0)

    @property
    def entry(self) -> Entry | None:
        """The highlighted document."""
        return self._entries[self.highlighted] if self._entries else None

    @property
    def number(self) -> int:
        """How many documents are shown."""
        return len(self._entries)

    def heading(self, width: int) -> str:
        """Return what stands above the columns."""
        names = (_("document"), _("kind"), _("case"), _("coded up to turn"), _("segments"),
                 _("finished by"))  # fmt: skip
        return " " + "".join(
            fitted(text, room) for text, room in zip(names, self._columns(width), strict=True)
        )

    def _columns(self, width: int) -> tuple[int, ...]:
        name, kind, finished = self._widths
        progress, segments = _BAR + 13, 10
        if width < 60:
            return name + 2, 0, 0, max(0, width - name - 3), 0, 0
        kind = kind + 2 if width >= 90 else 0
        room = max(0, width - name - kind - progress - segments - finished - 3)
        return name + 2, kind, room, progress, segments, finished

    def painted(self, row: int, width: int, base: Style, aside: Style) -> list[Segment]:
        """Return one document."""
        entry = self._entries[row]
        columns = self._columns(width)
        far = "…" if entry.reached is None else f"{entry.reached}/{entry.turns}"
        if entry.state:
            far = _("✓ empty") if entry.state == EMPTY else _("✓ finished")
        cells = (
            entry.name,
            kind_name(entry.kind),
            fitted(entry.case, columns[2] - 2),
            f"{bar(entry.progress)} {far}",
            str(entry.segments or ""),
            _who(entry),
        )
        styles = (base, aside, aside, base, base, aside)
        return [
            Segment("▸" if row == self.highlighted else " ", base),
            *(
                Segment(fitted(text, room), style)
                for text, room, style in zip(cells, columns, styles, strict=True)
            ),
        ]

    def on_key(self, event: events.Key) -> None:
        """Give a typed letter to the filter."""
        if event.character and event.is_printable and event.character not in "/? ":
            event.stop()
            self.post_message(self.Typed(event.character))


def _who(entry: Entry) -> str:
    return ", ".join(entry.finished_by)


def bar(share: float) -> str:
    """Return a bar of ten cells, heavy as far as ``share`` of 1; some only if there is some."""
    full = round(max(0.0, min(1.0, share)) * _BAR)
    full = max(full, 1) if share > 0 else 0
    return "━" * full + "─" * (_BAR - full)


def kind_name(kind: str) -> str:
    """Return what a kind of document is called."""
    names = {
        "interview": _("interview"),
        "observation": _("observation"),
        "focus group": _("focus group"),
        "document": _("document"),
    }
    return names.get(kind, kind)
