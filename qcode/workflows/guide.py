"""The interview guide: bringing it in, saying where its questions were asked, and by likeness."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from qcode.analysis.guide import LEAST, TAKEN, Asker, Likeness
from qcode.analysis.layer import SPOKEN
from qcode.analysis.releasing import told, withheld
from qcode.errors import BadInput, NotFound, Refused
from qcode.language import _, counted
from qcode.model.document import SPEAKER_KINDS, Turn
from qcode.model.filter import Filter
from qcode.model.guide import Question
from qcode.model.naming import chosen
from qcode.model.span import Span
from qcode.model.table import Column, Share, Table
from qcode.store import codebook, documents
from qcode.store import guide as stored
from qcode.store.guide import Taken
from qcode.store.project import Reader, Step
from qcode.workflows.addresses import document_named
from qcode.workflows.choosing import whole_documents
from qcode.workflows.named import attribute_named
from qcode.workflows.retrieving import Page, Shelf

PARTICIPANT = SPEAKER_KINDS[0]
EVERYTHING = Filter()


def take(step: Step, file: Path, *, update: bool = False) -> Taken:
    """Store the questions of a guide; those that exist are skipped, or written over."""
    from qcode.formats import guide

    return put(step, guide.read(file), update=update)


def put(step: Step, questions: Iterable[Question], *, update: bool = False) -> Taken:
    """Store questions whose codes and attribute are typed; each must be there."""
    book = codebook.read(step.connection)
    made = []
    for one in questions:
        attribute = attribute_named(step.connection, one.attribute).name if one.roles else ""
        codes = dict.fromkeys(book.find(typed).id for typed in one.codes)
        made.append(replace(one, attribute=attribute, codes=tuple(codes)))
    return stored.put(step, made, update=update)


def question_named(connection: Reader, typed: str) -> Question:
    """Return the question of that number; raises NotFound where the guide has none such."""
    known = {one.number: one for one in stored.questions(connection)}
    if not known:
        raise NotFound(_("the project has no interview guide; “qcode guide import FILE” brings it"))
    if typed in known:
        return known[typed]
    return chosen(typed, known, _("question"))


def turn_at(connection: Reader, document: str, number: int) -> Turn:
    """Return a turn of a document by its number, from 1."""
    turns = documents.current(connection, document).transcript.turns
    if not 1 <= number <= len(turns):
        raise NotFound(counted("this document has {n} turn", "this document has {n} turns",
                               len(turns)))  # fmt: skip
    return turns[number - 1]


def mark(step: Step, typed: str, turn: int, number: str) -> tuple[str, Question]:
    """Record that a turn of a document asks a question; refused where it did already."""
    document = document_named(step.connection, typed)
    question = question_named(step.connection, number)
    if not mark_turn(step, document.id, turn_at(step.connection, document.id, turn), question):
        raise Refused(_("this turn asks question {number} already").format(number=question.number))
    return document.name, question


def mark_turn(step: Step, document: str, turn: Turn, question: Question) -> bool:
    """Record that a turn asks a question; tell whether that is new."""
    if turn.said == turn.end:
        raise BadInput(_("nothing is said in this turn"))
    kinds = {one.label: one.kind for one in documents.speakers(step.connection, document)}
    if kinds.get(turn.speaker) == PARTICIPANT:
        raise Refused(_("a participant speaks in this turn; mark the one that asks"))
    return bool(stored.ask(step, [(document, question.id, Span(turn.said, turn.end))]))


def turn_over(step: Step, document: str, turn: Turn, question: Question) -> bool:
    """Record that a turn asks a question, or take it back where it does; tell which."""
    if mark_turn(step, document, turn, question):
        return True
    stored.unask(step, [
        one.id for one in stored.askings(step.connection, document)
        if one.question == question.id and one.start == turn.said
    ])  # fmt: skip
    return False


def unmark(step: Step, typed: str, turn: int, number: str = "") -> int:
    """Take back which questions a turn asks, or one of them; return how many there were."""
    document = document_named(step.connection, typed)
    at = turn_at(step.connection, document.id, turn)
    only = question_named(step.connection, number).id if number else ""
    ids = [
        one.id for one in stored.askings(step.connection, document.id)
        if one.fit != "lost" and at.start <= one.start < at.end and only in ("", one.question)
    ]  # fmt: skip
    if not ids:
        raise NotFound(_("this turn asks no question of the guide"))
    stored.unask(step, ids)
    return len(ids)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A turn that may ask a question; nothing is written by suggesting it."""

    page: Page
    turn: Turn
    like: Likeness

    @property
    def words(self) -> str:
        """What is said in the turn."""
        return self.page.hearing.transcript.text[self.turn.said : self.turn.end].strip()


