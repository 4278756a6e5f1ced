"""Finding the one thing that was meant by what was typed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypeVar

from qcode.errors import BadInput, NotFound
from qcode.language import _

Thing = TypeVar("Thing")
LISTED = 12
"""So many names are told where nothing is like what was typed."""
_SHORT = 4
"""So many letters make a short name, and a word that is compared for itself."""
_LEAST_SHORT, _LEAST = 75, 70
"""From which likeness names are offered, of 100 (rapidfuzz: 2 x letters in common / of both)."""
_PART = 0.9
"""What the likeness of one word counts beside that of whole names."""


def chosen(typed: str, things: Mapping[str, Thing], noun: str) -> Thing:
    """Return the thing of that name, without regard to case, or with a clear beginning of it.

    Raises NotFound with the nearest names, or those there are, and BadInput where several are
    meant.
    """
    wanted = typed.strip().casefold()
    if typed in things:
        return things[typed]
    for fits in (str.__eq__, str.startswith):
        found = [name for name in things if wanted and fits(name.casefold(), wanted)]
        if len(found) == 1:
            return things[found[0]]
        if found:
            raise BadInput(
                _("“{typed}” may mean several {noun}s: {names}").format(
                    typed=typed, noun=noun, names=listed(found[:8])
                )
            )
    near = nearest(typed, things)
    if near:
        raise NotFound(
            _("no {noun} “{typed}”; the nearest are: {names}").format(
                noun=noun, typed=typed, names=listed(near)
            )
        )
    raise NotFound(_unlike(typed, tuple(things), noun))


def _unlike(typed: str, names: tuple[str, ...], noun: str) -> str:
    """Return the sentence about a name that is like none: it tells what there is to choose from."""
    if not names:
        return _("no {noun} “{typed}”; there is none").format(noun=noun, typed=typed)
    told, more = listed(names[:LISTED]), len(names) - LISTED
    if more > 0:
        return _("no {noun} “{typed}”; there are: {names} and {more} more").format(
            noun=noun, typed=typed, names=told, more=more
        )
    return _("no {noun} “{typed}”; there are: {names}").format(noun=noun, typed=typed, names=told)


def listed(names: Iterable[str]) -> str:
    """Return names in a line; one with a comma in it stands in quotation marks."""
    return ", ".join(f"“{name}”" if "," in name else name for name in names)


def nearest(typed: str, names: Iterable[str], most: int = 3) -> tuple[str, ...]:
    """Return the names that look most like what was typed, or of which a word does.

    Two short names have letters in common by chance: of a short one more must be the same.
    """
    # It takes 4 MB and some milliseconds, and only a misspelt name needs it.
    from rapidfuzz.fuzz import ratio

    wanted = typed.casefold()
    least = _LEAST_SHORT if len(wanted) <= _SHORT else _LEAST

    def likeness(name: str) -> float:
        parts = (
            (one, word) for one in _long_words(wanted) for word in _long_words(name.casefold())
        )
        return max((ratio(wanted, name.casefold()), *(_PART * ratio(*pair) for pair in parts)))

    ranked = sorted(((likeness(name), name) for name in names), key=lambda one: -one[0])
    return tuple(name for score, name in ranked[:most] if score >= least)


def _long_words(name: str) -> list[str]:
    return [word for word in name.split() if len(word) >= _SHORT]
