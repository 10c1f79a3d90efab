"""Moving money: under the lock of its group an entry is added to the journal and the line's accounts follow it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from dean06.charter.types import Permit
from dean06.funds.errors import FundsNotFound, FundsRefused, Overdrawn, YearClosed
from dean06.funds.models import Counter, Line, Movement, SpendingRequest, Year
from dean06.funds.types import MOST, WAYS, Account, Kind

# Accounts that lie inside a line, and the column each stands in.
INSIDE = (Account.AVAILABLE, Account.RESERVED, Account.SPENT)
NAMES = {
    Account.AVAILABLE: ("còn được dùng", "left"),
    Account.RESERVED: ("đã giữ cho đề nghị", "reserved"),
    Account.SPENT: ("đã chi", "spent"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Rests:
    """What an entry rests on: the day it counts for, a paper, words, the request it belongs to."""

    on: date
    paper: str = ""
    paper_on: date | None = None
    note: str = ""
    request: SpendingRequest | None = None


def hold(group_id: int) -> Counter:
    """Let nobody move money of a group until the caller's transaction ends."""
    Counter.objects.get_or_create(group_id=group_id)
    return Counter.objects.select_for_update().get(group_id=group_id)


def next_number(counter: Counter, what: str) -> int:
    """Give the next number of a series; a refusal later in the transaction gives it back."""
    number = int(getattr(counter, what)) + 1
    setattr(counter, what, number)
    counter.save(update_fields=[what])
    return number


def locked_line(group_id: int, line_id: int) -> Line:
    """Return a line of a group whose accounts no other act may change until this transaction ends."""
    rows = Line.objects.select_for_update(of=("self",)).select_related("source")
    row = rows.filter(pk=line_id, group_id=group_id).first()
    if row is None:
        raise FundsNotFound(
            f"Không có khoản dự toán {line_id} trong phạm vi của bạn: mở lại trang kinh phí.",
            f"There is no budget line {line_id} within your reach: open the page of funds again.",
        )
    return row


def require_open(group_id: int, year: int) -> None:
    """Refuse an entry into a year that is closed."""
    closed = Year.objects.filter(group_id=group_id, year=year).first()
    if closed is not None:
        raise YearClosed(
            f"Năm {year} đã khóa sổ theo {closed.paper} ngày {closed.paper_on:%d/%m/%Y}: ghi vào năm đang mở.",
            f"The year {year} is closed under {closed.paper} of {closed.paper_on}: enter it in an open year.",
        )


def post(by: Permit, counter: Counter, line: Line, kind: Kind, amount: int, rests: Rests) -> Movement:
    """Add an entry and let the line's accounts follow; the caller holds the group and the line."""
    taken, given = WAYS[kind]
    return _entered(by, counter, line, kind, (taken, given), amount, rests, None)


def reverse(by: Permit, counter: Counter, line: Line, entry: Movement, rests: Rests) -> Movement:
    """Add the entry that undoes another; each entry is undone once, and a reversal never is."""
    if entry.reverses_id is not None or Movement.objects.filter(reverses=entry).exists():
        raise FundsRefused(
            f"Bút toán số {entry.number} là bút toán đảo hoặc đã được đảo.",
            f"Entry {entry.number} is a reversal, or was reversed already.",
        )
    back = (Account(entry.given_to), Account(entry.taken_from))
    return _entered(by, counter, line, Kind(entry.kind), back, entry.amount, rests, entry)


def _entered(
    by: Permit,
    counter: Counter,
    line: Line,
    kind: Kind,
    way: tuple[Account, Account],
    amount: int,
    rests: Rests,
    reverses: Movement | None,
) -> Movement:
    if not 0 < amount <= MOST:
        raise FundsRefused("Số tiền phải là số đồng nguyên, lớn hơn 0.", "A sum is a whole number of đồng above 0.")
    require_open(line.group_id, line.source.year)
    taken, given = way
    _move(line, taken, -amount)
    _move(line, given, amount)
    line.allotted = line.available + line.reserved + line.spent
    line.save(update_fields=["available", "reserved", "spent", "allotted"])
    return Movement.objects.create(
        group_id=line.group_id,
        number=next_number(counter, "movements"),
        line=line,
        kind=kind.value,
        taken_from=taken.value,
        given_to=given.value,
        amount=amount,
        on=rests.on,
        at=by.at,
        paper=rests.paper,
        paper_on=rests.paper_on,
        note=rests.note,
        request=rests.request,
        reverses=reverses,
        account=by.actor.account,
        role=by.actor.role,
        agency=by.actor.agency or "",
        permit=by.digest(),
    )


def _move(line: Line, account: Account, amount: int) -> None:
    if account not in INSIDE:
        return
    left = int(getattr(line, account.value)) + amount
    if left < 0:
        vi, en = NAMES[account]
        stands = f"{getattr(line, account.value):,}".replace(",", ".")
        wanted = f"{-amount:,}".replace(",", ".")
        raise Overdrawn(
            f"Khoản «{line.name}» chỉ {vi} {stands} đồng, không đủ {wanted} đồng: giảm số tiền hoặc chọn khoản khác.",
            f"The line {line.name!r} has {stands} đồng {en}, not {wanted}: ask for less or choose another line.",
        )
    setattr(line, account.value, left)


def clauses_of(by: Permit) -> list[list[str]]:
    """Return the clauses an act was done under, as (charter line, address); a local rule stands beside them."""
    found = [[by.charter_line, label] for label in by.citation_labels()]
    return [*found, *([["", by.local_rule]] if by.local_rule else [])]
