"""The plain-text project: a folder that people can edit, read whole or not at all."""

from __future__ import annotations

import shutil
import stat
from collections.abc import Callable
from dataclasses import replace
from itertools import count
from pathlib import Path

import pytest

from qcode.errors import BadInput, Refused
from qcode.formats import files, folder
from qcode.formats.codebook import CodebookFile
from qcode.formats.folder.cases import read_cases
from qcode.model.case import Attribute, Case, Consent
from qcode.model.codebook import Code

TEXTS = {
    "W01": "P: Dari mana modalnya?\nR: Kami pinjam\tke bank 🙂.\nSusah \u202esekali.\n",
    "W02": "\ufeffCatatan lapangan\n\n=1+1\n",
}
WORDS = TEXTS["W01"][26:52]
PROJECT = folder.PlainProject(
    name="Tiga desa",
    codebook=CodebookFile(
        "Modal", "1.0",
        (Code("1" * 32, "Modal"), Code("2" * 32, "Pinjaman", parent="1" * 32, color="#aa3300")),
        {"note": "catatan"},
    ),
    approach="reliability",
    notice="data latihan",
    language="id",
    coders=("coder1", "coder2"),
    attributes=(Attribute("", "village"), Attribute("", "age", "number"),
                Attribute("", "role", multiple=True)),
    documents=(
        folder.PlainDocument("W01", "transcripts/W01.txt", finished=("coder1", "coder2"),
                             details={"date": "2024-05-01"}),
        folder.PlainDocument("W02", "transcripts/catatan W02.md", "observation"),
    ),
    speakers=(
        folder.PlainSpeaker("W01", "P", "interviewer", "Peneliti"),
        folder.PlainSpeaker("W01", "R", "participant", "", (("informant", "Ani"),
                                                            ("household", "H1"))),
        folder.PlainSpeaker("W02", "", cases=(("village", "Ani"),)),
    ),
    cases=(
        Case("", "informant", "Ani", {"village": ("Klaten",), "age": ("52",),
                                      "role": ("kepala dusun", "petani")}, Consent(True, "lisan")),
        Case("", "household", "H1", {}, Consent(False)),
        Case("", "village", "Ani"),
    ),
    codings=(
        folder.PlainCoding("W01", 3, 9, "Modal", "coder2"),
        folder.PlainCoding("W01", 26, 52, "Modal/Pinjaman", "coder1", WORDS, "baris\nmemo"),
        folder.PlainCoding("W02", 19, 23, "Modal", "coder1", "=1+1", "=memo"),
    ),
    flags=(folder.PlainFlag("W01", 3, 9, "off the record", "coder1"),),
    memos=(
        folder.PlainMemo(("case", "village", "Ani"), "tentang desa", "coder1"),
        folder.PlainMemo(("code", "Modal/Pinjaman"), "tentang kode", "coder1"),
        folder.PlainMemo(("document", "W01"), "seluruhnya", "coder2"),
        folder.PlainMemo(("document", "W01"), "di sini\n\nsaja", "coder2", 3, 9),
        folder.PlainMemo(("project",), "  umum  ", "coder2"),
    ),
    unlooked=(folder.PlainUnlooked("Modal/Pinjaman", "coder2", ("W01", "W02")),),
)  # fmt: skip


