"""What is typed for one person of the roster beside the entry itself, and for pools."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy

from mingcha.domain.catalogue.models import InspectionItem
from mingcha.domain.registers.models import Inspector, Leave, StaffCategory
from mingcha.web.desk.forms.register_life import OwnDepartmentForm, day_field


class DescriptionForm(forms.Form):
    """Category, post, team, what the person may inspect."""

    category = forms.ChoiceField(
        label=gettext_lazy("人员类别"), choices=StaffCategory.choices, widget=forms.RadioSelect
    )
    post = forms.CharField(label=gettext_lazy("岗位（选填）"), max_length=60, required=False)
    team = forms.CharField(
        label=gettext_lazy("执法队伍（选填）"),
        max_length=60,
        required=False,
        help_text=gettext_lazy("综合执法队伍的人员写队伍名称"),
    )
    is_expert = forms.BooleanField(label=gettext_lazy("专家"), required=False)
    phone = forms.CharField(label=gettext_lazy("联系电话（选填）"), max_length=30, required=False)
    item_codes = forms.MultipleChoiceField(
        label=gettext_lazy("可查事项"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("一个也不选就是本部门全部事项；选了的，只在查这些事项的任务里参加抽取"),
    )

    def __init__(self, *args: Any, items: QuerySet[InspectionItem], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(item.code, f"{item.title}（{item.code}）") for item in items]
        if choices:
            self.fields["item_codes"].choices = choices  # type: ignore[attr-defined]  # a choice field
        else:
            del self.fields["item_codes"]


def described(inspector: Inspector) -> dict[str, Any]:
    """What the page shows first."""
    return {name: getattr(inspector, name) for name in DescriptionForm.base_fields}


class QualificationForm(forms.Form):
    """A paper beside the enforcement certificate."""

    name = forms.CharField(label=gettext_lazy("资格"), max_length=60, help_text=gettext_lazy("例如特种设备安全监察员"))
    number = forms.CharField(label=gettext_lazy("证号（选填）"), max_length=60, required=False)
    until = day_field(gettext_lazy("有效期至（选填）"), required=False, help_text=gettext_lazy("留空就是长期有效"))


class LeaveForm(forms.Form):
    """Days on which a person is not drawn."""

    kind = forms.ChoiceField(label=gettext_lazy("事由"), choices=Leave.Kind.choices)
    since = day_field(gettext_lazy("起"))
    until = day_field(gettext_lazy("止"))
    remark = forms.CharField(
        label=gettext_lazy("说明（选填）"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("不写病情等个人隐私"),
    )


class TrainingForm(forms.Form):
    """A training that was held."""

    on = day_field(gettext_lazy("日期"))
    title = forms.CharField(label=gettext_lazy("内容"), max_length=200)
    hours = forms.IntegerField(label=gettext_lazy("学时"), min_value=1, max_value=500)
    passed = forms.BooleanField(label=gettext_lazy("考核合格"), required=False, initial=True)


class PoolForm(OwnDepartmentForm):
    """A new pool."""

    name = forms.CharField(label=gettext_lazy("名称"), max_length=100)
    sector = forms.CharField(label=gettext_lazy("监管领域（选填）"), max_length=30, required=False)


class ProposalForm(forms.Form):
    """A person for a pool, by the roster code."""

    code = forms.CharField(
        label=gettext_lazy("人员的名录编号"),
        max_length=64,
        help_text=gettext_lazy("别的部门的人员，由对方部门告知编号；对方负责人同意后才算入库"),
    )


class AgreementForm(forms.Form):
    """Until when a person is lent."""

    until = day_field(gettext_lazy("借用至（选填）"), required=False, help_text=gettext_lazy("留空就是长期"))
