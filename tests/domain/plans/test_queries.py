"""Who sees which plan; who would be drawn from on a day."""

from datetime import date, datetime
from decimal import Decimal

import pytest
from django.utils import timezone

from mingcha.domain.plans import queries
from mingcha.domain.plans.models import Campaign, stratum_for
from mingcha.domain.plans.rules import StratumDraft
from mingcha.domain.registers.models import Subject, VisitNote
from tests.factories import plans as make
from tests.factories.organisation import unguarded
from tests.factories.policy import demo_profile

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 23)


@pytest.fixture(autouse=True)
def rules_in_force(cast):
    demo_profile()


def subjects(cast, number: int, start: int = 0, **marks) -> list[Subject]:
    """Open subjects of the county, `S00000` and on."""
    now: datetime = timezone.now()
    rows = [
        Subject(code=f"S{n:05d}", name=f"明州示范{n}号店", region=cast.region, changed_at=now, **marks)
        for n in range(start, start + number)
    ]
    with unguarded():
        return Subject.objects.bulk_create(rows)


def note(subject: Subject, department, on: date, code: str = "M-01") -> None:
    with unguarded():
        VisitNote.objects.create(subject=subject, item_code=code, department=department, on=on, is_clean=True)


def test_a_plan_is_seen_by_its_department_and_its_supervisors_only(cast):
    plan = make.plan(cast.market, cast.handler)
    for person, sees in [
        (cast.handler, True),
        (cast.approver, True),
        (cast.supervisor, True),
        (cast.coordinator, True),
        (cast.fire_handler, False),
        (cast.stranger, False),
        (cast.inspector, False),
        (cast.keeper, False),
    ]:
        assert (plan in queries.plans_visible_to(person)) is sees, person.username


def test_a_joint_campaign_is_seen_by_every_party_once(cast):
    items = [make.item(cast.market, cast.handler), make.item(cast.fire, cast.fire_handler, "F-01")]
    under = make.plan(cast.market, cast.handler)
    joint = make.campaign(under, items=items, parties=[(cast.market, 2), (cast.fire, 2)])
    alone = make.campaign(under, items=items[:1], title="市监单独")
    assert list(queries.campaigns_visible_to(cast.fire_handler)) == [joint]
    assert set(queries.campaigns_visible_to(cast.supervisor)) == {joint, alone}
    assert queries.campaigns_visible_to(cast.supervisor).count() == 2
    assert list(queries.campaigns_visible_to(cast.stranger)) == []


def test_what_waits_is_asked_of_whoever_may_approve(cast):
    plan = make.plan(cast.market, cast.handler, state="SUBMITTED")
    campaign = make.campaign(plan, items=[make.item(cast.market, cast.handler)], state="SUBMITTED")
    assert list(queries.plans_awaiting(cast.supervisor)) == [plan]
    assert list(queries.campaigns_awaiting(cast.supervisor)) == [campaign]
    assert not queries.plans_awaiting(cast.approver).exists()
    assert not queries.campaigns_awaiting(cast.handler).exists()


def test_the_public_reads_approved_plans_only(cast):
    make.plan(cast.market, cast.handler, title="草稿")
    done = make.plan(cast.market, cast.handler, title="已批准的", approver=cast.supervisor)
    assert list(queries.public_plans()) == [done]


def test_everyone_open_is_in_exactly_one_stratum(cast):
    rest = subjects(cast, 30)
    foreign = subjects(cast, 5, 100, is_foreign=True, risk="D")
    risky = subjects(cast, 4, 200, risk="C")
    campaign = make.approved_campaign(cast, strata=(make.FOREIGN, make.HIGH_RISK, make.REST))
    members, excluded = queries.membership_of(campaign, on=TODAY)
    expected = dict.fromkeys([s.pk for s in rest], "rest")
    expected |= dict.fromkeys([s.pk for s in foreign], "foreign") | dict.fromkeys([s.pk for s in risky], "high")
    assert members == expected
    assert excluded == []


def test_the_frame_and_the_rule_put_a_subject_in_the_same_stratum(cast):
    everyone = [
        subjects(cast, 1, n, is_foreign=foreign, risk=risk)[0]
        for n, (foreign, risk) in enumerate((f, r) for f in (True, False) for r in ("", "A", "B", "C", "D"))
    ]
    only_graded = StratumDraft("graded", "有等级", False, "AB", Decimal("0.05"), 0)
    campaign = make.approved_campaign(cast, strata=(make.HIGH_RISK, only_graded, make.FOREIGN))
    strata = list(campaign.strata.all())
    members, excluded = queries.membership_of(campaign, on=TODAY)
    homes = {s.pk: stratum_for(strata, is_foreign=s.is_foreign, risk=s.risk) for s in everyone}
    assert members == {pk: home.code for pk, home in homes.items() if home}
    nowhere = [(pk, "no-stratum") for pk, home in homes.items() if not home]
    assert [(firm.pk, firm.reason) for firm in excluded] == nowhere
    assert excluded


