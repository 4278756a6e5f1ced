"""Word files give their words, their bold openings and their rows, or are refused."""

from __future__ import annotations

import io
import tracemalloc
import zipfile

import pytest

from qcode.errors import BadInput
from qcode.formats.transcripts.docx import draft_docx
from tests.formats.transcripts.word import archive, docx, paragraph, table


def test_paragraphs_breaks_and_tabs_become_characters() -> None:
    data = docx(
        paragraph("*P: ", "Apa", "<w:br/>", "kabar?"),
        paragraph("N:", "<w:tab/>", "Baik", "<w:cr/>", "Bu", "<w:noBreakHyphen/>", "Ani"),
    )
    draft = draft_docx(data)
    assert draft.text == "P: Apa\nkabar?\nN:\tBaik\nBu\u2011Ani\n"
    assert [draft.text[start:end] for start, end in draft.bold] == ["P: "]


def test_content_controls_and_insertions_are_read_and_deletions_reported() -> None:
    inner = paragraph("N: Ya").replace("<w:p>", "<w:p><w:ins><w:r><w:t>Oh. </w:t></w:r></w:ins>")
    gone = "<w:p><w:del><w:r><w:delText>rahasia</w:delText></w:r></w:del></w:p>"
    draft = draft_docx(docx(f"<w:sdt><w:sdtContent>{inner}</w:sdtContent></w:sdt>", gone))
    assert draft.text == "Oh. N: Ya\n\n"
    assert "1 tracked deletion" in draft.warnings[0]


def test_comments_and_notes_left_out_are_reported() -> None:
    marks = ('<w:commentReference w:id="1"/>', '<w:footnoteReference w:id="2"/>')
    draft = draft_docx(docx(paragraph("N: Ya", *marks)))
    assert draft.text == "N: Ya\n"
    assert len(draft.warnings) == 2


def test_a_part_that_is_not_understood_is_named() -> None:
    field = "<w:p><w:fldSimple><w:r><w:t>7</w:t></w:r></w:fldSimple></w:p>"
    assert "w:fldSimple" in draft_docx(docx(paragraph("N: Ya"), field)).warnings[0]


def test_table_rows_are_lines_with_tabs_between_the_cells() -> None:
    draft = draft_docx(docx(table(("No", "Jawaban"), ("1", "Ya"))))
    assert draft.text == "No\tJawaban\n1\tYa\n"
    assert [[draft.text[a:b] for a, b in row] for row in draft.rows] == [
        ["No", "Jawaban"],
        ["1", "Ya"],
    ]


def test_control_characters_in_word_files_are_replaced() -> None:
    draft = draft_docx(docx(paragraph("N: a\x9bb\u2028c")))
    assert draft.text == "N: a\ufffdb\nc\n"
    assert draft.warnings


BOMB = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>'
OUTSIDE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
DEEP = "<w:sdt>" * 5000 + "</w:sdt>" * 5000


@pytest.mark.parametrize(
    "data",
    [
        b"not a zip",
        b"\xd0\xcf\x11\xe0" + b"\0" * 600,
        archive({"mimetype": "application/zip"}),
        archive({"word/document.xml": "<w:document"}),
        archive({"word/document.xml": "<a/>"}),
        docx(paragraph("")),
        docx(paragraph("&b;"), head=BOMB),
        docx(paragraph("&a;"), head=OUTSIDE),
        docx(DEEP),
        docx(paragraph("Ya"))[:-40],
        docx(paragraph("Ya"), **{"../evil.xml": "<a/>"}),
        docx(paragraph("Ya"), **{"/etc/evil.xml": "<a/>"}),
        docx(paragraph("Ya"), **{"C:/evil.xml": "<a/>"}),
        docx(paragraph("Ya"), **{"word\\evil.xml": "<a/>"}),
        archive({f"{number}.xml": "" for number in range(10_001)}),
    ],
)
def test_a_bad_word_file_is_refused_with_a_sentence(data: bytes) -> None:
    with pytest.raises(BadInput):
        draft_docx(data)


def test_a_zip_bomb_is_refused_before_it_is_unpacked() -> None:
    file = io.BytesIO()
    with (
        zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as writer,
        writer.open("word/document.xml", "w", force_zip64=True) as member,
    ):
        for _ in range(256):
            member.write(b" " * 1_000_000)
    data = file.getvalue()
    tracemalloc.start()
    with pytest.raises(BadInput, match="refused"):
        draft_docx(data)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 10_000_000


def _spoilt(**changes: int) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as writer:
        info = zipfile.ZipInfo("word/document.xml")
        info.external_attr = changes.get("mode", 0o644) << 16
        writer.writestr(info, "<a/>")
        if "twice" in changes:
            with pytest.warns(UserWarning, match="Duplicate"):
                writer.writestr("word/document.xml", "<b/>")
    data = bytearray(file.getvalue())
    if "flags" in changes:
        data[data.index(b"PK\x01\x02") + 8] |= changes["flags"]
    if "claimed" in changes:
        at = data.index(b"PK\x01\x02") + 24
        data[at : at + 4] = changes["claimed"].to_bytes(4, "little")
    return bytes(data)


@pytest.mark.parametrize(
    "changes", [{"mode": 0o120777}, {"twice": 1}, {"flags": 1}, {"claimed": 2}, {"claimed": 400}]
)
def test_links_duplicates_encryption_and_lying_headers_are_refused(changes: dict[str, int]) -> None:
    with pytest.raises(BadInput):
        draft_docx(_spoilt(**changes))
