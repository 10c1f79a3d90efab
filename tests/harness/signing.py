"""How a test signs as a person does: with a password, and the code that the person's phone shows."""

from __future__ import annotations

import re
from datetime import timedelta

from django.contrib.auth import get_user_model
from playwright.sync_api import Page

from dean06.clock import service as clock
from dean06.flows import own_account
from dean06.identity import one_time_codes
from dean06.identity.models import SecondFactor
from dean06.identity.service import second_factor

PASSWORD = "mat-khau-cua-nguoi-thu"  # noqa: S105  of made-up people


def phone(account: str) -> bytes:
    """Return the secret in the phone of an account, setting password and second factor up on first use."""
    if not second_factor.has_second_factor(account):
        person = get_user_model().objects.get(public_id=account)
        person.set_password(PASSWORD)
        person.save()
        second_factor.begin(account)
        own_account.enrol(account, PASSWORD, code_of(account))
    return second_factor._secret(SecondFactor.objects.get(account__public_id=account))


def code_of(account: str, later: int = 0) -> str:
    """Return the code that the phone of an account shows, some seconds later than now."""
    row = SecondFactor.objects.get(account__public_id=account)
    return one_time_codes.code_at(second_factor._secret(row), clock.now() + timedelta(seconds=later))


def credentials(account: str) -> dict[str, str]:
    """Return the fields of a form of signing, filled in with a code that has not served yet."""
    phone(account)
    SecondFactor.objects.filter(account__public_id=account).update(last_step=0)
    return {"mat_khau": PASSWORD, "ma": code_of(account)}


def sign_in_browser(page: Page, password: str) -> None:
    """Fill in the form of signing of a demonstration's page, whose code stands beside the field, and sign."""
    page.get_by_label("Tôi đã đọc toàn văn").check()
    confirm_in_browser(page, password)
    page.get_by_role("button", name="Ký và cấp số").click()


def confirm_in_browser(page: Page, password: str) -> None:
    """Fill in password and code on a demonstration's page, if they are asked for."""
    asked = page.get_by_label("Mật khẩu của bạn")
    if asked.count():
        asked.fill(password)
        code = re.sub(r"\D", "", page.locator("#ma-trinh-dien").inner_text())
        page.get_by_label("Mã trên điện thoại").fill(code)
