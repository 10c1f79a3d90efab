"""What the service takes and gives, as OpenAPI tells it. Nothing here has room for a person's value but `Values`."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

from ninja import Schema
from pydantic import ConfigDict, Field

KindOfAnswer = Literal["fixed", "refused", "not_ours", "needs_paper"]


class Order(Schema):
    """An order: the findings of one cause, handed to the agency that answers for them."""

    number: int = Field(description="The order's number in its group.")
    ref: str
    source: str = Field(description="The list that is to be corrected.")
    cause: str
    cause_vi: str
    agency: str
    clause: str = Field(description="The clause under which the agency answers, in Vietnamese.")
    state: Literal["open", "done", "void"]
    opened_at: datetime
    due: date
    overdue: bool
    findings: int = Field(description="How many findings it holds, withdrawn ones left out.")
    proved: int = Field(description="How many a later delivery has proved to be corrected.")


class Orders(Schema):
    """One part of a list, and the cursor of the next; null at the end."""

    items: list[Order]
    next: str | None


class Disposition(Schema):
    """What the agency said last of a finding; `kind` is null while it has said nothing."""

    finding: str
    version: int = Field(description="How many answers there are.")
    kind: KindOfAnswer | None
    reason: str
    reference: str
    outcome: str = Field(description="What came of it: waiting, proved, contradicted, replaced, upheld, moved, void.")
    at: datetime | None


class Finding(Schema):
    """A fault in one field of one row: where and why, never what stands there."""

    finding: str = Field(description="Its fingerprint, the same over all deliveries.")
    order: int
    field: str
    rule: str
    cause: str
    severity: int = Field(ge=1, le=3)
    sheet: str
    row: int = Field(description="The row in the list that was delivered last, as a person counts.")
    status: Literal["open", "proved", "reopened", "withdrawn"]
    opened_at: datetime
    reopened: int
    disposition: Disposition


class Findings(Schema):
    """One part of an order's findings, and the cursor of the next; null at the end."""

    items: list[Finding]
    next: str | None


class Values(Schema):
    """What stands in the field of one finding, in the list and in the register; each look is recorded."""

    finding: str
    record: str = Field(description="The record's own key in the agency's list, where its contract has one.")
    field: str
    listed: str
    registered: str
    reason: str


class Said(Schema):
    """What the agency says of a finding. It closes nothing: the next delivery shows it."""

    model_config = ConfigDict(extra="forbid")

    kind: KindOfAnswer
    reason: str = Field("", max_length=40, description="A code of the reasons; `refused` wants one.")
    reference: str = Field("", max_length=80, description="Number of a paper that shows it, never of a person.")


class Enrolment(Schema):
    """The code that was shown once, and the public key that takes its place."""

    model_config = ConfigDict(extra="forbid")

    code: str = Field(min_length=20, max_length=100)
    jwk: dict[str, str | list[str]] = Field(description="A public JWK: EC P-256, OKP Ed25519, or RSA from 2048 bits.")


class Enrolled(Schema):
    """The account whose key was taken."""

    client_id: str
    thumbprint: str
    scopes: list[str]
    ends_on: date


class Granted(Schema):
    """An access token (RFC 6749); `DPoP` where it is bound to the key that was shown (RFC 9449)."""

    access_token: str
    token_type: Literal["Bearer", "DPoP"]
    expires_in: int
    scope: str


class Denied(Schema):
    """Why there is no token (RFC 6749)."""

    error: str
    error_description: str


class Keys(Schema):
    """The public keys by which the signature of an event is checked (RFC 7517)."""

    keys: list[dict[str, str]]


class ProblemDetails(Schema):
    """What went wrong (RFC 9457), in Vietnamese and English."""

    type: str
    title: str
    status: int
    detail: str
    title_en: str
    detail_en: str
