"""The face of forms: the catalogue, a group's own words for a form, and the draft of a paper from facts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from pydantic import ValidationError

from dean06.charter.types import Permit
from dean06.clock.errors import BadInput
from dean06.ledger import service as ledger
from dean06.ledger.types import digest_of
from dean06.offices import service as offices
from dean06.papers import models
from dean06.papers.errors import Fault, FormRefused
from dean06.papers.forms.catalogue import Form, catalogue, check_template
from dean06.papers.forms.facts import FactRule
from dean06.papers.forms.template import Template
from dean06.papers.writing.composing import IssuingHouse, check_facts, compose, missing
from dean06.papers.writing.document import Paper

__all__ = [
    "Composed",
    "TemplateInfo",
    "TemplateVersion",
    "check_facts",
    "check_template",
    "compose_for",
    "drop_template",
    "form",
    "forms",
    "missing",
    "read_template",
    "sample",
    "set_template",
    "template_digest",
    "template_of",
    "template_versions",
    "templates_of",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateInfo:
    """The words that a group's papers are made with: its own (with their version), or the shipped ones.

    `faults` say why a group's own words are set aside, as after an update that asks for another fact.
    """

    form: str
    template: Template
    version: int
    faults: tuple[Fault, ...] = ()

    @property
    def own(self) -> bool:
        """Say whether the words are the group's."""
        return self.version > 0


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateVersion:
    """One version of a group's words; none where the group went back to the shipped form."""

    version: int
    template: Template | None
    account: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Composed:
    """A draft, what is still missing in it, and the words that it was made with."""

    paper: Paper
    missing: tuple[FactRule, ...]
    words: TemplateInfo


def forms() -> tuple[Form, ...]:
    """Return every form of the catalogue."""
    return tuple(catalogue().values())


def form(code: str) -> Form:
    """Return one form."""
    found = catalogue().get(code)
    if found is None:
        raise BadInput("Không có mẫu văn bản này: chọn lại trong danh mục.", "There is no such form: choose another.")
    return found


def read_template(data: object) -> Template:
    """Return words that came from a page or a file, or refuse them with every place that is wrong."""
    try:
        return Template.model_validate(data)
    except ValidationError as problem:
        errors = problem.errors(include_url=False, include_input=False)
        places = [(".".join(map(str, error["loc"])), error["msg"]) for error in errors]
        raise FormRefused(
            tuple(Fault(place, f"{place}: không đúng cấu trúc của mẫu", f"{place}: {said}") for place, said in places)
        ) from problem


def template_digest(code: str, template: Template | None) -> str:
    """Return the SHA-256 (hex) of words, to which the permit that sets them is bound; of none, to drop them."""
    return digest_of(form=code, words=template.model_dump_json() if template else "")


def template_of(group_id: int, code: str) -> TemplateInfo:
    """Return the words that a group's papers of this form are made with."""
    row = models.Template.objects.filter(group_id=group_id, form=code).order_by("-version").first()
    return _words(form(code), row)


def templates_of(group_id: int) -> list[TemplateInfo]:
    """Return the words of every form of the catalogue as `template_of` does, in its order."""
    last = {row.form: row for row in models.Template.objects.filter(group_id=group_id).order_by("version")}
    return [_words(shipped, last.get(shipped.code)) for shipped in forms()]


def _words(shipped: Form, row: models.Template | None) -> TemplateInfo:
    code = shipped.code
    if row is None or row.words is None:
        return TemplateInfo(form=code, template=shipped.template, version=0)
    try:
        own = read_template(row.words)
        faults = check_template(shipped, own)
    except FormRefused as refused:
        return TemplateInfo(form=code, template=shipped.template, version=0, faults=refused.faults)
    if faults:
        return TemplateInfo(form=code, template=shipped.template, version=0, faults=faults)
    return TemplateInfo(form=code, template=own, version=row.version)


def template_versions(group_id: int, code: str) -> list[TemplateVersion]:
    """Return a group's versions of a form, oldest first; one that no longer has the form's structure has no words."""
    made = []
    for row in models.Template.objects.filter(group_id=group_id, form=code):
        try:
            words = read_template(row.words) if row.words is not None else None
        except FormRefused:
            words = None
        made.append(TemplateVersion(version=row.version, template=words, account=row.account, at=row.at))
    return made


def set_template(by: Permit, group_id: int, code: str, template: Template) -> TemplateInfo:
    """Keep a group's own words for a form; permit for kind `template`, id the form's code, `template_digest`.

    Raises:
        FormRefused: the words leave out a fact that the form requires, or name one that it has not.
    """
    faults = check_template(form(code), template)
    if faults:
        raise FormRefused(faults)
    _keep(by, group_id, code, template)
    return template_of(group_id, code)


def drop_template(by: Permit, group_id: int, code: str) -> TemplateInfo:
    """Go back to the shipped words; the group's versions stay. Permit as to set them, for no words."""
    row = models.Template.objects.filter(group_id=group_id, form=code).order_by("-version").first()
    if row is None or row.words is None:
        raise BadInput("Tổ đang dùng mẫu gốc.", "The group uses the shipped form already.")
    _keep(by, group_id, code, None)
    return template_of(group_id, code)


def _keep(by: Permit, group_id: int, code: str, template: Template | None) -> None:
    digest = template_digest(code, template)
    with transaction.atomic():
        group = offices.group_by_id(group_id)
        kept = models.Template.objects.select_for_update().filter(group_id=group_id, form=code)
        last = kept.order_by("-version").values_list("version", flat=True).first() or 0
        models.Template.objects.create(
            group_id=group_id,
            form=code,
            version=last + 1,
            words=template.model_dump(mode="json") if template else None,
            account=by.actor.account,
            at=by.at,
        )
        ledger.append(
            by, scope=group.slug, kind="template", object_id=code, digest=digest, bound=digest, note={"form": code}
        )


def compose_for(group_id: int, code: str, facts: Mapping[str, object], house: IssuingHouse) -> Composed:
    """Return a draft in the group's words; what a required fact lacks is left blank and told."""
    asked, words = form(code), template_of(group_id, code)
    return Composed(paper=compose(asked, facts, house, words.template), missing=missing(asked, facts), words=words)


def sample(code: str, house: IssuingHouse, template: Template | None = None) -> Paper:
    """Return a form filled with its made-up facts, for whoever wants to see it before they begin."""
    asked = form(code)
    return compose(asked, asked.examples(), house, template)
