"""The whole ceremony by its actions: what it fixes, what comes out, what it leaves behind."""

import io
import json
import zipfile

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import fairdraw
from mingcha.domain.audit.queries import trail_of
from mingcha.domain.draws import actions
from mingcha.domain.draws.models import DrawnInspector
from mingcha.domain.draws.queries import bundle_of, file_of
from mingcha.domain.draws.rules import OwnBundleDiffers
from mingcha.domain.plans.models import Campaign
from tests.factories import draws, registers

pytestmark = pytest.mark.django_db


def frozen_files(draw) -> dict[str, bytes]:
    return {file.name: bytes(file.content) for file in draw.files.all()}


def bundle_in(draw, folder):
    """The bundle as anybody would open it."""
    path = folder / "bundle.zip"
    path.write_bytes(bundle_of(draw))
    return fairdraw.open_bundle(path)


# proves S3-09
def test_the_result_is_what_anybody_computes_from_the_stored_files(cast):
    draw = draws.draw_at(cast, "RESULT")
    files = frozen_files(draw)
    inputs = fairdraw.check_files(files)
    assert fairdraw.result_of(inputs, files["ceremony.json"]) == files["result.tsv"]
    assert draw.key == fairdraw.key_of(draw.seed)


# proves S0-22
def test_the_bundle_verifies_against_the_digests_published_before_the_dice(cast, tmp_path):
    made = draws.room_at(cast, "COMMITTED")
    published = made.draw.rules_digest, made.draw.freeze_digest
    draws.check_copies(made, draws.NOON)
    draws.throw(made, draws.NOON)
    draws.open_all(made, draws.NOON)
    draws.sign_both(made, draws.NOON)
    report = fairdraw.verify(bundle_in(made.now(), tmp_path), *published)
    assert (report.exit_code, report.differences) == (0, [])


def test_the_secrets_of_everyone_make_the_seed(cast):
    draw = draws.draw_at(cast, "RESULT")
    reveals = {"system": draws.secret_of("system"), "dice": draws.DICE}
    reveals |= {party: draws.secret_of(party) for party in ("w1", "w2")}
    assert draw.seed == fairdraw.seed_of(draw.number, draw.rules_digest, reveals, None)


def test_the_frame_has_exactly_the_eligible_subjects(cast, noon):
    campaign = draws.county(cast)
    firms = registers.Subject.objects.filter(state="OPEN").order_by("code")
    visited = firms[3]
    registers.note(visited, cast.market, item_code="M-01", on=noon.date())
    draw = draws.draw_at(cast, "FROZEN", campaign)
    frame = [line.split("\t")[0] for line in bytes(file_of(draw, "frame.tsv").content).decode().splitlines()]
    assert frame == [firm.code for firm in firms if firm != visited]
    excluded = bytes(file_of(draw, "excluded.tsv").content).decode().splitlines()
    assert sorted(line.split("\t")[1] for line in excluded) == ["closed", "inspected-this-year"]
    assert draw.forecast["register_total"] == len(frame) + len(excluded)


def test_an_area_that_is_no_code_restricts_nobody(cast):
    campaign = draws.county(cast)
    firm = registers.subject(900, area="城东 片区")
    draw = draws.draw_at(cast, "FROZEN", campaign)
    lines = bytes(file_of(draw, "frame.tsv").content).decode().splitlines()
    assert f"{firm.code}\trest\t-\t-" in lines


# proves S0-20
def test_the_rules_say_the_shares_and_the_people_before_any_chance_exists(cast):
    draw = draws.draw_at(cast, "FROZEN")
    rules = json.loads(bytes(file_of(draw, "rules.json").content))
    assert rules["strata"] == {"foreign": {"reserve": 2, "take": 2}, "rest": {"reserve": 2, "take": 2}}
    assert rules["assignment"] == {"mode": "object", "roles": {"fire": 2, "market": 2}, "slack": 1}
    assert rules["parties"] == ["dice", "system", "w1", "w2"]
    assert draw.rules_digest == fairdraw.digest_of(bytes(file_of(draw, "rules.json").content))


# proves S0-21
# proves S4-02
def test_one_event_draws_subjects_and_inspectors_and_matches_them(cast):
    draw = draws.draw_at(cast, "RESULT")
    drawn = list(draw.subjects.filter(reserve=False))
    assert len(drawn) == 4
    for subject in drawn:
        people = DrawnInspector.objects.filter(drawn=subject)
        by_department = sorted(person.department.code for person in people)
        assert by_department == ["fire", "fire", "market", "market"]
        assert all(person.inspector.department_id == person.department_id for person in people)


# proves S4-04
def test_every_subject_of_a_stratum_is_drawn_by_its_ticket_alone(cast):
    draw = draws.draw_at(cast, "RESULT")
    frame = [line.split("\t") for line in bytes(file_of(draw, "frame.tsv").content).decode().splitlines()]
    for stratum in ("foreign", "rest"):
        tickets = sorted((fairdraw.ticket(draw.key, row[0]), row[0]) for row in frame if row[1] == stratum)
        rows = draw.subjects.filter(stratum=stratum, reserve=False).order_by("rank")
        assert [(row.ticket, row.code) for row in rows] == tickets[: len(rows)]


def test_a_barred_pair_never_meets_and_only_pairs_in_the_draw_are_frozen(cast):
    campaign = draws.county(cast)
    outsider = registers.subject(901, place=draws.registers.region("980000", "邻县"))
    people = list(registers.Inspector.objects.filter(department=cast.market))
    firms = list(registers.Subject.objects.filter(region=cast.region, state="OPEN"))
    registers.avoidance(outsider, people[0])
    for firm in firms:
        registers.avoidance(firm, people[0])
    draw = draws.draw_at(cast, "RESULT", campaign)
    barred = bytes(file_of(draw, "barred.tsv").content).decode().splitlines()
    assert len(barred) == len(firms)
    assert not DrawnInspector.objects.filter(drawn__draw=draw, inspector=people[0]).exists()


