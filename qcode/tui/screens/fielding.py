"""What a heatmap is of: its columns, what the cells hold, and how codes meet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from textual import on
from textual.app import ComposeResult

from qcode.analysis.cooccurrence import meeting
from qcode.analysis.cooccurrence.meeting import NEAR, OVERLAP, WAYS
from qcode.language import _
from qcode.model.heat import HeatRow
from qcode.tui.access import Access
from qcode.tui.commands import Command
from qcode.tui.screens.picturing import PicturedScreen
from qcode.tui.ways import attributes, lettered
from qcode.tui.widgets.askline import AskLine
from qcode.tui.widgets.choice import Choice, Way
from qcode.workflows.heatmap import CASES, CODES, DOCUMENTS, GROUPS, MEASURES, Field

FIELDING = (
    Command("heatmap.columns", "b", "columns", _("Choose what the columns are"),
            _("An attribute such as village, or informants, documents, codes."), footer=_("By")),
    Command("heatmap.measure", "m", "measure", _("Choose what the cells hold")),
    Command("heatmap.way", "t", "way", _("Of codes by codes: on the same words, in one turn, near")),
)  # fmt: skip
_COLUMNS, _MEASURE, _SINGLE = "columns", "measure", "single"
_NEAR, _NEARNESS = "near", 20
"""What the line asks, and how many words it begins with."""


class FieldingScreen(PicturedScreen[HeatRow]):
    """A chart of codes by columns that keys change."""

    def __init__(self, access: Access, line: str = "") -> None:
        super().__init__(access, line)
        self.of: Field | None = None
        """What the columns and cells are; None until it is known what there is."""
        self.known: Mapping[str, int] = {}
        """How many informants have a value, by the attributes that at least one has."""

    def above(self) -> ComposeResult:
        """Lay out what asks."""
        yield Choice()

    def action_columns(self) -> None:
        """Ask for what the columns are."""
        ways = lettered([
            Way("", _("informants"), CASES),
            Way("", _("documents"), DOCUMENTS),
            Way("", _("codes: which stand together"), CODES),
            *(replace(one, value=f"{GROUPS} {one.value}") for one in attributes(self.known)),
        ])  # fmt: skip
        self.query_one(Choice).open(_COLUMNS, _("Codes by"), ways)

    def action_measure(self) -> None:
        """Ask for what the cells hold."""
        names = {
            "present": _("found or not"), "passages": _("passages"),
            "words": _("words of participants"), "informants": _("informants"),
            "jaccard": _("Jaccard"),
        }  # fmt: skip
        known = MEASURES[self.of.columns] if self.of else ()
        if len(known) < 2:
            self.tell(_("The cells hold informants; b chooses other columns."))
            return
        ways = lettered([Way("", names[one], one) for one in known])
        if self.of and self.of.singles:
            told = _("each code by itself") if not self.of.single else _("with the codes below it")
            ways = lettered([*ways, Way("", told, _SINGLE)])
        self.query_one(Choice).open(_MEASURE, _("In the cells"), ways)

    def action_way(self) -> None:
        """Let codes meet in the next way; near asks how near."""
        of = self.of or Field()
        if of.columns != CODES:
            self.tell(_("Codes by codes meet in a way: b, then codes."))
            return
        by = WAYS[(WAYS.index(of.way.by) + 1) % len(WAYS)]
        if by == NEAR:
            title = _("At most so many words between them; nothing: on the same words")
            self.query_one(AskLine).open(_NEAR, title, str(_NEARNESS))
        else:
            self._meet(meeting.Way(by))

    def _meet(self, way: meeting.Way) -> None:
        self.of = replace(self.of or Field(), way=way)
        self.refetch()

    @on(AskLine.Answered)
    def _near_answered(self, event: AskLine.Answered) -> None:
        if event.about != _NEAR:
            return
        typed = event.text.strip()
        if not typed:
            self._meet(meeting.Way(OVERLAP))
        elif typed.isascii() and typed.isdecimal() and len(typed) < 7:
            self._meet(meeting.Way(NEAR, int(typed)))
        else:
            title = _("“{text}” is no number of words").format(text=typed)
            self.query_one(AskLine).open(_NEAR, title, typed)

    @on(Choice.Made)
    def _field_chosen(self, event: Choice.Made) -> None:
        self.grid.focus()
        of = self.of or Field()
        if event.about == _COLUMNS:
            columns, _space, name = event.value.partition(" ")
            self.of = replace(of, columns=columns, by=name)
        elif event.about == _MEASURE:
            single = event.value == _SINGLE
            self.of = replace(of, single=not of.single) if single else replace(
                of, measure=event.value)  # fmt: skip
        else:
            return
        self.refetch()
