"""A paper from a form, its facts and the house that issues it; what is missing stays blank and is told."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal

from dean06.clock import service as clock
from dean06.papers.errors import Fault, FormRefused
from dean06.papers.forms.catalogue import Form
from dean06.papers.forms.facts import ALONE, Articles, FactRule, FactType, Number, Person, Row, Value, read
from dean06.papers.forms.template import ITEM, PLACEHOLDER, AttachedWords, PartWords, Template, alone, led
from dean06.papers.writing.attachments import Attachment
from dean06.papers.writing.document import Issuer, Paper, Signature, SignForm
from dean06.papers.writing.sections import (
    Align,
    Block,
    BulletList,
    Column,
    Outline,
    Paragraph,
    Ref,
    Run,
    Section,
    Table,
    Words,
    plain,
)
from dean06.papers.writing.wording import day_line, number

EMPTY = "……"


@dataclass(frozen=True, slots=True, kw_only=True)
class IssuingHouse:
    """Whose paper it is: what its head and foot say, and what it is called within a sentence.

    `unit` stands in the symbol of a letter; `authority` over a decision. The names are those that a form's words may
    use: body (Tổ công tác), group (its full name), territory, superior (the authority above), head (the leader's
    title), standing (the agency that serves the group), charter.
    """

    issuer: Issuer
    suffix: str
    place: str
    signature: Signature
    second: Signature | None = None
    unit: str = ""
    authority: str = ""
    recipients: tuple[str, ...] = ()
    kept_by: tuple[str, ...] = ("VT",)
    grounds: tuple[str, ...] = ()
    drafter: str = ""
    body: str = "Tổ công tác"
    group: str
    territory: str
    superior: str
    head: str = "Tổ trưởng"
    standing: str
    charter: str

    def named(self) -> dict[str, str]:
        """Return the names that words may use."""
        names = {name: str(getattr(self, name)) for name in ("body", "group", "territory", "superior", "head")}
        return names | {"standing": self.standing, "charter": self.charter, "issuer": self.issuer.spoken or self.group}


@dataclass(frozen=True, slots=True)
class _Filled:
    """Facts read, ready to be put into lines; `item` is the entry of a list that a section is made for."""

    rules: Mapping[str, FactRule]
    values: Mapping[str, Value]
    names: Mapping[str, str]
    grounds: tuple[str, ...]
    item: str | Row | None = None

    def empty(self, code: str) -> bool:
        """Say whether a fact is one that may be left out, and was."""
        rule = self.rules.get(code)
        return rule is not None and not rule.required and self.values[code] is None

    def dropped(self, line: str) -> bool:
        """Say whether every placeholder of a line is an optional fact left empty."""
        used = [name for name, _ in PLACEHOLDER.findall(line)]
        return not line.strip() or (bool(used) and all(self.empty(name) for name in used))

    def words(self, line: str) -> Words:
        """Return a line with its placeholders filled; a sentence begins with a capital."""
        made = self.filled(line)
        at = next((at for at, word in enumerate(made) if word.text), 0)
        first = made[at]
        if isinstance(first, Run):
            made[at] = Run(first.text[:1].upper() + first.text[1:])
        return tuple(made)

    def filled(self, line: str) -> list[Run | Ref]:
        """Return a line with its placeholders filled, as it was written."""
        made: list[Run | Ref] = []
        last = 0
        for found in PLACEHOLDER.finditer(line):
            made += [Run(line[last : found.start()]), *self._inline(found[1], found[2] or "")]
            last = found.end()
        return [*made, Run(line[last:])]

    def text(self, line: str) -> str:
        """Return a line as plain text."""
        return "" if self.dropped(line) else plain(self.words(line))

    def blocks(self, lines: Sequence[str]) -> tuple[Block, ...]:
        """Return lines as blocks; lines that have nothing to say are left out."""
        return tuple(block for line in lines if not self.dropped(line) for block in self._block(line))

    def _inline(self, name: str, part: str) -> Words:
        if name == ITEM:
            held = self.item.get(part, "") if isinstance(self.item, Mapping) else self.item or ""
            return _cell(held) if held else (Run(EMPTY),)
        if name in self.names:
            return (Run(self.names[name]),)
        return _shown(self.values[name], part)

    def _block(self, line: str) -> Iterator[Block]:
        lead, code = led(line)
        rule, value = self.rules.get(code), self.values.get(code)
        if rule is None or rule.type not in ALONE:
            yield Paragraph(self.words(line))
            return
        if lead.strip():
            yield Paragraph(self.words(lead))
        if rule.type is FactType.PARAGRAPH:
            yield from (Paragraph((Run(each),)) for each in _lines(value))
        elif rule.type is FactType.LIST:
            yield BulletList(tuple((Run(each),) for each in _lines(value)))
        else:
            yield _table(rule, _rows(value))


def missing(form: Form, facts: Mapping[str, object]) -> tuple[FactRule, ...]:
    """Return the required facts that nobody has filled in."""
    return tuple(rule for rule in form.facts if rule.required and read(rule, facts.get(rule.code))[0] is None)


def check_facts(form: Form, facts: Mapping[str, object]) -> tuple[Fault, ...]:
    """Return what is wrong with facts, one sentence a fault."""
    known = {rule.code for rule in form.facts}
    strange = [
        Fault(code, f"{code}: không có trong mẫu này", f"{code}: is no fact of this form")
        for code in facts
        if code not in known
    ]
    faults = (read(rule, facts.get(rule.code))[1] for rule in form.facts)
    return (*strange, *(fault for fault in faults if fault is not None))


def compose(form: Form, facts: Mapping[str, object], house: IssuingHouse, template: Template | None = None) -> Paper:
    """Return the draft of a paper; blanks stand where a required fact is missing.

    Raises:
        FormRefused: a fact cannot be read.
        PaperRefused: the words make no paper, as two hundred points under one clause would.
    """
    faults = check_facts(form, facts)
    if faults:
        raise FormRefused(faults)
    words = template or form.template
    filled = _Filled(
        rules={rule.code: rule for rule in form.facts},
        values={rule.code: read(rule, facts.get(rule.code))[0] for rule in form.facts},
        names=house.named(),
        grounds=house.grounds,
    )
    recipients = [filled.text(line) for line in form.recipients]
    return Paper(
        kind=form.kind,
        issuer=house.issuer,
        symbol=_symbol(form, house),
        place=house.place,
        abstract=_abstract(form, words, filled),
        body=_body(words.lines, words.parts, filled),
        signature=_signature(form, house, filled),
        second=_second(form, house, filled),
        recipients=(*filter(None, recipients), *house.recipients),
        kept_by=house.kept_by,
        addressees=_lines(filled.values[form.to]) if form.to else (),
        authority=house.authority if form.authority else "",
        grounds=tuple(_grounds(words, filled)),
        outline=form.outline,
        closing=Paragraph(filled.words(words.closing)) if filled.text(words.closing) else None,
        drafter=house.drafter,
        attachments=tuple(_attachments(words, filled)),
        draft=True,
    )


def _abstract(form: Form, words: Template, filled: _Filled) -> str:
    """Return what the paper is about; that of a letter goes on after V/v, without a capital of its own."""
    if form.type.letter and not filled.dropped(words.abstract):
        return plain(tuple(filled.filled(words.abstract)))
    return filled.text(words.abstract)


def _symbol(form: Form, house: IssuingHouse) -> str:
    if form.type.letter:
        return f"{house.suffix}-{house.unit}" if house.unit else house.suffix
    return f"{form.type.abbrev}-{house.suffix}"


def _signature(form: Form, house: IssuingHouse, filled: _Filled) -> Signature:
    block, person = form.signed_as, filled.values[form.signed_as.person] if form.signed_as else None
    own = house.signature.form is SignForm.OWN
    if block is None or not own or not isinstance(person, Person) or person.name != house.signature.name:
        return house.signature
    return replace(house.signature, title=block.title, post=house.signature.title, post_below=False)


def _second(form: Form, house: IssuingHouse, filled: _Filled) -> Signature | None:
    if form.second is None or house.second is not None:
        return house.second if form.second else None
    person = filled.values[form.second.person]
    return Signature(title=form.second.title, name=person.name if isinstance(person, Person) else "")


def _grounds(words: Template, filled: _Filled) -> Iterator[str]:
    for line in words.grounds:
        if alone(line) == "grounds":
            yield from filled.grounds
        elif not filled.dropped(line):
            value = filled.values.get(alone(line))
            yield from _lines(value) if isinstance(value, tuple) else (filled.text(line),)


def _attachments(words: Template, filled: _Filled) -> Iterator[Attachment]:
    for each in words.attachments:
        made = _attached_body(each, filled)
        if made is not None:
            yield Attachment(
                form=each.form,
                title=filled.text(each.title) or EMPTY,
                abstract=filled.text(each.abstract),
                body=made[1],
                outline=made[0],
                landscape=each.landscape,
            )


def _attached_body(each: AttachedWords, filled: _Filled) -> tuple[Outline, tuple[Block | Section, ...]] | None:
    if not each.articles:
        body = _body(each.lines, each.parts, filled)
        return (each.outline, body) if body else None
    value = filled.values[each.articles]
    if isinstance(value, Articles):
        return value.outline, value.sections
    return None if filled.empty(each.articles) else (each.outline, (Paragraph((Run(EMPTY),)),))


def _body(lines: Sequence[str], parts: Sequence[PartWords], filled: _Filled) -> tuple[Block | Section, ...]:
    return (*filled.blocks(lines), *_sections(parts, filled))


def _sections(parts: Sequence[PartWords], filled: _Filled) -> Iterator[Section]:
    for part in parts:
        if not part.each:
            yield from _section(part, part.key, filled)
        elif not filled.empty(part.each):
            value = filled.values[part.each]
            items = value if isinstance(value, tuple) else (EMPTY,)
            for at, item in enumerate(items, start=1):
                held = replace(filled, item=item if isinstance(item, str | Mapping) else EMPTY)
                yield from _section(part, f"{part.key}-{at}", held)


def _section(part: PartWords, key: str, filled: _Filled) -> Iterator[Section]:
    """Give the section, or nothing where it has nothing to say."""
    blocks = filled.blocks(part.lines)
    title = filled.text(part.title)
    children = tuple(_sections(part.parts, filled))
    silent = not blocks and not children
    if silent or (not title and not (blocks and isinstance(blocks[0], Paragraph))):
        return
    yield Section(key, title, blocks, children)


def _lines(value: Value) -> tuple[str, ...]:
    return tuple(each for each in value if isinstance(each, str)) if isinstance(value, tuple) else (EMPTY,)


def _rows(value: Value) -> tuple[Row, ...]:
    return tuple(each for each in value if isinstance(each, Mapping)) if isinstance(value, tuple) else ({},)


def _shown(value: Value, part: str) -> Words:
    match value:
        case Number(value=amount, ref=ref):
            return (_number(amount, ref),)
        case datetime():
            return (Run(moment(value)),)
        case date():
            return (Run(day_line(value)),)
        case Person(name=name, title=title):
            text = {"name": name, "title": title}.get(part, ", ".join(filter(None, (name, title))))
            return (Run(text or EMPTY),)
        case str():
            return (Run(value),)
        case _:
            return (Run(EMPTY),)


def moment(at: datetime) -> str:
    """Write an hour of a day."""
    local = at.astimezone(clock.TZ)
    return f"{local:%H} giờ {local:%M}, {day_line(local.date())}"


def _number(amount: Decimal, ref: str) -> Run | Ref:
    exponent = amount.normalize().as_tuple().exponent
    text = number(amount, -exponent if isinstance(exponent, int) and exponent < 0 else 0)
    return Ref(text, ref) if ref else Run(text)


def _cell(held: str | Number) -> Words:
    return (_number(held.value, held.ref),) if isinstance(held, Number) else (Run(held),)


def _table(rule: FactRule, rows: tuple[Row, ...]) -> Table:
    columns = [
        Column(each.title, each.share, Align.RIGHT if each.type is FactType.NUMBER else each.align)
        for each in rule.columns
    ]
    last = len(rows) if rule.total else 0
    made = []
    for at, row in enumerate(rows, start=1):
        cells = [_cell(row.get(each.code, "" if row else EMPTY)) for each in rule.columns]
        counted = [(Run("" if at == last else str(at)),)] if rule.counted else []
        made.append((*counted, *cells))
    first = [Column("TT", 0.5, Align.CENTRE)] if rule.counted else []
    return Table(rule.caption, (*first, *columns), tuple(made), rule.unit, rule.total and len(rows) > 1)
