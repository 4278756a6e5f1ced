"""The way to every other screen: one letter each."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from typing import ClassVar, NamedTuple

from rich.segment import Segment
from rich.style import Style
from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType

from qcode.language import _
from qcode.tui import commands
from qcode.tui.access import Access
from qcode.tui.commands import Command
from qcode.tui.inspecting import Line
from qcode.tui.screens.shown import Banner, ShownScreen
from qcode.tui.widgets.rows import Rows, fitted, longest
from qcode.tui.widgets.status import HeaderLine, StatusLine


class View(NamedTuple):
    """A screen: its letter, where it is defined, its name and what it is for.

    Its class is imported when it is opened, and called with the Access.
    """

    letter: str
    module: str
    screen: str
    name: str
    help: str


VIEWS: tuple[View, ...] = (
    View("a", "qcode.tui.screens.agenda", "AgendaScreen", _("Agenda"),
         _("What is to be discussed: answers, settling")),
    View("h", "qcode.tui.screens.history", "HistoryScreen", _("History"),
         _("What was done, by whom, when; undo")),
    View("r", "qcode.tui.screens.revisiting", "RevisitingScreen", _("Go back"),
         _("Documents in which a newer code is yet to be looked for")),
    View("p", "qcode.tui.screens.progress", "ProgressScreen", _("Your progress"),
         _("What you did today and before; shown to nobody else")),
    View("c", "qcode.tui.screens.cases", "CasesScreen", _("Cases"),
         _("What is known of participants and villages; consent")),
    View("i", "qcode.tui.screens.importing", "ImportScreen", _("Import"),
         _("Transcripts, codebooks, cases and codings")),
    View("e", "qcode.tui.screens.excerpts", "ExcerptsScreen", _("Excerpts"),
         _("The passages of a code, village or case; to a file")),
    View("x", "qcode.tui.screens.find", "FindScreen", _("Look for words"),
         _("In all transcripts; code one, n goes to the next")),
    View("f", "qcode.tui.screens.frequency", "FrequencyScreen", _("Frequencies"),
         _("Who speaks of each code, in how many documents")),
    View("v", "qcode.tui.screens.tables", "ComparisonScreen", _("Comparison"),
         _("Codes by village, role or another attribute")),
    View("y", "qcode.tui.screens.patterns", "PatternsScreen", _("Patterns"),
         _("What villages share, where they differ; with passages")),
    View("k", "qcode.tui.screens.heatmap", "HeatmapScreen", _("Heatmap"),
         _("Codes by village, informant, document or code, shaded")),
    View("t", "qcode.tui.screens.themes", "ThemesScreen", _("Themes"),
         _("Claims, with what stands for and against them")),
    View("u", "qcode.tui.screens.triangulation", "TriangulationScreen", _("Triangulation"),
         _("Themes by role or kind of source; your verdicts")),
    View("s", "qcode.tui.screens.saturation", "SaturationScreen", _("Saturation"),
         _("How codes add up from interview to interview")),
    View("l", "qcode.tui.screens.framework", "FrameworkScreen", _("Framework"),
         _("Informants by codes, with a summary of yours in each cell")),
    View("w", "qcode.tui.screens.narrative", "NarrativeScreen", _("Stories"),
         _("The story of a case, from its passages and your sentences")),
    View("n", "qcode.tui.screens.tables", "AttributesScreen", _("Attributes"),
         _("How many informants have each value")),
    View("z", "qcode.tui.screens.indicators", "IndicatorsScreen", _("Indicators"),
         _("What was counted of villages before and after")),
    View("j", "qcode.tui.screens.guide", "GuideScreen", _("Interview guide"),
         _("Who was asked what; everyone's answers to a question")),
    View("m", "qcode.tui.screens.memos", "MemosScreen", _("Memos"),
         _("Notes on anything: what about, who, when")),
    View("g", "qcode.tui.screens.review", "ReviewScreen", _("Agreement"),
         _("What coders gave differently; settle it")),
    View("o", "qcode.tui.screens.rounds", "RoundsScreen", _("Rounds"),
         _("Who codes what twice, and how far")),
    View("b", "qcode.tui.screens.revision", "RevisionScreen", _("Codebook review"),
         _("Codes that may need a change, side by side; split one")),
)  # fmt: skip
"""In the order in which they are listed; letters are unique."""

DOCUMENTS = "d"
"""The letter that goes back to the list of documents."""

KEYS = (
    Command("views.open", "enter", "open", _("Open"), footer=_("Open")),
    Command("views.close", "escape,q", "close", _("Close"), footer=_("Close")),
)  # fmt: skip


class ViewList(Rows):
    """Lists the screens with their letters."""

    @property
    def number(self) -> int:
        """How many screens there are, the documents among them."""
        return len(VIEWS) + 1

    def painted(self, row: int, width: int, base: Style, aside: Style) -> list[Segment]:
        """Return one screen."""
        letter, name, help = _lines()[row]
        room = longest([line[1] for line in _lines()]) + 2
        return [
            Segment(f" {letter}  ", base + Style(bold=True)),
            Segment(fitted(name, room), base),
            Segment(fitted(help, max(0, width - room - 4)), aside),
        ]


class ViewsScreen(ShownScreen):
    """Opens another screen by its letter, or the highlighted one."""

    KEYS = KEYS
    FIRST = ViewList
    BINDINGS: ClassVar[list[BindingType]] = commands.bindings(KEYS)

    def __init__(self, access: Access) -> None:
        super().__init__()
        self._access = access

    def parts(self) -> ComposeResult:
        """Lay out the list."""
        yield HeaderLine(id="header")
        yield ViewList(id="list")
        yield Banner()
        yield StatusLine(id="status")
        yield self.key_line()

    def on_mount(self) -> None:
        """Begin with the list."""
        self.query_one(HeaderLine).show(_("qcode · Go to another screen"), "")
        self.query_one(StatusLine).stand(_("One letter opens a screen; esc goes back."), "")
        self.query_one(ViewList).focus()

    def help(self) -> Iterator[Line]:
        """Name the screens with their letters."""
        for letter, name, about in _lines():
            yield Line(f"{name}: {about}", lead=f"{letter}   ")
        yield Line()
        yield from super().help()

    @on(Rows.Chosen)
    def action_open(self) -> None:
        """Open the highlighted screen."""
        self._open(_lines()[self.query_one(ViewList).highlighted][0])

    def on_key(self, event: events.Key) -> None:
        """Open the screen of a letter."""
        if event.character and event.character in {line[0] for line in _lines()}:
            event.stop()
            self._open(event.character)

    def _open(self, letter: str) -> None:
        if letter == DOCUMENTS:
            # Below the documents lies only Textual's own first screen.
            while len(self.app.screen_stack) > 2:
                if isinstance(self.app.screen, ShownScreen):
                    self.app.screen.leave()
                self.app.pop_screen()
            return
        view = next(one for one in VIEWS if one.letter == letter)
        screen = getattr(import_module(view.module), view.screen)
        self.app.switch_screen(screen(self._access))

    def action_close(self) -> None:
        """Go back."""
        self.app.pop_screen()


def _lines() -> list[tuple[str, str, str]]:
    documents = (DOCUMENTS, _("Documents"), _("All documents, and how far you are with each"))
    return [documents, *((view.letter, view.name, view.help) for view in VIEWS)]
