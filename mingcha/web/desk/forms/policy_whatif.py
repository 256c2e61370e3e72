"""What is typed to plan one campaign under several places' rules."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mingcha.domain.policy.rules import Scenario

MOST_FIRMS = 10_000_000
MOST_DEPARTMENTS = 99
EARLIEST, LATEST = 2015, 2100
HUNDRED = Decimal(100)
AFTERNOON = time(16, 0)
LENGTH, UNTIL_AN_INSPECTION = timedelta(days=60), timedelta(days=18)


class DayInput(forms.DateInput):
    """A date as browsers want it."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class ScenarioForm(forms.Form):
    """The campaign: how many, which share, with whom, when."""

    firms = forms.IntegerField(label=gettext_lazy("检查对象（户）"), min_value=1, max_value=MOST_FIRMS)
    foreign = forms.DecimalField(
        label=gettext_lazy("其中涉外（%）"), min_value=0, max_value=HUNDRED, max_digits=5, decimal_places=2
    )
    share = forms.DecimalField(
        label=gettext_lazy("拟抽取（%）"), min_value=Decimal("0.01"), max_value=HUNDRED, max_digits=5, decimal_places=2
    )
    joint = forms.ChoiceField(
        label=gettext_lazy("任务种类"),
        choices=[("1", gettext_lazy("跨部门联合抽查")), ("0", gettext_lazy("部门内部抽查"))],
    )
    departments = forms.IntegerField(label=gettext_lazy("参与部门（个）"), min_value=1, max_value=MOST_DEPARTMENTS)
    starts_on = forms.DateField(label=gettext_lazy("第一天"), widget=DayInput)
    ends_on = forms.DateField(label=gettext_lazy("最后一天"), widget=DayInput)
    ended_at = forms.DateTimeField(
        label=gettext_lazy("其中一户检查结束"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )

    @staticmethod
    def defaults(today: date) -> dict[str, str]:
        """A campaign that shows the differences: two months, a share below the only floor."""
        ended = datetime.combine(today + UNTIL_AN_INSPECTION, AFTERNOON)
        return {
            "firms": "1000",
            "foreign": "5",
            "share": "2",
            "joint": "1",
            "departments": "3",
            "starts_on": today.isoformat(),
            "ends_on": (today + LENGTH).isoformat(),
            "ended_at": ended.strftime("%Y-%m-%dT%H:%M"),
        }

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        starts_on, ends_on, ended_at = given.get("starts_on"), given.get("ends_on"), given.get("ended_at")
        for field, day in (("starts_on", starts_on), ("ends_on", ends_on)):
            if day and not EARLIEST <= day.year <= LATEST:
                self.add_error(field, _("年份写 %(first)d 到 %(last)d 之间的") % {"first": EARLIEST, "last": LATEST})
        if starts_on and ends_on and ends_on < starts_on:
            self.add_error("ends_on", _("最后一天早于第一天，改为同一天或更晚"))
        elif starts_on and ends_on and ended_at and not starts_on <= timezone.localdate(ended_at) <= ends_on:
            self.add_error("ended_at", _("检查结束不在任务的第一天和最后一天之间，改到其中一天"))
        if given.get("joint") == "1" and given.get("departments") == 1:
            self.add_error("departments", _("联合抽查至少两个部门；只有一个部门时，任务种类选“部门内部抽查”"))
        return given

    def scenario(self) -> Scenario:
        """The campaign as the rules take it."""
        given = self.cleaned_data
        return Scenario(
            firms=given["firms"],
            foreign_share=given["foreign"] / HUNDRED,
            share=given["share"] / HUNDRED,
            joint=given["joint"] == "1",
            departments=given["departments"],
            starts_on=given["starts_on"],
            ends_on=given["ends_on"],
            inspection_ended_at=given["ended_at"],
        )
