"""Addresses of deliveries, runs, findings and scores."""

from __future__ import annotations

from django.urls import URLPattern, path

from dean06.web.pages.contracts import acts, draft, parts, versions
from dean06.web.pages.data import (
    contracts,
    deliveries,
    dispute,
    disputes,
    findings,
    hand_in,
    proposals,
    rules,
    run_files,
    run_looks,
    runs,
    scores,
)

SOURCES = "t/<slug:to>/nguon-du-lieu"

urlpatterns: list[URLPattern] = [
    path("t/<slug:to>/doi-soat/", deliveries.deliveries, name="deliveries"),
    path("t/<slug:to>/doi-soat/nop/", hand_in.hand_in, name="deliveries-new"),
    path("t/<slug:to>/doi-soat/lan-nop/<int:delivery_id>/", deliveries.one, name="deliveries-one"),
    path("t/<slug:to>/doi-soat/lan-nop/<int:delivery_id>/rut/", deliveries.undo, name="deliveries-undo"),
    path("t/<slug:to>/doi-soat/lan-nop/<int:delivery_id>/chay-lai/", deliveries.again, name="deliveries-again"),
    path("t/<slug:to>/doi-soat/lan-nop/<int:delivery_id>/kiem-tra/", rules.rules, name="deliveries-rules"),
    path("t/<slug:to>/doi-soat/lan-nop/<int:delivery_id>/kiem-tra/chay-lai/", rules.examine, name="deliveries-examine"),
    path(f"{SOURCES}/", contracts.listing, name="sources"),
    path(f"{SOURCES}/lap/", versions.begin_new, name="contracts-new"),
    path(f"{SOURCES}/<slug:source>/", contracts.one, name="sources-one"),
    path(f"{SOURCES}/<slug:source>/datapackage.json", contracts.package, name="sources-package"),
    path(f"{SOURCES}/<slug:source>/hop-dong.yaml", versions.text_in_force, name="contracts-in-force"),
    path(f"{SOURCES}/<slug:source>/cac-ban/", versions.versions, name="contracts-versions"),
    path(f"{SOURCES}/<slug:source>/cac-ban/<int:number>/", versions.one, name="contracts-version"),
    path(f"{SOURCES}/<slug:source>/cac-ban/<int:number>/hop-dong.yaml", versions.text, name="contracts-text"),
    path(f"{SOURCES}/<slug:source>/cac-ban/<int:number>/soan-lai/", versions.again, name="contracts-again"),
    path(f"{SOURCES}/<slug:source>/soan/", draft.page, name="contracts-edit"),
    path(f"{SOURCES}/<slug:source>/soan/bat-dau/", acts.begin, name="contracts-begin"),
    path(f"{SOURCES}/<slug:source>/soan/chung/", parts.general, name="contracts-general"),
    path(f"{SOURCES}/<slug:source>/soan/cot/", parts.field, name="contracts-field"),
    path(f"{SOURCES}/<slug:source>/soan/luat/", parts.rule, name="contracts-rule"),
    path(f"{SOURCES}/<slug:source>/soan/luat/doi/", acts.switch, name="contracts-switch"),
    path(f"{SOURCES}/<slug:source>/soan/tep/", acts.take_file, name="contracts-file"),
    path(f"{SOURCES}/<slug:source>/soan/thu/", acts.try_out, name="contracts-try"),
    path(f"{SOURCES}/<slug:source>/soan/ban-hanh/", acts.adopt, name="contracts-adopt"),
    path(f"{SOURCES}/<slug:source>/soan/bo/", acts.drop, name="contracts-drop"),
    path(f"{SOURCES}/<slug:source>/bao-sai/", disputes.dispute, name="disputes-make"),
    path("t/<slug:to>/luat-bi-tranh-chap/", disputes.disputes, name="disputes"),
    path("t/<slug:to>/luat-bi-tranh-chap/<int:dispute_id>/", dispute.one, name="disputes-one"),
    path("t/<slug:to>/luat-bi-tranh-chap/<int:dispute_id>/quyet/", dispute.decide, name="disputes-decide"),
    path("t/<slug:to>/luat-bi-tranh-chap/<int:dispute_id>/chay-lai/", dispute.resume, name="disputes-resume"),
    path("t/<slug:to>/doi-soat/luot/<int:run_id>/", runs.one, name="runs-one"),
    path("t/<slug:to>/doi-soat/luot/<int:run_id>/dong/<int:stt>/", runs.row, name="runs-row"),
    path("t/<slug:to>/doi-soat/luot/<int:run_id>/muc-dich/", runs.purpose, name="runs-purpose"),
    path("t/<slug:to>/doi-soat/luot/<int:run_id>/tim/", runs.search, name="runs-search"),
    path("t/<slug:to>/doi-soat/luot/<int:run_id>/ket-qua.<slug:kind>", run_files.download, name="runs-file"),
    path("t/<slug:to>/doi-soat/luot/<int:run_id>/tep-ket-qua/", run_files.wait, name="runs-wait"),
    path("t/<slug:to>/doi-soat/luot/<int:run_id>/tep-ket-qua/lap/", run_files.ask, name="runs-ask"),
    path("t/<slug:to>/doi-soat/luot/<int:run_id>/lan-xem/", run_looks.who, name="runs-looks"),
    path("t/<slug:to>/sai-lech/", findings.findings, name="findings"),
    path("t/<slug:to>/sai-lech/giao/", findings.order, name="findings-order"),
    path("t/<slug:to>/sai-lech/<int:finding_id>/so-sai/", proposals.make, name="proposals-make"),
    path("t/<slug:to>/de-nghi-so/", proposals.proposals, name="proposals"),
    path("t/<slug:to>/de-nghi-so/<int:proposal_id>/", proposals.one, name="proposals-one"),
    path("t/<slug:to>/de-nghi-so/<int:proposal_id>/quyet/", proposals.consider, name="proposals-consider"),
    path("t/<slug:to>/de-nghi-so/<int:proposal_id>/rut/", proposals.take_back, name="proposals-back"),
    path("t/<slug:to>/bang-diem/", scores.scorecard, name="scores"),
]
