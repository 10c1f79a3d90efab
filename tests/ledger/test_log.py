"""The log on the database: what may enter, how it is sequenced, and that any changed byte is found."""

from __future__ import annotations

import hmac
import json
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.conf import settings as conf
from django.db import DatabaseError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dean06.clock.errors import BadInput
from dean06.ledger import keys, live, service, triggers
from dean06.ledger.errors import LedgerStopped, PermitMisused
from dean06.ledger.models import Checkpoint, Entry, Reason
from dean06.ledger.tree import leaf_hash
from dean06.ledger.types import HeadRow, canonical
from ledger.permits import Permit, Thing

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home")]


def record(number: int, **changes) -> int:
    permit = Permit(obj=Thing("task", str(number)), **changes)
    with transaction.atomic():
        return service.append(permit, scope="to-mau", kind="task", object_id=str(number), digest="a" * 64)


def test_an_act_is_recorded_with_who_what_and_under_which_clause():
    record(1)
    (entry,) = service.entries_for("task", "1")
    assert entry["action"] == "task.assign"
    assert entry["actor"]["role"] == "leader"
    assert entry["citations"] == ["Điều 3 khoản 1"]
    assert entry["object"] == {"kind": "task", "id": "1", "digest": "a" * 64}


def test_a_permit_serves_only_the_object_it_was_given_for():
    permit = Permit(obj=Thing("task", "1"))
    with transaction.atomic(), pytest.raises(PermitMisused, match="không dùng được"):
        service.append(permit, scope="to-mau", kind="task", object_id="2", digest="a" * 64)
    assert not Entry.objects.exists()


def test_a_permit_serves_once():
    permit = Permit(obj=Thing("task", "1"))
    with transaction.atomic():
        service.append(permit, scope="to-mau", kind="task", object_id="1", digest="a" * 64)
        with pytest.raises(PermitMisused, match="đã dùng"):
            service.append(permit, scope="to-mau", kind="task", object_id="1", digest="a" * 64)


@pytest.mark.django_db(transaction=True)
def test_an_act_outside_a_transaction_is_refused(home):
    with pytest.raises(LedgerStopped):
        service.append(Permit(obj=Thing("task", "1")), scope="x", kind="task", object_id="1", digest="a" * 64)


def test_an_act_rolled_back_leaves_no_entry():
    def failing() -> None:
        with transaction.atomic():
            service.append(Permit(obj=Thing("task", "9")), scope="x", kind="task", object_id="9", digest="a" * 64)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        failing()
    assert service.entries_for("task", "9") == []


def test_the_sequencer_gives_leaves_in_order_and_signs_the_head():
    for number in range(5):
        record(number)
    assert service.sequence() == 5
    record(5)
    assert service.sequence() == 1
    assert service.sequence() == 0
    assert list(Entry.objects.order_by("pk").values_list("leaf_index", flat=True)) == list(range(6))
    assert list(Checkpoint.objects.order_by("size").values_list("size", flat=True)) == [5, 6]
    report = service.verify()
    assert report.sound
    assert (report.entries, report.sequenced, report.checkpoints) == (6, 6, 2)
    assert service.newest_checkpoint() == (6, report.root)


def test_entries_waiting_for_their_leaf_are_counted_and_checked():
    record(1)
    report = service.verify()
    assert (report.sound, report.entries, report.sequenced) == (True, 1, 0)


def test_the_database_refuses_to_change_or_delete():
    record(1)
    service.sequence()
    replacing = (
        "INSERT OR REPLACE INTO ledger_entry SELECT * FROM ledger_entry",
        "INSERT OR REPLACE INTO ledger_checkpoint SELECT id + 1, size, root, note, frontier, at FROM ledger_checkpoint",
    )
    for statement in (
        *(replacing if connection.vendor == "sqlite" else ()),
        "UPDATE ledger_entry SET id = 99",
        "UPDATE ledger_entry SET action = 'x'",
        "DELETE FROM ledger_entry",
        "UPDATE ledger_checkpoint SET size = 9",
        "DELETE FROM ledger_checkpoint",
    ):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    assert service.verify().sound


@pytest.mark.parametrize("column", ["action", "scope", "actor", "object_kind", "object_id"])
def test_a_changed_column_is_found(column):
    record(1)
    service.sequence()
    triggers.drop(connection)
    Entry.objects.update(**{column: "khac"})
    assert [fault.where for fault in service.verify().faults] == [f"entry {Entry.objects.get().pk}, {column}"]


