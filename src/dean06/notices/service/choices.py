"""What a reader chooses: in the application or not, when by e-mail, and to which address.

It is each account's own affair, as the language of its screens is: it moves no power and no duty.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from django.core.exceptions import ValidationError
from django.core.signing import BadSignature, TimestampSigner
from django.core.validators import validate_email
from django.db import transaction

from dean06.clock import service as clock
from dean06.clock.errors import BadInput
from dean06.notices.kinds import kind, kinds
from dean06.notices.models import Choice, Letter, Mailbox
from dean06.notices.types import ChoiceInfo, Mail, MailboxInfo

SALT = "dean06.notices.mailbox"
GOOD_FOR = timedelta(days=3)
ASK_AGAIN = timedelta(minutes=5)

__all__ = ["choices", "choose", "confirm_mailbox", "enter_mailbox", "mailbox", "token"]


def choices(account: str) -> dict[str, ChoiceInfo]:
    """Return what holds for every kind, by its code."""
    chosen = {row.kind: row for row in Choice.objects.filter(account=account)}
    return {
        code: ChoiceInfo(
            kind=code,
            in_app=chosen[code].in_app if code in chosen else True,
            mail=Mail(chosen[code].mail) if code in chosen else known.mail,
        )
        for code, known in kinds().items()
    }


def choose(account: str, chosen: Iterable[ChoiceInfo]) -> None:
    """Keep what a reader chose, kind by kind."""
    with transaction.atomic():
        for one in chosen:
            told = {"in_app": one.in_app, "mail": one.mail.value}
            Choice.objects.update_or_create(account=account, kind=kind(one.kind).code, defaults=told)


def mailbox(account: str) -> MailboxInfo | None:
    """Return where an account's letters go, if it has said."""
    row = Mailbox.objects.filter(account=account).first()
    return (
        MailboxInfo(address=row.address, confirmed_at=row.confirmed_at, refused_at=row.refused_at)
        if row is not None
        else None
    )


def enter_mailbox(account: str, address: str) -> None:
    """Keep an address and send the link there by which its owner confirms it; an empty one ends all letters."""
    given = address.strip()
    with transaction.atomic():
        row = Mailbox.objects.select_for_update().filter(account=account).first()
        if not given:
            Mailbox.objects.filter(account=account).delete()
            return
        _require_address(given)
        now = clock.now()
        if row is not None and row.address == given and (row.confirmed_at and not row.refused_at):
            return
        if row is not None and row.asked_at is not None and row.asked_at > now - ASK_AGAIN:
            raise BadInput(
                "Thư xác nhận vừa gửi: chờ 5 phút rồi gửi lại.",
                "The link was sent just now: wait five minutes before you ask for another.",
            )
        told = {"address": given, "entered_at": now, "confirmed_at": None, "asked_at": now, "refused_at": None}
        Mailbox.objects.update_or_create(account=account, defaults=told)
        Letter.objects.create(account=account, address=given, confirms=True, made_at=now, free_at=now)


def _require_address(text: str) -> None:
    try:
        validate_email(text)
    except ValidationError as problem:
        raise BadInput(
            f"«{text[:80]}» không phải địa chỉ thư: ghi như ten@coquan.gov.vn.",
            f"{text[:80]!r} is no e-mail address: write it like name@office.gov.vn.",
        ) from problem


def token(account: str, address: str) -> str:
    """Return what stands in the link that confirms an address."""
    return TimestampSigner(salt=SALT).sign_object([account, address])


def confirm_mailbox(account: str, given: str) -> str:
    """Confirm the address that a link names, by whoever signed in as its account; returns the address."""
    try:
        owner, address = TimestampSigner(salt=SALT).unsign_object(given, max_age=GOOD_FOR)
    except (BadSignature, ValueError) as problem:
        raise BadInput(
            "Đường dẫn xác nhận không đúng hoặc đã quá ba ngày: nhập lại địa chỉ thư.",
            "The link is not one of ours or is older than three days: enter the address again.",
        ) from problem
    found = Mailbox.objects.filter(account=account, address=address)
    if owner != account or not found.update(confirmed_at=clock.now(), refused_at=None):
        raise BadInput(
            "Địa chỉ thư này không còn là địa chỉ bạn đã khai: nhập lại rồi mở thư mới.",
            "This is not the address you entered last: enter it again and open the new letter.",
        )
    return str(address)
