"""What is typed to ask another department for data, and to answer."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mingcha.domain.organisation.models import Department
from mingcha.domain.registers.models import BatchKind, Category, DataRequest, Risk
from mingcha.domain.registers.rules import SHARED_COLUMNS
from mingcha.web.desk.forms.register_life import OwnDepartmentForm, day_field
from mingcha.web.desk.forms.registers import EVERY

NARROWING = ("category", "industry", "area", "risk")


def _choices(register: str, names: list[str] | None = None) -> list[tuple[str, str]]:
    """The columns of a register; those of a person say so."""
    return [
        (name, _("%s（个人信息）") % column.label if column.personal else str(column.label))
        for name, column in SHARED_COLUMNS[register].items()
        if names is None or name in names
    ]


class AskForm(OwnDepartmentForm):
    """Which columns of whose register, for what."""

    owner = forms.ModelChoiceField(
        label=gettext_lazy("向哪个部门申请"),
        queryset=Department.objects.none(),
        empty_label=gettext_lazy("选一个部门"),
    )
    fields_wanted = forms.MultipleChoiceField(
        label=gettext_lazy("需要的字段"),
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("只选用得着的；个人信息要对方点名同意才会提供"),
    )
    category = forms.ChoiceField(
        label=gettext_lazy("只要这一类主体（选填）"), required=False, choices=[EVERY, *Category.choices]
    )
    industry = forms.CharField(label=gettext_lazy("只要行业里含有（选填）"), max_length=60, required=False)
    area = forms.CharField(label=gettext_lazy("只要这个片区（选填）"), max_length=60, required=False)
    risk = forms.ChoiceField(
        label=gettext_lazy("只要这一档信用风险（选填）"), required=False, choices=[EVERY, *Risk.choices]
    )
    purpose = forms.CharField(label=gettext_lazy("用途"), max_length=300, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(
        self, *args: Any, departments: QuerySet[Department], owners: QuerySet[Department], register: str, **kwargs: Any
    ) -> None:
        super().__init__(*args, departments=departments, **kwargs)
        self.fields["owner"].queryset = owners  # type: ignore[attr-defined]  # a choice field
        self.fields["fields_wanted"].choices = _choices(register)  # type: ignore[attr-defined]  # a choice field
        if register != BatchKind.SUBJECTS:
            for name in NARROWING:
                del self.fields[name]

    def asked(self) -> dict[str, Any]:
        """As the action takes it."""
        given = self.cleaned_data
        return {
            "fields": given["fields_wanted"],
            "filters": {name: given[name] for name in NARROWING if given.get(name)},
            "purpose": given["purpose"],
        }


class GrantForm(forms.Form):
    """What is given, and until when."""

    fields_given = forms.MultipleChoiceField(
        label=gettext_lazy("同意提供的字段"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=gettext_lazy("个人信息没有预先勾选：用途确实需要才勾"),
    )
    until = day_field(gettext_lazy("有效期至"), required=False)
    answer = forms.CharField(
        label=gettext_lazy("审批意见（不同意时必填）"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, sent: Any = None, *, request: DataRequest) -> None:
        columns = SHARED_COLUMNS[request.register]
        harmless = [name for name in request.fields if name in columns and not columns[name].personal]
        super().__init__(sent, initial={"fields_given": harmless})
        choices = _choices(request.register, request.fields)
        self.fields["fields_given"].choices = choices  # type: ignore[attr-defined]  # a choice field
