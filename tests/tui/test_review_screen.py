"""What coders gave differently is looked at worst first, and settled by one key or by a rule."""

from __future__ import annotations

import pytest

from qcode.model.span import Span
from qcode.store import (
    codebook,
    coders,
    codings,
    decisions,
    documents,
    memos,
    project,
)
from qcode.store.consensus import consensus_id
from qcode.store.log import Edit
from qcode.tui.screens.coding import CodingScreen
from qcode.tui.screens.items import ItemsScreen
from qcode.tui.screens.review import ReviewScreen
from qcode.tui.widgets.choice import Choice
from qcode.workflows import adjudication
from tests.tui.doubled import BIMA, KADER, KIRIM, SARI, TAKUT, coded_twice
from tests.tui.harness import TEXT
from tests.tui.study import OTHER, Playing, Study

SIZES = [(120, 36), (80, 24), (60, 20)]


@pytest.fixture
def doubled(study: Study) -> Study:
    """W01 coded by two, and a document in which both agree."""
    return coded_twice(study)


def decided(study: Study) -> dict[str, str]:
    """Return the verdicts in the database, by the words that they are about."""
    with study.project.read() as connection:
        found = {}
        for one in decisions.listed(connection):
            start = min(given.start for given in one.inputs)
            end = max(given.end for given in one.inputs)
            text = TEXT if one.document == study.documents["W01"] else OTHER.text
            found[text[start:end]] = one.verdict
    return found


def consensus(study: Study) -> list[tuple[str, str]]:
    """Return the words of the consensus in the first document, with the names of their codes."""
    with study.project.read() as connection:
        book, who = codebook.read(connection), consensus_id(connection)
        found = codings.of_document(connection, study.documents["W01"])
    return sorted(
        (TEXT[one.start : one.end], book[one.code].name) for one in found if one.coder == who
    )


async def items(one: Playing) -> ItemsScreen:
    """Go to all items."""
    await one.press("ctrl+t", "g", "I")
    return one.on(ItemsScreen)


def stand_on(screen: ItemsScreen, words: str) -> None:
    """Highlight the item whose words begin so."""
    docket = screen.docket
    assert docket is not None
    found = [docket.review.words(row.item) for row in screen._shown]
    screen.grid.highlight(next(at for at, text in enumerate(found) if text.startswith(words)))


@pytest.mark.parametrize("size", SIZES)
def test_codes_stand_worst_first_and_lead_to_their_items(
    doubled: Study, size: tuple[int, int]
) -> None:
    async def play(one: Playing) -> None:
        await one.press("ctrl+t", "g")
        screen = one.on(ReviewScreen)
        assert [row.texts[0] for row in screen._shown] == [KADER, TAKUT, KIRIM]
        text = one.text()
        assert "2 of 2 documents coded twice (100 %) · coder" in text
        assert "3 items to settle · 2 agreements to take over: A" in text
        assert "pooled" in text
        assert "bima" not in text
        await one.press("enter")
        assert len(one.on(ItemsScreen)._shown) == 2
        assert "● A" in one.text()
        assert "▲ B" in one.text()
        assert "bima" not in one.text()
        await one.press("N")
        assert "bima" in one.text()

    doubled.play(play, size=size, document="")


def test_one_key_settles_an_item_and_shows_the_next_until_the_consensus_is_of_record(
    doubled: Study,
) -> None:
    async def play(one: Playing) -> None:
        screen = await items(one)
        await one.press("A")
        assert "2 agreements in 2 documents become the consensus" in str(
            screen.query_one(Choice).border_title
        )
        await one.press("y")
        assert "The consensus is of record now in 1 document: W02" in one.status
        stand_on(screen, "Saya ini")
        await one.press("w")
        await one.type("definisi")
        await one.press("enter", "u")
        assert "Settled: W01:2" in one.status
        assert "2 of 3 open" in screen.counted(3, 3)
        stand_on(screen, "anaknya")
        await one.press("x")
        stand_on(screen, "Sabar")
        await one.press("i")
        assert "cannot get that verdict" in one.status
        await one.press("2")
        assert "The consensus is of record now in 1 document: W01" in one.status

    doubled.play(play, document="")
    whole = "Saya ini kan sepuh, takut kepencet"
    assert decided(doubled) == {
        whole: "union", "anaknya tetangga": "neither", "Sabar dia": "both",
        "Ongkirnya mahal": "agree", "Ramai": "agree",
    }  # fmt: skip
    assert consensus(doubled) == [
        ("Ongkirnya mahal", KIRIM), ("Sabar dia", KADER), ("Sabar dia", TAKUT), (whole, TAKUT),
    ]  # fmt: skip
    with doubled.project.read() as connection:
        (reasoned,) = [one for one in decisions.listed(connection) if one.reason]
    assert (reasoned.verdict, reasoned.reason) == ("union", "definisi")


