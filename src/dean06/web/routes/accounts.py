"""Addresses of accounts: the link of an invitation, one's own, and those of whoever answers for accounts."""

from __future__ import annotations

from django.urls import URLPattern, path

from dean06.web.pages import invitation
from dean06.web.pages.account import forgotten
from dean06.web.pages.administration import accounts

urlpatterns: list[URLPattern] = [
    path("tai-khoan/loi-moi/<str:token>/", invitation.invitation, name="account-invitation"),
    path("tai-khoan/quen-mat-khau/", forgotten.forgotten, name="account-forgotten"),
    path("tai-khoan/quen-mat-khau/<uuid:owner>/<str:token>/", forgotten.recover, name="account-recover"),
    path("tai-khoan/thoat-moi-noi/", invitation.sign_out_everywhere, name="account-sign-out"),
    path("quan-tri/tai-khoan/", accounts.accounts, name="admin-accounts"),
    path("quan-tri/tai-khoan/moi/", accounts.invite, name="admin-account-invite"),
    path("quan-tri/tai-khoan/<uuid:owner>/", accounts.one, name="admin-account"),
    path("quan-tri/tai-khoan/<uuid:owner>/duong-vao/", accounts.again, name="admin-account-again"),
    path("quan-tri/tai-khoan/<uuid:owner>/thu-hoi/", accounts.withdraw, name="admin-account-withdraw"),
    path("quan-tri/tai-khoan/<uuid:owner>/khoa/", accounts.disable, name="admin-account-disable"),
    path("quan-tri/tai-khoan/<uuid:owner>/mo/", accounts.enable, name="admin-account-enable"),
    path("quan-tri/tai-khoan/<uuid:owner>/bo-hai-lop/", accounts.remove_factor, name="admin-account-factor"),
]
