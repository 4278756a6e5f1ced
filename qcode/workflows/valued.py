"""Which values of attributes are meant by what was typed: one of them, or those within bounds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from qcode.analysis.layer import shortened
from qcode.errors import BadInput, NotFound
from qcode.language import _
from qcode.model.bound import DATE, NUMBER, Bound, ambiguous, ends
from qcode.model.case import Attribute
from qcode.model.naming import chosen
from qcode.store import cases
from qcode.store.project import Reader
from qcode.workflows.named import attribute_named

Conditions = Iterable[tuple[str, str | Bound]]
_COMPARED = {NUMBER: (NUMBER,), DATE: (DATE,), "text": (NUMBER, DATE)}
"""As what the values of each type of attribute are compared; tables of cases bring texts alone."""


def values_of(connection: Reader, where: Conditions) -> tuple[tuple[str, str], ...]:
    """Return the attributes and values that conditions as typed mean.

    Bounds of one attribute mean the values that fit all of them. Raises where nothing is meant.
    """
    pairs: list[tuple[str, str]] = []
    bounds: dict[str, list[Bound]] = {}
    for name, value in spelt_out(connection, where):
        if isinstance(value, Bound):
            bounds.setdefault(name, []).append(value)
        else:
            pairs.append((name, value))
    for name, some in bounds.items():
        if any(name == other for other, _value in pairs):
            raise BadInput(_("--where asks for a value of “{name}”, and for what is above or below "
                             "one; leave one out").format(name=name))  # fmt: skip
        attribute = attribute_named(connection, name)
        found = _fitting(attribute, some, _given(connection, attribute))
        pairs += ((name, value) for value in found)
    return tuple(pairs)


def spelt_out(connection: Reader, where: Conditions) -> tuple[tuple[str, str | Bound], ...]:
    """Return conditions as typed with the whole names of attributes and values."""
    return tuple(
        (attribute_named(connection, name).name, value) if isinstance(value, Bound)
        else _value_named(connection, name, value) for name, value in where
    )  # fmt: skip


def _value_named(connection: Reader, name: str, value: str) -> tuple[str, str]:
    """Return an attribute's name and that of its values which is typed so, or clearly begins so."""
    attribute = attribute_named(connection, name)
    values = {one: one for one in _given(connection, attribute)}
    noun = _("value of {attribute}").format(attribute=attribute.name)
    return attribute.name, chosen(value, values, noun)


def _given(connection: Reader, attribute: Attribute) -> Mapping[str, str]:
    """Return the values of an attribute, each with the name of a case that has it."""
    given: dict[str, str] = {}
    for case in cases.listed(connection):
        for value in case.values.get(attribute.name, ()):
            given.setdefault(value, case.name)
    if not given:
        raise NotFound(_("no case has a value of “{name}”").format(name=attribute.name))
    return given


def _fitting(
    attribute: Attribute, bounds: Sequence[Bound], given: Mapping[str, str]
) -> Sequence[str]:
    """Return the values that fit all bounds."""
    types = _types(attribute, bounds[0], given)
    type = next((one for one in types if all(ends(bound.value, one) for bound in bounds)), types[0])
    for bound in bounds:
        _refuse_unread(bound.value, type, attribute.name)
    found = [value for value in given if all(bound.holds(value, type) for bound in bounds)]
    if not found:
        known = sorted(given, key=lambda value: ends(value, type) or ())
        raise NotFound(
            _("no case has a value of “{name}” that is {bounds}; there are values from {least} to "
              "{most}").format(name=attribute.name, bounds=_(" and ").join(map(str, bounds)),
                               least=known[0], most=known[-1])
        )  # fmt: skip
    return found


def _types(attribute: Attribute, bound: Bound, given: Mapping[str, str]) -> Sequence[str]:
    """Return as what the values are compared; what is not comparable is told, not guessed at."""
    allowed = _COMPARED.get(attribute.type, ())
    if types := [one for one in allowed if all(ends(value, one) for value in given)]:
        return types
    name, told = attribute.name, _UNCOMPARED.get(attribute.type, _UNCOMPARED["text"])
    strange = [value for value in given if not any(ends(value, one) for one in allowed)]
    shown = [f"“{value}” ({given[value]})" for value in strange or given]
    raise BadInput(told.format(name=name, bound=bound, values=shortened(shown)))


_UNCOMPARED = {
    NUMBER: _("“{name}” cannot be compared ({bound}): {values} is no number; “qcode cases set” "
              "changes it, and a case without a value is in no comparison"),
    DATE: _("“{name}” cannot be compared ({bound}): {values} is no date such as 2019-03-31; “qcode "
            "cases set” changes it, and a case without a value is in no comparison"),
    "text": _("“{name}” cannot be compared ({bound}): its values are not all numbers, nor all "
              "dates: {values}; one of them is asked for as “{name}=VALUE”"),
}  # fmt: skip


def _refuse_unread(text: str, type: str, name: str) -> None:
    """Refuse what cannot be read as a number or date in one way."""
    if not ends(text, type):
        told = (_("“{text}” is no number, as “{name}” is; write it without signs between thousands, "
                  "such as 2650000 or 1,5") if type == NUMBER
                else _("“{text}” is no date, as “{name}” is; write 2019, 2019-03 or 2019-03-31"))  # fmt: skip
        raise BadInput(told.format(text=text, name=name))
    if type == NUMBER and ambiguous(text):
        whole = text.replace(",", "").replace(".", "")
        raise BadInput(_("“{text}” may be {whole} or a decimal number; write {whole} or {text}0"
                         ).format(text=text, whole=whole))  # fmt: skip
