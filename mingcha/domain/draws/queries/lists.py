"""Which draws there are, for whom, and since when their names are open."""

from collections.abc import Collection
from datetime import date, datetime

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from mingcha.domain.draws.models import Draw, DrawnInspector, DrawnSubject
from mingcha.domain.draws.states import DrawState
from mingcha.domain.organisation.models import User
from mingcha.domain.organisation.permissions import Permission, reach
from mingcha.domain.plans.models import Campaign, ListTiming


def draws_visible_to(user: User) -> QuerySet[Draw]:
    """The draws that these departments lead, and those they take part in."""
    places = reach(user, Permission.DRAW_READ)
    joined = Campaign.objects.filter(parties__department__in=places).values("pk")
    return _with_campaign().filter(Q(campaign__plan__department__in=places) | Q(campaign__in=joined))


def public_draws() -> QuerySet[Draw]:
    """Every draw under its number, aborted ones too: numbers have no gaps."""
    return _with_campaign()


def draw_by_number(number: str) -> Draw | None:
    """The draw under a public number."""
    return _with_campaign().filter(number=number).first()


def draw_with_code(pairing_code: str) -> Draw | None:
    """The draw that is seating its witnesses under this pairing code."""
    return _with_campaign().filter(pairing_code=pairing_code, state=DrawState.SEATS).first()


def is_pairing_code(code: str) -> bool:
    """Is or was this the pairing code of any draw?"""
    return Draw.objects.filter(pairing_code=code).exists()


def live_draw_of(campaign: Campaign) -> Draw | None:
    """The one draw of a campaign that was neither aborted nor declared void."""
    return campaign.draws.exclude(state__in=[DrawState.ABORTED, DrawState.VOIDED]).exclude(is_rehearsal=True).first()


def _with_campaign() -> QuerySet[Draw]:
    return Draw.objects.select_related("campaign__plan__department__region")


def drawn_list(draw: Draw) -> QuerySet[DrawnSubject]:
    """The drawn and reserve subjects in order, each with its inspectors."""
    rows = draw.subjects.select_related("subject").order_by("stratum", "rank")
    return rows.prefetch_related("inspectors__inspector", "inspectors__department")


def strata_labels(draw: Draw) -> dict[str, str]:
    """What the strata of a draw are called."""
    return dict(draw.campaign.strata.values_list("code", "label"))


def list_is_public(draw: Draw, *, now: datetime) -> bool:
    """May anybody read the names, the seed and the key? The time that the plan set has come, and the draw has ended.

    A void opens nothing early: what it drew is still to be visited. A result that nobody brings into force is public
    after the last day of its visits: whoever dislikes a list cannot bury it and draw another campaign.
    """
    if draw.is_rehearsal or not draw.has_result:
        return draw.has_result
    today = timezone.localdate(now)
    if today > draw.campaign.ends_on:
        return True
    opens_on = opening_day_of(draw.campaign)
    return (draw.is_in_force or draw.is_voided) and (opens_on is None or today >= opens_on)


def opening_day_of(campaign: Campaign) -> date | None:
    """The day that the plan set for the list; None where it opens with the draw taking effect."""
    days = {ListTiming.AT_START.value: campaign.starts_on, ListTiming.AT_END.value: campaign.ends_on}
    return days.get(campaign.list_timing)


def is_carried(draw: Draw) -> bool:
    """A void draw whose firms went out with the next draw of the campaign."""
    in_force = draw.campaign.draws.filter(state=DrawState.IN_FORCE)
    return draw.is_voided and draw.has_result and not draw.is_rehearsal and in_force.exists()


def room_sees_names(draw: Draw, *, now: datetime) -> bool:
    """May the witnesses' phones show the names? With sealed publication they follow the public."""
    if not draw.has_result:
        return False
    return draw.campaign.list_timing == ListTiming.AT_DRAW or list_is_public(draw, now=now)


def staff_see_names(draw: Draw, *, now: datetime) -> bool:
    """May the desk show the names? With sealed publication from the moment that visits can be arranged."""
    return room_sees_names(draw, now=now) or draw.is_in_force or is_carried(draw)


def assignments_this_year(codes: Collection[str], year: int) -> dict[str, int]:
    """How many subjects each inspector carries from this year's draws in force; inspectors without any are left out.

    As drawn, also where the department has nothing to inspect or somebody else went: the protocol computes `prior` from
    earlier bundles, and no bundle knows of that (ADR 0011).
    """
    carried = (
        DrawnInspector.objects.filter(
            inspector__code__in=codes, drawn__draw__state=DrawState.IN_FORCE, drawn__draw__result_at__year=year
        )
        .order_by()
        .values_list("inspector__code")
        .annotate(n=Count("pk"))
    )
    return dict(carried)
