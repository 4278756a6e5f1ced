"""One turn of a transcript repaired: its words, its speaker, where it begins and ends.

Each function gives the repaired transcript and the splices that lead to it, so that what stands on
words that were not touched stays there. The text remains what a person would have typed: a label
that changes is changed in the text, too.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from qcode.analysis import anchoring
from qcode.errors import Refused
from qcode.language import _
from qcode.model.document import Splice, Transcript, Turn

_NUMBER = r"[\s.-]?\d{1,4}"


@dataclass(frozen=True, slots=True)
class Repair:
    """A repaired transcript and the splices that lead to it."""

    transcript: Transcript
    splices: tuple[Splice, ...]


@dataclass(frozen=True, slots=True)
class _Edit:
    """Another text for ``[start, end)``."""

    start: int
    end: int
    text: str

    @property
    def splice(self) -> Splice:
        return Splice(self.start, self.end, len(self.text))

    @property
    def grown(self) -> int:
        """By how much the text becomes longer."""
        return len(self.text) - (self.end - self.start)


def bounds(transcript: Transcript, number: int) -> tuple[int, int]:
    """Return where the words of a turn begin and end, without the blanks around them.

    For a turn without words: where they would stand, twice.
    """
    turn = transcript.turns[number]
    words = transcript.text[turn.said : turn.end]
    if words.strip():
        start = turn.said + len(words) - len(words.lstrip())
        return start, start + len(words.strip())
    at = turn.start + len(transcript.text[turn.start : turn.end].rstrip())
    return at, at


def reword(transcript: Transcript, number: int, words: str) -> Repair:
    r"""Give a turn other words, several paragraphs if need be (``\n``); none are refused."""
    turn, (start, end) = transcript.turns[number], bounds(transcript, number)
    words = words.strip()
    if not words:
        raise Refused(_("a turn cannot be left without words; join it with another instead"))
    said = turn.said
    if start == end:
        said = start + (start > turn.start)
        words = " " * (said - start) + words
    edit = _Edit(start, end, words)
    found = tuple(
        Splice(start + one.start, start + one.end, one.length)
        for one in anchoring.splices(transcript.text[start:end], words)
    )
    new = replace(turn, said=said, end=turn.end + edit.grown)
    return _repaired(transcript, number, 1, (new,), edit, found)


def respeak(transcript: Transcript, number: int, label: str) -> Repair:
    """Give a turn another speaker, in its label too; a turn without a label gets one.

    Refused where nobody has a label: one alone would make nobody's all the other words.
    """
    turn = transcript.turns[number]
    if not transcript.speakers:
        raise Refused(
            _("nobody has a label in this document; put labels into the file and bring it in with "
              "“qcode documents update”")
        )  # fmt: skip
    if turn.speaker == label:
        raise Refused(_("these are the words of {label} already").format(label=label))
    head = transcript.text[turn.start : turn.said]
    place = _label_in(head, turn.speaker) if turn.speaker else None
    if place:
        edit = _Edit(turn.start + place[0], turn.start + place[1], label)
    else:
        blank = " " if head and not head[-1].isspace() else ""
        edit = _Edit(turn.said, turn.said, f"{blank}{label}: ")
    new = Turn(turn.start, turn.said + edit.grown, turn.end + edit.grown, label, turn.time)
    return _repaired(transcript, number, 1, (new,), edit)


def split(transcript: Transcript, at: int, label: str = "") -> Repair:
    """Let a new turn begin with the words at ``at``: of a speaker, by default whose turn it is."""
    number = transcript.turn_index(at)
    turn, (start, end) = transcript.turns[number], bounds(transcript, number)
    at = max(start, min(at, end))
    before, after = transcript.text[start:at], transcript.text[at:end]
    stop, go = start + len(before.rstrip()), end - len(after.lstrip())
    if not before.strip() or not after.strip():
        raise Refused(
            _("a turn is split between two of its words, and there is one side only here")
        )
    label = label or alternate(transcript, number)
    line_end = _line_end(transcript)
    head = _head_of(transcript, number, label) if label else ""
    edit = _Edit(stop, go, line_end + head)
    edge = stop + len(line_end)
    new = (
        replace(turn, end=edge),
        Turn(edge, edge + len(head), turn.end + edit.grown, label),
    )
    return _repaired(transcript, number, 1, new, edit)


def join(transcript: Transcript, number: int) -> Repair:
    """Let a turn go on with the words of the next one, whose label goes from the text."""
    if number + 1 >= len(transcript.turns):
        raise Refused(_("this is the last turn; there is none to join it with"))
    turn, other = transcript.turns[number], transcript.turns[number + 1]
    (start, end), (first, last) = bounds(transcript, number), bounds(transcript, number + 1)
    if first == last:
        edit = _Edit(other.start, other.end, "")
    elif start == end:
        edit = _Edit(turn.said, first, "")
    else:
        edit = _Edit(end, first, " ")
    new = replace(turn, end=other.end + edit.grown)
    return _repaired(transcript, number, 2, (new,), edit)


def alternate(transcript: Transcript, number: int) -> str:
    """Return who speaks by turns with the speaker of a turn: the one before him, else after him.

    Nobody where nobody speaks; himself where nobody else does.
    """
    own = transcript.turns[number].speaker
    around = (*transcript.turns[:number][::-1], *transcript.turns[number:])
    others = (turn.speaker for turn in around if turn.speaker and turn.speaker != own)
    return next(others, own) if own else ""


def _repaired(
    transcript: Transcript, number: int, taken: int, turns: tuple[Turn, ...], edit: _Edit,
    splices: tuple[Splice, ...] = (),
) -> Repair:  # fmt: skip
    """Put turns in the place of as many as were ``taken``, and move those that follow."""
    text = transcript.text[: edit.start] + edit.text + transcript.text[edit.end :]
    rest = (
        replace(
            turn, start=turn.start + edit.grown, said=turn.said + edit.grown,
            end=turn.end + edit.grown,
        )
        for turn in transcript.turns[number + taken :]
    )  # fmt: skip
    whole = (*transcript.turns[:number], *turns, *rest)
    if edit.text != transcript.text[edit.start : edit.end]:
        splices = splices or (edit.splice,)
    return Repair(Transcript(text, whole), splices)


def _label_in(head: str, label: str) -> tuple[int, int] | None:
    """Return where a label stands before the words; a number that counts turns is left out."""
    word = rf"(?<!\w){re.escape(label)}"
    found = re.search(rf"{word}(?!\w)", head) or re.search(rf"{word}(?={_NUMBER}(?!\w))", head)
    return found.span() if found else None


def _head_of(transcript: Transcript, number: int, label: str) -> str:
    """Return a label as this transcript writes it: as before the nearest turn of that speaker.

    If it has none, as before the nearest turn of another; a time stamp or number is left out.
    """
    near = sorted(range(len(transcript.turns)), key=lambda one: abs(one - number))
    for one in sorted(near, key=lambda one: transcript.turns[one].speaker != label):
        turn = transcript.turns[one]
        head = transcript.text[turn.start : turn.said]
        if turn.time:
            stamp = rf"\s?[\[({{<#]?[ \t]?{re.escape(turn.time)}[ \t]?[\])}}>#]?"
            head = re.sub(stamp, "", head, count=1)
        head = head.lstrip()
        place = _label_in(head, turn.speaker) if turn.speaker else None
        if place and (head[-1].isspace() or place[1] < len(head)):
            return head[: place[0]] + label + re.sub(rf"^{_NUMBER}", "", head[place[1] :])
    return f"{label}: "


def _line_end(transcript: Transcript) -> str:
    """Return what ends most turns: one or several line ends."""
    ends: Counter[str] = Counter()
    for turn in transcript.turns:
        blank = transcript.text[len(transcript.text[: turn.end].rstrip()) : turn.end]
        if "\n" in blank:
            ends[blank] += 1
    return ends.most_common(1)[0][0] if ends else "\n"


@dataclass(frozen=True, slots=True)
class Place:
    """What became of some words: the turn in which they stand now, and how they read before."""

    turn: int
    before: str
    after: str


def places(old: Transcript, repair: Repair, around: int) -> Iterator[Place]:
    """Yield what was changed, turn by turn, with as many words ``around`` as stand in the turn."""
    new = repair.transcript
    shift = 0
    groups: dict[int, list[tuple[int, int, int, int]]] = {}
    for one in repair.splices:
        start = one.start + shift
        where = (one.start, one.end, start, start + one.length)
        groups.setdefault(old.turn_index(one.start), []).append(where)
        shift += one.length - (one.end - one.start)
    for some in groups.values():
        (first, _end, low, _high), (_first, last, _low, high) = some[0], some[-1]
        yield Place(
            new.turn_index(low), _around(old, first, last, around), _around(new, low, high, around)
        )


def _around(transcript: Transcript, start: int, end: int, words: int) -> str:
    """Return words with some before and after them, from the turns they stand in."""
    turns = transcript.turns
    least = turns[transcript.turn_index(start)].start if turns else 0
    most = turns[transcript.turn_index(max(start, end - 1))].end if turns else 0
    before, after = transcript.text[least:start], transcript.text[end:most]
    left = re.search(rf"(?:\S+\s*){{0,{words}}}$", before)
    right = re.match(rf"\S*(?:\s+\S+){{0,{words}}}", after)
    ahead, behind = (left[0] if left else ""), (right[0] if right else "")
    return (
        ("… " if len(ahead.strip()) < len(before.strip()) else "")
        + (ahead + transcript.text[start:end] + behind).strip()
        + (" …" if len(behind.strip()) < len(after.strip()) else "")
    )
