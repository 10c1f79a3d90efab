"""Asking a described service: the call filled in, sent with a token that is renewed once, its answer opened."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import quote, urlencode

from dean06.clock.errors import BadInput
from dean06.sources.connectors.answers import Row, Rows, malformed, opened, parsed, text_at
from dean06.sources.connectors.bearer import Bearer
from dean06.sources.connectors.description import BLANK, Call, Description, Envelope
from dean06.sources.connectors.line import Answer, Line
from dean06.sources.connectors.translating import Tables, translate

Filling = Mapping[str, str | Sequence[str]]

__all__ = ["Asking", "Filling"]


@dataclass(slots=True, kw_only=True)
class Asking:
    """A described service, and the line and token to ask it with; `known` are the connection's own settings."""

    service: Description
    line: Line
    bearer: Bearer
    known: Mapping[str, str]
    _tables: dict[str, Mapping[str, str]] = field(default_factory=dict, init=False)

    def rows(self, call: Call, envelope: Envelope, filling: Filling) -> Rows:
        """Ask one question and return the rows of its answer."""
        title = self.service.title
        return opened(title, envelope, self.service.faults, parsed(title, self._body(call, filling)))

    def one(self, call: Call, envelope: Envelope, filling: Filling) -> Row | None:
        """Ask for one thing; None where the service knows none."""
        rows = self.rows(call, envelope, filling).rows
        if len(rows) > 1:
            raise malformed(self.service.title, "hỏi một mà trả lời nhiều", "it gives several where one was asked for")
        return rows[0] if rows else None

    def translated(self, answers: Mapping[str, Row]) -> dict[str, str]:
        """Return a row of the contract from the answers it stands in: detail, list, more."""
        tables = self._catalogues()
        return {
            code: translate(self.service.title, code, rule, answers.get(rule.within), tables)
            for code, rule in self.service.fields.items()
        }

    def _catalogues(self) -> Tables:
        for name, one in self.service.catalogues.items():
            if name not in self._tables:
                rows = self.rows(one.call, one.envelope, {}).rows
                title = self.service.title
                self._tables[name] = {text_at(title, row, one.code): text_at(title, row, one.text) for row in rows}
        return self._tables

    def _body(self, call: Call, filling: Filling) -> bytes:
        asked = self._filled(call, filling)
        path, sent = call.path, None
        if call.method == "GET":
            path += f"?{urlencode(asked, quote_via=quote)}" if asked else ""
        else:
            sent = json.dumps(asked, ensure_ascii=False).encode()
        answer = self._sent(call.method, path, sent)
        if answer.status == 401 and self.bearer.renewable:
            self.bearer.forget()
            answer = self._sent(call.method, path, sent)
        return self.line.sound(answer)

    def _sent(self, method: str, path: str, body: bytes | None) -> Answer:
        headers = self.bearer.header() | {"Accept": "application/json"}
        if body is not None:
            headers["Content-Type"] = "application/json"
        return self.line.ask(method, path, headers, body)

    def _filled(self, call: Call, filling: Filling) -> dict[str, str | list[str]]:
        return {
            name: self._text(told, filling) if isinstance(told, str) else self._list(told[0], filling)
            for name, told in call.ask.items()
        }

    def _list(self, blank: str, filling: Filling) -> list[str]:
        found = filling[blank.strip("{}")]
        return [found] if isinstance(found, str) else list(found)

    def _text(self, template: str, filling: Filling) -> str:
        def put(name: str) -> str:
            found = filling.get(name, self.known.get(name, ""))
            return found if isinstance(found, str) else ";".join(found)

        return BLANK.sub(lambda found: put(found[1]), template)


def checked_id(title_vi: str, title_en: str, text: str) -> str:
    """Return an id that the service gave, if it is one; it is put back into questions."""
    if not text or len(text) > 200 or not text.isprintable():
        raise BadInput(
            f"{title_vi} liệt kê một hồ sơ không có mã: không nhận phần này.",
            f"{title_en} lists a record without an id: the part is not taken.",
        )
    return text
