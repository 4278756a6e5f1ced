"""Preparing the quotations that a list shows: shorten, translate, say what each is for."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from textual import on
from textual.app import ComposeResult

from qcode.analysis.releasing import CHANGED, named
from qcode.errors import QcodeError, Refused
from qcode.formats.excerpts.listing import role_named, translated
from qcode.language import _
from qcode.model.excerpt import Manner
from qcode.model.quotation import ROLES
from qcode.store import coders
from qcode.store import quotations as stored
from qcode.store.project import Step
from qcode.tui.access import Access
from qcode.tui.commands import Command
from qcode.tui.inspecting import Line
from qcode.tui.screens.limiting import LimitedScreen
from qcode.tui.widgets.askline import AskLine
from qcode.tui.widgets.choice import Choice, Way
from qcode.tui.widgets.memo import MemoEditor
from qcode.workflows import quotations
from qcode.workflows.manner import manner_typed
from qcode.workflows.prepared import quotation
from qcode.workflows.quoting import Seen

PREPARING = (
    Command("excerpts.shorten", "e", "shorten", _("Leave words out of the quotation"),
            _("Delete words; [...] stands where they were. Nothing else may change."),
            footer=_("Shorten")),
    Command("excerpts.translate", "t", "translate", _("Write its translation"),
            _("First its language, such as en; an empty text takes it away.")),
    Command("excerpts.check", "T", "check", _("Say that you checked the translation")),
    Command("excerpts.role", "r", "role", _("Say why it is a key quotation")),
    Command("excerpts.use", "p", "place", _("Say in which chapters or tables it is used")),
    Command("excerpts.manner", "b", "manner", _("How they are written: headings, translations …"),
            _("--group code|theme|case|ATTRIBUTE --translation en --context 1 --key --privacy")),
)  # fmt: skip

_LETTERS = {"typical": "t", "contrasting": "c", "striking": "s", "explaining": "e"}
_ASKED = ("language", "check", "place", "manner")


class QuotationsScreen(LimitedScreen[Seen]):
    """Prepares the highlighted passage; what stays inside the project is not prepared."""

    def __init__(self, access: Access, line: str = "") -> None:
        super().__init__(access, line)
        self.layout_line = ""
        """How excerpts are wanted, as typed."""
        self._about = ""
        self._language = "en"

    @property
    def manner(self) -> Manner:
        """How excerpts are wanted."""
        return manner_typed(self.layout_line)

    def preparing(self) -> ComposeResult:
        """Lay out what asks."""
        yield MemoEditor()
        yield Choice()

    def _chosen_row(self) -> Seen | None:
        """Return the row that is to be prepared, or say why it is not."""
        row = self.row
        if row is not None and row.reason and row.reason != CHANGED:
            raise Refused(_("this passage stays inside the project: {why}").format(
                why=named(row.reason)))  # fmt: skip
        self._about = row.coding if row else ""
        return row

    # -- what is asked -------------------------------------------------------------------------

    def action_shorten(self) -> None:
        """Ask which words stay."""
        if row := self._chosen_row():
            text = quotation(row.passage) if row.reason else row.excerpt.text
            title = _("Delete what is left out; an empty text quotes it whole again")
            self.query_one(MemoEditor).open(f"shorten {row.coding}", title, text)

    def action_translate(self) -> None:
        """Ask into which language."""
        if self._chosen_row():
            title = _("Translate into which language? en, id, jv …")
            self.query_one(AskLine).open("language", title, self._language)

    def action_check(self) -> None:
        """Ask of which language the translation was checked."""
        if self._chosen_row():
            title = _("You checked the translation into which language?")
            self.query_one(AskLine).open("check", title, self._language)

    def action_role(self) -> None:
        """Ask why it is a key quotation."""
        if row := self._chosen_row():
            ways = [Way(_LETTERS[role], role_named(role), role) for role in ROLES]
            ways.append(Way("n", _("no key quotation"), quotations.NONE))
            self.query_one(Choice).open("role", row.address, ways)

    def action_place(self) -> None:
        """Ask where it is used."""
        if row := self._chosen_row():
            title = _("Used in which chapters or tables? Put ; between several")
            self.query_one(AskLine).open("place", title, "; ".join(row.excerpt.used))

    def action_manner(self) -> None:
        """Ask how the excerpts are written."""
        title = _("--group code|theme|case|ATTRIBUTE --translation en --context 1 --key")
        self.query_one(AskLine).open("manner", title, self.layout_line)

    # -- what is answered ----------------------------------------------------------------------

    @on(Choice.Made)
    def _role_made(self, event: Choice.Made) -> None:
        self.grid.focus()
        self._prepare("key quotation", quotations.give_role, event.value)

    @on(MemoEditor.Written)
    def _written(self, event: MemoEditor.Written) -> None:
        self.grid.focus()
        what, coding = event.about.split(" ")[0], event.about.split(" ")[-1]
        self._about = coding
        if what == "shorten":
            self._prepare("shorten quotation", quotations.shorten, event.text, about=event.about)
            return
        language = event.about.split(" ")[1]
        if event.text.strip():
            act = partial(quotations.translate, by=self._own_name())
            self._prepare("translate quotation", act, language, event.text, about=event.about)
        else:
            self._prepare("translate quotation", stored.untranslate, language, about=event.about)

    @on(AskLine.Answered)
    def _answered(self, event: AskLine.Answered) -> None:
        if event.about not in _ASKED:
            return
        if event.about == "manner":
            self._lay_out(event.text)
        elif event.about == "place":
            places = [one for one in event.text.split(";") if one.strip()]
            self._prepare("use quotation", quotations.used_only, places)
        elif event.text:
            self._language = event.text.casefold()
            if event.about == "check":
                act = partial(quotations.translate, checked=self._own_name())
                self._prepare("translate quotation", act, self._language, "")
            else:
                self._ask_translation()

    def _ask_translation(self) -> None:
        row = self.row
        if row is None or row.coding != self._about:
            return
        given = row.prepared.translations.get(self._language) if row.prepared else None
        title = _("Translation ({language}); empty takes it away").format(language=self._language)
        about = f"translate {self._language} {row.coding}"
        self.query_one(MemoEditor).open(about, title, given.text if given else "")

    def _lay_out(self, typed: str) -> None:
        try:
            manner_typed(typed)
        except QcodeError as error:
            self.query_one(AskLine).open("manner", str(error), typed)
        else:
            self.layout_line = typed
            self.grid.focus()
            self.refetch()

    # -- what is written -----------------------------------------------------------------------

    def _prepare(self, verb: str, act: Callable[..., Any], *given: Any, about: str = "") -> None:
        """Write one act on the quotation that was asked about."""
        coding = self._about
        if not coding:
            return

        def step(step: Step) -> None:
            act(step, coding, *given)

        def told(_result: None) -> str:
            self.query_one(MemoEditor).forget(about)
            return _("Recorded.")

        self.write(verb, step, told)

    def _own_name(self) -> str:
        with self.access.project.read() as connection:
            return coders.names(connection).get(self.access.coder, "")


def prepared_lines(row: Seen) -> Iterator[Line]:
    """Yield what is prepared of a passage."""
    found = row.prepared
    if found is None:
        return
    if found.role:
        yield Line(role_named(found.role), lead=_("key quotation: "))
    if found.used:
        yield Line("; ".join(found.used), lead=_("used in: "))
    for given in found.translations.values():
        yield Line()
        yield Line(given.text)
        stale = given.language in row.stale
        yield Line(translated(given), "quiet")
        if stale:
            yield Line(_("The words have changed since; it goes out nowhere."), "strong")
