"""A channel to the population service: SOAP 1.1, each call signed over its address, its time and the secret."""

from __future__ import annotations

import base64
import hashlib
import json
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field

from lxml import etree
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from dean06.clock import service as clock
from dean06.clock.errors import BadInput, HouseError, Unavailable
from dean06.sources.connectors.answers import malformed, tree
from dean06.sources.connectors.line import Line
from dean06.sources.connectors.types import AccessRefused, Secret

ENVELOPE = "http://schemas.xmlsoap.org/soap/envelope/"
SERVICE = "http://dancuquocgia.bca"
REQUEST_LENGTH = 40
# Codes of the exchange layer, compared in lower case and without underscores: spellings differ by version.
NO_ACCESS = ("accessdenied", "authen", "invalid", "missingsignature", "unknown", "servicedisabled")
LATER = ("networkerror", "servicefailed", "timestamp", "globalconf", "sslauthentication", "maintenancemode", "ioerror")

__all__ = ["SERVICE", "Account", "Channel", "QuestionRejected", "Told", "account", "new_request"]

Told = Mapping[str, "str | Told"]


class QuestionRejected(BadInput):
    """The service takes the question itself as wrong; put the same way again, it stays so."""


class Account(BaseModel):
    """The account that the service gave."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    user: str = Field(pattern=r"^[^:\s]{1,100}$")
    secret: str = Field(min_length=1, max_length=500, repr=False)
    api_key: str = Field(default="", max_length=500, repr=False)


def account(secret: Secret) -> Account:
    """Return the account that a secret holds."""
    try:
        return Account.model_validate(json.loads(secret.text))
    except (ValueError, ValidationError):
        raise BadInput(
            'Bí mật của kết nối dân cư phải là JSON: {"user": …, "secret": …, "api_key": …}.',
            'The secret of a population connection must be JSON: {"user": …, "secret": …, "api_key": …}.',
        ) from None  # the text is the secret


def new_request() -> str:
    """Return an id for a request that no other request has."""
    return uuid.uuid4().hex


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel:
    """The line, the account, and the names under which this system is known.

    Attributes:
        signed_url: the address that is signed; often not the one that is called, which is a gateway's.
        member: who asks in the exchange layer, as `instance/class/member/subsystem`.
    """

    line: Line
    account: Account = field(repr=False)
    signed_url: str
    member: str = ""

    def call(self, operation: str, told: Told) -> etree._Element:
        """Put a question and return the body of its answer; a fault is an error of the house's."""
        body = etree.tostring(_envelope(operation, told), xml_declaration=True, encoding="UTF-8")
        title = self.line.title
        answer = self.line.ask("POST", "", self._headers(), body)
        if answer.status == 500 and answer.body.lstrip().startswith(b"<"):
            raise self._fault(_body(self, tree(title, answer.body)))
        found = _body(self, tree(title, self.line.sound(answer)))
        if len(found) and etree.QName(found[0]).localname == "Fault":
            raise self._fault(found)
        return found

    def _headers(self) -> dict[str, str]:
        stamp = str(int(clock.now().timestamp() * 1000))
        signed = f"{self.signed_url}{self.account.user}{stamp}{self.account.secret}"
        proof = hashlib.sha256(signed.encode()).hexdigest()
        headers = {
            "Content-Type": "text/xml; charset=utf-8",
            "SOAPAction": '""',
            "Timestamp": stamp,
            "Authorization": f"Basic {base64.b64encode(f'{self.account.user}:{proof}'.encode()).decode()}",
        }
        if self.member:
            headers["X-Road-Client"] = self.member
        if self.account.api_key:
            headers["ApiKey"] = self.account.api_key
        return headers

    def _fault(self, body: etree._Element) -> HouseError:
        """Return what a fault means; its text may quote the question, and so a person, and is not told."""
        title = self.line.title
        codes = [one.text or "" for one in body.iter() if etree.QName(one).localname == "faultcode"]
        code = "".join(codes).lower().replace("_", "")
        if any(word in code for word in NO_ACCESS):
            return AccessRefused(
                f"{title.vi} không nhận tài khoản hoặc đơn vị này: kiểm tra tài khoản, mã đơn vị và quyền dịch vụ.",
                f"{title.en} does not accept the account or unit: check the account, the unit's code and its rights.",
            )
        if any(word in code for word in LATER):
            return Unavailable(
                f"{title.vi} đang lỗi ở trục kết nối: sẽ hỏi lại.",
                f"{title.en} is out of order in the exchange layer: it is asked again later.",
            )
        told = malformed(title, "dịch vụ báo lỗi với câu hỏi", "it tells a fault of the question")
        return QuestionRejected(told.vi, told.en)


def _body(channel: Channel, root: etree._Element) -> etree._Element:
    found = root.find(f"{{{ENVELOPE}}}Body") if root.tag == f"{{{ENVELOPE}}}Envelope" else None
    if found is None:
        raise malformed(channel.line.title, "không phải thông điệp SOAP", "it is no SOAP message")
    return found


def _envelope(operation: str, told: Told) -> etree._Element:
    root = etree.Element(f"{{{ENVELOPE}}}Envelope", nsmap={"soapenv": ENVELOPE, "dan": SERVICE})
    etree.SubElement(root, f"{{{ENVELOPE}}}Header")
    body = etree.SubElement(root, f"{{{ENVELOPE}}}Body")
    _fill(etree.SubElement(body, f"{{{SERVICE}}}{operation}"), told)
    return root


def _fill(element: etree._Element, told: Told) -> None:
    for name, value in told.items():
        child = etree.SubElement(element, f"{{{SERVICE}}}{name}")
        if isinstance(value, str):
            child.text = _sendable(value)
        else:
            _fill(child, value)


def _sendable(text: str) -> str:
    """Return a text without what XML cannot carry."""
    return "".join(sign for sign in text if sign in "\t\n\r" or sign >= " ")
