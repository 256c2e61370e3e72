"""Both registers are confirmed by their owners before a draw; what changed meanwhile is told."""

from datetime import date, timedelta

import pytest

from mingcha.domain.audit.queries import trail_of
from mingcha.domain.organisation.models import Department, User
from mingcha.domain.plans.queries import confirmations_needed, register_changes
from mingcha.domain.policy.models import Profile
from mingcha.domain.registers import actions, queries, rules
from mingcha.domain.registers.models import BatchKind, RegisterConfirmation, Standing
from mingcha.kit.errors import Forbidden, Refused
from tests.conftest import NOON
from tests.factories import catalogue as listed
from tests.factories import laws, plans
from tests.factories import registers as make
from tests.factories.organisation import code_for, department, region, unguarded
from tests.factories.policy import demo_profile

TODAY = date(2026, 11, 23)
MARKET, FIRE = Department(short_name="市监局"), Department(short_name="消防")
GIVEN = RegisterConfirmation(rows=3, digest="a" * 64, confirmed_by=User(), confirmed_at=NOON)


def stands(owner: Department, register: BatchKind, *, until: date | None = None, valid: bool = False) -> Standing:
    return Standing(owner, register, GIVEN if until else None, until, valid)


# proves S2-17
def test_a_draw_names_everyone_who_must_confirm_and_which_register():
    standings = [
        stands(MARKET, BatchKind.SUBJECTS),
        stands(MARKET, BatchKind.INSPECTORS, until=date(2026, 12, 1), valid=True),
        stands(FIRE, BatchKind.INSPECTORS, until=date(2026, 11, 1)),
    ]
    with pytest.raises(Refused) as refusal:
        rules.check_confirmed(standings, basis="泰政字〔2019〕80号 二（二）2")
    said = refusal.value.reason
    assert "市监局还没有确认检查对象名录；消防对执法检查人员名录的确认已于 2026-11-01 到期" in said
    assert "市监局对" not in said
    assert said.endswith("依据：泰政字〔2019〕80号 二（二）2")


def test_a_draw_whose_registers_are_all_fresh_goes_on():
    rules.check_confirmed([stands(MARKET, BatchKind.SUBJECTS, until=TODAY, valid=True)])
    rules.check_confirmed([])


@pytest.mark.parametrize(
    ("case", "words"),
    [
        ({"rows": 0}, "还没有一条记录"),
        ({"seen": "b" * 64}, "名录又有改动"),
        ({"last": GIVEN, "same_day": True}, "今天已经确认过"),
    ],
)
def test_what_was_not_looked_at_is_not_confirmed_and_nothing_twice(case, words):
    usual = {"rows": 3, "digest": "a" * 64, "seen": "a" * 64, "last": None, "same_day": False}
    rules.check_confirmable(**usual)
    with pytest.raises(Refused, match=words):
        rules.check_confirmable(**(usual | case))


def test_yesterdays_confirmation_may_be_renewed_without_a_change():
    rules.check_confirmable(rows=3, digest="a" * 64, seen="", last=GIVEN, same_day=False)


def test_a_remark_that_hides_something_is_refused():
    rules.check_remark("更新到昨天\r\n无变化")
    with pytest.raises(Refused, match="看不见的字符"):
        rules.check_remark("更新\u202e到昨天")


# proves S2-17
@pytest.mark.django_db
def test_a_confirmation_says_who_when_how_many_and_leaves_its_trace(cast, noon):
    make.subjects(3)
    make.subject(9, state="CLOSED")
    given = actions.confirm_register(cast.market, "SUBJECTS", remark="更新到今天", by=cast.handler, at=noon)
    assert (given.rows, given.confirmed_by, given.confirmed_at) == (4, cast.handler, noon)
    (entry,) = trail_of(given)
    assert (entry.event, entry.details["rows"], entry.details["digest"]) == (
        "registers.register_confirmed",
        4,
        given.digest,
    )
    with pytest.raises(Refused, match="今天已经确认过"):
        actions.confirm_register(cast.market, "SUBJECTS", by=cast.second_handler, at=noon)
    make.subject(10)
    assert actions.confirm_register(cast.market, "SUBJECTS", by=cast.handler, at=noon).rows == 5


