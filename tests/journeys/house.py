"""A small house to visit: one group at work, made by the product's own flows, and a list still to be handed in.

    python -m journeys.house HOME

fills the state directory HOME, in which tables lie; `to-nop/` beside it holds the files that the journeys hand in.
"""

from __future__ import annotations

import os
import sys
from datetime import date
from pathlib import Path

SLUG = "thu"
PASSWORD = "trinh-dien-06"  # noqa: S105  of made-up people in a house that is thrown away
TODAY = date(2022, 10, 5)
PEOPLE = {
    "to-truong": ("leader", "PC", "Nguyễn Minh Tâm"),
    "to-pho": ("standing_deputy", "POL", "Trần Quốc Hải"),
    "bhxh": ("member", "BHXH", "Lê Ngọc Hoa"),
    "giao-duc": ("member", "GDDT", "Vũ Đình Khoa"),
    "giup-viec": ("secretariat", "TEAM", "Đỗ Thanh Sáu"),
    "giu-so": ("register_keeper", "POL", "Hồ Văn Bảy"),
    "van-thu": ("clerk", "OFF", "Mai Thị Tám"),
    "to-pho-that": ("deputy", "OFF", "Phạm Thu Thủy"),
}
# Whose account is none of a demonstration, so that its second factor is its own affair.
REAL = {"to-pho-that"}
# A second group, whose charter was issued by an authority above it, with a draft that is to be put before it.
BELOW = "duoi"
PEOPLE_BELOW = {
    "to-truong-duoi": ("leader", "PC", "Lương Gia Định"),
    "to-pho-duoi": ("standing_deputy", "POL", "Cù Thị Chín"),
    "giup-viec-duoi": ("secretariat", "TEAM", "Tô Kim Liên"),
    "van-thu-duoi": ("clerk", "OFF", "Bùi Thị Mận"),
    "bhxh-duoi": ("member", "BHXH", "Đặng Thị Mơ"),
}
HEIR = "xa-moi"
HEIRS = {"xa-truong": ("leader", "PC", "Lương Thị Mười"), "xa-bhxh": ("member", "BHXH", "Cao Văn Mươi")}
REGISTERS = ("2022-07", "2022-08", "2022-09")
HANDED_IN = ("2022-07", "2022-08")
NEXT = "2022-09"
PERSONS = 420


def make(home: Path) -> None:
    """Fill a state directory that holds tables alone."""
    os.environ["DEAN06_HOME"] = str(home)
    os.environ["DJANGO_SETTINGS_MODULE"] = "dean06.settings"
    import django

    django.setup()
    office = found(home)
    work(office)
    keys(office, home)
    heirs(office)
    below(office.admin)
    leave(office, home.with_name("to-nop"))
    from dean06.jobs import service as jobs
    from dean06.ledger import service as ledger

    ledger.sequence()
    jobs.follow()


def found(home: Path):
    """Set the group up: its charter, its seats, accounts that can sign in."""
    from dean06.demo import service as demo
    from dean06.flows import setup
    from dean06.flows.setup import Member
    from dean06.offices.types import NewGroup
    from flows.conftest import SINCE, Office, at

    with at(2022, 5, 20):
        admin = setup.found_installation("quan-tri", PASSWORD, "Quản Trị", is_demo=True).public_id
        new = NewGroup(
            slug=SLUG,
            name="Tổ công tác Đề án 06 huyện Thử",
            short_name="Tổ Đề án 06 huyện Thử",
            level="district",
            unit_code="456",
            unit_on=SINCE,
            charter_line="quang-ninh-2022",
            is_demo=True,
            own_day=TODAY,
        )
        group = setup.found_group(admin, new, "quang-ninh-2022")
        accounts = {}
        for username, (role, agency, holder) in PEOPLE.items():
            made = setup.open_account(admin, username, PASSWORD, holder, is_demo=username not in REAL)
            accounts[f"{role}:{agency}"] = made.public_id
            member = Member(role=role, agency=agency, holder=holder, account=made.public_id, since=SINCE)
            setup.seat(admin, group, member)
    folder = home / "tam"
    folder.mkdir()
    world = demo.World(6, PERSONS, "quang-ninh-2022")
    return Office(group=group, admin=admin, accounts=accounts, world=world, folder=folder)


def keys(office, home: Path) -> None:
    """Give signers and agencies their keys, made up for this house."""
    from dean06.demo import pki, signers
    from flows.conftest import at

    with at(2022, 5, 23):
        signers.give_keys(office.group, pki.make(home, (), ()))


