"""Who plays a body of the rules."""

from django import forms
from django.utils.translation import gettext_lazy as _

from mingcha.domain.organisation.models import BodyCode, Department


class BodyForm(forms.Form):
    """The body, its sector where it leads one, the department, and how it is reached."""

    code = forms.ChoiceField(label=_("机构"), choices=BodyCode.choices)
    sector = forms.CharField(
        label=_("监管领域"), max_length=30, required=False, help_text=_("只有领域牵头部门填写，例如 消防安全。")
    )
    department = forms.ModelChoiceField(
        label=_("由哪个部门担任"),
        queryset=Department.objects.none(),
        to_field_name="code",
        required=False,
        empty_label=_("没有（在本系统没有账号，以纸质回执为准）"),
    )
    contact = forms.CharField(
        label=_("联系方式"), max_length=200, required=False, help_text=_("科室、电话、报送地址、邮箱，写在报备页上。")
    )
