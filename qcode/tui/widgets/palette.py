"""The code palette: a pane in which a few letters find a code.

It is no screen of its own, because changing screens takes 50 ms and happens at every coding.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static

from qcode.language import _
from qcode.model.codebook import Code, Codebook
from qcode.tui.commands import key_of
from qcode.tui.layout.cells import shown
from qcode.tui.ranking import Hit, Ranking, Why
from qcode.tui.widgets.hits import HitList, Row
from qcode.tui.widgets.rows import clipped


@dataclass(frozen=True, slots=True)
class Offer:
    """What a palette is opened with; ``recent`` holds ids of codes, the latest first."""

    codebook: Codebook
    recent: Sequence[str] = ()
    counts: Mapping[str, int] | None = None
    """How often each code was given, or nothing where that is not to be seen."""
    new_codes: bool = True
    language: str = ""
    """Language of the labels; without one, and where there is none, codes go by their names."""
    about: str = ""
    """What the choice is for, where it is not to give words a code; comes back with it."""
    typed: str = ""
    """Name of a new code that is typed already and offered before those that are known."""
    gathers: bool = True
    """Whether several codes can be chosen at once."""
    without: frozenset[str] = frozenset()
    """Codes that are not offered, by id."""
    other: str = ""
    """A last row that is no code: it is chosen as none."""


class Palette(Vertical):
    """Finds codes by a few letters, gathers them in a basket and posts the choice."""

    DEFAULT_CSS = Path(__file__).with_suffix(".tcss").read_text(encoding="utf-8")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,ctrl+n", "step(1)", _("Next code"), show=False, id="palette.next"),
        Binding("up", "step(-1)", _("Previous code"), show=False, id="palette.previous"),
        Binding("tab", "gather", _("Put into the basket"), show=False, id="palette.gather"),
        Binding("escape", "close", _("Close without coding"), show=False, id="palette.close"),
    ]

    class Chosen(Message):
        """These codes are to be given, in the order they were gathered; holds ids."""

        def __init__(self, codes: tuple[str, ...], about: str = "") -> None:
            super().__init__()
            self.codes = codes
            self.about = about

    class NewCode(Message):
        """A code is to be made from what was typed, and given with those in the basket.

        ``typed`` may be ``parent/name``.
        """

        def __init__(self, typed: str, codes: tuple[str, ...] = (), about: str = "") -> None:
            super().__init__()
            self.typed = typed
            self.codes = codes
            self.about = about

    class Closed(Message):
        """The palette went away without a choice."""

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self._offer = Offer(Codebook(()))
        self._ranking = Ranking(self._offer.codebook)
        self._hits: list[Hit] = []
        self._basket: dict[str, Code] = {}

    def compose(self) -> ComposeResult:
        """Lay out the input, the basket, the hits and the meaning of the highlighted one."""
        yield Input(
            placeholder=_("code: a few letters of its name"), select_on_focus=False, compact=True
        )
        yield Static(markup=False, classes="palette--basket")
        yield HitList()
        yield Static(markup=False, classes="palette--use")
        yield Static(markup=False, classes="palette--not")

    def open(self, offer: Offer, title: str = "") -> None:
        """Show the palette for a codebook; ``title`` says what is to be coded."""
        if (offer.codebook, offer.without) != (self._offer.codebook, self._offer.without):
            codes = [code for code in offer.codebook if code.id not in offer.without]
            self._ranking = Ranking(offer.codebook, codes)
        self._offer = offer
        self._basket.clear()
        self.border_title = Content(_plain(title))
        said = _("enter apply · {gather} gather · {close} close")
        said = said if offer.gathers else _("enter apply · {close} close")
        gather, close = (key_of(self.BINDINGS, f"palette.{name}") for name in ("gather", "close"))
        self.border_subtitle = Content(said.format(gather=gather, close=close))
        self.add_class("-open")
        with self.prevent(Input.Changed):
            self._input.value = offer.typed
            self._input.cursor_position = len(offer.typed)
        self._rank()
        self._input.focus()

    def close(self) -> None:
        """Hide the palette; who opened it gives the focus back."""
        self.remove_class("-open")

    @property
    def is_open(self) -> bool:
        """Tell whether the palette is shown."""
        return self.has_class("-open")

    @property
    def typed(self) -> str:
        """What was typed, without blanks around it."""
        return self._input.value.strip()

    @property
    def basket(self) -> tuple[str, ...]:
        """The codes gathered so far, by id."""
        return tuple(self._basket)

    @property
    def hits(self) -> tuple[Hit, ...]:
        """What is offered, the likeliest first."""
        return tuple(self._hits)

    @property
    def highlighted(self) -> Code | None:
        """The highlighted code; nothing on the row of a new one."""
        at = self._list.highlighted
        return self._hits[at].code if at < len(self._hits) else None

    @property
    def _input(self) -> Input:
        return self.query_one(Input)

    @property
    def _list(self) -> HitList:
        return self.query_one(HitList)

    # -- what happens ------------------------------------------------------------------------

    @on(Input.Changed)
    def _retyped(self, event: Input.Changed) -> None:
        event.stop()
        self._rank()

    @on(Input.Submitted)
    def _entered(self, event: Input.Submitted) -> None:
        event.stop()
        self._choose()

    @on(HitList.Picked)
    def _picked(self, event: HitList.Picked) -> None:
        event.stop()
        self._list.highlighted = event.row
        self._choose()

    def action_step(self, step: int) -> None:
        """Highlight another row, from the last one on to the first."""
        rows = len(self._hits) + bool(self._last)
        if rows:
            self._list.highlighted = (self._list.highlighted + step) % rows
            self._explain()

    def action_gather(self) -> None:
        """Put the highlighted code into the basket, or take it out, and stay."""
        code = self.highlighted
        if code is None or not self._offer.gathers:
            return
        if self._basket.pop(code.id, None) is None:
            self._basket[code.id] = code
        # What is typed next replaces what found this code.
        self._input.select_all()
        self._show(self._list.highlighted)

    def action_close(self) -> None:
        """Go away without a choice."""
        self.close()
        self.post_message(self.Closed())

    def _choose(self) -> None:
        code, about = self.highlighted, self._offer.about
        if code is not None:
            self.close()
            self.post_message(self.Chosen(tuple(dict.fromkeys((*self._basket, code.id))), about))
        elif self._offer.other:
            self.close()
            self.post_message(self.Chosen((), about))
        elif self._offers_new:
            self.close()
            self.post_message(self.NewCode(self.typed, self.basket, about))
        elif self._basket:
            self.close()
            self.post_message(self.Chosen(self.basket, about))

    # -- what is shown -----------------------------------------------------------------------

    @property
    def _offers_new(self) -> bool:
        return self._offer.new_codes and bool(self.typed) and not self._is_known

    @property
    def _last(self) -> str:
        """What the row after the codes says, or nothing where there is none."""
        if self._offer.other or not self._offers_new:
            return self._offer.other
        return _("+ new code “{typed}”").format(typed=self.typed)

    @property
    def _is_known(self) -> bool:
        return any(hit.why is Why.SAME and "/" not in self.typed for hit in self._hits)

    def _rank(self) -> None:
        self._hits = self._ranking.rank(self.typed, self._offer.recent)
        self._show(len(self._hits) if self._offer.typed and self._offers_new else 0)

    def _show(self, highlighted: int) -> None:
        rows = [self._row(hit) for hit in self._hits]
        if last := self._last:
            waits = self._offers_new and "/" not in self.typed
            rows.append(Row(last, _("in unsorted; /name: top") if waits else ""))
        self._list.show(rows, highlighted)
        basket = self.query_one(".palette--basket", Static)
        language = self._offer.language
        names = " + ".join(shown(code.label(language)) for code in self._basket.values())
        basket.update(Content(_("Basket: {codes}").format(codes=names)), layout=False)
        basket.set_class(bool(self._basket), "-filled")
        self._explain()

    def _row(self, hit: Hit) -> Row:
        code, offer = hit.code, self._offer
        label = code.label(offer.language)
        # Nothing typed has found a code by its name: that needs no telling.
        found = hit.name if hit.why < Why.RECENT else label
        name = label if found == label else f"{label} ({found})"
        parent = offer.codebook.path(code.id).rpartition("/")[0].replace("/", " › ")
        count = (offer.counts or {}).get(code.id, 0)
        aside = (
            parent,
            _("{n}×").format(n=count) if count else "",
            _("recent") if code.id in offer.recent else "",
        )
        return Row(name, "  ".join(filter(None, aside)), code.color, code.id in self._basket)

    def _explain(self) -> None:
        code = self.highlighted
        use = code.definition or code.include if code else ""
        if use:
            use = _("Use when: {text}").format(text=_plain(use))
        elif code:
            use = _("This code has no definition yet.")
        avoid = code.exclude if code else ""
        avoid = _("Not for: {text}").format(text=_plain(avoid)) if avoid else ""
        for name, text in ((".palette--use", use), (".palette--not", avoid)):
            pane = self.query_one(name, Static)
            width, rows = pane.content_size
            pane.update(Content(clipped(text, width, max(1, rows))), layout=False)

    def on_resize(self) -> None:
        """Fit what is said of a code into the room there is."""
        if self.is_open:
            self.call_after_refresh(self._explain)


def _plain(text: str) -> str:
    return " ".join(shown(text).split())
