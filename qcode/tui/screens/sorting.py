"""Sorting a pile: a code is split by giving its passages, one key each, to new codes below it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import ClassVar, TypeVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal

from qcode.errors import QcodeError
from qcode.language import _, counted
from qcode.store import piles
from qcode.store.project import Step
from qcode.tui import commands
from qcode.tui.access import Access
from qcode.tui.commands.sorting import PILE
from qcode.tui.pile import PASSAGE, codes_lines, passage_lines
from qcode.tui.screens.shown import Banner, Place, ShownScreen
from qcode.tui.widgets.askline import AskLine
from qcode.tui.widgets.choice import Choice, Way
from qcode.tui.widgets.inspector import Inspector
from qcode.tui.widgets.status import HeaderLine, StatusLine
from qcode.workflows import sorting
from qcode.workflows.cards import Card
from qcode.workflows.sorting import Sorting

W = TypeVar("W")

_ROOM_BESIDE = 70
"""Columns from which the codes stand beside the passage; else they stand below."""


class SortingScreen(ShownScreen):
    """Shows one passage of a code after the other, until each was looked at."""

    KEYS = PILE
    FIRST = Inspector
    BINDINGS: ClassVar[list[BindingType]] = commands.bindings(PILE)
    CSS_PATH = Path(__file__).with_suffix(".tcss")
    AUTO_FOCUS = "#card"

    def __init__(self, access: Access, code: str) -> None:
        super().__init__()
        self.access = access
        self.code = code
        self.pile: Sorting | None = None
        self._at = 0
        self._stayed: set[str] = set()
        """Passages that were left with the code since the screen was opened."""
        self._mine = False
        self._meanings = False
        self._naming = False
        self._waiting = False
        """Whether something is on its way to the disk: no key means the passage that is shown."""

    def parts(self) -> ComposeResult:
        """Lay out the passage, the codes, and the lines around them."""
        yield HeaderLine(id="header")
        with Horizontal(id="panes"):
            yield Inspector(id="card")
            yield Inspector(id="targets")
        yield Choice()
        yield AskLine(id="ask")
        yield Banner()
        yield StatusLine(id="status")
        yield self.key_line()

    # -- what is shown -------------------------------------------------------------------------

    @property
    def cards(self) -> list[Card]:
        """The passages that are gone through."""
        found = self.pile.cards if self.pile else ()
        return [one for one in found if not self._mine or one.by == self.access.coder]

    @property
    def card(self) -> Card | None:
        """The passage that is shown."""
        return self.cards[self._at] if self._at < len(self.cards) else None

    @property
    def asking(self) -> bool:
        """Tell whether a pane waits for an answer."""
        return self.query_one(Choice).is_open or self.query_one(AskLine).is_open

    def on_screen_resume(self) -> None:
        """Read what changed while another screen was shown."""
        self.refetch()

    def refetch(self, said: str = "") -> None:
        """Read the pile anew and say something; the passage that is shown stays."""
        self.run_worker(self._load(said), exclusive=True, group="pile")

    async def _load(self, said: str) -> None:
        first, here = self.pile is None, self.card
        try:
            read = partial(sorting.read, code=self.code, coder=self.access.coder)
            self.pile = await self.access.read(read)
        except QcodeError as error:
            self.tell(str(error))
            return
        ids = [one.coding for one in self.cards]
        if here is not None and here.coding in ids:
            self._at = ids.index(here.coding)
        self._at = min(self._at, max(0, len(ids) - 1))
        if first:
            self._at = self._next(-1)
        self._draw()
        if said:
            self.tell(said)
        elif not ids:
            self.tell(_("“{name}” has no passage to sort.").format(name=self.pile.code.name))
        elif not self.pile.targets and not self.asking:
            self._naming = True
            self.action_new()

    def _draw(self) -> None:
        pile = self.pile
        if pile is None:
            return
        cards, parent = self.cards, pile.code.id
        done = sum(one.code != parent for one in cards)
        head = _("{k} of {n} sorted").format(k=done, n=len(cards))
        title = _("qcode · Sort the passages of “{code}”").format(code=pile.code.name)
        self.query_one(HeaderLine).show(title, head)
        shown = passage_lines(pile, self.card, self._at, len(cards))
        card = self.query_one("#card", Inspector)
        card.show(shown)
        self.call_after_refresh(card.reveal, PASSAGE)
        now = self.card.code if self.card else ""
        whose = self.access.coder if self._mine else ""
        codes = codes_lines(pile, now, whose, meanings=self._meanings)
        self.query_one("#targets", Inspector).show(codes)
        self.query_one(StatusLine).stand(self._standing(), self.access.saved)

    def _standing(self) -> str:
        pile = self.pile
        left_out = []
        if pile is not None and pile.unused:
            left_out.append(_("{n} not to be used, not shown").format(n=pile.unused))
        if pile is not None and pile.lost:
            left_out.append(counted("{n} needs a place", "{n} need a place", pile.lost))
        whose = _("only yours") if self._mine else _("everyone's passages")
        return " · ".join((whose, *left_out, _("U undoes the pile, e ends it, q leaves it")))

    def tell(self, text: str) -> None:
        """Say what was done."""
        self.query_one(StatusLine).tell(text, self.access.saved)

    def on_resize(self) -> None:
        """Fit the panes to the terminal."""
        self.set_class(self.size.width < _ROOM_BESIDE, "-narrow")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """Keep the commands from acting while a pane asks."""
        return not (action in commands.actions(self.KEYS) and self.is_mounted and self.asking)

    # -- from passage to passage ---------------------------------------------------------------

    def _next(self, at: int) -> int:
        """Return the next passage that is yet to be sorted, or ``at`` where there is none."""
        cards, parent = self.cards, self.code
        order: list[int] = [*range(at + 1, len(cards)), *range(at + 1)]
        for number in order:
            if cards[number].code == parent and cards[number].coding not in self._stayed:
                return number
        return max(0, at)

    def action_step(self, step: int) -> None:
        """Go to another passage, sorted or not."""
        if 0 <= self._at + step < len(self.cards):
            self._at += step
            self._draw()
        else:
            self.tell(_("There is no passage before.") if step < 0 else _("That was the last one."))

    def action_give(self, digit: int) -> None:
        """Give the passage to the code of a digit; 0 leaves it where it was."""
        pile, card = self.pile, self.card
        if pile is None or card is None or self._waiting:
            return
        if digit > len(pile.targets):
            self.tell(_("No code has the digit {n}: n makes one.").format(n=digit))
            return
        to = pile.targets[digit - 1] if digit else pile.code
        self._stayed.discard(card.coding)
        if not digit:
            self._stayed.add(card.coding)
        if to.id == card.code:
            self._on(_("Stays: {code}").format(code=to.name))
            return
        act = partial(sorting.sort, code=pile.code.id, coding=card.coding, to=to.id, pile=pile.pile)

        def then(id: str) -> None:
            self._moved(card, to.id, id, _("Given: {code}").format(code=to.name))

        self._write(piles.SORT, act, then)

    def _moved(self, card: Card, to: str, id: str, said: str) -> None:
        pile = self.pile
        if pile is not None:
            cards = tuple(
                replace(one, code=to) if one.coding == card.coding else one for one in pile.cards
            )
            self.pile = replace(pile, pile=id, cards=cards)
            self._on(said)

    def _on(self, said: str) -> None:
        """Show the next passage that is yet to be sorted; after the last one ask what is left."""
        at = self._next(self._at)
        cards = self.cards
        left = bool(cards) and (
            cards[at].code == self.code and cards[at].coding not in self._stayed
        )
        self._at = at
        self._draw()
        self.tell(said)
        if not left:
            self.action_end()

    # -- what is written -----------------------------------------------------------------------

    def _write(self, verb: str, act: Callable[[Step], W], then: Callable[[W], None]) -> None:
        self._waiting = True

        def done(result: W) -> None:
            self._waiting = False
            if self.is_attached:
                then(result)

        self.access.write(verb, act, done, self._failed)

    def _failed(self, why: str) -> None:
        self._waiting = False
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
        self._write(piles.SPLIT, act, lambda _ids: self._made(event.text))

    def _made(self, name: str) -> None:
        self.refetch(_("Made: {name}").format(name=name))
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
        if not self._waiting:
            self._write(verb, act, lambda turned: self._turned(*turned))

    def _turned(self, coding: str, said: str) -> None:
        """Show the passage that was turned, so that it can be given another code."""
        ids = [one.coding for one in self.cards]
        if coding in ids:
            self._at = ids.index(coding)
            self._stayed.discard(coding)
        self.refetch(said)

    def action_undo_all(self) -> None:
        """Ask whether the whole pile is to be undone."""
        pile = self.pile
        if pile is None or self._waiting:
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
            self._stayed.clear()
            self._turn("undo", partial(sorting.undo_last, code=self.code))
        elif event.about == "end" and event.value:
            act = partial(sorting.end, code=self.code, new_meaning=event.value == "new")
            self._write(piles.END, act, lambda _none: self.action_close())

    # -- elsewhere -----------------------------------------------------------------------------

    def action_open(self) -> None:
        """See the passage in the text."""
        card = self.card
        if card is not None:
            self.post_message(self.Go(Place(card.document, card.span, card.coding)))

    def action_meanings(self) -> None:
        """Show or hide what the codes below mean."""
        self._meanings = not self._meanings
        self._draw()

    def action_mine(self) -> None:
        """Go through one's own passages only, or everyone's."""
        here, self._mine = self.card, not self._mine
        ids = [one.coding for one in self.cards]
        self._at = ids.index(here.coding) if here and here.coding in ids else 0
        self._draw()

    def action_close(self) -> None:
        """Go back; what is not sorted waits."""
        self.app.pop_screen()
