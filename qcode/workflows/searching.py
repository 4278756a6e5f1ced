"""Filters saved under a name: kept, listed, taken up again, in and out of plain files."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from qcode.errors import BadInput
from qcode.language import _
from qcode.model.filter import Filter
from qcode.model.search import Search
from qcode.model.table import Column, Table
from qcode.store import searches
from qcode.store.project import Reader, Step
from qcode.workflows.asking import SEARCH, filter_typed, line_of, narrowed
from qcode.workflows.wording import in_words


def unfolded(connection: Reader, asked: Filter) -> Filter:
    """Return a filter of names with what its saved searches stand for in it."""
    for name in asked.searches:
        one = searches.named(connection, name)
        asked = narrowed(_read(one), asked, one.name)
    return replace(asked, searches=())


def _read(one: Search) -> Filter:
    try:
        return replace(filter_typed(one.line), searches=())
    except BadInput as error:
        raise BadInput(
            _("the saved search “{name}” cannot be read: {why}").format(name=one.name, why=error)
        ) from error


def _told(one: Search) -> str:
    try:
        return in_words(_read(one))
    except BadInput as error:
        return str(error)


def save(step: Step, name: str, asked: Filter) -> Search:
    """Keep a filter of names, which must mean something, and return how it reads."""
    name = " ".join(name.split()).removeprefix(SEARCH)
    line = line_of(unfolded(step.connection, asked))
    if not line:
        raise BadInput(_("there are no options to save; --code, --where and others choose"))
    return Search(searches.save(step, name, line), name, line)


def remove(step: Step, name: str) -> Search:
    """Take a saved search out of the list, and return it."""
    one = searches.named(step.connection, name.removeprefix(SEARCH))
    searches.remove(step, one.id)
    return one


def named_among(
    connection: Reader, words: Sequence[str]
) -> tuple[tuple[str, ...], tuple[str, ...]]:  # fmt: skip
    """Return the names of saved searches among some words, and the other words.

    A word that begins with @ and names no search is one that is looked for.
    """
    known = {SEARCH + one.name.casefold() for one in searches.listed(connection)}
    names = tuple(word[1:] for word in words if word.casefold() in known)
    return names, tuple(word for word in words if word.casefold() not in known)


def saved(connection: Reader) -> Table:
    """Return the saved searches as a table."""
    return Table(
        _("Saved searches"),
        (
            Column("name", _("search")),
            Column("meaning", _("what it chooses")),
            Column("options", _("options")),
        ),
        tuple((SEARCH + one.name, _told(one), one.line) for one in searches.listed(connection)),
        (_("typed as @name on every command that takes such options, alone or with more of them"),),
    )
