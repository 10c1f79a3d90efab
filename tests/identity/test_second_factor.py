"""The second factor: set up by its owner, a code serves once, guessing is slow, a lost phone is no lost account."""

from __future__ import annotations

import base64
import stat
from datetime import UTC, datetime, timedelta

import pytest
from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP
from django.db import connection

from dean06.charter.errors import Refused
from dean06.clock import service as clock
from dean06.clock.errors import BadInput, Unavailable
from dean06.flows import own_account, setup
from dean06.identity import models, one_time_codes
from dean06.identity import service as identity
from dean06.identity.service import second_factor
from dean06.ledger import service as ledger
from harness.threads import at_once

PASSWORD = "mat-khau-rat-dai"  # noqa: S105  of made-up people
START = datetime(2026, 3, 2, 9, 0, 10, tzinfo=clock.TZ)
WRONG = "Mật khẩu hoặc mã xác thực không đúng"

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home")]


class Owner:
    """Somebody with a phone: an authenticator of its own, fed with what the page shows."""

    def __init__(self, username: str, by: str | None = None) -> None:
        made = (
            setup.open_account(by, username, PASSWORD, username)
            if by
            else setup.found_installation(username, PASSWORD, username)
        )
        self.account = made.public_id
        second_factor.begin(self.account)
        shown = second_factor.enrolment(self.account)
        self.phone = TOTP(self.typed_in(shown.typed), 6, SHA1(), 30)  # noqa: S303  what a phone has
        self.codes = own_account.enrol(self.account, PASSWORD, self.code(-30))

    @staticmethod
    def typed_in(key: str) -> bytes:
        letters = key.replace(" ", "")
        return base64.b32decode(letters + "=" * (-len(letters) % 8))

    def code(self, later: float = 0) -> str:
        return self.phone.generate(int((clock.now() + timedelta(seconds=later)).timestamp())).decode()

    def confirms(self, code: str, password: str = PASSWORD) -> bool:
        try:
            identity.confirm_person(self.account, password, code)
        except BadInput as refused:
            assert WRONG in refused.vi  # noqa: PT017  the one sentence, whatever was wrong
            return False
        return True


