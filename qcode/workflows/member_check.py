"""Bringing back to a participant what was understood, and obeying what he answers."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from qcode.analysis.layer import named as names_of
from qcode.analysis.releasing import told, withheld
from qcode.errors import BadInput, NotFound, Refused
from qcode.language import _, counted
from qcode.model.answer import VERDICTS, Answer
from qcode.model.case import Case
from qcode.model.filter import Filter
from qcode.model.member_check import Finding, Material, Point
from qcode.model.naming import chosen
from qcode.model.span import Span
from qcode.model.table import Blank, Cell, Column, Share, Table
from qcode.store import answers, cases, codebook, codings, memos, veil
from qcode.store.answers import Given, Shown
from qcode.store.project import Reader, Step, about
from qcode.workflows.addresses import coding_at
from qcode.workflows.choosing import resolved
from qcode.workflows.people import case_named
from qcode.workflows.retrieving import Page, Passage, Shelf, retrieved

SPOKEN = ("interview", "focus group")
"""Kinds of document that hold the words of participants, not of who watched them."""


@dataclass(frozen=True, slots=True)
class Own:
    """A participant's words in a passage, or in passages that overlap."""

    page: Page
    codings: tuple[str, ...]
    """The first one names the passage."""
    codes: tuple[str, ...]
    span: Span
    spans: tuple[Span, ...]
    """His turns' words in it, in order."""

    @property
    def words(self) -> tuple[str, ...]:
        """His words, a turn each."""
        text = self.page.hearing.transcript.text
        return tuple(text[one.start : one.end].strip() for one in self.spans)


@dataclass
class Found:
    """What there is to bring back to a participant, and why some of it is not."""

    own: list[Own] = field(default_factory=list)
    withheld: Counter[str] = field(default_factory=Counter)
    shared: int = 0
    """Passages of which nobody knows whether the words are his."""
    lost: int = 0

    def notes(self) -> Iterator[str]:
        """Yield what the researcher should know about what is not on the page."""
        if total := self.withheld.total():
            yield counted("{n} passage withheld: {{reasons}}", "{n} passages withheld: {{reasons}}",
                          total).format(reasons=told(self.withheld))  # fmt: skip
        if self.shared:
            yield counted(
                "{n} passage is left out: nobody told apart whose words it holds",
                "{n} passages are left out: nobody told apart whose words they hold", self.shared,
            )  # fmt: skip
        if self.lost:
            yield counted("{n} coding needs a place and is left out",
                          "{n} codings need a place and are left out", self.lost)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Prepared:
    """The page of a participant before it is set in words, and what the researcher should know."""

    case: Case
    material: Material
    language: str
    own: tuple[Own, ...]
    notes: tuple[str, ...]


def prepared(
    connection: Reader, typed: str, asked: Filter, language: str = "", *,
    with_codes: bool = False, with_memos: bool = False,
) -> Prepared:  # fmt: skip
    """Return what the page of a participant is made of; refused where all of it stays inside."""
    refuse_blind(connection)
    case = participant(connection, typed)
    there = found(connection, case, asked)
    if not there.own:
        raise Refused(" ".join((
            _("there is nothing to bring back to {case}").format(case=case.name),
            *(f"({note})" for note in there.notes()),
        )))  # fmt: skip
    rows = numbered(there.own, answers.listed(connection, case.id))
    speaks = language or language_of(connection)
    made = material(connection, case, rows, language=speaks,
                    with_codes=with_codes, with_memos=with_memos)  # fmt: skip
    own = tuple(one for _number, one in rows)
    return Prepared(case, made, speaks, own, tuple(there.notes()))


def refuse_blind(connection: Reader) -> None:
    """Refuse pages to who codes in an open round: they would show what others coded, or half."""
    if (hiding := veil.drawn(connection)) is not None:
        raise Refused(
            _("you code in round {rounds}, which is open; pages for participants are made when it "
              "is closed").format(rounds=", ".join(name for name, _number in hiding.rounds))
        )  # fmt: skip


def participant(connection: Reader, typed: str) -> Case:
    """Return the case of that name; refused where he does not want his words brought back."""
    case = case_named(connection, typed)
    if case.consent.checking is False:
        raise Refused(
            _("{case} did not want his words brought back to him; “qcode cases consent {case} "
              "--checking yes” records that he does now").format(case=case.name)
        )  # fmt: skip
    return case


def found(connection: Reader, case: Case, asked: Filter) -> Found:
    """Return a participant's own words in the passages of a filter, as far as they may be shown.

    Passages that overlap are one. Words of a turn that counts for several cases are nobody's own.
    """
    shelf, result = Shelf(connection), Found()
    wanted = replace(resolved(connection, replace(asked, cases=())), cases=(case.id,))
    passages = retrieved(shelf, wanted)
    result.lost = passages.lost
    allowed: dict[str, list[Passage]] = defaultdict(list)
    for one in passages.passages:
        if one.page.document.kind not in SPOKEN:
            continue
        spans = own_words(one.page, case.id, one.span)
        reasons = (withheld(one.page.hearing.transcript, one.page.closed, span) for span in spans)
        if not spans:
            result.shared += 1
        elif reason := next(filter(None, reasons), ""):
            result.withheld[reason] += 1
        else:
            allowed[one.page.document.id].append(one)
    for some in allowed.values():
        result.own += _united(case.id, some)
    return result


