"""Someone from the next county, asked about every list there is."""

import pytest

from mingcha.domain.catalogue.models import ItemList
from mingcha.domain.catalogue.queries import item_lists_visible_to, items_visible_to
from mingcha.domain.catalogue.queries.discretion import benchmarks_visible_to
from mingcha.domain.catalogue.queries.laws import freezes_visible_to
from mingcha.domain.catalogue.queries.powers import powers_visible_to
from mingcha.domain.catalogue.queries.rulebooks import chapters_visible_to, rulebooks_visible_to
from mingcha.domain.draws.queries import draws_visible_to
from mingcha.domain.draws.queries.changes import drawn_visible_to
from mingcha.domain.duties.queries import duties_visible_to
from mingcha.domain.filings.queries.filings import filings_visible_to
from mingcha.domain.inspections.queries import awaiting_confirmation, inspections_visible_to, worklist_of
from mingcha.domain.organisation.models import Role
from mingcha.domain.outlets.jobs import prepare_corrections
from mingcha.domain.outlets.queries import deliveries_visible_to
from mingcha.domain.plans.queries import (
    campaigns_awaiting,
    campaigns_kept_by,
    campaigns_visible_to,
    plans_awaiting,
    plans_kept_by,
    plans_visible_to,
)
from mingcha.domain.publication.queries import publications_visible_to
from mingcha.domain.registers.actions import open_register
from mingcha.domain.registers.models import RegisterKind
from mingcha.domain.registers.queries import batches_visible_to, inspectors_visible_to, subjects_visible_to
from mingcha.domain.registers.queries.registers import registers_visible_to
from mingcha.domain.registers.queries.reliefs import reliefs_visible_to
from mingcha.domain.registers.queries.signals import signals_visible_to
from tests.conftest import NOON
from tests.factories import (
    filings,
    inspections,
    laws,
    organisation,
    plans,
    publication,
    registers,
    rulebooks,
)

pytestmark = pytest.mark.django_db

LISTS = (
    item_lists_visible_to,
    items_visible_to,
    subjects_visible_to,
    inspectors_visible_to,
    batches_visible_to,
    plans_visible_to,
    campaigns_visible_to,
    draws_visible_to,
    inspections_visible_to,
    publications_visible_to,
    duties_visible_to,
    benchmarks_visible_to,
    freezes_visible_to,
    powers_visible_to,
    rulebooks_visible_to,
    chapters_visible_to,
    drawn_visible_to,
    filings_visible_to,
    deliveries_visible_to,
    registers_visible_to,
    signals_visible_to,
    reliefs_visible_to,
)
WAITING = (plans_awaiting, campaigns_awaiting, plans_kept_by, campaigns_kept_by, awaiting_confirmation, worklist_of)


@pytest.fixture
def a_year_of_work(cast):
    """Something in every list of the demo county."""
    there = inspections.world(cast)
    inspections.recorded(there)
    plan = plans.plan(cast.market, cast.handler, title="待审的计划", state="SUBMITTED")
    plans.campaign(plan, items=[plans.item(cast.market, cast.handler, "Z-09")], state="SUBMITTED", title="待审的任务")
    publication.result(cast.market)
    registers.batch(cast.market, by=cast.handler)
    _papers(cast)
    _what_is_kept_of_firms(cast)


def _papers(cast):
    law, edition = laws.law(), ItemList.objects.get(department=cast.market, state="IN_FORCE")
    laws.freeze(edition.items.first(), law)
    laws.power(cast.market)
    laws.benchmark(cast.market, law)
    rulebooks.draft(cast.handler)
    filings.prepared(edition, cast.market, by=cast.handler)
    prepare_corrections(NOON)


def _what_is_kept_of_firms(cast):
    firm = registers.subject(90)
    registers.signal(firm, by=cast.handler)
    registers.relief(firm, cast.market, by=cast.handler)
    open_register(cast.market, kind=RegisterKind.TAG, name="老字号", by=cast.handler, at=NOON)


def test_the_own_people_see_every_list(cast, a_year_of_work):
    for visible in LISTS:
        assert visible(cast.handler).exists(), visible.__name__


@pytest.mark.parametrize("role", [*Role.values])
def test_whatever_role_a_stranger_holds_every_list_is_empty(cast, a_year_of_work, role):
    place = cast.stranger.department
    near = organisation.user("near", role, within=place)
    far = organisation.user("far", role, over=place.region)
    for visible in (*LISTS, *WAITING):
        for person in (cast.stranger, near, far):
            assert not visible(person).exists(), visible.__name__


def test_an_account_without_a_role_sees_nothing_of_its_own_department(cast, a_year_of_work):
    nobody = organisation.user("nobody", within=cast.market)
    for visible in (*LISTS, *WAITING):
        assert not visible(nobody).exists(), visible.__name__
