"""Excerpts: the quotation, and what is needed to cite it, in every format."""

from __future__ import annotations

import csv
import functools
import io
import json
import re
import shutil
import subprocess
import unicodedata
from pathlib import Path

import docx
import openpyxl
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from lxml import html
from markdown_it import MarkdownIt

from qcode.errors import BadInput
from qcode.formats import excerpts
from qcode.formats.excerpts.html import policy
from qcode.formats.excerpts.latex import escaped
from qcode.formats.tabular.cells import for_excel, unguarded
from qcode.model.excerpt import Excerpt, Group
from qcode.model.quotation import Translation

HOSTILE = (
    "=cmd|' /C calc'!A0",
    "<b>tebal</b> & &amp; [tertawa] *x* _y_ `z`",
    "🙂 emoji 👩‍🌾",
    "\u200fשלום\u202e tersembunyi",
    "baris satu\nbaris dua\n\n- bukan daftar\n---\n1. bukan nomor\n# bukan judul\n===",
    "'=sudah dikutip",
    "-3 derajat",
)


def excerpt(text: str, **fields: str) -> Excerpt:
    return Excerpt(
        address=fields.get("address", "W07:15.2"),
        reference=fields.get("reference", "W07, kelompok tani"),
        code=fields.get("code", "Modal/Pinjaman"),
        text=text,
        document="W07",
        turn=15,
        lines=(31, 33),
        speakers=("R", "I"),
        cases=("Ibu W",),
        coder="coder1",
        values={"village": "Klaten", "code": "x"},
        memo=fields.get("memo", ""),
        notice="data latihan",
    )


GOLDEN = (
    excerpt('Kami "pinjam" ke bank.\nSusah.', memo="contoh"),
    excerpt("=1+1", code="Pasar", reference="W07:3.1", address="W07:3.1"),
)


def test_excerpts_are_written_as_these_csv_bytes() -> None:
    assert excerpts.write(GOLDEN, "csv", title="T").decode() == (
        '"address","code","text","document","turn","first line","last line","speakers","cases",'
        '"coder","village","code (case)","memo","reference","notice"\n'
        '"W07:15.2","Modal/Pinjaman","Kami ""pinjam"" ke bank.\nSusah.","W07",15,31,33,"R | I",'
        '"Ibu W","coder1","Klaten","x","contoh","W07, kelompok tani","data latihan"\n'
        '"W07:3.1","Pasar","\'=1+1","W07",15,31,33,"R | I",'
        '"Ibu W","coder1","Klaten","x","","W07:3.1","data latihan"\n'
    )


def test_excerpts_are_written_as_these_json_bytes() -> None:
    written = excerpts.write(GOLDEN[1:], "json", title="T", notes=["record"]).decode()
    assert written == (
        "{\n"
        '  "title": "T",\n'
        '  "notes": [\n    "record"\n  ],\n'
        '  "excerpts": [\n'
        "    {\n"
        '      "number": 0,\n'
        '      "address": "W07:3.1",\n'
        '      "code": "Pasar",\n'
        '      "text": "=1+1",\n'
        '      "shortened": false,\n'
        '      "document": "W07",\n'
        '      "turn": 15,\n'
        '      "lines": [\n        31,\n        33\n      ],\n'
        '      "speakers": [\n        "R",\n        "I"\n      ],\n'
        '      "cases": [\n        "Ibu W"\n      ],\n'
        '      "coder": "coder1",\n'
        '      "attributes": {\n        "village": "Klaten",\n        "code": "x"\n      },\n'
        '      "memo": "",\n'
        '      "reference": "W07:3.1",\n'
        '      "notice": "data latihan",\n'
        '      "role": "",\n'
        '      "used in": [],\n'
        '      "before": "",\n'
        '      "after": "",\n'
        '      "translation": null\n'
        "    }\n"
        "  ]\n"
        "}\n"
    )


def test_excerpts_are_written_as_these_markdown_bytes() -> None:
    written = excerpts.write((*GOLDEN, GOLDEN[0]), "markdown", title="T *x*", notes=["record"])
    first = (
        '> Kami "pinjam" ke bank.\\\n'
        "> Susah.\n"
        "\n"
        "— W07, kelompok tani · W07:15.2 · data latihan\n"
        "\n"
        "Memo: contoh\n"
        "\n"
    )
    assert written.decode() == (
        "# T \\*x\\*\n\n- record\n\n## Modal/Pinjaman\n\n"
        f"{first}{first}"
        "## Pasar\n\n> =1+1\n\n— W07:3.1 · data latihan\n"
    )


