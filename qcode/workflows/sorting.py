"""Splitting a code by sorting its passages: what is to be sorted, and each thing that is done."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from qcode.errors import BadInput, NotFound, Refused
from qcode.formats.tabular import read_rows
from qcode.language import _, counted
from qcode.model.codebook import Code, Codebook, checked_name
from qcode.model.filter import Filter
from qcode.model.table import Column, Table
from qcode.store import codebook, coders, codings, history, piles
from qcode.store.piles import Pile
from qcode.store.project import Reader, Step
from qcode.workflows import cards
from qcode.workflows.addresses import coding_at
from qcode.workflows.cards import Card
from qcode.workflows.history import turned
from qcode.workflows.retrieving import Shelf
from qcode.workflows.telling import told

MOST = 9
"""New codes that have a digit."""


@dataclass(frozen=True, slots=True)
class Sorting:
    """A code that is being split: its passages, sorted ones too, and the codes they may go to."""

    pile: str
    """Id of the pile that this coder has begun and not ended, or nothing."""
    code: Code
    book: Codebook
    targets: tuple[Code, ...]
    """The codes below the one that is split, the first MOST of them, by digit."""
    cards: tuple[Card, ...]
    unused: int
    """Passages that are not to be used, and therefore not shown."""
    lost: int
    """Passages without a place in the text."""
    others: Mapping[tuple[str, str], int] = field(default_factory=dict)
    """How many further codings the codes below have, by code and coder."""
    stayed: frozenset[str] = frozenset()
    """Codings of passages that were left with the code that is split."""

    def waits(self, card: Card) -> bool:
        """Tell whether nothing was decided about a passage yet."""
        return card.code == self.code.id and card.coding not in self.stayed

    @property
    def sorted(self) -> int:
        """How many passages are no longer with the code that is split."""
        return sum(card.code != self.code.id for card in self.cards)

    def counts(self, coder: str = "") -> Mapping[str, int]:
        """Return how many codings each code has now: everyone's, or one coder's."""
        found = Counter(card.code for card in self.cards if coder in ("", card.by))
        for (code, who), number in self.others.items():
            found[code] += number if coder in ("", who) else 0
        return found


def read(connection: Reader, code: str, coder: str) -> Sorting:
    """Return what a coder sorts who splits a code, where he stopped if he began.

    Raises NotFound where the code is gone, and Refused where nobody may give it.
    """
    shelf = Shelf(connection)
    found = _offered(shelf.book, code)
    pile = open_pile(connection, code, coder)
    dealt = cards.of_codes(shelf, [code], pile.sorted if pile else ())
    below = targets(shelf.book, code)
    return Sorting(
        pile.id if pile else "", found, shelf.book, below, tuple(dealt.cards),
        dealt.unused, dealt.lost, _others(shelf, below, {card.coding for card in dealt.cards}),
        pile.stayed if pile else frozenset(),
    )  # fmt: skip


def _others(
    shelf: Shelf, below: Iterable[Code], known: Collection[str]
) -> Mapping[tuple[str, str], int]:
    """Count the codings of some codes by code and coder, but for those that are known."""
    wanted = {code.id for code in below}
    if not wanted:
        return {}
    asked = Filter(codes=tuple(wanted), coders=tuple(shelf.coders))
    found = codings.listed(shelf.connection, asked, shelf.book)
    return Counter(
        (end, one.coder) for one in found
        if (end := shelf.book.end(one.code)) in wanted and one.id not in known
    )  # fmt: skip


def _offered(book: Codebook, code: str) -> Code:
    if code not in book.codes:
        raise NotFound(_("this code is no longer there"))
    if not book.offered(book[code]):
        raise Refused(_("“{name}” is retired or merged").format(name=book[code].name))
    return book[code]


def targets(book: Codebook, code: str) -> tuple[Code, ...]:
    """Return the codes that passages of a code may be sorted to: those right below it."""
    return tuple(one for one in book.children(code) if not one.retired)[:MOST]


def open_pile(connection: Reader, code: str, coder: str) -> Pile | None:
    """Return the pile of a code that a coder began last, unless it is ended or undone."""
    own = [one for one in piles.listed(connection, code) if one.coder == coder]
    last = own[-1] if own else None
    return None if last is None or last.ended or last.undone else last


def mark(step: Step, code: str) -> tuple[str, str]:
    """Return what is noted with every change: the coder's open pile of a code, or a new one."""
    pile = open_pile(step.connection, code, step.coder)
    return pile.id if pile else step.mint(), code


