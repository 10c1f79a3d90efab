"""Two groups, each with a register of its own; addresses that officials of theirs opened."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from urllib.parse import urlencode

import pytest
from django.http import HttpResponse
from django.test import Client

from dean06.flows import looking_up, register, setup
from dean06.offices import service as offices
from dean06.offices.types import GroupInfo, NewGroup, Viewer
from dean06.reconcile.service.lookup_addresses import AddressInfo
from flows.conftest import SINCE, Office, at, found, seated
from harness.settled import Settled, settled_once

AS_OF = date(2022, 6, 30)
WHY = "Đối chiếu danh sách bảo trợ, hồ sơ bà Trần Thị Ngân"
COLUMNS = (
    *("so_dinh_danh", "so_cmnd", "ho_ten", "ngay_sinh", "gioi_tinh", "dan_toc", "thuong_tru_xa"),
    *("thuong_tru_chi_tiet", "ho_ten_cha", "ho_ten_me", "tinh_trang"),
)
HERE = (
    "044090000101,190000101,Nguyễn Văn An,1990-03-14,Nam,01,19201,Thôn Đông,Nguyễn Văn Bền,Lê Thị Cải,song",
    "044085000102,190000102,Nguyễn Văn An,1985-11-02,Nam,01,19204,Thôn Tây,Nguyễn Văn Dũng,Lê Thị Én,song",
    "044077000103,,Nguyễn Văn Ân,1977-07-21,Nam,01,19201,Thôn Nam,,,song",
    "044188000104,190000104,Trần Thị Bích Hằng,1988-02-09,Nữ,01,19204,Thôn Bắc,Trần Văn Giáp,Võ Thị Huệ,song",
    "044162000105,190000105,Lê Hoàng Yến Nhi,1962,Nữ,01,19201,Xóm Chùa,,,song",
    "044055000106,190000106,Phạm Đình Kiên,1955-12-30,Nam,02,19204,Xóm Đình,,,chet",
    "044099000107,,Đỗ Quốc Lâm,1999-05-05,Nam,01,19201,Xóm Bến,,,song",
)
THERE = (
    "045091000201,191000201,Nguyễn Văn An,1991-04-15,Nam,01,19207,Thôn Thượng,,,song",
    "045177000202,191000202,Hoàng Thị Mận,1977-08-08,Nữ,01,19207,Thôn Hạ,,,song",
)
FIELDS_OF_VALUES = ("so_dinh_danh", "so_cmnd", "ngay_sinh", "thuong_tru_chi_tiet", "ho_ten_cha", "ho_ten_me")


def person(line: str) -> dict[str, str]:
    """Return a person of a register by column."""
    return dict(zip(COLUMNS, line.split(","), strict=True))


@dataclass
class Groups:
    """Two groups at work."""

    here: Office
    there: GroupInfo
    there_accounts: dict[str, str] = field(default_factory=dict)

    def viewer(self, role: str = "leader") -> Viewer:
        return offices.viewer(self.here.account(role), SINCE.replace(month=7))

    def stranger(self) -> Viewer:
        return offices.viewer(self.there_accounts["leader:PC"], SINCE.replace(month=7))


def load(account: str, group: GroupInfo, lines: tuple[str, ...], folder: Path) -> None:
    path = folder / f"so-{group.slug}.csv"
    with path.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows([COLUMNS, *(line.split(",") for line in lines)])
    with at(2022, 6, 30, 20):
        register.load(account, group, path, AS_OF)


def build(folder: Path) -> Groups:
    here = found("quang-ninh-2022", "qn", folder, persons=20)
    with at(2022, 5, 20):
        new = NewGroup(
            slug="ben",
            name="Tổ công tác bên",
            short_name="Tổ bên",
            level="district",
            unit_code="457",
            unit_on=SINCE,
            charter_line="quang-ninh-2022",
        )
        there = setup.found_group(here.admin, new, "quang-ninh-2022")
        accounts = seated(here.admin, there, "Bên")
    load(here.account("register_keeper"), here.group, HERE, folder)
    load(accounts["register_keeper:POL"], there, THERE, folder)
    return Groups(here=here, there=there, there_accounts=accounts)


settled_groups = settled_once("groups", build)


@pytest.fixture
def groups(settled_groups: Settled[Groups], db: None, home: Path, monkeypatch) -> Iterator[Groups]:
    made = settled_groups.again(home)
    with at(2022, 7, 1):
        yield made


@dataclass
class Address:
    """An open address, and how a client of each version speaks to it."""

    info: AddressInfo
    token: str
    client: Client = field(default_factory=Client)

    def old(self, path: str = "/", **form: object) -> HttpResponse:
        """Ask by version 0.2: a form where one is given."""
        at_ = f"/openrefine/{self.token}/0.2{path}"
        if not form:
            return self.client.get(at_)
        return self.client.post(
            at_,
            urlencode({name: json.dumps(value) for name, value in form.items()}),
            content_type="application/x-www-form-urlencoded",
        )

    def new(self, path: str = "/", body: object = None) -> HttpResponse:
        """Ask by version 1.0: JSON where it is given."""
        at_ = f"/openrefine/{self.token}/1.0{path}"
        return self.client.get(at_) if body is None else self.client.post(at_, body, content_type="application/json")

    def match(self, *queries: dict[str, object]) -> list[list[dict[str, object]]]:
        """Return what version 0.2 answers to queries, in their order."""
        answer = self.old(queries={f"q{place}": one for place, one in enumerate(queries)})
        assert answer.status_code == 200, answer.content
        return [answer.json()[f"q{place}"]["result"] for place in range(len(queries))]


WANTED = ("ngay_sinh", "so_dinh_danh", "ho_ten_cha")


def opened(
    viewer: Viewer, group: GroupInfo, *, source: str = "chung", hours: int = 4, wanted: tuple[str, ...] = WANTED
) -> Address:
    info, token = looking_up.open_address(viewer, group, purpose=WHY, source=source, hours=hours, wanted=wanted)
    return Address(info, token)


@pytest.fixture
def address(groups: Groups) -> Address:
    return opened(groups.viewer(), groups.here.group)


def query(name: str = "", limit: int = 0, **values: object) -> dict[str, object]:
    """Return a query of version 0.2."""
    made: dict[str, object] = {"query": name} if name else {}
    if values:
        made["properties"] = [{"pid": pid, "v": value} for pid, value in values.items()]
    return made | ({"limit": limit} if limit else {})
