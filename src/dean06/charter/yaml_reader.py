"""Reading a stranger's YAML safely: no anchors, no duplicate keys, no tags, a size limit, and a place for every fault.

Words are read as YAML 1.2 reads them, so `OFF` is a word; labels such as "4" want quotes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from dean06.charter.errors import Fault

MAX_BYTES = 1_000_000
MAX_DEPTH = 24
MAX_BRACKETS = 100
_BRACKETS = re.compile(r"[\[\]{}]")
_KINDS = {
    f"tag:yaml.org,2002:{kind}" for kind in ("str", "int", "float", "bool", "null", "timestamp", "map", "seq", "merge")
}
_TRUE, _FALSE = ("true", "True", "TRUE"), ("false", "False", "FALSE")
_WHOLE = re.compile(r"[+-]?[0-9]{1,18}")
_HALF = re.compile("[\ud800-\udfff]")  # half a letter: YAML can write it, no file can
# What the parser meets in a spoilt file beside its own errors.
_STUMBLES = (RecursionError, ArithmeticError, ValueError, LookupError, TypeError, AttributeError, AssertionError)


@dataclass(slots=True)
class _Walk:
    file: str
    faults: list[Fault] = field(default_factory=list)

    def fault(self, path: str, node: Node, vi: str, en: str) -> None:
        self.faults.append(Fault(self.file, path, vi, en, row=node.start_mark.line + 1))

    def value(self, node: Node, path: str, depth: int = 0) -> object:
        if depth > MAX_DEPTH:
            self.fault(path, node, "Lồng quá sâu: giảm số cấp.", "Nested too deeply: use fewer levels.")
            return None
        if node.anchor is not None:
            self.fault(path, node, "Không dùng neo (&, *): viết lại.", "Anchors (&, *) are refused: repeat it.")
        if str(node.tag) not in _KINDS:
            self.fault(path, node, f"Không dùng nhãn kiểu {node.tag}.", f"Tags such as {node.tag} are refused.")
            return None
        if isinstance(node, MappingNode):
            return self._mapping(node, path, depth)
        if isinstance(node, SequenceNode):
            return [self.value(child, f"{path}[{n}]", depth + 1) for n, child in enumerate(node.value)]
        if _HALF.search(str(node.value)):
            self.fault(path, node, "Có ký tự không viết ra được: bỏ.", "A letter here cannot be written: remove it.")
            return None
        return _scalar(node)

    def _mapping(self, node: MappingNode, path: str, depth: int) -> dict[str, object]:
        result: dict[str, object] = {}
        for key_node, child in node.value:
            key = str(key_node.value) if isinstance(key_node, ScalarNode) else ""
            if not key.strip() or _HALF.search(key):
                self.fault(path, key_node, "Khóa phải là một từ.", "A key must be one word.")
                continue
            here = f"{path}.{key}" if path else key
            if key in result:
                self.fault(here, key_node, "Khóa này viết hai lần: bỏ một.", "This key stands twice: remove one.")
                continue
            result[key] = self.value(child, here, depth + 1)
        return result


def _scalar(node: Node) -> object:
    text, kind = str(node.value), str(node.tag).rpartition(":")[2]
    if kind == "bool" and text in (*_TRUE, *_FALSE):
        return text in _TRUE
    if kind == "null":
        return None
    return int(text) if kind == "int" and _WHOLE.fullmatch(text) else text


def read(path: Path, name: str | None = None) -> tuple[object, list[Fault]]:
    """Return the plain value of a YAML or JSON file, with every fault found on the way."""
    file = name or path.name
    try:
        raw = path.read_bytes()
    except OSError:
        vi, en = (
            "Không có hoặc không đọc được tệp này: kiểm tra đường dẫn.",
            "No such file, or unreadable: check the path.",
        )
        return None, [Fault(file, "", vi, en)]
    return read_bytes(raw, file)


def read_bytes(raw: bytes, file: str) -> tuple[object, list[Fault]]:
    """Return the plain value of YAML or JSON bytes, with every fault found on the way."""
    if len(raw) > MAX_BYTES:
        limit = MAX_BYTES // 1000
        return None, [Fault(file, "", f"Tệp lớn hơn {limit} kB: chia nhỏ.", f"The file exceeds {limit} kB: split it.")]
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        at = error.start
        return None, [Fault(file, f"byte {at}", "Tệp không phải UTF-8: lưu lại bằng UTF-8.", "Save the file as UTF-8.")]
    return _read_text(text, file)


def _read_text(text: str, file: str) -> tuple[object, list[Fault]]:
    if _too_deep(text):
        return None, [Fault(file, "", "Lồng quá sâu: giảm số cấp.", "Nested too deeply: use fewer levels.")]
    walk, reader = _Walk(file), YAML(typ="safe", pure=True)
    reader.composer.warn_double_anchors = False  # YAML lets an anchor be set anew; a warning would print the text
    try:
        node = reader.compose(text)
    except YAMLError as error:
        return None, [_unreadable(file, error)]
    except _STUMBLES as error:
        kind = type(error).__name__
        return None, [Fault(file, "", f"Không đọc được YAML ({kind}).", f"The YAML cannot be read ({kind}).")]
    if node is None:
        return None, [Fault(file, "", "Tệp trống.", "The file is empty.")]
    value = walk.value(node, "")
    return value, walk.faults


def _too_deep(text: str) -> bool:
    """Refuse runaway brackets before they are parsed; a reader's time grows with the square of their depth."""
    depth = 0
    for mark in _BRACKETS.findall(text):
        depth = depth + 1 if mark in "[{" else max(0, depth - 1)
        if depth > MAX_BRACKETS:
            return True
    return False


def _unreadable(file: str, error: YAMLError) -> Fault:
    mark = getattr(error, "problem_mark", None)
    row, column = (mark.line + 1, mark.column + 1) if mark is not None else (None, None)
    problem = getattr(error, "problem", None) or "YAML"
    return Fault(file, "", f"Sai cú pháp YAML: {problem}.", f"YAML syntax: {problem}.", row=row, column=column)
