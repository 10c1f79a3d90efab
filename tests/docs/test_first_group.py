"""The script that operations gives for the first group founds one, as it stands on the page."""

from __future__ import annotations

import re
import shutil

import pytest

from dean06.charter import service as charters
from dean06.clock import service as clock
from dean06.identity import service as identity
from dean06.ledger import service as ledger
from dean06.offices import service as offices
from harness.tree import ROOT

PAGE = (ROOT / "docs" / "van-hanh.md").read_text()


@pytest.fixture
def script(tmp_path, monkeypatch):
    """Give the page's script, with its package where the page's own commands would put it."""
    monkeypatch.setattr("getpass.getpass", lambda _prompt: "mot-mat-khau-dai")
    named = re.search(r"cp -r src/dean06/charter/packages/([\w-]+) (\S+)", PAGE)
    package = tmp_path / "quy-che"
    shutil.copytree(charters.folder_of(named[1]), package, ignore=shutil.ignore_patterns("compiled.json"))
    head = package / "charter.yaml"
    edited = (
        head.read_text().replace(f"line: {named[1]}", "line: xa-mau").replace("kind: template\n", "kind: regulation\n")
    )
    head.write_text(edited)
    return re.search(r"```python\n(.*?)```", PAGE, re.DOTALL)[1].replace(named[2], str(package))


def test_it_founds_a_group_with_people_who_can_sign_in(db, home, client, script):
    exec(compile(script, "lap-to.py", "exec"), {})  # noqa: S102  the page's own words are what is tested
    group = offices.group("xa-mau")
    assert {seat.role for seat in offices.holders(group.id, clock.today())} == {"leader", "standing_deputy"}
    assert identity.account("quan-tri").public_id
    assert ledger.entries_for("group", "xa-mau")
    entered = client.post(
        "/dang-nhap/", {"username": "to-truong", "password": "mot-mat-khau-dai"}, REMOTE_ADDR="127.0.0.1"
    )
    assert entered.status_code == 302
    assert client.get("/t/xa-mau/").status_code == 200
