"""What the pages of docs/ say of the code, the commands and the files is there."""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from dean06.cli.main import COMMANDS, parser_for
from harness.tree import PACKAGE, ROOT, load_tool

WRITTEN = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
GENERATED = {"api.md", "giao-dien.md", "lenh.md", "quy-che-thuc-thi.md", "thuat-ngu.md"}
MADE = {"docs/benchmarks.md"}  # written by `make bench`
ROOMS = sorted(path.parent.name for path in PACKAGE.glob("*/__init__.py"))
NAME = re.compile(rf"\b(?:dean06\.)?((?:{'|'.join(ROOMS)})(?:\.[a-zA-Z_]\w*)+)")
LINK = re.compile(r"\]\((?!https?:|#|mailto:)([^)#\s]+)")
PLACE = re.compile(r"(?:src|docs|tests|tools|benchmarks|requirements|\.ci)/[\w./*-]*")
FILE = re.compile(r"[\w-]+/[\w/-]+\.(?:py|yaml|json|csv|md)")
COMMAND = re.compile(r"^(?:[A-Z0-9_]+=\S+ +)*(?:[\w./-]*/)?dean06 (.*)")
SUFFIXES = {"py", "yaml", "csv", "json", "md"}
every_page = pytest.mark.parametrize("page", WRITTEN, ids=[path.relative_to(ROOT).as_posix() for path in WRITTEN])
facing = load_tool("face_reference")


def codes(page: str) -> Iterator[str]:
    """Give what a page writes as code: in a line, or a line of a block."""
    for number, part in enumerate(re.split(r"^```.*\n?", page, flags=re.MULTILINE)):
        if number % 2:
            yield from (line.strip() for line in part.splitlines())
        else:
            yield from re.findall(r"`([^`\n]+)`", part)


def names_of(page: str) -> set[str]:
    """Return the dotted names of the house that a page writes as code."""
    found = {name for code in codes(page) if "/" not in code for name in NAME.findall(code)}
    return {name for name in found if name.rpartition(".")[2] not in SUFFIXES}


def is_there(dotted: str) -> bool:
    """Say whether a dotted name is a module of the house, or a function or class that one shows."""
    path = PACKAGE.joinpath(*dotted.split("."))
    if path.is_dir() or path.with_suffix(".py").is_file():
        return True
    module, _, name = dotted.rpartition(".")
    return facing.definition(f"dean06.{module}", name) is not None


@every_page
def test_names_of_code_are_there(page):
    if page.name not in GENERATED:
        assert {name for name in names_of(page.read_text()) if not is_there(name)} == set()


def test_a_name_that_is_gone_is_seen():
    named = names_of((ROOT / "docs" / "kien-truc.md").read_text())
    assert {"flows.intake.process", "reconcile.engine.match.run", "flows.authority.permit"} < named
    assert not is_there("flows.intake.no_such_thing")
    assert not is_there("flows.nowhere.process")


def test_the_map_draws_the_floors_of_the_fences():
    drawn = re.findall(
        r"^ +(?:cửa|\d)? +([a-z]+(?: · [a-z]+)*)  ", (ROOT / "docs" / "kien-truc.md").read_text(), re.MULTILINE
    )
    assert [line.split(" · ") for line in drawn] == facing.floors()


@every_page
def test_links_and_places_lead_somewhere(page):
    text = page.read_text()
    missing = {link for link in LINK.findall(text) if not (page.parent / link).exists()}
    named = set(codes(text))
    missing |= {code for code in named if PLACE.fullmatch(code) and not list(ROOT.glob(code.rstrip("/")))}
    files = {code for code in named if FILE.fullmatch(code)}
    missing |= {code for code in files if not any((base / code).exists() for base in (ROOT, PACKAGE))}
    assert missing - MADE == set()


def leaf_of(words: list[str]) -> argparse.ArgumentParser | None:
    """Return the parser that the words of a command reach; None when there is no such command."""
    if words[0] not in COMMANDS:
        return None
    parser = parser_for(words[0])
    for word in words:
        nested = [action for action in parser._actions if isinstance(action, argparse._SubParsersAction)]
        if not nested:
            return parser
        if word not in nested[0].choices:
            return None if word.isalpha() else parser
        parser = nested[0].choices[word]
    return parser


@every_page
def test_commands_and_their_options_exist(page):
    missing = []
    for code in codes(page.read_text()):
        said = COMMAND.match(code)
        words = said[1].split() if said else []
        if not words or not words[0].islower():
            continue
        leaf = leaf_of(words)
        options = {word.partition("=")[0].strip("[]") for word in words if word.startswith(("--", "[--"))} - {"--json"}
        if leaf is None or options - set(leaf._option_string_actions):
            missing.append(code)
    assert missing == []


@pytest.mark.parametrize(
    ("words", "there"),
    [("serve --demo", True), ("ledger verify", True), ("ledger", True), ("ledger forget", False), ("fly", False)],
)
def test_a_command_that_is_not_there_is_seen(words, there):
    assert (leaf_of(words.split()) is not None) is there


@every_page
def test_targets_of_make_exist(page):
    rules = re.findall(r"^([a-z][\w -]*):", (ROOT / "Makefile").read_text(), re.MULTILINE)
    targets = {name for rule in rules for name in rule.split()}
    said = {found[1] for code in codes(page.read_text()) if (found := re.match(r"make ([a-z][\w-]*)", code))}
    assert said - targets == set()


def test_operations_names_the_settings_that_are_read_and_no_other():
    text = "\n".join(path.read_text() for path in PACKAGE.rglob("*.py"))
    read = set(re.findall(r"[\"'](DEAN06_[A-Z0-9_]+)[\"']", text))
    assert set(re.findall(r"DEAN06_[A-Z0-9_]+", (ROOT / "docs" / "van-hanh.md").read_text())) == read


def test_what_operations_says_of_the_state_directory_is_made_by_the_code():
    table = re.search(r"\| trong thư mục.*\n\|.*\n((?:\|.*\n)+)", (ROOT / "docs" / "van-hanh.md").read_text())
    assert table
    text = "\n".join(path.read_text() for path in PACKAGE.rglob("*.py"))
    named = {name.strip("/") for row in table[1].splitlines() for name in re.findall("`([^`]+)`", row.split("|")[1])}
    assert len(named) > 5
    assert {name for name in named if f'"{Path(name).name}"' not in text} == set()
