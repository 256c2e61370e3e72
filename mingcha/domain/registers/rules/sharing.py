"""Which data a department may ask another for, and how they are given."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_stubs_ext import StrOrPromise

from mingcha.domain.organisation.models import Department
from mingcha.domain.registers.models import BatchKind, Category, DataRequest, Risk
from mingcha.domain.registers.rules.entries import wrong_text
from mingcha.kit.errors import Refused

LONGEST = 300
LONGEST_FILTER = 60


@dataclass(frozen=True)
class SharedField:
    """A column that may be asked for; one that is of a person is given only where it was granted by name."""

    label: StrOrPromise
    personal: bool = False


SUBJECT_COLUMNS: Mapping[str, SharedField] = {
    "code": SharedField(gettext_lazy("统一社会信用代码")),
    "name": SharedField(gettext_lazy("名称")),
    "category": SharedField(gettext_lazy("主体大类")),
    "kind": SharedField(gettext_lazy("类型")),
    "industry": SharedField(gettext_lazy("行业")),
    "area": SharedField(gettext_lazy("片区代码")),
    "address": SharedField(gettext_lazy("地址")),
    "established_on": SharedField(gettext_lazy("成立日期")),
    "is_foreign": SharedField(gettext_lazy("涉外")),
    "risk": SharedField(gettext_lazy("信用风险")),
    "state": SharedField(gettext_lazy("状态")),
    "contact": SharedField(gettext_lazy("联络员"), personal=True),
    "phone": SharedField(gettext_lazy("联系电话"), personal=True),
}
INSPECTOR_COLUMNS: Mapping[str, SharedField] = {
    "code": SharedField(gettext_lazy("名录编号")),
    "name": SharedField(gettext_lazy("姓名")),
    "category": SharedField(gettext_lazy("人员类别")),
    "areas": SharedField(gettext_lazy("片区")),
    "skills": SharedField(gettext_lazy("专业")),
    "team": SharedField(gettext_lazy("执法队伍")),
    "certificate_until": SharedField(gettext_lazy("执法证有效期至")),
    "state": SharedField(gettext_lazy("状态")),
    "certificate_no": SharedField(gettext_lazy("执法证号"), personal=True),
    "phone": SharedField(gettext_lazy("联系电话"), personal=True),
}
SHARED_COLUMNS: Mapping[str, Mapping[str, SharedField]] = {
    BatchKind.SUBJECTS: SUBJECT_COLUMNS,
    BatchKind.INSPECTORS: INSPECTOR_COLUMNS,
}
FILTERS = frozenset({"category", "industry", "area", "risk"})  # what narrows a request


def check_ask(
    asker: Department,
    owner: Department,
    *,
    register: str,
    fields: Collection[str],
    filters: Mapping[str, str],
    purpose: str,
) -> None:
    """Another department's register, some of its columns, for a purpose that is said."""
    if asker.pk == owner.pk:
        raise Refused(_("本部门的数据不用申请，在两库里直接导出"), field="owner")
    if register not in SHARED_COLUMNS:
        raise Refused(_("没有这个名录，重新选择"), field="register")
    if not fields:
        raise Refused(_("没有选字段，勾选需要的"), field="fields")
    strange = [name for name in fields if name not in SHARED_COLUMNS[register]]
    if strange:
        raise Refused(_("这个名录没有字段 %s，重新选择") % "、".join(strange), field="fields")
    _check_filters(register, filters)
    _check_text(purpose, field="purpose", label=_("用途"), empty=_("没有写用途，写明哪项工作要用"))


def _check_filters(register: str, filters: Mapping[str, str]) -> None:
    if filters and register != BatchKind.SUBJECTS:
        raise Refused(_("人员名录不能按条件申请，去掉条件"), field="register")
    if filters.get("category", Category.OTHER) not in Category.values or filters.get("risk", "A") not in Risk.values:
        raise Refused(_("条件里有不认得的选项，重新选择"))
    for name, value in filters.items():
        if name not in FILTERS or wrong_text(value, longest=LONGEST_FILTER):
            raise Refused(_("条件里有不能用的内容，重新填写"), field=name)


def _check_text(text: str, *, field: str, label: str, empty: str) -> None:
    if not text.strip():
        raise Refused(empty, field=field)
    wrong = wrong_text(text.strip().replace("\r\n", " ").replace("\n", " "), longest=LONGEST)
    if wrong:
        raise Refused(
            _("%(label)s%(wrong)s，%(fix)s") % {"label": label, "wrong": wrong[0], "fix": wrong[1]}, field=field
        )


def check_grant(request: DataRequest, *, fields: Collection[str], until: date, answer: str, today: date) -> None:
    """Not more than was asked for, and until a day that lies ahead."""
    if not fields:
        raise Refused(_("一个字段也没有同意，选“不同意”"), field="fields")
    if set(fields) - set(request.fields):
        raise Refused(_("同意的字段超出了申请的，重新选择"), field="fields")
    if until < today:
        raise Refused(_("有效期已经过去，改为今天或更晚"), field="until")
    if answer.strip():
        _check_text(answer, field="answer", label=_("审批意见"), empty="")


def check_refusal(answer: str) -> None:
    """Whoever refuses says why."""
    _check_text(answer, field="answer", label=_("审批意见"), empty=_("没有写不同意的理由，补上后再提交"))


def check_takeable(request: DataRequest, *, today: date) -> None:
    """Granted, and not run out."""
    if not request.is_granted:
        raise Refused(_("这项申请现在是“%s”，不能下载") % request.get_state_display())
    if request.until is not None and request.until < today:
        raise Refused(_("同意的期限已在 %s 结束，要用就重新申请") % request.until.isoformat())


def as_texts(register: str, fields: Collection[str], row: Mapping[str, Any], *, words: Mapping[str, Any]) -> list[str]:
    """One row as a file shows it; `words` says the codes of choices in words."""
    return [_shown(row[name], words.get(name, {})) for name in SHARED_COLUMNS[register] if name in fields]


def headings(register: str, fields: Collection[str]) -> list[str]:
    """The heading row, in the register's own order."""
    return [str(column.label) for name, column in SHARED_COLUMNS[register].items() if name in fields]


def _shown(value: object, words: Mapping[str, Any]) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return _("是") if value else _("否")
    if isinstance(value, date):
        return value.isoformat()
    return str(words.get(str(value), value))
