"""The commands that operations gives for the first group found one, as they stand on the page."""

from __future__ import annotations

import re
import shlex
import shutil

import pytest

from dean06.charter import service as charters
from dean06.cli.main import main
from dean06.clock import service as clock
from dean06.identity import service as identity
from dean06.ledger import service as ledger
from dean06.offices import service as offices
from harness.tree import ROOT

PAGE = (ROOT / "docs" / "van-hanh.md").read_text()
PASSWORD = "mot-mat-khau-dai"  # noqa: S105  of the accounts that this test makes


@pytest.fixture
def commands(tmp_path, monkeypatch):
    """Give the page's commands, with its package where the page's own commands would put it."""
    monkeypatch.setattr("getpass.getpass", lambda _prompt: PASSWORD)
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    named = re.search(r"cp -r src/dean06/charter/packages/([\w-]+) (\S+)", PAGE)
    package = tmp_path / "quy-che"
    shutil.copytree(charters.folder_of(named[1]), package, ignore=shutil.ignore_patterns("compiled.json"))
    head = package / "charter.yaml"
    edited = (
        head.read_text().replace(f"line: {named[1]}", "line: xa-mau").replace("kind: template\n", "kind: regulation\n")
    )
    head.write_text(edited)
    block = re.search(r"```\n(dean06 init.*?)```", PAGE, re.DOTALL)[1].replace("\\\n", " ")
    return [shlex.split(line.replace(named[2], str(package)))[1:] for line in block.splitlines()]


def test_they_found_a_group_whose_leader_comes_in_by_a_link(db, home, client, commands, capsys):
    assert [main(words) for words in commands] == [0]
    link = next(line for line in capsys.readouterr().out.splitlines() if "/tai-khoan/loi-moi/" in line)
    group = offices.group("xa-mau")
    (seat,) = offices.holders(group.id, clock.today())
    assert seat.role == "leader"
    assert identity.account("quan-tri").public_id
    assert ledger.entries_for("group", "xa-mau")
    page = link.partition("8000")[2]
    assert client.post(page, {"mot": PASSWORD, "hai": PASSWORD}).url == "/tai-khoan/hai-lop/"  # a leader signs
    assert client.get("/t/xa-mau/").status_code == 200
    assert client.get(page).status_code == 404


def test_a_second_time_nothing_is_founded(db, home, commands, capsys):
    assert [main(words) for words in commands] == [0]
    before = len(offices.all_groups())
    assert [main(words) for words in commands] == [3]
    assert "đã có quản trị viên" in capsys.readouterr().err
    assert len(offices.all_groups()) == before
