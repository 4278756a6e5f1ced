"""A codebook that is printed holds every text as it is, and what must stand on the first page."""

from __future__ import annotations

import io

import docx
import pytest

from qcode.errors import BadInput
from qcode.formats.printout import write
from qcode.model.codebook import Code
from qcode.model.printout import Entry, Printout, Quote

NASTY = (
    "=1+1",
    "<b>tebal",
    "🧑‍🌾 panen",
    "kanan\u200fke\u202ekiri",
    "a & b",
    "`x` *y* # z",
    "é",
)


def entry(name: str, depth: int = 0, quote: str = "") -> Entry:
    return Entry(
        Code("1" * 32, name, definition=f"definisi {name}", exclude=f"bukan {name}",
             aliases=(name,), color="#3ec9b6"),
        name, depth, "7 of 8", "8 of 8", "12", example=f"contoh {name}",
        typical=Quote(quote or f"kata {name}", "W07 · giliran 15"),
        borderline=Quote(f"batas {name}", "W08 · giliran 2", "flagged to be discussed"),
    )  # fmt: skip


def printout(*entries: Entry) -> Printout:
    return Printout("Codebook: Uji", "2026-03-05", "data latihan", ("of each one coder",), entries)


def read(data: bytes) -> list[str]:
    return [paragraph.text for paragraph in docx.Document(io.BytesIO(data)).paragraphs]


@pytest.mark.parametrize("name", NASTY)
def test_every_text_survives_in_a_document(name: str) -> None:
    data = write(printout(entry(name)), ".docx")
    texts = read(data)
    for text in (f"■ {name}", f"definisi {name}", f"Not for: bukan {name}",
                 f"Example: contoh {name}", f"kata {name}", f"batas {name}"):  # fmt: skip
        assert text in texts
    table = docx.Document(io.BytesIO(data)).tables[0]
    assert [cell.text for cell in table.rows[1].cells] == [name, "7 of 8", "8 of 8", "12"]


def test_what_xml_cannot_hold_is_replaced_one_for_one() -> None:
    texts = read(write(printout(entry("a\x00\x1b\ufffe\ud800b")), ".docx"))
    assert "definisi a\ufffd\ufffd\ufffd\ufffdb" in texts


def test_the_notice_stands_before_the_first_code_and_at_the_foot_of_every_page() -> None:
    document = docx.Document(io.BytesIO(write(printout(entry("takut")), ".docx")))
    texts = [paragraph.text for paragraph in document.paragraphs]
    assert texts[:4] == ["Codebook: Uji", "2026-03-05", "data latihan", "of each one coder"]
    assert texts.index("data latihan") < texts.index("■ takut")
    assert "data latihan" in document.sections[0].footer.paragraphs[0].text
    assert document.core_properties.author == ""


def test_codes_are_headings_as_deep_as_they_stand_in_the_tree() -> None:
    chain = [entry(f"k{depth}", depth) for depth in range(12)]
    document = docx.Document(io.BytesIO(write(printout(*chain), ".docx")))
    styles = [
        str(paragraph.style.name) for paragraph in document.paragraphs
        if paragraph.style is not None and paragraph.text.startswith("■")
    ]  # fmt: skip
    assert styles[:3] == ["Heading 2", "Heading 3", "Heading 4"]
    assert set(styles[7:]) == {"Heading 9"}


@pytest.mark.parametrize("name", NASTY)
def test_in_markdown_no_text_becomes_markup(name: str) -> None:
    text = write(printout(entry(name, quote=f"# {name}\n- dua")), ".md").decode()
    assert "<b>" not in text
    assert "\n# =" not in text
    assert "> \\# " in text
    assert text.count("**data latihan**") == 1


def test_another_kind_of_file_is_refused() -> None:
    with pytest.raises(BadInput, match=r"\.docx, \.md"):
        write(printout(), ".pdf")