@pytest.mark.parametrize("text", HOSTILE)
def test_a_quotation_survives_csv(text: str) -> None:
    data = excerpts.write([excerpt(text)], "csv", title="T").decode()
    [row] = csv.DictReader(io.StringIO(data, newline=""))
    assert unguarded(row["text"]) == text
    assert not row["text"].startswith(("=", "-", "+", "@"))


@pytest.mark.parametrize("text", HOSTILE)
def test_a_quotation_survives_xlsx_and_is_no_formula(text: str) -> None:
    data = excerpts.write([excerpt(text)], "xlsx", title="=T", notes=["=N"])
    book = openpyxl.load_workbook(io.BytesIO(data))
    assert book.worksheets[0]["C2"].value == text
    assert [cell.value for cell in book.worksheets[1]["A"]] == ["=T", "=N"]
    assert "f" not in {cell.data_type for sheet in book for row in sheet for cell in row}


@pytest.mark.parametrize("text", HOSTILE)
def test_a_quotation_survives_json(text: str) -> None:
    whole = json.loads(excerpts.write([excerpt(text)], "json", title="T"))
    assert whole["excerpts"][0]["text"] == text


def shown(markdown: str) -> str:
    """Return the text of the block quotation as a reader of Markdown shows it."""
    tokens = MarkdownIt("gfm-like", {"linkify": False}).parse(markdown)
    start = next(at for at, token in enumerate(tokens) if token.type == "blockquote_open")
    end = next(at for at, token in enumerate(tokens) if token.type == "blockquote_close")
    inside = tokens[start + 1 : end]
    assert {token.type for token in inside} <= {"paragraph_open", "inline", "paragraph_close"}
    parts = []
    for token in inside:
        if token.type == "inline":
            kinds = {"text": "", "text_special": "", "hardbreak": "\n"}
            children = token.children or []
            parts.append("".join(one.content + ("\n" if one.type == "hardbreak" else "")
                                 for one in children if one.type in kinds))  # fmt: skip
            assert {one.type for one in children} <= set(kinds)
    return "\n\n".join(parts)


@pytest.mark.parametrize("text", HOSTILE)
def test_a_quotation_survives_markdown(text: str) -> None:
    written = excerpts.write([excerpt(text)], "markdown", title="T").decode()
    assert shown(written) == text


@given(
    st.lists(st.text("ab1. -+=*_`#<>&|~[]()!\\:$\"'{}^%@/", min_size=1).map(str.strip), min_size=1)
)
def test_no_line_of_signs_becomes_markup(lines: list[str]) -> None:
    text = "\n".join(line for line in lines if line) or "x"
    written = excerpts.write([excerpt(text)], "markdown", title="T").decode()
    assert shown(written) == text


def test_an_unknown_format_is_answered_with_the_known_ones() -> None:
    with pytest.raises(BadInput, match="html, latex, json, not “pdf”"):
        excerpts.write([], "pdf", title="T")


def prepared(text: str) -> Excerpt:
    """Return an excerpt with everything in it that a person can write, in one text."""
    return excerpt(text, memo=text)._replace(
        number=1, used=(text.replace("\n", " "),), role="typical", before=text, after=text,
        translation=Translation("en", text, text, text), reference=text, cases=(text,),
    )  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE)
def test_a_quotation_survives_docx_and_runs_nothing(text: str) -> None:
    one = prepared(text)
    data = excerpts.write([one], "docx", title=text, notes=[text], groups=[Group(text, (one,))])
    document = docx.Document(io.BytesIO(data))
    lines = [paragraph.text for paragraph in document.paragraphs]
    said = text.split("\n")
    quotes = [
        line.text for line in document.paragraphs if line.style and line.style.name == "Quote"
    ]
    assert quotes == [*said, *said]  # the words, then their translation
    assert "\n".join(lines).count(said[0]) >= 8
    assert document.core_properties.author == ""
    for paragraph in document.paragraphs:
        turned = paragraph._p.pPr is not None and "w:bidi" in paragraph._p.pPr.xml
        assert not turned or paragraph.text.startswith("\u200f")


