"""Themes, summaries and whatever else people made of the codings, in and out of plain files."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from qcode.formats.folder import PlainFinding
from qcode.store import cases, codebook, coders, codings
from qcode.store.project import Reader, Step
from qcode.workflows import (
    plain_answers,
    plain_guide,
    plain_narratives,
    plain_quotations,
    plain_searches,
    plain_themes,
)
from qcode.workflows.counting import surveyed
from qcode.workflows.plain_findings import Kind, Leaving, Names, Taking

KINDS: tuple[Kind, ...] = (
    Kind("searches.csv", "search", plain_searches.leave, plain_searches.take),
    Kind("guide.toml", "question", plain_guide.leave_questions, plain_guide.take_questions),
    Kind("askings.csv", "asking", plain_guide.leave_askings, plain_guide.take_askings),
    Kind("answers.csv", "answer", plain_answers.leave, plain_answers.take),
    Kind("narratives.csv", "piece", plain_narratives.leave_pieces, plain_narratives.take_pieces),
    Kind("summaries.csv", "summary", plain_narratives.leave_summaries,
         plain_narratives.take_summaries),
    Kind("themes.csv", "theme", plain_themes.leave_themes, plain_themes.take_themes),
    Kind("grounds.csv", "ground", plain_themes.leave_grounds, plain_themes.take_grounds),
    Kind("appraisals.csv", "appraisal", plain_themes.leave_appraisals,
         plain_themes.take_appraisals),
    Kind("quotations.csv", "quotation", plain_quotations.leave_quotations,
         plain_quotations.take_quotations),
    Kind("translations.csv", "quotation", plain_quotations.leave_translations,
         plain_quotations.take_translations),
)  # fmt: skip
"""In the order of ``formats.folder.findings.KINDS``."""


def leaving(connection: Reader, paths: Names) -> tuple[PlainFinding, ...]:
    """Return all findings as rows; ``paths`` are those of the codes that are written, by id."""
    book = codebook.read(connection)
    ends = {id: book.end(id) for id in book.codes}
    ways = Leaving(
        connection,
        {one.id: one.name for one in surveyed(connection).documents},
        {id: paths[end] for id, end in ends.items() if end in paths},
        {id: name for name, id in _cases(connection).items()},
        {one.id: one.name for one in coders.listed(connection)},
    )
    return tuple(_left(ways))


def _left(ways: Leaving) -> Iterator[PlainFinding]:
    for kind in KINDS:
        for cells in kind.leave(ways):
            yield PlainFinding(kind.file, {name: text for name, text in cells.items() if text})


def take(
    step: Step, findings: Sequence[PlainFinding], documents: Names, codes: Names, coders: Names
) -> Iterator[tuple[str, int, int]]:
    """Store findings; yield noun, how many are new, how many were known or have no place here.

    Documents, codes and coders by the names that the tables use.
    """
    if not findings:
        return
    placed = {
        (document, one.start, one.end, one.code, one.coder): one.id
        for document in documents.values()
        for one in codings.of_document(step.connection, document)
    }
    ways = Taking(step, documents, codes, coders, _cases(step.connection), placed)
    for kind in KINDS:
        rows = [one.values for one in findings if one.file == kind.file]
        if rows:
            new, known = kind.take(ways, rows)
            yield kind.noun, new, known


def _cases(connection: Reader) -> dict[str, str]:
    """Return the ids of the cases by kind and name, as the tables of findings have them."""
    return {f"{one.kind}: {one.name}": one.id for one in cases.listed(connection)}
