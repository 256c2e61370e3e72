"""A department goes where one of its items is for the firm, with a sheet of those items and no other."""

import io
from collections import Counter
from datetime import timedelta
from zipfile import ZipFile

import pytest
from django.urls import reverse

from mingcha.domain.audit.queries import trail_of
from mingcha.domain.draws.actions import confirm_void, propose_reserve, propose_void
from mingcha.domain.draws.models import Draw, DrawnSubject
from mingcha.domain.draws.queries import assignments_this_year, bundle_of, carried_over, line_of
from mingcha.domain.duties.models import Duty
from mingcha.domain.duties.queries import duty_of
from mingcha.domain.inspections import actions, queries
from mingcha.domain.inspections.models import Assignment, Inspection, Visit
from mingcha.domain.plans.models import CampaignDepartment
from mingcha.domain.registers.models import Inspector
from mingcha.kit.errors import Refused
from tests.factories import draws, registers
from tests.factories import inspections as make

pytestmark = pytest.mark.django_db


def firms_of(draw: Draw) -> list[DrawnSubject]:
    return list(draw.subjects.filter(reserve=False).order_by("stratum", "rank"))


def sheets(row: DrawnSubject) -> dict[str, list[str]]:
    """Department → the codes of the items on its sheet at a drawn firm."""
    parts = Inspection.objects.filter(visit__drawn=row).select_related("department")
    return {part.department.code: [finding.item.code for finding in part.findings.all()] for part in parts}


def elsewhere(within, *codes: str) -> None:
    """The department keeps links for these items: to a firm that nobody drew."""
    firm = registers.subject(9_000)
    for code in codes:
        registers.link(firm, within, code)


# proves S1-37
# proves S1-17
def test_a_department_goes_only_where_one_of_its_items_is_for_the_firm(cast, noon):
    there = make.world(cast, subjects=3, joint=True)
    eats, heals, both = firms_of(there.draw)
    for row, within, code in (
        (eats, cast.market, "M-01"),
        (heals, cast.fire, "F-01"),
        (both, cast.market, "M-02"),
        (both, cast.fire, "F-01"),
    ):
        registers.link(row.subject, within, code)
    actions.dispatch_visits(there.draw, by=cast.handler, at=noon)
    assert sheets(eats) == {"market": ["M-01"]}
    assert sheets(heals) == {"fire": ["F-01"]}
    assert sheets(both) == {"market": ["M-02"], "fire": ["F-01"]}


# proves S1-17
def test_an_item_for_which_no_links_are_kept_is_for_everybody(cast, noon):
    there = make.world(cast, subjects=2, joint=True)
    linked, other = firms_of(there.draw)
    registers.link(linked.subject, cast.market, "M-01")
    actions.dispatch_visits(there.draw, by=cast.handler, at=noon)
    assert sheets(linked) == {"market": ["M-01", "M-02"], "fire": ["F-01"]}
    assert sheets(other) == {"market": ["M-02"], "fire": ["F-01"]}


def test_a_link_of_another_department_with_the_same_code_counts_for_that_one_alone(cast, noon):
    there = make.world(cast, joint=True)
    (row,) = firms_of(there.draw)
    elsewhere(cast.market, "M-01", "M-02")
    registers.link(row.subject, cast.fire, "M-01")
    actions.dispatch_visits(there.draw, by=cast.handler, at=noon)
    assert sheets(row) == {"fire": ["F-01"]}


def test_who_was_drawn_for_nothing_stays_drawn_and_is_not_sent(cast, noon):
    there = make.world(cast, joint=True)
    (row,) = firms_of(there.draw)
    elsewhere(cast.fire, "F-01")
    actions.dispatch_visits(there.draw, by=cast.handler, at=noon)
    assert row.inspectors.filter(department=cast.fire).count() == 2
    assert not queries.worklist_of(there.fire[0]).exists()
    assert not queries.new_for(there.fire[0]).exists()
    assert [away.code for away in queries.departments_away(row)] == ["fire"]


