"""What is typed when a result is changed."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from mingcha.domain.draws.models import ReserveReason
from mingcha.domain.registers.models import Inspector

YES, NO = "yes", "no"


class SubstituteForm(forms.Form):
    """Who cannot go, and why. Who goes instead is nobody's choice."""

    leaves = forms.ChoiceField(label=gettext_lazy("不能参加检查的人员"), widget=forms.RadioSelect)
    reason_text = forms.CharField(
        label=gettext_lazy("理由"),
        help_text=gettext_lazy("如回避、病假、调离、执法证到期。内部留存，公开页只写“抽中的人员不能参加检查”"),
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, party: Iterable[tuple[Inspector, str]], **kwargs: Any) -> None:
        """`party` are the people who go now, each with words about them."""
        super().__init__(*args, **kwargs)
        self.people = {str(person.pk): person for person, _words in party}
        self.fields["leaves"].choices = [(str(person.pk), words) for person, words in party]  # type: ignore[attr-defined]  # a ChoiceField

    def clean_leaves(self) -> Inspector:
        return self.people[self.cleaned_data["leaves"]]


class ReserveForm(forms.Form):
    """Why a drawn firm cannot be inspected: one of three reasons."""

    reason = forms.ChoiceField(
        label=gettext_lazy("事由"),
        choices=ReserveReason.choices,
        widget=forms.RadioSelect,
        help_text=gettext_lazy("查无下落不是事由：由两组不同人员各去一次，如实记录结果"),
    )
    reason_text = forms.CharField(
        label=gettext_lazy("说明"),
        help_text=gettext_lazy("写明依据：注销日期和文号、迁往哪里、与哪一户重复。内部留存，公开页只写事由"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class DecisionForm(forms.Form):
    """Yes or no by the button that was pressed; a no says why."""

    agreed = forms.ChoiceField(choices=[(YES, YES), (NO, NO)], widget=forms.HiddenInput, required=True)
    remark = forms.CharField(
        label=gettext_lazy("意见"),
        help_text=gettext_lazy("不同意的，写明理由"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def clean_agreed(self) -> bool:
        return bool(self.cleaned_data["agreed"] == YES)
