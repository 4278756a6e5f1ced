"""What a theme rests on, as rows of a list and as lines of plain text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from qcode.analysis.frequency import share_of_cases
from qcode.analysis.releasing import named
from qcode.analysis.themes import reach, side_named
from qcode.language import _
from qcode.model.table import Table, in_words
from qcode.model.theme import AGAINST, FOR, Ground, Theme
from qcode.tui.inspecting import Line
from qcode.workflows.quoting import Seen
from qcode.workflows.themes import Behind, Behinds


@dataclass(frozen=True, slots=True)
class Row:
    """A ground of the theme, or a passage of a code that is one."""

    side: str
    ground: Ground
    seen: Seen | None = None
    """The passage; nothing where the row is a code."""
    title: str = ""
    numbers: str = ""
    key: bool = False
    """Whether the passage is flagged as a key quotation."""
    of: str = ""
    """The sub-theme it is put under, where that is not the theme itself."""

    @property
    def own(self) -> bool:
        """Tell whether the row itself is what is put under the theme."""
        return self.seen is None or bool(self.ground.coding)


def rows_of(
    found: Behinds, ground: Ground, part: str, passages: Sequence[tuple[Behind, Seen]]
) -> Iterator[Row]:
    """Yield the row of a ground, then those of its passages."""
    book = found.claims.layer.book
    if ground.code in book.codes:
        informants = in_words(share_of_cases(found.claims.found(reach([ground], book))))
        yield Row(ground.side, ground, None, book.path(book.end(ground.code)), informants, of=part)
    elif not passages:
        title = _("a passage out of view, or without a place")
        yield Row(ground.side, ground, None, title, of=part)
    for one, seen in passages:
        yield Row(ground.side, ground, seen, key=found.key(one), of=part)


def described(row: Row) -> Iterator[Line]:
    """Yield a row in full."""
    if row.seen is None:
        yield Line(row.title, "strong")
        if row.numbers:
            yield Line(_("{k} informants, of those looked through").format(k=row.numbers), "quiet")
    else:
        segment = row.seen.passage.segment
        yield Line(segment.code, "strong")
        yield Line(f"{row.seen.address} · {segment.coder}", "quiet")
        yield Line(segment.text)
        said = row.seen.reason and _("Stays inside the project: {why}").format(
            why=named(row.seen.reason)
        )
        yield Line(said or row.seen.reference, "strong" if said else "quiet")
    if row.of:
        yield Line(_("under the sub-theme “{name}”").format(name=row.of), "quiet")
    if row.ground.why:
        yield Line(row.ground.why, lead=_("why: "))
    yield Line()


def claimed(theme: Theme, who: Table) -> Iterator[Line]:
    """Yield what a theme claims, then who stands for and against it."""
    yield Line(_("What it claims"), "strong")
    yield Line(theme.statement or _("e writes it."), "plain" if theme.statement else "quiet")
    if theme.memo:
        yield Line(theme.memo, lead=_("memo: "))
    by = ""
    for name, group, *sides in who.rows:
        if name != by:
            by = str(name)
            yield Line()
            yield Line(_("By {group}").format(group=by), "strong")
        said = [
            f"{side_named(side)} {text}"
            for side, cell in zip((FOR, AGAINST), sides, strict=True) if (text := in_words(cell))
        ]  # fmt: skip
        yield Line(" · ".join(said) or "-", lead=f"{group}: ")
