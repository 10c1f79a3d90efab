"""What is said of a population service that is asked row by row, and of the purpose: two small YAML files.

The service: its address, how it is asked, how often it may be asked and on whose word. The purpose: procedure, case,
basis, officer; an answer obtained for one purpose serves no other.
"""

from __future__ import annotations

import hashlib
import json
import os
import stat
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from dean06.clock.errors import BadInput, Unavailable, UsageError
from dean06.sources.connectors.line import checked_address
from dean06.sources.connectors.population_service import NameForm, PopulationService, Purpose, opened
from dean06.sources.connectors.types import Secret

SERVICES = "dan-cu"
ACCOUNT = "DEAN06_DAN_CU"
FOR_EVERYBODY = 6_000_000  # the pace is kept outside, over all lines and processes

__all__ = [
    "ACCOUNT",
    "SERVICES",
    "Fallback",
    "Operation",
    "PurposeFile",
    "ServiceFile",
    "account",
    "line_to",
    "purpose_file",
    "service_file",
]


class Operation(StrEnum):
    """How the service is asked."""

    VERIFY = "xac-thuc"
    """Yes or no; nothing is disclosed."""
    LOOKUP = "tra-cuu"
    """What the service holds of the person is disclosed."""


class Fallback(StrEnum):
    """What may be asked about the same person once the service said no."""

    OLD_NUMBER = "cmnd"
    """By the old number, where the row has one beside the new."""
    YEAR = "nam"
    """By the year of birth alone, where the row has a whole date."""


class ServiceFile(BaseModel):
    """A service, as `dan-cu/<name>.yaml` describes it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    format: Literal["dean06-dan-cu/1"] = "dean06-dan-cu/1"
    address: str = Field(alias="dia_chi")
    signed_address: str = Field("", alias="dia_chi_ky")
    member: str = Field("", alias="thanh_vien")
    authority: str = Field("", alias="chung_thu")
    names: NameForm = Field(NameForm.BARE, alias="kieu_ten")
    timeout: Annotated[float, Field(gt=0, le=300)] = Field(30.0, alias="cho_giay")
    operation: Operation = Field(Operation.VERIFY, alias="cach_hoi")
    fallbacks: frozenset[Fallback] = Field(frozenset(Fallback), alias="hoi_them")
    per_second: Annotated[float, Field(gt=0, le=1000)] = Field(1.0, alias="moi_giay")
    per_day: Annotated[int, Field(ge=1, le=100_000_000)] = Field(5000, alias="moi_ngay")
    at_once: Annotated[int, Field(ge=1, le=32)] = Field(1, alias="cung_luc")
    limits_source: str = Field("chưa nêu căn cứ: hạn mức dè dặt của dean06", alias="can_cu_han_muc")
    tries: Annotated[int, Field(ge=1, le=20)] = Field(6, alias="so_lan_thu")
    first_wait: Annotated[float, Field(gt=0, le=3600)] = Field(1.0, alias="cho_dau")
    longest_wait: Annotated[float, Field(gt=0, le=3600)] = Field(60.0, alias="cho_lau_nhat")
    keep_days: Annotated[int, Field(ge=1, le=366)] | None = Field(None, alias="giu_ngay")

    def digest(self, user: str) -> str:
        """Return what tells this service and account from any other."""
        return _digest({"address": self.address, "member": self.member, "user": user})


class PurposeFile(BaseModel):
    """What the service is asked for, and who asks."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    format: Literal["dean06-muc-dich/1"]
    procedure: Annotated[str, Field(min_length=1, max_length=20)] = Field(alias="thu_tuc")
    integration: Annotated[str, Field(pattern=r"^[0-9]{1,20}$")] = Field(alias="tich_hop")
    case: Annotated[str, Field(min_length=1, max_length=200)] = Field(alias="ho_so")
    basis: Annotated[str, Field(min_length=1, max_length=500)] = Field(alias="can_cu")
    officer: Annotated[str, Field(pattern=r"^[0-9]{12}$", repr=False)] = Field(alias="can_bo")
    unit: Annotated[str, Field(min_length=1, max_length=35)] = Field(alias="don_vi")
    account: Annotated[str, Field(min_length=1, max_length=100)] = Field(alias="tai_khoan")
    phone: str = Field("0", alias="dien_thoai", repr=False)

    def said(self) -> Purpose:
        """Return the purpose as each question carries it."""
        return Purpose(
            procedure=self.procedure,
            integration=self.integration,
            officer=self.officer,
            unit=self.unit,
            account=self.account,
            phone=self.phone,
        )

    def digest(self) -> str:
        """Return what tells this purpose from any other."""
        return _digest(self.model_dump(mode="json", exclude={"format", "phone"}))

    def told(self) -> dict[str, str]:
        """Return the purpose for a record; of the officer's number the last four digits."""
        return {
            "procedure": self.procedure,
            "integration": self.integration,
            "case": self.case,
            "basis": self.basis,
            "unit": self.unit,
            "account": self.account,
            "officer": f"…{self.officer[-4:]}",
        }


