"""Tables: rows read from files of spreadsheets, reports rendered in every format."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import date, datetime
from pathlib import Path

import docx
import docx.document
import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qcode.errors import BadInput
from qcode.formats.tabular import read_rows, render
from qcode.formats.tabular.cells import csv_bytes, guarded, unguarded, xlsx_bytes
from qcode.model.table import Blank, Column, Share, Table

TABLE = Table(
    title="Codes by village",
    columns=(
        Column("code", "Code"),
        Column("klaten", "=Klaten", "informants", numeric=True),
        Column("words", "Words", "words", numeric=True),
    ),
    rows=(
        ("Modal", Share(3, 5), 1200),
        ("Pinjaman | bank", Blank("·", "not looked for"), 0.25),
        ("=HYPERLINK(1)", Blank("-", "not asked"), -3),
    ),
    notes=("consensus 8, coder1 9 documents",),
    depths=(0, 1, 0),
)


def written(folder: Path, data: str | bytes, name: str = "a.csv") -> Path:
    path = folder / name
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return path


@pytest.mark.parametrize("sign", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("bom", ["", "\ufeff"])
def test_commas_semicolons_and_tabs_are_told_apart_by_the_header(
    tmp_path: Path, sign: str, end: str, bom: str
) -> None:
    lines = ['name|"a, b; c"', '"two', 'lines"|x', "", "|", "Ibu W|'=1"]
    path = written(tmp_path, bom + end.join(lines).replace("|", sign))
    assert [(row.line, dict(row.values)) for row in read_rows(path)] == [
        (2, {"name": "two\nlines", "a, b; c": "x"}),
        (6, {"name": "Ibu W", "a, b; c": "=1"}),
    ]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", r"a\.csv: the table is empty"),
        ("a,b\n1\n", r"a\.csv:2: this row has 1 cells, the header 2"),
        ("a,b\n1,2\n\n1,2,3\n", r"a\.csv:4: this row has 3 cells"),
        ("a,,b\n", r"a\.csv:1: column 2 has no name"),
        ("a,b, A\n", r"a\.csv:1: two columns are named “A”"),
        ('a,b\n1,2\n3,"open\n\n\n', r"a\.csv:3: a quotation mark"),
        ('a,b\n1,"2"x\n', r"a\.csv:2: a quotation mark"),
    ],
)
def test_a_bad_table_is_refused_with_its_line(tmp_path: Path, text: str, sentence: str) -> None:
    with pytest.raises(BadInput, match=sentence):
        read_rows(written(tmp_path, text))


def test_an_unknown_suffix_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r"\.csv or \.xlsx"):
        read_rows(written(tmp_path, "a\n", "a.ods"))


def test_a_workbook_gives_what_a_person_typed(tmp_path: Path) -> None:
    at = datetime.fromisoformat("2024-05-01T09:30")
    book = openpyxl.Workbook()
    book.active.append(["name", "age", "when", "at", "share", "ok", None])
    book.active.append([])
    book.active.append(["Ani", 52.0, date(2024, 5, 1), at, 0.5, True])
    book.active.append(["Budi"])
    book.save(tmp_path / "a.xlsx")
    first, second = read_rows(tmp_path / "a.xlsx")
    assert (first.line, second.line) == (3, 4)
    assert list(first.values.values()) == [
        "Ani", "52", "2024-05-01", "2024-05-01 09:30:00", "0.5", "yes",
    ]  # fmt: skip
    assert list(second.values.values()) == ["Budi", "", "", "", "", ""]


def test_a_workbook_that_is_none_or_damaged_is_refused(tmp_path: Path) -> None:
    good = xlsx_bytes([("a", [["name"], ["x"]])])
    parts = zipfile.ZipFile(io.BytesIO(good))
    for broken in ("[Content_Types].xml", "xl/workbook.xml", "xl/worksheets/sheet1.xml",
                   "xl/sharedStrings.xml"):  # fmt: skip
        for content in (None, b"<", b"<a/>"):
            buffer = io.BytesIO()
            with zipfile.ZipFile(buffer, "w") as archive:
                for name in parts.namelist():
                    data = content if name == broken else parts.read(name)
                    if data is not None:
                        archive.writestr(name, data)
            path = written(tmp_path, buffer.getvalue(), "a.xlsx")
            with pytest.raises(BadInput, match=r"a\.xlsx.*: (this workbook|the table is empty)"):
                read_rows(path)
    with pytest.raises(BadInput, match=r"a\.xlsx: this is no ZIP"):
        read_rows(written(tmp_path, b"name,age", "a.xlsx"))


def test_entities_of_a_workbook_are_not_expanded(tmp_path: Path) -> None:
    entities = "".join(
        f'<!ENTITY {new} "{f"&{old};" * 10}">'
        for old, new in zip("abcdefgh", "bcdefghi", strict=True)
    )
    lol = f'<!DOCTYPE x [<!ENTITY a "AAAAAAAAAA">{entities}]>'
    parts = zipfile.ZipFile(io.BytesIO(xlsx_bytes([("a", [["name"], ["CELL"]])])))
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in parts.namelist():
            text = parts.read(name).decode()
            if name == "xl/sharedStrings.xml":
                head, body = text.split("?>", 1)
                text = f"{head}?>{lol}{body.replace('CELL', '&i;')}"
            archive.writestr(name, text)
    with pytest.raises(BadInput, match="this workbook"):
        read_rows(written(tmp_path, buffer.getvalue(), "a.xlsx"))


def test_a_real_workbook_is_read(shared: Path) -> None:
    path = shared / "corpora/sheffield/Interview Participant - Facesheet information.xlsx"
    try:
        rows = read_rows(path)
    except BadInput as error:
        assert ".xlsx:" in str(error)  # noqa: PT017 - a sheet of notes has no single header
    else:
        assert rows


@given(st.text())
def test_the_quote_before_a_formula_is_taken_back_and_no_other(text: str) -> None:
    assert unguarded(guarded(text)) == text


@pytest.mark.parametrize(
    "formula", ["=1", "+1", "-1", "@A", "\t=1", "\r=1", "\n", "  =1", "\ufeff=1", "＝1", "＋1",
                "－1", "＠A", "'=1"],
)  # fmt: skip
def test_a_formula_gets_a_quote(formula: str) -> None:
    assert guarded(formula) == f"'{formula}"


def test_plain_texts_and_the_sign_for_not_asked_get_none() -> None:
    for text in ("", "-", "·", "Modal", "a=1", "'tis", "2024-05-01"):
        assert guarded(text) == text


cells = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]) | st.just("\n"))


@given(st.lists(st.tuples(cells, cells), max_size=5))
def test_what_is_written_as_csv_is_read_again(rows: list[tuple[str, str]]) -> None:
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        path = written(Path(folder), csv_bytes(["=a", "b"], rows))
        kept = [row for row in rows if "".join(row).strip()]
        assert [tuple(row.values.values()) for row in read_rows(path)] == kept


def test_csv_is_safe_from_formulas_and_splits_shares() -> None:
    assert render(TABLE, "csv").decode() == (
        '"Code","\'=Klaten (informants)","\'=Klaten (of)","Words","depth"\n'
        '"Modal",3,5,1200,0\n'
        '"Pinjaman | bank","·","",0.25,1\n'
        '"\'=HYPERLINK(1)","-","",-3,0\n'
    )


def test_json_keeps_shares_blanks_units_and_notes() -> None:
    whole = json.loads(render(TABLE, "json"))
    assert whole["title"] == "Codes by village"
    assert whole["columns"][1] == {"key": "klaten", "title": "=Klaten", "unit": "informants"}
    assert whole["rows"] == [
        {"code": "Modal", "klaten": {"k": 3, "n": 5}, "words": 1200},
        {"code": "Pinjaman | bank", "klaten": {"blank": "·", "why": "not looked for"},
         "words": 0.25},
        {"code": "=HYPERLINK(1)", "klaten": {"blank": "-", "why": "not asked"}, "words": -3},
    ]  # fmt: skip
    assert (whole["notes"], whole["depths"]) == (["consensus 8, coder1 9 documents"], [0, 1, 0])


def test_markdown_escapes_pipes_and_explains_its_signs() -> None:
    assert render(TABLE, "markdown").decode() == (
        "**Codes by village**\n"
        "\n"
        "| Code | =Klaten (informants) | Words |\n"
        "| --- | ---: | ---: |\n"
        "| Modal | 3 of 5 | 1200 |\n"
        "| \u00a0\u00a0Pinjaman \\| bank | · | 0.25 |\n"
        "| =HYPERLINK(1) | - | -3 |\n"
        "\n"
        "- consensus 8, coder1 9 documents\n"
        "- \\- not asked\n"
        "- · not looked for\n"
    )


def test_a_workbook_holds_numbers_and_texts_but_no_formula() -> None:
    data = render(TABLE, "xlsx")
    assert data == render(TABLE, "xlsx")
    book = openpyxl.load_workbook(io.BytesIO(data))
    table, notes = book.worksheets
    assert [[cell.value for cell in row] for row in table] == [
        ["Code", "=Klaten (informants)", "=Klaten (of)", "Words", "depth"],
        ["Modal", 3, 5, 1200, 0],
        ["Pinjaman | bank", "·", None, 0.25, 1],
        ["=HYPERLINK(1)", "-", None, -3, 0],
    ]
    assert "f" not in {cell.data_type for sheet in book for row in sheet for cell in row}
    assert notes["A1"].value == "Codes by village"
    assert not book.properties.creator


def test_a_text_longer_than_a_cell_is_refused_not_cut() -> None:
    table = Table("t", (Column("a", "A"),), (("x" * 32_768,),))
    with pytest.raises(BadInput, match=r"row 2 .*use csv"):
        render(table, "xlsx")


def test_an_unknown_format_is_answered_with_the_known_ones() -> None:
    with pytest.raises(BadInput, match="csv, json, markdown, xlsx, docx, not “pdf”"):
        render(TABLE, "pdf")


def test_a_table_with_too_many_rows_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("qcode.formats.tabular.rows.MAX_ROWS", 1)
    with pytest.raises(BadInput, match=r"a\.csv:3: the table has more than 1 rows"):
        read_rows(written(tmp_path, "a\n1\n2\n"))


def test_a_bare_table_is_rendered_bare() -> None:
    table = Table("", (Column("n", "N", numeric=True),), ((-0.00001,), (2,)))
    assert render(table, "markdown").decode() == "| N |\n| ---: |\n| 0 |\n| 2 |\n"
    assert "depths" not in json.loads(render(table, "json"))
    assert render(table, "csv").decode() == '"N"\n-1e-05\n2\n'


def _width_over_height(document: docx.document.Document) -> float:
    page = document.sections[0]
    assert page.page_width is not None
    assert page.page_height is not None
    return page.page_width / page.page_height


def test_a_document_holds_every_cell_indents_rows_and_explains_its_signs() -> None:
    found = docx.Document(io.BytesIO(render(TABLE, "docx")))
    rows = [[cell.text for cell in row.cells] for row in found.tables[0].rows]
    assert rows == [
        ["Code", "=Klaten (informants)", "Words"],
        ["Modal", "3 of 5", "1200"],
        ["Pinjaman | bank", "·", "0.25"],
        ["=HYPERLINK(1)", "-", "-3"],
    ]
    assert found.tables[0].cell(2, 0).paragraphs[0].paragraph_format.left_indent
    texts = [paragraph.text for paragraph in found.paragraphs]
    assert texts == ["Codes by village", "consensus 8, coder1 9 documents", "- not asked",
                     "· not looked for"]  # fmt: skip
    assert _width_over_height(found) < 1
    many = Table("", tuple(Column(f"c{n}", f"c{n}") for n in range(12)), (("a\x00\ud800",) * 12,))
    wide = docx.Document(io.BytesIO(render(many, "docx")))
    assert _width_over_height(wide) > 1
    assert wide.tables[0].cell(1, 0).text == "a\ufffd\ufffd"
    assert wide.core_properties.author == ""


def test_a_table_of_a_document_fills_its_page_and_cuts_no_row_in_two() -> None:
    titles = ("code", *(f"interviews ({at})" for at in range(16)), "x" * 90)
    long = Table(
        "", tuple(Column(one, one) for one in titles), (("a", *"1234567890123456", "kata " * 300),)
    )
    for table in (TABLE, long):
        found = docx.Document(io.BytesIO(render(table, "docx")))
        page, laid = found.sections[0], found.tables[0]
        room = (page.page_width or 0) - (page.left_margin or 0) - (page.right_margin or 0)
        assert abs(sum(column.width or 0 for column in laid.columns) - room) < room / 100
        [head, *others] = laid.rows
        assert "w:tblHeader" in head._tr.xml
        for row in others:
            letters = sum(len(cell.text) for cell in row.cells)
            assert ("w:cantSplit" in row._tr.xml) == (letters < 1000)
        assert 'w:instr="PAGE"' in page.footer._element.xml
    sizes = {run.font.size.pt for cell in laid._cells for run in cell.paragraphs[0].runs
             if run.font.size}  # fmt: skip
    assert sizes == {6.0}


def test_a_sheet_is_as_wide_as_its_words_and_prints_on_one_page_across() -> None:
    data = xlsx_bytes(
        [("t", [["code", "n"], ["penghambat/sulit akses modal", 3], ["kata " * 99, 1]])]
    )
    sheet = openpyxl.load_workbook(io.BytesIO(data)).active
    assert sheet.column_dimensions["A"].width == pytest.approx(60, abs=1)
    assert sheet.column_dimensions["B"].width < 10
    assert sheet["A3"].alignment.wrap_text
    assert sheet["A1"].font.bold
    assert (sheet["B2"].value, sheet["B2"].data_type) == (3, "n")
    assert sheet.print_title_rows == "$1:$1"
    assert sheet.page_setup.fitToHeight == 0
    assert sheet.row_dimensions[2].height is None
    assert sheet.row_dimensions[3].height == 15 * 10


def test_long_numbers_are_written_in_threes_for_people_and_plain_for_programs() -> None:
    numbers = (1200, 2_650_000, -12_345.6, 9999.5, 20_000.0)
    table = Table("", tuple(Column(f"c{at}", f"c{at}") for at in range(5)), (numbers,))
    [row] = docx.Document(io.BytesIO(render(table, "docx"))).tables[0].rows[1:]
    said = ["1200", "2\u202f650\u202f000", "-12\u202f346", "9999.5", "20\u202f000"]
    assert [cell.text for cell in row.cells] == said
    assert render(table, "csv").decode().splitlines()[1] == "1200,2650000,-12345.6,9999.5,20000.0"
