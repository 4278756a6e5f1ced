"""From the names that a person typed to the ids that a filter holds."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from qcode.analysis.layer import holds
from qcode.errors import Refused
from qcode.language import _
from qcode.model.case import Case
from qcode.model.coding import FLAGS
from qcode.model.document import Document
from qcode.model.filter import CONSENSUS, STEM, Filter
from qcode.model.naming import chosen
from qcode.store import cases, decisions, documents
from qcode.store.project import Reader, about
from qcode.workflows.asking import FIELDS, checked, checked_words
from qcode.workflows.named import Names, renamed
from qcode.workflows.searching import unfolded
from qcode.workflows.valued import values_of


def resolved(connection: Reader, asked: Filter, *, words: bool = False) -> Filter:
    """Return a filter of ids from one of names, or say which name stands for nothing.

    ``words`` tells that the way to look for words is that of others than its own.
    """
    asked = checked(unfolded(connection, asked) if asked.searches else asked)
    checked_words(asked, others=words)
    wanted = renamed(asked, Names(connection).id)
    if asked.layer == CONSENSUS and not decisions.settled(connection):
        raise Refused(_("no document has a consensus yet; leave --layer out, or name a coder"))
    return replace(
        wanted,
        where=values_of(connection, asked.where),
        flags=tuple(kind_of_flag(name) for name in asked.flags),
        language=_language(connection, asked),
    )


def resolved_of(connection: Reader, asked: Filter, options: Collection[str], why: str) -> Filter:
    """Return a filter of ids that has none but these options; refused with ``why`` else."""
    asked, nothing = unfolded(connection, asked), Filter()
    others = [option for option, field in FIELDS.items()
              if option not in options and getattr(asked, field) != getattr(nothing, field)]  # fmt: skip
    if others:
        raise Refused(_("{why}; {options} cannot be asked for here").format(
            why=why, options=", ".join(others)))  # fmt: skip
    return resolved(connection, asked)


def resolved_for(connection: Reader, asked: Filter, case: Case) -> Filter:
    """Return a filter of ids narrowed to one case; refused where it chooses others."""
    wanted = resolved(connection, asked)
    if (wanted.cases and case.id not in wanted.cases) or not holds(case, wanted.where):
        raise Refused(_("--case and --where choose others than {case}").format(case=case.name))
    return replace(wanted, cases=(case.id,))


def cases_of(
    connection: Reader, asked: Filter, why: str, *, retired: bool = False
) -> tuple[Case, ...]:
    """Return the cases that a filter of names leaves; refused with ``why`` where it has more."""
    wanted = resolved_of(connection, asked, ("--case", "--where"), why)
    return cases_left(connection, wanted, retired=retired)


def cases_left(connection: Reader, wanted: Filter, *, retired: bool = False) -> tuple[Case, ...]:
    """Return the cases that a filter of ids leaves."""
    return tuple(
        one for one in cases.listed(connection, retired=retired)
        if (not wanted.cases or one.id in wanted.cases) and holds(one, wanted.where)
    )  # fmt: skip


WHOLE = ("--document", "--kind", "--case", "--where")
"""The options that choose whole documents: in which one of the cases takes part."""


def whole_documents(
    connection: Reader, asked: Filter, why: str, *, retired: bool = False
) -> tuple[Document, ...]:
    """Return the documents that a filter of names leaves; refused with ``why`` where it has more."""
    wanted = resolved_of(connection, asked, WHOLE, why)
    return documents_left(connection, wanted, retired=retired)


def documents_left(
    connection: Reader, wanted: Filter, *, retired: bool = False
) -> tuple[Document, ...]:
    """Return the documents that a filter of ids leaves."""
    some = documents.listed(connection, retired=retired)
    if wanted.cases or wanted.where:
        people = {one.id for one in cases_left(connection, wanted)}
        taking = cases.by_document(connection)
        some = tuple(one for one in some if not people.isdisjoint(taking.get(one.id, ())))
    return tuple(
        one for one in some
        if (not wanted.documents or one.id in wanted.documents)
        and (not wanted.kinds or one.kind in wanted.kinds)
    )  # fmt: skip


def _language(connection: Reader, asked: Filter) -> str:
    """Return the language of word stems: as typed, else that of the project."""
    return asked.language or (about(connection).get("language", "") if asked.match == STEM else "")


def kind_of_flag(typed: str) -> str:
    """Return the kind of FLAGS that was typed, ``off-the-record`` or a clear beginning of it."""
    return chosen(typed.replace("-", " "), {kind: kind for kind in FLAGS}, _("flag"))