def test_a_and_b_are_meant_as_they_show_whoever_they_are(doubled: Study) -> None:
    async def play(one: Playing) -> None:
        screen = await items(one)
        for words in ("anaknya", "Sabar"):
            stand_on(screen, words)
            entry = screen.row
            assert entry is not None
            shown = screen.cells(entry)[3:5]
            key = "a" if shown[0] == KADER else "b"
            assert shown["ab".index(key)] == KADER
            await one.press(key)

    doubled.play(play, document="")
    assert consensus(doubled) == [("Sabar dia", KADER), ("anaknya tetangga", KADER)]


def test_undo_opens_the_item_again_and_shows_it_and_redo_settles_it(doubled: Study) -> None:
    async def play(one: Playing) -> None:
        screen = await items(one)
        stand_on(screen, "Sabar")
        await one.press("2")
        assert decided(doubled) == {"Sabar dia": "both"}
        assert screen.row is not None
        await one.press("U")
        assert "Undone" in one.status
        assert not decided(doubled)
        assert not consensus(doubled)
        assert screen.row.state == "open"
        assert "Sabar dia" in one.text()
        await one.press("ctrl+r")
        assert decided(doubled) == {"Sabar dia": "both"}
        stand_on(screen, "Sabar")
        await one.press("o")
        assert not decided(doubled)

    doubled.play(play, document="")


def test_other_words_are_chosen_with_the_keys_of_the_text(doubled: Study) -> None:
    async def play(one: Playing) -> None:
        screen = await items(one)
        stand_on(screen, "Saya ini")
        await one.press("s")
        assert screen.passage.has_focus
        await one.press("greater_than_sign", "greater_than_sign", "a", "u", "enter")
        assert screen.grid.has_focus
        assert decided(doubled) == {"Saya ini kan sepuh, takut kepencet": "span"}
        stand_on(screen, "Sabar")
        await one.press("s", "b", "enter")
        assert screen.query_one(Choice).is_open
        await one.press("a" if screen.cells(screen._shown[screen.grid.highlighted])[3] == KADER
                        else "b")  # fmt: skip
        stand_on(screen, "anaknya")
        await one.press("s", "escape")
        assert screen.grid.has_focus

    doubled.play(play, document="")
    assert consensus(doubled) == [("Sabar", KADER), ("kan sepuh, takut kepencet", TAKUT)]


def test_a_rule_is_stated_once_and_settles_what_is_left_of_the_code(doubled: Study) -> None:
    async def play(one: Playing) -> None:
        screen = await items(one)
        stand_on(screen, "anaknya")
        await one.press("R")
        ways = [way.label for way in screen.query_one(Choice)._ways]
        assert "neither: 1 open item of kind “missed”" in ways
        assert "both stand: 2 open items of any kind" in ways
        await one.press("B")
        await one.type("hanya kader desa")
        await one.press("enter")
        assert "Settle 2 items by this rule?" in str(screen.query_one(Choice).border_title)
        await one.press("e")
        assert "2 items settled" in one.status

    doubled.play(play, document="")
    assert decided(doubled) == {"anaknya tetangga": "both", "Sabar dia": "both"}
    with doubled.project.read() as connection:
        code = codebook.read(connection)[doubled.codes[KADER]]
        rules = {one.rule_text for one in decisions.listed(connection)}
    assert (code.exclude, code.example) == ("hanya kader desa", "anaknya tetangga")
    assert rules == {"hanya kader desa"}


def test_an_item_is_put_on_the_agenda_and_stands_behind_the_open_ones(doubled: Study) -> None:
    async def play(one: Playing) -> None:
        screen = await items(one)
        stand_on(screen, "Saya ini")
        await one.press("p")
        await one.type("sama")
        await one.press("enter")
        assert "On the agenda: W01:2" in one.status
        await one.press("escape", "I")
        screen = one.on(ItemsScreen)
        assert [row.state for row in screen._shown] == ["open", "open", "parked"]
        assert "1 on the agenda" in one.status

    doubled.play(play, document="")
    with doubled.project.read() as connection:
        (flag,) = memos.flags(connection, doubled.documents["W01"])
    assert flag.text == "sama"


def test_an_item_opens_again_when_its_coding_changes_and_says_why(doubled: Study) -> None:
    bima = coders.joined(doubled.project, "bima")

    async def play(one: Playing) -> None:
        screen = await items(one)
        stand_on(screen, "Saya ini")
        await one.press("u")
        (coding,) = [
            each for each in doubled.codings()
            if each.coder == bima and TEXT[each.start :].startswith("Saya ini")
        ]  # fmt: skip
        with doubled.project.write(bima, "move coding") as step:
            start = TEXT.index("kan sepuh")
            codings.move(step, coding.id, Span(start, coding.end))
        await one.press("escape", "I")
        screen = one.on(ItemsScreen)
        assert [row.state for row in screen._shown] == ["open", "open", "reopened"]
        stand_on(screen, "kan sepuh")
        assert screen.row is not None
        assert "moved the bounds of W01:2" in screen.row.why
        await one.press("u")
        assert screen.row.state == "settled" or screen.next_open() is not None

    doubled.play(play, document="")


