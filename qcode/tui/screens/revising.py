"""Changing a segment that is there: another code for it, other bounds."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial

from textual import on

from qcode.language import _, counted
from qcode.model.coding import Coding
from qcode.model.span import Span
from qcode.tui import acts, commands
from qcode.tui.commands import Label
from qcode.tui.commands.everywhere import EVERYWHERE
from qcode.tui.layout.spans import Mark
from qcode.tui.screens.acting import ActingScreen
from qcode.tui.widgets.palette import Palette
from qcode.tui.widgets.reader import Reader, Spot

RECODE = "recode"


@dataclass(frozen=True, slots=True)
class Bounding:
    """A segment whose bounds are being moved: how it was, where the reader stood, and as it is."""

    coding: Coding
    mark: Mark
    spot: Spot
    span: Span


class RevisingScreen(ActingScreen):
    """The acting screen with everything that changes a segment."""

    _bounding: Bounding | None = None
    _recoding: Coding | None = None

    @property
    def occupied(self) -> bool:
        """Tell whether something is begun that stands on the text as it is shown."""
        return super().occupied or self._bounding is not None

    # -- another code --------------------------------------------------------------------------

    def action_recode(self) -> None:
        """Ask for another code for the active segment."""
        coding, desk = self._own_segment(), self.desk
        if coding is None or desk is None:
            return
        self._recoding = coding
        span = Span(coding.start, coding.end)
        self.point_at(self.palette, span)
        title = _("Recode “{words}”, now {code}").format(
            words=self._quoted(span), code=desk.label(desk.code_of(coding))
        )
        self.palette.open(replace(self._offer(desk), about=RECODE, gathers=False), title)

    @on(Palette.Chosen)
    def _recode(self, event: Palette.Chosen) -> None:
        coding = self._recoding
        if event.about != RECODE or coding is None:
            return
        (code,) = event.codes
        self._give_instead(coding, code)

    @on(Palette.NewCode)
    def _recode_as_new(self, event: Palette.NewCode) -> None:
        coding, typed = self._recoding, event.typed
        if event.about != RECODE or coding is None:
            return
        self._write("recode", lambda step: acts.create_and_recode(step, coding.id, typed))

    def _give_instead(self, coding: Coding, code: str) -> None:
        desk = self.desk
        if desk is None or code not in desk.book.codes:
            return
        if desk.given(Span(coding.start, coding.end), code):
            self.tell(_("These words have that code from you already."))
        else:
            name = desk.label(desk.book[code])
            self._write("recode", lambda step: acts.recode(step, coding.id, code, name))

    # -- other bounds --------------------------------------------------------------------------

    def action_bounds(self) -> None:
        """Let the keys and the mouse move the bounds of the active segment."""
        coding = self._own_segment()
        mark = self.reader.page.index.marks.get(coding.id) if coding else None
        if coding is None or mark is None:
            return
        span = Span(mark.start, mark.end)
        self._bounding = Bounding(coding, mark, self.reader.spot, span)
        self.reader.hold(span)
        self.show_keys()

    @on(Reader.Moved)
    def _bounds_moved(self) -> None:
        bounding = self._bounding
        if bounding is None:
            return
        if self.reader.selection is not None:
            span = self.reader.target() or bounding.span
            self._bounding = bounding = replace(bounding, span=span)
            self.reader.put([replace(bounding.mark, start=span.start, end=span.end)])

    def standing(self) -> str:
        """Return how large a segment is whose bounds are being moved, else where the reader is."""
        bounding = self._bounding
        if bounding is None:
            return super().standing()
        words = self.reader.transcript.words_in(bounding.span.start, bounding.span.end)
        return _("Bounds of “{code}”, {words}: enter keeps them, esc gives up").format(
            code=bounding.mark.label, words=counted("{n} word", "{n} words", words)
        )

    def labels(self) -> list[Label]:
        """Return the keys that move bounds while they are being moved."""
        if self._bounding is None:
            return super().labels()
        key_of = partial(commands.key_of, Reader.BINDINGS)
        start = f"{key_of('reader.select.start.previous')} {key_of('reader.select.start.next')}"
        end = f"{key_of('reader.sentence.previous')} {key_of('reader.sentence.next')}"
        return [
            Label(commands.shown_key("enter"), _("Keep"), "code"),
            Label(commands.shown_key("escape"), _("Give up"), "back"),
            Label(start, _("Start")),
            Label(end, _("End")),
            *commands.footer(EVERYWHERE),
        ]

    def action_code(self) -> None:
        """Keep the bounds if they are being moved, else ask for a code."""
        bounding = self._bounding
        if bounding is None:
            super().action_code()
            return
        coding, span = bounding.coding, bounding.span
        self._let_go(bounding)
        with self.prevent(Reader.Moved):
            self.reader.select(span)
        if (coding.start, coding.end) == (span.start, span.end) and coding.fit == "same":
            self.tell(_("The bounds are as they were."))
        else:
            self._write("move coding", lambda step: acts.move(step, coding.id, span))

    def action_back(self) -> None:
        """Give up the new bounds if they are being moved, else go back to the text."""
        bounding = self._bounding
        if bounding is None:
            super().action_back()
            return
        self._let_go(bounding)
        with self.prevent(Reader.Moved):
            self.reader.restore(bounding.spot)
        self.inspect()
        self.tell(_("The bounds are as they were."))

    def _let_go(self, bounding: Bounding) -> None:
        self._bounding = None
        self.reader.release()
        self.show_keys()
        # What shows is what is on disk: the new bounds come when they are.
        if self.desk and bounding.coding.id in self.desk.codings:
            self.reader.put([bounding.mark])
        else:
            self.reader.drop([bounding.coding.id])

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Keep the other commands of the text from acting while bounds are being moved."""
        if self._bounding is not None and action not in ("code", "back"):
            return action not in commands.actions(self.KEYS)
        return super().check_action(action, parameters)
