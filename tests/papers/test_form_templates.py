"""A group's own words for a form: kept in versions, used where valid, else the shipped ones with the reason."""

from __future__ import annotations

import pytest

from dean06.ledger.errors import PermitMisused
from dean06.papers import models
from dean06.papers.errors import FormRefused
from dean06.papers.service import forms
from dean06.papers.types import Template
from papers.houses import GROUPS
from work.conftest import make_group, permit  # noqa: F401  fixtures of a made-up group

CODE = "directive"
HOUSE = GROUPS["quang-ninh"]


def own(closing: str = "Báo cáo kết quả trước thứ Sáu") -> Template:
    return forms.form(CODE).template.model_copy(update={"closing": closing})


def keep(permit, group, template):  # noqa: F811  the fixture
    return forms.set_template(permit("template", CODE, forms.template_digest(CODE, template)), group.id, CODE, template)


@pytest.mark.django_db
def test_a_groups_words_are_kept_in_versions_and_dropped_to_the_shipped_ones(permit, make_group):  # noqa: F811
    group, other = make_group("mot"), make_group("hai")
    assert not forms.template_of(group.id, CODE).own
    keep(permit, group, own())
    assert keep(permit, group, own("Báo cáo hằng ngày")).version == 2
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
def test_words_that_fit_no_longer_are_set_aside_with_the_reason(permit, make_group):  # noqa: F811
    group = make_group("mot")
    keep(permit, group, own())
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
def test_bad_words_and_a_permit_for_others_are_refused_and_leave_nothing(permit, make_group):  # noqa: F811
    group = make_group("mot")
    with pytest.raises(FormRefused, match="thiếu thông tin bắt buộc"):
        keep(permit, group, own().model_copy(update={"parts": ()}))
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
