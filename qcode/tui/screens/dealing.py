"""A pile as it is looked through: one passage of a code after the other, and the codes below."""

from __future__ import annotations

from functools import partial

from textual.app import ComposeResult
from textual.containers import Horizontal

from qcode.errors import QcodeError
from qcode.language import _, counted
from qcode.tui import commands
from qcode.tui.access import Access
from qcode.tui.pile import PASSAGE, codes_lines, passage_lines
from qcode.tui.screens.shown import Banner, Place, ShownScreen
from qcode.tui.widgets.askline import AskLine
from qcode.tui.widgets.choice import Choice
from qcode.tui.widgets.inspector import Inspector
from qcode.tui.widgets.status import HeaderLine, StatusLine
from qcode.workflows import sorting
from qcode.workflows.cards import Card
from qcode.workflows.sorting import Sorting

_ROOM_BESIDE = 70
"""Columns from which the codes stand beside the passage; else they stand below."""


class DealingScreen(ShownScreen):
    """Shows one passage of a code after the other; writes nothing."""

    FIRST = Inspector
    AUTO_FOCUS = "#card"

    def __init__(self, access: Access, code: str) -> None:
        super().__init__()
        self.access = access
        self.code = code
        self.pile: Sorting | None = None
        self._at = 0
        self._mine = False
        self._meanings = False

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
            self.begin()

    def begin(self) -> None:
        """Ask for what is lacking to begin with; called where there is no code to sort into."""

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
        cards, pile = self.cards, self.pile
        order: list[int] = [*range(at + 1, len(cards)), *range(at + 1)]
        waiting = (one for one in order if pile is not None and pile.waits(cards[one]))
        return next(waiting, max(0, at))

    def action_step(self, step: int) -> None:
        """Go to another passage, sorted or not."""
        if 0 <= self._at + step < len(self.cards):
            self._at += step
            self._draw()
        else:
            self.tell(_("There is no passage before.") if step < 0 else _("That was the last one."))

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
