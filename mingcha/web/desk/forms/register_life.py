"""What is typed for links, registers, signals, decisions, people and pools."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy
from django_stubs_ext import StrOrPromise

from mingcha.domain.catalogue.models import InspectionItem
from mingcha.domain.organisation.models import Department
from mingcha.domain.registers.models import (
    Category,
    LinkRule,
    Register,
    RegisterKind,
    Relief,
    Risk,
    SignalKind,
)
from mingcha.web.desk.forms.registers import EVERY, ReasonForm


def day_field(label: StrOrPromise, **more: Any) -> forms.DateField:
    """A day as browsers pick it."""
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **more)


def lines_field(label: StrOrPromise, *, rows: int = 4, **more: Any) -> forms.CharField:
    """Several words, one a line."""
    return forms.CharField(label=label, widget=forms.Textarea(attrs={"rows": rows}), **more)


def lines_of(text: str) -> list[str]:
    """The lines that hold something; commas part too, as people paste them."""
    for mark in ("，", ",", "、", "；", ";", "\t"):
        text = text.replace(mark, "\n")
    return [line.strip() for line in text.splitlines() if line.strip()]


class LinkRuleForm(forms.Form):
    """Which subjects an item is for."""

    categories = forms.MultipleChoiceField(
        label=gettext_lazy("主体大类"),
        choices=Category.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("一个也不选就是不限"),
    )
    industries = lines_field(
        gettext_lazy("行业"),
        required=False,
        max_length=20_000,
        help_text=gettext_lazy("一行一个：行业代码的开头几位（如 62），或行业名称里的字（如 餐饮）；留空就是不限"),
    )
    kinds = lines_field(
        gettext_lazy("类型"),
        rows=2,
        required=False,
        max_length=20_000,
        help_text=gettext_lazy("一行一个，类型里含有这几个字的；留空就是不限"),
    )
    registers = forms.ModelMultipleChoiceField(
        label=gettext_lazy("名录库或标签"),
        queryset=Register.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("在其中任何一个里的；一个也不选就是不限"),
    )

    def __init__(self, *args: Any, registers: QuerySet[Register], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["registers"].queryset = registers  # type: ignore[attr-defined]  # a choice field
        if not registers.exists():
            del self.fields["registers"]

    def criteria(self) -> dict[str, Any]:
        """As the action takes them."""
        given = self.cleaned_data
        return {
            "categories": given["categories"],
            "industries": lines_of(given["industries"]),
            "kinds": lines_of(given["kinds"]),
            "registers": list(given.get("registers", ())),
        }


def rule_initial(rule: LinkRule | None) -> dict[str, Any]:
    """What the page of a rule shows first."""
    if rule is None:
        return {}
    return {
        "categories": rule.categories,
        "industries": "\n".join(rule.industries),
        "kinds": "\n".join(rule.kinds),
        "registers": list(rule.registers.values_list("pk", flat=True)),
    }


class ItemChoice(forms.ModelChoiceField):
    def label_from_instance(self, item: InspectionItem) -> str:
        return f"{item.item_list.department.short_name} · {item.title}（{item.code}）"


class LinkForm(forms.Form):
    """One item for one subject."""

    item = ItemChoice(
        label=gettext_lazy("事项"),
        queryset=InspectionItem.objects.none(),
        empty_label=gettext_lazy("选一个事项"),
        help_text=gettext_lazy("只列出本部门现行清单里还没有关联它的事项"),
    )

    def __init__(self, *args: Any, items: QuerySet[InspectionItem], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["item"].queryset = items  # type: ignore[attr-defined]  # a choice field


class OwnDepartmentForm(forms.Form):
    """Everything that a department does: which of one's own it is."""

    department = forms.ModelChoiceField(
        label=gettext_lazy("部门"), queryset=Department.objects.none(), empty_label=None
    )

    def __init__(self, *args: Any, departments: QuerySet[Department], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["department"].queryset = departments  # type: ignore[attr-defined]  # a choice field


class RegisterForm(OwnDepartmentForm):
    """A new register, sub-register or tag."""

    kind = forms.ChoiceField(label=gettext_lazy("种类"), choices=RegisterKind.choices)
    name = forms.CharField(label=gettext_lazy("名称"), max_length=100)
    sector = forms.CharField(label=gettext_lazy("监管领域（领域特别名录库必填）"), max_length=30, required=False)
    parent = forms.ModelChoiceField(
        label=gettext_lazy("上级名录库（分库必填）"),
        queryset=Register.objects.none(),
        required=False,
        empty_label=gettext_lazy("没有上级"),
    )
    field_order = ("department", "kind", "name", "sector", "parent")

    def __init__(self, *args: Any, departments: QuerySet[Department], **kwargs: Any) -> None:
        super().__init__(*args, departments=departments, **kwargs)
        wholes = Register.objects.filter(department__in=departments).exclude(
            kind__in=[RegisterKind.SUB, RegisterKind.TAG]
        )
        self.fields["parent"].queryset = wholes  # type: ignore[attr-defined]  # a choice field


class CodesForm(ReasonForm):
    """Subjects by their codes, and why they come or go."""

    codes = lines_field(
        gettext_lazy("统一社会信用代码或登记编号"),
        rows=8,
        max_length=600_000,
        help_text=gettext_lazy("一行一个，可以从表格里整列粘贴"),
    )
    field_order = ("codes", "reason")

    def listed(self) -> list[str]:
        """Each code by itself."""
        return lines_of(self.cleaned_data["codes"])


class UnlinkForm(ReasonForm):
    """Why a subject is not for an item although its rule means it."""


class SignalForm(forms.Form):
    """Something on record about a subject."""

    kind = forms.ChoiceField(label=gettext_lazy("种类"), choices=SignalKind.choices)
    since = day_field(gettext_lazy("日期"), help_text=gettext_lazy("列入、受理或决定的那一天"))
    source = forms.CharField(
        label=gettext_lazy("来源"), max_length=100, help_text=gettext_lazy("系统名称或文号，以后可以查到")
    )
    note = forms.CharField(
        label=gettext_lazy("内容（选填）"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )


class SignalFilter(forms.Form):
    """Which of what is on record."""

    kind = forms.ChoiceField(label=gettext_lazy("种类"), required=False, choices=[EVERY, *SignalKind.choices])
    running = forms.ChoiceField(
        label=gettext_lazy("现状"),
        required=False,
        choices=[EVERY, ("1", gettext_lazy("有效")), ("0", gettext_lazy("已移出"))],
    )


class SignalCloseForm(ReasonForm):
    """Taken off: when, and why."""

    until = day_field(gettext_lazy("移出日期"))
    field_order = ("until", "reason")


class MonthField(forms.DateField):
    """A month, kept as its first day."""

    input_formats = ("%Y-%m", "%Y-%m-%d")
    widget = forms.DateInput(attrs={"type": "month"}, format="%Y-%m")


class CreditForm(forms.Form):
    """The class of one month."""

    month = MonthField(label=gettext_lazy("月份"), input_formats=MonthField.input_formats)
    risk = forms.ChoiceField(label=gettext_lazy("信用风险"), choices=Risk.choices)
    source = forms.CharField(label=gettext_lazy("来源"), max_length=100)


class DecisionForm(forms.Form):
    """From when, until when, why."""

    since = day_field(gettext_lazy("开始日"))
    until = day_field(gettext_lazy("结束日"), help_text=gettext_lazy("这一天过后自动失效"))
    reason = forms.CharField(label=gettext_lazy("理由"), max_length=300, widget=forms.Textarea(attrs={"rows": 3}))


class ReliefForm(OwnDepartmentForm, DecisionForm):
    """A decision about one subject."""

    kind = forms.ChoiceField(label=gettext_lazy("种类"), choices=Relief.Kind.choices)
    field_order = ("department", "kind", "since", "until", "reason")


class NoteForm(forms.Form):
    """A note for colleagues."""

    text = forms.CharField(
        label=gettext_lazy("内容"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=gettext_lazy("写下次检查用得着的；不写个人证件号和私事。写下就不能改"),
    )


class VerifyForm(forms.Form):
    """What an entry was compared with."""

    source = forms.CharField(
        label=gettext_lazy("核对依据（选填）"),
        max_length=60,
        required=False,
        help_text=gettext_lazy("例如“登记系统”“实地核对”"),
    )


class LookForm(ReasonForm):
    """Why what is masked is needed."""
