"""A world: one setting, one seed, and the register at the end of each of its months."""

from __future__ import annotations

from dataclasses import replace

from dean06.clock.errors import UsageError
from dean06.demo.geography import Geography
from dean06.demo.households import Founder, Founding
from dean06.demo.life import Month, View, first_view
from dean06.demo.presets import Setting, setting


class World:
    """Everything about a made-up population follows from its setting, its size and its seed."""

    def __init__(
        self,
        seed: int,
        persons: int | None = None,
        preset: str | Setting = "quang-ninh-2022",
        *,
        units: tuple[str, ...] = (),
    ) -> None:
        chosen = setting(preset) if isinstance(preset, str) else preset
        if units:
            chosen = replace(chosen, units=units)
        if persons is not None:
            if persons < 1:
                raise UsageError("Số người phải từ 1 trở lên.", "The number of persons must be at least 1.")
            chosen = chosen.with_persons(persons)
        self.seed = seed
        self.setting = chosen
        self.founding: Founding = Founder(chosen, seed).found()
        self._views: dict[str, View] = {chosen.months[0]: first_view(self.founding, chosen, seed)}

    @property
    def months(self) -> tuple[str, ...]:
        """Return the months that have a register; the first is the base."""
        return self.setting.months

    @property
    def delivery_months(self) -> tuple[str, ...]:
        """Return the months in which sectors deliver."""
        return self.setting.months[1:]

    @property
    def geography(self) -> Geography:
        """Return the communes and hamlets."""
        return self.founding.geography

    def view(self, month: str) -> View:
        """Return the register as it stands at the end of the month."""
        if month not in self.months:
            raise UsageError(
                f"Tháng {month} không thuộc bối cảnh {self.setting.code} ({self.months[0]}–{self.months[-1]}).",
                f"Month {month} is not in setting {self.setting.code} ({self.months[0]} to {self.months[-1]}).",
            )
        reached = len(self._views)
        for later in self.months[reached : self.months.index(month) + 1]:
            before = self._views[self.months[self.months.index(later) - 1]]
            self._views[later] = Month(before, later, self.founding, self.setting, self.seed).pass_by()
        return self._views[month]
