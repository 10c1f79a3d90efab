"""Nobody writes to the register: every way that the application has is refused, or found before anything is read."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import tempfile
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import duckdb
import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import get_resolver
from ruamel.yaml import YAML

from dean06.charter.errors import Refused
from dean06.charter.types import ObjectRef
from dean06.cli.main import main
from dean06.clock.errors import BadInput, Unavailable
from dean06.flows import register as journey
from dean06.flows.authority import Act, permit
from dean06.ledger.errors import PermitMisused
from dean06.offices import service as offices
from dean06.population import live, service, snapshot, twin
from dean06.population.models import Register
from dean06.reconcile.service.opening import glanced
from dean06.reconcile.stopped import EngineStopped
from flows.conftest import SINCE, Office, assigned, at, own
from harness.settled import Settled, settled_once
from population.registers import AS_OF, people, write_csv
from web.neighbours import client

WAYS = YAML(typ="safe").load((Path(__file__).parent / "ways.yaml").read_text(encoding="utf-8"))
NOBODY = 65534  # the application's account: it owns the files and is not root


def ways(kind: str) -> list[object]:
    return [pytest.param(one, id=one["way"]) for one in WAYS[kind]]


settled_house = settled_once("office", assigned)


@pytest.fixture
def house(settled_house: Settled[Office], db, home: Path, tmp_path: Path) -> Office:
    """Give a group at work whose register this test loads."""
    return own(settled_house.again(home), tmp_path)


@pytest.fixture
def info(tmp_path) -> live.SnapshotInfo:
    return live.load_snapshot(write_csv(tmp_path / "so.csv", people(30)), AS_OF, tmp_path / "so dan cu")


def bytes_of(found: live.SnapshotInfo) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(found.directory.iterdir()) if path.is_file()}


def test_there_are_thirty_of_them():
    assert sum(map(len, WAYS.values())) >= 30
    told = [one["way"] for some in WAYS.values() for one in some]
    assert len(told) == len(set(told))


@pytest.mark.parametrize("one", ways("twin"))
def test_the_connection_of_a_look_up_cannot_write(info, one):
    before = bytes_of(info)
    with twin.opened(info.twin) as link, pytest.raises(sqlite3.DatabaseError):
        _run(link, one["sql"])
    assert bytes_of(info) == before
    assert live.verify(info) == ()


def _run(link: sqlite3.Connection, sql: str) -> None:
    for statement in sql.split("; "):
        link.execute(statement)
    link.commit()


@pytest.mark.parametrize("one", ways("asked"))
def test_what_is_typed_is_no_statement(info, one):
    before = bytes_of(info)
    with pytest.raises(BadInput, match="12 chữ số"):
        live.lookup(info, one["number"], "2.000815")
    assert bytes_of(info) == before


@pytest.mark.parametrize("one", ways("duckdb"))
def test_the_engine_sees_the_people_and_cannot_change_them(info, one):
    before = bytes_of(info)
    with pytest.raises(EngineStopped):
        _through_the_engine(info.register, one["sql"])
    assert bytes_of(info) == before


def _through_the_engine(register: Path, sql: str) -> None:
    with glanced(register) as link:
        link.execute(f"create temp view so as select * from read_parquet('{register}')")
        assert link.execute("select count(*) from so").fetchall() == [(30,)]
        link.execute(sql)


# ------------------------------------------------------------ files


def _read_write(path: Path) -> None:
    with path.open("r+b") as file:
        file.write(b"X")


def _write(path: Path) -> None:
    path.write_bytes(b"X")


def _append(path: Path) -> None:
    with path.open("ab") as file:
        file.write(b"X")


def _truncate(path: Path) -> None:
    os.truncate(path, 0)


def _copy_into(path: Path) -> None:
    shutil.copyfile(__file__, path)


def _connect_writing(path: Path) -> None:
    with sqlite3.connect(path.with_name(twin.FILE)) as link:
        link.execute("update person set ho_ten = 'X'")


def refused_to(attempt: Callable[[Path], None], path: Path) -> bool:
    """Try something as the account of the application, in a process of its own; say whether the system refused."""
    child = os.fork()
    if child == 0:
        code = 1
        try:
            if os.geteuid() == 0:
                os.setgid(NOBODY)
                os.setuid(NOBODY)
            attempt(path)
        except (PermissionError, sqlite3.OperationalError):
            code = 0
        finally:
            os._exit(code)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


@pytest.mark.parametrize("one", ways("file"))
def test_the_account_of_the_application_cannot_open_a_file_for_writing(tmp_path, one):
    shelf = Path(tempfile.mkdtemp(prefix="so-"))
    try:
        info = live.load_snapshot(write_csv(tmp_path / "so.csv", people(30)), AS_OF, shelf)
        if os.geteuid() == 0:
            for path in (shelf, *shelf.rglob("*")):
                os.chown(path, NOBODY, NOBODY)
        before = bytes_of(info)
        attempt = globals()[f"_{one['do']}"]
        assert refused_to(attempt, info.register)
        assert bytes_of(info) == before
    finally:
        shutil.rmtree(shelf)


def _flip(path: Path) -> None:
    path.chmod(0o600)
    good = path.read_bytes()
    path.write_bytes(good[:-20] + bytes([good[-20] ^ 1]) + good[-19:])
    path.chmod(0o400)


def flip_register(info: live.SnapshotInfo) -> None:
    _flip(info.register)


def flip_twin(info: live.SnapshotInfo) -> None:
    _flip(info.twin)


def flip_back_in_time(info: live.SnapshotInfo) -> None:
    """Change a byte and give the file its old time again."""
    kept = info.twin.stat()
    _flip(info.twin)
    os.utime(info.twin, ns=(kept.st_atime_ns, kept.st_mtime_ns))


def replace_register(info: live.SnapshotInfo) -> None:
    other = info.directory.parent / "khac.parquet"
    with duckdb.connect() as link:
        link.execute(f"copy (select '1' as so_dinh_danh) to '{other}' (format parquet)")
    other.replace(info.register)


def copy_over(info: live.SnapshotInfo) -> None:
    with duckdb.connect() as link:
        info.register.chmod(0o600)
        link.execute(f"copy (select '1' as so_dinh_danh) to '{info.register}' (format parquet)")


def remove_twin(info: live.SnapshotInfo) -> None:
    info.twin.unlink()


def edit_manifest(info: live.SnapshotInfo) -> None:
    path = info.directory / snapshot.MANIFEST
    path.chmod(0o600)
    path.write_text(path.read_text().replace('"rows": 30', '"rows": 31'))


def seal_anew(info: live.SnapshotInfo) -> None:
    """Change the people, then write a manifest that fits: only what was recorded elsewhere tells."""
    info.twin.chmod(0o600)
    with sqlite3.connect(info.twin) as link:
        link.execute("update person set ho_ten = 'Người Khác'")
    path = info.directory / snapshot.MANIFEST
    path.chmod(0o600)
    facts = json.loads(path.read_text())
    for name in ("format", "files", "seal"):
        facts.pop(name)
    snapshot.seal(info.directory, facts)
    assert live.verify(live.open_snapshot(info.directory)) == ()


@pytest.fixture
def loaded(house: Office, tmp_path) -> service.RegisterInfo:
    """Give a register that the group's keeper loaded, and that somebody looked into already."""
    path = write_csv(tmp_path / "so.csv", people(30))
    with at(2022, 7, 1):
        journey.load(house.account("register_keeper"), house.group, path, AS_OF)
    found = service.latest(house.group.id, date(2022, 7, 2))
    assert looked_up(house, found, 9)
    return found