def own_words(page: Page, case: str, span: Span) -> tuple[Span, ...]:
    """Return where in a stretch nobody but this participant speaks, without blanks at the ends."""
    text = page.hearing.transcript.text
    return tuple(
        Span(at.end - len(text[at.start : at.end].lstrip()),
             at.start + len(text[at.start : at.end].rstrip()))
        for turn, at in page.hearing.spoken(span) if tuple(page.hearing.of(turn)) == (case,)
    )  # fmt: skip


def _united(case: str, passages: Iterable[Passage]) -> Iterator[Own]:
    """Yield passages of one document, those that overlap as one."""
    groups: list[tuple[Span, list[Passage]]] = []
    for one in sorted(passages, key=lambda one: (one.span.start, -one.span.end)):
        if groups and groups[-1][0].overlaps(one.span):
            span, some = groups[-1]
            groups[-1] = (Span(span.start, max(span.end, one.span.end)), [*some, one])
        else:
            groups.append((one.span, [one]))
    for span, some in groups:
        page = some[0].page
        yield Own(
            page, tuple(one.segment.coding.id for one in some),
            tuple(dict.fromkeys(one.segment.coding.code for one in some)),
            span, own_words(page, case, span),
        )  # fmt: skip


def numbered(own: Iterable[Own], given: Sequence[Answer]) -> list[tuple[int, Own]]:
    """Return passages with their numbers: those given before keep theirs, new ones follow."""
    by_coding = {coding: one for one in given for coding in one.codings}
    last = max((one.number for one in given), default=0)
    rows: list[tuple[int, Own]] = []
    taken: set[int] = set()
    for one in own:
        before = next((by_coding[id] for id in one.codings if id in by_coding), None)
        if before and before.number not in taken:
            rows.append((before.number, replace(one, codings=before.codings)))
            taken.add(before.number)
        elif not before:
            last += 1
            rows.append((last, one))
    return sorted(rows, key=lambda row: row[0])


def material(
    connection: Reader, case: Case, rows: Iterable[tuple[int, Own]], *, language: str = "",
    with_codes: bool = False, with_memos: bool = False,
) -> Material:  # fmt: skip
    """Return what the page of a participant is made of; code names and memos only if asked for."""
    book = codebook.read(connection)
    before = {one.number: one for one in answers.listed(connection, case.id)}
    points = []
    for number, one in rows:
        ends = dict.fromkeys(book.end(code) for code in one.codes)
        labels = [book.codes[end].labels.get(language, book.codes[end].name) for end in ends]
        answer = before.get(number)
        points.append(
            Point(number, one.words, tuple(dict.fromkeys(labels)) if with_codes else (),
                  answer.verdict if answer else "", answer.text if answer else "")
        )  # fmt: skip
    notices = [about(connection).get("notice", "")]
    notices += [one.page.document.details.get("notice", "") for _number, one in rows]
    noted = _noted(connection, case) if with_memos else ()
    return Material(case.name, " · ".join(dict.fromkeys(filter(None, notices))),
                    tuple(points), (Finding("", noted),) if noted else ())  # fmt: skip


def _noted(connection: Reader, case: Case) -> tuple[str, ...]:
    """Return the memos about a participant."""
    return tuple(one.text for one in memos.listed(connection) if one.about == ("case", case.id))


def language_of(connection: Reader) -> str:
    """Return the language of a page: the project's, else English."""
    return "id" if about(connection).get("language", "") == "id" else "en"


def ask(step: Step, case: Case, own: Iterable[Own], *, page: bool = True) -> Mapping[str, int]:
    """Note that a participant is given these passages; their numbers stay."""
    shown = [Shown(one.codings, one.page.document.id, one.spans) for one in own]
    return answers.ask(step, case.id, shown, page=page)


def given_to(step: Step, case: Case, typed: str) -> Answer:
    """Return the passage of a participant that was typed: its number, or the address of a coding.

    A passage that is on no page yet is given to him now.
    """
    with veil.lifted(step.connection):  # A participant may call while a round is open.
        known = answers.listed(step.connection, case.id)
    if typed.isascii() and typed.isdecimal():
        for one in known:
            if one.coding and one.number == int(typed):
                return one
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
    if given.verdict == "correct" and not given.text.strip():
        raise BadInput(_("say what he put right: --text TEXT"))
    passage = given_to(step, case, typed)
    at = codings.one(step.connection, passage.coding)
    answers.give(step, passage, at.document, given)
    return passage


def withdraw(step: Step, case: Case, given: Given) -> tuple[int, tuple[str, ...]]:
    """Obey a participant who takes everything back; say how many passages and what else is left.

    Returns the number of stretches marked and the names of documents that also tell of him.
    """
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
    return sum(map(len, said.values())), tuple(filter(None, (names_of(left) if left else "",)))


def _speaks_unheard(page: Page, case: str) -> bool:
    """Tell whether words count for a participant and others together."""
    hearing = page.hearing
    return any(
        case in hearing.of(turn) and len(hearing.of(turn)) > 1
        for turn in hearing.transcript.turns
    )  # fmt: skip


def overview(connection: Reader) -> Table:
    """Return who was asked, and how many of the passages each was given got which answer."""
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
    everyone = [one for one in cases.listed(connection, retired=True)
                if one.id in by_case or (one.kind == "informant" and not one.retired)]  # fmt: skip
    rows = tuple(_row(case, by_case.get(case.id, ())) for case in everyone)
    asked = sum(case.id in by_case for case in everyone)
    note = counted("{{k}} of {n} participant was asked", "{{k}} of {n} participants were asked",
                   len(everyone)).format(k=asked)  # fmt: skip
    return Table(_("Member checking"), columns, rows, (note,))


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
