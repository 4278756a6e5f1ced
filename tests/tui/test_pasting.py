from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual._xterm_parser import XTermParser
from textual.events import Key, Paste

from qcode.tui import pasting
from qcode.tui.pasting import END, START, Pastes

SAID = "satu\x1b]52;c;aGk=\x07 dua [b]x[/b] yang panjang sekali\nq"


@pytest.fixture
def kept(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(XTermParser, "feed", XTermParser.feed)
    pasting.keep_pastes()
    return iter(())


@pytest.mark.usefixtures("kept")
def test_a_paste_with_escape_characters_types_no_key() -> None:
    events = list(XTermParser().feed(f"a{START}{SAID}{END}b"))
    assert [type(one) for one in events] == [Key, Paste, Key]
    assert [one.text for one in events if isinstance(one, Paste)] == [SAID.replace("\x1b", "")]


@pytest.mark.usefixtures("kept")
def test_keys_outside_pastes_are_as_before() -> None:
    events = [one for one in XTermParser().feed("\x1b[A\x1b[17~x") if isinstance(one, Key)]
    assert [one.key for one in events] == ["up", "f6", "x"]


@given(st.text(alphabet="a\x1b[201~", max_size=20), st.data())
def test_however_a_paste_arrives_it_is_cleaned_alike(said: str, data: st.DataObject) -> None:
    sent = f"x{START}{said}{END}\x1b[A"
    cut = sorted(data.draw(st.sets(st.integers(len(START) + 1, len(sent)), max_size=4)))
    pastes, whole = Pastes(), Pastes()
    pieces = [sent[one:other] for one, other in zip([0, *cut], [*cut, len(sent)], strict=True)]
    assert "".join(map(pastes.cleaned, pieces)) == whole.cleaned(sent)
