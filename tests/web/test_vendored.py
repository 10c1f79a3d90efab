"""Works of others in the tree are exactly the ones named, with a licence beside each."""

from __future__ import annotations

import hashlib
import re

from harness.tree import PACKAGE, ROOT

VENDOR = PACKAGE / "web" / "static" / "dean06" / "vendor"
TABLE = (ROOT / "THIRD_PARTY.md").read_text()
LINES = [[cell.strip() for cell in line.strip("|").split("|")] for line in TABLE.splitlines() if line.startswith("|")]
ROWS = {row[2].strip("`"): row for row in LINES[2:]}


def test_every_file_named_has_the_hash_named():
    different = [
        path
        for path, row in ROWS.items()
        if (ROOT / path).is_file() and hashlib.sha256((ROOT / path).read_bytes()).hexdigest() != row[5].strip("`")
    ]
    assert different == []


def test_every_vendored_file_is_named_with_version_and_licence():
    kept = {
        path.relative_to(ROOT).as_posix() for path in VENDOR.rglob("*") if path.is_file() and path.name != "LICENSE.txt"
    }
    assert kept == {path for path in ROWS if path.startswith("src/dean06/web/")}
    for path in kept:
        assert re.match(r"\d+\.\d+", ROWS[path][1]), path
        licence = re.search(r"`([^`]+)`", ROWS[path][4])
        assert licence, path
        assert (ROOT / licence[1]).read_text().strip(), path


def test_styles_ask_only_for_files_that_are_here():
    styles = VENDOR.parent
    for name in ("tokens.css", "components.css", "vendor/bootstrap/bootstrap.min.css"):
        sheet = styles / name
        asked = re.findall(r"url\(\"?([^)\"]+)\"?\)", sheet.read_text())
        missing = [url for url in asked if not url.startswith("data:") and not (sheet.parent / url).is_file()]
        assert missing == [], name
        assert "http://" not in re.sub(r"url\(\"?data:[^)]+\)", "", sheet.read_text()), name
        assert "@import" not in sheet.read_text(), name


def test_text_stands_out_from_its_ground():
    tokens = (VENDOR.parent / "tokens.css").read_text()
    pairs = {
        "ink": "surface",
        "ink-2": "well",
        "ink-3": "well",
        "ok": "ok-soft",
        "warn": "warn-soft",
        "bad": "bad-soft",
    }
    pairs |= {"ask": "ask-soft", "info": "info-soft", "mute": "mute-soft", "action": "action-soft", "law": "law-soft"}
    pairs |= {"son-ink": "son", "son-soft": "son"}
    values = dict(re.findall(r"--([\w-]+):\s*(#[0-9a-f]{6})", tokens))
    for text, ground in pairs.items():
        assert _contrast(values[text], values[ground]) >= 4.5, (text, ground)


def _contrast(one: str, other: str) -> float:
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
