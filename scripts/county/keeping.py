"""What departments keep beside the two registers: sets of firms, what is on record about some, people and data they
lend one another."""

from mingcha.domain.registers.actions import (
    add_signal,
    agree_member,
    ask_for_data,
    close_signal,
    fill_register,
    grant_request,
    open_pool,
    open_register,
    propose_member,
    take_data,
)
from mingcha.domain.registers.models import BatchKind, Inspector, RegisterKind, SignalKind, Subject
from mingcha.domain.registers.queries.subjects import firms_in
from scripts.county.setting import Setting

CATERING = "62"
MAKING = ("14", "17", "20", "21", "26", "30", "33")
ASKED = ("code", "name", "industry", "address", "contact", "phone")
GRANTED = ("code", "name", "industry", "address")


def keep_sets(setting: Setting, *, days: int) -> None:
    """特别名录库 with a part of it, a department's own, and a tag."""
    by, at = setting.handler("shijian"), setting.at(days, 10)
    market = setting.departments["shijian"]
    firms = firms_in(market.region).filter(state="OPEN")
    catering = open_register(
        market, kind=RegisterKind.SECTOR, name="餐饮服务特别名录库", sector="市场监管", by=by, at=at
    )
    caterers = firms.filter(industry__startswith=CATERING)
    fill_register(catering, caterers, reason="市场监管领域联查范围", by=by, at=at)
    town = open_register(market, kind=RegisterKind.SUB, name="城关餐饮", parent=catering, by=by, at=at)
    area = caterers.order_by("code").values_list("area", flat=True).first()
    fill_register(town, caterers.filter(area=area or ""), reason="按片区分库", by=by, at=at)
    tag = open_register(market, kind=RegisterKind.TAG, name="涉外企业", by=by, at=at)
    fill_register(tag, firms.filter(is_foreign=True), reason="外资企业年度核对", by=by, at=at)
    own = open_register(
        setting.departments["yingji"],
        kind=RegisterKind.DEPARTMENT,
        name="工贸企业名录库",
        by=setting.handler("yingji"),
        at=at,
    )
    for industry in MAKING:
        those = firms.filter(industry__startswith=industry)
        if those.exists():
            fill_register(own, those, reason="安全生产重点行业", by=setting.handler("yingji"), at=at)


def note_signals(setting: Setting, *, days: int) -> None:
    """A complaint, a list that a firm was on and left, one that another is still on."""
    by = setting.handler("shijian")
    complained, listed, left = _firms_of("shijian", setting)
    add_signal(
        complained,
        kind=SignalKind.COMPLAINTS,
        since=setting.day(days),
        source="12345 热线转办",
        note="反映后厨卫生，已转片区核实",
        by=by,
        at=setting.at(days, 11),
    )
    for firm in (listed, left):
        add_signal(
            firm,
            kind=SignalKind.ABNORMAL_LIST,
            since=setting.day(days),
            source="年报公示系统",
            note="未按期公示年度报告",
            by=by,
            at=setting.at(days, 15),
        )
    on_record = left.signals.get()
    close_signal(on_record, until=setting.day(days + 9), reason="已补报年度报告", by=by, at=setting.at(days + 9, 9))


def _firms_of(department: str, setting: Setting) -> list[Subject]:
    """Three of the caterers, always the same."""
    region = setting.departments[department].region
    return list(firms_in(region).filter(state="OPEN", industry__startswith=CATERING).order_by("code")[:3])


def lend_people(setting: Setting, *, days: int) -> None:
    """跨部门执法人员库: two lent by their head, one who is waiting for an answer."""
    keeper = setting.departments["shijian"]
    by = setting.handler("shijian")
    pool = open_pool(keeper, name="市场监管领域联查人员库", sector="市场监管", by=by, at=setting.at(days, 9))
    for department, agrees in (("yingji", True), ("weijian", True), ("xiaofang", False)):
        person = Inspector.objects.filter(department=setting.departments[department]).order_by("code").first()
        if person is None:
            continue
        member = propose_member(pool, person.code, by=by, at=setting.at(days, 10))
        if agrees:
            until = setting.day(120)
            agree_member(member, until=until, by=setting.head(department), at=setting.at(days, 16))


def share_data(setting: Setting, *, days: int) -> None:
    """One department asks, is granted less than it asked, and takes it; another still waits."""
    owner = setting.departments["shijian"]
    asked = ask_for_data(
        setting.departments["yingji"],
        owner,
        register=BatchKind.SUBJECTS,
        fields=ASKED,
        filters={},
        purpose="核对安全生产监管对象名录，补齐新登记的企业",
        by=setting.handler("yingji"),
        at=setting.at(days, 9),
    )
    head = setting.head("shijian")
    answer = "联络员和电话不提供"
    granted = grant_request(
        asked, fields=GRANTED, until=setting.day(days + 90), answer=answer, by=head, at=setting.at(days, 15)
    )
    take_data(granted, by=setting.handler("yingji"), at=setting.at(days + 1, 9))
    ask_for_data(
        setting.departments["weijian"],
        owner,
        register=BatchKind.SUBJECTS,
        fields=GRANTED,
        filters={"industry": CATERING},
        purpose="核对公共场所卫生监管对象",
        by=setting.handler("weijian"),
        at=setting.at(-2, 10),
    )
