"""Finding things by the names that a person typed, and what they are called now."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cached_property

from qcode.analysis.comparison import ROLES
from qcode.analysis.referring import VILLAGES
from qcode.errors import BadInput, NotFound
from qcode.language import _, counted
from qcode.model.case import Attribute
from qcode.model.codebook import Codebook
from qcode.model.filter import CONSENSUS, RECORD, Filter
from qcode.model.naming import chosen
from qcode.store import cases, codebook, coders, documents
from qcode.store.project import Reader
from qcode.workflows.people import case_named, cases_by_name

CODE, DOCUMENT, CASE, CODER, ATTRIBUTE = "code", "document", "case", "coder", "attribute"
_NOUNS = {
    CODE: _("code"), DOCUMENT: _("document"), CASE: _("case"), CODER: _("coder"),
    ATTRIBUTE: _("attribute"),
}  # fmt: skip
_FIELDS = {
    "codes": CODE, "also": CODE, "without": CODE, "documents": DOCUMENT, "cases": CASE,
    "coders": CODER,
}  # fmt: skip
"""What the names in a field of a filter stand for."""


def renamed(asked: Filter, called: Callable[[str, str], str]) -> Filter:
    """Return a filter with other names for codes, documents, cases, coders and attributes.

    ``called`` gives one for a noun and a name.
    """
    named = {
        field: tuple(called(noun, typed) for typed in getattr(asked, field))
        for field, noun in _FIELDS.items()
    }
    where = tuple((called(ATTRIBUTE, name), value) for name, value in asked.where)
    layer = asked.layer if asked.layer in (RECORD, CONSENSUS) else called(CODER, asked.layer)
    return replace(asked, where=where, layer=layer, **named)  # type: ignore[arg-type]


class Names:
    """The names of a project and what they stand for, read where they are asked for."""

    def __init__(self, connection: Reader) -> None:
        self.connection = connection
        self._listed: dict[str, Mapping[str, str]] = {}

    def id(self, noun: str, typed: str) -> str:
        """Return the id of what is typed so; raises as ``chosen`` does."""
        if noun == CODE:
            return self._book.find(typed, retired=True).id
        if noun == ATTRIBUTE:
            return attribute_named(self.connection, typed).id
        if noun == CASE:
            return case_named(self.connection, typed).id
        return chosen(typed, self._known(noun), _NOUNS[noun])

    def means(self, noun: str, typed: str) -> str:
        """Return the id of what is typed so, nothing where there is none or are several."""
        try:
            return self.id(noun, typed)
        except (BadInput, NotFound):
            return ""

    def now(self, noun: str, typed: str, id: str) -> str:
        """Return what a thing is typed as now: as it was, unless that means another or none.

        Raises NotFound where it is gone.
        """
        meant = self.means(noun, typed)
        if noun == CODE and id in self._book.codes:
            end = self._book.end(id)
            same = bool(meant) and self._book.end(meant) == end
            return typed if same else self._book.path(end)
        names = {known: name for name, known in self._known(noun).items()}
        if id not in names:
            raise NotFound(
                _("its {noun} “{name}” is not there any more").format(noun=_NOUNS[noun], name=typed)
            )
        return typed if meant == id else names[id]

    @cached_property
    def _book(self) -> Codebook:
        return codebook.read(self.connection)

    def _known(self, noun: str) -> Mapping[str, str]:
        """Return the ids by name."""
        if noun not in self._listed:
            self._listed[noun] = _known(self.connection, noun)
        return self._listed[noun]


def _known(connection: Reader, noun: str) -> Mapping[str, str]:
    if noun == DOCUMENT:
        return {one.name: one.id for one in documents.listed(connection)}
    if noun == CASE:
        return {name: one.id for name, one in cases_by_name(cases.listed(connection)).items()}
    if noun == CODER:
        return {one.name: one.id for one in coders.listed(connection)}
    if noun == ATTRIBUTE:
        return {one.name: one.id for one in cases.attributes_of(connection)}
    return {}


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
