"""Second factors: a code of the owner's phone beside the password, asked for again before a signature.

Setting up, renewing and removing one's own factor needs its password and leaves an entry; for somebody else only
removal is possible. A try is counted before it is judged, so that tries at the same moment are all counted, and
nothing tells which of password and code was wrong.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from dean06.charter.types import Permit
from dean06.clock import service as clock
from dean06.clock.errors import BadInput
from dean06.identity import one_time_codes as codes
from dean06.identity import sealing
from dean06.identity.models import Account, RecoveryCode, SecondFactor
from dean06.ledger import service as ledger
from dean06.ledger.types import digest_of

# The secret of demonstration accounts: public by design, and refused for every other account.
DEMO_SECRET = b"dean06-trinh-dien-06"
# A person mistypes a few times; a guesser of six digits needs hundreds of thousands of tries.
FREE_TRIES = 5
FIRST_WAIT = timedelta(minutes=15)
LONGEST_WAIT = timedelta(hours=24)

__all__ = [
    "Enrolment",
    "FactorInfo",
    "begin",
    "change_digest",
    "confirm",
    "confirm_person",
    "demo_code",
    "enrolment",
    "factor",
    "has_second_factor",
    "removal_digest",
    "remove",
    "remove_for",
    "renew_codes",
    "verify",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class FactorInfo:
    """The second factor of an account as its owner sees it; `codes_left` counts recovery codes not used yet."""

    begun_at: datetime
    confirmed_at: datetime | None
    codes_left: int
    is_demo: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Enrolment:
    """What the owner puts into the phone while the factor is being set up, and never again."""

    uri: str
    typed: str


def _account(public_id: str) -> Account:
    row = Account.objects.filter(public_id=public_id, is_active=True).first()
    if row is None:
        raise BadInput("Tài khoản không còn dùng được.", "The account is not in use.")
    return row


def has_second_factor(public_id: str) -> bool:
    """Say whether an account has a second factor in use."""
    return SecondFactor.objects.filter(account__public_id=public_id, confirmed_at__isnull=False).exists()


def factor(public_id: str) -> FactorInfo | None:
    """Return the second factor of an account, set up or in use; None where there is none."""
    row = SecondFactor.objects.filter(account__public_id=public_id).select_related("account").first()
    if row is None:
        return None
    left = RecoveryCode.objects.filter(account=row.account, used_at=None).count()
    return FactorInfo(
        begun_at=row.begun_at, confirmed_at=row.confirmed_at, codes_left=left, is_demo=row.account.is_demo
    )


def begin(public_id: str) -> None:
    """Begin to set a second factor up, or begin again; one in use must be removed first."""
    account = _account(public_id)
    if account.is_demo:
        set_up_demo(account)
    else:
        _set_up(account, codes.new_secret())


def _set_up(account: Account, secret: bytes, confirmed_at: datetime | None = None) -> None:
    """Keep a fresh secret; tries that were counted stay counted."""
    if (secret == DEMO_SECRET) is not account.is_demo:
        raise BadInput(
            "Tài khoản trình diễn dùng mã công khai; tài khoản thật không bao giờ dùng mã ấy.",
            "A demonstration account has the public code; a real account never has it.",
        )
    if not SecondFactor.objects.exists():  # a lost key is restored, never replaced: others' secrets hang on it
        sealing.make()
    sealed = sealing.seal(secret, str(account.public_id))
    with transaction.atomic():
        row = SecondFactor.objects.select_for_update().filter(account=account).first() or SecondFactor(account=account)
        if row.confirmed_at is not None:
            raise BadInput(
                "Tài khoản đã có xác thực hai lớp: bỏ cái cũ trước khi cài lại.",
                "The account has a second factor: remove it before another is set up.",
            )
        row.sealed, row.begun_at, row.confirmed_at, row.last_step = sealed, clock.now(), confirmed_at, 0
        row.save()


def set_up_demo(account: Account) -> None:
    """Give a demonstration account the public secret, in use at once."""
    _set_up(account, DEMO_SECRET, clock.now())


def demo_code(public_id: str) -> str:
    """Return the code that serves now for a demonstration account; empty for every other."""
    known = SecondFactor.objects.filter(account__public_id=public_id, account__is_demo=True).exists()
    return codes.code_at(DEMO_SECRET, clock.now()) if known else ""


def enrolment(public_id: str) -> Enrolment | None:
    """Return what the phone must be told, only while the factor is being set up."""
    row = SecondFactor.objects.filter(account__public_id=public_id).select_related("account").first()
    if row is None or row.confirmed_at is not None:
        return None
    secret = _secret(row)
    return Enrolment(uri=codes.uri(secret, row.account.username), typed=codes.typed(secret))


def _secret(row: SecondFactor) -> bytes:
    secret = sealing.unseal(bytes(row.sealed), str(row.account.public_id))
    if secret == DEMO_SECRET and not row.account.is_demo:
        raise BadInput(
            "Mã trình diễn chỉ dùng cho tài khoản trình diễn: cài lại xác thực hai lớp.",
            "The demonstration's code is for demonstration accounts alone: set the second factor up again.",
        )
    return secret


def change_digest(public_id: str, change: str) -> str:
    """Return what the permit to change one's own second factor is bound to: `enrolled`, `codes` or `removed`."""
    return digest_of(account=public_id, second_factor=change)


