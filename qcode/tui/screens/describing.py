"""What can be changed of a document from the list: its name, its kind, who speaks, whether it is in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from textual import on, work

from qcode.errors import Refused
from qcode.language import _
from qcode.model.document import Document
from qcode.store import documents
from qcode.store.project import Reader, Step
from qcode.tui.access import Access
from qcode.tui.screens.shown import ShownScreen
from qcode.tui.session import Entry
from qcode.tui.ways import kinds
from qcode.tui.widgets.askline import AskLine
from qcode.tui.widgets.choice import Choice, Way
from qcode.tui.widgets.documents import kind_name
from qcode.tui.widgets.status import StatusLine
from qcode.workflows import people
from qcode.workflows.history import turned

_LETTERS = "123456789abcdefghijklmnopqrstuvwxyz"


class DescribingScreen(ShownScreen):
    """A list of documents of which the highlighted one can be changed."""

    def __init__(self, access: Access) -> None:
        super().__init__()
        self.access = access
        self._about: Entry | None = None
        """The document that is being changed."""

    @property
    def entry(self) -> Entry | None:
        """The highlighted document."""
        raise NotImplementedError

    def reload(self, said: str = "") -> object:
        """Read the list anew, and say something."""
        raise NotImplementedError

    def tell(self, text: str) -> None:
        """Say what was done."""
        self.query_one(StatusLine).tell(text, self.access.saved)

    # -- asking --------------------------------------------------------------------------------

    def action_document(self) -> None:
        """Ask what is to be changed."""
        self._about = entry = self.entry
        ways = [Way("b", _("bring back a retired document …"), "back")]
        if entry is not None:
            ways = [
                Way("n", _("another name …"), "name"),
                Way("k", _("another kind, now {kind} …").format(kind=kind_name(entry.kind)),
                    "kind"),
                Way("s", _("who speaks in it …"), "speakers"),
                Way("r", _("retire it: out of view and count, with its codings"), "retire"),
                *ways,
            ]  # fmt: skip
        self.query_one(Choice).open("document", entry.name if entry else _("Documents"), ways)

    @on(Choice.Closed)
    def _unanswered(self) -> None:
        self.set_focus(self.query_one("#documents"))

    @on(Choice.Made)
    def _made(self, event: Choice.Made) -> None:
        self.set_focus(self.query_one("#documents"))
        about, entry = event.about, self._about
        if about == "back":
            self._bring_back(event.value)
        elif event.value == "back":
            self._ask_back()
        elif entry is None:
            return
        elif about == "kind":
            self._describe(entry, {"kind": event.value})
        elif event.value == "kind":
            self.query_one(Choice).open("kind", entry.name, kinds())
        elif event.value == "name":
            title = _("Another name for {document}").format(document=entry.name)
            self.query_one(AskLine).open("name", title, entry.name)
        elif event.value == "speakers":
            from qcode.tui.screens.speakers import SpeakersScreen

            self.app.push_screen(SpeakersScreen(self.access, entry.id, entry.name))
        else:
            told = _("{document} is retired; ctrl+z brings it back.")
            self._change("retire document", partial(documents.retire, document=entry.id),
                         told.format(document=entry.name))  # fmt: skip

    @on(AskLine.Answered)
    def _answered(self, event: AskLine.Answered) -> None:
        if self._about is not None and event.text not in ("", self._about.name):
            self._describe(self._about, {"name": event.text})

    @work
    async def _ask_back(self) -> None:
        """Ask which retired document is to come back."""
        found = await self.access.read(_retired)
        if not found:
            self.tell(_("No document is retired."))
            return
        ways = [Way(letter, one.name, one.id) for letter, one in zip(_LETTERS, found, strict=False)]
        self.query_one(Choice).open("back", _("Bring back"), ways)

    # -- changing ------------------------------------------------------------------------------

    def _describe(self, entry: Entry, values: dict[str, str]) -> None:
        def act(step: Step) -> None:
            known = {one.id: one for one in documents.listed(step.connection)}
            if entry.id not in known:
                raise Refused(_("This document was retired meanwhile."))
            people.describe(step, known[entry.id], values)

        self._change("document", act, _("{document} changed.").format(document=entry.name))

    def _bring_back(self, document: str) -> None:
        act = partial(documents.retire, document=document, retired=False)
        self._change("restore document", act, _("It is back."))

    def action_undo(self) -> None:
        """Undo the coder's last step, and say what it was."""
        self._change("undo", partial(turned, undone=True))

    def action_redo(self) -> None:
        """Do again what was undone last, and say what it was."""
        self._change("redo", partial(turned, undone=False))

    def _change(self, verb: str, act: Callable[[Step], object], told: str = "") -> None:
        def done(result: object) -> None:
            if self.is_attached:
                self.reload(told or str(result))

        self.access.write(verb, act, done, self._refused)

    def _refused(self, why: str) -> None:
        if self.is_attached:
            self.tell(why)
            self.app.bell()


def _retired(connection: Reader) -> Sequence[Document]:
    return [one for one in documents.listed(connection, retired=True) if one.retired]
