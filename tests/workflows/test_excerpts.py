"""What leaves the project: never a word that was not released, whatever the format."""

from __future__ import annotations

import io
import zipfile

import pytest

from qcode.errors import NotFound
from qcode.formats.excerpts import FORMATS, write
from qcode.model.document import Splice, Transcript
from qcode.model.excerpt import Excerpt, Manner
from qcode.model.filter import Filter
from qcode.model.span import Span
from qcode.store import cases, codings, documents, memos
from qcode.workflows.excerpts import Excerpts, excerpts
from qcode.workflows.find import find
from qcode.workflows.quoting import sighted
from tests.workflows.studies import Study, interview, spoken


def quoted(
    study: Study, asked: Filter | None = None, ref: tuple[str, ...] = (), *, memos: bool = False
) -> Excerpts:
    with study.project.read() as connection:
        return excerpts(connection, asked or Filter(), Manner(ref=ref, memos=memos))


def texts(found: Excerpts) -> list[str]:
    return [one.text for one in found.excerpts]


def every_byte(found: Excerpts) -> str:
    """Return all that any format writes, as text."""
    whole = ""
    for format in FORMATS:
        data = write(found.excerpts, format, title="Kutipan", notes=found.notes)
        if format in ("xlsx", "docx"):
            with zipfile.ZipFile(io.BytesIO(data)) as book:
                data = b"".join(book.read(name) for name in book.namelist())
        whole += data.decode(errors="replace")
    return whole


def secretive() -> tuple[Study, dict[str, str]]:
    """Return a study in which every word called rahasia… may not leave it."""
    study = Study(notice="data latihan")
    code = study.code("takut")
    open_, refused = study.case("I1", consent=True), study.case("I2", consent=False)
    gone = study.case("I3", consent=True)
    turns = [("P", "bagaimana?"), ("N", "boleh satu. rahasiaA di sini. boleh dua.")]
    one = study.document("W1", spoken(*turns, ("N", "rahasiaB semua")), cases_of={"N": open_})
    two = study.document("W2", spoken(("P", "lalu?"), ("N", "rahasiaC penuh")),
                         cases_of={"N": refused})  # fmt: skip
    pair = study.document(
        "W3", spoken(("A", "boleh tiga"), ("B", "rahasiaD saya"), ("A", "boleh empat")),
        cases_of={"A": open_, "B": refused},
    )  # fmt: skip
    left = study.document("W4", spoken(("N", "rahasiaE pergi")), cases_of={"N": gone})
    for document in (one, two, pair, left):
        for words in ("boleh", "rahasia"):
            at = -1
            while (at := study.text(document).find(words, at + 1)) >= 0:
                study.give(document, Span(at, at + len(words) + 5), code)
        study.give(document, Span(0, len(study.text(document))), code)
    study.mark(one, "rahasiaA", "off the record")
    study.mark(one, "rahasiaB semua", "not to be used")
    with study.step(verb="retire case") as step:
        cases.retire(step, gone)
    return study, {"W1": one, "W2": two, "W3": pair, "W4": left}


def test_what_was_not_released_is_in_no_format() -> None:
    study, _documents = secretive()
    found = quoted(study)
    whole = every_byte(found)
    assert "rahasia" not in whole
    assert [text.split(".")[0].strip() for text in texts(found)] == [
        "boleh satu", "boleh dua", "boleh tiga", "boleh empa",
    ]  # fmt: skip
    assert found.notes[0] == (
        "9 excerpts withheld: no consent to quote 4, not to be used 1, off the record 2, "
        "retired case 2"
    )


def test_words_that_were_not_released_are_not_found_nor_shown_around_what_is() -> None:
    study, _documents = secretive()
    with study.project.read() as connection:
        hidden = find(connection, "rahasia", Filter())
        shown = find(connection, "boleh", Filter())
    assert hidden.rows == ()
    assert any("withheld" in note for note in hidden.notes)
    assert len(shown.rows) == 4
    assert not any("rahasia" in str(cell) for row in shown.rows for cell in row)


