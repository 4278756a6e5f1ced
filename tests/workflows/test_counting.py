"""Who and what is counted, from codings in the store to the cells of the tables."""

from __future__ import annotations

from qcode.analysis.comparison import comparison
from qcode.analysis.frequency import frequency
from qcode.model.document import Splice, Transcript, Turn
from qcode.model.filter import Filter
from qcode.model.span import Span
from qcode.model.table import Table
from qcode.store import codebook, codings, documents
from tests.workflows.studies import Study, cells, column, interview, notes, spoken


def villages(study: Study, each: int = 8) -> list[tuple[str, str]]:
    """Fill a study with interviews in two villages; return village and document."""
    found = []
    for village in ("A", "B"):
        for number in range(each):
            case = study.case(f"I{village}{number}", {"village": f"Desa {village}"})
            words = interview(f"jawaban {village}{number} satu", f"jawaban {village}{number} dua")
            found.append(
                (village, study.document(f"W{village}{number}", spoken(*words),
                                         cases_of={"N": case}))
            )  # fmt: skip
    return found


def by_village(study: Study) -> Table:
    return comparison(study.layer(), study.attribute("village"))


def test_coding_twice_more_often_in_one_village_changes_no_table() -> None:
    study = Study()
    takut = study.code("takut")
    rest = [(village, document) for village, document in villages(study)]
    for number, (_village, document) in enumerate(rest):
        if number % 3:
            study.give(document, "satu", takut)
        study.finish(document)
    before = by_village(study), frequency(study.layer())
    other = study.coder("bima")
    twice = [document for village, document in rest if village == "A"][:5]
    twice += [document for village, document in rest if village == "B"][:1]
    for document in twice:
        study.give(document, "dua", takut, other)
        study.give(document, "satu", takut, other)
        study.finish(document, other)
    assert (by_village(study), frequency(study.layer())) == before
    assert cells(before[0], "takut")["group:Desa A"] == "5 of 8"


def test_a_code_made_after_half_the_interviews_is_out_of_their_n_and_shows_a_dot() -> None:
    study = Study()
    old = study.code("lama")
    done = villages(study)
    for village, document in done:
        if village == "A":
            study.give(document, "satu", old)
            study.finish(document)
    late = study.code("baru")
    for village, document in done:
        if village == "B":
            study.give(document, "dua", late)
            study.finish(document)
    table = by_village(study)
    assert cells(table, "lama")["group:Desa B"] == "0 of 8"
    assert cells(table, "baru")["group:Desa A"] == "·"
    assert cells(table, "baru")["group:Desa B"] == "8 of 8"
    assert cells(frequency(study.layer()), "baru")["cases"] == "8 of 8"
    assert "· done before these existed in their present meaning: " in notes(table)
    assert "(8 interviews): " in notes(table)


def test_going_back_makes_a_late_code_looked_for() -> None:
    study = Study()
    study.code("lama")
    document = villages(study, 1)[0][1]
    study.finish(document)
    study.code("baru")
    assert cells(frequency(study.layer()), "baru")["interviews"] == "·"
    study.finish(document)
    assert cells(frequency(study.layer()), "baru")["interviews"] == "0 of 1"


def test_a_new_meaning_makes_the_old_look_worthless_and_is_said() -> None:
    study = Study()
    code = study.code("kader")
    document = villages(study, 1)[0][1]
    study.give(document, "satu", code)
    study.finish(document)
    with study.step(verb="revise code") as step:
        codebook.revise(step, code, {"definition": "lain", "meaning": step.mint()})
    table = frequency(study.layer())
    row = cells(table, "kader")
    assert (row["cases"], row["passages"], row["words"]) == ("·", "·", "·")
    assert "not looked through for it" in notes(table)


def test_a_document_not_marked_finished_counts_with_the_codes_of_its_last_coding() -> None:
    study = Study()
    first = study.code("satu")
    document = villages(study, 1)[0][1]
    study.give(document, "satu", first)
    study.code("dua")
    table = frequency(study.layer())
    assert column(table, "cases") == {"satu": "1 of 1", "dua": "·"}
    assert "1 of 2 documents coded but not marked finished: WA0" in notes(table)
    assert "1 of 2 documents not coded yet: WB0" in notes(table)


