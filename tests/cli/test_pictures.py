"""Pictures, the report and the tables of a study on the command line."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import unquote

import pytest

from qcode.settings import shipped
from tests.cli.conftest import Run


@pytest.fixture
def villages(run: Run) -> Run:
    run("init", "tiga", "--coder", "sari")
    run("import", shipped("projects") / "three-villages")
    return run


def test_the_name_of_the_file_asks_for_a_picture_a_report_or_tables(villages: Run) -> None:
    few = ("--code", "pendukung")
    villages("freq", *few, "-o", "f.svg")
    villages("compare", "--by", "desa", *few, "-o", "c.pdf")
    villages("cooccur", *few, "-o", "p.svg")
    villages("saturation", *few, "-o", "s.png")
    assert ">19 of 24<" in Path("f.svg").read_text(encoding="utf-8")
    assert Path("c.pdf").read_bytes().startswith(b"%PDF")
    assert ">gotong royong  " not in Path("p.svg").read_text(encoding="utf-8")
    assert Path("s.png").read_bytes().startswith(b"\x89PNG")
    assert "add -o FILE" in villages("freq", "--format", "png", code=1).stderr
    assert "not “svg”" in villages("coders", "list", "-o", "x.svg", code=1).stderr

    villages("export", "report", "--to", "r.html", *few, "--methods-in", "id")
    page = Path("r.html").read_text(encoding="utf-8")
    assert "Wawancara fiktif" in page
    assert "gotong royong" in page
    assert ".html, .docx, .md" in villages("export", "report", "--to", "r.pdf", code=1).stderr

    villages("export", "report", "--to", "hasil 1.md", *few)
    text = Path("hasil 1.md").read_text(encoding="utf-8")
    links = re.findall(r"!\[Figure \d\. .*\]\((.*)\)", text)
    assert links == [f"hasil%201-figures/figure-{at}.png" for at in (1, 2, 3)]
    assert all(Path(unquote(link)).read_bytes().startswith(b"\x89PNG") for link in links)
    Path("hasil 1.md").unlink()
    again = villages("export", "report", "--to", "hasil 1.md", *few, code=1)
    assert "hasil 1-figures, which is no empty folder" in again.stderr
    assert not Path("hasil 1.md").exists()

    villages("export", "tables", "--to", "tabel", *few)
    assert (
        Path("tabel", "reduksi-data.docx").is_file()
        or Path("tabel", "data-reduction.docx").is_file()
    )
    assert "not an empty folder" in villages("export", "tables", "--to", "tabel", code=1).stderr
