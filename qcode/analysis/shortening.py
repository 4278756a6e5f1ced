"""Shortening a quotation: words are left out and marked, never changed.

Words are counted over all that is said in a passage, without labels; blanks part them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate

from qcode.errors import BadInput
from qcode.language import _
from qcode.model.document import Transcript
from qcode.model.quotation import CUT, Cut
from qcode.model.span import Span

_WORD = re.compile(r"\S+")
_MARK = re.compile(r"\[(?:\.\.\.|…)\]")
_NEVER = 1_000_000_000


def said_in(transcript: Transcript, span: Span) -> tuple[Span, ...]:
    """Return what is said in a passage, one stretch a turn; labels are nobody's words."""
    found = []
    for turn in transcript.turns_in(span):
        start, end = max(span.start, turn.said), min(span.end, turn.end)
        if start < end and not transcript.text[start:end].isspace():
            found.append(Span(start, end))
    return tuple(found)


def words_of(text: str, said: Iterable[Span]) -> tuple[Span, ...]:
    """Return where each word of some stretches stands in the text."""
    return tuple(
        Span(*found.span()) for one in said for found in _WORD.finditer(text, one.start, one.end)
    )


def checked(cuts: Iterable[Cut], words: int) -> tuple[Cut, ...]:
    """Return cuts in order, joined where they touch; refuse what is not there, or all of it."""
    found: list[Cut] = []
    for cut in sorted(cuts):
        if not 0 <= cut.start < cut.end <= words:
            raise BadInput(
                _("the passage has {n} words; {first}-{last} are not among them").format(
                    n=words, first=cut.start + 1, last=cut.end
                )
            )
        if found and cut.start <= found[-1].end:
            found[-1] = Cut(found[-1].start, max(cut.end, found[-1].end))
        else:
            found.append(cut)
    if sum(cut.end - cut.start for cut in found) == words:
        raise BadInput(_("some words must be left of a quotation"))
    return tuple(found)


def kept(words: int, cuts: Iterable[Cut]) -> list[bool]:
    """Return of each word whether it is quoted."""
    stays = [True] * words
    for cut in cuts:
        stays[cut.start : cut.end] = [False] * (cut.end - cut.start)
    return stays


def cuts_of(words: Sequence[str], typed: str, labels: Iterable[str] = ()) -> tuple[Cut, ...]:
    """Return what was left out of words, given what was typed to stay of them.

    Marks may stand where words are left out, and need not. Where words could be left out in
    several ways, as few stretches as can be are. Raises BadInput where the typed words are not
    the words themselves, in their order; ``labels`` at the start of its lines are not meant.
    """
    for text in (typed, _unlabelled(typed, labels)):
        wanted = _MARK.sub(" ", text).split()
        if not wanted:
            continue
        places = _aligned(words, wanted)
        if places is not None:
            return checked(_gaps(places, len(words)), len(words))
    if not _MARK.sub(" ", typed).split():
        raise BadInput(_("some words must be left of a quotation"))
    raise BadInput(
        _("a quotation is shortened by leaving words out; what was typed has other words than the "
          "passage, or another order")
    )  # fmt: skip


def _unlabelled(typed: str, labels: Iterable[str]) -> str:
    heads = tuple(f"{label}:" for label in labels if label)
    lines = []
    for line in typed.split("\n"):
        head = next((one for one in heads if line.startswith(one)), "")
        lines.append(line[len(head) :])
    return "\n".join(lines)


def _gaps(places: Sequence[int], words: int) -> Iterator[Cut]:
    for before, after in zip([-1, *places], [*places, words], strict=True):
        if after > before + 1:
            yield Cut(before + 1, after)


def _aligned(words: Sequence[str], wanted: Sequence[str]) -> list[int] | None:
    """Return at which words those that are wanted stand, with the fewest gaps; None if nowhere."""
    number = len(words)
    # costs[i][j]: fewest gaps before and among the first i + 1 wanted words if the last is word j.
    costs: list[list[int]] = []
    before = [0] + [1] * number  # best up to before word j, where nothing was wanted yet
    last: list[int] = [0] + [_NEVER] * number  # cost of having ended exactly before word j
    for one in wanted:
        row = [
            min(last[at], before[at] + 1 if costs else before[at]) if words[at] == one else _NEVER
            for at in range(number)
        ]
        costs.append(row)
        before = [_NEVER, *accumulate(row, min)]
        last = [_NEVER, *row]
    ends = [cost + (at + 1 < number) for at, cost in enumerate(costs[-1])]
    if min(ends, default=_NEVER) >= _NEVER:
        return None
    return _traced(costs, ends.index(min(ends)))


def _traced(costs: Sequence[Sequence[int]], end: int) -> list[int]:
    """Return the way that leads to a last word at the lowest cost."""
    places = [end]
    for row, before in zip(reversed(costs[1:]), reversed(costs[:-1]), strict=True):
        at = places[-1]
        if at and before[at - 1] == row[at]:
            places.append(at - 1)
        else:
            places.append(next(j for j in range(at) if before[j] + 1 == row[at]))
    return places[::-1]


def shortened(text: str, said: Sequence[Span], cuts: Iterable[Cut]) -> tuple[tuple[int, str], ...]:
    """Return what stays of each stretch, by its number, with a mark where words are left out.

    A stretch that is left out whole is a mark of its own, unless one stands beside it already.
    """
    words = [words_of(text, [one]) for one in said]
    stays = kept(sum(map(len, words)), cuts)
    parts: list[tuple[int, str]] = []
    at = 0
    for number, own in enumerate(words):
        part = _marked(text, own, stays[at : at + len(own)])
        at += len(own)
        if part == CUT and parts and parts[-1][1].endswith(CUT):
            continue
        if parts and parts[-1][1] == CUT and part.startswith(CUT):
            parts.pop()
        parts.append((number, part))
    return tuple(parts)


def _marked(text: str, words: Sequence[Span], stays: Sequence[bool]) -> str:
    """Return the words of one stretch that stay, with the blanks between them, and marks."""
    pieces: list[str] = []
    edge = -1
    for word, stay in zip(words, stays, strict=True):
        if not stay:
            if not pieces or pieces[-1] != CUT:
                pieces.append(CUT)
            edge = -1
        elif edge < 0:
            pieces.append(text[word.start : word.end])
            edge = word.start
        else:
            pieces[-1] = text[edge : word.end]
    return " ".join(pieces)
