"""Addresses of whoever is not in a group, or in none yet: the door, the account, what anybody may verify."""

from __future__ import annotations

from django.contrib.auth.views import LogoutView
from django.urls import URLPattern, path

from dean06.web import reader, views_language, views_style
from dean06.web.pages.account import entry, own_account
from dean06.web.pages.data import open_data_public
from dean06.web.pages.papers import proof, published, receipts, verifying

urlpatterns: list[URLPattern] = [
    path("", reader.home, name="home"),
    path("dang-nhap/", entry.SignIn.as_view(), name="sign-in"),
    path("dang-xuat/", LogoutView.as_view(), name="sign-out"),
    path("chua-co-vi-tri/", entry.no_seat, name="no-seat"),
    path("tai-khoan/hai-lop/", own_account.factor, name="account-factor"),
    path("tai-khoan/hai-lop/cai/", own_account.begin, name="account-factor-begin"),
    path("tai-khoan/hai-lop/xac-nhan/", own_account.confirm, name="account-factor-confirm"),
    path("tai-khoan/hai-lop/ma-du-phong/", own_account.renew_codes, name="account-factor-codes"),
    path("tai-khoan/hai-lop/bo/", own_account.remove, name="account-factor-remove"),
    path("tai-khoan/hai-lop/ma-trinh-dien/", own_account.demo_code, name="account-factor-demo"),
    path("ngon-ngu/", views_language.choose, name="language"),
    path("kiem-tra-chu-ky/", verifying.verify, name="verify"),
    path("xac-thuc/<str:code>/", proof.show, name="proof"),
    path("xac-thuc/<str:code>/bang-chung.json", proof.proof_file, name="proof-file"),
    path("xac-nhan-van-ban/<str:token>/", receipts.receipt, name="papers-receipt"),
    path("cong/<slug:slug>/", published.published, name="published"),
    path("cong/<slug:slug>/du-lieu-mo/", open_data_public.page, name="published-data"),
    path("cong/<slug:slug>/du-lieu-mo/danh-muc.<slug:kind>", open_data_public.file, name="published-data-file"),
    path("cong/<slug:slug>/<str:file>", published.published_file, name="published-file"),
    path("kieu-mau/", views_style.guide, name="style-guide"),
    path("kieu-mau/<slug:name>/", views_style.sample, name="style-sample"),
]
