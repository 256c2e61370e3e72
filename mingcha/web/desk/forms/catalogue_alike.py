"""What is typed about items that look alike: why they stay apart, or the one project they become."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mingcha.domain.catalogue.models import InspectionItem
from mingcha.domain.catalogue.rules.alike import LONGEST_REASON, fields_together


class ApartForm(forms.Form):
    """Why two items are not brought together."""

    reason = forms.CharField(
        label=gettext_lazy("不整合的理由"),
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("例如：对象不同、查的内容不同；写明后这一对不再提示"),
    )


class TogetherForm(forms.Form):
    """One project of several departments: its name and content, and what each of them may do."""

    items = forms.MultipleChoiceField(
        label=gettext_lazy("列入的事项"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("还没有选事项，至少选两个部门的")},
    )
    project = forms.CharField(
        label=gettext_lazy("抽查项目"), max_length=200, help_text=gettext_lazy("整合后用一个名称，各部门一起查")
    )
    content = forms.CharField(label=gettext_lazy("抽查内容"), widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, chosen: Sequence[InspectionItem], more: Sequence[InspectionItem], **kw: Any) -> None:
        """`chosen` are ticked to begin with, `more` may be."""
        self.offered = [*chosen, *more]
        super().__init__(*args, **kw)
        ticked = [str(item.pk) for item in chosen]
        self.initial = {**self.initial, **fields_together(chosen), "items": ticked}
        self.fields["items"].choices = [  # type: ignore[attr-defined]  # it is a choice field
            (str(item.pk), f"{item.item_list.department.short_name}：{item.title}") for item in self.offered
        ]
        for item in self.offered:
            self.fields[f"authority_{item.pk}"] = forms.CharField(
                label=_("%s的执法权限") % item.item_list.department.short_name,
                required=False,
                max_length=300,
                widget=forms.Textarea(attrs={"rows": 2}),
                help_text=_("“%(title)s”查出问题可以做什么：现场检查、责令改正、行政处罚等，写到条款")
                % {"title": item.title}
                if len(self.offered) > len(chosen)
                else _("查出问题可以做什么，例如：现场检查、责令改正、行政处罚（《…》第…条）"),
            )

    def chosen_items(self) -> list[InspectionItem]:
        """The items that were ticked."""
        wanted = set(self.cleaned_data["items"])
        return [item for item in self.offered if str(item.pk) in wanted]

    def authorities(self) -> dict[int, str]:
        """What was said of each department's powers, by the key of its item."""
        return {item.pk: self.cleaned_data.get(f"authority_{item.pk}", "") for item in self.offered}
