"""What a plan and a campaign must be before anyone may approve them. Pure: no query, no clock."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from datetime import date
from decimal import Decimal
from functools import partial
from itertools import product
from typing import NamedTuple

from django.utils.translation import gettext as _

from mingcha.domain.catalogue.models import InspectionItem
from mingcha.domain.organisation.models import Department, User
from mingcha.domain.plans.models import Campaign, CampaignStratum, Plan, stratum_for
from mingcha.domain.policy.rules import Clause
from mingcha.domain.registers.models import Risk
from mingcha.domain.registers.rules.entries import wrong_name, wrong_text
from mingcha.kit.errors import Refused, refuse_together

# 行政处罚法 §42: 执法人员不得少于两人. Holds where a profile says nothing.
LEGAL_MINIMUM = 2
LONGEST_REASON = 500
MOST_TEAMS = 9999  # the protocol's


class StratumDraft(NamedTuple):
    """A stratum as a form gives it; `risks` holds the letters of the risk grades, empty for all."""

    code: str
    label: str
    foreign_only: bool
    risks: str
    share: Decimal
    reserve: int


Party = tuple[Department, int]


def check_editable(row: Plan | Campaign) -> None:
    """What someone else is looking at, or has approved, stays as it is."""
    if not row.is_draft:
        raise Refused(
            _("“%(title)s”已提交，不能再改；确需修改时由审核人退回") % {"title": row.title},
        )


def check_title_free(title: str, *, taken: bool) -> None:
    """One name, one plan or campaign: the second press of a button finds the name taken.

    What cannot be seen may not stand in it: the frozen files and the public page would show another name each.
    """
    wrong = wrong_name(title)
    if wrong:
        raise Refused(_("名称%(wrong)s，%(fix)s") % {"wrong": wrong[0], "fix": wrong[1]}, field="title")
    if taken:
        raise Refused(_("已经有名称为“%s”的了，换一个名称，或打开已有的那个") % title, field="title")


def check_year(year: int, *, today: date) -> None:
    """A plan is made for this year or the next one."""
    if year not in (today.year, today.year + 1):
        raise Refused(_("年度只能是 %(this)d 或 %(next)d") % {"this": today.year, "next": today.year + 1}, field="year")


def check_dates(starts_on: date, ends_on: date, *, year: int) -> None:
    """A campaign lies within its plan's year and does not end before it starts."""

    def check_order() -> None:
        if ends_on < starts_on:
            raise Refused(_("结束日早于开始日，改为同一天或更晚"), field="ends_on")

    refuse_together(
        lambda: _check_in_year(starts_on, "starts_on", year=year),
        lambda: _check_in_year(ends_on, "ends_on", year=year),
        check_order,
    )


def _check_in_year(on: date, field: str, *, year: int) -> None:
    if on.year != year:
        raise Refused(_("日期要在计划年度 %d 年之内") % year, field=field)


def check_not_begun(starts_on: date, *, today: date) -> None:
    """Nothing is approved after the fact."""
    if starts_on < today:
        raise Refused(_("检查开始日已经过去，改为今天或更晚"), field="starts_on")


def check_parties(lead: Department, parties: Sequence[Party], minimum: Clause | None) -> None:
    """The lead takes part, nobody twice, and each department sends enough people."""
    departments = [department for department, _count in parties]
    if lead not in departments:
        raise Refused(_("牵头部门%s要参与，勾选它") % lead.short_name, field="parties")
    twice = [department.short_name for department, n in Counter(departments).items() if n > 1]
    if twice:
        raise Refused(_("%s重复，只留一次") % "、".join(twice), field="parties")
    fewest = minimum.number if minimum is not None else LEGAL_MINIMUM
    law = minimum.citation if minimum is not None else _("《行政处罚法》第四十二条")

    def check_enough(department: Department, count: int) -> None:
        if count < fewest:
            raise Refused(
                _("%(department)s每户至少 %(fewest)d 名执法人员。依据：%(clause)s")
                % {"department": department.short_name, "fewest": fewest, "clause": law},
                field=f"inspectors_{department.code}",
            )

    refuse_together(*(partial(check_enough, department, count) for department, count in parties))


def check_teams(teams: int) -> None:
    """0: people are drawn for each firm; otherwise as many teams as the protocol has codes for."""
    if not 0 <= teams <= MOST_TEAMS:
        raise Refused(_("小组数填 1 到 %d；每户各抽人员的，填 0 或留空") % MOST_TEAMS, field="teams")


def check_teams_filled(teams: int, staff: Iterable[tuple[Department, int, int]]) -> None:
    """`staff`: department, how many of its people a team has, how many may be sent on the day. All that lack are said
    at once, each with its numbers; nobody is in two teams."""
    short = [
        _("%(department)s每组 %(needed)d 人，%(teams)d 组要 %(all)d 人，可派的只有 %(people)d 人，最多编 %(most)d 组")
        % {
            "department": department.short_name,
            "needed": needed,
            "teams": teams,
            "all": needed * teams,
            "people": people,
            "most": people // needed,
        }
        for department, needed, people in staff
        if people < needed * teams
    ]
    if short:
        raise Refused(_("人员不够编组：%s。到两库补充人员，或减少小组数（任务已批准的，另行立项）") % "；".join(short))


