"""The superior system's list is received, compared, decided on, and written into a draft; nothing happens silently."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from mingcha.domain.audit.queries import trail_of
from mingcha.domain.catalogue.actions.reconciliation import decide_differences, receive_outside_list
from mingcha.domain.catalogue.models import Difference, ItemList, OutsideItem, OutsideList
from mingcha.domain.catalogue.queries import reconciliation as queries
from mingcha.domain.catalogue.rules.reconciliation_verdicts import since
from mingcha.kit.actors import SYSTEM, Actor
from mingcha.kit.errors import Forbidden, Refused
from tests.conftest import NOON
from tests.factories import laws
from tests.factories import organisation as people
from tests.factories import reconciliation as make
from tests.factories.organisation import unguarded

pytestmark = pytest.mark.django_db

LATER = NOON + timedelta(days=1)


@pytest.fixture
def rules_of_yudu(cast):
    return make.yudu_rules(cast.region)


@pytest.fixture
def compared(cast, rules_of_yudu) -> OutsideList:
    return make.all_six(cast.market, cast.handler)


def found_in(outside_list: OutsideList) -> set[tuple[str, str]]:
    return set(outside_list.differences.values_list("code", "kind"))


# proves S1-12
def test_all_six_kinds_of_difference_are_found_in_one_comparison(compared):
    assert found_in(compared) == {
        ("M-01", "TITLE"),
        ("M-02", "BASIS"),
        ("M-03", "METHOD"),
        ("M-04", "RATIO"),
        ("M-05", "FREQUENCY"),
        ("M-06", "NUMBER"),
        ("M-08", "NUMBER"),
    }
    ratio = compared.differences.get(kind="RATIO")
    assert (ratio.ours, ratio.theirs, ratio.is_open) == ("3%", "不低于10%", True)
    assert (ratio.item.code, ratio.outside_item.code) == ("M-04", "M-04")
    ours, theirs = compared.differences.get(code="M-06"), compared.differences.get(code="M-08")
    assert (ours.ours, ours.theirs, ours.outside_item) == ("示范事项 M-06", "", None)
    assert (theirs.ours, theirs.theirs, theirs.item) == ("", "示范事项 M-08", None)


def test_a_comparison_changes_nothing_of_our_list(cast, compared):
    assert not ItemList.objects.exclude(state="IN_FORCE").exists()
    assert compared.edition.items.get(code="M-01").title == "示范事项 M-01"


def test_only_what_the_rules_name_is_compared_and_all_six_where_they_are_silent(cast):
    silent = make.all_six(cast.market, cast.handler)
    assert len(silent.kinds) == 6
    profile = make.yudu_rules(cast.region)
    with unguarded():
        for clause in profile.clauses:
            if clause["key"] == "items_reconciled":
                clause["value"] = ["TITLE", "RATIO"]
        profile.save()
    rows = make.differing_rows(cast.market)
    narrow = make.receive(cast.market, rows, by=cast.handler, at=LATER, sha256="1" * 64)
    assert {kind for _code, kind in found_in(narrow)} == {"TITLE", "RATIO"}


# proves S1-10
def test_rows_of_another_organisation_are_listed_with_both_codes_and_never_compared(cast, rules_of_yudu):
    make.in_force(cast.market, cast.handler, ["M-01", "M-02", "M-03"])
    strange = people.code_for(77)
    rows = [
        make.row("M-01", cast.market, 2, title="改过的名称"),
        make.row("M-02", cast.fire, 3, title="别家的名称"),
        make.row("M-03", cast.market, 4, organisation_code=strange, organisation_name="市监局（旧）", title="旧的名称"),
        make.row("M-09", cast.market, 5, organisation_code=""),
    ]
    received = make.receive(cast.market, rows, by=cast.handler)
    assert found_in(received) == {("M-01", "TITLE")}
    assert list(received.items.values_list("code", flat=True)) == ["M-01"]
    groups = {group.organisation_code: group for group in queries.stray_groups(received)}
    assert groups[cast.fire.uscc].department == cast.fire
    assert (groups[strange].organisation_name, groups[strange].count, groups[strange].department) == (
        "市监局（旧）",
        1,
        None,
    )
    assert received.organisation_code == cast.market.uscc
    assert list(received.strays.values_list("position", flat=True)) == [3, 4, 5]


# proves S1-10
def test_when_no_row_is_the_departments_own_nothing_of_our_list_is_called_missing(cast, rules_of_yudu):
    make.in_force(cast.market, cast.handler)
    received = make.receive(cast.market, [make.row("X-1", cast.fire)], by=cast.handler)
    assert not received.differences.exists()
    assert not received.items.exists()


def test_where_the_rules_do_not_ask_for_codes_a_list_may_lack_them(cast):
    make.in_force(cast.market, cast.handler, ["M-01"])
    rows = [make.row("M-01", cast.market, organisation_code=""), make.row("M-02", cast.fire, 3)]
    received = make.receive(cast.market, rows, by=cast.handler)
    assert received.items.count() == received.strays.count() == 1


def test_suspended_and_cancelled_items_count_as_gone(cast, rules_of_yudu):
    make.in_force(cast.market, cast.handler)
    rows = [make.row("M-01", cast.market), make.row("M-02", cast.market, 3, in_use=False)]
    received = make.receive(cast.market, rows, by=cast.handler)
    assert (found_in(received), received.ended) == ({("M-02", "NUMBER")}, 1)


def test_the_same_content_twice_is_one_comparison_until_our_list_changes(cast, compared):
    rows = make.differing_rows(cast.market)
    again = make.receive(cast.market, rows, by=cast.handler, at=LATER)
    assert again == compared
    assert [entry.event for entry in trail_of(compared)][-1] == "catalogue.outside_list_unchanged"
    with unguarded():
        compared.edition.state = "SUPERSEDED"
        compared.edition.save()
    laws.item_list(cast.market, cast.handler, ["M-01"], edition=2)
    assert make.receive(cast.market, rows, by=cast.handler, at=LATER) != compared


def test_nobody_else_receives_a_list_for_a_department(cast, rules_of_yudu):
    for person in (cast.stranger, cast.fire_handler, cast.approver, Actor("public", "路人")):
        with pytest.raises(Forbidden):
            make.receive(cast.market, [make.row("M-01", cast.market)], by=person)
    received = make.receive(cast.market, [make.row("M-01", cast.market)], by=SYSTEM)
    assert received.received_by is None


def test_an_empty_list_is_refused(cast, rules_of_yudu):
    with pytest.raises(Refused, match="一项也没有"):
        receive_outside_list(cast.market, rows=[], source="空", sha256="0", by=cast.handler, at=NOON)


# proves S1-12
def test_a_decision_keeps_its_reason_its_person_and_a_trace(cast, compared):
    (kept,) = make.decide(compared, "KEEP_OURS", by=cast.handler, kind="TITLE")
    kept.refresh_from_db()
    assert (kept.verdict, kept.reason, kept.decided_by, kept.decided_at) == (
        "KEEP_OURS",
        "核对过文件",
        cast.handler,
        NOON,
    )
    last = list(trail_of(compared))[-1]
    assert last.event == "catalogue.differences_decided"
    assert last.details["differences"] == "M-01 事项名称"
    make.decide(compared, "TAKE_THEIRS", by=cast.second_handler, kind="TITLE")
    kept.refresh_from_db()
    assert kept.verdict == "TAKE_THEIRS"


def test_nobody_else_decides_and_nobody_decides_without_a_reason(cast, compared):
    some = list(compared.differences.values_list("pk", flat=True))[:1]
    for person in (cast.approver, cast.stranger, cast.fire_handler):
        with pytest.raises(Forbidden):
            decide_differences(compared, some, verdict="KEEP_OURS", reason="x", by=person, at=NOON)
    with pytest.raises(Refused, match="理由"):
        decide_differences(compared, some, verdict="KEEP_OURS", reason=" ", by=cast.handler, at=NOON)
    with pytest.raises(Refused, match="没有选中"):
        decide_differences(compared, [], verdict="KEEP_OURS", reason="x", by=cast.handler, at=NOON)


def test_a_difference_of_another_comparison_is_not_decided_here(cast, compared):
    make.in_force(cast.fire, cast.fire_handler, ["F-01"])
    other = make.receive(cast.fire, [make.row("F-02", cast.fire)], by=cast.fire_handler)
    foreign = list(other.differences.values_list("pk", flat=True))
    with pytest.raises(Refused, match="没有选中"):
        decide_differences(compared, foreign, verdict="KEEP_OURS", reason="x", by=cast.handler, at=NOON)


# proves S1-12
def test_a_later_list_opens_anew_what_still_differs_and_knows_what_was_settled(cast, compared):
    make.decide(compared, "KEEP_OURS", by=cast.handler, kind="TITLE")
    rows = [row for row in make.differing_rows(cast.market) if row.code != "M-04"]
    rows.append(make.row("M-04", cast.market, 9))
    later = make.receive(cast.market, rows, by=cast.handler, at=LATER)
    assert found_in(later) == found_in(compared) - {("M-04", "RATIO")}
    assert set(later.differences.values_list("verdict", flat=True)) == {"OPEN"}
    found = since(queries.differences_of(later), queries.differences_before(later))
    assert [difference.code for difference in found.settled] == ["M-04"]
    again = {now.kind: before for now, before in found.again}
    assert (again["TITLE"].verdict, again["TITLE"].reason) == ("KEEP_OURS", "核对过文件")
    with pytest.raises(Refused, match="最新一次"):
        make.decide(compared, "KEEP_OURS", by=cast.handler, kind="BASIS")


def test_counts_are_by_kind_and_verdict(cast, compared):
    make.decide(compared, "KEEP_OURS", by=cast.handler, code="M-06")
    counts = queries.counts_of(compared)
    assert counts["NUMBER", "KEEP_OURS"] == counts["NUMBER", "OPEN"] == counts["TITLE", "OPEN"] == 1
    newest = queries.newest_outside_lists([cast.market, cast.fire])
    assert newest == {cast.market.pk: compared}
    assert queries.open_differences(newest.values()) == {cast.market.pk: 6}


def test_what_was_received_and_found_stays_as_it_was(compared):
    difference = compared.differences.first()
    for change in (
        lambda: OutsideItem.objects.filter(outside_list=compared).update(title="改"),
        lambda: OutsideList.objects.filter(pk=compared.pk).update(sha256="0"),
        lambda: Difference.objects.filter(pk=difference.pk).update(theirs="改"),
        lambda: Difference.objects.filter(pk=difference.pk).delete(),
    ):
        with unguarded(), pytest.raises(IntegrityError), transaction.atomic():
            change()


def test_departments_are_reconciled_where_their_rules_want_it(cast):
    assert queries.departments_reconciled(on=NOON.date()) == []
    make.yudu_rules(cast.region)
    places = queries.departments_reconciled(on=NOON.date())
    assert cast.market in places
    assert cast.stranger.department not in places


def test_a_list_is_asked_for_anew_when_ours_has_changed(cast, rules_of_yudu):
    edition = make.in_force(cast.market, cast.handler)
    assert queries.etag_for(cast.market) == ""
    make.receive(cast.market, [make.row("M-01", cast.market)], by=cast.handler, etag='"v1"')
    assert queries.etag_for(cast.market) == '"v1"'
    with unguarded():
        edition.state = "SUPERSEDED"
        edition.save()
    assert queries.etag_for(cast.market) == ""


def test_a_stranger_sees_no_comparison(cast, compared):
    assert queries.outside_lists_visible_to(cast.handler).exists()
    assert not queries.outside_lists_visible_to(cast.stranger).exists()
