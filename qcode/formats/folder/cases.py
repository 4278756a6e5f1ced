"""The table of cases: attributes are its columns, and what was released stands beside them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from qcode.errors import BadInput
from qcode.formats.folder.tables import BETWEEN, Cells, read_table
from qcode.language import _
from qcode.model.case import INFORMANT, Attribute, Case, Consent, fitting, yes_or_no

COLUMNS = ("kind", "name", "consent", "consent note", "consent translation",
           "consent checking")  # fmt: skip


@dataclass(frozen=True, slots=True)
class CaseTable:
    """The cases of a table and the attributes in its header; none of them has an id yet."""

    attributes: tuple[Attribute, ...]
    cases: tuple[Case, ...]


def read_cases(path: Path, attributes: Sequence[Attribute] = ()) -> CaseTable:
    """Return the cases of a .csv or .xlsx table with the columns of COLUMNS and one an attribute.

    An attribute that is not among ``attributes`` is a text; it takes several values where a
    `` | `` stands in its column. Without a column ``kind``, every case is an informant. Raises
    BadInput for a case without a name or given twice, and for a value that does not fit its type.
    """
    rows = read_table(path, COLUMNS, needed=("name",), free=True)
    told = {attribute.name.casefold(): attribute for attribute in attributes}
    names = [name for row in rows[:1] for name in row.values if name not in COLUMNS]
    found = {name: told.get(name.casefold()) or _inferred(name, rows) for name in names}
    cases = tuple(_case(row, found) for row in rows)
    seen: set[tuple[str, str]] = set()
    for row, case in zip(rows, cases, strict=True):
        key = (case.kind, case.name.casefold())
        if key in seen:
            raise row.refused(_("this case stands in the table twice"), "name")
        seen.add(key)
    return CaseTable(tuple(found.values()), cases)


def _inferred(name: str, rows: Sequence[Cells]) -> Attribute:
    return Attribute("", name, multiple=any(len(row.several(name)) > 1 for row in rows))


def _case(row: Cells, attributes: dict[str, Attribute]) -> Case:
    values = {attribute.name: _values(row, column, attribute)
              for column, attribute in attributes.items()}  # fmt: skip
    kind = row.text("kind")
    return Case(
        id="",
        kind=INFORMANT if kind.casefold() in {"", INFORMANT} else kind,
        name=row.needed("name"),
        values={name: given for name, given in values.items() if given},
        consent=Consent(
            _released(row, "consent"), row.text("consent note"),
            _released(row, "consent translation"), _released(row, "consent checking"),
        ),
    )  # fmt: skip


def _released(row: Cells, column: str) -> bool | None:
    found = yes_or_no(row.text(column))
    if found is None and row.text(column):
        raise row.refused(_("yes, no or nothing stands here"), column)
    return found


def _values(row: Cells, column: str, attribute: Attribute) -> tuple[str, ...]:
    text = row.text(column)
    given = row.several(column) if attribute.multiple else (text,) if text else ()
    if len(row.several(column)) > 1 and not attribute.multiple:
        raise row.refused(
            _("“{name}” takes one value, and “{between}” stands between several").format(
                name=attribute.name, between=BETWEEN
            ),
            column,
        )
    return tuple(_fitting(row, column, value, attribute.type) for value in given)


def _fitting(row: Cells, column: str, value: str, type: str) -> str:
    try:
        return fitting(value, type)
    except BadInput as error:
        raise row.refused(str(error), column) from error
