"""Writing a campaign and agreeing to it: what it holds is checked as a whole, and what is wrong is said at once."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial

from django.utils import timezone

from mingcha.domain.audit.actions import record
from mingcha.domain.catalogue.models import InspectionItem
from mingcha.domain.catalogue.queries import current_edition_of
from mingcha.domain.catalogue.queries.laws import freezes_barring
from mingcha.domain.catalogue.rules.laws import check_not_frozen
from mingcha.domain.catalogue.rules.rulebooks import check_approver, check_method
from mingcha.domain.organisation.models import User
from mingcha.domain.organisation.permissions import Permission, require
from mingcha.domain.plans import queries, rules
from mingcha.domain.plans.models import Campaign, CampaignDepartment, CampaignItem, CampaignStratum, Plan
from mingcha.domain.plans.rules import Party, StratumDraft
from mingcha.domain.plans.states import CampaignState
from mingcha.kit.action import action
from mingcha.kit.errors import refuse_together
from mingcha.kit.locking import locked


@dataclass(frozen=True)
class Content:
    """Everything that a form says of a campaign."""

    title: str
    starts_on: date
    ends_on: date
    list_timing: str
    slack: int
    parties: Sequence[Party]
    items: Sequence[InspectionItem]
    strata: Sequence[StratumDraft]
    low_share_reason: str = ""
    teams: int = 0


@action
def draft_campaign(
    plan: Plan,
    *,
    title: str,
    starts_on: date,
    ends_on: date,
    list_timing: str,
    slack: int,
    parties: Sequence[Party],
    items: Sequence[InspectionItem],
    strata: Sequence[StratumDraft],
    low_share_reason: str = "",
    teams: int = 0,
    by: User,
    at: datetime,
) -> Campaign:
    """Begin a campaign under a plan; its lead is the department of the plan."""
    require(by, Permission.PLAN_EDIT, within=plan.department)
    plan = locked(plan)
    reason = low_share_reason.strip()
    content = Content(title, starts_on, ends_on, list_timing, slack, parties, items, strata, reason, teams)
    campaign = Campaign(plan=plan, drafted_by=by)
    _write(campaign, content, taken=queries.campaign_title_taken(title, plan=plan), at=at)
    record("campaign.drafted", campaign, by=by, at=at, details=_said(content))
    return campaign


@action
def amend_campaign(
    campaign: Campaign,
    *,
    title: str,
    starts_on: date,
    ends_on: date,
    list_timing: str,
    slack: int,
    parties: Sequence[Party],
    items: Sequence[InspectionItem],
    strata: Sequence[StratumDraft],
    low_share_reason: str = "",
    teams: int = 0,
    by: User,
    at: datetime,
) -> Campaign:
    """Change a draft; whoever wrote it last is its drafter."""
    require(by, Permission.PLAN_EDIT, within=campaign.department)
    campaign = locked(campaign)
    rules.check_editable(campaign)
    reason = low_share_reason.strip()
    content = Content(title, starts_on, ends_on, list_timing, slack, parties, items, strata, reason, teams)
    campaign.drafted_by = by
    taken = queries.campaign_title_taken(title, plan=campaign.plan, but=campaign)
    _write(campaign, content, taken=taken, at=at)
    record("campaign.amended", campaign, by=by, at=at, details=_said(content))
    return campaign


@action
def draft_supplement(
    campaign: Campaign, *, title: str, starts_on: date, ends_on: date, by: User, at: datetime
) -> Campaign:
    """Begin a supplementary campaign (补充抽查): the same in everything but name and days, to be changed and approved.

    It adds to the first campaign of its family, so that its frame leaves out whom any of them drew.
    """
    require(by, Permission.PLAN_EDIT, within=campaign.department)
    campaign = locked(campaign)
    rules.check_supplementable(campaign)
    content = replace(_as_stored(campaign, current=True), title=title, starts_on=starts_on, ends_on=ends_on)
    added = Campaign(plan=campaign.plan, drafted_by=by, supplements=campaign.supplements or campaign)
    _write(added, content, taken=queries.campaign_title_taken(title, plan=campaign.plan), at=at)
    record(
        "campaign.supplement_drafted", added, by=by, at=at, details={**_said(content), "supplements": campaign.title}
    )
    return added


@action
def submit_campaign(campaign: Campaign, *, by: User, at: datetime) -> Campaign:
    """Hand a campaign to whoever approves it."""
    require(by, Permission.PLAN_EDIT, within=campaign.department)
    campaign = locked(campaign)
    today = timezone.localdate(at)
    rules.check_submittable(campaign, today=today)
    content = _check_as_stored(campaign, on=today)
    _check_teams(campaign, on=today)
    renewed = _renew_items(campaign, content)
    campaign.move_to(CampaignState.SUBMITTED)
    campaign.remark = ""
    campaign.save(update_fields=["state", "remark"])
    record("campaign.submitted", campaign, by=by, at=at, details={"renewed": renewed})
    return campaign


@action
def approve_campaign(campaign: Campaign, *, by: User, at: datetime) -> Campaign:
    """Another person, and where the rules say so another body, agrees; from now on it may be drawn."""
    require(by, Permission.PLAN_APPROVE, within=campaign.department)
    campaign = locked(campaign)
    today = timezone.localdate(at)
    external = queries.clause_for(campaign.department, "plan_approver", on=today)
    rules.check_approvable(campaign, by=by, external=external)
    _check_approver(campaign, by=by, on=today)
    content = _check_as_stored(campaign, on=today)
    _check_teams(campaign, on=today)
    renewed = _renew_items(campaign, content)
    campaign.move_to(CampaignState.APPROVED)
    campaign.approved_by, campaign.approved_at = by, at
    campaign.save(update_fields=["state", "approved_by", "approved_at"])
    record("campaign.approved", campaign, by=by, at=at, details={"renewed": renewed})
    return campaign


def _check_approver(campaign: Campaign, *, by: User, on: date) -> None:
    """审批权限: where the lead's rulebook of the day says which body outside approves."""
    chapter = queries.approver_settled(campaign.department, on=on)
    role = chapter.settings["approver"] if chapter is not None else ""
    holds = queries.holds_role(by, role, within=campaign.department)
    check_approver(campaign.title, chapter, holds_role=holds)


