"""Quotations on their way into a write-up, with all that is needed to cite them."""

from qcode.formats.excerpts.writing import FORMATS, SUFFIXES, write

__all__ = ["FORMATS", "SUFFIXES", "write"]
