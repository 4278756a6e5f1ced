"""A filter typed in one line: the options of the command line, and words to look for."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Iterator, Mapping

from qcode.errors import BadInput
from qcode.language import _
from qcode.model.document import DOCUMENT_KINDS
from qcode.model.filter import Filter
from qcode.model.naming import chosen

FIELDS: Mapping[str, str] = {
    "--code": "codes", "--not": "without", "--document": "documents", "--case": "cases",
    "--where": "where", "--kind": "kinds", "--layer": "layer", "--flag": "flags", "--text": "text",
}  # fmt: skip
"""Which field of a Filter each option fills; the command line declares the same ones."""
_ONCE = ("layer", "text")


def filter_typed(line: str) -> Filter:
    """Return the filter that a line means; names stay as typed, words without option are its text.

    Raises BadInput for an option that there is not, or one without a value.
    """
    several: dict[str, list[object]] = {}
    once: dict[str, str] = {}
    words: list[str] = []
    parts = _parts(line)
    for part in parts:
        if not part.startswith("--"):
            words.append(part)
            continue
        option, equals, value = part.partition("=")
        field = FIELDS.get(option)
        if field is None:
            raise BadInput(_("there is no option “{option}”; there are: {known}").format(
                option=option, known=" ".join(FIELDS)))  # fmt: skip
        value = value if equals else next(parts, "")
        if not value:
            raise BadInput(_("“{option}” needs a value after it").format(option=option))
        if field in _ONCE:
            once[field] = value
        else:
            several.setdefault(field, []).append(_READ.get(field, str)(value))
    if words:
        once["text"] = " ".join((*words, once["text"]) if "text" in once else words)
    return Filter(**once, **{field: tuple(values) for field, values in several.items()})  # type: ignore[arg-type]


def _parts(line: str) -> Iterator[str]:
    try:
        return iter(shlex.split(line))
    except ValueError as error:
        raise BadInput(_("a quotation mark is not closed")) from error


def _pair(text: str) -> tuple[str, str]:
    name, equals, value = (part.strip() for part in text.partition("="))
    if not (equals and name and value):
        raise BadInput(
            _("“{text}” is not written ATTRIBUTE=VALUE, such as village=Klaten").format(text=text)
        )
    return name, value


def _kind(text: str) -> str:
    return chosen(text, {kind: kind for kind in DOCUMENT_KINDS}, _("kind of document"))


_READ: Mapping[str, Callable[[str], object]] = {"where": _pair, "kinds": _kind}
