"""Pictures: the numbers of the tables, literal labels, the same bytes each time."""

from __future__ import annotations

import base64
import io
import re
import sys
from collections.abc import Iterator

import pytest
from fontTools.ttLib import TTFont
from lxml import etree

from qcode.analysis import picturing
from qcode.errors import BadInput, Refused
from qcode.formats.figures import SUFFIXES, inline, legible, lettering, render
from qcode.model.figure import Bars, Curve, Figure
from qcode.model.table import Blank, Column, Share, Table

HOSTILE = ("$x_1^2$", "\\frac{a}{b}", "<script>alert(1)</script>", "a & b -- <!--", "👩🏽‍🌾 petani",
           "كلام عربي", "=1+1", "\x1b[31mred\u202e\ufffe\uffff", "kode_satu")  # fmt: skip


def frequency(names: tuple[str, ...] = HOSTILE) -> Table:
    columns = (Column("code", "code"), Column("cases", "informants", "of those looked through"))
    rows = tuple((name, Share(at, len(names))) for at, name in enumerate(names))
    unseen = Blank("·", "not looked for")
    return Table("Codes", columns, (*rows, ("late", unseen)), ("analysis layer: sari 3 documents",),
                 (*(0 for _one in names), 1))  # fmt: skip


def comparison() -> Table:
    columns = (Column("code", "code"), Column("group:A", "A", "n=3"), Column("group:$B_1$", "$B_1$"),
               Column("no value", "(no value)"), Column("where", "where"))  # fmt: skip
    cells = (("x", Share(1, 3), Share(0, 2), Blank("·", "not looked for"), "only A"),
             ("y", Share(3, 3), Share(2, 2), Share(1, 1), "in all"))  # fmt: skip
    return Table("Codes by village", columns, cells, ("data latihan",), (0, 1))


def words(svg: bytes) -> list[str]:
    root = etree.fromstring(svg)
    return ["".join(node.itertext()) for node in root.iter("{http://www.w3.org/2000/svg}text")]


def figures() -> Iterator[Figure]:
    yield picturing.bars(frequency())
    yield picturing.heatmap(comparison())
    yield Curve("Codes", ("note",), "interviews", "codes", ("W1", "$W_2$"), (3, 5), (3, 2),
                ((2, 3, 4), (5, 5, 5)))  # fmt: skip


def test_a_heatmap_holds_the_numbers_of_its_table_and_says_what_they_are_of() -> None:
    found = words(render(picturing.heatmap(comparison()), "svg"))
    for text in ("1 of 3", "0 of 2", "·", "3 of 3", "2 of 2", "1 of 1", "$B_1$", "n=3"):
        assert text in found
    whole = "\n".join(found)
    assert "Codes by village" in whole
    assert "data latihan" in whole
    assert "· not looked for" in whole


def test_a_curve_counts_few_codes_in_whole_numbers() -> None:
    found = words(render(Curve("", (), "interviews", "codes", ("W1", "W2"), (2, 2), (2, 0)), "svg"))
    assert "1" in found
    assert not [number for number in found if re.fullmatch(r"\d+\.\d+", number)]


def test_labels_stand_in_a_picture_letter_by_letter() -> None:
    svg = render(picturing.bars(frequency()), "svg")
    found = words(svg)
    for name in HOSTILE[:-2]:
        assert name in found
    assert not [name for name in found if "\x1b" in name or "\u202e" in name]
    assert b"<script" not in svg
    assert not re.findall(rb"<!--.*?(?:script|petani).*?-->", svg)


@pytest.mark.parametrize("format", sorted(SUFFIXES.values()))
def test_the_same_picture_gives_the_same_bytes(format: str) -> None:
    for figure in figures():
        data = render(figure, format)
        assert data == render(figure, format)
        assert not re.search(rb"20\d\d-\d\d-\d\d|CreationDate", data)


def test_a_sign_without_a_font_is_a_square_that_the_notes_name(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(lettering, "_installed", lambda: iter(()))
    figure = picturing.bars(frequency(("👩🏽‍🌾 petani 🦄", "é ≥ ❤ ש", "biasa")))
    shown = legible(figure)
    assert isinstance(shown, Bars)
    assert shown.rows[:3] == ("□ petani □", "é ≥ ❤ ש", "biasa")
    assert shown.notes[:-1] == figure.notes
    assert (
        "□ stands for what no font of this computer draws here: U+1F33E ear of rice"
        in shown.notes[-1]
    )
    assert legible(shown) == shown
    assert legible(picturing.bars(frequency(("biasa",)))).notes == figure.notes
    assert "👩🏽‍🌾 petani 🦄" in words(render(figure, "svg"))
    assert render(figure, "png") == render(shown, "png")


def test_a_sign_that_only_another_font_has_is_drawn_with_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    figure = picturing.bars(frequency(("🙂",)))
    monkeypatch.setattr(lettering, "_installed", lambda: iter(("DejaVu Serif", "Emoji")))
    real = lettering._signs
    monkeypatch.setattr(lettering, "_signs", lambda one: {"🙂"} if one == "Emoji" else real(one))
    assert lettering.families(figure) == ["DejaVu Sans", "Emoji"]
    assert legible(figure) == figure


def test_fonts_are_embedded_in_a_pdf_as_outlines_that_can_be_searched() -> None:
    data = render(picturing.heatmap(comparison()), "pdf")
    assert b"/FontFile2" in data
    assert b"/Type3" not in data


def test_pictures_of_one_page_have_no_name_in_common() -> None:
    one, other = (inline(figure, f"figure-{at}") for at, figure in enumerate(figures()) if at < 2)
    names = [set(re.findall(r' id="([^"]+)"', text)) for text in (one, other)]
    assert names[0]
    assert names[0].isdisjoint(names[1])
    assert "</svg>" in one
    assert "<?xml" not in one


def test_a_picture_of_too_many_codes_shows_those_above_and_says_so() -> None:
    table = frequency(tuple(f"code {at}" for at in range(40)))
    deep = Table(table.title, table.columns, table.rows * 2, (), (*(0,) * 41, *(1,) * 41))
    figure = picturing.bars(deep)
    assert len(figure.rows) == 41
    assert "41 codes further down the codebook are not shown" in figure.notes[0]


def test_without_matplotlib_a_sentence_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    with pytest.raises(Refused, match=r"pip install 'qcode-qda\[figures\]'"):
        render(picturing.bars(frequency()), "svg")


def test_what_has_no_bars_and_what_is_no_picture_is_refused() -> None:
    with pytest.raises(BadInput, match="several"):
        picturing.bars(comparison())
    with pytest.raises(BadInput, match="svg"):
        render(picturing.bars(frequency()), "gif")


def test_an_svg_brings_the_letters_it_uses_and_no_others() -> None:
    svg = render(picturing.bars(frequency()), "svg").decode()
    (held,) = re.findall(r"url\(\"data:font/ttf;base64,([^\"]+)", svg)
    letters = TTFont(io.BytesIO(base64.b64decode(held))).getBestCmap()
    assert set(map(ord, "Codes by village informants $x_1^2$ كلام")) <= letters.keys()
    assert ord("Ж") not in letters
    assert render(picturing.bars(frequency()), "svg").decode() == svg
    assert "data:font" not in inline(picturing.bars(frequency()), "one")
