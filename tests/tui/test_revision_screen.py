"""The codebook hour: findings with their passages side by side, and what is done about them."""

from __future__ import annotations

import pytest

from qcode.model.codebook import Code, Codebook
from qcode.model.span import Span
from qcode.store import codebook, coders, history, memos
from qcode.store.codings import NewCoding, apply
from qcode.tui.screens.revision import RevisionScreen
from qcode.tui.screens.sorting import SortingScreen
from tests.tui.harness import TEXT
from tests.tui.study import CODES, OTHER, Playing, Study

TWIN = Code("", "biaya kirims", definition="ongkos paket", color="#8bd450")


@pytest.fixture
def doubled(tmp_path, monkeypatch):  # type: ignore[no-untyped-def]
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "QCODE_LANGUAGE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "C.UTF-8")
    study = Study.made(tmp_path, (*CODES, TWIN))
    budi = coders.joined(study.project, "budi")
    for code, words, document, who in (
        ("biaya kirim", "takut kepencet", "W01", ""), ("biaya kirims", "Sabar dia", "W01", budi),
        ("biaya kirims", "Ramai", "W02", ""),
    ):  # fmt: skip
        start = (TEXT if document == "W01" else OTHER.text).index(words)
        span = Span(start, start + len(words))
        with study.project.write(who or study.sari, "apply") as step:
            apply(step, [NewCoding(study.documents[document], span, study.codes[code])])
    yield study
    study.project.close()


def book(study: Study) -> Codebook:
    with study.project.read() as connection:
        return codebook.read(connection)


def reason(study: Study) -> str:
    with study.project.read() as connection:
        return history.steps(connection, most=1)[0].reason


@pytest.mark.parametrize("size", [(120, 36), (80, 24), (60, 20)])
def test_two_codes_stand_side_by_side_with_their_passages(
    doubled: Study, size: tuple[int, int]
) -> None:
    async def play(one: Playing) -> None:
        await one.press("ctrl+t", "b")
        screen = one.on(RevisionScreen)
        assert screen.has_class("-paired") is (size[0] >= 80)
        text = one.text()
        for shown in ("named nearly the same", "biaya kirim + ", "no definition yet"):
            assert shown in text, shown
        if screen.has_class("-paired"):
            assert "ongkos paket" in text
            assert "“takut kepencet”" in text
            assert "“Sabar dia”" in text
        await one.press("semicolon", "semicolon", "enter")
        assert one.screen.document == doubled.documents["W02"]
        await one.press("D")
        assert one.on(RevisionScreen).row is not None

    doubled.play(play, size)


def test_of_two_codes_one_is_merged_into_the_other_with_a_reason_and_undone(
    doubled: Study,
) -> None:
    one_code, other = doubled.codes["biaya kirim"], doubled.codes["biaya kirims"]

    async def play(one: Playing) -> None:
        await one.press("ctrl+t", "b", "m")
        assert "counts for" in one.text()
        await one.press("2")
        await one.type("satu hal")
        await one.press("enter")
        assert "“biaya kirims” counts for “biaya kirim” now" in one.status
        assert book(doubled).end(other) == one_code
        assert reason(doubled) == "satu hal"
        assert "named nearly the same" not in one.text()
        await one.press("u")
        assert "Undone: merge a code into another" in one.status
        assert book(doubled).end(other) == other

    doubled.play(play)


def test_a_code_is_defined_renamed_retired_offered_again_and_sorted(doubled: Study) -> None:
    kader = doubled.codes["kader digital"]

    async def play(one: Playing) -> None:
        await one.press("ctrl+t", "b", "slash")
        await one.type("kader without")
        await one.press("enter", "d")
        await one.type("perangkat desa")
        meaning = book(doubled)[kader].meaning
        await one.press("enter", "n")
        await one.type("jelas")
        await one.press("enter")
        assert book(doubled)[kader].definition == "perangkat desa"
        assert book(doubled)[kader].meaning != meaning
        await one.press("escape", "slash")
        await one.type("kader never")
        await one.press("enter", "r", "space")
        await one.type("desa")
        await one.press("enter", "enter")
        assert book(doubled)[kader].name == "kader digital desa"
        await one.press("R", "enter")
        assert book(doubled)[kader].retired
        await one.press("u", "S")
        one.on(SortingScreen)
        assert "no passage to sort" in one.status

    doubled.play(play)


def test_what_is_not_to_be_used_is_counted_and_not_shown(doubled: Study) -> None:
    start = TEXT.index("takut kepencet")
    with doubled.project.write(doubled.sari, "mark") as step:
        memos.mark(step, doubled.documents["W01"], Span(start, start + 14), "not to be used")

    async def play(one: Playing) -> None:
        await one.press("ctrl+t", "b")
        text = one.text()
        assert "1 not to be used" in text
        assert "kepencet" not in text

    doubled.play(play, (120, 36))


@pytest.mark.parametrize("name", ["[b] x", "[@click=app.quit]x[[]", "a\x1b]52;c;eA==\x07"])
def test_hostile_names_are_shown_as_they_are(doubled: Study, name: str) -> None:
    from tests.tui.walking import HOSTILE, drawn

    with doubled.project.write(doubled.sari, "rename code") as step:
        codebook.rename(step, doubled.codes["biaya kirim"], name)
        codebook.rename(step, doubled.codes["biaya kirims"], name)

    async def play(one: Playing) -> None:
        shown = HOSTILE.sub("\ufffd", name)
        await one.press("ctrl+t", "b", "slash")
        await one.type("nearly")
        await one.press("enter")
        pages = [drawn(one)]
        for keys in (("m",), ("escape", "d"), ("escape", "r"), ("escape", "semicolon")):
            await one.press(*keys)
            pages.append(drawn(one))
        assert all(shown in page for page in pages), [shown in page for page in pages]
        assert not any(HOSTILE.search(page.replace("\n", "")) for page in pages)

    doubled.play(play, (140, 36))
