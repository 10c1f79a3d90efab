"""A charter from its canonical form and back; the SHA-256 of that form is the charter's hash."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from dean06.charter import indexing
from dean06.charter.norms import Bearer, Citation, Deadline, Norm, Note, Provision, Reading, Words
from dean06.charter.types import AgencyInfo, Body, Charter, Instrument, Raw, RoleInfo, canonical_json

Plain = Mapping[str, Any]


def to_canonical(charter: Charter) -> str:
    """Return the canonical JSON of a charter."""
    return canonical_json(charter.raw)


def from_canonical(text: str) -> Charter:
    """Build a charter from canonical JSON that this product wrote."""
    return from_raw(json.loads(text))


def from_raw(raw: Raw) -> Charter:
    """Build a charter from its plain form."""
    plain: Plain = raw
    roles = {row["code"]: _role(row) for row in plain["roles"]}
    norms = tuple(_norm(row) for row in plain["norms"])
    fixed = {code: role.agency for code, role in roles.items() if role.agency and not role.agency_by_reading}
    return Charter(
        line=plain["line"],
        version=plain["version"],
        title=plain["title"],
        kind=plain["kind"],
        level=plain["level"],
        instrument=_instrument(plain["instrument"]),
        in_force_from=_day(plain["in_force"]["from"]),
        in_force_to=_day(plain["in_force"]["to"]),
        body=_body(plain["body"]),
        roles=roles,
        agencies={row["code"]: _agency(row) for row in plain["agencies"]},
        seals=dict(plain["seals"]),
        provisions=tuple(_provision(row) for row in plain["provisions"]),
        norms=norms,
        notes=tuple(Note(**row) for row in plain["notes"]),
        distribution={action: tuple(lines) for action, lines in plain["distribution"].items()},
        hash=hashlib.sha256(canonical_json(raw).encode()).hexdigest(),
        raw=raw,
        index=indexing.build(norms, roles, fixed),
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _role(row: Plain) -> RoleInfo:
    return RoleInfo(
        code=row["code"],
        title=row["title"],
        post=row["post"],
        agency=row["agency"],
        agency_by_reading=row["agency_by_reading"],
        ex_officio=row["ex_officio"],
        aliases=tuple(row["aliases"]),
    )


def _agency(row: Plain) -> AgencyInfo:
    return AgencyInfo(code=row["code"], name=row["name"], short=row["short"], member=row["member"])


def _instrument(row: Plain) -> Instrument:
    return Instrument(
        kind=row["kind"],
        number=row["number"],
        date=_day(row["date"]),
        issuer=row["issuer"],
        form=row["form"],
        place=row["place"],
    )


def _body(row: Plain) -> Body:
    return Body(
        parent=row["parent"],
        name_lines=tuple(row["name_lines"]),
        short_name=row["short_name"],
        place=row["place"],
        symbols=dict(row["symbols"]),
        archive=row["archive"],
    )


def _provision(row: Plain) -> Provision:
    return Provision(
        kind=row["kind"],
        label=row["label"],
        cite=Citation.parse(row["cite"]) if row["cite"] else None,
        heading=row["heading"],
        summary=Words(row["vi"], row["en"]),
        no_norm=row["no_norm"],
        children=tuple(_provision(child) for child in row["children"]),
    )


def _bearer(party: str) -> Bearer:
    role, _, agency = party.partition(":")
    return Bearer(role, agency or None)


def _norm(row: Plain) -> Norm:
    deadline, reading = row["deadline"], row["reading"]
    return Norm(
        key=row["key"],
        cite=Citation.parse(row["cite"]),
        type=row["type"],
        bearers=tuple(_bearer(party) for party in row["bearers"]),
        action=row["action"],
        when=tuple(tuple(group) for group in row["when"]),
        systems=tuple(row["systems"]),
        joined_with=tuple(row["joined_with"]),
        document_kinds=tuple(row["document_kinds"]),
        meeting_kinds=tuple(row["meeting_kinds"]),
        coordinators=tuple(row["coordinators"]),
        on_behalf_of=row["on_behalf_of"],
        delegate=row["delegate"],
        sign_form=row["sign_form"],
        seal=row["seal"],
        seal_by=row["seal_by"],
        deadline=Deadline(deadline["form"], deadline["day"], deadline["event"]) if deadline else None,
        recipients=tuple(row["recipients"]),
        via=row["via"],
        after=tuple(row["after"]),
        blocks=tuple(row["blocks"]),
        extends_to=tuple(row["extends_to"]),
        fulfilled_by=row["fulfilled_by"],
        evidence=tuple(row["evidence"]),
        enforcement=row["enforcement"],
        testable=row["testable"],
        why_not_testable=row["why_not_testable"],
        dormant=row["dormant"],
        gaps=tuple(row["gaps"]),
        reading=Reading(reading["vi"], reading["en"], reading["lead"]) if reading else None,
        source=row["source"],
        last_checked=date.fromisoformat(row["last_checked"]),
    )