def suggestions(
    connection: Reader, least: float = LEAST, asked: Filter = EVERYTHING
) -> Iterator[Suggestion]:  # fmt: skip
    """Yield which turns of interviewers are like a question, where none is marked yet.

    In the documents that a filter of names leaves. Turns that stay inside are passed over.
    """
    why = _("questions are looked for in whole interviews")
    wanted = {one.id for one in whole_documents(connection, asked, why)}
    asker = Asker(stored.questions(connection))
    shelf = Shelf(connection)
    taken = {(one.document, one.start) for one in stored.askings(connection)}
    for id in shelf.documents:
        if id not in wanted or shelf.documents[id].kind not in SPOKEN:
            continue
        page = shelf.page(id)
        transcript = page.hearing.transcript
        for turn in transcript.turns:
            if page.hearing.heard(turn) or turn.said == turn.end or (id, turn.said) in taken:
                continue
            if withheld(transcript, page.closed, Span(turn.said, turn.end)):
                continue
            if like := asker.likest(transcript.text[turn.said : turn.end], least):
                yield Suggestion(page, turn, like)


def take_suggestions(
    step: Step, least: float = TAKEN, asked: Filter = EVERYTHING
) -> tuple[Suggestion, ...]:  # fmt: skip
    """Record all suggestions from a likeness on; return them."""
    found = tuple(suggestions(step.connection, least, asked))
    accept(step, found)
    return found


def accept(step: Step, found: Iterable[Suggestion]) -> None:
    """Record that turns ask the questions that were suggested."""
    stored.ask(step, [
        (one.page.document.id, one.like.question.id, Span(one.turn.said, one.turn.end))
        for one in found
    ])  # fmt: skip


def suggested(found: Sequence[Suggestion], least: float, notice: str = "") -> Table:
    """Return suggestions as a table, by document and turn."""
    columns = (
        Column("document", _("document")),
        Column("turn", _("turn"), numeric=True),
        Column("question", _("question")),
        Column("likeness", _("likeness"), _("0 to 100"), numeric=True),
        Column("words", _("what is asked")),
    )
    rows = tuple(
        (one.page.document.name, one.page.turn(one.turn.start), one.like.question.number,
         round(one.like.score), " ".join(one.words.split()))
        for one in found
    )  # fmt: skip
    notes = (
        _("likeness of the words alone (token sort ratio), from {least}; nothing is marked by "
          "this list").format(least=round(least)),
        *filter(None, (notice,)),
    )  # fmt: skip
    return Table(_("Turns that may ask a question of the guide"), columns, rows, notes)


@dataclass(frozen=True, slots=True)
class Reply:
    """What participants say in one turn to a question."""

    page: Page
    turn: Turn
    cases: tuple[str, ...]
    """Their names, in order; none where nobody in particular speaks."""
    words: str

    @property
    def span(self) -> Span:
        """Where it stands."""
        return Span(self.turn.said, self.turn.end)


@dataclass
class Replies:
    """Everyone's answers to a question, in order of cases, and what stays inside of them."""

    question: Question
    replies: tuple[Reply, ...]
    reasons: Mapping[str, int]
    lost: int
    share: Share
    """How many were asked, of those it is put to."""
    notice: str = ""
    hidden: tuple[str, ...] = ()
    """What is to be said where only one's own is shown."""

    def notes(self) -> Iterator[str]:
        """Yield who was asked, and what is to be said of what is left out."""
        if self.share.n:
            yield _("{k} of {n} informants whom it is put to were asked").format(
                k=self.share.k, n=self.share.n
            )
        else:
            yield _("nobody it is put to has an interview in which questions are marked")
        yield from self.hidden
        if self.reasons:
            total = sum(self.reasons.values())
            yield counted("{n} turn withheld: {{reasons}}", "{n} turns withheld: {{reasons}}",
                          total).format(reasons=told(self.reasons))  # fmt: skip
        if self.lost:
            yield counted("{n} place where it was asked has no place any more",
                          "{n} places where it was asked have no place any more",
                          self.lost)  # fmt: skip