def split(step: Step, code: str, typed: Iterable[str]) -> tuple[str, ...]:
    """Make codes below one that is split, and return their ids."""
    book = codebook.read(step.connection)
    _offered(book, code)
    names = list(dict.fromkeys(checked_name(" ".join(name.split())) for name in typed))
    if len(targets(book, code)) + len(names) > MOST:
        raise Refused(
            _("a code is split into at most {most}; split one of them further").format(most=MOST)
        )
    return piles.split(step, mark(step, code), names)


def sort(step: Step, code: str, coding: str, to: str, pile: str = "") -> str:
    """Give a passage to one of the codes below, or leave it with the one that is split.

    ``pile`` is the coder's open pile where that is known; return it. Refused where somebody took it out of the pile or gave it another code meanwhile.
    """
    book = codebook.read(step.connection)
    allowed = {code, *(one.id for one in targets(book, code))}
    found = codings.one(step.connection, coding)
    if to not in allowed or book.end(found.code) not in allowed or found.retired:
        raise Refused(_("This passage or code was changed meanwhile; nothing was written."))
    noted = (pile, code) if pile else mark(step, code)
    if to == code == book.end(found.code):
        piles.keep(step, noted, coding)
    else:
        piles.sort(step, noted, coding, to)
    return noted[0]


def end(step: Step, code: str, *, new_meaning: bool) -> None:
    """End the sorting: the code that was split has a new meaning, or the one it had."""
    if open_pile(step.connection, code, step.coder) is None:
        raise Refused(_("Nothing was sorted here."))
    piles.end(step, mark(step, code), new_meaning=new_meaning)


def turn_last(step: Step, code: str, *, undone: bool) -> tuple[str, str]:
    """Undo the coder's last step, or do again what he undid last, if it was about this pile.

    Return the coding that it gave a code, if any, and what it was.
    """
    find = history.last_done if undone else history.last_undone
    done = find(step.connection, step.coder)
    if done is None:
        raise Refused(_("There is nothing of yours to undo here, or to do again."))
    if not any(done.id in pile.steps for pile in piles.listed(step.connection, code)):
        raise Refused(_("The last step was “{step}”: that is not undone here.").format(
            step=told(done)))  # fmt: skip
    coding = next(iter(history.touched_by(step.connection, done.id).get("coding", ())), "")
    return coding, turned(step, undone=undone)


def undo_last(step: Step, code: str) -> tuple[str, str]:
    """Undo the whole pile that a coder made of a code last; return nothing and what was undone."""
    own = [
        one for one in piles.listed(step.connection, code)
        if one.coder == step.coder and not one.undone
    ]  # fmt: skip
    if not own:
        raise Refused(_("There is no pile of yours to undo here."))
    kept = piles.turn(step, own[-1], undone=True)
    said = counted("Undone: {n} passage is where it was.", "Undone: {n} passages are where they "
                   "were.", len(own[-1].sorted))  # fmt: skip
    stays = counted("{n} step stays: later work stands on it.",
                    "{n} steps stay: later work stands on them.", kept)  # fmt: skip
    return "", f"{said} {stays}" if kept else said


