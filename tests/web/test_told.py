"""Pages that say no, the reader's language, and where the style guide is shown."""

from __future__ import annotations

import logging

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.test import Client, RequestFactory
from django.utils import timezone, translation
from django.views import defaults

from dean06.web import language, style_runs, views_errors


@pytest.fixture(autouse=True)
def quiet(caplog):
    caplog.set_level(logging.CRITICAL, logger="django.request")


@pytest.fixture
def ask(style):
    request = RequestFactory().get("/kieu-mau/")
    request.user = AnonymousUser()
    with translation.override("vi"):
        yield request


def test_the_style_guide_is_absent_unless_opened(style):
    style.DEAN06_STYLE_GUIDE = False
    assert Client().get("/kieu-mau/").status_code == 404
    style.DEAN06_STYLE_GUIDE = True
    assert Client().get("/kieu-mau/").status_code == 200
    assert Client().get("/kieu-mau/khong-co/").status_code == 404


@pytest.mark.parametrize(
    ("name", "status", "words"),
    [
        ("viec", 200, "Còn 1 ngày"),
        ("doi-soat", 200, "Lê Thị T<mark"),
        ("dang-nhap", 200, "Mật khẩu"),
        ("403", 403, "Trình Tổ trưởng ký"),
        ("404", 404, "Không có trang này"),
        ("413", 413, "Tệp lớn hơn mức nhận được (200 MB)"),
        ("429", 429, "Thử lại sau 15 phút"),
        ("van-ban", 200, "Độc lập - Tự do - Hạnh phúc"),
        ("quy-che", 200, "Chặn khi thiếu điều kiện"),
        ("chay", 200, "0 trên 4.812 dòng"),
        ("500", 500, "The system failed"),
    ],
)
def test_sample_pages(style, name, status, words):
    answer = Client(raise_request_exception=False).get(f"/kieu-mau/{name}/")
    assert answer.status_code == status
    assert words in answer.content.decode()


def test_a_refusal_without_particulars_still_says_the_next_step(ask):
    page = defaults.permission_denied(ask, PermissionDenied("Thiếu vai <thành viên>."))
    shown = page.content.decode()
    assert page.status_code == 403
    assert "Thiếu vai &lt;thành viên&gt;." in shown
    assert "Về việc của tôi" in shown
    assert "Vai đang dùng" in defaults.permission_denied(ask, PermissionDenied()).content.decode()


def test_pages_of_the_framework_are_ours(ask):
    assert "Không có trang này" in defaults.page_not_found(ask, Http404()).content.decode()
    assert "chưa được ghi" in defaults.server_error(ask).content.decode()
    assert "không hiểu yêu cầu" in defaults.bad_request(ask, ValueError()).content.decode()


def test_a_form_left_open_too_long_is_told_so(style):
    answer = Client(enforce_csrf_checks=True).post("/ngon-ngu/", {"language": "en"})
    assert answer.status_code == 403
    assert "mở quá lâu" in answer.content.decode()


def test_a_refusal_inside_a_swap_is_not_a_page_inside_a_page(ask):
    ask.htmx = True
    answer = views_errors.refused(ask, style_runs.refusal())
    shown = answer.content.decode()
    assert answer.headers["HX-Retarget"] == "#noi-dung"
    assert "Trình Tổ trưởng ký" in shown
    assert "<html" not in shown
    assert "Chọn tệp khác" in views_errors.too_large(ask, 200).content.decode()


def test_vietnamese_is_first_whatever_the_browser_prefers(style):
    answer = Client().get("/kieu-mau/viec/", headers={"accept-language": "en-US"})
    assert answer.headers["Content-Language"] == "vi"
    assert '<html lang="vi">' in answer.content.decode()


def test_the_language_is_chosen_for_the_session_and_leads_back(style):
    client = Client()
    answer = client.post("/ngon-ngu/", {"language": "en", "next": "/kieu-mau/viec/?x=1"})
    assert answer.headers["Location"] == "/kieu-mau/viec/?x=1"
    shown = client.get("/kieu-mau/viec/").content.decode()
    assert '<html lang="en">' in shown
    assert "1 day left" in shown
    client.post("/ngon-ngu/", {"language": "xx"})
    assert '<html lang="en">' in client.get("/kieu-mau/viec/").content.decode()


@pytest.mark.parametrize("back", ["https://example.org/", "//example.org", "javascript:alert(1)", ""])
def test_the_language_form_never_leads_off_the_site(style, back):
    assert Client().post("/ngon-ngu/", {"language": "en", "next": back}).headers["Location"] == "/"


def test_the_language_is_not_changed_by_a_link(style):
    assert Client().get("/ngon-ngu/?language=en").status_code == 405


@pytest.mark.django_db
def test_a_signed_in_reader_keeps_the_language_on_the_account(style):
    account = get_user_model()(
        username="yen", full_name="Đinh Hải Yến", public_id="0" * 32, created_at=timezone.localtime()
    )
    account.set_unusable_password()
    account.save()
    client = Client()
    client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    client.post("/ngon-ngu/", {"language": "en"})
    account.refresh_from_db()
    assert account.language == "en"


def test_an_account_s_language_holds_until_another_is_chosen(ask):
    ask.user.language = "en"
    assert language.language_of(ask) == "en"
    ask.session = {language.SESSION_KEY: "vi"}
    assert language.language_of(ask) == "vi"
    ask.user.language = "fr"
    ask.session = {}
    assert language.language_of(ask) == "vi"
