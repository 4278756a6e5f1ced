"""Segments whose words are gone from the corrected text: counted, listed, and put on other words."""

from __future__ import annotations

from string import ascii_lowercase

from textual import on

from qcode.language import _, counted
from qcode.model.coding import Coding
from qcode.store import codings
from qcode.store.project import Reader
from qcode.terminal import in_one_line
from qcode.tui import acts
from qcode.tui.screens.acting import ActingScreen
from qcode.tui.widgets.choice import Choice, Way

LOST, PLACE = "lost", "place"
_LETTERS = "123456789" + ascii_lowercase
_QUOTED = 50


class PlacingScreen(ActingScreen):
    """The acting screen with a way to the segments that stand nowhere."""

    _placing: Coding | None = None
    _was: dict[str, str]
    """The words that the listed segments were on, by id."""

    def _lost(self) -> list[Coding]:
        """Return this coder's segments in the document that need a place."""
        desk = self.desk
        found = desk.codings.values() if desk else ()
        return [one for one in found if one.fit == "lost" and desk and desk.own(one)]

    def far(self) -> str:
        """Return how many segments need a place, and how far the coder is."""
        lost = len(self._lost())
        need = counted("{n} needs a place (L)", "{n} need a place (L)", lost) if lost else ""
        return " · ".join(filter(None, (need, super().far())))

    def action_lost(self) -> None:
        """List the segments that need a place."""
        lost = self._lost()
        if lost:
            self.run_worker(self._list(lost), exclusive=True, group=LOST)
        else:
            self.tell(_("Every segment of yours here has its place."))

    async def _list(self, lost: list[Coding]) -> None:
        def words(connection: Reader) -> dict[str, str]:
            return {one.id: codings.words_then(connection, one) for one in lost}

        self._was = await self.access.read(words)
        if self.desk is None or self.asking:
            return
        ways = [
            Way(letter, self._named(one), one.id)
            for letter, one in zip(_LETTERS, lost, strict=False)
        ]
        self.choice.remove_class("-above")
        title = _("Whose words are gone from the corrected text")
        self.choice.open(LOST, title, ways)

    def _named(self, coding: Coding) -> str:
        text = in_one_line(self._was.get(coding.id, ""))
        short = text if len(text) <= _QUOTED else f"{text[:_QUOTED].rstrip()}…"
        label = self.desk.label(self.desk.code_of(coding)) if self.desk else ""
        return f"{label} · “{short}”" if short else label

    @on(Choice.Made)
    def _lost_chosen(self, event: Choice.Made) -> None:
        coding = self.desk.codings.get(event.value) if self.desk and event.about == LOST else None
        words = self._words() if coding else None
        if coding is None or words is None:
            return
        # The pane asks on, and keeps the keys.
        event.prevent_default()
        self._placing = coding
        on_words = _("put it on “{words}”").format(words=self._quoted(words.span))
        ways = [Way("p", on_words, "put"), Way("d", _("take it away; u brings it back"), "drop")]
        self.point_at(self.choice, words.span)
        self.choice.open(PLACE, self._named(coding), ways)

    @on(Choice.Made)
    def _placed(self, event: Choice.Made) -> None:
        coding, words = self._placing, self._words() if event.about == PLACE else None
        if coding is None or words is None:
            return
        self._placing = None
        if event.value == "put":
            self._write("move coding", lambda step: acts.move(step, coding.id, words.span))
        else:
            self._write("retire codings", lambda step: acts.uncode(step, coding.id))
