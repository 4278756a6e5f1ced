"""The command ``qcode``: how it finds commands and what becomes of what they raise."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner

from qcode import __version__
from qcode.cli import diagnostics, options
from qcode.cli.commands import COMMANDS, Listed
from qcode.cli.main import Commands, load, qcode
from qcode.cli.output import Output
from qcode.errors import NotFound, QcodeError, Refused
from qcode.model.filter import Filter

ROOT = Path(__file__).parents[2]


@click.command()
@options.project
@options.coder
def who(project: str, coder: str) -> None:
    """Say which project and coder were found."""
    click.echo(f"{project} {coder}")


@click.command()
@options.filters
@options.output("table", "csv")
def asked_for(asked: Filter, to: Output) -> None:
    """Say what was asked for."""
    click.echo(repr((asked, to)))


@click.command()
@click.argument("kind")
def fail(kind: str) -> None:
    """Raise something."""
    raised: dict[str, BaseException] = {
        "told": NotFound("no code “x\x1b[2J”"),
        "stopped": KeyboardInterrupt(),
        "pipe": BrokenPipeError(),
        "bug": ZeroDivisionError(),
    }
    raise raised[kind]


def group(**commands: str) -> click.Group:
    listed = {name: Listed(__name__, at, f"help of {name}") for name, at in commands.items()}
    made = Commands("qcode", listed=listed, params=list(qcode.params))
    made.invoke_without_command = True
    return made


def run(*arguments: str, **environment: str) -> Any:
    commands = group(who="who", ask="asked_for", fail="fail")
    return CliRunner().invoke(commands, arguments, env={"QCODE_PROJECT": None, **environment})


def test_a_refusal_is_one_sentence_on_standard_error_with_exit_code_one() -> None:
    result = run("fail", "told")
    assert result.exit_code == 1
    assert result.stdout == ""
    assert result.stderr == "Error: no code “x\ufffd[2J”\n"


def test_wrong_usage_has_exit_code_two() -> None:
    assert run("ask", "--format", "pdf").exit_code == 2
    assert run("ask", "--where", "village").exit_code == 2
    assert run("faill").exit_code == 2


def test_stopping_says_that_nothing_saved_is_lost() -> None:
    result = run("fail", "stopped")
    assert result.exit_code == 1
    assert "Nothing that was saved is lost" in result.stderr


def test_a_closed_pipe_is_quiet() -> None:
    shell = f'{sys.executable} -c "{PRINTS_FOR_EVER}" | head -n 1'
    done = subprocess.run(shell, shell=True, cwd=ROOT, capture_output=True, check=False)
    assert done.stdout in {b"row\n", b"row\r\n"}
    assert done.stderr == b""


PRINTS_FOR_EVER = (
    "import click; from qcode.cli.main import Commands; from qcode.cli.commands import Listed; "
    "from tests.cli.test_main import endless; "
    "Commands('q', listed={'go': Listed('tests.cli.test_main', 'endless', '')})(['go'])"
)


@click.command()
def endless() -> None:
    """Write far more than a pipe holds."""
    for _number in range(100_000):
        click.echo("row")


def test_a_fault_of_the_program_is_not_hidden() -> None:
    assert isinstance(run("fail", "bug").exception, ZeroDivisionError)


def test_project_and_coder_may_stand_before_the_command_or_after_it(tmp_path: Path) -> None:
    settings = str(tmp_path / "settings.toml")
    before = run("-p", "a.qcode", "--coder", "x", "who", QCODE_SETTINGS=settings)
    after = run("who", "-p", "a.qcode", "--coder", "x", QCODE_SETTINGS=settings)
    assert before.stdout == after.stdout == "a.qcode x\n"


def test_filter_options_become_one_value_with_names_as_typed() -> None:
    result = run(
        "ask", "--code", "kader", "--code", "praktik", "--not", "takut", "--document", "W07",
        "--case", "W07", "--where", "village = Klaten", "--kind", "interview", "--text", "HP",
        "--layer", "siti", "--format", "csv", "-o", "out.csv",
    )  # fmt: skip
    asked = Filter(
        codes=("kader", "praktik"), without=("takut",), documents=("W07",), kinds=("interview",),
        cases=("W07",), where=(("village", "Klaten"),), text="HP", layer="siti",
    )  # fmt: skip
    assert result.stdout == repr((asked, Output("csv", Path("out.csv")))) + "\n"
    assert run("ask").stdout == repr((Filter(), Output("table"))) + "\n"


def test_without_a_command_the_project_is_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("qcode.cli.main.HOME", Listed(__name__, "who", ""))
    result = CliRunner().invoke(qcode, ["-p", "a.qcode", "--coder", "x"])
    assert result.stdout == "a.qcode x\n"


def test_without_a_command_and_a_home_the_help_is_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("qcode.cli.main.HOME", None)
    assert "Usage: qcode" in CliRunner().invoke(qcode, []).stdout


def test_a_project_that_is_not_there_is_told_not_raised(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    result = run("who")
    assert result.exit_code == 1
    assert "qcode init NAME" in result.stderr


def test_the_help_lists_commands_without_importing_them() -> None:
    commands = Commands("qcode", listed={"ghost": Listed("no.such.module", "x", "help of ghost")})
    result = CliRunner().invoke(commands, ["--help"])
    assert "ghost  help of ghost" in result.output


@pytest.mark.parametrize("name", COMMANDS)
def test_every_listed_command_exists_and_explains_itself(name: str) -> None:
    assert load(COMMANDS[name]).help
    assert COMMANDS[name].help


def test_an_entry_that_is_no_command_is_a_fault() -> None:
    with pytest.raises(TypeError, match="not a command"):
        load(Listed(__name__, "ROOT", ""))


def test_the_program_runs_as_a_module_and_names_its_version() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "qcode", "--version"],
        cwd=ROOT, capture_output=True, text=True, check=True,
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
    )  # fmt: skip
    assert done.stdout.strip() == f"qcode, version {__version__}"


def test_nothing_is_asked_where_nobody_can_answer() -> None:
    assert diagnostics.ask("Which?", "this one") == "this one"
    diagnostics.confirm("Really?", yes=True)
    with pytest.raises(Refused, match="--yes"):
        diagnostics.confirm("Really?")


def test_progress_is_silent_where_there_is_no_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    with diagnostics.progress("importing", 3) as advance:
        advance(1)
    assert capsys.readouterr().err == ""


def test_a_person_who_says_no_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(diagnostics, "someone_answers", lambda: True)
    monkeypatch.setattr(click, "confirm", lambda *_args, **_options: False)
    with pytest.raises(QcodeError, match="Nothing was changed"):
        diagnostics.confirm("Really?")
