"""What a witness types on a phone."""

from django import forms
from django.utils.translation import gettext_lazy as _

from mingcha.domain.draws.models import Outcome

# 实施意见 name these; none of them is a condition.
CAPACITIES = tuple(
    (word, word)
    for word in (
        _("人大代表"),
        _("政协委员"),
        _("公证人员"),
        _("新闻媒体"),
        _("行业协会"),
        _("企业代表"),
        _("群众代表"),
        _("其他"),
    )
)


class PairingForm(forms.Form):
    """The code on the host's screen."""

    code = forms.CharField(
        label=_("配对码"),
        max_length=12,
        help_text=_("主持人屏幕上的 8 位字符，不分大小写。"),
        error_messages={"required": _("没有填写，照主持人屏幕输入")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )


class SeatForm(forms.Form):
    """Who sits here."""

    pairing_code = forms.CharField(widget=forms.HiddenInput, max_length=12)
    name = forms.CharField(label=_("姓名"), max_length=60)
    unit = forms.CharField(label=_("单位"), max_length=100, help_text=_("没有单位的写“个人”。"))
    capacity = forms.ChoiceField(label=_("身份"), choices=CAPACITIES)


class WitnessSignForm(forms.Form):
    """A witness's word on the result."""

    outcome = forms.ChoiceField(label=_("意见"), choices=Outcome.choices, widget=forms.RadioSelect)
    text = forms.CharField(
        label=_("理由"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("拒绝签字或保留意见时必填，与抽取结果一起公开。"),
    )
