"""What is compared: whose words, which units, which informants."""

from __future__ import annotations

import pytest

from qcode.analysis.agreement.marking import Marking, added, bits, counts
from qcode.analysis.agreement.scales import Scale, by_informant, on_units, scale_of
from qcode.model.document import Transcript, Turn, paragraphs
from qcode.model.hearing import Hearing
from qcode.model.span import Span


def hearing(*turns: tuple[str, str], **cases: str) -> Hearing[str]:
    """Return a transcript of labels and words; P asks, ``cases`` says who speaks as whom."""
    text, made = "", []
    for label, words in turns:
        head, line = f"{label}: ", f"{label}: {words}\n"
        made.append(Turn(len(text), len(text) + len(head), len(text) + len(line), label))
        text += line
    kinds = {"P": "interviewer"}
    return Hearing(Transcript(text, tuple(made)), kinds, {k: [v] for k, v in cases.items()}, ())


def words(hearing: Hearing[str], scale: Scale) -> list[str]:
    return [hearing.transcript.text[start:end] for start, end in scale.units]


ASKED = (("P", "Siapa?"), ("N", "Anak saya. Sabar dia."), ("P", "Lalu?"), ("N", "Bisa sendiri."))


def test_by_default_the_words_of_participants_are_compared() -> None:
    heard = hearing(*ASKED, N="Ibu")
    scale = scale_of(heard)
    assert words(heard, scale) == ["Anak saya. Sabar dia.", "Bisa sendiri."]
    assert scale.length == len("Anak saya. Sabar dia.\n") + len("Bisa sendiri.\n")
    assert scale.only == ["Ibu"]


def test_the_whole_text_takes_questions_and_labels_too() -> None:
    heard = hearing(*ASKED, N="Ibu")
    scale = scale_of(heard, whole=True)
    assert scale.length == len(heard.transcript.text)
    assert words(heard, scale)[0] == "Siapa?"
    assert scale.only is None
    assert [*map(list, scale.cases)] == [[], ["Ibu"], [], ["Ibu"]]


def test_an_empty_document_has_nothing_to_compare() -> None:
    empty = Hearing[str](Transcript("", ()), {}, {}, ())
    for whole in (False, True):
        scale = scale_of(empty, whole=whole)
        assert (scale.length, list(scale.units), list(scale.only or ())) == (0, [], [])
        assert list(scale.on_characters([[]])) == [[]]


def test_a_turn_of_more_than_120_words_is_cut_into_sentences() -> None:
    long = " ".join(["Itu kata saya."] * 41)
    assert len(scale_of(hearing(("N", "kata " * 120))).units) == 1
    assert len(scale_of(hearing(("N", long))).units) == 41
    unmarked = hearing(("N", "kata " * 150))
    assert [len(one.split()) for one in words(unmarked, scale_of(unmarked))] == [60, 60, 30]


def test_units_may_be_sentences_or_paragraphs() -> None:
    heard = hearing(("N", "Anak saya. Sabar dia.\n  \nBisa sendiri."), ("N", "  "))
    assert words(heard, scale_of(heard, "sentence")) == [
        "Anak saya.", "Sabar dia.", "Bisa sendiri.",
    ]  # fmt: skip
    assert words(heard, scale_of(heard, "paragraph")) == ["Anak saya. Sabar dia.", "Bisa sendiri."]


def test_what_is_not_to_be_used_is_compared_nowhere() -> None:
    heard = hearing(*ASKED)
    text = heard.transcript.text
    second = text.index("Bisa")
    closed = [Span(second, second + len("Bisa sendiri."))]
    scale = scale_of(heard, closed=closed)
    assert words(heard, scale) == ["Anak saya. Sabar dia."]
    assert scale.usable([(second - 9, second + 4), (0, 3)]) == [(0, 3), (second - 9, second)]
    assert scale_of(heard).usable([(4, 9), (0, 5)]) == [(0, 9)]


def test_a_mark_before_the_first_words_is_on_none() -> None:
    scale = scale_of(hearing(*ASKED))
    assert list(scale.on_characters([[(0, 5)]])) == [[]]
    assert list(scale.on_units([[(0, 5)]])) == [[]]


def test_a_document_without_speakers_is_its_paragraphs() -> None:
    text = "Hujan sejak pagi.\n\nPasar sepi.\n"
    alone = Hearing[str](Transcript(text, paragraphs(text)), {}, {}, ["Desa A"])
    assert words(alone, scale_of(alone)) == ["Hujan sejak pagi.", "Pasar sepi."]


@pytest.fixture
def pair() -> Hearing[str]:
    return hearing(("P", "Siapa?"), ("S", "Istri saya."), ("I", "Anak kami."), S="suami", I="istri")


def test_informants_are_those_of_whom_a_turn_is_marked(pair: Hearing[str]) -> None:
    text, scale = pair.transcript.text, scale_of(pair)
    wife = text.index("Anak")
    marks = {"c": {"A": [(0, wife + 4)], "B": [(wife, wife + 4)]}}
    marking = on_units(Marking("d", len(text), ("A", "B"), marks), scale)
    found = by_informant([marking], {"d": scale}, ["suami", "istri", "tamu"])
    assert [one.document for one in found] == ["suami", "istri"]
    total = added(counts(one, ["c"], bits("AB")) for one in found)
    assert total == {(3, 1): 1, (3, 3): 1}


def test_an_informant_of_two_interviews_is_compared_between_who_coded_both() -> None:
    scale = Scale([(0, 9)], [(0, 4), (5, 9)], [["ibu"], ["ibu"]])
    one = Marking("1", 2, ("A", "B", "C"), {"c": {"A": [(0, 1)], "C": [(1, 2)]}, "e": {}})
    two = Marking("2", 2, ("A", "B"), {"e": {"B": []}}, {"c": frozenset("B")})
    (found,) = by_informant([one, two], {"1": scale, "2": scale}, ["ibu"])
    assert found.coders == ("A", "B")
    assert found.looked("c") == ("A",)
    assert found.marks["c"] == {"A": [(0, 1)]}
    assert found.looked("e") == ("A", "B")
