"""The clock of a department's part in a campaign: by its last day the results of all its inspections are entered."""

from datetime import datetime

from mingcha.domain.duties.actions import note_progress, resume_duty, settle_starts, start_duty, stop_duty
from mingcha.domain.duties.models import DutyKind
from mingcha.domain.duties.queries import about_key
from mingcha.domain.inspections import queries, rules
from mingcha.domain.inspections.models import Inspection
from mingcha.domain.inspections.states import InspectionState
from mingcha.domain.organisation.models import User
from mingcha.domain.plans.models import Campaign, CampaignDepartment
from mingcha.domain.policy.rules import end_of_day
from mingcha.kit.action import action
from mingcha.kit.locking import locked


@action
def follow_clock(party: CampaignDepartment, *, by: User, at: datetime) -> None:
    """Tell a department's clock how far it has come; with its last result entered it has done its part.

    Where there is nothing to inspect no clock starts, and one that runs has met its end. One that has ended runs again
    when a result is returned or a reserve firm brings new work (ADR 0023).
    """
    party = locked(party)  # two last results entered at once must see one another
    campaign = party.campaign
    done, total = queries.progress_of(party)
    if done < total:
        start_duty(
            DutyKind.CAMPAIGN_END,
            party,
            department=party.department,
            event_at=rules.start_of(campaign.starts_on),
            limit=end_of_day(campaign.ends_on),
            by=by,
            at=at,
        )
        resume_duty(DutyKind.CAMPAIGN_END, party, by=by, at=at)
    note_progress(DutyKind.CAMPAIGN_END, party, done=done, total=total, by=by, at=at)
    if done == total:
        stop_duty(DutyKind.CAMPAIGN_END, party, by=by, at=at)


@action
def follow_clocks(campaign: Campaign, *, by: User, at: datetime) -> None:
    """Every department's, after visits went out or were called off."""
    for party in campaign.parties.select_related("department__region", "campaign"):
        follow_clock(party, by=by, at=at)


@action
def follow_work_end(campaign: Campaign, *, by: User, at: datetime) -> None:
    """With the last visit the work has ended: publications that were counted from the planned day count from the true
    one, so that the results of a campaign have one last day whoever was confirmed first (ADR 0019)."""
    campaign = locked(campaign)  # whoever ends the last visit or confirms a result meanwhile must see the other
    ended = queries.work_end_of(campaign)
    if not ended.is_over:
        return
    waiting = Inspection.objects.filter(visit__campaign=campaign, state=InspectionState.CONFIRMED, published_at=None)
    events = {about_key(one): one.finished_at or ended.at for one in waiting}
    settle_starts(DutyKind.PUBLISH_RESULT, events, work_ended_at=ended.at, by=by, at=at)