def looked_up(house: Office, found: service.RegisterInfo, hour: int) -> object:
    number, me = people(30)[3][0], offices.viewer(house.account("register_keeper"), SINCE.replace(month=7))
    with at(2022, 7, 2, hour):
        asked = service.ledger.commitment(number)
        obj = ObjectRef(kind="register", id=str(found.id), digest=service.digest_of(number=asked))
        facts = {"purpose.stated": True, "person.in_own_units": True}
        act = Act(account=me.account, group=house.group, action="person.read", obj=obj, facts=facts, reason="2.000815")
        return service.lookup(permit(act), me, found.id, number, "2.000815")


@pytest.mark.parametrize("one", ways("disk"))
def test_a_changed_byte_is_found_before_anything_is_read(house, loaded, one):
    globals()[one["do"]](live.open_snapshot(loaded.directory))
    with pytest.raises((Unavailable, BadInput)) as told:
        looked_up(house, loaded, 10)
    assert "Người Khác" not in told.value.vi
    with pytest.raises((Unavailable, BadInput)):
        service.require_whole(loaded)


def test_the_same_file_loaded_again_heals_it(house, loaded, tmp_path):
    seal_anew(live.open_snapshot(loaded.directory))
    shutil.rmtree(loaded.directory)
    with at(2022, 7, 3):
        journey.load(house.account("register_keeper"), house.group, tmp_path / "so.csv", AS_OF)
    assert looked_up(house, loaded, 11)


