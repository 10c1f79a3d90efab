"""From an empty installation to a group at work, from the terminal: accounts, a group under its charter, its people."""

from __future__ import annotations

import pytest

from conformance.desk import Told, dean06
from dean06.clock import service as clock
from dean06.identity import service as identity
from dean06.ledger import service as ledger
from dean06.offices import service as offices
from flows.conftest import at
from harness.signing import phone

GROUP = "--name", "Tổ công tác Đề án 06 xã Mẫu", "--short", "Tổ xã Mẫu", "--on", "2026-01-01", "--charter", "cap-xa"


@pytest.fixture
def password(tmp_path):
    path = tmp_path / "mat-khau.txt"
    path.write_text("sáng mai trời đẹp\n", encoding="utf-8")
    return path


@pytest.fixture
def installed(db, tmp_path, monkeypatch, password):
    """An installation whose operator has just been made."""
    monkeypatch.setenv("DEAN06_HOME", str(tmp_path / "nha"))
    with at(2026, 1, 1):
        assert create("quan-tri", password).code == 0
        yield


def create(username: str, password, *more: str) -> Told:
    return dean06("account", "create", username, "--name", "Người Mẫu", "--password-file", password, "--json", *more)


def group(slug: str = "xa-mau", unit: str = "14089", *more: str) -> Told:
    return dean06("group", "create", slug, *GROUP, "--unit", unit, "--as", "quan-tri", "--json", *more)


def seat(role: str = "leader", agency: str = "CPC", *more: str) -> Told:
    words = ("--role", role, "--agency", agency, "--holder", "Người Đứng Đầu", "--since", "2026-01-01")
    return dean06("group", "seat", "xa-mau", *words, "--as", "quan-tri", "--json", *more)


@pytest.mark.usefixtures("installed")
def test_the_first_account_founds_a_group_and_seats_its_people(password):
    assert create("to-truong", password, "--as", "quan-tri").code == 0
    made = group()
    assert (made.code, made.err) == (0, "")
    assert made.document["level"] == "commune"
    held = seat("leader", "CPC", "--user", "to-truong")
    assert (held.code, held.document["role"]) == (0, "leader")
    leader = identity.account("to-truong").public_id
    viewer = offices.viewer(leader, clock.today())
    assert [(one.role, one.agency, one.title) for one in viewer.capacities] == [("leader", "CPC", "Tổ trưởng")]
    assert [one["group"] for one in dean06("group", "list", "--json").document] == ["xa-mau"]
    log = ledger.verify()
    assert log.sound
    assert log.sequenced == log.entries > 0


@pytest.mark.usefixtures("installed")
def test_what_cannot_be_done_is_said_in_a_sentence(password, tmp_path):
    short = tmp_path / "ngan.txt"
    short.write_text("1234")
    told = {
        "nobody's name": create("them", password),
        "a short password": create("them", short, "--as", "quan-tri"),
        "no password": create("them", tmp_path / "khong-co.txt", "--as", "quan-tri"),
        "the name is taken": create("quan-tri", password, "--as", "quan-tri"),
        "no such unit": group(unit="99999"),
        "a unit of another level": group(unit="44"),
        "a bad slug": group(slug="Xã Mẫu"),
        "no such group above": group("xa-mau", "14089", "--parent", "tinh"),
        "no such group yet": seat(),
    }
    assert {name: one.code for name, one in told.items()} == {
        name: 2 if name == "nobody's name" else 3 for name in told
    }
    assert all(len(one.err.splitlines()) == 2 for one in told.values())
    assert offices.all_groups() == []
    assert group().code == 0
    assert [seat("chu-tich").code, seat("leader", "BHXH-TINH").code] == [3, 3]
    assert "leader" in seat("chu-tich").document["error"]["vi"]
    assert create("them", password, "--as", "to-truong").code == 3


@pytest.mark.usefixtures("installed")
def test_a_lost_second_factor_is_removed_for_a_reason_and_by_an_administrator(password):
    assert create("to-truong", password, "--as", "quan-tri").code == 0
    owner = identity.account("to-truong").public_id
    remove = ("account", "remove-factor", "to-truong", "--reason", "Mất điện thoại", "--json")
    assert dean06(*remove, "--as", "quan-tri").code == 3
    phone(owner)
    assert dean06(*remove).code == 2
    assert dean06(*remove, "--as", "to-truong").code == 4
    done = dean06(*remove, "--as", "quan-tri")
    assert (done.code, done.document["second_factor"]) == (0, "removed")
    assert not identity.has_second_factor(owner)


@pytest.mark.usefixtures("installed")
def test_an_account_without_office_founds_nothing(password):
    assert create("ai-do", password, "--as", "quan-tri").code == 0
    refused = dean06("group", "create", "xa-mau", *GROUP, "--unit", "14089", "--as", "ai-do", "--json")
    assert refused.code == 4
    assert offices.all_groups() == []