def test_the_filter_for_words_does_not_let_withheld_ones_out() -> None:
    study, _documents = secretive()
    assert texts(quoted(study, Filter(text="rahasiac"))) == []


def test_a_mark_that_lost_its_place_closes_its_document() -> None:
    study, documents_ = secretive()
    with study.project.read() as connection:
        old = documents.current(connection, documents_["W1"]).transcript
    cut = old.turns[2]
    with study.step(verb="correct") as step:
        documents.correct(step, documents_["W1"], Transcript(old.text[: cut.start], old.turns[:2]),
                          [Splice(cut.start, cut.end, 0)])  # fmt: skip
    found = quoted(study, Filter(documents=("W1",)))
    assert texts(found) == []
    assert "a mark that needs a place" in found.notes[0]


def test_unknown_consent_is_quoted_and_its_number_said() -> None:
    study = Study()
    code = study.code("takut")
    known, unknown = study.case("I1", consent=True), study.case("I2")
    for name, case in (("W1", known), ("W2", unknown), ("W3", "")):
        document = study.document(name, spoken(*interview(f"saya takut {name}")),
                                  cases_of={"N": case} if case else {})  # fmt: skip
        study.give(document, "takut", code)
    for name, kind in (("W4", "interview"), ("O1", "observation"), ("D1", "document")):
        bare = study.document(name, spoken(("", f"mereka takut {name}")), kind=kind)
        study.give(bare, "takut", code)
    found = quoted(study)
    assert len(found.excerpts) == 6
    assert "3 excerpts of somebody whose consent to be quoted is not recorded" in found.notes


def test_an_excerpt_says_where_it_stands_and_carries_the_notice() -> None:
    study = Study(notice="data latihan")
    code = study.code("takut", study.code("penghambat"))
    case = study.case("W07", {"peran": "perajin"}, consent=True)
    document = study.document(
        "W07", spoken(("P", "lalu?"), ("N", "saya takut kepencet")), cases_of={"N": case}
    )
    coding = study.give(document, "takut kepencet", code)
    with study.step(verb="memo") as step:
        memos.write(step, ("coding", coding), "bandingkan W03")
    assert quoted(study, memos=True).excerpts == (
        Excerpt(
            address="W07:2.1", reference="W07 · turn 2, line 2", code="penghambat/takut",
            text="takut kepencet", document="W07", turn=2, lines=(2, 2), speakers=("N",),
            cases=("W07",), coder="sari", values={}, memo="bandingkan W03", notice="data latihan",
            number=1,
        ),
    )  # fmt: skip
    assert "data latihan" in every_byte(quoted(study))
    assert "bandingkan" not in every_byte(quoted(study))
    with study.step(verb="document") as step:
        documents.set_details(step, document, {"notice": "fiktif"})
    assert quoted(study).notice == "data latihan · fiktif"


def test_several_turns_are_quoted_under_the_names_that_are_shown() -> None:
    study = Study()
    code = study.code("takut")
    document = study.document(
        "W1", spoken(("P", "takut?"), ("Bu Sri", "ya takut")), names={"Bu Sri": "N1"},
        cases_of={"Bu Sri": study.case("I1", consent=True)},
    )  # fmt: skip
    study.give(document, "takut?\nBu Sri: ya", code)
    (only,) = quoted(study).excerpts
    assert (only.text, only.speakers) == ("P: takut?\nN1: ya", ("P", "N1"))
    assert "Sri" not in every_byte(quoted(study))


def passing() -> Study:
    """Return a study in which somebody who came by, and is no case, speaks in an interview."""
    study = Study()
    code = study.code("takut")
    document = study.document(
        "W1", spoken(("P", "lalu?"), ("N", "saya takut"), ("Tamu", "lewat takut"), ("N", "ya itu")),
        cases_of={"N": study.case("W1", consent=True)},
    )  # fmt: skip
    for words in ("saya takut", "lewat takut", "lewat takut\nN: ya", "ya itu"):
        study.give(document, words, code)
    return study


