"""Many hands on one log: sequencers, actors and checkers at once, on either database."""

from __future__ import annotations

import contextlib
import shutil
import sqlite3
import threading
import tracemalloc
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

import pytest
from django.db import connection, transaction

from dean06.clock.errors import BadInput
from dean06.ledger import keys, live, service
from dean06.ledger.errors import LedgerStopped, PermitMisused
from dean06.ledger.models import Checkpoint, Entry
from harness.threads import at_once
from ledger.permits import Permit, Thing

ACTS = 40


def record(name: str, **changes) -> None:
    permit = Permit(obj=Thing("task", name), **changes)
    with transaction.atomic():
        service.append(permit, scope="to-mau", kind="task", object_id=name, digest="a" * 64)


def store(home: Path) -> str | None:
    """Give the test's log as an installation has it: a file under the home, or the address of the database."""
    if connection.vendor == "postgresql":
        told = connection.get_connection_params()
        return f"postgresql://{told['user']}@/{told['dbname']}?host={quote(told['host'], safe='')}"
    with (
        closing(sqlite3.connect(connection.settings_dict["NAME"])) as source,
        closing(sqlite3.connect(home / "dean06.sqlite3")) as target,
    ):
        source.backup(target)
    return None


@pytest.mark.django_db(transaction=True)
def test_two_sequencers_and_many_actors_give_one_line_of_leaves(home):
    record("dau")

    def act(hand: int) -> None:
        for number in range(ACTS):
            record(f"{hand}-{number}")

    def sequence() -> None:
        for _ in range(12):
            service.sequence()

    assert at_once(sequence, sequence, lambda: act(1), lambda: act(2)) == []
    service.sequence()
    assert sorted(Entry.objects.values_list("leaf_index", flat=True)) == list(range(2 * ACTS + 1))
    report = service.verify()
    assert report.sound
    assert report.sequenced == 2 * ACTS + 1
    assert keys.KeyFiles(home=home).last_checkpoint.read_text() == Checkpoint.objects.order_by("-size")[0].note
    assert live.verify_home(home, store(home)).root == report.root


@pytest.mark.django_db(transaction=True)
def test_of_two_hands_with_one_permit_one_acts(home, monkeypatch):
    record("dau")
    permit = Permit(obj=Thing("task", "mot"))
    meet, fresh = threading.Barrier(2), service._fresh

    def both_look_before_either_writes(*given) -> str:
        digest = fresh(*given)
        with contextlib.suppress(threading.BrokenBarrierError):  # SQLite lets the second in after the first is done
            meet.wait(0.5)
        return digest

    monkeypatch.setattr(service, "_fresh", both_look_before_either_writes)

    def act() -> None:
        with transaction.atomic():
            service.append(permit, scope="to-mau", kind="task", object_id="mot", digest="a" * 64)

    raised = at_once(act, act)
    assert [type(one) for one in raised] == [PermitMisused]
    assert Entry.objects.filter(object_id="mot").count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_first_acts_make_one_set_of_keys(home):
    shutil.rmtree(home / "keys", ignore_errors=True)
    assert at_once(*[lambda n=n: record(f"dau-{n}") for n in range(4)]) == []
    service.sequence()
    assert service.verify().sound
    assert not [path for path in (home / "keys").iterdir() if "-" in path.name]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("name", ["ledger.origin", "ledger.pub"])
def test_a_checker_without_the_keys_is_told_which_file_is_missing(home, name):
    record("dau")
    service.sequence()
    url = store(home)
    (home / "keys" / name).unlink()
    with pytest.raises(LedgerStopped, match=name):
        live.verify_home(home, url)


def test_a_home_without_a_log_is_told_in_words(tmp_path, monkeypatch):
    monkeypatch.delenv("DATABASE_URL", raising=False)
    with pytest.raises(BadInput, match="DEAN06_HOME"):
        live.verify_home(tmp_path)
    sqlite3.connect(tmp_path / "dean06.sqlite3").close()
    with pytest.raises(LedgerStopped, match="Không đọc được sổ ghi"):
        live.verify_home(tmp_path)
    (tmp_path / "dean06.sqlite3").write_bytes(b"not a database at all, nor will it be" * 40)
    with pytest.raises(LedgerStopped, match="Không đọc được sổ ghi"):
        live.verify_home(tmp_path)
    with pytest.raises(LedgerStopped, match="Không đọc được sổ ghi"):
        live.verify_home(tmp_path, "postgresql://nobody@/none?host=/nowhere")


def test_a_long_log_is_checked_without_holding_it(tmp_path, monkeypatch):
    monkeypatch.delenv("DATABASE_URL", raising=False)
    columns = ("id", "body", "leaf_hash", "leaf_index", *live.COLUMNS)
    with closing(sqlite3.connect(tmp_path / "dean06.sqlite3")) as file:
        file.execute(f"CREATE TABLE ledger_entry ({', '.join(columns)})")
        file.execute("CREATE TABLE ledger_checkpoint (size, note, root, frontier)")
        body = "x" * 4000
        rows = ((n, body, "ab" * 32, n, "2022-08-01T00:00:00", *["x"] * 6) for n in range(4000))
        file.executemany(f"INSERT INTO ledger_entry VALUES ({', '.join('?' * len(columns))})", rows)
        file.commit()
    monkeypatch.setattr(live, "check", lambda rows, *_, **__: sum(1 for _ in rows))
    keys.make(keys.KeyFiles(home=tmp_path))
    tracemalloc.start()
    counted = live.verify_home(tmp_path)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert counted == 4000
    assert peak < 4_000_000  # the bodies alone are sixteen million bytes
