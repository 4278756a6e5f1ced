"""A codebook comes in from state to state, and the log says why each code changed."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from qcode.errors import Refused
from qcode.formats.codebook import CodebookFile
from qcode.formats.folder import PlainChange, PlainCoding, PlainDocument, PlainProject, PlainState
from qcode.model.codebook import Code, Codebook
from qcode.store import codebook, coders, documents, log
from qcode.workflows import plain_import
from qcode.workflows.plain_import import Folder
from tests.workflows.studies import Study, spoken

HOUSE, ROOF, WALL, MUD, DOOR = (digit * 32 for digit in "abcde")


def state(version: str, *codes: Code, changes: tuple[PlainChange, ...] = ()) -> PlainState:
    return PlainState(CodebookFile("Rumah", version, codes), changes)


STATES = (
    state(
        "0.1",
        Code(ROOF, "atap", definition="di atas", labels={"en": "roof"}, aliases=("genteng",)),
        Code(WALL, "dinding", parent=ROOF),
        Code(MUD, "lumpur"),
    ),
    state(
        "0.2",
        Code(WALL, "tembok", color="#aa3300"),
        Code(ROOF, "atap", parent=WALL),
        Code(HOUSE, "rumah", position=1),
        changes=(
            PlainChange("rename", "atap/dinding", ("tembok",), "kata informan", "2025-04-25"),
            PlainChange("move", "atap/dinding", ("tembok",), "lebih luas"),
            PlainChange("move", "atap", ("tembok/atap",)),
            PlainChange("merge", "lumpur", ("rumah",), "kembar"),
            PlainChange("add", "", ("rumah",), "muncul di W01"),
        ),
    ),
    state(
        "1.0",
        Code(WALL, "tembok", color="#aa3300"),
        Code(DOOR, "pintu", position=1),
        Code(MUD, "lumpur", position=2),
        changes=(
            PlainChange("new meaning", "tembok", ("tembok",), "kini tanpa atap"),
            PlainChange("retire", "tembok/atap", (), "tidak dipakai"),
            PlainChange("split", "rumah", ("pintu", "lumpur"), "terlalu luas"),
        ),
    ),
)
TEXT = spoken(("", "Rumahnya dari bambu."))


def project(*versions: str, states: tuple[PlainState, ...] = STATES) -> Folder:
    """Return a project with one document finished under each of some versions."""
    names = {version: f"W{version or 'x'}" for version in versions}
    listed = tuple(
        PlainDocument(name, f"transcripts/{name}.txt", finished=("bima",), codebook=version)
        for version, name in names.items()
    )
    texts = {name: spoken(("", f"Rumah {name}.")) for name in names.values()}
    coding = PlainCoding(listed[0].name, 0, 5, "tembok", "bima")
    book = states[-1].book if states else STATES[-1].book
    return Folder(
        PlainProject("Rumah", book, coders=("bima",), documents=listed, codings=(coding,),
                     states=states),
        texts, (),
    )  # fmt: skip


@pytest.fixture
def study() -> Study:
    return Study()


def stored(study: Study, folder: Folder) -> Codebook:
    with study.step(verb="import") as step:
        plain_import.store(step, folder)
    with study.project.read() as connection:
        return codebook.read(connection)


def reasons(study: Study) -> Iterator[tuple[str, str]]:
    """Yield the code of each change in the log that has a reason, and the reason."""
    with study.project.read() as connection:
        for change in log.read(connection):
            data = json.loads(change.data or "{}")
            if change.entity == "code" and "reason" in data:
                yield change.row, data["reason"]


def had(study: Study) -> dict[str, set[str]]:
    """Return which of the present codes were looked for in each document."""
    with study.project.read() as connection:
        book = codebook.read(connection)
        names = {one.id: one.name for one in documents.listed(connection)}
        return {
            names[one.document]: {
                book[book.end(code)].name for code, meaning in one.codes.items()
                if book[code].meaning == meaning
            }
            for one in documents.statuses(connection) if one.finished
        }  # fmt: skip


def test_the_codebook_ends_as_its_last_state_and_what_went_is_retired_or_merged(
    study: Study,
) -> None:
    book = stored(study, project("1.0"))
    assert [book.path(code.id) for code in book] == ["tembok", "pintu", "lumpur"]
    assert book[ROOF].retired
    assert book[HOUSE].retired
    assert (book[WALL].color, book[WALL].parent) == ("#aa3300", "")
    # A code that was merged and comes back stands for itself again.
    assert book.end(MUD) == MUD


def test_fields_that_a_state_lacks_are_cleared(study: Study) -> None:
    book = stored(study, project("1.0"))
    assert (book[ROOF].definition, book[ROOF].labels, book[ROOF].aliases) == ("", {}, ())


def test_each_row_is_a_change_with_its_reason_version_and_day(study: Study) -> None:
    stored(study, project("1.0"))
    assert list(reasons(study)) == [
        (HOUSE, "0.2: muncul di W01"),
        (WALL, "0.2, 2025-04-25: kata informan"),
        (WALL, "0.2: lebih luas"),
        (ROOF, "0.2"),
        (MUD, "0.2: kembar"),
        (DOOR, "1.0: terlalu luas"),
        (MUD, "1.0: terlalu luas"),
        (WALL, "1.0: kini tanpa atap"),
        (ROOF, "1.0: tidak dipakai"),
        (HOUSE, "1.0: terlalu luas"),
    ]


def test_a_document_was_looked_through_for_the_codes_of_its_version(study: Study) -> None:
    stored(study, project("0.1", "0.2", "1.0", ""))
    assert had(study) == {
        "W0.1": {"atap"}, "W0.2": {"atap", "rumah"},
        "W1.0": {"tembok", "pintu", "lumpur"}, "Wx": {"tembok", "pintu", "lumpur"},
    }  # fmt: skip


def test_a_code_keeps_its_meaning_unless_a_row_says_otherwise(study: Study) -> None:
    stored(study, project("0.1", states=(*STATES[:2],)))
    assert had(study) == {"W0.1": {"atap", "tembok", "rumah"}}


def test_codes_of_the_project_itself_were_not_looked_for_by_others(study: Study) -> None:
    with study.step() as step:
        codebook.add(step, [Code("f" * 32, "sawah")])
    book = stored(study, project("0.2", "1.0"))
    assert [code.name for code in book] == ["sawah", "tembok", "pintu", "lumpur"]
    assert all("sawah" not in codes for codes in had(study).values())


def test_a_project_that_has_some_of_the_codes_keeps_its_own_history(study: Study) -> None:
    with study.step() as step:
        codebook.add(step, [Code(WALL, "tembok"), Code(DOOR, "pintu", position=1)])
    book = stored(study, project("0.1", "0.2", "1.0"))
    assert [code.name for code in book] == ["tembok", "pintu", "lumpur"]
    assert had(study) == {"W0.1": set(), "W0.2": set(), "W1.0": {"tembok", "pintu", "lumpur"}}
    assert list(reasons(study)) == []


def test_merges_and_meanings_are_followed_where_the_history_is_not_written(study: Study) -> None:
    states = (
        state("0.1", Code(ROOF, "atap"), Code(MUD, "lumpur"), Code(WALL, "tembok")),
        state("1.0", Code(WALL, "tembok"), Code(HOUSE, "rumah"), Code(DOOR, "pintu"), changes=(
            PlainChange("merge", "lumpur", ("rumah",)),
            PlainChange("retire", "atap"),
        )),
    )  # fmt: skip
    with study.step() as step:
        codebook.add(step, [Code(WALL, "tembok")])
    stored(study, project("0.1", states=states))
    assert had(study) == {"W0.1": {"tembok", "rumah"}}


def test_a_state_that_would_stand_beside_a_code_of_its_name_is_refused(study: Study) -> None:
    with study.step() as step:
        codebook.add(step, [Code("f" * 32, "Lumpur")])
    with pytest.raises(Refused, match="another code “Lumpur”"):
        stored(study, project("1.0"))
    with study.project.read() as connection:
        assert "bima" not in coders.names(connection).values()


def test_who_finished_first_is_of_record_also_under_an_earlier_version(study: Study) -> None:
    stored(study, project("0.1"))
    with study.project.read() as connection:
        (document,) = documents.listed(connection)
        assert coders.names(connection)[document.record] == "bima"