def test_words_of_who_is_no_case_stay_inside_and_are_never_cited_as_the_informants() -> None:
    study = passing()
    found = quoted(study)
    assert texts(found) == ["saya takut", "ya itu"]
    assert "lewat" not in every_byte(found)
    assert found.notes == (
        "2 excerpts of people who are no case of the study stay inside (W1 turn 3)",
    )
    with study.project.read() as connection:
        (around, _last) = excerpts(connection, Filter(), Manner(context=2)).excerpts
        assert (around.before, around.after) == ("P: lalu?", "")
        wanted = excerpts(connection, Filter(), Manner(context=1, bystanders=True)).excerpts
        hidden = find(connection, "lewat", Filter())
        inside = sighted(connection, Filter()).seen
    assert [(one.text, one.reference) for one in wanted] == [
        ("saya takut", "W1 · turn 2, line 2"),
        ("lewat takut", "W1, somebody else: Tamu · turn 3, line 3"),
        ("Tamu: lewat takut\nN: ya", "W1 · turn 3, lines 3-4"),
        ("ya itu", "W1 · turn 4, line 4"),
    ]
    assert wanted[0].after == "Tamu: lewat takut"
    assert not hidden.rows
    assert [bool(one.reason) for one in inside] == [False, True, True, False]


def crowd(study: Study, people: list[tuple[str, str]]) -> None:
    """Add one interview with one coding for each pair of role and village."""
    code = study.code("takut")
    for number, (role, village) in enumerate(people):
        case = study.case(f"I{number}", {"role": role, "village": village}, consent=True)
        document = study.document(f"W{number}", spoken(*interview(f"saya takut {number}")),
                                  cases_of={"N": case})  # fmt: skip
        study.give(document, "takut", code)


CROWD = [*[("perajin", "A")] * 3, ("kader", "A"), ("guru", "A"), ("lurah", "A"),
         ("kader", "B"), ("kader", "B")]  # fmt: skip


def test_who_would_be_recognised_is_cited_with_less_and_named() -> None:
    study = Study()
    crowd(study, CROWD)
    found = quoted(study)
    ends = " · turn 2, line 2"
    assert [one.reference.replace(ends, "") for one in found.excerpts] == [
        *[f"I{number} · perajin · A · W{number}" for number in range(3)],
        *[f"I{number} · A · W{number}" for number in range(3, 6)],
        "I6 · W6",
        "I7 · W7",
    ]
    assert found.notes == (
        (
            "cited with less, because fewer than three share their role + village: "
            "village: I3, I4, I5; name of the case only: I6, I7"
        ),
    )
    assert {name for one in found.excerpts for name in one.values} == {"role", "village"}


def test_files_of_one_project_tell_together_no_more_than_three_share_or_say_who_is_alone() -> None:
    study = Study()
    crowd(study, CROWD)
    manners = [Manner(), Manner(group="theme"), Manner(group="village"), Manner(group="role"),
               Manner(privacy="role"), Manner(privacy="village"), Manner(ref=("role",))]  # fmt: skip
    with study.project.read() as connection:
        found = [excerpts(connection, Filter(), one) for one in manners]
    usual = [set(one.values) for one in found[0].excerpts]
    assert [set(one.values) for one in found[1].excerpts] == usual
    for manner, made in zip(manners, found, strict=True):
        warned = " ".join(note for note in made.notes if "may be recognised" in note)
        for number, (one, own) in enumerate(zip(made.excerpts, CROWD, strict=True)):
            here = {*one.values, *({manner.group} & {"village", "role"})}
            told = {*here, *usual[number], "village"} if here else set[str]()
            alike = sum(("role" not in told or own[0] == role)
                        and ("village" not in told or own[1] == village)
                        for role, village in CROWD)  # fmt: skip
            assert (alike < 3) == (one.cases[0] in warned), (manner, one.cases)
    assert found[4].notes[0] == (
        "3 informants may be recognised by this beside other files, which tell village: I3, I6, I7"
    )


