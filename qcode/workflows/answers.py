"""What participants answer to passages that were brought back, and obeying it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from qcode.analysis.layer import SPOKEN
from qcode.analysis.layer import named as names_of
from qcode.errors import BadInput, NotFound, Refused
from qcode.language import _, counted
from qcode.model.answer import CORRECT, VERDICTS, Answer
from qcode.model.case import INFORMANT, Case
from qcode.model.filter import Filter
from qcode.model.naming import chosen
from qcode.model.span import Span
from qcode.model.table import Blank, Cell, Column, Share, Table
from qcode.store import answers, cases, codings, memos, quotations, veil
from qcode.store.answers import Given
from qcode.store.project import Reader, Step
from qcode.workflows import blinding
from qcode.workflows.addresses import coding_at
from qcode.workflows.choosing import cases_of
from qcode.workflows.member_check import ask, own_words
from qcode.workflows.retrieving import Page, Shelf
from qcode.workflows.understood import Own

EVERYTHING = Filter()


def given_to(step: Step, case: Case, typed: str) -> Answer:
    """Return the passage of a participant that was typed: its number, or the address of a coding.

    A passage that is on no page yet is given to him now.
    """
    with veil.lifted(step.connection):  # A participant may call while a round is open.
        known = answers.listed(step.connection, case.id)
    if typed.isascii() and typed.isdecimal():
        found = [one for one in known if one.coding and one.number == int(typed)]
        if len(found) > 1:
            raise Refused(
                _("two copies of the project gave {case} two passages with number {number}; name "
                  "the one he means by its address, and make his page anew").format(
                      case=case.name, number=typed)
            )  # fmt: skip
        if found:
            return found[0]
        raise NotFound(
            _("{case} was given no passage {number}; “qcode member-check {case} -o FILE” makes his "
              "page").format(case=case.name, number=typed)
        )  # fmt: skip
    coding = coding_at(step.connection, typed)
    for one in known:
        if coding in one.codings:
            return one
    shelf = Shelf(step.connection)
    at = codings.one(step.connection, coding)
    page = shelf.page(at.document)
    spans = own_words(page, case.id, Span(at.start, at.end)) if at.fit != "lost" else ()
    if not spans or page.document.kind not in SPOKEN:
        raise Refused(_("{case} says nothing in this passage").format(case=case.name))
    own = Own(page, (coding,), (at.code,), Span(at.start, at.end), spans)
    ask(step, case, [own], page=False)
    return next(one for one in answers.listed(step.connection, case.id) if one.coding == coding)


def verdict_named(typed: str) -> str:
    """Return the verdict that was typed: ``do-not-use``, or a clear beginning of it."""
    return chosen(typed.replace("-", " "), {one: one for one in VERDICTS}, _("answer"))


def answer(step: Step, case: Case, typed: str, given: Given) -> Answer:
    """Write down what a participant said to a passage; return it as it was before."""
    if given.verdict == CORRECT and not given.text.strip():
        raise BadInput(_("say what he put right: --text TEXT"))
    passage = given_to(step, case, typed)
    with veil.lifted(step.connection):
        at = codings.one(step.connection, passage.coding)
    answers.give(step, passage, at.document, given)
    return passage


def quoted_of(step: Step, answer: Answer) -> tuple[str, ...]:
    """Return where words are quoted already that an answer put a mark on."""
    marks = {answers.mark_id(step, answer.id, number) for number in range(len(answer.places))}
    said: dict[str, list[Span]] = defaultdict(list)
    for one in memos.flags(step.connection):
        if one.id in marks and one.fit != "lost":
            said[one.document].append(Span(one.start, one.end))
    return quoted_in(step.connection, said)


def quoted_in(connection: Reader, said: Mapping[str, Sequence[Span]]) -> tuple[str, ...]:
    """Return where words of some stretches are quoted already, as ``Bab 4.3 (W10:15)``."""
    with veil.lifted(connection):
        prepared = quotations.listed(connection)
    shelf, found = Shelf(connection), list[str]()
    for one in prepared:
        span = Span(one.start, one.end)
        if one.used and any(span.overlaps(at) for at in said.get(one.document, ())):
            page = shelf.page(one.document)
            place = f"{page.document.name}:{page.turn(one.start)}"
            found += (f"{used} ({place})" for used in one.used)
    return tuple(dict.fromkeys(found))


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """What became of a participant who took everything back."""

    stretches: int
    """How many stretches of his words are marked."""
    telling: tuple[str, ...]
    """The names of documents that also tell of him, as one text, if any do."""
    quoted: tuple[str, ...]
    """Where he is quoted already."""


def withdraw(step: Step, case: Case, given: Given) -> Withdrawn:
    """Obey a participant who takes everything back; return what it did, and what else is left."""
    shelf = Shelf(step.connection)
    said: dict[str, list[Span]] = {}
    left = []
    for document, parts in cases.by_document(step.connection).items():
        if case.id not in parts or document not in shelf.documents:
            continue
        page = shelf.page(document)
        spans = own_words(page, case.id, Span(0, max(1, len(page.hearing.transcript.text))))
        if page.document.kind in SPOKEN and spans:
            said[document] = list(spans)
        if page.document.kind not in SPOKEN or _speaks_unheard(page, case.id):
            left.append(page.document)
    answers.withdraw(step, case, said, given)
    return Withdrawn(
        sum(map(len, said.values())), (names_of(left),) if left else (),
        quoted_in(step.connection, said),
    )  # fmt: skip


def _speaks_unheard(page: Page, case: str) -> bool:
    """Tell whether words count for a participant and others together."""
    hearing = page.hearing
    return any(
        case in hearing.of(turn) and len(hearing.of(turn)) > 1
        for turn in hearing.transcript.turns
    )  # fmt: skip


def overview(connection: Reader, asked: Filter = EVERYTHING) -> Table:
    """Return who was asked, and how many of the passages each was given got which answer.

    Of the cases that a filter of names leaves.
    """
    some = cases_of(connection, asked, _("who was asked is told of cases"), retired=True)
    by_case: dict[str, list[Answer]] = defaultdict(list)
    for one in answers.listed(connection):
        by_case[one.case].append(one)
    columns = (
        Column("case", _("participant")),
        Column("wanted", _("to be brought back"), _("released")),
        Column("answered", _("answered"), _("passages given"), numeric=True),
        *(Column(key.replace(" ", "_"), title, _("passages"), numeric=True)
          for key, title in verdict_names().items()),
    )  # fmt: skip
    everyone = [one for one in some
                if one.id in by_case or (one.kind == INFORMANT and not one.retired)]  # fmt: skip
    rows = tuple(_row(case, by_case.get(case.id, ())) for case in everyone)
    number = sum(case.id in by_case for case in everyone)
    note = counted("{{k}} of {n} participant was asked", "{{k}} of {n} participants were asked",
                   len(everyone)).format(k=number)  # fmt: skip
    return blinding.noted(connection, Table(_("Member checking"), columns, rows, (note,)))


def _row(case: Case, given: Sequence[Answer]) -> tuple[Cell, ...]:
    released = {None: "", True: _("yes"), False: _("no")}[case.consent.checking]
    name = case.name + (_(" (retired)") if case.retired else "")
    passages = [one for one in given if one.coding]
    everything = [one for one in given if not one.coding]
    if everything:
        taken = _("took everything back")
        return (name, released, taken, *(Blank("-", taken) for _verdict in VERDICTS))
    if not passages:
        blank = Blank("-", _("not asked"))
        return (name, released, blank, *(blank for _verdict in VERDICTS))
    answered = Share(sum(bool(one.verdict) for one in passages), len(passages))
    verdicts = Counter(one.verdict for one in passages)
    return (name, released, answered, *(verdicts[one] for one in VERDICTS))


def verdict_names() -> Mapping[str, str]:
    """Return what the answers are called, by verdict."""
    return {
        "agree": _("agrees"), "correct": _("put right"), "do not use": _("do not use"),
        "withdraw": _("taken back"),
    }  # fmt: skip