@pytest.fixture(autouse=True)
def quick_passwords(settings):
    """What is tried here is not how slowly a password is hashed."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def owner():
    with clock.pinned(START):
        yield Owner("quan-tri")


@pytest.mark.parametrize(("at", "code"), [(59, "287082"), (1111111109, "081804"), (20000000000, "353130")])
def test_codes_are_those_of_the_standard(at, code):
    """RFC 6238, appendix B, the last six of its eight digits."""
    assert one_time_codes.code_at(b"12345678901234567890", datetime.fromtimestamp(at, UTC)) == code


def test_nothing_serves_before_the_first_right_code():
    with clock.pinned(START):
        account = setup.found_installation("quan-tri", PASSWORD, "Quản Trị").public_id
        assert not identity.has_second_factor(account)
        with pytest.raises(BadInput, match="chưa cài"):
            identity.confirm_person(account, PASSWORD, "123456")
        second_factor.begin(account)
        secret = second_factor._secret(models.SecondFactor.objects.get())
        for password, code in ((PASSWORD, "000000"), ("khac", one_time_codes.code_at(secret, clock.now()))):
            with pytest.raises(BadInput, match=WRONG):
                own_account.enrol(account, password, code)
        assert not identity.has_second_factor(account)
        first = second_factor.enrolment(account)
        second_factor.begin(account)
        assert second_factor.enrolment(account) != first


def test_once_in_use_the_secret_is_told_no_more(owner):
    assert identity.has_second_factor(owner.account)
    assert second_factor.enrolment(owner.account) is None
    with pytest.raises(BadInput, match="bỏ cái cũ"):
        second_factor.begin(owner.account)


def test_a_code_serves_once_and_an_older_one_no_more(owner):
    right = owner.code()
    assert owner.confirms(right)
    assert not owner.confirms(right)
    assert not owner.confirms(owner.code(-30))
    assert owner.confirms(owner.code(30))


@pytest.mark.parametrize(("skew", "serves"), [(-60, False), (-30, True), (0, True), (30, True), (60, False)])
def test_a_phone_may_be_one_step_off(owner, skew, serves):
    with clock.pinned(START + timedelta(hours=1)):
        assert owner.confirms(owner.code(skew)) is serves


def test_a_wrong_password_uses_no_code_up_and_reads_like_a_wrong_code(owner):
    right = owner.code()
    assert not owner.confirms(right, "mat-khau-khac")
    assert not owner.confirms("000000")
    assert not owner.confirms("")
    assert not owner.confirms("không phải mã")
    assert owner.confirms(f" {right[:3]} {right[3:]} ")


def test_who_guesses_waits_longer_each_time_and_the_owner_gets_in_afterwards(owner):
    for _ in range(5):
        assert not owner.confirms("000000")
    for minutes in (15, 30, 60):
        with pytest.raises(BadInput, match="chờ đến"):
            identity.confirm_person(owner.account, PASSWORD, owner.code())
        later = clock.now() + timedelta(minutes=minutes)
        with clock.pinned(later - timedelta(seconds=1)), pytest.raises(BadInput, match="chờ đến"):
            second_factor.verify(owner.account, owner.code())
        token = clock._pinned.set(later)
        assert not owner.confirms("000000")
    with clock.pinned(clock.now() + timedelta(hours=2)):
        assert owner.confirms(owner.code())
        assert not owner.confirms("000000")
        assert owner.confirms(owner.code(30))
    clock._pinned.reset(token)


def test_setting_up_again_forgives_no_guess():
    with clock.pinned(START):
        account = setup.found_installation("quan-tri", PASSWORD, "Quản Trị").public_id
        second_factor.begin(account)
        for _ in range(5):
            with pytest.raises(BadInput, match=WRONG):
                own_account.enrol(account, "đoán", "000000")
            second_factor.begin(account)
        with pytest.raises(BadInput, match="chờ đến"):
            own_account.enrol(account, PASSWORD, "000000")


def test_a_recovery_code_serves_once_and_new_ones_replace_the_old(owner):
    assert len(set(owner.codes)) == 10
    assert owner.confirms(owner.codes[0].lower().replace("-", " "))
    assert not owner.confirms(owner.codes[0])
    assert second_factor.factor(owner.account).codes_left == 9
    fresh = own_account.renew_codes(owner.account, PASSWORD, owner.code())
    assert not owner.confirms(owner.codes[1])
    assert owner.confirms(fresh[1])


def test_without_the_phone_a_recovery_code_removes_the_factor(owner):
    with pytest.raises(BadInput, match=WRONG):
        own_account.remove_factor(owner.account, PASSWORD, "000000")
    own_account.remove_factor(owner.account, PASSWORD, owner.codes[3])
    assert not identity.has_second_factor(owner.account)
    assert not models.RecoveryCode.objects.exists()
    second_factor.begin(owner.account)


def test_the_administrator_removes_it_on_record_and_nobody_else(owner):
    other = Owner("can-bo", by=owner.account)
    with pytest.raises(Refused):
        setup.remove_second_factor(other.account, owner.account, "tò mò")
    setup.remove_second_factor(owner.account, other.account, "Mất điện thoại")
    assert not identity.has_second_factor(other.account)
    (*_, told) = ledger.entries_for("account", other.account)
    assert told["reason"] == "Mất điện thoại"
    assert told["note"] == {"second_factor": "removed"}
    with pytest.raises(BadInput, match="không có gì để bỏ"):
        setup.remove_second_factor(owner.account, other.account, "Mất điện thoại")


def test_enrolling_renewing_and_removing_leave_an_entry_each(owner):
    owner.codes = own_account.renew_codes(owner.account, PASSWORD, owner.code())
    own_account.remove_factor(owner.account, PASSWORD, owner.codes[0])
    told = [(one["action"], one["note"].get("second_factor")) for one in ledger.entries_for("account", owner.account)]
    enrolled, renewed, removed = ("second_factor.enrol",) * 2 + ("second_factor.remove",)
    assert told == [(enrolled, "enrolled"), (renewed, "codes"), (removed, "removed")]


def test_a_wrong_code_leaves_no_entry(owner):
    before = len(ledger.entries_for("account", owner.account))
    with pytest.raises(BadInput, match=WRONG):
        own_account.remove_factor(owner.account, PASSWORD, "000000")
    assert len(ledger.entries_for("account", owner.account)) == before


def test_another_s_code_password_or_row_opens_nothing(owner):
    other = Owner("can-bo", by=owner.account)
    with clock.pinned(START + timedelta(minutes=5)):
        assert not owner.confirms(other.code())
        assert not owner.confirms(other.codes[0])
        sealed = models.SecondFactor.objects.get(account__public_id=other.account).sealed
        models.SecondFactor.objects.filter(account__public_id=owner.account).update(sealed=sealed)
        with pytest.raises(Unavailable, match=r"second-factor\.key"):
            identity.confirm_person(owner.account, PASSWORD, other.code())


def test_an_account_put_out_of_use_confirms_nothing(owner):
    models.Account.objects.update(is_active=False)
    with pytest.raises(BadInput):
        identity.confirm_person(owner.account, PASSWORD, owner.code())


def test_the_database_alone_holds_no_secret_and_no_code(owner, home):
    key = home / "keys" / "second-factor.key"
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    row = models.SecondFactor.objects.get()
    secret = second_factor._secret(row)
    assert secret not in bytes(row.sealed)
    kept = " ".join(models.RecoveryCode.objects.values_list("digest", flat=True))
    assert not [code for code in owner.codes if code in kept or code.replace("-", "") in kept]
    key.unlink()
    with pytest.raises(Unavailable, match="khôi phục"):
        identity.confirm_person(owner.account, PASSWORD, owner.code())


def test_a_lost_key_is_not_replaced_in_silence(owner, home):
    (home / "keys" / "second-factor.key").unlink()
    with pytest.raises(Unavailable, match="khôi phục"):
        Owner("can-bo", by=owner.account)


def test_a_demonstration_has_a_public_code_and_nobody_else_has_it(owner):
    demo = setup.open_account(owner.account, "trinh-dien", identity.DEMO_PASSWORD, "Trình Diễn", is_demo=True).public_id
    assert identity.has_second_factor(demo)
    assert second_factor.demo_code(owner.account) == ""
    identity.confirm_person(demo, identity.DEMO_PASSWORD, second_factor.demo_code(demo))
    with pytest.raises(BadInput, match="không bỏ được"):
        own_account.remove_factor(demo, identity.DEMO_PASSWORD, "000000")
    real = models.Account.objects.get(public_id=owner.account)
    models.SecondFactor.objects.filter(account=real).update(confirmed_at=None)
    with pytest.raises(BadInput, match="tài khoản thật"):
        second_factor._set_up(real, second_factor.DEMO_SECRET)
    models.Account.objects.filter(public_id=demo).update(is_demo=False)
    later = START + timedelta(minutes=5)
    code = one_time_codes.code_at(second_factor.DEMO_SECRET, later)
    with clock.pinned(later), pytest.raises(BadInput, match="cài lại"):
        identity.confirm_person(demo, identity.DEMO_PASSWORD, code)


@pytest.mark.django_db(transaction=True)
def test_of_many_hands_with_one_code_one_is_confirmed(home):
    with clock.pinned(START):
        owner = Owner("quan-tri")
        code = owner.code()

    def try_it() -> None:
        with clock.pinned(START):
            identity.confirm_person(owner.account, PASSWORD, code)

    refused = at_once(*[try_it] * 4)
    assert len(refused) == 3
    assert {type(one) for one in refused} == {BadInput}
    assert connection.is_usable()
