"""Type what two coders of the sample disagree on, from the definitions and without the program."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from tests.content.villages import rows, transcript

Place = tuple[int, int]
SARI, BIMA = "sari", "bima"


@dataclass(frozen=True, order=True)
class Item:
    """A place that one or both of the coders marked; an empty code is a coder who left it."""

    document: str
    kind: str
    sari: str
    bima: str
    places: tuple[tuple[Place, ...], tuple[Place, ...]]

    @property
    def hull(self) -> Place:
        """From the first character that either marked to the last."""
        both = self.places[0] + self.places[1]
        return min(start for start, _end in both), max(end for _start, end in both)


@dataclass(frozen=True)
class Left:
    """A segment that the other coder has not with the same code."""

    code: str
    place: Place


@cache
def double_coded() -> tuple[str, ...]:
    """Return the documents that both coders finished."""
    return tuple(
        row["name"]
        for row in rows("documents.csv")
        if set(row["finished"].split(" | ")) == {SARI, BIMA}
    )


@cache
def segments(document: str, coder: str) -> dict[str, tuple[Place, ...]]:
    """Return the places of each code, those that overlap or touch as one."""
    marked: dict[str, list[Place]] = {}
    for row in rows("codings.csv"):
        if (row["document"], row["coder"]) == (document, coder):
            marked.setdefault(row["code"], []).append((int(row["start"]), int(row["end"])))
    return {code: tuple(_united(places)) for code, places in marked.items()}


def _united(places: list[Place]) -> Iterator[Place]:
    start, end = min(places)
    for low, high in sorted(places):
        if low > end:
            yield start, end
            start, end = low, high
        end = max(end, high)
    yield start, end


def overlap(one: Place, other: Place) -> int:
    return min(one[1], other[1]) - max(one[0], other[0])


@cache
def items(document: str) -> tuple[Item, ...]:
    """Return agreements and disagreements of a document, each with its type."""
    found: list[Item] = []
    left: tuple[list[Left], list[Left]] = ([], [])
    sari, bima = segments(document, SARI), segments(document, BIMA)
    for code in sorted({*sari, *bima}):
        for places in _joined(sari.get(code, ()), bima.get(code, ())):
            if all(places):
                found.append(Item(document, _same(document, places), code, code, places))
            else:
                for rest, own in zip(left, places, strict=True):
                    rest.extend(Left(code, place) for place in own)
    found += _paired(document, left, "level", _related)
    found += _paired(document, left, "different", lambda _one, _other: True)
    found += (Item(document, "missed by bima", one.code, "", ((one.place,), ())) for one in left[0])
    found += (Item(document, "missed by sari", "", one.code, ((), (one.place,))) for one in left[1])
    return tuple(found)


def _joined(
    sari: Sequence[Place], bima: Sequence[Place]
) -> Iterator[tuple[tuple[Place, ...], tuple[Place, ...]]]:
    """Yield the groups of places of one code that hang together by overlapping."""
    marked = sorted([(place, 0) for place in sari] + [(place, 1) for place in bima])
    group: tuple[list[Place], list[Place]] = ([], [])
    reached = 0
    for place, side in marked:
        if place[0] >= reached and any(group):
            yield tuple(group[0]), tuple(group[1])
            group = ([], [])
        group[side].append(place)
        reached = max(reached, place[1])
    if any(group):
        yield tuple(group[0]), tuple(group[1])


def _same(document: str, places: tuple[tuple[Place, ...], tuple[Place, ...]]) -> str:
    if any(len(side) > 1 for side in places):
        return "cut"
    text = transcript(document).text
    bare = [
        [letter for letter in text[start:end] if letter.isalnum()]
        for ((start, end),) in places
    ]  # fmt: skip
    return "agree" if bare[0] == bare[1] else "boundary"


def _related(one: str, other: str) -> bool:
    return one.startswith(f"{other}/") or other.startswith(f"{one}/")


def _paired(
    document: str,
    left: tuple[list[Left], list[Left]],
    kind: str,
    fits: Callable[[str, str], bool],
) -> list[Item]:
    """Take from what is left the pairs that overlap, the longest overlap first."""
    pairs = [
        (overlap(one.place, other.place), one, other)
        for one in left[0]
        for other in left[1]
        if overlap(one.place, other.place) > 0 and fits(one.code, other.code)
    ]
    found = []
    for _length, one, other in sorted(pairs, key=lambda pair: -pair[0]):
        if one in left[0] and other in left[1]:
            left[0].remove(one)
            left[1].remove(other)
            found.append(Item(document, kind, one.code, other.code, ((one.place,), (other.place,))))
    return found


@cache
def turns(document: str, *, asked: bool = False) -> tuple[Place, ...]:
    """Return where informants and their guests speak, or where the interviewer does."""
    asks = {
        row["label"]
        for row in rows("speakers.csv")
        if (row["document"], row["kind"]) == (document, "interviewer")
    }
    return tuple(
        (turn.said, turn.end)
        for turn in transcript(document).turns
        if turn.speaker and (turn.speaker in asks) is asked
    )


def has_words(document: str, one: Place, other: Place) -> bool:
    """Tell whether two places share more than white space."""
    start, end = max(one[0], other[0]), min(one[1], other[1])
    return bool(transcript(document).text[start : max(start, end)].strip())


def presence(documents: Sequence[str], code: str) -> list[tuple[bool, bool]]:
    """Return for every participant's turn whether each coder has a code, or a finer one, there."""
    return [
        (_present(name, SARI, code, turn), _present(name, BIMA, code, turn))
        for name in documents
        for turn in turns(name)
    ]


def _present(document: str, coder: str, code: str, turn: Place) -> bool:
    return any(
        has_words(document, place, turn)
        for path, places in segments(document, coder).items()
        if f"{path}/".startswith(f"{code}/")
        for place in places
    )


def disagreed(units: Sequence[tuple[bool, bool]]) -> tuple[float, float]:
    """Return observed and expected disagreement of two coders who say yes or no."""
    values = [value for unit in units for value in unit]
    yes, number = sum(values), len(values)
    observed = sum(one != other for one, other in units) / len(units)
    return observed, 2 * yes * (number - yes) / (number * (number - 1))


def alpha(documents: Sequence[str], *codes: str) -> float:
    """Return Krippendorff's alpha, pooled over codes where there are several."""
    parts = [disagreed(presence(documents, code)) for code in codes]
    return 1 - sum(part[0] for part in parts) / sum(part[1] for part in parts)
