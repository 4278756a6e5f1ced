"""Common patterns and contextual differences with passages that may be quoted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from qcode.analysis import patterns as analysis
from qcode.analysis.layer import SPOKEN, Layer, said_of
from qcode.analysis.locating import Group, on_purpose
from qcode.analysis.patterns import Candidate, Placed, Places
from qcode.errors import BadInput
from qcode.language import _
from qcode.model.case import Attribute
from qcode.model.excerpt import Excerpt, Manner
from qcode.model.filter import Filter
from qcode.model.pattern import Pattern, Patterns, Section, Voice
from qcode.model.table import Blank, Share, in_words
from qcode.store.project import Reader
from qcode.system import uncollected
from qcode.workflows.choosing import resolved
from qcode.workflows.counting import layer_of
from qcode.workflows.excerpts import is_key, of_passages, why_inside
from qcode.workflows.named import attribute_named
from qcode.workflows.picking import of_one
from qcode.workflows.prepared import Prepared
from qcode.workflows.relating import Relation
from qcode.workflows.retrieving import Passage, Shelf, retrieved


@dataclass(frozen=True, slots=True)
class Asked:
    """What is compared by, how many speak of a code at least, how many passages a group gives."""

    by: str
    least: int = 2
    most: int = 2


def asked_typed(text: str) -> Asked:
    """Return what two numbers ask for: informants at least, passages of a group at most."""
    numbers = [int(one) for one in text.split()
               if one.isascii() and one.isdecimal() and len(one) < 7]  # fmt: skip
    if len(numbers) != len(text.split()) or len(numbers) != 2 or not numbers[0]:
        raise BadInput(_("two numbers are asked for, such as 2 3: informants who speak of a code "
                         "at least, passages of each group at most"))  # fmt: skip
    return Asked("", *numbers)


@uncollected()
def patterns(connection: Reader, asked: Filter, how: Asked) -> Patterns:
    """Return the codes by where they are found, each with passages; names are as typed."""
    wanted = resolved(connection, asked)
    by = attribute_named(connection, how.by)
    layer = layer_of(connection, wanted)
    places = analysis.places(layer, by, wanted.codes, how.least)
    bench = _Bench(connection, wanted, layer, places, by)
    chosen = bench.chosen(how.most)
    sections = []
    for sort in analysis.ORDER:
        if some := places.sorts[sort]:
            title = analysis.heading(sort, places.groups, by)
            told = tuple(bench.pattern(one, chosen) for one in _by_group(some, places.groups))
            sections.append(Section(title, told))
    family = {below for code in wanted.codes for below in layer.book.below(layer.book.end(code))}
    said = said_of(replace(layer, notice=""), family or None)
    notes = (
        *said, *places.notes, *analysis.rules(how.most),
        on_purpose(),
        *bench.notes,
    )  # fmt: skip
    title = _("What is common and what differs by {attribute}").format(attribute=by.name)
    return Patterns(title, layer.notice, notes, tuple(sections))


def _by_group(some: Sequence[Placed], groups: Sequence[Group]) -> Sequence[Placed]:
    """Return codes of one sort by the group that has them; in the order of the codebook else."""
    order = {group.name: at for at, group in enumerate(groups)}
    return sorted(some, key=lambda one: order.get(one.at.group, -1))


class _Bench:
    """The passages of a project, sorted to codes and groups."""

    def __init__(
        self, connection: Reader, wanted: Filter, layer: Layer, places: Places, by: Attribute
    ) -> None:  # fmt: skip
        self.connection, self.layer, self.places, self.by = connection, layer, places, by
        self.shelf, self.prepared = Shelf(connection), Prepared(connection)
        self.relation = Relation(connection, of_one(wanted), layer.book)
        self.notes: tuple[str, ...] = ()
        spoken = {one.id for one in layer.documents if one.kind in SPOKEN}
        looked = {code: found.everywhere for code, found in places.presence.by_code.items()}
        self.standing: dict[tuple[str, str], list[Passage]] = defaultdict(list)
        for passage in retrieved(self.shelf, wanted).passages:
            coding = passage.segment.coding
            code = layer.book.end(coding.code)
            if coding.document in spoken and coding.document in looked[code]:
                people = self._people(passage)
                for group in places.groups:
                    if not group.cases.isdisjoint(people):
                        self.standing[code, group.name].append(passage)
        self.allowed = {
            key: [one for one in some if not why_inside(one, self.prepared)]
            for key, some in self.standing.items()
        }

    def _people(self, passage: Passage) -> frozenset[str]:
        """Return the cases that a passage counts for."""
        people = self.relation.people(passage.segment.coding.coder)
        speaking = frozenset(case.id for case in passage.cases)
        return speaking if people is None else speaking & people

    def chosen(self, most: int) -> Mapping[tuple[str, str], Sequence[Excerpt]]:
        """Return the excerpts to show, by code and group."""
        shown = {one.code for some in self.places.sorts.values() for one in some}
        picked = {
            key: analysis.picked([self._candidate(one, key[1]) for one in some], most)
            for key, some in self.allowed.items() if key[0] in shown
        }  # fmt: skip
        wanted = {coding for some in picked.values() for coding in some}
        passages = {
            one.segment.coding.id: one for some in self.allowed.values() for one in some
            if one.segment.coding.id in wanted
        }  # fmt: skip
        # The headings tell the group of everybody: reference lines say so much less.
        made = of_passages(self.connection, self.shelf, list(passages.values()),
                           Manner(group=self.by.name))  # fmt: skip
        self.notes = made.notes
        excerpts = dict(zip(passages, made.excerpts, strict=True))
        return {key: [excerpts[coding] for coding in some] for key, some in picked.items()}

    def _candidate(self, passage: Passage, group: str) -> Candidate:
        cases = next(one.cases for one in self.places.groups if one.name == group)
        return Candidate(
            passage.segment.coding.id, self._people(passage) & cases,
            len(passage.segment.text.split()), is_key(self.shelf, self.prepared, passage),
        )  # fmt: skip

    def pattern(
        self, placed: Placed, chosen: Mapping[tuple[str, str], Sequence[Excerpt]]
    ) -> Pattern:
        """Return one code with what its groups say."""
        return Pattern(
            self.layer.book.path(placed.code), in_words(placed.at.cell),
            in_words(placed.difference), tuple(self._voices(placed, chosen)),
        )  # fmt: skip

    def _voices(
        self, placed: Placed, chosen: Mapping[tuple[str, str], Sequence[Excerpt]]
    ) -> Iterator[Voice]:
        for group in self.places.groups:
            key, share = (placed.code, group.name), group.share(placed.found)
            quotes = tuple(chosen.get(key, ()))
            if not share.n:
                unlooked = Blank("·", _("not looked for"))
                yield Voice(group.name, unlooked, (), unlooked.why)
            else:
                why = "" if quotes else self._silence(key, share)
                yield Voice(group.name, share, quotes, why)

    def _silence(self, key: tuple[str, str], share: Share) -> str:
        inside = 0 if self.allowed.get(key) else len(self.standing.get(key, ()))
        return analysis.silence(share, inside)