def test_a_coding_over_question_and_answer_counts_for_the_informant_alone() -> None:
    study = Study()
    code = study.code("kader")
    asker = study.case("Pewawancara", kind="interviewer")
    case = study.case("I1", {"role": "perajin"})
    document = study.document(
        "W1", spoken(("P", "siapa yang mengajar?"), ("N", "anaknya tetangga")),
        cases_of={"N": case, "P": asker},
    )  # fmt: skip
    study.give(document, "mengajar?\nN: anaknya tetangga", code)
    tallies = {one.case: (one.passages, one.words) for one in study.layer().tallies}
    assert tallies == {case: (1, 2), "": (1, 2)}
    assert cells(frequency(study.layer()), "kader")["cases"] == "1 of 1"


def test_a_question_alone_counts_for_nobody_and_is_listed() -> None:
    study = Study()
    code = study.code("kader")
    document = villages(study, 1)[0][1]
    study.give(document, "pertanyaan nomor 1", code)
    study.finish(document)
    table = frequency(study.layer())
    row = cells(table, "kader")
    assert (row["cases"], row["interviews"], row["words"]) == ("0 of 1", "1 of 1", "0")
    assert "no informant counts where only an interviewer speaks: kader in WA0" in notes(table)


def test_in_a_pair_interview_a_coding_counts_for_whoever_speaks_in_it() -> None:
    study = Study()
    alone, both = study.code("sendiri"), study.code("berdua")
    wife, husband = study.case("Istri"), study.case("Suami")
    document = study.document(
        "W1", spoken(("P", "bagaimana?"), ("I", "saya takut"), ("S", "saya berani saja")),
        cases_of={"I": wife, "S": husband},
    )  # fmt: skip
    study.give(document, "takut", alone)
    study.give(document, "takut\nS: saya berani", both)
    study.finish(document)
    table = frequency(study.layer())
    assert column(table, "cases") == {"sendiri": "1 of 2", "berdua": "2 of 2"}
    assert cells(table, "berdua")["passages"] == "1"
    assert cells(table, "berdua")["words"] == "3"


def test_codings_that_overlap_or_touch_are_one_passage() -> None:
    study = Study()
    code = study.code("kader")
    document = villages(study, 1)[0][1]
    study.give(document, "jawaban A0 ", code)
    study.give(document, "satu", code)
    assert cells(frequency(study.layer()), "kader")["passages"] == "1"
    study.give(document, "jawaban A0 dua", code)
    assert cells(frequency(study.layer()), "kader")["passages"] == "2"


def test_a_parent_has_whom_its_descendants_have_but_its_own_passages() -> None:
    study = Study()
    top = study.code("dimensi")
    low = study.code("kader", top)
    other = study.code("praktik", top)
    pairs = villages(study, 2)
    study.give(pairs[0][1], "satu", low)
    study.give(pairs[1][1], "satu", other)
    study.give(pairs[1][1], "dua", low)
    for _village, document in pairs:
        study.finish(document)
    table = frequency(study.layer())
    assert [cells(table, "dimensi")[key] for key in ("cases", "interviews", "passages")] == [
        "2 of 4", "2 of 4", "0",
    ]  # fmt: skip
    assert table.depths == (0, 1, 1)
    assert "its passages and words are its own" in notes(table)


def test_merged_codes_count_as_one_and_were_looked_for_if_any_part_was() -> None:
    study = Study()
    one = study.code("satu")
    first, second = (document for _village, document in villages(study, 1))
    study.give(first, "satu", one)
    study.finish(first)
    two = study.code("dua")
    study.give(second, "dua", two)
    study.finish(second)
    with study.step(verb="merge codes") as step:
        codebook.merge(step, one, two)
    assert column(frequency(study.layer()), "cases") == {"dua": "2 of 2"}


