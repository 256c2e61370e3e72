"""Why a subject of the region is not in a campaign's frame, in words and with the rule that each reason rests on."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from mingcha.domain.plans.models.campaigns import Campaign
from mingcha.domain.policy.rules import Clause


class Exclusion(models.TextChoices):
    """The value is the code in the public bundle. Asked from top to bottom: the first that holds is the reason."""

    CLOSED = "closed", _("已注销或吊销")
    PENDING = "pending", _("名录登记待核验")
    VOID = "void", _("误录，已作废")
    NOT_IN_SCOPE = "not-in-scope", _("不属于本次检查范围")
    INSPECTED = "inspected-this-year", _("本年已按同一事项检查过")
    FREQUENCY = "frequency-cap", _("本年检查次数已到上限")
    CLEAN_YEARS = "clean-years", _("连续多年检查结果良好，已决定免抽")
    TOLERANT = "tolerant", _("包容审慎观察期")
    IN_DISPUTE = "in-dispute", _("与检查机关有未结的复议或诉讼，应当回避")
    CARRIED = "carried-over", _("前次抽取已抽中，抽取虽宣告无效仍要检查")
    DRAWN_BEFORE = "drawn-before", _("本任务的前一次抽取已经抽中")
    NO_STRATUM = "no-stratum", _("不属于任何分层")


# The clause that a reason rests on.
CLAUSES: Mapping[Exclusion, str] = {
    Exclusion.CLOSED: "register_confirmed_before_draw",
    Exclusion.PENDING: "register_confirmed_before_draw",
    Exclusion.VOID: "register_confirmed_before_draw",
    Exclusion.NOT_IN_SCOPE: "subjects_linked_to_items",
    Exclusion.INSPECTED: "no_repeat",
    Exclusion.FREQUENCY: "visits_per_year_max",
    Exclusion.CLEAN_YEARS: "exempt_after_years",
    Exclusion.TOLERANT: "supervision_modes",
    Exclusion.IN_DISPUTE: "avoidance",
    Exclusion.CARRIED: "draw_at_once",
    Exclusion.DRAWN_BEFORE: "draw_at_once",
}

# Where the rules of a place are silent about these, nobody stays out for them.
ONLY_BY_CLAUSE = frozenset({Exclusion.INSPECTED, Exclusion.FREQUENCY, Exclusion.CLEAN_YEARS})

SENTENCES: Mapping[Exclusion, StrOrPromise] = {
    Exclusion.CLOSED: _("名录里登记为已注销或吊销，没有可以检查的经营活动。"),
    Exclusion.PENDING: _("名录里的登记还没有核验，核验以前不抽。"),
    Exclusion.VOID: _("名录里的这条登记是误录，已经作废，不是检查对象。"),
    Exclusion.NOT_IN_SCOPE: _("名录里没有把它与这次检查的任何一个事项关联，这些事项不适用于它。"),
    Exclusion.INSPECTED: _("本年已有机关按同一事项检查过，不重复抽查。"),
    Exclusion.FREQUENCY: _("本年已入户检查 %(number)s 次，到了一年的上限，本年不再随机抽取。"),
    Exclusion.CLEAN_YEARS: _("连续 %(number)s 年抽查结果良好，机关负责人决定在一定期限内免于抽查，期限还没有过。"),
    Exclusion.TOLERANT: _("属于包容审慎监管的新兴产业，机关负责人决定在观察期内不抽，期限还没有过。"),
    Exclusion.IN_DISPUTE: _("与参加检查的机关有未结的复议、诉讼等争议，按回避的规定不进入这次抽取。"),
    Exclusion.CARRIED: _("前一次抽取已经抽中；那次抽取宣告无效，但抽中的照样检查，不占这次的名额。"),
    Exclusion.DRAWN_BEFORE: _("原来那次抽取已经抽中，补充抽查不再抽它。"),
    Exclusion.NO_STRATUM: _("批准的抽查方案没有包含这一类对象。"),
}

# Where the rules of a place are silent, the law itself.
LAWS: Mapping[Exclusion, StrOrPromise] = {
    Exclusion.IN_DISPUTE: _("《中华人民共和国行政处罚法》第四十三条"),
    Exclusion.TOLERANT: _("《优化营商环境条例》第五十五条"),
}


@dataclass(frozen=True)
class Ground:
    """One reason as the public reads it."""

    reason: Exclusion
    why: str
    basis: str

    @property
    def label(self) -> str:
        return str(self.reason.label)

    @property
    def sentence(self) -> str:
        """Why, and by which rule."""
        return gettext("%(why)s依据：%(basis)s") % {"why": self.why, "basis": self.basis}


def applies(reason: Exclusion, clause: Clause | None) -> bool:
    """May this reason keep anyone out, the rules being what they are?"""
    return clause is not None or reason not in ONLY_BY_CLAUSE


def ground_of(reason: Exclusion, clause: Clause | None, *, campaign: Campaign) -> Ground:
    """The reason with its rule: the place's own clause, else the law or the approved campaign itself."""
    number = clause.value if clause is not None and isinstance(clause.value, int) else ""
    why = str(SENTENCES[reason]) % {"number": number}
    if clause is not None:
        return Ground(reason, why, clause.citation)
    return Ground(reason, why, str(LAWS[reason]) if reason in LAWS else _campaign_itself(campaign))


def _campaign_itself(campaign: Campaign) -> str:
    if campaign.approved_at is None:
        return gettext("抽查方案“%s”（还没有批准）") % campaign.title
    on = timezone.localdate(campaign.approved_at).isoformat()
    return gettext("抽查方案“%(title)s”（%(on)s 批准）") % {"title": campaign.title, "on": on}