def test_every_changed_byte_of_a_body_is_found():
    record(1)
    service.sequence()
    triggers.drop(connection)
    body = Entry.objects.get().body
    for position in range(0, len(body), 7):
        changed = body[:position] + ("#" if body[position] != "#" else "%") + body[position + 1 :]
        Entry.objects.update(body=changed)
        assert not service.verify().sound, position


def test_a_lost_tail_is_found_by_the_head_kept_outside():
    for number in range(3):
        record(number)
        service.sequence()
    triggers.drop(connection)
    Entry.objects.filter(leaf_index=2).delete()
    Checkpoint.objects.filter(size=3).delete()
    assert [fault.where for fault in service.verify().faults] == ["last checkpoint kept outside the store"]


def test_a_missing_or_forged_entry_is_found():
    for number in range(4):
        record(number)
    service.sequence()
    triggers.drop(connection)
    Entry.objects.filter(leaf_index=1).delete()
    assert any("missing" in fault.en for fault in service.verify().faults)


def test_commitments_are_keyed(home):
    first = service.commitment("036090000123")
    assert first == service.commitment("036090000123")
    assert first != service.commitment("036090000124")
    keys.KeyFiles(home=home).commitment.unlink()
    assert service.commitment("036090000123") != first


def exported(home, out, monkeypatch):
    """Write the test's own log out, as a separate process would from the store."""

    @contextmanager
    def stored(*_):
        yield [HeadRow(**one) for one in Checkpoint.objects.order_by("size").values(*service.HEAD)], service._rows()

    monkeypatch.setattr(live, "_stored", stored)
    return live.export(home, out)


def test_an_exported_log_convicts_its_forger(home, tmp_path, monkeypatch):
    for number in range(3):
        record(number)
    service.sequence()
    out = tmp_path / "so-ghi.jsonl"
    assert exported(home, out, monkeypatch) == 3
    assert live.verify_file(out).sound
    lines = out.read_text().splitlines()
    forged = json.loads(lines[2])
    forged["body"] = forged["body"].replace("task.assign", "task.cancel")
    out.write_text("\n".join([lines[0], lines[1], json.dumps(forged), *lines[3:]]))
    assert not live.verify_file(out).sound


def test_an_exported_log_is_cut_at_line_feeds_alone(home, tmp_path, monkeypatch):
    permit = Permit(obj=Thing("task", "1"))
    with transaction.atomic():
        service.append(permit, scope="x", kind="task", object_id="1", digest="a" * 64, note={"why": "a\u2028b\x85c"})
    service.sequence()
    out = tmp_path / "so-ghi.jsonl"
    exported(home, out, monkeypatch)
    assert live.verify_file(out).sound


@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"{}\n", b'{"key": "zz", "origin": "x"}\n'])
def test_a_file_that_is_no_log_is_named(tmp_path, content):
    path = tmp_path / "la.jsonl"
    path.write_bytes(content)
    with pytest.raises(BadInput, match=r"la\.jsonl"):
        live.verify_file(path)
    with pytest.raises(BadInput, match=r"khong\.jsonl"):
        live.verify_file(tmp_path / "khong.jsonl")


@pytest.mark.parametrize("column", ["root", "frontier", "note"])
def test_a_changed_copy_of_a_head_is_found(column):
    record(1)
    service.sequence()
    triggers.drop(connection)
    kept = getattr(Checkpoint.objects.get(), column)
    Checkpoint.objects.update(**{column: ("1" if kept[0] == "0" else "0") + kept[1:]})
    assert not service.verify().sound


def test_a_leaf_that_is_no_hash_any_more_is_a_fault_and_no_crash():
    record(1)
    service.sequence()
    triggers.drop(connection)
    Entry.objects.update(leaf_hash="khong phai bam")
    assert not service.verify().sound


def test_the_reason_is_kept_beside_the_log_and_a_changed_one_is_found():
    record(1, reason="Tổ trưởng đi họp, có giấy mời số 12")
    (entry,) = service.entries_for("task", "1")
    assert entry["reason"] == "Tổ trưởng đi họp, có giấy mời số 12"
    assert service.latest_of("to-mau", 1)[0].reason == entry["reason"]
    assert "giấy mời" not in Entry.objects.get().body
    service.sequence()
    assert service.verify().sound
    Reason.objects.update(text="khác")
    assert [fault.where for fault in service.verify().faults] == [f"entry {entry['entry']}, reason"]


