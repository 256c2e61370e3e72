"""权力清单: loaded whole or not at all, and the coverage measured against it."""

from decimal import Decimal

import pytest

from mingcha.domain.audit.models import Entry
from mingcha.domain.catalogue.actions import powers as actions
from mingcha.domain.catalogue.imports.powers import LONGEST
from mingcha.domain.catalogue.models import PowerEntry
from mingcha.domain.catalogue.queries import powers as queries
from mingcha.domain.catalogue.rules import powers as rules
from mingcha.kit.errors import Forbidden, Refused, SeveralRefused
from mingcha.kit.tabular import Sheet, workbook_of
from mingcha.kit.tabular.separated import csv_of
from tests.conftest import NOON
from tests.factories import laws as make
from tests.factories import policy

pytestmark = pytest.mark.django_db

HEADING = ["权力编码", "权力名称", "市场监管领域", "对应事项编码"]
ROWS = [
    ["P-01", "对食品经营的检查", "是", "M-01"],
    ["M-02", "示范事项 M-02", "是", ""],
    ["P-03", "对消防通道的检查", "否", ""],
]


@pytest.fixture
def listed(cast):
    return make.item_list(cast.market, cast.handler, ["M-01", "M-02", "M-03"])


def load(cast, rows=ROWS, *, content: bytes | None = None, whole=True, **changes):
    given = {"file_name": "权力清单.csv", "source": "示范县权力清单（2026年本）", "by": cast.handler, "at": NOON}
    return actions.load_powers(
        cast.market, content=content or csv_of([HEADING, *rows]), whole=whole, **{**given, **changes}
    )


def matching(cast) -> rules.Matching:
    return rules.match_powers(*queries.holdings_of([cast.market])[cast.market.pk])


def test_a_power_list_is_loaded_from_csv_and_from_a_workbook(cast, listed):
    assert vars(load(cast)) == {"created": 3, "changed": 0, "removed": 0, "unchanged": 0}
    again = load(cast, content=workbook_of([Sheet("权力清单", [HEADING, *ROWS])]))
    assert vars(again) == {"created": 0, "changed": 0, "removed": 0, "unchanged": 3}
    assert Entry.objects.filter(event="catalogue.powers_loaded").count() == 2


def test_a_whole_list_takes_away_what_it_no_longer_names_and_a_part_does_not(cast, listed):
    load(cast)
    assert load(cast, ROWS[:2], whole=False).removed == 0
    assert load(cast, [["M-02", "改了名", "是", ""]]).removed == 2
    assert [(power.code, power.title) for power in PowerEntry.objects.all()] == [("M-02", "改了名")]


def test_an_empty_cell_leaves_the_chosen_link(cast, listed):
    load(cast)
    actions.link_power(PowerEntry.objects.get(code="P-03"), item_code="M-03", by=cast.handler, at=NOON)
    load(cast)
    assert PowerEntry.objects.get(code="P-03").item_code == "M-03"


def test_everything_wrong_is_said_at_once_and_nothing_is_written(cast, listed):
    bad = [
        ["", "没有编码", "是", ""],
        ["P-02", "", "也许", "X-9"],
        ["P-02", "重复", "是", ""],
        ["合计", "3", "", ""],
        ["P-04", "长" * 301, "是", ""],
    ]
    with pytest.raises(SeveralRefused) as refused:
        load(cast, bad)
    assert [fault.reason for fault in refused.value.faults] == [
        "第 2 行 权力编码：没有填",
        "第 3 行 权力名称：没有填",
        "第 3 行 市场监管领域：“也许”不认识，写“是”或“否”",
        "第 3 行 对应事项编码：X-9 不在施行中的清单里，改正或留空",
        "第 4 行 权力编码：与第 3 行重复，两行留一行",
        "第 6 行 权力名称：超过 300 个字",
    ]
    assert not PowerEntry.objects.exists()


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (csv_of([["编码", "权力名称"], ["1", "2"]]), "表头里找不到：权力编码、市场监管领域"),
        (csv_of([HEADING]), "没有数据行"),
        (b"%PDF-1.7 ...", "PDF"),
        (b"", "空的"),
    ],
)
def test_a_file_that_is_no_power_list_is_refused_in_words(cast, listed, content, reason):
    with pytest.raises(Refused, match=reason):
        actions.load_powers(
            cast.market, content=content, file_name="x", source="甲", whole=True, by=cast.handler, at=NOON
        )


