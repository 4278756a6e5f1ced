"""The house rules that a glance can check (CONTRIBUTING.md says why)."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
MODULES = sorted((ROOT / "qcode").rglob("*.py"))
TESTS = sorted((ROOT / "tests").rglob("test_*.py"))
SAYS_NOTHING = {"utils", "helpers", "common", "core", "base", "manager", "service", "misc"}
MOST_LINES, MOST_IN_FUNCTION, MOST_PARAMETERS = 400, 45, 7


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def nodes(path: Path) -> Iterator[ast.AST]:
    return ast.walk(ast.parse(path.read_text(encoding="utf-8")))


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in nodes(path):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


@pytest.mark.parametrize("path", MODULES + TESTS, ids=name)
def test_a_file_can_be_read_in_one_sitting(path: Path) -> None:
    assert path.read_text(encoding="utf-8").count("\n") <= MOST_LINES


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_functions_are_short_and_take_few_parameters(path: Path) -> None:
    for function in functions(path):
        lines = (function.end_lineno or function.lineno) - function.lineno + 1
        taken = function.args
        parameters = len(taken.posonlyargs) + len(taken.args) + len(taken.kwonlyargs)
        assert lines <= MOST_IN_FUNCTION, f"{function.name} has {lines} lines"
        assert parameters <= MOST_PARAMETERS, f"{function.name} has {parameters} parameters"


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_nothing_catches_everything(path: Path) -> None:
    for node in nodes(path):
        if isinstance(node, ast.ExceptHandler):
            caught = node.type.elts if isinstance(node.type, ast.Tuple) else [node.type]
            names = {getattr(kind, "id", "") for kind in caught}
            assert node.type is not None, f"line {node.lineno} catches everything"
            assert not names & {"Exception", "BaseException"}, f"line {node.lineno}"


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_a_module_is_named_by_what_it_is_about(path: Path) -> None:
    assert not SAYS_NOTHING & {path.stem, path.parent.name}


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_a_text_for_translation_is_whole(path: Path) -> None:
    for node in nodes(path):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in {"_", "counted"}:
            pieces = [argument for argument in node.args if isinstance(argument, ast.JoinedStr)]
            assert not pieces, f"line {node.lineno} translates an f-string"


@pytest.mark.parametrize("path", TESTS, ids=name)
def test_the_name_of_a_test_is_a_sentence(path: Path) -> None:
    for function in functions(path):
        if function.name.startswith("test_"):
            assert len(function.name.split("_")) > 3, function.name


@pytest.mark.parametrize("path", MODULES + TESTS, ids=name)
def test_no_file_names_a_folder_of_one_machine(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    for folder in ("work", "root", "tmp/v"):
        assert f'"/{folder}/' not in text
        assert f"'/{folder}/" not in text
