"""The life of an entry: pending, open, stale, void."""

from datetime import date, datetime, timedelta

import pytest

from mingcha.domain.audit.models import Entry
from mingcha.domain.audit.queries import trail_of
from mingcha.domain.policy.models import Profile
from mingcha.domain.registers import actions, queries
from mingcha.domain.registers.jobs import mark_silent_subjects
from mingcha.domain.registers.models import Subject
from mingcha.domain.registers.rules import STALE_DAYS
from mingcha.kit.errors import Forbidden, Refused
from tests.conftest import NOON
from tests.factories import registers as make
from tests.factories.organisation import unguarded
from tests.factories.policy import demo_profile

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)
TWO_YEARS_AGO = datetime.fromisoformat("2024-11-01T09:00:00+08:00")


def states() -> dict[str, str]:
    return dict(Subject.objects.values_list("name", "state"))


# proves S2-12
@pytest.mark.parametrize("state", ["PENDING", "STALE", "OPEN"])
def test_whoever_was_looked_at_is_open_and_carries_the_day(cast, state):
    firm = make.subject(1, state=state)
    verified = actions.verify_subject(firm, source="实地核对", by=cast.handler, at=NOON)
    assert (verified.state, verified.verified_on, verified.source) == ("OPEN", TODAY, "实地核对")
    assert trail_of(firm).last().details["state_before"] == state
    with pytest.raises(Refused, match="今天已经核对过"):
        actions.verify_subject(firm, by=cast.handler, at=NOON)


def test_whoever_has_ended_is_not_verified_and_a_source_is_a_short_word(cast):
    for state in ("CLOSED", "VOID"):
        with pytest.raises(Refused, match="不用核对"):
            actions.verify_subject(make.subject(ord(state[0]), state=state), by=cast.handler, at=NOON)
    with pytest.raises(Refused, match="超过 60"):
        actions.verify_subject(make.subject(1), source="字" * 61, by=cast.handler, at=NOON)


# proves S2-12
def test_what_was_entered_by_mistake_is_void_for_ever_and_kept(cast):
    firm = make.subject(1)
    with pytest.raises(Refused, match="没有写理由"):
        actions.void_subject(firm, reason=" ", by=cast.handler, at=NOON)
    assert actions.void_subject(firm, reason="重复录入", by=cast.handler, at=NOON).state == "VOID"
    for act in (
        lambda: actions.void_subject(firm, reason="再来", by=cast.handler, at=NOON),
        lambda: actions.reopen_subject(firm, reason="恢复", by=cast.handler, at=NOON),
        lambda: actions.close_subject(firm, reason="注销", by=cast.handler, at=NOON),
    ):
        with pytest.raises(Refused, match="之后不能是"):
            act()
    assert Subject.objects.filter(pk=firm.pk).exists()


def test_only_whoever_keeps_the_register_verifies_and_voids(cast):
    firm = make.subject(1)
    for person in (cast.stranger, cast.approver, cast.supervisor):
        with pytest.raises(Forbidden):
            actions.verify_subject(firm, by=person, at=NOON)
        with pytest.raises(Forbidden):
            actions.void_subject(firm, reason="误录", by=person, at=NOON)


# proves S2-12
def test_an_entry_that_nobody_touched_or_looked_at_for_a_year_goes_stale_by_itself(cast):
    demo_profile()
    make.subject(1, name="久未更新", changed_at=TWO_YEARS_AGO)
    make.subject(2, name="刚核对", changed_at=TWO_YEARS_AGO, verified_on=date(2026, 1, 5))
    make.subject(3, name="刚更新")
    make.subject(4, name="已注销", changed_at=TWO_YEARS_AGO, state="CLOSED")
    mark_silent_subjects(NOON)
    assert states() == {"久未更新": "STALE", "刚核对": "OPEN", "刚更新": "OPEN", "已注销": "CLOSED"}
    entry = Entry.objects.get(event="registers.subjects_went_stale")
    assert (entry.details["marked"], entry.actor) == (1, "系统")
    mark_silent_subjects(NOON + timedelta(hours=6))
    assert Entry.objects.filter(event="registers.subjects_went_stale").count() == 1


def test_a_confirmed_register_is_silent_nowhere(cast):
    demo_profile()
    make.subject(1, name="久未更新", changed_at=TWO_YEARS_AGO)
    make.confirmed(cast, cast.market, at=NOON)
    mark_silent_subjects(NOON)
    assert states() == {"久未更新": "OPEN"}


def say_stale_days(profile: Profile, days: int | None) -> None:
    """The rules name another number of days, or none."""
    clauses = [clause for clause in profile.clauses if clause["key"] != "subject_stale_days"]
    said = {"key": "subject_stale_days", "value": days, "unit": "days", "source": "示范规则", "kind": "operating"}
    with unguarded():
        Profile.objects.filter(pk=profile.pk).update(
            clauses=[*clauses, {**said, "reason": "一月一核"}] if days else clauses
        )


def test_where_the_rules_are_silent_the_products_own_number_holds(cast):
    profile = demo_profile()
    assert queries.stale_clause(cast.region, on=TODAY).kind == "operating"
    say_stale_days(profile, None)
    assert queries.stale_days(cast.region, on=TODAY) is None
    make.subject(1, name="一年多", changed_at=NOON - timedelta(days=STALE_DAYS + 1))
    make.subject(2, name="近一年", changed_at=NOON - timedelta(days=STALE_DAYS - 1))
    mark_silent_subjects(NOON)
    assert states() == {"一年多": "STALE", "近一年": "OPEN"}


def test_the_number_of_days_is_the_rules_where_they_say_one(cast):
    say_stale_days(demo_profile(), 30)
    assert queries.stale_days(cast.region, on=TODAY) == 30
    make.subject(1, name="两个月前", changed_at=NOON - timedelta(days=60))
    make.subject(2, name="三周前", changed_at=NOON - timedelta(days=21))
    mark_silent_subjects(NOON)
    assert states() == {"两个月前": "STALE", "三周前": "OPEN"}
