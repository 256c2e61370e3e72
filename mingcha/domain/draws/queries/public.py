"""What anybody may read about a draw, and from when on."""

from dataclasses import asdict
from datetime import datetime

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from mingcha.domain.draws.models import Decision, Draw, Objection, UsedReserve
from mingcha.domain.draws.queries.aftermath import later_in
from mingcha.domain.draws.queries.lists import list_is_public, public_draws, strata_labels
from mingcha.domain.draws.states import DrawState
from mingcha.domain.plans.models import Exclusion, ListTiming


def public_draws_of(code: str, *, now: datetime | None = None) -> list[Draw]:
    """The draws with a public list by which a subject is or was to be visited: drawn, or a reserve that was taken."""
    moment = now or timezone.now()
    today = timezone.localdate(moment)
    timely = (
        Q(campaign__list_timing=ListTiming.AT_DRAW)
        | Q(campaign__list_timing=ListTiming.AT_START, campaign__starts_on__lte=today)
        | Q(campaign__list_timing=ListTiming.AT_END, campaign__ends_on__lte=today)
    )
    taken = UsedReserve.objects.filter(decision=Decision.APPROVED, reserve__code=code).values("reserve")
    named = Q(subjects__reserve=False) | Q(subjects__in=taken)
    return list(public_draws().filter(timely, named, state=DrawState.IN_FORCE, subjects__code=code))


def public_facts(draw: Draw, *, now: datetime) -> dict[str, object]:
    """For the public page: counts and digests always; names, files and words for a look-up once the list is open."""
    labels = strata_labels(draw)
    facts: dict[str, object] = {
        "seats": draw.seats.all(),
        "signatures": draw.signatures.order_by("at", "pk"),
        "objections": Objection.objects.filter(seat__draw=draw).select_related("seat"),
        "when_public": when_public(draw),
        **_counts(draw, labels),
    }
    if list_is_public(draw, now=now):
        facts["files"] = draw.files.defer("content")
        facts["labels"] = {
            "reasons": {str(code): str(label) for code, label in Exclusion.choices},
            "strata": labels,
            "later": {code: {**asdict(later), "label": later.label} for code, later in later_in(draw).items()},
        }
    return facts


def _counts(draw: Draw, labels: dict[str, str]) -> dict[str, object]:
    """From the report that was fixed with the freeze; nothing before it."""
    if not draw.forecast:
        return {"frame_total": None}
    sizes = draw.forecast["sizes"]
    excluded = draw.forecast["excluded"]
    reasons = dict(Exclusion.choices)
    return {
        "frame_total": draw.forecast["frame"],
        "drawn_total": sum(size["take"] for size in sizes),
        "excluded_total": sum(excluded.values()),
        "register_total": draw.forecast["register_total"],
        "exclusions": [
            {
                "label": reasons.get(code, code),
                "count": count,
                "sentence": draw.forecast.get("sentences", {}).get(code, ""),
            }
            for code, count in sorted(excluded.items())
        ],
        "strata": [
            {
                "label": labels.get(size["stratum"], size["stratum"]),
                "size": size["size"],
                "take": size["take"],
                "chance": size["take"] / size["size"],
            }
            for size in sizes
        ],
    }


def when_public(draw: Draw) -> str:
    """When the list opens, as a sentence."""
    campaign = draw.campaign
    if campaign.list_timing == ListTiming.AT_START:
        return _("名单尚未公开：按计划在检查开始日 %s 公开，现在只公布户数和摘要。") % campaign.starts_on.isoformat()
    if campaign.list_timing == ListTiming.AT_END:
        return _("名单尚未公开：按计划在检查结束日 %s 公开，现在只公布户数和摘要。") % campaign.ends_on.isoformat()
    last = campaign.ends_on.isoformat()
    return _("名单尚未公开：抽取生效时公开，至迟在 %s 检查结束后公开，现在只公布户数和摘要。") % last
