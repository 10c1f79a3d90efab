"""Addresses of the group's money."""

from __future__ import annotations

from django.urls import URLPattern, path

from dean06.web.pages.funds import board, budget, estimates, journal, request_one, requests, year_end

WAY = "t/<slug:to>/kinh-phi/"
ONE = f"{WAY}de-nghi/<int:request_id>/"
ESTIMATE = f"{WAY}du-toan/<int:year>/<slug:agency>/"

urlpatterns: list[URLPattern] = [
    path(WAY, board.board, name="funds"),
    path(f"{WAY}nguon/ghi/", board.enter, name="funds-enter"),
    path(f"{WAY}nguon/<int:source_id>/cap/", board.allot, name="funds-allot"),
    path(f"{WAY}quan-ly/", board.set_manager, name="funds-manager"),
    path(f"{WAY}so/", journal.journal, name="funds-journal"),
    path(f"{WAY}so/<int:movement_id>/dao/", journal.reverse, name="funds-reverse"),
    path(f"{WAY}de-nghi/", requests.requests, name="funds-requests"),
    path(f"{WAY}de-nghi/moi/", requests.new, name="funds-request-new"),
    path(ONE, request_one.one, name="funds-request"),
    path(f"{ONE}duyet/", request_one.approve, name="funds-approve"),
    path(f"{ONE}tu-choi/", request_one.refuse, name="funds-refuse"),
    path(f"{ONE}huy/", request_one.cancel, name="funds-cancel"),
    path(f"{ONE}chi/", request_one.pay, name="funds-pay"),
    path(f"{ONE}quyet-toan/", request_one.settle, name="funds-settle"),
    path(f"{ONE}dao-chi/", request_one.reverse, name="funds-undo"),
    path(f"{ONE}cong-van/", request_one.letter, name="funds-letter"),
    path(f"{ONE}chung-tu/<int:payment_id>/", request_one.document, name="funds-document"),
    path(f"{WAY}du-toan/", estimates.estimates, name="funds-estimates"),
    path(ESTIMATE, estimates.one, name="funds-estimate"),
    path(f"{ESTIMATE}ghi/", estimates.write, name="funds-estimate-write"),
    path(f"{ESTIMATE}tep/", estimates.from_file, name="funds-estimate-file"),
    path(f"{ESTIMATE}chep/", estimates.copy, name="funds-estimate-copy"),
    path(f"{ESTIMATE}gui/", estimates.send, name="funds-estimate-send"),
    path(f"{ESTIMATE}tra-lai/", estimates.send_back, name="funds-estimate-back"),
    path(f"{WAY}tong-hop/<int:year>/", budget.budget, name="funds-budget"),
    path(f"{WAY}tong-hop/<int:year>/lap/", budget.consolidate, name="funds-consolidate"),
    path(f"{WAY}tong-hop/ban/<int:budget_id>/to-trinh/", budget.draft, name="funds-budget-paper"),
    path(f"{WAY}tong-hop/ban/<int:budget_id>/trinh/", budget.submit, name="funds-budget-submit"),
    path(f"{WAY}co-che/", budget.propose, name="funds-mechanism"),
    path(f"{WAY}khoa-so/", year_end.year_end, name="funds-year-end"),
    path(f"{WAY}khoa-so/ghi/", year_end.close, name="funds-close"),
]
