"""How many informants speak of each code, in how many documents, in how many passages and words."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from qcode.analysis.attributes import percentage
from qcode.analysis.layer import Layer, said_of, shortened
from qcode.analysis.looking import Found, Presence, gaps, presence
from qcode.language import _, counted
from qcode.model.case import INFORMANT
from qcode.model.codebook import Code, Codebook
from qcode.model.table import Blank, Cell, Column, Placed, Share, Table


@dataclass(frozen=True, slots=True)
class Listed:
    """A code as the row of a table, and how deep it stands in it."""

    code: Code
    depth: int
    path: str = ""

    @property
    def title(self) -> str:
        """Return the name, and whether the code is retired; it knows its path."""
        name = self.code.name
        shown = _("{code} (retired)").format(code=name) if self.code.retired else name
        return Placed(shown, self.path) if self.path else shown


def listed_codes(
    book: Codebook, used: Collection[str], chosen: Iterable[str] = ()
) -> tuple[Listed, ...]:
    """Return the codes that a table lists, in the order of the codebook.

    Retired codes are listed where they, or codes below them, stand somewhere (``used``). Only
    ``chosen`` ones and those below them, where any are chosen.
    """
    tops = tuple(dict.fromkeys(book.end(code) for code in chosen))
    inside = {code for top in tops for code in book.below(top)}
    listed: list[Listed] = []
    above: list[int] = []
    for code, depth in book.walk(retired=True):
        while above and depth <= above[-1]:
            above.pop()
        if (tops and code.id not in inside) or (
            code.retired and book.below(code.id).isdisjoint(used)
        ):
            continue
        listed.append(Listed(code, len(above), book.path(code.id)))
        above.append(depth)
    return tuple(listed)


@dataclass(frozen=True, slots=True)
class Counting:
    """How codes are counted: over the cases of one kind, and what is shown of it.

    ``rolled`` gives, by code, passages and words with those of the codes below it (see
    ``rolling``); without it, each code has its own. ``percent`` asks for percentages of few, too.
    """

    kind: str = INFORMANT
    rolled: Mapping[str, tuple[int, int]] | None = None
    percent: bool = False


def frequency(layer: Layer, chosen: Iterable[str] = (), how: Counting | None = None) -> Table:
    """Return how often each code was found, of what was looked through for it."""
    how = how or Counting()
    places = presence(layer, how.kind)
    codes = listed_codes(layer.book, layer.standing, chosen)
    others = kinds_apart(layer)
    rows = []
    for listed in codes:
        found = places.by_code[listed.code.id]
        rows.append((
            listed.title,
            share_of_cases(found),
            *([percent_of(share_of_cases(found), always=True)] if how.percent else []),
            share_of_documents(found, "interview"),
            *cells_of(layer, places, listed.code.id, how),
            *(share_of_documents(found, kind) for kind in others),
        ))  # fmt: skip
    return Table(
        _("Codes: informants who speak of them and documents they stand in"),
        _columns(layer, how, others),
        tuple(rows),
        (*said_of(layer, (listed.code.id for listed in codes)), *_rules(layer, places, codes, how)),
        tuple(listed.depth for listed in codes),
    )


@dataclass(frozen=True, slots=True)
class Coded:
    """What one coder gave, and how it is counted."""

    coder: str
    layer: Layer
    how: Counting = Counting()


def by_coder(coders: Sequence[Coded], chosen: Iterable[str] = ()) -> Table:
    """Return what each coder found, side by side: informants, then passages; never added up.

    ``coders`` holds at least one, and all layers have one codebook.
    """
    book = coders[0].layer.book
    used = {code for one in coders for code in one.layer.standing}
    codes = listed_codes(book, used, chosen)
    sides = [presence(one.layer, one.how.kind) for one in coders]
    rows = []
    for listed in codes:
        row: list[Cell] = [listed.title]
        for one, places in zip(coders, sides, strict=True):
            found = places.by_code[listed.code.id]
            row += (
                share_of_cases(found), cells_of(one.layer, places, listed.code.id, one.how)[0]
            )  # fmt: skip
        rows.append(tuple(row))
    columns = [Column("code", _("code"))]
    for one in coders:
        columns += (
            Column(f"cases:{one.coder}", one.coder, people(one.how.kind), numeric=True),
            Column(f"passages:{one.coder}", one.coder,
                   _("passages, own") if one.how.rolled is None else _("passages, united"),
                   numeric=True),
        )  # fmt: skip
    looked = [
        counted("{{coder}}: {n} document coded", "{{coder}}: {n} documents coded",
                len(one.layer.coders)).format(coder=one.coder) for one in coders
    ]  # fmt: skip
    return Table(
        _("Codes: informants and passages that each coder found"), tuple(columns), tuple(rows),
        (
            *([coders[0].layer.notice] if coders[0].layer.notice else []),
            *_chosen_of(coders),
            "; ".join(looked),
            _("each of those whom this coder looked through for the code; coders read different "
              "documents, and what they found is never added up"),
            *_apart(coders, codes),
            _("passages depend on how finely the coder cuts"),
        ),
        tuple(listed.depth for listed in codes),
    )  # fmt: skip


def _chosen_of(coders: Sequence[Coded]) -> Iterator[str]:
    """Yield which passages are counted, once, and what each coder did not look for of it."""
    yield from coders[0].layer.chosen[:1]
    for one in coders:
        yield from (f"{one.coder}: {note}" for note in one.layer.chosen[1:])


def _apart(coders: Iterable[Coded], codes: Iterable[Listed]) -> Iterator[str]:
    """Yield what each coder found in no interview."""
    for one in coders:
        found = passages_apart(one.layer, (listed.code.id for listed in codes))
        yield from (f"{one.coder}: {note}" for note in found)


def cells_of(layer: Layer, places: Presence, code: str, how: Counting) -> Sequence[Cell]:
    """Return the passages and words of a code in what was looked through for it; else blanks.

    With those of the codes below it, what was looked through for any of them counts.
    """
    family = (code,) if how.rolled is None else layer.book.below(code)
    looked = layer.counted & places.joint.searched(family)
    if not looked:
        return unlooked(), unlooked()
    if how.rolled is not None:
        return how.rolled.get(code, (0, 0))
    own = [numbers for document, numbers in layer.standing.get(code, {}).items()
           if document in looked]  # fmt: skip
    return sum(passages for passages, _words in own), sum(words for _passages, words in own)


def passages_apart(layer: Layer, codes: Iterable[str]) -> tuple[str, ...]:
    """Return a sentence about the passages of some codes that are those of no interview."""
    number = sum(
        passages for code in codes
        for document, (passages, _words) in layer.standing.get(code, {}).items()
        if document not in layer.counted
    )  # fmt: skip
    return told_apart(number)


def told_apart(number: int) -> tuple[str, ...]:
    """Return a sentence about so many passages that are those of no interview; none about none."""
    if not number:
        return ()
    return (
        counted("passages and words are those of interviews; {n} passage in observation notes and "
                "documents is in no number of them",
                "passages and words are those of interviews; {n} passages in observation notes and "
                "documents are in no number of them", number),
    )  # fmt: skip


def _columns(layer: Layer, how: Counting, others: Iterable[str]) -> tuple[Column, ...]:
    own = how.rolled is None
    percent = Column("percent", "%", _("of informants"), numeric=True)
    whose = _("of participants, own") if own else _("of participants, united")
    if not layer.spoken():
        whose = _("own") if own else _("united")
    return (
        Column("code", _("code")),
        Column("cases", people(how.kind), _("of those looked through"), numeric=True),
        *([percent] if how.percent else []),
        Column("interviews", _("interviews"), _("of those looked through"), numeric=True),
        Column("passages", _("passages"), _("own") if own else _("united"), numeric=True),
        Column("words", _("words"), whose, numeric=True),
        *(also_in(kind) for kind in others),
    )  # fmt: skip


def people(kind: str) -> str:
    """Return what the cases of a kind are called in a heading."""
    return _("informants") if kind == INFORMANT else kind


def also_in(kind: str) -> Column:
    """Return the column that counts one kind of document apart from the interviews."""
    titles = {"observation": _("observation notes"), "document": _("documents")}
    return Column(kind, _("also in"), titles.get(kind, kind), numeric=True)


def kinds_apart(layer: Layer) -> tuple[str, ...]:
    """Return the kinds of document that are counted apart, of those that the layer has."""
    present = {document.kind for document in layer.documents}
    return tuple(kind for kind in ("observation", "document") if kind in present)


def _rules(
    layer: Layer, places: Presence, codes: Iterable[Listed], how: Counting
) -> tuple[str, ...]:
    listed = [one.code.id for one in codes]
    rules = [_("passages depend on how finely the coder cuts")]
    if any(one.depth for one in codes):
        rules.append(
            _("a code above others counts whom any of them counts; its passages and words are its "
              "own") if how.rolled is None
            else _("a code above others counts whom any of them counts; its passages and words are "
                   "those of all of them, united: what has several of them counts once")
        )  # fmt: skip
    own = _own_apart(layer, places, listed) if how.rolled is None else ()
    return (*gaps(layer, places, listed), *own, *passages_apart(layer, listed), *rules)


def _own_apart(layer: Layer, places: Presence, codes: Iterable[str]) -> Iterator[str]:
    """Yield which codes stand in what was looked through for one below them, not for themselves."""
    found = []
    for code in codes:
        here = layer.counted & layer.standing.get(code, {}).keys()
        stray = here & places.by_code[code].everywhere - places.joint.searched((code,))
        if stray:
            found.append(layer.book[code].name)
    if found:
        yield _("also given where only a code below was looked for: it is in the shares there, its "
                "own passages are not counted: {codes}").format(codes=shortened(found))  # fmt: skip


def share_of_cases(found: Found) -> Cell:
    """Return for how many cases a code stands, of those it was looked for in."""
    looked = len(found.cases_looked)
    return Share(len(found.cases), looked) if looked else unlooked()


def share_of_documents(found: Found, kind: str) -> Cell:
    """Return in how many documents of a kind a code stands, of those looked through for it."""
    looked = found.documents_looked.get(kind, ())
    return Share(len(found.documents.get(kind, ())), len(looked)) if looked else unlooked()


def percent_of(cell: Cell, *, always: bool) -> Cell:
    """Return a share as a percentage, a blank as it is."""
    return percentage(cell.k, cell.n, always=always) if isinstance(cell, Share) else cell


def unlooked() -> Blank:
    """Return the sign for what nobody looked for, which is not 0."""
    return Blank("·", _("not looked for: nobody there was looked through for this code"))
