"""Codebook files: what is written is read again, and a bad file is refused whole."""

from __future__ import annotations

import io
import tempfile
import tomllib
from collections.abc import Callable, Sequence
from itertools import count
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qcode.errors import BadInput
from qcode.formats import codebook as files
from qcode.formats.codebook import building
from qcode.model.codebook import Code, Codebook

GUID = "80f4373b-696d-41f0-a168-fb19868748dc"
BOOK = """
[codebook]
name = "Tiga desa"
version = "0.3"
note = "percobaan"

[[code]]
name = "Modal"
label.id = "Modal usaha"
label.en = "Capital"
alias = ["uang", "dana"]
definition = '''Uang yang dipakai
untuk mulai.'''
color = "#aa3300"
guid = "{80F4373B-696D-41F0-A168-FB19868748DC}"

[[code.code]]
name = "Pinjaman"
basis = "results A:408"

[[code.code.code]]
name = "Bank"

[[code]]
name = "Pasar"
"""


def minter() -> Callable[[], str]:
    numbers = count(1)
    return lambda: f"{next(numbers):032x}"


def read(folder: Path, text: str | bytes, name: str = "book.toml") -> files.CodebookFile:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return files.read(path, minter())


def test_nested_tables_become_a_tree_in_the_order_of_the_file(tmp_path: Path) -> None:
    book = read(tmp_path, BOOK)
    assert (book.name, book.version, dict(book.notes)) == (
        "Tiga desa", "0.3", {"note": "percobaan"},
    )  # fmt: skip
    tree = Codebook(book.codes)
    assert [tree.path(code.id) for code in book.codes] == [
        "Modal", "Modal/Pinjaman", "Modal/Pinjaman/Bank", "Pasar",
    ]  # fmt: skip
    assert [code.position for code in book.codes] == [0, 0, 0, 1]
    assert [code.id for code in book.codes] == [
        GUID.replace("-", ""),
        *(f"{n:032x}" for n in (1, 2, 3)),
    ]
    assert book.codes[0] == Code(
        id=GUID.replace("-", ""),
        name="Modal",
        labels={"id": "Modal usaha", "en": "Capital"},
        aliases=("uang", "dana"),
        definition="Uang yang dipakai\nuntuk mulai.",
        color="#aa3300",
    )


def test_a_file_without_a_name_is_named_by_its_stem(tmp_path: Path) -> None:
    assert read(tmp_path, "", "desa.toml") == files.CodebookFile("desa", "", ())
    assert read(tmp_path, "path\nModal\n", "desa.csv").name == "desa"


signs = st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"])
line = st.text(signs, max_size=30).map(str.strip)
names = (
    st.text(signs, min_size=1, max_size=20)
    .map(lambda name: name.replace("/", "").strip())
    .filter(bool)
)
text = st.text(signs | st.just("\n"), max_size=60).filter(lambda text: not text or text.strip())
alias = line.map(lambda alias: alias.replace("|", "").strip()).filter(bool)


@st.composite
def codebooks(draw: st.DrawFn) -> Sequence[Code]:
    codes: list[Code] = []
    positions: dict[str, int] = {}
    drawn = draw(st.lists(st.tuples(names, st.integers(0, 99)), max_size=7,
                          unique_by=lambda pair: pair[0].casefold()))  # fmt: skip
    for number, (name, above) in enumerate(drawn):
        parent = codes[above % len(codes)].id if codes and above % 3 else ""
        position = positions[parent] = positions.get(parent, -1) + 1
        labels = {"id": draw(line), "en": draw(line)}
        codes.append(
            Code(
                id=f"{number + 1:032x}",
                name=name,
                parent=parent,
                position=position,
                labels={language: label for language, label in labels.items() if label},
                aliases=tuple(draw(st.lists(alias, max_size=3))),
                definition=draw(text),
                include=draw(text),
                example=draw(text),
                color=draw(st.sampled_from(["", "#aa3300"])),
            )
        )
    return codes


@pytest.mark.parametrize("suffix", [".toml", ".csv"])
@settings(max_examples=60)
@given(codes=codebooks(), title=names)
def test_what_is_written_is_read_again(suffix: str, codes: Sequence[Code], title: str) -> None:
    tree = Codebook(codes)
    data = files.write(tree, suffix, title=title)
    with tempfile.TemporaryDirectory() as folder:
        book = read(Path(folder), data, f"book{suffix}")
    assert book.codes == tuple(tree)
    assert suffix == ".csv" or book.name == title


def test_a_workbook_written_is_read_again_and_holds_no_formula(tmp_path: Path) -> None:
    codes = (
        Code("1" * 32, "=1+1", labels={"id": "Satu", "en": "@one"}, aliases=("a", "-b")),
        Code("2" * 32, "bawah", parent="1" * 32, definition="dua\nbaris", color="#aa3300"),
    )
    data = files.write(Codebook(codes), ".xlsx", title="Desa", version="1", notes={"note": "n"})
    assert read(tmp_path, data, "book.xlsx").codes == codes
    book = openpyxl.load_workbook(io.BytesIO(data))
    assert "f" not in {cell.data_type for sheet in book for row in sheet for cell in row}
    assert [[cell.value for cell in row] for row in book.worksheets[1]] == [
        ["name", "Desa"], ["version", "1"], ["note", "n"],
    ]  # fmt: skip