def _enter(by: Permit, public_id: str, change: str) -> None:
    bound = change_digest(public_id, change)
    told = {"second_factor": change}
    ledger.append(by, scope="noi-quy", kind="account", object_id=public_id, digest=bound, bound=bound, note=told)


def confirm(by: Permit, public_id: str, password: str, code: str) -> tuple[str, ...]:
    """Put a factor into use after its first right code; returns the recovery codes, which nobody sees again."""
    row = _tried(public_id, password, code, in_use=False)
    with transaction.atomic():
        if not SecondFactor.objects.filter(pk=row.pk, confirmed_at=None).update(confirmed_at=clock.now()):
            raise BadInput(
                "Xác thực hai lớp vừa được bật ở cửa sổ khác: tải lại trang.",
                "The second factor was just put into use in another window: reload the page.",
            )
        _enter(by, public_id, "enrolled")
        return _fresh_codes(row.account)


def renew_codes(by: Permit, public_id: str, password: str, code: str) -> tuple[str, ...]:
    """Replace the recovery codes of an account; the old ones serve no more."""
    row = _tried(public_id, password, code)
    with transaction.atomic():
        _enter(by, public_id, "codes")
        return _fresh_codes(row.account)


def _fresh_codes(account: Account) -> tuple[str, ...]:
    drawn = codes.paper_codes()
    RecoveryCode.objects.filter(account=account).delete()
    RecoveryCode.objects.bulk_create(
        RecoveryCode(account=account, digest=sealing.digest(codes.cleaned(one), str(account.public_id)))
        for one in drawn
    )
    return drawn


def remove(by: Permit, public_id: str, password: str, code: str) -> None:
    """Remove one's own second factor with its recovery codes; a recovery code serves for it too."""
    if _account(public_id).is_demo:
        raise BadInput(
            "Tài khoản trình diễn giữ mã công khai, không bỏ được.",
            "A demonstration account keeps its public code.",
        )
    row = _tried(public_id, password, code)
    with transaction.atomic():
        _forget(row.account)
        _enter(by, public_id, "removed")


def removal_digest(public_id: str) -> str:
    """Return what the permit to remove somebody's second factor is bound to."""
    return digest_of(account=public_id, removed="second_factor")


def remove_for(by: Permit, public_id: str) -> None:
    """Remove somebody's second factor, for a lost phone and lost recovery codes; its owner sets up another."""
    bound = removal_digest(public_id)
    with transaction.atomic():
        account = _account(public_id)
        if not SecondFactor.objects.filter(account=account).exists():
            raise BadInput(
                "Tài khoản này chưa cài xác thực hai lớp: không có gì để bỏ.",
                "The account has no second factor: there is nothing to remove.",
            )
        _forget(account)
        told = {"second_factor": "removed"}
        ledger.append(by, scope="noi-quy", kind="account", object_id=public_id, digest=bound, bound=bound, note=told)


