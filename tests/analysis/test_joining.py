from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from qcode.analysis.anchoring import splices
from qcode.analysis.joining import composed, joined
from qcode.model.document import Splice, Transcript, Turn, carry


def said(*turns: str) -> Transcript:
    text, made = "", []
    for words in turns:
        line = f"N: {words}\n"
        made.append(Turn(len(text), len(text) + 3, len(text) + len(line), "N"))
        text += line
    return Transcript(text, tuple(made))


def applied(text: str, way: tuple[Splice, ...], new: str) -> bool:
    """Tell whether what splices keep of a text stands where they say in the new one."""
    length = len(text) + sum(one.length - (one.end - one.start) for one in way)
    inside = {at for one in way for at in range(one.start, one.end)}
    return length == len(new) and all(
        text[at] == new[carry(at, at + 1, way)[0]] for at in range(len(text)) if at not in inside
    )


def test_each_corrected_turn_comes_from_who_corrected_it_and_codings_keep_their_words() -> None:
    parent = said("takut kepencet", "sabar dia", "ongkirnya mahal")
    first = said("takut salah pencet", "sabar dia", "ongkirnya mahal")
    second = said("takut kepencet", "sabar dia", "ongkir mahal sekali")
    found = joined(
        parent, first, splices(parent.text, first.text), second, splices(parent.text, second.text)
    )
    assert found.transcript == said("takut salah pencet", "sabar dia", "ongkir mahal sekali")
    assert found.both == ()
    start = second.text.index("sekali")
    place = carry(start, start + 6, found.from_second)
    assert found.transcript.text[slice(*place)] == "sekali"


def test_a_turn_corrected_on_both_sides_is_the_firsts_and_is_told() -> None:
    parent = said("takut kepencet", "sabar dia")
    first, second = said("takut pencet", "sabar dia"), said("takut jatuh", "sabar sekali dia")
    found = joined(
        parent, first, splices(parent.text, first.text), second, splices(parent.text, second.text)
    )
    assert found.transcript == said("takut pencet", "sabar sekali dia")
    assert found.both == (1,)


def test_turns_split_on_one_side_and_corrected_on_the_other_stay_whole() -> None:
    parent = said("takut kepencet. Sabar dia", "ya")
    first, second = said("takut kepencet.", "Sabar dia", "ya"), said("takut kepencet. Sabar", "iya")
    found = joined(
        parent, first, splices(parent.text, first.text), second, splices(parent.text, second.text)
    )
    assert found.transcript == said("takut kepencet.", "Sabar dia", "iya")
    assert found.both == (2,)


words = st.lists(
    st.sampled_from(["ya", "takut", "sabar", "e\u0301", "👩🏽‍🌾", "mahal"]), max_size=4
)
texts = st.lists(words.map(" ".join), min_size=1, max_size=4).map(lambda turns: said(*turns))


@given(texts, texts, texts)
def test_both_ways_lead_to_the_joined_text_and_its_turns_tile_it(
    parent: Transcript, first: Transcript, second: Transcript
) -> None:
    ways = [splices(parent.text, one.text) for one in (first, second)]
    found = joined(parent, first, ways[0], second, ways[1])
    assert applied(first.text, found.from_first, found.transcript.text)
    assert applied(second.text, found.from_second, found.transcript.text)
    if first == parent:
        assert found.transcript == second
    if second in (parent, first):
        assert found.transcript == first


@given(texts, texts, texts)
def test_composed_splices_lead_where_both_lead(
    one: Transcript, two: Transcript, three: Transcript
) -> None:
    first, second = splices(one.text, two.text), splices(two.text, three.text)
    assert applied(one.text, composed(first, second, len(one.text)), three.text)
