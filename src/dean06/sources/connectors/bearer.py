"""The bearer token a platform's services are asked with: one that was handed out, or one bought with key and secret."""

from __future__ import annotations

import base64
from dataclasses import dataclass, field

from pydantic import BaseModel, Field, ValidationError

from dean06.clock.errors import BadInput
from dean06.sources.connectors.line import Answer, Line
from dean06.sources.connectors.types import AccessRefused, Secret

FORM = {"Content-Type": "application/x-www-form-urlencoded"}

__all__ = ["Bearer"]


class _Token(BaseModel):
    access_token: str = Field(pattern=r"^[\x21-\x7e]{1,4096}$")


@dataclass(slots=True, kw_only=True)
class Bearer:
    """Who asks.

    Attributes:
        secret: the token itself, or `key:secret` of the application that the platform registered.
        line: the line to the platform.
        path: where the platform sells tokens for key and secret.
    """

    secret: Secret
    line: Line
    path: str
    _token: str = field(default="", init=False, repr=False)

    @property
    def renewable(self) -> bool:
        """Say whether a token that ran out can be had anew."""
        return ":" in self.secret.text

    def header(self) -> dict[str, str]:
        """Return the header that a question carries."""
        if not self._token:
            self._token = self._bought() if self.renewable else self._held()
        return {"Authorization": f"Bearer {self._token}"}

    def forget(self) -> None:
        """Let go of a token that is no longer taken; the next question buys another."""
        self._token = ""

    def _held(self) -> str:
        token = self.secret.text.strip().removeprefix("Bearer ").strip()
        if not token or not token.isascii() or not token.isprintable():
            raise BadInput(
                "Mã truy cập (bearer token) của kết nối trống hoặc có ký tự lạ: nhập lại.",
                "The connection's bearer token is empty or has odd characters: enter it again.",
            )
        return token

    def _bought(self) -> str:
        pair = base64.b64encode(self.secret.text.strip().encode()).decode()
        asked = FORM | {"Authorization": f"Basic {pair}", "Accept": "application/json"}
        answer = self.line.ask("POST", self.path, asked, b"grant_type=client_credentials")
        if answer.status == 400:
            raise self._refused(answer)
        try:
            return _Token.model_validate_json(self.line.sound(answer)).access_token
        except ValidationError:
            raise BadInput(
                f"{self.line.title.vi} cấp mã truy cập không đúng dạng: kiểm tra đường dẫn cấp mã.",
                f"{self.line.title.en} gives a token that is not of its form: check the token's path.",
            ) from None  # the answer may hold a token

    def _refused(self, answer: Answer) -> AccessRefused:
        return AccessRefused(
            f"{self.line.title.vi} không cấp mã truy cập (mã {answer.status}): kiểm tra khóa và bí mật của ứng dụng.",
            f"{self.line.title.en} gives no token (status {answer.status}): check the application's key and secret.",
        )
