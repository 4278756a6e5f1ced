"""Names that every statistics program takes."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from qcode.analysis.variables import safe_names


def test_names_are_plain_and_no_two_the_same() -> None:
    assert safe_names(["Kader Digital", "kader-digital", "3G", "if", "ñandú", "山", "山", ""]) == (
        "kader_digital", "kader_digital_2", "v_3g", "v_if", "nandu", "v", "v_2", "v_3",
    )  # fmt: skip
    assert safe_names(["doc", "Komentar", "comment", "case"], ("case",)) == (
        "v_doc", "komentar", "v_comment", "case_2"
    )  # fmt: skip


@given(st.lists(st.text(max_size=90)))
def test_every_label_has_a_name_of_its_own(labels: list[str]) -> None:
    names = safe_names(labels)
    assert len(set(names)) == len(labels)
    for name in names:
        assert re.fullmatch("[a-z][a-z0-9_]{0,63}", name)
        assert not name.endswith("_")
