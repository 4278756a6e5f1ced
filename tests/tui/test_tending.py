from __future__ import annotations

from dataclasses import replace

import pytest

from qcode.model.codebook import LAST, Codebook
from qcode.model.span import Span
from qcode.store import codebook, coders, codings, history
from qcode.store.codings import NewCoding
from tests.tui.harness import TEXT
from tests.tui.study import CODES, Playing, Study

SENTENCE = "Saya ini kan sepuh, takut kepencet."


def book(study: Study) -> Codebook:
    with study.project.read() as connection:
        return codebook.read(connection)


def paths(study: Study) -> list[str]:
    found = book(study)
    return [found.path(code.id) for code in found]


def last(study: Study) -> tuple[str, str]:
    with study.project.read() as connection:
        step = history.steps(connection)[0]
    return step.verb, step.reason


def shown(one: Playing) -> list[str]:
    tree = one.screen.codes
    return [f"{'.' * line.depth}{line.code.name}" for line in tree._lines]


def give(study: Study, code: str, coder: str = "") -> None:
    start = TEXT.index(SENTENCE)
    with study.project.write(coder or study.sari, "apply") as step:
        codings.apply(step, [NewCoding(study.documents["W01"],
                                       Span(start, start + len(SENTENCE)), study.codes[code])])  # fmt: skip


async def at(one: Playing, name: str) -> None:
    """Give the codebook the keys, with a code highlighted."""
    tree = one.screen.codes
    tree.focus()
    tree.seek(next(line.code.id for line in tree._lines if line.code.name == name))
    await one.pilot.pause()


def test_codes_are_added_beside_and_below_and_u_takes_each_back(study: Study) -> None:
    before = paths(study)

    async def play(one: Playing) -> None:
        await at(one, "biaya kirim")
        await one.press("A")
        await one.type("ongkos jalan")
        await one.press("enter")
        assert one.screen.codes.has_focus
        assert one.screen.codes.code == book(study).find("ongkos jalan")
        await one.press("a")
        await one.type("kurir")
        await one.press("enter")
        assert paths(study)[2:5] == [
            "penghambat/biaya kirim", "penghambat/biaya kirim/ongkos jalan",
            "penghambat/biaya kirim/kurir",
        ]  # fmt: skip
        await one.press("a")
        await one.type("kurir")
        await one.press("enter")
        assert "in that place already" in one.status
        await one.press("a", "escape", "u", "u")
        assert paths(study) == before
        assert shown(one) == ["kader digital", "penghambat", ".biaya kirim",
                              ".literasi digital rendah"]  # fmt: skip

    study.play(play)


def test_renaming_and_retiring_ask_why_and_z_and_d_bring_back(study: Study) -> None:
    give(study, "kader digital")

    async def play(one: Playing) -> None:
        await at(one, "kader digital")
        await one.press("r")
        await one.type(" desa")
        await one.press("enter")
        await one.type("istilah mereka")
        await one.press("enter")
        assert last(study) == ("rename code", "istilah mereka")
        (mark,) = one.screen.reader.page.index.marks.values()
        assert mark.label == "kader digital desa"
        await one.press("d", "enter")
        assert "kader digital desa" not in shown(one)
        assert last(study) == ("retire code", "")
        await one.press("z")
        await at(one, "kader digital desa")
        assert "×kader" in one.text()
        await one.press("enter")
        assert "not offered" in one.status
        await one.press("d", "z")
        assert "kader digital desa" in shown(one)
        await one.press("u", "u", "u")
        assert paths(study)[0] == "kader digital"
        (mark,) = one.screen.reader.page.index.marks.values()
        assert mark.label == "kader digital"

    study.play(play)


def test_a_code_is_moved_to_a_code_found_by_letters_or_to_the_top(study: Study) -> None:
    async def play(one: Playing) -> None:
        await at(one, "biaya kirim")
        await one.press("m")
        await one.type("kader")
        await one.press("enter", "enter")
        assert paths(study)[1] == "kader digital/biaya kirim"
        await one.press("m", "up", "enter", *"alasan", "enter")
        assert "biaya kirim" in paths(study)
        assert last(study) == ("move code", "alasan")
        await one.press("m", "escape")
        assert one.screen.codes.has_focus
        assert shown(one)[-1] == "biaya kirim"
        await one.press("K", "K")
        assert shown(one)[0] == "biaya kirim"
        await one.press("K")
        assert "cannot go further" in one.status
        await one.press("u", "u", "u", "u")
        assert shown(one)[1:3] == ["penghambat", ".biaya kirim"]

    study.play(play)


def test_merging_says_whose_codings_count_for_another_code_and_gives_them_back(
    study: Study,
) -> None:
    give(study, "kader digital")
    give(study, "kader digital", coders.joined(study.project, "budi"))

    async def play(one: Playing) -> None:
        await at(one, "kader digital")
        await one.press("M")
        await one.type("biaya")
        await one.press("enter")
        assert "2 codings (" in one.text()
        assert "budi 1" in one.status
        assert "sari 1" in one.status
        await one.press("enter")
        merged = book(study)[study.codes["kader digital"]]
        assert merged.merged_into == study.codes["biaya kirim"]
        assert one.screen.codes.code == book(study).find("biaya kirim")
        (mark,) = one.screen.reader.page.index.marks.values()
        assert mark.label == "biaya kirim"
        await one.press("z")
        assert "..kader digital" in shown(one)
        await at(one, "kader digital")
        await one.press("d")
        (mark,) = one.screen.reader.page.index.marks.values()
        assert mark.label == "kader digital"
        await one.press("u", "u")
        assert "kader digital" in paths(study)

    study.play(play)


