"""Addresses of tasks and plans."""

from __future__ import annotations

from django.urls import URLPattern, path

from dean06.web.pages.planning import acts as plan_acts
from dean06.web.pages.planning import importing, plan, plans
from dean06.web.pages.tasking import acts, directives, listing, lists, many, matters, new, one

TASK = "t/<slug:to>/nhiem-vu/<int:task_id>/"
MATTER = "t/<slug:to>/nhiem-vu/can-quyet/<int:matter_id>/"
PLAN = "t/<slug:to>/ke-hoach/<int:plan_id>/"

urlpatterns: list[URLPattern] = [
    path("t/<slug:to>/nhiem-vu/", listing.tasks, name="tasks"),
    path("t/<slug:to>/nhiem-vu/bang/", listing.board, name="tasks-board"),
    path("t/<slug:to>/nhiem-vu/lich/", listing.month_view, name="tasks-calendar"),
    path("t/<slug:to>/nhiem-vu/moi/", new.new, name="tasks-new"),
    path("t/<slug:to>/nhiem-vu/nhap/", lists.import_list, name="tasks-import"),
    path("t/<slug:to>/nhiem-vu/giao-lai/", lists.copy, name="tasks-copy"),
    path("t/<slug:to>/nhiem-vu/dot/<slug:batch>/", lists.batch, name="tasks-batch"),
    path("t/<slug:to>/nhiem-vu/dot/<slug:batch>/rut/", lists.take_back, name="tasks-batch-back"),
    path("t/<slug:to>/nhiem-vu/cung-luc/", many.many, name="tasks-many"),
    path("t/<slug:to>/nhiem-vu/bo-loc/", listing.keep, name="tasks-filter-keep"),
    path("t/<slug:to>/nhiem-vu/bo-loc/<int:filter_id>/bo/", listing.forget, name="tasks-filter-forget"),
    path("t/<slug:to>/nhiem-vu/chi-dao/", directives.directives, name="tasks-directives"),
    path("t/<slug:to>/nhiem-vu/can-quyet/", matters.matters, name="tasks-matters"),
    path(MATTER, matters.one, name="tasks-matter"),
    path(f"{MATTER}bao-cao/", matters.escalate, name="tasks-matter-escalate"),
    path(f"{MATTER}quyet/", matters.settle, name="tasks-matter-settle"),
    path(f"{MATTER}rut/", matters.unsettle, name="tasks-matter-unsettle"),
    path(TASK, one.one, name="tasks-one"),
    path(f"{TASK}bao-sua/", acts.claim, name="tasks-claim"),
    path(f"{TASK}bang-sua.xlsx", acts.handover, name="tasks-handover"),
    path(f"{TASK}bao-cao/", acts.report, name="tasks-report"),
    path(f"{TASK}bat-dau/", acts.begin, name="tasks-begin"),
    path(f"{TASK}nghiem-thu/", acts.answer, name="tasks-answer"),
    path(f"{TASK}gia-han/", acts.time, name="tasks-time"),
    path(f"{TASK}gia-han/tra-loi/", acts.time_answer, name="tasks-time_answer"),
    path(f"{TASK}phoi-hop/", acts.beside, name="tasks-beside"),
    path(f"{TASK}nguoi/", acts.person, name="tasks-person"),
    path(f"{TASK}mo-lai/", acts.reopen, name="tasks-reopen"),
    path(f"{TASK}huy/", acts.cancel, name="tasks-cancel"),
    path(f"{TASK}dong/", acts.close, name="tasks-close"),
    path(f"{TASK}hoan-tac/", acts.undo, name="tasks-undo"),
    path(f"{TASK}minh-chung/<int:shown_id>/", one.file, name="tasks-file"),
    path("t/<slug:to>/ke-hoach/", plans.plans, name="tasks-plans"),
    path(PLAN, plan.one, name="tasks-plan"),
    path(f"{PLAN}nhap/", importing.import_list, name="tasks-plan-import"),
    path(f"{PLAN}dong/", plan_acts.line, name="tasks-plan-line"),
    path(f"{PLAN}dong/<int:line_id>/", plan_acts.edit, name="tasks-plan-edit"),
    path(f"{PLAN}dong/<int:line_id>/giao/", plan_acts.give_one, name="tasks-plan-give-one"),
    path(f"{PLAN}giao/", plan_acts.give, name="tasks-plan-give"),
    path(f"{PLAN}trinh/", plan_acts.submit, name="tasks-plan-submit"),
    path(f"{PLAN}duyet/", plan_acts.approve, name="tasks-plan-approve"),
    path(f"{PLAN}tra-lai/", plan_acts.back, name="tasks-plan-back"),
    path(f"{PLAN}van-ban/", plan_acts.paper, name="tasks-plan-paper"),
    path(f"{PLAN}so/", plan_acts.elsewhere, name="tasks-plan-elsewhere"),
    path(f"{PLAN}nop/", plan_acts.file, name="tasks-plan-file"),
    path(f"{PLAN}bo/", plan_acts.drop, name="tasks-plan-drop"),
]