def _digest(told: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(told, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


Model = TypeVar("Model", bound=BaseModel)


def service_file(named: str, home: Path) -> ServiceFile:
    """Return a service by its address, by a path that ends in .yaml, or by a name of this machine."""
    if "://" in named:
        found = ServiceFile.model_validate({"dia_chi": named})
    else:
        path = Path(named) if named.endswith((".yaml", ".yml")) else home / SERVICES / f"{named}.yaml"
        found = _read(ServiceFile, path)
    checked_address(found.address)
    return found


def purpose_file(path: Path) -> PurposeFile:
    """Return the purpose that a file states."""
    return _read(PurposeFile, path)


def _read(model: type[Model], path: Path) -> Model:
    try:
        told = YAML(typ="safe", pure=True).load(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise UsageError(
            f"Không có tệp «{path}»: viết theo mẫu ở docs/huong-dan.md, mục «Khi không có sổ dân cư».",
            f"There is no file {str(path)!r}: write one after the example of docs/huong-dan.md.",
        ) from None
    except (OSError, UnicodeDecodeError, YAMLError):
        raise BadInput(
            f"Tệp «{path}» không đọc được như YAML.", f"The file {str(path)!r} does not read as YAML."
        ) from None
    try:
        return model.model_validate(told)
    except ValidationError as problem:
        where = sorted({".".join(str(part) for part in one["loc"]) or "?" for one in problem.errors()})
        listed = ", ".join(where)
        raise BadInput(
            f"Tệp «{path}» thiếu hoặc sai: {listed}.", f"The file {str(path)!r} lacks or misstates: {listed}."
        ) from None  # what it says may be the officer's number


def account(path: Path | None) -> Secret:
    """Return the account from a file of its owner alone, else from the environment; never from a command line."""
    if path is None:
        text = os.environ.get(ACCOUNT, "")
        if not text:
            raise UsageError(
                f"Thiếu tài khoản dịch vụ dân cư: --account TỆP (quyền 0600) hoặc biến môi trường {ACCOUNT}.",
                f"The service's account is missing: --account FILE (mode 0600) or the variable {ACCOUNT}.",
            )
        return Secret(text)
    with path.open("rb") as handle:
        if stat.S_IMODE(os.fstat(handle.fileno()).st_mode) & 0o077:
            raise Unavailable(
                f"Tệp tài khoản «{path}» để người khác đọc được: đặt quyền 0600.",
                f"The file {str(path)!r} can be read by others: give it mode 0600.",
            )
        return Secret(handle.read(64 * 1024).decode(errors="replace").strip())


def line_to(service: ServiceFile, secret: Secret) -> PopulationService:
    """Return a line of its own to the service."""
    return opened(
        secret,
        url=service.address,
        signed_url=service.signed_address,
        member=service.member,
        names=service.names,
        per_minute=FOR_EVERYBODY,
        timeout=service.timeout,
        authority=service.authority,
    )