def test_words_not_to_be_used_are_in_no_count() -> None:
    study = Study()
    code = study.code("kader")
    pairs = villages(study, 1)
    for _village, document in pairs:
        study.give(document, "satu", code)
        study.finish(document)
    study.mark(pairs[0][1], "jawaban A0 satu", "not to be used")
    study.mark(pairs[1][1], "jawaban B0 satu", "off the record")
    row = cells(frequency(study.layer()), "kader")
    assert (row["cases"], row["passages"]) == ("1 of 2", "1")


def test_notes_and_documents_are_counted_apart_from_interviews() -> None:
    study = Study()
    code = study.code("kader")
    pairs = villages(study, 1)
    note = study.document("O1", spoken(("", "kader mengajar di balai")), kind="observation",
                          cases_of={"": study.case("IA0")})  # fmt: skip
    paper = study.document("D1", spoken(("", "laporan tentang kader")), kind="document")
    for document in (note, paper, *(document for _village, document in pairs)):
        study.finish(document)
    study.give(note, "kader", code)
    row = cells(by_village(study), "kader")
    assert (row["group:Desa A"], row["observation"], row["document"]) == (
        "0 of 1", "1 of 1", "0 of 1",
    )  # fmt: skip


def test_one_coder_may_be_asked_for_instead_of_the_record() -> None:
    study = Study()
    code = study.code("kader")
    other = study.coder("bima")
    first, second = (document for _village, document in villages(study, 1))
    study.give(first, "satu", code)
    study.give(first, "satu", code, other)
    study.give(second, "dua", code, other)
    assert "analysis layer: sari 1, bima 1 documents" in notes(frequency(study.layer()))
    alone = frequency(study.layer(Filter(layer=other)))
    assert "analysis layer: bima 2 documents" in notes(alone)
    assert cells(alone, "kader")["cases"] == "2 of 2"


def test_what_needs_a_place_is_said_and_not_counted() -> None:
    study = Study()
    code = study.code("kader")
    document, other = (document for _village, document in villages(study, 1))
    study.give(document, "satu", code)
    study.give(document, "A0 satu", study.code("lain"))
    text = study.text(document)
    at = text.index(" satu")
    with study.project.read() as connection:
        old = documents.current(connection, document).transcript
    turns = tuple(
        Turn(one.start - 5 * (one.start > at), one.said - 5 * (one.said > at),
             one.end - 5 * (one.end > at), one.speaker)
        for one in old.turns
    )  # fmt: skip
    with study.step(verb="correct") as step:
        new = Transcript(text[:at] + text[at + 5 :], turns)
        documents.correct(step, document, new, [Splice(at, at + 5, 0)])
    table = frequency(study.layer())
    assert cells(table, "kader")["passages"] == "0"
    assert "1 coding needs a place and is not counted" in notes(table)
    assert "1 coding stands on words that were changed; it is counted" in notes(table)
    elsewhere = notes(frequency(study.layer(Filter(documents=(other,)))))
    assert "needs a place" not in elsewhere
    assert "were changed" not in elsewhere


def test_a_retired_code_stays_counted_while_it_is_used_and_is_marked() -> None:
    study = Study()
    used, unused = study.code("dipakai"), study.code("tidak dipakai")
    document = villages(study, 1)[0][1]
    coding = study.give(document, "satu", used)
    study.finish(document)
    with study.step(verb="retire code") as step:
        codebook.retire(step, used)
        codebook.retire(step, unused)
    assert column(frequency(study.layer()), "cases") == {"dipakai (retired)": "1 of 1"}
    low = study.code("di bawah", used)
    with study.step(verb="retire codings") as step:
        codings.retire(step, [coding])
    assert list(column(frequency(study.layer()), "cases")) == ["di bawah"]
    study.give(document, "satu", low)
    assert list(column(frequency(study.layer()), "cases")) == ["dipakai (retired)", "di bawah"]


