"""What is typed about a list as a whole: why it changes, an opinion, why it goes back."""

from collections.abc import Collection, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy
from django_stubs_ext import StrOrPromise

from mingcha.domain.catalogue.models import ChangeReason
from mingcha.domain.catalogue.rules import LONGEST_OPINION
from mingcha.domain.catalogue.rules.inheritance import Offer

NO_REASON = gettext_lazy("还没有选调整原因：选一个原因再保存")


class ChangeForm(forms.Form):
    """Why a list, or one item of it, changes; the reasons are those that the rules of the place know."""

    reason = forms.ChoiceField(
        label=gettext_lazy("调整原因"),
        choices=ChangeReason.choices,
        error_messages={"required": NO_REASON},
    )
    note = forms.CharField(
        label=gettext_lazy("调整依据"),
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=gettext_lazy("写明修订的法律和条款、机构改革文件或监管中的实际情况，批准人会看到"),
    )

    def __init__(self, *args: Any, allowed: Collection[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].choices = reason_choices(allowed)  # type: ignore[attr-defined]  # it is a ChoiceField


def reason_choices(allowed: Collection[str]) -> list[tuple[str, StrOrPromise]]:
    """The reasons to choose from; none is chosen beforehand, or the first would be handed in unread."""
    known = [(code, label) for code, label in ChangeReason.choices if code in allowed]
    return [("", gettext_lazy("选一个原因")), *known]


class OpinionForm(forms.Form):
    """The opinion of a step, on the text that was read (`seen`), in the step that was asked for."""

    step = forms.CharField(widget=forms.HiddenInput, required=False)
    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    opinion = forms.CharField(
        label=gettext_lazy("意见"),
        required=False,
        max_length=LONGEST_OPINION,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("可以不写；写了会记入经过，拟定人看得到"),
    )


class ReturnForm(forms.Form):
    """Why a paper goes back to its drafter."""

    reason = forms.CharField(
        label=gettext_lazy("退回理由"),
        max_length=LONGEST_OPINION,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("写明要改什么，拟定人按这个改"),
    )


class InheritForm(forms.Form):
    """Which items of the upper list are taken over."""

    codes = forms.MultipleChoiceField(required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, offers: Sequence[Offer], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["codes"].choices = [  # type: ignore[attr-defined]  # it is a choice field
            (offer.code, offer.title) for offer in offers if offer.is_open
        ]


class EntryForm(forms.Form):
    """The five things that a joint list says of an item."""

    project = forms.CharField(label=gettext_lazy("抽查项目"), max_length=200)
    basis = forms.CharField(label=gettext_lazy("抽查依据"), widget=forms.Textarea(attrs={"rows": 3}))
    body = forms.CharField(label=gettext_lazy("抽查主体"), max_length=200)
    content = forms.CharField(label=gettext_lazy("抽查内容"), widget=forms.Textarea(attrs={"rows": 3}))
    authority = forms.CharField(
        label=gettext_lazy("执法权限"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("查出问题可以做什么，例如：现场检查、责令改正、行政处罚（《…》第…条）"),
    )