def test_the_trail_says_how_many_firms_a_department_does_not_go_to_and_names_none(cast, noon):
    there = make.world(cast, subjects=3, joint=True)
    first, *_others = firms_of(there.draw)
    registers.link(first.subject, cast.fire, "F-01")
    actions.dispatch_visits(there.draw, by=cast.handler, at=noon)
    told = [entry for entry in trail_of(there.draw) if entry.event == "inspection.not_concerned"]
    assert [entry.details for entry in told] == [{"fire": 2}]
    (absence,) = queries.absences_in(Draw.objects.get(pk=there.draw.pk))
    assert (absence.department, absence.count, absence.is_everywhere) == (cast.fire, 2, False)
    assert absence.firms == sorted(row.name for row in _others)


def test_a_firm_that_nothing_links_any_more_is_visited_by_everybody_and_the_trail_says_so(cast, noon):
    there = make.world(cast, subjects=2, joint=True)
    loose, linked = firms_of(there.draw)
    for code in ("M-01", "M-02"):
        registers.link(linked.subject, cast.market, code)
    elsewhere(cast.fire, "F-01")
    actions.dispatch_visits(there.draw, by=cast.handler, at=noon)
    assert sheets(loose) == {"market": ["M-01", "M-02"], "fire": ["F-01"]}
    assert sheets(linked) == {"market": ["M-01", "M-02"]}
    for part in queries.parts_of(loose):
        assert [entry.event for entry in trail_of(part)] == ["inspection.link_lost"]
    assert not [entry for part in queries.parts_of(linked) for entry in trail_of(part)]
    assert [entry.details for entry in trail_of(there.draw) if entry.event == "inspection.link_lost"] == [{"firms": 1}]


def test_of_a_sealed_list_the_trail_says_how_many_lost_their_links_and_names_none(cast, noon, browse):
    there = make.world(cast, subjects=2, joint=True, timing="AT_END")
    loose, linked = firms_of(there.draw)
    registers.link(linked.subject, cast.market, "M-01")
    registers.link(linked.subject, cast.market, "M-02")
    elsewhere(cast.fire, "F-01")
    actions.dispatch_visits(there.draw, by=cast.handler, at=noon)
    assert [entry.details for entry in trail_of(there.draw) if entry.event == "inspection.link_lost"] == [{"firms": 1}]
    for reader in (cast.auditor, cast.discipline):
        page = browse(reader).get(reverse("desk:trail_list")).content.decode()
        assert "对象已不关联任何抽查事项" in page
        assert loose.name not in page


def test_a_department_with_nothing_to_inspect_has_no_clock_and_the_campaign_ends_without_it(cast):
    there = make.world(cast, joint=True)
    elsewhere(cast.fire, "F-01")
    make.confirmed(there)
    assert [duty.department.code for duty in Duty.objects.filter(kind="CAMPAIGN_END")] == ["market"]
    assert queries.progress_of(there.campaign.parties.get(department=cast.fire)) == (0, 0)
    there.campaign.refresh_from_db()
    assert there.campaign.is_closed
    (absence,) = queries.absences_in(Draw.objects.get(pk=there.draw.pk))
    assert absence.is_everywhere


def test_a_clock_counts_the_inspections_of_its_department_from_the_first_day_on(cast, noon):
    there = make.world(cast, subjects=3, joint=True)
    registers.link(firms_of(there.draw)[0].subject, cast.fire, "F-01")
    actions.dispatch_visits(there.draw, by=cast.handler, at=noon)
    counted = {duty.department.code: (duty.done, duty.total) for duty in Duty.objects.filter(kind="CAMPAIGN_END")}
    assert counted == {"market": (0, 3), "fire": (0, 1)}


