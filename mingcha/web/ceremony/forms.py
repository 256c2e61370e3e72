"""What a witness types on a phone."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mingcha.domain.draws.models import Outcome
from mingcha.web.shared.capacities import CAPACITIES


def plain_code(typed: str) -> str:
    """A code as it is kept, however it was typed."""
    return typed.replace(" ", "").replace("-", "").upper()


class PairingForm(forms.Form):
    """The code on the host's screen."""

    code = forms.CharField(
        label=_("配对码"),
        max_length=12,
        help_text=_("主持人屏幕上的 8 位字符，不分大小写；有邀请码或受理号的，填它也可以。"),
        error_messages={
            "required": _("没有填写，照主持人屏幕输入"),
            "max_length": _("配对码是 8 位字符，照主持人屏幕重新输入"),
        },
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )


class SeatForm(forms.Form):
    """Who sits here."""

    pairing_code = forms.CharField(widget=forms.HiddenInput, max_length=12)
    given = forms.CharField(widget=forms.HiddenInput, max_length=32, required=False)
    name = forms.CharField(label=_("姓名"), max_length=60)
    unit = forms.CharField(label=_("单位"), max_length=100, help_text=_("没有单位的写“个人”。"))
    capacity = forms.ChoiceField(label=_("身份"), choices=CAPACITIES)


class InvitedForm(forms.Form):
    """Who sits here is on the card already: name, unit and capacity come from the invitation."""

    pairing_code = forms.CharField(widget=forms.HiddenInput, max_length=12)
    given = forms.CharField(widget=forms.HiddenInput, max_length=32, required=False)
    invitation_code = forms.CharField(widget=forms.HiddenInput, max_length=12)


class ObjectionForm(forms.Form):
    """「我有异议」, at every step."""

    text = forms.CharField(
        label=_("异议的内容"),
        max_length=500,
        error_messages={"required": _("写明异议的内容")},
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("当场记录，与抽取结果一起公开；不会停止抽取，也不会重抽。"),
    )


class WitnessSignForm(forms.Form):
    """A witness's word on the result."""

    TICKS = ("words_agree", "digits_agree", "nothing_odd")

    words_agree = forms.BooleanField(label=_("口令一致：主持人读出的与我手机上的相同"), required=False)
    digits_agree = forms.BooleanField(label=_("数字一致：记录的 20 位与桌上的骰子相同"), required=False)
    nothing_odd = forms.BooleanField(label=_("未见异常"), required=False)
    outcome = forms.ChoiceField(label=_("意见"), choices=Outcome.choices, widget=forms.RadioSelect)
    text = forms.CharField(
        label=_("理由"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("拒绝签字或保留意见时必填，与抽取结果一起公开。"),
    )

    def clean(self) -> dict[str, Any]:
        """Whoever signs has looked at all three; whoever has not, keeps a reservation."""
        given: dict[str, Any] = super().clean() or {}
        if given.get("outcome") == Outcome.SIGNED:
            for name in self.TICKS:
                if not given.get(name):
                    self.add_error(name, _("签字确认前核对并勾选；有不符的，选“保留意见”并写明"))
        return given

    @property
    def ticks(self) -> list[forms.BoundField]:
        """The three things to look at before signing."""
        return [self[name] for name in self.TICKS]

    @property
    def word(self) -> dict[str, str]:
        """What is kept: the outcome and its reason."""
        return {name: self.cleaned_data[name] for name in ("outcome", "text")}
