"""随机分组、随机匹配: teams are formed by lot, each drawn firm gets a team by lot, and whoever is in it goes there."""

import json
from collections import Counter, defaultdict
from hashlib import sha256

import pytest

import fairdraw
from mingcha.domain.draws import actions, queries
from mingcha.domain.draws.models import Draw, DrawnInspector, DrawnSubject, team_words
from mingcha.domain.draws.queries.record import Edition, record_of
from mingcha.domain.inspections.actions import dispatch_visits
from mingcha.domain.inspections.models import Inspection
from mingcha.domain.registers.models import Inspector
from mingcha.kit.errors import Refused
from tests.domain.draws.test_rehearsals import rehearsal
from tests.factories import draws, registers
from tests.factories.organisation import unguarded
from tests.reading import text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def draw(cast) -> Draw:
    return draws.draw_at(cast, "SIGNED", teams=3)


def files_of(draw: Draw) -> dict[str, bytes]:
    return {file.name: bytes(file.content) for file in draw.files.all()}


def assigned_in(draw: Draw) -> list[tuple[str, str, int, str]]:
    """The `assign` lines of the result, as anybody reads them."""
    lines = [line.split("\t") for line in files_of(draw)["result.tsv"].decode().splitlines()]
    return [(place, role, int(position), who) for kind, place, role, position, who in (x for x in lines if len(x) == 5)]


def teams_of(draw: Draw) -> dict[str, str]:
    """Firm → team, from the rows."""
    rows = DrawnInspector.objects.filter(drawn__draw=draw)
    return dict(rows.values_list("drawn__code", "team"))


def members_of(draw: Draw) -> dict[tuple[str, str], set[str]]:
    """(team, department) → people, from the rows."""
    members = defaultdict(set)
    for row in DrawnInspector.objects.filter(drawn__draw=draw).select_related("department"):
        members[row.team, row.department.code].add(row.code)
    return dict(members)


def by_lot(key: str, groups: list[str], people: list[str], *, need: int, most: int) -> dict[str, list[str]]:
    """The lottery of §5 for groups that everybody fits, written anew: random order of places, random order of people
    at each, nobody above the cap."""
    load = Counter()
    chosen = {}
    for group in sorted(groups, key=lambda name: (sha256(f"{key}:group:{name}".encode()).digest(), name)):
        order = sorted(people, key=lambda name: (sha256(f"{key}:pair:{group}:{name}".encode()).digest(), name))
        chosen[group] = [name for name in order if load[name] < most][:need]
        load.update(chosen[group])
    return chosen


# proves S4-02
def test_teams_are_formed_by_lot_and_every_drawn_firm_gets_its_team_by_lot(draw):
    teams = ["T001", "T002", "T003"]
    roster = [line.split("\t") for line in files_of(draw)["roster.tsv"].decode().splitlines()]
    for department in ("fire", "market"):
        people = [row[0] for row in roster if row[1] == department]
        groups = [f"{team}/{department}" for team in teams]
        formed = by_lot(draw.key, groups, people, need=2, most=1)
        seen = {team: who for (team, code), who in members_of(draw).items() if code == department}
        assert seen == {team: set(formed[f"{team}/{department}"]) for team in seen}
    firms = list(draw.subjects.filter(reserve=False).values_list("code", flat=True))
    # Four firms, three teams: two at most, and one more for the slack.
    matched = by_lot(draw.key, [f"{firm}/team" for firm in firms], teams, need=1, most=3)
    assert teams_of(draw) == {firm: matched[f"{firm}/team"][0] for firm in firms}


def test_other_dice_would_have_formed_and_matched_other_teams(draw):
    """Neither step follows from the register: over other keys the same people meet and part, firms get every team."""
    inputs = fairdraw.check_files(files_of(draw))
    together, matched = set(), defaultdict(list)
    for number in range(30):
        outcome = fairdraw.draw(inputs, sha256(f"other {number}".encode()).hexdigest()[:32])
        together.add(frozenset(outcome.lotteries["market"].chosen["T001/market"]))
        for group, chosen in outcome.lotteries["team"].chosen.items():
            matched[group].extend(chosen)
    assert len(together) > 5
    often = [set(teams) for teams in matched.values() if len(teams) > 3]
    assert often and all(len(teams) > 1 for teams in often)


