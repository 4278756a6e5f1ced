"""All stories: what they are made of, as lists, and how they become files."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from qcode.errors import BadInput
from qcode.language import _
from qcode.model.case import Case
from qcode.model.filter import Filter
from qcode.model.narrative import HEADING, PASSAGE, SENTENCE, Story
from qcode.model.table import Cell, Column, Table
from qcode.store import narratives
from qcode.store.project import Reader
from qcode.system import write_atomically
from qcode.workflows import blinding
from qcode.workflows.choosing import cases_of
from qcode.workflows.narrative import story
from qcode.workflows.retrieving import Shelf

_LONGEST = 80
"""Letters of a file name."""


def kinds() -> Mapping[str, str]:
    """Return the kinds of piece as a person reads them."""
    return {HEADING: _("heading"), SENTENCE: _("sentence"), PASSAGE: _("passage")}


def pieces_table(connection: Reader, case: Case) -> Table:
    """Return the pieces of a story with the numbers by which they are named."""
    told = story(connection, case)
    rows = tuple(
        (at, kinds()[one.kind], left_out(one.gap) if one.gap else one.text, one.reference)
        for at, one in enumerate(told.pieces, start=1)
    )
    columns = (
        Column("number", _("number"), numeric=True), Column("kind", _("kind")),
        Column("text", _("text")), Column("reference", _("reference")),
    )  # fmt: skip
    notes = (*([told.notice] if told.notice else []), *told.notes)
    return Table(_("Story of {case}").format(case=case.name), columns, rows, notes)


def stories_table(connection: Reader, asked: Filter | None = None) -> Table:
    """Return how many pieces of each kind the story of each case has, of those a filter leaves."""
    columns = (
        Column("case", _("case")),
        *(Column(kind, name, numeric=True) for kind, name in (
            (HEADING, _("headings")), (SENTENCE, _("sentences")), (PASSAGE, _("passages")))),
    )  # fmt: skip
    found = Counter((one.case, one.kind) for one in narratives.listed(connection))
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (case.name, *(found[case.id, kind] for kind in (HEADING, SENTENCE, PASSAGE)))
        for case in with_story(connection, asked)
    )
    return blinding.noted(connection, Table(_("Stories"), columns, rows))


def left_out(why: str) -> str:
    """Return what stands in place of a passage that is not there."""
    return _("[passage left out: {why}]").format(why=why)


def with_story(connection: Reader, asked: Filter | None = None) -> list[Case]:
    """Return the cases that have a story, by name; of those that a filter of names leaves."""
    told = {one.case for one in narratives.listed(connection)}
    why = _("a story has the pieces that were put into it; options choose passages of an outline")
    return [case for case in cases_of(connection, asked or Filter(), why) if case.id in told]


def stories(connection: Reader, asked: Filter | None = None) -> Iterator[tuple[Case, Story]]:
    """Yield every case that has a story, with it."""
    shelf = Shelf(connection)
    for case in with_story(connection, asked):
        yield case, story(connection, case, shelf)


def file_names(cases: Sequence[Case]) -> Mapping[str, str]:
    """Return a file name for each case, by id, that no platform refuses and no two share."""
    taken: set[str] = set()
    found = {}
    for case in cases:
        bare = "".join(sign if sign.isalnum() or sign in "-_ " else "_" for sign in case.name)
        bare = bare.strip()[:_LONGEST] or case.kind
        name, number = bare, 1
        while name.casefold() in taken:
            number += 1
            name = f"{bare}-{number}"
        taken.add(name.casefold())
        found[case.id] = name
    return found


def format_of(file: Path) -> str:
    """Return how a story is written into a file of that name."""
    from qcode.formats.narrative import SUFFIXES

    for format, suffix in SUFFIXES.items():
        if file.suffix.casefold() == suffix:
            return format
    raise BadInput(
        _("end the name with {suffixes}; it says how the file is written").format(
            suffixes=", ".join(SUFFIXES.values())
        )
    )


def file_story(told: Story, file: Path) -> None:
    """Write a story to a file, whole or not at all."""
    from qcode.formats.narrative import write

    write_atomically(file, write(told, format_of(file)))
