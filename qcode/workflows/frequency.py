"""How often each code was found, asked for by names."""

from __future__ import annotations

from qcode.analysis import frequency as analysis
from qcode.model.filter import Filter
from qcode.model.table import Table
from qcode.store.project import Reader
from qcode.workflows.choosing import resolved
from qcode.workflows.counting import layer_of


def frequency(connection: Reader, asked: Filter) -> Table:
    """Return informants, documents, passages and words of each code; names are as typed."""
    wanted = resolved(connection, asked)
    return analysis.frequency(layer_of(connection, wanted), wanted.codes)
