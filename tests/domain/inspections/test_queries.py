import pytest

from mingcha.domain.inspections import actions, queries
from tests.factories import inspections as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def there(cast):
    return make.world(cast, joint=True)


def test_each_person_sees_the_inspections_of_the_own_reach(cast, there):
    make.dispatched(there)
    seen = {
        person.username: queries.inspections_visible_to(person).count()
        for person in (cast.handler, cast.fire_handler, cast.supervisor, cast.inspector, cast.stranger, cast.discipline)
    }
    assert seen == {
        "handler": 1,
        "firehandler": 1,
        "supervisor": 2,
        "inspector": 1,
        "stranger": 0,
        "discipline": 0,
    }


def test_a_worklist_counts_what_is_answered(there, noon):
    inspection = make.started(there)
    points = queries.sections_of(inspection)[0].lines
    actions.answer(inspection, answers={points[0].checkpoint.pk: ("MEETS", "")}, by=there.people[0], at=noon)
    row = queries.worklist_of(there.people[1]).get()
    assert (row.pk, row.answered, row.checkpoints) == (inspection.pk, 1, 4)


def test_a_worklist_is_ones_own(cast, there):
    make.dispatched(there)
    assert queries.worklist_of(there.fire[0]).get().department == cast.fire
    assert not queries.worklist_of(cast.handler).exists()


def test_recorded_results_wait_for_another_person_with_the_right(cast, there):
    inspection = make.recorded(there)
    assert list(queries.awaiting_confirmation(cast.approver)) == [inspection]
    assert not queries.awaiting_confirmation(cast.fire_approver).exists()
    assert not queries.awaiting_confirmation(cast.handler).exists()


def test_a_confirmed_result_waits_until_it_is_shown(there, noon):
    inspection = make.recorded(there)
    assert not queries.confirmed_unpublished().exists()
    actions.confirm_result(inspection, by=there.cast.approver, at=noon)
    assert list(queries.confirmed_unpublished()) == [inspection]


def test_a_sheet_is_read_in_a_bounded_number_of_queries(there, django_assert_max_num_queries):
    inspection = make.finished(there)
    with django_assert_max_num_queries(5):
        sections = queries.sections_of(inspection)
    assert [(section.answered, section.total, section.fails) for section in sections] == [(2, 2, []), (2, 2, [])]


def test_photos_are_seen_by_those_who_may_see_the_inspection(cast, there):
    make.finished(there)
    assert queries.evidence_visible_to(cast.inspector).count() == 2
    assert queries.evidence_visible_to(cast.handler).count() == 2
    assert queries.evidence_visible_to(there.fire[0]).count() == 0
    assert queries.evidence_visible_to(cast.stranger).count() == 0


def test_counts_by_state_and_clocks_of_many(cast, there):
    inspection = make.confirmed(there)
    visible = queries.inspections_visible_to(cast.supervisor)
    assert queries.counts_by_state(visible) == {"CONFIRMED": 1, "ASSIGNED": 1}
    assert [duty.kind for duty in queries.duties_about(visible)[inspection.pk]] == ["ENTRY", "PUBLISH_RESULT"]
