"""What is brought back to participants: their own words alone, and nothing confidential."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from qcode.analysis.member_check.telling import sheet
from qcode.errors import BadInput, NotFound, Refused
from qcode.formats.member_check import FORMATS, lines, write
from qcode.model.case import Case
from qcode.model.document import Splice
from qcode.model.filter import Filter
from qcode.model.span import Span
from qcode.model.theme import DROPPED, FOR, Theme
from qcode.store import answers as store
from qcode.store import cases, codebook, codings, documents, memos, quotations, themes
from qcode.store.answers import Given
from qcode.workflows import answers, framework, member_check, people, plain_export, plain_import
from qcode.workflows.excerpts import excerpts
from qcode.workflows.flagging import take_away
from qcode.workflows.member_check import Prepared, prepared
from qcode.workflows.understood import Wanted
from tests.workflows.studies import Study, spoken

PAIR = (
    ("P", "Siapa yang mengajari?"), ("A", "Anak kami. Dulu takut."), ("B", "Bukan, cucu."),
    ("A", "=Sekarang <b>bisa</b>."), ("P", "Modalnya?"), ("A", "Jangan ditulis: utang."),
    ("B", "Arisan."),
)  # fmt: skip


@pytest.fixture
def study() -> Study:
    """Return a pair interview, all of it coded, with one passage off the record."""
    study = Study(notice="data latihan")
    people_of = {"A": study.case("Ani"), "B": study.case("Budi")}
    pair = study.document("W01", spoken(*PAIR), cases_of=people_of)
    note = study.document("O1", spoken(("", "Ani memotret kain.")), kind="observation",
                          cases_of={"": people_of["A"]})  # fmt: skip
    learn, money = study.code("belajar"), study.code("modal")
    whole = study.span(pair, "Siapa").start, study.span(pair, "</b>.").end

    study.give(pair, Span(*whole), learn)
    study.give(pair, "Dulu takut.", money)
    study.give(pair, "Jangan ditulis: utang.", money)
    study.give(pair, "Arisan.", money)
    study.give(note, "Ani memotret", learn)
    study.mark(pair, "ditulis: utang", "off the record")
    return study


def page(study: Study, name: str, wanted: Wanted | None = None, **asked: object) -> Prepared:
    with study.project.read() as connection:
        return prepared(connection, name, Filter(**asked), wanted or Wanted())  # type: ignore[arg-type]


def case(study: Study, name: str) -> Case:
    with study.project.read() as connection:
        return people.case_named(connection, name, retired=True)


def given(study: Study, who: str, number: str, verdict: str, text: str = "") -> None:
    asked = case(study, who)
    with study.step(verb="member answer") as step:
        answers.answer(step, asked, number, Given(verdict, text))


def bring_back(study: Study, who: str) -> None:
    made = page(study, who)
    with study.step(verb="member check") as step:
        member_check.ask(step, made.case, made.own)


def test_a_page_holds_the_own_words_of_one_participant_and_nothing_confidential(
    study: Study,
) -> None:
    ani, budi = page(study, "Ani"), page(study, "Budi")
    assert [one.words for one in ani.material.points] == [
        ("Anak kami. Dulu takut.", "=Sekarang <b>bisa</b>.")
    ]
    assert ani.notes == ("1 passage withheld: off the record 1",)
    assert [one.words for one in budi.material.points] == [("Bukan, cucu.",), ("Arisan.",)]
    for made in (ani, budi):
        for aloud in (False, True):
            told = "\n".join(lines(sheet(made.material, "id", aloud=aloud)))
            for word in ("mengajari", "utang", "belajar", "modal", "memotret", "Modalnya"):
                assert word not in told
    named = page(study, "Budi", Wanted(codes=True))
    assert [one.codes for one in named.material.points] == [("belajar",), ("modal",)]


def test_every_format_keeps_the_words_and_leaves_room(study: Study) -> None:
    told = sheet(page(study, "Ani").material, "en")
    for suffix in FORMATS:
        data = write(told, suffix)
        if suffix == ".docx":
            with zipfile.ZipFile(io.BytesIO(data)) as packed:
                data = packed.read("word/document.xml")
        text = data.decode()
        assert "Anak kami. Dulu takut." in text
        assert ("<b>bisa" in text) == (suffix == ".txt")
        assert "data latihan" in text
        assert "Do not use it" in text
    with pytest.raises(BadInput, match="page for a participant"):
        write(told, ".pdf")
    aloud = list(lines(sheet(page(study, "Ani").material, "en", aloud=True)))
    assert "Anak kami." in aloud
    assert not any("[ ]" in line for line in aloud)


def test_numbers_stay_whatever_is_coded_or_chosen_later(study: Study) -> None:
    with pytest.raises(NotFound, match="given no passage 2"):
        given(study, "Budi", "2", "agree")
    bring_back(study, "Budi")
    study.give(study_document(study), "Arisan", study.code("arisan"))
    numbers = [(one.number, one.words) for one in page(study, "Budi").material.points]
    assert numbers == [(1, ("Bukan, cucu.",)), (2, ("Arisan.",))]
    chosen = page(study, "Budi", codes=("modal",)).material.points
    assert [one.number for one in chosen] == [2]


def study_document(study: Study) -> str:

    with study.project.read() as connection:
        return next(one.id for one in documents.listed(connection) if one.name == "W01")


def test_answers_are_obeyed_and_a_correction_stands_beside_every_excerpt(study: Study) -> None:
    bring_back(study, "Ani")
    bring_back(study, "Budi")
    with pytest.raises(BadInput, match="--text"):
        given(study, "Ani", "1", "correct")
    given(study, "Ani", "1", "correct", "Bukan anak, keponakan.")
    given(study, "Budi", "2", "do not use")
    with study.project.read() as connection:
        found = excerpts(connection, Filter()).excerpts
        (flag,) = [one for one in memos.flags(connection) if one.kind == "not to be used"]
        rows = {row[0]: row[2:] for row in answers.overview(connection).rows}
    shown = {one.text: one.notice for one in found}
    assert not any("Arisan" in text for text in shown)
    assert shown["Dulu takut."] == "data latihan · put right by Ani: “Bukan anak, keponakan.”"
    assert [str(cell) for cell in rows["Budi"]] == ["1 of 2", "0", "0", "1", "0"]
    with study.step(verb="unmark") as step, pytest.raises(Refused, match="another answer"):
        take_away(step, [flag])
    assert [one.text for one in page(study, "Ani").material.points] == ["Bukan anak, keponakan."]
    given(study, "Budi", "2", "agree")
    with study.project.read() as connection:
        assert any("Arisan" in one.text for one in excerpts(connection, Filter()).excerpts)
    by_address = "W01:7.1"
    given(study, "Budi", by_address, "withdraw")
    with pytest.raises(Refused, match="says nothing"):
        given(study, "Ani", by_address, "agree")


def test_an_answer_is_about_all_words_that_any_page_showed_under_its_number() -> None:
    study = Study()
    who = {"N": study.case("Ani")}
    document = study.document("W01", spoken(("N", "takut salah sekali, lalu bisa.")), cases_of=who)
    learn = study.code("belajar")
    study.give(document, "takut salah", learn)
    bring_back(study, "Ani")
    study.give(document, "salah sekali, lalu", learn)
    bring_back(study, "Ani")
    study.give(document, "sekali", study.code("cara"))
    study.give(document, "bisa", learn)
    given(study, "Ani", "1", "do not use")
    with study.project.read() as connection:
        assert [one.text for one in excerpts(connection, Filter()).excerpts] == ["bisa"]


@pytest.mark.parametrize("gone", ["retired", "lost"])
def test_a_summary_of_words_he_took_back_stays_inside_whatever_became_of_their_coding(
    gone: str,
) -> None:
    study = Study()
    who = {"N": study.case("Ani")}
    document = study.document("W01", spoken(("N", "takut salah sekali, lalu bisa.")), cases_of=who)
    learn = study.code("belajar")
    study.give(document, "lalu bisa", learn)
    coding = study.give(document, "takut salah", learn)
    with study.step(verb="summarise") as step:
        framework.write(step, "Ani", "belajar", "mula-mula takut")
    assert page(study, "Ani", Wanted(summaries=True)).material.findings
    if gone == "retired":
        with study.step(verb="retire codings") as step:
            codings.retire(step, [coding])
        assert page(study, "Ani", Wanted(summaries=True)).material.findings
        study.mark(document, "takut salah", "not to be used")
    else:
        shorter = spoken(("N", "sekali, lalu bisa."))
        with study.step(verb="correct") as step:
            documents.correct(step, document, shorter, [Splice(3, 15, 0)])
    assert page(study, "Ani").material.points
    assert not page(study, "Ani", Wanted(summaries=True)).material.findings


def test_what_a_researcher_summed_up_for_himself_is_told_to_nobody_unless_it_is_wanted(
    study: Study,
) -> None:
    with study.step(verb="summarise") as step:
        framework.write(step, "Ani", "belajar", "bercerita sebagai pejabat")
    assert not page(study, "Ani").material.findings
    (told,) = page(study, "Ani", Wanted(summaries=True)).material.findings
    assert told.sentences == ("bercerita sebagai pejabat",)


def test_a_number_that_two_copies_gave_to_two_passages_means_neither(study: Study) -> None:
    budi, document = case(study, "Budi"), study_document(study)
    for words in ("Bukan, cucu.", "Arisan."):
        at = study.span(document, words)
        with study.project.read() as connection:
            coding = next(one.id for one in codings.of_document(connection, document)
                          if Span(one.start, one.end).contains(at))  # fmt: skip
        with study.step(verb="member check") as step:
            store.ask(step, budi.id, [store.Shown((coding,), document, (at,), number=1)])
    with pytest.raises(Refused, match="two passages with number 1"):
        given(study, "Budi", "1", "do not use")
    bring_back(study, "Budi")
    points = page(study, "Budi").material.points
    assert [(one.number, one.words) for one in points] == [
        (2, ("Bukan, cucu.",)),
        (3, ("Arisan.",)),
    ]
    given(study, "Budi", "3", "do not use")
    assert [one.number for one in page(study, "Budi").material.points] == [2]
    with pytest.raises(NotFound, match="no passage 1"):
        given(study, "Budi", "1", "agree")


def quoted(study: Study, who: str) -> object:
    with study.project.read() as connection:
        return excerpts(connection, Filter(cases=(who,)))


def test_who_takes_everything_back_or_wants_nothing_back_has_no_page(study: Study) -> None:
    ani, budi = case(study, "Ani"), case(study, "Budi")
    with study.step(verb="consent") as step:
        people.set_checking(step, budi, checking=False)
    with pytest.raises(Refused, match="did not want his words"):
        page(study, "Budi")
    with study.step(verb="withdraw all") as step:
        done = answers.withdraw(step, ani, Given("withdraw"))
    assert (done.stretches, done.telling, done.quoted) == (3, ("O1",), ())
    with study.project.read() as connection:
        texts = [one.text for one in excerpts(connection, Filter()).excerpts]
        everything = next(iter(answers.overview(connection).rows))
        assert [one.name for one in cases.listed(connection)] == ["Budi"]
    assert not any("Anak kami" in text or "Sekarang" in text for text in texts)
    assert everything[2] == "took everything back"
    with pytest.raises(NotFound, match="Ani took back everything"):
        page(study, "Ani")
    with pytest.raises(NotFound, match="Ani took back everything"):
        quoted(study, "Ani")


def test_who_takes_words_back_is_told_where_they_are_quoted_already(study: Study) -> None:
    ani, document = case(study, "Ani"), study_document(study)
    bring_back(study, "Ani")
    text = study.text(document)
    with study.project.read() as connection:
        of = {text[one.start : one.end]: one.id
              for one in codings.of_document(connection, document)}  # fmt: skip
        (asked,) = store.listed(connection, ani.id)
    with study.step(verb="use") as step:
        quotations.use(step, of["Dulu takut."], ["Bab 4.3", "Tabel 2"])
        quotations.use(step, of["Arisan."], ["Bab 5"])
    places = ("Bab 4.3 (W01:2)", "Tabel 2 (W01:2)")
    given(study, "Ani", "1", "do not use")
    with study.step(verb="withdraw all") as step:
        assert answers.quoted_of(step, asked) == places
        assert answers.withdraw(step, ani, Given("withdraw")).quoted == places


def test_themes_are_told_to_those_they_rest_on(study: Study) -> None:
    ani = case(study, "Ani")
    with study.step(verb="add theme") as step:
        for name, code in (("T1", "belajar"), ("T2", "modal")):
            id = codebook.read(step.connection).find(code).id
            theme = themes.add(step, Theme("", name, statement=f"Tentang {name}."))
            themes.ground(step, theme, FOR, code=id)
        themes.add(step, Theme("", "T3", statement="Tentang T3."))
        gone = themes.add(step, Theme("", "T4", status=DROPPED))
        part = themes.add(step, Theme("", "T5", statement="Tentang T5.", parent=gone))
        themes.ground(step, part, FOR, code=id)
        memos.write(step, ("case", ani.id), "catatan")
    both = page(study, "Ani").material.findings
    assert [one.sentences for one in both] == [("Tentang T1.",), ("Tentang T2.",)]
    only = page(study, "Budi", Wanted(themes=("T2",), memos=True)).material
    assert [one.sentences for one in only.findings] == [("Tentang T2.",)]
    assert [one.words for one in only.points] == [("Arisan.",)]


def test_plain_files_keep_answers_with_their_marks(study: Study, tmp_path: Path) -> None:
    bring_back(study, "Budi")
    given(study, "Budi", "2", "do not use", "jangan")
    given(study, "Budi", "1", "agree")

    with study.project.read() as connection:
        plain_export.write(connection, tmp_path / "berkas")
    other = Study("guru")
    for new in (2, 0):
        with other.step(verb="import") as step:
            done = plain_import.store(step, plain_import.read(tmp_path / "berkas"))
            assert done.new["answer"] == new
    with other.project.read() as connection:
        plain_export.write(connection, tmp_path / "lagi")
    for name in ("answers.csv", "flags.csv"):
        first, again = ((tmp_path / folder / name).read_text(encoding="utf-8")
                        for folder in ("berkas", "lagi"))  # fmt: skip
        assert first == again
