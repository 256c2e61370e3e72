"""Province → city → county: a list formed from the upper one, what came from there locked."""

import pytest

from mingcha.domain.audit.queries import trail_of
from mingcha.domain.catalogue.actions import (
    amend_item,
    draft_list,
    explain_change,
    remove_item,
)
from mingcha.domain.catalogue.actions.inheritance import inherit_items
from mingcha.domain.catalogue.models import ItemList
from mingcha.domain.catalogue.queries import edition_in_force
from mingcha.domain.catalogue.queries.inheritance import items_with_sources, newer_upper_edition, upper_lists_for
from mingcha.domain.catalogue.rules import fields_of
from mingcha.domain.catalogue.rules.inheritance import is_above, offers_of
from mingcha.domain.organisation.models import Region, Role
from mingcha.kit.errors import Forbidden, Refused
from tests.conftest import NOON
from tests.factories import catalogue as make
from tests.factories import organisation as people

pytestmark = pytest.mark.django_db


@pytest.fixture
def city(cast):
    """The province's bureau, its handler and its head, with two items in force: of the region around the county."""
    bureau = people.department("province", "省市场监督管理局", 71, people.region("990000", "明察示范县"))
    bureau.region = people.region("970000", "明察示范省")
    with people.unguarded():
        bureau.save()
    handler = people.user("sheng", Role.HANDLER, within=bureau)
    head = people.user("shengju", Role.APPROVER, within=bureau)
    make.list_in_force(handler, head, ["S-01", "S-02"])
    return handler, head


@pytest.fixture
def county(db):
    """A county inside that province, with its handler and head."""
    bureau = people.department("county", "县市场监督管理局", 72, people.region("970102", "明察示范区"))
    return people.user("xian", Role.HANDLER, within=bureau), people.user("xianju", Role.APPROVER, within=bureau)


@pytest.fixture
def upper(city) -> ItemList:
    found = edition_in_force(city[0].department)
    assert found is not None
    return found


@pytest.fixture
def draft(county, upper) -> ItemList:
    """The county's draft with both items taken over."""
    made = make.draft(county[0])
    inherit_items(made, upper=upper, codes=["S-01", "S-02"], by=county[0], at=NOON)
    made.refresh_from_db()
    return made


def offers(upper: ItemList, draft: ItemList) -> dict[str, str]:
    found = offers_of(items_with_sources(upper), items_with_sources(draft), source=upper)
    return {offer.code: offer.kind for offer in found}


@pytest.mark.parametrize(
    ("upper", "lower", "above"),
    [("970000", "970102", True), ("970100", "970102", True), ("970102", "970102", False), ("980000", "970102", False)],
)
def test_a_region_is_above_those_inside_it(upper, lower, above):
    assert is_above(Region(code=upper), Region(code=lower)) == above


# proves S2-06
def test_items_are_taken_over_with_everything_and_name_their_source(draft, upper):
    item = draft.items.get(code="S-01")
    assert (item.inherited_from.item_list, draft.inherits) == (upper, upper)
    assert (item.ratio_text, item.frequency_text) == ("3%", "每年1次")
    assert item.inspecting_body == draft.department.name
    assert item.checkpoints.count() == 2
    assert offers(upper, draft) == {"S-01": "same", "S-02": "same"}
    assert trail_of(draft).last().details == {"upper": str(upper), "codes": ["S-01", "S-02"]}


# proves S2-06, S2-09
@pytest.mark.parametrize("field", ["title", "legal_basis", "ratio_text", "frequency_text"])
def test_what_was_taken_over_is_locked_and_the_rest_is_ours(county, draft, field):
    item = draft.items.get(code="S-01")
    same = {**fields_of(item), "checkpoints": make.CHECKPOINTS}
    with pytest.raises(Refused, match="沿用省市场监督管理局事项清单第1版的规定"):
        amend_item(item, **{**same, field: "另写一个"}, by=county[0], at=NOON)
    with pytest.raises(Refused, match="上级清单里有就要保留"):
        remove_item(item, by=county[0], at=NOON)
    assert amend_item(item, **{**same, "office": "食品股"}, by=county[0], at=NOON).office == "食品股"


# proves S2-06
def test_a_new_upper_edition_is_offered_and_taken_over_into_the_next_draft(city, county, draft, upper):
    make.bring_into_force(draft, by=county[1])
    assert newer_upper_edition(draft) is None
    second = make.draft(city[0])
    item = second.items.get(code="S-01")
    amend_item(item, **{**fields_of(item), "ratio_text": "5%"}, checkpoints=make.CHECKPOINTS, by=city[0], at=NOON)
    remove_item(second.items.get(code="S-02"), by=city[0], at=NOON)
    make.enter(second, "S-03", by=city[0])
    explain_change(second, reason="LAW", note="省里调整", by=city[0], at=NOON)
    second = make.bring_into_force(second, by=city[1])
    assert newer_upper_edition(draft) == second
    ours = draft_list(draft.department, by=county[0], at=NOON)
    assert ours.inherits == upper
    assert offers(second, ours) == {"S-01": "changed", "S-02": "gone", "S-03": "new"}
    inherit_items(ours, upper=second, codes=["S-01", "S-02", "S-03"], by=county[0], at=NOON)
    assert dict(ours.items.values_list("code", "ratio_text")) == {"S-01": "5%", "S-02": "3%", "S-03": "3%"}
    released = ours.items.get(code="S-02")
    assert released.inherited_from is None
    remove_item(released, by=county[0], at=NOON)


def test_an_own_item_of_the_same_code_becomes_the_upper_one_but_keeps_its_own_parts(county, upper):
    ours = make.draft(county[0])
    make.enter(ours, "S-01", title="县里的名称", ratio_text="9%", office="食品股", by=county[0])
    assert offers(upper, ours)["S-01"] == "own"
    inherit_items(ours, upper=upper, codes=["S-01"], by=county[0], at=NOON)
    item = ours.items.get()
    assert (item.title, item.ratio_text, item.office) == ("示范事项 S-01", "3%", "食品股")
    assert item.ratio == [{"whose": "", "op": "=", "share": "0.03"}]


def test_only_lists_in_force_of_the_departments_above_are_offered(cast, county, upper):
    make.list_in_force(cast.handler, cast.approver)
    assert list(upper_lists_for(county[0].department)) == [upper]
    assert list(upper_lists_for(upper.department)) == []


def test_a_list_that_is_not_above_or_does_not_hold_is_not_taken_over(cast, city, county, upper):
    ours = make.draft(county[0])
    elsewhere = make.list_in_force(cast.handler, cast.approver)
    with pytest.raises(Refused, match="不是上级区划的清单"):
        inherit_items(ours, upper=elsewhere, codes=["M-01"], by=county[0], at=NOON)
    with pytest.raises(Refused, match="不在施行中"):
        inherit_items(ours, upper=make.draft(city[0]), codes=["S-01"], by=county[0], at=NOON)
    with pytest.raises(Refused, match="没有选事项"):
        inherit_items(ours, upper=upper, codes=[], by=county[0], at=NOON)
    with pytest.raises(Refused, match="X-09 已经一致或不在上级清单里"):
        inherit_items(ours, upper=upper, codes=["S-01", "X-09"], by=county[0], at=NOON)
    with pytest.raises(Forbidden):
        inherit_items(ours, upper=upper, codes=["S-01"], by=cast.handler, at=NOON)


def test_taking_over_twice_does_nothing_twice(county, draft, upper):
    with pytest.raises(Refused, match="已经一致"):
        inherit_items(draft, upper=upper, codes=["S-01"], by=county[0], at=NOON)
    assert draft.items.count() == 2
