"""Flags count as nothing; what is to be discussed is listed, answered, settled and carried along."""

from __future__ import annotations

from pathlib import Path

import pytest

from qcode.errors import NotFound, Refused
from qcode.formats.tabular import render
from qcode.model.coding import FLAGS, MARKS
from qcode.model.filter import Filter
from qcode.model.span import Span
from qcode.store import codebook, memos
from qcode.workflows import agenda, flagging, plain_export, plain_import
from qcode.workflows.agreement import Measure, agreement, disagreements
from qcode.workflows.comparison import comparison
from qcode.workflows.excerpts import excerpts
from qcode.workflows.find import find
from qcode.workflows.frequency import frequency
from tests.workflows.studies import Study, interview, spoken

ANSWERS = ("takut salah satu", "diajari cucu dua", "ongkir mahal tiga")


@pytest.fixture
def study() -> Study:
    """Return two interviews of two villages that two coders coded."""
    study = Study("sari")
    budi = study.coder("budi")
    takut, biaya = study.code("takut"), study.code("biaya")
    for name, village in (("W01", "Klaten"), ("W02", "Boyolali")):
        case = study.case(name, {"village": village}, consent=True)
        document = study.document(
            name, spoken(*interview(*ANSWERS, f"penutup {name}")), cases_of={"N": case}
        )
        study.give(document, ANSWERS[0], takut)
        study.give(document, ANSWERS[2], biaya)
        study.give(document, ANSWERS[0], takut, budi)
        for coder in ("", budi):
            study.finish(document, coder)
    return study


def flagged(study: Study, name: str, words: str, kind: str, *, by: str = "", text: str = "") -> str:
    """Put a flag on words of a document; return its id."""
    with study.step(study.coder(by) if by else "", "flag") as step:
        document, _span = flagging.place_typed(step.connection, (name, "0", "1"))
    span = study.span(document.id, words)
    with study.step(study.coder(by) if by else "", "flag") as step:
        return flagging.put(step, document.id, span, kind, text)


def listed(study: Study, wanted: Filter | None = None, **how: bool) -> list[tuple[str, str]]:
    """Return place and line of every item."""
    with study.project.read() as connection:
        found = agenda.items(connection, wanted or Filter(), **how)
    return [(item.place, item.flag.text) for item in found]


def test_a_flag_that_is_not_confidential_changes_no_byte_of_any_table(study: Study) -> None:
    def tables() -> list[bytes]:
        with study.project.read() as connection:
            made = (
                frequency(connection, Filter()),
                comparison(connection, "village", "", Filter()),
                agreement(connection, Filter(), Measure()),
                disagreements(connection, Filter()),
            )
            quoted = excerpts(connection, Filter())
        return [*(render(table, "csv") for table in made), repr(quoted).encode()]

    before = tables()
    for kind in FLAGS:
        if kind not in MARKS:
            flagged(study, "W01", ANSWERS[0], kind, text="lihat")
            flagged(study, "W02", "takut", kind, by="budi")
    assert tables() == before
    flagged(study, "W01", ANSWERS[0], "not to be used")
    assert tables() != before


def test_what_is_open_is_listed_oldest_first_and_narrowed_like_any_passage(study: Study) -> None:
    first = flagged(study, "W02", ANSWERS[0], "discuss", text="takut atau malu?")
    flagged(study, "W01", ANSWERS[2], "discuss", by="budi", text="biaya siapa?")
    flagged(study, "W01", ANSWERS[1], "key quotation")
    both = [("W02:2", "takut atau malu?"), ("W01:6", "biaya siapa?")]
    assert listed(study) == both
    with study.project.read() as connection:
        book = codebook.read(connection)
    budi = study.coder("budi")
    assert listed(study, Filter(codes=(book.find("takut").id,))) == both[:1]
    assert listed(study, Filter(without=(book.find("takut").id,))) == both[1:]
    assert listed(study, Filter(where=(("village", "Klaten"),))) == both[1:]
    assert listed(study, Filter(text="MAHAL")) == both[1:]
    assert listed(study, Filter(coders=(budi,))) == both[1:]
    assert listed(study, Filter(flags=("key quotation",))) == [("W01:4", "")]
    with study.step(study.coder("budi"), "settle") as step:
        flagging.settle(step, agenda.found(step.connection, first[-6:]))
    assert listed(study) == both[1:]
    assert listed(study, settled=True) == both


