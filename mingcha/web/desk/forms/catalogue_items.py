"""What is typed for an item, in four groups: what must be said first."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_stubs_ext import StrOrPromise

from mingcha.domain.catalogue.models import InspectionItem, ItemClass, KeySector, Method, Mode
from mingcha.domain.catalogue.rules import COMPARED, LOCKED, OUTSIDE, CheckpointText, checkpoint_text
from mingcha.domain.policy.rules import Clause

PHOTO = "照片"
CRITERION, ARTICLE = "标准：", "条款："
BAR = "|"


class CheckpointsField(forms.CharField):
    """One line a checkpoint, its parts between bars; what is wrong is said line by line."""

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
    text, *parts = (part.strip() for part in line.replace("｜", BAR).split(BAR))
    if not text:
        raise ValueError(_("缺要点，写明看什么"))
    said: dict[str, str] = {}
    for part in filter(None, parts):
        name, value = _part(part)
        if name in said:
            raise ValueError(_("“%s”不知道是什么：一行只写一段操作要领、一段“标准：”、一段“条款：”和“照片”") % part)
        said[name] = value
    return CheckpointText(
        text, said.get("guidance", ""), "photo" in said, said.get("criterion", ""), said.get("article", "")
    )


def _part(part: str) -> tuple[str, str]:
    """Which part of a checkpoint this is: by its first word, else how to look."""
    plain = part.replace(":", "：", 1) if part[:3] in ("标准:", "条款:") else part
    if plain == PHOTO:
        return "photo", plain
    if plain.startswith(CRITERION):
        return "criterion", plain.removeprefix(CRITERION).strip()
    if plain.startswith(ARTICLE):
        return "article", plain.removeprefix(ARTICLE).strip()
    return "guidance", part


def line_of(point: CheckpointText) -> str:
    """The same line back; a bar or a line break inside a text gives way."""
    parts = [
        point.text,
        point.guidance,
        f"{CRITERION}{point.criterion}" if point.criterion else "",
        f"{ARTICLE}{point.article}" if point.article else "",
        PHOTO if point.photo_required else "",
    ]
    return f" {BAR} ".join(" ".join(part.replace(BAR, "／").split()) for part in parts if part)


class Group(NamedTuple):
    """Fields that belong together, under a heading."""

    heading: StrOrPromise
    hint: StrOrPromise
    fields: list[BoundField]


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
        help_text=gettext_lazy("写到条：《中华人民共和国消防法》第十六条。没有依据的事项不能提交"),
    )
    object_kind = forms.CharField(label=gettext_lazy("检查对象"), max_length=200)
    method = forms.ChoiceField(label=gettext_lazy("检查方式"), choices=Method.choices)
    checkpoints = CheckpointsField(
        label=gettext_lazy("检查要点"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text=gettext_lazy(
            "一行一条，各段用竖线隔开：要点 | 操作要领 | 标准：怎样算符合 | 条款：第几条 | 照片。"
            "后几段可以不写；写了“照片”，现场须拍照。没有要点的事项不能提交"
        ),
    )
    ratio_text = forms.CharField(
        label=gettext_lazy("抽查比例"),
        required=False,
        max_length=60,
        help_text=gettext_lazy("照清单原样写：3%、2‰、不低于5%、市局30%县局每月"),
    )
    frequency_text = forms.CharField(
        label=gettext_lazy("抽查频次"),
        required=False,
        max_length=60,
        help_text=gettext_lazy("照清单原样写：每年1次、1-2次、>=1"),
    )
    mode = forms.ChoiceField(
        label=gettext_lazy("监管方式"),
        choices=Mode.choices,
        required=False,
        help_text=gettext_lazy("法律法规规定的检查事项原则上都用双随机"),
    )
    mode_reason = forms.CharField(
        label=gettext_lazy("不纳入双随机的理由和依据"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("监管方式不是双随机时填写，写到文件和条款"),
    )
    further_methods = forms.MultipleChoiceField(
        label=gettext_lazy("其他检查方式"),
        choices=Method.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    content = forms.CharField(label=gettext_lazy("检查内容"), required=False, widget=forms.Textarea(attrs={"rows": 3}))
    sub_items = forms.CharField(
        label=gettext_lazy("子项"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("一行一个；没有就空着"),
    )
    sector = forms.CharField(
        label=gettext_lazy("监管领域"),
        required=False,
        max_length=30,
        help_text=gettext_lazy("联查清单和领域牵头部门按它归集，例如：市场监管、生态环境"),
    )
    key_sector = forms.ChoiceField(
        label=gettext_lazy("重点领域"), required=False, choices=[("", gettext_lazy("不属于")), *KeySector.choices]
    )
    outside_code = forms.CharField(
        label=gettext_lazy("国家事项编码"),
        required=False,
        max_length=40,
        help_text=gettext_lazy("“互联网+监管”系统里的编码，核对时按它对应"),
    )
    inspecting_body = forms.CharField(
        label=gettext_lazy("检查主体"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("空着就是本部门"),
    )
    office = forms.CharField(label=gettext_lazy("责任科室"), required=False, max_length=60)
    personnel = forms.CharField(
        label=gettext_lazy("人员要求"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("例如：持行政执法证，两人以上，其中一人有注册安全工程师资格"),
    )
    required_skill = forms.CharField(
        label=gettext_lazy("所需专业"),
        required=False,
        max_length=60,
        help_text=gettext_lazy("人员名录库里的专业代码，例如 food、fire；空着就是谁都可以查"),
    )

    def __init__(self, *args: Any, sectors: Sequence[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        present = str(self.initial.get("sector", ""))
        if sectors:  # the rules of the place name them: one is chosen, none is made up
            names = dict.fromkeys([*sectors, present] if present else sectors)
            self.fields["sector"] = forms.ChoiceField(
                label=self.fields["sector"].label,
                required=False,
                choices=[("", _("不属于")), *((name, name) for name in names)],
                help_text=self.fields["sector"].help_text,
            )

    GROUPS = (
        (
            gettext_lazy("先填这些"),
            gettext_lazy("依据和要点可以先空着，提交前要补齐。"),
            (
                "code",
                "title",
                "item_class",
                "market_regulation",
                "legal_basis",
                "object_kind",
                "method",
                "checkpoints",
            ),
        ),
        (
            gettext_lazy("查多少、怎么查"),
            gettext_lazy("比例和频次按清单的原话保存，能读懂的另外换算成数字。"),
            ("ratio_text", "frequency_text", "mode", "mode_reason", "further_methods"),
        ),
        (gettext_lazy("内容和归类"), "", ("content", "sub_items", "sector", "key_sector", "outside_code")),
        (gettext_lazy("谁来查"), "", ("inspecting_body", "office", "personnel", "required_skill")),
    )

    def groups(self) -> list[Group]:
        """The fields as the page lays them out."""
        return [
            Group(heading, hint, [self[name] for name in names if name in self.fields])
            for heading, hint, names in self.GROUPS
        ]

    def lock(self, item: InspectionItem, closed: Clause | None) -> None:
        """Show, but do not take, what the upper list or the superior system rules over."""
        locked = dict.fromkeys(OUTSIDE, _("以上级系统为准：%s") % closed.place) if closed is not None else {}
        if item.inherited_from is not None:
            locked |= dict.fromkeys(LOCKED, _("沿用%s，上级清单调整后再更新") % item.inherited_from.item_list)
        for name, why in locked.items():
            self.fields[name].disabled = True
            self.fields[name].help_text = why

    def clean_mode(self) -> str:
        """Left out, it is the random one."""
        return str(self.cleaned_data["mode"] or Mode.RANDOM)


class ItemDraftForm(ItemForm):
    """A new item: its code is given once."""

    code = forms.CharField(
        label=gettext_lazy("事项编码"),
        max_length=40,
        help_text=gettext_lazy("字母、数字、“-”和“_”；以后各版沿用，不能改"),
    )
    field_order = ("code",)


def initial_of(item: InspectionItem) -> dict[str, Any]:
    """An item as its form shows it."""
    points = [checkpoint_text(point) for point in item.checkpoints.all()]
    return {name: getattr(item, name) for name in COMPARED} | {"checkpoints": "\n".join(map(line_of, points))}
