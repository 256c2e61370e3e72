"""The rest of what a place's rules ask of a campaign, and all questions in the order in which a planner meets them."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_stubs_ext import StrOrPromise

from mingcha.domain.policy.rules.clauses import Clause
from mingcha.domain.policy.rules.scenario import (
    Answer,
    Said,
    Scenario,
    adjustment,
    approval,
    foreign_take,
    joint_list,
    list_filing,
    on_day,
    plan_filing,
    quarter_end,
    quoted,
    smallest_take,
)
from mingcha.domain.policy.rules.wording import sentence_of, words_of


def coverage(said: Said, scenario: Scenario) -> Answer:
    """Which share of the powers must stand in the list."""
    if "item_coverage_market" not in said:
        return Answer(_("没有规定纳入比例"))
    numbers = {
        "market": words_of(said["item_coverage_market"]),
        "other": words_of(said["item_coverage_other"]) if "item_coverage_other" in said else "—",
    }
    words = _("市场监管执法事项 %(market)s、其他行政执法事项 %(other)s 纳入清单") % numbers
    return Answer(words, quoted(said, "item_coverage_market", "item_coverage_other"))


def chapters(said: Said, scenario: Scenario) -> Answer:
    """What the rulebook must say, who approves it and who receives it."""
    if "rulebook_chapters" not in said:
        return Answer(_("没有规定细则内容"))
    codes = said["rulebook_chapters"]
    parts = [_("%(count)d 项：%(words)s") % {"count": len(codes.codes), "words": words_of(codes)}]
    if "rulebook_approvers" in said:
        parts.append(_("经%s审定") % words_of(said["rulebook_approvers"]))
    if "rulebook_filed_with" in said:
        parts.append(_("报%s备案") % words_of(said["rulebook_filed_with"]))
    return Answer(_("；").join(parts), quoted(said, "rulebook_chapters", "rulebook_approvers", "rulebook_filed_with"))


def signatures(said: Said, scenario: Scenario) -> Answer:
    """Who must sign the draw, and who may be asked to watch."""
    parts = []
    if "draw_signatories" in said:
        parts.append(_("抽取记录由%s签字，缺一个不生效") % words_of(said["draw_signatories"]))
    if "witness_kinds" in said:
        parts.append(_("可以邀请%s见证，不邀请也有效") % words_of(said["witness_kinds"]))
    return Answer(_("；").join(parts) or _("没有规定签字和见证"), quoted(said, "draw_signatories", "witness_kinds"))


def leading(said: Said, scenario: Scenario) -> Answer:
    """Who leads, and who settles whose plan goes first."""
    parts = []
    if scenario.joint and "sectors" in said:
        parts.append(_("由领域牵头部门组织：%s") % _("；").join(map(sentence_of, said["sectors"].sectors)))
    if scenario.joint and "joint_led_by" in said:
        parts.append(_("由%s牵头") % words_of(said["joint_led_by"]))
    if scenario.joint and "collision_coordinator" in said:
        parts.append(_("几个部门查同一户，由%s协调、指定牵头") % words_of(said["collision_coordinator"]))
    if "coordinator" in said:
        parts.append(_("统筹：%s") % words_of(said["coordinator"]))
    keys = ("sectors", "joint_led_by", "collision_coordinator") if scenario.joint else ()
    return Answer(_("；").join(parts) or _("没有规定"), quoted(said, *keys, "coordinator"))


def joint_share(said: Said, scenario: Scenario) -> Answer:
    """How many of the year's campaigns must be joint ones."""
    if "joint_share" not in said:
        return Answer(_("没有规定联合抽查占比"))
    share = said["joint_share"]
    counts = _("这次是联合抽查，计入") if scenario.joint else _("这次不是联合抽查，不计入")
    least = _("全年每 100 个任务至少 %(least)d 个联合（%(share)s）") % {
        "least": int(share.share * 100),
        "share": words_of(share),
    }
    return Answer(_("%(least)s；%(counts)s") % {"least": least, "counts": counts}, (share,))


def repeats(said: Said, scenario: Scenario) -> Answer:
    """Whether several visits become one, and whether a firm may be visited again for the same item."""
    parts = []
    if "merge_items" in said:
        parts.append(_("%d 个部门的事项一次做完，每户受检 1 次") % scenario.departments)
    if "no_repeat" in said:
        parts.append(_("别的部门已查过的同一事项不再查"))
    if "repeat_exceptions" in said:
        parts.append(_("例外：%s") % words_of(said["repeat_exceptions"]))
    nothing = _("没有规定合并：%(count)d 个部门可能各查一次，每户最多 %(count)d 次") % {"count": scenario.departments}
    return Answer(_("；").join(parts) or nothing, quoted(said, "merge_items", "no_repeat", "repeat_exceptions"))


