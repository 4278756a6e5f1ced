"""The comparison of groups of cases, asked for by names."""

from __future__ import annotations

from dataclasses import replace

from qcode.analysis import comparison as analysis
from qcode.analysis.crossing import crossed as crossing
from qcode.analysis.layer import Layer
from qcode.errors import BadInput
from qcode.language import _
from qcode.model.case import INFORMANT
from qcode.model.filter import Filter
from qcode.model.table import Table
from qcode.store.project import Reader
from qcode.system import uncollected
from qcode.workflows.asked import of_asked
from qcode.workflows.choosing import resolved
from qcode.workflows.counting import layer_of
from qcode.workflows.named import attribute_named, attribute_of


def _layer(
    connection: Reader, question: str, asked: Filter
) -> tuple[Layer, Filter, tuple[str, ...]]:  # fmt: skip
    """Return what is counted, of those who were asked a question if one is named."""
    everyone = resolved(connection, asked)
    wanted, said = of_asked(connection, question, everyone)
    layer = layer_of(connection, wanted)
    if not question:
        return layer, wanted, said
    others = layer_of(connection, everyone, tallied=False).of_kind(INFORMANT)
    unasked = tuple(one for one in others if one.id not in wanted.cases)
    return replace(layer, unasked=unasked), wanted, said


def _noted(table: Table, said: tuple[str, ...]) -> Table:
    """Return a table with what it is of."""
    bare = analysis.unasked()
    if any(cell == bare for row in table.rows for cell in row):
        said = (*said, _("“-” in a group: nobody there was asked, as far as it is marked"))
    return replace(table, notes=(*said, *table.notes))


@uncollected()
def comparison(
    connection: Reader, by: str, roles: str, asked: Filter, *, percent: bool = False,
    question: str = "",
) -> Table:  # fmt: skip
    """Return the codes side by side for the values of an attribute; names are as typed.

    Without ``roles``, the attribute called role or peran holds the roles, if there is one. With
    the number of a ``question``, of those alone who were asked it.
    """
    layer, wanted, said = _layer(connection, question, asked)
    attribute = attribute_named(connection, by)
    holder = (attribute_named(connection, roles) if roles
              else attribute_of(connection, analysis.ROLES))  # fmt: skip
    table = analysis.comparison(layer, attribute, holder, wanted.codes, percent=percent)
    return _noted(table, said)


@uncollected()
def crossed(
    connection: Reader, down: str, across: str, asked: Filter, *, percent: bool = False,
    question: str = "",
) -> Table:  # fmt: skip
    """Return the codes by two attributes: a row for each value of the first."""
    layer, wanted, said = _layer(connection, question, asked)
    first, second = attribute_named(connection, down), attribute_named(connection, across)
    if first.id == second.id:
        raise BadInput(_("to compare by two attributes, name two: “{name}” is one").format(
            name=first.name))  # fmt: skip
    table = crossing(layer, first, second, wanted.codes, percent=percent)
    return _noted(table, said)
