"""Taking over what coders agree on: the number is shown first."""

from __future__ import annotations

from typing import TypeVar

from textual import on
from textual.app import ComposeResult

from qcode.analysis.adjudication import Reviewed
from qcode.language import _, counted
from qcode.store.project import Step
from qcode.tui.screens.listing import ListScreen
from qcode.tui.widgets.choice import Choice, Way
from qcode.workflows import adjudication

T = TypeVar("T")

_ABOUT = "agree"


class AgreeingScreen(ListScreen[T]):
    """A list beside which agreements wait to be taken over."""

    def agreed(self) -> list[Reviewed]:
        """Return the agreements that are not taken over yet."""
        raise NotImplementedError

    def above(self) -> ComposeResult:
        """Lay out what asks."""
        yield Choice()

    def action_agree(self) -> None:
        """Ask whether all agreements are taken over."""
        found = self.agreed()
        if not found:
            self.tell(_("There is nothing new that both agree on."))
            return
        places = len({one.item.document for one in found})
        title = _("{agreements} in {documents} become the consensus").format(
            agreements=counted("{n} agreement", "{n} agreements", len(found)),
            documents=counted("{n} document", "{n} documents", places),
        )
        ways = [Way("y", _("Yes, take them over"), "yes"), Way("n", _("No"), "")]
        self.query_one(Choice).open(_ABOUT, title, ways)

    @on(Choice.Made)
    def _take_over(self, event: Choice.Made) -> None:
        if event.about != _ABOUT:
            return
        self.grid.focus()
        if event.value:
            self.write("take over agreements", _taken_over, lambda said: said)


def _taken_over(step: Step) -> str:
    return " ".join(adjudication.told(
        adjudication.take_over(step, adjudication.read(step.connection))
    ))  # fmt: skip
