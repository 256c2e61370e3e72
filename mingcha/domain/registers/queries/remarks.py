"""What is doubtful in a file, the same thing said once: a register of another region is not read a remark a row."""

from dataclasses import dataclass

from django.db.models import Count, Min, Q, QuerySet

from mingcha.domain.registers.models import ImportBatch, ImportRemark
from mingcha.domain.registers.queries.staging import remarks_of

MANY = 20  # rows of which the same is said: from here on once for the file
MOST_GROUPS = 12


@dataclass(frozen=True)
class RemarkGroup:
    """One sentence for the file; `key` is the first remark of them, by which the others are found."""

    key: int
    column: str
    reason: str
    fix: str
    rows: int


def remark_groups(batch: ImportBatch) -> list[RemarkGroup]:
    """What is said of many rows in the same words, the most frequent first."""
    said = remarks_of(batch, faults=False).order_by().values_list("column", "reason", "fix")
    counted = said.annotate(first=Min("pk"), rows=Count("pk")).filter(rows__gte=MANY).order_by("-rows", "first")
    return [RemarkGroup(first, column, reason, fix, rows) for column, reason, fix, first, rows in counted[:MOST_GROUPS]]


def remarks_like(batch: ImportBatch, group: RemarkGroup) -> QuerySet[ImportRemark]:
    """The rows of which one sentence is true."""
    return remarks_of(batch, faults=False).filter(column=group.column, reason=group.reason, fix=group.fix)


def remarks_apart(batch: ImportBatch, groups: list[RemarkGroup]) -> QuerySet[ImportRemark]:
    """What is said of few rows: everything that no sentence for the file says already."""
    told = Q(pk__in=[])
    for group in groups:
        told |= Q(column=group.column, reason=group.reason, fix=group.fix)
    return remarks_of(batch, faults=False).exclude(told)


def doubts_on(batch: ImportBatch, lines: set[int]) -> dict[int, list[str]]:
    """Line → what is doubtful on it, for rows that go back in a file anyway."""
    found: dict[int, list[str]] = {}
    for line, column, reason in remarks_of(batch, faults=False).values_list("line", "column", "reason").iterator():
        if line in lines:
            found.setdefault(line, []).append("：".join(part for part in (column, reason) if part))
    return found
