"""The coding screen as far as it reads: its panes, and what they show of the document."""

from __future__ import annotations

import gc
from datetime import datetime

from textual import on
from textual.actions import SkipAction
from textual.app import ComposeResult
from textual.widget import Widget

from qcode.errors import QcodeError
from qcode.language import _
from qcode.model.span import Span
from qcode.store.progress import Stop
from qcode.tui import commands, session
from qcode.tui.access import Access
from qcode.tui.desk import OWN, Desk
from qcode.tui.inspecting import briefly, inspected, segments
from qcode.tui.screens.shown import Banner, Place, ShownScreen
from qcode.tui.session import EMPTY
from qcode.tui.widgets.askline import AskLine
from qcode.tui.widgets.choice import Choice
from qcode.tui.widgets.codepane import CodePane
from qcode.tui.widgets.codetree import CodeTree
from qcode.tui.widgets.comparison import Comparison
from qcode.tui.widgets.covered import Covered, CoveredRow
from qcode.tui.widgets.findline import FindLine
from qcode.tui.widgets.inspector import Inspector
from qcode.tui.widgets.memo import MemoEditor
from qcode.tui.widgets.palette import Palette
from qcode.tui.widgets.reader import Reader, Spot
from qcode.tui.widgets.status import HeaderLine, StatusLine, position
from qcode.tui.widgets.turneditor import TurnEditor

_ROOM_FOR = {"tree": 70, "inspector": 90}
"""Columns from which a pane shows, unless it was asked for or sent away."""


