"""A group's own words for a form: set, and given up for the shipped ones. Papers made before stay as they are."""

from __future__ import annotations

from dean06.charter.types import ObjectRef, Permit
from dean06.flows.authority import Act, Answer, ask, permit
from dean06.offices.types import GroupInfo
from dean06.papers.service import forms
from dean06.papers.service.forms import TemplateInfo
from dean06.papers.types import Template

ACTION = "template.set"
__all__ = ["go_back", "set_answer", "set_words"]


def _act(account: str, group: GroupInfo, code: str, template: Template | None) -> Act:
    obj = ObjectRef(kind="template", id=code, digest=forms.template_digest(code, template))
    return Act(account=account, group=group, action=ACTION, obj=obj)


def set_answer(account: str, group: GroupInfo, code: str) -> Answer:
    """Return whether an account may set the words of a form."""
    return ask(_act(account, group, code, None))


def _permit(account: str, group: GroupInfo, code: str, template: Template | None) -> Permit:
    return permit(_act(account, group, code, template))


def set_words(account: str, group: GroupInfo, code: str, template: Template) -> TemplateInfo:
    """Set a group's words for a form, for the drafts that are made from now on."""
    return forms.set_template(_permit(account, group, code, template), group.id, code, template)


def go_back(account: str, group: GroupInfo, code: str) -> TemplateInfo:
    """Use the shipped words again; the group's own stay among the versions."""
    return forms.drop_template(_permit(account, group, code, None), group.id, code)