def test_closed_subjects_stay_out_with_their_reason(cast):
    subjects(cast, 3)
    closed = subjects(cast, 1, 50, state="CLOSED")[0]
    campaign = make.approved_campaign(cast)
    members, excluded = queries.membership_of(campaign, on=TODAY)
    assert len(members) == 3
    assert excluded == [(closed.pk, closed.code, closed.name, "closed")]


# proves S3-24
def test_whoever_was_inspected_for_an_item_this_year_by_anyone_stays_out(cast):
    first, second, third, fourth = subjects(cast, 4)
    note(first, cast.fire, date(2026, 1, 1))
    note(second, cast.market, date(2025, 12, 31))
    note(third, cast.market, date(2026, 5, 1), code="another-item")
    campaign = make.approved_campaign(cast)
    members, excluded = queries.membership_of(campaign, on=TODAY)
    assert excluded == [(first.pk, first.code, first.name, "inspected-this-year")]
    assert set(members) == {second.pk, third.pk, fourth.pk}


# proves S3-24
def test_any_item_of_a_joint_campaign_counts(cast):
    first, _second = subjects(cast, 2)
    note(first, cast.fire, date(2026, 3, 1), code="F-01")
    items = [make.item(cast.market, cast.handler), make.item(cast.fire, cast.fire_handler, "F-01")]
    campaign = make.approved_campaign(cast, items=items, parties=[(cast.market, 2), (cast.fire, 2)])
    _members, excluded = queries.membership_of(campaign, on=TODAY)
    assert excluded == [(first.pk, first.code, first.name, "inspected-this-year")]


def test_a_closed_subject_that_was_inspected_is_counted_once(cast):
    closed = subjects(cast, 1, state="CLOSED")[0]
    note(closed, cast.market, date(2026, 3, 1))
    _members, excluded = queries.membership_of(make.approved_campaign(cast), on=TODAY)
    assert excluded == [(closed.pk, closed.code, closed.name, "closed")]


def test_ten_thousand_subjects_take_a_handful_of_queries(cast, django_assert_max_num_queries):
    for subject in subjects(cast, 10_000)[:40]:
        note(subject, cast.market, date(2026, 2, 2))
    campaign = queries.campaigns_visible_to(cast.handler).get(pk=make.approved_campaign(cast).pk)
    with django_assert_max_num_queries(9):
        members, excluded = queries.membership_of(campaign, on=TODAY)
    assert (len(members), len(excluded)) == (9_960, 40)


# proves S4-04
def test_each_subject_of_a_stratum_has_the_same_chance(cast):
    subjects(cast, 101)
    subjects(cast, 12, 500, is_foreign=True)
    campaign = make.approved_campaign(cast, strata=(make.FOREIGN, make.REST))
    sizes = queries.outlook_of(campaign, on=TODAY).sizes
    assert [(s.stratum.code, s.population, s.take, s.reserve) for s in sizes] == [
        ("foreign", 12, 2, 2),
        ("rest", 101, 4, 2),
    ]
    assert [s.chance for s in sizes] == [Decimal(2) / 12, Decimal(4) / 101]


def test_a_reserve_beyond_the_end_of_a_stratum_is_cut_short(cast):
    subjects(cast, 2)
    (size,) = queries.outlook_of(make.approved_campaign(cast), on=TODAY).sizes
    assert (size.take, size.reserve) == (1, 1)


def test_an_empty_stratum_draws_nobody_with_no_chance(cast):
    (size,) = queries.outlook_of(make.approved_campaign(cast), on=TODAY).sizes
    assert (size.population, size.take, size.reserve, size.chance) == (0, 0, 0, 0)


def test_the_outlook_says_how_many_stay_out_and_why(cast):
    visited, *_others = subjects(cast, 10)
    subjects(cast, 3, 100, state="CLOSED")
    subjects(cast, 4, 200, is_foreign=True)
    note(visited, cast.market, date(2026, 3, 1))
    campaign = make.approved_campaign(cast, strata=(make.FOREIGN,))
    outlook = queries.outlook_of(campaign, on=TODAY)
    assert (outlook.population, outlook.take) == (4, 1)
    assert {str(reason): n for reason, n in outlook.left_out.items()} == {
        "closed": 3,
        "inspected-this-year": 1,
        "no-stratum": 9,
    }


def test_the_outlook_and_the_frame_agree(cast):
    subjects(cast, 20, risk="B")
    subjects(cast, 7, 100, risk="D")
    campaign = make.approved_campaign(cast, strata=(make.HIGH_RISK, make.REST))
    members, _excluded = queries.membership_of(campaign, on=TODAY)
    counted = {s.stratum.code: s.population for s in queries.outlook_of(campaign, on=TODAY).sizes}
    assert counted == {code: list(members.values()).count(code) for code in counted}


def test_a_campaign_knows_its_lead(cast):
    campaign = Campaign.objects.get(pk=make.approved_campaign(cast).pk)
    assert campaign.department == cast.market
    assert not campaign.is_joint
