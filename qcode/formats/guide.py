"""``guide.toml``: the questions of an interview guide as people write them by hand."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from qcode.errors import BadInput
from qcode.formats.codebook.building import is_language, unknown
from qcode.formats.codebook.toml import parsed
from qcode.language import _
from qcode.model.guide import Question

_FIELDS = ("number", "text", "label", "wording", "roles", "codes")
MAX_QUESTIONS = 500


def read(path: Path) -> tuple[Question, ...]:
    """Return the questions in a file, their codes as they are written.

    ``role`` names the attribute that ``roles`` are values of. Raises BadInput with the question
    and the field; nothing is read by halves.
    """
    whole, file = parsed(path), str(path)
    for key in whole:
        if key not in {"role", "question"}:
            raise BadInput(unknown(_("field"), key, ("role", "question")), file=file, field=key)
    attribute = whole.get("role", "")
    if not isinstance(attribute, str):
        raise BadInput(_("the name of an attribute stands here"), file=file, field="role")
    tables = whole.get("question", [])
    if not isinstance(tables, list) or not all(isinstance(one, dict) for one in tables):
        raise BadInput(_("questions are written [[question]]"), file=file, field="question")
    if not 0 < len(tables) <= MAX_QUESTIONS:
        raise BadInput(
            _("a guide has from 1 to {most} questions").format(most=MAX_QUESTIONS), file=file
        )
    found = [_question(one, attribute, at, file) for at, one in enumerate(tables, 1)]
    names = [one.number.casefold() for one in found]
    for name in names:
        if names.count(name) > 1:
            raise BadInput(_("two questions have the number {number}").format(number=name),
                           file=file)  # fmt: skip
    return tuple(found)


def _question(given: Mapping[str, Any], attribute: str, at: int, file: str) -> Question:
    where = _("question {number}").format(number=given.get("number", at))
    for key in given:
        if key not in _FIELDS:
            near = difflib.get_close_matches(key, _FIELDS, 1)
            raise BadInput(unknown(_("field"), key, near or _FIELDS), file=file,
                           field=f"{where}: {key}")  # fmt: skip
    roles = _texts(given, "roles", where, file)
    if roles and not attribute:
        raise BadInput(
            _('say above the questions which attribute these are values of: role = "peran"'),
            file=file, field=f"{where}: roles",
        )  # fmt: skip
    number, text = given.get("number", at), given.get("text", "")
    if isinstance(number, bool) or not isinstance(number, int | str) or not isinstance(text, str):
        raise BadInput(_("a question has a number and a text"), file=file, field=where)
    try:
        return Question(
            str(number), " ".join(text.split()), labels=_labels(given, where, file),
            wordings=_texts(given, "wording", where, file), attribute=attribute if roles else "",
            roles=roles, codes=_texts(given, "codes", where, file),
        )  # fmt: skip
    except BadInput as error:
        raise BadInput(str(error), file=file, field=where) from error


def _labels(given: Mapping[str, Any], where: str, file: str) -> Mapping[str, str]:
    labels = given.get("label", {})
    if not isinstance(labels, dict) or not all(
        is_language(key) and isinstance(value, str) for key, value in labels.items()
    ):
        raise BadInput(_('labels are written label.id = "…"'), file=file,
                       field=f"{where}: label")  # fmt: skip
    return {key: " ".join(value.split()) for key, value in labels.items() if value.strip()}


def _texts(given: Mapping[str, Any], key: str, where: str, file: str) -> tuple[str, ...]:
    some = given.get(key, [])
    if not isinstance(some, list) or not all(isinstance(one, str) and one.strip() for one in some):
        raise BadInput(_("a list of texts stands here"), file=file, field=f"{where}: {key}")
    return tuple(" ".join(one.split()) for one in some)


def written(questions: Iterable[Question]) -> bytes:
    """Return questions as a file; raises BadInput where their roles are of several attributes."""
    import tomlkit

    questions = tuple(questions)
    attributes = sorted({one.attribute for one in questions if one.roles})
    if len(attributes) > 1:
        raise BadInput(_("a guide names its roles by one attribute, not by {names}").format(
            names=", ".join(attributes)))  # fmt: skip
    document = tomlkit.document()
    if attributes:
        document["role"] = attributes[0]
    tables = tomlkit.aot()
    for one in questions:
        table = tomlkit.table()
        table["number"] = int(one.number) if _is_plain(one.number) else one.number
        table["text"] = one.text
        labels = tomlkit.table(is_super_table=True)
        for language, label in sorted(one.labels.items()):
            labels[language] = label
        for key, some in (("wording", one.wordings), ("roles", one.roles), ("codes", one.codes)):
            if some:
                table[key] = list(some)
        if one.labels:
            table["label"] = labels
        tables.append(table)
    document["question"] = tables
    return tomlkit.dumps(document).encode()


def _is_plain(number: str) -> bool:
    return number.isascii() and number.isdecimal() and str(int(number)) == number
