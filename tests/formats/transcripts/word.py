"""Word files made up for tests."""

from __future__ import annotations

import io
import zipfile

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_RELS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r1" Target="word/document.xml" Type="http://schemas.openxmlformats.org/'
    'officeDocument/2006/relationships/officeDocument"/></Relationships>'
)


def paragraph(*runs: str) -> str:
    """Return a paragraph of runs; one that starts with ``*`` is bold."""
    return f"<w:p>{''.join(map(_run, runs))}</w:p>"


def _run(text: str) -> str:
    bold = "<w:rPr><w:b/></w:rPr>" if text.startswith("*") else ""
    words = text.removeprefix("*")
    inner = words if words.startswith("<") else f'<w:t xml:space="preserve">{words}</w:t>'
    return f"<w:r>{bold}{inner}</w:r>"


def table(*rows: tuple[str, ...]) -> str:
    """Return a table of one-paragraph cells."""
    lines = (
        "<w:tr>" + "".join(f"<w:tc>{paragraph(cell)}</w:tc>" for cell in row) + "</w:tr>"
        for row in rows
    )
    return f"<w:tbl>{''.join(lines)}</w:tbl>"


def document(*blocks: str, head: str = "") -> str:
    """Return the XML of a Word document with these blocks."""
    return f"<?xml version='1.0'?>{head}<w:document {_W}><w:body>{''.join(blocks)}</w:body></w:document>"


def docx(*blocks: str, head: str = "", **parts: str) -> bytes:
    """Return the bytes of a Word file with these blocks, and further parts by file name."""
    return archive(
        {"_rels/.rels": _RELS, "word/document.xml": document(*blocks, head=head), **parts}
    )


def archive(parts: dict[str, str]) -> bytes:
    """Return the bytes of a ZIP with these members."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as writer:
        for name, text in parts.items():
            writer.writestr(name, text)
    return file.getvalue()
