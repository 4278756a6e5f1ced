"""Bytes become the canonical text, or are refused with a sentence."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qcode.errors import BadInput
from qcode.formats.transcripts.canonical import draft_text

INDONESIAN = "P: “Jum’at pagi, ya?” – kata beliau.\nN: Ya, saya jualan keripik singkong…\n"
FRENCH = "Q : Où étiez-vous ?\nR : À l’école, c’était créé l’année dernière, ça coûtait 5 €.\n"
GERMAN = "I: Wie groß war der Laden?\nB: Größer als früher, schöne Grüße, regelmäßig süß.\n"
RUSSIAN = "И: Как вы начали торговать?\nР: Мой брат показал мне сайт.\n"
CHINESE = "问：你什么时候开始卖东西？\n答：三年前，我哥哥教我的。\n"


def text_of(data: bytes, encoding: str = "") -> str:
    return draft_text(data, encoding=encoding).text


def test_a_byte_order_mark_is_not_part_of_the_text() -> None:
    assert text_of(b"\xef\xbb\xbfP: Halo") == "P: Halo"
    assert text_of("P: Halo".encode("utf-16")) == "P: Halo"


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf16_without_a_mark_is_known_by_its_nul_bytes(encoding: str) -> None:
    assert text_of(INDONESIAN.encode(encoding)) == INDONESIAN


@pytest.mark.parametrize("text", [INDONESIAN, FRENCH, GERMAN])
def test_windows_1252_is_read_with_a_warning_that_names_the_lines(text: str) -> None:
    draft = draft_text(text.encode("cp1252"))
    assert draft.text == text
    assert "2 lines (1, 2)" in draft.warnings[0]
    assert "--encoding NAME" in draft.warnings[0]


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (RUSSIAN, "koi8-r"),
        (RUSSIAN, "cp1251"),
        (CHINESE, "gb18030"),
        (CHINESE, "big5"),
        (FRENCH.replace(" €", ""), "mac-roman"),
        (GERMAN, "cp850"),
    ],
)
def test_another_encoding_is_refused_and_read_when_named(text: str, encoding: str) -> None:
    data = ("Wawancara\n" + text).encode(encoding, "ignore")
    with pytest.raises(BadInput, match=r"W01\.txt:[23]: byte .*--encoding NAME"):
        draft_text(data, file="W01.txt")
    assert text_of(data, encoding) == data.decode(encoding)


@pytest.mark.parametrize("encoding", ["rot13", "hex", "no-such", "unicode_escape"])
def test_a_name_that_is_no_encoding_of_texts_is_refused(encoding: str) -> None:
    with pytest.raises(BadInput):
        text_of(rb"P: \ud800 Halo", encoding)


def test_a_named_encoding_that_does_not_fit_is_refused_with_byte_and_line() -> None:
    with pytest.raises(BadInput, match=r"a\.txt:2: byte 5 is not ascii"):
        draft_text(b"P: \n\xe9", encoding="ascii", file="a.txt")


def test_every_kind_of_line_end_becomes_a_newline() -> None:
    assert text_of("a\r\nb\rc\vd\fe\x85f\u2028g\u2029h".encode()) == "a\nb\nc\nd\ne\nf\ng\nh"


def test_control_characters_are_replaced_one_for_one_and_reported() -> None:
    draft = draft_text(("kata " * 100 + "\x1b]0;x\x07\x9b").encode())
    assert draft.text.endswith("\ufffd]0;x\ufffd\ufffd")
    assert "3 control characters" in draft.warnings[0]


def test_nothing_is_normalised() -> None:
    assert text_of("e\u0301 \xa0 \u202e ﬁ".encode()) == "e\u0301 \xa0 \u202e ﬁ"


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b" \n\t\n",
        b"P: Halo\0",
        bytes(range(256)) * 40,
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
        b"kata \x01\x02\x03",
        b"\n" * 3_000_001 + b"a",
        b"\xff\xfea\0b",
    ],
)
def test_what_is_no_text_is_refused_with_a_sentence(data: bytes) -> None:
    with pytest.raises(BadInput):
        draft_text(data)


def test_fifty_megabytes_are_read_letter_for_letter() -> None:
    text = "N: Saya jualan keripik singkong sejak lama, ya begitu.\n" * 900_000
    assert draft_text(text.encode()).text == text


@given(st.text(st.characters(codec="utf-8", exclude_characters="\0")))
def test_utf8_is_kept_letter_for_letter_but_for_line_ends_and_controls(text: str) -> None:
    try:
        read = text_of(text.encode())
    except BadInput:
        return
    kept = text.removeprefix("\ufeff").replace("\r\n", "\n")
    assert len(read) == len(kept)
    assert all(new in (old, "\n", "\ufffd") for old, new in zip(kept, read, strict=True))


@given(st.binary())
def test_arbitrary_bytes_give_a_clean_text_or_a_refusal(data: bytes) -> None:
    try:
        read = text_of(data)
    except BadInput:
        return
    assert not set(read) & set("\0\x1b\r\x9b\x85\u2028")