def minter() -> Callable[[], str]:
    numbers = count(1)
    return lambda: f"{next(numbers):032x}"


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a written project, which is not to be changed."""
    place = tmp_path_factory.mktemp("written") / "desa"
    folder.write(PROJECT, place, TEXTS)
    return place


@pytest.fixture
def place(tmp_path: Path, written: Path) -> Path:
    """Return a copy of the written project."""
    return Path(shutil.copytree(written, tmp_path / "desa"))


def change(place: Path, file: str, old: str, new: str) -> None:
    text = (place / file).read_text(encoding="utf-8")
    assert old in text
    (place / file).write_text(text.replace(old, new), encoding="utf-8")


def test_what_is_written_is_read_again(place: Path) -> None:
    assert folder.read(place, minter()) == PROJECT


def test_the_same_project_gives_the_same_bytes_whatever_the_order(
    place: Path, tmp_path: Path
) -> None:
    shuffled = replace(
        PROJECT, codings=PROJECT.codings[::-1], memos=PROJECT.memos[::-1], flags=PROJECT.flags[::-1]
    )
    folder.write(shuffled, tmp_path / "again", TEXTS)
    names = sorted(path.relative_to(place) for path in place.rglob("*.*"))
    assert len(names) == 11
    for name in names:
        assert (place / name).read_bytes() == (tmp_path / "again" / name).read_bytes()


def test_offsets_stand_in_a_checkout_with_other_line_ends(place: Path) -> None:
    for path in place.rglob("*.*"):
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    project = folder.read(place, minter())
    assert project == PROJECT
    for coding in project.codings:
        [document] = [one for one in project.documents if one.name == coding.document]
        text = files.text(place / document.file)
        assert text == TEXTS[coding.document]
        assert not coding.words or text[coding.start : coding.end] == coding.words


def test_a_text_that_begins_with_a_mark_keeps_it(place: Path) -> None:
    assert (place / "transcripts/catatan W02.md").read_bytes().startswith(b"\xef\xbb\xbf" * 2)


def test_tables_are_plain_and_safe_from_formulas(place: Path) -> None:
    assert (place / "codings.csv").read_text(encoding="utf-8") == (
        '"document","start","end","code","coder","words","memo"\n'
        '"W01",3,9,"Modal","coder2","",""\n'
        f'"W01",26,52,"Modal/Pinjaman","coder1","{WORDS}","baris\nmemo"\n'
        '"W02",19,23,"Modal","coder1","\'=1+1","\'=memo"\n'
    )
    assert (place / "speakers.csv").read_text(encoding="utf-8") == (
        '"document","label","kind","name","case"\n'
        '"W01","P","interviewer","Peneliti",""\n'
        '"W01","R","participant","","informant: Ani | H1"\n'
        '"W02","","unknown","","village: Ani"\n'
    )
    assert (place / "cases.csv").read_text(encoding="utf-8").splitlines()[:2] == [
        '"kind","name","village","age","role","consent","consent note"',
        '"informant","Ani","Klaten","52","kepala dusun | petani","yes","lisan"',
    ]


@pytest.mark.skipif(not hasattr(stat, "S_IMODE"), reason="needs permission bits")
def test_only_the_owner_may_read_what_is_written(place: Path) -> None:
    assert {stat.S_IMODE(path.stat().st_mode) for path in place.rglob("*.*")} == {0o600}


def test_a_folder_that_holds_something_is_not_written_to(place: Path) -> None:
    with pytest.raises(Refused, match="not an empty folder"):
        folder.write(PROJECT, place, TEXTS)


def test_names_that_a_table_cannot_hold_are_refused_before_anything_is_written(
    tmp_path: Path,
) -> None:
    bad = (
        replace(PROJECT, documents=(folder.PlainDocument("W01", "transcripts/../a"),)),
        replace(PROJECT, documents=(folder.PlainDocument("W01", "/etc/passwd"),)),
        replace(PROJECT, documents=(replace(PROJECT.documents[0], details={"Kind": "x"}),)),
        replace(PROJECT, documents=(replace(PROJECT.documents[0], finished=("a | b",)),)),
        replace(PROJECT, attributes=(Attribute("", "a"), Attribute("", "A"))),
    )
    for changed in bad:
        project = replace(changed, speakers=(), codings=(), flags=(), memos=())
        with pytest.raises(BadInput):
            folder.write(project, tmp_path / "desa", TEXTS)
        assert not (tmp_path / "desa").exists()


def test_a_small_project_needs_three_files_and_its_transcripts(tmp_path: Path) -> None:
    (tmp_path / "transcripts").mkdir()
    (tmp_path / "transcripts/W01.txt").write_text("Halo\n", encoding="utf-8")
    (tmp_path / "project.toml").write_text('[project]\nname = "Kecil"\n', encoding="utf-8")
    (tmp_path / "codebook.toml").write_text("", encoding="utf-8")
    (tmp_path / "documents.csv").write_text("Name;finished\nW01;ani | budi\n", encoding="utf-8")
    project = folder.read(tmp_path, minter())
    assert project.documents == (
        folder.PlainDocument("W01", "transcripts/W01.txt", finished=("ani", "budi")),
    )
    assert (project.approach, project.coders) == ("codebook", ("ani", "budi"))


@pytest.mark.parametrize(
    ("kind", "people", "problem"),
    [
        ("again", 'coders = ["ani (again)"]\nof = ["ani"]', ""),
        ("again", 'coders = ["ani (again)"]', "who that is"),
        ("again", 'coders = ["ani"]\nof = ["ani"]', "who that is"),
        ("again", 'coders = ["ani (again)"]\nof = ["budi", "ani"]', "who that is"),
        ("drift", 'coders = ["ani", "budi"]\nof = ["ani", "budi"]', "who that is"),
        ("drift", 'coders = ["ani"]', "two coders or more"),
        ("terus", 'coders = ["ani", "budi"]', "calibration"),
    ],
)  # fmt: skip
def test_a_round_says_who_codes_and_of_whom_a_second_self_is(
    tmp_path: Path, kind: str, people: str, problem: str
) -> None:
    about = f'[project]\nname = "Kecil"\n\n[[round]]\nname = "R"\nkind = "{kind}"\n{people}\n'
    (tmp_path / "project.toml").write_text(about, encoding="utf-8")
    (tmp_path / "codebook.toml").write_text("", encoding="utf-8")
    (tmp_path / "documents.csv").write_text("name\n", encoding="utf-8")
    if problem:
        with pytest.raises(BadInput, match=problem):
            folder.read(tmp_path, minter())
        return
    project = folder.read(tmp_path, minter())
    assert (project.rounds[0].of, project.coders) == (("ani",), ("ani", "ani (again)"))


@pytest.mark.parametrize(
    "missing", ["project.toml", "codebook.toml", "documents.csv", "transcripts/W01.txt"]
)
def test_a_missing_file_is_named(place: Path, missing: str) -> None:
    (place / missing).unlink()
    with pytest.raises(BadInput, match=missing.replace(".", r"\.") + "|there is no file"):
        folder.read(place, minter())


@pytest.mark.parametrize(
    ("file", "old", "new", "sentence"),
    [
        ("project.toml", 'name = "Tiga desa"\n', "", r"\[project: name\]: a project needs"),
        ("project.toml", "[project]", "[projek]", r"\[projek\]: .*nearest is “project”"),
        ("project.toml", "notice", "notise", r"\[project: notise\]: .*nearest is “notice”"),
        ("project.toml", '"id"', "1", r"\[project: language\]: a text in quotes"),
        ("project.toml", '"reliability"', '"fast"', r"\[project: approach\]: one of codebook"),
        ("project.toml", '["coder1", "coder2"]', '"a"', r"\[project: coders\]: a list"),
        ("project.toml", '"number"', '"colour"', r"\[attribute 2: type\]: an attribute is one"),
        ("project.toml", '"age"', '"Village"', r"\[attribute 2: name\]: .*name of its own"),
        ("project.toml", "multiple = true", "multiple = 1", r"\[attribute 3: multiple\]: true"),
        ("documents.csv", "catatan W02.md", "../project.toml", r":3 \[file\]: the name of a file"),
        ("documents.csv", "catatan W02.md", "W03.txt", r":3 \[file\]: there is no file"),
        ("documents.csv", "catatan W02.md", "w01.TXT", r":3 \[file\]: another document"),
        ("documents.csv", '"W02"', '"W01"', r":3 \[name\]: another document"),
        ("documents.csv", "observation", "video", r":3 \[kind\]: one of interview"),
        ("documents.csv", "coder1 | coder2", "coder9", r":2 \[finished\]: there is no coder"),
        ("speakers.csv", '"name"', '"nama"', r":1: there is no column “nama”; .* “name”"),
        ("speakers.csv", '"label"', '"labels"', r":1: there is no column “labels”"),
        ("speakers.csv", '"W01","R"', '"W09","R"', r":3 \[document\]: .*the nearest are: W0"),
        ("speakers.csv", '"R"', '"P"', r":3 \[label\]: .*twice"),
        ("speakers.csv", "participant", "partisipan", r":3 \[kind\]: one of participant"),
        ("speakers.csv", "informant: Ani", "Ani", r":3 \[case\]: .*informant: Ani, village: Ani"),
        ("speakers.csv", "H1", "H2", r":3 \[case\]: there is no case “H2”; the nearest are: H1"),
        ("cases.csv", '"village"', '"vilage"', r":1: .*attribute “vilage”; .*“village”"),
        ("cases.csv", '"52"', '"tua"', r":2 \[age\]: a number stands here"),
        ("cases.csv", '"Klaten"', '"a | b"', r":2 \[village\]: “village” takes one value"),
        ("cases.csv", '"yes"', '"maybe"', r":2 \[consent\]: yes, no or nothing"),
        ("cases.csv", '"household","H1"', '"informant","ani"', r":3 \[name\]: .*twice"),
        ("cases.csv", '"H1"', '""', r":3 \[name\]: this cell must not be empty"),
        ("codings.csv", '"W02"', '"W2"', r":6 \[document\]: there is no document “W2”"),
        ("codings.csv", '"coder2"', '"coder3"', r":2 \[coder\]: there is no coder “coder3”"),
        ("codings.csv", '"coder2"', '""', r":2 \[coder\]: this cell must not be empty"),
        ("codings.csv", '3,9,"Modal"', '3,9,"Modl"', r":2 \[code\]: .*the nearest are: Modal"),
        ("codings.csv", ",3,9,", ",3,3,", r":2 \[end\]: a passage must end after"),
        ("codings.csv", ",3,9,", ",-3,9,", r":2 \[start\]: a whole number"),
        ("codings.csv", ",3,9,", ",3,9.5,", r":2 \[end\]: a whole number stands here, not “9.5”"),
        ("codings.csv", ",3,9,", ",3,,", r":2 \[end\]: this cell must not be empty"),
        ("codings.csv", '"coder","words"', '"words","coderx"', r":1: there is no column “coderx”"),
        ("not-looked-for.csv", '"W01 | W02"', '"W01 | W2"', r":2 \[documents\]: there is no .*“W2”"),
        ("not-looked-for.csv", '"W01 | W02"', '""', r":2 \[documents\]: this cell must not be"),
        ("not-looked-for.csv", "Modal/Pin", "Pin", r":2 \[code\]: .*nearest are: Modal/Pinjaman"),
        ("flags.csv", "off the record", "secret", r":2 \[kind\]: one of discuss, "),
        ("flags.csv", '"kind",', '"document",', r":1: two columns"),
        ("memos.csv", '"project"', '"coding"', r"\[about kind\]: one of project, document"),
        ("memos.csv", '"case","village: Ani","",""', '"case","village: Ani",1,2',
         r":2 \[start\]: only a note on a passage"),
        ("memos.csv", '"document","W01"', '"passage","W01"', r":\d+ \[start\]: this cell must not"),
        ("memos.csv", '"tentang desa"', '" "', r":2 \[text\]: this cell must not be empty"),
        ("codebook.toml", 'name = "Pinjaman"', "nama = 1", r"\[Modal/#1: name\]"),
    ],
)  # fmt: skip
def test_a_bad_cell_is_refused_with_file_line_and_field(
    place: Path, file: str, old: str, new: str, sentence: str
) -> None:
    change(place, file, old, new)
    with pytest.raises(BadInput, match=file.replace(".", r"\.") + ".*" + sentence):
        folder.read(place, minter())


def test_a_table_without_a_column_it_needs_is_refused(place: Path) -> None:
    (place / "flags.csv").write_text("document,start,end,kind\nW01,1,2,x\n", encoding="utf-8")
    with pytest.raises(BadInput, match=r"flags\.csv:1: the column “coder” is lacking"):
        folder.read(place, minter())


ASKED = replace(
    PROJECT,
    flags=(
        folder.PlainFlag("W01", 3, 9, "discuss", "coder1", "takut, atau malu?", "coder2"),
        folder.PlainFlag("W01", 3, 9, "key quotation", "coder2"),
    ),
    memos=(
        *PROJECT.memos[:-1],
        folder.PlainMemo(("flag", "W01", "coder1"), "ya: malu", "coder2", 3, 9),
        folder.PlainMemo(("flag", "W01", "coder1"), "setuju", "coder1", 3, 9),
        PROJECT.memos[-1],
    ),
)


def test_what_is_to_be_discussed_is_read_again_with_its_answers_in_order(tmp_path: Path) -> None:
    folder.write(ASKED, tmp_path / "desa", TEXTS)
    assert folder.read(tmp_path / "desa", minter()) == ASKED


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("memos.csv", "W01 | coder1", "W01", r":8 \[about name\]: document and coder of the flag"),
        ("memos.csv", "W01 | coder1", "W01 | coder2", r":8 \[about name\]: nothing is to be"),
        ("flags.csv", '"key quotation","coder2","",""', '"key quotation","coder2","","coder1"',
         r":3 \[settled\]: only what is to be discussed"),
    ],
)  # fmt: skip
def test_an_answer_to_no_question_is_refused(
    tmp_path: Path, file: str, old: str, new: str, said: str
) -> None:
    folder.write(ASKED, tmp_path / "desa", TEXTS)
    change(tmp_path / "desa", file, old, new)
    with pytest.raises(BadInput, match=said):
        folder.read(tmp_path / "desa", minter())


def test_a_transcript_that_is_a_link_is_refused(place: Path) -> None:
    (place / "transcripts/W01.txt").unlink()
    (place / "transcripts/W01.txt").symlink_to(place / "project.toml")
    with pytest.raises(BadInput, match=r"documents\.csv:2 \[file\]: there is no file"):
        folder.read(place, minter())


def test_a_file_may_be_named_without_its_folder(place: Path) -> None:
    change(place, "documents.csv", '"transcripts/W01.txt"', '"W01.txt"')
    assert folder.read(place, minter()) == PROJECT


def test_a_code_is_found_in_any_case(place: Path) -> None:
    change(place, "codings.csv", "Modal/Pinjaman", "modal/PINJAMAN")
    assert folder.read(place, minter()) == PROJECT


def test_a_table_of_cases_alone_tells_its_attributes(tmp_path: Path) -> None:
    path = tmp_path / "cases.csv"
    path.write_text(
        "Name;Village;joined;role;ok\n"
        "Ani;Klaten;2019-05;petani | kader;ya\nBudi;;2020;;\nCici;Boyolali;2020-02-29;kader;no\n",
        encoding="utf-8",
    )
    told = (
        Attribute("7", "village"),
        Attribute("", "joined", "date"),
        Attribute("", "ok", "yes/no"),
    )
    table = read_cases(path, told)
    assert table.attributes == (*told[:2], Attribute("", "role", multiple=True), told[2])
    assert table.cases[0] == Case(
        "", "informant", "Ani",
        {"village": ("Klaten",), "joined": ("2019-05",), "role": ("petani", "kader"),
         "ok": ("yes",)},
    )  # fmt: skip
    assert [case.value("ok") for case in table.cases] == ["yes", "", "no"]


@pytest.mark.parametrize(
    "value", ["2019-13", "2021-02-29", "19", "2019-5", "kemarin", "2019-05-01-"]
)
def test_a_date_that_is_none_is_refused(tmp_path: Path, value: str) -> None:
    path = tmp_path / "cases.csv"
    path.write_text(f"name,joined\nAni,{value}\n", encoding="utf-8")
    with pytest.raises(BadInput, match=r"cases\.csv:2 \[joined\]: a date is written"):
        read_cases(path, [Attribute("", "joined", "date")])


def test_the_shipped_projects_are_read() -> None:
    shipped = Path(__file__).resolve().parents[2] / "projects"
    for place in shipped.glob("*/project.toml"):
        assert folder.read(place.parent, minter()).name