def test_the_longest_cells_are_those_that_the_table_keeps():
    assert {key: PowerEntry._meta.get_field(key).max_length for key in LONGEST} == LONGEST


def test_a_power_list_names_its_paper(cast, listed):
    with pytest.raises(Refused, match="出处"):
        load(cast, source=" ")


def test_only_the_own_department_keeps_its_power_list(cast, listed):
    with pytest.raises(Forbidden):
        load(cast, by=cast.fire_handler)
    load(cast)
    with pytest.raises(Forbidden):
        actions.link_power(PowerEntry.objects.get(code="P-03"), item_code="", by=cast.stranger, at=NOON)
    assert queries.powers_visible_to(cast.handler).count() == 3
    assert not queries.powers_visible_to(cast.stranger).exists()


def test_a_power_is_linked_to_an_item_in_force_only(cast, listed):
    power = make.power(cast.market)
    with pytest.raises(Refused, match="不在本部门施行中的清单"):
        actions.link_power(power, item_code="F-01", by=cast.handler, at=NOON)
    actions.link_power(power, item_code="M-01", by=cast.handler, at=NOON)
    before = Entry.objects.count()
    actions.link_power(power, item_code="M-01", by=cast.handler, at=NOON)
    assert Entry.objects.count() == before
    assert actions.link_power(power, item_code="", by=cast.handler, at=NOON).item_code == ""


# proves S0-07
def test_missing_extra_and_changed_are_told_apart(cast, listed):
    load(cast)
    found = matching(cast)
    assert [power.code for power in found.missing] == ["P-03"]
    assert [item.code for item in found.extra] == ["M-03"]
    assert [(row.power.code, row.item.code, row.linked, row.words) for row in found.covered] == [
        ("M-02", "M-02", False, []),
        ("P-01", "M-01", True, ["名称不同"]),
    ]
    assert [row.power.code for row in found.changed] == ["P-01"]


def test_the_national_code_of_an_item_finds_its_power(cast, listed):
    make.item(listed, "M-09", outside_code="330101", market_regulation=False)
    make.power(cast.market, "330101", title="示范事项 M-09")
    (row,) = matching(cast).covered
    assert (row.item.code, row.words) == ("M-09", ["监管领域不同"])


def test_a_frozen_item_covers_nothing(cast, listed):
    load(cast)
    make.freeze(listed.items.get(code="M-01"), make.law())
    assert "P-01" in [power.code for power in matching(cast).missing]


# proves S0-01
# proves S0-05
def test_coverage_is_measured_apart_in_each_domain_against_the_clause(cast, listed):
    load(cast)
    goal = policy.clause("item_coverage_market", Decimal(1), "ratio")
    found = matching(cast)
    market, other = (rules.coverage_of(found, market=domain, goal=goal) for domain in (True, False))
    assert (market.listed, market.powers, market.share, market.is_short) == (2, 2, Decimal(1), False)
    assert (other.listed, other.powers, other.share, other.is_short) == (0, 1, Decimal(0), True)
    without = rules.coverage_of(found, market=False, goal=None)
    assert not without.is_short
    total = rules.total_of([market, market, other], market=True, goal=goal)
    assert (total.listed, total.powers) == (4, 4)


def test_without_a_power_list_there_is_nothing_to_measure(cast, listed):
    meter = rules.coverage_of(
        matching(cast), market=True, goal=policy.clause("item_coverage_market", Decimal(1), "ratio")
    )
    assert meter.share is None and not meter.is_short
