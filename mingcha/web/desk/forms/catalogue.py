"""What is typed for an item and for the change of a list."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mingcha.domain.catalogue.models import ChangeReason, InspectionItem, ItemClass, Method
from mingcha.domain.catalogue.rules import COMPARED, CheckpointText

PHOTO = "照片"
PARTS = 3


class CheckpointsField(forms.CharField):
    """One line a checkpoint: 要点 | 操作要领 | 照片; what is wrong is said line by line."""

    widget = forms.Textarea

    def clean(self, value: Any) -> list[CheckpointText]:
        checkpoints, faults = [], []
        for number, line in enumerate(super().clean(value).splitlines(), start=1):
            if line.strip():
                try:
                    checkpoints.append(checkpoint_of(line))
                except ValueError as fault:
                    faults.append(_("第 %(number)d 行：%(fault)s") % {"number": number, "fault": fault})
        if faults:
            raise ValidationError(faults)
        return checkpoints


def checkpoint_of(line: str) -> CheckpointText:
    """Read one line; ValueError says in Chinese what is wrong with it."""
    parts = [part.strip() for part in line.replace("｜", "|").split("|")]
    if len(parts) > PARTS:
        raise ValueError(_("竖线太多，一行最多三段：要点 | 操作要领 | 照片"))
    text, guidance, photo = (*parts, "", "")[:PARTS]
    if not text:
        raise ValueError(_("缺要点，写明看什么"))
    if photo not in ("", PHOTO):
        raise ValueError(_("第三段只能写“照片”或留空，现在是“%s”") % photo)
    return text, guidance, photo == PHOTO


def line_of(checkpoint: CheckpointText) -> str:
    """The same line back; a bar or a line break inside a text gives way."""
    text, guidance, photo = checkpoint
    parts = [" ".join(part.replace("|", "／").split()) for part in (text, guidance)] + [PHOTO if photo else ""]
    return " | ".join(parts).rstrip(" |")


class ItemForm(forms.Form):
    """An item as it stands on a list."""

    title = forms.CharField(label=gettext_lazy("事项名称"), max_length=200)
    item_class = forms.ChoiceField(
        label=gettext_lazy("类别"),
        choices=ItemClass.choices,
        help_text=gettext_lazy("重点：涉及安全、质量、公共利益等领域，抽查比例不设上限；一般：比例设上限"),
    )
    market_regulation = forms.BooleanField(label=gettext_lazy("属于市场监管领域"), required=False)
    legal_basis = forms.CharField(
        label=gettext_lazy("检查依据"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("写到条：《中华人民共和国消防法》第十六条。没有依据的事项不能施行"),
    )
    object_kind = forms.CharField(label=gettext_lazy("检查对象"), max_length=200)
    method = forms.ChoiceField(label=gettext_lazy("检查方式"), choices=Method.choices)
    content = forms.CharField(label=gettext_lazy("检查内容"), required=False, widget=forms.Textarea(attrs={"rows": 3}))
    ratio_text = forms.CharField(
        label=gettext_lazy("抽查比例"), required=False, max_length=60, help_text=gettext_lazy("例如：不低于5%")
    )
    frequency_text = forms.CharField(
        label=gettext_lazy("抽查频次"), required=False, max_length=60, help_text=gettext_lazy("例如：每年1次")
    )
    checkpoints = CheckpointsField(
        label=gettext_lazy("检查要点"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text=gettext_lazy(
            "一行一条：要点 | 操作要领 | 照片。后两段可以不写；写了“照片”，现场须拍照。没有要点的事项不能施行"
        ),
    )


class ItemDraftForm(ItemForm):
    """A new item: its code is given once."""

    code = forms.CharField(
        label=gettext_lazy("事项编码"),
        max_length=40,
        help_text=gettext_lazy("字母、数字、“-”和“_”；以后各版沿用，不能改"),
    )
    field_order = ("code",)


class ChangeForm(forms.Form):
    """Why a list changes."""

    reason = forms.ChoiceField(label=gettext_lazy("调整原因"), choices=ChangeReason.choices)
    note = forms.CharField(
        label=gettext_lazy("调整依据"),
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=gettext_lazy("写明修订的法律和条款、机构改革文件或监管中的实际情况，批准人会看到"),
    )


def initial_of(item: InspectionItem) -> dict[str, Any]:
    """An item as its form shows it."""
    points = [(point.text, point.guidance, point.photo_required) for point in item.checkpoints.all()]
    return {name: getattr(item, name) for name in COMPARED} | {"checkpoints": "\n".join(map(line_of, points))}
