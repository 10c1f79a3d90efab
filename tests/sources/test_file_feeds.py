"""A folder that is watched, here or on an SFTP server: which file is taken, when, and where it goes afterwards."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

import asyncssh
import pytest
from django.test import override_settings

from dean06.clock import service as clock
from dean06.clock.errors import BadInput, HouseError, Unavailable
from dean06.sources import live
from dean06.sources.connectors import inbox
from dean06.sources.connectors.types import AccessRefused, Piece, Reader
from dean06.sources.service import feeds
from harness.feeding import brought, feed, opened, put_secret, window
from harness.own_thread import in_own_thread
from harness.sftp import ACCOUNT, PASSWORD, SftpServer, serving

NOW = datetime(2022, 6, 10, 9, tzinfo=clock.TZ)


@dataclass
class Place:
    """A folder that files arrive in, and the feed that watches it."""

    folder: Path
    kind: str
    settings: dict[str, str]
    secret: str

    def put(self, name: str, content: bytes = b"x", minutes: float = 5) -> Path:
        """Put a file there that was written some minutes ago."""
        path = self.folder / name
        path.write_bytes(content)
        written = (NOW - timedelta(minutes=minutes)).timestamp()
        os.utime(path, (written, written))
        return path

    def opened(self, **settings: str):
        return opened(feed(self.kind, {**self.settings, **settings}, self.secret))

    def take(self, known: dict[str, str] | None = None, **settings: str) -> tuple[Piece, bytes] | None:
        """Take the next file."""
        with self.opened(**settings) as reader:
            for piece in reader.pieces(window(known=known or {}), {}):
                piece.file.seek(0)
                return piece, piece.file.read()
        return None

    def names(self, folder: str = "") -> list[str]:
        beside = self.folder / folder
        return sorted(path.name for path in beside.iterdir() if path.is_file()) if beside.is_dir() else []


@pytest.fixture
def server(tmp_path: Path) -> Iterator[SftpServer]:
    (tmp_path / "sftp" / "den").mkdir(parents=True)
    with serving(SftpServer(folder=tmp_path / "sftp")) as running:
        yield running


def over_sftp(server: SftpServer, home: Path, **more: str) -> Place:
    told = {"may": "127.0.0.1", "cong": str(server.port), "khoa_may": server.pinned, "tai_khoan": ACCOUNT}
    return Place(server.folder / "den", "sftp", {**told, "thu_muc": "den", **more}, put_secret(home, PASSWORD))


@pytest.fixture(params=["folder", "sftp"])
def place(request: pytest.FixtureRequest, home: Path) -> Iterator[Place]:
    with clock.pinned(NOW):
        if request.param == "folder":
            (folder := home / "nhan" / "qn" / "bhxh").mkdir(parents=True)
            yield Place(folder, "folder", {"thu_muc": "bhxh"}, "")
        else:
            yield over_sftp(request.getfixturevalue("server"), home)


def test_the_oldest_file_comes_first_and_says_of_which_month_it_is(place):
    place.put("bhyt-2022-05.csv", b"hai", 5)
    place.put("bhyt_202204.csv", b"mot", 90)
    place.put("khac.csv", b"ba", 1.5)
    piece, content = place.take()
    assert (piece.file_name, piece.period, content) == ("bhyt_202204.csv", "2022-04", b"mot")
    piece, content = place.take({piece.key: ""})
    assert (piece.file_name, piece.period, content) == ("bhyt-2022-05.csv", "2022-05", b"hai")


def test_whatever_runs_around_it_does_not_matter(place):
    place.put("bhyt-2022-05.csv")

    async def around() -> tuple[Piece, bytes] | None:
        return place.take()

    assert in_own_thread(lambda: asyncio.run(around())) is not None


def test_a_file_that_still_grows_is_left_alone(place):
    place.put("dang-ghi.csv", b"mot nua", 0.5)
    assert place.take() is None
    assert place.take(yen_giay="20") is not None


def test_what_is_no_finished_file_is_never_taken(place):
    for name in (".an.csv", "~$mo.xlsx", "tai.part", "tai.csv.filepart", "x.ly-do.txt"):
        place.put(name)
    (place.folder / "thu-muc.csv").mkdir()
    (place.folder / "noi-khac.csv").symlink_to("/etc/passwd")
    assert place.take() is None


def test_a_pattern_says_which_files_are_meant(place):
    place.put("luong.csv")
    place.put("bhyt-1.csv")
    piece, _ = place.take(mau_ten="bhyt-*.csv")
    assert piece.file_name == "bhyt-1.csv"


def test_the_same_name_written_anew_is_another_file(place):
    place.put("bhyt.csv", b"cu")
    piece, _ = place.take()
    assert place.take({piece.key: ""}) is None
    place.put("bhyt.csv", b"moi", 3)
    again, content = place.take({piece.key: ""})
    assert (content, again.key == piece.key) == (b"moi", False)


def test_a_file_that_is_kept_already_is_not_brought_again(place):
    place.put("bhyt.csv")
    with place.opened() as reader:
        assert brought(reader, done={"tep-1": ""}) == []


def test_a_file_that_changes_while_it_is_taken_is_taken_later(place, monkeypatch):
    path = place.put("bhyt.csv", b"dang")
    real = inbox.Seen.__eq__
    monkeypatch.setattr(inbox.Seen, "__eq__", lambda one, other: real(one, replace(other, size=other.size + 1)))
    with pytest.raises(BadInput, match="thay đổi trong lúc lấy"):
        place.take()
    monkeypatch.undo()
    assert path.exists()
    assert place.take() is not None


def _judged(reader: Reader, piece: Piece, problem: str) -> None:
    reader.taken((piece.key,), problem)
    reader.taken((piece.key,), problem)  # once more is nothing more


def test_what_was_taken_and_what_was_refused_lie_apart_with_the_reason(place):
    place.put("tot.csv")
    good, _ = place.take()
    place.put("hong.csv")
    bad, _ = place.take({good.key: ""})
    with place.opened() as reader:
        _judged(reader, good, "")
        _judged(reader, bad, "Tệp «hong.csv» bị hỏng.")
    assert place.names() == []
    assert place.names("da-nhan") == ["tot.csv"]
    assert place.names("khong-nhan") == ["hong.csv", "hong.csv.ly-do.txt"]
    assert "bị hỏng" in (place.folder / "khong-nhan" / "hong.csv.ly-do.txt").read_text()


def test_a_second_file_of_one_name_does_not_cover_the_first(place):
    for content in (b"mot", b"hai"):
        place.put("bhyt.csv", content, len(content) + content[0])
        piece, _ = place.take()
        with place.opened() as reader:
            reader.taken((piece.key,), "")
    kept = sorted((place.folder / "da-nhan" / name).read_bytes() for name in place.names("da-nhan"))
    assert kept == [b"hai", b"mot"]


def test_a_file_too_large_is_put_aside_and_the_next_one_taken(place, monkeypatch):
    monkeypatch.setattr(inbox, "MOST_BYTES", 10)
    place.put("to.csv", b"x" * 11, 60)
    place.put("nho.csv", b"x")
    piece, _ = place.take()
    assert piece.file_name == "nho.csv"
    assert place.names("khong-nhan") == ["to.csv", "to.csv.ly-do.txt"]


def test_trying_a_feed_brings_nothing(place):
    place.put("bhyt.csv")
    with place.opened() as reader:
        assert "1 tệp" in reader.test()
    assert place.names() == ["bhyt.csv"]


# ---------------------------------------------------------------- a folder of the server


@pytest.mark.parametrize("name", ["../quan-tri", "/etc", "a/b", "", ".", "x y"])
def test_a_folder_is_one_of_the_groups_own(home, name):
    with pytest.raises(BadInput), opened(feed("folder", {"thu_muc": name})):
        pass


def test_a_folder_that_the_operator_has_not_made_is_told(home):
    with pytest.raises(Unavailable, match="người vận hành tạo"), opened(feed("folder", {"thu_muc": "chua-co"})):
        pass


# ---------------------------------------------------------------- an SFTP server


def test_another_host_key_is_never_taken(server, home):
    place = over_sftp(server, home, khoa_may=asyncssh.generate_private_key("ssh-ed25519").export_public_key().decode())
    place.put("bhyt.csv")
    with clock.pinned(NOW), pytest.raises(Unavailable, match="khác khóa đã ghim"):
        place.take()


def test_a_key_opens_as_well_as_a_password(server, home):
    place = over_sftp(server, home)
    secret = put_secret(home, server.client_key.export_private_key().decode(), "khoa")
    with opened(feed("sftp", place.settings, secret)) as reader:
        assert "0 tệp" in reader.test()


@pytest.mark.parametrize("secret", ["sai", "-----BEGIN OPENSSH PRIVATE KEY-----\nx\n-----END OPENSSH PRIVATE KEY-----"])
def test_a_wrong_secret_is_told_without_it(server, home, secret):
    place = over_sftp(server, home)
    with pytest.raises(AccessRefused) as caught, opened(feed("sftp", place.settings, put_secret(home, secret))):
        pass
    assert secret not in caught.value.vi.split() + caught.value.en.split()


def test_a_server_that_breaks_off_is_tried_later_and_nothing_is_lost(server, home):
    place = over_sftp(server, home)
    place.put("bhyt.csv", b"x" * 100_000)
    server.cuts.append("now")
    with clock.pinned(NOW):
        with pytest.raises(Unavailable, match="ngắt giữa chừng"):
            place.take()
        piece, content = place.take()
    assert (piece.file_name, len(content)) == ("bhyt.csv", 100_000)


def test_a_server_that_is_down_is_told(server, home):
    place = over_sftp(server, home, cong="1")
    with pytest.raises(Unavailable, match="Không nối được"):
        place.take()


def test_an_account_that_may_only_read_leaves_the_files_in_place(server, home):
    server.read_only = True
    place = over_sftp(server, home)
    place.put("bhyt.csv")
    with clock.pinned(NOW):
        piece, _ = place.take()
        with pytest.raises(BadInput, match="để nguyên tệp"), place.opened() as reader:
            reader.taken((piece.key,), "")
        with place.opened(sau_khi_nhan="de_nguyen") as reader:
            reader.taken((piece.key,), "")
        assert place.take({piece.key: ""}, sau_khi_nhan="de_nguyen") is None
    assert place.names() == ["bhyt.csv"]


@pytest.mark.parametrize("wrong", [{"khoa_may": "ssh-ed25519 AAAA"}, {"cong": "99999"}, {"cong": "hai"}, {"may": ""}])
def test_settings_that_do_not_fit_are_named(server, home, wrong):
    with pytest.raises(BadInput), over_sftp(server, home).opened(**wrong):
        pass


def test_a_folder_that_is_not_there_is_told(server, home):
    with pytest.raises(HouseError, match="không có thư mục"):
        over_sftp(server, home).take(thu_muc="khong-co")


@pytest.mark.parametrize("named", [(), ("127.0.0.2",), ("127.0.0.1:22",)])
def test_a_machine_that_the_operator_has_not_named_is_not_reached(server, home, named):
    place = over_sftp(server, home)
    with override_settings(FEED_HOSTS=named), pytest.raises(Unavailable, match="DEAN06_FEEDS"):
        feeds.opened("qn", feed("sftp", place.settings, place.secret), live.contract("bhyt"))


def test_a_machine_may_be_named_with_or_without_its_port(server, home):
    place = over_sftp(server, home)
    for named in ("127.0.0.1", f"127.0.0.1:{server.port}"):
        with override_settings(FEED_HOSTS=(named,)):
            feeds.opened("qn", feed("sftp", place.settings, place.secret), live.contract("bhyt")).close()


# ---------------------------------------------------------------- secrets


def test_a_secret_that_others_can_read_is_not_used(server, home):
    place = over_sftp(server, home)
    (home / "secrets" / "qn" / "thu").chmod(0o640)
    with pytest.raises(Unavailable, match="0600"):
        place.take()


def test_a_secret_that_is_not_there_says_where_it_goes(server, home):
    place = over_sftp(server, home)
    place.secret = "env:BHXH-MK"  # noqa: S105  the name of a variable
    with pytest.raises(Unavailable, match="DEAN06_NGUON_QN_BHXH_MK"):
        place.take()


def test_a_secret_may_be_a_variable_of_the_groups_own(server, home, monkeypatch):
    place = over_sftp(server, home)
    place.secret = "env:bhxh"  # noqa: S105  the name of a variable
    monkeypatch.setenv("DEAN06_NGUON_QN_BHXH", PASSWORD)
    with place.opened() as reader:
        assert reader.test()


@pytest.mark.parametrize("typed", ["mat-khau-that", "tep:../khac/thu", "env:A B", "tep:"])
def test_what_is_no_reference_is_refused(server, home, typed):
    place = over_sftp(server, home)
    place.secret = typed
    with pytest.raises(BadInput, match="tham chiếu"):
        place.take()
