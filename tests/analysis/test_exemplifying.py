"""Which passages of a code are shown."""

from __future__ import annotations

from qcode.analysis.exemplifying import Candidate, borderline, disputed, overlap, typical
from qcode.model.span import Span


def made(
    coding: str, start: int, end: int, code: str = "a", *, document: str = "1", coder: str = "ani"
) -> Candidate:
    return Candidate(coding, document, Span(start, end), code, coder, end - start)


def test_the_typical_passage_is_of_median_length_in_the_document_with_most() -> None:
    few = [made("x", 0, 50, document="2")]
    most = [made("long", 0, 30), made("short", 40, 44), made("middle", 50, 60)]
    found = typical([*few, *most])
    assert found is not None
    assert found.coding == "middle"
    four = typical([*most, made("other", 70, 90)])
    assert four is not None
    assert four.coding == "middle"
    assert typical([]) is None


def test_the_borderline_passage_is_the_one_another_coder_gave_another_code() -> None:
    own = [made("1", 0, 10), made("2", 20, 30), made("3", 40, 50)]
    others = {
        "1": [
            made("p", 0, 9, coder="budi"),
            made("q", 0, 10, "b", coder="budi"),  # He gave this code, too.
            made("r", 22, 40, "b", coder="budi"),
            made("s", 41, 50, "c", coder="citra"),
        ]
    }
    assert borderline(own, others) == (own[2], "c")
    assert borderline(own[:1], others) is None
    assert borderline(own, {}) is None


def test_of_what_is_to_be_discussed_the_shortest_is_shown() -> None:
    own = [made("1", 0, 10), made("2", 20, 25), made("3", 40, 41)]
    found = disputed(own, {"1": [Span(5, 22)], "2": [Span(40, 41)]})
    assert found is not None
    assert found.coding == "2"
    assert disputed(own, {}) is None


def test_stretches_that_do_not_meet_have_nothing_in_common() -> None:
    assert overlap(Span(0, 5), Span(5, 9)) == 0
    assert overlap(Span(0, 10), Span(5, 10)) == 0.5
