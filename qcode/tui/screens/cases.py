"""The cases: what is known of each, what each released, and in which documents each speaks."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType

from qcode.language import _
from qcode.model.case import INFORMANT, Case, Consent
from qcode.model.table import Table, in_words
from qcode.store import cases, documents, memos
from qcode.store.project import Reader, Step
from qcode.tui.commands import Command, bindings
from qcode.tui.commands.listing import LISTING, SORTING, TAKING, UNDOING
from qcode.tui.inspecting import Line
from qcode.tui.screens.listing import ListScreen
from qcode.tui.screens.shown import Place
from qcode.tui.widgets.askline import AskLine
from qcode.tui.widgets.choice import Choice, Way
from qcode.tui.widgets.grid import Column
from qcode.workflows import listing, people
from qcode.workflows.addresses import document_named

LETTERS = "123456789abcdefghijklmopqrstuvwxyz"
"""With what the attributes are chosen; n makes a new one."""
NEW = "n"
RELEASED: Mapping[str, bool | None] = {"yes": True, "no": False, "unknown": None}

KEYS = (
    *LISTING,
    Command("cases.value", "e", "value", _("Set an attribute"), footer=_("Attribute")),
    Command("cases.consent", "c", "consent", _("Record what the participant released"),
            footer=_("Consent")),
    Command("cases.link", "d", "link", _("Link to a document"),
            _("As a whole, or as one of its speakers: W07: N")),
    Command("cases.add", "a", "add", _("Add a case")),
    Command("cases.retire", "R", "retire", _("Retire the case, or bring it back")),
    *UNDOING,
    *SORTING,
    *TAKING,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Row:
    """A case as it is listed."""

    case: Case
    cells: tuple[str, ...]
    """Its row of the table, which is that of ``qcode cases list``."""
    speaks: tuple[tuple[str, str], ...]
    """Names of its documents, each with the label it has there or nothing."""
    document: str
    """The first of them, by id, or nothing."""
    memos: tuple[str, ...]


class CasesScreen(ListScreen[Row]):
    """Lists the cases of every kind; retired ones are marked."""

    KEYS = KEYS
    BINDINGS: ClassVar[list[BindingType]] = bindings(KEYS)

    _table = Table("", (), ())
    _attributes: tuple[str, ...] = ()
    _about: Case | None = None
    """The case that is being changed; another row may be highlighted by the time of the answer."""

    # -- what is listed ------------------------------------------------------------------------

    def headline(self) -> str:
        """Return the name of the screen."""
        return _("Cases: what is known of them, and what they released")

    def columns(self) -> Sequence[Column]:
        """Return name, kind, the attributes, consent and documents."""
        return (
            Column(_("name"), 24),
            Column(_("kind"), 12, aside=True, least=60),
            *(Column(name, 20) for name in self._attributes),
            Column(_("quotation"), 14),
            Column(_("documents"), aside=True),
        )

    def fetch(self, connection: Reader) -> Sequence[Row]:
        """Read the cases with their documents and memos."""
        table = listing.cases_table(connection, retired=True)
        labels = {one.id: one.label for one in documents.speakers(connection)}
        names = {one.id: one.name for one in documents.listed(connection)}
        speaks: dict[str, list[tuple[str, str, str]]] = {}
        for part in cases.participations(connection):
            if part.document in names:
                place = (names[part.document], labels.get(part.speaker, ""), part.document)
                speaks.setdefault(part.case, []).append(place)
        noted: dict[str, list[str]] = {}
        for memo in memos.listed(connection):
            if memo.about[0] == "case":
                noted.setdefault(memo.about[1], []).append(memo.text)
        rows = []
        everyone = cases.listed(connection, retired=True)
        for case, cells in zip(everyone, table.rows, strict=True):
            places = sorted(speaks.get(case.id, ()), key=lambda one: documents.natural(one[0]))
            rows.append(Row(
                case, tuple(map(in_words, cells)), tuple(place[:2] for place in places),
                places[0][2] if places else "", tuple(noted.get(case.id, ())),
            ))  # fmt: skip
        self._table = table
        self._attributes = tuple(one.name for one in cases.attributes_of(connection))
        return rows

    def cells(self, row: Row) -> Sequence[str]:
        """Return the row of the table, the name first."""
        kind, name, *rest = row.cells
        return (name, kind, *rest)

    def key(self, row: Row) -> str:
        """Return the id of the case."""
        return row.case.id

    def table(self, rows: Sequence[Row]) -> Table:
        """Return the table of ``qcode cases list`` with these rows."""
        return replace(self._table, rows=tuple(row.cells for row in rows))

    def detail(self, row: Row) -> Sequence[Line]:
        """Return the attributes, the consent in words, the documents and the memos."""
        return tuple(_described(row, self._attributes))

    def place(self, row: Row) -> Place | None:
        """Return the first document it speaks in."""
        return Place(row.document) if row.document else None

    def counted(self, shown: int, total: int) -> str:
        """Return how many cases there are; where there are none, what brings them."""
        if not total:
            return _("No cases yet: a adds one, ctrl+t i brings in a table of them.")
        return _("{k} of {n} cases").format(k=shown, n=total)

    def above(self) -> ComposeResult:
        """Lay out what asks."""
        yield Choice()

    # -- what is changed -----------------------------------------------------------------------

    def _ask(self, about: str, title: str, text: str = "") -> None:
        self.query_one(AskLine).open(about, title, text)

    def _change(self, verb: str, act: Callable[[Step], object], told: str) -> None:
        self.write(verb, act, told)

    def action_value(self) -> None:
        """Ask which attribute is to be set."""
        row = self.row
        if row is None:
            return
        self._about = row.case
        named = tuple(zip(LETTERS, self._attributes, strict=False))
        ways = [
            Way(letter, f"{name}: {row.case.value(name) or '-'}", name) for letter, name in named
        ]
        ways.append(Way(NEW, _("a new attribute …"), ""))
        self.query_one(Choice).open("value", row.case.name, ways)

    def action_consent(self) -> None:
        """Ask what was released."""
        row = self.row
        if row is None:
            return
        self._about = row.case
        ways = (
            Way("y", _("quotation: yes, words may be quoted"), "yes"),
            Way("n", _("quotation: no, words stay in the project"), "no"),
            Way("u", _("quotation: nobody wrote it down"), "unknown"),
            Way("e", _("in another language: yes"), "translation yes"),
            Way("f", _("in another language: no"), "translation no"),
            Way("b", _("words brought back to be checked: yes"), "checking yes"),
            Way("g", _("words brought back to be checked: no"), "checking no"),
            Way("t", _("what else was said … ({note})").format(
                note=row.case.consent.note or "-"), "note"),
        )  # fmt: skip
        self.query_one(Choice).open("consent", row.case.name, ways)

    def action_link(self) -> None:
        """Ask for the document in which the case speaks."""
        if self.row is not None:
            self._about = self.row.case
            title = _("{case} speaks in which document? W07, or as a speaker W07: N")
            self._ask("link", title.format(case=self.row.case.name))

    def action_add(self) -> None:
        """Ask for the name of a case."""
        self._ask("add", _("New case: its name, or its kind before it as in village: Klaten"))

    def action_retire(self) -> None:
        """Retire the case, or bring it back."""
        row = self.row
        if row is None:
            return
        case = row.case
        told = _("{case} is back.") if case.retired else _("{case} is retired; u brings it back.")
        verb = "restore case" if case.retired else "retire case"
        act = partial(cases.retire, case=case.id, retired=not case.retired)
        self._change(verb, act, told.format(case=case.name))

    @on(Choice.Made)
    def _made(self, event: Choice.Made) -> None:
        self.grid.focus()
        case = self._about
        if case is None:
            return
        if event.about == "value" and not event.value:
            self._ask("new", _("New attribute of {case}: name = value").format(case=case.name))
        elif event.about == "value":
            title = _("{attribute} of {case} (several values with + between them)")
            self._ask(f"value {event.value}", title.format(attribute=event.value, case=case.name),
                      case.value(event.value))  # fmt: skip
        elif event.value == "note":
            self._ask("note", _("What else {case} said of it").format(case=case.name),
                      case.consent.note)  # fmt: skip
        else:
            about, _blank, answer = event.value.rpartition(" ")
            given = RELEASED[answer]
            act = {
                "translation": partial(people.set_translation, case=case, translation=given),
                "checking": partial(people.set_checking, case=case, checking=given),
            }.get(about, partial(people.set_consent, case=case, quotation=given, note=""))
            self._change("consent", act, _("Recorded for {names}.").format(names=case.name))

    @on(AskLine.Answered)
    def _answered(self, event: AskLine.Answered) -> None:
        about, _blank, name = event.about.partition(" ")
        answer = {"value": self._set, "new": self._set_new, "note": self._note,
                  "link": self._link, "add": self._add}.get(about)  # fmt: skip
        if answer is not None:
            self.grid.focus()
            answer(name, event.text)

    def _set(self, name: str, text: str) -> None:
        case = self._about
        if case is None:
            return
        split = tuple(filter(None, (one.strip() for one in text.split("+"))))

        def act(step: Step) -> None:
            several = {one.name for one in cases.attributes_of(step.connection) if one.multiple}
            whole = (text,) if text else ()
            people.set_value(step, case, name, split if name in several else whole)

        self._change("case", act, f"{case.name}: {name} = {text or '-'}")

    def _set_new(self, _name: str, text: str) -> None:
        name, equals, value = (part.strip() for part in text.partition("="))
        if not (equals and name and value):
            self.tell(_("Write it as name = value, such as village = Klaten."))
            return
        self._set(name, value)

    def _note(self, _name: str, text: str) -> None:
        case = self._about
        if case is not None:
            act = partial(people.note_consent, case=case, note=text)
            self._change("consent", act, _("Recorded for {names}.").format(names=case.name))

    def _link(self, _name: str, text: str) -> None:
        case = self._about
        if case is None or not text:
            return

        def act(step: Step) -> str:
            document, colon, label = (part.strip() for part in text.rpartition(":"))
            found = document_named(step.connection, document if colon else label)
            people.link(step, found, case, label if colon else "")
            return _("{document} is linked.").format(document=found.name)

        self.write("link", act, lambda told: told)

    def _add(self, _name: str, text: str) -> None:
        kind, colon, name = (part.strip() for part in text.partition(":"))
        wanted = (name, kind) if colon else (kind, INFORMANT)

        def act(step: Step) -> str:
            made = people.add_case(step, *wanted)
            return _("Added: {kind} {name}").format(kind=made.kind, name=made.name)

        self.write("add case", act, lambda told: told)


def _described(row: Row, attributes: Sequence[str]) -> Iterator[Line]:
    case = row.case
    yield Line(case.name, "strong")
    yield Line(f"{case.kind} · {_('retired')}" if case.retired else case.kind, "quiet")
    yield Line()
    yield Line(_("Released"), "strong")
    yield from _said_of_consent(case.consent)
    yield Line()
    yield Line(_("Speaks in"), "strong")
    for document, label in row.speaks:
        yield Line(_("{document} as {label}").format(document=document, label=label)
                   if label else document)  # fmt: skip
    if not row.speaks:
        yield Line(_("No document: d links one."), "quiet")
    yield Line()
    for name in attributes:
        if value := case.value(name):
            yield Line(value, lead=f"{name}: ")
    if unknown := [name for name in attributes if not case.value(name)]:
        yield Line(_("not known: {names}").format(names=", ".join(unknown)), "quiet")
    for text in row.memos:
        yield Line()
        yield Line(_("Memo"), "strong")
        yield Line(text)


def _said_of_consent(consent: Consent) -> Iterator[Line]:
    released = {
        True: _("Words may be quoted."),
        False: _("Words may not be quoted: they stay in the project."),
        None: _("Nobody wrote down whether words may be quoted."),
    }
    yield Line(released[consent.quotation])
    if consent.translation is not None:
        yield Line(_("They may be quoted in another language.") if consent.translation
                   else _("They may not be quoted in another language."))  # fmt: skip
    if consent.checking is not None:
        yield Line(_("They are wanted back to be checked.") if consent.checking
                   else _("They are not to be brought back to be checked."))  # fmt: skip
    if consent.note:
        yield Line(consent.note)