def check_items(items: Collection[InspectionItem], departments: Collection[Department]) -> None:
    """清单之外无检查: items in force, of the departments that take part, and no department without one."""
    if not items:
        raise Refused(_("清单之外无检查：至少勾选一个施行中的抽查事项"), field="items")
    for item in items:
        if not item.is_in_force:
            raise Refused(_("事项“%s”不在施行中的清单里，去掉它，或改选清单里的事项") % item.title, field="items")
        if item.item_list.department not in departments:
            raise Refused(
                _("事项“%(item)s”属于%(department)s，把这个部门加为参与部门，或去掉事项")
                % {"item": item.title, "department": item.item_list.department.short_name},
                field="items",
            )
    owners = {item.item_list.department for item in items}
    idle = [department.short_name for department in departments if department not in owners]
    if idle:
        raise Refused(_("%s没有要检查的事项，为它勾选事项，或去掉这个部门") % "、".join(idle), field="items")


def check_share(
    share: Decimal, floor: Clause | None, *, stratum: str = "", field: str = "share", reason: str = ""
) -> None:
    """More than nothing, at most everyone; below the floor of the rules in force only with a reason to be approved."""
    place = _("分层“%s”的") % stratum if stratum else ""
    if not 0 < share <= 1:
        raise Refused(_("%s抽查比例要大于 0%%、不超过 100%%") % place, field=field)
    if floor is not None and share < floor.share and not reason:
        raise Refused(
            _(
                "%(place)s抽查比例 %(share)s 低于下限 %(floor)s，提高到下限或更高；"
                "确需低于下限，写明理由一并送审。依据：%(clause)s"
            )
            % {"place": place, "share": shown(share), "floor": shown(floor.share), "clause": floor.citation},
            field=field,
        )


def check_low_share_reason(reason: str) -> None:
    """It is approved and shown, so it can be read as it stands."""
    wrong = wrong_text(reason, longest=LONGEST_REASON)
    if wrong:
        raise Refused(_("理由%(wrong)s，%(fix)s") % {"wrong": wrong[0], "fix": wrong[1]}, field="low_share_reason")


def check_strata(strata: Sequence[CampaignStratum], floor: Clause | None, *, reason: str = "") -> None:
    """At least one; codes differ; nobody fits an earlier one always; every share holds against the floor."""
    if not strata:
        raise Refused(_("至少设一个分层"), field="strata")
    refuse_together(
        partial(_check_codes_differ, strata),
        *(
            partial(check_share, one.share, floor, stratum=one.label, field=f"share_{one.position}", reason=reason)
            for one in strata
        ),
        *(partial(_check_reachable, one, strata) for one in strata),
    )


def _check_codes_differ(strata: Sequence[CampaignStratum]) -> None:
    twice = [code for code, n in Counter(stratum.code for stratum in strata).items() if n > 1]
    if twice:
        raise Refused(_("分层代码 %s 重复，每个分层用不同的代码") % "、".join(twice), field="strata")


def _check_reachable(stratum: CampaignStratum, strata: Sequence[CampaignStratum]) -> None:
    if not reachable(stratum, strata):
        raise Refused(
            _("分层“%s”里不会有对象：前面的分层已包含它，调整次序或条件") % stratum.label,
            field=f"label_{stratum.position}",
        )


def reachable(stratum: CampaignStratum, strata: Sequence[CampaignStratum]) -> bool:
    """Is there any subject that gets as far as this stratum?"""
    return any(stratum_for(strata, is_foreign=foreign, risk=risk) is stratum for foreign, risk in KINDS)


KINDS: tuple[tuple[bool, str], ...] = tuple(product((False, True), ("", *Risk.values)))


def check_submittable(campaign: Campaign, *, today: date) -> None:
    """A campaign stands under an approved plan and lies ahead."""
    if not campaign.plan.is_approved:
        raise Refused(_("计划“%s”还没有批准，批准后再提交任务") % campaign.plan.title)
    check_not_begun(campaign.starts_on, today=today)


def check_plan_submittable(plan: Plan, *, campaigns: int) -> None:
    """There must be something to approve."""
    if not plan.purpose.strip() and not campaigns:
        raise Refused(_("计划里还没有内容：写明说明，或先新建抽查任务"), field="purpose")


def check_approvable(row: Plan | Campaign, *, by: User, external: Clause | None) -> None:
    """Nobody approves their own paper; where the rules say so, nobody of the same department does either."""
    if row.drafted_by == by:
        raise Refused(_("拟定人不能批准自己的“%s”，由另一人审核") % row.title)
    if external is not None and row.department == by.department:
        raise Refused(
            _("“%(title)s”由本部门以外的机关审核。依据：%(clause)s") % {"title": row.title, "clause": external.citation}
        )


def check_supplementable(first: Campaign) -> None:
    """Something was drawn that can be added to."""
    if not first.is_drawn:
        raise Refused(_("“%s”还没有抽取完成，抽取生效以后再办补充抽查") % first.title)


def check_returnable(remark: str) -> None:
    """Whoever gets it back must know what to change."""
    if not remark.strip():
        raise Refused(_("写明退回意见：哪一处、怎么改"), field="remark")


def shown(share: Decimal) -> str:
    """0.03 → 3%."""
    return f"{(share * 100).normalize():f}%"
