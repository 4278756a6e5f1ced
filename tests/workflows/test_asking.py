from __future__ import annotations

from dataclasses import fields

import click
import pytest

from qcode.cli import options
from qcode.errors import BadInput, QcodeError
from qcode.model.filter import Filter
from qcode.store import searches
from qcode.workflows.asking import FIELDS, filter_typed
from qcode.workflows.searching import saved, unfolded
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