def test_a_new_definition_asks_whether_it_means_the_same(study: Study) -> None:
    literasi = study.codes["literasi digital rendah"]

    async def play(one: Playing) -> None:
        meaning = book(study)[literasi].meaning
        await at(one, "literasi digital rendah")
        await one.press("e", "d")
        await one.type(" atau ragu")
        await one.press("enter")
        assert "mean the same" in one.text()
        await one.press("enter", "enter")
        code = book(study)[literasi]
        assert code.definition == "takut memakai alat digital atau ragu"
        assert code.meaning == meaning
        await one.press("e", "n")
        await one.type("?")
        await one.press("enter", "n", "escape")
        assert one.status.startswith("Nothing was changed.")
        await one.press("e", "n", "backspace")
        await one.type("!")
        await one.press("enter", "n", *"baru", "enter")
        assert book(study)[literasi].meaning != meaning
        assert last(study) == ("revise code", "baru")
        await one.press("e", "a")
        await one.type("gaptek, takut HP")
        await one.press("enter", "e", "l")
        await one.type("\nid: gagap")
        await one.press("enter")
        code = book(study)[literasi]
        assert code.aliases == ("gaptek", "takut HP")
        assert code.labels == {"en": "low digital literacy", "id": "gagap"}
        await one.press("e", "l")
        await one.type("\nsalah")
        await one.press("enter")
        assert "language: words" in one.status
        await one.press("c", "b")
        assert book(study)[literasi].color == "#4e9af1"
        await one.press("c", "h")
        await one.type("zzz")
        await one.press("enter")
        assert "#rrggbb" in one.status
        await one.press("u", "u", "u", "u", "u")
        code = book(study)[literasi]
        assert replace(code, meaning="") == replace(
            next(one for one in CODES if one.name == code.name), id=code.id, parent=code.parent
        )

    study.play(play)


def test_letters_narrow_the_codebook_with_the_codes_above_and_esc_brings_all_back(
    study: Study,
) -> None:
    give(study, "biaya kirim")

    async def play(one: Playing) -> None:
        await at(one, "penghambat")
        assert "1/1" in one.text()
        await one.press("slash")
        await one.type("ongk")
        assert shown(one) == ["penghambat", ".biaya kirim"]
        assert one.screen.codes.code == book(study).find("biaya kirim")
        assert "1 of 4 codes" in one.text()
        assert "Also called: ongkir" in one.text()
        assert one.text().count("1/1") == 2
        await one.press("enter", "w")
        assert one.screen.codes.has_focus
        assert one.text().count("1/1") == 1
        await one.press("escape")
        assert len(shown(one)) == 4
        assert one.screen.codes.code == book(study).find("biaya kirim")
        assert "3/12 without below" in one.text()
        await one.press("slash", *"bayia", "escape", "escape")
        assert one.screen.reader.has_focus

    study.play(play)


def test_new_codes_wait_under_unsorted_which_stays_last(study: Study) -> None:
    async def play(one: Playing) -> None:
        one.go("sepuh")
        await one.press("enter")
        await one.type("takut usia")
        assert "in unsorted; /name: top" in one.text()
        one.screen.palette.action_step(-1)
        await one.press("enter", "i")
        await one.press("enter", "enter")
        await one.type("/paling atas")
        one.screen.palette.action_step(-1)
        await one.press("enter")
        names = paths(study)
        assert names[-4:] == ["paling atas", "unsorted", "unsorted/takut usia",
                              "unsorted/Saya ini kan sepuh, takut kepencet"]  # fmt: skip
        found = book(study).find("unsorted")
        assert found.position == LAST
        assert [words for words, _name in study.coded()] == [SENTENCE] * 3
        assert shown(one)[-3:] == ["unsorted", ".takut usia",
                                   ".Saya ini kan sepuh, takut kepencet"]  # fmt: skip
        await one.press("u", "u", "u")
        assert len(paths(study)) == 4

    study.play(play)


@pytest.mark.parametrize("keys", [("r",), ("e",), ("m",), ("M",), ("d",), ("c",), ("J",), ("a",)])
def test_an_empty_codebook_has_nothing_to_change_and_a_first_code_can_be_added(
    tmp_path_factory: pytest.TempPathFactory, keys: tuple[str, ...]
) -> None:
    study = Study.made(tmp_path_factory.mktemp("kosong"), ())

    async def play(one: Playing) -> None:
        one.screen.codes.focus()
        await one.press(*keys)
        assert one.screen.asking == (keys == ("a",))
        if one.screen.asking:
            await one.type("pertama")
            await one.press("enter")
            assert paths(study) == ["pertama"]

    study.play(play)
    study.project.close()


def test_the_keys_of_the_codebook_wait_while_something_is_asked(study: Study) -> None:
    async def play(one: Playing) -> None:
        await at(one, "kader digital")
        await one.press("e")
        one.screen.codes.focus()
        await one.press("d", "J", "m")
        assert one.screen.choice.is_open
        assert paths(study)[0] == "kader digital"

    study.play(play)


def test_the_command_palette_changes_the_codebook_too(study: Study) -> None:
    async def play(one: Playing) -> None:
        found = {entry.title: entry for entry in one.app.get_system_commands(one.app.screen)}
        found["Move it down among those beside it (J)"].callback()
        await one.settled()
        assert shown(one)[-1] == "kader digital"
        await one.press("t")
        found["Rename it (r)"].callback()
        await one.settled()
        assert "hidden" in one.status

    study.play(play)
