"""A picture as a file: the same picture gives the same bytes, with nobody's settings in it."""

from __future__ import annotations

import io
import logging
import re
import warnings
from collections.abc import Mapping
from importlib.util import find_spec
from typing import Any

from qcode.errors import BadInput, Refused
from qcode.formats.figures import lettering
from qcode.language import _
from qcode.model.figure import Figure

SUFFIXES: Mapping[str, str] = {".svg": "svg", ".pdf": "pdf", ".png": "png"}
"""The formats of a picture, by the suffix of the file."""

_DOTS = 300
"""Dots an inch of a PNG: what journals ask for at least."""
_NO_DATE: Mapping[str, dict[str, Any]] = {
    "svg": {"Date": None, "Creator": "qcode"},
    "pdf": {"CreationDate": None, "Creator": "qcode", "Producer": None},
    "png": {"Software": "qcode"},
}
_SETTINGS: Mapping[Any, Any] = {
    "text.parse_math": False,  # "$" and "_" in a label are letters
    "font.size": 8,
    "axes.unicode_minus": True,
    "pdf.fonttype": 42,  # whole outlines that a journal can embed and a reader can search
    "svg.fonttype": "none",  # words stay words: searched, read aloud, shaped by who shows them
    "figure.dpi": 100,
    "path.simplify": False,
}
_ALONE = re.compile(r' id="[A-Za-z][\w.]*_\d+"|<metadata>.*?</metadata>\s*', re.DOTALL)
"""What would stand twice in a page with several pictures, or means nothing there."""


def available() -> bool:
    """Tell whether pictures can be drawn here."""
    return find_spec("matplotlib") is not None


def render(figure: Figure, format: str, *, captioned: bool = True) -> bytes:
    """Return a picture as ``svg``, ``pdf`` or ``png``.

    ``captioned`` writes its title and notes below it in small letters, so that no number parts
    from what it is of. An SVG brings its letters.
    Raises Refused where matplotlib is not installed.
    """
    _check(format)
    drawn = _drawn(figure, format, captioned=captioned, name="qcode")
    return lettering.embedded(drawn) if format == "svg" else drawn


def _check(format: str) -> None:
    if format not in _NO_DATE:
        raise BadInput(
            _("a picture is written as {formats}, not “{format}”").format(
                formats=", ".join(_NO_DATE), format=format
            )
        )
    if not available():
        raise Refused(
            _("a picture needs matplotlib, which is not installed: "
              "“pip install 'qcode-qda[figures]'” gets it; tables need nothing more")
        )  # fmt: skip


def _drawn(figure: Figure, format: str, *, captioned: bool, name: str) -> bytes:
    # It tells of the fonts that it looks through for the first time.
    logging.getLogger("matplotlib").setLevel(logging.ERROR)
    import matplotlib as mpl

    whole = io.BytesIO()
    with mpl.rc_context(), warnings.catch_warnings():
        # An SVG leaves a sign that the font lacks to who shows it.
        warnings.filterwarnings("ignore", message="Glyph .* missing from")
        mpl.rcdefaults()
        fonts = [lettering.FONT] if format == "svg" else lettering.families(figure)
        mpl.rcParams.update({**_SETTINGS, "font.family": fonts, "svg.hashsalt": name})
        from qcode.formats.figures.drawing import draw

        shown = figure if format == "svg" else lettering.legible(figure)
        drawn = draw(shown, captioned=captioned)
        drawn.savefig(whole, format=format, dpi=_DOTS if format == "png" else 72,
                      bbox_inches="tight", pad_inches=0.08, metadata=_NO_DATE[format])  # fmt: skip
    return whole.getvalue()


def inline(figure: Figure, name: str) -> str:
    """Return a picture without its caption as an element of an HTML page.

    ``name`` keeps apart the pictures of one page.
    """
    _check("svg")
    text = _drawn(figure, "svg", captioned=False, name=name).decode()
    return _ALONE.sub("", text[text.index("<svg") :]).strip()
