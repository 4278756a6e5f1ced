"""The attributes of the cases of one kind, chosen by name."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from qcode.analysis.attributes import attributes as counted
from qcode.analysis.layer import said_of
from qcode.analysis.looking import presence
from qcode.errors import NotFound
from qcode.language import _
from qcode.model.filter import Filter
from qcode.model.naming import chosen
from qcode.model.table import Table
from qcode.store import cases
from qcode.store.project import Reader
from qcode.workflows.choosing import resolved
from qcode.workflows.counting import layer_of
from qcode.workflows.named import attribute_named
from qcode.workflows.searching import unfolded
from qcode.workflows.wording import in_words


def attributes(
    connection: Reader, names: Iterable[str], kind: str,
    asked: Filter = Filter(),  # noqa: B008 - frozen
) -> Table:  # fmt: skip
    """Return how many cases of a kind have each value of these attributes, or of all.

    With a filter of names, of those cases whom its passages count for.
    """
    everyone = cases.listed(connection)
    kinds = {case.kind: case.kind for case in everyone}
    if not kinds:
        raise NotFound(_("the project has no cases; `qcode cases import FILE` brings them"))
    kind = chosen(kind, kinds, _("kind of case"))
    wanted = [attribute_named(connection, name) for name in names]
    some = [case for case in everyone if case.kind == kind]
    speaking, notes = _speaking(connection, asked, kind)
    if notes:
        some = [case for case in some if case.id in speaking]
    table = counted(some, wanted or cases.attributes_of(connection), kind)
    return replace(table, notes=(*table.notes, *notes))


def numbered(connection: Reader, kind: str) -> dict[str, int]:
    """Return how many cases of a kind have a value, by the attributes that at least one has."""
    some = [case for case in cases.listed(connection) if case.kind.casefold() == kind]
    found = {one.name: sum(bool(case.values.get(one.name)) for case in some)
             for one in cases.attributes_of(connection)}  # fmt: skip
    return {name: number for name, number in found.items() if number}


def _speaking(
    connection: Reader, asked: Filter, kind: str
) -> tuple[frozenset[str], tuple[str, ...]]:  # fmt: skip
    """Return the cases whom the passages of a filter count for, and what is to be said of them.

    As frequency counts them: in interviews that were looked through for the code.
    """
    if asked == Filter():
        return frozenset(), ()
    asked = unfolded(connection, asked)
    wanted = resolved(connection, asked)
    layer = layer_of(connection, wanted)
    found = presence(layer, kind).by_code
    codes = {layer.book.end(code) for code in wanted.codes} or found.keys()
    told = _("only cases are counted for whom a passage was found: {passages}").format(
        passages=in_words(asked)
    )
    speaking = frozenset().union(*(found[code].cases for code in codes if code in found))
    family = {below for code in codes if code in found for below in layer.book.below(code)}
    return speaking, (told, *said_of(layer, family))