def test_a_codebook_is_written_as_these_toml_bytes(tmp_path: Path) -> None:
    book = read(tmp_path, BOOK)
    written = files.write(
        Codebook(book.codes), ".toml", title=book.name, version=book.version, notes=book.notes
    )
    assert written.decode() == (
        '[codebook]\nname = "Tiga desa"\nversion = "0.3"\nnote = "percobaan"\n\n'
        '[[code]]\nname = "Modal"\nlabel.id = "Modal usaha"\nlabel.en = "Capital"\n'
        'alias = ["uang", "dana"]\n'
        'definition = """Uang yang dipakai\nuntuk mulai."""\ncolor = "#aa3300"\n'
        f'guid = "{GUID}"\n\n'
        '[[code.code]]\nname = "Pinjaman"\nbasis = "results A:408"\n'
        'guid = "00000000-0000-0000-0000-000000000001"\n\n'
        '[[code.code.code]]\nname = "Bank"\nguid = "00000000-0000-0000-0000-000000000002"\n\n'
        '[[code]]\nname = "Pasar"\nguid = "00000000-0000-0000-0000-000000000003"\n'
    )
    assert read(tmp_path, written) == book


def test_retired_codes_are_not_written_and_what_is_below_them_moves_up() -> None:
    tree = Codebook([
        Code("1" * 32, "atas"), Code("2" * 32, "lama", parent="1" * 32, retired=True),
        Code("3" * 32, "bawah", parent="2" * 32),
    ])  # fmt: skip
    whole = tomllib.loads(files.write(tree, ".toml", title="t").decode())
    assert [code["name"] for code in whole["code"][0]["code"]] == ["bawah"]
    assert b'"atas/bawah"' in files.write(tree, ".csv", title="t")


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("[[code]]\nname = Modal\n", r"\.toml:2: this is not TOML: Invalid value$"),
        ('[[code]]\nname = "Modal\n', r"\.toml:2: this is not TOML"),
        ('[[code]]\nname = "a"\nname = "b"\n', r"\.toml:3: this is not TOML"),
        ("[[code", r"\.toml:1: this is not TOML"),
        ("codes = 1", r"\[codes\]: there is no field “codes”; the nearest is “code”"),
        ("codebook = 1", r"\[codebook\]: \[codebook\] is a table"),
        ("[codebook]\nversion = 1.0", r"\[codebook: version\]: a text in quotes"),
        ("[codebook]\nlicense = 'x'", r"\[codebook: license\]: .*nearest is “licence”"),
        ("[code]\nname = 'a'", r"\[code\]: .*double brackets"),
        ("code = [1]", r"\[code\]: .*double brackets"),
        ("[[code]]\nname='a'\ncode = 'b'", r"\[a\]: .*double brackets"),
        ("[[code]]\nlabel.id = 'a'", r"\[#1: name\]: this code lacks a name"),
        ("[[code]]\nname='a'\n[[code.code]]\nname=' '", r"\[a/#1: name\]: .*lacks a name"),
        ("[[code]]\nname = 5", r"\[#1: name\]: .*lacks a name in quotes"),
        ("[[code]]\nname='a/b'", r"\[a/b: name\]: the name of a code holds no"),
        ("[[code]]\nname='a'\ncolour='#ffffff'", r"\[a: colour\]: .*nearest is “color”"),
        ("[[code]]\nname='a'\nzzz=1", r"\[a: zzz\]: there is no field “zzz”; there are: name"),
        ("[[code]]\nname='a'\ncolor='red'", r"\[a: color\]: a colour is written #rrggbb"),
        ("[[code]]\nname='a'\ncolor=12", r"\[a: color\]: a text in quotes"),
        ("[[code]]\nname='a'\nbasis=2024-05-01", r"\[a: basis\]: a text in quotes"),
        ("[[code]]\nname='a'\nalias='b'", r"\[a: alias\]: aliases are a list"),
        ("[[code]]\nname='a'\nalias=[1]", r"\[a: alias\]: a text in quotes"),
        ("[[code]]\nname='a'\nalias=['b | c']", r"\[a: alias\]: an alias holds no"),
        ("[[code]]\nname='a'\nlabel='b'", r"\[a: label\]: labels are written label.id"),
        ("[[code]]\nname='a'\nlabel.id=1", r"\[a: label.id\]: a text in quotes"),
        ("[[code]]\nname='a'\nlabel.'='='b'", r"\[a: label.=\]: a label is in a language"),
        ("[[code]]\nname='a'\nguid='x'", r"\[a: guid\]: a guid is 32"),
        (f"[[code]]\nname='a'\nguid='{GUID}'\n[[code]]\nname='b'\nguid='{GUID.upper()}'",
         r"\[b: guid\]: another code has this guid"),
        ("[[code]]\nname='a'\n[[code]]\nname='A'", r"\[A: name\]: two codes side by side"),
    ],
)  # fmt: skip
def test_a_bad_toml_file_is_refused_with_code_and_field(
    tmp_path: Path, text: str, sentence: str
) -> None:
    with pytest.raises(BadInput, match=r"book\.toml.*" + sentence.removeprefix(r"\.toml")):
        read(tmp_path, text)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("path,colour\na,b\n", r":1: there is no column “colour”; the nearest is “color”"),
        ("path,label.=\na,b\n", r":1: there is no column “label.=”"),
        ("path,parent\na,b\n", r":1: name codes by a column path, or"),
        ("color\n#ffffff\n", r":1: codes are named by a column path or name"),
        ("path,color\n,#ffffff\n", r":2 \[name\]: a code needs a name"),
        ("path,color\na,\na/b/c,\n", r":3 \[a/b/c: path\]: there is no code “a/b”"),
        ("path,color\na,\na,\n", r":3 \[a: name\]: two codes side by side"),
        ("path,color\na,red\n", r":2 \[a: color\]: a colour is written"),
        ("path,guid\na,1\n", r":2 \[a: guid\]: a guid is 32"),
        (f"path,guid\na,{GUID}\nb,{GUID}\n", r":3 \[b: guid\]: another code has this guid"),
        ("name,parent\na,b\n", r":2 \[a: parent\]: there is no code “b”"),
        ("name,parent\na,\nb,a\na,b\nc,a\n", r":3 \[b: parent\]: several codes are named “a”"),
        ("name,parent\nx,\na,a\n", r":3 \[a: parent\]: this code stands below itself"),
        ("name,parent\nx,\nz,a\na,b\nb,c\nc,a\n", r":[456] \[[abc]: parent\]: this code stands"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("form", [".csv", ".xlsx"])
def test_a_bad_table_is_refused_with_row_and_field(
    tmp_path: Path, text: str, sentence: str, form: str
) -> None:
    data = text.encode()
    if form == ".xlsx":
        from qcode.formats.tabular.cells import xlsx_bytes

        data = xlsx_bytes([("a", [line.split(",") for line in text.splitlines()])])
    with pytest.raises(BadInput, match=rf"book\{form}" + sentence):
        read(tmp_path, data, f"book{form}")


def test_a_table_may_name_parents_before_or_after_and_in_any_case(tmp_path: Path) -> None:
    book = read(
        tmp_path,
        "Name;PARENT;Label.ID;alias;guid\n"
        f"Bank;pinjaman;;;\nPinjaman;{GUID};;utang | kredit;\nModal;;Modal usaha;;{GUID}\n",
        "book.csv",
    )
    tree = Codebook(book.codes)
    assert [tree.path(code.id) for code in book.codes] == [
        "Modal", "Modal/Pinjaman", "Modal/Pinjaman/Bank",
    ]  # fmt: skip
    assert book.codes[0].labels == {"id": "Modal usaha"}
    assert book.codes[1].aliases == ("utang", "kredit")
    again = read(tmp_path, "path\nModal / Pinjaman\nModal\n", "book.csv")
    assert [code.name for code in again.codes] == ["Modal", "Pinjaman"]


def test_deep_large_and_numerous_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    deep = "".join(f"[[code{'.code' * n}]]\nname = 'a{n}'\n" for n in range(21))
    chain = "name,parent\na0,\n" + "".join(f"a{n},a{n - 1}\n" for n in range(1, 21))
    for name, text in (("a.toml", deep), ("a.csv", chain)):
        with pytest.raises(BadInput, match="at most 20 deep"):
            read(tmp_path, text, name)
    with pytest.raises(BadInput, match="too deep in each other"):
        read(tmp_path, "a = " + "[" * 100_000)
    with pytest.raises(BadInput, match="larger than 5 MB"):
        read(tmp_path, " " * 5_000_001)
    monkeypatch.setattr(building, "MAX_CODES", 1)
    with pytest.raises(BadInput, match="at most 1 codes"):
        read(tmp_path, "path\na\nb\n", "a.csv")


def test_controls_from_a_file_do_not_reach_a_terminal(tmp_path: Path) -> None:
    book = read(tmp_path, '[[code]]\nname = "a\\u001b]0;x"\ndefinition = "b\\u009b"')
    assert (book.codes[0].name, book.codes[0].definition) == ("a\ufffd]0;x", "b\ufffd")


def test_other_kinds_of_file_are_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r"\.toml, \.csv or \.xlsx"):
        read(tmp_path, "", "a.yaml")
    with pytest.raises(BadInput, match=r"\.toml, \.csv, \.xlsx, not “\.yaml”"):
        files.write(Codebook([]), ".yaml", title="t")


def test_the_shipped_codebooks_are_read_and_survive_every_format(tmp_path: Path) -> None:
    shipped = sorted((Path(__file__).resolve().parents[2] / "codebooks").glob("*.toml"))
    assert shipped
    for path in shipped:
        book = files.read(path, minter())
        for suffix in files.SUFFIXES:
            data = files.write(Codebook(book.codes), suffix, title=book.name)
            assert read(tmp_path, data, f"book{suffix}").codes == book.codes
