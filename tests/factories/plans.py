"""Plans and campaigns of the demo county, in any state."""

from datetime import date
from decimal import Decimal

from mingcha.domain.catalogue.models import InspectionItem, ItemList
from mingcha.domain.organisation.models import Department, User
from mingcha.domain.plans import models
from mingcha.domain.plans.rules import StratumDraft
from tests.conftest import NOON
from tests.factories.guards import past_the_guards
from tests.factories.organisation import unguarded

FOREIGN = StratumDraft("foreign", "涉外", True, "", Decimal("0.10"), 2)
HIGH_RISK = StratumDraft("high", "高风险", False, "CD", Decimal("0.08"), 2)
REST = StratumDraft("rest", "一般", False, "", Decimal("0.03"), 2)


def item(department: Department, drafter: User, code: str = "M-01", *, state: str = "IN_FORCE") -> InspectionItem:
    """An item in the department's list (made on first use; edition 1 in force unless told otherwise)."""
    with unguarded():
        in_force_at = None if state == "DRAFT" else NOON
        edition = {"IN_FORCE": 1, "DRAFT": 2, "SUPERSEDED": 3}[state]
        item_list, _new = ItemList.objects.get_or_create(
            department=department,
            edition=edition,
            defaults={"state": state, "drafted_by": drafter, "in_force_at": in_force_at},
        )
    with past_the_guards("catalogue_inspectionitem"):
        return InspectionItem.objects.create(
            item_list=item_list,
            code=code,
            title=f"示范事项 {code}",
            legal_basis="《示范条例》第一条",
            item_class="GENERAL",
            object_kind="企业",
        )


def plan(
    department: Department, drafter: User, *, title: str = "2026年度抽查计划", state: str = "DRAFT", approver=None
):
    """A plan of 2026; approved when an approver is given."""
    with unguarded():
        return models.Plan.objects.create(
            department=department,
            year=2026,
            title=title,
            purpose="覆盖全县企业",
            state="APPROVED" if approver else state,
            drafted_by=drafter,
            approved_by=approver,
            approved_at=NOON if approver else None,
        )


def campaign(
    under: models.Plan,
    *,
    items: list[InspectionItem],
    parties: list[tuple[Department, int]] | None = None,
    strata: tuple[StratumDraft, ...] = (REST,),
    title: str = "示范抽查",
    state: str = "DRAFT",
    approver: User | None = None,
) -> models.Campaign:
    """A campaign of a fortnight that starts a week after noon; approved (or further) when an approver is given."""
    with unguarded():
        made = models.Campaign.objects.create(
            plan=under,
            title=title,
            starts_on=date(2026, 11, 30),
            ends_on=date(2026, 12, 14),
            state="APPROVED" if approver and state == "DRAFT" else state,
            drafted_by=under.drafted_by,
            approved_by=approver,
            approved_at=NOON if approver else None,
        )
        for department, count in parties or [(under.department, 2)]:
            models.CampaignDepartment.objects.create(campaign=made, department=department, inspectors=count)
        for chosen in items:
            models.CampaignItem.objects.create(campaign=made, item=chosen)
        for position, draft in enumerate(strata, start=1):
            models.CampaignStratum.objects.create(campaign=made, position=position, **draft._asdict())
        return made


def approved_campaign(cast, **changes) -> models.Campaign:
    """A campaign of the market department alone, ready to be drawn."""
    under = plan(cast.market, cast.handler, approver=cast.supervisor)
    chosen = changes.pop("items", None) or [item(cast.market, cast.handler)]
    return campaign(under, items=chosen, approver=cast.supervisor, **changes)