@pytest.mark.parametrize("text", HOSTILE)
def test_a_quotation_survives_html_as_text_of_its_own_direction(text: str) -> None:
    one = prepared(text)
    data = excerpts.write([one], "html", title=text, notes=[text], groups=[Group(text, (one,))])
    page = html.fromstring(data)
    said = [line.text_content() for line in page.findall(".//blockquote/p")]
    assert said == [*text.split("\n"), *text.split("\n")]
    tags = {str(element.tag) for element in page.iter()}
    assert tags <= {
        "html", "head", "meta", "title", "style", "body", "h1", "h2", "ul", "li", "section",
        "figure", "blockquote", "p", "figcaption", "bdi",
    }  # fmt: skip
    for element in page.iter():
        assert set(element.attrib) <= {"charset", "http-equiv", "content", "name", "class", "dir",
                                       "lang"}  # fmt: skip
    for element in page.iter("p", "h1", "h2", "li"):
        assert element.get("dir") == "auto" or element.get("class") == "cited"
    assert f'content="{policy()}"'.replace("'", "&#x27;") in data.decode()


_MACROS = {
    "textbackslash": "\\", "textasciicircum": "^", "textasciitilde": "~", "textless": "<",
    "textgreater": ">", "textbar": "|", "textquotedbl": '"', "textasciigrave": "`",
    "textquotesingle": "'", "allowbreak": "",
}  # fmt: skip
_TOKEN = re.compile(
    r"\\(?:sign\{(?P<hex>[0-9A-F]{4,6})\}\{.\}|lacking\{(?P<bare>[0-9A-F]{4,6})\})"
    r"|\\(?P<macro>[a-z]+)\{\}|\\(?P<sign>[{}$&#%_])"
    r"|\{(?P<bracket>[\[\]])\}|(?P<plain>[^\\{}$&#%_^~<>|\"`'\[\]])(\{\})?"
)


def typeset(source: str) -> str:
    """Return what LaTeX shows of escaped words; fails on any sign that it would obey."""
    shown, at = "", 0
    while at < len(source):
        found = _TOKEN.match(source, at)
        assert found, source[at:]
        shown += (
            chr(int(found["hex"] or found["bare"], 16)) if found["hex"] or found["bare"]
            else _MACROS[found["macro"]] if found["macro"]
            else found["sign"] or found["bracket"] or found["plain"]
        )  # fmt: skip
        at = found.end()
    assert not re.search(r"--|,,|``|''", source)
    return shown


def unturned(source: str) -> str:
    """Return escaped words without what turns their direction, which must be balanced."""
    return re.sub(r"\\fromright\{((?: |\\(?:sign\{\w+\}\{.\}|lacking\{\w+\}))+)\}", r"\1", source)


def inked(text: str) -> str:
    """Return a text without the marks that have no shape, and with composed letters."""
    return "".join(one for one in unicodedata.normalize("NFC", text)
                   if unicodedata.category(one) != "Cf")  # fmt: skip


@given(
    st.text(
        st.sampled_from("ab \\{}$&#^_~%<>|\"'`[]-,!?=*é\u0301\u202e\u2069\u200b\ufffd\uffff🙂ש"),
        min_size=1,
    )
)
@example("x" * 500)
def test_latex_obeys_no_sign_of_a_quotation_and_shows_each(text: str) -> None:
    assert typeset(unturned(escaped(text))) == inked(text)


def test_latex_reads_arabic_and_hebrew_from_the_right_their_numbers_from_the_left() -> None:
    assert escaped("a ב, ת ١٩ ب (ג)") == (
        r"a \fromright{\sign{05D1}{ב}\sign{002C}{,} \sign{05EA}{ת}} \sign{0661}{١}\sign{0669}{٩} "
        r"\fromright{\sign{0628}{ب}} (\fromright{\sign{05D2}{ג}})"
    )


@pytest.mark.parametrize("text", HOSTILE)
def test_a_quotation_survives_latex(text: str) -> None:
    one = prepared(text)
    data = excerpts.write([one], "latex", title=text, groups=[Group(text, (one,))]).decode()
    words = data.split(r"\begin{quote}")[1]
    lines = [line.removesuffix(r"\par") for line in words.split("\n") if line.endswith(r"\par")]
    said = [line for line in text.split("\n") if line.strip()]
    assert [typeset(unturned(line)) for line in lines[: len(said)]] == [
        inked(line) for line in said
    ]
    depth = 0
    for sign in re.findall(r"\\[{}]|[{}]", data):
        depth += {"{": 1, "}": -1}.get(sign, 0)
        assert depth >= 0
    assert depth == 0


