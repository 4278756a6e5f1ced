"""Quotations that are prepared: what goes out of them, and what stays inside."""

from __future__ import annotations

from pathlib import Path

import pytest

from qcode.errors import BadInput, NotFound, Refused
from qcode.model.case import Consent
from qcode.model.document import Splice, Transcript, Turn
from qcode.model.excerpt import Excerpt, Manner
from qcode.model.filter import Filter
from qcode.model.theme import Theme
from qcode.store import cases, documents, themes
from qcode.workflows import plain_export, plain_import, quotations
from qcode.workflows.excerpts import Excerpts, excerpt, excerpts, of_passages
from qcode.workflows.manner import manner_typed
from qcode.workflows.retrieving import Shelf, retrieved
from tests.workflows.studies import Study, column, notes, spoken

TURNS = (("P", "lalu bagaimana?"), ("N", "Kata Pak Darmo saya takut. Lalu bisa. Ya, bisa."))

PLAIN = Manner()
CODES: dict[tuple[str, str], str] = {}
"""Codings by document and first word."""


@pytest.fixture
def study() -> Study:
    study = Study()
    for name in ("W1", "W2"):
        case = study.case(f"I{name}", {"desa": "A"}, consent=True)
        document = study.document(name, spoken(*TURNS, ("P", name)), cases_of={"N": case})
        for words in ("Kata Pak Darmo saya takut.", "Lalu bisa."):
            CODES[name, words[:4]] = study.give(document, words, study.code(f"{words} {name}"))
    return study


def out(study: Study, manner: Manner = PLAIN) -> Excerpts:
    with study.project.read() as connection:
        return excerpts(connection, Filter(), manner)


def first(study: Study, manner: Manner = PLAIN) -> Excerpt:
    return out(study, manner).excerpts[0]


def prepare(study: Study) -> str:
    coding = CODES["W1", "Kata"]
    with study.step(verb="shorten quotation") as step:
        quotations.shorten(step, coding, "Kata [...] saya takut.")
        quotations.translate(step, coding, "en", "They say I was afraid.", "bima")
        quotations.give_role(step, coding, "typ")
        quotations.use(step, coding, ["Bab 4"])
    return coding


def correct(study: Study, old: str, new: str) -> None:
    """Correct a word of W1."""
    with study.project.read() as connection:
        document = named(study, "W1")
        before = documents.current(connection, document).transcript
    at = before.text.index(old)
    by = len(new) - len(old)
    turns = tuple(
        Turn(one.start + by * (one.start > at), one.said + by * (one.said > at),
             one.end + by * (one.end > at), one.speaker)
        for one in before.turns
    )  # fmt: skip
    after = Transcript(before.text.replace(old, new, 1), turns)
    with study.step(verb="correct") as step:
        documents.correct(step, document, after, [Splice(at, at + len(old), len(new))])


def named(study: Study, name: str) -> str:
    with study.project.read() as connection:
        return next(one.id for one in documents.listed(connection) if one.name == name)


def test_an_excerpt_is_shortened_with_a_mark_and_carries_what_was_prepared(study: Study) -> None:
    prepare(study)
    one = first(study, Manner(language="en"))
    assert (one.text, one.short, one.role, one.used) == (
        "Kata [...] saya takut.", True, "typical", ("Bab 4",)
    )  # fmt: skip
    assert one.translation
    assert (one.translation.text, one.translation.by) == ("They say I was afraid.", "bima")
    assert first(study).translation is None
    found = out(study, Manner(language="en", key=True))
    assert [one.number for one in found.excerpts] == [1]
    assert "1 of 1 excerpts have a translation (en)" in found.notes


