"""Which codes meet, asked for by names."""

from __future__ import annotations

from dataclasses import dataclass

from qcode.analysis.cooccurrence import table
from qcode.analysis.cooccurrence.meeting import Way
from qcode.analysis.cooccurrence.pairs import Cooccurrence, gathered
from qcode.model.filter import Filter
from qcode.model.table import Table
from qcode.store.project import Reader
from qcode.system import uncollected
from qcode.workflows.choosing import resolved
from qcode.workflows.counting import layer_of
from qcode.workflows.standing import standing


@dataclass(frozen=True, slots=True)
class Asked:
    """How codes meet, with those below them if ``rolled``, and what is counted of it.

    ``numbered`` gives the columns of a matrix numbers for names.
    """

    way: Way
    rolled: bool = False
    measure: str = table.PASSAGES
    matrix: bool = False
    numbered: bool = True


@uncollected()
def cooccurrence(connection: Reader, asked: Filter, how: Asked) -> Table:
    """Return which codes meet, as a list or a matrix; names are as typed."""
    wanted = resolved(connection, asked)
    found = met(connection, wanted, how.way, rolled=how.rolled)
    if how.matrix:
        return table.matrix(found, wanted.codes, how.measure, numbered=how.numbered)
    return table.listing(found, wanted.codes, how.measure)


@uncollected()
def met(connection: Reader, wanted: Filter, way: Way, *, rolled: bool = False) -> Cooccurrence:
    """Return which codes meet in the documents of a filter of ids; its codes are left to tables."""
    layer = layer_of(connection, wanted, tallied=False)
    return gathered(layer, standing(connection, wanted, layer), way, rolled=rolled)
