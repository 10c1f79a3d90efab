"""A group's own words for a form: kept in versions, used where valid, else the shipped ones with the reason."""

from __future__ import annotations

from datetime import date, datetime
from itertools import count

import pytest

from dean06.charter import service as charters
from dean06.charter.types import ActorRef, ObjectRef, Permit, Question
from dean06.clock.service import TZ
from dean06.ledger.errors import PermitMisused
from dean06.offices import service as offices
from dean06.offices.types import GroupInfo, NewGroup
from dean06.papers import models
from dean06.papers.errors import FormRefused
from dean06.papers.service import forms
from dean06.papers.types import Template
from papers.houses import GROUPS

CODE = "directive"
HOUSE = GROUPS["quang-ninh"]


def own(closing: str = "Báo cáo kết quả trước thứ Sáu") -> Template:
    return forms.form(CODE).template.model_copy(update={"closing": closing})


SERIAL = count()
INSTALLATION = charters.load("noi-quy")
AT = datetime(2026, 3, 2, 8, 0, tzinfo=TZ)


def permit(kind: str, id_: str, digest: str) -> Permit:
    """A permit of the installation's own charter; two are never the same, as two decisions are not."""
    question = Question(role="leader", agency=None, action="template.set", on=AT.date())
    return charters.permit(
        charters.decide(INSTALLATION, question),
        actor=ActorRef(account="00000000-0000-4000-8000-000000000001", role="leader", agency=None, seat="1"),
        obj=ObjectRef(kind=kind, id=id_, digest=digest),
        at=AT,
        reason=f"thử {next(SERIAL)}",
    )


def group_of(slug: str) -> GroupInfo:
    new = NewGroup(
        slug=slug,
        name=f"Tổ công tác {slug}",
        short_name=slug,
        level="district",
        unit_code="00456",
        unit_on=date(2022, 1, 1),
        charter_line="thu-nghiem",
    )
    return offices.create_group(permit("group", slug, new.digest()), new, [("BHXH", "Bảo hiểm xã hội", "BHXH")])


def keep(group: GroupInfo, template: Template) -> forms.TemplateInfo:
    allowed = permit("template", CODE, forms.template_digest(CODE, template))
    return forms.set_template(allowed, group.id, CODE, template)


@pytest.mark.django_db
def test_a_groups_words_are_kept_in_versions_and_dropped_to_the_shipped_ones():
    group, other = group_of("mot"), group_of("hai")
    assert not forms.template_of(group.id, CODE).own
    keep(group, own())
    assert keep(group, own("Báo cáo hằng ngày")).version == 2
    facts = forms.form(CODE).examples()
    done = forms.compose_for(group.id, CODE, facts, HOUSE)
    assert (done.words.own, done.missing) == (True, ())
    assert done.paper.closing is not None
    assert done.paper.closing.words[0].text == "Báo cáo hằng ngày"
    assert not forms.compose_for(other.id, CODE, facts, HOUSE).words.own
    back = forms.drop_template(permit("template", CODE, forms.template_digest(CODE, None)), group.id, CODE)
    assert (back.own, back.faults) == (False, ())
    versions = forms.template_versions(group.id, CODE)
    assert [one.version for one in versions] == [1, 2, 3]
    assert versions[0].template == own()
    assert versions[2].template is None


@pytest.mark.django_db
def test_words_that_fit_no_longer_are_set_aside_with_the_reason():
    group = group_of("mot")
    keep(group, own())
    row = models.Template.objects.get()
    row.words["abstract"] = "{fact_of_an_older_form}"
    row.save()
    found = forms.template_of(group.id, CODE)
    assert found.template == forms.form(CODE).template
    assert "{fact_of_an_older_form}" in found.faults[0].vi
    row.words = {"surprise": 1}
    row.save()
    assert {fault.at for fault in forms.template_of(group.id, CODE).faults} == {"abstract", "surprise"}
    assert forms.template_versions(group.id, CODE)[0].template is None


@pytest.mark.django_db
def test_bad_words_and_a_permit_for_others_are_refused_and_leave_nothing():
    group = group_of("mot")
    with pytest.raises(FormRefused, match="thiếu thông tin bắt buộc"):
        keep(group, own().model_copy(update={"parts": ()}))
    with pytest.raises(PermitMisused):
        forms.set_template(permit("template", CODE, forms.template_digest(CODE, own("khác"))), group.id, CODE, own())
    with pytest.raises(Exception, match="đang dùng mẫu gốc"):
        forms.drop_template(permit("template", CODE, forms.template_digest(CODE, None)), group.id, CODE)
    assert not models.Template.objects.exists()


def test_words_from_a_page_are_read_or_refused_by_place():
    data = own().model_dump(mode="json")
    assert forms.read_template(data) == own()
    with pytest.raises(FormRefused, match=r"parts\.0\.key: không đúng cấu trúc") as refused:
        forms.read_template({**data, "parts": [{"key": "Có Dấu", "lines": ["x"]}]})
    assert refused.value.faults[0].at == "parts.0.key"


def test_every_form_can_be_seen_before_it_is_begun():
    assert forms.forms()[0].code == "decision_direct"
    assert forms.sample(CODE, HOUSE).draft
    with pytest.raises(Exception, match="Không có mẫu văn bản này"):
        forms.form("khong-co")
