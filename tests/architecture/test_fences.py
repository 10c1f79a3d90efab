"""The import contracts of `.importlinter` hold."""

from __future__ import annotations

from importlinter.cli import lint_imports

from harness.tree import PACKAGE, ROOT


def test_the_contracts_hold(monkeypatch, capsys):
    monkeypatch.chdir(ROOT)
    code = lint_imports(config_filename=str(ROOT / ".importlinter"), no_cache=True)
    assert code == 0, capsys.readouterr().out


def test_every_room_has_a_floor():
    floors = (ROOT / ".importlinter").read_text().split("layers =")[1].split("[importlinter")[0]
    drawn = {room.strip() for floor in floors.splitlines() for room in floor.split("|") if room.strip()}
    built = {path.parent.name for path in PACKAGE.glob("*/__init__.py")}
    assert built == drawn
