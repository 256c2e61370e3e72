"""The year of the demonstration: one joint campaign gone the whole way, others standing at every earlier stage."""

import time
from collections.abc import Callable
from datetime import timedelta

from mingcha.domain.audit.actions import publish_heads
from mingcha.domain.draws.models import Draw
from mingcha.domain.inspections.models import Inspection
from mingcha.domain.plans.actions import submit_campaign
from mingcha.domain.plans.models import ListTiming
from mingcha.domain.publication.jobs import publish_due
from scripts.county import (
    campaigns,
    ceremony,
    keeping,
    laws,
    links,
    lists,
    organisation,
    outlets,
    papers,
    registers,
    visits,
)
from scripts.county.setting import Setting

Say = Callable[[str], None]
JOINT = ("shijian", "yingji", "weijian")


def found_county(setting: Setting, say: Say, *, register: tuple[str, bytes] | None = None) -> None:
    """Organisation, lists and registers."""
    say("设立区划、部门、账号、规则与工作日历")
    organisation.found(setting, days=-75)
    say("事项清单：关联法律，法制审核，负责人批准，备案，施行")
    known = laws.enter_laws(setting, days=-72)
    lists.publish_lists(setting, known, days=-70)
    say("实施细则、联查清单、权力清单、裁量基准，与上级系统核对")
    papers.publish_papers(setting, known, days=-67)
    outlets.publish_elsewhere(setting, days=-66)
    say("导入两库")
    name, content = register or ("", None)
    started = time.monotonic()
    batch = registers.load_firms(setting, days=-65, content=content, name=name)
    took = time.monotonic() - started
    say(f"  检查对象 {batch.rows} 行：新增 {batch.created} 户，提醒 {batch.warning_count} 处，用时 {took:.1f} 秒")
    say(f"  对象与事项关联 {links.link_items(setting, days=-65)} 条")
    registers.load_inspectors(setting, days=-65)
    if register is None:
        registers.declare_ties(setting, days=-60)
        say("名录库与标签、监管信息、跨部门人员库、数据共享")
        keeping.keep_sets(setting, days=-60)
        keeping.note_signals(setting, days=-58)
        keeping.lend_people(setting, days=-55)
        keeping.share_data(setting, days=-50)


def tell_whole_story(setting: Setting, say: Say) -> Draw:
    """Every stage of the work, each with living clocks; returns the draw of the finished campaign."""
    say("联合抽查一：从计划到公示，走完全程")
    finished = finish_one(setting)
    say("联合抽查二：正在入户检查")
    run_one(setting)
    say("其余任务：中止过一次的、待抽取的、见证人已入席的、待审核的、草稿")
    stand_at_earlier_stages(setting)
    publish_everything(setting)
    return finished


def finish_one(setting: Setting) -> Draw:
    """Drawn forty days ago, visited, confirmed, published."""
    campaign = campaigns.make_campaign(
        setting,
        "涉外与高风险企业部门联合抽查",
        window=(-38, -12),
        departments=JOINT,
        days=-46,
        strata=campaigns.FOCUSED,
    )
    campaigns.pass_review(setting, campaign, days=-44)
    ceremony.rehearse(campaign, setting, days=-43)
    draw = ceremony.hold(campaign, setting, days=-40)
    visits.dispatch(draw, setting, days=-40)
    days_of_visits = range(-36, -16)
    inspections = inspections_of(draw)
    for place, days in enumerate(days_of_visits):
        for hour, inspection in enumerate(inspections[place :: len(days_of_visits)]):
            visits.go(inspection, setting, days=days, hour=9 + hour % 8, until="CONFIRMED")
        publish_due(setting.at(days + 3, 18))
    return draw


def run_one(setting: Setting) -> None:
    """Drawn twelve days ago; its visits stand at every stage, some clocks near their end and one past it."""
    campaign = campaigns.make_campaign(
        setting,
        "安全生产与消防安全联合抽查",
        window=(-10, 20),
        departments=("yingji", "xiaofang", "shijian"),
        days=-18,
        strata=campaigns.FOCUSED[:2],
        timing=ListTiming.AT_START,
    )
    campaigns.pass_review(setting, campaign, days=-16)
    draw = ceremony.hold(campaign, setting, days=-12)
    visits.dispatch(draw, setting, days=-12)
    publish_due(setting.at(-10, 8))
    stages = [("CONFIRMED", -8), ("RECORDED", -4), ("FINISHED", -3), ("FINISHED", -1), ("VISITING", 0)]
    for place, inspection in enumerate(inspections_of(draw)):
        if place < 3 * len(stages):  # the others still wait for their inspectors
            until, days = stages[place % len(stages)]
            visits.go(inspection, setting, days=days, hour=9 + place // len(stages), until=until)
    publish_due(setting.at(-5, 18))


def stand_at_earlier_stages(setting: Setting) -> None:
    """A draw that was aborted, one in teams with witnesses seated, one to be drawn, one to be approved, one draft."""
    aborted = campaigns.make_campaign(
        setting, "农资市场联合抽查", window=(3, 30), departments=("nongye", "shijian"), days=-9
    )
    campaigns.pass_review(setting, aborted, days=-8)
    ceremony.abort(aborted, setting, days=-5)
    seated = campaigns.make_campaign(
        setting, "排污单位联合抽查", window=(4, 40), departments=("huanbao", "shijian"), days=-7, teams=4
    )
    campaigns.pass_review(setting, seated, days=-6)
    ceremony.hold(seated, setting, days=0, until="SEATS")
    waiting = campaigns.make_campaign(
        setting,
        "餐饮与医疗机构卫生联合抽查",
        window=(6, 45),
        departments=("weijian", "shijian"),
        items=("weijian-02", "shijian-04"),
        days=-4,
    )
    campaigns.pass_review(setting, waiting, days=-3)
    submitted = campaigns.make_campaign(
        setting, "消防重点单位联合抽查", window=(8, 50), departments=("xiaofang", "shijian"), days=-2
    )
    submit_campaign(submitted, by=setting.handler("shijian"), at=setting.at(-1, 9))
    campaigns.make_campaign(setting, "年末集贸市场联合抽查", window=(9, 30), departments=("shijian", "nongye"), days=-1)


def draw_only(setting: Setting, say: Say) -> Draw:
    """With a register of real firms: up to the signed result, and not a step further — nobody is found at fault."""
    say("抽取：冻结、封存、掷骰、开封、签字")
    campaign = campaigns.make_campaign(
        setting, "登记事项部门联合抽查（试抽）", window=(3, 40), departments=JOINT, days=-6
    )
    campaigns.pass_review(setting, campaign, days=-5)
    return ceremony.hold(campaign, setting, days=0)


def inspections_of(draw: Draw) -> list[Inspection]:
    """In the order of the visits."""
    found = Inspection.objects.filter(visit__drawn__draw=draw).select_related("department", "visit__subject")
    return list(found.order_by("visit__subject__code", "department__code"))


def publish_everything(setting: Setting) -> None:
    """What the worker would have done by now, and the trail's head of every day that has passed."""
    publish_due(setting.now)
    for days in range(75, 0, -1):
        publish_heads(on=setting.today - timedelta(days=days))
