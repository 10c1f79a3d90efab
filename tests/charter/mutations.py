"""Shipped packages spoilt as a tired hand or a hostile one would: bytes, lines, and the structure behind them."""

from __future__ import annotations

import copy
import json
import random
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from dean06.charter import library, yaml_reader

STRAYS = (
    "&a ",
    "*a",
    "!!int ",
    "? ",
    "<<: ",
    "%YAML 1.1",
    "---",
    "...",
    "\t",
    "\0",
    "\ud7ff",
    "- - -",
    "|",
    ">-",
    "{",
    "]",
)
VALUES: tuple[Any, ...] = (
    None,
    True,
    0,
    -1,
    10**30,
    1.5,
    "",
    "x",
    "Ổ" * 2000,
    "member:",
    ":YT",
    "2022-13-40",
    [],
    {},
    [[]],
)
KEYS = ("norms", "when", "all", "key", "label", "x", "", "bearer", "deadline", "points", "vi")


def _texts() -> dict[tuple[str, str], str]:
    return {
        (line, path.name): path.read_text("utf-8")
        for line in library.packages()
        for path in library.source_files(library.folder_of(line))
    }


TEXTS = _texts()
PLAIN: dict[tuple[str, str], Any] = {
    place: yaml_reader.read_bytes(text.encode(), "")[0] for place, text in TEXTS.items()
}


class Spoiler:
    """One mutation from one seed; the same seed gives the same bytes."""

    def __init__(self, seed: int) -> None:
        self.dice = random.Random(seed)  # noqa: S311  a test's dice
        self.line, self.name = self.dice.choice(list(TEXTS))

    def package(self, folder: Path) -> bytes:
        """Write a package of one spoilt file and what it cannot do without; return the spoilt bytes."""
        place = (self.line, self.name)
        ways = (self._bytes, self._lines, self._structure, self._structure)
        raw = self.dice.choice(ways)(place)
        for old in folder.glob("*.yaml"):
            old.unlink()
        if self.name != library.HEAD:
            article = PLAIN[place]["article"]
            (folder / library.HEAD).write_text(json.dumps(_head_of(self.line, article)), "utf-8")
        (folder / self.name).write_bytes(raw)
        return raw

    def _bytes(self, place: tuple[str, str]) -> bytes:
        raw = bytearray(TEXTS[place].encode())
        for _ in range(self.dice.randint(1, 6)):
            at = self.dice.randrange(len(raw) + 1)
            end = min(len(raw), at + self.dice.randint(1, 40))
            match self.dice.randrange(5):
                case 0:
                    raw[at:at] = self.dice.randbytes(self.dice.randint(1, 4))
                case 1:
                    del raw[at:end]
                case 2:
                    raw[at:at] = raw[at:end]
                case 3:
                    raw[at:end] = bytes(reversed(raw[at:end]))
                case _:
                    raw[at:at] = self.dice.choice(STRAYS).encode("utf-8", "surrogatepass")
        return bytes(raw)

    def _lines(self, place: tuple[str, str]) -> bytes:
        lines = TEXTS[place].split("\n")
        for _ in range(self.dice.randint(1, 4)):
            spot = self.dice.randrange(len(lines))
            line = lines[spot]
            lines[spot] = self.dice.choice(
                [
                    line[: self.dice.randrange(len(line) + 1)],
                    " " * self.dice.randint(1, 5) + line,
                    line.replace("{", self.dice.choice(["[", "", "{{", "- {"])),
                    line.replace(":", self.dice.choice([" :", "::", ""])),
                    line.replace('"', self.dice.choice(["'", "", "\\"])),
                    self.dice.choice(STRAYS) + line,
                    self.dice.choice(lines),
                    "",
                ]
            )
        return "\n".join(lines).encode("utf-8", "surrogatepass")

    def _structure(self, place: tuple[str, str]) -> bytes:
        plain = json.loads(json.dumps(PLAIN[place]))
        for _ in range(self.dice.randint(1, 3)):
            spots = list(_spots(plain))
            if spots:
                holder, key = self.dice.choice(spots)
                self.dice.choice(self._turns)(holder, key)
        return json.dumps(plain, ensure_ascii=self.dice.random() < 0.5, indent=self.dice.choice([None, 1])).encode()

    @property
    def _turns(self) -> list[Callable[[Any, Any], None]]:
        return [self._drop, self._replace, self._replace, self._rename, self._wrap, self._repeat, self._swap]

    def _drop(self, holder: Any, key: Any) -> None:
        del holder[key]

    def _replace(self, holder: Any, key: Any) -> None:
        holder[key] = copy.deepcopy(self.dice.choice(VALUES))

    def _rename(self, holder: Any, key: Any) -> None:
        if isinstance(holder, dict):
            holder[self.dice.choice(KEYS)] = holder.pop(key)

    def _wrap(self, holder: Any, key: Any) -> None:
        for _ in range(self.dice.choice([1, 2, 40])):
            holder[key] = self.dice.choice([[holder[key]], {"x": holder[key]}])

    def _repeat(self, holder: Any, key: Any) -> None:
        if isinstance(holder, list):
            holder.extend([copy.deepcopy(holder[key]) for _ in range(self.dice.choice([1, 3]))])

    def _swap(self, holder: Any, key: Any) -> None:
        other = self.dice.choice(list(holder) if isinstance(holder, dict) else range(len(holder)))
        holder[key], holder[other] = holder[other], holder[key]


def _spots(node: Any) -> Iterator[tuple[Any, Any]]:
    """Return every place in a plain value: its holder and its key."""
    keys = list(node) if isinstance(node, dict) else range(len(node)) if isinstance(node, list) else ()
    for key in keys:
        yield node, key
        yield from _spots(node[key])


def _head_of(line: str, article: str) -> dict[str, Any]:
    """Return the head of a package that has one article only."""
    head: dict[str, Any] = {**PLAIN[(line, library.HEAD)], "notes": [], "covering": []}
    return head | {"chapters": [{"label": "I", "heading": "Một chương", "articles": [article]}]}
