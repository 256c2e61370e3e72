"""依据失效-冻结: what the repeal of a law does to the items that rest on it."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from mingcha.domain.audit.models import Entry
from mingcha.domain.catalogue.actions import approve_list, publish_list, submit_list
from mingcha.domain.catalogue.actions import laws as actions
from mingcha.domain.catalogue.jobs import freeze_repealed
from mingcha.domain.catalogue.models import Freeze, InspectionItem, ItemList, Law
from mingcha.domain.catalogue.queries import items_in_force
from mingcha.domain.catalogue.queries import laws as queries
from mingcha.domain.catalogue.rules import laws as rules
from mingcha.domain.inspections.models import Finding, Inspection
from mingcha.domain.organisation.models import Role
from mingcha.kit.errors import Refused
from tests.conftest import NOON
from tests.factories import catalogue as lists
from tests.factories import inspections as world_of
from tests.factories import laws as make
from tests.factories import organisation
from tests.factories.organisation import unguarded

pytestmark = pytest.mark.django_db

TODAY = NOON.date()


def enter(cast, title="示范食品法", **changes) -> Law:
    given = {"level": "LAW", "effective_on": make.LONG_AGO, "document_no": "示范令第1号"}
    return actions.enter_law(title=title, **{**given, **changes}, by=cast.coordinator, at=NOON)


def repeal(cast, law: Law, on: date = TODAY, **changes) -> list[Freeze]:
    given = {"basis": "示范令第2号", "tasks": ["示范抽查"]}
    return actions.repeal_law(law, on=on, **{**given, **changes}, by=cast.coordinator, at=NOON)


@pytest.fixture
def law(cast) -> Law:
    return enter(cast)


@pytest.fixture
def in_force(cast, law) -> dict[str, InspectionItem]:
    """Items of two departments in force: M-01 and F-01 rest on the law, M-02 does not."""
    lists = (
        make.item_list(cast.market, cast.handler),
        make.item_list(cast.fire, cast.fire_handler, ["F-01"]),
    )
    items = {item.code: item for edition in lists for item in edition.items.all()}
    make.rest(items["M-01"], law)
    make.rest(items["F-01"], law, "第二条")
    return items


# proves S0-09
def test_a_repeal_freezes_every_item_of_every_list_in_force_at_once(cast, law, in_force):
    frozen = repeal(cast, law)
    assert {freeze.item.code for freeze in frozen} == {"M-01", "F-01"}
    assert [item.code for item in items_in_force()] == ["M-02"]
    entry = Entry.objects.get(event="catalogue.law_repealed")
    assert entry.details["items"] == ["fire:F-01", "market:M-01"]
    assert entry.details["tasks"] == ["示范抽查"]
    told = Entry.objects.filter(event="catalogue.items_frozen").values_list("details__codes", flat=True)
    assert sorted(told) == [["F-01"], ["M-01"]]


# proves S0-09
def test_a_repeal_entered_beforehand_takes_effect_on_its_day(cast, law, in_force):
    day = TODAY + timedelta(days=3)
    assert repeal(cast, law, day) == []
    freeze_repealed(NOON + timedelta(days=2))
    assert not Freeze.objects.exists()
    freeze_repealed(NOON + timedelta(days=3))
    freeze_repealed(NOON + timedelta(days=4))
    assert sorted(Freeze.objects.values_list("item__code", flat=True)) == ["F-01", "M-01"]


def test_an_item_that_comes_into_force_on_a_repealed_law_is_frozen_too(cast, law, in_force):
    repeal(cast, law)
    make.rest(in_force["M-02"], law)
    freeze_repealed(NOON)
    assert not items_in_force().exists()


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"basis": " "}, "废止依据"),
        ({"on": make.LONG_AGO - timedelta(days=1)}, "早于施行日期"),
    ],
)
def test_a_repeal_has_its_day_and_its_paper(cast, law, changes, reason):
    with pytest.raises(Refused, match=reason):
        repeal(cast, law, **changes)


def test_a_law_is_repealed_once_and_replaced_by_another_that_holds(cast, law):
    with pytest.raises(Refused, match="它自己"):
        repeal(cast, law, replaced_by=law)
    newer = enter(cast, effective_on=TODAY)
    repeal(cast, law, replaced_by=newer)
    law.refresh_from_db()
    assert law.replaced_by == newer
    with pytest.raises(Refused, match="不能再改"):
        repeal(cast, law)
    with pytest.raises(Refused, match="也已废止"):
        repeal(cast, newer, replaced_by=law)


def test_nobody_freezes_the_items_of_a_department_beyond_the_own_reach(cast, law, in_force):
    reviewer = organisation.user("reviewer", Role.LEGAL_REVIEWER, within=cast.market)
    with pytest.raises(Refused, match="消防救援大队的事项依据"):
        actions.repeal_law(law, on=TODAY, basis="示范令第2号", by=reviewer, at=NOON)
    assert not Freeze.objects.exists()


# proves S3-01
def test_no_inspection_starts_on_a_frozen_item(cast):
    inspection = world_of.dispatched(world_of.world(cast))
    law = enter(cast)
    item = inspection.findings.order_by("item__code")[0].item
    make.rest(item, law)
    repeal(cast, law)
    with unguarded(), pytest.raises(IntegrityError, match="清单之外不能检查"), transaction.atomic():
        inspection.assignments.update(arrived_at=NOON)
        Inspection.objects.filter(pk=inspection.pk).update(state="VISITING")
    with unguarded(), pytest.raises(IntegrityError, match="清单之外不能检查"), transaction.atomic():
        Finding.objects.filter(inspection=inspection, item=item).delete()
        Finding.objects.create(inspection=inspection, item=item)


def test_a_frozen_item_is_refused_in_words(cast, law, in_force):
    rules.check_not_frozen(queries.freezes_barring(in_force.values()))
    repeal(cast, law)
    with pytest.raises(Refused, match=r"事项“示范事项 M-01”的依据《示范食品法》已废止"):
        rules.check_not_frozen(queries.freezes_barring([in_force["M-01"]]))
    rules.check_not_frozen(queries.freezes_barring([in_force["M-02"]]))


def test_the_edition_in_force_says_whether_an_item_of_an_earlier_one_is_frozen(cast, law, in_force):
    old = in_force["M-01"]
    repeal(cast, law)
    with unguarded():
        ItemList.objects.filter(pk=old.item_list_id).update(state="SUPERSEDED")
    fresh = make.item_list(cast.market, cast.handler, ["M-01"], edition=2).items.get()
    rules.check_not_frozen(queries.freezes_barring([old]))
    make.freeze(fresh, law)
    with pytest.raises(Refused, match="事项已冻结"):
        rules.check_not_frozen(queries.freezes_barring([old]))


def test_an_item_thaws_when_it_rests_on_another_law(cast, law, in_force):
    make.rest(in_force["M-01"], enter(cast, "另一部法"))
    freeze = next(row for row in repeal(cast, law) if row.item.code == "M-01")
    with pytest.raises(Refused, match="解冻理由"):
        actions.lift_freeze(freeze, because=" ", by=cast.coordinator, at=NOON)
    actions.lift_freeze(freeze, because="仍有《另一部法》第一条", by=cast.coordinator, at=NOON)
    assert [item.code for item in items_in_force()] == ["M-01", "M-02"]
    with pytest.raises(Refused, match="已经解冻"):
        actions.lift_freeze(freeze, because="再来", by=cast.coordinator, at=NOON)
    freeze_repealed(NOON)
    assert items_in_force().filter(code="M-01").exists()


def test_an_item_stays_frozen_while_any_of_its_laws_holds_it(cast, law, in_force):
    other = enter(cast, "另一部法")
    make.rest(in_force["M-01"], other)
    make.rest(in_force["M-01"], enter(cast, "第三部法"))
    first = next(row for row in repeal(cast, law) if row.item.code == "M-01")
    repeal(cast, other)
    actions.lift_freeze(first, because="仍有《第三部法》", by=cast.coordinator, at=NOON)
    assert not items_in_force().filter(code="M-01").exists()


def test_an_item_without_another_law_stays_frozen(cast, law, in_force):
    freeze = next(row for row in repeal(cast, law) if row.item.code == "M-01")
    with pytest.raises(Refused, match="还没有现行有效的依据"):
        actions.lift_freeze(freeze, because="想查", by=cast.coordinator, at=NOON)


def test_the_old_item_is_closed_when_the_new_edition_rests_on_a_law_in_force(cast, law, in_force):
    freeze = next(row for row in repeal(cast, law) if row.item.code == "M-01")
    with unguarded():
        ItemList.objects.filter(pk=freeze.item.item_list_id).update(state="SUPERSEDED")
    newer = make.item_list(cast.market, cast.handler, ["M-01"], edition=2)
    make.rest(newer.items.get(), enter(cast, "新法"))
    actions.lift_freeze(freeze, because="新一版改挂《新法》", by=cast.coordinator, at=NOON)
    assert Freeze.objects.get(pk=freeze.pk).is_lifted


def test_a_person_sees_the_freezes_of_the_departments_in_reach(cast, law, in_force):
    repeal(cast, law)
    assert {freeze.item.code for freeze in queries.freezes_visible_to(cast.handler)} == {"M-01"}
    assert not queries.freezes_visible_to(cast.stranger).exists()
    assert queries.laws_visible_to(cast.handler).exists()
    assert not queries.laws_visible_to(cast.inspector).exists()


def test_an_item_that_was_frozen_and_then_taken_out_of_the_list_stays_barred_for_what_was_planned_before(cast):
    edition = make.item_list(cast.market, cast.handler, ["M-01", "M-02"])
    planned = edition.items.get(code="M-01")
    make.freeze(planned, make.law())
    assert [freeze.item for freeze in queries.freezes_barring([planned])] == [planned]
    with unguarded():
        type(edition).objects.filter(pk=edition.pk).update(state="SUPERSEDED")
    follower = make.item_list(cast.market, cast.handler, ["M-02"], edition=2)
    assert [freeze.item for freeze in queries.freezes_barring([planned])] == [planned]
    assert not queries.freezes_barring(follower.items.all())


# proves S3-01
def test_a_law_repealed_while_an_edition_is_filed_stops_its_publication(cast, law):
    lists.rules_naming(cast.region, item_change_filed_with=["MARKET"])
    edition = lists.draft(cast.handler)
    actions.add_basis(lists.enter(edition, by=cast.handler), law=law, article="第一条", by=cast.handler, at=NOON)
    submit_list(edition, by=cast.handler, at=NOON)
    edition = approve_list(edition, by=cast.approver, at=NOON)
    lists.file_everything(edition)
    repeal(cast, law)
    with pytest.raises(Refused, match="废止"):
        publish_list(edition, by=cast.approver, at=NOON)
