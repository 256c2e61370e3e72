import pytest

from mingcha.domain.catalogue.actions import draft_list, explain_change, remove_item
from mingcha.domain.catalogue.queries import (
    current_edition_of,
    draft_of,
    item_lists_visible_to,
    items_in_force,
    items_visible_to,
    next_edition,
)
from tests.factories import catalogue as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def two_lists(cast):
    return make.list_in_force(cast.handler, cast.approver), make.list_in_force(
        cast.fire_handler, cast.fire_approver, ["F-01"]
    )


# proves S1-06
def test_only_the_edition_in_force_may_be_inspected(cast, noon, two_lists):
    market, _fire = two_lists
    second = draft_list(cast.market, by=cast.handler, at=noon)
    remove_item(second.items.get(code="M-02"), by=cast.handler, at=noon)
    make.enter(second, "M-03", by=cast.handler)
    assert [item.code for item in items_in_force(department=cast.market)] == ["M-01", "M-02"]
    explain_change(second, reason="REFORM", note="职责划转", by=cast.handler, at=noon)
    make.bring_into_force(second, by=cast.approver)
    assert [item.code for item in items_in_force(department=cast.market)] == ["M-01", "M-03"]
    kept, dropped = (market.items.get(code=code) for code in ("M-01", "M-02"))
    assert current_edition_of(kept) == second.items.get(code="M-01")
    assert current_edition_of(dropped) is None


def test_items_in_force_are_asked_by_department_by_region_or_all(cast, two_lists):
    assert [item.code for item in items_in_force()] == ["F-01", "M-01", "M-02"]
    assert [item.code for item in items_in_force(region=cast.region)] == ["F-01", "M-01", "M-02"]
    assert [item.code for item in items_in_force(region=cast.stranger.department.region)] == []
    assert [item.code for item in items_in_force(department=cast.fire)] == ["F-01"]


def test_a_person_sees_the_lists_of_the_departments_in_reach(cast, two_lists):
    assert set(item_lists_visible_to(cast.handler)) == {two_lists[0]}
    assert set(item_lists_visible_to(cast.supervisor)) == set(two_lists)
    for blind in (cast.stranger, cast.inspector, cast.keeper):
        assert not item_lists_visible_to(blind).exists()
        assert not items_visible_to(blind).exists()


def test_the_next_edition_follows_the_last_and_a_draft_is_found(cast, noon):
    assert (next_edition(cast.market), draft_of(cast.market)) == (1, None)
    draft = make.draft(cast.handler)
    assert (next_edition(cast.market), draft_of(cast.market)) == (2, draft)
