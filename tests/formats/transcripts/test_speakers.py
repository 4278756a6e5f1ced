"""Turns are found in the conventions that transcripts follow, and nothing is rewritten."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qcode.formats.transcripts.docx import draft_docx
from qcode.formats.transcripts.draft import Draft
from qcode.formats.transcripts.speakers import detect
from qcode.model.document import Transcript, paragraphs
from tests.formats.transcripts.word import docx, paragraph, table

Said = tuple[str, str, str]


def said(text: str) -> list[Said]:
    """Return speaker, time and words of each turn."""
    return _said(Draft(text))


def _said(draft: Draft) -> list[Said]:
    turns = Transcript(draft.text, detect(draft).turns).turns
    return [(one.speaker, one.time, draft.text[one.said : one.end].rstrip()) for one in turns]


def test_a_label_with_a_colon_opens_a_turn() -> None:
    assert said("P: Apa kabar?\nN : Baik.\n\nSaya sehat.\nP: Oh.") == [
        ("P", "", "Apa kabar?"),
        ("N", "", "Baik.\n\nSaya sehat."),
        ("P", "", "Oh."),
    ]


def test_a_name_must_come_back_to_be_a_label() -> None:
    text = (
        "Bu Ani: Ya.\nPak Budi: Oh.\nBu Ani: Lalu saya jualan.\nContohnya: keripik.\nPak Budi: Oh."
    )
    assert [speaker for speaker, _, _ in said(text)] == ["Bu Ani", "Pak Budi", "Bu Ani", "Pak Budi"]


def test_a_name_seen_once_is_taken_as_words_and_reported() -> None:
    text = "Siti: Apa?\nBudi: Ya.\nSiti: Lalu?\nSlamet: Setuju.\nBudi: Oh."
    assert detect(Draft(text)).doubtful == (text.index("Slamet"),)


def test_a_misspelt_label_and_a_numbered_sibling_are_voices_of_their_own() -> None:
    text = "Interviewer: A?\nS00: B.\nInterviewr: C?\nS00: D.\nS01: E."
    assert [speaker for speaker, _, _ in said(text)] == [
        "Interviewer",
        "S00",
        "Interviewr",
        "S00",
        "S01",
    ]


def test_sentences_with_a_colon_are_no_labels() -> None:
    text = "I: So?\nR: Yes.\nThat's correct: it was me.\nThat's right: yes.\nI: And he said: no.\nR: 10:30."
    assert len(said(text)) == 4


@pytest.mark.parametrize("label", ["**Ani:**", "**Ani**:", "**Ani**", "__Ani:__", "*Ani:*"])
def test_markdown_emphasis_belongs_to_the_label(label: str) -> None:
    text = f"{label} [00:00:05] Ya.\n\n**Siti:** Oh.\n\n{label} Lalu.\n\n**Siti:** Apa?"
    assert said(text)[:2] == [("Ani", "00:00:05", "Ya."), ("Siti", "", "Oh.")]


def test_a_label_alone_on_a_line_opens_a_turn() -> None:
    text = "Researcher 1:\nOkay.\n\nLisa:\n\nYeah.\n\nResearcher 1: \nGreat.\n\nLisa: Oh."
    assert [(speaker, words) for speaker, _, words in said(text)] == [
        ("Researcher 1", "Okay."),
        ("Lisa", "Yeah."),
        ("Researcher 1", "Great."),
        ("Lisa", "Oh."),
    ]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("[00:01] Ani: ", "[00:05] Siti: "),
        ("00:01 Ani: ", "00:05 Siti: "),
        ("Ani: [00:01] ", "Siti: (00:05) "),
        ("Ani [00:01]: ", "Siti [00:05]: "),
        ("[00:01]\nAni: ", "[00:05]\nSiti: "),
        ("Ani  00:01\n", "Siti  00:05  \n"),
        ("Ani 00:01\n", "Siti 00:05\n"),
        ("**Ani:** [00:01] ", "**[00:05] Siti:** "),
        ("Ani:\n00:01\n", "Siti:\n[00:05]\n"),
    ],
)
def test_time_stamps_beside_a_label_are_nobodys_words(first: str, second: str) -> None:
    text = f"{first}Ya.\n\n{second}Oh?\n\n" * 2
    assert said(text) == [("Ani", "00:01", "Ya."), ("Siti", "00:05", "Oh?")] * 2


def test_otter_without_times_is_known_by_its_blocks() -> None:
    text = "Jon Lawitts  \nYeah.\n\nVicky Wei  \nHey.\n\nJon Lawitts  \nSo.\n\nVicky Wei\nOh.\n"
    assert [speaker for speaker, _, _ in said(text)] == ["Jon Lawitts", "Vicky Wei"] * 2


def test_a_time_alone_within_a_turn_starts_a_turn_of_the_same_speaker() -> None:
    text = "P: Apa?\nN: Ya.\n[00:05:00]\nLalu saya jualan.\nP: Oh."
    assert said(text)[1:3] == [("N", "", "Ya."), ("N", "00:05:00", "Lalu saya jualan.")]


def test_numbers_that_count_turns_are_not_part_of_the_speaker() -> None:
    text = "".join(f"P{n}:\tApa?\nJ{n}:\tYa.\n" for n in range(1, 5))
    assert [speaker for speaker, _, _ in said(text)] == ["P", "J"] * 4
    whole = "".join(f"{'PC'[n % 2]}{n}:\tYa.\n" for n in range(1, 20))
    assert {speaker for speaker, _, _ in said(whole)} == {"P", "C"}


def test_numbers_that_come_back_tell_people_apart() -> None:
    text = "Moderator: Apa?\nP1: Ya.\nP2: Oh.\nP3: Ah.\nP1: Lalu.\nP2: Begitu."
    assert {speaker for speaker, _, _ in said(text)} == {"Moderator", "P1", "P2", "P3"}


def test_front_matter_is_nobodys_turn() -> None:
    head = "Wawancara 3\n\nTanggal: 12 Mei\nTempat: Bali\nPewawancara: Siti\nNarasumber: Bu Ani\n\n"
    turns = said(head + "Pewawancara: Selamat pagi.\nNarasumber: Pagi.\n")
    assert [speaker for speaker, _, _ in turns] == [""] * 5 + ["Pewawancara", "Narasumber"]
    tail = "TRANSKRIP\nNama\t: Bu Ani\nPewawancara\t: Siti\n\nP\t: Apa kabar?\nI\t: Baik.\n"
    assert [speaker for speaker, _, _ in said(tail)] == ["", "", "", "P", "I"]
    names = "Interviewer: Jonas\nInterviewee: Danny\n\n"
    turns = said(names + "Interviewer: How are you?\nInterviewee: Fine, thanks.\n")
    assert [speaker for speaker, _, _ in turns] == ["", "", "Interviewer", "Interviewee"]


def test_a_document_without_speakers_has_one_turn_a_paragraph() -> None:
    text = "Catatan lapangan.\n\nPasar ramai: banyak orang.\nHujan.\n"
    assert detect(Draft(text)).turns == paragraphs(text)


def test_times_of_a_document_without_speakers_lie_before_the_words() -> None:
    text = "00:00.000 --> 00:27.640\nHello.\n\n[00:28.000 --> 00:35.280]  Today.\n"
    assert said(text) == [
        ("", "00:00.000 --> 00:27.640", "Hello."),
        ("", "00:28.000 --> 00:35.280", "Today."),
    ]


def test_bold_labels_without_a_colon_are_seen_in_word_files() -> None:
    pairs = (paragraph("*Siti", " Apa kabar?"), paragraph("*Bu Ani ", "Baik."))
    draft = draft_docx(docx(paragraph("*Wawancara dengan Bu Ani"), *pairs, *pairs))
    assert [(speaker, words) for speaker, _, words in _said(draft)][:3] == [
        ("", "Wawancara dengan Bu Ani"),
        ("Siti", "Apa kabar?"),
        ("Bu Ani", "Baik."),
    ]


def test_a_title_that_is_a_name_is_no_turn() -> None:
    draft = draft_docx(
        docx(
            paragraph("*Stephen"), paragraph("*I: ", "So?"), *[paragraph("*Stephen: ", "Yes.")] * 2
        )
    )
    assert _said(draft)[0] == ("", "", "Stephen")


ROWS = (("No", "Pertanyaan", "Jawaban"), ("1", "Apa kabar?", "Baik."), ("2", "Lalu?", "Ya."))
ANSWERED = [
    ("Pertanyaan", "", "Apa kabar?"),
    ("Jawaban", "", "Baik."),
    ("Pertanyaan", "", "Lalu?"),
    ("Jawaban", "", "Ya."),
]


def test_question_and_answer_columns_are_turns() -> None:
    data = docx(paragraph("Wawancara"), table(*ROWS), paragraph("Selesai."))
    turns = _said(draft_docx(data))
    assert turns[2:6] == ANSWERED
    assert turns[6] == ("", "", "Selesai.")
    assert said("\n".join("\t".join(row) for row in ROWS))[1:] == ANSWERED


def test_a_table_in_markdown_gives_nobody_its_strokes() -> None:
    lines = [f"| {' | '.join(row)} |" for row in ROWS]
    text = "\n".join([lines[0], "|---|---|---|", *lines[1:]])
    assert said(text)[1:5] == ANSWERED


def test_speaker_columns_with_and_without_a_header_are_turns() -> None:
    rows = (("P:", "Apa?"), ("N:", "Ya."), ("P:", "Lalu?"), ("N:", "Oh."))
    expected = [("P", "", "Apa?"), ("N", "", "Ya."), ("P", "", "Lalu?"), ("N", "", "Oh.")]
    assert _said(draft_docx(docx(table(*rows)))) == expected
    headed = (("Waktu", "Pembicara", "Teks"), ("00:01", "Ani", "Ya."), ("00:05", "Siti", "Oh?"))
    assert _said(draft_docx(docx(table(*headed))))[1:] == [
        ("Ani", "00:01", "Ya."),
        ("Siti", "00:05", "Oh?"),
    ]


PIECES = st.sampled_from(
    [
        *("P: ", "N:", "Bu Ani: ", "**Ani:** ", "Ani  0:21", "[00:01]", "00:01", "\n", "\n\n", " "),
        *("Tanggal: 1", "kata", "?", "\t", "|", "Pertanyaan", "Jawaban", "P1: ", "J2:", "**", ":"),
    ]
)


@given(st.one_of(st.lists(PIECES, max_size=40).map("".join), st.text()))
def test_turns_tile_every_text_and_words_come_after_labels(text: str) -> None:
    turns = detect(Draft(text)).turns
    transcript = Transcript(text, turns)
    assert "".join(text[one.start : one.end] for one in transcript.turns) == text
    assert all(one.start <= one.said <= one.end for one in turns)


def test_a_long_run_of_blank_lines_after_a_label_takes_no_time() -> None:
    assert len(detect(Draft("P:" + "\n" * 100_000 + "N: Ya.\nP: Oh.")).turns) == 3


def test_a_header_without_rows_is_no_trouble() -> None:
    assert said("| Pertanyaan | Jawaban |")[0][2] == "| Pertanyaan | Jawaban |"
