"""What people type during a draw."""

from django import forms
from django.utils.translation import gettext_lazy as _

from mingcha.domain.draws.models import Outcome


class FreezeForm(forms.Form):
    """The head's written reason, where places cannot be filled."""

    unstaffed_reason = forms.CharField(
        label=_("人员不足仍然抽取的理由"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("由部门负责人填写，与抽取结果一起永久公开。没有人员可派的户照样抽取，记为“未派员”。"),
    )


class DiceForm(forms.Form):
    """The twenty digits, as they lie on the table."""

    digits = forms.CharField(
        label=_("20 位数字"),
        max_length=40,
        help_text=_("按骰子从左到右的顺序录入，每 4 位可以空一格。不要看别人录入的数字。"),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )


class SignForm(forms.Form):
    """A seat's word on the result."""

    outcome = forms.ChoiceField(label=_("意见"), choices=Outcome.choices, widget=forms.RadioSelect)
    text = forms.CharField(
        label=_("理由"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("拒绝签字或保留意见时必填，与抽取结果一起公开。"),
    )


class AbortForm(forms.Form):
    """Why a draw should stop."""

    reason = forms.CharField(
        label=_("中止的理由"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("永久公开，不能修改。"),
    )


class UnsealForm(forms.Form):
    """A secret out of a sealed copy; the private key that opened it never leaves the officer's browser."""

    party = forms.SlugField(widget=forms.HiddenInput)
    secret = forms.CharField(
        label=_("密封副本里的随机数"), max_length=80, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
