"""What somebody enters who put a list up on an outlet's own pages."""

from django import forms
from django.utils.translation import gettext_lazy as _


class PostingForm(forms.Form):
    """Where and when."""

    address = forms.CharField(
        label=_("公布地址"),
        max_length=1000,
        help_text=_("打开公布的那一页，从浏览器地址栏整行复制。"),
        widget=forms.TextInput(attrs={"inputmode": "url", "autocomplete": "off"}),
        error_messages={"required": _("没有填公布地址，从浏览器地址栏整行复制")},
    )
    on = forms.DateField(
        label=_("公布日期"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "required": _("没有填公布日期，填实际公布的那一天"),
            "invalid": _("公布日期看不懂，写成 2026-11-26"),
        },
    )
    number = forms.CharField(label=_("渠道给的编号（可不填）"), max_length=1000, required=False)


class CorrectionForm(forms.Form):
    """The address as it should have been."""

    address = PostingForm.base_fields["address"]
