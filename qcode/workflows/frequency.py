"""How often each code was found, asked for by names."""

from __future__ import annotations

from dataclasses import dataclass, replace

from qcode.analysis import frequency as analysis
from qcode.analysis.frequency import Coded, Counting
from qcode.analysis.layer import Layer
from qcode.analysis.rolling import rolled
from qcode.errors import NotFound
from qcode.language import _
from qcode.model.filter import Filter
from qcode.model.table import Table
from qcode.store import coders
from qcode.store.project import Reader
from qcode.system import uncollected
from qcode.workflows.asked import of_asked
from qcode.workflows.choosing import resolved
from qcode.workflows.counting import layer_of
from qcode.workflows.standing import standing


@dataclass(frozen=True, slots=True)
class Asked:
    """What is shown: parents with the united passages of those below, each coder, percentages.

    ``question`` is the number of one of the guide, as typed: only who was asked it is counted.
    """

    rolled: bool = False
    by_coder: bool = False
    percent: bool = False
    question: str = ""


@uncollected()
def frequency(connection: Reader, asked: Filter, how: Asked | None = None) -> Table:
    """Return informants, documents, passages and words of each code; names are as typed."""
    wanted, how = resolved(connection, asked), how or Asked()
    wanted, said = of_asked(connection, how.question, wanted)
    table = (_by_coder if how.by_coder else _counted)(connection, wanted, how)
    return replace(table, notes=(*said, *table.notes))


def _counted(connection: Reader, wanted: Filter, how: Asked) -> Table:
    layer = layer_of(connection, wanted)
    return analysis.frequency(layer, wanted.codes, _counting(connection, wanted, layer, how))


def _counting(connection: Reader, wanted: Filter, layer: Layer, how: Asked) -> Counting:
    numbers = rolled(layer, standing(connection, wanted, layer)) if how.rolled else None
    return Counting(rolled=numbers, percent=how.percent)


def _by_coder(connection: Reader, wanted: Filter, how: Asked) -> Table:
    """Return what everybody who coded found; second selves are coders of their own."""
    found = []
    for coder in coders.listed(connection):
        if wanted.coders and coder.id not in wanted.coders:
            continue
        own = replace(wanted, layer=coder.id, coders=())
        layer = layer_of(connection, own)
        if layer.tallies:
            found.append(Coded(coder.name, layer, _counting(connection, own, layer, how)))
    if not found:
        raise NotFound(_("nobody has coded anything there yet"))
    return analysis.by_coder(found, wanted.codes)
