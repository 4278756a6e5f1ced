"""Tables as files: rows read from CSV and XLSX, reports rendered in every format."""

from qcode.formats.tabular.rendering import FORMATS, SUFFIXES, render
from qcode.formats.tabular.rows import Row, read_rows

__all__ = ["FORMATS", "SUFFIXES", "Row", "read_rows", "render"]
