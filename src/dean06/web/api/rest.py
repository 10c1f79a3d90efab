"""The service as a whole: its operations, its answers when something is wrong, its description (OpenAPI 3.1)."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.openapi.schema import OpenAPISchema
from typing_extensions import override

from dean06.clock.errors import HouseError
from dean06.web.api import dispositions, orders, problems, tokens
from dean06.web.api.door import answered
from dean06.web.api.problems import problem, problem_of

ABOUT = """Phần mềm của cơ quan đọc đơn sửa của mình và trả lời từng sai lệch. Đóng sai lệch chỉ có lần giao sau.

An agency's own software reads its orders and answers on each finding. Only a later delivery closes one."""

__all__ = ["api"]


class Service(NinjaAPI):
    """The service; its description names problems by their own media type, and the headers that each answer bears."""

    @override
    def get_openapi_schema(
        self, *, path_prefix: str | None = None, path_params: dict[str, Any] | None = None
    ) -> OpenAPISchema:
        schema = super().get_openapi_schema(path_prefix=path_prefix, path_params=path_params)
        for path in schema["paths"].values():
            for operation in path.values():
                _complete(operation)
        return schema


def _complete(operation: dict[str, Any]) -> None:
    for code, response in operation["responses"].items():
        content = response.get("content", {})
        told = content.get("application/json", {}).get("schema", {}).get("$ref", "")
        if told.endswith("/ProblemDetails"):
            response["content"] = {problems.TYPE: content["application/json"]}
        if int(code) == 304:
            response.pop("content", None)
        response["description"] = DESCRIPTIONS[int(code)]


DESCRIPTIONS = {status: title for status, _, title in problems.TITLES.values()}
DESCRIPTIONS |= {200: "Given", 304: "The caller has it already", 422: "The content or its key cannot be taken"}

api = Service(
    title="dean06",
    version="1",
    description=ABOUT,
    urls_namespace="api-v1",
    docs_url=None,
    openapi_url="/openapi.json",
)
api.add_router("", tokens.router, tags=["access"])
api.add_router("", orders.router, tags=["orders"])
api.add_router("", dispositions.router, tags=["dispositions"])


@api.exception_handler(HouseError)
def _of_the_house(request: HttpRequest, error: HouseError) -> HttpResponse:
    return answered(request, problem_of(error))


@api.exception_handler(AuthenticationError)
def _unknown(request: HttpRequest, _error: AuthenticationError) -> HttpResponse:
    told = ("Gửi mã truy cập ở tiêu đề Authorization.", "Send an access token in Authorization.")
    return answered(request, problem("invalid-token", *told))


@api.exception_handler(ValidationError)
def _not_of_its_form(request: HttpRequest, error: ValidationError) -> HttpResponse:
    named = ", ".join(sorted({".".join(str(part) for part in one["loc"][1:]) for one in error.errors}))[:300]
    return answered(
        request,
        problem("bad-request", f"Không đúng dạng, hoặc thiếu: {named}.", f"Not of its form, or missing: {named}."),
    )


@api.exception_handler(HttpError)
def _not_read(request: HttpRequest, _error: HttpError) -> HttpResponse:
    told = ("Không đọc được nội dung: gửi JSON, UTF-8.", "The body cannot be read: send JSON, UTF-8.")
    return answered(request, problem("bad-request", *told))


@api.exception_handler(Http404)
def _absent(request: HttpRequest, _error: Http404) -> HttpResponse:
    return answered(request, problem("not-found", "Không có địa chỉ này.", "There is no such address."))


@api.exception_handler(Exception)
def _unexpected(request: HttpRequest, fault: Exception) -> HttpResponse:
    return answered(request, problems.unexpected(request, fault))