@pytest.mark.django_db
@pytest.mark.parametrize("person", ["stranger", "fire_handler", "approver", "supervisor", "keeper", "inspector"])
def test_nobody_confirms_a_register_that_is_not_theirs(cast, noon, person):
    make.inspectors(2, cast.market)
    with pytest.raises(Forbidden):
        actions.confirm_register(cast.market, "INSPECTORS", by=getattr(cast, person), at=noon)


@pytest.mark.django_db
def test_a_confirmation_is_of_the_own_people_and_of_what_a_draw_reads(cast):
    ours, _theirs = make.inspectors(1, cast.market), make.inspectors(2, cast.fire)
    before = queries.content_of(cast.market, "INSPECTORS")
    assert before.rows == 1
    with unguarded():
        ours[0].state = "SUSPENDED"
        ours[0].save()
    assert queries.content_of(cast.market, "INSPECTORS").digest != before.digest


# proves S2-17
@pytest.mark.django_db
def test_a_confirmation_holds_for_the_days_that_the_rules_give(cast, noon):
    demo_profile()
    make.subjects(3)
    for owner in (cast.market, cast.fire):
        make.inspectors(2, owner)
    items = [plans.item(cast.market, cast.handler), plans.item(cast.fire, cast.fire_handler, "F-01")]
    campaign = plans.approved_campaign(cast, items=items, parties=[(cast.market, 2), (cast.fire, 2)])
    wanted = [(cast.market, "SUBJECTS"), (cast.market, "INSPECTORS"), (cast.fire, "INSPECTORS")]
    missing = confirmations_needed(campaign, on=TODAY)
    assert missing[0].register == "SUBJECTS"
    assert {(s.department, str(s.register), s.valid) for s in missing} == {(*pair, False) for pair in wanted}
    make.confirmed(cast, at=noon)
    last_day = TODAY + timedelta(days=30)
    assert all(s.valid and s.until == last_day for s in confirmations_needed(campaign, on=last_day))
    assert not any(s.valid for s in confirmations_needed(campaign, on=last_day + timedelta(days=1)))
    assert not any(s.valid for s in confirmations_needed(campaign, on=TODAY - timedelta(days=1)))


@pytest.mark.django_db
def test_where_no_rule_asks_for_it_nobody_need_confirm(cast):
    demo_profile()
    campaign = plans.approved_campaign(cast)
    with unguarded():
        profile = Profile.objects.get()
        profile.clauses = [kept for kept in profile.clauses if kept["key"] != "register_confirmed_before_draw"]
        profile.save()
    assert confirmations_needed(campaign, on=TODAY) == []


# proves S2-12
@pytest.mark.django_db
def test_what_changed_before_a_draw_is_told_without_who_avoids_whom(cast, noon):
    demo_profile()
    early = noon - timedelta(hours=49)
    firm = make.subject(1)
    people = make.inspectors(2, cast.market)
    actions.close_subject(firm, reason="注销", by=cast.handler, at=early)
    actions.reopen_subject(firm, reason="恢复", by=cast.handler, at=noon - timedelta(hours=48))
    for number in (7, 8):
        actions.register_subject(
            code_for(number, prefix="91"), department=cast.market, name="新开", by=cast.handler, at=noon
        )
    actions.declare_avoidance(firm, people[0], reason="亲属", by=cast.handler, at=noon)
    actions.suspend_inspector(people[1], reason="病假", by=cast.second_handler, at=noon)
    campaign = plans.approved_campaign(cast)
    told = [(str(change.what), change.register, change.how_many) for change in register_changes(campaign, at=noon)]
    assert sorted(told) == [
        ("恢复为存续", "SUBJECTS", 1),
        ("暂停参加抽取", "INSPECTORS", 1),
        ("逐户登记", "SUBJECTS", 2),
    ]
    assert {change.department for change in register_changes(campaign, at=noon)} == {"市场监督管理局"}


