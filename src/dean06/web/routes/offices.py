"""Addresses of the people of a group."""

from __future__ import annotations

from django.urls import URLPattern, path

from dean06.web.pages.offices import accounts, agencies, hat, importing, people, powers, reading, seals, seat

urlpatterns: list[URLPattern] = [
    path("t/<slug:to>/vai/", hat.choose, name="offices-hat"),
    path("t/<slug:to>/nhan-su/", people.people, name="offices"),
    path("t/<slug:to>/nhan-su/so-do/", people.chart, name="offices-chart"),
    path("t/<slug:to>/nhan-su/them/", people.new, name="offices-new"),
    path("t/<slug:to>/nhan-su/them/ghi/", people.sit, name="offices-sit"),
    path("t/<slug:to>/nhan-su/nhap/", importing.begin, name="offices-import"),
    path("t/<slug:to>/nhan-su/nhap/xem/", importing.preview, name="offices-import-preview"),
    path("t/<slug:to>/nhan-su/nhap/ghi/", importing.commit, name="offices-import-commit"),
    path("t/<slug:to>/nhan-su/vi-tri/<int:seat_id>/", seat.one, name="offices-seat"),
    path("t/<slug:to>/nhan-su/vi-tri/<int:seat_id>/thoi/", seat.leave, name="offices-seat-leave"),
    path("t/<slug:to>/nhan-su/vi-tri/<int:seat_id>/gan/", seat.attach, name="offices-seat-attach"),
    path("t/<slug:to>/nhan-su/vi-tri/<int:seat_id>/moi/", seat.invite, name="offices-seat-invite"),
    path("t/<slug:to>/nhan-su/vi-tri/<int:seat_id>/vang/", seat.away, name="offices-seat-away"),
    path("t/<slug:to>/nhan-su/co-quan/", agencies.agencies, name="offices-agencies"),
    path("t/<slug:to>/nhan-su/co-quan/them/", agencies.add, name="offices-agency-add"),
    path("t/<slug:to>/nhan-su/co-quan/<slug:agency_code>/", agencies.agency, name="offices-agency"),
    path("t/<slug:to>/nhan-su/co-quan/<slug:agency_code>/chuc-vu/", agencies.set_post, name="offices-agency-post"),
    path("t/<slug:to>/nhan-su/co-quan/<slug:agency_code>/ten/", agencies.rename, name="offices-agency-name"),
    path("t/<slug:to>/nhan-su/co-quan/<slug:agency_code>/ket-thuc/", agencies.merge, name="offices-agency-end"),
    path("t/<slug:to>/nhan-su/chuc-vu/<int:post_id>/", agencies.change_post, name="offices-post"),
    path("t/<slug:to>/nhan-su/con-dau/", seals.seals, name="offices-seals"),
    path("t/<slug:to>/nhan-su/con-dau/ghi/", seals.enter, name="offices-seal-enter"),
    path("t/<slug:to>/nhan-su/con-dau/<int:seal_id>/thoi/", seals.retire, name="offices-seal-end"),
    path("t/<slug:to>/nhan-su/con-dau/<int:seal_id>/mau/", seals.specimen, name="offices-seal-print"),
    path("t/<slug:to>/nhan-su/dieu-hanh/", powers.powers_page, name="offices-powers"),
    path("t/<slug:to>/nhan-su/dieu-hanh/uy-quyen/", powers.grant, name="offices-delegate"),
    path("t/<slug:to>/nhan-su/uy-quyen/<int:delegation_id>/thu-hoi/", powers.revoke, name="offices-revoke"),
    path("t/<slug:to>/nhan-su/uy-quyen/<int:delegation_id>/giay/", powers.paper, name="offices-delegation-paper"),
    path("t/<slug:to>/nhan-su/vang-mat/<int:absence_id>/ve/", powers.back, name="offices-back"),
    path("t/<slug:to>/nhan-su/da-doc/", reading.read, name="offices-read"),
    path("t/<slug:to>/nhan-su/da-doc/xac-nhan/", reading.acknowledge, name="offices-read-own"),
    path("t/<slug:to>/nhan-su/da-doc/tren-giay/", reading.enter, name="offices-read-enter"),
    path("t/<slug:to>/nhan-su/da-doc/nhac/", reading.remind, name="offices-read-remind"),
    path("t/<slug:to>/nhan-su/da-doc/<int:appointment_id>/ban-quet/", reading.scan, name="offices-read-scan"),
    path("t/<slug:to>/nhan-su/tai-khoan/", accounts.accounts, name="offices-accounts"),
    path("t/<slug:to>/nhan-su/tai-khoan/<uuid:owner>/gui-lai/", accounts.again, name="offices-account-again"),
    path("t/<slug:to>/nhan-su/tai-khoan/<uuid:owner>/thu-hoi/", accounts.withdraw, name="offices-account-withdraw"),
]
