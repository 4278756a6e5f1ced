"""The words that say where a code stands, and what a comparison warns of."""

from __future__ import annotations

import pytest

from qcode.analysis.comparison import comparison, group_keys
from qcode.analysis.crossing import crossed
from qcode.analysis.layer import Layer
from qcode.errors import NotFound
from qcode.model.case import Attribute, Case, Participation
from qcode.model.codebook import Code, Codebook
from qcode.model.document import Document
from qcode.model.table import Table
from qcode.model.tally import Tally

VILLAGE, ROLE = Attribute("v", "village", multiple=True), Attribute("r", "role")
Group = tuple[int, int, int]
"""How many speak of a code, of how many looked through, of how many in the group."""


def compared(
    groups: dict[str, Group], extra: tuple[Case, ...] = (), roles: Attribute | None = ROLE, *,
    percent: bool = False,
) -> Table:  # fmt: skip
    """Return the comparison of one code over groups of informants with one interview each."""
    return comparison(layer_of(groups, extra), VILLAGE, roles, percent=percent)


def layer_of(groups: dict[str, Group], extra: tuple[Case, ...] = ()) -> Layer:
    documents, cases, parts, tallies, seen = [], list(extra), [], [], {}
    for village, (speaking, looked, everyone) in groups.items():
        for number in range(everyone):
            id = f"{village}{number}"
            values = {"village": (village,)} if village else {}
            role = {"role": ("perajin" if number % 2 else "kader",)}
            cases.append(Case(id, "informant", id, {**values, **role}))
            documents.append(Document(id, id, record="sari"))
            parts.append(Participation(id, id, id))
            if number < looked:
                seen[id] = {"c": "1"}
            if number < speaking:
                tallies += [Tally("c", "", id, "sari", 1, 3), Tally("c", id, id, "sari", 1, 3)]
    parts += [Participation(case.id, "Desa A0", case.id) for case in extra]
    return Layer(
        Codebook([Code("c", "kader", meaning="1")]), tuple(documents), tuple(cases), tuple(parts),
        tuple(tallies), {one.id: "sari" for one in documents}, seen, frozenset(seen),
    )  # fmt: skip


def where(groups: dict[str, Group]) -> str:
    table = compared(groups)
    return str(table.rows[0][[column.key for column in table.columns].index("where")])


A, B, C = "Desa A", "Desa B", "Desa C"


@pytest.mark.parametrize(
    ("groups", "said"),
    [
        ({A: (7, 8, 8), B: (3, 8, 8), C: (5, 8, 8)}, "in all 3"),
        ({A: (1, 8, 8), B: (6, 8, 8), C: (2, 8, 8)}, "mostly Desa B"),
        ({A: (1, 8, 8), B: (2, 7, 8), C: (7, 8, 8)}, "mostly Desa C"),
        ({A: (0, 8, 8), B: (2, 8, 8), C: (3, 8, 8)}, "in 2 of 3"),
        ({A: (0, 8, 8), B: (1, 8, 8), C: (0, 8, 8)}, "only Desa B"),
        ({A: (0, 8, 8), B: (0, 8, 8)}, "-"),
        ({A: (0, 0, 8), B: (0, 0, 8)}, "·"),
        ({A: (0, 0, 8), B: (3, 8, 8)}, "Desa B, the only one looked through"),
        # More informants of a large village are no weight of their own.
        ({A: (10, 20, 20), B: (2, 4, 4)}, "in all 2"),
        ({A: (4, 8, 8), B: (2, 8, 8)}, "in all 2"),
    ],
)
def test_where_a_code_stands_is_said_in_words(groups: dict[str, Group], said: str) -> None:
    assert where(groups) == said


