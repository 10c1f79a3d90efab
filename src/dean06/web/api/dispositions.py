"""Answering on a finding: only on what the caller has seen (If-Match), and once for each key of repetition."""

from __future__ import annotations

from typing import Annotated

from django.http import HttpRequest, HttpResponse
from ninja import Header, Router

from dean06.corrections import service as corrections
from dean06.corrections.types import DispositionInfo, FindingInfo, NewDisposition
from dean06.flows import machine_reading
from dean06.machines.service import calls
from dean06.machines.types import Kept, Scope
from dean06.web.api import shapes
from dean06.web.api.door import Caller, Purpose, Software, answered, caller, purpose_of, shown, tag
from dean06.web.api.orders import ABSENT, ERRORS, SAME, Fingerprint, disposition_shape
from dean06.web.api.problems import Problem

router = Router()
REFUSALS = dict.fromkeys((409, 412, 422, 428), shapes.ProblemDetails)

IfMatch = Annotated[
    str, Header("", alias="If-Match", max_length=200, description="The ETag of the disposition that was read, or *.")
]
Key = Annotated[
    str,
    Header(
        alias="Idempotency-Key",
        min_length=8,
        max_length=200,
        pattern=r"^[\x21-\x7e]+$",
        description="The caller's own word for this request; the same one gets the same answer for 24 hours.",
    ),
]

__all__ = ["router"]


def _representation(found: FindingInfo, last: DispositionInfo | None) -> tuple[str, str]:
    body = disposition_shape(found, last).model_dump_json()
    return body, tag(body)


@router.get(
    "/findings/{finding}/disposition",
    auth=Software(Scope.ORDERS),
    response={200: shapes.Disposition, **SAME, **ERRORS, **ABSENT},
    url_name="api-disposition",
    operation_id="getDisposition",
    summary="Cách xử lý ghi lần cuối của một sai lệch (what the agency said last)",
)
def disposition(request: HttpRequest, finding: Fingerprint, purpose: Purpose) -> HttpResponse:
    """Give the last answer on a finding, with the ETag that an answer must name."""
    purpose_of(purpose)
    who = caller(request)
    found, _ = corrections.finding_of(who.viewer, who.machine.group_id, finding)
    return shown(request, disposition_shape(found, corrections.latest_answers([found.id]).get(found.id)))


@router.put(
    "/findings/{finding}/disposition",
    auth=Software(Scope.DISPOSITIONS),
    response={200: shapes.Disposition, **ERRORS, **ABSENT, **REFUSALS},
    url_name="api-disposition",
    operation_id="putDisposition",
    summary="Ghi cách xử lý một sai lệch; ghi không phải là đóng (say how it is dealt with; that closes nothing)",
)
def dispose(
    request: HttpRequest, finding: Fingerprint, said: shapes.Said, purpose: Purpose, key: Key, if_match: IfMatch
) -> HttpResponse:
    """Keep the agency's answer on a finding."""
    purpose_of(purpose)
    who = caller(request)
    if not if_match.strip():
        raise Problem(
            "precondition-required",
            "Gửi If-Match với ETag của lần đọc cuối, để không đè lên câu trả lời bạn chưa thấy.",
            "Send If-Match with the ETag that was read last, so that no answer you have not seen is replaced.",
        )
    digest = calls.request_digest("PUT", request.path, request.body)
    kept, again = calls.once(who.machine, key, digest, lambda: _answer(who, finding, said, if_match))
    response = HttpResponse(kept.body, status=kept.status, content_type="application/json")
    response.headers["ETag"] = kept.etag
    if again:
        response.headers["Idempotent-Replayed"] = "true"
    return answered(request, response)


def _answer(who: Caller, finding: str, said: shapes.Said, if_match: str) -> Kept:
    found, order = corrections.finding_of(who.viewer, who.machine.group_id, finding)
    last = corrections.latest_answers([found.id]).get(found.id)
    _, etag = _representation(found, last)
    given = [one.strip() for one in if_match.split(",")]
    if etag not in given and "*" not in given:
        raise Problem(
            "precondition-failed",
            "Câu trả lời hoặc kết quả của sai lệch này đã thay đổi: đọc lại rồi gửi.",
            "The answer on this finding, or what came of it, has changed: read it again, then send.",
        )
    new = NewDisposition(
        fingerprint=finding,
        kind=said.kind,
        reason=said.reason,
        reference=said.reference,
        expected=last.version if last else 0,
    )
    body, etag = _representation(found, machine_reading.answer(who.machine, order, new))
    return Kept(status=200, body=body, etag=etag)
