"""A file of a pack in which every value knows its line."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml
from pydantic import TypeAdapter, ValidationError

Path_ = Sequence[str | int]
_NAMES = ("id", "code", "variable", "key", "name", "street", "quarter")


@dataclass(frozen=True, slots=True)
class Mistake:
    """Where a pack is wrong, and in what way."""

    file: str
    line: int
    field: str
    message: str

    def __str__(self) -> str:
        """One line that a person and an editor can read."""
        where = f"{self.file}:{self.line}: "
        return where + (f"{self.field}: " if self.field else "") + self.message


@dataclass
class Document:
    """A YAML or JSON file of a pack; `model` is None when it has mistakes."""

    name: str
    value: Any = None
    node: Any = None
    model: Any = None
    mistakes: list[Mistake] = field(default_factory=list)

    def mistake(self, path: Path_, message: str) -> Mistake:
        """A mistake at the line of a value, or of what it is missing in."""
        return Mistake(self.name, self._line(path), self._title(path), message)

    def _line(self, path: Path_) -> int:
        node, line = self.node, 1
        for step in path:
            found = _below(node, step)
            if found is None:
                break
            line, node = found
        return line

    def _title(self, path: Path_) -> str:
        """The path in words: an entry of a list is called by its name, not counted."""
        value, title = self.value, []
        for step in path:
            value = _inside(value, step)
            named = isinstance(step, int) and isinstance(value, dict)
            names = (value[key] for key in _NAMES if key in value) if named else ()
            title.append(str(next(iter(names), step)))
        return ".".join(title)


def read_document(folder: Path, name: str, shape: TypeAdapter[Any]) -> Document:
    """A file as it must look, with all that is wrong about it."""
    document = Document(name)
    try:
        text = (folder / name).read_text("utf-8")
        document.node = yaml.compose(text, Loader=_loader())
        document.value = yaml.load(text, Loader=_loader())  # noqa: S506
    except OSError as error:
        document.mistakes.append(Mistake(name, 1, "", error.strerror or str(error)))
    except UnicodeDecodeError:
        document.mistakes.append(Mistake(name, 1, "", "is not written in UTF-8"))
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        document.mistakes.append(Mistake(name, line, "", str(error.problem)))
    else:
        document.mistakes.extend(_twice(name, document.node))
        _validate(document, shape)
    return document


def _validate(document: Document, shape: TypeAdapter[Any]) -> None:
    try:
        document.model = shape.validate_python(document.value)
    except ValidationError as error:
        for each in error.errors(include_url=False):
            message = each["msg"].removeprefix("Value error, ")
            document.mistakes.append(document.mistake(each["loc"], message))


def _loader() -> Any:
    return getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def _below(node: Any, step: str | int) -> tuple[int, Any] | None:
    """The line on which a part of a node begins, and the part."""
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value == str(step):
                return key.start_mark.line + 1, value
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int):
        part = node.value[step]
        return part.start_mark.line + 1, part
    return None


def _inside(value: Any, step: str | int) -> Any:
    try:
        return value[step]
    except (KeyError, IndexError, TypeError):
        return None


def _twice(name: str, node: Any) -> Iterator[Mistake]:
    """Keys that are written twice: YAML would silently forget the first."""
    if isinstance(node, yaml.SequenceNode):
        for part in node.value:
            yield from _twice(name, part)
    elif isinstance(node, yaml.MappingNode):
        seen = set[str]()
        for key, value in node.value:
            if key.value in seen:
                line = key.start_mark.line + 1
                yield Mistake(name, line, key.value, "is written twice")
            seen.add(key.value)
            yield from _twice(name, value)
