"""The columns of the list of subjects: what each is called, what it holds, on the page and in an exported file."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_stubs_ext import StrOrPromise

from mingcha.domain.registers.models import Subject
from mingcha.domain.registers.rules import masked_contact, masked_phone
from mingcha.domain.registers.rules.industry_names import industry_named
from mingcha.web.shared.templatetags.mingcha import day, moment

DENSE = "dense"  # stands among the columns that a person chose
USUAL = ("code", "category", "place", "foreign", "risk", "state")


@dataclass(frozen=True)
class Column:
    """`show` gives the words of a cell; `kind` says how the page draws them: text, code or state."""

    label: StrOrPromise
    show: Callable[[Subject], str]
    kind: str = "text"
    on_page: Callable[[Subject], str] | None = None  # where the page says more than the file, which says what is kept


@dataclass(frozen=True)
class Cell:
    kind: str
    text: str
    state: str


def _place(row: Subject) -> str:
    return f"{row.region.name} {row.area}".strip()


COLUMNS: dict[str, Column] = {
    "code": Column(gettext_lazy("统一社会信用代码"), lambda row: row.code, "code"),
    "code_type": Column(gettext_lazy("编号种类"), lambda row: str(row.get_code_type_display())),
    "category": Column(gettext_lazy("主体大类"), lambda row: str(row.get_category_display())),
    "kind": Column(gettext_lazy("类型"), lambda row: row.kind),
    "industry": Column(
        gettext_lazy("行业"), lambda row: row.industry, on_page=lambda row: industry_named(row.industry)
    ),
    "place": Column(gettext_lazy("区划与片区"), _place),
    "address": Column(gettext_lazy("地址"), lambda row: row.address),
    "established_on": Column(
        gettext_lazy("成立日期"), lambda row: day(row.established_on) if row.established_on else ""
    ),
    "foreign": Column(gettext_lazy("涉外"), lambda row: _("是") if row.is_foreign else _("否")),
    "risk": Column(gettext_lazy("信用风险"), lambda row: str(row.get_risk_display())),
    "state": Column(gettext_lazy("状态"), lambda row: str(row.get_state_display()), "state"),
    "warning": Column(gettext_lazy("提醒"), lambda row: row.warning),
    "contact": Column(gettext_lazy("联络员"), lambda row: masked_contact(row.contact)),
    "phone": Column(gettext_lazy("联系电话"), lambda row: masked_phone(row.phone)),
    "source": Column(gettext_lazy("来源"), lambda row: row.source),
    "verified_on": Column(gettext_lazy("核对日期"), lambda row: day(row.verified_on) if row.verified_on else ""),
    "changed_at": Column(gettext_lazy("更新时间"), lambda row: moment(row.changed_at)),
}


def known(keys: Iterable[object]) -> list[str]:
    """Those of the keys that are columns, in the order of the columns; the usual ones when none is."""
    wanted = set(map(str, keys))
    return [key for key in COLUMNS if key in wanted] or list(USUAL)


def cells_of(row: Subject, keys: Sequence[str]) -> list[Cell]:
    """One row of the page."""
    return [_cell(COLUMNS[key], row) for key in keys]


def _cell(column: Column, row: Subject) -> Cell:
    return Cell(column.kind, (column.on_page or column.show)(row) or "—", row.state)


def choices() -> list[tuple[str, StrOrPromise]]:
    """Every column with its name."""
    return [(key, column.label) for key, column in COLUMNS.items()]
