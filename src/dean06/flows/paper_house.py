"""Whose paper a form is: what charter, seats and places say of the group, an agency of it, the authority above."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from dean06.adoption import service as adoption
from dean06.charter.types import Charter
from dean06.clock import service as clock
from dean06.clock.errors import BadInput
from dean06.flows import signing
from dean06.offices import service as offices
from dean06.offices.types import Capacity, GroupInfo
from dean06.papers.service import forms
from dean06.papers.types import Form, Issuer, IssuingHouse, Paper, Signature, SignForm
from dean06.places import service as places

STANDING = "standing_deputy"

__all__ = ["charter", "composed", "house"]


def charter(group: GroupInfo) -> Charter:
    """Return the text the group is under on its day."""
    return adoption.charter_of(group.charter_line, clock.today(group))


def composed(account: str, group: GroupInfo, code: str, facts: Mapping[str, object]) -> Paper:
    """Return a form filled in for the group, in its own words where it has set some; blanks where facts are missing."""
    form = forms.form(code)
    made = forms.compose_for(group.id, code, facts, house(account, group, form)).paper
    symbol = charter(group).body.symbols.get(form.document_kind or "")
    return replace(made, symbol=symbol) if symbol and form.issued_by == "group" else made


def house(account: str, group: GroupInfo, form: Form) -> IssuingHouse:
    """Return what stands around the words of a form."""
    match form.issued_by:
        case "agency":
            return _of_agency(account, group)
        case "superior":
            return _of_superior(group)
        case _:
            return _of_group(group)


def _territory(group: GroupInfo) -> str:
    unit = places.unit(group.unit_code, group.unit_on)
    return unit.full_name if unit else group.short_name


def _agency_of(text: Charter, role: str) -> str:
    """Return the name of the agency that a role of the charter comes from."""
    held = text.roles.get(role)
    named = text.agencies.get(held.agency) if held and held.agency else None
    return named.name if named else text.body.parent.capitalize()


def _of_group(group: GroupInfo) -> IssuingHouse:
    text = charter(group)
    body = text.body
    kept = signing.kept_by(text)
    return IssuingHouse(
        issuer=Issuer(parent=(body.parent,) if body.parent else (), body=body.name_lines, spoken=group.name),
        suffix=body.symbols.get("other", body.symbols.get("decision", "").partition("-")[2]),
        unit=kept[1] if len(kept) > 1 else "",
        place=body.place,
        signature=signing.unsigned(group),
        authority=f"{signing.LEADING_TITLE} {' '.join(body.name_lines)}",
        kept_by=kept,
        grounds=_grounds(group, text),
        group=group.name,
        territory=_territory(group),
        superior=_agency_of(text, signing.LEADING),
        standing=_agency_of(text, STANDING),
        charter=text.title,
    )


def _grounds(group: GroupInfo, text: Charter) -> tuple[str, ...]:
    known = [one for one in adoption.versions(group.charter_line) if one.hash == text.hash and one.signed_on]
    if not known:
        return (f"Căn cứ {text.title}",)
    issued = known[-1]
    return (
        f"Căn cứ {text.title} (ban hành kèm theo Quyết định số {issued.instrument} ngày {issued.signed_on:%d/%m/%Y})",
    )


def _of_agency(account: str, group: GroupInfo) -> IssuingHouse:
    """Return the house of the drafter's own agency; the head of it signs, on its own series."""
    seat = _own_seat(account, group)
    name = offices.agency_name(group.id, seat.agency or "")
    above = _of_group(group)
    return replace(
        above,
        issuer=Issuer(parent=above.issuer.parent, body=(name,), spoken=name),
        suffix=abbreviated(name),
        unit="",
        signature=Signature(title=seat.post or seat.title, name=""),
        authority="",
        kept_by=("VT",),
        recipients=(above.standing,),
    )


def _own_seat(account: str, group: GroupInfo) -> Capacity:
    seats = offices.capacities(account, group.id, clock.today(group))
    found = next((seat for seat in seats if seat.agency), None)
    if found is None:
        raise BadInput(
            "Mẫu này là văn bản của một cơ quan: người của cơ quan thành viên lập.",
            "This form is an agency's paper: somebody of a member agency makes it.",
        )
    return found


def _of_superior(group: GroupInfo) -> IssuingHouse:
    """Return the house of the authority above: the group drafts, the authority signs and numbers."""
    above = _of_group(group)
    words = above.superior.split()
    body = (above.superior,) if len(words) <= 4 else (" ".join(words[:4]), " ".join(words[4:]))
    return replace(
        above,
        issuer=Issuer(body=body, spoken=above.superior),
        suffix=abbreviated(above.superior),
        unit="",
        signature=Signature(form=SignForm.TM, collective=" ".join(words[:4]), title="Chủ tịch", name=""),
        authority=above.superior,
        kept_by=("VT",),
        grounds=("Căn cứ Luật Tổ chức chính quyền địa phương",),
    )


def abbreviated(name: str) -> str:
    """Return the letters by which an agency stands in a symbol: its capitals, as Phòng Giáo dục và Đào tạo is PGDĐT."""
    letters = "".join(word[0].upper() for word in name.split() if word[0].isalpha() and word not in {"và", "về", "của"})
    return letters or "CQ"
