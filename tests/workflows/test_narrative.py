"""A story as it leaves: quotations that may be quoted, gaps for the others, in every medium."""

from __future__ import annotations

import io
import zipfile

import pytest

from qcode.errors import BadInput, NotFound, Refused
from qcode.formats.narrative import FORMATS, write
from qcode.model.case import Case, Consent
from qcode.model.document import Splice
from qcode.model.narrative import HEADING, PASSAGE, SENTENCE, Story
from qcode.model.span import Span
from qcode.store import cases, codings, documents, narratives
from qcode.store.narratives import NewPiece
from qcode.workflows import composing, narrative, stories
from qcode.workflows.people import case_named
from tests.workflows.studies import Study, interview, spoken

WILD = "=1+1 <b>kuat</b> [x](y) \U0001f642 \u202ekanan\nbaris dua"


def every_byte(story: Story) -> str:
    """Return all that any format writes, as text."""
    whole = ""
    for format in FORMATS:
        data = write(story, format)
        if format == "docx":
            with zipfile.ZipFile(io.BytesIO(data)) as book:
                data = b"".join(book.read(name) for name in book.namelist())
        whole += data.decode(errors="replace")
    return whole


class Told(Study):
    """A study with a story of one case, of whom each answer is coded and put into it."""

    def __init__(self, *answers: str) -> None:
        super().__init__(notice="data latihan")
        self.fear = self.code("takut")
        self.who = self.case("I1", consent=True)
        self.document_id = self.document(
            "W1", spoken(*interview(*answers)), cases_of={"N": self.who}
        )
        self.told = Case(self.who, "informant", "I1")
        self.codings = [self.give(self.document_id, answer, self.fear) for answer in answers]
        with self.step(verb="tell") as step:
            narratives.add(step, self.who, [
                NewPiece(HEADING, "Awal"), NewPiece(SENTENCE, "Kata peneliti."),
                *(NewPiece(PASSAGE, coding=coding) for coding in self.codings),
            ])  # fmt: skip

    def story(self) -> Story:
        with self.project.read() as connection:
            return narrative.story(connection, self.told)


def test_a_passage_that_stays_inside_is_a_gap_with_its_reason_and_its_words_are_nowhere() -> None:
    study = Told("boleh satu", "rahasiaA", "rahasiaB", "rahasiaC", "boleh dua", "rahasiaD lama")
    study.mark(study.document_id, "rahasiaA", "off the record")
    study.mark(study.document_id, "rahasiaB", "not to be used")
    with study.step(verb="retire codings") as step:
        codings.retire(step, [study.codings[3]])
    text = study.text(study.document_id)
    at = text.index("rahasiaD lama")
    new = spoken(*interview("boleh satu", "rahasiaA", "rahasiaB", "rahasiaC", "boleh dua", ""))
    with study.step(verb="correct") as step:
        documents.correct(step, study.document_id, new, [Splice(at, at + 13, 0)])
    story = study.story()
    assert [one.gap for one in story.pieces[2:]] == [
        "", "off the record", "not to be used", "no longer coded", "", "it needs a place",
    ]  # fmt: skip
    assert [one.text for one in story.pieces if one.text] == [
        "Awal", "Kata peneliti.", "boleh satu", "boleh dua",
    ]  # fmt: skip
    assert "4 passages of this story are left out" in story.notes[0]
    written = every_byte(story)
    assert "rahasia" not in written
    assert written.count("off the record") == len(FORMATS)
    with study.project.read() as connection:
        inside = narrative.shown(connection, study.told)
        table = stories.pieces_table(connection, study.told)
    assert inside[3].text == "rahasiaA"
    assert inside[3].closed == "off the record"
    assert not inside[4].text
    assert "rahasia" not in repr(table)


def test_who_took_consent_back_is_quoted_in_no_story_but_what_the_researcher_wrote_stays() -> None:
    study = Told("rahasiaA")
    assert "rahasiaA" in every_byte(study.story())
    with study.step(verb="consent") as step:
        cases.set_consent(step, study.who, Consent(quotation=False))
    written = every_byte(study.story())
    assert "rahasiaA" not in written
    assert written.count("Kata peneliti.") == len(FORMATS)


