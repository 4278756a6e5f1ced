"""Segments cut in two or made one, whose are shown, and how much of what was said is coded."""

from __future__ import annotations

from unicodedata import category

from textual import on
from textual.timer import Timer

from qcode.language import _, counted
from qcode.model.coding import Coding
from qcode.model.table import percent
from qcode.tui import acts
from qcode.tui.coverage import coverage
from qcode.tui.desk import EVERYONE, OWN, Delta, Desk
from qcode.tui.screens.acting import ActingScreen
from qcode.tui.widgets.choice import Choice, Way
from qcode.tui.widgets.documents import bar

_WHOSE = "whose"
_PAUSE = 0.2
"""Seconds after a change until the coded words are counted again; keys go first."""


class DividingScreen(ActingScreen):
    """The acting screen with what concerns several segments at once."""

    _counting: Timer | None = None
    _coded = ""

    # -- two of one, one of two ----------------------------------------------------------------

    def action_split(self) -> None:
        """Cut the active segment in two at the cursor."""
        coding = self._own_segment()
        if coding is None:
            return
        text = self.reader.transcript.text
        at = _word_begun(text, self.reader.cursor)
        first, second = text[coding.start : max(at, coding.start)], text[at : coding.end]
        if not first.strip() or not second.strip():
            self.tell(_("Put the cursor where the second part is to begin, inside the segment."))
        else:
            self._write("split segment", lambda step: acts.split(step, coding.id, at))

    def action_join(self) -> None:
        """Let the active segment cover the next one of its code, too."""
        coding, desk = self._own_segment(), self.desk
        other = following(desk, coding) if desk and coding else None
        if desk is None or coding is None:
            return
        if other is None:
            name = desk.label(desk.code_of(coding))
            self.tell(_("No later segment of yours has the code “{code}”.").format(code=name))
            return
        between = self.reader.transcript.words_in(coding.end, max(coding.end, other.start))
        told = _("Joined two segments; u parts them again") if not between else (
            _("Joined two segments, and {words} between them; u parts them again").format(
                words=counted("{n} word", "{n} words", between)))  # fmt: skip
        self._write("join segments", lambda step: acts.join(step, coding.id, other.id, told))

    # -- whose are shown -----------------------------------------------------------------------

    def action_whose(self) -> None:
        """Ask whose segments are to be shown."""
        desk = self.desk
        if desk is None:
            return
        others = [(id, name) for id, name in desk.sheet.coders.items() if id != desk.coder]
        ways = [
            Way("o", _("only your own"), OWN),
            Way("e", _("everyone's, with their names"), EVERYONE),
            *(Way(str(number), _("only {coder}'s").format(coder=name), id)
              for number, (id, name) in enumerate(others[:9], 1)),
        ]  # fmt: skip
        self.choice.remove_class("-above")
        self.choice.open(_WHOSE, _("Whose segments?"), ways)

    @on(Choice.Made)
    def _whose_chosen(self, event: Choice.Made) -> None:
        if event.about == _WHOSE and self.desk is not None:
            self._show_of(self.desk, event.value)
            self.tell(self._told_whose(self.desk))

    def _show_of(self, desk: Desk, whose: str) -> None:
        self.shift(desk.show_of(whose))
        self.inspect()

    def _told_whose(self, desk: Desk) -> str:
        if desk.whose == OWN:
            return _("Only your own segments are shown.")
        if desk.whose == EVERYONE:
            return _("Everyone's segments are shown, with their names.")
        name = desk.sheet.coders.get(desk.whose, "?")
        return _("Only {coder}'s segments are shown; O shows yours again.").format(coder=name)

    def _took(self, delta: Delta) -> None:
        desk = self.desk
        if desk is not None and delta.codes and desk.whose not in (OWN, EVERYONE):
            # What one does oneself must be seen, whoever else is being read.
            self._show_of(desk, EVERYONE)
        super()._took(delta)

    # -- how much of what was said is coded ----------------------------------------------------

    def head(self) -> None:
        """Say where one is at once, and how much is coded as soon as there is time."""
        super().head()
        if self._counting is not None:
            self._counting.stop()
        self._counting = self.set_timer(_PAUSE, self._count)

    def _count(self) -> None:
        self._counting = None
        if self.desk is not None and (share := coverage(self.desk)) is not None:
            self._coded = _("{bar} {percent} % coded").format(
                bar=bar(share), percent=percent(share, 1)
            )
            super().head()

    def far(self) -> str:
        """Return how much of the participants' words this coder coded, as a bar, and the rest."""
        return " · ".join(filter(None, (self._coded, super().far())))


def _word_begun(text: str, at: int) -> int:
    """Return where the word around a place begins; a script without blanks is cut at the place."""
    while 0 < at < len(text) and all(
        one.isalnum() and category(one) != "Lo" for one in text[at - 1 : at + 1]
    ):
        at -= 1
    return at


def following(desk: Desk, coding: Coding) -> Coding | None:
    """Return this coder's next segment of the same code in the document, if there is one."""
    code, place = desk.book.end(coding.code), (coding.start, coding.end, coding.id)
    later = [
        one for one in desk.codings.values()
        if desk.own(one) and one.fit != "lost" and desk.book.end(one.code) == code
        and (one.start, one.end, one.id) > place
    ]  # fmt: skip
    return min(later, key=lambda one: (one.start, one.end, one.id), default=None)