def test_a_result_that_was_given_back_is_not_counted_as_done(cast, noon):
    there = make.world(cast, subjects=2)
    inspection = make.recorded(there)
    duty = Duty.objects.get(kind="CAMPAIGN_END")
    assert (duty.done, duty.total) == (1, 2)
    actions.return_result(inspection, remark="写明依据", by=cast.approver, at=noon + timedelta(hours=1))
    duty.refresh_from_db()
    assert (duty.done, duty.total, duty.is_running) == (0, 2, True)


@pytest.fixture
def signed(cast) -> Draw:
    """A real draw of the market and the fire department, each with an item M-01."""
    return draws.draw_at(cast, "SIGNED")


def with_reserves(draw: Draw) -> list[DrawnSubject]:
    """The drawn firms of a stratum that has reserves, and its first reserve behind them."""
    rows = draw.subjects.filter(stratum="rest").order_by("rank")
    return [*rows.filter(reserve=False), rows.filter(reserve=True)[0]]


def link_all(rows, within) -> None:
    for row in rows:
        registers.link(row.subject, within, "M-01")


def moved(row: DrawnSubject, cast, noon) -> DrawnSubject:
    """The next reserve takes the place of a firm."""
    used = actions.ask_reserve(row, reason="MOVED", reason_text="迁往邻县", by=cast.handler, at=noon)
    return actions.replace_subject(used, agreed=True, by=cast.approver, at=noon).reserve


def clock_of(draw: Draw, within) -> Duty | None:
    party = CampaignDepartment.objects.get(campaign=draw.campaign, department=within)
    return duty_of("CAMPAIGN_END", party)


def test_a_reserve_is_visited_by_those_whose_items_are_for_it(cast, noon, signed):
    first, *_rest, reserve = with_reserves(signed)
    link_all([reserve], cast.fire)
    actions.dispatch_visits(signed, by=cast.handler, at=noon)
    assert set(sheets(first)) == {"market"}
    assert moved(first, cast, noon) == reserve
    assert sheets(reserve) == {"market": ["M-01"], "fire": ["M-01"]}
    fire = Inspection.objects.get(visit__drawn=reserve, department=cast.fire)
    drawn = first.inspectors.filter(department=cast.fire).values_list("inspector", flat=True)
    assert set(fire.assignments.values_list("inspector", flat=True)) == set(drawn)
    assert (clock_of(signed, cast.fire).is_running, clock_of(signed, cast.fire).total) == (True, 1)


def test_the_clock_runs_again_when_a_reserve_brings_the_department_new_work(cast, noon, signed):
    """Its only firm moved away, so it was done; the reserve's own reserve is for it again."""
    first, *_rest, reserve = with_reserves(signed)
    second = signed.subjects.filter(stratum="rest", rank__gt=reserve.rank).order_by("rank")[0]
    link_all([first, second], cast.fire)
    actions.dispatch_visits(signed, by=cast.handler, at=noon)
    moved(first, cast, noon)
    ended = clock_of(signed, cast.fire)
    assert ended.state == "MET"
    assert moved(reserve, cast, noon) == second
    again = clock_of(signed, cast.fire)
    assert (again.is_running, again.done, again.total, again.due_at) == (True, 0, 1, ended.due_at)
    assert (ended.pk != again.pk, Duty.objects.get(pk=ended.pk).state) == (True, "MET")


def test_the_clock_ends_with_the_last_inspection_that_a_reserve_takes_away(cast, noon, signed):
    first, *_rest, reserve = with_reserves(signed)
    link_all([first], cast.fire)
    actions.dispatch_visits(signed, by=cast.handler, at=noon)
    assert clock_of(signed, cast.fire).is_running
    moved(first, cast, noon)
    assert set(sheets(reserve)) == {"market"}
    assert clock_of(signed, cast.fire).state == "MET"
    assert clock_of(signed, cast.market).is_running
    told = [entry.details for entry in trail_of(signed) if entry.event == "inspection.not_concerned"]
    assert told[-1] == {"fire": 1}