def test_chosen_cases_narrow_a_table_to_them_and_their_interviews() -> None:
    study = Study()
    code = study.code("kader")
    pair = study.document(
        "W9", spoken(("I", "saya ikut"), ("S", "saya tidak")),
        cases_of={"I": study.case("Istri", {"village": "Desa A"}), "S": study.case("Suami")},
    )  # fmt: skip
    for _village, document in [("", pair), *villages(study, 2)]:
        study.finish(document)
    study.give(pair, Span(0, len(study.text(pair))), code)
    some = frequency(study.layer(Filter(where=(("village", "Desa A"),))))
    assert [cells(some, "kader")[key] for key in ("cases", "interviews")] == ["1 of 3", "1 of 3"]
    one = frequency(study.layer(Filter(cases=(study.case("Suami"),))))
    assert [cells(one, "kader")[key] for key in ("cases", "interviews")] == ["1 of 1", "1 of 1"]
    apart = frequency(study.layer(Filter(kinds=("document",))))
    assert cells(apart, "kader")["cases"] == "·"


def test_who_was_not_chosen_is_no_stranger_and_his_words_are_told() -> None:
    study = Study()
    code = study.code("kader")
    pair = study.document(
        "W1", spoken(("I", "saya ikut"), ("S", "saya tidak")),
        cases_of={"I": study.case("Istri", {"village": "A"}), "S": study.case("Suami")},
    )  # fmt: skip
    study.give(pair, "saya tidak", code)
    wives = frequency(study.layer(Filter(where=(("village", "A"),))))
    assert [cells(wives, "kader")[key] for key in ("cases", "passages")] == ["0 of 1", "1"]
    assert "no informant counts" not in notes(wives)
    assert "in 1 interview others speak too, who were not chosen" in notes(wives)
    assert "who were not chosen" not in notes(frequency(study.layer()))
    alone = study.document("W2", spoken(*interview("jawaban")),
                           cases_of={"N": study.case("Lain", {"village": "B"}),
                                     "": study.case("Desa B", kind="village")})  # fmt: skip
    study.finish(alone)
    others = notes(frequency(study.layer(Filter(where=(("village", "B"),)))))
    assert "who were not chosen" not in others


def test_who_takes_part_in_observation_notes_alone_is_in_no_column() -> None:
    study = Study()
    study.code("kader")
    study.finish(villages(study, 1)[0][1])
    shop = study.case("Warung", {"village": "Desa A"})
    study.finish(study.document("C1", spoken(("", "catatan warung")), kind="observation",
                                cases_of={"": shop}))  # fmt: skip
    assert {column.title: column.unit for column in by_village(study).columns}["Desa A"] == "n=1"


def test_an_empty_study_and_an_interview_of_nobody_are_told() -> None:
    study = Study()
    code = study.code("kader")
    assert "no document is coded yet" in notes(frequency(study.layer()))
    document = study.document("W1", spoken(*interview("kader datang")))
    study.give(document, "kader", code)
    said = notes(frequency(study.layer()))
    assert "1 coded interview belongs to nobody: W1" in said
    assert "where only people speak who are no case of the study: kader in W1" in said
    modal = study.code("modal")
    other = notes(frequency(study.layer(), [modal]))
    assert "no informant counts" not in other


def test_who_speaks_without_being_known_is_counted_and_said() -> None:
    study = Study()
    code, ani = study.code("kader"), study.case("Ani")
    papers = []
    # In W1 the second speaker is a case; in W2 nobody said who he is; W3 is not coded.
    for name, who in (("W1", {"N": ani, "M": ani}), ("W2", {"N": ani}), ("W3", {"N": ani})):
        text = spoken(("N", f"jawaban {name}"), ("M", "saya juga"))
        papers.append(study.document(name, text, cases_of=who))
        with study.step(verb="speakers") as step:
            documents.mend_speaker(step, papers[-1], "M", kind="unknown")
    for paper in papers[:2]:
        study.give(paper, "saya juga", code)
    table = frequency(study.layer())
    assert cells(table, "kader")["words"] == "4"
    told = "in 1 coded interview a speaker of unknown kind is counted as a participant: W2"
    assert told in table.notes
    assert told not in frequency(study.layer(Filter(documents=(papers[0],)))).notes
