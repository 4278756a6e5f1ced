"""The interview guide: who was asked what, everyone's answers, and turns that may ask a question."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import ClassVar

from textual.binding import BindingType

from qcode.analysis.guide import LEAST, TAKEN
from qcode.language import _, counted
from qcode.model.guide import Question
from qcode.model.span import Span
from qcode.model.table import Share, Table, in_words
from qcode.store.project import Reader, Step, about
from qcode.tui.access import Access
from qcode.tui.commands import Command, bindings
from qcode.tui.inspecting import Line
from qcode.tui.screens.listing import LISTING, TAKING, UNDOING, ListScreen
from qcode.tui.screens.shown import Place
from qcode.tui.widgets.grid import Column
from qcode.workflows import guide, replies
from qcode.workflows.guide import Replies, Reply, Suggestion
from qcode.workflows.replies import Coverage

GUIDE = (
    Command("guide.answers", "enter", "open", _("Show everyone's answers to the question"),
            footer=_("Answers")),
    *LISTING[1:],
    Command("guide.find", "f", "find", _("List turns whose words are like a question"),
            _("Nothing is marked by it."), footer=_("Find")),
    *UNDOING, *TAKING,
)  # fmt: skip
SUGGESTED = (
    *LISTING,
    Command("guide.accept", "a", "accept", _("Mark that the turn asks the question"),
            footer=_("Mark")),
    Command("guide.accept.all", "A", "accept_all", _("Mark all turns that show from a likeness of {n} on").format(n=round(TAKEN))),
    *UNDOING, *TAKING,
)  # fmt: skip
REPLIES = (*LISTING, *TAKING)


@dataclass(frozen=True, slots=True)
class Row:
    """A question and how many were asked it."""

    question: Question
    share: Share


class GuideScreen(ListScreen[Row]):
    """Lists the questions of the guide."""

    KEYS = GUIDE
    BINDINGS: ClassVar[list[BindingType]] = bindings(GUIDE)
    _table = Table("", (), ())
    _found = Coverage((), (), frozenset(), {}, ())
    _language = ""

    def headline(self) -> str:
        """Return the name of the screen."""
        return _("Interview guide: who was asked what")

    def columns(self) -> Sequence[Column]:
        """Return number, label, question, whom it is put to, and how many were asked."""
        return (
            Column("", 4, right=True),
            Column(_("label"), 18, aside=True, least=60),
            Column(_("question")),
            Column(_("put to"), 20, aside=True, least=100),
            Column(_("asked"), 10, right=True, unit=_("informants")),
        )

    def fetch(self, connection: Reader) -> Sequence[Row]:
        """Read the guide and where its questions were asked."""
        self._found = replies.coverage(connection)
        self._table = replies.guide_table(connection)
        self._language = about(connection).get("language", "")
        return [Row(one, self._found.share(one)) for one in self._found.questions]

    def cells(self, row: Row) -> Sequence[str]:
        """Return number, label, question, whom it is put to, and how many were asked."""
        one = row.question
        label = one.label(self._language) if one.labels else ""
        roles = ", ".join(one.roles) or _("everybody")
        return (one.number, label, one.text, roles, in_words(row.share))

    def key(self, row: Row) -> str:
        """Return the id of the question."""
        return row.question.id

    def detail(self, row: Row) -> Sequence[Line]:
        """Return the question with its wordings, and who was asked."""
        one = row.question
        lines = [Line(f"{one.number}. {one.text}", "strong"), Line()]
        lines += [Line(f"“{wording}”", "quiet", indent=1) for wording in one.wordings]
        asked = [case.name for case in self._found.informants
                 if (one.id, case.id) in self._found.asked]  # fmt: skip
        signs = {"-": _("not asked"), "x": _("not put to this role"), "?": _("nothing marked")}
        lines += [Line(), Line(_("asked"), "strong"), Line(", ".join(asked) or "-")]
        for sign, said in signs.items():
            names = [case.name for case in self._found.informants
                     if in_words(self._found.cell(one, case)) == sign]  # fmt: skip
            if names:
                lines += [Line(), Line(f"{sign} {said}", "quiet"), Line(", ".join(names))]
        return lines

    def counted(self, shown: int, total: int) -> str:
        """Return how many questions there are, or what brings them."""
        if not total:
            return _("No guide yet: “qcode guide import guide.toml” brings one.")
        return counted("{{k}} of {n} question", "{{k}} of {n} questions", total).format(k=shown)

    def table(self, rows: Sequence[Row]) -> Table:
        """Return the table of ``qcode guide`` with these rows."""
        numbers = {row.question.number for row in rows}
        return replace(self._table, rows=tuple(
            cells for cells in self._table.rows if cells[0] in numbers
        ))  # fmt: skip

    def action_open(self) -> None:
        """Show everyone's answers."""
        if self.row is not None:
            self.app.push_screen(RepliesScreen(self.access, self.row.question))

    def action_find(self) -> None:
        """List turns that may ask a question."""
        self.app.push_screen(SuggestionsScreen(self.access))


