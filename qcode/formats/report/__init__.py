"""A report for people to read: one HTML page, a DOCX document, or Markdown."""

from qcode.formats.report.writing import FORMATS, pictures, write

__all__ = ["FORMATS", "pictures", "write"]
