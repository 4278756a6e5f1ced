"""Which fonts draw the signs of a picture, and what stands for those that none here holds."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import fields, replace
from typing import Any

from qcode.language import _
from qcode.model.figure import Figure
from qcode.terminal import HARMFUL

FONT = "DejaVu Sans"
"""What comes with matplotlib, so that a picture is the same everywhere."""
STAND_IN = "\N{WHITE SQUARE}"

# Signs and letters that need no shaping; fonts of coloured bitmaps cannot be drawn.
_FURTHER = ("Noto Emoji", "Segoe UI Emoji", "Segoe UI Symbol", "Symbola", "Apple Symbols",
            "Noto Sans Symbols2", "Noto Sans CJK SC", "Microsoft YaHei", "Droid Sans Fallback")  # fmt: skip
_JOINED = "[\u200d\ufe0f]*"
_WORDS = re.compile(">([^<]+)<")
_MOST = 8


def families(figure: Figure) -> list[str]:
    """Return the fonts of a picture: others than the first only for signs that it lacks."""
    lacking = _lacking(figure, [FONT])
    return [FONT, *(one for one in _installed() if lacking & _signs(one))] if lacking else [FONT]


def legible(figure: Figure) -> Figure:
    """Return a picture with a square for each run of signs that cannot be drawn, and a note."""
    lacking = _lacking(figure, families(figure))
    if not lacking:
        return figure
    runs = re.compile(f"(?:[{re.escape(''.join(lacking))}]{_JOINED})+")
    drawn = {one.name: _each(getattr(figure, one.name), runs) for one in fields(figure)}
    named = [f"U+{ord(one):04X} {unicodedata.name(one, '').lower()}".strip()
             for one in sorted(lacking)]  # fmt: skip
    if len(named) > _MOST:
        named[_MOST:] = ["…"]
    note = _("{sign} stands for what no font of this computer draws here: {signs}").format(
        sign=STAND_IN, signs=", ".join(named)
    )
    return replace(figure, **{**drawn, "notes": (*drawn["notes"], note)})


def embedded(svg: bytes) -> bytes:
    """Return a picture that brings the letters of FONT it uses, so that it looks alike anywhere."""
    import base64
    import html
    import io

    # It comes with matplotlib.
    from fontTools import subset
    from fontTools.ttLib import TTFont
    from matplotlib.font_manager import findfont

    text = svg.decode()
    options = subset.Options(hinting=False, drop_tables=["FFTM", *subset.Options().drop_tables])
    chosen = subset.Subsetter(options)
    chosen.populate(text=html.unescape("".join(_WORDS.findall(text))))
    with TTFont(findfont(FONT), recalcTimestamp=False) as font:
        chosen.subset(font)
        held = io.BytesIO()
        font.save(held)
    source = base64.b64encode(held.getvalue()).decode()
    face = (
        f'<defs><style type="text/css">@font-face{{font-family:"{FONT}";'
        f'src:url("data:font/ttf;base64,{source}")}}</style></defs>'
    )
    start = text.index(">", text.index("<svg")) + 1
    return (text[:start] + face + text[start:]).encode()


def _each(value: Any, runs: re.Pattern[str]) -> Any:
    if isinstance(value, str):
        return runs.sub(STAND_IN, value)
    return tuple(_each(one, runs) for one in value) if isinstance(value, tuple) else value


def _lacking(figure: Figure, fonts: Iterable[str]) -> set[str]:
    wanted = {sign for one in fields(figure) for text in _texts(getattr(figure, one.name))
              for sign in text if not (sign.isspace() or ord(sign) in HARMFUL)}  # fmt: skip
    return wanted.difference(*map(_signs, fonts))


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for one in value:
            yield from _texts(one)


def _installed() -> Iterator[str]:
    from matplotlib.font_manager import fontManager

    known = {one.name for one in fontManager.ttflist}
    yield from (one for one in _FURTHER if one in known)


def _signs(family: str) -> set[str]:
    from matplotlib.font_manager import findfont, get_font

    return set(map(chr, get_font(findfont(family)).get_charmap()))
