"""自由裁量权基准: four degrees a violation, each wording kept."""

from datetime import date, timedelta

import pytest

from mingcha.domain.audit.models import Entry
from mingcha.domain.catalogue.actions import discretion as actions
from mingcha.domain.catalogue.models import Discretion
from mingcha.domain.catalogue.queries import discretion as queries
from mingcha.domain.catalogue.rules import discretion as rules
from mingcha.kit.errors import Forbidden, Refused
from tests.conftest import NOON
from tests.factories import laws as make

pytestmark = pytest.mark.django_db

TODAY = NOON.date()
FOUR = {
    "MINOR": ("首次发现", "不予处罚"),
    "ORDINARY": ("再次发现", "罚款 1000 元以下"),
    "GRAVE": ("拒不改正", "罚款 1000 元至 5000 元"),
    "SERIOUS": ("造成后果", "罚款 5000 元以上"),
}


@pytest.fixture
def law(cast):
    make.item_list(cast.market, cast.handler)
    return make.law()


def write(cast, law, **changes) -> list[Discretion]:
    given = {"item_code": "M-01", "violation": "未亮照经营", "degrees": FOUR, "article": "第五条", "since": TODAY}
    return actions.write_benchmarks(cast.market, law=law, **{**given, **changes}, by=cast.handler, at=NOON)


# proves S1-15
def test_a_violation_has_four_degrees_each_with_its_range_and_article(cast, law):
    write(cast, law)
    (violation,) = rules.by_violation(queries.benchmarks_of(cast.market, "M-01"))
    assert violation.is_complete and violation.absent == []
    assert [(row.get_circumstance_display(), row.range_text) for row in violation.rows] == [
        ("轻微", "不予处罚"),
        ("一般", "罚款 1000 元以下"),
        ("较重", "罚款 1000 元至 5000 元"),
        ("严重", "罚款 5000 元以上"),
    ]
    assert {(row.law, row.article) for row in violation.rows} == {(law, "第五条")}


def test_a_new_wording_ends_the_old_one_and_keeps_it(cast, law):
    write(cast, law)
    later = TODAY + timedelta(days=30)
    written = write(cast, law, since=later, degrees={**FOUR, "GRAVE": ("拒不改正", "罚款 3000 元至 8000 元")})
    assert [row.circumstance for row in written] == ["GRAVE"]
    old, new = Discretion.objects.filter(circumstance="GRAVE").order_by("since")
    assert (old.until, new.until) == (later, None)
    assert (old.holds_on(TODAY), old.holds_on(later), new.holds_on(later)) == (True, False, True)
    assert queries.holding(queries.benchmarks_of(cast.market, "M-01"), on=later).count() == 4


def test_the_same_words_twice_change_nothing(cast, law):
    write(cast, law)
    before = Entry.objects.count()
    assert write(cast, law, since=TODAY + timedelta(days=9)) == []
    assert (Discretion.objects.count(), Entry.objects.count()) == (4, before)


def test_a_degree_left_empty_stops(cast, law):
    write(cast, law)
    later = TODAY + timedelta(days=1)
    write(cast, law, since=later, degrees={key: FOUR[key] for key in ("MINOR", "ORDINARY")})
    assert {row.circumstance for row in Discretion.objects.filter(until=later)} == {"GRAVE", "SERIOUS"}
    (violation,) = rules.by_violation(Discretion.objects.filter(until=None))
    assert violation.absent == ["较重", "严重"]


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"item_code": "X-99"}, "不在本部门施行中的清单"),
        ({"violation": "  "}, "写明违法行为"),
        ({"article": " "}, "条款"),
        ({"since": date(2009, 1, 1)}, "不是现行有效"),
        ({"degrees": {}}, "至少写一种情节"),
        ({"degrees": {"MINOR": ("首次发现", " ")}}, "“轻微”的情节认定和裁量幅度要一起写"),
    ],
)
def test_a_benchmark_that_cannot_be_applied_is_refused(cast, law, changes, reason):
    with pytest.raises(Refused, match=reason):
        write(cast, law, **changes)


def test_a_new_wording_does_not_reach_back(cast, law):
    write(cast, law)
    with pytest.raises(Refused, match="不能早于它"):
        write(cast, law, since=TODAY - timedelta(days=1), article="第六条")


def test_a_benchmark_is_stopped_once(cast, law):
    row = write(cast, law)[0]
    with pytest.raises(Refused, match="早于施行日期"):
        actions.end_benchmark(row, on=TODAY - timedelta(days=1), by=cast.handler, at=NOON)
    ended = actions.end_benchmark(row, on=TODAY, by=cast.handler, at=NOON)
    assert not ended.holds_on(TODAY)
    with pytest.raises(Refused, match="已于 2026-11-23 停止"):
        actions.end_benchmark(row, on=TODAY, by=cast.handler, at=NOON)


def test_only_the_own_department_writes_its_benchmarks(cast, law):
    row = write(cast, law)[0]
    with pytest.raises(Forbidden):
        actions.end_benchmark(row, on=TODAY, by=cast.fire_handler, at=NOON)
    with pytest.raises(Forbidden):
        actions.write_benchmarks(
            cast.market,
            item_code="M-01",
            violation="甲",
            degrees=FOUR,
            law=law,
            article="第一条",
            since=TODAY,
            by=cast.approver,
            at=NOON,
        )
    assert queries.benchmarks_visible_to(cast.handler).count() == 4
    assert not queries.benchmarks_visible_to(cast.stranger).exists()
