"""Agreement and disagreements of coders, asked for by names."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from qcode.analysis.agreement import listing, table
from qcode.analysis.agreement.comparing import Compared
from qcode.analysis.agreement.marking import Marking, Stretch, joined
from qcode.analysis.agreement.scales import Scale, scale_of
from qcode.analysis.layer import Layer, narrowed
from qcode.analysis.looking import looked_for
from qcode.errors import Refused
from qcode.language import _
from qcode.model.case import INFORMANT, Participation
from qcode.model.codebook import Codebook
from qcode.model.coding import Coding
from qcode.model.document import Document, Speaker
from qcode.model.filter import RECORD, Filter
from qcode.model.hearing import Hearing, hearing_of
from qcode.model.span import Span
from qcode.model.table import Table
from qcode.store import coders, codings, documents, memos
from qcode.store.documents import Status
from qcode.store.project import Reader
from qcode.workflows.addresses import addresses
from qcode.workflows.choosing import resolved
from qcode.workflows.counting import notices, surveyed

Given = Mapping[str, Mapping[str, Sequence[Coding]]]
"""Codings that have a place, by document and coder."""


@dataclass(frozen=True, slots=True)
class Measure:
    """On what agreement is measured: a unit, of participants' words or of the whole text."""

    unit: str = "turn"
    whole: bool = False


def agreement(
    connection: Reader, asked: Filter, measure: Measure, *, all: bool = False,
    seed: int | None = None,
) -> Table:  # fmt: skip
    """Return how far coders agree on each code; names are as typed.

    ``all`` adds further coefficients; without a ``seed`` there are no intervals.
    """
    wanted = wholly(connection, asked)
    found, _codings = compared(connection, wanted, measure)
    return table.agreement(found, table.Asked(wanted.codes, all, seed))


def disagreements(connection: Reader, asked: Filter) -> Table:
    """Return the places that coders gave different codes, each with its kind; names as typed."""
    wanted = wholly(connection, asked)
    found, given = compared(connection, wanted, Measure())
    known = addresses(connection, found.documents)
    starts = {
        (document, who, found.book.end(one.code), one.start): known[one.id]
        for document, own in given.items()
        for who, some in own.items()
        for one in reversed(some)
        if one.id in known
    }
    return listing.listing(found, wanted.codes, starts)


def wholly(connection: Reader, asked: Filter) -> Filter:
    """Return a filter of ids; refused where it chooses passages or one coder's layer."""
    if asked.without or asked.text or asked.flags:
        raise Refused(
            _("agreement is about whole documents; --flag, --not and --text choose passages, for "
              "“qcode excerpts”")
        )  # fmt: skip
    if asked.layer != RECORD:
        raise Refused(_("agreement compares coders; choose them with --coders A,B, not --layer"))
    return resolved(connection, asked)


def compared(
    connection: Reader, wanted: Filter, measure: Measure,
    revise: Callable[[Given], Given] | None = None,
) -> tuple[Compared, Given]:  # fmt: skip
    """Return what coders gave the documents that two or more of them coded or finished.

    ``revise`` turns their codings into those that are to be compared.
    """
    names = {one.id: one.name for one in coders.listed(connection)}
    chosen = tuple(who for who in names if not wanted.coders or who in wanted.coders)
    if wanted.coders and len(chosen) < 2:
        raise Refused(_("agreement needs two coders; name at least two with --coders A,B"))
    layer = narrowed(surveyed(connection), wanted)
    found = codings.listed(
        connection, Filter(documents=wanted.documents, coders=chosen), layer.book
    )
    given, lost = _by_coder(found)
    given = revise(given) if revise else given
    statuses = {
        (one.document, one.coder): one for one in documents.statuses(connection)
        if one.coder in chosen
    }  # fmt: skip
    who = _who(layer.documents, chosen, given, statuses)
    shared = tuple(one for one in layer.documents if len(who[one.id]) >= 2)
    taking = tuple(
        coder for coder in chosen if any(coder in who[one.id] for one in shared)
    )  # fmt: skip
    reading = _Reading(connection, layer, measure)
    lacking = _lacking(layer.book, statuses, who)
    for document in shared:
        reading.add(document, who[document.id], given.get(document.id, {}), lacking[document.id])
    kept = {one.id for one in shared}
    return Compared(
        coders=taking,
        names=names,
        book=layer.book,
        documents=shared,
        markings=tuple(reading.markings),
        scales=reading.scales,
        texts=reading.texts,
        turns=reading.turns,
        informants={case.id: case.name for case in layer.of_kind(INFORMANT)},
        unit=measure.unit,
        whole=measure.whole,
        unfinished=_unfinished(shared, who, statuses, taking),
        lost=sum(number for document, number in lost.items() if document in kept),
        notice=notices(connection, layer.documents),
    ), given


