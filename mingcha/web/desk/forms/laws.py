"""What is typed for a law, its repeal, and the articles an item rests on."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy

from mingcha.domain.catalogue.models import Law, LawLevel
from mingcha.domain.organisation.models import Region


def day_input() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class LawForm(forms.Form):
    """One version of a law."""

    title = forms.CharField(
        label=gettext_lazy("名称"), max_length=200, help_text=gettext_lazy("不用写书名号，例如：中华人民共和国消防法")
    )
    level = forms.ChoiceField(label=gettext_lazy("位阶"), choices=LawLevel.choices)
    document_no = forms.CharField(
        label=gettext_lazy("文号"), required=False, max_length=100, help_text=gettext_lazy("例如：主席令第八十一号")
    )
    effective_on = forms.DateField(
        label=gettext_lazy("施行日期"), widget=day_input(), help_text=gettext_lazy("修订过的，写这一版的施行日期")
    )
    region = forms.ModelChoiceField(
        label=gettext_lazy("适用区划"),
        queryset=Region.objects.none(),
        required=False,
        empty_label=gettext_lazy("全国"),
        help_text=gettext_lazy("只有地方性法规和地方政府规章要选"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["region"].queryset = Region.objects.all()  # type: ignore[attr-defined]  # a choice of rows


class RepealForm(forms.Form):
    """When a law ends, on which paper, what follows it."""

    on = forms.DateField(
        label=gettext_lazy("废止日期"),
        widget=day_input(),
        help_text=gettext_lazy("从这一天起不再有效；可以提前登记，到日子自动冻结"),
    )
    basis = forms.CharField(
        label=gettext_lazy("废止依据"), max_length=300, help_text=gettext_lazy("哪个机关哪一年第几号令")
    )
    replaced_by = forms.ModelChoiceField(
        label=gettext_lazy("替代为"),
        queryset=Law.objects.none(),
        required=False,
        empty_label=gettext_lazy("没有替代"),
        help_text=gettext_lazy("新的一部先登记好，再在这里选"),
    )

    def __init__(self, *args: Any, law: Law, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = Law.objects.exclude(pk=law.pk).filter(repealed_on=None).order_by("title", "-effective_on")
        self.fields["replaced_by"].queryset = others  # type: ignore[attr-defined]  # a choice of rows


class BasisForm(forms.Form):
    """One article under an item."""

    law = forms.ModelChoiceField(label=gettext_lazy("法律法规规章"), queryset=Law.objects.none())
    article = forms.CharField(
        label=gettext_lazy("条款"), max_length=60, help_text=gettext_lazy("写到条，例如：第十六条第一款")
    )

    def __init__(self, *args: Any, laws: QuerySet[Law], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["law"].queryset = laws  # type: ignore[attr-defined]  # a choice of rows


class ThawForm(forms.Form):
    """Why a frozen item may be inspected again."""

    because = forms.CharField(
        label=gettext_lazy("解冻理由"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("改挂了哪部法的哪一条，或这一项另有哪一条依据"),
    )
