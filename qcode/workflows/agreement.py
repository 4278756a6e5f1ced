"""Agreement and disagreements of coders, asked for by names."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from qcode.analysis.agreement import listing, people, table, weighing
from qcode.analysis.agreement.comparing import Compared
from qcode.analysis.agreement.marking import Marking, Stretch, joined
from qcode.analysis.agreement.scales import Scale
from qcode.analysis.layer import Layer, narrowed
from qcode.analysis.looking import looked_for
from qcode.errors import Refused
from qcode.language import _
from qcode.model.case import INFORMANT, Participation
from qcode.model.codebook import Codebook
from qcode.model.coding import Coding
from qcode.model.document import Document, Speaker
from qcode.model.filter import RECORD, Filter
from qcode.model.hearing import hearing_of
from qcode.model.table import Table
from qcode.store import codings, documents, marks, memos
from qcode.store.documents import Status
from qcode.store.marks import ByCoder
from qcode.store.project import Reader
from qcode.system import uncollected
from qcode.workflows import blinding
from qcode.workflows.addresses import addresses
from qcode.workflows.choosing import resolved
from qcode.workflows.counting import notices, surveyed
from qcode.workflows.scales import scale_for
from qcode.workflows.scope import Scope, scope_of
from qcode.workflows.searching import unfolded

Given = Mapping[str, Mapping[str, Sequence[Coding]]]
"""Codings that have a place, by document and coder."""


@dataclass(frozen=True, slots=True)
class Measure:
    """On what agreement is measured: a unit, of participants' words or of the whole text.

    ``round`` is the name of a round as typed: its documents, coders and codebook. ``apart`` leaves
    out what was used for calibration.
    """

    unit: str = "turn"
    whole: bool = False
    round: str = ""
    apart: bool = False


@uncollected()
def agreement(
    connection: Reader, asked: Filter, measure: Measure, *, all: bool = False,
    seed: int | None = None, hide: bool = False,
) -> Table:  # fmt: skip
    """Return how far coders agree on each code; names are as typed.

    ``all`` adds further coefficients; without a ``seed`` there are no intervals. ``hide`` puts
    letters for the names of coders.
    """
    wanted = wholly(connection, asked)
    found = counted(connection, wanted, replace(measure, apart=True))
    found = people.hidden(found) if hide else found
    return table.agreement(found, table.Asked(wanted.codes, all, seed))


def agreement_by(
    connection: Reader, asked: Filter, measure: Measure, by: str, *, hide: bool = False
) -> Table:
    """Return agreement by one of VIEWS: of each pair or coder, in each document, between codes."""
    wanted = wholly(connection, asked)
    found = counted(connection, wanted, replace(measure, apart=True))
    return VIEWS[by](people.hidden(found) if hide else found, wanted.codes)


VIEWS: Mapping[str, Callable[[Compared, Sequence[str]], Table]] = {
    "pair": people.pairs, "coder": people.habits, "document": weighing.documents,
    "confusion": weighing.confused,
}  # fmt: skip


def disagreements(connection: Reader, asked: Filter, round: str = "") -> Table:
    """Return the places that coders gave different codes, each with its kind; names as typed."""
    wanted = wholly(connection, asked)
    found, given = compared(connection, wanted, Measure(round=round))
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
    asked = unfolded(connection, asked)
    if asked.picks:
        raise Refused(
            _("agreement is about whole documents; --and, --not, --flag, --memo and --text choose "
              "passages, for “qcode excerpts”")
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
    scoped = _scoped(connection, wanted, measure)
    found = codings.listed(connection, scoped.wanted, scoped.layer.book)
    placed, lost = _by_coder(one for one in found if one.code in scoped.layer.book.codes)
    given = revise(placed) if revise else placed
    return _gathered(connection, scoped, _standing(given, scoped.layer.book), lost), given


def counted(connection: Reader, wanted: Filter, measure: Measure) -> Compared:
    """Return the same for who needs no codings beside it, in less time."""
    scoped = _scoped(connection, wanted, measure)
    standing, lost = marks.by_coder(connection, scoped.wanted, scoped.layer.book)
    return _gathered(connection, scoped, standing, lost)


@uncollected()
def _gathered(
    connection: Reader, scoped: _Scoped, standing: ByCoder, lost: Mapping[str, int]
) -> Compared:
    layer, scope, chosen = scoped.layer, scoped.scope, scoped.wanted.coders
    statuses = {
        (one.document, one.coder): one for one in documents.statuses(connection)
        if one.coder in chosen
    }  # fmt: skip
    who = _who(layer.documents, chosen, standing, statuses)
    shared = tuple(one for one in layer.documents if len(who[one.id]) >= 2)
    if scoped.wanted.documents or not shared:
        blinding.refuse(connection, layer.documents)
    taking = tuple(coder for coder in chosen if any(coder in who[one.id] for one in shared))
    reading = _Reading(connection, layer, scoped.measure)
    lacking = _lacking(layer.book, statuses, who)
    for document in shared:
        reading.add(document, who[document.id], standing.get(document.id, {}), lacking[document.id])
    kept = {one.id for one in shared}
    return Compared(
        coders=taking,
        names=scope.coders,
        book=layer.book,
        documents=shared,
        markings=tuple(reading.markings),
        scales=reading.scales,
        texts=reading.texts,
        turns=reading.turns,
        informants={case.id: case.name for case in layer.of_kind(INFORMANT)},
        unit=scoped.measure.unit,
        whole=scoped.measure.whole,
        unfinished=_unfinished(shared, who, statuses, taking),
        lost=sum(number for document, number in lost.items() if document in kept),
        notice=notices(connection, layer.documents),
        remarks=scope.remarks,
    )


@dataclass(frozen=True, slots=True)
class _Scoped:
    """The documents, codes and coders that a comparison is about; a filter of what is read."""

    layer: Layer
    scope: Scope
    wanted: Filter
    measure: Measure


def _scoped(connection: Reader, wanted: Filter, measure: Measure) -> _Scoped:
    layer = narrowed(surveyed(connection), wanted)
    scope = scope_of(connection, layer.book, layer.documents, measure.round, apart=measure.apart)
    if any(code not in scope.book.codes for code in wanted.codes):
        raise Refused(_("a code was made after that round was opened; it has no figures there"))
    chosen = tuple(who for who in scope.coders if not wanted.coders or who in wanted.coders)
    if wanted.coders and len(chosen) < 2:
        raise Refused(_("agreement needs two coders; name at least two with --coders A,B"))
    layer = replace(
        layer, book=scope.book, documents=tuple(filter(scope.holds, layer.documents))
    )  # fmt: skip
    return _Scoped(layer, scope, Filter(documents=wanted.documents, coders=chosen), measure)


def _who(
    listed: Iterable[Document], chosen: Iterable[str], standing: ByCoder,
    statuses: Mapping[tuple[str, str], Status],
) -> dict[str, tuple[str, ...]]:  # fmt: skip
    """Return, by document, who coded it or finished it."""
    return {
        one.id: tuple(
            coder for coder in chosen
            if standing.get(one.id, {}).get(coder)
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


def _standing(given: Given, book: Codebook) -> ByCoder:
    """Return where codings stand, by the code that each counts for."""
    found: dict[str, dict[str, dict[str, list[Stretch]]]] = {}
    for document, by_coder in given.items():
        for coder, some in by_coder.items():
            own = found.setdefault(document, {}).setdefault(coder, {})
            for one in some:
                own.setdefault(book.end(one.code), []).append((one.start, one.end))
    return found


def _lacking(
    book: Codebook, statuses: Mapping[tuple[str, str], Status], who: Mapping[str, Iterable[str]]
) -> dict[str, dict[str, frozenset[str]]]:  # fmt: skip
    """Return, by document, the codes that some of its coders did not have, with these coders."""
    seen: dict[str, dict[str, Mapping[str, str]]] = defaultdict(dict)
    coded: dict[str, set[str]] = defaultdict(set)
    for (document, coder), status in statuses.items():
        seen[coder][document] = status.codes
    for document, here in who.items():
        for coder in here:
            coded[coder].add(document)
    standing = [code for code in book.codes if book.end(code) == code]
    missing: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for coder, those in coded.items():
        had = looked_for(book, seen[coder])
        for code in standing:
            for document in those.difference(had.get(code, ())):
                missing[document][code].add(coder)
    return {
        document: {code: frozenset(some) for code, some in missing[document].items()}
        for document in who
    }


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
        self.measure = measure
        self.markings: list[Marking] = []
        self.scales: dict[str, Scale] = {}
        self.turns: dict[str, Sequence[int]] = {}
        self.texts: dict[str, str] = {}
        self._speakers: dict[str, list[Speaker]] = defaultdict(list)
        self._parts: dict[str, list[Participation]] = defaultdict(list)
        self._closed = memos.unusable(connection)
        self._transcript = documents.transcripts(connection)
        for speaker in documents.speakers(connection):
            self._speakers[speaker.document].append(speaker)
        for part in layer.parts:
            self._parts[part.document].append(part)

    def add(
        self, document: Document, who: tuple[str, ...],
        standing: Mapping[str, Mapping[str, list[Stretch]]],
        lacking: Mapping[str, frozenset[str]],
    ) -> None:  # fmt: skip
        """Read one document and what its coders gave it."""
        transcript = self._transcript(document.id)
        hearing = hearing_of(transcript, self._speakers[document.id], self._parts[document.id])
        scale = scale_for(
            document.version, hearing, self.measure.unit, whole=self.measure.whole,
            closed=self._closed[document.id],
        )  # fmt: skip
        place = scale.usable if scale.closed else joined
        marks: dict[str, dict[str, list[Stretch]]] = defaultdict(dict)
        for coder in who:
            for code, some in standing.get(coder, {}).items():
                if placed := place(some):
                    marks[code][coder] = placed
        self.markings.append(Marking(document.id, len(transcript.text), who, marks, lacking))
        self.scales[document.id] = scale
        self.turns[document.id] = transcript.starts
        self.texts[document.id] = transcript.text


def coders_named(typed: Iterable[str], asked: Filter) -> Filter:
    """Return a filter with the names of coders in it, each typed alone or several with commas."""
    names = tuple(name.strip() for some in typed for name in some.split(",") if name.strip())
    return replace(asked, coders=(*asked.coders, *names))
