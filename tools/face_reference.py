"""Write the reference of the rooms' faces, docs/giao-dien.md: `python tools/face_reference.py`.

The sources are parsed, never imported, so that neither settings nor a database are needed. A room shows what its
`service` and `live` show; in `flows` every file is a journey and shows its own functions.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from configparser import ConfigParser
from functools import cache
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src"
PAGE = ROOT / "docs" / "giao-dien.md"
JOURNEYS = "flows"
HEAD = """# Mặt của các phòng (faces of the rooms)

Trang này được tạo bằng `make docs`; đừng sửa tay. (Generated; do not edit.)

Mỗi phòng có một mặt: `service`, và `live` khi cần một mặt không có Django. Phòng khác chỉ vào qua mặt đó; lệnh nhập
chỉ đi xuống tầng dưới. Bản đồ của cả ngôi nhà ở [kien-truc.md](kien-truc.md).

*A room has one face, `service`, and a second without Django, `live`, where one is needed. Others enter by the face
alone, and imports only go down. Values and exceptions of a face are in the room's `types` and `errors`.*
"""

Node = ast.FunctionDef | ast.ClassDef


class Shown(NamedTuple):
    """One name of a face: how it is called and what it does."""

    name: str
    call: str
    about: str

    def line(self) -> str:
        """Return the entry as a line of the page."""
        return f"- `{self.call}`" + (f": {self.about}" if self.about else "")


def floors() -> list[list[str]]:
    """Return the rooms by floor, the doors first, as the fences have them."""
    fences = ConfigParser()
    fences.read(ROOT / ".importlinter", encoding="utf-8")
    layers = fences["importlinter:contract:floors"]["layers"].strip().splitlines()
    return [[room.strip() for room in layer.split("|")] for layer in layers]


@cache
def module(dotted: str) -> ast.Module | None:
    """Return the syntax tree of a module of the house, None when there is none."""
    path = SOURCE.joinpath(*dotted.split("."))
    for candidate in (path.with_suffix(".py"), path / "__init__.py"):
        if candidate.is_file():
            return ast.parse(candidate.read_text(encoding="utf-8"))
    return None


def first_line(node: ast.AsyncFunctionDef | ast.FunctionDef | ast.ClassDef | ast.Module) -> str:
    """Return the first line of a docstring, without its full stop."""
    said = ast.get_docstring(node) or ""
    return said.partition("\n")[0].strip().removesuffix(".")


def names(tree: ast.Module) -> list[str]:
    """Return what a module shows: its `__all__`, or its public functions and classes."""
    for node in tree.body:
        if isinstance(node, ast.Assign) and [ast.unparse(target) for target in node.targets] == ["__all__"]:
            return list(ast.literal_eval(node.value))
    return [node.name for node in tree.body if isinstance(node, Node) and not node.name.startswith("_")]


def definition(dotted: str, name: str) -> Node | None:
    """Return the function or class that a name of a module stands for, wherever it is written."""
    tree = module(dotted)
    if tree is None:
        return None
    lazily = [inner for node in tree.body if isinstance(node, ast.If) for inner in node.body]  # under TYPE_CHECKING
    for node in (*tree.body, *lazily):
        if isinstance(node, Node) and node.name == name:
            return node
        if isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                if (alias.asname or alias.name) == name:
                    return definition(node.module, alias.name)
    return None


def shown(dotted: str, name: str) -> Shown:
    """Return one entry of a face."""
    node = definition(dotted, name)
    if isinstance(node, ast.FunctionDef):
        answer = f" -> {ast.unparse(node.returns)}" if node.returns else ""
        return Shown(name, f"{name}({ast.unparse(node.args)}){answer}", first_line(node))
    if isinstance(node, ast.ClassDef):
        return Shown(name, f"class {name}", first_line(node))
    return Shown(name, name, "")


def faces(room: str) -> Iterator[str]:
    """Give the modules that are a room's face, by dotted name."""
    folder = SOURCE / "dean06" / room
    if room == JOURNEYS:
        files = (path.relative_to(SOURCE).with_suffix("") for path in sorted(folder.rglob("*.py")))
        dotted = (".".join(path.parts).removesuffix(".__init__") for path in files)
        yield from (name for name in dotted if name != f"dean06.{room}")
        return
    for face in ("service", "live"):
        if (folder / f"{face}.py").is_file() or (folder / face / "__init__.py").is_file():
            yield f"dean06.{room}.{face}"
            nested = sorted((folder / face).glob("*.py"))
            yield from (f"dean06.{room}.{face}.{path.stem}" for path in nested if not path.stem.startswith("_"))


def face(dotted: str, told: set[str]) -> str:
    """Return the section of one face; what an earlier face of the room has told is only named."""
    tree = module(dotted)
    if tree is None:
        return ""
    entries = [shown(dotted, name) for name in names(tree)]
    new = [entry.line() for entry in entries if entry.call not in told]
    again = [f"`{entry.name}`" for entry in entries if entry.call in told]
    told.update(entry.call for entry in entries)
    if again:
        new.append(f"- như trên (as above): {', '.join(again)}")
    about = first_line(tree)
    return f"**`{dotted}`**" + (f": {about}." if about else "") + "\n\n" + "".join(f"{line}\n" for line in new)


def section(room: str) -> str:
    """Return what a room shows, or nothing for a door that shows no face."""
    told: set[str] = set()
    parts = [text for dotted in faces(room) if (text := face(dotted, told)).count("\n- ")]
    tree = module(f"dean06.{room}")
    about = first_line(tree) if tree else ""
    return "\n".join([f"### {room}\n\n{about}.\n", *parts]) if parts else ""


def reference() -> str:
    """Return the whole page."""
    parts = [HEAD]
    for height, rooms in reversed(list(enumerate(reversed(floors())))):
        sections = [text for room in rooms if (text := section(room))]
        floor = f"Tầng {height - 1}" if height else "Nền"  # the clock lies under the floors
        if sections:
            parts += [f"## {floor}: {' · '.join(rooms)}\n", *sections]
    return "\n".join(parts)


if __name__ == "__main__":
    PAGE.write_text(reference(), encoding="utf-8")
    print("docs/giao-dien.md")
