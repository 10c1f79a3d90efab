"""When a feed is to be gone to, as data: every so many hours, daily at an hour, or on a day of each month."""

from __future__ import annotations

import re
from datetime import datetime, time, timedelta
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from dean06.clock import service as clock
from dean06.clock.errors import BadInput

HOUR = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]")

__all__ = ["Daily", "Hours", "Monthly", "Schedule", "read"]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Hours(_Strict):
    """Every so many hours, counted from the last time."""

    every: Literal["hours"] = "hours"
    hours: Annotated[int, Field(ge=1, le=168)]

    def next_after(self, moment: datetime) -> datetime:
        """Return when it is due next."""
        return moment + timedelta(hours=self.hours)

    @property
    def span(self) -> timedelta:
        """Return the longest time between two."""
        return timedelta(hours=self.hours)


class Daily(_Strict):
    """Each day at an hour of Viet Nam."""

    every: Literal["daily"] = "daily"
    at: Annotated[str, Field(pattern=HOUR.pattern)]

    def next_after(self, moment: datetime) -> datetime:
        """Return when it is due next."""
        local = moment.astimezone(clock.TZ)
        due = datetime.combine(local.date(), time.fromisoformat(self.at), tzinfo=clock.TZ)
        return due if due > local else due + timedelta(days=1)

    @property
    def span(self) -> timedelta:
        """Return the longest time between two."""
        return timedelta(days=1)


class Monthly(_Strict):
    """On a day of each month, at an hour of Viet Nam."""

    every: Literal["monthly"] = "monthly"
    day: Annotated[int, Field(ge=1, le=28)]
    at: Annotated[str, Field(pattern=HOUR.pattern)] = "02:00"

    def next_after(self, moment: datetime) -> datetime:
        """Return when it is due next."""
        local = moment.astimezone(clock.TZ)
        this = datetime.combine(local.date().replace(day=self.day), time.fromisoformat(self.at), tzinfo=clock.TZ)
        if this > local:
            return this
        return (this.replace(day=1) + timedelta(days=32)).replace(day=self.day)

    @property
    def span(self) -> timedelta:
        """Return the longest time between two."""
        return timedelta(days=31)


Schedule = Hours | Daily | Monthly
_READ: TypeAdapter[Schedule] = TypeAdapter(Annotated[Schedule, Field(discriminator="every")])


def read(told: Any) -> Schedule:
    """Return a schedule from what is kept or was filled in."""
    try:
        return _READ.validate_python(told)
    except ValidationError as problem:
        raise BadInput(
            "Lịch lấy dữ liệu chưa đúng: mỗi 1–168 giờ, hằng ngày lúc GG:PP, hoặc hằng tháng ngày 1–28 lúc GG:PP.",
            "The schedule is wrong: every 1–168 hours, daily at HH:MM, or monthly on a day from 1 to 28 at HH:MM.",
        ) from problem