# ------------------------------------------------------------ faces, commands, pages


def load_without_office(house: Office, path: Path) -> None:
    with pytest.raises(Refused):
        journey.load(house.account("secretariat"), house.group, path, AS_OF)


def load_under_another_permit(house: Office, path: Path) -> None:
    ref = service.register_ref(house.group.slug, AS_OF, "0" * 64)
    obj = ObjectRef(kind="register", id=ref, digest=service.digest_of(sha256="0" * 64))
    facts = {"register.file_verified": True}
    by = permit(
        Act(
            account=house.account("register_keeper"),
            group=house.group,
            action="register.load",
            obj=obj,
            facts=facts,
        )
    )
    with pytest.raises(PermitMisused):
        service.take(by, house.group.id, path, AS_OF)


def load_bad_cell(house: Office, path: Path) -> None:
    path.write_text(path.read_text().replace("Nguyễn Văn An", "123", 1))
    with pytest.raises(BadInput):
        journey.load(house.account("register_keeper"), house.group, path, AS_OF)


def command(_house: Office, path: Path) -> None:
    for asked in ("set", "update", "delete", "edit", "fix", "write"):
        assert main(["register", asked, str(path)]) == 2


def page(house: Office, _path: Path) -> None:
    """No address but that of proposals speaks of the register, and none of those takes a value."""
    browser: Client = client(house, "register_keeper")
    for pattern in get_resolver().reverse_dict:
        assert not str(pattern).startswith(("register", "population"))
    for address in ("so-dan-cu", "dan-cu", "register", "cai-dat/so-dan-cu"):
        for method in (browser.post, browser.put, browser.patch, browser.delete):
            assert method(f"/t/{house.group.slug}/{address}/").status_code in {404, 405}


def main_database(_house: Office, _path: Path) -> None:
    """The main database knows that there is a snapshot, and nobody in it."""
    told = {field.name for field in Register._meta.get_fields() if field.concrete}
    snapshot = {"id", "group", "as_of", "sha256", "rows", "directory", "loaded_at"}
    assert told == snapshot | {"kind", "until", "emptied_at"}
    for statement in ("insert into person (so_dinh_danh) values ('1')", "update population_register set ho_ten = 'X'"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


@pytest.mark.parametrize("one", ways("face"))
def test_no_face_no_command_and_no_page_writes(house, loaded, tmp_path, one):
    before = bytes_of(live.open_snapshot(loaded.directory))
    with at(2022, 7, 3):
        globals()[one["do"]](house, write_csv(tmp_path / "khac.csv", people(31)))
    assert bytes_of(live.open_snapshot(loaded.directory)) == before
    assert service.latest(house.group.id, date(2022, 7, 4)) == loaded
    assert isinstance(service.require_whole(loaded), live.SnapshotInfo)


def test_the_faces_have_one_writer_each_and_it_takes_a_whole_file():
    assert set(live.__all__) == {
        *("REGISTER", "SnapshotInfo", "latest", "load_snapshot", "lookup", "open_snapshot"),
        *("copy_people", "people", "require_whole", "sha256_of", "snapshots", "verify"),
    }
    assert set(service.__all__) == {
        *("RegisterInfo", "holds_snapshot", "latest", "lookup", "register", "register_ref", "registers"),
        *("require_whole", "take", "vault"),
        *("empty_expired", "take_answers"),  # answers of the service are no register, and go when their time is over
    }


def test_emptying_answers_leaves_snapshots_alone(house, loaded):
    before = bytes_of(live.open_snapshot(loaded.directory))
    assert service.empty_expired(datetime(2032, 7, 3, tzinfo=UTC)) == 0
    assert bytes_of(live.open_snapshot(loaded.directory)) == before