def test_nobody_keeps_a_reserve_away_who_does_not_go_there(cast, noon, signed):
    first, *_rest, reserve = with_reserves(signed)
    going = {sent.department_id: sent.inspector_id for sent in line_of(first).party}
    for within in (cast.fire, cast.market):
        registers.avoidance(reserve.subject, within.inspectors.get(pk=going[within.pk]))
    link_all([first], cast.fire)
    with pytest.raises(Refused, match="不能检查下一户备选") as refusal:
        propose_reserve(first, reason="MOVED", reason_text="迁往邻县", by=cast.handler, at=noon)
    names = {within: within.inspectors.get(pk=going[within.pk]).name for within in (cast.market, cast.fire)}
    assert refusal.value.reason.startswith(f"{names[cast.market]}不能检查")


def test_a_firm_replaced_before_the_dispatch_is_called_off_for_those_who_would_have_gone(cast, noon, signed):
    first, *_rest, reserve = with_reserves(signed)
    link_all([first], cast.market)
    link_all([reserve], cast.fire)
    moved(first, cast, noon)
    actions.dispatch_visits(signed, by=cast.handler, at=noon)
    assert set(sheets(reserve)) == {"fire"}
    assert {(part.department.code, part.state) for part in queries.parts_of(first)} == {("market", "CALLED_OFF")}
    assert first.name not in {name for row in queries.absences_in(signed) for name in row.firms}


def test_what_a_void_draw_drew_is_visited_by_the_same_rule(cast, noon, signed):
    propose_void(signed, reason="名录有误", by=cast.approver, at=noon)
    void = confirm_void(signed, by=cast.discipline, at=noon)
    draw = draws.draw_at(cast, "SIGNED", void.campaign)
    carried = carried_over(void.campaign).order_by("pk")[0]
    link_all([carried], cast.fire)
    actions.dispatch_visits(draw, by=cast.handler, at=noon)
    assert set(sheets(carried)) == {"market", "fire"}
    others = Visit.objects.exclude(drawn=carried)
    assert {part.department.code for part in Inspection.objects.filter(visit__in=others)} == {"market"}


def test_the_files_and_the_result_are_not_touched(cast, noon, signed):
    before = {file.name: bytes(file.content) for file in signed.files.all()}
    link_all(firms_of(signed)[:1], cast.fire)
    actions.dispatch_visits(signed, by=cast.handler, at=noon)
    assert {file.name: bytes(file.content) for file in signed.files.all()} == before
    assert signed.subjects.filter(reserve=False, inspectors__department=cast.fire).distinct().count() == len(
        firms_of(signed)
    )


def test_what_people_carry_into_the_next_draw_is_what_anybody_counts_in_the_bundles_whoever_stayed_away(
    cast, noon, signed
):
    """Links are no part of a bundle: an office could move the next draw by changing one (ADR 0011)."""
    elsewhere(cast.fire, "M-01")
    actions.dispatch_visits(signed, by=cast.handler, at=noon)
    assert not Assignment.objects.filter(inspector__department=cast.fire).exists()
    with ZipFile(io.BytesIO(bundle_of(Draw.objects.get(pk=signed.pk)))) as bundle:
        drawn = [line.split("\t") for line in bundle.read("result.tsv").decode().splitlines()]
    counted = Counter(fields[-1] for fields in drawn if fields[0] == "assign")
    assert any(code.startswith("fire") for code in counted)
    assert assignments_this_year(list(Inspector.objects.values_list("code", flat=True)), noon.year) == counted


def test_reading_the_links_of_many_firms_takes_a_bounded_number_of_queries(cast, noon, django_assert_max_num_queries):
    there = make.world(cast, subjects=20, joint=True)
    for row in firms_of(there.draw)[:10]:
        registers.link(row.subject, cast.fire, "F-01")
    with django_assert_max_num_queries(90):
        actions.dispatch_visits(there.draw, by=cast.handler, at=noon)