def test_by_code_an_item_stands_under_each_of_its_codes_and_last_without_one(study: Study) -> None:
    study.document("W03", spoken(*interview("lain")))
    flagged(study, "W03", "lain", "discuss", text="apa?")
    flagged(study, "W01", f"{ANSWERS[0]}\nP: pertanyaan nomor 2\nN: {ANSWERS[1]}\nP: pertanyaan "
            f"nomor 3\nN: {ANSWERS[2]}", "discuss", by="budi", text="semua?")  # fmt: skip
    with study.project.read() as connection:
        items = agenda.items(connection, Filter())
    assert [(group, item.flag.text) for group, item in agenda.grouped(items, "code")] == [
        ("biaya", "semua?"), ("takut", "semua?"), ("no code", "apa?"),
    ]  # fmt: skip
    assert [group for group, _item in agenda.grouped(items, "person")] == ["budi", "sari"]
    assert [group for group, _item in agenda.grouped(items, "document")] == ["W01", "W03"]


def test_who_did_not_put_a_flag_settles_it_but_does_not_take_it_away(study: Study) -> None:
    id = flagged(study, "W01", ANSWERS[0], "discuss", text="takut?")
    budi = study.coder("budi")
    with study.step(budi, "unflag") as step, pytest.raises(Refused, match="sari's, who alone"):
        flagging.take_away(step, memos.flags(step.connection))
    with study.step(budi, "answer") as step:
        flagging.answer(step, agenda.found(step.connection, id), "ya")
    with study.step(verb="unflag") as step, pytest.raises(Refused, match="settle it instead"):
        flagging.take_away(step, memos.flags(step.connection))
    with study.step(budi, "settle") as step:
        flag = flagging.settle(step, agenda.found(step.connection, id))
    with study.step(budi, "settle") as step, pytest.raises(Refused, match="settled already"):
        flagging.settle(step, flag)
    with study.project.read() as connection:
        (item,) = agenda.items(connection, Filter(), settled=True)
        with pytest.raises(NotFound, match="no item “zz”"):
            agenda.found(connection, "zz")
    assert ([(one.who, one.text) for one in item.answers], item.settled) == (
        [("budi", "ya")], "budi",
    )  # fmt: skip


def test_the_filter_keeps_passages_with_a_flag_on_some_of_their_words(study: Study) -> None:
    flagged(study, "W01", "salah", "key quotation")
    flagged(study, "W02", "cucu", "key quotation")
    wanted = Filter(flags=("key",))
    with study.project.read() as connection:
        assert [one.text for one in excerpts(connection, wanted).excerpts] == [ANSWERS[0]]
        assert [row[0] for row in find(connection, "cucu", wanted).rows] == ["W02"]
        with pytest.raises(Refused, match="--flag, --memo and --text choose passages"):
            agreement(connection, wanted, Measure())


def test_flags_with_lines_answers_and_who_settled_them_go_out_and_come_in(
    study: Study, tmp_path: Path
) -> None:
    id = flagged(study, "W01", ANSWERS[0], "discuss", text="takut, atau malu?")
    flagged(study, "W01", ANSWERS[0], "discuss", by="budi")
    flagged(study, "W02", ANSWERS[1], "negative case")
    flagged(study, "W02", ANSWERS[2], "off the record")
    for coder, text in (("budi", "ya"), ("", "b: setuju"), ("budi", "a: selesai")):
        with study.step(study.coder(coder) if coder else "", "answer") as step:
            flagging.answer(step, agenda.found(step.connection, id), text)
    with study.step(study.coder("budi"), "settle") as step:
        flagging.settle(step, agenda.found(step.connection, id))
    with study.project.read() as connection:
        plain_export.write(connection, tmp_path / "keluar")
    other = Study("lain")
    for _again in range(2):
        with other.step(verb="import") as step:
            plain_import.store(step, plain_import.read(tmp_path / "keluar"))
    with other.project.read() as connection:
        plain_export.write(connection, tmp_path / "lagi")
    for name in ("flags.csv", "memos.csv"):
        assert (tmp_path / "lagi" / name).read_bytes() == (tmp_path / "keluar" / name).read_bytes()
    with other.project.read() as connection:
        items = agenda.items(connection, Filter(), settled=True)
    (item,) = (one for one in items if one.answers)
    assert [(one.who, one.text) for one in item.answers] == [
        ("budi", "ya"), ("sari", "b: setuju"), ("budi", "a: selesai"),
    ]  # fmt: skip
    assert (item.who, item.flag.text, item.settled) == ("sari", "takut, atau malu?", "budi")


def test_a_flag_stands_once_on_the_same_words_for_one_coder(study: Study) -> None:
    flagged(study, "W01", ANSWERS[0], "discuss")
    with pytest.raises(Refused, match="already"):
        flagged(study, "W01", ANSWERS[0], "discuss")
    flagged(study, "W01", ANSWERS[0], "discuss", by="budi")
    with study.project.read() as connection:
        document = memos.flags(connection)[0].document
        assert len(flagging.standing(connection, document, Span(0, 400), "discuss")) == 2
