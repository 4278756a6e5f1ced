"""``decisions.csv``: what was settled about disagreements, with what each coder had there."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from qcode.formats.folder.names import Names
from qcode.formats.folder.tables import Cells, joined, read_table
from qcode.formats.folder.values import Passage, PlainDecision
from qcode.formats.tabular.cells import csv_bytes
from qcode.language import _
from qcode.model.decision import VERDICTS

COLUMNS = ("document", "coder a", "coder b", "given by a", "given by b", "verdict", "outcome",
           "reason", "took part", "dissent", "rule", "by", "date")  # fmt: skip
_PASSAGE = re.compile(r"([0-9]{1,12})-([0-9]{1,12}) (.+)")


def read_decisions(path: Path, names: Names) -> tuple[PlainDecision, ...]:
    """Return the decisions of a table; none where there is no table."""
    if not path.exists():
        return ()
    return tuple(_decision(row, names) for row in read_table(path, COLUMNS, needed=COLUMNS[:7]))


def _decision(row: Cells, names: Names) -> PlainDecision:
    return PlainDecision(
        document=names.document(row),
        coders=(names.coder(row, "coder a"), names.coder(row, "coder b")),
        given=(_passages(row, names, "given by a"), _passages(row, names, "given by b")),
        verdict=row.one_of("verdict", VERDICTS),
        outcome=_passages(row, names, "outcome"),
        reason=row.text("reason"),
        present=names.finished(row, "took part"),
        dissent=row.text("dissent"),
        rule=row.text("rule"),
        by=names.coder(row, "by") if row.text("by") else "",
        date=row.text("date"),
        line=row.line,
    )


def _passages(row: Cells, names: Names, column: str) -> tuple[Passage, ...]:
    found = []
    for text in row.several(column):
        parts = _PASSAGE.fullmatch(text)
        path = names.paths.get(parts[3].casefold()) if parts else None
        if parts is None or path is None or int(parts[1]) >= int(parts[2]):
            raise row.refused(
                _("a place and a code stand here, such as 120-180 path/of/code, not “{text}”"
                  ).format(text=text[:60]), column,
            )  # fmt: skip
        found.append((int(parts[1]), int(parts[2]), path))
    return tuple(found)


def decisions_bytes(decisions: Iterable[PlainDecision], order: Mapping[str, int]) -> bytes:
    """Return decisions as a table, in the order of documents and places."""
    return csv_bytes(COLUMNS, (
        (one.document, *one.coders, *map(_cell, one.given), one.verdict, _cell(one.outcome),
         one.reason, joined(one.present), one.dissent, one.rule, one.by, one.date)
        for one in sorted(decisions, key=lambda one: (order[one.document], one.given, one.coders))
    ))  # fmt: skip


def _cell(passages: Sequence[Passage]) -> str:
    return joined([f"{start}-{end} {code}" for start, end, code in passages])