@pytest.mark.parametrize("engine", ["pdflatex", "xelatex", "lualatex"])
def test_every_engine_compiles_what_nobody_meant_for_it(engine: str, tmp_path: Path) -> None:
    program = shutil.which(engine)
    if not program:
        pytest.skip(f"{engine} is not installed")
    signs = (r"\input{/etc/passwd} \end{document} \\[1cm]", "$x_1^2$ % & # _ { } ~ ^ \\",
             "-- --- ,,a'' ``b'' <<c>> ?` !`", "e\u0301 ꦗꦮ ≥ ½ €\u2011\u00ad\u00a0\ufffd\ufdd0\uffff", "a" * 999,
             "(السلام, عليكم) ١٩٩٨. نعم! 日本 한국 {שלום}")  # fmt: skip
    found = [prepared(text) for text in (*HOSTILE, *signs)]
    titled = [Group(one.text, (one,)) for one in found]
    source = tmp_path / "excerpts.tex"
    source.write_bytes(excerpts.write(found, "latex", title=signs[0], notes=signs, groups=titled))
    ran = subprocess.run(
        [program, "-halt-on-error", "-interaction=nonstopmode", source.name],
        cwd=tmp_path, stdout=subprocess.PIPE, timeout=120, check=False,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stdout.decode(errors="replace")[-2000:]
    log = source.with_suffix(".log").read_text(encoding="utf-8", errors="replace")
    assert "Missing character" not in log
    assert "Overfull" not in log


def test_excel_in_indonesia_gets_semicolons_and_decimal_commas_outside_texts_alone() -> None:
    plain = b'"a;b","c, d","e ""f, 1.5"""\n"=1,5",1.5,-2\n'
    assert for_excel(plain).decode("utf-8-sig") == ('"a;b";"c, d";"e ""f, 1.5"""\n"=1,5";1,5;-2\n')
    assert for_excel(plain).startswith(b"\xef\xbb\xbf")


def test_with_groups_an_excerpt_stands_under_each_heading_with_one_number() -> None:
    one, other = (excerpt("a")._replace(number=1), excerpt("b")._replace(number=2))
    groups = [Group("x", (one, other)), Group("y", (other,))]
    rows = list(csv.DictReader(io.StringIO(
        excerpts.write([one, other], "csv", title="T", groups=groups).decode(), newline=""
    )))  # fmt: skip
    assert [(row["group"], row["number"]) for row in rows] == [("x", "1"), ("x", "2"), ("y", "2")]
    whole = json.loads(excerpts.write([one, other], "json", title="T", groups=groups))
    assert whole["groups"] == [{"title": "x", "excerpts": [1, 2]}, {"title": "y", "excerpts": [2]}]


def test_markdown_has_what_stands_around_in_brackets_and_the_translation_below() -> None:
    one = prepared("a_b\nc")
    written = excerpts.write([one], "markdown", title="T").decode()
    assert "(a\\_b / c)\n\n> a\\_b\\\n> c\n\n(a\\_b / c)\n\n— (1) " in written
    assert "— translation (en), by a\\_b c, checked by a\\_b c" in written
    assert "Key quotation: typical\n\nUsed in: a\\_b c\n\nMemo: a\\_b c" in written


def test_the_notice_stands_on_the_first_page_and_alone_at_the_foot_of_all() -> None:
    one = excerpt("kata")._replace(notice="data latihan · put right by W06: “salah”")
    written = functools.partial(
        excerpts.write, [one], title="T", notice="data *latihan*", language="id"
    )
    document = docx.Document(io.BytesIO(written("docx")))
    assert [line.text for line in document.paragraphs[:2]] == ["T", "data *latihan*"]
    assert document.sections[0].footer.paragraphs[0].text == "T · data *latihan* · "
    assert 'w:lang w:val="id"' in document.styles["Quote"].element.xml
    assert "# T\n\n**data \\*latihan\\***" in written("markdown").decode()
    assert r"\textbf{data *latihan*}\par" in written("latex").decode()
    page = html.fromstring(written("html"))
    assert page.xpath("string(//h1/following-sibling::*[1])") == "data *latihan*"
    assert page.xpath("//blockquote/@lang") == ["id"]
    book = openpyxl.load_workbook(io.BytesIO(written("xlsx")))
    assert [cell.value for cell in book.worksheets[1]["A"]] == ["T", "data *latihan*"]
