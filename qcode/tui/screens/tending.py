"""The codebook changed where one reads: add, rename, edit, move, merge, retire, colour, order."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from textual import on
from textual.message import Message
from textual.widget import Widget

from qcode.language import _
from qcode.model.codebook import Code
from qcode.store.project import Reader
from qcode.tui import codebook as acts
from qcode.tui.commands.codebook import TREE
from qcode.tui.desk import Delta
from qcode.tui.screens.acting import ActingScreen
from qcode.tui.screens.asked import AskedScreen, Asking
from qcode.tui.widgets.askline import AskLine
from qcode.tui.widgets.choice import Choice, Way
from qcode.tui.widgets.codepane import CodePane
from qcode.tui.widgets.memo import MemoEditor
from qcode.tui.widgets.palette import Offer, Palette
from qcode.workflows import codebooks

TEND = "tend"
_OURS = frozenset(one.action.partition(".")[2].partition("(")[0] for one in TREE)
_COLOURS = (
    ("r", _("red"), "#f16d5e"), ("o", _("orange"), "#f5a142"), ("y", _("yellow"), "#d9c63f"),
    ("g", _("green"), "#8bd450"), ("t", _("turquoise"), "#3ec9b6"), ("b", _("blue"), "#4e9af1"),
    ("v", _("violet"), "#9a7bf0"), ("p", _("pink"), "#e06fb5"),
)  # fmt: skip
_FIELDS = (
    ("d", "definition", _("definition")), ("i", "include", _("use when")),
    ("n", "exclude", _("not for")), ("x", "example", _("example")),
    ("a", "aliases", _("other names, with commas between")),
    ("l", "labels", _("labels, a line each: “en: fear”")), ("b", "basis", _("where it comes from")),
)  # fmt: skip
_MEANINGS = (
    Way("s", _("the same: only the wording changed"), ""),
    Way("n", _("new: look through finished documents again"), "new"),
)
_TELLING = ("definition", "include", "exclude")
"""Fields that say what is meant."""


class TendingScreen(AskedScreen, ActingScreen):
    """The acting screen whose codebook can be changed."""

    # -- asking --------------------------------------------------------------------------------

    @property
    def asked_about(self) -> Widget:
        """The codebook."""
        return self.codes

    @on(AskLine.Answered)
    @on(MemoEditor.Written)
    @on(Choice.Made)
    @on(Palette.Chosen)
    def _answered(
        self, event: AskLine.Answered | MemoEditor.Written | Choice.Made | Palette.Chosen
    ) -> None:
        asking = self._asking
        if asking is None or not event.about.startswith(TEND):
            return
        # The other panes' answers are not about the codebook.
        event.prevent_default()
        if isinstance(event, Palette.Chosen):
            self._go_on(asking, "".join(event.codes[:1]))
        else:
            self._go_on(asking, event.value if isinstance(event, Choice.Made) else event.text)

    @on(AskLine.Closed)
    @on(MemoEditor.Closed)
    @on(Choice.Closed)
    @on(Palette.Closed)
    def _given_up(self, event: Message) -> None:
        if self._asking is not None:
            event.prevent_default()
            self._asking = None
            self.codes.focus()
            # What was asked may still stand in the status line, where it reads as if done.
            self.tell(_("Nothing was changed."))

    def _ask_line(self, title: str, text: str = "") -> Callable[[], None]:
        return lambda: self.query_one(AskLine).open(TEND, title, text)

    def _why(self, title: str) -> Callable[[], None]:
        def ask() -> None:
            # The title is cut where it is long; here it stands whole.
            self.tell(title)
            asked = _("Why? (may stay empty) · {what}").format(what=title)
            self.query_one(AskLine).open(TEND, asked)

        return ask

    def _choose(self, title: str, ways: Sequence[Way]) -> Callable[[], None]:
        def ask() -> None:
            self.choice.remove_class("-above")
            self.choice.open(TEND, title, ways)

        return ask

    def _find(self, title: str, without: frozenset[str], other: str = "") -> Callable[[], None]:
        def ask() -> None:
            desk = self.desk
            if desk is not None:
                self.palette.remove_class("-above")
                offer = Offer(desk.book, new_codes=False, language=desk.language, about=TEND,
                              gathers=False, without=without, other=other)  # fmt: skip
                self.palette.open(offer, title)

        return ask

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Keep the commands of the codebook from acting while a pane asks."""
        if action in _OURS:
            return not self.occupied
        return super().check_action(action, parameters)

    def _took(self, delta: Delta) -> None:
        super()._took(delta)
        if delta.seek and self.desk is not None:
            self.codes.seek(delta.seek)

    def _highlighted(self) -> Code | None:
        """Return the highlighted code of the codebook, if that is shown."""
        return self.codes.code if self._is_shown() else None

    def _is_shown(self) -> bool:
        shown = self.query_one(CodePane).display
        if not shown:
            self.tell(_("The codebook is hidden: t shows it."))
        return shown

    # -- commands ------------------------------------------------------------------------------

    def action_code_filter(self) -> None:
        """Let letters narrow the codebook."""
        if self._is_shown():
            self.query_one(CodePane).open_filter()

    def action_code_counts(self) -> None:
        """Count with or without the codes below."""
        self.codes.own = not self.codes.own
        self.recount()
        self.query_one(CodePane).tell()

    def action_code_gone(self) -> None:
        """Show or hide retired and merged codes."""
        self.codes.show_gone(gone=not self.codes.gone)
        self.tell(
            _("Retired codes show with ×, merged ones with ⇢; d brings one back.")
            if self.codes.gone
            else _("Only codes that are offered show.")
        )

    def action_code_shift(self, by: int) -> None:
        """Move the highlighted code up or down among those beside it."""
        code = self._highlighted()
        if code is not None:
            self._write("order codes", lambda step: acts.shift(step, code, by))

    def action_code_add(self, below: bool = False) -> None:  # noqa: FBT001, FBT002 - from a key
        """Ask for the name of a new code."""
        desk, code = self.desk, self.codes.code
        if desk is None or not self._is_shown():
            return
        title, parent = _("New code"), ""
        if code is not None:
            parent = code.id if below else desk.book.parent(code.id)
            title = _("New code below “{code}”") if below else _("New code beside “{code}”")
            title = title.format(code=desk.label(code))
        self._go_on(self._adding(title, parent))

    def _adding(self, title: str, parent: str) -> Asking:
        name = yield self._ask_line(title)
        if name:
            self._write("add code", lambda step: acts.add(step, name, parent))

    def action_code_rename(self) -> None:
        """Ask for another name."""
        if code := self._highlighted():
            self._go_on(self._renaming(code))

    def _renaming(self, code: Code) -> Asking:
        name = yield self._ask_line(_("New name of “{code}”").format(code=code.name), code.name)
        if not name or name == code.name:
            self.tell(_("Nothing was changed."))
            return
        told = _("Rename “{old}” to “{new}”").format(old=code.name, new=name)
        reason = yield self._why(told)
        self._write("rename code", lambda step: acts.rename(step, code, name, reason))

    def action_code_move(self) -> None:
        """Ask under which code."""
        if code := self._highlighted():
            self._go_on(self._moving(code))

    def _moving(self, code: Code) -> Asking:
        desk = self.desk
        if desk is None:
            return
        name = desk.label(code)
        below = desk.book.below(code.id) | {desk.book.parent(code.id)}
        top = _("to the top of the tree") if desk.book.parent(code.id) else ""
        parent = yield self._find(_("Move “{code}” under").format(code=name), below, top)
        above = desk.label(desk.book[parent]) if parent else _("the top")
        told = _("Move “{code}” under {above}").format(code=name, above=above)
        reason = yield self._why(told)
        self._write("move code", lambda step: acts.move(step, code, parent, reason))

    def action_code_merge(self) -> None:
        """Ask into which code."""
        if code := self._highlighted():
            self._go_on(self._merging(code))

    def _merging(self, code: Code) -> Asking:
        desk = self.desk
        if desk is None:
            return
        title = _("Merge “{code}” into").format(code=desk.label(code))
        target = yield self._find(title, desk.book.chain(desk.book.end(code.id)))
        into = desk.book[target]
        held = yield self._look_up(lambda one: codebooks.holders(one, code.id))
        told = _("{codings} of “{old}” will count for “{new}”").format(
            codings=held or _("No codings"), old=desk.label(code), new=desk.label(into)
        )
        reason = yield self._why(told)
        self._write("merge codes", lambda step: acts.merge(step, code, into, reason))

    def _look_up(self, what: Callable[[Reader], str]) -> Callable[[], None]:
        """Let the answer be something that has to be read from the project."""

        async def read() -> None:
            found, asking = await self.access.read(what), self._asking
            if asking is not None:
                self._go_on(asking, found)

        def ask() -> None:
            self.run_worker(read(), exclusive=True, group=TEND)

        return ask

    def action_code_retire(self) -> None:
        """Retire the highlighted code after a word why, or bring it back at once."""
        desk, code = self.desk, self._highlighted()
        if desk is None or code is None:
            return
        if desk.book.offered(code):
            self._go_on(self._retiring(code))
        else:
            self._write("restore code", lambda step: acts.bring_back(step, code))

    def _retiring(self, code: Code) -> Asking:
        reason = yield self._why(_("Retire “{code}”").format(code=code.name))
        self._write("retire code", lambda step: acts.retire(step, code, reason))

    def action_code_colour(self) -> None:
        """Ask for a colour."""
        if code := self._highlighted():
            self._go_on(self._colouring(code))

    def _colouring(self, code: Code) -> Asking:
        ways = [Way(letter, name, colour, colour) for letter, name, colour in _COLOURS]
        ways += [Way("h", _("another: #rrggbb"), "#"), Way("n", _("no colour"), "")]
        colour = yield self._choose(_("Colour of “{code}”").format(code=code.name), ways)
        if colour == "#":
            colour = yield self._ask_line(_("Colour as #rrggbb"), code.color or "#")
        values = {"color": colour}
        self._write("revise code", lambda step: acts.change(step, code, values))

    # -- what is said of a code ----------------------------------------------------------------

    def action_code_edit(self) -> None:
        """Ask which of the things that are said of the code is to be edited."""
        if code := self._highlighted():
            self._go_on(self._editing(code))

    def _editing(self, code: Code) -> Asking:
        ways = [
            Way(letter, f"{title}: {acts.written(code, field)}", field)
            for letter, field, title in _FIELDS
        ]
        field = yield self._choose(_("Edit “{code}”").format(code=code.name), ways)
        title = next(one for _letter, name, one in _FIELDS if name == field)
        about = f"{TEND} {field} {code.id}"
        before = acts.written(code, field)
        text = yield lambda: self._edit(about, f"{code.name}: {title}", before)
        if text.strip() == before:
            self.memo.forget(about)
            self.tell(_("Nothing was changed."))
            return
        values = {field: acts.meant(code, field, text.strip())}
        reason, new = "", ""
        if field in _TELLING:
            if any(getattr(code, one) for one in _TELLING):
                new = yield self._choose(_("Does “{code}” mean the same as before?").format(
                    code=code.name), _MEANINGS)  # fmt: skip
            reason = yield self._why(_("Other wording of “{code}”").format(code=code.name))
        self._write("revise code", lambda step: acts.change(
            step, code, values, new_meaning=bool(new), reason=reason), about)  # fmt: skip

    def _edit(self, about: str, title: str, text: str) -> None:
        self.memo.remove_class("-above")
        self.memo.open(about, title, text)
