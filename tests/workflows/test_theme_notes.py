"""What is said beside the numbers of themes: what they leave out, and what changed since."""

from __future__ import annotations

from collections.abc import Callable

from qcode.model.filter import Filter
from qcode.model.theme import AGAINST, FOR, Theme
from qcode.store import codebook, codings, history, themes
from qcode.store.project import Step
from qcode.workflows.theme_quotes import parts_of
from qcode.workflows.themes import theme_named, themes_table
from tests.workflows.studies import Study, cells, interview, notes, spoken


def test_what_a_theme_does_not_count_of_codes_below_or_of_chosen_passages_is_said() -> None:
    study = Study()
    first = study.document("W1", spoken(*interview("satu dua")))
    study.give(first, "satu", study.code("lama"))
    study.finish(first)
    top = study.code("dimensi")
    study.give(first, "dua", study.code("kader", top))
    alone = study.give(first, "satu", study.code("sinyal"))
    with study.step(verb="add theme") as step:
        theme = themes.add(step, Theme("", "Belajar"))
        themes.ground(step, theme, FOR, code=top)
        other = themes.add(step, Theme("", "Jarak"))
        themes.ground(step, other, AGAINST, coding=alone)
    with study.project.read() as connection:
        said = themes_table(connection, Filter())
    assert cells(said, "Belajar")["for passages"] == "0"
    assert "not counted until they are finished again: kader, sinyal" in notes(said)


def test_a_settled_theme_says_what_was_done_since_to_what_it_rests_on() -> None:
    study = Study()
    document = study.document("W1", spoken(*interview("satu dua tiga")))
    top, other = study.code("belajar"), study.code("jarak")
    low, twin = study.code("kader", top), study.code("kader desa", top)
    far = study.code("sinyal", other)
    study.give(document, "satu", low)
    with study.step(verb="add theme") as step:
        theme = themes.add(step, Theme("", "Belajar", status="settled"))
        themes.ground(step, theme, FOR, code=top)
        themes.add(step, Theme("", "Kandidat"))

    def done(verb: str, act: Callable[[Step], object]) -> str:
        with study.step(verb=verb) as step:
            act(step)
        with study.project.read() as connection:
            said = [one for one in themes_table(connection, Filter()).notes if "since they" in one]
            shown = parts_of(connection, theme_named(connection, "Belajar"), Filter())["grounds"]
        assert [note.partition(": ")[2] for note in shown.notes if "since it was" in note] == [
            note.partition("(")[2].removesuffix(")") for note in said
        ]
        return said[0].partition("Belajar ")[2] if said else ""

    assert done("merge codes", lambda step: codebook.merge(step, twin, low)) == "", "all below it"
    assert done("move code", lambda step: codebook.move(step, far, "")) == ""
    assert done("merge codes", lambda step: codebook.merge(step, far, low)) == (
        "(1 code merged or unmerged)"
    )
    history.undo(study.project, study.first)
    assert done("move code", lambda step: codebook.move(step, far, top)) == "(1 code put elsewhere)"
    coding = study.give(document, "dua", far)
    assert done(
        "ground theme", lambda step: themes.ground(step, theme, AGAINST, coding=coding)
    ) == ("(1 code put elsewhere, 1 ground put or taken, 1 coding given or taken)")
    settle = {"status": "settled"}
    assert done("revise theme", lambda step: themes.revise(step, theme, settle)) == ""
    assert done("merge codes", lambda step: codebook.merge(step, top, other)) == (
        "(1 code merged or unmerged)"
    )
    open_again = {"status": "reviewed"}
    assert done("revise theme", lambda step: themes.revise(step, theme, open_again)) == ""


def test_what_was_recoded_out_of_a_settled_theme_is_told_as_taken() -> None:
    study = Study()
    document = study.document("W1", spoken(*interview("satu dua tiga")))
    inside, outside = study.code("belajar"), study.code("jarak")
    first, second = (study.give(document, word, inside) for word in ("satu", "dua"))
    with study.step(verb="add theme") as step:
        theme = themes.add(step, Theme("", "Belajar", status="settled"))
        themes.ground(step, theme, FOR, code=inside)
        themes.ground(step, theme, AGAINST, coding=second)

    def recoded(coding: str, *line: str) -> str:
        for code in line:
            with study.step(verb="recode") as step:
                codings.recode(step, [coding], code)
        with study.project.read() as connection:
            said = [one for one in themes_table(connection, Filter()).notes if "since they" in one]
        return said[0].partition("Belajar ")[2] if said else ""

    assert recoded(first, outside) == "(1 coding given or taken)"
    history.undo(study.project, study.first)
    assert recoded(first) == ""
    # A chosen passage and one that came back are told once; what is outside already, not at all.
    assert recoded(first, outside, inside) == "(1 coding given or taken)"
    assert recoded(second, outside) == "(2 codings given or taken)"
    third = study.give(document, "tiga", outside)
    with study.step(verb="revise theme") as step:
        themes.revise(step, theme, {"status": "settled"})
    assert recoded(third, study.code("sinyal")) == ""


def test_a_settled_theme_may_be_called_as_its_fields_are() -> None:
    study = Study()
    with study.step(verb="add theme") as step:
        theme = themes.add(step, Theme("", "Belajar", status="settled"))
    with study.step(verb="revise theme") as step:
        themes.revise(step, theme, {"name": "status"})
    with study.project.read() as connection:
        assert cells(themes_table(connection, Filter()), "status")["status"] == "settled"


def test_each_theme_tells_what_was_done_to_its_own_grounds_since_it_was_settled_itself() -> None:
    study = Study()
    document = study.document("W1", spoken(*interview("satu dua tiga")))
    top, far, out = study.code("belajar"), study.code("jarak"), study.code("lain")
    low, twin = study.code("kader", top), study.code("kader desa", top)
    first, second = study.give(document, "satu", twin), study.give(document, "dua", far)
    with study.step(verb="merge codes") as step:
        codebook.merge(step, twin, low)

    def settled(name: str, *codes: str) -> None:
        with study.step(verb="add theme") as step:
            theme = themes.add(step, Theme("", name, status="settled"))
            for code in codes:
                themes.ground(step, theme, FOR, code=code)

    def done(act: Callable[[Step], object]) -> str:
        with study.step(verb="act") as step:
            act(step)
        with study.project.read() as connection:
            said = [one for one in themes_table(connection, Filter()).notes if "since they" in one]
        return said[0].partition(": ")[2] if said else ""

    settled("Belajar", top, low)
    study.code("baru", top)
    assert done(lambda step: codebook.move(step, low, out)) == "", "it is a ground itself"
    history.undo(study.project, study.first)
    assert done(lambda step: codings.retire(step, [first])) == (
        "Belajar (1 coding given or taken)"
    ), "it counts for the code that its own was merged into"
    history.undo(study.project, study.first)
    settled("Jarak", far)
    assert done(lambda step: codings.recode(step, [second], out)) == (
        "Jarak (1 coding given or taken)"
    )
    settled("Jauh", far)
    assert done(lambda step: codebook.merge(step, low, top)) == (
        "Belajar (1 code merged or unmerged); Jarak (1 coding given or taken)"
    ), "a ground itself, and of another theme nothing"
