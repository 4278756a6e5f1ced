"""Filters saved under a name: kept, listed, taken up again, in and out of plain files."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from qcode.errors import BadInput, NotFound
from qcode.language import _
from qcode.model.codebook import Codebook
from qcode.model.filter import Filter
from qcode.model.search import Search
from qcode.model.table import Column, Table
from qcode.store import codebook, searches
from qcode.store.project import Reader, Step
from qcode.workflows.asking import SEARCH, filter_typed, line_of, narrowed
from qcode.workflows.wording import in_words

_OF_CODES = ("codes", "also", "without")
"""The fields of a filter that name codes."""


def unfolded(connection: Reader, asked: Filter) -> Filter:
    """Return a filter of names with what its saved searches stand for in it."""
    book = codebook.read(connection)
    for name in asked.searches:
        one = searches.named(connection, name)
        asked = narrowed(_read(one, book), asked, one.name)
    return replace(asked, searches=())


def _read(one: Search, book: Codebook) -> Filter:
    """Return the filter of a saved search, its codes as they are called now."""
    try:
        asked = replace(filter_typed(one.line), searches=())
        now = {typed: _called(book, typed, id) for typed, id in one.codes.items()}
        renamed = {
            field: tuple(now.get(typed, typed) for typed in getattr(asked, field))
            for field in _OF_CODES
        }
        return replace(asked, **renamed)  # type: ignore[arg-type]
    except (BadInput, NotFound) as error:
        raise BadInput(
            _("the saved search “{name}” cannot be read: {why}").format(name=one.name, why=error)
        ) from error


def _called(book: Codebook, typed: str, id: str) -> str:
    """Return what a code is typed as now: as it was, unless that means another or none."""
    if id not in book.codes:
        raise NotFound(_("its code “{code}” is not in the codebook").format(code=typed))
    return typed if _meant(book, typed) == book.end(id) else book.path(book.end(id))


def _meant(book: Codebook, typed: str) -> str:
    """Return the id of the code that is typed so, nothing where none or several are."""
    try:
        return book.end(book.find(typed, retired=True).id)
    except (BadInput, NotFound):
        return ""


def keep(step: Step, name: str, line: str) -> Search:
    """Keep a line of options under a name, with the codes that it means now."""
    try:
        asked, book = filter_typed(line), codebook.read(step.connection)
    except BadInput:
        return Search(searches.save(step, name, line), name, line)
    typed = dict.fromkeys(name for field in _OF_CODES for name in getattr(asked, field))
    codes = {name: id for name in typed if (id := _meant(book, name))}
    return Search(searches.save(step, name, line, codes), name, line, codes)


def lines(connection: Reader) -> Iterator[tuple[str, str, str]]:
    """Yield the saved searches: name, options that mean now what they did, and these in words.

    What cannot be read stays as it was typed, and tells why.
    """
    book = codebook.read(connection)
    for one in searches.listed(connection):
        try:
            asked = _read(one, book)
        except BadInput as error:
            yield one.name, one.line, str(error)
        else:
            yield one.name, line_of(asked), in_words(asked)


def save(step: Step, name: str, asked: Filter) -> Search:
    """Keep a filter of names, which must mean something, and return how it reads."""
    name = " ".join(name.split()).removeprefix(SEARCH)
    line = line_of(unfolded(step.connection, asked))
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
