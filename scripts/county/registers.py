"""两库: the firms and the inspectors come in as files, as an office's do."""

import csv
import io
from collections.abc import Iterable, Mapping

from demo.departments import INSPECTING
from demo.firms import COLUMNS, firms
from demo.people import Inspector as Person
from demo.people import inspectors
from mingcha.domain.registers.actions import declare_avoidance, give_login, merge_batch, read_file
from mingcha.domain.registers.models import BatchKind, ImportBatch, Inspector, Subject
from mingcha.domain.registers.queries import remarks_of
from scripts.county.setting import Setting

FIRMS = 5000


def as_csv(rows: Iterable[Mapping[str, str]], columns: Iterable[str]) -> bytes:
    """A file as Excel saves it: UTF-8 with BOM."""
    file = io.StringIO()
    lines = csv.DictWriter(file, list(columns))
    lines.writeheader()
    lines.writerows(rows)
    return file.getvalue().encode("utf-8-sig")


def load_firms(setting: Setting, *, days: int, content: bytes | None = None, name: str = "") -> ImportBatch:
    """The invented firms, or the file that was given instead of them."""
    if content is None:
        content = as_csv(firms(FIRMS, today=setting.today), COLUMNS)
    return load(setting, BatchKind.SUBJECTS, content, name or "明察示范县检查对象.csv", days=days)


def load_inspectors(setting: Setting, *, days: int) -> None:
    """Sixty inspectors, each department's by its own handler, with their own accounts."""
    people = inspectors(today=setting.today)
    for department in INSPECTING:
        rows = [roster_row(p) for p in people if p.department == department.code]
        content = as_csv(rows, rows[0])
        name = f"{department.short_name}执法检查人员.csv"
        load(setting, BatchKind.INSPECTORS, content, name, days=days, department=department.code)
    for p in people:
        inspector = Inspector.objects.get(code=p.code)
        keeper = setting.handler(p.department)
        give_login(inspector, setting.users[p.code], by=keeper, at=setting.at(days, 11))


def roster_row(p: Person) -> dict[str, str]:
    """A person as a row of the import template."""
    return {
        "名录编号": p.code,
        "姓名": p.name,
        "部门": p.department,
        "执法证号": p.certificate_no,
        "有效期至": p.certificate_until.isoformat(),
        "片区": ",".join(p.areas),
        "专业": ",".join(p.skills),
    }


def load(
    setting: Setting, kind: str, content: bytes, name: str, *, days: int, department: str = "shijian"
) -> ImportBatch:
    """Read and merge as the department's handler would; a refused file ends the building in words."""
    by = setting.handler(department)
    owner = setting.departments[department]
    batch = read_file(kind, department=owner, file_name=name, content=content, by=by, at=setting.at(days, 9, 30))
    if batch.fault_count or not batch.may_be_merged:
        faults = remarks_of(batch, faults=True)[:10]
        first = "\n".join(f"第 {fault.line} 行 {fault.column} {fault.value}：{fault.reason}" for fault in faults)
        raise SystemExit(f"{name}：{batch.fault_count} 处有误，未导入。{batch.word}前几处：\n{first}")
    merge_batch(batch, by=by, at=setting.at(days, 9, 40))
    batch.refresh_from_db()
    return batch


def declare_ties(setting: Setting, *, days: int) -> None:
    """A few ties between inspectors and firms, so that avoidance shows in a draw."""
    subjects = Subject.objects.filter(state="OPEN", risk="D").order_by("code")[:3]
    people = Inspector.objects.filter(department__code="shijian").order_by("code")[:3]
    for subject, inspector in zip(subjects, people, strict=False):
        by = setting.handler("shijian")
        declare_avoidance(subject, inspector, reason="近亲属在该单位任职（虚构）", by=by, at=setting.at(days, 14))
