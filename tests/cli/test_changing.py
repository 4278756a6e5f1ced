"""Codes, cases, memos and consent, changed from the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Run


def test_codes_are_added_renamed_moved_merged_retired_and_restored(study: Run) -> None:
    study("codebook", "add", "malu", "--color", "#ff0088")
    study("codebook", "rename", "malu", "sungkan", "--reason", "kata mereka sendiri")
    study("codebook", "move", "sungkan", "--under", "takut")
    assert "    sungkan" in study("codebook").stdout
    assert "cannot be moved below itself" in study("codebook", "move", "belajar", "--under",
                                                   "sungkan", code=1).stderr  # fmt: skip
    study("codebook", "move", "sungkan", "--top")
    study("apply", "W01", "33", "60", "sungkan")
    study("codebook", "merge", "sungkan", "takut")
    assert "belajar/takut" in study("codings", "list").stdout
    study("undo")
    assert "sungkan" in study("codings", "list").stdout
    study("codebook", "retire", "sungkan")
    assert "sungkan" not in study("codebook").stdout
    assert "“sungkan” is retired" in study("apply", "W01", "1", "9", "sungkan", code=1).stderr
    assert "sungkan" in study("codings", "list").stdout
    study("codebook", "add", "sungkan")
    assert "made anew since" in study("codebook", "restore", "sungkan", code=1).stderr
    study("undo")
    study("codebook", "restore", "sungkan")
    assert "sungkan" in study("codebook").stdout
    assert "is not retired" in study("codebook", "restore", "sungkan", code=1).stderr


def test_a_new_meaning_asks_for_finished_documents_again(study: Run) -> None:
    study("apply", "W01", "33", "60", "belajar")
    study("documents", "finish", "W01")
    assert "Revised: takut" in study("codebook", "revise", "cemas", "--include", "x").stderr
    said = study("codebook", "revise", "takut", "--new-meaning").stderr
    assert "with a new meaning" in said
    assert "include: x" in study("codebook", "show", "takut").stdout
    study("codebook", "revise", "takut", code=2)


def test_a_codebook_goes_out_and_comes_back_by_its_guids(study: Run, here: Path) -> None:
    for suffix in (".toml", ".csv", ".xlsx"):
        file = here / f"kode{suffix}"
        study("codebook", "export", file)
        assert "2 were there already." in study("codebook", "import", file).stderr
    toml = here / "kode.toml"
    study("codebook", "rename", "takut", "gentar")
    said = study("codebook", "import", toml, "--update").stderr
    assert "1 was updated." in said
    assert "  takut" in study("codebook").stdout
    assert study("codebook", "export").stdout == toml.read_text(encoding="utf-8")


def test_a_code_of_the_same_name_with_another_guid_is_refused_with_its_path(
    study: Run, here: Path
) -> None:
    study("codebook", "export", "kode.csv")
    text = (here / "kode.csv").read_text(encoding="utf-8")
    header, belajar, takut = text.strip().split("\n")
    other = takut.rsplit(",", 1)[0] + ',"' + "0" * 32 + '"'
    (here / "kode.csv").write_text(f"{header}\n{belajar}\n{other}", encoding="utf-8")
    said = study("codebook", "import", "kode.csv", code=1).stderr
    assert "another code “belajar/takut”" in said


@pytest.mark.parametrize("name", ["village-ecommerce", "business-networks"])
def test_a_project_starts_with_a_codebook_that_comes_with_qcode(run: Run, name: str) -> None:
    assert "codes." in run("init", "studi", "--codebook", name).stderr
    assert len(run("codebook").stdout.splitlines()) > 20


def test_cases_come_in_are_linked_changed_and_undone(study: Run, here: Path) -> None:
    (here / "cases.csv").write_text(
        "kind;name;village;consent\ninformant;W01;Klaten;yes\ninformant;W02;Boyolali;\n"
        "village;Klaten;;\n", encoding="utf-8",
    )  # fmt: skip
    assert "3 cases imported." in study("cases", "import", "cases.csv").stderr
    again = study("cases", "import", "cases.csv").stderr
    assert "3 were there already; --update writes over them." in again
    assert "3 were updated." in study("cases", "import", "cases.csv", "--update").stderr
    assert "2 documents linked." in study("cases", "link", "--same-names").stderr
    study("cases", "link", "W02", "W01", "--speaker", "N")
    study("cases", "set", "W02", "village", "Klaten")
    study("cases", "set", "W02", "usia", "54")
    study("cases", "consent", "W02", "--quotation", "no", "--note", "tanpa nama desa")
    listed = study("cases", "--kind", "informant").stdout
    assert "no (tanpa nama desa)" in listed
    assert "Boyolali" not in listed
    assert "54" in listed
    for _step in range(3):
        study("undo")
    assert "Boyolali" in study("cases").stdout
    assert "takes one value" in study("cases", "set", "W02", "village", "a", "b", code=1).stderr
    assert "no case “W9”" in study("cases", "link", "W01", "W9", code=1).stderr
    study("cases", "link", "W01", code=2)


def test_memos_are_written_on_anything_changed_and_retired(study: Run, here: Path) -> None:
    study("apply", "W01", "33", "60", "belajar")
    (here / "cases.csv").write_text("name\nW01\n", encoding="utf-8")
    study("cases", "import", "cases.csv")
    for on in ((), ("--document", "W01"), ("--document", "W01", "--at", "33", "40"),
               ("--code", "takut"), ("--coding", "W01:2.1"), ("--case", "W01")):  # fmt: skip
        study("memos", "add", "-", *on, input="lihat juga W02\n")
    listed = study("memos").stdout
    for about in ("project", "document W01", "document W01 33-40", "code belajar/takut",
                  "coding W01:2.1", "case W01"):  # fmt: skip
        assert about in listed
    number = listed.splitlines()[2].split()[0]
    study("memos", "edit", number, "sudah dilihat")
    assert "sudah dilihat" in study("memos").stdout
    assert "another coder" in study("memos", "edit", number, "x", "--coder", "bima", code=1).stderr
    study("memos", "retire", number, "--coder", "sari")
    assert "sudah dilihat" not in study("memos").stdout
    assert "no memo" in study("memos", "retire", "zzzzzz", code=1).stderr
    study("memos", "add", "x", "--code", "takut", "--case", "W01", code=1)
    study("memos", "add", "x", "--code", "takut", "--at", "1", "2", code=1)


def test_a_document_is_retired_and_brought_back(study: Run) -> None:
    study("documents", "retire", "W01")
    assert "W01" not in study("documents").stdout
    assert "W01 (retired)" in study("documents", "list", "--retired").stdout
    assert "no document “W01”" in study("documents", "finish", "W01", code=1).stderr
    study("documents", "retire", "W01", "--undo")
    assert "W01" in study("documents").stdout
    study("documents", "finish", "W01", "--nothing")
    study("documents", "finish", "W01", "--undo")
    assert "nothing to code" not in study("documents").stdout


def test_codings_come_in_from_a_table_for_several_coders(study: Run, here: Path) -> None:
    (here / "c.csv").write_text(
        "document;start;end;code;coder;words;memo\n"
        "W01;35;42;belajar;bima;diajari;siapa?\nW02;35;42;cemas;;;\n", encoding="utf-8",
    )  # fmt: skip
    assert "2 codings imported." in study("codings", "import", "c.csv").stderr
    listed = study("codings", "list", "--format", "csv").stdout
    assert '"W01:2.1","belajar","bima",35,42' in listed
    assert '"W02:2.1","belajar/takut","sari",35,42' in listed
    assert "siapa?" in study("memos").stdout
    assert "Undone: import 2 codings, 1 memo" in study("undo").stderr
    assert "bima" not in study("coders").stdout


def test_a_code_goes_up_and_down_gets_labels_and_comes_back_from_a_merge(study: Run) -> None:
    study("codebook", "add", "gentar", "--label", "en=fear", "--label", "id: takut sekali")
    study("codebook", "add", "dengar")
    study("codebook", "move", "dengar", "--up")
    tree = study("codebook").stdout
    assert tree.index("dengar") < tree.index("gentar")
    assert "cannot go further" in study("codebook", "move", "gentar", "--down", code=1).stderr
    study("codebook", "move", "gentar", "--top", "--under", "dengar", code=2)
    assert "en: fear" in study("codebook", "show", "gentar").stdout
    assert "language: words" in study("codebook", "revise", "gentar", "--label", "x", code=1).stderr
    study("apply", "W01", "33", "60", "gentar")
    assert "1 coding (" in study("codebook", "merge", "gentar", "dengar").stderr
    study("codebook", "restore", "gentar")
    assert "bring back a code" in study("history").stdout
    assert "gentar" in study("codings", "list").stdout


def test_a_segment_is_split_and_joined_by_its_address(study: Run) -> None:
    study("apply", "W01", "33", "72", "belajar", "--memo", "anak muda")
    said = study("codings", "split", "W01:2.1", "61").stderr
    assert "two segments now: W01:2.1 and W01:2.2" in said
    study("memos", "add", "sabar", "--coding", "W01:2.2")
    assert "stands at 33-72 now" in study("codings", "join", "W01:2.1", "W01:2.2").stderr
    assert study("codings", "list").stdout.count("W01:2.") == 1
    assert "between words of its own" in study("codings", "split", "W01:2.1", "33", code=1).stderr
    study("apply", "W01", "33", "60", "takut")
    assert "have one code" in study("codings", "join", "W01:2.1", "W01:2.3", code=1).stderr
    assert "join two segments" in study("history").stdout
