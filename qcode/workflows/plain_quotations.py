"""What is prepared of quotations, in and out of plain files."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from qcode.formats.folder.tables import joined, split
from qcode.model.quotation import Quotation, Translation
from qcode.store import codings, documents, quotations
from qcode.workflows.prepared import Prepared
from qcode.workflows.quotations import cuts_numbered, numbered

if TYPE_CHECKING:
    from qcode.workflows.plain_findings import Leaving, Taking

Rows = Sequence[Mapping[str, str]]
UNSURE = "?"
"""Stands where words were left out that have changed since."""


def leave_quotations(ways: Leaving) -> Iterator[Mapping[str, str]]:
    """Yield what is prepared of each coding, in order of place."""
    prepared, texts = Prepared(ways.connection), documents.transcripts(ways.connection)
    for one, cells in _placed(ways):
        cut = ""
        if one.short:
            stands = prepared.stands(texts(one.document), one, one.short)
            cut = joined(numbered(one.short.cuts)) if stands else UNSURE
        if cut or one.role or one.used:
            yield {**cells, "cut": cut, "role": one.role, "used in": joined(one.used)}


def leave_translations(ways: Leaving) -> Iterator[Mapping[str, str]]:
    """Yield the translations; what they are of may have changed since."""
    prepared, texts = Prepared(ways.connection), documents.transcripts(ways.connection)
    for one, cells in _placed(ways):
        for language, given in one.translations.items():
            fits = prepared.translated(texts(one.document), one, given)
            yield {**cells, "language": language, "text": given.text, "by": given.by,
                   "checked by": given.checked, "to check": "" if fits else "yes"}  # fmt: skip


def _placed(ways: Leaving) -> Iterator[tuple[Quotation, Mapping[str, str]]]:
    """Yield what is prepared with the cells that name its coding, in order of place."""
    known = {one.coding: one for one in quotations.listed(ways.connection)}
    found = sorted(
        codings.of_ids(ways.connection, known),
        key=lambda one: (ways.documents.get(one.document, ""), one.start, one.end, one.id),
    )
    for coding in found:
        if cells := ways.coding(coding):
            yield known[coding.id], cells


def take_quotations(ways: Taking, rows: Rows) -> tuple[int, int]:
    """Store what is prepared of codings; what is known already is left as it is."""
    new = 0
    known = _known(ways)
    for row in rows:
        coding = ways.coding(row)
        if not coding or _place(ways, row) in known:
            continue
        if cut := row.get("cut", ""):
            sure = cut != UNSURE
            cuts = cuts_numbered(split(cut)) if sure else ()
            quotations.shorten(ways.step, coding, cuts, known=sure)
        if role := row.get("role", ""):
            quotations.give_role(ways.step, coding, role)
        if used := split(row.get("used in", "")):
            quotations.use(ways.step, coding, used)
        new += 1
    return new, len(rows) - new


def take_translations(ways: Taking, rows: Rows) -> tuple[int, int]:
    """Store translations into languages that a quotation is not in yet."""
    new = 0
    known = _known(ways)
    for row in rows:
        coding, language = ways.coding(row), row["language"]
        there = known.get(_place(ways, row))
        if not coding or (there and language in there.translations):
            continue
        given = Translation(language, row["text"], row.get("by", ""), row.get("checked by", ""))
        quotations.translate(ways.step, coding, given, known=not row.get("to check"))
        new += 1
    return new, len(rows) - new


def _known(ways: Taking) -> Mapping[tuple[str, int, int], Quotation]:
    """Return what is prepared before anything of these tables is."""
    return quotations.by_place(quotations.listed(ways.step.connection))


def _place(ways: Taking, row: Mapping[str, str]) -> tuple[str, int, int]:
    return ways.documents.get(row["document"], ""), int(row["start"]), int(row["end"])
