"""Write the glossary's page, docs/thuat-ngu.md, from docs/thuat-ngu.yaml: `python tools/glossary.py`.

`unknown` is what the suite asks: which words in the names of src/ are Vietnamese without accents and are not in the
glossary. A word counts as Vietnamese when some way of putting marks on it makes a syllable, and it is not in the
glossary's list of English words that are spelt like one.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from dean06.orthography.syllables import is_syllable
from dean06.sources import live as sources

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "src" / "dean06"
SOURCE = ROOT / "docs" / "thuat-ngu.yaml"
PAGE = ROOT / "docs" / "thuat-ngu.md"
HEAD = """# Thuật ngữ (glossary)

Trang này được tạo từ [thuat-ngu.yaml](thuat-ngu.yaml) bằng `make docs`; đừng sửa tay. (Generated; do not edit.)

Mã nguồn viết tiếng Anh; danh từ mà luật gia sẽ không chịu dịch thì giữ tiếng Việt, bỏ dấu, nối bằng gạch dưới. Động từ
bằng tiếng Anh. Màn hình, văn bản và thông báo viết tiếng Việt đủ dấu.

*Code is English; nouns that a jurist would refuse to translate stay Vietnamese, without marks, in snake_case. Verbs are
English. Screens, papers and messages are Vietnamese with all marks. A Vietnamese word in a name of `src/` that is not
on this page fails the suite.*
"""
MARKS = {"a": "aăâ", "d": "dđ", "e": "eê", "o": "oôơ", "u": "uư"}
SHARP = "\u0301"  # the tone that every rhyme can bear
CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
CAPTURE = re.compile(r"<(?:\w+:)?(\w+)>")

Terms = frozenset[tuple[str, ...]]


def glossary() -> Mapping[str, Any]:
    """Return the glossary as it is written."""
    read: Mapping[str, Any] = YAML(typ="safe").load(SOURCE.read_text(encoding="utf-8"))
    return read


def words_of(name: str) -> list[str]:
    """Return the words of a name, in lower case, whatever joins them."""
    return [word for word in re.split(r"[^a-z]+", CAMEL.sub("_", name).lower()) if word]


def terms(written: Mapping[str, Any]) -> Terms:
    """Return the Vietnamese terms of the glossary and of the contracts of sources, each as its words."""
    listed = [term["id"] for part in written["words"] for term in part["terms"]]
    fields = [rule.code for contract in sources.contracts().values() for rule in contract.fields]
    return frozenset(tuple(words_of(term)) for term in (*listed, *fields, *sources.contracts()))


def english(written: Mapping[str, Any]) -> frozenset[str]:
    """Return the English words that are spelt like a Vietnamese syllable."""
    return frozenset(word for line in written["english"] for word in line.split())


@cache
def could_be_vietnamese(word: str) -> bool:
    """Say whether marks can be put on a bare word so that it is a Vietnamese syllable."""
    if len(word) > 7:
        return False
    return any(is_syllable("".join(letters) + SHARP) for letters in product(*(MARKS.get(one, one) for one in word)))


def unknown(name: str, known: Terms, allowed: frozenset[str]) -> list[str]:
    """Return the Vietnamese words of a name that no term of the glossary covers; the longest term comes first."""
    words, found, at = words_of(name), [], 0
    while at < len(words):
        covered = next((n for n in range(len(words) - at, 0, -1) if tuple(words[at : at + n]) in known), 0)
        if not covered and words[at] not in allowed and could_be_vietnamese(words[at]):
            found.append(words[at])
        at += covered or 1
    return found


def names() -> Iterator[tuple[str, str]]:
    """Give every name that src/ introduces, with the file that does."""
    for path in sorted(PACKAGE.rglob("*.py")):
        if "migrations" not in path.parts:
            place = path.relative_to(ROOT).as_posix()
            yield from ((name, place) for name in (path.stem, path.parent.name))
            yield from ((name, place) for name in introduced(ast.parse(path.read_text(encoding="utf-8"))))


def introduced(tree: ast.Module) -> Iterator[str]:
    """Give the names of functions, classes, parameters, module-level values, fields, and parts of addresses."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield node.name
        elif isinstance(node, ast.arg):
            yield node.arg
        elif isinstance(node, ast.Call):
            yield from asked_of_a_browser(node)
        if isinstance(node, ast.Module | ast.ClassDef):
            yield from assigned(node.body)


def assigned(body: Sequence[ast.stmt]) -> Iterator[str]:
    """Give the names that the statements of a module or a class bind."""
    for statement in body:
        targets = statement.targets if isinstance(statement, ast.Assign) else []
        targets = [statement.target] if isinstance(statement, ast.AnnAssign) else targets
        yield from (node.id for target in targets for node in ast.walk(target) if isinstance(node, ast.Name))


def asked_of_a_browser(call: ast.Call) -> Iterator[str]:
    """Give the parts of an address that `path` names, or the key that a view takes from a form or a query."""
    first = call.args[0] if call.args else None
    if not isinstance(first, ast.Constant) or not isinstance(first.value, str):
        return
    said = ast.unparse(call.func)
    if said == "path":
        yield from CAPTURE.findall(first.value)
        yield from CAPTURE.sub("", first.value).split("/")
    elif said.endswith((".GET.get", ".POST.get", ".GET.getlist", ".POST.getlist")):
        yield first.value


def cells(*texts: str) -> str:
    """Return one line of a table."""
    return "| " + " | ".join(text.replace("|", "\\|") for text in texts) + " |\n"


def page() -> str:
    """Return the whole page."""
    written = glossary()
    parts = [HEAD, "\n## Bẫy (traps)\n\n"]
    parts += [f"- {trap['vi']}  \n  {trap['en']}\n" for trap in written["traps"]]
    for part in written["words"]:
        parts.append(f"\n## {part['title']['vi']} ({part['title']['en']})\n\n")
        parts.append("| viết đủ dấu | trong mã | English | căn cứ | không phải |\n| --- | --- | --- | --- | --- |\n")
        parts += [
            cells(one["vi"], f"`{one['id']}`", one["en"], one["src"], one.get("not", "")) for one in part["terms"]
        ]
    parts.append("\n## Từ tiếng Anh trong mã (English words of the code)\n\n")
    parts.append("| trong mã | trên màn hình | English | căn cứ | không phải |\n| --- | --- | --- | --- | --- |\n")
    parts += [
        cells(f"`{one['id']}`", one["vi"], one["en"], one["src"], one.get("not", "")) for one in written["concepts"]
    ]
    parts.append(
        "\n## Trường của các nguồn (fields of the sources)\n\nTheo quy ước của từng nguồn (from the contracts): "
    )
    parts.append(
        "`dean06 source describe NGUỒN`.\n\n| nguồn | trong mã | viết đủ dấu | English |\n| --- | --- | --- | --- |\n"
    )
    parts += fields(written)
    parts.append("\n## Mã tự giải thích (codes explained where they are defined)\n\n")
    parts += [f"- {one['vi']} (*{one['en']}*): `{one['where']}`\n" for one in written["codes"]]
    return "".join(parts)


def fields(written: Mapping[str, Any]) -> Iterator[str]:
    """Give the fields that the contracts name and the glossary does not, each under the first contract that has it."""
    told = {term["id"] for part in written["words"] for term in part["terms"]}
    for source, contract in sources.contracts().items():
        for rule in contract.fields:
            if rule.code not in told:
                told.add(rule.code)
                yield cells(f"`{source}`", f"`{rule.code}`", rule.title.vi, rule.title.en)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
    print("docs/thuat-ngu.md")
