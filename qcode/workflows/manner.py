"""How excerpts are wanted, typed in one line: the options of ``qcode excerpts``."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Mapping
from typing import Any

from qcode.analysis.referring import PRIVACY
from qcode.errors import BadInput
from qcode.language import _
from qcode.model.excerpt import Manner
from qcode.model.naming import chosen

MOST_AROUND = 20
"""Sentences around a passage, at most."""
_FLAGS = {"--key": "key", "--memos": "memos", "--bystanders": "bystanders"}


def _number(text: str) -> int:
    if not (text.isascii() and text.isdecimal()) or len(text) > 3 or int(text) > MOST_AROUND:
        raise BadInput(_("--context takes a number of sentences up to {n}").format(n=MOST_AROUND))
    return int(text)


_READ: Mapping[str, tuple[str, Callable[[str], Any]]] = {
    "--group": ("group", str),
    "--translation": ("language", str.casefold),
    "--context": ("context", _number),
    "--privacy": ("privacy", lambda text: chosen(text, {one: one for one in PRIVACY}, _("level"))),
    "--ref": ("ref", str),
}


def manner_typed(line: str) -> Manner:
    """Return what a line means; raises BadInput for an option that there is not, or no value."""
    try:
        parts = iter(shlex.split(line))
    except ValueError as error:
        raise BadInput(_("a quotation mark is not closed")) from error
    given: dict[str, Any] = {}
    for part in parts:
        option, equals, value = part.partition("=")
        if option in _FLAGS:
            given[_FLAGS[option]] = True
            continue
        if option not in _READ:
            known = " ".join((*_READ, *_FLAGS))
            raise BadInput(_("there is no option “{option}”; there are: {known}").format(
                option=option, known=known))  # fmt: skip
        value = value if equals else next(parts, "")
        if not value:
            raise BadInput(_("“{option}” needs a value after it").format(option=option))
        field, read = _READ[option]
        given[field] = (*given.get(field, ()), read(value)) if field == "ref" else read(value)
    return Manner(**given)
