"""What is typed for one entry of a register."""

from datetime import datetime
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext, gettext_lazy
from django_stubs_ext import StrOrPromise

from mingcha.domain.organisation.models import Department, User
from mingcha.domain.registers.models import AvoidanceReason, Category, CodeType, Inspector, Risk, Subject
from mingcha.domain.registers.rules import EVERYWHERE, masked_contact, masked_phone
from mingcha.web.desk.forms.registers import ReasonForm

BY_CODE = ("", gettext_lazy("按编号判断"))
NO_DATE = gettext_lazy("不是日期，写成 2026-11-23 的样子")


def _day(label: StrOrPromise, **more: Any) -> forms.DateField:
    return forms.DateField(
        label=label,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": NO_DATE, "required": gettext_lazy("没有填，补上后再提交")},
        **more,
    )


def _needed(label: StrOrPromise, **more: Any) -> forms.CharField:
    return forms.CharField(label=label, error_messages={"required": gettext_lazy("没有填，补上后再提交")}, **more)


class SubjectForm(forms.Form):
    """What the register says of a firm."""

    name = _needed(gettext_lazy("名称"), max_length=200, help_text=gettext_lazy("照营业执照写"))
    kind = forms.CharField(label=gettext_lazy("类型（选填）"), max_length=60, required=False)
    industry = forms.CharField(label=gettext_lazy("行业（选填）"), max_length=60, required=False)
    area = forms.CharField(
        label=gettext_lazy("片区代码（选填）"),
        max_length=64,
        required=False,
        help_text=gettext_lazy("抽取时按片区派人，要与人员名录里的片区代码一致"),
    )
    address = forms.CharField(label=gettext_lazy("地址（选填）"), max_length=300, required=False)
    established_on = _day(gettext_lazy("成立日期（选填）"), required=False)
    is_foreign = forms.BooleanField(label=gettext_lazy("涉外"), required=False)
    risk = forms.ChoiceField(
        label=gettext_lazy("信用风险"), required=False, choices=[("", gettext_lazy("没有分类")), *Risk.choices]
    )
    category = forms.ChoiceField(label=gettext_lazy("主体大类"), required=False, choices=[BY_CODE, *Category.choices])
    code_type = forms.ChoiceField(
        label=gettext_lazy("编号种类"),
        required=False,
        choices=[BY_CODE, *CodeType.choices],
        help_text=gettext_lazy("编号的样子和种类对不上时照样收下，在名录里提醒"),
    )
    source = forms.CharField(
        label=gettext_lazy("来源（选填）"),
        max_length=60,
        required=False,
        help_text=gettext_lazy("例如市场主体登记、住建局推送"),
    )
    verified_on = _day(gettext_lazy("核对日期（选填）"), required=False)
    contact = forms.CharField(
        label=gettext_lazy("联络员（选填）"), max_length=60, required=False, help_text=gettext_lazy("各处只显示姓")
    )
    phone = forms.CharField(
        label=gettext_lazy("联系电话（选填）"),
        max_length=30,
        required=False,
        help_text=gettext_lazy("各处只显示掩码；看全部要写理由，并留痕"),
    )


