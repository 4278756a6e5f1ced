"""Settling the highlighted item with one key; then the next open one shows."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from functools import partial

from textual import on, work

from qcode.analysis.adjudication import Item
from qcode.analysis.verdicts import allowed, meant
from qcode.errors import QcodeError, Refused
from qcode.language import _, counted
from qcode.model.span import Span
from qcode.store.project import Step
from qcode.tui.access import Access
from qcode.tui.arranging import Arrangement
from qcode.tui.item_lines import called, given, side_of
from qcode.tui.screens.holding import HoldingScreen
from qcode.tui.widgets.askline import AskLine
from qcode.tui.widgets.choice import Choice, Way
from qcode.tui.widgets.passage import Passage
from qcode.tui.widgets.rows import Rows
from qcode.workflows import adjudication
from qcode.workflows.adjudication import Review, Ruling, Settled
from qcode.workflows.items import Docket, Entry

_ASKED = ("reason", "dissent", "present", "park")


class JudgingScreen(HoldingScreen):
    """The items with the keys that settle them."""

    def __init__(
        self, access: Access, code: str = "", document: str = "", *, named: bool = False,
        inside: Callable[[Item], bool] = lambda _item: True,
    ) -> None:  # fmt: skip
        super().__init__(access, code, document, named=named, inside=inside)
        self._next_ruling = {"reason": "", "dissent": ""}
        """What goes into the next verdict."""
        self._present: tuple[str, ...] = ()
        """Who else takes part, by id, for all verdicts from now on."""
        self._present_names = ""
        self._held = deque()
        self._settled: list[str] = []
        """Items that were settled here, the last one at the end."""
        self._chosen: tuple[str, Span] | None = None
        """The item for which other words were chosen, and these."""

    # -- one key ---------------------------------------------------------------------------------

    def action_verdict(self, verdict: str) -> None:
        """Settle the highlighted item; A and B are meant as they show."""
        self._one_by_one(partial(self._judge, verdict))

    def _judge(self, verdict: str) -> None:
        entry = self.row
        if entry is None:
            self.tell(_("There is no item."))
        elif verdict not in allowed(entry.item):
            self.tell(_("This item cannot get that verdict: the line below the words says which."))
        else:
            self.settle(entry, Ruling(meant(entry.item, verdict)))

    def settle(self, entry: Entry, ruling: Ruling) -> None:
        """Write a verdict with the reason, dissent and people that were said before."""
        docket = self.docket
        if docket is None:
            return
        ruling = Ruling(
            ruling.verdict, ruling.span, ruling.code, self._next_ruling["reason"],
            (self.access.coder, *self._present), self._next_ruling["dissent"],
        )  # fmt: skip
        self._writing = True

        def settle(step: Step) -> tuple[Settled, Docket]:
            done = settled(step, docket.review, entry, ruling)
            return done, docket.after(done)

        done = partial(self._done, entry, docket)
        self.access.write("settle item", settle, done, self._not_done)

    def _done(self, entry: Entry, before: Docket, found: tuple[Settled, Docket]) -> None:
        """Show that an item is settled, then the next one; nothing is computed anew."""
        self._writing = False
        if not self.is_attached or self.docket is None:
            return
        self._next_ruling = {"reason": "", "dissent": ""}
        self._settled.append(entry.item.id)
        if self.docket is not before:
            # The list was read anew meanwhile, as after an undo: other items may show.
            self._held.clear()
            self.refetch(_("Settled: {item}").format(item=entry.number))
            return
        done, self.docket = found
        self._exchange(self.docket)
        left = sum(one.state in ("open", "reopened") for one in self.docket.entries)
        said = [_("Settled: {item}, {n} left").format(item=entry.number, n=left),
                *adjudication.told(done)[1:]]  # fmt: skip
        if not done.documents and (agreed := _only_agreed(self.docket.review, entry.item.document)):
            said.append(
                counted("In {{document}}, {n} agreement is left: A takes it over",
                        "In {{document}}, {n} agreements are left: A takes them over",
                        agreed).format(document=self.docket.review.names[entry.item.document])
            )  # fmt: skip
        self.tell(" · ".join(said))
        self._go_on()

    def _exchange(self, docket: Docket) -> None:
        """Show the same rows as they stand now, and highlight the next open one."""
        self._arrangement = Arrangement(docket.entries, self.cells)
        here = self.row
        self._show(self._arrangement.arranged(self._wish), self.key(here) if here else "")
        at = self.next_open()
        if at is not None:
            # What was told stays to be read.
            with self.prevent(Rows.Highlighted):
                self.grid.highlight(at)
            self._say()

    def action_close(self) -> None:
        """Show all rows again, or go back, once all that was typed before is on disk."""
        self._one_by_one(super().action_close)

    def _not_done(self, why: str) -> None:
        self._writing = False
        self._held.clear()
        self._failed(why)

    # -- other words -------------------------------------------------------------------------------

    def action_span(self) -> None:
        """Let the keys of the text move the bounds of what is to stand."""
        entry = self.row
        if entry is None or "span" not in allowed(entry.item):
            self.tell(_("There are no words to choose from."))
            return
        self.passage.choose(self.spans(entry))
        self.tell(_("w b l h move the end, < > the start, + - grow and shrink; enter takes the words, "
                    "esc gives up"))  # fmt: skip

    @on(Passage.Taken)
    def _taken(self, event: Passage.Taken) -> None:
        self.grid.focus()
        entry, span = self.row, event.span
        if entry is None or span is None:
            self.stand()
        elif entry.item.same:
            self.settle(entry, Ruling("span", span))
        else:
            self._chosen = entry.item.id, span
            self._ask_code(entry)

    def _ask_code(self, entry: Entry) -> None:
        docket = self.docket
        if docket is None:
            return
        ways = [
            Way("ab"[shown], f"{called(docket, entry, shown)}: {given(docket, entry, shown)}",
                entry.item.codes[side_of(entry, shown)])
            for shown in (0, 1)
        ]  # fmt: skip
        self.query_one(Choice).open("code of words", _("Which code do these words get?"), ways)

    @on(Choice.Made)
    def _code_made(self, event: Choice.Made) -> None:
        if event.about != "code of words" or self._chosen is None:
            return
        self.grid.focus()
        entry, (id, span) = self.row, self._chosen
        if entry is not None and entry.item.id == id:
            self.settle(entry, Ruling("span", span, event.value))

    # -- what is said of it ------------------------------------------------------------------------

    def action_reason(self) -> None:
        """Ask why."""
        title = _("Why? It is written with the next verdict")
        self.query_one(AskLine).open("reason", title, self._next_ruling["reason"])

    def action_dissent(self) -> None:
        """Ask what somebody holds against it."""
        title = _("What does somebody hold against it? It is kept beside the next verdict")
        self.query_one(AskLine).open("dissent", title, self._next_ruling["dissent"])

    def action_present(self) -> None:
        """Ask who takes part."""
        title = _("Who else takes part, from now on? Names with commas")
        self.query_one(AskLine).open("present", title, self._present_names)

    def action_park(self) -> None:
        """Ask what is to be discussed."""
        if self.row is not None:
            title = _("To the agenda: what is to be discussed? Enter alone names the codes")
            self.query_one(AskLine).open("park", title)

    @on(AskLine.Answered)
    def _answered(self, event: AskLine.Answered) -> None:
        if event.about not in _ASKED:
            return
        if event.about == "present":
            self._find_people(event.text)
        elif event.about == "park":
            self._park(event.text)
        else:
            self._next_ruling[event.about] = event.text
            self.tell(_("It goes with the next verdict.") if event.text else _("Taken away."))

    @work(group="people", exclusive=True)
    async def _find_people(self, text: str) -> None:
        typed = [name.strip() for name in text.split(",") if name.strip()]
        try:
            self._present = await self.access.read(lambda one: adjudication.people(one, typed))
        except QcodeError as error:
            self._failed(str(error))
            return
        self._present_names = text
        self.tell(counted("{n} other takes part from now on.", "{n} others take part from now on.",
                          len(self._present)) if typed else _("Only you take part."))  # fmt: skip

    def _park(self, text: str) -> None:
        docket, entry = self.docket, self.row
        if docket is None or entry is None:
            return

        def parked(_flag: str) -> None:
            if self.docket is not None and self.is_attached:
                self.docket = self.docket.put_off(entry.item.id)
                self._exchange(self.docket)
                self.tell(_("On the agenda: {item}").format(item=entry.number))

        self.access.write(
            "discuss",
            lambda step: adjudication.park(step, docket.review, entry.reviewed, text), parked,
            self._failed,
        )  # fmt: skip

    # -- back ----------------------------------------------------------------------------------------

    def action_reopen(self) -> None:
        """Open the highlighted item again."""
        entry = self.row
        if entry is None:
            return
        self._seek = entry.item.id
        self.write("reopen item", lambda step: adjudication.reopen(step, entry.reviewed),
                   _("Open again: {item}").format(item=entry.number))  # fmt: skip

    def action_undo(self) -> None:
        """Undo the coder's last step, and show the item that it was about."""
        self._one_by_one(self._undo)

    def _undo(self) -> None:
        self._seek = self._settled.pop() if self._settled else ""
        super().action_undo()


def settled(step: Step, review: Review, entry: Entry, ruling: Ruling) -> Settled:
    """Settle an item; what it was the last one of is looked at anew before it is done."""
    one = entry.reviewed
    left = review.left(entry.item.document)
    if all(other.item.id == one.item.id for other in left):
        review = adjudication.read(step.connection)
        found = [other for other in review.listed if other.item.id == one.item.id]
        if not found:
            raise Refused(_("This item changed meanwhile; go back and open the list again."))
        (one,) = found
    return adjudication.settle(step, review, [one], ruling)


def _only_agreed(review: Review, document: str) -> int:
    """Return how many agreements are left of a document of which nothing else is."""
    left = review.left(document)
    return len(left) if all(one.item.kind == "agree" for one in left) else 0