@pytest.mark.parametrize("use", ["corrections/1\x1fbhyt", "x", ""])
def test_no_reason_that_somebody_types_is_committed_to_as_a_key(use):
    typed = f"dean06/{use}"
    record(1, reason=typed)
    record(2, reason=f"\x1f{typed}")
    told = {json.loads(one.body)["reason"] for one in Entry.objects.all()}
    assert len(told) == 2
    assert service.derived_key(use).hex() not in told
    service.sequence()
    assert service.verify().sound


@given(st.text(max_size=20), st.text(max_size=20))
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_values_are_told_apart_from_each_other_and_from_keys(one, other):
    values = {one, other, f"dean06/{one}", f"\x1fdean06/{one}", f"\x1f{other}"}
    committed = {service.commitment(value) for value in values}
    assert len(committed) == len(values)
    assert not committed & {service.derived_key(use).hex() for use in (one, other)}


def test_a_reason_from_before_values_were_kept_apart_still_stands():
    record(1, reason="dean06/xyz")
    row = Entry.objects.get()
    before = hmac.digest(keys.commitment_key(keys.KeyFiles(home=Path(conf.HOME))), b"dean06/xyz", "sha256").hex()
    told = json.loads(row.body)
    triggers.drop(connection)
    body = canonical(told | {"reason": before})
    Entry.objects.update(body=body, leaf_hash=leaf_hash(body.encode()).hex())
    service.sequence()
    assert service.verify().sound


def test_what_was_permitted_and_when_stands_in_the_entry():
    record(1)
    (entry,) = service.entries_for("task", "1")
    assert entry["permitted"] == {"at": "2022-08-01T00:00:00.000000+00:00", "digest": "0" * 64}


def test_a_permit_known_in_one_group_is_not_known_in_another():
    record(1)
    digest = Entry.objects.get().permit_digest
    assert service.known_permit(digest, "to-mau")
    assert not service.known_permit(digest, "to-khac")


def test_a_name_too_long_for_its_column_is_refused_on_either_database():
    name = "x" * 81
    with transaction.atomic(), pytest.raises(LedgerStopped, match="object_id"):
        service.append(Permit(obj=Thing("task", name)), scope="to-mau", kind="task", object_id=name, digest="a" * 64)


def test_a_head_that_never_reached_its_file_is_put_there_the_next_time(home):
    record(1)
    service.sequence()
    kept = keys.KeyFiles(home=home).last_checkpoint
    before = kept.read_text()
    record(2)
    with pytest.MonkeyPatch.context() as crash:
        crash.setattr(service, "_keep_outside", lambda *_: None)
        service.sequence()
    assert kept.read_text() == before
    assert service.verify().sound
    assert service.sequence() == 0
    assert kept.read_text() == Checkpoint.objects.get(size=2).note


def test_the_head_kept_outside_stays_as_evidence_when_the_log_was_cut(home):
    for number in range(3):
        record(number)
        service.sequence()
    kept = keys.KeyFiles(home=home).last_checkpoint.read_text()
    triggers.drop(connection)
    Entry.objects.filter(leaf_index=2).delete()
    Checkpoint.objects.filter(size=3).delete()
    for number in (7, 8):
        record(number)
        service.sequence()
    assert keys.KeyFiles(home=home).last_checkpoint.read_text() == kept
    assert [fault.where for fault in service.verify().faults] == ["last checkpoint kept outside the store"]


@pytest.mark.parametrize("name", ["ledger.key", "ledger.pub", "ledger.origin", "commitment.key"])
def test_a_lost_key_stops_the_log_and_is_never_replaced(home, name):
    record(1)
    service.sequence()
    (home / "keys" / name).unlink()
    with pytest.raises(LedgerStopped, match=name):
        record(2)
    if name == "commitment.key":
        with pytest.raises(LedgerStopped, match=name):
            service.commitment("036090000123")
    assert not (home / "keys" / name).exists()


def test_a_public_key_of_another_log_is_noticed(home, tmp_path):
    record(1)
    service.sequence()
    other = keys.KeyFiles(home=tmp_path / "khac")
    keys.make(other)
    keys.KeyFiles(home=home).public.write_bytes(other.public.read_bytes())
    record(2)
    with pytest.raises(LedgerStopped, match="không cùng cặp"):
        service.sequence()