def test_the_frozen_rules_say_how_many_teams_of_how_many_people(draw):
    written = json.loads(files_of(draw)["rules.json"])["assignment"]
    assert written == {"mode": "team", "teams": 3, "roles": {"fire": 2, "market": 2}, "slack": 1}


def test_a_ceremony_with_teams_gives_the_bytes_of_fairdraw_and_verifies(draw):
    files = files_of(draw)
    assert fairdraw.result_of(fairdraw.check_files(files), files["ceremony.json"]) == files["result.tsv"]
    report = fairdraw.verify(fairdraw.Bundle(files=files), draw.rules_digest, draw.freeze_digest)
    assert (report.exit_code, report.differences) == (0, [])


def test_the_rows_say_exactly_what_the_file_says(draw):
    lines = assigned_in(draw)
    matched = {place: who for place, role, _position, who in lines if role == "team"}
    expected = {
        (firm, role, position, who, team)
        for firm, team in matched.items()
        for place, role, position, who in lines
        if place == team
    }
    rows = DrawnInspector.objects.filter(drawn__draw=draw)
    found = set(rows.values_list("drawn__code", "department__code", "position", "code", "team"))
    assert found == expected
    assert rows.count() == len(matched) * 4 == 16


def test_each_departments_members_are_sent_to_the_inspections_of_their_teams_firms(cast, noon, draw):
    dispatch_visits(draw, by=cast.handler, at=noon)
    teams, members = teams_of(draw), members_of(draw)
    parts = Inspection.objects.select_related("visit__drawn", "department")
    assert parts.count() == 8
    for part in parts:
        sent = {sent.inspector.code for sent in part.assignments.select_related("inspector")}
        assert sent == members[teams[part.visit.drawn.code], part.department.code]


def test_an_inspectors_year_counts_every_firm_of_the_team(cast, noon, draw):
    dispatch_visits(draw, by=cast.handler, at=noon)
    visits = Counter(teams_of(draw).values())
    carried = queries.assignments_this_year(list(Inspector.objects.values_list("code", flat=True)), noon.year)
    for (team, _department), people in members_of(draw).items():
        assert {carried[person] for person in people} == {visits[team]}


def test_more_teams_than_the_people_fill_are_refused_before_the_freeze_with_the_numbers(cast):
    room = draws.room(cast, draws.county(cast, teams=3))
    with unguarded():
        Inspector.objects.filter(code="fire-001").update(state="SUSPENDED")
    registers.confirmed(cast, at=draws.NOON)
    with pytest.raises(Refused, match="每组 2 人，3 组要 6 人，可派的只有 5 人，最多编 2 组") as refusal:
        draws.freeze(room, draws.NOON)
    assert cast.fire.short_name in refusal.value.reason
    assert cast.market.short_name not in refusal.value.reason
    assert room.now().takes_seats


def test_a_rehearsal_invents_enough_people_for_its_teams(cast):
    draw = rehearsal(cast, "SIGNED", draws.county(cast, teams=50))
    people = DrawnInspector.objects.filter(drawn__draw=draw)
    assert people.exists() and all(person.team and person.inspector is None for person in people)
    assert fairdraw.verify(fairdraw.Bundle(files=files_of(draw)), draw.rules_digest, draw.freeze_digest).exit_code == 0


# ---- the report before the freeze ------------------------------------------------------------------------------


def told(cast, campaign) -> dict:
    return actions.prepare(draws.room(cast, campaign).draw, on=draws.NOON.date()).forecast["teams"]


def test_the_report_says_what_is_known_of_the_teams_beforehand(cast):
    report = told(cast, draws.county(cast, teams=3))
    roles = [{"role": role, "need": 2, "people": 6} for role in ("fire", "market")]
    assert report == {"count": 3, "roles": roles, "whole": ["fire", "market"], "perhaps": [], "avoided": 0}


def test_without_teams_the_report_says_nothing_of_them(cast):
    assert told(cast, draws.county(cast)) == {}


def test_an_area_that_may_be_left_without_a_team_and_firms_that_all_teams_may_avoid_are_reported(cast):
    campaign = draws.county(cast, teams=1)
    with unguarded():
        Inspector.objects.exclude(code__endswith="001").update(areas="A0,A1")
    registers.avoidance(registers.Subject.objects.order_by("pk")[0], Inspector.objects.order_by("pk")[0])
    registers.confirmed(cast, at=draws.NOON)
    report = told(cast, campaign)
    assert (report["perhaps"], report["avoided"], report["whole"]) == ([{"area": "A2", "people": 2}], 1, [])