def visit_count(said: Said, scenario: Scenario) -> Answer:
    """Who must agree to more or fewer inspections, and whom good years spare."""
    parts = []
    if "visit_count_reviewer" in said:
        parts.append(_("增减检查次数要经%s审核") % words_of(said["visit_count_reviewer"]))
    if "exempt_after_years" in said:
        parts.append(_("连续 %s良好的可以免于抽查一段时间") % words_of(said["exempt_after_years"]))
    return Answer(_("；").join(parts) or _("没有规定"), quoted(said, "visit_count_reviewer", "exempt_after_years"))


def announcement(said: Said, scenario: Scenario) -> Answer:
    """Where the public reads of it."""
    parts = []
    if "drawn_list_announced" in said:
        parts.append(_("%s发布检查公告") % words_of(said["drawn_list_announced"]))
    if "outlets" in said:
        parts.append(_("在%s公示") % words_of(said["outlets"]))
    return Answer(_("；").join(parts) or _("没有规定渠道"), quoted(said, "drawn_list_announced", "outlets"))


def returns(said: Said, scenario: Scenario) -> Answer:
    """What is reported afterwards, to whom and by when."""
    parts = []
    if "quarterly_return_day" in said:
        due = _day_after_quarter(scenario.ends_on, said["quarterly_return_day"])
        parts.append(_("%s 前报季度工作推进情况") % due.isoformat())
    if "annual_statistics_due" in said:
        due = on_day(str(said["annual_statistics_due"].value), scenario.ends_on.year + 1)
        parts.append(_("%s 前报上年度行政执法数据") % due.isoformat())
    if "progress_return_to" in said:
        parts.append(_("进展报%s") % words_of(said["progress_return_to"]))
    keys = ("quarterly_return_day", "quarterly_return_to", "annual_statistics_due", "annual_statistics_to")
    return Answer(_("；").join(parts) or _("没有规定报送"), quoted(said, *keys, "progress_return_to"))


def _day_after_quarter(on: date, clause: Clause) -> date:
    month = quarter_end(on) + timedelta(days=1)
    return on_day(f"{month.month}-{clause.number}", month.year)


QUESTIONS: Mapping[str, tuple[StrOrPromise, Callable[[Said, Scenario], Answer] | None]] = {
    "coverage": (gettext_lazy("哪些事项要进清单"), coverage),
    "list_filing": (gettext_lazy("事项清单报给谁"), list_filing),
    "joint_list": (gettext_lazy("联查清单谁审定、报给谁"), joint_list),
    "chapters": (gettext_lazy("实施细则写什么、谁审定"), chapters),
    "plan_filing": (gettext_lazy("计划报给谁、什么时候"), plan_filing),
    "approval": (gettext_lazy("谁审核"), approval),
    "adjustment": (gettext_lazy("计划什么时候可以改"), adjustment),
    "smallest_take": (gettext_lazy("最少抽几户"), smallest_take),
    "foreign_take": (gettext_lazy("涉外主体抽几户"), foreign_take),
    "joint_share": (gettext_lazy("联合抽查占比"), joint_share),
    "leading": (gettext_lazy("谁牵头、谁协调"), leading),
    "signatures": (gettext_lazy("谁签字、谁见证"), signatures),
    "repeats": (gettext_lazy("能不能重复检查"), repeats),
    "visit_count": (gettext_lazy("检查次数和免查"), visit_count),
    # Two clocks: `duties` reckons them, above this app.
    "entry": (gettext_lazy("结果最迟什么时候录入"), None),
    "publication": (gettext_lazy("结果最迟什么时候公示"), None),
    "announcement": (gettext_lazy("在哪里公示"), announcement),
    "returns": (gettext_lazy("事后报什么"), returns),
}
"""Everything that is asked of a campaign, in the order in which a planner meets it."""


def answers_under(said: Said, scenario: Scenario) -> dict[str, Answer]:
    """What a place's rules make of every question but the clocks."""
    return {name: answer(said, scenario) for name, (_label, answer) in QUESTIONS.items() if answer is not None}
