"""What is to be looked for is what was not looked for, whatever was merged, retired or renewed."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from qcode.analysis.looking import looked_for
from qcode.analysis.revisiting import CHANGED, NEW, change_names, outstanding
from qcode.model.codebook import Code, Codebook

IDS = "abcdef"
codes = st.builds(
    lambda merges, retired, meanings: Codebook(
        Code(id, id, merged_into=into, retired=id in retired, meaning=meaning)
        for id, into, meaning in zip(IDS, merges, meanings, strict=True)
    ),
    st.lists(st.sampled_from(["", *IDS]), min_size=6, max_size=6),
    st.sets(st.sampled_from(IDS)),
    st.lists(st.sampled_from("12"), min_size=6, max_size=6),
)
states = st.dictionaries(st.sampled_from([*IDS, "gone"]), st.sampled_from("12"))


@given(codes, states)
def test_every_offered_code_is_looked_for_or_outstanding(
    book: Codebook, had: dict[str, str]
) -> None:
    looked = set(looked_for(book, {"d": had}))
    waiting = {code for code, _change in outstanding(book, had)}
    assert {code.id for code in book} - looked == waiting


def test_a_code_is_new_or_means_something_else() -> None:
    book = Codebook([Code("a", "a", meaning="2"), Code("b", "b", meaning="1")])
    assert list(outstanding(book, {"a": "1"})) == [("a", CHANGED), ("b", NEW)]
    assert set(change_names()) == {CHANGED, NEW}
