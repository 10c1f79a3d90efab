"""A small made-up regulation in the files of its package; it has one of everything a package may hold."""

from __future__ import annotations

from typing import Any

HEAD: dict[str, Any] = {
    "format": "dean06-charter/1",
    "line": "doi-che",
    "version": 3,
    "title": "Quy chế mẫu của Tổ công tác xã Đồi Chè",
    "kind": "regulation",
    "level": "commune",
    "instrument": {
        "kind": "decision",
        "number": "07/QĐ-UBND",
        "date": "2024-02-29",
        "form": "TM",
        "place": "Đồi Chè",
        "issuer": {"agency": "CPC"},
    },
    "in_force": {"from": "2024-03-01", "to": "2026-02-28"},
    "body": {
        "parent": "UBND XÃ ĐỒI CHÈ",
        "name_lines": ["TỔ CÔNG TÁC", "ĐỀ ÁN 06"],
        "short_name": "Tổ công tác",
        "place": "Đồi Chè",
        "symbols": {"decision": "QĐ-TCT", "notice": "TB-TCT"},
        "archive": "VT",
    },
    "roles": {
        "leader": {
            "title": "Tổ trưởng",
            "post": "Chủ tịch UBND xã",
            "agency": "CPC",
            "ex_officio": True,
            "aliases": ["Trưởng tổ"],
        },
        "standing_deputy": {"title": "Tổ phó thường trực", "agency": "CPOL", "agency_by_reading": True},
        "member": {"title": "Thành viên"},
        "group": {"title": "Tổ công tác"},
        "keeper": {"title": "Người giữ chè"},
    },
    "agencies": {
        "CPC": {"name": "Ủy ban nhân dân xã Đồi Chè", "short": "UBND xã"},
        "CPOL": {"name": "Công an xã Đồi Chè", "member": True},
        "TYT": {"name": "Trạm Y tế xã Đồi Chè", "member": True},
    },
    "seals": {"CPC": "Con dấu của UBND xã", "CPOL": "Con dấu của Công an xã"},
    "covering": ["QĐ-1"],
    "chapters": [
        {"label": "I", "heading": "Quy định chung", "articles": ["1", "2"]},
        {"label": "II", "heading": "Thi hành", "articles": ["12", "3a"]},
    ],
    "notes": [{"code": "O-1", "where": "2.1.b", "vi": "Lưu ý.", "en": "A remark."}],
    "distribution": {"report.send_monthly": ["UBND xã", "Lưu: VT"]},
}
DECIDED: dict[str, Any] = {
    "article": "QĐ-1",
    "heading": "Ban hành",
    "vi": "Ban hành quy chế.",
    "en": "Issues the charter.",
    "no_norm": "chỉ ban hành",
    "last_checked": "2000-01-01",
    "clauses": [],
    "norms": [],
}
SCOPE: dict[str, Any] = {
    "article": "1",
    "heading": "Phạm vi",
    "last_checked": "2026-11-20",
    "clauses": [
        {"label": "1", "vi": "Nói về tổ.", "en": "Speaks of the group.", "no_norm": "định nghĩa"},
        {"label": "2", "vi": "Tổ thuộc xã.", "en": "The group is the commune's."},
    ],
    "norms": [
        {"key": "scope", "cite": "1.2", "type": "constitutive", "enforcement": "record", "source": "mẫu 1"},
    ],
}
WORK: dict[str, Any] = {
    "article": "2",
    "heading": "Công việc",
    "last_checked": "2026-11-21",
    "clauses": [
        {
            "label": "1",
            "vi": "Ký và đóng dấu:",
            "en": "Signs and seals:",
            "points": [
                {"label": "a", "vi": "Tổ trưởng dùng dấu.", "en": "The leader uses the seal."},
                {"label": "b", "vi": "Tổ phó ký thay.", "en": "The deputy signs for him.", "no_norm": "nhắc lại"},
                {"label": "-3", "vi": "Gạch đầu dòng.", "en": "A dash."},
            ],
        },
        {"label": "2", "vi": "Nối dữ liệu.", "en": "Connects data."},
    ],
    "norms": [
        {
            "key": "leader.seal",
            "cite": "2.1.a",
            "type": "power",
            "bearer": "leader",
            "action": "seal.use",
            "seal": "CPC",
            "source": "mẫu 2",
        },
        {
            "key": "deputy.sign",
            "cite": "2.1.b",
            "type": "power",
            "bearer": ["standing_deputy", "member:TYT"],
            "action": "document.sign",
            "when": {
                "all": ["matter.is_routine", "!matter.is_important"],
                "any": ["assignment.covers_document", "delegation.covers_date_and_scope"],
            },
            "documents": ["urging_letter"],
            "sign_form": "KT",
            "on_behalf_of": "leader",
            "seal_by": "leader.seal",
            "enforcement": "block",
            "source": "mẫu 3",
        },
        {
            "key": "tyt.connect",
            "cite": "2.2",
            "type": "duty",
            "bearer": "member:TYT",
            "action": "integration.lead",
            "systems": ["S25"],
            "joined_with": ["S01"],
            "coordinators": ["CPOL"],
            "deadline": "timely",
            "not_testable": "không nêu ngày",
            "gaps": ["G-08"],
            "reading": {"vi": "Đọc là công an chủ trì.", "en": "The police lead.", "lead": "CPOL"},
            "source": "mẫu 4",
        },
    ],
}
REPORTS: dict[str, Any] = {
    "article": "12",
    "heading": "Báo cáo",
    "last_checked": "2026-11-22",
    "clauses": [{"label": "1", "vi": "Hằng tháng báo cáo.", "en": "Reports every month."}],
    "norms": [
        {
            "key": "group.report",
            "cite": "12.1",
            "type": "duty",
            "bearer": "group",
            "action": "report.send_monthly",
            "when": {"all": ["plan.yearly_issued"]},
            "deadline": {"form": "every_month_before_day", "day": 12},
            "recipients": ["CPC", "member:TYT"],
            "via": "CPOL",
            "after": ["tyt.connect", "scope"],
            "fulfilled_by": "report.dispatched_to_each_recipient",
            "evidence": ["receipt"],
            "source": "mẫu 5",
        },
        {
            "key": "leader.delegate",
            "cite": "12.1",
            "type": "procedure",
            "bearer": "leader",
            "action": "delegation.grant",
            "when": {"any": ["delegation.is_necessary", "matter.is_routine"]},
            "meetings": ["regular"],
            "delegate": "standing_deputy",
            "deadline": {"form": "each_event", "event": "meeting"},
            "blocks": ["task.assign"],
            "extends_to": ["plan.issue"],
            "dormant": "việc đã xong",
            "reading": {"vi": "Đọc rộng.", "en": "Read widely."},
            "source": "mẫu 6",
        },
    ],
}
LAST: dict[str, Any] = {
    "article": "3a",
    "heading": "Cuối cùng",
    "last_checked": "2000-01-01",
    "clauses": [],
    "norms": [],
}
FILES: dict[str, Any] = {
    "charter.yaml": HEAD,
    "qd-1.yaml": DECIDED,
    "dieu-01.yaml": SCOPE,
    "dieu-02.yaml": WORK,
    "dieu-12.yaml": REPORTS,
    "3a.yaml": LAST,
}