def test_an_item_is_seen_in_the_text_with_what_everybody_gave(doubled: Study) -> None:
    async def play(one: Playing) -> None:
        screen = await items(one)
        stand_on(screen, "Saya ini")
        await one.press("J")
        text = one.on(CodingScreen)
        assert text.reader.selection is not None
        assert len(text.reader.page.index.marks) == len(SARI) + len(BIMA)
        await one.press("q")
        one.on(ItemsScreen)
        assert screen.row is not None
        assert screen.docket is not None
        assert screen.docket.review.words(screen.row.item).startswith("Saya ini")

    doubled.play(play, document="")


@pytest.mark.parametrize("size", SIZES)
def test_for_a_room_only_the_passage_shows_without_names(
    doubled: Study, size: tuple[int, int]
) -> None:
    async def play(one: Playing) -> None:
        screen = await items(one)
        stand_on(screen, "Saya ini")
        await one.press("N")
        assert "bima" in one.text()
        await one.press("P")
        text = one.text()
        assert "bima" not in text
        assert "kepencet" in text
        assert "●┏" in text or "●╺" in text
        assert "pelaku" not in text
        assert not screen.query_one("#beside").display
        await one.press("u")
        assert decided(doubled) == {"Saya ini kan sepuh, takut kepencet": "union"}
        await one.press("escape")
        assert screen.query_one("#beside").display

    doubled.play(play, size=size, document="")


def test_figures_stand_side_by_side_before_and_after_discussion(doubled: Study) -> None:
    async def play(one: Playing) -> None:
        await one.press("ctrl+t", "g", "6")
        assert "nothing was settled yet" in one.status
        await one.press("I", "A", "y", "2", "2", "2", "escape", "6")
        screen = one.on(ReviewScreen)
        assert "before" in one.text()
        (row,) = [row for row in screen._shown if row.code == doubled.codes[TAKUT]]
        assert row.texts[4] == "1.00"
        assert float(row.texts[3]) < 1
        for number in range(2, 8):
            await one.press(str(number))
            assert screen._shown, number
            assert "bima" not in "\n".join("".join(row.texts) for row in screen._shown)
        await one.press("2")
        assert [row.texts[0] for row in screen._shown] == ["W01", "W02"]
        await one.press("tab")
        assert "pair" in one.text()

    doubled.play(play, document="", size=(140, 36))


def test_figures_stay_hidden_where_the_approach_is_reflexive_and_on_demand(
    doubled: Study,
) -> None:
    with doubled.project.write(doubled.sari, "project") as step:
        row = project.project_row(step.connection)
        step.record([Edit("project", row.id, {"approach": "reflexive"})])

    async def play(one: Playing) -> None:
        await one.press("ctrl+t", "g")
        screen = one.on(ReviewScreen)
        text = one.text()
        assert "pooled" not in text
        assert "0.667" not in text
        assert "alpha" not in text
        assert [row.texts[:2] for row in screen._shown] == [(KADER, "2"), (TAKUT, "2")]
        await one.press("2")
        assert [row.texts[:2] for row in screen._shown] == [("W01", "3")]
        await one.press("6")
        assert "Figures are hidden" in one.status
        await one.press("number_sign")
        assert "pooled" in one.text()

    doubled.play(play, document="")


def test_nothing_is_computed_anew_when_an_item_is_settled(
    doubled: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def play(one: Playing) -> None:
        screen = await items(one)
        stand_on(screen, "Saya ini")
        monkeypatch.setattr(adjudication, "compared", None)
        await one.press("u")
        assert "Settled: W01:2" in one.status
        assert screen.row is not None
        assert screen.row.state == "open"

    doubled.play(play, document="")


def test_whoever_codes_in_an_open_round_is_told_why_the_review_shows_nothing(
    doubled: Study,
) -> None:
    from qcode.workflows import rounds

    with doubled.project.read() as connection:
        wanted = documents.listed(connection)
    with doubled.project.write(doubled.sari, "open round") as step:
        rounds.open_round(step, "satu", "reliability", ["sari", "bima"], wanted)

    async def play(one: Playing) -> None:
        await one.press("ctrl+t", "g")
        assert "you code in round satu, which is open" in one.status
        assert not one.on(ReviewScreen)._shown

    doubled.play(play, document="")