class NewSubjectForm(SubjectForm):
    """A firm that is not in the register yet."""

    code = _needed(
        gettext_lazy("统一社会信用代码"),
        max_length=64,
        help_text=gettext_lazy("没有的填登记编号；登记以后不能改，不填身份证号"),
    )
    department = forms.ModelChoiceField(
        label=gettext_lazy("登记的部门"),
        queryset=Department.objects.none(),
        empty_label=None,
        help_text=gettext_lazy("进入这个部门所在区划的名录"),
    )
    field_order = ("department", "code_type", "code", "name", "category")

    def __init__(self, *args: Any, departments: QuerySet[Department], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["department"].queryset = departments  # type: ignore[attr-defined]  # a choice field
        self.fields["code"].label = gettext_lazy("编号")


class InspectorForm(forms.Form):
    """What the roster says of a person."""

    name = _needed(gettext_lazy("姓名"), max_length=60)
    certificate_no = _needed(gettext_lazy("执法证号"), max_length=60)
    certificate_until = _day(
        gettext_lazy("执法证有效期至"), help_text=gettext_lazy("过期的可以登记，换证以前不参加抽取")
    )
    areas = forms.CharField(
        label=gettext_lazy("片区（选填）"),
        max_length=600,
        required=False,
        help_text=gettext_lazy("可去的片区代码，用逗号分开；留空就是都可以去"),
    )
    skills = forms.CharField(
        label=gettext_lazy("专业（选填）"), max_length=300, required=False, help_text=gettext_lazy("用逗号分开")
    )


class NewInspectorForm(InspectorForm):
    """A person who is not in the roster yet."""

    code = _needed(
        gettext_lazy("名录编号"),
        max_length=64,
        help_text=gettext_lazy("抽取和公开时用它指这个人，登记以后不能改；不填身份证号"),
    )
    department = forms.ModelChoiceField(
        label=gettext_lazy("部门"), queryset=Department.objects.none(), empty_label=None
    )
    field_order = ("department", "code")

    def __init__(self, *args: Any, departments: QuerySet[Department], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["department"].queryset = departments  # type: ignore[attr-defined]  # a choice field


class AmendingForm(ReasonForm):
    """Why an entry is corrected, and which state of it was on the screen."""

    seen = forms.DateTimeField(
        widget=forms.HiddenInput,
        error_messages={
            "required": gettext_lazy("页面不完整，重新打开再改"),
            "invalid": gettext_lazy("页面不完整，重新打开再改"),
        },
    )

    def content(self) -> dict[str, Any]:
        """As the amending actions take it: the entry apart from why and when seen."""
        entry = dict(self.cleaned_data)
        reason, seen = entry.pop("reason"), entry.pop("seen")
        assert isinstance(seen, datetime)
        return {"entry": entry, "reason": reason, "seen": seen}


class AmendSubjectForm(AmendingForm, SubjectForm):
    """What is on record of a person is not shown here: what stays empty stays as it is, 无 takes it away."""

    PERSONAL = ("contact", "phone")
    KEPT_WHEN_EMPTY = (*PERSONAL, "category", "code_type")
    NOTHING = "无"
    field_order = (*SubjectForm.base_fields, "reason", "seen")

    def __init__(self, *args: Any, subject: Subject, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kept = {"contact": masked_contact(subject.contact), "phone": masked_phone(subject.phone)}
        for name, masked in kept.items():
            if masked:
                words = gettext("现在是 %s；留空就不改，填“无”就删去") % masked
                self.fields[name].help_text = words

    def content(self) -> dict[str, Any]:
        given = super().content()
        for name in self.KEPT_WHEN_EMPTY:
            if not given["entry"][name]:
                del given["entry"][name]
            elif given["entry"][name] == self.NOTHING:
                given["entry"][name] = ""
        return given


class AmendInspectorForm(AmendingForm, InspectorForm):
    field_order = (*InspectorForm.base_fields, "reason", "seen")


def initial_of(row: Subject | Inspector, form: type[forms.Form]) -> dict[str, Any]:
    """What an amending page shows first."""
    hidden = getattr(form, "PERSONAL", ())
    shown = {name: getattr(row, name) for name in form.base_fields if hasattr(row, name) and name not in hidden}
    shown["seen"] = row.changed_at
    if shown.get("areas") == EVERYWHERE:
        shown["areas"] = ""
    return shown


class AccountChoice(forms.ModelChoiceField):
    def label_from_instance(self, user: User) -> str:
        return user.label


class LoginForm(forms.Form):
    """Which account this person signs in with."""

    user = AccountChoice(
        label=gettext_lazy("账号"),
        queryset=User.objects.none(),
        empty_label=gettext_lazy("选一个账号"),
        help_text=gettext_lazy("只列出本部门有“执法检查人员”角色、还没有关联别人的账号"),
        error_messages={
            "required": gettext_lazy("没有选账号"),
            "invalid_choice": gettext_lazy("这个账号已经关联了别人，或者不再是本部门的执法检查人员账号；另选一个"),
        },
    )

    def __init__(self, *args: Any, accounts: QuerySet[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["user"].queryset = accounts  # type: ignore[attr-defined]  # a choice field


class AvoidanceForm(ReasonForm):
    """Which firm a person must not inspect, and why."""

    code = _needed(gettext_lazy("检查对象的统一社会信用代码"), max_length=64)
    kind = forms.ChoiceField(
        label=gettext_lazy("事由种类"), choices=AvoidanceReason.choices, initial=AvoidanceReason.OTHER, required=False
    )
    field_order = ("code", "kind", "reason")


class DisputeForm(forms.Form):
    """A dispute of a firm with a department."""

    department = forms.ModelChoiceField(
        label=gettext_lazy("部门"), queryset=Department.objects.none(), empty_label=None
    )
    since = _day(gettext_lazy("开始日"))
    reason = forms.CharField(
        label=gettext_lazy("事由"),
        help_text=gettext_lazy("写明哪一件复议、诉讼，例如案号；只有本部门经办看得到，对外只公布“有未结争议”"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, departments: QuerySet[Department], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["department"].queryset = departments  # type: ignore[attr-defined]  # a choice field


class DisputeEndForm(forms.Form):
    """When it was over."""

    on = _day(gettext_lazy("结束日"))