@pytest.mark.parametrize(
    ("groups", "said"),
    [
        ({A: (7, 8, 8), B: (3, 8, 8), C: (5, 8, 8)}, "7 of 8 in Desa A, 3 of 8 in Desa B"),
        ({A: (4, 8, 8), B: (2, 4, 8), C: (1, 8, 8)}, "4 of 8 in Desa A, 1 of 8 in Desa C"),
        ({A: (2, 8, 8), B: (5, 8, 8), C: (2, 8, 8)}, "5 of 8 in Desa B, 2 of 8 in Desa A and Desa C"),
        ({A: (2, 4, 4), B: (4, 8, 8)}, "none"),
        ({A: (0, 4, 4), B: (0, 8, 8)}, "-"),
        ({A: (2, 4, 4), B: (0, 0, 8)}, "-"),
        ({A: (0, 0, 4), B: (0, 0, 8)}, "·"),
    ],
)  # fmt: skip
def test_how_far_groups_differ_is_said_by_the_largest_and_the_smallest_share(
    groups: dict[str, Group], said: str
) -> None:
    assert str(compared(groups).rows[0][-1]) == said


def test_percentages_stand_beside_groups_of_twenty_or_on_request() -> None:
    few = compared({A: (1, 4, 4), B: (2, 8, 8)})
    assert "%" not in {column.title for column in few.columns}
    many = compared({A: (5, 20, 20), B: (2, 8, 8), C: (3, 10, 20)})
    assert [str(cell) for cell in many.rows[0]][1:6] == ["5 of 20", "25", "2 of 8", "3 of 10", "-"]
    asked = compared({A: (1, 4, 4), B: (0, 0, 8)}, percent=True)
    assert [str(cell) for cell in asked.rows[0]][1:5] == ["1 of 4", "25", "·", "·"]


def test_two_attributes_are_crossed_and_nobody_is_no_nought() -> None:
    table = crossed(layer_of({A: (1, 2, 2), B: (1, 1, 1), C: (0, 0, 1)}), VILLAGE, ROLE)
    assert [column.title for column in table.columns] == [
        "code", "village", "kader", "perajin", "where", "difference",
    ]  # fmt: skip
    assert [[str(cell) for cell in row[1:]] for row in table.rows] == [
        [A, "1 of 1", "0 of 1", "only kader", "1 of 1 in kader, 0 of 1 in perajin"],
        [B, "1 of 1", "×", "kader, the only one looked through", "-"],
        [C, "·", "×", "·", "·"],
    ]
    assert table.depths == (0, 0, 0)
    asked = crossed(layer_of({A: (1, 2, 2), B: (1, 1, 1)}), VILLAGE, ROLE, percent=True)
    assert [str(cell) for cell in asked.rows[1]][2:6] == ["1 of 1", "100", "×", "×"]


def test_who_has_no_value_or_several_is_said() -> None:
    both = Case("x", "informant", "x", {"village": (A, B), "role": ("lurah",)})
    table = compared({A: (1, 2, 2), B: (0, 1, 1), "": (1, 1, 1)}, (both,))
    assert [column.title for column in table.columns] == [
        "code", A, B, "(no value)", "role", "where", "difference",
    ]  # fmt: skip
    assert [column.unit for column in table.columns[1:4]] == ["n=3", "n=2", "n=1"]
    assert [str(cell) for cell in table.rows[0]] == [
        "kader", "1 of 3", "0 of 2", "1 of 1", "1 of 3", "only Desa A",
        "1 of 3 in Desa A, 0 of 2 in Desa B",
    ]  # fmt: skip
    assert any("1 informant has several values of village" in note for note in table.notes)
    assert any("“(no value)”" in note for note in table.notes)
    assert group_keys(table) == {"group:Desa A", "group:Desa B", "no value"}


def test_roles_are_left_out_where_they_are_compared_by() -> None:
    assert "roles" not in {column.key for column in compared({A: (1, 1, 1)}, roles=None).columns}
    assert "roles" not in {column.key for column in compared({A: (1, 1, 1)}, roles=VILLAGE).columns}


def test_nobody_to_compare_is_told() -> None:
    with pytest.raises(NotFound, match="qcode cases link"):
        compared({"": (1, 1, 1)})


def test_of_many_groups_with_one_share_two_are_named_and_the_others_counted() -> None:
    groups = dict.fromkeys("ABCDE", (1, 1, 1)) | {"F": (0, 1, 1), "G": (0, 1, 1)}
    (row,) = compared(groups).rows
    assert row[-1] == "1 of 1 in A, B and 3 more, 0 of 1 in F and G"
