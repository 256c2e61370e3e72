"""What is typed and chosen for the two registers."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_stubs_ext import StrOrPromise

from mingcha.domain.registers.models import Category, Inspector, Register, Risk, SignalKind, Subject
from mingcha.domain.registers.queries import ANY, Wanted
from mingcha.domain.registers.rules import words_of
from mingcha.domain.registers.rules.industry_names import Industries, industries_of

EVERY = ("", gettext_lazy("全部"))
NAMED = 3  # industries that a hint names one by one
YES_NO = (EVERY, ("1", gettext_lazy("是")), ("0", gettext_lazy("否")))


def _choice(label: StrOrPromise, choices: Iterable[Any]) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, required=False, choices=[EVERY, *choices])


def _text(label: StrOrPromise, longest: int, **more: Any) -> forms.CharField:
    return forms.CharField(label=label, required=False, max_length=longest, **more)


def _understood(industries: Industries, typed: str) -> str:
    """Which industries a word was taken for, or why for none."""
    number = len(industries.named)
    if industries.is_too_wide:
        told = {"typed": typed, "n": number}
        return _("名称里有“%(typed)s”的行业有 %(n)d 类，太多，没有查；多写几个字，或写代码") % told
    if not number:
        return _("没有叫“%s”的行业，只查登记时就这样写的；换一个词，或写代码") % typed
    if number <= NAMED:
        return _("按%s查") % "、".join(f"“{name}”" for name in industries.named)
    return _("按“%(first)s”等 %(n)d 类行业查") % {"first": industries.named[0], "n": number}


class SubjectFilter(forms.Form):
    """Every field may stay empty; the first four are always seen, the others behind 展开."""

    ALWAYS: tuple[str, ...] = ("q", "state", "category", "industry")

    q = _text(gettext_lazy("名称、代码或拼音首字母"), 100)
    state = _choice(gettext_lazy("状态"), Subject._meta.get_field("state").flatchoices)
    category = _choice(gettext_lazy("主体大类"), Category.choices)
    address = _text(gettext_lazy("地址里的字"), 100)
    risk = _choice(gettext_lazy("信用风险"), Risk.choices)
    area = _text(gettext_lazy("片区代码"), 64)
    industry = _text(gettext_lazy("行业（名称里的字或代码）"), 60)
    foreign = forms.ChoiceField(label=gettext_lazy("涉外"), required=False, choices=YES_NO)
    register = forms.ModelChoiceField(
        label=gettext_lazy("名录库或标签"), required=False, queryset=Register.objects.none(), empty_label=EVERY[1]
    )
    item = _text(gettext_lazy("关联的事项编码"), 40)
    signal = _choice(gettext_lazy("监管信息"), [(ANY, gettext_lazy("有任何一种")), *SignalKind.choices])
    since = forms.DateField(
        label=gettext_lazy("这一天以来有变动"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    doubtful = forms.BooleanField(label=gettext_lazy("只看有提醒的"), required=False)

    def __init__(self, *args: Any, registers: QuerySet[Register], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["register"].queryset = registers  # type: ignore[attr-defined]  # a choice field
        self.is_valid()  # a filter that makes no sense narrows nothing; whoever acts on it asks `is_understood`
        self.industries = industries_of(self.text("industry"))
        if self.industries is not None:
            self["industry"].help_text = _understood(self.industries, self.text("industry"))

    def clean_q(self) -> str:
        """Stops and dashes alone are no name: looked for, they would leave everybody."""
        asked = str(self.cleaned_data["q"])
        if asked and words_of(asked) is None:
            raise forms.ValidationError(_("里面没有可查的字，写名称、代码或拼音首字母"))
        return asked

    @property
    def why_nobody(self) -> str:
        """Why the industry alone leaves nobody, or next to nobody; empty where it is one that there is."""
        missed = self.industries is not None and (self.industries.is_too_wide or not self.industries.named)
        return str(self["industry"].help_text) if missed else ""

    @property
    def is_understood(self) -> bool:
        """Does every part of it narrow what it says?"""
        return not self.errors

    def first(self) -> list[forms.BoundField]:
        """The fields that are always seen."""
        return [self[name] for name in self.ALWAYS]

    def rest(self) -> list[forms.BoundField]:
        """The fields behind 展开."""
        return [self[name] for name in self.fields if name not in self.ALWAYS]

    def is_open(self) -> bool:
        """Is one of the fields behind 展开 in use, or to be mended?"""
        return any(
            self.cleaned_data.get(name) or name in self.errors for name in self.fields if name not in self.ALWAYS
        )

    def text(self, name: str) -> str:
        """A text field as typed, without spaces around it."""
        return str(self.cleaned_data.get(name) or "").strip()

    def wanted(self) -> Wanted:
        """As the queries take it; text and address are looked for apart."""
        asked = self.cleaned_data
        return Wanted(
            state=self.text("state"),
            category=self.text("category"),
            risk=self.text("risk"),
            area=self.text("area"),
            industries=self.industries.starts if self.industries is not None else None,
            foreign={"1": True, "0": False}.get(self.text("foreign")),
            register=asked.get("register"),
            item=self.text("item"),
            signal=self.text("signal"),
            since=asked.get("since"),
            doubtful=bool(asked.get("doubtful")),
        )

    def as_query(self) -> str:
        """What was understood, as an address holds it; nothing else of the address is kept."""
        kept = {name: str(self.data.get(name, "")).strip() for name in self.fields if self.cleaned_data.get(name)}
        return urlencode(kept)


class StructureFilter(SubjectFilter):
    """What the distribution is narrowed to: those of the list's filters by which it makes sense to count."""

    ALWAYS = ("category", "risk", "register", "foreign", "industry", "area")
    q = state = address = item = signal = since = doubtful = None  # type: ignore[assignment]  # no such fields here