class RepliesScreen(ListScreen[Reply]):
    """Lists what everybody answered to one question."""

    KEYS = REPLIES
    BINDINGS: ClassVar[list[BindingType]] = bindings(REPLIES)
    _found: Replies | None = None

    def __init__(self, access: Access, question: Question) -> None:
        super().__init__(access)
        self._question = question

    def headline(self) -> str:
        """Return the question."""
        return f"{self._question.number}. {self._question.text}"

    def columns(self) -> Sequence[Column]:
        """Return who, where and what."""
        return (
            Column(_("participant"), 14),
            Column(_("document"), 12, aside=True, least=70),
            Column(_("turn"), 5, right=True),
            Column(_("answer")),
        )

    def fetch(self, connection: Reader) -> Sequence[Reply]:
        """Read the answers."""
        self._found = replies.replies(connection, self._question)
        return self._found.replies

    def cells(self, row: Reply) -> Sequence[str]:
        """Return who, where and what."""
        return (" + ".join(row.cases), row.page.document.name,
                str(row.page.turn(row.turn.start)), row.words)  # fmt: skip

    def key(self, row: Reply) -> str:
        """Return the document and the place."""
        return f"{row.page.document.id} {row.turn.start}"

    def detail(self, row: Reply) -> Sequence[Line]:
        """Return the whole turn."""
        who = " + ".join(row.cases) or row.page.document.name
        turn = _("turn {n}").format(n=row.page.turn(row.turn.start))
        return (Line(who, "strong"), Line(f"{row.page.document.name} · {turn}", "quiet"), Line(),
                Line(row.words), Line(),
                *(Line(note, "quiet") for note in self._notes))  # fmt: skip

    @property
    def _notes(self) -> tuple[str, ...]:
        return tuple(self._found.notes()) if self._found else ()

    def place(self, row: Reply) -> Place:
        """Return where it is said."""
        return Place(row.page.document.id, row.span, words=row.words)

    def counted(self, shown: int, total: int) -> str:
        """Return how many turns there are; without any, who was asked."""
        said = _("{k} of {n} turns").format(k=shown, n=total)
        return said if total else " · ".join((said, *self._notes))

    def table(self, rows: Sequence[Reply]) -> Table:
        """Return the table of ``qcode guide answers`` with these rows."""
        if self._found is None:
            return super().table(rows)
        return replies.replies_table(replace(self._found, replies=tuple(rows)))


class SuggestionsScreen(ListScreen[Suggestion]):
    """Lists turns whose words are like a question; marks those that a person chooses."""

    KEYS = SUGGESTED
    BINDINGS: ClassVar[list[BindingType]] = bindings(SUGGESTED)
    _table: Callable[[Sequence[Suggestion]], Table] | None = None

    def headline(self) -> str:
        """Return the name of the screen."""
        return _("Turns that may ask a question of the guide")

    def columns(self) -> Sequence[Column]:
        """Return where, which question, how like, and what is said."""
        return (
            Column(_("document"), 12),
            Column(_("turn"), 5, right=True),
            Column(_("question"), 8, right=True),
            Column(_("likeness"), 8, right=True, unit=_("of 100")),
            Column(_("what is asked")),
        )

    def fetch(self, connection: Reader) -> Sequence[Suggestion]:
        """Compare every turn of an interviewer with the questions."""
        notice = about(connection).get("notice", "")
        self._table = partial(guide.suggested, least=LEAST, notice=notice)
        found = guide.suggestions(connection)
        return sorted(found, key=lambda one: -one.like.score)

    def cells(self, row: Suggestion) -> Sequence[str]:
        """Return where, which question, how like, and what is said."""
        return (row.page.document.name, str(row.page.turn(row.turn.start)),
                row.like.question.number, str(round(row.like.score)), row.words)  # fmt: skip

    def key(self, row: Suggestion) -> str:
        """Return the document and the place."""
        return f"{row.page.document.id} {row.turn.start}"

    def detail(self, row: Suggestion) -> Sequence[Line]:
        """Return the turn and the question it is like."""
        one = row.like.question
        return (Line(row.words), Line(), Line(_("is like"), "quiet"),
                Line(f"{one.number}. {one.text}", "strong"),
                *(Line(f"“{wording}”", "quiet", indent=1) for wording in one.wordings))  # fmt: skip

    def place(self, row: Suggestion) -> Place:
        """Return the turn."""
        return Place(row.page.document.id, Span(row.turn.said, row.turn.end), words=row.words)

    def counted(self, shown: int, total: int) -> str:
        """Return how many turns there are."""
        if not total:
            return _("No other turn is like a question.")
        return _("{k} of {n} turns").format(k=shown, n=total)

    def table(self, rows: Sequence[Suggestion]) -> Table:
        """Return the table of ``qcode guide find`` with these rows."""
        return self._table(rows) if self._table else super().table(rows)

    def action_accept(self) -> None:
        """Mark that the highlighted turn asks its question."""
        row = self.row
        if row is not None:
            said = _("Turn {turn} of {document} asks question {number}.").format(
                turn=row.page.turn(row.turn.start), document=row.page.document.name,
                number=row.like.question.number,
            )  # fmt: skip
            self._mark("mark question", [row], said)

    def action_accept_all(self) -> None:
        """Mark all turns that show and are like enough."""
        rows = [one for one in self._shown if one.like.score >= TAKEN]
        if not rows:
            self.tell(_("No turn that shows has a likeness of {n}.").format(n=round(TAKEN)))
            return
        said = counted("{n} turn marked; u takes it back.", "{n} turns marked; u takes it back.",
                       len(rows))  # fmt: skip
        self._mark("mark questions", rows, said)

    def _mark(self, verb: str, rows: Sequence[Suggestion], said: str) -> None:
        def act(step: Step) -> None:
            guide.accept(step, rows)

        self.write(verb, act, lambda _nothing: said)
