"""How far themes hold: which informants, documents and passages stand for and against each.

A theme has an informant where any ground for it has him: a code, or one below it, that counts for
him, or a passage in which he speaks. A theme above others has what they have, those that were
dropped left out. It was looked for where any of its codes, or the code of any of its passages was.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from qcode.analysis.frequency import (
    also_in,
    kinds_apart,
    share_of_cases,
    share_of_documents,
    told_apart,
)
from qcode.analysis.layer import Layer, said_of
from qcode.analysis.looking import KINDS, Found, Presence, strays, undone
from qcode.language import _, counted
from qcode.model.codebook import Codebook
from qcode.model.span import Span, united, without
from qcode.model.table import Blank, Cell, Column, Table
from qcode.model.theme import AGAINST, DROPPED, FOR, SIDES, Ground, Theme, Themes

Spans = Mapping[str, Mapping[str, Sequence[Span]]]
"""Where codings stand, by document and code, the end of its chain of merges."""


@dataclass(frozen=True, slots=True)
class Reach:
    """What is put under one side of something: codes, ends of their chains, and codings."""

    codes: frozenset[str] = frozenset()
    codings: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Chosen:
    """A coding that was put under a theme and counts: where it stands and whom it counts for."""

    id: str
    document: str
    span: Span
    cases: frozenset[str]
    of_record: bool = True


@dataclass(frozen=True)
class Claims:
    """All that themes are counted from.

    ``closed`` are the stretches not to be used, by document; ``chosen`` the codings that stand as
    grounds, by id; ``lost`` counts those that need a place. ``codes`` gives the code of each coding
    that stands as a ground anywhere, also in what a filter left out: it says what was looked for.
    """

    layer: Layer
    places: Presence
    themes: Themes
    grounds: tuple[Ground, ...]
    spans: Spans
    closed: Mapping[str, Sequence[Span]]
    chosen: Mapping[str, Chosen] = field(default_factory=dict)
    lost: int = 0
    codes: Mapping[str, str] = field(default_factory=dict)

    def reach(self, theme: str, side: str) -> Reach:
        """Return what is put under a side of a theme and of those below it that count."""
        parts = {one.id for one in self.themes.counted(theme)}
        return reach(
            (one for one in self.grounds if one.theme in parts and one.side == side),
            self.layer.book,
        )

    def found(self, of: Reach) -> Found:
        """Return where some codes and passages were looked for and found."""
        codes, near = self._families(of)
        found, chosen = self.places.joint.found(codes, near), self.counting(of)
        kinds = {one.id: KINDS.get(one.kind, one.kind) for one in self.layer.documents}
        documents = {kind: set(some) for kind, some in found.documents.items()}
        for one in chosen:
            documents.setdefault(kinds[one.document], set()).add(one.document)
        return replace(
            found,
            documents={kind: frozenset(some) for kind, some in documents.items()},
            cases=found.cases.union(*(one.cases for one in chosen)),
        )

    def searched(self, of: Reach) -> frozenset[str]:
        """Return the documents in which any of what was reached was looked for."""
        return self.places.joint.searched(frozenset().union(*self._families(of)))

    def _families(self, of: Reach) -> tuple[frozenset[str], frozenset[str]]:
        """Return the codes that stand under it, and those that passages under it have."""
        near = frozenset(self.codes[id] for id in of.codings if id in self.codes)
        return family(of, self.layer.book), family(Reach(near), self.layer.book)

    def passages(self, of: Reach) -> int:
        """Return how many passages stand there, of interviews; those that overlap or touch are one."""
        return self._number(of, self.layer.counted)

    def apart(self, of: Reach) -> int:
        """Return how many passages of observation notes and documents stand there."""
        return self._number(of, self.layer.coders.keys() - self.layer.counted)

    def _number(self, of: Reach, documents: Collection[str]) -> int:
        return sum(
            bool(without([span], self.closed.get(document, ())))
            for document, spans in self._stretches(of).items() if document in documents
            for span in united(spans)
        )  # fmt: skip

    def _stretches(self, of: Reach) -> Mapping[str, list[Span]]:
        codes, everywhere = family(of, self.layer.book), self.searched(of)
        found: dict[str, list[Span]] = defaultdict(list)
        for document in self.spans.keys() & everywhere:
            by_code = self.spans[document]
            for code in codes & by_code.keys():
                found[document] += by_code[code]
        for one in self.counting(of):
            found[one.document].append(one.span)
        return found

    def counting(self, of: Reach) -> list[Chosen]:
        """Return the passages that were put there and count: in what was looked through for it."""
        everywhere = self.searched(of)
        chosen = (self.chosen[id] for id in sorted(of.codings) if id in self.chosen)
        return [one for one in chosen if one.document in everywhere]


def reach(grounds: Iterable[Ground], book: Codebook) -> Reach:
    """Return what some grounds reach; a code that is not in the codebook reaches nothing."""
    grounds = list(grounds)
    return Reach(
        frozenset(book.end(one.code) for one in grounds if one.code in book.codes),
        frozenset(one.coding for one in grounds if one.coding),
    )


def family(of: Reach, book: Codebook) -> frozenset[str]:
    """Return the codes that are reached, with those below them."""
    return frozenset(code for top in of.codes for code in book.below(top))


def themes_table(claims: Claims) -> Table:
    """Return the themes with their numbers, each before those below it."""
    others = kinds_apart(claims.layer)
    listed = tuple(claims.themes.walk())
    return Table(
        _("Themes: what stands for and against each, and who"),
        (*_columns(), *(also_in(kind) for kind in others)),
        tuple(tuple(_row(claims, theme, others)) for theme, _depth in listed),
        notes(claims),
        tuple(depth for _theme, depth in listed),
    )


def _columns() -> Iterator[Column]:
    yield Column("theme", _("theme"))
    yield Column("status", _("status"))
    titles = {
        FOR: (_("codes for"), _("passages for"), _("informants for")),
        AGAINST: (_("codes against"), _("passages against"), _("informants against")),
    }
    for side, (codes, passages, informants) in titles.items():
        yield Column(f"{side} codes", codes, numeric=True)
        yield Column(f"{side} passages", passages, numeric=True)
        yield Column(f"{side} informants", informants, _("of those looked through"), numeric=True)


def _row(claims: Claims, theme: Theme, others: Iterable[str]) -> Iterator[Cell]:
    yield theme.name
    yield status_named(theme.status)
    for side in SIDES:
        of = claims.reach(theme.id, side)
        if not (of.codes or of.codings):
            yield from (nothing(), nothing(), nothing())
            continue
        yield len(of.codes)
        yield claims.passages(of)
        yield share_of_cases(claims.found(of))
    found = claims.found(claims.reach(theme.id, FOR))
    for kind in others:
        yield share_of_documents(found, kind)


def nothing() -> Blank:
    """Return the sign for a side of a theme under which nothing was put yet."""
    return Blank("", _("nothing is put there"))


def notes(
    claims: Claims, themes: Iterable[str] | None = None, codes: Iterable[str] = ()
) -> tuple[str, ...]:
    """Return the sentences that qualify the numbers of some themes, or all, and of some codes."""
    chosen = {one.id for one in claims.themes} if themes is None else set(themes)
    inside = {one.id for one in claims.themes
              if any(above.id in chosen for above in claims.themes.line(one.id))}  # fmt: skip
    reaches = [
        *(Reach(frozenset({code})) for code in codes),
        *(claims.reach(one.id, side) for side in SIDES for one in claims.themes
          if one.id in inside),
    ]  # fmt: skip
    grounded = dict.fromkeys(code for of in reaches for code in of.codes)
    book = claims.layer.book
    said = [
        *said_of(claims.layer, {below for code in grounded for below in book.below(code)}),
        _("a theme has whom any code (with those below it) or passage put under it has; themes "
          "above others have what these have"),
        _("passages of a theme that overlap or touch are one"),
    ]  # fmt: skip
    everything = reach((one for one in claims.grounds if one.theme in inside), book)
    everything = replace(everything, codes=everything.codes | frozenset(codes))
    said += told_apart(claims.apart(everything))
    said += undone(claims.layer, claims.places, grounded)
    said += strays(claims.layer, _stray(claims, reaches))
    if any(one.status == DROPPED and one.id in inside for one in claims.themes):
        said.append(_("a dropped theme counts for none above it"))
    strangers = sum(not one.of_record for one in claims.chosen.values())
    if strangers:
        said.append(
            counted("{n} chosen passage was coded by somebody whose coding of that document does "
                    "not count otherwise; it counts here because it was chosen",
                    "{n} chosen passages were coded by somebody whose coding of that document "
                    "does not count otherwise; they count here because they were chosen",
                    strangers)
        )  # fmt: skip
    if claims.lost:
        said.append(
            counted("{n} chosen passage needs a place and is not counted",
                    "{n} chosen passages need a place and are not counted", claims.lost)
        )  # fmt: skip
    return tuple(said)


def _stray(claims: Claims, reaches: Iterable[Reach]) -> list[str]:
    """Return the codes of which something that was reached stands where nobody looked for it."""
    book, found = claims.layer.book, set[str]()
    for of in reaches:
        everywhere = claims.searched(of)
        found |= {code for code in family(of, book)
                  if claims.layer.standing.get(code, {}).keys() - everywhere}  # fmt: skip
        found |= {claims.codes[id] for id in of.codings
                  if id in claims.chosen and claims.chosen[id].document not in everywhere}  # fmt: skip
    return [one.id for one, _depth in book.walk(retired=True) if one.id in found]


def status_named(status: str) -> str:
    """Return the status of a theme as a person reads it."""
    names = {"candidate": _("candidate"), "reviewed": _("reviewed"), "settled": _("settled"),
             "dropped": _("dropped")}  # fmt: skip
    return names.get(status, status)


def side_named(side: str) -> str:
    """Return a side as a person reads it."""
    return _("for") if side == FOR else _("against")