def test_a_correction_elsewhere_leaves_it_and_one_of_its_words_keeps_it_inside_until_looked_at(
    study: Study,
) -> None:
    coding = prepare(study)
    correct(study, "Ya, bisa.", "Ya, nanti bisa.")
    assert first(study).text == "Kata [...] saya takut."
    correct(study, "saya takut", "Bu Sri takut")
    found = out(study, Manner(language="en"))
    assert "1 excerpt withheld: shortened words that have changed since 1" in found.notes
    assert not any("Darmo" in one.text and one.document == "W1" for one in found.excerpts)
    with study.project.read() as connection:
        shelf = Shelf(connection)
        stale = [one for one in retrieved(shelf, Filter()).passages
                 if one.segment.coding.id == coding]  # fmt: skip
        shown = of_passages(connection, shelf, stale)
        assert [one.text for one in shown.excerpts] == ["[...]"]
        assert any("only a mark" in note for note in shown.notes)
        with pytest.raises(Refused, match="have changed since"):
            excerpt(connection, coding)
        table = quotations.table(connection, Filter())
    assert column(table, "check")["W1:2.1"].startswith("shortened words that have changed")
    assert column(table, "text") == {"W1:2.1": "✗"}
    with study.step(verb="shorten quotation") as step:
        quotations.shorten(step, coding, cuts=["2-4"])
    found = out(study, Manner(language="en"))
    assert found.excerpts[0].text == "Kata [...] Sri takut."
    assert found.excerpts[0].translation is None
    assert "left out, because the words have changed since they were translated: W1:2.1" in (
        found.notes
    )
    with study.step(verb="translate quotation") as step:
        quotations.translate(step, coding, "en", "", checked="dosen")
    again = first(study, Manner(language="en")).translation
    assert again
    assert (again.text, again.checked) == ("They say I was afraid.", "dosen")


def test_a_translation_that_nobody_agreed_to_is_refused_and_goes_out_nowhere(study: Study) -> None:
    coding = prepare(study)
    with study.step(verb="consent") as step:
        case = cases.case_id(step, "informant", "IW1")
        cases.set_consent(step, case, Consent(quotation=True, translation=False))
    found = out(study, Manner(language="en"))
    assert found.excerpts[0].translation is None
    assert "1 translation withheld: no consent to translate" in found.notes
    with study.step(verb="translate quotation") as step, pytest.raises(Refused, match="IW1"):
        quotations.translate(step, coding, "en", "again")


def test_nothing_is_prepared_of_what_stays_inside_and_words_cannot_be_changed(
    study: Study,
) -> None:
    coding = CODES["W2", "Kata"]
    with study.step() as step, pytest.raises(BadInput, match="leaving words out"):
        quotations.shorten(step, coding, "Kata Pak Budi saya takut.")
    study.mark(named(study, "W2"), "Darmo", "off the record")
    with study.step() as step, pytest.raises(Refused, match="off the record"):
        quotations.give_role(step, coding, "typical")


def test_around_a_quotation_stand_sentences_up_to_what_may_not_be_shown(study: Study) -> None:
    one = out(study, Manner(context=2)).excerpts[1]
    assert (one.text, one.before, one.after) == (
        "Lalu bisa.", "P: lalu bagaimana?\nKata Pak Darmo saya takut.", "Ya, bisa.\nP: W1"
    )  # fmt: skip
    study.mark(named(study, "W1"), "Darmo", "off the record")
    found = out(study, Manner(context=2))
    assert (found.excerpts[0].text, found.excerpts[0].before) == ("Lalu bisa.", "")
    assert not any("Darmo" in f"{one}" for one in found.excerpts if one.document == "W1")


def test_informants_are_counted_by_the_quotations_that_are_used(study: Study) -> None:
    prepare(study)
    with study.step(verb="use quotation") as step:
        quotations.use(step, CODES["W2", "Lalu"], ["Bab 4", "Tabel 1"])
        quotations.give_role(step, CODES["W1", "Lalu"], "striking")
        quotations.used_only(step, CODES["W2", "Lalu"], ["Tabel 1", "Tabel 2"])
    with study.project.read() as connection:
        table = quotations.informants(connection, Filter())
    assert column(table, "used") == {"IW1": "1 of 2", "IW2": "1 of 2"}
    assert column(table, "places") == {"IW1": "1", "IW2": "2"}
    assert column(table, "prepared") == {"IW1": "2", "IW2": "1"}
    assert "2 of 2 informants are quoted; 1 of them give at least half" in notes(table)