def _write(campaign: Campaign, content: Content, *, taken: bool, at: datetime) -> None:
    """Check and write the campaign with who, what and how many; what it had before gives way."""
    rows = _strata(content)
    refuse_together(
        lambda: rules.check_title_free(content.title, taken=taken),
        lambda: rules.check_dates(content.starts_on, content.ends_on, year=campaign.plan.year),
        lambda: rules.check_teams(content.teams),
        lambda: _check_parts(campaign, content, rows, on=timezone.localdate(at)),
    )
    for name in ("title", "starts_on", "ends_on", "list_timing", "slack", "low_share_reason", "teams"):
        setattr(campaign, name, getattr(content, name))
    campaign.save()
    for old in (campaign.parties, campaign.items, campaign.strata):
        old.all().delete()
    CampaignDepartment.objects.bulk_create(
        CampaignDepartment(campaign=campaign, department=department, inspectors=count)
        for department, count in content.parties
    )
    CampaignItem.objects.bulk_create(CampaignItem(campaign=campaign, item=item) for item in content.items)
    for row in rows:
        row.campaign = campaign
    CampaignStratum.objects.bulk_create(rows)


def _strata(content: Content) -> list[CampaignStratum]:
    return [CampaignStratum(position=n, **draft._asdict()) for n, draft in enumerate(content.strata, start=1)]


def _check_parts(campaign: Campaign, content: Content, strata: Sequence[CampaignStratum], *, on: date) -> None:
    lead, departments = campaign.department, [department for department, _count in content.parties]
    fewest, floor = queries.clause_for(lead, "min_inspectors", on=on), queries.share_floor(lead, on=on)
    refuse_together(
        lambda: rules.check_parties(lead, content.parties, fewest),
        lambda: rules.check_items(content.items, departments),
        lambda: check_not_frozen(freezes_barring(content.items)),
        *(partial(check_method, *settled) for settled in queries.methods_settled(content.items, on=on)),
        lambda: rules.check_low_share_reason(content.low_share_reason),
        lambda: rules.check_strata(strata, floor, reason=content.low_share_reason),
    )


def _check_as_stored(campaign: Campaign, *, on: date) -> Content:
    """The list and the rules may have changed since the draft was written: each item is taken as it is listed now."""
    content = _as_stored(campaign, current=True)
    _check_parts(campaign, content, list(campaign.strata.all()), on=on)
    return content


def _renew_items(campaign: Campaign, content: Content) -> list[str]:
    """Work goes on under a list's next edition (于都 一（三）): the codes of the items that were taken from it."""
    before = set(campaign.items.values_list("item", flat=True))
    fresh = [item for item in content.items if item.pk not in before]
    for item in fresh:
        outlived = campaign.items.filter(item__code=item.code, item__item_list__department=item.item_list.department)
        outlived.update(item=item)
    return [item.code for item in fresh]


def _check_teams(campaign: Campaign, *, on: date) -> None:
    """What is approved stays as it is: better to hear now than at the freeze that the people do not fill the teams."""
    if campaign.in_teams:
        staff = queries.staff_for(campaign, on=on)
        rules.check_teams_filled(campaign.teams, [(row.department, row.needed, row.certified) for row in staff])


def _as_stored(campaign: Campaign, *, current: bool = False) -> Content:
    """A campaign as it was written; `current` takes each item from the edition of its list that is in force now."""
    chosen = [row.item for row in campaign.items.select_related("item__item_list__department")]
    return Content(
        title=campaign.title,
        starts_on=campaign.starts_on,
        ends_on=campaign.ends_on,
        list_timing=campaign.list_timing,
        slack=campaign.slack,
        parties=[(party.department, party.inspectors) for party in campaign.parties.select_related("department")],
        items=[current_edition_of(item) or item for item in chosen] if current else chosen,
        strata=[
            StratumDraft(row.code, row.label, row.foreign_only, row.risks, row.share, row.reserve)
            for row in campaign.strata.all()
        ],
        low_share_reason=campaign.low_share_reason,
        teams=campaign.teams,
    )


def _said(content: Content) -> dict[str, object]:
    """What the trail keeps of a campaign's content."""
    return {
        "title": content.title,
        "starts_on": content.starts_on.isoformat(),
        "ends_on": content.ends_on.isoformat(),
        "list_timing": str(content.list_timing),
        "parties": [f"{department.code}:{count}" for department, count in content.parties],
        "items": [item.code for item in content.items],
        "strata": [f"{draft.code}:{draft.share}" for draft in content.strata],
        "low_share_reason": content.low_share_reason,
        "teams": content.teams,
    }