def unpile(step: Step, typed: str, *, undone: bool) -> tuple[Pile, int]:
    """Undo all of one's pile in one step, or do it again; return it and the steps that stay.

    ``typed`` is an id or its last digits.
    """
    named = [
        one for one in piles.listed(step.connection) if one.id.endswith(typed.casefold() or "-")
    ]
    if len(named) != 1:
        raise NotFound(
            _("no pile “{typed}”; “qcode codebook piles” lists them").format(typed=typed)
        )
    (pile,) = named
    if pile.coder != step.coder:
        name = coders.names(step.connection).get(pile.coder, "?")
        raise Refused(_("this pile is {coder}'s, who alone undoes it").format(coder=name))
    return pile, piles.turn(step, pile, undone=undone)


# -- from the command line ---------------------------------------------------------------------


def moves_of(file: Path) -> list[tuple[str, str]]:
    """Read addresses of codings with the names of the codes they go to."""
    found = []
    for row in read_rows(file):
        for column in ("address", "child"):
            if not row.values.get(column, "").strip():
                raise BadInput(_("the columns are address and child; one of them is empty"),
                               file=str(file), line=row.line, field=column)  # fmt: skip
        found.append((row.values["address"].strip(), row.values["child"].strip()))
    return found


@dataclass(frozen=True, slots=True)
class Split:
    """What a split from the command line did: the path of the code, and how much came of it."""

    path: str
    made: int
    moved: int


def split_at_once(
    step: Step, typed: str, into: Sequence[str], moves: Sequence[tuple[str, str]], *,
    new_meaning: bool, reason: str = "",
) -> Split:  # fmt: skip
    """Split a code into new ones below it and recode some of its codings, as one step."""
    code = codebook.read(step.connection).find(typed).id
    mark = step.mint(), code
    known = _by_name(step.connection, code)
    new = [name for name in dict.fromkeys(into) if name.casefold() not in known]
    piles.split(step, mark, map(checked_name, new), reason=reason)
    book = codebook.read(step.connection)
    known = _by_name(step.connection, code)
    for address, name in moves:
        coding = codings.one(step.connection, coding_at(step.connection, address))
        if book.end(coding.code) != code:
            raise Refused(_("{address} is not coded with “{name}”").format(
                address=address, name=book[code].name))  # fmt: skip
        if name.casefold() not in known:
            raise NotFound(_("“{name}” is none of the codes below; name it with --into").format(
                name=name))  # fmt: skip
        piles.sort(step, mark, coding.id, known[name.casefold()])
    piles.end(step, mark, new_meaning=new_meaning, reason=reason)
    return Split(book.path(code), len(new), len(moves))


def _by_name(connection: Reader, code: str) -> Mapping[str, str]:
    book = codebook.read(connection)
    return {one.name.casefold(): one.id for one in book.children(code) if not one.retired}


def piles_table(connection: Reader, when: Callable[[int], str]) -> Table:
    """Return everyone's piles, newest first; ``when`` tells milliseconds since 1970 UTC."""
    book, names = codebook.read(connection), coders.names(connection)
    columns = (
        Column("pile", _("pile")),
        Column("when", _("begun")),
        Column("coder", _("coder")),
        Column("code", _("code")),
        Column("into", _("into")),
        Column("sorted", _("sorted"), _("codings"), numeric=True),
        Column("state", _("state")),
    )
    rows = tuple(
        (
            number(pile), when(pile.begun), names.get(pile.coder, "?"),
            book.path(pile.code) if pile.code in book.codes else "?",
            ", ".join(book[id].name for id in pile.made if id in book.codes),
            len(pile.sorted), _state(pile),
        )
        for pile in reversed(piles.listed(connection))
    )  # fmt: skip
    return Table(_("Piles"), columns, rows)


def number(pile: Pile) -> str:
    """Return how a pile is typed: the last digits of its id."""
    return pile.id[-6:]


def _state(pile: Pile) -> str:
    return _("undone") if pile.undone else _("ended") if pile.ended else _("open")