def test_an_area_where_nobody_may_go_needs_the_heads_reason(cast):
    campaign = draws.county(cast, teams=2)
    with unguarded():
        Inspector.objects.update(areas="A0,A1")
    registers.confirmed(cast, at=draws.NOON)
    with pytest.raises(Refused, match="片区 A2：可派人员没有一人能去，怎么编组都没有小组能去"):
        draws.freeze(draws.room(cast, campaign), draws.NOON)


# ---- on paper and on screens -----------------------------------------------------------------------------------


def test_the_sheet_and_the_hall_show_the_team_beside_its_people(draw):
    words = {team_words(team) for team in teams_of(draw).values()}
    said = text_of(record_of(draw, Edition.ARCHIVE, names=True, site="https://mingcha.example"))
    assert "随机分组、随机匹配（3个小组）" in said
    assert all(word.replace(" ", "") in said for word in words)
    rows = queries.result_rows(draw)["rows"]
    assert {row["code"]: row["team"] for row in rows if not row["reserve"]} == {
        firm: team_words(team) for firm, team in teams_of(draw).items()
    }
    assert {row["team"] for row in rows if row["reserve"]} == {""}


# ---- substitutes -----------------------------------------------------------------------------------------------


def busiest(draw: Draw) -> list[DrawnSubject]:
    """The firms of the team that got most."""
    team = Counter(teams_of(draw).values()).most_common(1)[0][0]
    return list(draw.subjects.filter(inspectors__team=team, reserve=False).distinct().order_by("pk"))


def order_at(draw: Draw, firm: DrawnSubject, earlier=()) -> list[str]:
    outcome = fairdraw.draw(fairdraw.check_files(files_of(draw)), draw.key)
    return fairdraw.substitutes(outcome, draw.key, queries.team_of(firm), "market", earlier)


def member_at(firm: DrawnSubject) -> Inspector:
    return firm.inspectors.filter(department__code="market").order_by("position")[0].inspector


def substituted(firm, leaves, cast, noon):
    row = actions.propose_substitute(firm, leaves=leaves, reason_text="住院", by=cast.handler, at=noon)
    return actions.decide_substitute(row, agreed=True, by=cast.approver, at=noon)


def test_who_leaves_a_team_is_followed_by_one_person_in_the_order_of_the_team_at_every_firm(cast, noon, draw):
    first, second, *_rest = busiest(draw)
    leaves = member_at(first)
    order = order_at(draw, first)
    changes = [substituted(firm, leaves, cast, noon) for firm in (first, second)]
    assert [change.enters.code for change in changes] == [order[0], order[0]]
    assert queries.earlier_substitutions(draw) == [(queries.team_of(first), "market", leaves.code, order[0])]


def test_the_next_to_leave_a_team_is_followed_by_somebody_else(cast, noon, draw):
    first, *_rest = busiest(draw)
    one, other = (row.inspector for row in first.inspectors.filter(department__code="market").order_by("position"))
    entered = substituted(first, one, cast, noon).enters
    change = fairdraw.Substitution(queries.team_of(first), "market", one.code, entered.code)
    assert substituted(first, other, cast, noon).enters.code == order_at(draw, first, [change])[0] != entered.code


def test_a_team_member_need_not_work_in_the_area_when_another_of_the_team_may(cast, noon, draw):
    first, *_rest = busiest(draw)
    leaves, order = member_at(first), order_at(draw, first)
    with unguarded():
        Inspector.objects.filter(code__in=order).update(areas="A9")
    assert substituted(first, leaves, cast, noon).enters.code == order[0]
    with unguarded():
        Inspector.objects.exclude(pk=leaves.pk).update(areas="A9")
    other = first.inspectors.filter(department__code="market").order_by("position")[1].inspector
    with pytest.raises(Refused, match="片区不符"):
        actions.propose_substitute(first, leaves=other, reason_text="住院", by=cast.handler, at=noon)


def test_without_anybody_left_in_the_order_the_refusal_points_to_a_supplementary_draw(cast, noon, draw):
    first, *_rest = busiest(draw)
    with unguarded():
        Inspector.objects.filter(code__in=order_at(draw, first)).update(state="SUSPENDED")
    with pytest.raises(Refused, match=r"没有可以递补的人员：.*由牵头部门另行立项做补充抽取"):
        actions.propose_substitute(first, leaves=member_at(first), reason_text="住院", by=cast.handler, at=noon)
