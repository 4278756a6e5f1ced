from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from qcode.model.span import Span
from qcode.store import coders, codings
from qcode.store.codings import NewCoding
from qcode.tui.coverage import common
from tests.tui.study import Playing, Study

SENTENCES = "Ya itu, anaknya tetangga yang ngajari. Saya ini kan sepuh, takut kepencet. Sabar dia."


def coded(study: Study, words: str, code: str, coder: str = "") -> None:
    """Give words of W01 a code."""
    with study.project.read() as connection:
        from qcode.store import documents

        text = documents.current(connection, study.documents["W01"]).transcript.text
    start = text.index(words)
    who = coder or study.sari
    with study.project.write(who, "apply") as step:
        span = Span(start, start + len(words))
        codings.apply(step, [NewCoding(study.documents["W01"], span, study.codes[code])])


def test_a_segment_is_split_at_the_cursor_and_joined_again_with_its_memo(study: Study) -> None:
    coded(study, SENTENCES, "kader digital")

    async def play(one: Playing) -> None:
        one.go("abar dia")
        await one.press("s", "m")
        await one.type("sabar sekali")
        await one.press("enter")
        assert study.coded() == [
            ("Sabar dia.", "kader digital"),
            ("Ya itu, anaknya tetangga yang ngajari. Saya ini kan sepuh, takut kepencet.",
             "kader digital"),
        ]  # fmt: skip
        one.go("Ya itu")
        await one.settled()
        await one.press("J")
        assert study.coded() == [(SENTENCES, "kader digital")]
        assert "Joined two segments; u parts them again" in one.status
        assert "sabar sekali" in one.text()
        await one.press("u")
        assert len(study.coded()) == 2
        assert one.status.startswith("Undone: join two segments")

    study.play(play)


def test_what_cannot_be_split_or_joined_says_why_and_writes_nothing(study: Study) -> None:
    coded(study, SENTENCES, "kader digital")
    coded(study, "Di grup WA dulu", "biaya kirim")

    async def play(one: Playing) -> None:
        one.go("Ya itu")
        await one.press("s")
        assert "inside the segment" in one.status
        await one.press("J")
        assert "No later segment of yours has the code “kader digital”" in one.status
        assert len(study.coded()) == 2

    study.play(play)


def test_segments_of_one_coder_are_shown_and_gone_over_alone(study: Study) -> None:
    budi = coders.joined(study.project, "budi")
    coded(study, "Di grup WA dulu", "biaya kirim")
    coded(study, "anaknya tetangga", "kader digital", budi)

    async def play(one: Playing) -> None:
        await one.press("O", "1")
        assert "Only budi's segments are shown" in one.status
        await one.press("g", "semicolon")
        desk = one.screen.desk
        assert desk is not None
        assert desk.codings[one.screen.reader.active].coder == budi
        await one.press("semicolon")
        assert "No further segment that way" in one.status
        await one.press("escape")
        one.go("sepuh")
        await one.press("full_stop")
        assert desk.whose == "*"

    study.play(play)


def test_the_header_says_how_much_of_the_participants_words_is_coded(study: Study) -> None:
    coded(study, "Waktu awal itu bagaimana, Bu?", "kader digital")
    coded(study, SENTENCES, "kader digital")
    coded(study, "sepuh, takut", "biaya kirim")

    async def play(one: Playing) -> None:
        await one.pilot.pause(0.4)
        # 14 of the 33 words of N; those of the interviewer and those coded twice add nothing.
        assert "━━━━────── 42 % coded" in one.text().partition("\n")[0]

    study.play(play)


spans = st.lists(
    st.tuples(st.integers(0, 40), st.integers(1, 12)).map(lambda one: Span(one[0], sum(one)))
)


@given(spans, spans)
def test_what_is_common_is_what_lies_in_both(some: list[Span], others: list[Span]) -> None:
    from qcode.model.span import united

    found = {at for span in common(some, united(others)) for at in range(span.start, span.end)}
    inside = [{at for span in of for at in range(span.start, span.end)} for of in (some, others)]
    assert found == inside[0] & inside[1]
