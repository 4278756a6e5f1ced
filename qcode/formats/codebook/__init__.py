"""Codebook files: TOML, CSV and XLSX, both ways."""

from qcode.formats.codebook.building import CodebookFile
from qcode.formats.codebook.reading import read
from qcode.formats.codebook.writing import SUFFIXES, write

__all__ = ["SUFFIXES", "CodebookFile", "read", "write"]
