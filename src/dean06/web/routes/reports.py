"""Addresses of reports: the agencies', the group's, the indicators, the roll-up."""

from __future__ import annotations

from django.urls import URLPattern, path

from dean06.web.pages.agency_reports import acts, board, one
from dean06.web.pages.indicators import entry, listing
from dean06.web.pages.indicators import one as indicator
from dean06.web.pages.reports import months as reports
from dean06.web.pages.rollup import one as below
from dean06.web.pages.rollup import table

OF_AGENCIES = "t/<slug:to>/bao-cao/co-quan/"
OF_ONE = f"{OF_AGENCIES}<str:month>/<str:agency>/"

urlpatterns: list[URLPattern] = [
    path("t/<slug:to>/bao-cao/", reports.reports_page, name="reports"),
    path(OF_AGENCIES, board.board, name="agency-reports"),
    path(OF_ONE, one.one, name="agency-reports-one"),
    path(f"{OF_ONE}lap/", acts.begin, name="agency-reports-begin"),
    path(f"{OF_ONE}ghi/", acts.write, name="agency-reports-write"),
    path(f"{OF_ONE}chep/", acts.copy, name="agency-reports-copy"),
    path(f"{OF_ONE}tep/", acts.attach, name="agency-reports-attach"),
    path(f"{OF_ONE}tep/bo/", acts.detach, name="agency-reports-detach"),
    path(f"{OF_ONE}tep/<int:attached_id>/", acts.file, name="agency-reports-file"),
    path(f"{OF_ONE}rut/", acts.take_back, name="agency-reports-take-back"),
    path(f"{OF_ONE}nhan/", acts.receive, name="agency-reports-receive"),
    path(f"{OF_ONE}tra-lai/", acts.return_it, name="agency-reports-return"),
    path(f"{OF_ONE}ban-giay/", acts.paper, name="agency-reports-paper"),
    path(f"{OF_ONE}lan-gui/<int:sending>.json", acts.sent, name="agency-reports-sent"),
    path("t/<slug:to>/chi-tieu/", listing.listing, name="indicators"),
    path("t/<slug:to>/chi-tieu/nhap/", entry.enter, name="indicators-enter"),
    path("t/<slug:to>/chi-tieu/nhap/ghi/", entry.keep, name="indicators-keep"),
    path("t/<slug:to>/chi-tieu/nhap/bang/", entry.take, name="indicators-take"),
    path("t/<slug:to>/chi-tieu/tep/<int:figure_id>/", indicator.file, name="indicators-file"),
    path("t/<slug:to>/chi-tieu/<str:indicator>/", indicator.one, name="indicators-one"),
    path("t/<slug:to>/tong-hop/", table.table, name="rollup"),
    path("t/<slug:to>/tong-hop/<slug:child>/<str:month>/", below.one, name="rollup-one"),
    path("t/<slug:to>/bao-cao/<str:month>/", reports.one, name="reports-one"),
    path("t/<slug:to>/bao-cao/<str:month>/lap/", reports.make, name="reports-make"),
    path("t/<slug:to>/bao-cao/<str:month>/sua/", reports.edit, name="reports-edit"),
    path("t/<slug:to>/bao-cao/<str:month>/ky/", reports.sign, name="reports-sign"),
    path("t/<slug:to>/bao-cao/<str:month>/gui/", reports.send, name="reports-send"),
    path("t/<slug:to>/bao-cao/<str:month>/mo-lai/", reports.reopen, name="reports-reopen"),
    path("t/<slug:to>/bao-cao/<str:month>/da-nhan/", reports.received, name="reports-received"),
    path("t/<slug:to>/bao-cao/<str:month>/tep.<slug:kind>", reports.file, name="reports-file"),
]
