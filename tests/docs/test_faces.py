"""The reference of the rooms' faces is what the sources show."""

from __future__ import annotations

import pytest

from harness.tree import load_tool

tool = load_tool("face_reference")


@pytest.fixture
def house(tmp_path, monkeypatch):
    (tmp_path / ".importlinter").write_text(
        "[importlinter:contract:floors]\nlayers =\n    cellar\n    attic\n    ground\n"
    )
    room = tmp_path / "src" / "dean06" / "attic"
    room.mkdir(parents=True)
    (room / "__init__.py").write_text('"""Keeps old things. Never new ones."""')
    (room / "boxes.py").write_text(
        'def find(key: str, *, deep: bool = False) -> int:\n    """Find a box.\n\n    Slowly.\n    """'
    )
    (room / "service.py").write_text(
        '"""The face."""\nfrom dean06.attic.boxes import find as look\n__all__ = ["SIZE", "look"]\nSIZE = 1\n'
    )
    (room / "live.py").write_text(
        '"""No lamp."""\nfrom dean06.attic.boxes import find as look\nclass Box:\n    """A box."""\ndef _in(): ...'
    )
    monkeypatch.setattr(tool, "ROOT", tmp_path)
    monkeypatch.setattr(tool, "SOURCE", tmp_path / "src")
    tool.module.cache_clear()
    yield tmp_path
    tool.module.cache_clear()


def test_the_page_is_up_to_date():
    assert tool.PAGE.read_text() == tool.reference(), "run `make docs`"


def test_a_face_shows_its_names_wherever_they_are_written(house):
    page = tool.reference()
    assert "### attic\n\nKeeps old things. Never new ones.\n" in page
    assert "- `SIZE`\n" in page
    assert "- `look(key: str, *, deep: bool=False) -> int`: Find a box\n" in page
    assert "- `class Box`: A box\n" in page
    assert "_in" not in page


def test_rooms_without_a_face_are_left_out_and_floors_are_numbered_from_the_ground(house):
    page = tool.reference()
    assert "## Tầng 0: attic" in page
    assert "cellar" not in page


def test_nothing_of_the_house_is_run(house):
    (house / "src" / "dean06" / "attic" / "service.py").write_text(
        'raise SystemExit\ndef stay() -> None:\n    """Stay."""'
    )
    tool.module.cache_clear()
    assert "- `stay() -> None`: Stay\n" in tool.reference()
