"""Who speaks in a document: what each is, how each is called, and for which case."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType

from qcode.language import _, counted
from qcode.model.document import SPEAKER_KINDS
from qcode.model.table import in_words
from qcode.store import documents
from qcode.store.project import Reader, Step
from qcode.tui.access import Access
from qcode.tui.commands import Command, bindings
from qcode.tui.commands.listing import LISTING, UNDOING
from qcode.tui.inspecting import Line
from qcode.tui.screens.listing import ListScreen
from qcode.tui.screens.shown import Place
from qcode.tui.widgets.askline import AskLine
from qcode.tui.widgets.choice import Choice, Way
from qcode.tui.widgets.grid import Column
from qcode.workflows import listing, people
from qcode.workflows.people import Change

Row = tuple[str, ...]
WHOLE = "-"
"""The label under which a case takes part in the document as a whole."""

KEYS = (
    *LISTING,
    Command("speakers.kind", "e", "kind", _("Say what the speaker is"),
            _("Capital letters say it in all documents that have the label."), footer=_("Kind")),
    Command("speakers.name", "r", "rename", _("Call the speaker otherwise")),
    Command("speakers.case", "c", "case", _("Say whose words these are"), footer=_("Case")),
    *UNDOING,
)  # fmt: skip


class SpeakersScreen(ListScreen[Row]):
    """Lists the labels of one document."""

    KEYS = KEYS
    BINDINGS: ClassVar[list[BindingType]] = bindings(KEYS)

    def __init__(self, access: Access, document: str, name: str) -> None:
        super().__init__(access)
        self._document, self._called = document, name

    def headline(self) -> str:
        """Return the name of the screen and the document."""
        return _("Speakers of {document}").format(document=self._called)

    def columns(self) -> Sequence[Column]:
        """Return label, kind, name and case."""
        return (Column(_("label"), 24), Column(_("kind"), 14), Column(_("name"), 24),
                Column(_("case")))  # fmt: skip

    def fetch(self, connection: Reader) -> Sequence[Row]:
        """Read who speaks."""
        of = [one for one in documents.listed(connection) if one.id == self._document]
        table = listing.speakers_table(connection, of)
        return [tuple(map(in_words, row[1:])) for row in table.rows]

    def cells(self, row: Row) -> Sequence[str]:
        """Return label, kind, name and case."""
        return row

    def key(self, row: Row) -> str:
        """Return the label."""
        return row[0]

    def detail(self, row: Row) -> Sequence[Line]:
        """Return what the kind means for the count."""
        told = {
            "interviewer": _("Asks; these words are nobody's and make no case."),
            "interpreter": _("Says what others said; these words are nobody's."),
            "participant": _("These words count for the case."),
            "unknown": _("Nobody said who this is: counted as a participant."),
        }
        return (Line(row[0], "strong"), Line(told.get(row[1], "")))

    def place(self, row: Row) -> Place:  # noqa: ARG002 - every row leads to the document
        """Return the document."""
        return Place(self._document)

    def counted(self, shown: int, total: int) -> str:
        """Return how many labels there are."""
        if not total:
            return _("Nobody is told apart in this document.")
        return counted("{n} speaker", "{n} speakers", shown)

    def above(self) -> ComposeResult:
        """Lay out what asks."""
        yield Choice()

    # -- what is changed -----------------------------------------------------------------------

    def action_kind(self) -> None:
        """Ask what the speaker is."""
        if self.row is None or self.row[0] == WHOLE:
            return
        names = {"participant": _("participant"), "interviewer": _("interviewer"),
                 "interpreter": _("interpreter"), "unknown": _("unknown")}  # fmt: skip
        letters = {"participant": "p", "interviewer": "i", "interpreter": "t", "unknown": "u"}
        ways = [Way(letters[kind], names[kind], kind) for kind in SPEAKER_KINDS]
        ways += [
            Way(letters[kind].upper(), _("{kind} in all documents").format(kind=names[kind]),
                f"all {kind}")
            for kind in SPEAKER_KINDS
        ]  # fmt: skip
        self.query_one(Choice).open("kind", self.row[0], ways)

    def action_rename(self) -> None:
        """Ask how the speaker is to be called."""
        if self.row is not None and self.row[0] != WHOLE:
            title = _("How is {label} to be called?").format(label=self.row[0])
            self.query_one(AskLine).open("name", title, self.row[2])

    def action_case(self) -> None:
        """Ask whose words these are."""
        if self.row is not None:
            title = _("For which case does {label} speak?").format(label=self.row[0])
            self.query_one(AskLine).open("case", title)

    @on(Choice.Made)
    def _made(self, event: Choice.Made) -> None:
        self.grid.focus()
        if self.row is not None:
            where, _blank, kind = event.value.rpartition(" ")
            self._change(Change(self.row[0], kind=kind), everywhere=bool(where))

    @on(AskLine.Answered)
    def _answered(self, event: AskLine.Answered) -> None:
        if self.row is None or not event.text:
            return
        label = "" if self.row[0] == WHOLE else self.row[0]
        if event.about == "name":
            self._change(Change(label, name=event.text))
        elif event.about == "case":
            self._change(Change(label, case=event.text))

    def _change(self, change: Change, *, everywhere: bool = False) -> None:
        def act(step: Step) -> str:
            of = [
                one for one in documents.listed(step.connection)
                if everywhere or one.id == self._document
            ]  # fmt: skip
            done = people.change(step, of, change)
            return counted("{n} document changed.", "{n} documents changed.", len(done))

        self.write("speakers", act, lambda told: told)