def test_groups_head_what_stands_in_them_and_numbers_stay_those_of_the_list(study: Study) -> None:
    plain = out(study)
    by_village = out(study, Manner(group="desa"))
    by_case = out(study, Manner(group="case"))
    by_code = out(study, Manner(group="code"))
    assert plain.groups is None
    assert plain.title == by_case.title == by_code.title
    assert by_village.groups and by_case.groups  # noqa: PT018 - to mypy
    assert by_code.groups
    assert [one.title for one in by_village.groups] == ["desa: A"]
    assert [(one.title, [each.number for each in one.excerpts]) for one in by_case.groups] == [
        ("IW1", [1, 2]), ("IW2", [3, 4])
    ]  # fmt: skip
    assert len(by_code.groups) == 4
    assert "2 informants may be recognised by the reference line: IW1, IW2" in by_village.notes


def test_under_a_theme_stands_what_it_rests_on_by_side_and_what_was_dropped_heads_nothing(
    study: Study,
) -> None:
    parent = study.code("di atas")
    study.give(named(study, "W1"), "Ya, bisa.", study.code("bisa", parent))
    with study.step(verb="add theme") as step:
        kept = themes.add(step, Theme("", "Keberanian"))
        gone = themes.add(step, Theme("", "Lepas", status="dropped"))
        themes.ground(step, kept, "for", code=parent)
        themes.ground(step, kept, "against", coding=CODES["W2", "Kata"])
        themes.ground(step, gone, "for", coding=CODES["W1", "Kata"])
    found = out(study, Manner(group="theme")).groups or ()
    assert [(one.title, [each.address for each in one.excerpts]) for one in found] == [
        ("Keberanian", ["W1:2.3"]),
        ("Keberanian (against)", ["W2:2.1"]),
        ("in no theme", ["W1:2.1", "W1:2.2", "W2:2.2"]),
    ]


def test_plain_files_take_all_of_it_out_and_in_and_bring_nothing_twice(
    study: Study, tmp_path: Path
) -> None:
    coding = prepare(study)
    with study.step(verb="use quotation") as step:
        quotations.use(step, coding, ["Tabel 1"])
        quotations.shorten(step, CODES["W2", "Kata"], cuts=["1-3"])
    correct(study, "Lalu bisa.", "Lalu tidak.")
    with study.step(verb="shorten quotation") as step:
        quotations.shorten(step, CODES["W1", "Lalu"], "Lalu")
        quotations.translate(step, CODES["W1", "Lalu"], "en", "Then [...]")
    correct(study, "Lalu tidak.", "Nanti belum.")
    files = {}
    for time in ("first", "second"):
        with study.project.read() as connection:
            plain_export.write(connection, tmp_path / time)
        files[time] = [(tmp_path / time / f"{name}.csv").read_text(encoding="utf-8")
                       for name in ("quotations", "translations")]  # fmt: skip
        copy = Study()
        with copy.step(verb="import") as step:
            plain_import.store(step, plain_import.read(tmp_path / time))
            again = plain_import.store(step, plain_import.read(tmp_path / time))
        assert again.new.get("quotation") == 0
        before, study = study, copy
    assert files["first"] == files["second"]
    assert '"2-3","typical","Bab 4 | Tabel 1"' in files["first"][0]
    assert '"?"' in files["first"][0]
    assert files["first"][1].count('"yes"') == 1
    assert texts(before) == texts(study)
    assert not any("belum" in text for text in texts(study))


def texts(study: Study) -> list[str]:
    return [one.text for one in out(study, Manner(language="en")).excerpts]


def test_a_line_says_how_excerpts_are_wanted_or_what_is_wrong_with_it() -> None:
    line = "--group desa --translation EN --context 2 --privacy vill --ref peran --ref=usia --key"
    assert manner_typed(line) == Manner(
        ("peran", "usia"), "village", "en", 2, "desa", key=True
    )  # fmt: skip
    assert manner_typed("") == Manner()
    for wrong in ("--grup desa", "--group", "--context many", "--context 99", "--privacy all", "'"):
        with pytest.raises((BadInput, NotFound)):
            manner_typed(wrong)
