"""Items of review as a list, and the highlighted one with its words and both coders' lanes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Static

from qcode.analysis.adjudication import Item, Reviewed
from qcode.analysis.verdicts import allowed
from qcode.language import _
from qcode.model.span import Span
from qcode.store.project import Reader
from qcode.terminal import in_one_line
from qcode.tui.access import Access
from qcode.tui.commands.review import VERDICTS
from qcode.tui.desk import EVERYONE
from qcode.tui.inspecting import Line
from qcode.tui.item_lines import called, given, item_lines, side_of
from qcode.tui.screens.agreeing import AgreeingScreen
from qcode.tui.screens.listing import styles
from qcode.tui.screens.shown import Place
from qcode.tui.widgets.grid import Column, Grid
from qcode.tui.widgets.inspector import Inspector
from qcode.tui.widgets.passage import Passage
from qcode.workflows import items
from qcode.workflows.items import Docket, Entry, excerpt, told_kind
from qcode.workflows.review import state_names
from qcode.workflows.telling import local_now, when


class ExhibitingScreen(AgreeingScreen[Entry]):
    """Shows the items of a code, of a document, or all."""

    CSS_PATH = styles("items")

    def __init__(
        self, access: Access, code: str = "", document: str = "", *, named: bool = False,
        inside: Callable[[Item], bool] = lambda _item: True,
    ) -> None:  # fmt: skip
        """List the items of one code, of one document, or all that are ``inside``.

        ``named`` shows who the coders are.
        """
        super().__init__(access)
        self._code, self._of, self._inside = code, document, inside
        self._shows_names = named
        self.docket: Docket | None = None
        self._seek = ""
        """The item to be highlighted when the list was read anew."""
        self._drawn: tuple[object, ...] = ()

    # -- what is listed ------------------------------------------------------------------------

    def headline(self) -> str:
        """Return whose items are listed."""
        docket = self.docket
        what = _("all items")
        if docket is not None and self._code:
            what = docket.book[self._code].name
        elif docket is not None and self._of:
            what = docket.review.names[self._of]
        return _("Settle what coders gave differently: {what}").format(what=what)

    def columns(self) -> Sequence[Column]:
        """Return the columns of the table."""
        return (
            Column(_("item"), 12, end=":"), Column(_("state"), 16), Column(_("kind"), 20),
            Column("● A", 24, least=70), Column("▲ B", 24, least=70),
            Column(_("words"), aside=True),
        )  # fmt: skip

    def fetch(self, connection: Reader) -> Sequence[Entry]:
        """Read the items."""
        clock = partial(when, now=local_now())
        self.docket = items.read(connection, self._wanted, clock, named=self._shows_names)
        return self.docket.entries

    def _wanted(self, one: Reviewed) -> bool:
        of_code = not self._code or self._code in one.item.codes
        of_document = not self._of or one.item.document == self._of
        return of_code and of_document and self._inside(one.item)

    def cells(self, row: Entry) -> Sequence[str]:
        """Return place, state, kind, what each gave, and the words."""
        docket = self.docket
        if docket is None:
            return ("",) * 6
        words = docket.review.words(row.item)[:200]
        return (row.number, self._state(row), told_kind(docket, row.item),
                given(docket, row, 0), given(docket, row, 1), words)  # fmt: skip

    def _state(self, row: Entry) -> str:
        decision = row.reviewed.decision
        if row.state == "settled" and decision is not None and self.docket is not None:
            return self.docket.sides.verdict(row.item, decision.verdict)
        return _("on the agenda") if row.state == "parked" else state_names()[row.state]

    def key(self, row: Entry) -> str:
        """Return the item."""
        return row.item.id

    def detail(self, row: Entry) -> Sequence[Line]:
        """Return what each gave, what was settled, and what the codes mean."""
        return item_lines(self.docket, row) if self.docket is not None else ()

    def counted(self, shown: int, total: int) -> str:
        """Return how many items are open."""
        docket = self.docket
        if docket is None or not total:
            return _("Nothing here was given differently.")
        states = [one.state for one in docket.entries]
        to_do = sum(state in ("open", "reopened") for state in states)
        said = [_("{k} of {n} open").format(k=to_do, n=total)]
        if parked := states.count("parked"):
            said.append(_("{n} on the agenda").format(n=parked))
        if waiting := states.count("codebook"):
            said.append(_("{n} wait for the codebook").format(n=waiting))
        if shown != total:
            said.append(_("{k} of {n} rows").format(k=shown, n=total))
        return " · ".join(said)

    def place(self, row: Entry) -> Place | None:
        """Return where an item stands, with what everybody gave."""
        if not row.item.stretches:
            return None
        first = row.item.inputs[0].coding if row.item.inputs else ""
        return Place(row.item.document, row.item.hull, first, whose=EVERYONE)

    def agreed(self) -> list[Reviewed]:
        """Return the agreements that are not taken over yet."""
        return self.docket.agreed() if self.docket is not None else []

    # -- parts ---------------------------------------------------------------------------------

    def panes(self) -> ComposeResult:
        """Lay out the table, then the words with what is said of them, then the verdicts."""
        yield Grid(self.columns(), self.cells, id="rows")
        yield Static(markup=False, id="about")
        with Horizontal(id="sides"):
            yield Passage(id="passage")
            yield Inspector(id="beside")
        yield Static(markup=False, id="verdicts")

    @property
    def passage(self) -> Passage:
        """The words of the highlighted item."""
        return self.query_one(Passage)

    @property
    def asking(self) -> bool:
        """Tell whether something waits for an answer, be it the bounds of a passage."""
        return super().asking or self.passage.choosing

    # -- what is shown -------------------------------------------------------------------------

    def _show(self, rows: Sequence[Entry], known: str) -> None:
        known, self._seek = self._seek or known, ""
        super()._show(rows, known)

    def _say(self) -> None:
        super()._say()
        docket, entry = self.docket, self.row
        about = self.query_one("#about", Static)
        if docket is None or entry is None:
            about.update(Content(""), layout=False)
            self.query_one("#verdicts", Static).update(Content(""), layout=False)
            self._draw(None)
            return
        place = docket.review.place(entry.item)
        number = _("{k} of {n}").format(k=self.grid.highlighted + 1, n=len(self._shown))
        gave = [f"{called(docket, entry, shown)}: {given(docket, entry, shown)}"
                for shown in (0, 1)]  # fmt: skip
        parts = (number, place, told_kind(docket, entry.item), *gave)
        about.update(Content(in_one_line(" · ".join(parts))), layout=False)
        self.query_one("#verdicts", Static).update(Content(_keys(entry)), layout=False)
        self._draw(entry)

    def _draw(self, entry: Entry | None) -> None:
        """Show the words of an item, unless they are shown."""
        docket = self.docket
        if docket is None or entry is None or not entry.item.stretches:
            self.passage.display = False
            self._drawn = ()
            return
        self.passage.display = True
        transcript = docket.pages[entry.item.document]
        if self._drawn == (entry.item.id, entry.item.spans, id(transcript)):
            return
        self._drawn = (entry.item.id, entry.item.spans, id(transcript))
        shown, base = excerpt(transcript, entry.item.hull)
        lanes = (entry.item.spans[side_of(entry, 0)], entry.item.spans[side_of(entry, 1)])
        self.passage.tell(shown, base, transcript.turn_index(base), lanes)

    def spans(self, entry: Entry) -> list[Span]:
        """Return what either marked."""
        return [Span(start, end) for start, end in entry.item.stretches]

    # -- how it is shown -----------------------------------------------------------------------

    def action_names(self) -> None:
        """Show who the coders are, or hide it."""
        self._shows_names = not self._shows_names and not self.has_class("-projector")
        self.refetch(_("Names show.") if self._shows_names else _("Names are hidden."))

    def action_projector(self) -> None:
        """Show only the passage, for a room to read; names are hidden."""
        self.toggle_class("-projector")
        self._drawn = ()
        if self._shows_names:
            self.action_names()
        self.grid.focus()
        self.call_after_refresh(self._say)

    def action_close(self) -> None:
        """Leave the large view, else go back."""
        if self.has_class("-projector") and not self._filter.value:
            self.action_projector()
        else:
            super().action_close()

    def action_next_open(self) -> None:
        """Highlight the next item that waits for a verdict."""
        at = self.next_open()
        if at is None:
            self.tell(_("Nothing is open here."))
        else:
            self.grid.highlight(at)

    def next_open(self) -> int | None:
        """Return the row of the next open item, from the first again after the last."""
        rows, here = self._shown, self.grid.highlighted
        order = [*range(here + 1, len(rows)), *range(min(here + 1, len(rows)))]
        return next((at for at in order if rows[at].state in ("open", "reopened")), None)

    def on_resize(self) -> None:
        """Fit the panes to the terminal."""
        super().on_resize()
        self.call_after_refresh(self._resized)

    def _resized(self) -> None:
        if self.is_attached and not self.passage.choosing:
            self._drawn = ()
            self._say()


def _keys(entry: Entry) -> str:
    """Return the verdicts that an item may get, with their keys."""
    can = allowed(entry.item)
    short = {"a": "A", "b": "B", "union": _("union"), "intersection": _("intersection"),
             "both": _("both"), "neither": _("neither"),
             "codebook": _("codebook")}  # fmt: skip
    said = [f"{key} {short[verdict]}" for key, verdict, _label, _foot in VERDICTS if verdict in can]
    if "span" in can:
        said.append(_("s words"))
    return "  ".join((*said, _("p agenda"), _("R rule")))
