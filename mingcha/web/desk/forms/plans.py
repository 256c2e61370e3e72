"""What is typed for a plan and for a campaign."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mingcha.domain.catalogue.models import InspectionItem
from mingcha.domain.organisation.models import Department
from mingcha.domain.plans.models import Campaign, CampaignStratum, ListTiming, Plan
from mingcha.domain.plans.rules import MOST_TEAMS, Party, StratumDraft
from mingcha.domain.registers.models import Risk

ROWS = range(1, 5)  # as many strata as a form offers
PLAIN = ("title", "starts_on", "ends_on", "list_timing", "teams", "slack")
TYPICAL = StratumDraft("all", "全部对象", False, "", Decimal("0.03"), 2)


class PlanDraftForm(forms.Form):
    """A new plan: whose, of which year."""

    department = forms.ModelChoiceField(
        label=gettext_lazy("部门"), queryset=Department.objects.none(), empty_label=None
    )
    year = forms.IntegerField(label=gettext_lazy("年度"), min_value=2000, max_value=2999)
    title = forms.CharField(label=gettext_lazy("名称"), max_length=120)
    purpose = forms.CharField(
        label=gettext_lazy("说明"),
        help_text=gettext_lazy("写明抽查的范围、目标和安排，审核人和公众都会看到"),
        widget=forms.Textarea(attrs={"rows": 6}),
        required=False,
    )


class PlanForm(PlanDraftForm):
    """A plan that has begun: department and year stay."""

    department = None  # type: ignore[assignment]  # how Django takes a field out
    year = None  # type: ignore[assignment]  # the same


class RemarkForm(forms.Form):
    """Why something goes back."""

    remark = forms.CharField(
        label=gettext_lazy("退回意见"),
        help_text=gettext_lazy("写明哪一处、怎么改，拟定人会看到"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class SupplementForm(forms.Form):
    """A supplementary campaign: its name and its days; the rest is taken over and may be changed in the draft."""

    title = forms.CharField(label=gettext_lazy("名称"), max_length=120)
    starts_on = forms.DateField(
        label=gettext_lazy("检查开始日"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    ends_on = forms.DateField(
        label=gettext_lazy("检查结束日"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )


class PartyRow(NamedTuple):
    """One department of the county, with its two fields."""

    department: Department
    takes_part: BoundField
    inspectors: BoundField


class StratumRow(NamedTuple):
    """One row of strata, with its six fields."""

    position: int
    code: BoundField
    label: BoundField
    foreign: BoundField
    risks: BoundField
    share: BoundField
    reserve: BoundField


class CampaignForm(forms.Form):
    """A campaign on one page: when, who, what, and how many of whom."""

    title = forms.CharField(label=gettext_lazy("名称"), max_length=120)
    starts_on = forms.DateField(
        label=gettext_lazy("检查开始日"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    ends_on = forms.DateField(
        label=gettext_lazy("检查结束日"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    list_timing = forms.ChoiceField(
        label=gettext_lazy("名单公开时点"),
        choices=ListTiming.choices,
        help_text=gettext_lazy("抽中名单一定公开，这里只选什么时候"),
    )
    teams = forms.IntegerField(
        label=gettext_lazy("人员派法：小组数"),
        help_text=gettext_lazy(
            "留空是每户各抽人员；填小组数是随机分组、随机匹配：先从各部门人员里抽签编成这么多个小组（每组人数即下面的“每户人数”），"
            "再抽签决定每户由哪一组去。片区和专长按全组人员合起来看，有一人要回避的户，这一组就不去"
        ),
        min_value=0,
        max_value=MOST_TEAMS,
        required=False,
    )
    slack = forms.IntegerField(
        label=gettext_lazy("人员负荷宽松量"),
        help_text=gettext_lazy("每名执法人员（或每个小组）最多比平均多查几户；数越大，组合越难预测"),
        min_value=0,
        max_value=99,
        initial=1,
    )
    low_share_reason = forms.CharField(
        label=gettext_lazy("比例低于下限的理由"),
        help_text=gettext_lazy("各分层都不低于下限就留空；写了理由，由审核人一并审核"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    items = forms.MultipleChoiceField(
        label=gettext_lazy("抽查事项"), widget=forms.CheckboxSelectMultiple, required=False
    )

    def __init__(
        self, *args: Any, departments: Sequence[Department], items: Sequence[InspectionItem], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.departments = departments
        self.choosable = {str(item.pk): item for item in items}
        for department in departments:
            self._add_party(department)
        choices = [
            (pk, f"{item.item_list.department.short_name} · {item.code} {item.title}")
            for pk, item in self.choosable.items()
        ]
        self.fields["items"].choices = choices  # type: ignore[attr-defined]  # a choice field
        for position in ROWS:
            self._add_stratum(position)

    def _add_party(self, department: Department) -> None:
        name = department.short_name
        self.fields[f"party_{department.code}"] = forms.BooleanField(label=_("%s参与") % name, required=False)
        self.fields[f"inspectors_{department.code}"] = forms.IntegerField(
            label=_("%s每户人数") % name, min_value=1, max_value=20, initial=2, required=False
        )
        self._say_label(f"inspectors_{department.code}")

    def _say_label(self, name: str) -> None:
        """In a table the column's heading is seen; the label itself is for those who listen."""
        field = self.fields[name]
        field.widget.attrs["aria-label"] = field.label

    def _add_stratum(self, position: int) -> None:
        place = _("第 %d 个分层") % position
        fields: dict[str, forms.Field] = {
            "code": forms.SlugField(label=_("%s代码") % place, max_length=30),
            "label": forms.CharField(label=_("%s名称") % place, max_length=60),
            "foreign": forms.BooleanField(label=_("%s仅涉外") % place),
            "risks": forms.MultipleChoiceField(
                label=_("%s信用风险") % place, choices=Risk.choices, widget=forms.CheckboxSelectMultiple
            ),
            "share": forms.DecimalField(
                label=_("%s抽查比例（%%）") % place, max_digits=5, decimal_places=2, min_value=0, max_value=100
            ),
            "reserve": forms.IntegerField(label=_("%s备选户数") % place, min_value=0, max_value=999, initial=2),
        }
        for name, field in fields.items():
            field.required = False
            self.fields[f"{name}_{position}"] = field
            self._say_label(f"{name}_{position}")

    def plain_fields(self) -> list[BoundField]:
        """The fields that stand one below another."""
        return [self[name] for name in PLAIN]

    def party_rows(self) -> Iterator[PartyRow]:
        """For the table of departments."""
        for department in self.departments:
            yield PartyRow(department, self[f"party_{department.code}"], self[f"inspectors_{department.code}"])

    def stratum_rows(self) -> Iterator[StratumRow]:
        """For the table of strata."""
        for n in ROWS:
            names = ("code", "label", "foreign", "risks", "share", "reserve")
            yield StratumRow(n, *(self[f"{name}_{n}"] for name in names))

    def clean(self) -> dict[str, Any]:
        """A row of strata is whole or empty, and no empty row stands before a whole one."""
        given = self.cleaned_data
        ended = False
        for n in ROWS:
            filled = any(given.get(f"{name}_{n}") not in (None, "") for name in ("code", "label", "share"))
            if filled and ended:
                self.add_error(f"code_{n}", _("前面有空行，把这个分层上移"))
            ended = ended or not filled
            for name in ("code", "label", "share") if filled else ():
                if f"{name}_{n}" not in self.errors and given.get(f"{name}_{n}") in (None, ""):
                    self.add_error(f"{name}_{n}", _("这一行还缺它；不要这个分层就整行清空"))
        return given

    def parties(self) -> list[Party]:
        """Who takes part, with how many people."""
        given = self.cleaned_data
        return [(d, given.get(f"inspectors_{d.code}") or 0) for d in self.departments if given.get(f"party_{d.code}")]

    def strata(self) -> list[StratumDraft]:
        """The rows that are filled."""
        return [self._stratum(n) for n in ROWS if self.cleaned_data.get(f"code_{n}")]

    def _stratum(self, n: int) -> StratumDraft:
        given = self.cleaned_data
        return StratumDraft(
            code=given[f"code_{n}"],
            label=given[f"label_{n}"],
            foreign_only=given[f"foreign_{n}"],
            risks="".join(sorted(given[f"risks_{n}"])),
            share=given[f"share_{n}"] / 100,
            reserve=given[f"reserve_{n}"] or 0,
        )

    def content(self) -> dict[str, Any]:
        """The parts of a campaign, as the actions take them."""
        given = self.cleaned_data
        plain = {name: given[name] for name in PLAIN}
        chosen = [self.choosable[pk] for pk in given["items"]]
        plain["low_share_reason"] = given["low_share_reason"]
        plain["teams"] = given["teams"] or 0
        return plain | {"parties": self.parties(), "items": chosen, "strata": self.strata()}


