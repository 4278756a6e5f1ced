"""What groups have in common and where they differ, with passages that may be quoted."""

from __future__ import annotations

import csv
import io
import random
import zipfile

import pytest

from qcode.analysis.patterns import Candidate, picked
from qcode.errors import BadInput, NotFound
from qcode.formats.patterns import tabled, write
from qcode.formats.tabular import render
from qcode.model.filter import Filter
from qcode.model.pattern import Pattern, Patterns
from qcode.workflows.heatmap import GROUPS, Field, heatmap
from qcode.workflows.patterns import Asked, patterns
from qcode.workflows.triangulation import Asked as Sources
from qcode.workflows.triangulation import triangulation
from tests.workflows.studies import Study, interview, spoken

NASTY = '=2+5 <b>tebal</b> \N{PILE OF POO} \N{RIGHT-TO-LEFT OVERRIDE}abc "petik"'


def told(study: Study, name: str, village: str, answer: str, *, consent: bool | None = True) -> str:
    case = study.case(f"I{name}", {"village": village}, consent=consent)
    return study.document(name, spoken(*interview(answer)), cases_of={"N": case})


@pytest.fixture(scope="module")
def study() -> Study:
    """Return a study of two villages: one code in both, one in A alone, and what stays inside."""
    study = Study(notice="data latihan")
    top = study.code("dimensi")
    both, alone = study.code("kader", top), study.code("ongkir")
    for name, village, answer, code in (
        ("W1", "A", "kader datang ke rumah", both), ("W2", "A", NASTY, both),
        ("W3", "B", "kader tidak pernah datang", both), ("W4", "A", "ongkir mahal sekali", alone),
        ("W5", "A", "ongkir naik terus", alone),
    ):  # fmt: skip
        study.give(told(study, name, village, answer), answer, code)
    for name, answer, consent in (
        ("W6", "rahasia kader", True), ("W7", "jangan dipakai kader", True),
        ("W8", "tanpa izin kader", False),
    ):  # fmt: skip
        document = told(study, name, "B", answer, consent=consent)
        study.give(document, answer, both)
        if name != "W8":
            study.mark(document, answer, "off the record" if name == "W6" else "not to be used")
    return study


def asked(study: Study, least: int = 1, most: int = 2, wanted: Filter | None = None) -> Patterns:
    with study.project.read() as connection:
        return patterns(connection, wanted or Filter(), Asked("village", least, most))


def by_code(found: Patterns) -> dict[str, tuple[str, Pattern]]:
    return {one.code: (section.title, one) for section in found.sections
            for one in section.patterns}  # fmt: skip


def test_common_patterns_come_first_and_differences_say_where(study: Study) -> None:
    found = asked(study)
    assert [section.title for section in found.sections] == [
        "In common: found in every village", "Different: in one village only",
    ]  # fmt: skip
    title, pattern = by_code(found)["dimensi/kader"]
    assert title.startswith("In common")
    assert pattern.where == "in all 2"
    # Whose words are not to be used does not speak of it; who gave no consent is counted.
    assert [(voice.group, str(voice.share)) for voice in pattern.voices] == [
        ("A", "2 of 4"), ("B", "3 of 4"),
    ]  # fmt: skip
    assert by_code(found)["ongkir"][1].where == "only A"
    assert by_code(found)["ongkir"][1].voices[1].silence == "nobody speaks of it"


def test_passages_that_were_not_released_are_in_no_output(study: Study) -> None:
    found = asked(study)
    texts = [quote.text for _title, one in by_code(found).values()
             for voice in one.voices for quote in voice.quotes]  # fmt: skip
    assert "kader tidak pernah datang" in texts
    whole = write(found, "markdown").decode() + render(tabled(found), "json").decode()
    with zipfile.ZipFile(io.BytesIO(write(found, "docx"))) as packed:
        whole += packed.read("word/document.xml").decode()
    for hidden in ("rahasia", "jangan dipakai", "tanpa izin"):
        assert hidden not in whole
    assert "data latihan" in whole


def test_a_code_above_others_leaves_the_passages_to_them(study: Study) -> None:
    found = asked(study)
    _title, pattern = by_code(found)["dimensi"]
    assert [(voice.quotes, voice.silence) for voice in pattern.voices] == [((), "")] * 2
    assert write(found, "markdown").decode().count("stand with the codes below") == 1
    silent = by_code(asked(study, most=0))["dimensi/kader"][1].voices
    assert [(voice.quotes, voice.silence) for voice in silent] == [((), "")] * 2


def test_codes_of_few_are_left_out_and_counted(study: Study) -> None:
    found = asked(study, least=3)
    assert set(by_code(found)) == {"dimensi", "dimensi/kader"}
    assert any("fewer than 3 speak of are left out: 1" in note for note in found.notes)
    assert "ongkir" in by_code(asked(study, least=2))


def test_a_passage_with_signs_of_markup_survives_every_format(study: Study) -> None:
    found = asked(study)
    rows = list(csv.reader(io.StringIO(render(tabled(found), "csv").decode("utf-8-sig"))))
    assert any("<b>tebal</b>" in cell for row in rows for cell in row)
    assert "\\<b\\>tebal" in write(found, "markdown").decode()
    with zipfile.ZipFile(io.BytesIO(write(found, "docx"))) as packed:
        assert "&lt;b&gt;tebal&lt;/b&gt;" in packed.read("word/document.xml").decode()
    with pytest.raises(BadInput, match="markdown, docx"):
        write(found, "pdf")


def test_key_quotations_come_first_then_median_length_each_of_another_informant() -> None:
    ana, budi = frozenset({"ana"}), frozenset({"budi"})
    some = [
        Candidate("long", ana, 90), Candidate("middle", ana, 20), Candidate("short", ana, 3),
        Candidate("other", budi, 21), Candidate("key", ana, 80, key=True),
    ]  # fmt: skip
    assert picked(some, 1) == ("key",)
    assert picked(some, 2) == ("other", "key")
    assert picked(some, 3) == ("middle", "other", "key")
    both = Candidate("both", ana | budi, 90)
    assert picked([*some[:3], both], 2) == ("middle", "both")
    assert picked([], 3) == ()
    assert picked(some, 0) == ()
    shuffled = random.Random(1).sample(some, len(some))
    assert set(picked(shuffled, 3)) == set(picked(some, 3))


def test_a_filter_that_leaves_nothing_is_said_and_not_that_nobody_has_a_value() -> None:
    study = Study()
    told(study, "W1", "A", "kader")
    told(study, "W2", "B", "ongkir")
    study.document("O1", spoken(("", "catatan")), kind="observation")
    nobody = Filter(documents=("W1",), where=(("village", "B"),))
    noted = Filter(kinds=("observation",))
    with study.project.read() as connection:
        for wanted, why in (
            (nobody, "no document has all of that"),
            (noted, "nobody of the kind “informant” takes part in an interview that is counted"),
        ):
            with pytest.raises(NotFound, match=why):
                patterns(connection, wanted, Asked("village"))
            with pytest.raises(NotFound, match=why):
                heatmap(connection, wanted, Field(GROUPS, "village"))
        with pytest.raises(NotFound, match="no document has all of that"):
            triangulation(connection, Sources(by="village"), nobody)
