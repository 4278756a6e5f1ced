"""What the last two lines say is at hand, and that it is."""

from __future__ import annotations

from qcode.store import documents
from qcode.store.documents import NewDocument
from qcode.tui.screens.help import HelpScreen
from qcode.tui.screens.home import HomeScreen
from qcode.tui.screens.importing import ImportScreen
from qcode.tui.widgets.inspector import Inspector
from qcode.tui.widgets.status import StatusLine
from tests.tui.harness import spoken
from tests.tui.study import Playing, Study

SMALL = (80, 24)


def last(one: Playing) -> str:
    return one.text().rstrip().splitlines()[-1]


def test_the_last_line_names_the_keys_of_what_has_them(study: Study) -> None:
    async def play(one: Playing) -> None:
        await one.press("j", "enter")
        # A question mark would be a letter of the code.
        assert last(one).split() == ["F1", "Help"]
        await one.press("escape", "ctrl+o")
        assert "r Rename" in last(one)
        assert "m Memo" not in last(one)
        await one.press("a")
        assert last(one).split() == ["F1", "Help"]
        await one.press("escape", "escape")
        assert "m Memo" in last(one)

    study.play(play, SMALL)


def test_letters_are_no_keys_while_one_types_them(study: Study) -> None:
    async def play(one: Playing) -> None:
        assert "/ Look for" in last(one)
        await one.press("w")
        assert last(one).split()[0] == "enter"
        assert "Look for" not in last(one)
        assert last(one).endswith("F1 Help")

    study.play(play, SMALL, document="")


def test_without_the_inspector_the_status_line_names_what_stands_at_the_cursor(
    study: Study,
) -> None:
    async def play(one: Playing) -> None:
        one.go("Saya ini")
        await one.press("c", *"kader", "enter", "c", *"ongkir", "enter", "x", "k", "l")
        assert "biaya kirim (and 1 more) · ⚑ key quotation" in one.status
        await one.press("space")
        assert "kader digital (and 1 more)" in one.status

    study.play(play, SMALL)
    study.play(in_the_inspector)


async def in_the_inspector(one: Playing) -> None:
    one.go("Saya ini")
    await one.press("l")
    assert "and 1 more" not in one.status


def test_who_gives_a_selection_up_still_stands_on_its_words(study: Study) -> None:
    async def play(one: Playing) -> None:
        one.go("Saya ini")
        await one.press("plus", "plus", "c", *"kader", "enter", "escape", "d")
        assert study.codings() == []

    study.play(play)


def test_a_part_of_a_sentence_is_counted_in_words_alone(study: Study) -> None:
    async def play(one: Playing) -> None:
        one.go("Saya ini")
        await one.press("plus")
        assert "· 1 word selected" in one.status
        await one.press("plus")
        assert "· 1 sentence selected (" in one.status

    study.play(play)


def test_what_is_said_takes_more_rows_until_one_moves_and_the_saved_mark_gives_way(
    study: Study,
) -> None:
    async def play(one: Playing) -> None:
        await one.press("m", *"cek", "enter")
        assert "saved" in one.text()
        one.screen.tell(f"satu {'dua tiga ' * 12}empat")
        await one.settled()
        *_above, first, last, _keys = one.text().rstrip().splitlines()
        assert first.startswith(" satu dua tiga")
        assert last.endswith("tiga empat"), "all of it is there"
        assert "saved" not in first + last
        one.screen.tell("satu dua tiga " * 40)
        await one.settled()
        assert one.text().rstrip().splitlines()[-2].endswith("…")
        assert one.app.screen.query_one(StatusLine).size.height == 3
        await one.press("right")
        assert one.app.screen.query_one(StatusLine).size.height == 1

    study.play(play, SMALL)


def test_the_document_that_was_open_last_is_in_view_in_a_long_list(study: Study) -> None:
    with study.project.write(study.sari, "import") as step:
        made, _skipped = documents.add(
            step, [NewDocument(f"X{n:02}", spoken(("N", f"{n}."))) for n in range(40)]
        )
    study.documents["X30"] = made["X30"]

    async def read(one: Playing) -> None:
        await one.press("j", "ctrl+q")

    async def home(one: Playing) -> None:
        assert "▸X30" in one.text()
        await one.press("slash", *"x02", "escape", "escape")
        assert "▸X02" in one.text()
        assert one.on(HomeScreen).entry is not None

    study.play(read, document="X30")
    study.play(home, SMALL, document="")


def test_the_help_scrolls_with_letters_and_ctrl(study: Study) -> None:
    async def play(one: Playing) -> None:
        await one.press("question_mark", "j", "ctrl+d")
        pane = one.on(HelpScreen).query_one(Inspector)
        assert pane.scroll_offset.y > 2
        await one.press("ctrl+u", "k")
        assert pane.scroll_offset.y == 0

    study.play(play, SMALL)


def test_a_whole_path_may_follow_the_folder_that_is_there_already(study: Study) -> None:
    folder = study.place.parent / "sini"
    folder.mkdir()
    (folder / "W09.txt").write_text("P: Apa?\nN: Itu.\n", encoding="utf-8")

    async def play(one: Playing) -> None:
        await one.press("ctrl+t", "i", "g")
        await one.type(str(folder))
        await one.press("enter")
        assert [row.path.name for row in one.on(ImportScreen)._all] == ["W09.txt"]

    study.play(play)


def test_a_table_cuts_no_number_and_points_to_columns_further_right(study: Study) -> None:
    async def play(one: Playing) -> None:
        await one.press("ctrl+t", "f")
        heading = next(row for row in one.text().splitlines() if row.startswith(" code"))
        assert heading.endswith("›")
        assert "…" not in heading
        for _step in range(9):
            await one.press("l")
        heading = next(row for row in one.text().splitlines() if row.startswith(" code"))
        assert not heading.endswith("›")
        await one.press("question_mark")
        assert "Columns further right" in "\n".join(
            f"{line.lead}{line.text}" for line in one.on(HelpScreen)._lines
        )

    study.play(play, (60, 20))


def test_the_words_of_an_excerpt_are_in_view_however_much_stands_before_them(study: Study) -> None:
    async def play(one: Playing) -> None:
        one.go("Ongkirnya")
        await one.press("c", *"ongkir", "enter", "ctrl+t", "e")
        await one.pilot.pause(0.2)
        assert "Ongkirnya mahal sekali." in one.text().partition("▔")[2]

    study.play(play, (60, 16))
