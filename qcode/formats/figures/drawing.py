"""Bars, heatmaps and curves with matplotlib: light is little, dark is much, and numbers are written.

Colours are those of Okabe and Ito (2008), which people tell apart whatever colours they see.
A heatmap has one of them alone, from white to dark, so that it reads the same in print without
colour, and nothing is white.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Sequence
from typing import TYPE_CHECKING

from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.figure import Figure as Sheet
from matplotlib.font_manager import FontProperties

from qcode.language import _
from qcode.model.figure import Bars, Curve, Figure, Heatmap
from qcode.model.table import Cell, Share, in_words
from qcode.terminal import REPLACEMENT, in_one_line

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.backends.backend_agg import RendererAgg

_BLUE, _ORANGE, _GREY, _PALE = "#0072B2", "#D55E00", "#595959", "#D9D9D9"
_INDENT = 9.0
_ROW = 0.21
_SMALL = 6.5
_LONGEST = 64
_NARROWEST = 4.5
_DARK = 0.45
_NO_XML = re.compile("[\ufffe\uffff]")
"""What no SVG can hold."""
_SHADES = LinearSegmentedColormap.from_list("shades", ["#FFFFFF", "#8FC1E3", _BLUE, "#00314F"])


def draw(figure: Figure, *, captioned: bool) -> Sheet:
    """Return a picture as a sheet of matplotlib."""
    sheet = Sheet()
    renderer = FigureCanvasAgg(sheet).get_renderer()  # type: ignore[no-untyped-call]
    match figure:
        case Bars():
            axes = _bars(sheet, renderer, figure)
        case Heatmap():
            axes = _heatmap(sheet, renderer, figure)
        case Curve():
            axes = _curve(sheet, figure)
    if captioned:
        _caption(sheet, axes, renderer, figure)
    return sheet


def _bars(sheet: Sheet, renderer: RendererAgg, figure: Bars) -> Axes:
    axes = _field(sheet, 3.4, len(figure.rows))
    most = max((cell.n for cell in figure.cells if isinstance(cell, Share)), default=1) or 1
    for at, cell in enumerate(figure.cells):
        wide = 0.0
        if isinstance(cell, Share):
            axes.barh(at, cell.n, height=0.66, color="white", edgecolor=_PALE, linewidth=0.6)
            axes.barh(at, cell.k, height=0.66, color=_BLUE)
            wide = cell.n
        axes.annotate(in_words(cell), (wide, at), xytext=(4, 0), textcoords="offset points",
                      va="center", color="black")  # fmt: skip
    axes.set_xlim(0, most)
    axes.set_xticks(_ticks(most))
    axes.set_xlabel(_plain(figure.axis))
    axes.spines[["top", "right", "left"]].set_visible(False)
    _label_rows(axes, renderer, figure.rows, figure.depths)
    return axes


def _heatmap(sheet: Sheet, renderer: RendererAgg, figure: Heatmap) -> Axes:
    texts = [[in_words(cell) for cell in row] for row in figure.cells]
    heads = [_lines(column) for column in figure.columns]
    widest = max(
        (_width(renderer, line) for one in (*texts, *(head.split("\n") for head in heads))
         for line in one), default=0,
    )  # fmt: skip
    axes = _field(sheet, max(len(heads), 1) * max(widest + 8, 22) / 72, len(figure.rows))
    largest = max((_number(cell) for row in figure.cells for cell in row), default=0)
    shades = [[_shade(cell, largest) for cell in row] for row in figure.cells]
    if texts and heads:
        across, down = range(len(heads) + 1), [at - 0.5 for at in range(len(texts) + 1)]
        axes.pcolormesh(across, down, shades, edgecolor=_PALE, linewidth=0.5)
    for at, row in enumerate(texts):
        for column, text in enumerate(row):
            ink = "white" if _light(shades[at][column]) < _DARK else "black"
            axes.text(column + 0.5, at, text, ha="center", va="center", color=ink)
    axes.set_xlim(0, max(len(heads), 1))
    axes.set_xticks([at + 0.5 for at in range(len(heads))], heads)
    axes.xaxis.tick_top()
    axes.tick_params(axis="x", length=0)
    axes.spines[:].set_visible(False)
    _label_rows(axes, renderer, figure.rows, figure.depths or (0,) * len(figure.rows))
    return axes


def _curve(sheet: Sheet, figure: Curve) -> Axes:
    number = len(figure.points)
    axes = _field(sheet, max(_NARROWEST, 0.22 * number), 14)
    places = list(range(1, number + 1))
    axes.bar(places, figure.new, width=0.6, color=_PALE, edgecolor=_GREY, linewidth=0.5,
             label=_("new codes"))  # fmt: skip
    if figure.band:
        low, middle, high = (list(edge) for edge in zip(*figure.band, strict=True))
        axes.fill_between(places, low, high, color=_ORANGE, alpha=0.2, linewidth=0,
                          label=_("random orders, 5-95 %"))  # fmt: skip
        axes.plot(places, middle, color=_ORANGE, linestyle="--", linewidth=1,
                  label=_("random orders, median"))  # fmt: skip
    axes.plot(places, figure.total, color=_BLUE, marker="o", markersize=3.5, linewidth=1.4,
              label=_("codes so far"))  # fmt: skip
    for place, total in zip(places, figure.total, strict=True):
        axes.annotate(str(total), (place, total), xytext=(0, 4), textcoords="offset points",
                      ha="center", va="bottom", fontsize=_SMALL)  # fmt: skip
    axes.set_xticks(places, [_plain(one) for one in figure.points], rotation=90)
    axes.set_xlim(0.4, number + 0.6)
    axes.set_ylim(0, max([*figure.total, *(edge[2] for edge in figure.band), 1]) * 1.1)
    axes.set_xlabel(_plain(figure.across))
    axes.set_ylabel(_plain(figure.upward))
    axes.locator_params(axis="y", integer=True)
    axes.spines[["top", "right"]].set_visible(False)
    axes.legend(loc="upper left", bbox_to_anchor=(1.01, 1), frameon=False)
    return axes


def _field(sheet: Sheet, width: float, rows: int) -> Axes:
    """Return axes as wide as asked for in inches, with room for rows one below the other."""
    height = max(rows, 1) * _ROW
    sheet.set_size_inches(width, height)
    axes = sheet.add_axes((0, 0, 1, 1))
    axes.set_ylim(max(rows, 1) - 0.5, -0.5)
    return axes


def _label_rows(
    axes: Axes, renderer: RendererAgg, rows: Sequence[str], depths: Sequence[int]
) -> None:
    """Write the names of rows in a column that begins at the left, indented by depth."""
    names = [_plain(row) for row in rows]
    widest = max(
        (
            _width(renderer, name) + _INDENT * depth
            for name, depth in zip(names, depths, strict=True)
        ),
        default=0,
    )
    axes.set_yticks([])
    for at, (name, depth) in enumerate(zip(names, depths, strict=True)):
        axes.annotate(
            name, (0, at), xycoords=("axes fraction", "data"), va="center", ha="left",
            xytext=(_INDENT * depth - widest - 6, 0), textcoords="offset points",
        )  # fmt: skip


def _caption(sheet: Sheet, axes: Axes, renderer: RendererAgg, figure: Figure) -> None:
    box = axes.get_tightbbox(renderer)
    if box is None:
        return
    dots = sheet.dpi
    width = max(box.width / dots, _NARROWEST)
    letters = round(width * 72 / (_SMALL * 0.56))
    lines = textwrap.wrap(_cleaned(figure.title), letters)
    for note in figure.notes:
        lines += textwrap.wrap(
            _cleaned(note), letters, initial_indent="• ", subsequent_indent="   "
        )
    sheet.text(
        box.x0 / sheet.bbox.width, (box.y0 - 0.12 * dots) / sheet.bbox.height, "\n".join(lines),
        ha="left", va="top", fontsize=_SMALL, color=_GREY, linespacing=1.35,
    )  # fmt: skip


def _shade(cell: Cell, largest: float) -> tuple[float, float, float, float]:
    """Return the colour of a cell; white where it has no value."""
    strength = 0.0
    if isinstance(cell, Share):
        strength = cell.k / cell.n if cell.n else 0.0
    elif isinstance(cell, int | float):
        strength = cell / largest if largest else 0.0
    red, green, blue, whole = _SHADES(strength)
    return float(red), float(green), float(blue), float(whole)


def _number(cell: Cell) -> float:
    return cell if isinstance(cell, int | float) else 0


def _light(color: Sequence[float]) -> float:
    red, green, blue = color[:3]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _ticks(most: int) -> list[int]:
    step = max(1, round(most / 4))
    return [*range(0, most, step), most] if most % step else list(range(0, most + 1, step))


def _width(renderer: RendererAgg, text: str) -> float:
    """Return the width of a text in points."""
    measured = renderer.get_text_width_height_descent(  # type: ignore[no-untyped-call]
        text, FontProperties(size=8), ismath=False
    )
    return float(measured[0]) * 72 / float(renderer.dpi)


def _cleaned(text: str) -> str:
    return " ".join(_NO_XML.sub(REPLACEMENT, in_one_line(text)).split())


def _plain(text: str) -> str:
    """Return a name as it fits beside a row."""
    name = _cleaned(text)
    return name if len(name) <= _LONGEST else f"{name[: _LONGEST - 1].rstrip()}…"


def _lines(text: str) -> str:
    return "\n".join(_plain(line) for line in text.split("\n"))
