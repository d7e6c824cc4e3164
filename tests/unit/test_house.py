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


def length(function: Function, lines: list[str]) -> int:
    """What is done: the body, without signature, docstring and blank lines."""
    body = function.body
    first = body[1] if ast.get_docstring(function) and len(body) > 1 else body[0]
    done = lines[first.lineno - 1 : function.end_lineno]
    return sum(1 for line in done if line.strip())


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_module_is_small_and_so_are_its_functions(path):
    text = path.read_text()
    tree = ast.parse(text)

    sizes = {f.name: length(f, text.splitlines()) for f in functions(tree)}

    long = {name: size for name, size in sizes.items() if size > LONGEST_FUNCTION}

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
