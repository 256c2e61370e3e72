"""A plan as it is handed to the body that the rules name."""

from django.utils.translation import gettext as _

from mingcha.domain.plans.models import Campaign, Plan


def plan_paper(plan: Plan) -> dict[str, object]:
    """What is filed of a plan: keys are the words that people read, the campaigns its table, heading first.

    The table is one of lists: the columns of mappings would lose their order in PostgreSQL.
    """
    campaigns = plan.campaigns.order_by("starts_on", "pk")
    lines = [_line(each) for each in campaigns.prefetch_related("parties__department", "items__item", "strata")]
    heading = [_("任务"), _("检查时间"), _("参加部门"), _("抽查事项"), _("抽查比例")]
    return {
        _("计划名称"): plan.title,
        _("年度"): plan.year,
        _("制定部门"): plan.department.name,
        _("说明"): plan.purpose,
        _("抽查任务"): [heading, *lines] if lines else _("批准时还没有列出任务"),
    }


def _line(campaign: Campaign) -> list[str]:
    return [
        campaign.title,
        f"{campaign.starts_on.isoformat()}—{campaign.ends_on.isoformat()}",
        _("、").join(sorted(party.department.name for party in campaign.parties.all())),
        _("、").join(sorted(row.item.title for row in campaign.items.all())),
        _("、").join(f"{row.label} {(row.share * 100).normalize():f}%" for row in campaign.strata.all()),
    ]