def initial_of(campaign: Campaign) -> dict[str, Any]:
    """A campaign as its form shows it."""
    shown: dict[str, Any] = {name: getattr(campaign, name) for name in PLAIN}
    shown["low_share_reason"] = campaign.low_share_reason
    shown["teams"] = campaign.teams or None
    shown["items"] = [str(row.item_id) for row in campaign.items.all()]
    for party in campaign.parties.all():
        shown[f"party_{party.department.code}"] = True
        shown[f"inspectors_{party.department.code}"] = party.inspectors
    for stratum in campaign.strata.all():
        shown |= stratum_initial(stratum, stratum.position)
    return shown


def initial_for(plan: Plan) -> dict[str, Any]:
    """A new campaign: the lead takes part, one stratum for everybody."""
    first = CampaignStratum(**TYPICAL._asdict())
    return {f"party_{plan.department.code}": True, **stratum_initial(first, 1)}


def stratum_initial(stratum: CampaignStratum, n: int) -> dict[str, Any]:
    return {
        f"code_{n}": stratum.code,
        f"label_{n}": stratum.label,
        f"foreign_{n}": stratum.foreign_only,
        f"risks_{n}": list(stratum.risks),
        f"share_{n}": f"{(stratum.share * 100).normalize():f}",
        f"reserve_{n}": stratum.reserve,
    }