def test_the_researchers_words_never_look_like_a_quotation() -> None:
    study = Told(WILD.replace("\n", " "))
    with study.step(verb="tell") as step:
        narratives.add(step, study.who, [NewPiece(SENTENCE, WILD)])
    story = study.story()
    markdown = write(story, "markdown").decode()
    lines = markdown.splitlines()
    assert next(line for line in lines if line.startswith("> ")).startswith("> =1+1 \\<b\\>kuat")
    assert "Kata peneliti." in lines
    assert any(line.startswith("> — I1") and "data latihan" in line for line in lines)
    page = write(story, "html").decode()
    assert "<b>" not in page
    assert '<p dir="auto">Kata peneliti.</p>' in page
    assert page.count("<blockquote>") == 1
    plain = write(story, "txt").decode()
    assert "\nKata peneliti.\n" in plain
    assert "    “=1+1 <b>kuat</b>" in plain
    assert "\u202e" in plain
    assert write(story, "docx").startswith(b"PK")
    with pytest.raises(BadInput, match="markdown, docx, html, txt"):
        write(story, "pdf")


def test_an_outline_has_each_passage_once_below_its_root_and_is_written_when_asked_for() -> None:
    study = Study()
    root, other = study.code("hambatan"), study.code("dukungan")
    child = study.code("takut", root)
    who = study.case("I1", consent=True)
    one = study.document("W1", spoken(*interview("satu", "rahasia")), cases_of={"N": who})
    for words, code in (("satu", child), ("satu", root), ("satu", other), ("rahasia", root)):
        study.give(one, words, code)
    study.mark(one, "rahasia", "off the record")
    with study.project.read() as connection:
        case = case_named(connection, "I1")
        outline = narrative.outlined(connection, case)
        assert narratives.listed(connection) == ()
    assert [piece.text for piece in outline.pieces] == ["hambatan", "satu", "dukungan", "satu"]
    assert "nothing of it is written" in outline.notes[0]
    with study.step(verb="outline story") as step:
        assert composing.begin(step, case) == 4
        with pytest.raises(Refused, match="has a story"):
            composing.begin(step, case)


def test_pieces_are_put_moved_and_taken_out_by_their_numbers() -> None:
    study = Told("satu", "dua")
    case = study.told
    stranger = study.case("I2")
    alone = study.document("W2", spoken(*interview("tiga")), cases_of={"N": stranger})
    study.give(alone, "tiga", study.fear)
    with study.step(verb="tell") as step:
        connection = step.connection
        with pytest.raises(Refused, match="stands in the story: piece 3"):
            composing.drop(step, case, "W1:2.1")
        with pytest.raises(Refused, match="says no word of it"):
            composing.drop(step, case, "W2:2.1")
        with pytest.raises(NotFound):
            composing.drop(step, case, "W1:2.9")
        with pytest.raises(BadInput, match="piece 5 is none of them"):
            composing.move(step, case, 1, 5)
        with pytest.raises(Refused, match="participant's"):
            composing.rewrite(step, case, 3, "lain")
        composing.move(step, case, 4, 1)
        composing.move(step, case, 2, 4)
        composing.rewrite(step, case, 4, "Akhir")
        composing.put(step, case, NewPiece(SENTENCE, "dulu"), composing.after(connection, case, 0))
        composing.put(step, case, NewPiece(SENTENCE, "lalu"), composing.after(connection, case, 2))
        assert composing.remove(step, case, [4, 4]) == 1
    told = [piece.text for piece in study.story().pieces]
    assert told == ["dulu", "dua", "lalu", "satu", "Akhir"]


def test_a_case_with_any_name_gets_a_file_of_its_own() -> None:
    names = ("I1", "i1", "a/b", "..", "")
    made = [Case(str(number), "informant", name) for number, name in enumerate(names)]
    found = stories.file_names(made)
    assert list(found.values()) == ["I1", "i1-2", "a_b", "__", "informant"]
    assert len({name.casefold() for name in found.values()}) == len(made)


def test_what_is_offered_stands_in_order_of_time_without_what_is_not_to_be_used() -> None:
    study = Told("satu", "dua")
    late = study.document("A0", spoken(*interview("nol")), cases_of={"N": study.who})
    study.give(late, "nol", study.fear)
    bima = study.coder("bima")
    study.give(late, Span(0, 3), study.fear, bima)
    study.mark(study.document_id, "dua", "not to be used")
    for document, day in ((late, "2024-05-01"), (study.document_id, "2024-04-01")):
        with study.step(verb="document") as step:
            documents.set_details(step, document, {"date": day})
    with study.project.read() as connection:
        offered = narrative.passages(connection, study.told)
    assert [one.segment.text for one in offered] == ["satu", "nol"]
