"""检查对象 from a file: what its rows make of the register. A city's file holds a million: column by column."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_stubs_ext import StrOrPromise

from mingcha.domain.registers.imports.reading import RARE, Round, Value, rare_characters
from mingcha.domain.registers.models import ImportBatch, StagedSubject, Verdict
from mingcha.domain.registers.queries import Known, known_subjects, lines_staged
from mingcha.domain.registers.rules import blank_subject, settle_subjects, wrong_state

DIVISION = 6  # the digits of a 行政区划代码 down to the county
FORMULA = ("=", "+", "-", "@")  # what a spreadsheet takes for one
CREATED, CHANGED = Verdict.CREATED.value, Verdict.CHANGED.value
UNCHANGED, FAULTY = Verdict.UNCHANGED.value, Verdict.FAULTY.value
STATE = StagedSubject.kept().index("state")
CODE, NAME, ADDRESS = gettext_lazy("统一社会信用代码"), gettext_lazy("名称"), gettext_lazy("地址")


def staged_subjects(batch: ImportBatch, some: Round) -> Iterator[tuple[object, ...]]:
    """Each row as it is staged: with what its merge would do, or as one that cannot be taken.

    The database is asked now, the rows are made one by one as they are written.
    """
    if not some.lines:
        return iter(())
    codes = [code for code in some.codes if code]
    check_once(some, lines_staged(batch, codes), CODE)
    known = known_subjects(batch.region, codes)
    _check_states(some, known)
    faulty = some.remarks.faulty
    there = [None if line in faulty else known.get(code) for line, code in zip(some.lines, some.codes, strict=True)]
    former = [row.values if row else blank_subject(code) for code, row in zip(some.codes, there, strict=True)]
    made = settle_subjects(some.codes, some.said, former)
    _doubt_codes_and_areas(batch, some, made)
    _doubt_texts(some, made["name"], some.said.get("address", ()))
    rows = zip(some.lines, some.codes, there, zip(*made.values(), strict=True), strict=True)
    return (
        (batch.pk, line, code, FAULTY if line in faulty else _verdict(row, values), row and row.changed_at, *values)
        for line, code, row, values in rows
    )


def check_once(some: Round, seen: dict[str, int], column: StrOrPromise) -> None:
    """A code that stood in the file before is a fault of the later row; `seen` are the codes of earlier rounds."""
    for line, code in zip(some.lines, some.codes, strict=True):
        if code and seen.setdefault(code, line) != line:
            some.remarks.fault(line, column, code, _("与第 %d 行重复") % seen[code], _("两行留一行"))


def _check_states(some: Round, known: Mapping[str, Known]) -> None:
    for line, code, state in zip(some.lines, some.codes, some.said.get("state", ()), strict=False):
        wrong = wrong_state(str(known[code].values[STATE]), str(state)) if code in known and state is not None else None
        if wrong:
            some.remarks.fault(line, _("登记状态"), code, *wrong)


def _verdict(there: Known | None, made: tuple[Value, ...]) -> str:
    if there is None:
        return CREATED
    return UNCHANGED if made == there.values else CHANGED


def _doubt_codes_and_areas(batch: ImportBatch, some: Round, made: Mapping[str, Sequence[Value]]) -> None:
    """What may be an old code, or another place's."""
    fix = _("对照营业执照或登记证书核对")
    for line, code, warning in _taken(some, some.codes, made["warning"]):
        if warning:
            some.remarks.doubt(line, CODE, code, warning, fix)
    outside = {area for area in set(map(str, made["area"])) if _is_outside(area, prefix=batch.region.prefix)}
    if outside:
        reason = _("不在%s的区划代码之内，可能是旧代码或别处的") % batch.region.name
        column, fix = _("片区代码"), _("核对所在乡镇，改为现行代码")
        for line, area in _taken(some, made["area"]):
            if area in outside:
                some.remarks.doubt(line, column, area, reason, fix)


def _is_outside(area: str, *, prefix: str) -> bool:
    return len(area) >= DIVISION and area[:DIVISION].isdigit() and not area.startswith(prefix)


def _doubt_texts(some: Round, names: Sequence[Value], addresses: Sequence[Value]) -> None:
    """What a name or an address may look like elsewhere; it is kept as it stands."""
    if RARE.search("".join(map(str, names))):
        for line, name in _taken(some, names):
            rare = rare_characters(name)
            if rare:
                some.remarks.doubt(line, NAME, name, _("有些屏幕显示不出 %s，已照原样保留") % rare)
    for column, texts in ((NAME, names), (ADDRESS, addresses)):
        for line, text in _taken(some, texts):
            if text and text.startswith(FORMULA):
                some.remarks.doubt(line, column, text, _("像公式，按文字保存"))


def _taken(some: Round, *columns: Iterable[Value]) -> Iterator[tuple[Any, ...]]:
    """The line and these values of each row without a fault; of a column that the file does not have, no row."""
    faulty = some.remarks.faulty
    return (row for row in zip(some.lines, *columns, strict=False) if row[0] not in faulty)
