"""Finding words and turns in the document."""

from __future__ import annotations

import re
from dataclasses import replace

from textual import on

from qcode.language import _
from qcode.tui.layout.hits import following, found, preceding
from qcode.tui.screens.revising import RevisingScreen
from qcode.tui.widgets.askline import AskLine
from qcode.tui.widgets.findline import FindLine
from qcode.tui.widgets.reader import Reader, Spot

_TURN = "turn"


class FindingScreen(RevisingScreen):
    """The revising screen in which words can be found."""

    _began: Spot | None = None
    _looked_for = ""

    @property
    def find_line(self) -> FindLine:
        """Where the words are typed."""
        return self.query_one(FindLine)

    def action_find(self) -> None:
        """Ask which words to find."""
        if self.desk is None:
            return
        self._began = self.reader.spot
        self.reader.hits = ()
        self.find_line.open()
        self.tell(_("Find: the first place shows as you type; enter selects it, esc goes back."))

    @on(FindLine.Typed)
    def _typed(self, event: FindLine.Typed) -> None:
        """Show the first place from where the coder stood."""
        began = self._began
        if began is None:
            return
        self._looked_for = event.words.strip()
        self.reader.hits = hits = found(self.reader.transcript.text, self._looked_for)
        start = began.cursor if began.anchor is None else min(began.cursor, began.anchor)
        if hits:
            self._show_hit(following(hits, start), start)
        else:
            with self.prevent(Reader.Moved):
                self.reader.restore(began)
            self.inspect()
            self.tell(self._nowhere() if self._looked_for else "")

    def _nowhere(self) -> str:
        return _("“{words}” does not stand in this document.").format(words=self._looked_for)

    def _show_hit(self, at: int, came_from: int, step: int = 1) -> None:
        """Select a place and say which it is; where that meant going round, say so too."""
        reader, hit = self.reader, self.reader.hits[at]
        with self.prevent(Reader.Moved):
            reader.select(hit)
        self.inspect()
        which = _("“{words}” {k} of {n}").format(
            words=self._looked_for, k=at + 1, n=len(reader.hits)
        )
        round_ = hit.start < came_from if step > 0 else hit.start >= came_from
        if round_:
            again = _("on from the start") if step > 0 else _("on from the end")
            which = f"{which} · {again}"
        self.tell(which)

    @on(FindLine.Stepped)
    def _stepped(self, event: FindLine.Stepped) -> None:
        self.action_find_next(event.step)

    def action_find_next(self, step: int) -> None:
        """Select the next or previous place; after the last comes the first."""
        reader = self.reader
        if not self._looked_for:
            self.tell(_("Nothing was looked for yet: / finds words."))
            return
        hits = reader.hits = reader.hits or found(reader.transcript.text, self._looked_for)
        if not hits:
            self.tell(self._nowhere())
            return
        here = reader.selection
        start = here.start if here else reader.cursor
        if step > 0:
            start += here in hits
            self._show_hit(following(hits, start), start)
        else:
            self._show_hit(preceding(hits, start), start, -1)

    # -- turns ---------------------------------------------------------------------------------

    def action_go_to_turn(self) -> None:
        """Ask for the number of a turn."""
        turns = len(self.reader.transcript.turns)
        if self.desk is not None and turns:
            title = _("Go to which turn, 1 to {n}?").format(n=turns)
            self.query_one(AskLine).open(_TURN, title)

    @on(AskLine.Answered)
    def _turn_typed(self, event: AskLine.Answered) -> None:
        if event.about != _TURN or not event.text:
            return
        turns = self.reader.transcript.turns
        number = int(event.text) if re.fullmatch(r"[0-9]{1,9}", event.text) else 0
        if 1 <= number <= len(turns):
            self.reader.go_to_turn(turns[number - 1].said)
        else:
            self.tell(_("There is no turn {number}: 1 to {n}.").format(
                number=event.text, n=len(turns)))  # fmt: skip

    @on(FindLine.Entered)
    def _entered(self) -> None:
        """Keep the place that shows selected, to be coded; where there is none, nothing is."""
        began, self._began = self._began, None
        if began is not None and self._looked_for and not self.reader.hits:
            # What was selected before is not what was looked for: the next key must not code it.
            with self.prevent(Reader.Moved):
                self.reader.restore(replace(began, anchor=None, selecting=False))
            self.inspect()
            self.tell(self._nowhere())
        self.reader.focus()

    @on(FindLine.Closed)
    def _find_closed(self) -> None:
        self.reader.hits = ()
        began, self._began = self._began, None
        if began is not None:
            self.reader.restore(began)
        self.reader.focus()
