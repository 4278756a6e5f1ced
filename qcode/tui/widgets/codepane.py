"""The codebook pane: the tree, the line in which it is filtered, and what its numbers count."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, Static

from qcode.language import _
from qcode.tui.widgets.codetree import CodeTree
from qcode.tui.widgets.rows import fitted


class CodePane(Vertical):
    """Filters the tree of codes while somebody types."""

    DEFAULT_CSS = Path(__file__).with_suffix(".tcss").read_text(encoding="utf-8")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,ctrl+n", "step(1)", _("Next code that fits"), show=False, id="filter.next"),
        Binding("up", "step(-1)", _("Previous code that fits"), show=False, id="filter.previous"),
        Binding("escape", "unfilter", _("Show all codes again"), show=False, id="filter.close"),
    ]
    TYPED = (("enter", _("To the codes that fit")),)
    """What the line itself does with keys, for the help."""

    def compose(self) -> ComposeResult:
        """Lay out the tree above its two lines."""
        yield CodeTree(id="codes")
        yield Input(compact=True, select_on_focus=False, classes="codes--filter")
        yield Static(classes="codes--foot")

    @property
    def codes(self) -> CodeTree:
        """The tree."""
        return self.query_one(CodeTree)

    @property
    def line(self) -> Input:
        """Where the letters are typed."""
        return self.query_one(Input)

    def open_filter(self) -> None:
        """Take letters, or go on with those that were typed."""
        self.add_class("-filtering")
        self.line.focus()

    def action_unfilter(self) -> None:
        """Show all codes again, the highlighted one still highlighted."""
        self.remove_class("-filtering")
        with self.prevent(Input.Changed):
            self.line.value = ""
        self.codes.filter("")
        self.codes.focus()
        self.tell()

    def action_step(self, step: int) -> None:
        """Highlight the next or previous code that fits."""
        self.codes.call_later(self.codes.step_fitting, step)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """Leave the keys of the line to what else has them, unless there is a filter."""
        if action == "unfilter":
            return self.has_class("-filtering")
        return action != "step" or self.line.has_focus

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        # As the tree's own doing: what it says of that would go no further than to who asked.
        self.codes.call_later(self._narrow, event.value.strip())

    def _narrow(self, typed: str) -> None:
        self.codes.filter(typed)
        self.tell()

    @on(Input.Submitted)
    def _entered(self, event: Input.Submitted) -> None:
        event.stop()
        if self.codes.filtered:
            self.codes.focus()
        else:
            self.action_unfilter()

    def on_resize(self) -> None:
        """Fit the line below into the width."""
        self.tell()

    def tell(self) -> None:
        """Say what the numbers are, or how many codes fit."""
        tree, width = self.codes, self.content_size.width
        if tree.filtered:
            text = _("{k} of {n} codes").format(k=tree.fitting, n=tree.whole)
        else:
            text = _("3/12 without below") if tree.own else _("3/12 with below")
        self.query_one(".codes--foot", Static).update(Content(fitted(text, width)), layout=False)
