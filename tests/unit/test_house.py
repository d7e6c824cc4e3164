"""The house rules that no linter knows: small modules, small functions, empty inits."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = ("services", "shared", "deploy", "tests")
MODULES = sorted(
    path
    for folder in FOLDERS
    for path in (ROOT / folder).rglob("*.py")
    if ".local" not in path.parts
)
LONGEST_MODULE = 200
LONGEST_FUNCTION = 25

Function = ast.FunctionDef | ast.AsyncFunctionDef


def functions(tree: ast.Module) -> Iterator[Function]:
    for node in ast.walk(tree):
        if isinstance(node, Function):
            yield node


def length(function: Function) -> int:
    """Lines from `def` to the end, without the docstring."""
    lines = (function.end_lineno or function.lineno) - function.lineno + 1
    if ast.get_docstring(function) is None:
        return lines
    words = function.body[0]
    return lines - ((words.end_lineno or words.lineno) - words.lineno + 1)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_module_is_small_and_so_are_its_functions(path):
    text = path.read_text()
    tree = ast.parse(text)

    long = {f.name: length(f) for f in functions(tree) if length(f) > LONGEST_FUNCTION}

    assert len(text.splitlines()) <= LONGEST_MODULE
    assert long == {}


@pytest.mark.parametrize(
    "path",
    [path for path in MODULES if path.name == "__init__.py"],
    ids=lambda path: str(path.relative_to(ROOT)),
)
def test_an_init_holds_one_docstring_and_nothing_else(path):
    tree = ast.parse(path.read_text())

    assert ast.get_docstring(tree)
    assert len(tree.body) == 1
