"""Filters saved under a name: kept, listed, taken up again, in and out of plain files."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from qcode.errors import BadInput, NotFound
from qcode.language import _
from qcode.model.filter import Filter
from qcode.model.search import Search
from qcode.model.table import Column, Table
from qcode.store import searches
from qcode.store.project import Reader, Step
from qcode.workflows.asking import SEARCH, filter_typed, line_of, narrowed
from qcode.workflows.named import Names, attribute_named, renamed
from qcode.workflows.valued import spelt_out
from qcode.workflows.wording import in_words


def unfolded(connection: Reader, asked: Filter) -> Filter:
    """Return a filter of names with what its saved searches stand for in it."""
    names = Names(connection)

    def called(asked: Filter) -> Filter:
        # Two names of one attribute would else be taken for two attributes.
        where = ((attribute_named(connection, name).name, value) for name, value in asked.where)
        return replace(asked, where=tuple(where))

    for name in asked.searches:
        one = searches.named(connection, name)
        asked = narrowed(called(_read(one, names)), called(asked), one.name)
    return replace(asked, searches=())


def _read(one: Search, names: Names) -> Filter:
    """Return the filter of a saved search, with what is named in it as it is called now."""

    def called(noun: str, typed: str) -> str:
        id = one.ids.get(noun, {}).get(typed)
        return names.now(noun, typed, id) if id else typed

    try:
        return renamed(replace(filter_typed(one.line), searches=()), called)
    except (BadInput, NotFound) as error:
        raise BadInput(
            _("the saved search “{name}” cannot be read: {why}").format(name=one.name, why=error)
        ) from error


def keep(step: Step, name: str, line: str) -> Search:
    """Keep a line of options under a name, with the ids of what it names now."""
    names, ids = Names(step.connection), defaultdict[str, dict[str, str]](dict)

    def noted(noun: str, typed: str) -> str:
        if id := names.means(noun, typed):
            ids[noun][typed] = id
        return typed

    try:
        renamed(filter_typed(line), noted)
    except BadInput:
        ids.clear()
    return Search(searches.save(step, name, line, ids), name, line, ids)


def lines(connection: Reader) -> Iterator[tuple[str, str, str]]:
    """Yield the saved searches: name, options that mean now what they did, and these in words.

    What cannot be read stays as it was typed, and tells why.
    """
    names = Names(connection)
    for one in searches.listed(connection):
        try:
            asked = _read(one, names)
        except BadInput as error:
            yield one.name, one.line, str(error)
        else:
            yield one.name, line_of(asked), in_words(asked)


def save(step: Step, name: str, asked: Filter) -> Search:
    """Keep a filter of names, which must mean something, and return how it reads."""
    name = " ".join(name.split()).removeprefix(SEARCH)
    asked = unfolded(step.connection, asked)
    # A value has no id to be known by: its whole name is kept.
    line = line_of(replace(asked, where=spelt_out(step.connection, asked.where)))
    if not line:
        raise BadInput(_("there are no options to save; --code, --where and others choose"))
    return keep(step, name, line)


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
        tuple((SEARCH + name, meaning, line) for name, line, meaning in lines(connection)),
        (_("typed as @name on every command that takes such options, alone or with more of them"),),
    )
