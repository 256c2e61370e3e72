"""操作留痕 at the desk."""

from datetime import timedelta

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from mingcha.domain.audit.actions import publish_heads, record
from mingcha.domain.audit.models import Entry
from mingcha.kit.actors import SYSTEM
from tests.factories.organisation import unguarded

pytestmark = pytest.mark.django_db


@pytest.fixture
def trail(cast, noon):
    record("plan.drafted", cast.market, by=cast.handler, at=noon, details={"title": "年度计划"})
    record("organisation.signed_in", cast.fire_handler, by=cast.fire_handler, at=noon + timedelta(days=1))
    record("plan.approved", cast.market, by=cast.supervisor, at=noon + timedelta(days=2))
    record("plan.drafted", cast.stranger.department, by=cast.stranger, at=noon, details={"title": "邻县的计划"})
    record("publication.published", by=SYSTEM, at=noon)


def shown(answer) -> set[str]:
    return {entry.actor for entry in answer.context["page"]}


@pytest.mark.parametrize("name", ["trail_list", "trail_check"])
def test_only_those_who_may_read_the_trail_do(cast, browse, name):
    for person in (cast.handler, cast.approver, cast.supervisor, cast.keeper, cast.inspector, cast.stranger):
        assert browse(person).get(reverse(f"desk:{name}")).status_code == 403, person.username
    for person in (cast.auditor, cast.discipline):
        assert browse(person).get(reverse(f"desk:{name}")).status_code == 200
    assert browse().get(reverse(f"desk:{name}")).status_code == 302
    assert browse(cast.auditor).post(reverse(f"desk:{name}")).status_code == 405


def test_the_auditor_reads_the_own_county_and_the_system(cast, browse, trail):
    answer = browse(cast.auditor).get(reverse("desk:trail_list"))
    assert shown(answer) == {cast.handler.label, cast.fire_handler.label, cast.supervisor.label, SYSTEM.label}
    assert "邻县的计划" not in answer.content.decode()


@pytest.mark.parametrize(
    ("query", "people"),
    [
        ("?person=firehandler", {"fire_handler"}),
        ("?event=plan.approved", {"supervisor"}),
        ("?about=市场监督管理局", {"handler", "supervisor"}),
        ("?on=2026-11-24", {"fire_handler"}),
        ("?person=nobody", set()),
    ],
)
def test_the_trail_is_searched_by_person_event_object_and_day(cast, browse, trail, query, people):
    answer = browse(cast.auditor).get(reverse("desk:trail_list") + query)
    assert shown(answer) == {getattr(cast, name).label for name in people}


def test_everything_done_to_one_row_is_found_by_its_key(cast, browse, trail):
    key = f"organisation.Department:{cast.market.pk}"
    answer = browse(cast.auditor).get(reverse("desk:trail_list"), {"about": key})
    assert shown(answer) == {cast.handler.label, cast.supervisor.label}


def test_what_an_entry_says_is_shown_whatever_its_keys_are_called(cast, browse, noon):
    record("campaign.drafted", cast.market, by=cast.handler, at=noon, details={"items": ["M-01", "M-02", "M-03"]})
    assert "M-02" in browse(cast.auditor).get(reverse("desk:trail_list")).content.decode()


def test_a_search_that_makes_no_sense_shows_everything_and_the_reason(cast, browse, trail):
    answer = browse(cast.auditor).get(reverse("desk:trail_list") + "?on=gestern&event=nonsense")
    assert answer.status_code == 200
    assert answer.context["search"].errors["on"]


def test_the_list_costs_the_same_whatever_its_length(cast, browse, noon, django_assert_max_num_queries):
    for _number in range(60):
        record("plan.drafted", cast.market, by=cast.handler, at=noon)
    client = browse(cast.auditor)
    with django_assert_max_num_queries(35):
        answer = client.get(reverse("desk:trail_list"))
    assert len(answer.context["page"]) == 50


# proves S0-23
def test_a_whole_trail_says_so_with_its_length_and_last_entry(cast, browse, trail):
    page = browse(cast.auditor).get(reverse("desk:trail_check")).content.decode()
    assert "留痕完整，共 5 条。" in page
    assert "最后一条：2026年11月25日 12:00，批准计划。" in page


# proves S0-23
def test_a_changed_entry_is_named(cast, browse, trail):
    with unguarded(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("ALTER TABLE audit_entry DISABLE TRIGGER ALL")
        else:
            cursor.execute("DROP TRIGGER IF EXISTS audit_entry_never_changes")
        cursor.execute("UPDATE audit_entry SET actor = 'x' WHERE chain = 'market' AND number = 1")
    page = browse(cast.auditor).get(reverse("desk:trail_check")).content.decode()
    assert "链 market 第 1 条：内容与摘要不符" in page
    assert "留痕完整" not in page


def test_a_cut_tail_is_found_against_the_published_heads(cast, browse, trail, noon):
    publish_heads(on=timezone.localdate(noon))
    with unguarded(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("ALTER TABLE audit_entry DISABLE TRIGGER ALL")
        else:
            cursor.execute("DROP TRIGGER IF EXISTS audit_entry_never_goes")
        cursor.execute("DELETE FROM audit_entry WHERE chain = 'market'")
    page = browse(cast.auditor).get(reverse("desk:trail_check")).content.decode()
    assert "链 market 第 1 条：留下过 1 条，现在只有 0 条" in page


def test_checking_leaves_no_entry(cast, browse, trail):
    before = Entry.objects.count()
    browse(cast.auditor).get(reverse("desk:trail_check"))
    assert Entry.objects.count() == before


def test_what_an_entry_says_is_said_in_words(cast, browse, noon):
    details = {"register": "SUBJECTS", "rows": 5000, "role": "R03", "from_copy": False, "own-key": "原样"}
    record("plan.drafted", cast.market, by=cast.handler, at=noon, details=details)
    answer = browse(cast.auditor).get(reverse("desk:trail_list"))
    ((_, said),) = answer.context["rows"]
    assert said == [
        ("用密封副本开封", "否"),
        ("own-key", "原样"),
        ("名录", "检查对象"),
        ("角色", "部门经办"),
        ("行数", "5000"),
    ]
    assert "<dt>名录</dt><dd>检查对象</dd>" in answer.content.decode()
