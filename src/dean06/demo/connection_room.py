"""The connections of a group of the demonstration: feeds from the stand-ins of services, and an agency's software."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

from joserfc.jwk import ECKey

from dean06.clock import service as clock
from dean06.demo.office import Office
from dean06.demo.service_server import KEY_FILE, Around, noted, registry
from dean06.demo.simulators.standing import LIST, Stood, described, numbers
from dean06.demo.timetable import own_day
from dean06.flows import feeding, machine_accounts
from dean06.machines.service import accounts
from dean06.machines.types import NewMachine, Scope
from dean06.offices import service as offices
from dean06.sources.service import feeds
from dean06.sources.service.feeds import FeedInfo, NewFeed

PORT = 8610
"""Where the stand-ins answer as long as nobody else holds it; `dean06 serve` looks."""
SINCE = timedelta(days=21)
PLATFORM, POPULATION = "nen-tang", "dan-cu"
NAMES = {
    "khai-sinh": "Hộ tịch: khai sinh",
    "khai-tu": "Hộ tịch: khai tử",
    "ket-hon": "Hộ tịch: kết hôn",
    "doanh-nghiep": "Đăng ký doanh nghiệp",
    "ly-lich-tu-phap": "Lý lịch tư pháp",
    "bhxh": "Bảo hiểm xã hội",
    "chung": "Dịch vụ dân cư",
}
HOURS = 6

__all__ = ["ConnectionRoom", "lead_to"]


def _addresses(port: int) -> tuple[str, str]:
    return f"http://127.0.0.1:{port}", f"http://127.0.0.1:{port + 1}"


@dataclass(frozen=True, slots=True)
class ConnectionRoom:
    """What connects a group with systems of others: each act is one of its support apparatus."""

    office: Office
    home: Path

    def connect(self) -> None:
        """Set up a feed from each stand-in of a service, with the secrets and the list that the operator lays ready."""
        stage = self.office.stage
        first = own_day(stage) - SINCE
        around = Around(group=stage.slug, month=stage.months[-1], first=first, port=PORT)
        around.note(self.home)
        people = registry(self.home, around)
        self._lay(Path("danh-sach") / stage.slug / LIST, numbers(people))
        for one in described(people, *_addresses(around.port)):
            secret = POPULATION if one.kind == "soap" else PLATFORM
            self._lay(Path("secrets") / stage.slug / secret, one.secret)
            feeding.set_up(self.office.accounts["giup-viec"], self.office.group, self._new(one, secret))

    def _new(self, one: Stood, secret: str) -> NewFeed:
        return NewFeed(
            name=NAMES[one.source],
            source=one.source,
            agency=self.office.stage.fed[one.source],
            kind=one.kind,
            settings=one.settings,
            secret=f"tep:{secret}",
            schedule=feeds.Hours(hours=HOURS),
            extent="delta" if feeds.kind(one.kind).deltas else "full",
            whole=False,
        )

    def _lay(self, place: Path, text: str) -> None:
        """Lay a file of the operator's where only its owner reads it."""
        path = self.home / place
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        path.touch(mode=0o600)
        path.write_text(text, encoding="utf-8")

    def let_software_in(self) -> None:
        """Make the account of an agency's software, which then shows its public key by the code it was given."""
        stage, account = self.office.stage, self.office.accounts["giup-viec"]
        new = NewMachine(
            public_id=accounts.new_id(),
            name="Phần mềm nghiệp vụ bảo hiểm",
            agency=stage.software,
            scopes=(Scope.ORDERS, Scope.DISPOSITIONS),
            purpose="Nhận đơn sửa và trả lời từ phần mềm của cơ quan",
            ends_on=own_day(stage) + timedelta(days=365),
        )
        made, code = machine_accounts.make(account, self.office.group, new)
        key = ECKey.generate_key("P-256")
        public = {name: str(value) for name, value in key.as_dict(private=False).items() if name != "kid"}
        machine_accounts.enrol(code, public)
        told = {"client_id": made.public_id, "agency": made.agency, "key": key.as_dict(private=True)}
        self._lay(KEY_FILE, json.dumps(told))


def lead_to(home: Path, port: int) -> int:
    """Lead a demonstration's feeds to another port; returns how many. Each is a change like any other, on record."""
    around = noted(home)
    if around is None:
        return 0
    led = list(_led(around, port))
    replace(around, port=port).note(home)
    return len(led)


def _led(around: Around, port: int) -> Iterator[FeedInfo]:
    group = offices.group(around.group)
    moved = dict(zip(_addresses(around.port), _addresses(port), strict=True))
    today = clock.today(group)
    account = next(one.account for one in offices.holders(group.id, today, role="secretariat") if one.account)
    for one in feeds.feeds(offices.viewer(account, today), group.id):
        if one.settings.get("dia_chi") in moved:
            new = NewFeed(
                name=one.name,
                source=one.source,
                agency=one.agency,
                kind=one.kind,
                settings={**one.settings, "dia_chi": moved[one.settings["dia_chi"]]},
                secret=one.secret,
                schedule=one.schedule,
                extent=one.extent,
                whole=one.whole,
            )
            changed = feeding.change(account, group, one.id, new)
            yield changed if one.enabled else feeding.switch(account, group, changed, on=False)