def test_what_people_carried_this_year_is_counted_as_prior(cast):
    first = draws.draw_at(cast, "IN_FORCE")
    other = draws.plans.campaign(
        first.campaign.plan,
        title="第二次",
        items=[entry.item for entry in first.campaign.items.all()],
        parties=[(cast.market, 2), (cast.fire, 2)],
        approver=cast.supervisor,
    )
    second = draws.draw_at(cast, "FROZEN", other)
    prior = {}
    for line in bytes(file_of(second, "roster.tsv").content).decode().splitlines():
        code, *_rest, carried = line.split("\t")
        prior[code] = int(carried)
    carried = DrawnInspector.objects.filter(drawn__draw=first)
    assert sum(prior.values()) == carried.count() > 0
    assert all(prior[person.inspector.code] > 0 for person in carried)


def test_the_campaign_is_drawn_with_the_result_and_not_before(cast):
    made = draws.room_at(cast, "DICE")
    assert Campaign.objects.get(pk=made.draw.campaign_id).may_be_drawn
    draws.open_all(made, draws.NOON)
    assert Campaign.objects.get(pk=made.draw.campaign_id).state == "DRAWN"


# proves S0-23
def test_every_step_leaves_its_trace_without_a_secret(cast):
    draw = draws.draw_at(cast, "IN_FORCE")
    trail = list(trail_of(draw))
    assert [entry.event for entry in trail] == [
        "draw.opened",
        *["draw.seat_taken"] * 2,
        "draw.frozen",
        *["draw.seat_committed"] * 2,
        "draw.committed",
        "draw.copies_confirmed",
        *["draw.dice_typed"] * 2,
        "draw.dice_confirmed",
        *["draw.seat_opened"] * 2,
        "draw.result_made",
        *["draw.signature_given"] * 2,
        "draw.in_force",
    ]
    told = json.dumps([entry.details for entry in trail])
    for secret in (draw.seed, draw.key, draw.system_secret, draws.secret_of("w1")):
        assert secret not in told


def test_the_bundle_is_the_same_bytes_each_time_and_names_who_signed(cast):
    draw = draws.draw_at(cast, "SIGNED")
    assert bundle_of(draw) == bundle_of(draw)
    with zipfile.ZipFile(io.BytesIO(bundle_of(draw))) as archive:
        signatures = json.loads(archive.read("signatures.json"))
    assert [row["seat"] for row in signatures["signatures"]] == ["agency", "discipline"]
    assert signatures["result_sha256"] == draw.result_sha256


def test_a_subject_that_the_register_renames_keeps_its_drawn_name(cast):
    draw = draws.draw_at(cast, "RESULT")
    row = draw.subjects.first()
    with draws.unguarded():
        registers.Subject.objects.filter(pk=row.subject_id).update(name="改了名")
    row.refresh_from_db()
    assert row.name != "改了名"


def test_a_result_that_does_not_verify_is_not_kept(cast, monkeypatch):
    made = draws.room_at(cast, "DICE")
    made.open(0)
    report = fairdraw.Report(differences=["result.tsv：第 1 行不同"])
    monkeypatch.setattr(fairdraw, "verify", lambda *given: report)
    with pytest.raises(OwnBundleDiffers, match="第 1 行不同"):
        made.open(1)
    draw = made.now()
    assert (draw.state, draw.seed, draw.subjects.count(), file_of(draw, "result.tsv")) == ("DICE", "", 0, None)
    assert Campaign.objects.get(pk=draw.campaign_id).may_be_drawn


def test_after_a_crash_the_same_act_can_simply_be_repeated(cast, monkeypatch):
    """The state lives in the database: an act that died half way has not happened."""
    made = draws.room_at(cast, "DICE")
    made.open(0)
    with monkeypatch.context() as broken:
        broken.setattr("mingcha.domain.draws.actions.concluding.mark_drawn", lambda campaign: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            made.open(1)
    assert made.now().state == "DICE"
    made.open(1)
    assert made.now().state == "RESULT"


@given(
    digits=st.text("0123456789", min_size=20, max_size=20), secret=st.text("0123456789abcdef", min_size=32, max_size=64)
)
@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_the_dice_and_the_secrets_the_stored_rows_are_the_engines(cast, digits, secret):
    with transaction.atomic():
        made = draws.room_at(cast, "FROZEN")
        made.commit(0, secret=secret)
        made.commit(1)
        draws.check_copies(made, draws.NOON)
        for person in (cast.handler, cast.approver):
            actions.enter_dice(made.draw, digits=digits, by=person, at=draws.NOON)
        made.open(0, secret=secret)
        made.open(1)
        files = frozen_files(made.draw)
        inputs = fairdraw.check_files(files)
        reveals = {"system": draws.secret_of("system"), "dice": digits, "w1": secret, "w2": draws.secret_of("w2")}
        outcome = fairdraw.draw(
            inputs, fairdraw.key_of(fairdraw.seed_of(made.draw.number, inputs.rules_digest, reveals, None))
        )
        rows = made.draw.subjects.filter(reserve=False).values_list("stratum", "rank", "code")
        assert set(rows) == {(s, place.rank, place.object) for s, places in outcome.drawn.items() for place in places}
        people = DrawnInspector.objects.filter(drawn__draw=made.draw)
        assert {(p.drawn.code, p.department.code, p.position, p.inspector.code) for p in people} == set(
            outcome.assignments
        )
        transaction.set_rollback(True)