def below(admin: str) -> None:
    """Set the second group up, and let its people write an amendment."""
    from dean06.flows import chartering, setup
    from dean06.flows.setup import Member
    from dean06.offices.types import NewGroup
    from flows.conftest import SINCE, at

    with at(2022, 5, 20):
        new = NewGroup(
            slug=BELOW,
            name="Tổ công tác Đề án 06 huyện Xuân Trường (thử)",
            short_name="Tổ Đề án 06 Xuân Trường",
            level="district",
            unit_code="364",
            unit_on=SINCE,
            charter_line="xuan-truong-2022",
            is_demo=True,
            own_day=TODAY,
        )
        group = setup.found_group(admin, new, "xuan-truong-2022")
        accounts = {}
        for username, (role, agency, holder) in PEOPLE_BELOW.items():
            accounts[role] = setup.open_account(admin, username, PASSWORD, holder, is_demo=True).public_id
            seat = Member(role=role, agency=agency, holder=holder, account=accounts[role], since=SINCE)
            setup.seat(admin, group, seat)
        for role in ("leader", "secretariat"):
            setup.confirm_instrument(accounts[role], group, "1041/QĐ-UBND", SINCE)
    with at(2022, 10, 3):
        writer = accounts["secretariat"]
        draft = chartering.begin(writer, group, chartering.CURRENT, "5.2", "Tổ phó cần triệu tập họp khi có việc gấp")
        article = dict(draft.files["dieu-05.yaml"])
        first, second, *rest = article["clauses"]
        added = {
            "label": str(len(rest) + 3),
            "vi": "Báo kết quả họp trong ngày.",
            "en": "Results are told the same day.",
        }
        article["clauses"] = [
            first,
            dict(second) | {"vi": "Triệu tập họp khi có việc gấp, báo Tổ trưởng ngay."},
            *rest,
            added,
        ]
        power = {"key": "dl.convene", "cite": "5.2", "type": "power", "bearer": "deputy", "action": "meeting.convene"}
        article["norms"] = [*article["norms"], power | {"source": "đề nghị"}]
        chartering.save(writer, group, draft, "dieu-05.yaml", article, seen=draft.revision)


def heirs(office) -> None:
    """Set up the commune that takes over what the district's group leaves when it ends."""
    from dean06.flows import setup
    from dean06.flows.setup import Member
    from dean06.offices.types import NewGroup
    from flows.conftest import SINCE, at

    with at(2022, 9, 1):
        new = NewGroup(
            slug=HEIR,
            name="Tổ công tác Đề án 06 xã Thử Mới",
            short_name="Tổ xã Thử Mới",
            level="commune",
            unit_code="456",
            unit_on=SINCE,
            charter_line="quang-ninh-2022",
            is_demo=True,
            own_day=TODAY,
        )
        group = setup.found_group(office.admin, new, "quang-ninh-2022")
        for username, (role, agency, holder) in HEIRS.items():
            made = setup.open_account(office.admin, username, PASSWORD, holder, is_demo=True)
            member = Member(role=role, agency=agency, holder=holder, account=made.public_id, since=SINCE)
            setup.seat(office.admin, group, member)


def work(office) -> None:
    """Two months of lists under a standing assignment, and one list whose faults nobody has ordered yet."""
    from dean06.demo import service as demo
    from dean06.flows import ordering
    from flows.conftest import at

    with at(2022, 6, 1):
        ordering.assign_source(office.account("leader"), office.group, "bhyt")
    for month in REGISTERS:
        office.load_register(month)
    for place, month in enumerate(HANDED_IN):
        fixed = demo.Fix(share=0.6, said=0.1) if place else demo.NOTHING
        office.deliver("bhyt", "BHXH", month, fixed)
    office.deliver("hoc-sinh", "GDDT", "2022-09")


def leave(office, folder: Path) -> None:
    """Write the files that a visitor hands in: the next list as a workbook, a damaged one, one of no source."""
    import openpyxl

    from dean06.demo import service as demo

    folder.mkdir()
    written = folder / demo.delivery_name(office.world, "bhyt", NEXT)
    demo.write_delivery(office.world, "bhyt", NEXT, written, fixed=demo.Fix(share=0.7))
    if written.suffix != ".xlsx":
        raise SystemExit(f"the next list is no workbook: {written.name}")
    written.rename(folder / "bhyt-thang-9.xlsx")
    other = folder / demo.delivery_name(office.world, "hoc-sinh", "2022-07")
    demo.write_delivery(office.world, "hoc-sinh", "2022-07", other)
    other.rename(folder / f"hoc-sinh-thang-7{other.suffix}")
    (folder / "hong.xlsx").write_bytes(b"PK\x03\x04 a workbook cut off")
    strange = openpyxl.Workbook()
    for row in (("Cột lạ", "Cột khác"), ("một", "hai"), ("ba", "bốn")):
        strange.active.append(row)
    strange.save(folder / "la.xlsx")


if __name__ == "__main__":
    make(Path(sys.argv[1]))