def _forget(account: Account) -> None:
    RecoveryCode.objects.filter(account=account).delete()
    SecondFactor.objects.filter(account=account).delete()


def verify(public_id: str, code: str) -> datetime:
    """Return the instant at which a code of the account's phone or paper was taken; it is used up by it."""
    _tried(public_id, None, code)
    return clock.now()


def confirm_person(public_id: str, password: str, code: str) -> datetime:
    """Return the instant at which the owner gave password and code; a code that was taken never serves again."""
    _tried(public_id, password, code)
    return clock.now()


def _tried(public_id: str, password: str | None, code: str, *, in_use: bool = True) -> SecondFactor:
    """Return the factor whose owner this is, or refuse without saying what was wrong."""
    rows = SecondFactor.objects.filter(account__public_id=public_id, account__is_active=True)
    found = rows.select_related("account").first()
    if found is None or (found.confirmed_at is not None) is not in_use:
        raise BadInput(
            "Tài khoản chưa cài xác thực hai lớp: cài ở trang Tài khoản của tôi.",
            "The account has no second factor: set one up on the page of your account.",
        )
    _count(found)
    right_password = password is None or found.account.check_password(password)
    if not _taken(found, codes.cleaned(code), serves=right_password):
        raise BadInput(
            "Mật khẩu hoặc mã xác thực không đúng: gõ lại mật khẩu và mã đang hiện trên điện thoại; mỗi mã chỉ dùng "
            "một lần, mã vừa dùng thì chờ mã kế tiếp.",
            "The password or the code is wrong: type the password and the code the phone shows now; a code serves "
            "once, so wait for the next one if you have just used it.",
        )
    SecondFactor.objects.filter(pk=found.pk).update(failures=0)
    return found


def _wait_after(failures: int) -> timedelta:
    """Return how long nobody may try after so many wrong tries: longer each time, at most a day."""
    if failures < FREE_TRIES:
        return timedelta(0)
    doubled = min(failures - FREE_TRIES, 10)
    return min(FIRST_WAIT * (1 << doubled), LONGEST_WAIT)


def _count(row: SecondFactor) -> None:
    """Count a try before it is judged; refuse it while the account waits, or while another is being counted."""
    now = clock.now()
    until = row.tried_at + _wait_after(row.failures) if row.tried_at else now
    if until > now:
        told = until.astimezone(clock.TZ)
        raise BadInput(
            f"Đã thử sai {row.failures} lần: chờ đến {told:%H:%M} ngày {told:%d/%m/%Y} rồi thử lại.",
            f"Wrong {row.failures} times: wait until {told:%H:%M} on {told:%d/%m/%Y}, then try again.",
        )
    counted = SecondFactor.objects.filter(pk=row.pk, failures=row.failures, tried_at=row.tried_at)
    if not counted.update(failures=row.failures + 1, tried_at=now):
        raise BadInput(
            "Có hai lần xác nhận cùng lúc: thử lại sau giây lát.", "Two confirmations at once: try again in a moment."
        )


def _taken(row: SecondFactor, code: str, *, serves: bool) -> bool:
    """Use a code up and say whether it was right; where the password was wrong nothing is used up."""
    if codes.is_of_phone(code):
        step = codes.step_of(_secret(row), code, clock.now())
        if step is None or not serves:
            return False
        return bool(SecondFactor.objects.filter(pk=row.pk, last_step__lt=step).update(last_step=step))
    found = RecoveryCode.objects.filter(
        account=row.account, digest=sealing.digest(code, str(row.account.public_id)), used_at=None
    )
    if row.confirmed_at is None or not serves:
        return False
    return bool(found.update(used_at=clock.now()))
