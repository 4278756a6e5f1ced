"""Pictures for a paper: SVG, PDF and PNG, drawn with matplotlib where it is installed."""

from qcode.formats.figures.lettering import legible
from qcode.formats.figures.rendering import SUFFIXES, available, inline, render

__all__ = ["SUFFIXES", "available", "inline", "legible", "render"]
