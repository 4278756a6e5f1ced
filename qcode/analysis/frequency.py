"""How many informants speak of each code, in how many documents, in how many passages and words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from qcode.analysis.layer import Layer, said_of
from qcode.analysis.looking import Found, Presence, gaps, presence
from qcode.language import _
from qcode.model.case import INFORMANT
from qcode.model.codebook import Code, Codebook
from qcode.model.table import Blank, Cell, Column, Share, Table


@dataclass(frozen=True, slots=True)
class Listed:
    """A code as the row of a table, and how deep it stands in it."""

    code: Code
    depth: int

    @property
    def title(self) -> str:
        """Return the name, and whether the code is retired."""
        name = self.code.name
        return _("{code} (retired)").format(code=name) if self.code.retired else name


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
        listed.append(Listed(code, len(above)))
        above.append(depth)
    return tuple(listed)


def frequency(layer: Layer, chosen: Iterable[str] = (), kind: str = INFORMANT) -> Table:
    """Return how often each code was found, of what was looked through for it."""
    places = presence(layer, kind)
    passages: dict[str, int] = defaultdict(int)
    words: dict[str, int] = defaultdict(int)
    for tally in layer.tallies:
        if not tally.case:
            passages[tally.code] += tally.passages
            words[tally.code] += tally.words
    codes = listed_codes(layer.book, passages, chosen)
    others = kinds_apart(layer)
    rows = []
    for listed in codes:
        found = places.by_code[listed.code.id]
        looked = bool(found.documents_looked) or listed.code.id in passages
        own: tuple[Cell, ...] = (passages[listed.code.id], words[listed.code.id])
        rows.append((
            listed.title,
            share_of_cases(found),
            share_of_documents(found, "interview"),
            *(own if looked else (unlooked(), unlooked())),
            *(share_of_documents(found, kind) for kind in others),
        ))  # fmt: skip
    return Table(
        _("Codes: informants who speak of them and documents they stand in"),
        _columns(kind, others),
        tuple(rows),
        (*said_of(layer), *_rules(layer, places, codes)),
        tuple(listed.depth for listed in codes),
    )


def _columns(kind: str, others: Iterable[str]) -> tuple[Column, ...]:
    return (
        Column("code", _("code")),
        Column("cases", _people(kind), _("of those looked through"), numeric=True),
        Column("interviews", _("interviews"), _("of those looked through"), numeric=True),
        Column("passages", _("passages"), _("own"), numeric=True),
        Column("words", _("words"), _("of participants, own"), numeric=True),
        *(also_in(kind) for kind in others),
    )


def _people(kind: str) -> str:
    return _("informants") if kind == INFORMANT else kind


def also_in(kind: str) -> Column:
    """Return the column that counts one kind of document apart from the interviews."""
    titles = {"observation": _("observation notes"), "document": _("documents")}
    return Column(kind, _("also in"), titles.get(kind, kind), numeric=True)


def kinds_apart(layer: Layer) -> tuple[str, ...]:
    """Return the kinds of document that are counted apart, of those that the layer has."""
    present = {document.kind for document in layer.documents}
    return tuple(kind for kind in ("observation", "document") if kind in present)


def _rules(layer: Layer, places: Presence, codes: Iterable[Listed]) -> tuple[str, ...]:
    listed = [one.code.id for one in codes]
    rolled = [_("a code above others counts whom any of them counts; its passages and words are "
                "its own")]  # fmt: skip
    nested = any(one.depth for one in codes)
    return (*gaps(layer, places, listed), *(rolled if nested else ()))


def share_of_cases(found: Found) -> Cell:
    """Return for how many cases a code stands, of those it was looked for in."""
    looked = len(found.cases_looked)
    return Share(len(found.cases), looked) if looked else unlooked()


def share_of_documents(found: Found, kind: str) -> Cell:
    """Return in how many documents of a kind a code stands, of those looked through for it."""
    looked = found.documents_looked.get(kind, ())
    return Share(len(found.documents.get(kind, ())), len(looked)) if looked else unlooked()


def unlooked() -> Blank:
    """Return the sign for what nobody looked for, which is not 0."""
    return Blank("·", _("not looked for: nobody there was looked through for this code"))
