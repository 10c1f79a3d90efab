"""A made-up regulation of a made-up commune, short enough to be read whole, and changed copies of it."""

from __future__ import annotations

import copy
from typing import Any

from ruamel.yaml import YAML

from dean06.charter import text
from dean06.charter.compiling import compile_sources
from dean06.charter.types import Charter

Raw = dict[str, Any]

HEAD = """
format: dean06-charter/1
line: dong-lua
version: 1
title: Quy chế Tổ công tác xã Đồng Lúa
kind: regulation
level: commune
instrument: {kind: decision, number: "7/QĐ-TCT", date: "2025-03-01", issuer: {role: leader}}
in_force: {from: "2025-03-10"}
body:
  parent: UBND XÃ ĐỒNG LÚA
  name_lines: [TỔ CÔNG TÁC]
  short_name: Tổ công tác
  place: Đồng Lúa
  symbols: {notice: TB-TCT, other: TCT}
  archive: Văn thư
roles:
  leader: {title: Tổ trưởng, agency: PC}
  deputy: {title: Tổ phó}
  member: {title: Thành viên}
  group: {title: Tổ công tác}
agencies:
  PC: {name: Ủy ban nhân dân xã Đồng Lúa, short: UBND xã}
  POL: {name: Công an xã Đồng Lúa, short: Công an xã, member: true}
  YT: {name: Trạm y tế xã Đồng Lúa, member: true}
seals: {PC: Con dấu UBND xã, POL: Con dấu Công an xã}
covering: ["QĐ-1"]
chapters:
  - {label: I, heading: Quy định chung, articles: ["1", "2"]}
  - {label: II, heading: Chế độ làm việc, articles: ["3"]}
notes:
  - {code: O-1, where: "2.2", vi: Điều này viết hai lần., en: This stands twice.}
distribution: {report.send_monthly: [Như trên, Lưu Văn thư]}
"""
ARTICLES = (
    """
article: "QĐ-1"
heading: Hiệu lực
last_checked: "2026-01-05"
vi: Quyết định có hiệu lực từ ngày 10 tháng 3.
en: The decision is in force from 10 March.
no_norm: Ngày hiệu lực.
""",
    """
article: "1"
heading: Tổ trưởng
last_checked: "2026-01-05"
clauses:
  - {label: "1", vi: Tổ trưởng giao việc cho các thành viên trong tổ., en: The leader gives tasks to members.}
  - {label: "2", vi: "Tổ phó ký thông báo khi được phân công, dùng dấu của Công an xã.", en: The deputy signs notices.}
  - {label: "3", vi: Tổ không làm thay việc của cơ quan., en: The group does not act in the place of an agency.}
norms:
  - {key: leader.assign, cite: "1.1", type: power, bearer: leader, action: task.assign, source: ĐL 1.1}
  - key: deputy.sign
    cite: "1.2"
    type: power
    bearer: deputy
    action: document.sign
    when: {all: [assignment.covers_document]}
    documents: [notice]
    sign_form: KT
    on_behalf_of: leader
    seal_by: deputy.seal
    enforcement: block
    source: ĐL 1.2
  - {key: deputy.seal, cite: "1.2", type: power, bearer: deputy, action: seal.use, seal: POL, source: ĐL 1.2}
  - key: group.not_in_place
    cite: "1.3"
    type: prohibition
    bearer: [leader, group]
    action: agency.act_in_place
    when: {all: [matter.belongs_to_agency]}
    source: ĐL 1.3
""",
    """
article: "2"
heading: Kết nối dữ liệu
last_checked: "2026-01-07"
clauses:
  - label: "1"
    vi: Các cơ quan chủ trì kết nối.
    en: Agencies that lead connections.
    points:
      - {label: a, vi: Trạm y tế chủ trì kết nối tiêm chủng., en: The health station leads vaccination.}
      - {label: "-2", vi: Công an phối hợp kết nối lý lịch., en: The police coordinate criminal records.}
  - {label: "2", vi: Thành viên chịu trách nhiệm về dữ liệu của cơ quan mình., en: Members answer for their data.}
norms:
  - key: yt.lead
    cite: "2.1.a"
    type: duty
    bearer: "member:YT"
    action: integration.lead
    systems: [S25]
    source: ĐL 2.1
  - key: pol.coordinate
    cite: "2.1.-2"
    type: duty
    bearer: "member:POL"
    action: integration.coordinate
    systems: [S12, S25]
    reading: {vi: Hiểu là Công an chủ trì., en: Read as led by the police., lead: POL}
    source: ĐL 2.1
  - {key: member.answer, cite: "2.2", type: status, bearer: member, action: accountability.bear, source: ĐL 2.2}
""",
    """
article: "3"
heading: Báo cáo
last_checked: "2026-01-06"
clauses:
  - {label: "1", vi: Hằng tháng tổ gửi báo cáo cho Ủy ban nhân dân xã., en: The group reports every month.}
  - {label: "2", vi: Văn bản phải được tổ phó xem trước khi ký., en: The deputy looks at papers before they are signed.}
norms:
  - key: group.report
    cite: "3.1"
    type: duty
    bearer: group
    action: report.send_monthly
    recipients: [PC]
    deadline: every_month
    source: ĐL 3.1
  - key: deputy.look
    cite: "3.2"
    type: duty
    bearer: leader
    action: advice.give
    blocks: [document.sign]
    fulfilled_by: document.appraised_by_office
    after: [leader.assign]
    source: ĐL 3.2
""",
)


def sources() -> dict[str, Any]:
    """Return the files of the regulation as plain values, new on each call."""
    read = YAML(typ="safe")
    return {"charter.yaml": read.load(HEAD)} | {
        f"dieu-{at}.yaml": read.load(article) for at, article in enumerate(ARTICLES)
    }


WHOLE = compile_sources(sources())


def raw() -> Raw:
    """Return the canonical form, new on each call."""
    return copy.deepcopy(dict(WHOLE.raw))


def nodes(rows: list[Raw]) -> list[Raw]:
    """Return every provision under the given ones, in the order of the text."""
    return [node for row in rows for node in (row, *nodes(row["children"]))]


def norm(plain: Raw, key: str) -> Raw:
    """Return a norm of a canonical form by its key."""
    return next(row for row in plain["norms"] if row["key"] == key)


def with_norms(*gone: str, **changes: dict[str, Any]) -> Charter:
    """Return the regulation with fields of norms set (`leader__assign={…}`), and without some norms."""
    plain = raw()
    plain["norms"] = [row for row in plain["norms"] if row["key"] not in gone]
    for name, fields in changes.items():
        norm(plain, name.replace("__", ".")).update(fields)
    return text.from_raw(plain)


def with_norm(like: str, key: str, **fields: Any) -> Charter:
    """Return the regulation with one norm more, like another but for some fields."""
    plain = raw()
    plain["norms"].append({**copy.deepcopy(norm(plain, like)), "key": key, **fields})
    return text.from_raw(plain)


def with_head(**fields: Any) -> Charter:
    """Return the regulation with other values of its head."""
    return text.from_raw({**raw(), **fields})
