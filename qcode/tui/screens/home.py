"""The first screen: the documents, and how far this coder is with each."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import Input, Static

from qcode import settings
from qcode.errors import QcodeError
from qcode.language import _
from qcode.tui import commands, session
from qcode.tui.access import Access
from qcode.tui.commands.everywhere import HOME
from qcode.tui.inspecting import Line
from qcode.tui.screens.describing import DescribingScreen
from qcode.tui.screens.shown import Banner
from qcode.tui.session import Entry, Study
from qcode.tui.widgets.askline import AskLine
from qcode.tui.widgets.choice import Choice
from qcode.tui.widgets.documents import DocumentList, kind_name
from qcode.tui.widgets.rows import Rows
from qcode.tui.widgets.status import HeaderLine, StatusLine


class HomeScreen(DescribingScreen):
    """Lists the documents; typing looks for one, enter opens it."""

    CSS_PATH = "home.tcss"
    KEYS = HOME
    FIRST = DocumentList
    BINDINGS: ClassVar[list[BindingType]] = commands.bindings(HOME)

    def __init__(self, access: Access, open_document: Callable[[str], None]) -> None:
        super().__init__(access)
        self._access = access
        self._open = open_document
        self._study: Study | None = None
        self.opened = ""
        """The document that is open, to come back to in the list."""
        self._anew = False
        """Whether the next letter begins another search; what was typed is kept until then."""

    def parts(self) -> ComposeResult:
        """Lay out header, filter, list and the lines below."""
        yield HeaderLine(id="header")
        yield Input(
            placeholder=_("type to look for a document"),
            compact=True,
            select_on_focus=False,
            id="filter",
        )
        yield Static(markup=False, id="heading")
        yield DocumentList(id="documents")
        yield Choice()
        yield AskLine()
        yield Banner()
        yield StatusLine(id="status")
        yield self.key_line()

    def on_mount(self) -> None:
        """Begin with the list, which takes letters for the filter."""
        self._list.focus()

    def on_screen_resume(self) -> None:
        """Read what changed while another screen was shown."""
        self._list.focus()
        self._anew = True
        self.reload()

    @property
    def entry(self) -> Entry | None:
        """The highlighted document."""
        return self._list.entry

    @work(exclusive=True)
    async def reload(self, said: str = "") -> None:
        """Read the list anew, and say something."""
        self._take(await self._read(quick=self._study is None), said)
        if self._study is not None and not self._study.whole:
            self._take(await self._read())

    async def _read(self, *, quick: bool = False) -> Study:
        coder = self._access.coder
        return await self._access.read(lambda one: session.study(one, coder, quick=quick))

    def _take(self, found: Study, said: str = "") -> None:
        at = self.opened or (found.last if self._study is None else "")
        self._study, self.opened = found, ""
        done = _("{k}/{n} finished").format(k=found.finished, n=len(found.entries))
        self.query_one(HeaderLine).show(f"qcode · {found.name}", f"{done} · {found.coder_name}")
        self._show(at)
        if said:
            self.tell(said)

    def _show(self, at: str = "") -> None:
        study = self._study
        if study is None:
            return
        known = study.entries
        if self._access.hides_attributes:
            known = tuple(replace(entry, case="") for entry in known)
        entries = [entry for entry in known if fits(entry, self._filter.value)]
        self._list.show(entries, at)
        self._head()
        status = self.query_one(StatusLine)
        if not study.entries:
            text = _("No documents yet: ctrl+t, then i, brings some in.")
        elif not entries:
            text = _("No document holds “{typed}”. Esc shows all.").format(typed=self._filter.value)
        else:
            text = _("{k} of {n} documents").format(k=len(entries), n=len(study.entries))
        status.stand(text, self._access.saved)

    def _head(self) -> None:
        width = self._list.scrollable_content_region.width
        self.query_one("#heading", Static).update(Content(self._list.heading(width)))

    def on_resize(self) -> None:
        """Fit the heading to the columns."""
        self.call_after_refresh(self._head)

    @property
    def _list(self) -> DocumentList:
        return self.query_one(DocumentList)

    @property
    def _filter(self) -> Input:
        return self.query_one("#filter", Input)

    def help(self) -> Iterator[Line]:
        """Say what the list is, and its keys."""
        yield Line(_("Documents"), "strong")
        yield Line(
            _("Type some letters to look for a document, go to it with ↑ and ↓, open it with "
              "enter. The bar shows how far you are: the furthest turn you coded, or finished.")
        )  # fmt: skip
        yield Line()
        yield from super().help()

    # -- what happens --------------------------------------------------------------------------

    @on(DocumentList.Typed)
    def _typed(self, event: DocumentList.Typed) -> None:
        self._filter.focus()
        self._filter.value = ("" if self._anew else self._filter.value) + event.character
        self._anew = False
        self._filter.cursor_position = len(self._filter.value)

    @on(Input.Changed)
    def _changed(self) -> None:
        self._show()

    @on(Input.Submitted)
    @on(Rows.Chosen)
    def action_open(self) -> None:
        """Open the highlighted document."""
        entry = self._list.entry
        if entry is not None:
            self._open(entry.id)

    def action_filter(self) -> None:
        """Go to the filter, which is empty again where somebody came back to the list."""
        if self._anew:
            self._filter.value, self._anew = "", False
        self._filter.focus()

    def action_attributes(self) -> None:
        """Hide or show what is known of informants."""
        told = turn_attributes(self._access)
        self._show()
        self.query_one(StatusLine).tell(told)

    def action_clear(self) -> None:
        """Show all documents again."""
        self._filter.value = ""
        self._list.focus()

    def key_down(self) -> None:
        """Move in the list while somebody types."""
        if self._filter.has_focus:
            self._list.action_step(1)

    def key_up(self) -> None:
        """Move in the list while somebody types."""
        if self._filter.has_focus:
            self._list.action_step(-1)


def turn_attributes(access: Access) -> str:
    """Hide what is known of informants, or show it, and keep that; return what to say."""
    hidden = access.hides_attributes = not access.hides_attributes
    told = (
        _("What is known of informants is hidden here and while coding.")
        if hidden
        else _("What is known of informants is shown.")
    )
    try:
        settings.remember_hidden(hidden=hidden)
    except QcodeError as error:
        return f"{told} · {error}"
    return told


def fits(entry: Entry, typed: str) -> bool:
    """Tell whether every word that was typed stands in a document's name, kind, case or coders."""
    text = " ".join((entry.name, kind_name(entry.kind), entry.case, *entry.finished_by)).casefold()
    return all(word in text for word in typed.casefold().split())
