"""What is typed for departments and the sealing key."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mingcha.domain.organisation.models import Department, Region


class NameForm(forms.Form):
    """What a department is called."""

    name = forms.CharField(label=_("名称"), max_length=100, help_text=_("全称，和公章一致"))
    short_name = forms.CharField(label=_("简称"), max_length=20, help_text=_("列表和表格里用，例如“市监局”"))


class DepartmentForm(NameForm):
    """A new department."""

    code = forms.CharField(
        label=_("简码"),
        max_length=32,
        help_text=_("小写字母开头，只用小写字母、数字、连字符，例如 shijian；用在抽取编号里，登记后不能改"),
    )
    uscc = forms.CharField(label=_("统一社会信用代码"), max_length=18, help_text=_("18 位，登记后不能改"))
    region = forms.ModelChoiceField(label=_("区划"), queryset=Region.objects.none(), empty_label=None)

    def clean_uscc(self) -> str:
        """Letters are often typed small."""
        return str(self.cleaned_data["uscc"]).upper()


class SealingKeyForm(forms.Form):
    """The public half of the discipline body's key; `replaces` is the key that its sender has seen and gives up."""

    key = forms.CharField(
        label=_("公钥"),
        help_text=_("64 位十六进制字符。填公钥，不是私钥文件里的那一行。"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false", "data-public-key": True}),
    )
    replaces = forms.CharField(required=False, widget=forms.HiddenInput())

    def clean_key(self) -> str:
        """As read aloud or copied from a page: groups and capitals mean nothing."""
        return "".join(str(self.cleaned_data["key"]).split()).lower()

    def gives_up(self, department: Department) -> bool:
        """Has the sender seen the key that this one would replace?"""
        given: dict[str, Any] = self.cleaned_data
        return bool(given["replaces"] == department.sealing_key)
