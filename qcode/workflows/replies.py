"""Everyone's answers to one question of the guide, and who was asked which."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from qcode.analysis import referring
from qcode.analysis.layer import SPOKEN
from qcode.analysis.matching import matcher, stands
from qcode.analysis.releasing import withheld
from qcode.language import _, counted
from qcode.model.case import INFORMANT, Case
from qcode.model.document import Document
from qcode.model.filter import Filter
from qcode.model.guide import Asking, Question, answered
from qcode.model.span import Span
from qcode.model.table import Blank, Cell, Column, Share, Table
from qcode.store import cases, codebook, documents, guide
from qcode.store.project import Reader, about
from qcode.workflows import blinding
from qcode.workflows.asking import related
from qcode.workflows.choosing import (
    WHOLE,
    cases_left,
    documents_left,
    resolved,
    resolved_of,
)
from qcode.workflows.find import documents_of, of_chosen, passages_of
from qcode.workflows.guide import Replies, Reply, question_named
from qcode.workflows.retrieving import Page, Shelf
from qcode.workflows.searching import unfolded
from qcode.workflows.wording import in_words

EVERYTHING = Filter()


def replies(connection: Reader, question: Question, wanted: Filter = EVERYTHING) -> Replies:
    """Return the turns in which participants answer a question, as far as they may be shown.

    An answer goes from the asking to the next question of the guide that is asked. A filter of ids
    leaves turns with its words and flags, of its cases, in which one of its passages stands.
    """
    shelf = Shelf(connection)
    chosen = _Chosen(shelf, wanted)
    reasons: Counter[str] = Counter()
    found: list[Reply] = []
    by_document: dict[str, list[Asking]] = defaultdict(list)
    for one in guide.askings(connection):
        by_document[one.document].append(one)
    lost = 0
    for id, askings in by_document.items():
        asking = [one for one in askings if one.question == question.id]
        lost += sum(one.fit == "lost" for one in asking)
        if id in chosen.documents and asking:
            page = shelf.page(id)
            spans = answered(askings, len(page.hearing.transcript.text))
            for one in asking:
                if one.id in spans:
                    found += _said(page, spans[one.id], chosen, reasons)
    unique = {(one.page.document.id, one.turn.start): one for one in found}
    ordered = sorted(unique.values(), key=_place)
    share, notice = (
        coverage(connection, wanted).share(question),
        about(connection).get("notice", ""),
    )
    return Replies(question, tuple(ordered), reasons, lost, share, notice,
                   blinding.findings(connection))  # fmt: skip


def _place(one: Reply) -> tuple[object, ...]:
    who = one.cases[0] if one.cases else one.page.document.name
    return documents.natural(who), documents.natural(one.page.document.name), one.turn.start


class _Chosen:
    """Which answers a filter of ids leaves."""

    def __init__(self, shelf: Shelf, wanted: Filter) -> None:
        self.shelf, self.wanted = shelf, wanted
        self.documents = frozenset(documents_of(shelf, wanted))
        self.matches = (
            matcher(wanted.text, wanted.match, wanted.language) if wanted.text.strip() else None
        )
        some = wanted.codes or related(wanted) or wanted.coders or wanted.memo
        asked = some or wanted.layer != EVERYTHING.layer
        self.passages = passages_of(shelf, replace(wanted, text="")) if asked else None

    def holds(self, page: Page, words: Span) -> bool:
        """Tell whether what is said in a turn is left."""
        here = None if self.passages is None else self.passages.get(page.document.id, ())
        if here is not None and not any(words.overlaps(one) for one in here):
            return False
        said = page.hearing.transcript.text[words.start : words.end]
        if self.matches and not stands(self.matches, said):
            return False
        return of_chosen(self.shelf, page, words, self.wanted)


def _said(
    page: Page, span: Span, chosen: _Chosen, reasons: Counter[str]
) -> Sequence[Reply]:  # fmt: skip
    hearing, found, known = page.hearing, [], chosen.shelf.cases
    for turn, words in hearing.spoken(span):
        if not (hearing.heard(turn) and chosen.holds(page, words)):
            continue
        if reason := withheld(hearing.transcript, page.closed, words):
            reasons[reason] += 1
            continue
        who = tuple(known[id].name for id in hearing.of(turn) if not known[id].retired)
        found.append(
            Reply(page, turn, who, hearing.transcript.text[words.start : words.end].strip())
        )
    return found


def answers_table(connection: Reader, typed: str, asked: Filter) -> Table:
    """Return everyone's answers to a question as a table, or those that a filter leaves.

    The question and the filter are as typed.
    """
    question = question_named(connection, typed)
    asked = unfolded(connection, asked)
    table = replies_table(replies(connection, question, resolved(connection, asked)))
    if asked == EVERYTHING:
        return table
    note = _("only answers in which there are {passages}").format(passages=in_words(asked))
    return replace(table, notes=(*table.notes, note))


def replies_table(found: Replies) -> Table:
    """Return the answers as a table, each with its reference."""
    columns = (
        Column("case", _("participant")),
        Column("document", _("document")),
        Column("turn", _("turn"), numeric=True),
        Column("words", _("answer")),
        Column("reference", _("reference")),
    )
    rows = tuple(
        (
            " + ".join(one.cases), one.page.document.name, one.page.turn(one.turn.start),
            one.words, _reference(one, found.notice),
        )
        for one in found.replies
    )  # fmt: skip
    heading = f"{found.question.number}. {found.question.text}"
    return Table(heading, columns, rows, tuple(found.notes()))


def _reference(one: Reply, notice: str) -> str:
    document = one.page.document
    where = referring.places()(one.page.turn(one.turn.start), one.page.lines(one.span))
    who = " + ".join(one.cases) or document.name
    parts = (who, document.name if who != document.name else "", where, notice,
             document.details.get("notice", ""))  # fmt: skip
    return " · ".join(dict.fromkeys(filter(None, parts)))


@dataclass(frozen=True, slots=True)
class Coverage:
    """Who was asked what; an informant in several interviews was asked in any of them."""

    questions: tuple[Question, ...]
    informants: tuple[Case, ...]
    """Those who take part in an interview or focus group."""
    marked: Collection[str]
    """Ids of those in one of whose interviews some question is marked."""
    asked: Mapping[tuple[str, str], int]
    """How often each question was asked to each informant, by ids."""
    unmarked: tuple[Document, ...]
    """Interviews in which no question is marked: nobody said what was asked there."""

    def share(self, question: Question) -> Share:
        """Return how many were asked, of those it is put to and whose interviews are marked."""
        meant = [one for one in self.informants if self._meant(question, one)]
        return Share(sum((question.id, one.id) in self.asked for one in meant), len(meant))

    def told(self, question: Question) -> Cell:
        """Return the share as a cell: of nobody there is none."""
        share = self.share(question)
        if share.n:
            return share
        return Blank("?", _("nobody it is put to has an interview in which questions are marked"))

    def _meant(self, question: Question, case: Case) -> bool:
        asked = (question.id, case.id) in self.asked
        return asked or (case.id in self.marked and question.put_to(case))

    def cell(self, question: Question, case: Case) -> Cell:
        """Return how often a question was asked to an informant, or why it was not."""
        if number := self.asked.get((question.id, case.id), 0):
            return number
        if not question.put_to(case):
            return Blank("x", _("not put to this role"))
        if case.id not in self.marked:
            return Blank("?", _("no question is marked in the interviews"))
        return Blank("-", _("not asked"))


def coverage_asked(connection: Reader, asked: Filter) -> Coverage:
    """Return who was asked which question, of those whom a filter of names leaves."""
    why = _("who was asked what is a matter of whole interviews")
    return coverage(connection, resolved_of(connection, asked, WHOLE, why))


def coverage(connection: Reader, wanted: Filter = EVERYTHING) -> Coverage:
    """Return who was asked which question, in the documents and of the cases of a filter of ids."""
    taking = cases.by_document(connection)
    chosen = {one.id for one in cases_left(connection, wanted)}
    held = {one.id: one for one in documents_left(connection, wanted) if one.kind in SPOKEN}
    speaking = {case for id in held for case in taking.get(id, ())} & chosen
    asked: Counter[tuple[str, str]] = Counter()
    marked: set[str] = set()
    for one in guide.askings(connection):
        if one.document in held:
            marked.add(one.document)
            asked.update((one.question, case) for case in taking.get(one.document, ()))
    informants = sorted(
        (one for one in cases.listed(connection) if one.id in speaking and one.kind == INFORMANT),
        key=lambda one: documents.natural(one.name),
    )
    return Coverage(
        guide.questions(connection), tuple(informants),
        frozenset(case for id in marked for case in taking.get(id, ())), asked,
        tuple(one for id, one in held.items() if id not in marked),
    )  # fmt: skip


def coverage_table(connection: Reader, asked: Filter = EVERYTHING) -> Table:
    """Return informants by questions: how often asked, `-` not asked, `x` not put to the role."""
    found = coverage_asked(connection, asked)
    columns = (
        Column("case", _("informant")),
        *(Column(f"q{one.number}", one.number, _("times asked"), numeric=True)
          for one in found.questions),
    )  # fmt: skip
    total: tuple[Cell, ...] = (_("asked"), *map(found.told, found.questions))
    rows: list[tuple[Cell, ...]] = [
        (case.name, *(found.cell(one, case) for one in found.questions))
        for case in found.informants
    ]
    made = Table(_("Who was asked what"), columns, (total, *rows), tuple(_notes(found)))
    return blinding.noted(connection, made)


def guide_table(connection: Reader, asked: Filter = EVERYTHING, *, language: str = "") -> Table:
    """Return the questions: to whom they are put, how many were asked, on which codes they bear."""
    found, book = coverage_asked(connection, asked), codebook.read(connection)
    columns = (
        Column("number", _("question")),
        Column("text", _("text")),
        Column("label", _("label")),
        Column("roles", _("put to")),
        Column("asked", _("asked"), _("informants it is put to"), numeric=True),
        Column("codes", _("codes")),
    )
    rows = tuple(
        (
            one.number, one.text, one.label(language) if one.labels else "",
            ", ".join(one.roles) or _("everybody"), found.told(one),
            ", ".join(dict.fromkeys(book.path(book.end(code)) for code in one.codes
                                    if code in book.codes)),
        )
        for one in found.questions
    )  # fmt: skip
    made = Table(_("Interview guide"), columns, rows, tuple(_notes(found)))
    return blinding.noted(connection, made)


def _notes(found: Coverage) -> Sequence[str]:
    notes = [_("asked: k of n informants it is put to, in whose interviews questions are marked")]
    if found.unmarked:
        names = ", ".join(one.name for one in found.unmarked[:8])
        more = ", …" if len(found.unmarked) > 8 else ""
        notes.append(
            counted("in {n} interview no question is marked: {{names}}",
                    "in {n} interviews no question is marked: {{names}}",
                    len(found.unmarked)).format(names=names + more)
        )  # fmt: skip
    return notes
