"""DOCX to a draft: its paragraphs and table rows as one text, by mammoth's document tree."""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from typing import Any
from xml.parsers import expat

from qcode.errors import BadInput
from qcode.formats.archive import guarded, member
from qcode.formats.transcripts.canonical import about_controls
from qcode.formats.transcripts.draft import Draft
from qcode.formats.transcripts.flow import Flow
from qcode.language import _, counted

MAX_PART = 60_000_000
MAX_ELEMENTS = 1_000_000
"""About 800,000 words in plain runs; mammoth needs 0.6 GB and 20 s for them."""
MAX_DEPTH = 150
_OLD_WORD = b"\xd0\xcf\x11\xe0"
_CARRIAGE = re.compile(rb"<w:cr\s*/>")
_UNREAD = "An unrecognised element was ignored: "
# What mammoth raises on parts that refer to things that are not there.
_BROKEN = (KeyError, ValueError, TypeError, AttributeError, IndexError, OSError, RecursionError)


def draft_docx(data: bytes, *, file: str = "") -> Draft:
    """Return the text of a DOCX with its bold openings and table rows, and what was left out."""
    if data.startswith(_OLD_WORD):
        raise BadInput(
            _("it is locked with a password, or an old Word file; save it as .docx without one"),
            file=file,
        )
    parts, hidden = _clean_parts(data, file)
    tree, messages = _tree(parts, file)
    flow = Flow()
    flow.add(tree)
    draft = flow.draft()
    if not draft.text.strip():
        raise BadInput(_("the file holds no words"), file=file)
    warnings = (
        *about_controls(flow.controls),
        *_left_out(flow.left_out | hidden),
        *_unread(messages),
    )
    return Draft(draft.text, draft.bold, draft.rows, warnings)


def _clean_parts(data: bytes, file: str) -> tuple[io.BytesIO, Counter[str]]:
    """Copy the XML parts into an archive that holds nothing else, each one read in bounds."""
    hidden: Counter[str] = Counter()
    clean, budget = io.BytesIO(), MAX_PART
    with guarded(data, file) as archive, zipfile.ZipFile(clean, "w") as copy:
        for name in archive.namelist():
            if not name.endswith((".xml", ".rels")):
                continue
            part = member(archive, name, budget)
            budget -= len(part)
            seen = _inspect(part, file)
            if name == "word/document.xml":
                hidden = seen
                # Mammoth passes over w:cr, which would glue two words together.
                part = _CARRIAGE.sub(b"<w:br/>", part)
            copy.writestr(name, part)
    clean.seek(0)
    return clean, hidden


def _inspect(part: bytes, file: str) -> Counter[str]:
    """Refuse XML that is broken, declares entities or is nested absurdly; count what hides in it."""
    counts: Counter[str] = Counter()
    depth = elements = 0

    def refuse(*_ignored: object) -> None:
        raise BadInput(_("a part of it declares entities or is nested too deeply"), file=file)

    def opened(name: str, _attributes: dict[str, str]) -> None:
        nonlocal depth, elements
        depth, elements = depth + 1, elements + 1
        if depth > MAX_DEPTH:
            refuse()
        if elements > MAX_ELEMENTS:
            raise BadInput(_("it is too long for a Word file; save it as .txt"), file=file)
        if name == "w:delText":
            counts["deleted"] += 1

    def closed(_name: str) -> None:
        nonlocal depth
        depth -= 1

    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = refuse
    parser.StartElementHandler = opened
    parser.EndElementHandler = closed
    try:
        parser.Parse(part, True)
    except expat.ExpatError as fault:
        raise BadInput(_("a part of it is not well-formed XML"), file=file) from fault
    return counts


def _tree(parts: io.BytesIO, file: str) -> tuple[Any, list[str]]:
    """Return mammoth's tree of the document and its messages."""
    import mammoth
    from mammoth import documents

    trees: list[Any] = []

    def keep(tree: Any) -> Any:
        trees.append(tree)
        return documents.document([])

    try:
        result = mammoth.convert_to_html(
            parts, transform_document=keep, include_embedded_style_map=False
        )
    except _BROKEN as fault:
        raise BadInput(_("it is not a Word document that can be read"), file=file) from fault
    return trees[0], [message.message for message in result.messages]


def _left_out(found: Counter[str]) -> tuple[str, ...]:
    """Return one warning for each kind of content that is not part of the text."""
    sentences = {
        "comment": ("{n} comment was left out", "{n} comments were left out"),
        "note": (
            "{n} footnote or endnote was left out",
            "{n} footnotes and endnotes were left out",
        ),
        "image": ("{n} picture was left out", "{n} pictures were left out"),
        "deleted": (
            "{n} tracked deletion was left out; tracked insertions are in",
            "{n} tracked deletions were left out; tracked insertions are in",
        ),
    }
    return tuple(
        counted(one, many, found[kind]) for kind, (one, many) in sentences.items() if found[kind]
    )


def _unread(messages: list[str]) -> tuple[str, ...]:
    """Return a warning that names the elements whose text mammoth does not read."""
    names = sorted({text.removeprefix(_UNREAD) for text in messages if text.startswith(_UNREAD)})
    if not names:
        return ()
    return (
        _("parts of the Word file were not understood and are left out: {names}").format(
            names=", ".join(names)
        ),
    )