@pytest.mark.django_db
def test_an_import_is_told_once_with_its_rows_and_only_in_its_region(cast, noon):
    rows = "统一社会信用代码,名称\n" + "".join(f"{code_for(n, prefix='91')},示范{n}\n" for n in range(5))
    batch = actions.read_file(
        "SUBJECTS", department=cast.market, file_name="名录.csv", content=rows.encode(), by=cast.handler, at=noon
    )
    actions.merge_batch(batch, by=cast.handler, at=noon)
    (change,) = queries.changes_since(cast.region, noon - timedelta(days=1))
    assert (str(change.what), change.how_many, change.at) == ("导入合并", 5, noon)
    assert queries.changes_since(region("980000"), noon - timedelta(days=1)) == []
    assert queries.changes_since(cast.region, noon + timedelta(seconds=1)) == []


def _told(place, noon) -> list[tuple[str, int]]:
    return sorted((str(each.what), each.how_many) for each in queries.changes_since(place, noon - timedelta(days=1)))


@pytest.mark.django_db
def test_whatever_keeps_firms_out_of_a_draw_in_one_stroke_is_told_too(cast, noon):
    """A narrower link rule, a dropped one, a dispute, an import taken back: none of them touches a firm's own row."""
    listed.bare_rules(cast.region)
    laws.item_list(cast.market, cast.handler, ["M-01"])
    firms = make.subjects(3)
    rule = actions.set_link_rule(cast.market, "M-01", kinds=["店"], by=cast.handler, at=noon)
    for firm in firms:
        make.link(firm, cast.market)
    actions.apply_rule(rule, by=cast.handler, at=noon)
    make.link(firms[0], cast.market)
    actions.drop_link_rule(rule, by=cast.handler, at=noon)
    actions.end_dispute(
        actions.declare_dispute(firms[0], cast.market, reason="复议", since=TODAY, by=cast.handler, at=noon),
        on=TODAY,
        by=cast.handler,
        at=noon,
    )
    rows = f"统一社会信用代码,名称\n{code_for(9, prefix='91')},示范九\n"
    batch = actions.read_file(
        "SUBJECTS", department=cast.market, file_name="名录.csv", content=rows.encode(), by=cast.handler, at=noon
    )
    actions.undo_batch(actions.merge_batch(batch, by=cast.handler, at=noon), by=cast.handler, at=noon)
    assert _told(cast.region, noon) == [
        ("争议结束", 1),
        ("删除关联规则", 1),
        ("导入合并", 1),
        ("按规则增减关联", 3),
        ("撤销导入", 1),
        ("登记未结争议", 1),
    ]
    assert _told(region("980000"), noon) == []


@pytest.mark.django_db
def test_the_digest_that_is_signed_covers_links_decisions_disputes_and_leave(cast, noon):
    firm, person = make.subject(1), make.inspector(cast.market, 1)
    acts = [
        lambda: make.link(firm, cast.market, by_hand=True),
        lambda: actions.unlink_subject(firm.links.get(), reason="不查", by=cast.handler, at=noon),
        lambda: make.relief(firm, cast.market, by=cast.approver),
        lambda: make.dispute(firm, cast.market, by=cast.handler),
    ]
    for act in acts:
        before = queries.content_of(cast.market, "SUBJECTS")
        act()
        after = queries.content_of(cast.market, "SUBJECTS")
        assert after.rows == before.rows
        assert after.digest != before.digest
    before = queries.content_of(cast.market, "INSPECTORS").digest
    actions.grant_leave(person, kind="LEAVE", since=TODAY, until=TODAY, by=cast.handler, at=noon)
    assert queries.content_of(cast.market, "INSPECTORS").digest != before


@pytest.mark.django_db
def test_a_city_confirms_the_firms_of_its_counties_once_each(cast):
    city = region("990100", "示范市")
    owner = department("city", "市局", 9, city)
    county = region("990101", "示范区")
    make.subject(1, place=city)
    make.subject(1, place=county)
    make.subject(2, place=county)
    assert queries.content_of(owner, "SUBJECTS").rows == 2
