"""What is to be discussed, by age, code, person or document; answered and settled here."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType

from qcode.analysis.releasing import named
from qcode.language import _
from qcode.model.coding import DISCUSS, FLAGS
from qcode.model.filter import Filter
from qcode.model.span import Span
from qcode.store.project import Reader
from qcode.tui.commands import Command, bindings
from qcode.tui.inspecting import Line
from qcode.tui.screens.listing import LISTING, TAKING, UNDOING, ListScreen
from qcode.tui.screens.shown import Place
from qcode.tui.widgets.choice import Choice, Way
from qcode.tui.widgets.grid import Column
from qcode.tui.widgets.memo import MemoEditor
from qcode.workflows import agenda, flagging
from qcode.workflows.agenda import ORDERS, Item, Order
from qcode.workflows.flagging import LETTERS, flag_names
from qcode.workflows.telling import local_now, when

KEYS = (
    *LISTING,
    Command("agenda.answer", "a", "answer", _("Answer the highlighted item"), footer=_("Answer")),
    Command("agenda.settle", "s", "settle", _("Settle it, or open it again"), footer=_("Settle")),
    Command("agenda.order", "o", "order", _("Sort by age, code, person or document")),
    Command("agenda.all", "A", "all", _("Show what is settled too, or only what is open")),
    Command("agenda.kind", "X", "kind", _("List flags of another kind")),
    *UNDOING,
    *TAKING,
)

Row = tuple[str, Item]
"""The group an item stands in, and the item."""


class AgendaScreen(ListScreen[Row]):
    """Lists what is open."""

    KEYS = KEYS
    BINDINGS: ClassVar[list[BindingType]] = bindings(KEYS)
    _by: Order = "age"
    _settled = False
    _kind = DISCUSS

    # -- what is listed ------------------------------------------------------------------------

    def headline(self) -> str:
        """Return what is listed, and in which order."""
        orders = {"age": _("oldest first"), "code": _("by code"), "person": _("by person"),
                  "document": _("by document")}  # fmt: skip
        parts = [_("Agenda"), flag_names()[self._kind], orders[self._by]]
        return " · ".join((*parts, *([_("settled ones too")] if self._settled else [])))

    def columns(self) -> Sequence[Column]:
        """Return the columns of the table; by code, the code stands first."""
        first = self._by == "code"
        code = Column(_("code"), 22, aside=not first, least=0 if first else 60)
        return (
            *([code] if first else []),
            Column(_("place"), 9, end=":"),
            *([] if first else [code]),
            Column(_("who"), 10),
            Column(_("when"), 16, aside=True, least=70),
            Column(_("answers"), 7, right=True),
            Column(_("what")),
            *([Column(_("state"), 18, aside=True)] if self._settled else []),
        )

    def fetch(self, connection: Reader) -> Sequence[Row]:
        """Read the items in their order."""
        wanted = Filter(flags=(self._kind,))
        return agenda.grouped(agenda.items(connection, wanted, settled=self._settled), self._by)

    def cells(self, row: Row) -> Sequence[str]:
        """Return place, codes, who, when, how many answers and what."""
        group, item = row
        codes = ", ".join(path.rpartition("/")[2] for path in item.codes)
        code = group.rpartition("/")[2] if self._by == "code" else codes
        return (
            *([code] if self._by == "code" else []),
            item.place,
            *([code] if self._by != "code" else []),
            item.who,
            when(item.flag.made, local_now()),
            str(len(item.answers)),
            item.flag.text or _words(item),
            *([agenda.state(item)] if self._settled else []),
        )

    def key(self, row: Row) -> str:
        """Return the group and the flag."""
        return f"{row[0]} {row[1].flag.id}"

    def detail(self, row: Row) -> Sequence[Line]:
        """Return the passage and what was said to it."""
        item = row[1]
        now = local_now()
        name = " · ".join(filter(None, (flag_names()[item.flag.kind], agenda.state(item))))
        lines = [Line(f"⚑ {name}", "strong")]
        if item.flag.text:
            lines.append(Line(item.flag.text))
        lines += [Line(f"{item.who} · {when(item.flag.made, now)}", "quiet"), Line()]
        for answer in item.answers:
            lines += [Line(f"↳ {answer.text}"),
                      Line(f"{answer.who} · {when(answer.made, now)}", "quiet", indent=1)]  # fmt: skip
        lines += [Line(), Line(" · ".join((item.place, *item.codes)), "quiet")]
        if item.closed:
            why = named(item.closed)
            lines.append(Line(_("⚑ stays inside: {why}").format(why=why), "strong"))
        return [*lines, Line(" ".join(item.words.split()))]

    def place(self, row: Row) -> Place | None:
        """Return where the item stands."""
        flag = row[1].flag
        lost = flag.fit == "lost"
        span = None if lost else Span(flag.start, flag.end)
        return Place(flag.document, span, words=row[1].words)

    def counted(self, shown: int, total: int) -> str:
        """Return how many items there are."""
        if not total and self._kind == DISCUSS:
            return _("Nothing is open. While coding, x d raises something to discuss.")
        listed = {item.flag.id: item for _group, item in self._all}
        said = agenda.summed(tuple(listed.values()))
        return said if shown == total else _("{k} of {n} rows").format(k=shown, n=total)

    # -- answers, settling ---------------------------------------------------------------------

    def above(self) -> ComposeResult:
        """Lay out what asks for an answer, an order or a kind."""
        yield MemoEditor()
        yield Choice()

    @property
    def _item(self) -> Item | None:
        if self.row is not None and self.row[1].flag.kind == DISCUSS:
            return self.row[1]
        self.tell(_("Only what is to be discussed is answered and settled."))
        return None

    def action_answer(self) -> None:
        """Ask for an answer to the highlighted item."""
        item = self._item
        if item is not None:
            line = item.flag.text or _words(item)
            title = _("Answer: {line}").format(line=line)
            self.query_one(MemoEditor).open(item.flag.id, title)

    @on(MemoEditor.Written)
    def _answered(self, event: MemoEditor.Written) -> None:
        self.grid.focus()
        if not event.text.strip():
            self.query_one(MemoEditor).forget(event.about)
            self.tell(_("Nothing was written, nothing is kept."))
            return
        found = next((one for _group, one in self._all if one.flag.id == event.about), None)
        if found is not None:
            self.write("answer", lambda step: flagging.answer(step, found.flag, event.text),
                       lambda _id: self._kept(event.about))  # fmt: skip

    def _kept(self, about: str) -> str:
        self.query_one(MemoEditor).forget(about)
        return _("Answered")

    def action_settle(self) -> None:
        """Settle the highlighted item, or open it again."""
        item = self._item
        if item is not None:
            settled = not item.flag.settled
            said = _("Settled; u takes it back") if settled else _("Open again")
            self.write("settle" if settled else "reopen",
                       lambda step: flagging.settle(step, item.flag, settled=settled), said)  # fmt: skip

    # -- what is listed, and how ---------------------------------------------------------------

    def action_order(self) -> None:
        """Ask for an order."""
        labels = (_("age, oldest first"), _("code"), _("person"), _("document"))
        ways = [Way(order[0], label, order) for order, label in zip(ORDERS, labels, strict=True)]
        self.query_one(Choice).open("order", _("Sort by"), ways)

    def action_kind(self) -> None:
        """Ask for a kind of flag."""
        ways = [Way(LETTERS[kind], flag_names()[kind], kind) for kind in FLAGS]
        self.query_one(Choice).open("kind", _("List"), ways)

    def action_all(self) -> None:
        """Show what is settled too, or only what is open."""
        self._settled = not self._settled
        self.refetch()

    @on(Choice.Made)
    def _made(self, event: Choice.Made) -> None:
        self.grid.focus()
        if event.about == "order":
            self._by = next(order for order in ORDERS if order == event.value)
        elif event.about == "kind":
            self._kind = event.value
        self.refetch()


def _words(item: Item) -> str:
    if item.closed:
        return _("[withheld: {why}]").format(why=named(item.closed))
    return f"“{' '.join(item.words.split())}”" if item.words else ""
