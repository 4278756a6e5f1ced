"""``project.toml``: what a plain-text project says of itself, and its attributes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qcode.errors import BadInput
from qcode.formats.codebook.building import unknown
from qcode.formats.codebook.toml import parsed
from qcode.formats.files import cleaned
from qcode.formats.folder.values import PlainProject, PlainRound
from qcode.language import _
from qcode.model.case import Attribute
from qcode.model.project import APPROACHES
from qcode.model.round import AGAIN, RELIABILITY, ROUND_KINDS, checked_round_name

if TYPE_CHECKING:
    from tomlkit.items import AoT

_HEADING = ("name", "approach", "notice", "language")
_PROJECT = (*_HEADING, "coders")
_TOLD = ("unit", "weight")
_ATTRIBUTE = ("name", "type", "multiple", *_TOLD)
_ROUND = ("name", "kind", "coders", "of", "documents", "open")


@dataclass(frozen=True, slots=True)
class About:
    """The heading of a project; without ``coders``, whoever stands in its tables is one."""

    name: str
    approach: str
    notice: str
    language: str
    coders: tuple[str, ...]
    attributes: tuple[Attribute, ...]
    rounds: tuple[PlainRound, ...]


def read_about(path: Path) -> About:
    """Return the heading of a project; raises BadInput with line or field."""
    whole, file = parsed(path), str(path)
    _check_keys(whole, ("project", "attribute", "round"), file, "")
    project = _table(whole.get("project"), _PROJECT, file, "project")
    texts = {key: _text(project.get(key, ""), file, f"project: {key}") for key in _HEADING}
    if not texts["name"]:
        raise BadInput(_("a project needs a name"), file=file, field="project: name")
    approach = texts["approach"] or APPROACHES[0]
    if approach not in APPROACHES:
        raise BadInput(
            _("one of {known} stands here, not “{text}”").format(
                known=", ".join(APPROACHES), text=approach
            ),
            file=file,
            field="project: approach",
        )
    return About(
        name=texts["name"],
        approach=approach,
        notice=texts["notice"],
        language=texts["language"],
        coders=_texts(project.get("coders", []), file, "project: coders"),
        attributes=_attributes(whole.get("attribute", []), file),
        rounds=_rounds(whole.get("round", []), file),
    )  # fmt: skip


def about_bytes(project: PlainProject) -> bytes:
    """Return the heading of a project as TOML."""
    import tomlkit

    whole = tomlkit.document()
    head = tomlkit.table()
    for key in _HEADING:
        if text := getattr(project, key):
            head.append(key, text)
    if project.coders:
        coders = tomlkit.array()
        coders.extend(project.coders)
        head.append("coders", coders)
    whole.append("project", head)
    if project.attributes:
        whole.append("attribute", _described(project.attributes))
    if project.rounds:
        whole.append("round", _staged(project.rounds))
    return tomlkit.dumps(whole).encode()


def _described(attributes: Iterable[Attribute]) -> AoT:
    import tomlkit

    tables = tomlkit.aot()
    for attribute in attributes:
        table = tomlkit.table()
        table.append("name", attribute.name)
        table.append("type", attribute.type)
        table.append("multiple", attribute.multiple)
        for field in _TOLD:
            if text := getattr(attribute, field):
                table.append(field, text)
        tables.append(table)
    return tables


def _staged(listed: Iterable[PlainRound]) -> AoT:
    import tomlkit

    rounds = tomlkit.aot()
    for one in listed:
        table = tomlkit.table()
        table.append("name", one.name)
        table.append("kind", one.kind)
        table.append("coders", list(one.coders))
        if one.of:
            table.append("of", list(one.of))
        table.append("documents", list(one.documents))
        if one.open:
            table.append("open", True)
        rounds.append(table)
    return rounds


def _attributes(value: object, file: str) -> tuple[Attribute, ...]:
    attributes: dict[str, Attribute] = {}
    for number, item in enumerate(_list(value, file, "attribute"), 1):
        place = f"attribute {number}"
        table = _table(item, _ATTRIBUTE, file, place)
        name = _text(table.get("name", ""), file, f"{place}: name")
        if not name or name.casefold() in attributes:
            raise BadInput(_("an attribute needs a name of its own"), file=file,
                           field=f"{place}: name")  # fmt: skip
        multiple = table.get("multiple", False)
        if not isinstance(multiple, bool):
            raise BadInput(_("true or false stands here"), file=file, field=f"{place}: multiple")
        type = _text(table.get("type", "text"), file, f"{place}: type")
        told = {field: _text(table.get(field, ""), file, f"{place}: {field}") for field in _TOLD}
        try:
            attributes[name.casefold()] = Attribute("", name, type, multiple, **told)
        except BadInput as error:
            raise BadInput(str(error), file=file, field=f"{place}: type") from error
    _check_weights(attributes, file)
    return tuple(attributes.values())


def _check_weights(attributes: Mapping[str, Attribute], file: str) -> None:
    """Refuse a weight that is no attribute of the project."""
    for number, attribute in enumerate(attributes.values(), 1):
        if attribute.weight and attribute.weight.casefold() not in attributes:
            raise BadInput(
                unknown(_("attribute"), attribute.weight, [one.name for one in attributes.values()]),
                file=file, field=f"attribute {number}: weight",
            )  # fmt: skip


def _rounds(value: object, file: str) -> tuple[PlainRound, ...]:
    rounds: dict[str, PlainRound] = {}
    for number, item in enumerate(_list(value, file, "round"), 1):
        place = f"round {number}"
        table = _table(item, _ROUND, file, place)
        name = _text(table.get("name", ""), file, f"{place}: name")
        kind = _text(table.get("kind", RELIABILITY), file, f"{place}: kind")
        coders = _texts(table.get("coders", []), file, f"{place}: coders")
        opened = table.get("open", False)
        try:
            name = checked_round_name(name)
        except BadInput as error:
            raise BadInput(str(error), file=file, field=f"{place}: name") from error
        if name.casefold() in rounds:
            raise BadInput(_("a round needs a name of its own"), file=file, field=f"{place}: name")
        if kind not in ROUND_KINDS:
            known = unknown(_("kind"), kind, ROUND_KINDS)
            raise BadInput(known, file=file, field=f"{place}: kind")
        of = _people(table, kind, coders, file, place)
        if not isinstance(opened, bool):
            raise BadInput(_("true or false stands here"), file=file, field=f"{place}: open")
        documents = _texts(table.get("documents", []), file, f"{place}: documents")
        rounds[name.casefold()] = PlainRound(name, kind, coders, documents, opened, of)
    return tuple(rounds.values())


def _people(
    table: Mapping[str, object], kind: str, coders: tuple[str, ...], file: str, place: str
) -> tuple[str, ...]:  # fmt: skip
    """Return whose second selves the coders of a round are; nobody's but where they code again."""
    of = _texts(table.get("of", []), file, f"{place}: of")
    if kind != AGAIN and len(set(coders)) < 2:
        raise BadInput(_("two coders or more stand here"), file=file, field=f"{place}: coders")
    if len(of) != (len(coders) if kind == AGAIN else 0) or not {*of}.isdisjoint(coders):
        raise BadInput(
            _("for each coder who codes again, under another name, stands here who that is"),
            file=file, field=f"{place}: of",
        )  # fmt: skip
    return of


def _texts(value: object, file: str, place: str) -> tuple[str, ...]:
    return tuple(_text(one, file, place) for one in _list(value, file, place))


def _table(value: object, known: Iterable[str], file: str, place: str) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise BadInput(_("a table in brackets stands here"), file=file, field=place)
    _check_keys(value, known, file, f"{place}: ")
    return value


def _check_keys(table: Mapping[str, Any], known: Iterable[str], file: str, place: str) -> None:
    known = tuple(known)
    for key in table:
        if key not in known:
            raise BadInput(unknown(_("field"), key, known), file=file, field=f"{place}{key}")


def _list(value: object, file: str, place: str) -> list[Any]:
    if not isinstance(value, list):
        raise BadInput(_("a list in brackets stands here"), file=file, field=place)
    return value


def _text(value: object, file: str, place: str) -> str:
    if not isinstance(value, str):
        raise BadInput(_("a text in quotes stands here"), file=file, field=place)
    return cleaned(value).strip()
