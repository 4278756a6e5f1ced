"""Piles: splitting a code by going through its passages, each step of which can be told later.

A pile is nothing but its steps: every change that it makes to a code or a coding carries
``pile = [id of the pile, id of the code that is split]``. Each step is undone like any other, and
the pile as a whole by undoing them all.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from sqlalchemy import Connection, select

from qcode.errors import Refused
from qcode.language import _
from qcode.model.codebook import Code
from qcode.store import codebook, codings, folding, history, log, schema, veil
from qcode.store.log import UNDO, Edit
from qcode.store.project import Step

SPLIT, SORT, END = "split code", "sort passage", "end pile"
"""Verbs: new codes below the one that is split; a passage is given one; what is left means."""
VERBS = (SPLIT, SORT, END)


@dataclass(slots=True)
class Pile:
    """What was done to split one code; steps and rows in the order in which they came."""

    id: str
    code: str
    coder: str
    begun: int
    """Milliseconds since 1970 UTC."""
    steps: dict[str, bool] = field(default_factory=dict)
    """Steps with whether they are undone."""
    making: set[str] = field(default_factory=set)
    """Those of them that make codes, undone ones too."""
    made: dict[str, None] = field(default_factory=dict)
    """Codes made by steps that stand."""
    sorted: dict[str, str] = field(default_factory=dict)
    """Codings with the code they were given last by steps that stand."""
    stayed: frozenset[str] = frozenset()
    """Codings that were left, or put back, with the code that is split."""
    ended: bool = False

    @property
    def undone(self) -> bool:
        """Tell whether nothing of it stands."""
        return all(self.steps.values())


def listed(connection: Connection, code: str = "") -> tuple[Pile, ...]:
    """Return the piles of one code, or all, in the order in which they were begun."""
    change, step = schema.change, schema.step
    query = (
        select(change.c.entity, change.c.row, change.c.new, change.c.data, change.c.at,
               change.c.actor, change.c.step, change.c.verb, step.c.undone)
        .join(step, step.c.id == change.c.step)
        .where(step.c.verb.in_(VERBS), change.c.data.is_not(None))
        .order_by(change.c.hlc, change.c.id)
    )  # fmt: skip
    piles: dict[str, Pile] = {}
    for one in connection.execute(query):
        data = json.loads(one.data)
        id, of = data.get("pile") or ("", "")
        if not id or (code and of != code):
            continue
        pile = piles.setdefault(id, Pile(id, of, one.actor, one.at))
        pile.steps[one.step] = bool(one.undone)
        if one.new:
            pile.making.add(one.step)
        if one.undone:
            continue
        if one.entity == "coding":
            pile.sorted[one.row] = data.get("code", of)
        elif one.new:
            pile.made[one.row] = None
        pile.ended = pile.ended or one.row == of
    for pile in piles.values():
        pile.stayed = frozenset(coding for coding, to in pile.sorted.items() if to == pile.code)
        pile.sorted = {coding: to for coding, to in pile.sorted.items() if to != pile.code}
    hidden = veil.hidden_coders(connection)
    return tuple(pile for pile in piles.values() if pile.coder not in hidden)


def split(
    step: Step, mark: Sequence[str], names: Iterable[str], *, reason: str = ""
) -> tuple[str, ...]:
    """Make codes of these names below the code that ``mark`` (pile, code) splits."""
    _pile, code = mark
    position = codebook.next_position(codebook.read(step.connection), code)
    new = [
        Code(step.mint(), name, parent=code, position=position + number)
        for number, name in enumerate(names)
    ]
    return codebook.add(step, new, reason=reason, pile=mark)


def sort(step: Step, mark: Sequence[str], coding: str, code: str) -> None:
    """Give a passage of the pile one of its codes, or that which is split again."""
    codings.recode(step, [coding], code, pile=mark)


def keep(step: Step, mark: Sequence[str], coding: str) -> None:
    """Leave a passage of the pile with the code it has, so that it was looked at."""
    step.record([Edit("coding", coding, {"pile": list(mark)})])


def end(step: Step, mark: Sequence[str], *, new_meaning: bool, reason: str = "") -> None:
    """Say what is left: the split code with a new meaning, or with the one it had."""
    values: dict[str, object] = {"pile": list(mark)}
    if new_meaning:
        values["meaning"] = step.mint()
    codebook.revise(step, mark[1], values, reason=reason)


def turn(step: Step, pile: Pile, *, undone: bool) -> int:
    """Undo all of a pile in one step, or do it again; return how many of its steps stay as they are.

    Codes that later work stands on stay. Refused where nothing can be turned.
    """
    wanted = [id for id, was in pile.steps.items() if was is not undone]
    if not wanted:
        raise Refused(
            _("this pile is undone already") if undone else _("nothing of this pile is undone")
        )
    together = [id for id in wanted if id not in pile.making]
    apart = [id for id in wanted if id in pile.making]
    if undone:
        _turn_together(step, together[::-1], undone=True)
        return _turn_apart(step, apart[::-1], undone=True, must=not together)
    kept = _turn_apart(step, apart, undone=False, must=True)
    _turn_together(step, together, undone=False)
    return kept


def _turn_apart(step: Step, ids: Sequence[str], *, undone: bool, must: bool) -> int:
    """Turn steps that made codes, and return how many stay; refused if all do and one ``must``."""
    kept = 0
    for id in ids:
        try:
            history.turn(step, id, undone=undone)
        except Refused:
            kept += 1
            if must and kept == len(ids):
                raise
    return kept


def _turn_together(step: Step, ids: Sequence[str], *, undone: bool) -> None:
    """Turn steps that made nothing which others could stand on, and fold what they touched once."""
    if not ids:
        return
    touched: dict[str, set[str]] = {}
    for id in ids:
        for noun, rows in history.touched_by(step.connection, id).items():
            touched.setdefault(noun, set()).update(rows)
    edits = [Edit(UNDO, id, {"undone": undone}) for id in ids]
    changes = [step.pen.write(edit, step.mint(), step.now()) for edit in edits]
    log.insert(step.connection, changes)
    log.note_steps(step.connection, [*ids, changes[0].step])
    folding.fold(step.connection, touched)
