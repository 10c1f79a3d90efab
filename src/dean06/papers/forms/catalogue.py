"""The catalogue of forms: one entry for each kind of paper that a group makes, as data."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from dean06.clock.errors import BadInput
from dean06.papers.errors import Fault
from dean06.papers.forms.facts import ALONE, CODE, FactRule, FactType
from dean06.papers.forms.kinds import KINDS, Kind
from dean06.papers.forms.template import ITEM, PLACEHOLDER, PartWords, Template, all_parts, alone, led
from dean06.papers.printing.letters import printable
from dean06.papers.writing.sections import Outline

SHIPPED = Path(__file__).parent
HOUSE = frozenset({"body", "group", "territory", "superior", "head", "standing", "issuer", "charter", "grounds"})
_PARTS_OF_PERSON = frozenset({"", "name", "title"})


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Names(_Strict):
    """What a form is called."""

    vi: str = Field(min_length=1)
    en: str = Field(min_length=1)


class SecondBlock(_Strict):
    """Who else signs, on the left: the title, and the fact that says who it is."""

    title: str = Field(min_length=1)
    person: str


class Form(_Strict):
    """One form.

    `action` is the act of the charter under which the paper is signed, `document_kind` what the charter calls it;
    `issued_by` whose paper it is; `to` the fact whose lines stand after Kính gửi. `signed_as` gives the signer the
    title they had in the matter, as the person presiding has under minutes, where that fact names the signer.
    """

    code: str = Field(pattern=CODE)
    name: Names
    kind: str
    outline: Outline = Outline.MUC
    action: str
    document_kind: str | None = None
    source: str = Field(min_length=1)
    issued_by: Literal["group", "agency", "superior"] = "group"
    authority: bool = False
    to: str = ""
    recipients: tuple[str, ...] = ()
    second: SecondBlock | None = None
    signed_as: SecondBlock | None = None
    facts: tuple[FactRule, ...] = Field(min_length=1)
    template: Template

    @field_validator("kind")
    @classmethod
    def _known(cls, kind: str) -> str:
        if kind not in KINDS:
            raise ValueError("is no kind of paper")
        return kind

    @model_validator(mode="after")
    def _agree(self) -> Form:
        codes = [fact.code for fact in self.facts]
        twice = {code for code in codes if codes.count(code) > 1} | (HOUSE | {ITEM}) & set(codes)
        if twice:
            raise ValueError(f"a fact's code is taken: {', '.join(sorted(twice))}")
        blocks = [block for block in (self.second, self.signed_as) if block is not None]
        asked = [(self.to, FactType.LIST)] if self.to else []
        asked += [(block.person, FactType.PERSON) for block in blocks]
        for code, kind in asked:
            if code not in codes or self.fact(code).type is not kind:
                raise ValueError(f"{code} must be a fact of type {kind}")
        faults = check_template(self, self.template)
        if faults:
            raise ValueError("; ".join(fault.en for fault in faults))
        return self

    @property
    def type(self) -> Kind:
        """The kind of paper in the words of the Decree."""
        return KINDS[self.kind]

    def fact(self, code: str) -> FactRule:
        """Return one fact."""
        return next(fact for fact in self.facts if fact.code == code)

    def examples(self) -> dict[str, object]:
        """Return the made-up facts of the sample."""
        return {fact.code: fact.example for fact in self.facts}


def check_template(form: Form, template: Template) -> tuple[Fault, ...]:
    """Return everything that keeps these words from being used with a form, each at its place."""
    return tuple(
        dict.fromkeys((*_placeholders(form, template), *_structure(form, template), *_missing(form, template)))
    )


def _placeholders(form: Form, template: Template) -> Iterator[Fault]:
    rules = {fact.code: fact for fact in form.facts}
    for place, text, each in template.texts():
        bare = PLACEHOLDER.sub("", text)
        if "{" in bare or "}" in bare:
            yield _fault(
                place, "dấu { } không đi đôi hoặc tên chỗ trống sai", "a brace is unbalanced or a name malformed"
            )
        if any(ord(letter) not in printable() for letter in bare):
            yield _fault(place, "có ký tự không in được trên văn bản", "has a character that no paper prints")
        last = led(text)[1]
        for name, part in PLACEHOLDER.findall(text):
            if name == ITEM:
                yield from _item(rules.get(each), place, part)
            elif name in rules:
                yield from _use(rules[name], place, part, last=last == name and text.count("{" + name) == 1)
            elif name not in HOUSE or part:
                yield _fault(
                    place, f"chỗ trống {{{name}}} không có trong mẫu này", f"{{{name}}} is no fact of this form"
                )


def _use(rule: FactRule, place: str, part: str, *, last: bool) -> Iterator[Fault]:
    if part not in (_PARTS_OF_PERSON if rule.type is FactType.PERSON else {""}):
        yield _fault(place, f"{{{rule.code}.{part}}} không có trong mẫu này", f"{rule.code} has no {part}")
    if rule.type is FactType.ARTICLES:
        yield _fault(place, f"{{{rule.code}}} là cả một văn bản, không đứng trong dòng", f"{rule.code} is a whole text")
    if rule.type in ALONE and not last:
        yield _fault(
            place, f"{{{rule.code}}} phải đứng cuối dòng hoặc riêng một dòng", f"{rule.code} must end its line"
        )


def _item(rule: FactRule | None, place: str, part: str) -> Iterator[Fault]:
    columns = {column.code for column in rule.columns} if rule else set()
    if rule is None or (part not in columns if columns else part):
        yield _fault(place, "{item} không thuộc danh sách nào ở đây", "{item} belongs to no list here")


def _structure(form: Form, template: Template) -> Iterator[Fault]:
    lists = {fact.code: fact for fact in form.facts if fact.type in (FactType.LIST, FactType.ROWS)}
    keys = [part.key for part in all_parts(template)]
    for key in sorted({key for key in keys if keys.count(key) > 1}):
        yield _fault(f"mục {key}", "mã mục bị trùng", "a section's key stands twice")
    for part in all_parts(template):
        place = f"mục {part.key}"
        if part.each and part.each not in lists:
            yield _fault(place, f"{part.each} không phải danh sách hay bảng", f"{part.each} is no list and no table")
        opening = alone(part.lines[0]) if part.lines else ""
        if not part.title and (not part.lines or opening in lists):
            yield _fault(
                place, "mục không có tiêu đề thì phải mở đầu bằng một câu", "an untitled section opens with a sentence"
            )
    yield from _deep(template.parts, form.outline, 1)
    for each in template.attachments:
        yield from _deep(each.parts, each.outline, 1)
        rule = next((fact for fact in form.facts if fact.code == each.articles), None)
        if each.articles and (rule is None or rule.type is not FactType.ARTICLES):
            yield _fault(each.title, f"{each.articles} không phải toàn văn", f"{each.articles} is no whole text")


def _deep(parts: tuple[PartWords, ...], outline: Outline, depth: int) -> Iterator[Fault]:
    for part in parts:
        if depth > outline.deepest:
            yield _fault(f"mục {part.key}", "mục nằm sâu quá số cấp của mẫu", "a section lies too deep")
        yield from _deep(part.parts, outline, depth + 1)


def _missing(form: Form, template: Template) -> Iterator[Fault]:
    around = {form.to, *(block.person for block in (form.second, form.signed_as) if block is not None)}
    around |= {found for line in form.recipients for found, _ in PLACEHOLDER.findall(line)}
    used = template.named() | around
    for fact in form.facts:
        if fact.required and fact.code not in used:
            yield _fault(
                fact.code,
                f"thiếu thông tin bắt buộc {{{fact.code}}} ({fact.label})",
                f"the required fact {{{fact.code}}} is left out",
            )


def _fault(place: str, vi: str, en: str) -> Fault:
    return Fault(place, f"{place}: {vi}", f"{place}: {en}")


def load(path: Path) -> tuple[Form, ...]:
    """Read and check one file of forms; each error names the file, the form and the path inside it."""
    try:
        data = YAML(typ="safe").load(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, YAMLError) as problem:
        raise BadInput(
            f"Tệp mẫu văn bản «{path.name}» không đọc được như YAML: sửa tệp rồi chạy lại.",
            f"Forms {path.name!r} cannot be read as YAML ({type(problem).__name__}): correct it and run again.",
        ) from problem
    made, wrong = [], []
    for at, entry in enumerate(data if isinstance(data, list) else [data]):
        named = entry.get("code", at) if isinstance(entry, dict) else at
        try:
            made.append(Form.model_validate(entry))
        except ValidationError as problem:
            errors = problem.errors(include_url=False, include_input=False)
            wrong += [f"{'.'.join(map(str, (named, *error['loc'])))}: {error['msg']}" for error in errors]
    if wrong:
        listing = "; ".join(wrong)
        raise BadInput(
            f"Mẫu văn bản «{path.name}» sai ở {len(wrong)} chỗ: {listing}.",
            f"Forms {path.name!r} are wrong in {len(wrong)} places: {listing}.",
        )
    return tuple(made)


@cache
def catalogue() -> dict[str, Form]:
    """Return the shipped forms by code, in the order of the files."""
    forms = [form for path in sorted(SHIPPED.glob("*.yaml")) for form in load(path)]
    found = {form.code: form for form in forms}
    if len(found) < len(forms):
        raise BadInput("Hai mẫu văn bản trùng mã: sửa tệp mẫu.", "Two forms share a code: correct the files.")
    return found
