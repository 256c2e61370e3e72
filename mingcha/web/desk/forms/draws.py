"""What people type for a draw: before the day, in the room, at its end."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from mingcha.domain.draws.models import Outcome
from mingcha.web.shared.capacities import CAPACITIES

MINUTES = "%Y-%m-%dT%H:%M"


def reason_field(label: StrOrPromise) -> forms.CharField:
    """A reason that stays public for ever."""
    return forms.CharField(
        label=label,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("永久公开，不能修改。"),
    )


class AnnounceForm(forms.Form):
    """抽取公告."""

    held_at = forms.DateTimeField(
        label=_("抽取时间"),
        input_formats=[MINUTES],
        widget=forms.DateTimeInput(format=MINUTES, attrs={"type": "datetime-local"}),
        error_messages={"invalid": _("选日期和钟点，例如 2026-11-26 09:30")},
    )
    place = forms.CharField(label=_("地点"), max_length=120, help_text=_("写到房间，例如 县政务服务中心三楼会议室"))
    watching = forms.CharField(
        label=_("旁观方式"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("群众怎样到场或在网上看；没有的可以不填"),
    )
    public_words = forms.CharField(
        label=_("公共随机数的来源"),
        max_length=200,
        required=False,
        help_text=_("可不填。填了的，掷骰时两个人都要录入它，例如 抽取日次日 9:30 后第一期福彩 3D 开奖号码"),
    )


class InviteForm(forms.Form):
    """Somebody asked to witness."""

    name = forms.CharField(label=_("姓名"), max_length=60)
    unit = forms.CharField(label=_("单位"), max_length=100, help_text=_("没有单位的写“个人”。"))
    capacity = forms.ChoiceField(label=_("身份"), choices=CAPACITIES)


class AnswerForm(forms.Form):
    """The office's answer to a citizen who asks for a seat."""

    agreed = forms.TypedChoiceField(
        label=_("答复"),
        choices=(("yes", _("同意，发给邀请")), ("no", _("不同意"))),
        coerce=lambda word: word == "yes",
        widget=forms.RadioSelect,
    )
    remark = forms.CharField(
        label=_("说明"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("不同意的必填；申请人凭受理号可以看到"),
    )


class WithdrawForm(forms.Form):
    """Why an invitation is called off."""

    reason = forms.CharField(
        label=_("撤回的理由"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("写明撤回的理由，受邀人凭邀请码可以看到")},
        help_text=_("受邀人凭邀请码或受理号可以看到。"),
    )


class FreezeForm(forms.Form):
    """The head's written reason, where places cannot be filled; and whom the page named as seated."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    unstaffed_reason = forms.CharField(
        label=_("人员不足仍然抽取的理由"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("由部门负责人填写，与抽取结果一起永久公开。没有人员可派的户照样抽取，记为“未派员”。"),
    )


class CopiesForm(forms.Form):
    """The parties whose sealed copy the officer's browser opened and found true; no secret is among it."""

    parties = forms.CharField(
        widget=forms.HiddenInput,
        max_length=400,
        error_messages={"required": _("还没有核对：先选择私钥文件，等每一份都打勾再确认")},
    )

    def clean_parties(self) -> list[str]:
        return str(self.cleaned_data["parties"]).split()


class DiceForm(forms.Form):
    """The twenty digits as they lie on the table, and the public value where one was announced."""

    digits = forms.CharField(
        label=_("20 位数字"),
        max_length=40,
        help_text=_("按骰子从左到右的顺序录入，每 4 位可以空一格。不要看别人录入的数字。"),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    public_value = forms.CharField(
        label=_("公共随机数"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def ask_for_value(self, words: str) -> None:
        """Ask for the announced public value, or for none."""
        if words:
            self.fields["public_value"].help_text = _("公告的来源：%s。只用数字和字母 a–f。") % words
        else:
            del self.fields["public_value"]


class UnsealForm(forms.Form):
    """A secret out of a sealed copy; the private key that opened it never leaves the officer's browser."""

    party = forms.SlugField(widget=forms.HiddenInput)
    secret = forms.CharField(
        label=_("密封副本里的随机数"), max_length=80, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )


class ShowForm(forms.Form):
    """「找一家企业」."""

    wanted = forms.CharField(label=_("企业名称或代码"), max_length=200)


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

    reason = reason_field(_("中止的理由"))


class VoidForm(forms.Form):
    """Why a draw cannot stand."""

    reason = reason_field(_("宣告无效的理由"))
