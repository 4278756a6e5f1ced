"""Writing a story: putting pieces into it, moving them, beginning with an outline."""

from __future__ import annotations

from collections.abc import Iterable

from qcode.errors import BadInput, Refused
from qcode.language import _, counted
from qcode.model.case import Case
from qcode.model.filter import Filter
from qcode.model.narrative import PASSAGE, Piece
from qcode.store import codings, narratives
from qcode.store.narratives import NewPiece
from qcode.store.project import Reader, Step
from qcode.workflows.addresses import coding_at
from qcode.workflows.choosing import resolved_for
from qcode.workflows.narrative import outline
from qcode.workflows.retrieving import Shelf


def begin(step: Step, case: Case, asked: Filter | None = None) -> int:
    """Write the outline as the story of a case that has none; return how many pieces it has.

    Of the passages that a filter of names means, or of all.
    """
    if narratives.listed(step.connection, case.id):
        raise Refused(_("“{case}” has a story; an outline is to begin with").format(case=case.name))
    new = outline(step.connection, case, resolved_for(step.connection, asked or Filter(), case))
    if not new:
        raise Refused(_("“{case}” has no passages that may be quoted yet").format(case=case.name))
    return len(narratives.add(step, case.id, new))


def put(step: Step, case: Case, new: NewPiece, after: str | None = None) -> str:
    """Put a piece behind another one (empty: before all; None: at the end); return its id.

    Refused where the passage stands in the story already, or is not the case's.
    """
    there = narratives.listed(step.connection, case.id)
    if new.coding:
        for number, one in enumerate(there, start=1):
            if one.coding == new.coding:
                raise Refused(_("this passage stands in the story: piece {n}").format(n=number))
    if after is None:
        after = there[-1].id if there else ""
    (id,) = narratives.add(step, case.id, [new], after)
    return id


def drop(step: Step, case: Case, address: str, after: str | None = None) -> str:
    """Put the passage at an address into the story of a case it counts for; return the piece."""
    coding = codings.one(step.connection, coding_at(step.connection, address))
    if coding.retired:
        raise Refused(_("{address} is no longer coded").format(address=address))
    if coding.fit == "lost":
        raise Refused(_("this coding needs a place and cannot be quoted"))
    shelf = Shelf(step.connection)
    page = shelf.page(coding.document)
    if case.id not in {one.id for one in shelf.passage(page, coding).cases}:
        raise Refused(
            _("{address} does not count for “{case}”, who says no word of it").format(
                address=address, case=case.name
            )
        )
    return put(step, case, NewPiece(PASSAGE, coding=coding.id), after)


def numbered(connection: Reader, case: Case, number: int) -> Piece:
    """Return the piece of this number, from 1."""
    there = narratives.listed(connection, case.id)
    if not 1 <= number <= len(there):
        raise BadInput(
            counted("the story of “{{case}}” has {n} piece; piece {{number}} is none of them",
                    "the story of “{{case}}” has {n} pieces; piece {{number}} is none of them",
                    len(there)).format(case=case.name, number=number)
        )  # fmt: skip
    return there[number - 1]


def after(connection: Reader, case: Case, number: int | None) -> str | None:
    """Return the id of the piece of a number as ``put`` takes it: 0 is before all, None the end."""
    if number is None:
        return None
    return numbered(connection, case, number).id if number else ""


def move(step: Step, case: Case, number: int, to: int) -> None:
    """Give a piece another number in its story."""
    piece = numbered(step.connection, case, number)
    numbered(step.connection, case, to)
    rest = [one.id for one in narratives.listed(step.connection, case.id) if one.id != piece.id]
    narratives.move(step, piece.id, rest[to - 2] if to > 1 else "")


def rewrite(step: Step, case: Case, number: int, text: str) -> None:
    """Give a heading or sentence another text."""
    piece = numbered(step.connection, case, number)
    if piece.kind == PASSAGE:
        raise Refused(_("piece {n} is a passage: its words are the participant's").format(n=number))
    narratives.rewrite(step, piece.id, text)


def remove(step: Step, case: Case, numbers: Iterable[int]) -> int:
    """Take pieces out of their story; return how many."""
    ids = {numbered(step.connection, case, number).id for number in numbers}
    narratives.retire(step, sorted(ids))
    return len(ids)
