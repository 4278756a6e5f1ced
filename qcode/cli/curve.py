"""A rising curve in plain characters: how many codes there are after each interview."""

from __future__ import annotations

import shutil
from collections.abc import Sequence

from qcode.language import _

HEIGHT = 12
POINT, BAND = "●", "░"


def drawn(
    totals: Sequence[int], levels: Sequence[tuple[int, int]] = (), width: int = 0
) -> list[str]:
    """Return the lines of a curve; ``levels`` are the lower and upper edge of a band around it.

    ``width`` is that of the terminal in cells; a curve of more points than fit is left out.
    """
    width = width or shutil.get_terminal_size().columns
    most = max(totals, default=0)
    margin = len(str(most)) + 2
    if not most or margin + len(totals) > width:
        return []
    step = max(1, min(4, (width - margin) // len(totals)))
    lines = ["", _("codes so far ({point}), random orders 5-95 % ({band})").format(
        point=POINT, band=BAND) if levels else _("codes so far")]  # fmt: skip
    for row in range(HEIGHT, -1, -1):
        cells = [
            _cell(row, most, total, levels[at] if levels else None)
            for at, total in enumerate(totals)
        ]
        told = str(round(most * row / HEIGHT)) if row % 3 == 0 else ""
        axis = "┤" if told else "│"
        body = "".join(cell.rjust(step, cell if cell == BAND else " ") for cell in cells)
        lines.append(f"{told:>{margin - 2}} {axis}{body}".rstrip())
    lines.append(" " * (margin - 1) + "└" + "─" * (step * len(totals)))
    ticks = "".join(
        str(at).rjust(step) if step > len(str(at)) or at % 5 == 0 else " " * step
        for at in range(1, len(totals) + 1)
    )
    return [*lines, " " * margin + ticks[: width - margin], " " * margin + _("interviews")]


def _cell(row: int, most: int, total: int, edges: tuple[int, int] | None) -> str:
    if _row(total, most) == row:
        return POINT
    if edges and _row(edges[0], most) <= row <= _row(edges[1], most):
        return BAND
    return " "


def _row(total: int, most: int) -> int:
    return round(HEIGHT * total / most)
