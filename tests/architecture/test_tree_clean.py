"""The tree says nothing of the machine it was written on, and needs no address to be installed."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from harness.tree import place, tracked

FONTS = {".ttf", ".otf", ".woff", ".woff2"}
MEGABYTE = 1_000_000
MACHINE = re.compile(r"(?<![\w.<>{}$])/(work|root|home|Users|farm)/[\w.]")
# This file alone is left out of the search.
REGISTRY = re.compile(
    r"--(extra-)?index-url|--find-lin[k]s|index-url\s*=|"  # looked for, never used
    r"pypi\.org|pythonhosted\.org|registry\.npmjs|"  # looked for, never used
    r"deb\.debian\.org|security\.debian\.org|mirrors?\.[a-z]+\.(com|org|net)",  # looked for, never used
    re.IGNORECASE,
)
WORKSHOP = re.compile(
    r"\.\./shared|\.library/|"  # looked for, never used
    r"\bclaude\b|\banthropic\b|\bchatgpt\b|\bopenai\b|\bcopilot\b",  # looked for, never used
    re.IGNORECASE,
)


def texts() -> list[tuple[Path, str]]:
    found = []
    for path in tracked():
        if path.suffix in FONTS or path.name == Path(__file__).name:
            continue
        data = path.read_bytes()
        if b"\0" not in data[:8000]:
            found.append((path, data.decode("utf-8", errors="replace")))
    return found


@pytest.fixture(scope="module")
def tree() -> list[tuple[Path, str]]:
    return texts()


@pytest.mark.parametrize(
    ("what", "pattern"), [("machine path", MACHINE), ("registry address", REGISTRY), ("workshop word", WORKSHOP)]
)
def test_no_file_holds_it(tree, what, pattern):
    assert len(tree) > 50
    found = [f"{place(path)}: {what} {hit[0]!r}" for path, text in tree if (hit := pattern.search(text))]
    assert not found, "\n".join(found)


def test_no_file_is_over_a_megabyte():
    large = [place(path) for path in tracked() if path.suffix not in FONTS and path.stat().st_size > MEGABYTE]
    assert not large, "\n".join(large)


def test_no_lock_of_another_tool_is_kept():
    assert [place(path) for path in tracked() if path.name in {"uv.lock", "poetry.lock", "package-lock.json"}] == []


@pytest.mark.parametrize("text", ["see /ro" + "ot/x", "pip --index" + "-url y", "a /wo" + "rk/main path"])
def test_a_stain_is_seen(text):
    assert MACHINE.search(text) or REGISTRY.search(text)


def test_a_link_of_the_product_is_no_stain():
    assert not MACHINE.search('href="/viec/1"')
    assert not MACHINE.search("https://example.org/home/page")
