from __future__ import annotations

import shlex
from dataclasses import fields

import click
import pytest

from qcode.cli import options
from qcode.errors import BadInput, QcodeError
from qcode.model.bound import Bound
from qcode.model.filter import Filter
from qcode.store import searches
from qcode.workflows.asking import FIELDS, condition, filter_typed, line_of
from qcode.workflows.choosing import resolved
from qcode.workflows.searching import save, saved, unfolded
from tests.workflows.studies import Study


def test_a_line_means_what_the_same_options_mean_on_the_command_line() -> None:
    line = "--code 'literasi rendah' --code=ongkir --where desa=A --where 'peran=pelaku UMKM'"
    assert filter_typed(f"{line} --kind obs --layer sari takut HP") == Filter(
        codes=("literasi rendah", "ongkir"),
        where=(("desa", "A"), ("peran", "pelaku UMKM")),
        kinds=("observation",),
        layer="sari",
        text="takut HP",
    )
    assert filter_typed("  ") == Filter()


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("usia>=40", ("usia", Bound(">=", "40"))), ("usia < 40,5", ("usia", Bound("<", "40,5"))),
        ("lama (th)<=2019-03", ("lama (th)", Bound("<=", "2019-03"))),
        # Signs of what is not compared are part of names and values.
        ("lama=<1 tahun", ("lama", "<1 tahun")), ("lama=>=5", ("lama", ">=5")),
        ("omzet >1 juta=ya", ("omzet >1 juta", "ya")),
    ],
)  # fmt: skip
def test_a_value_and_a_bound_are_told_apart_and_written_as_they_were_typed(
    typed: str, meant: tuple[str, str | Bound]
) -> None:
    assert condition(typed) == meant
    line = line_of(Filter(where=(meant,)))
    assert filter_typed(line) == Filter(where=(meant,))
    assert shlex.split(line) == ["--where", typed.replace(" < ", "<")]


@pytest.mark.parametrize("typed", ["usia", "usia>=", "<40", ">", "=", "usia=", "<=40", ""])
def test_what_is_neither_a_value_nor_a_bound_says_how_both_are_written(typed: str) -> None:
    with pytest.raises(BadInput, match=r"village=Klaten.*age>=40"):
        condition(typed)


def test_every_filter_option_of_the_command_line_is_known() -> None:
    @click.command()
    @options.filters
    def command(asked: Filter) -> None:
        del asked

    declared = {one.opts[0]: str(one.name).removeprefix("wanted_") for one in command.params}
    assert declared.pop("--save") == "save"
    assert declared.pop("wanted_named") == "named"
    assert declared == dict(FIELDS)
    assert {*FIELDS.values()} == {one.name for one in fields(Filter)}


@pytest.mark.parametrize(
    ("line", "told"),
    [("--kode x", "no option “--kode”"), ("--code", "needs a value"), ("--where x", "ATTRIBUTE"),
     ("'takut", "not closed"), ("--kind surat", "surat"), ("--near lima", "lima"),
     ("--layer a --layer b", "--layer is given twice"),
     ("--coder sari --layer bima", "leave one out"),
     ("--and x --near 3 --within turn", "leave one out"), ("--within turn", "there is none")],
)  # fmt: skip
def test_a_line_that_means_nothing_is_refused_with_a_sentence(line: str, told: str) -> None:
    with pytest.raises(QcodeError, match=told):
        filter_typed(line)


def test_a_saved_search_whose_code_is_not_there_is_refused_and_listed() -> None:
    study = Study()
    study.code("kader dua")
    with study.step(verb="save search") as step:
        searches.save(step, "lama", "--code kader", {"code": {"kader": "f" * 32}})
    with study.project.read() as connection:
        with pytest.raises(BadInput, match="its code “kader” is not there any more"):
            unfolded(connection, Filter(searches=("lama",)))
        assert "is not there any more" in str(saved(connection).rows[0][1])


def test_a_saved_search_is_narrowed_by_a_bound_and_not_widened_by_another_name() -> None:
    study = Study()
    for name, age in (("W01", "39"), ("W02", "45"), ("W03", "61")):
        study.case(name, {"usia": age, "desa": "A" if name == "W03" else "B"})
    with study.step(verb="save search") as step:
        save(step, "tua", Filter(where=(("us", Bound(">=", "40")),)))
        save(step, "kota", Filter(where=(("village", "A"),)))
    with study.project.read() as connection:
        young = Filter(where=(("us", Bound("<", "60")),), searches=("tua",))
        assert resolved(connection, young).where == (("usia", "45"),)
        for name, value in (
            ("tua", ("us", "39")),
            ("kota", ("village", "B")),
            ("kota", ("de", "B")),
        ):
            with pytest.raises(BadInput, match="has --where already"):
                unfolded(connection, Filter(where=(value,), searches=(name,)))
        assert saved(connection).rows[1][1:] == (
            "passages of cases whose usia is ≥ 40", "--where 'usia>=40'")  # fmt: skip
