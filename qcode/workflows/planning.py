"""A line typed to open a round or to give documents out, and what it buys before it is written."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from qcode.errors import BadInput
from qcode.language import _, counted
from qcode.model.document import Document
from qcode.model.filter import Filter
from qcode.model.round import Round, checked_round_name
from qcode.model.table import Column, Table
from qcode.store.project import Reader, Step
from qcode.workflows import assigning
from qcode.workflows.addresses import document_named
from qcode.workflows.asking import FIELDS, filter_typed
from qcode.workflows.assigning import Plan, Wish
from qcode.workflows.coders import coder_named
from qcode.workflows.rounds import open_round
from qcode.workflows.scope import kind_names, round_named

_TAKING = {"--documents": "documents", "--coders": "coders", "--to": "to", "--double": "double",
           "--stratify": "stratify", "--seed": "seed", "--round": "round"}  # fmt: skip
_FLAGS = {"--primary": "primary", "--remove": "remove"}
_TO_BE = "to be opened"
"""Stands for the id of a round that is not there yet."""


@dataclass(frozen=True, slots=True)
class Line:
    """What a line asks for; names are as typed."""

    documents: tuple[str, ...] = ()
    to: tuple[str, ...] = ()
    wish: Wish = field(default_factory=Wish)
    asked: Filter = field(default_factory=Filter)
    """What is drawn from."""
    remove: bool = False

    @property
    def draws(self) -> bool:
        """Tell whether documents are drawn or shared out instead of named."""
        return bool(self.wish.double) or (self.wish.primary and not self.documents)


@dataclass(frozen=True, slots=True)
class Prepared:
    """What is about to be written as one step, and what to know before; ``write`` says it is."""

    verb: str
    write: Callable[[Step], str]
    table: Table | None = None


def line_typed(line: str) -> Line:
    """Return what a line of the options of ``qcode rounds open`` and ``qcode assign`` asks for.

    Words without an option name documents; the options of a filter say what is drawn from.
    """
    try:
        parts = iter(shlex.split(line))
    except ValueError as error:
        raise BadInput(_("a quotation mark is not closed")) from error
    several: dict[str, tuple[str, ...]] = {}
    for part in parts:
        option, equals, value = part.partition("=")
        if not part.startswith("--"):
            several["documents"] = (*several.get("documents", ()), part)
        elif option in _FLAGS:
            several[_FLAGS[option]] = (option,)
        else:
            value = value if equals else _value(option, parts)
            name = _TAKING.get(option, "filter")
            more = (f"{option}={value}",) if name == "filter" else _split(name, value)
            several[name] = (*several.get(name, ()), *more)
    found = _line(several)
    if found.draws and found.documents:
        raise BadInput(_("name documents, or say how many to draw with --double"))
    return found


def _value(option: str, parts: Iterator[str]) -> str:
    known = (*_TAKING, *_FLAGS, *FIELDS)
    if option not in known:
        raise BadInput(_("there is no option “{option}”; there are: {known}").format(
            option=option, known=" ".join(known)))  # fmt: skip
    value = next(parts, "")
    if not value or value.startswith("--"):
        raise BadInput(_("“{option}” needs a value after it").format(option=option))
    return value


def _split(name: str, value: str) -> tuple[str, ...]:
    if name not in ("documents", "coders", "to"):
        return (value,)
    return tuple(filter(None, (one.strip() for one in value.split(","))))


def _line(several: Mapping[str, tuple[str, ...]]) -> Line:
    once = {name: several[name][-1] for name in ("double", "stratify", "seed", "round")
            if name in several}  # fmt: skip
    seed = once.pop("seed", "1")
    if not seed.isdecimal():
        raise BadInput(_("“{seed}” is no whole number to start drawing with").format(seed=seed))
    wish = Wish(
        several.get("coders", ()), seed=int(seed), primary="primary" in several, **once
    )  # fmt: skip
    return Line(
        several.get("documents", ()), several.get("to", ()), wish,
        filter_typed(shlex.join(several.get("filter", ()))), "remove" in several,
    )  # fmt: skip


# -- a round -------------------------------------------------------------------------------------


def round_prepared(connection: Reader, name: str, kind: str, typed: str) -> Prepared:
    """Return what it buys to open a round with what a line gives out in it, and how to do so."""
    line, name = line_typed(typed), checked_round_name(name)
    if line.to or line.remove or line.wish.round or (line.wish.primary and line.documents):
        raise BadInput(
            _("a round takes --coders A,B, and --documents A,B or --double 20% with --stratify "
              "ATTRIBUTE, --seed N, --primary")
        )  # fmt: skip
    people = tuple(dict.fromkeys(coder_named(connection, one) for one in line.wish.coders))
    if not people:
        raise BadInput(_("say who codes in it, such as --coders sari,bima"))
    new = Round(_TO_BE, name, kind, tuple(one.id for one in people))
    wanted = [document_named(connection, one) for one in line.documents]
    assigning.refuse_known(connection, wanted, people)
    assigning.refuse_unfit(connection, wanted, new)
    found = assigning.plan(connection, line.asked, line.wish, new) if line.draws else None

    def write(step: Step) -> str:
        here = [document_named(step.connection, one) for one in line.documents]
        opened = open_round(step, name, kind, line.wish.coders, here)
        if found:
            assigning.write(step, _placed(found, opened))
        return _("Round {name} is open; its codebook is frozen.").format(name=opened.name)

    names = [one.name for one in people]
    table = found.table if found else _named(wanted, names, name, kind)
    return Prepared("open round", write, table)


def _placed(found: Plan, opened: Round) -> Plan:
    """Return a plan with the round in it that was not there when it was made."""
    wanted = tuple(
        replace(one, round=opened.id) if one.round == _TO_BE else one for one in found.wanted
    )
    return replace(found, wanted=wanted)


def _named(wanted: list[Document], people: list[str], name: str, kind: str) -> Table:
    columns = (Column("document", _("document")), Column("coders", _("coders")))
    title = _("Round {name} ({kind})").format(name=name, kind=kind_names()[kind])
    notes = [_("the codebook is frozen as it is now, and until the round is closed its coders see "
               "nothing of what the others give these documents: {names}").format(
                   names=", ".join(people))]  # fmt: skip
    if not wanted:
        notes.append(_("no document is given out yet; “qcode assign” gives out some"))
    return Table(title, columns, tuple((one.name, ", ".join(people)) for one in wanted),
                 tuple(notes))  # fmt: skip


# -- assignments ---------------------------------------------------------------------------------


def assignment_prepared(connection: Reader, typed: str, within: str = "") -> Prepared:
    """Return what a line gives out, in the round of that name or the one that it names itself."""
    line = line_typed(typed)
    line = replace(line, wish=replace(line.wish, round=line.wish.round or within))
    if not line.draws:
        verb = "unassign" if line.remove else "assign"
        return Prepared(verb, lambda step: by_name(step, line))
    found = assigning.plan(connection, line.asked, line.wish)

    def write(step: Step) -> str:
        assigning.write(step, found)
        return _written(len(found.wanted))

    return Prepared("assign", write, found.table)


def by_name(step: Step, line: Line) -> str:
    """Give named documents to coders, or take them back; return what was done."""
    if not line.documents:
        raise BadInput(_("name documents, or say how many to draw with --double"))
    if not (line.to or line.remove):
        raise BadInput(_("say to whom with --to, or --remove"))
    wish = line.wish
    drawing = replace(wish, round="", primary=False)
    if drawing != Wish() or line.asked != Filter():
        raise BadInput(_("documents are named: --seed, --stratify, --coders and what chooses among "
                         "documents are for those that are drawn"))  # fmt: skip
    if line.remove and wish.primary:
        raise BadInput(_("--primary says whose coding is of record, and --remove takes back; leave "
                         "one out"))  # fmt: skip
    wanted = [document_named(step.connection, name) for name in line.documents]
    within = round_named(step.connection, wish.round) if wish.round else None
    if line.remove:
        number = assigning.take_back(step, wanted, line.to, within)
        return counted("{n} assignment taken back.", "{n} assignments taken back.", number)
    assigning.give(step, wanted, line.to, within, primary=wish.primary)
    return _written(len(wanted) * len(line.to))


def _written(number: int) -> str:
    return counted("{n} assignment written.", "{n} assignments written.", number)
