"""Changing codes from a list: what is to be changed is asked step by step, with the reason."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TypeVar

from textual import on
from textual.app import ComposeResult

from qcode.language import _
from qcode.model.codebook import Code, Codebook
from qcode.store.project import Step
from qcode.tui import codebook as acts
from qcode.tui.commands import Command
from qcode.tui.commands.listing import UNDOING
from qcode.tui.desk import Delta
from qcode.tui.screens.listing import ListScreen
from qcode.tui.screens.sorting import SortingScreen
from qcode.tui.widgets.askline import AskLine
from qcode.tui.widgets.choice import Choice, Way
from qcode.tui.widgets.memo import MemoEditor
from qcode.tui.widgets.palette import Offer, Palette

AMENDING = (
    Command("amend.merge", "m", "amend('merge')", _("Merge the code into another"),
            _("Of two codes either into the other; else you choose one."), footer=_("Merge")),
    Command("amend.define", "d", "amend('define')", _("Write a definition"), footer=_("Define")),
    Command("amend.rename", "r", "amend('rename')", _("Rename the code")),
    Command("amend.retire", "R", "amend('retire')", _("Retire the code, or offer it again")),
    Command("amend.sort", "S", "amend('sort')", _("Split the code: sort its passages"),
            footer=_("Sort")),
    *UNDOING,
)  # fmt: skip

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Wanted:
    """A change that is being asked for: what, of which code, and what was answered so far."""

    act: str
    code: str = ""
    value: str = ""
    new_meaning: bool = False


class AmendingScreen(ListScreen[T]):
    """A list whose rows are about codes, which can be changed from here."""

    _wanted: Wanted | None = None
    book = Codebook(())

    def codes_here(self) -> tuple[Code, ...]:
        """Return the codes that the highlighted row is about, one or two."""
        raise NotImplementedError

    def above(self) -> ComposeResult:
        """Lay out what asks."""
        yield Palette()
        yield MemoEditor()
        yield Choice()

    @property
    def asking(self) -> bool:
        """Tell whether a pane above the list waits for an answer."""
        return super().asking or self.query_one(Palette).is_open

    # -- what is asked -------------------------------------------------------------------------

    def action_amend(self, act: str) -> None:
        """Ask which of the codes is meant, if need be, then go on asking."""
        codes = self.codes_here()
        if not codes:
            return
        self._wanted = Wanted(act)
        if len(codes) == 1:
            self._of(codes[0].id)
        elif act == "merge":
            one, other = codes
            self._choose(_("Merge: which code is to count for the other?"), [
                Way("1", self._into(one, other), one.id), Way("2", self._into(other, one), other.id)
            ])  # fmt: skip
        else:
            ways = [Way(str(n + 1), self.book.path(one.id), one.id) for n, one in enumerate(codes)]
            self._choose(_("Which of the two?"), ways)

    def _into(self, one: Code, other: Code) -> str:
        return _("“{one}” counts for “{other}” from now on").format(
            one=self.book.path(one.id), other=self.book.path(other.id)
        )

    def _choose(self, title: str, ways: list[Way]) -> None:
        self.query_one(Choice).open("amend", title, ways)

    def _of(self, id: str) -> None:
        """Ask what the change of one code needs."""
        wanted = self._wanted
        if wanted is None or id not in self.book.codes:
            return
        code, self._wanted = self.book[id], replace(wanted, code=id)
        if wanted.act == "merge":
            self._merge_of(code)
        elif wanted.act == "rename":
            title = _("Rename “{name}”").format(name=code.name)
            self.query_one("#ask", AskLine).open("name", title, code.name)
        elif wanted.act == "define":
            title = _("Definition of “{name}”").format(name=code.name)
            self.query_one(MemoEditor).open(f"define {id}", title, code.definition)
        elif wanted.act == "sort":
            self._wanted = None
            self.app.push_screen(SortingScreen(self.access, id))
        else:
            self._why()

    def _merge_of(self, code: Code) -> None:
        others = [one.id for one in self.codes_here() if one.id != code.id]
        if others:
            self._answer(others[0])
        else:
            title = _("Let “{name}” count for").format(name=code.name)
            offer = Offer(self.book, new_codes=False, gathers=False, about="merge")
            self.query_one(Palette).open(offer, title)

    def _answer(self, value: str) -> None:
        if self._wanted is not None:
            self._wanted = replace(self._wanted, value=value)
            self._why()

    def _why(self) -> None:
        self.query_one("#ask", AskLine).open("why", _("Why? For the history; may stay empty."))

    @on(Choice.Made)
    def _chosen_way(self, event: Choice.Made) -> None:
        if event.about == "amend":
            self._of(event.value)
        elif event.about == "meaning" and self._wanted is not None:
            self._wanted = replace(self._wanted, new_meaning=event.value == "new")
            self._why()

    @on(Palette.Chosen)
    def _chosen_code(self, event: Palette.Chosen) -> None:
        self._answer(event.codes[0])

    @on(MemoEditor.Written)
    def _defined(self, event: MemoEditor.Written) -> None:
        if self._wanted is None:
            return
        self._wanted = replace(self._wanted, value=event.text.strip())
        self.query_one(Choice).open("meaning", _("Does it mean something else now?"), (
            Way("s", _("the same meaning, said better"), "same"),
            Way("n", _("a new meaning: documents finished before are gone back to"), "new"),
        ))  # fmt: skip

    @on(AskLine.Answered)
    def _typed_line(self, event: AskLine.Answered) -> None:
        if event.about == "name" and event.text:
            self._answer(event.text)
        elif event.about == "why":
            self._write_wanted(event.text)
        elif event.about == "name":
            self.grid.focus()

    @on(Palette.Closed)
    @on(MemoEditor.Closed)
    @on(Choice.Closed)
    def _gave_up(self) -> None:
        self._wanted = None
        self.grid.focus()

    # -- what is written -----------------------------------------------------------------------

    def _write_wanted(self, reason: str) -> None:
        wanted, self._wanted = self._wanted, None
        self.grid.focus()
        if wanted is None or wanted.code not in self.book.codes:
            return
        verb, act = self._act(wanted, self.book[wanted.code], reason)

        def written(delta: Delta) -> str:
            # Until then the text is kept as a draft.
            if wanted.act == "define":
                self.query_one(MemoEditor).forget(f"define {wanted.code}")
            return delta.told

        self.write(verb, act, written)

    def _act(self, wanted: Wanted, code: Code, reason: str) -> tuple[str, Callable[[Step], Delta]]:
        if wanted.act == "merge":
            into = self.book[wanted.value]
            return "merge codes", lambda step: acts.merge(step, code, into, reason)
        if wanted.act == "rename":
            return "rename code", lambda step: acts.rename(step, code, wanted.value, reason)
        if wanted.act == "define":
            values, new = {"definition": wanted.value}, wanted.new_meaning
            return "revise code", lambda step: acts.change(
                step, code, values, new_meaning=new, reason=reason
            )
        if code.retired:
            return "restore code", lambda step: acts.bring_back(step, code, reason)
        return "retire code", lambda step: acts.retire(step, code, reason)