class ReadingScreen(ShownScreen):
    """Shows one document to one coder."""

    BLANK = True
    """Its parts cover it: none of its own lines is painted, nor kept."""
    FIRST = Reader

    def __init__(self, access: Access, document: str, at: Place | None = None) -> None:
        """Show a document where it was left, or with the words of a place selected."""
        super().__init__()
        self._at = at
        self.access = access
        self.document = document
        self.desk: Desk | None = None
        self._wished: dict[str, bool] = {}
        self._came_from: Spot | None = None

    def parts(self) -> ComposeResult:
        """Lay out header, panes and the lines below."""
        yield HeaderLine(id="header")
        with CoveredRow(id="panes"):
            yield CodePane(id="tree")
            with Covered(id="middle"):
                yield Reader(id="reader")
                yield Palette()
                yield MemoEditor()
                yield TurnEditor()
                yield Choice()
                yield AskLine()
                yield FindLine()
                yield Comparison()
            yield Inspector(id="inspector")
        yield Banner()
        yield StatusLine(id="status")
        yield self.key_line()

    def on_mount(self) -> None:
        """Read the document."""
        self.reader.focus()
        self.run_worker(self._begin(), exclusive=True)

    async def _begin(self) -> None:
        await self.load(self.document, whose=self._at.whose if self._at else OWN)
        if self._at is not None:
            self.arrive(self._at)
        # What the document before this one left is thawed, or it would stay for good.
        gc.unfreeze()
        gc.collect()
        gc.freeze()

    async def load(self, document: str, spot: Spot | None = None, *, whose: str = OWN) -> None:
        """Show a document first, then what takes longer to find; by default where it was left."""
        coder = self.access.coder
        sheet = await self.access.read(lambda one: session.sheet(one, coder, document))
        desk = Desk(sheet, coder, session.reader_language())
        desk.whose = whose
        self.desk, self.document = desk, document
        # What is said on arriving is not to be taken back by the way there.
        with self.prevent(Reader.Moved):
            self.reader.show(sheet.transcript, desk.marks(), sheet.kinds)
            self.reader.restore(spot or Spot(sheet.stop.cursor, sheet.stop.top))
        self.show_tree()
        self.head()
        self.reader.focus()
        self._moved()
        desk.recall(await self.access.read(lambda one: session.past(one, coder)))
        self.recount()

    async def load_instead(self, desk: Desk, document: str, spot: Spot | None = None) -> None:
        """Show another document than that of a desk; where it cannot be read, this one stays."""
        try:
            await self.load(document, spot, whose=desk.whose)
        except QcodeError:
            self.desk = self.desk or desk
            raise

    def arrive(self, place: Place) -> None:
        """Stand at a place of a list, also where its words moved since the list was read."""
        coding = self.desk.codings.get(place.coding) if self.desk else None
        span = place.found_in(self.reader.transcript.text)
        if coding is not None and coding.start < coding.end:
            span = Span(coding.start, coding.end)
        with self.prevent(Reader.Moved):
            self.stand_at(span, place.coding)
        self._moved()
        if span is None and place.span is not None:
            self.tell(_("These words are no longer in the text."))

    def stand_at(self, span: Span | None, coding: str) -> None:
        """Select some words, with one of the segments on them as the active one."""
        if span is not None:
            self.reader.select(span)
        self.reader.active = coding
        self.inspect()

    # -- parts ---------------------------------------------------------------------------------

    @property
    def reader(self) -> Reader:
        """The text."""
        return self.query_one(Reader)

    @property
    def codes(self) -> CodeTree:
        """The codebook."""
        return self.query_one(CodeTree)

    @property
    def in_codebook(self) -> bool:
        """Tell whether the codebook has the keys."""
        return self.query_one(CodePane).has_focus_within

    @property
    def palette(self) -> Palette:
        """Where a code is chosen."""
        return self.query_one(Palette)

    @property
    def memo(self) -> MemoEditor:
        """Where a memo is written."""
        return self.query_one(MemoEditor)

    @property
    def choice(self) -> Choice:
        """Where one of a few is chosen."""
        return self.query_one(Choice)

    @property
    def asking(self) -> bool:
        """Tell whether a pane above the text waits for an answer."""
        panes = (self.palette, self.memo, self.choice, self.query_one(AskLine),
                 self.query_one(FindLine), self.query_one(Comparison))  # fmt: skip
        return any(pane.is_open for pane in panes)

    @property
    def occupied(self) -> bool:
        """Tell whether something is begun that stands on the text as it is shown."""
        return self.asking

    @property
    def here(self) -> Span:
        """The words that are selected, else the character at the cursor."""
        return self.reader.selection or Span(self.reader.cursor, self.reader.cursor + 1)

    @property
    def marks_here(self) -> list[str]:
        """The marks on those words, by id."""
        return [mark.id for mark in self.reader.marks_here()]

    # -- what is shown -------------------------------------------------------------------------

    def head(self) -> None:
        """Say which project, document and coder this is, and how far."""
        desk = self.desk
        if desk is None:
            return
        sheet = desk.sheet
        name = sheet.document.name
        if desk.state:
            state = _("finished, nothing to code") if desk.state == EMPTY else _("finished")
            name = f"{name} ✓ {state}"
        left = " · ".join(filter(None, (f"qcode · {sheet.project}", name, *self.aside(sheet.case))))
        self.query_one(HeaderLine).show(left, self.far())

    def far(self) -> str:
        """Return how far the coder is with the project, and who he is."""
        desk = self.desk
        if desk is None:
            return ""
        finished, documents = desk.sheet.done
        finished += bool(desk.state) - bool(desk.sheet.state)
        done = _("{k}/{n} finished").format(k=finished, n=documents)
        return f"{done} · {desk.sheet.coders.get(desk.coder, '')}"

    def aside(self, case: str) -> tuple[str, ...]:
        """Return what the header says after the document's name: of whom it is."""
        return (case,)

    def show_tree(self) -> None:
        """Show the codebook, with what was open still open."""
        if self.desk:
            counts = self.desk.counts(own=self.codes.own)
            self.codes.show(self.desk.book, counts, self.desk.label)
            self.query_one(CodePane).tell()

    def recount(self) -> None:
        """Show the counts as they are now."""
        if self.desk:
            self.codes.recount(self.desk.counts(own=self.codes.own))

    def inspect(self) -> None:
        """Tell what stands at the cursor, or what the highlighted code of the tree means."""
        desk = self.desk
        if desk is None:
            return
        here = self.marks_here
        found = segments(desk, here, self.reader.active)
        self.reader.active = found[0] if found else ""
        code = self.codes.code if self.in_codebook else None
        now = datetime.now().astimezone()
        pane = self.query_one(Inspector)
        if pane.display:
            pane.show(inspected(desk, here, self.reader.active, code, now))

    def tell(self, text: str) -> None:
        """Say what was done, until the cursor moves."""
        self.query_one(StatusLine).tell(text, self.access.saved)

    def point_at(self, pane: Widget, span: Span) -> None:
        """Let a pane open where it hides nothing of the words it is about, which show selected."""
        reader = self.reader
        self._came_from = reader.spot
        with self.prevent(Reader.Moved):
            if reader.selection is None:
                reader.select(span)
        line_of = reader.page.wrap.line_of
        top, height = reader.scroll_offset.y, reader.scrollable_content_region.height
        taken = rows_of(pane, height)
        first, last = line_of(span.start) - top, line_of(span.end - 1) - top
        above = first >= taken and last >= height - taken
        pane.set_class(above, "-above")
        if not above and last >= height - taken:
            reader.scroll_to(y=max(0, top + first - 1))

    def point_away(self) -> None:
        """Stand again as before a pane was opened."""
        if self._came_from is not None:
            with self.prevent(Reader.Moved):
                self.reader.restore(self._came_from)
            self._came_from = None
        self.reader.focus()

    # -- what happens --------------------------------------------------------------------------

    @on(Reader.Moved)
    def _moved(self) -> None:
        self.inspect()
        self.query_one(StatusLine).stand(self.standing(), self.access.saved)

    def standing(self) -> str:
        """Return where the reader stands, and what stands there if no inspector says it."""
        place = position(self.reader.page, self.reader.cursor, self.reader.selection)
        if self.desk is None or self.query_one(Inspector).display:
            return place
        return " · ".join((place, *briefly(self.desk, self.marks_here, self.reader.active)))

    @on(Reader.Stopped)
    def _stopped(self, event: Reader.Stopped) -> None:
        self.tell(event.text)

    @on(CodeTree.Highlighted, "#codes")
    def _tree_moved(self) -> None:
        if self.in_codebook:
            self.inspect()

    def on_descendant_focus(self) -> None:
        """Let the inspector follow the pane that has the keys."""
        self.inspect()

    def on_resize(self) -> None:
        """Show the panes that there is room for."""
        for name, least in _ROOM_FOR.items():
            shown = self._wished.get(name, self.size.width >= least)
            self.query_one(f"#{name}").display = shown

    # -- commands that write nothing -----------------------------------------------------------

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """Keep the commands of the text from acting while a pane above it asks."""
        ours = commands.actions(self.KEYS)
        return not (action in ours and self.is_mounted and self.asking)

    def action_cycle(self) -> None:
        """Make the next of the overlapping segments the active one."""
        desk = self.desk
        found = segments(desk, self.marks_here, "") if desk else []
        if len(found) < 2:
            self.tell(_("No other segment here."))
            return
        at = found.index(self.reader.active) if self.reader.active in found else -1
        self.reader.active = found[(at + 1) % len(found)]
        self.inspect()
        self.query_one(StatusLine).stand(self.standing(), self.access.saved)

    def action_toggle_pane(self, name: str) -> None:
        """Show or hide a pane at the side."""
        pane = self.query_one(f"#{name}")
        if pane.has_focus_within:
            self.reader.focus()
        self._wished[name] = pane.display = not pane.display
        self.inspect()

    def action_next_pane(self) -> None:
        """Go to the next pane that is shown."""
        panes: list[Widget] = [self.reader, self.codes, self.query_one(Inspector)]
        shown = [pane for pane in panes if all(one.display for one in pane.ancestors_with_self)]
        at = next((number for number, pane in enumerate(shown) if pane.has_focus), -1)
        shown[(at + 1) % len(shown)].focus()

    def action_back(self) -> None:
        """Go back to the text."""
        if self.reader.has_focus:
            raise SkipAction
        self.reader.focus()

    def action_documents(self) -> None:
        """Go back to the list of documents."""
        self.leave()
        self.app.pop_screen()

    def leave(self) -> None:
        """Note where the coder stops."""
        if self.desk is not None:
            spot = self.reader.spot
            self.access.stop_at(self.document, Stop(spot.cursor, spot.top))


def rows_of(pane: Widget, height: int) -> int:
    """Return how many rows a pane takes of so many, as its styles say."""
    if isinstance(pane, Comparison):
        return max(9, min(26, round(height * 0.75)))
    if isinstance(pane, Palette):
        return max(9, min(18, round(height * 0.6)))
    if isinstance(pane, Choice):
        return pane.number + 2
    if isinstance(pane, TurnEditor):
        return max(7, min(16, height // 2))
    return 7 if isinstance(pane, MemoEditor) else 4
