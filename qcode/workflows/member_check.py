"""Bringing back to a participant what was understood, and obeying what he answers."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from qcode.analysis.layer import SPOKEN
from qcode.analysis.releasing import told, withheld
from qcode.errors import Refused
from qcode.language import _, counted
from qcode.model.answer import Answer
from qcode.model.case import Case
from qcode.model.filter import Filter
from qcode.model.member_check import Material, Point
from qcode.model.span import Span
from qcode.store import answers, codebook, veil
from qcode.store.answers import Shown
from qcode.store.project import Reader, Step, about
from qcode.workflows.choosing import resolved_for
from qcode.workflows.people import case_named
from qcode.workflows.retrieving import Page, Passage, Shelf, retrieved
from qcode.workflows.themes import theme_named
from qcode.workflows.understood import Own, Wanted, reach, understood


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
    connection: Reader, typed: str, asked: Filter, wanted: Wanted, language: str = ""
) -> Prepared:  # fmt: skip
    """Return what the page of a participant is made of; refused where all of it stays inside."""
    refuse_blind(connection)
    case = participant(connection, typed)
    there = found(connection, case, asked)
    reached = [reach(connection, theme_named(connection, name).id) for name in wanted.themes]
    if reached:
        there.own = [one for one in there.own if any(each.holds(one) for each in reached)]
    if not there.own:
        raise Refused(" ".join((
            _("there is nothing to bring back to {case}").format(case=case.name),
            *(f"({note})" for note in there.notes()),
        )))  # fmt: skip
    rows = numbered(there.own, answers.listed(connection, case.id))
    speaks = language or language_of(connection)
    made = material(connection, case, rows, wanted, speaks)
    own = tuple(one for _number, one in rows)
    return Prepared(case, made, speaks, own, (*there.notes(), *_warning(made)))


def _warning(made: Material) -> Iterator[str]:
    """Yield what to do before a page is handed out that says more than his own words."""
    if made.findings:
        yield counted("{n} sentence of yours stands above the passages: read it as the "
                      "participant will", "{n} sentences of yours stand above the passages: read "
                      "them as the participant will", len(made.findings))  # fmt: skip


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
    wanted = resolved_for(connection, asked, case)
    # What he took back counts for him no more, and is told of all the same.
    passages = retrieved(shelf, replace(wanted, cases=(), where=()))
    result.lost = passages.lost
    allowed: dict[str, list[Passage]] = defaultdict(list)
    for one in passages.passages:
        if one.page.document.kind not in SPOKEN or not _speaks(one, case):
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


def _speaks(passage: Passage, case: Case) -> bool:
    hearing = passage.page.hearing
    return any(case.id in hearing.of(turn) for turn, _words in passage.said)


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
    """Return passages with their numbers: those given before keep theirs, new ones follow.

    A number that two copies gave to two passages is used no more: nobody knows which one he means.
    """
    own = tuple(own)
    there = {id for one in own for id in one.codings}
    # What named a passage is what finds it again; what else stood on it where that is gone.
    by_coding = {id: one for one in given if one.coding not in there for id in one.codings}
    by_coding |= {one.coding: one for one in given if one.coding in there}
    times = Counter(one.number for one in given)
    last = max(times, default=0)
    rows: list[tuple[int, Own]] = []
    found: set[str] = set()
    for one in own:
        before = next(
            (by_coding[id] for id in one.codings
             if id in by_coding and by_coding[id].id not in found), None
        )  # fmt: skip
        if before:
            found.add(before.id)
        lead = (before.coding,) if before else ()
        number = before.number if before and times[before.number] == 1 else last + 1
        last = max(last, number)
        codings = tuple(dict.fromkeys((*lead, *one.codings)))
        rows.append((number, replace(one, codings=codings, number=number)))
    return sorted(rows, key=lambda row: row[0])


def material(
    connection: Reader, case: Case, rows: Iterable[tuple[int, Own]], wanted: Wanted, language: str
) -> Material:  # fmt: skip
    """Return what the page of a participant is made of; code names and memos only if asked for."""
    book = codebook.read(connection)
    before = {one.coding: one for one in answers.listed(connection, case.id)}
    points = []
    for number, one in rows:
        ends = dict.fromkeys(book.end(code) for code in one.codes)
        labels = [book.codes[end].labels.get(language, book.codes[end].name) for end in ends]
        answer = before.get(one.codings[0])
        points.append(
            Point(number, one.words, tuple(dict.fromkeys(labels)) if wanted.codes else (),
                  answer.verdict if answer else "", answer.text if answer else "")
        )  # fmt: skip
    notices = [about(connection).get("notice", "")]
    notices += [one.page.document.details.get("notice", "") for _number, one in rows]
    said = understood(connection, case, [one for _number, one in rows], wanted, language)
    return Material(case.name, " · ".join(dict.fromkeys(filter(None, notices))),
                    tuple(points), said)  # fmt: skip


def language_of(connection: Reader) -> str:
    """Return the language of a page: the project's, else English."""
    return "id" if about(connection).get("language", "") == "id" else "en"


def ask(step: Step, case: Case, own: Iterable[Own], *, page: bool = True) -> Mapping[str, int]:
    """Note that a participant is given these passages; their numbers stay."""
    shown = [Shown(one.codings, one.page.document.id, one.spans, one.number) for one in own]
    return answers.ask(step, case.id, shown, page=page)
