"""The codebook that is printed: its counts are those of the tables, its passages are released."""

from __future__ import annotations

import io

import docx

from qcode.formats.printout import FORMATS, write
from qcode.model.printout import Entry, Printout
from qcode.store import codebook, memos
from qcode.workflows.printout import printout
from tests.workflows.studies import Study, spoken
from tests.workflows.test_excerpts import secretive


def printed(study: Study) -> Printout:
    with study.project.read() as connection:
        return printout(connection, "2026-03-05")


def entries(study: Study) -> dict[str, Entry]:
    return {one.title: one for one in printed(study).entries}


def every_text(found: Printout) -> str:
    document = docx.Document(io.BytesIO(write(found, ".docx")))
    texts = [paragraph.text for paragraph in document.paragraphs]
    return "\n".join((*texts, write(found, ".md").decode()))


def example(study: Study, code: str, text: str) -> None:
    with study.step(verb="revise code") as step:
        codebook.revise(step, code, {"example": text})


def test_no_word_that_was_not_released_is_printed() -> None:
    study, documents = secretive()
    whole = every_text(printed(study))
    assert "boleh" in whole
    assert "rahasia" not in whole
    assert "data latihan" in whole
    assert set(FORMATS) == {".docx", ".md"}
    assert documents


def test_an_example_in_the_codebook_that_quotes_what_is_off_the_record_is_left_out() -> None:
    study = Study()
    code, other = study.code("takut"), study.code("lain")
    one = study.document("W1", spoken(("N", "mereka Mengancam  saya waktu itu. lalu diam saja")))
    study.give(one, "lalu diam", code)
    study.mark(one, "Mengancam  saya", "off the record")
    example(study, code, "“mereka mengancam saya, waktu itu …”")
    example(study, other, "takut salah pencet saja")
    found = entries(study)
    assert (found["takut"].example, found["lain"].example) == ("", "takut salah pencet saja")
    assert "may not leave the project: takut" in "\n".join(printed(study).notes)


def test_the_borderline_passage_is_flagged_or_coded_otherwise_by_another_coder() -> None:
    study = Study()
    fear, shame = study.code("takut"), study.code("malu")
    budi = study.coder("budi")
    one = study.document("W1", spoken(("P", "takut?"), ("N", "takut sekali pencet. malu juga ya")))
    study.give(one, "takut sekali", fear)
    study.give(one, "pencet", fear)
    study.give(one, "takut?", fear)
    assert entries(study)["takut"].borderline is None
    study.give(one, "takut sekali", shame, coder=budi)
    found = entries(study)["takut"]
    assert found.typical is not None
    assert found.typical.text == "pencet"
    assert found.borderline is not None
    assert (found.borderline.text, found.borderline.why) == (
        "takut sekali", "another coder gave these words: malu"
    )  # fmt: skip
    assert "W1:2.1" in found.borderline.reference
    span = study.span(one, "sekali")
    with study.step(verb="flag") as step:
        memos.mark(step, one, span, "discuss")
    found = entries(study)["takut"]
    assert found.borderline is not None
    assert found.borderline.why == "flagged to be discussed"
    assert entries(study)["malu"].typical is None


def test_counts_are_of_those_looked_through_and_what_was_not_looked_for_is_no_zero() -> None:
    study = Study()
    above = study.code("emosi")
    fear = study.code("takut", above)
    case = study.case("I1", consent=True)
    one = study.document("W1", spoken(("P", "?"), ("N", "takut. takut lagi")), cases_of={"N": case})
    study.give(one, "takut. takut", fear)
    study.finish(one)
    study.code("x" * 200)
    with study.step(verb="retire code") as step:
        codebook.retire(step, fear)
    found = printed(study).entries
    assert [(e.title[:16], e.depth, e.informants, e.interviews, e.passages) for e in found] == [
        ("emosi", 0, "1 of 1", "1 of 1", "0"),
        ("takut (retired)", 1, "1 of 1", "1 of 1", "1"),
        ("x" * 16, 0, "·", "·", "·"),
    ]