def _who(
    listed: Iterable[Document], chosen: Iterable[str], given: Given,
    statuses: Mapping[tuple[str, str], Status],
) -> dict[str, tuple[str, ...]]:  # fmt: skip
    """Return, by document, who coded it or finished it."""
    return {
        one.id: tuple(
            coder for coder in chosen
            if given.get(one.id, {}).get(coder)
            or ((status := statuses.get((one.id, coder))) and status.finished)
        )
        for one in listed
    }  # fmt: skip


def _by_coder(found: Iterable[Coding]) -> tuple[Given, dict[str, int]]:
    """Return codings by document and coder, and how many of each document have no place."""
    given: dict[str, dict[str, list[Coding]]] = defaultdict(lambda: defaultdict(list))
    lost: dict[str, int] = defaultdict(int)
    for one in found:
        if one.fit == "lost":
            lost[one.document] += 1
        else:
            given[one.document][one.coder].append(one)
    return given, lost


def _lacking(
    book: Codebook, statuses: Mapping[tuple[str, str], Status], who: Mapping[str, Iterable[str]]
) -> dict[str, dict[str, frozenset[str]]]:  # fmt: skip
    """Return, by document, the codes that some of its coders did not have, with these coders."""
    had: dict[str, Mapping[str, frozenset[str]]] = {}
    for coder in {one for _document, one in statuses}:
        seen = {of: status.codes for (of, one), status in statuses.items() if one == coder}
        had[coder] = looked_for(book, seen)
    standing = [code for code in book.codes if book.end(code) == code]
    found: dict[str, dict[str, frozenset[str]]] = {}
    for document, here in who.items():
        missing = {
            code: frozenset(
                one for one in here if document not in had.get(one, {}).get(code, frozenset())
            )
            for code in standing
        }
        found[document] = {code: some for code, some in missing.items() if some}
    return found


def _unfinished(
    shared: Iterable[Document], who: Mapping[str, Iterable[str]],
    statuses: Mapping[tuple[str, str], Status], taking: Iterable[str],
) -> dict[str, list[str]]:  # fmt: skip
    found = {
        coder: [
            one.name for one in shared
            if coder in who[one.id]
            and not ((status := statuses.get((one.id, coder))) and status.finished)
        ]
        for coder in taking
    }  # fmt: skip
    return {coder: names for coder, names in found.items() if names}


class _Reading:
    """The documents that are compared, read one after the other."""

    def __init__(self, connection: Reader, layer: Layer, measure: Measure) -> None:
        self.connection, self.layer, self.measure = connection, layer, measure
        self.markings: list[Marking] = []
        self.scales: dict[str, Scale] = {}
        self.turns: dict[str, tuple[int, ...]] = {}
        self.texts: dict[str, str] = {}
        self._speakers: dict[str, list[Speaker]] = defaultdict(list)
        self._parts: dict[str, list[Participation]] = defaultdict(list)
        self._closed: dict[str, list[Span]] = defaultdict(list)
        for speaker in documents.speakers(connection):
            self._speakers[speaker.document].append(speaker)
        for part in layer.parts:
            self._parts[part.document].append(part)
        for flag in memos.flags(connection):
            if flag.kind == "not to be used" and flag.fit != "lost":
                self._closed[flag.document].append(Span(flag.start, flag.end))

    def add(
        self, document: Document, who: tuple[str, ...], given: Mapping[str, Sequence[Coding]],
        lacking: Mapping[str, frozenset[str]],
    ) -> None:  # fmt: skip
        """Read one document and what its coders gave it."""
        hearing = self._hearing(document.id)
        scale = scale_of(
            hearing, self.measure.unit, whole=self.measure.whole,
            closed=self._closed[document.id],
        )  # fmt: skip
        raw: dict[str, dict[str, list[Stretch]]] = defaultdict(lambda: defaultdict(list))
        for coder in who:
            for one in given.get(coder, ()):
                raw[self.layer.book.end(one.code)][coder].append((one.start, one.end))
        place = scale.usable if scale.closed else joined
        marks = {
            code: {coder: placed for coder, some in own.items() if (placed := place(some))}
            for code, own in raw.items()
        }
        length = len(hearing.transcript.text)
        self.markings.append(Marking(document.id, length, who, marks, lacking))
        self.scales[document.id] = scale
        self.turns[document.id] = tuple(turn.start for turn in hearing.transcript.turns)
        self.texts[document.id] = hearing.transcript.text

    def _hearing(self, document: str) -> Hearing[str]:
        transcript = documents.current(self.connection, document).transcript
        return hearing_of(transcript, self._speakers[document], self._parts[document])


def coders_named(typed: Iterable[str], asked: Filter) -> Filter:
    """Return a filter with the names of coders in it, each typed alone or several with commas."""
    names = tuple(name.strip() for some in typed for name in some.split(",") if name.strip())
    return replace(asked, coders=names)