class InspectorFilter(forms.Form):
    """Every field may stay empty."""

    q = forms.CharField(label=gettext_lazy("姓名或编号"), required=False, max_length=60)
    state = forms.ChoiceField(
        label=gettext_lazy("状态"), required=False, choices=[EVERY, *Inspector._meta.get_field("state").flatchoices]
    )


class ColumnsForm(forms.Form):
    """Which columns the list shows, and how close its rows stand."""

    columns = forms.MultipleChoiceField(
        label=gettext_lazy("显示哪些列"),
        help_text=gettext_lazy("名称总是第一列；一列都不选就回到默认的列"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    dense = forms.BooleanField(
        label=gettext_lazy("紧凑"), help_text=gettext_lazy("行距小，一页 100 户"), required=False
    )

    def __init__(self, *args: Any, columns: Iterable[tuple[str, StrOrPromise]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["columns"].choices = list(columns)  # type: ignore[attr-defined]  # a choice field


class ViewForm(forms.Form):
    """A name for what the list shows now."""

    name = forms.CharField(
        label=gettext_lazy("名称"),
        max_length=40,
        error_messages={"required": gettext_lazy("没有填名称，例如“高风险企业”")},
    )
    is_shared = forms.BooleanField(label=gettext_lazy("本部门的人都能用"), required=False)


class ReasonForm(forms.Form):
    """Why a state is changed."""

    reason = forms.CharField(
        label=gettext_lazy("理由"),
        max_length=200,
        help_text=gettext_lazy("记入经过，不公开"),
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": gettext_lazy("没有写理由，补上后再提交")},
    )


class FillForm(ReasonForm):
    """Putting in whatever a filter leaves: who has ended only on purpose, and why."""

    field_order = ("with_closed", "reason")

    with_closed = forms.BooleanField(label=gettext_lazy("连同已注销、吊销的一并纳入"), required=False)


class ConfirmForm(forms.Form):
    """Signing for a register: what was seen of it, and a word if there is one to say."""

    seen = forms.CharField(widget=forms.HiddenInput, max_length=64)
    remark = forms.CharField(
        label=gettext_lazy("说明（可不填）"),
        help_text=gettext_lazy("例如数据从哪里更新、更新到哪一天"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
