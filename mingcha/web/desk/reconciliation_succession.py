"""调整前后衔接: open campaigns that rest on an edition that holds no more, and whether the new one says the same."""

from typing import NamedTuple

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from mingcha.domain.catalogue.models import DifferenceKind, InspectionItem
from mingcha.domain.catalogue.queries.succession import outlived_items, successors_of
from mingcha.domain.catalogue.rules.reconciliation import Found, differences, said_by_us
from mingcha.domain.organisation.permissions import Permission, reach, require
from mingcha.domain.plans.models import Campaign, CampaignItem
from mingcha.domain.plans.queries import campaigns_visible_to
from mingcha.domain.plans.queries.listing import open_campaigns_using
from mingcha.web.desk.staff import StaffRequest

A_PAGE = 50


class Follow(NamedTuple):
    """An item that a campaign still uses, what follows it, and where the two say different things."""

    campaign: Campaign
    item: InspectionItem
    successor: InspectionItem | None
    found: list[Found]


@login_required
@require_GET
def reconciliation_succession(request: StaffRequest) -> HttpResponse:
    """Campaigns under way by an earlier edition, item beside item; those that nothing follows come first."""
    require(request.user, Permission.CATALOGUE_READ)
    outlived = outlived_items(reach(request.user, Permission.CATALOGUE_READ))
    campaigns = open_campaigns_using(outlived).filter(pk__in=campaigns_visible_to(request.user).values("pk"))
    used = list(
        CampaignItem.objects.filter(campaign__in=campaigns, item__in=outlived).select_related(
            "campaign__plan__department", "item__item_list__department"
        )
    )
    followers = successors_of(each.item for each in used)
    rows = [_follow(each, followers.get(each.item_id)) for each in used]
    rows.sort(key=lambda row: (row.successor is not None, not row.found))
    context = {
        "page": Paginator(rows, A_PAGE).get_page(request.GET.get("page")),
        "unmapped": sum(row.successor is None for row in rows),
        "differing": sum(bool(row.found) for row in rows),
    }
    return render(request, "desk/reconciliation/succession.html", context)


def _follow(used: CampaignItem, successor: InspectionItem | None) -> Follow:
    if successor is None:
        return Follow(used.campaign, used.item, None, [])
    found = differences(said_by_us(used.item), said_by_us(successor), kinds=DifferenceKind.values)
    return Follow(used.campaign, used.item, successor, found)
