"""Groups with money under each regulation, and its acts in the shortest words."""

from __future__ import annotations

import io
from datetime import date
from functools import cache

from pypdf import PdfWriter

from dean06.flows import funding, setup, spending
from dean06.flows.funding import Entered
from dean06.flows.setup import Member
from dean06.funds.types import Item, NewPayment, Paper, RequestInfo, SourceInfo, SourceKind
from flows.conftest import SINCE, Office, at

PAPER = Paper(label="1203/QĐ-UBND", dated=date(2022, 6, 1))
FINANCE = ("member", "TCKH", "Hồ Anh Thư")
STANDING = ("standing_member", "POL", "Ngô Đức Bình")


@cache
def pdf() -> bytes:
    """A page with nothing on it, as a scanner makes one."""
    written, file = PdfWriter(), io.BytesIO()
    written.add_blank_page(width=595, height=842)
    written.write(file)
    return file.getvalue()


def seat(office: Office, role: str, agency: str, holder: str) -> str:
    """Seat one more person, with an account."""
    with at(2022, 5, 20):
        made = setup.open_account(office.admin, f"{office.group.slug}-{role}-{agency}-2", None, holder)
        member = Member(role=role, agency=agency, holder=holder, account=made.public_id, since=SINCE)
        setup.seat(office.admin, office.group, member)
    office.accounts[f"{role}:{agency}"] = made.public_id
    return made.public_id


def source(office: Office, account: str, *lines: int, year: int = 2022, reason: str | None = None) -> SourceInfo:
    asked = Entered(
        year=year,
        kind=SourceKind.BUDGET,
        name=f"Ngân sách huyện năm {year}",
        allotted_by="Ủy ban nhân dân huyện",
        paper=PAPER,
        lines=tuple((f"Khoản {place}", amount) for place, amount in enumerate(lines, 1)),
    )
    return funding.enter(account, office.group, asked, reason=reason)


def ask(office: Office, account: str, line_id: int, amount: int) -> RequestInfo:
    items = (Item(content="Tài liệu tập huấn", quantity=2, unit="bộ", price=amount // 2),)
    ground = "Kế hoạch 67/KH-UBND và dự toán được giao"
    return spending.ask_for(account, office.group, line_id, "Tập huấn làm sạch dữ liệu", ground, items)


def bill(amount: int, on: date = date(2022, 6, 20)) -> NewPayment:
    kept = spending.keep_document(pdf(), "hoa-don.pdf", "HĐ 0000123", on)
    return NewPayment(amount=amount, on=on, content="In tài liệu", document=kept)
