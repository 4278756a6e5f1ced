"""Cases or documents by codes, asked for by names."""

from __future__ import annotations

from qcode.analysis import matrix as analysis
from qcode.analysis.matrix import Matrix
from qcode.model.case import Attribute
from qcode.model.filter import Filter
from qcode.store import cases
from qcode.store.project import Reader
from qcode.system import uncollected
from qcode.workflows.choosing import resolved
from qcode.workflows.counting import layer_of
from qcode.workflows.standing import standing


@uncollected()
def matrix(
    connection: Reader, asked: Filter, rows: str, value: str, *, attributes: bool = False,
    rolled: bool = False,
) -> Matrix:  # fmt: skip
    """Return which codes stand for each case, or in each document; names are as typed.

    With what is known of them if ``attributes`` are asked for: of a document its details.
    ``rolled`` unites the passages or words of a code with those of the codes below it.
    """
    wanted = resolved(connection, asked)
    layer = layer_of(connection, wanted)
    further: tuple[Attribute, ...] = ()
    if attributes and rows == analysis.CASES:
        further = cases.attributes_of(connection)
    elif attributes:
        known = dict.fromkeys(key for one in layer.documents for key in one.details)
        further = tuple(Attribute("", key) for key in known if key != "notice")
    grounds = standing(connection, wanted, layer) if rolled else None
    return analysis.matrix(layer, analysis.Shape(rows, value, further), wanted.codes, grounds)
