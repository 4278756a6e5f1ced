"""Sorting a pile: a code is split by giving its passages, one key each, to new codes below it."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from time import monotonic
from typing import ClassVar, TypeVar

from textual import on
from textual.binding import BindingType

from qcode.language import _
from qcode.store import piles
from qcode.store.project import Step
from qcode.tui import commands
from qcode.tui.access import Access
from qcode.tui.commands.sorting import PILE
from qcode.tui.screens.dealing import DealingScreen
from qcode.tui.widgets.askline import AskLine
from qcode.tui.widgets.choice import Choice, Way
from qcode.workflows import sorting
from qcode.workflows.cards import Card

W = TypeVar("W")

_QUICK = 0.5
"""Seconds in which keys that follow each other are meant for one passage after the other."""


class SortingScreen(DealingScreen):
    """Lets each passage be given away, until all were looked at."""

    KEYS = PILE
    BINDINGS: ClassVar[list[BindingType]] = commands.bindings(PILE)
    CSS_PATH = Path(__file__).with_suffix(".tcss")

    _naming = False
    """Whether one name after the other is asked for."""
    _waiting = False
    """Whether something is on its way to the disk: no key means the passage that is shown."""
    _since = 0.0

    def __init__(self, access: Access, code: str) -> None:
        super().__init__(access, code)
        self._held: deque[Callable[[], None]] = deque()
        """What keys asked for while something was on its way."""

    def begin(self) -> None:
        """Ask for the names of the first codes."""
        self._naming = True
        self.action_new()

    # -- one key a passage -----------------------------------------------------------------------

    def action_give(self, digit: int) -> None:
        """Give the passage to the code of a digit; 0 leaves it where it was."""
        pile, card = self.pile, self.card
        if pile is None or card is None or self._holds(partial(self.action_give, digit)):
            return
        if digit > len(pile.targets):
            self.tell(_("No code has the digit {n}: n makes one.").format(n=digit))
            return
        to = pile.targets[digit - 1] if digit else pile.code
        said = (_("Given: {code}") if digit else _("Stays: {code}")).format(code=to.name)
        if to.id == card.code and (digit or not pile.waits(card)):
            self._on(said)
            return
        act = partial(sorting.sort, code=pile.code.id, coding=card.coding, to=to.id, pile=pile.pile)

        def then(id: str) -> None:
            self._moved(card, to.id, id, said)

        self._write(piles.SORT, act, then)

    def _moved(self, card: Card, to: str, id: str, said: str) -> None:
        pile = self.pile
        if pile is not None:
            cards = tuple(
                replace(one, code=to) if one.coding == card.coding else one for one in pile.cards
            )
            stayed = pile.stayed | {card.coding} if to == self.code else pile.stayed - {card.coding}
            self.pile = replace(pile, pile=id, cards=cards, stayed=stayed)
            self._on(said)

    def _on(self, said: str) -> None:
        """Show the next passage that is yet to be sorted; after the last one ask what is left."""
        self._at = self._next(self._at)
        self._draw()
        self.tell(said)
        if not (self.pile and self.card and self.pile.waits(self.card)):
            self.action_end()

    # -- what is written -----------------------------------------------------------------------

    def _write(self, verb: str, act: Callable[[Step], W], then: Callable[[W], None]) -> None:
        self._waiting, self._since = True, monotonic()

        def done(result: W) -> None:
            self._waiting = False
            if self.is_attached:
                then(result)
                if verb == piles.SORT:
                    self._go_on()

        self.access.write(verb, act, done, self._failed)

    def _holds(self, wanted: Callable[[], None]) -> bool:
        """Keep what a quick key asks for until the one before it is on disk; tell whether it waits.

        Who presses a key again after long, because nothing moved, means the passage that is shown.
        """
        if self._waiting and monotonic() - self._since < _QUICK:
            self._held.append(wanted)
        elif self._waiting:
            self.tell(_("Not on disk yet: press the key again once it is."))
        return self._waiting

    def _go_on(self) -> None:
        """Do what keys asked for meanwhile, unless a pane asks by now."""
        while self._held and not self._waiting:
            wanted = self._held.popleft()
            if not self.asking:
                wanted()

    async def _load(self, said: str) -> None:
        await super()._load(said)
        self._go_on()

    def _failed(self, why: str) -> None:
        self._waiting = False
        self._held.clear()
        if self.is_attached:
            self.app.bell()
            self.refetch(why)

    def action_new(self) -> None:
        """Ask for the name of a new code."""
        pile = self.pile
        if pile is None:
            return
        title = _("Name of a new code below “{name}”; enter alone: no more").format(
            name=pile.code.name
        )
        self.query_one(AskLine).open("new", title)

    @on(AskLine.Answered)
    def _named(self, event: AskLine.Answered) -> None:
        self.query_one("#card").focus()
        if not event.text:
            self._naming = False
            return
        act = partial(sorting.split, code=self.code, typed=[event.text])
        said = _("Made: {name}").format(name=event.text)
        self._write(piles.SPLIT, act, lambda _ids: self.refetch(said))
        if self._naming:
            self.action_new()

    @on(AskLine.Closed)
    @on(Choice.Closed)
    def _gave_up(self) -> None:
        self._naming = False
        self.query_one("#card").focus()

    def action_undo(self) -> None:
        """Undo the last thing that was done here."""
        self._turn("undo", partial(sorting.turn_last, code=self.code, undone=True))

    def action_redo(self) -> None:
        """Do again what was undone last."""
        self._turn("redo", partial(sorting.turn_last, code=self.code, undone=False))

    def _turn(self, verb: str, act: Callable[[Step], tuple[str, str]]) -> None:
        if not self._holds(partial(self._turn, verb, act)):
            self._write(verb, act, lambda turned: self._turned(*turned))

    def _turned(self, coding: str, said: str) -> None:
        """Show the passage that was turned, so that it can be given another code."""
        ids = [one.coding for one in self.cards]
        if coding in ids:
            self._at = ids.index(coding)
        self.refetch(said)

    def action_undo_all(self) -> None:
        """Ask whether the whole pile is to be undone."""
        pile = self.pile
        if pile is None or self._holds(self.action_undo_all):
            return
        title = _("Undo the pile of “{name}”?").format(name=pile.code.name)
        self.query_one(Choice).open("undo", title, (
            Way("y", _("yes: all passages go back, the codes made for it go away"), "yes"),
            Way("n", _("no"), "no"),
        ))  # fmt: skip

    def action_end(self) -> None:
        """Ask what the code means now."""
        pile = self.pile
        if pile is None or not pile.sorted:
            self.tell(_("Every passage was seen, none was given away."))
            return
        title = _("“{name}”: {sorted} given away, {left} left. What it means now is").format(
            name=pile.code.name, sorted=pile.sorted, left=len(pile.cards) - pile.sorted
        )
        self.query_one(Choice).open("end", title, (
            Way("n", _("a new meaning: documents finished before are gone back to"), "new"),
            Way("s", _("the same meaning"), "same"),
            Way("l", _("not decided yet: go on sorting"), ""),
        ))  # fmt: skip

    @on(Choice.Made)
    def _chosen(self, event: Choice.Made) -> None:
        self.query_one("#card").focus()
        if event.about == "undo" and event.value == "yes":
            self._turn("undo", partial(sorting.undo_last, code=self.code))
        elif event.about == "end" and event.value:
            act = partial(sorting.end, code=self.code, new_meaning=event.value == "new")
            self._write(piles.END, act, lambda _none: self.action_close())
