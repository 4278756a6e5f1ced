"""From the names that a person typed to the ids that a filter holds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from qcode.analysis.comparison import ROLES
from qcode.analysis.referring import VILLAGES
from qcode.errors import BadInput, NotFound, Refused
from qcode.language import _, counted
from qcode.model.case import Attribute, Case
from qcode.model.codebook import Codebook
from qcode.model.coding import FLAGS
from qcode.model.filter import CONSENSUS, RECORD, STEM, Filter
from qcode.model.naming import chosen
from qcode.store import cases, codebook, decisions, documents
from qcode.store.project import Reader, about
from qcode.workflows.asking import checked
from qcode.workflows.coders import coder_named
from qcode.workflows.searching import unfolded


def resolved(connection: Reader, asked: Filter) -> Filter:
    """Return a filter of ids from one of names, or say which name stands for nothing."""
    asked = checked(unfolded(connection, asked) if asked.searches else asked)
    coded = asked.codes or asked.also or asked.without
    book = codebook.read(connection) if coded else Codebook(())
    return replace(
        asked,
        codes=_codes(book, asked.codes),
        also=_codes(book, asked.also),
        without=_codes(book, asked.without),
        documents=_documents(connection, asked.documents),
        cases=_cases(connection, asked.cases),
        where=_where(connection, asked.where),
        flags=tuple(kind_of_flag(name) for name in asked.flags),
        coders=tuple(coder_named(connection, name).id for name in asked.coders),
        layer=_layer(connection, asked.layer),
        language=_language(connection, asked),
    )


def _language(connection: Reader, asked: Filter) -> str:
    """Return the language of word stems: as typed, else that of the project."""
    return asked.language or (about(connection).get("language", "") if asked.match == STEM else "")


def _codes(book: Codebook, typed: Iterable[str]) -> tuple[str, ...]:
    return tuple(book.find(name, retired=True).id for name in typed)


def _documents(connection: Reader, typed: tuple[str, ...]) -> tuple[str, ...]:
    if not typed:
        return ()
    known = {document.name: document for document in documents.listed(connection)}
    return tuple(chosen(name, known, _("document")).id for name in typed)


def _cases(connection: Reader, typed: tuple[str, ...]) -> tuple[str, ...]:
    if not typed:
        return ()
    known: dict[str, Case] = {}
    for case in cases.listed(connection):
        # Cases of two kinds may share a name: the second is then typed with its kind before it.
        known[case.name if case.name not in known else f"{case.kind} {case.name}"] = case
    return tuple(chosen(name, known, _("case")).id for name in typed)


def _where(
    connection: Reader, typed: tuple[tuple[str, str], ...]
) -> tuple[tuple[str, str], ...]:  # fmt: skip
    if not typed:
        return ()
    everyone = cases.listed(connection)
    pairs = []
    for name, value in typed:
        attribute = attribute_named(connection, name)
        values = {one: one for case in everyone for one in case.values.get(attribute.name, ())}
        if not values:
            raise NotFound(_("no case has a value of “{name}”").format(name=attribute.name))
        noun = _("value of {attribute}").format(attribute=attribute.name)
        pairs.append((attribute.name, chosen(value, values, noun)))
    return tuple(pairs)


def attribute_named(connection: Reader, typed: str) -> Attribute:
    """Return the attribute of that name or a clear beginning of it; raises as ``chosen`` does.

    ``village`` and ``role`` find the attributes desa and peran, and the other way round.
    """
    known = {attribute.name: attribute for attribute in cases.attributes_of(connection)}
    if not known:
        raise NotFound(_("the cases have no attributes; `qcode cases import FILE` brings them"))
    if not typed.strip():
        raise BadInput(_("name an attribute, as in --by {first}; there are: {names}").format(
            first=next(iter(known)), names=", ".join(_valued(connection, known))))  # fmt: skip
    return chosen(_as_called(typed, known), known, _("attribute"))


def _valued(connection: Reader, names: Iterable[str]) -> Iterator[str]:
    """Yield the names of attributes with how many cases have a value."""
    everyone = cases.listed(connection)
    for name in names:
        having = sum(bool(case.values.get(name)) for case in everyone)
        yield counted("{{name}} ({n} case)", "{{name}} ({n} cases)", having).format(name=name)


def attribute_of(connection: Reader, names: Iterable[str]) -> Attribute | None:
    """Return the attribute that is called by the first of some words that any is called by."""
    known = {one.name.casefold(): one for one in cases.attributes_of(connection)}
    return next((known[name] for name in names if name in known), None)


def _as_called(typed: str, names: Iterable[str]) -> str:
    """Return what villages or roles are called here, if that was typed by the other word for it."""
    called = {name.casefold(): name for name in names}
    wanted = typed.strip().casefold()
    if wanted in called:
        return typed
    same = next((words for words in (VILLAGES, ROLES) if wanted in words), ())
    return next((called[word] for word in same if word in called), typed)


def kind_of_flag(typed: str) -> str:
    """Return the kind of FLAGS that was typed, ``off-the-record`` or a clear beginning of it."""
    return chosen(typed.replace("-", " "), {kind: kind for kind in FLAGS}, _("flag"))


def _layer(connection: Reader, typed: str) -> str:
    if typed == CONSENSUS and not decisions.settled(connection):
        raise Refused(_("no document has a consensus yet; leave --layer out, or name a coder"))
    return typed if typed in (RECORD, CONSENSUS) else coder_named(connection, typed).id