def test_attributes_may_be_chosen_for_the_reference_with_a_warning() -> None:
    study = Study()
    crowd(study, [("perajin", "A"), ("perajin", "A"), ("perajin", "A"), ("lurah", "A")])
    found = quoted(study, ref=("vill", "role"))
    assert found.excerpts[3].reference == "I3 · A · lurah · W3 · turn 2, line 2"
    assert found.notes == ("1 informant may be recognised by the reference line: I3",)
    with pytest.raises(NotFound, match="attribute"):
        quoted(study, ref=("umur",))


def test_filters_leave_the_passages_that_were_meant() -> None:
    study = Study()
    above, other = study.code("penghambat"), study.code("lain")
    low = study.code("takut", above)
    for name, village in (("W1", "Desa A"), ("W2", "Desa B")):
        case = study.case(f"I{name}", {"village": village}, consent=True)
        document = study.document(name, spoken(*interview("takut sekali", "berani saja", name)),
                                  cases_of={"N": case})  # fmt: skip
        study.give(document, "takut sekali", low)
        study.give(document, "berani", above)
        if name == "W2":
            study.give(document, "sekali", other)
    assert texts(quoted(study, Filter(codes=("pengham",)))) == ["takut sekali", "berani"] * 2
    assert texts(quoted(study, Filter(codes=("takut",), without=("lain",)))) == ["takut sekali"]
    assert texts(quoted(study, Filter(where=(("village", "desa b"),), text="SEKALI"))) == [
        "takut sekali", "sekali",
    ]  # fmt: skip
    assert texts(quoted(study, Filter(cases=("iw1",), codes=("takut",)))) == ["takut sekali"]
    assert texts(quoted(study, Filter(kinds=("document",)))) == []
    with pytest.raises(NotFound, match="Desa A"):
        quoted(study, Filter(where=(("village", "Dessa A x"),)))
    with pytest.raises(NotFound, match="village"):
        quoted(study, Filter(where=(("vilage", "Desa A"),)))
    with pytest.raises(NotFound, match="sari"):
        quoted(study, Filter(layer="sarri"))


def test_retired_codings_and_documents_are_out() -> None:
    study = Study()
    code = study.code("takut")
    made = []
    for name in ("W1", "W2", "W3"):
        document = study.document(name, spoken(*interview(f"takut {name}")))
        made.append((document, study.give(document, f"takut {name}", code)))
    with study.step(verb="retire codings") as step:
        codings.retire(step, [made[0][1]])
    with study.step(verb="retire document") as step:
        documents.retire(step, made[1][0])
    assert texts(quoted(study)) == ["takut W3"]


def test_words_are_found_across_lines_cases_and_letters_that_fold_into_two() -> None:
    study = Study()
    code = study.code("takut")
    document = study.document("W1", spoken(("P", "Straße?"), ("N", "Anak  TETANGGA\nmengajari ß")))
    study.give(document, "TETANGGA", code)
    with study.project.read() as connection:
        (row,) = find(connection, "tetangga mengajari", Filter()).rows
        assert row[:4] == ("W1", 2, 2, "N")
        assert row[4] == "Anak  »TETANGGA\nmengajari« ß"
        assert [one[1] for one in find(connection, "STRASSE", Filter()).rows] == [1]
        assert len(find(connection, "tetangga", Filter(codes=("takut",))).rows) == 1
        assert find(connection, "anak", Filter(codes=("takut",))).rows == ()


def test_a_note_is_closed_by_who_takes_part_in_it_as_a_whole() -> None:
    study = Study()
    code = study.code("takut")
    for name, consent in (("O1", True), ("O2", False)):
        note = study.document(name, spoken(("", f"catatan takut {name}")), kind="observation",
                              cases_of={"": study.case(f"I{name}", consent=consent)})  # fmt: skip
        study.give(note, "takut", code)
    found = quoted(study)
    assert [one.reference for one in found.excerpts] == ["IO1 · O1 · turn 1, line 1"]
    assert found.notes[0] == "1 excerpt withheld: no consent to quote 1"
