"""The attributes of the cases of one kind, chosen by name."""

from __future__ import annotations

from collections.abc import Iterable

from qcode.analysis.attributes import attributes as counted
from qcode.errors import NotFound
from qcode.language import _
from qcode.model.naming import chosen
from qcode.model.table import Table
from qcode.store import cases
from qcode.store.project import Reader
from qcode.workflows.choosing import attribute_named


def attributes(
    connection: Reader, names: Iterable[str], kind: str, *, share: bool = False
) -> Table:  # fmt: skip
    """Return how many cases of a kind have each value of these attributes, or of all."""
    everyone = cases.listed(connection)
    kinds = {case.kind: case.kind for case in everyone}
    if not kinds:
        raise NotFound(_("the project has no cases; `qcode cases import FILE` brings them"))
    kind = chosen(kind, kinds, _("kind of case"))
    wanted = [attribute_named(connection, name) for name in names]
    some = [case for case in everyone if case.kind == kind]
    return counted(some, wanted or cases.attributes_of(connection), kind, share=share)
